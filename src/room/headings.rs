//! Which column of a ballot holds what.

use std::collections::BTreeMap;

use sheets::Sheet;

use crate::catalog::{BallotColumn, RoomSpec};
use crate::domain::ItemNumber;
use crate::form_export::{Typed, plain, typed_cells};

/// The columns of a ballot as the pack writes them.
pub(crate) const COLUMNS: [BallotColumn; 11] = [
    BallotColumn::Item,
    BallotColumn::Quadrant,
    BallotColumn::Statement,
    BallotColumn::Evidence,
    BallotColumn::Keep,
    BallotColumn::MoveTo,
    BallotColumn::Reworded,
    BallotColumn::Dots,
    BallotColumn::Objection,
    BallotColumn::Note,
    BallotColumn::Key,
];

/// The row with the headings is among the first ones.
const SEARCHED: usize = 200;
/// A sheet with fewer known headings than this is not a ballot.
const FEWEST: usize = 2;
/// A sheet with this many known headings is certainly a ballot.
const CLEAR: usize = 4;

/// The columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headings {
    /// The row of the headings; `None` if it was deleted, and the columns are taken in the order of the pack's ballots.
    pub(super) row: Option<u32>,
    /// The first row of an item.
    pub(super) first: u32,
    columns: BTreeMap<u32, BallotColumn>,
}

impl Headings {
    /// Finds the headings of a ballot; `None` if the sheet is not a ballot.
    pub(super) fn find(sheet: &Sheet, spec: &RoomSpec) -> Option<Self> {
        let mut best = Self { row: None, first: 0, columns: BTreeMap::new() };
        for row in sheet.rows().take(SEARCHED) {
            let columns = known_columns(&typed_cells(sheet, row.number), spec);
            if columns.len() > best.columns.len() {
                best = Self { row: Some(row.number), first: row.number + 1, columns };
            }
        }
        let is_ballot = best.columns.len() >= FEWEST && best.has_items();
        if is_ballot { Some(best) } else { Self::without_row(sheet) }
    }

    /// Whether enough headings are known to show that the sheet is a ballot, whatever else is on it.
    pub(super) fn is_clear(&self) -> bool {
        self.row.is_some() && self.columns.len() >= CLEAR
    }

    /// Whether the rows can be told apart.
    fn has_items(&self) -> bool {
        let of_items = [BallotColumn::Item, BallotColumn::Statement, BallotColumn::Key];
        self.columns.values().any(|column| of_items.contains(column))
    }

    /// The columns of a ballot without its row of headings: items are in the first column.
    fn without_row(sheet: &Sheet) -> Option<Self> {
        let mut rows = sheet.rows().take(SEARCHED);
        let first = rows.find(|row| ItemNumber::parse(&row.cell(0).to_text()).is_some())?.number;
        Some(Self { row: None, first, columns: (0..).zip(COLUMNS).collect() })
    }

    /// Whether a column with this content is there.
    pub(super) fn has(&self, column: BallotColumn) -> bool {
        self.columns.values().any(|known| *known == column)
    }

    /// What a column holds; `None` if it has no heading that is known.
    pub(super) fn of(&self, column: u32) -> Option<BallotColumn> {
        self.columns.get(&column).copied()
    }
}

/// The columns with known headings. If several have one, the first counts.
fn known_columns(cells: &[Typed], spec: &RoomSpec) -> BTreeMap<u32, BallotColumn> {
    let mut columns = BTreeMap::new();
    for cell in cells.iter().filter(|cell| !cell.is_covered) {
        let known = spec.column(&plain(&cell.text)).filter(|column| COLUMNS.contains(column));
        if let Some(column) = known.filter(|known| columns.values().all(|column| column != known)) {
            columns.insert(cell.column, column);
        }
    }
    columns
}
