//! What an attacker learns from the cells of one district's year.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog_links::{CatalogLinks, MeasureKind, PeopleRole, kind_of, quotient_of, sum_of_rates};
use super::cell_intervals::{addition_of, stated_count, stated_percentage, whole_numerators};
use super::protected::ProtectedCount;
use super::rounding::ObservedRounding;
use super::system::{AttackerSystem, PublishedRate, Trust, UnknownCount};
use crate::catalog::{Catalog, Measure};
use crate::domain::Interned;
use crate::pack_tables::{CellKey, PackCell, PackCells};
use statistics::linear_program::Interval;

/// People of one measure, group, grade and subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct PeopleKey {
    role: PeopleRole,
    key: CellKey,
}

impl PeopleKey {
    fn of(role: PeopleRole, key: &CellKey) -> Self {
        Self { role, key: key.clone() }
    }
}

/// What an attacker knows regardless of the district and year.
#[derive(Debug)]
pub(super) struct GeneralKnowledge<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) links: CatalogLinks,
    pub(super) rounding: ObservedRounding,
    /// The project's own smallest group; 0 if it has none.
    pub(super) smallest_group: u32,
}

/// The cells that an attacker sees.
#[derive(Clone, Copy)]
pub(super) struct VisibleCells<'a> {
    /// The cells of the pack.
    pub(super) cells: &'a PackCells,
    /// The cells of another pack of the same project.
    pub(super) other_pack: Option<&'a PackCells>,
    /// The cell of the other pack to ignore.
    pub(super) ignored: Option<&'a CellKey>,
    /// Whether a cell of the pack is public.
    pub(super) is_public: &'a (dyn Fn(&CellKey) -> bool + Sync),
    /// Whether a cell of the pack is visible.
    pub(super) is_visible: &'a (dyn Fn(&CellKey) -> bool + Sync),
}

impl<'a> VisibleCells<'a> {
    /// All cells of the other pack.
    fn other_cells(&self) -> impl Iterator<Item = (&'a CellKey, &'a PackCell)> + use<'a> {
        self.other_pack.into_iter().flatten()
    }

    /// Whether a cell of the pack is public, or masked by its private source.
    pub(super) fn is_public_or_masked(&self, key: &CellKey) -> bool {
        (self.is_public)(key) || self.cells.get(key).is_some_and(PackCell::is_masked)
    }

    /// The cell of the pack at a place, if it is visible.
    pub(super) fn visible_cell(&self, key: &CellKey) -> Option<&'a PackCell> {
        self.cells.get(key).filter(|_| (self.is_visible)(key))
    }
}

/// A cell that an attacker reads.
#[derive(Clone, Copy)]
pub(super) struct ReadCell<'c> {
    pub(super) measure: &'c Measure,
    pub(super) key: &'c CellKey,
    pub(super) cell: &'c PackCell,
    pub(super) trust: Trust,
}

/// An attacker on one district's year.
pub(super) struct Attacker<'a> {
    pub(super) knowledge: &'a GeneralKnowledge<'a>,
    pub(super) system: AttackerSystem,
    /// The counts that must not be disclosed.
    pub(super) protected: Vec<ProtectedCount>,
    /// The rows of each measure's table, including those that an attacker can add to it.
    pub(super) rows: BTreeMap<Interned, BTreeSet<CellKey>>,
    counts: BTreeMap<PeopleKey, UnknownCount>,
}

impl<'a> Attacker<'a> {
    /// An attacker who reads some cells.
    pub(super) fn of(knowledge: &'a GeneralKnowledge<'a>, visible: VisibleCells<'_>) -> Self {
        let mut attacker = Self {
            knowledge,
            system: AttackerSystem::default(),
            protected: Vec::new(),
            rows: BTreeMap::new(),
            counts: BTreeMap::new(),
        };
        attacker.list_rows(visible);
        attacker.read_cells(visible);
        attacker.add_sums();
        attacker.add_links();
        attacker.list_protected(visible);
        attacker
    }

    fn list_rows(&mut self, visible: VisibleCells<'_>) {
        for (key, _) in visible.cells.iter().chain(visible.other_cells()) {
            if self.kind(key.measure) != MeasureKind::Unprotected {
                self.rows.entry(key.measure).or_default().insert(key.clone());
            }
        }
    }

    fn read_cells(&mut self, visible: VisibleCells<'_>) {
        for (key, cell) in visible.cells {
            self.add_counts(key);
            if (visible.is_visible)(key) {
                self.read_cell(key, cell, visible, Trust::Certain);
            }
        }
        for (key, cell) in visible.other_cells().filter(|(key, _)| Some(*key) != visible.ignored) {
            if let Some(addition) = addition_of(visible.cells.get(key), cell) {
                self.read_cell(key, &addition, visible, Trust::Earlier);
            }
        }
    }

    pub(super) fn measure(&self, id: &str) -> Option<&'a Measure> {
        self.knowledge.catalog.measures.get(id)
    }

    pub(super) fn kind(&self, measure: Interned) -> MeasureKind {
        self.knowledge.links.kind(measure)
    }

    /// The roles of people in a measure.
    pub(super) fn roles_of(&self, measure: Interned) -> &'static [PeopleRole] {
        match self.kind(measure) {
            MeasureKind::Count => &[PeopleRole::Count],
            MeasureKind::Rate => &[PeopleRole::N, PeopleRole::Numerator, PeopleRole::Complement],
            MeasureKind::Mean => &[PeopleRole::N],
            MeasureKind::Unprotected => &[],
        }
    }

    /// Adds the counts of a cell; for a rate, also that they add up.
    fn add_counts(&mut self, key: &CellKey) {
        let roles = self.roles_of(key.measure);
        if roles.first().is_none_or(|first| self.find(*first, key).is_some()) {
            return;
        }
        for role in roles {
            self.add_count(*role, key);
        }
        if let [n, numerator, complement] = roles {
            let terms = [(n, 1.0), (numerator, -1.0), (complement, -1.0)];
            let terms = terms.map(|(role, weight)| (self.count(*role, key), weight));
            self.system.add_constraint(terms.to_vec(), Interval::exactly(0.0), Trust::Certain);
        }
    }

    /// The count of these people, if there is one.
    pub(super) fn find(&self, role: PeopleRole, key: &CellKey) -> Option<UnknownCount> {
        self.counts.get(&PeopleKey::of(role, key)).copied()
    }

    /// The count of these people, created if there is none yet.
    pub(super) fn count(&mut self, role: PeopleRole, key: &CellKey) -> UnknownCount {
        if let Some(count) = self.find(role, key) {
            return count;
        }
        self.add_counts(key);
        self.find(role, key).unwrap_or_else(|| self.add_count(role, key))
    }

    fn add_count(&mut self, role: PeopleRole, key: &CellKey) -> UnknownCount {
        let count = self.system.add_count();
        self.counts.insert(PeopleKey::of(role, key), count);
        count
    }

    fn read_cell(&mut self, key: &CellKey, cell: &PackCell, visible: VisibleCells<'_>, trust: Trust) {
        let Some(measure) = self.measure(&key.measure) else { return };
        let read = ReadCell { measure, key, cell, trust };
        self.add_counts(key);
        match kind_of(measure) {
            MeasureKind::Count => self.read_count(read),
            MeasureKind::Rate => self.read_rate(read),
            MeasureKind::Mean => self.state(PeopleRole::N, read, cell.n),
            MeasureKind::Unprotected => {}
        }
        if let Some(quotient) = quotient_of(measure) {
            self.read_quotient(quotient, read, visible);
        }
    }

    /// Adds a number of people that a cell states.
    fn state(&mut self, role: PeopleRole, read: ReadCell<'_>, people: Option<f64>) {
        if let Some(people) = people {
            let count = self.count(role, read.key);
            self.system.state(count, Interval::exactly(people), read.trust);
        }
    }

    fn read_count(&mut self, read: ReadCell<'_>) {
        let count = self.count(PeopleRole::Count, read.key);
        if let Some(stated) = stated_count(read.cell) {
            self.system.state(count, stated, read.trust);
        }
    }

    fn read_rate(&mut self, read: ReadCell<'_>) {
        self.state(PeopleRole::N, read, read.cell.n);
        self.state(PeopleRole::Numerator, read, read.cell.numerator);
        let Some(share) = self.stated_share(read) else { return };
        match read.cell.n.filter(|n| n.fract() == 0.0) {
            Some(_) if read.cell.numerator.is_some() => {}
            Some(n) => self.state_numerators(read, share, n),
            None => {
                let numerator = self.count(PeopleRole::Numerator, read.key);
                let n = self.count(PeopleRole::N, read.key);
                self.system.add_rate(PublishedRate { numerator, n, share }, read.trust);
            }
        }
    }

    /// The interval that a rate's cell states for it, as a share of 1.
    fn stated_share(&self, read: ReadCell<'_>) -> Option<Interval> {
        let parts = sum_of_rates(read.measure).map_or(0, |derive| derive.numerator.len());
        let error = self.knowledge.rounding.error(read.key.measure, read.cell, parts);
        let percentage = stated_percentage(read.cell, error)?;
        Some(Interval { low: percentage.low / 100.0, high: percentage.high / 100.0 })
    }

    /// Adds the numerators that a rate of n people can have, and their complements.
    fn state_numerators(&mut self, read: ReadCell<'_>, share: Interval, n: f64) {
        let Some(numerators) = whole_numerators(share, n) else { return };
        let numerator = self.count(PeopleRole::Numerator, read.key);
        self.system.state(numerator, numerators, read.trust);
        let complement = self.count(PeopleRole::Complement, read.key);
        let complements = Interval { low: n - numerators.high, high: n - numerators.low };
        self.system.state(complement, complements, read.trust);
    }
}
