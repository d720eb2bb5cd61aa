//! Reads what a person decided: pairs of items that are one, and changes in the consensus.

use std::collections::{BTreeMap, BTreeSet};

use sheets::SourceFile;

use super::answer_words::{KeepWord, keep_cell, quadrant};
use super::ballot_row::BallotRow;
use super::decisions::{Confirmed, ItemPair, RoomEdit};
use super::headings::Headings;
use super::plain_text::plain;
use super::typed::{Typed, typed_cells};
use crate::catalog::{BallotColumn, RoomSpec};
use crate::domain::Quadrant;
use crate::wording::room as wording;

/// An item as a file of the consensus shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownItem {
    /// The quadrants in which it stands.
    pub quadrants: BTreeSet<Quadrant>,
    /// Its words.
    pub statement: String,
}

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
                pairs.insert(Confirmed { pair: ItemPair::new(first, second), same });
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
    for sheet in &file.sheets {
        let Some(headings) = Headings::find(sheet, spec).filter(|found| found.has(BallotColumn::Statement))
        else {
            continue;
        };
        for row in sheet.rows_between(headings.first..u32::MAX) {
            let row = BallotRow::new(typed_cells(sheet, row.number), &headings);
            let number = row.text(BallotColumn::Item).trim();
            if !number.is_empty() {
                let item = items.entry(number.to_owned()).or_default();
                item.quadrants.extend(quadrant(row.text(BallotColumn::Quadrant), spec));
                row.text(BallotColumn::Statement).clone_into(&mut item.statement);
            }
        }
    }
    items
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
        let is_one = now.quadrants.len() == 1 && now.quadrants != before.quadrants;
        let quadrant = now.quadrants.first().copied().filter(|_| is_one);
        let is_reworded = !now.statement.is_empty() && plain(&now.statement) != plain(&before.statement);
        let statement = is_reworded.then(|| now.statement.clone());
        if quadrant.is_some() || statement.is_some() {
            edits.push(RoomEdit { item: item.clone(), quadrant, statement });
        }
    }
    edits
}
