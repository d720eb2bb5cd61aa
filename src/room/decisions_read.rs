//! Reads what a person decided: pairs of items that are one, and changes in the consensus.

use std::collections::{BTreeMap, BTreeSet};

use sheets::SourceFile;

use super::answer_words::{KeepWord, keep_cell, quadrant};
use super::ballot_row::BallotRow;
use super::decisions::{Confirmed, ItemPair};
use super::headings::Headings;
use super::room_edit::RoomEdit;
use super::shown_item::ShownItem;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::Place;
use crate::domain::Quadrant;
use crate::form_export::{Typed, plain, typed_cells};
use crate::wording::room as wording;

/// The pairs of a file of pairs, with what the person said of each.
#[must_use]
pub fn confirmed_pairs(file: &SourceFile, spec: &RoomSpec) -> Vec<Confirmed> {
    let mut pairs = BTreeSet::new();
    for sheet in &file.sheets {
        let mut columns: BTreeMap<&str, u32> = BTreeMap::new();
        for row in sheet.rows() {
            let cells = typed_cells(sheet, row.number);
            for heading in wording::PAIR_HEADINGS {
                let found = cells.iter().find(|cell| plain(&cell.text) == plain(heading));
                columns.extend(found.map(|cell| (heading, cell.column)));
            }
            let [same, first, second] = [wording::H_SAME, wording::H_ITEM, wording::H_OTHER_ITEM]
                .map(|heading| text_below(&cells, columns.get(heading).copied()));
            let is_pair = !first.is_empty() && !second.is_empty() && first != wording::H_ITEM;
            if is_pair {
                let same = keep_cell(same, spec).and_then(|answer| said(answer.decision));
                pairs.insert(Confirmed {
                    pair: ItemPair::new(first, second),
                    same,
                    about: Default::default(),
                });
            }
        }
    }
    pairs.into_iter().collect()
}

/// The text of a row in a column; empty if there is none.
fn text_below(cells: &[Typed], column: Option<u32>) -> &str {
    let cell = cells.iter().find(|cell| Some(cell.column) == column);
    cell.map_or("", |cell| cell.text.trim())
}

const fn said(word: KeepWord) -> Option<bool> {
    match word {
        KeepWord::Yes => Some(true),
        KeepWord::No => Some(false),
        KeepWord::Change | KeepWord::Move(_) => None,
    }
}

/// The items of a file of the consensus, by their numbers.
#[must_use]
pub fn shown_items(file: &SourceFile, spec: &RoomSpec) -> BTreeMap<String, ShownItem> {
    let mut items: BTreeMap<String, ShownItem> = BTreeMap::new();
    for row in listed_rows(file, spec) {
        let number = row.text(BallotColumn::Item).trim();
        if !number.is_empty() {
            let item = items.entry(number.to_owned()).or_default();
            item.quadrants.extend(quadrant(row.text(BallotColumn::Quadrant), spec));
            item.statements.push(row.text(BallotColumn::Statement).to_owned());
        }
    }
    items
}

/// The rows of the sheets that list items.
pub(super) fn listed_rows(file: &SourceFile, spec: &RoomSpec) -> Vec<BallotRow> {
    let mut rows = Vec::new();
    for sheet in &file.sheets {
        let headings = Headings::find(sheet, spec).filter(|found| found.has(BallotColumn::Statement));
        let Some(headings) = headings else { continue };
        let below = sheet.rows_between(headings.first..u32::MAX);
        rows.extend(below.map(|row| BallotRow::new(typed_cells(sheet, row.number), &headings)));
    }
    rows
}

/// Cells of the consensus that a person typed, and that no change can be read from: words beside no number that is known, and
/// quadrants that are none.
#[must_use]
pub fn unused_cells(file: &SourceFile, spec: &RoomSpec, is_known: &dyn Fn(&str) -> bool) -> Vec<Place> {
    let mut unused = Vec::new();
    for row in listed_rows(file, spec) {
        let statement = row.cells.get(&BallotColumn::Statement);
        let is_item = is_known(row.text(BallotColumn::Item).trim());
        unused.extend(statement.filter(|_| !is_item).map(|cell| cell.place.clone()));
        let named = row.cells.get(&BallotColumn::Quadrant);
        let no_quadrant = named.filter(|cell| is_item && quadrant(&cell.text, spec).is_none());
        unused.extend(no_quadrant.map(|cell| cell.place.clone()));
    }
    unused
}

/// What a person changed in a file that was written with the items `before`.
#[must_use]
pub fn room_edits(
    before: &BTreeMap<String, ShownItem>,
    after: &BTreeMap<String, ShownItem>,
) -> Vec<RoomEdit> {
    let mut edits = Vec::new();
    for (item, now) in after {
        let Some(before) = before.get(item) else { continue };
        let quadrant = new_quadrant(&before.quadrants, &now.quadrants);
        // An item in several quadrants has several rows; the words of one may have been changed.
        let is_new = |text: &&String| !text.trim().is_empty() && !before.has_statement(text);
        let statement = now.statements.iter().find(is_new).cloned();
        if quadrant.is_some() || statement.is_some() {
            edits.push(RoomEdit { quadrant, statement, ..RoomEdit::of(item, &before.about) });
        }
    }
    edits
}

/// The one quadrant in which a person put an item.
fn new_quadrant(before: &BTreeSet<Quadrant>, now: &BTreeSet<Quadrant>) -> Option<Quadrant> {
    let mut new = now.difference(before);
    match (new.next(), new.next()) {
        // One of several rows was moved: that is where the person wants it.
        (Some(one), None) => Some(*one),
        (None, None) if now.len() == 1 && now != before => now.first().copied(),
        _ => None,
    }
}
