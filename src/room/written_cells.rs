//! Which cells of a file of the room the program wrote, so that what a person typed elsewhere can be named.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use sheets::{Sheet, SourceFile};

use super::decisions_read::listed_rows;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::Place;
use crate::form_export::{Typed, normal_value, plain, typed_cells};
use crate::wording::room as wording;

/// How many hexadecimal digits tell cells apart.
const DIGITS: usize = 12;

/// The cells of a file, each by its text and the item of its row, however a spreadsheet program saves them.
#[must_use]
pub fn written_cells(file: &SourceFile) -> BTreeSet<String> {
    let mut written = BTreeSet::new();
    for sheet in &file.sheets {
        for row in LabeledRow::all(sheet) {
            for cell in &row.cells {
                written.insert(key(row.label.as_deref(), &cell.text));
                written.insert(key(None, &cell.text));
            }
        }
    }
    written
}

/// The cells of a file that the program did not write, and that are not among those that are `read`.
#[must_use]
pub fn typed_elsewhere(file: &SourceFile, written: &BTreeSet<String>, read: &BTreeSet<Place>) -> Vec<Place> {
    let mut typed = Vec::new();
    for sheet in &file.sheets {
        for row in LabeledRow::all(sheet) {
            let label = row.label.as_deref();
            let cells = row.cells.into_iter().filter(|cell| !cell.is_covered && !read.contains(&cell.place));
            typed.extend(
                cells.filter(|cell| !written.contains(&key(label, &cell.text))).map(|cell| cell.place),
            );
        }
    }
    typed
}

/// A row with the item that it is about.
struct LabeledRow {
    /// What is in the column of the items; empty above it, and `None` on a sheet without one.
    label: Option<String>,
    cells: Vec<Typed>,
}

impl LabeledRow {
    fn all(sheet: &Sheet) -> Vec<Self> {
        let mut rows = Vec::new();
        let mut column = None;
        for row in sheet.rows() {
            let cells = typed_cells(sheet, row.number);
            let label = column.map_or("", |column| text_in(&cells, column));
            let label = Some(normal_value(label)).filter(|_| column.is_some());
            if column.is_none() {
                column = cells
                    .iter()
                    .find(|cell| plain(&cell.text) == plain(wording::H_ITEM))
                    .map(|cell| cell.column);
            }
            rows.push(Self { label, cells });
        }
        rows
    }
}

fn text_in(cells: &[Typed], column: u32) -> &str {
    cells.iter().find(|cell| cell.column == column).map_or("", |cell| cell.text.as_str())
}

fn key(label: Option<&str>, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(label.unwrap_or_default());
    hash.update([0, u8::from(label.is_some())]);
    hash.update(normal_value(text));
    let hex = format!("{:x}", hash.finalize());
    hex[..DIGITS].to_owned()
}

/// What is gone from a file that lists items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoneFromList {
    /// Items whose rows were deleted.
    pub rows: Vec<String>,
    /// Rows whose statement was deleted.
    pub statements: Vec<Place>,
}

/// What a person deleted from a file that was written with the rows of these items. A file with few of them is a list of its own.
#[must_use]
pub fn gone_from_list(file: &SourceFile, items: &BTreeSet<String>, spec: &RoomSpec) -> GoneFromList {
    let mut shown: BTreeMap<String, Vec<Option<Place>>> = BTreeMap::new();
    for row in listed_rows(file, spec) {
        let number = row.text(BallotColumn::Item).trim().to_owned();
        let is_empty = row.text(BallotColumn::Statement).trim().is_empty();
        let place = row.cells.get(&BallotColumn::Item).filter(|_| is_empty).map(|cell| cell.place.clone());
        if items.contains(&number) {
            shown.entry(number).or_default().push(place);
        }
    }
    let mut gone = GoneFromList::default();
    if shown.len() * 2 > items.len() {
        gone.rows.extend(items.iter().filter(|item| !shown.contains_key(*item)).cloned());
        let all: Vec<&Option<Place>> = shown.values().flatten().collect();
        let emptied: Vec<Place> = all.iter().filter_map(|place| (*place).clone()).collect();
        if emptied.len() * 2 < all.len() {
            gone.statements = emptied;
        }
    }
    gone
}
