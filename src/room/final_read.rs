//! Reads what the team wrote into `swot/final.xlsx`.

use std::collections::BTreeMap;

use sheets::SourceFile;

use super::answer_words::{KeepCell, KeepWord, is_empty_talk, is_nothing_in, keep_cell, quadrant};
use super::ballot_row::BallotRow;
use super::decisions_read::{listed_rows, room_edits};
use super::final_decision::{ADDED, FinalAddition, FinalDecision, FinalDecisions};
use super::shown_item::ShownItem;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::Place;
use crate::domain::Quadrant;

/// What was read from a file with the final SWOT.
#[derive(Debug, Clone, Default)]
pub struct FinalRead {
    /// What the team decided.
    pub decided: FinalDecisions,
    /// The cells that were read.
    pub read: Vec<Place>,
    /// Cells in which nothing can be understood.
    pub unused: Vec<Place>,
}

/// Reads a file with the final SWOT, which was written with the items `before`. What was decided in it `earlier` and what it still
/// shows counts, whatever was written since.
#[must_use]
pub fn final_decisions(
    file: &SourceFile,
    before: &BTreeMap<String, ShownItem>,
    earlier: &FinalDecisions,
    spec: &RoomSpec,
) -> FinalRead {
    let mut reading = FinalReading::new(spec, before);
    for row in listed_rows(file, spec) {
        reading.row(&row);
    }
    reading.finish(earlier)
}

/// The columns that are read.
const READ: [BallotColumn; 5] = [
    BallotColumn::Item,
    BallotColumn::Quadrant,
    BallotColumn::Statement,
    BallotColumn::Keep,
    BallotColumn::Note,
];

/// Reading a file with the final SWOT.
struct FinalReading<'a> {
    spec: &'a RoomSpec,
    before: &'a BTreeMap<String, ShownItem>,
    shown: BTreeMap<String, ShownItem>,
    decisions: BTreeMap<String, FinalDecision>,
    additions: Vec<FinalAddition>,
    read: Vec<Place>,
    unused: Vec<Place>,
}

impl<'a> FinalReading<'a> {
    fn new(spec: &'a RoomSpec, before: &'a BTreeMap<String, ShownItem>) -> Self {
        let (shown, decisions) = (BTreeMap::new(), BTreeMap::new());
        let (read, unused) = (Vec::new(), Vec::new());
        Self { spec, before, shown, decisions, additions: Vec::new(), read, unused }
    }

    fn row(&mut self, row: &BallotRow) {
        let number = row.text(BallotColumn::Item).trim();
        let quadrant = self.quadrant(row);
        let is_listed = self.before.contains_key(number) && !number.starts_with(ADDED);
        if is_listed || number.is_empty() || number.starts_with(ADDED) {
            let read = READ.into_iter().filter_map(|column| row.cells.get(&column));
            self.read.extend(read.map(|cell| cell.place.clone()));
        }
        if is_listed {
            self.listed(row, number, quadrant);
        } else if number.is_empty() || number.starts_with(ADDED) {
            self.added(row, number, quadrant);
        } else {
            self.unused.extend(row.cells.values().next().map(|cell| cell.place.clone()));
        }
    }

    /// The quadrant of a row; a text that names none is reported.
    fn quadrant(&mut self, row: &BallotRow) -> Option<Quadrant> {
        let cell = row.cells.get(&BallotColumn::Quadrant)?;
        let named = quadrant(&cell.text, self.spec);
        if named.is_none() {
            self.unused.push(cell.place.clone());
        }
        named
    }

    /// What a row says of an item of the consensus.
    fn listed(&mut self, row: &BallotRow, number: &str, named: Option<Quadrant>) {
        let shown = self.shown.entry(number.to_owned()).or_default();
        shown.quadrants.extend(named);
        shown.statements.push(row.text(BallotColumn::Statement).to_owned());
        let answer = self.answer(row);
        let why = why(row, answer.as_ref());
        let is_moved = named.is_some_and(|named| {
            self.before.get(number).is_some_and(|before| !before.quadrants.contains(&named))
        });
        if answer.as_ref().is_some_and(|answer| answer.decision == KeepWord::Move(None)) && !is_moved {
            self.unused.extend(row.cells.get(&BallotColumn::Keep).map(|cell| cell.place.clone()));
        }
        let about = self.before.get(number).map(|item| item.about.clone()).unwrap_or_default();
        let decision = self.decisions.entry(number.to_owned()).or_default();
        (decision.edit.item, decision.edit.about) = (number.to_owned(), about);
        match answer.map(|answer| answer.decision) {
            Some(KeepWord::Yes | KeepWord::Change) => drop(decision.kept.insert(named)),
            Some(KeepWord::No) => drop(decision.dropped.insert(named)),
            // An item in several rows can move to one quadrant only.
            Some(KeepWord::Move(Some(to))) if decision.edit.quadrant.is_some_and(|first| first != to) => {
                self.unused.extend(row.cells.get(&BallotColumn::Keep).map(|cell| cell.place.clone()));
            }
            Some(KeepWord::Move(to)) => decision.edit.quadrant = to.or(decision.edit.quadrant),
            None => {}
        }
        if decision.why.is_empty() {
            decision.why = why;
        } else if !why.is_empty() && decision.why != why {
            // Each of its rows may have a note of its own.
            decision.why = format!("{}; {why}", decision.why);
        }
    }

    /// The answer whether an item stays; a text that is none is reported.
    fn answer(&mut self, row: &BallotRow) -> Option<KeepCell> {
        let cell = row.cells.get(&BallotColumn::Keep)?;
        let answer = keep_cell(&cell.text, self.spec);
        if answer.is_none() {
            self.unused.push(cell.place.clone());
        }
        answer
    }

    /// An item that the team added.
    fn added(&mut self, row: &BallotRow, number: &str, quadrant: Option<Quadrant>) {
        let statement = row.text(BallotColumn::Statement).trim();
        let says_none =
            is_nothing_in(BallotColumn::Own, statement, self.spec) || is_empty_talk(statement, self.spec);
        if says_none {
            let lost = [BallotColumn::Statement, BallotColumn::Keep, BallotColumn::Note];
            let lost = lost.map(|column| row.cells.get(&column));
            return self.unused.extend(lost.into_iter().flatten().map(|cell| cell.place.clone()));
        }
        let answer = self.answer(row);
        let is_dropped = answer.as_ref().is_some_and(|answer| answer.decision == KeepWord::No);
        let why = why(row, answer.as_ref());
        let (item, statement) = (number.to_owned(), statement.to_owned());
        self.additions.push(FinalAddition { item, quadrant, statement, why, is_dropped, since: 0 });
    }

    fn finish(mut self, earlier: &FinalDecisions) -> FinalRead {
        let changed = room_edits(self.before, &self.shown);
        for (item, decision) in &mut self.decisions {
            // “Move to …” under “Keep?” counts more than the quadrant beside it.
            let moved = decision.edit.clone();
            if let Some(shown) = self.shown.get(item) {
                let known = earlier.decisions.iter().filter(|one| one.edit.item == *item);
                known.for_each(|known| decision.edit.follow(&known.edit.still_shown(shown)));
            }
            changed.iter().filter(|edit| edit.item == *item).for_each(|edit| decision.edit.follow(edit));
            decision.edit.follow(&moved);
        }
        // An item that the person wrote without a number keeps the one that it has got since.
        for added in self.additions.iter_mut().filter(|added| added.item.is_empty()) {
            let known = earlier.additions.iter().find(|known| known.is_same(added));
            added.item = known.map(|known| known.item.clone()).unwrap_or_default();
        }
        let decisions = self.decisions.into_values().filter(|decision| !decision.is_empty()).collect();
        let decided = FinalDecisions { decisions, additions: self.additions };
        FinalRead { decided, read: self.read, unused: self.unused }
    }
}

/// Why the team decided so: what follows its answer ("yes, but name the grades"), and its note.
fn why(row: &BallotRow, answer: Option<&KeepCell>) -> String {
    let after = answer.and_then(|answer| answer.rest.as_deref()).unwrap_or_default();
    let note = row.text(BallotColumn::Note).trim();
    let parts: Vec<&str> = [after, note].into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}
