//! What two packs of a project disclose together (methods 10.4).
//!
//! A reader who has an earlier pack knows what it published, and believes it unless the new pack contradicts
//! it. So a suppressed value that an earlier pack published is known however the new pack suppresses it; and
//! the new pack may publish a value that the earlier pack suppressed to protect something. If a value was
//! revised, the attacker believes the figure in the pack whose system is being solved.
//!
//! Degenerate: if neither pack publishes anything that the other suppresses or lacks, together they disclose
//! no more than each alone.

use std::collections::BTreeMap;

use super::super::model::{CellPlace, ModelCell};
use crate::catalog::{Bounds, Catalog};
use crate::pack_tables::{CellKey, DistrictYear, PackCell, PackTables, ValueOrigin};

/// A cell as it is in a pack.
#[derive(Debug, Clone)]
pub(super) struct CellVersion<'a> {
    /// The cell.
    pub(super) cell: ModelCell<'a>,
    /// Whether the pack suppresses it.
    pub(super) is_suppressed: bool,
}

impl<'a> CellVersion<'a> {
    /// A cell of a pack's tables; `None` if the catalog has no such measure or the cell is blank. A blank
    /// says nothing, not even that there are any people.
    fn from_table(key: &'a CellKey, cell: &'a PackCell, catalog: &'a Catalog) -> Option<Self> {
        let is_blank = cell.value.is_none() && !cell.is_withheld() && !cell.is_masked();
        let measure = catalog.measures.get(&*key.measure).filter(|_| !is_blank)?;
        let is_suppressed = cell.is_withheld();
        let cell = ModelCell {
            measure,
            school: &key.school,
            group: &key.group,
            grade: &key.grade,
            subject: &key.subject,
            value: cell.value.map(|value| value.number),
            numerator: cell.numerator,
            n: cell.n,
            bounds: Bounds { low: cell.masked_from, high: cell.masked_to },
            is_computed: cell.origin == ValueOrigin::Computed,
            is_masked: cell.is_masked(),
            is_public: false,
        };
        Some(Self { cell, is_suppressed })
    }

    fn has_value(&self) -> bool {
        !self.is_suppressed && self.cell.value.is_some()
    }

    /// Whether it states more about the same value than another cell: the value itself, or its n or
    /// numerator.
    fn adds_to(&self, other: &Self) -> bool {
        let is_same_value = self.cell.value == other.cell.value;
        self.has_value() && (!other.has_value() || is_same_value && self.adds_people_to(other))
    }

    /// Whether it states another value, n or numerator than another cell, or a mask that the other does not have.
    fn revises(&self, other: &Self) -> bool {
        let (own, known) = (&self.cell, &other.cell);
        let has_new_mask =
            own.is_masked && !self.is_suppressed && (!known.is_masked || own.bounds != known.bounds);
        let are_both_shown = self.has_value() && other.has_value();
        has_new_mask
            || are_both_shown
                && (are_different(own.value, known.value)
                    || are_different(own.n, known.n)
                    || are_different(own.numerator, known.numerator))
    }

    /// Whether it states an n or a numerator that another cell does not.
    fn adds_people_to(&self, other: &Self) -> bool {
        let (own, known) = (&self.cell, &other.cell);
        own.n.is_some() && known.n.is_none() || own.numerator.is_some() && known.numerator.is_none()
    }

    /// The cell, marked as one that can no longer be suppressed.
    fn as_public(&self) -> ModelCell<'a> {
        ModelCell { is_public: true, ..self.cell.clone() }
    }
}

/// Whether both are known and are not the same number.
fn are_different(one: Option<f64>, other: Option<f64>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.to_bits() != other.to_bits())
}

/// An earlier pack's cells for a district and year.
pub(super) fn versions_in<'a>(
    earlier: &'a PackTables,
    at: &DistrictYear,
    catalog: &'a Catalog,
) -> Vec<CellVersion<'a>> {
    let cells = earlier.years().get(at).into_iter().flatten();
    cells.filter_map(|(key, cell)| CellVersion::from_table(key, cell, catalog)).collect()
}

/// The position of a cell in the new pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NewCellIndex(pub(super) usize);

/// The cells available to an attacker who has both packs.
#[derive(Debug, Default)]
pub(super) struct CombinedCells<'a> {
    /// The cells. A cell that only the earlier pack publishes can no longer be suppressed, just like a public
    /// one.
    pub(super) cells: Vec<ModelCell<'a>>,
    /// For each cell, whether both packs suppress it.
    pub(super) suppressed: Vec<bool>,
    /// The corresponding cell of the new pack; `None` for the earlier pack's cells.
    pub(super) new_cells: Vec<Option<NewCellIndex>>,
    /// Whether the other pack adds anything.
    has_additions: bool,
}

impl<'a> CombinedCells<'a> {
    fn push(&mut self, cell: ModelCell<'a>, is_suppressed: bool, new_cell: Option<NewCellIndex>) {
        self.cells.push(cell);
        self.suppressed.push(is_suppressed);
        self.new_cells.push(new_cell);
    }

    /// Adds a cell published by the other pack.
    fn push_addition(&mut self, cell: ModelCell<'a>, new_cell: Option<NewCellIndex>) {
        self.has_additions = true;
        self.push(cell, false, new_cell);
    }
}

/// The combinations of both packs: the new pack's cells plus what the earlier one adds, and the earlier
/// pack's cells plus what the new one adds. Combinations to which nothing is added are left out.
pub(super) fn combine<'a>(new: &[CellVersion<'a>], earlier: &[CellVersion<'a>]) -> Vec<CombinedCells<'a>> {
    let mut combined = vec![new_with_earlier(new, earlier), earlier_with_new(new, earlier)];
    combined.retain(|combined| combined.has_additions);
    combined
}

/// What of the new pack to suppress so that it says no more about a district's year than the earlier pack did; `None` if it
/// says more, or something else, even so.
///
/// For packs that would disclose something together. The earlier pack was audited, and a reader who has both then knows no more
/// than before. So the same data gives the same pack again, even where all of a year had to be suppressed after the audit.
pub(super) fn suppressed_as_before(
    new: &[CellVersion<'_>],
    earlier: &[CellVersion<'_>],
) -> Option<Vec<NewCellIndex>> {
    let in_earlier = by_place(earlier);
    let mut to_suppress = Vec::new();
    for (i, version) in new.iter().enumerate() {
        match in_earlier.get(&CellPlace::of(&version.cell)) {
            Some((_, known)) if version.revises(known) || known.adds_to(version) => return None,
            Some((_, known)) if !version.adds_to(known) => {}
            Some((_, known)) if known.is_suppressed && !version.cell.is_public => {
                to_suppress.push(NewCellIndex(i));
            }
            None if !version.has_value() && !version.cell.is_masked => {}
            _ => return None,
        }
    }
    Some(to_suppress)
}

type VersionsByPlace<'s, 'a> = BTreeMap<CellPlace<'a>, (NewCellIndex, &'s CellVersion<'a>)>;

fn by_place<'s, 'a>(versions: &'s [CellVersion<'a>]) -> VersionsByPlace<'s, 'a> {
    let indexed = versions.iter().enumerate();
    indexed.map(|(i, version)| (CellPlace::of(&version.cell), (NewCellIndex(i), version))).collect()
}

fn new_with_earlier<'a>(new: &[CellVersion<'a>], earlier: &[CellVersion<'a>]) -> CombinedCells<'a> {
    let (in_new, in_earlier) = (by_place(new), by_place(earlier));
    let mut combined = CombinedCells::default();
    for (i, version) in new.iter().enumerate() {
        let known = in_earlier.get(&CellPlace::of(&version.cell));
        match known.filter(|(_, known)| known.adds_to(version)) {
            Some((_, known)) => combined.push_addition(known.as_public(), None),
            None => combined.push(version.cell.clone(), version.is_suppressed, Some(NewCellIndex(i))),
        }
    }
    for (place, (_, version)) in &in_earlier {
        if version.has_value() && !in_new.contains_key(place) {
            combined.push_addition(version.as_public(), None);
        }
    }
    combined
}

fn earlier_with_new<'a>(new: &[CellVersion<'a>], earlier: &[CellVersion<'a>]) -> CombinedCells<'a> {
    let (in_new, in_earlier) = (by_place(new), by_place(earlier));
    let mut combined = CombinedCells::default();
    for version in earlier {
        match in_new.get(&CellPlace::of(&version.cell)) {
            Some((index, known)) if known.adds_to(version) => {
                combined.push_addition(known.cell.clone(), Some(*index));
            }
            _ if version.has_value() => combined.push(version.as_public(), false, None),
            _ => combined.push(version.cell.clone(), version.is_suppressed, None),
        }
    }
    for (i, version) in new.iter().enumerate() {
        if version.has_value() && !in_earlier.contains_key(&CellPlace::of(&version.cell)) {
            combined.push_addition(version.cell.clone(), Some(NewCellIndex(i)));
        }
    }
    combined
}
