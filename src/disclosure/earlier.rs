//! What two packs of a project tell together (methods 10.4).
//!
//! Whoever has an earlier pack knows what it shows, and takes it for true where the new one does not say otherwise. So what it shows
//! of a withheld value is known however the new pack withholds it; and what the new one shows may be what the earlier one withheld
//! something for. A value that was revised is believed as it stands in the pack whose system is solved.
//!
//! Degenerate: where no pack shows what the other withholds or lacks, they tell no more together than each by itself.

use std::collections::BTreeMap;

use super::model::{Cell, Place};
use crate::catalog::{Bounds, Catalog};
use crate::domain::MeasureKey;
use crate::pack_tables::{DistrictYear, Made, PackTables, TableCell};

/// The cells that an earlier pack has of a district and year; none where it has none.
pub(super) fn seen_in<'a>(earlier: &'a PackTables, at: &DistrictYear, catalog: &'a Catalog) -> Vec<Seen<'a>> {
    let all = earlier.years().get(at).into_iter().flatten();
    all.filter_map(|(key, cell)| seen(key, cell, catalog)).collect()
}

/// A cell of a table; `None` where the catalog has no such measure, or it is blank: a blank says nothing, not even that there is
/// somebody.
fn seen<'a>(key: &'a MeasureKey, cell: &'a TableCell, catalog: &'a Catalog) -> Option<Seen<'a>> {
    let is_there = cell.value.is_some() || cell.is_withheld() || cell.is_masked();
    is_there.then_some(())?;
    let as_cell = Cell {
        measure: catalog.measures.get(&key.measure)?,
        group: &key.group,
        grade: &key.grade,
        subject: &key.subject,
        value: cell.value.map(|value| value.number),
        numerator: cell.numerator,
        n: cell.n,
        bounds: Bounds { low: cell.masked_from, high: cell.masked_to },
        computed: cell.made == Made::Computed,
        masked: cell.is_masked(),
        public: false,
    };
    Some(Seen { cell: as_cell, is_withheld: cell.is_withheld() })
}

/// A cell as a pack shows it.
#[derive(Debug, Clone)]
pub(super) struct Seen<'a> {
    /// The cell.
    pub(super) cell: Cell<'a>,
    /// Whether it is withheld there.
    pub(super) is_withheld: bool,
}

impl Seen<'_> {
    fn says(&self) -> bool {
        !self.is_withheld && self.cell.value.is_some()
    }

    /// Whether it says of the same value more than another does: on how many people it rests, or how many it counts.
    fn says_more_than(&self, other: &Self) -> bool {
        let (own, other_cell) = (&self.cell, &other.cell);
        let adds_people = own.n.is_some() && other_cell.n.is_none()
            || own.numerator.is_some() && other_cell.numerator.is_none();
        self.says() && (!other.says() || own.value == other_cell.value && adds_people)
    }
}

/// What a reader of both packs has before them.
#[derive(Debug, Default)]
pub(super) struct Together<'a> {
    /// The cells; what only the earlier pack shows cannot be taken back, just as what is public.
    pub(super) cells: Vec<Cell<'a>>,
    /// Whether each is withheld in both.
    pub(super) hidden: Vec<bool>,
    /// The cell of the new pack that each is; `None` for what stands in the earlier one.
    pub(super) of_new: Vec<Option<usize>>,
}

impl<'a> Together<'a> {
    fn push(&mut self, cell: Cell<'a>, is_hidden: bool, of_new: Option<usize>) {
        self.cells.push(cell);
        self.hidden.push(is_hidden);
        self.of_new.push(of_new);
    }
}

/// The readings of both packs: the new one's figures with what the earlier one adds, and the earlier one's with what the new one
/// adds. None where there is nothing to add.
pub(super) fn together<'a>(new: &[Seen<'a>], earlier: &[Seen<'a>]) -> Vec<Together<'a>> {
    let mut all = Vec::new();
    all.extend(new_with_earlier(new, earlier));
    all.extend(earlier_with_new(new, earlier));
    all
}

fn by_place<'s, 'a>(cells: &'s [Seen<'a>]) -> BTreeMap<Place<'a>, (usize, &'s Seen<'a>)> {
    cells.iter().enumerate().map(|(i, seen)| (Place::of(&seen.cell), (i, seen))).collect()
}

fn told<'a>(seen: &Seen<'a>) -> Cell<'a> {
    Cell { public: true, ..seen.cell.clone() }
}

fn new_with_earlier<'a>(new: &[Seen<'a>], earlier: &[Seen<'a>]) -> Option<Together<'a>> {
    let (in_new, in_earlier) = (by_place(new), by_place(earlier));
    let mut both = Together::default();
    let mut adds = false;
    for (i, seen) in new.iter().enumerate() {
        let known = in_earlier.get(&Place::of(&seen.cell));
        match known.filter(|(_, other)| other.says_more_than(seen)) {
            Some((_, other)) => {
                adds = true;
                both.push(told(other), false, None);
            }
            None => both.push(seen.cell.clone(), seen.is_withheld, Some(i)),
        }
    }
    for (place, (_, seen)) in &in_earlier {
        if seen.says() && !in_new.contains_key(place) {
            adds = true;
            both.push(told(seen), false, None);
        }
    }
    adds.then_some(both)
}

fn earlier_with_new<'a>(new: &[Seen<'a>], earlier: &[Seen<'a>]) -> Option<Together<'a>> {
    let (in_new, in_earlier) = (by_place(new), by_place(earlier));
    let mut both = Together::default();
    let mut adds = false;
    for seen in earlier {
        let known = in_new.get(&Place::of(&seen.cell));
        match known {
            Some((i, other)) if other.says_more_than(seen) => {
                adds = true;
                both.push(other.cell.clone(), false, Some(*i));
            }
            _ if seen.says() => both.push(told(seen), false, None),
            _ => both.push(seen.cell.clone(), seen.is_withheld, None),
        }
    }
    for (i, seen) in new.iter().enumerate() {
        if seen.says() && !in_earlier.contains_key(&Place::of(&seen.cell)) {
            adds = true;
            both.push(seen.cell.clone(), false, Some(i));
        }
    }
    adds.then_some(both)
}
