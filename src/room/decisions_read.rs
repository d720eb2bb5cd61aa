//! Reads what a person decided: pairs of items that are one, and changes in the consensus.

use std::collections::{BTreeMap, BTreeSet};

use sheets::SourceFile;

use super::answer_words::{KeepWord, is_nothing, keep_cell, quadrant};
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

/// What was read from a file of pairs.
#[derive(Debug, Clone, Default)]
pub struct PairsRead {
    /// The pairs, with what the person said of each.
    pub pairs: BTreeSet<Confirmed>,
    /// The cells with the items and the answers.
    pub read: Vec<Place>,
    /// The answers that say neither yes nor no.
    pub unclear: Vec<Place>,
}

/// Reads a file of pairs.
#[must_use]
pub fn confirmed_pairs(file: &SourceFile, spec: &RoomSpec) -> PairsRead {
    let mut read = PairsRead::default();
    for sheet in &file.sheets {
        let mut columns: BTreeMap<&str, u32> = BTreeMap::new();
        for row in sheet.rows() {
            let cells = typed_cells(sheet, row.number);
            for heading in wording::PAIR_HEADINGS {
                let found = cells.iter().find(|cell| plain(&cell.text) == plain(heading));
                columns.extend(found.map(|cell| (heading, cell.column)));
            }
            let [same, first, second] = [wording::H_SAME, wording::H_ITEM, wording::H_OTHER_ITEM]
                .map(|heading| cell_below(&cells, columns.get(heading).copied()));
            if let Some((first, second)) =
                first.zip(second).filter(|(first, _)| first.text != wording::H_ITEM)
            {
                read.read.extend([first, second].map(|cell| cell.place.clone()));
                read.add(ItemPair::new(first.text.trim(), second.text.trim()), same, spec);
            }
        }
    }
    read
}

impl PairsRead {
    /// Adds a pair with its answer.
    fn add(&mut self, pair: ItemPair, answer: Option<&Typed>, spec: &RoomSpec) {
        // Beside a pair, "keep" may mean both items, or one of them.
        let cell = answer.filter(|answer| !names_no_pair(&answer.text, spec));
        let cell = cell.and_then(|answer| keep_cell(&answer.text, spec));
        let same = cell.as_ref().and_then(|cell| said(cell.decision));
        let why = cell.and_then(|cell| cell.rest).unwrap_or_default();
        if let Some(answer) = answer.filter(|answer| !is_nothing(&answer.text, spec)) {
            self.read.push(answer.place.clone());
            self.unclear.extend(same.is_none().then(|| answer.place.clone()));
        }
        self.pairs.insert(Confirmed { pair, same, why, about: Default::default() });
    }
}

/// The cell of a row in a column.
fn cell_below(cells: &[Typed], column: Option<u32>) -> Option<&Typed> {
    cells.iter().find(|cell| Some(cell.column) == column)
}

/// Whether an answer says what becomes of an item, and not whether two say the same.
fn names_no_pair(text: &str, spec: &RoomSpec) -> bool {
    let words = format!("{} ", plain(text));
    spec.answers.of_one_item.iter().any(|answer| words.starts_with(&format!("{answer} ")))
}

const fn said(word: KeepWord) -> Option<bool> {
    match word {
        KeepWord::Yes => Some(true),
        KeepWord::No => Some(false),
        _ => None,
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

/// The cells of the consensus that a person may change.
#[derive(Debug, Clone, Default)]
pub struct ConsensusCells {
    /// Words and quadrants of items.
    pub read: Vec<Place>,
    /// Words beside no number that is known, and quadrants that are none: no change can be read from them.
    pub unused: Vec<Place>,
}

/// The cells of a file of the consensus that a person may change.
#[must_use]
pub fn consensus_cells(
    file: &SourceFile,
    spec: &RoomSpec,
    is_known: &dyn Fn(&str) -> bool,
) -> ConsensusCells {
    let mut cells = ConsensusCells::default();
    for row in listed_rows(file, spec) {
        let is_item = is_known(row.text(BallotColumn::Item).trim());
        if let Some(statement) = row.cells.get(&BallotColumn::Statement) {
            let list = if is_item { &mut cells.read } else { &mut cells.unused };
            list.push(statement.place.clone());
        }
        if let Some(named) = row.cells.get(&BallotColumn::Quadrant).filter(|_| is_item) {
            let is_quadrant = quadrant(&named.text, spec).is_some();
            let list = if is_quadrant { &mut cells.read } else { &mut cells.unused };
            list.push(named.place.clone());
        }
    }
    cells
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
