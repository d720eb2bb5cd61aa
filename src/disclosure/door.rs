//! Which rows of the frame are withheld.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::PolarsError;
use rayon::prelude::*;

use super::earlier::{Seen, seen_in, together};
use super::model::{Cell, Excess};
use super::primary::{Judged, Policy};
use super::rests_on::RestsOn;
use super::suppress::{exposed, protect, protect_from_both};
use crate::catalog::{Catalog, Derivation, Measure};
use crate::disclosure::{Frame, FrameView, KeyRun, Row, Told, Uneven};
use crate::domain::{KeyCode, SchoolYear, Status, Unit, decimal_places};
use crate::pack_tables::{DistrictYear, PackTables};

/// What is decided of the rows of a frame.
#[derive(Debug, Default)]
pub(super) struct Decided {
    /// Whether each row is withheld.
    pub(super) hidden: Vec<bool>,
    /// Rows without a value (masked or blank, not public) that say on how many people it would rest: that is not shown.
    pub(super) unsaid: Vec<usize>,
    /// The totals of a little less than their parts.
    pub(super) uneven: Vec<Uneven>,
    /// The withheld values that what is public tells.
    pub(super) told: Vec<Told>,
    /// The values that are withheld because nobody knows on how many people they rest.
    pub(super) unknown: Vec<Told>,
    /// How many values are withheld because an earlier pack would tell of others together with them.
    pub(super) for_earlier: u64,
}

/// Decides which rows of the frame are withheld. `smallest_group` is the project's own, if it has one; `earlier` is what an earlier
/// pack of it shows.
///
/// # Errors
/// Where a column is not of its type; it always is.
pub(super) fn hidden(
    frame: &Frame,
    catalog: &Catalog,
    smallest_group: Option<u32>,
    earlier: &PackTables,
) -> Result<Decided, PolarsError> {
    let door = Door { frame, view: frame.view()?, catalog, smallest_group };
    Ok(door.hidden(earlier))
}

/// Decides what is withheld.
struct Door<'a> {
    frame: &'a Frame,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    smallest_group: Option<u32>,
}

/// The rows of a district's year that hang together, with their keys.
type Year = Vec<(KeyCode, Row)>;

impl<'a> Door<'a> {
    fn hidden(&self, earlier: &PackTables) -> Decided {
        let mut hidden = vec![false; self.frame.len()];
        let (mut unsaid, mut unknown) = (Vec::new(), Vec::new());
        let steps = self.steps();
        let rests_on = RestsOn::new(self.frame, self.view, self.catalog);
        // Nearly all that is read is public: only the series that hold something else are looked at again.
        let mut private: Vec<&KeyRun> = Vec::new();
        for run in self.frame.runs() {
            let Some(measure) = self.measure(run.key) else { continue };
            let smallest = self.smallest(measure);
            let step = steps.get(measure.id.as_str()).copied().unwrap_or(0.0);
            for row in self.view.rows(run.rows.clone()).filter(|row| !row.public) {
                let people = match row.n {
                    Some(_) => None,
                    None => rests_on.people(run.key, measure, &row, smallest),
                };
                let policy = Policy { measure, smallest, step, spec: &self.catalog.disclosure };
                let judged = policy.judge(&row, people);
                unknown.extend((judged == Judged::PeopleUnknown).then_some(Told { key: run.key, row }));
                // A mask of the source's own may be narrower than the policy; withheld, it tells nothing.
                let is_masked = row.status == Status::Masked && measure.smallest_group > 1;
                hidden[row.row] = judged != Judged::Safe || is_masked;
                let is_bare = row.value.is_none() && (row.n.is_some() || row.numerator.is_some());
                unsaid.extend(is_bare.then_some(row.row));
                if private.last().is_none_or(|last| last.key != run.key) {
                    private.push(run);
                }
            }
        }
        let (mut uneven, mut told, mut for_earlier) = (Vec::new(), Vec::new(), 0);
        if !private.is_empty() {
            let years = self.years(&private);
            uneven = self.complement(&years, &mut hidden);
            self.spread(&private, &years, &mut hidden);
            for_earlier = self.protect_with(earlier, &years, &mut hidden);
            if for_earlier > 0 {
                self.spread(&private, &years, &mut hidden);
            }
            let of_year = |year: &Year| self.told_by_public(year, &hidden);
            told = years.par_iter().flat_map_iter(of_year).collect();
        }
        Decided { hidden, unsaid, uneven, told, unknown, for_earlier }
    }

    fn measure(&self, key: KeyCode) -> Option<&'a Measure> {
        self.catalog.measures.get(&self.frame.terms().measures[key.measure as usize])
    }

    /// To what the rates of each measure that are not public are rounded, in percent.
    fn steps(&self) -> BTreeMap<&'a str, f64> {
        let mut places: BTreeMap<&str, Option<i32>> = BTreeMap::new();
        for run in self.frame.runs() {
            let Some(measure) =
                self.measure(run.key).filter(|m| m.unit == Unit::Percent && m.smallest_group > 1)
            else {
                continue;
            };
            let rows = self.view.rows(run.rows.clone()).filter(|row| !row.public && !row.derived);
            for value in rows.filter_map(|row| row.value) {
                let most = places.entry(&measure.id).or_insert(Some(0));
                *most = most.zip(decimal_places(value)).map(|(most, own)| most.max(own));
            }
        }
        places.into_iter().filter_map(|(id, places)| Some((id, 10f64.powi(-places?)))).collect()
    }

    fn smallest(&self, measure: &Measure) -> f64 {
        f64::from(measure.smallest_group.max(self.smallest_group.unwrap_or(0)))
    }

    /// The years of districts that hold a value of people which is not public, each with all rows that hang together with it.
    fn years(&self, private: &[&KeyRun]) -> Vec<Year> {
        let family = families(self.catalog);
        let of = |run: &KeyRun| self.measure(run.key).and_then(|m| family.get(m.id.as_str()).copied());
        let is_of_people = |run: &&&KeyRun| self.measure(run.key).is_some_and(|m| m.smallest_group > 1);
        let mut years: BTreeMap<(&str, u32, i32), Year> = BTreeMap::new();
        for run in private.iter().filter(is_of_people) {
            let Some(family) = of(run) else { continue };
            let rows = self.view.rows(run.rows.clone()).filter(|row| !row.public && is_there(row));
            rows.for_each(|row| _ = years.entry((family, row.district, row.year)).or_default());
        }
        let private: BTreeSet<&str> =
            private.iter().filter_map(|run| Some(self.measure(run.key)?.id.as_str())).collect();
        let related = related(&private, self.catalog);
        let is_related =
            |run: &&KeyRun| self.measure(run.key).is_some_and(|m| related.contains(m.id.as_str()));
        for run in self.frame.runs().iter().filter(is_related) {
            let Some(family) = of(run) else { continue };
            for row in self.view.rows(run.rows.clone()).filter(is_there) {
                if let Some(year) = years.get_mut(&(family, row.district, row.year)) {
                    year.push((run.key, row));
                }
            }
        }
        years.into_values().collect()
    }

    /// Withholds what would tell a withheld value by how values hang together; gives the totals that are not quite that.
    fn complement(&self, years: &[Year], hidden: &mut [bool]) -> Vec<Uneven> {
        let known: &[bool] = hidden;
        let also: Vec<(Vec<usize>, Vec<Uneven>)> =
            years.par_iter().map(|year| self.also(year, known)).collect();
        let mut uneven = Vec::new();
        for (rows, totals) in also {
            rows.into_iter().for_each(|row| hidden[row] = true);
            uneven.extend(totals);
        }
        uneven
    }

    /// Withholds what was computed of withheld counts, and what has to go with that.
    fn spread(&self, private: &[&KeyRun], years: &[Year], hidden: &mut [bool]) {
        loop {
            let changed = self.pass_on(private, hidden);
            if changed.is_empty() {
                return;
            }
            let is_changed = |year: &&Year| {
                year.first().is_some_and(|(_, row)| changed.contains(&(row.district, row.year)))
            };
            let years: Vec<Year> = years.iter().filter(is_changed).cloned().collect();
            self.complement(&years, hidden);
        }
    }

    /// Withholds what would tell a withheld value to a reader of an earlier pack; gives how many values.
    fn protect_with(&self, earlier: &PackTables, years: &[Year], hidden: &mut [bool]) -> u64 {
        if earlier.years().is_empty() {
            return 0;
        }
        let (family, known): (_, &[bool]) = (families(self.catalog), hidden);
        let of_year = |year: &Year| self.told_with(earlier, year, &family, known);
        let more: BTreeSet<usize> = years.par_iter().flat_map_iter(of_year).collect();
        more.iter().for_each(|row| hidden[*row] = true);
        more.len() as u64
    }

    /// The rows of a district's year that would tell a withheld value to a reader of an earlier pack.
    fn told_with(
        &self,
        earlier: &PackTables,
        year: &Year,
        family: &BTreeMap<&str, &str>,
        hidden: &[bool],
    ) -> Vec<usize> {
        let Some((key, row)) = year.first() else { return Vec::new() };
        let of = |measure: &Measure| family.get(measure.id.as_str());
        let own = self.measure(*key).and_then(of);
        let district = self.frame.terms().districts[row.district as usize].shown_id.clone();
        let mut earlier = seen_in(earlier, &DistrictYear { district, year: row.year }, self.catalog);
        earlier.retain(|seen| of(seen.cell.measure) == own);
        if earlier.is_empty() {
            return Vec::new();
        }
        let known = self.cells(year);
        let seen = |(_, row, cell): &(KeyCode, Row, Cell<'a>)| Seen {
            cell: cell.clone(),
            is_withheld: hidden[row.row],
        };
        let new: Vec<Seen<'_>> = known.iter().map(seen).collect();
        let mut rows = Vec::new();
        for both in together(&new, &earlier) {
            let least = self.least(&both.cells);
            let more = protect_from_both(&both.cells, &both.hidden, self.catalog, least);
            let of_new = more.into_iter().filter_map(|cell| both.of_new[cell.0]);
            rows.extend(of_new.map(|cell| known[cell].1.row));
        }
        rows
    }

    /// The withheld rows of a district's year that what is public tells.
    fn told_by_public(&self, year: &Year, hidden: &[bool]) -> Vec<Told> {
        if !year.iter().any(|(_, row)| row.public) {
            return Vec::new();
        }
        let known = self.cells(year);
        let cells: Vec<Cell<'_>> = known.iter().map(|(.., cell)| cell.clone()).collect();
        let withheld: Vec<bool> = cells.iter().map(|cell| !cell.public).collect();
        let found = exposed(&cells, &withheld, self.catalog, self.least(&cells)).into_iter();
        let found = found.map(|exposure| (known[exposure.cell.0].0, known[exposure.cell.0].1));
        found.filter(|(_, row)| hidden[row.row] && !row.derived).map(|(key, row)| Told { key, row }).collect()
    }

    /// The rows of a district's year that are about people, as cells.
    fn cells(&self, year: &Year) -> Vec<(KeyCode, Row, Cell<'a>)> {
        year.iter().filter_map(|(key, row)| Some((*key, *row, self.cell(*key, row)?))).collect()
    }

    /// The largest of the smallest groups of some cells.
    fn least(&self, cells: &[Cell<'_>]) -> f64 {
        cells.iter().map(|cell| self.smallest(cell.measure)).fold(0.0, f64::max)
    }

    /// The rows of a district's year that must be withheld beside those that are, and its totals of less than their parts.
    fn also(&self, year: &Year, hidden: &[bool]) -> (Vec<usize>, Vec<Uneven>) {
        let known = self.cells(year);
        let cells: Vec<Cell<'_>> = known.iter().map(|(.., cell)| cell.clone()).collect();
        let hidden: Vec<bool> = known.iter().map(|(_, row, _)| hidden[row.row]).collect();
        let protected = protect(&cells, &hidden, self.catalog, self.least(&cells));
        let total = |excess: Excess| {
            let (key, row, _) = &known[excess.total.0];
            Uneven { key: *key, total: *row, parts: excess.parts }
        };
        let rows = protected.also.into_iter().map(|cell| known[cell].1.row).collect();
        (rows, protected.excesses.into_iter().map(total).collect())
    }

    fn cell(&self, key: KeyCode, row: &Row) -> Option<Cell<'a>> {
        let terms = self.frame.terms();
        let is_said = row.public || row.value.is_some();
        Some(Cell {
            measure: self.measure(key)?,
            group: &terms.groups[key.group as usize],
            grade: &terms.grades[key.grade as usize],
            subject: &terms.subjects[key.subject as usize],
            value: row.value,
            numerator: row.numerator.filter(|_| is_said),
            n: row.n.filter(|_| is_said),
            bounds: self.frame.bounds(row.row).unwrap_or_default(),
            computed: row.derived,
            masked: row.status == Status::Masked,
            public: row.public,
        })
    }

    /// Withholds what was computed from withheld values and is not public itself; gives the districts' years with any.
    fn pass_on(&self, private: &[&KeyRun], hidden: &mut [bool]) -> BTreeSet<(u32, i32)> {
        let mut changed = BTreeSet::new();
        for run in private {
            let derived = self.measure(run.key).and_then(|m| m.derive.as_ref());
            let Some(derive) = derived else { continue };
            let codes: Vec<KeyCode> = derive
                .parts()
                .filter_map(|id| self.frame.terms().measures.binary_search(id).ok())
                .map(|measure| KeyCode { measure: measure as u32, ..run.key })
                .collect();
            for row in self.view.rows(run.rows.clone()).filter(|row| row.derived && !row.public) {
                let tells = codes.iter().any(|key| {
                    let year = SchoolYear::ending(row.year).ok();
                    let part = year.and_then(|year| self.frame.find(&self.view, (*key, row.district, year)));
                    part.is_some_and(|part| hidden[part.row])
                });
                if tells && !hidden[row.row] {
                    hidden[row.row] = true;
                    changed.insert((row.district, row.year));
                }
            }
        }
        changed
    }
}

/// The measures that one is computed from.
fn parts_of(measure: &Measure) -> impl Iterator<Item = &str> {
    measure.derive.iter().flat_map(Derivation::parts).map(String::as_str)
}

/// Whether there is a value, or a mask that says that there is one.
fn is_there(row: &Row) -> bool {
    row.value.is_some() || row.status == Status::Masked
}

/// The measures whose values can tell of those of `private` ones, or be told by them: these themselves, what they are computed
/// from and count some of, and all that is computed from them, of their people or part of one whole with them, again
/// with what that is computed from. Of others the publisher has told already.
fn related<'c>(private: &BTreeSet<&'c str>, catalog: &'c Catalog) -> BTreeSet<&'c str> {
    let mut related = private.clone();
    for measure in private.iter().filter_map(|id| catalog.measures.get(*id)) {
        let population = measure.population.as_ref();
        let population = population.filter(|of| !of.some || measure.unit == Unit::Count);
        related.extend(population.map(|of| of.measure.as_str()));
        related.extend(parts_of(measure));
    }
    let is_private = |id: &str| private.contains(id);
    let tells = |measure: &&Measure| {
        let mut wholes = catalog.disclosure.whole.iter().filter(|whole| whole.parts.contains(&measure.id));
        parts_of(measure).any(is_private)
            || wholes.any(|whole| whole.parts.iter().any(|part| is_private(part)))
            || measure.population.as_ref().is_some_and(|population| is_private(&population.measure))
    };
    related.extend(catalog.measures.values().filter(tells).map(|measure| measure.id.as_str()));
    let measures: Vec<&Measure> = related.iter().filter_map(|id| catalog.measures.get(*id)).collect();
    related.extend(measures.into_iter().flat_map(parts_of));
    related
}

/// The measures that hang together, by populations, derivations and wholes: each with the first id of its family.
fn families(catalog: &Catalog) -> BTreeMap<&str, &str> {
    let mut family: BTreeMap<&str, &str> =
        catalog.measures.keys().map(|id| (id.as_str(), id.as_str())).collect();
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for measure in catalog.measures.values() {
        let population = measure.population.iter().map(|of| of.measure.as_str());
        pairs.extend(parts_of(measure).chain(population).map(|other| (measure.id.as_str(), other)));
    }
    for whole in &catalog.disclosure.whole {
        pairs.extend(whole.parts.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())));
    }
    for (a, b) in pairs {
        let (Some(a), Some(b)) = (family.get(a).copied(), family.get(b).copied()) else {
            continue;
        };
        let (first, other) = (a.min(b), a.max(b));
        family.values_mut().filter(|of| **of == other).for_each(|of| *of = first);
    }
    family
}
