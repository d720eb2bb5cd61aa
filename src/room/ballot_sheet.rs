//! The ballot of one table: a sheet with a row for each item.

use std::collections::BTreeSet;

use sheets::Sheet;

use super::added::{OwnNumbers, added_label, own_place};
use super::answer::{Answer, Said, runs_as_formula};
use super::answer_words::{
    KeepWord, dots, is_bare_answer, is_empty_talk, is_nothing_in, keep_cell, new_quadrant, objection,
    quadrant,
};
use super::ballot_head::BallotHead;
use super::ballot_row::{BallotRow, RowItem};
use super::board::{BoardItem, ItemBoard};
use super::draft::Draft;
use super::headings::Headings;
use super::own_items::own_items;
use super::table_label::TableLabel;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{ItemNumber, Quadrant};
use crate::form_export::{Typed, notes_at, plain, typed_cells};
use crate::wording::room as wording;

/// What the ballots of a project are read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct BallotContext<'a> {
    pub(super) spec: &'a RoomSpec,
    pub(super) board: &'a ItemBoard,
    /// The draft that the file was made from, if it says so.
    pub(super) draft: Option<&'a Draft>,
}

/// What a sheet or a form says.
#[derive(Debug, Default)]
pub(super) struct SheetAnswers {
    pub(super) answers: Vec<Answer>,
    pub(super) problems: Vec<Diagnostic>,
    /// How many people sit at the table, if the ballot says so.
    pub(super) people: Option<u32>,
}

/// Reads the ballot of a table.
pub(super) fn read_ballot(
    sheet: &Sheet,
    headings: &Headings,
    context: BallotContext<'_>,
    numbers: &mut OwnNumbers,
) -> (TableLabel, SheetAnswers) {
    let head = BallotHead::read(sheet, headings, context.spec);
    let mut reading = BallotReading {
        context,
        table: head.table,
        item: String::new(),
        read: SheetAnswers { people: head.people, ..SheetAnswers::default() },
    };
    if headings.row.is_none() {
        reading.read.problems.push(Diagnostic::ballot_without_headings(sheet.place.clone()));
    }
    let beside = headings.row.into_iter().flat_map(|row| typed_cells(sheet, row));
    for cell in head.unclear_people {
        reading.problem(Diagnostic::ballot_people_unclear(cell.place.clone()));
        reading.say(Said::Comment(cell.text.clone()), &cell.place);
    }
    for stray in head.strays.into_iter().chain(beside.filter(|cell| headings.of(cell.column).is_none())) {
        reading.comment_from(&stray, wording::OUTSIDE);
    }
    let notes_above = (0..headings.first).filter(|_| !sheet.notes.is_empty());
    for note in notes_above.flat_map(|row| notes_at(sheet, row)) {
        reading.comment_from(&note, wording::NOTE_AT_CELL);
    }
    let rows: Vec<BallotRow> = rows_below(sheet, headings);
    for row in &rows {
        if let (Some(place), Some(statement)) = (own_place(row.text(BallotColumn::Item)), row.own_statement())
        {
            numbers.keep(&reading.table, place, &statement.text);
        }
    }
    for row in &rows {
        reading.row(row, numbers);
    }
    (reading.table, reading.read)
}

/// Whether a ballot that does not say from which pack it is has other items than the board: most of its numbers stand beside words
/// that no known pack has. Counted by its numbers alone, its answers would be about other items.
pub(super) fn is_foreign(sheet: &Sheet, headings: &Headings, context: BallotContext<'_>) -> bool {
    let BallotContext { board, draft, .. } = context;
    if draft.is_some() {
        return false;
    }
    let (mut known, mut unknown) = (0, 0);
    for row in below(sheet, headings.first) {
        let row = BallotRow::new(typed_cells(sheet, row), headings);
        let statement = row.text(BallotColumn::Statement);
        if ItemNumber::parse(row.text(BallotColumn::Item)).is_some() && !statement.is_empty() {
            let is_known = board.of_statement(statement, None).is_some();
            *(if is_known { &mut known } else { &mut unknown }) += 1;
        }
    }
    unknown > known
}

/// The numbers of the rows that have cells, from `first` on.
fn below(sheet: &Sheet, first: u32) -> impl Iterator<Item = u32> + '_ {
    sheet.rows_between(first..u32::MAX).map(|row| row.number)
}

/// The rows of a ballot, each with the notes at its cells.
fn rows_below(sheet: &Sheet, headings: &Headings) -> Vec<BallotRow> {
    let notes = sheet.notes.iter().map(|note| note.row).filter(|row| *row >= headings.first);
    let numbers: BTreeSet<u32> = below(sheet, headings.first).chain(notes).collect();
    let mut rows = Vec::new();
    for number in numbers {
        let mut row = BallotRow::new(typed_cells(sheet, number), headings);
        row.others.extend(notes_at(sheet, number));
        rows.push(row);
    }
    rows
}

/// Reading the rows of a ballot.
struct BallotReading<'a> {
    context: BallotContext<'a>,
    table: TableLabel,
    /// The number of the item of the row being read.
    item: String,
    read: SheetAnswers,
}

impl BallotReading<'_> {
    fn row(&mut self, row: &BallotRow, numbers: &mut OwnNumbers) {
        for cell in row.cells.values().chain(&row.others).filter(|cell| cell.is_error) {
            self.problem(Diagnostic::ballot_cell_error(cell.place.clone(), &cell.text));
        }
        let board = self.context.board;
        match row.item(board, self.context.draft) {
            RowItem::Proposed { item, is_mixed } => self.proposed(row, item, is_mixed),
            RowItem::Own(printed) => self.own(row, printed, numbers),
            RowItem::Unknown(label) => self.unknown(row, label),
            RowItem::Nothing => {
                self.item.clear();
                self.strays(row);
            }
        }
    }

    fn proposed(&mut self, row: &BallotRow, item: &BoardItem, is_mixed: bool) {
        self.item.clone_from(&item.label);
        if is_mixed && let Some(cell) = row.cells.values().next() {
            self.problem(Diagnostic::ballot_row_mixed(cell.place.clone(), &item.label));
        }
        if let Some(cell) = row.cells.get(&BallotColumn::Statement)
            && self.context.board.of_statement(&cell.text, self.context.draft).is_none()
        {
            self.problem(Diagnostic::ballot_statement_changed(cell.place.clone(), &item.label));
            self.say(Said::Reword(cell.text.clone()), &cell.place);
        }
        self.changed_evidence(row, item);
        self.leftovers(row, None);
        self.decision(row, Some(item.quadrant));
        self.remarks(row);
    }

    /// What somebody wrote over what an item is based on.
    fn changed_evidence(&mut self, row: &BallotRow, item: &BoardItem) {
        let Some(cell) = row.cells.get(&BallotColumn::Evidence) else { return };
        let in_draft = self.context.draft.and_then(|draft| draft.item(&item.id));
        let evidence = in_draft.map_or(&item.evidence, |item| &item.evidence);
        if plain(evidence) != plain(&cell.text) {
            self.comment_from(cell, wording::OVER_EVIDENCE);
        }
    }

    fn own(&mut self, row: &BallotRow, printed: Option<u32>, numbers: &mut OwnNumbers) {
        let Some(statement) = row.own_statement().filter(|cell| self.is_item(cell)) else {
            self.item.clear();
            return self.strays(row);
        };
        let number = numbers.take(&self.table, printed, &statement.text);
        self.item = added_label(&self.table, number);
        let named = self.own_quadrant(row, statement);
        if own_items(&statement.text, self.context.spec).len() > 1 {
            self.problem(Diagnostic::own_item_of_several(statement.place.clone(), &self.item));
        }
        self.say(Said::Add(named, statement.text.clone()), &statement.place);
        let reworded = row.cells.get(&BallotColumn::Reworded).filter(|cell| *cell == statement);
        if reworded.is_some() || row.cells.get(&BallotColumn::Item) == Some(statement) {
            self.problem(Diagnostic::own_item_elsewhere(statement.place.clone(), &self.item));
        }
        if let Some(cell) = row.cells.get(&BallotColumn::Evidence) {
            self.say(Said::Comment(cell.text.clone()), &cell.place);
        }
        self.leftovers(row, Some(statement));
        for cell in row.quadrant_cells() {
            if new_quadrant(&cell.text, self.context.spec).is_none() {
                self.comment_from(cell, wording::NO_QUADRANT);
            }
        }
        let without_statement = row.without(statement);
        self.keep(&without_statement);
        self.remarks(&without_statement);
    }

    /// The quadrant of an own item; if there is none, or if there are two, it is named.
    fn own_quadrant(&mut self, row: &BallotRow, statement: &Typed) -> Option<Quadrant> {
        let spec = self.context.spec;
        let cells = row.quadrant_cells();
        let named: Vec<Quadrant> = cells.iter().filter_map(|cell| new_quadrant(&cell.text, spec)).collect();
        let place = statement.place.clone();
        match named.as_slice() {
            [] => self.problem(Diagnostic::own_item_without_quadrant(place, &self.item)),
            [first, second] if first != second => {
                self.problem(Diagnostic::own_item_two_quadrants(place, &self.item));
            }
            [first, ..] => return Some(*first),
        }
        None
    }

    /// Whether a text can be an item, and does not say that there is none to add.
    fn is_item(&self, cell: &Typed) -> bool {
        let spec = self.context.spec;
        !is_nothing_in(BallotColumn::Own, &cell.text, spec) && !is_empty_talk(&cell.text, spec)
    }

    /// A row with a number that no item has.
    fn unknown(&mut self, row: &BallotRow, label: String) {
        if let Some(cell) = row.cells.get(&BallotColumn::Item) {
            self.problem(Diagnostic::item_unknown(cell.place.clone(), &label));
        }
        self.item = label;
        self.leftovers(row, None);
        if let Some(cell) = row.cells.get(&BallotColumn::Evidence) {
            self.comment_from(cell, wording::OVER_EVIDENCE);
        }
        self.decision(row, None);
        self.remarks(row);
    }

    /// What somebody wrote over the number or the hidden key of a row, unless it is the text of the item.
    fn leftovers(&mut self, row: &BallotRow, statement: Option<&Typed>) {
        let number = row.cells.get(&BallotColumn::Item).filter(|cell| Some(*cell) != statement);
        let number = number.filter(|cell| !self.is_number(&cell.text));
        let key = row.cells.get(&BallotColumn::Key);
        let key = key.filter(|cell| self.context.board.of_id(&cell.text).is_none());
        for cell in number.into_iter().chain(key) {
            self.comment_from(cell, wording::OVER_NUMBER);
        }
    }

    /// Whether a text is the number of an item.
    fn is_number(&self, text: &str) -> bool {
        let BallotContext { board, draft, .. } = self.context;
        let number = ItemNumber::parse(text);
        let is_known = number.is_some_and(|number| board.of_number(number, draft).is_some());
        is_known || own_place(text).is_some() || text.eq_ignore_ascii_case(&self.item)
    }

    /// A row without an item: its texts are comments of the table.
    fn strays(&mut self, row: &BallotRow) {
        let cells = row.cells.iter().filter(|(column, _)| **column != BallotColumn::Item);
        let cells = cells.map(|(_, cell)| cell);
        for cell in cells.chain(&row.others) {
            self.comment_from(cell, wording::NO_ITEM);
        }
    }

    /// Whether the item stays, and where.
    fn decision(&mut self, row: &BallotRow, proposed: Option<Quadrant>) {
        let spec = self.context.spec;
        let before = self.read.answers.len();
        if let Some(cell) = row.cells.get(&BallotColumn::MoveTo) {
            match new_quadrant(&cell.text, spec) {
                Some(to) => self.say(Said::Move(to), &cell.place),
                None if is_nothing_in(BallotColumn::MoveTo, &cell.text, spec) => {}
                None => self.comment_from(cell, wording::NO_QUADRANT),
            }
        }
        if let Some(cell) = row.cells.get(&BallotColumn::Quadrant) {
            match quadrant(&cell.text, spec) {
                Some(typed) if Some(typed) == proposed => {}
                Some(typed) if self.read.answers.len() == before => {
                    self.problem(Diagnostic::ballot_quadrant_changed(cell.place.clone(), &self.item));
                    self.say(Said::Move(typed), &cell.place);
                }
                Some(typed) if self.says_move(typed) => {}
                Some(_) => self.comment_from(cell, wording::OTHER_QUADRANT),
                None => self.comment_from(cell, wording::NO_QUADRANT),
            }
        }
        self.keep(row);
    }

    /// Whether the last answer moves the item there.
    fn says_move(&self, to: Quadrant) -> bool {
        self.read.answers.last().is_some_and(|answer| answer.said == Said::Move(to))
    }

    /// The column "keep".
    fn keep(&mut self, row: &BallotRow) {
        let Some(cell) = row.cells.get(&BallotColumn::Keep) else { return };
        let spec = self.context.spec;
        let home = self.context.board.of_label(&self.item).map(|item| item.quadrant);
        let moves_to = row.cells.get(&BallotColumn::MoveTo).and_then(|to| new_quadrant(&to.text, spec));
        let has_move = moves_to.is_some() && moves_to != home;
        let Some(answer) = keep_cell(&cell.text, spec) else { return self.misplaced_in_keep(row, cell) };
        match answer.decision {
            KeepWord::Yes => self.say(Said::Keep, &cell.place),
            KeepWord::Change => self.say(Said::Change, &cell.place),
            KeepWord::No if has_move => {
                self.problem(Diagnostic::ballot_no_and_moved(cell.place.clone(), &self.item));
                self.say(Said::Comment(cell.text.clone()), &cell.place);
            }
            KeepWord::No => self.say(Said::Drop, &cell.place),
            KeepWord::Move(Some(to)) if moves_to.is_some_and(|other| other != to) => {
                self.comment_from(cell, wording::OTHER_QUADRANT);
            }
            KeepWord::Move(Some(to)) => self.say(Said::Move(to), &cell.place),
            KeepWord::Move(None) if has_move => {}
            KeepWord::Move(None) => self.comment_from(cell, wording::MOVE_WHERE),
        }
        if let Some(rest) = answer.rest {
            self.say(Said::Comment(rest), &cell.place);
        }
    }

    /// A text in the column "keep" that is not an answer: dots, or a comment.
    fn misplaced_in_keep(&mut self, row: &BallotRow, cell: &Typed) {
        let number = dots(&cell.text, self.context.spec);
        match number.filter(|_| !row.cells.contains_key(&BallotColumn::Dots)) {
            Some(_) if cell.is_covered || cell.spans_rows => self.comment_from(cell, wording::SEVERAL_ROWS),
            Some(number) => {
                self.problem(Diagnostic::ballot_dots_in_keep(cell.place.clone(), number));
                self.say(Said::Vote(number), &cell.place);
            }
            None => self.comment_from(cell, wording::NO_ANSWER),
        }
    }

    /// Words, dots, objection, and notes.
    fn remarks(&mut self, row: &BallotRow) {
        let spec = self.context.spec;
        let reworded = row.cells.get(&BallotColumn::Reworded).filter(|cell| !cell.is_covered);
        match reworded.filter(|cell| !is_nothing_in(BallotColumn::Reworded, &cell.text, spec)) {
            Some(cell) if is_bare_answer(&cell.text, spec) => self.comment_from(cell, wording::NO_WORDS),
            Some(cell) if cell.spans_rows => self.comment_from(cell, wording::SEVERAL_ROWS),
            Some(cell) => self.say(Said::Reword(cell.text.clone()), &cell.place),
            None => {}
        }
        if let Some(cell) = row.cells.get(&BallotColumn::Dots) {
            match dots(&cell.text, spec) {
                _ if cell.is_covered => {}
                // Nobody can say how many of them are for which item.
                Some(_) if cell.spans_rows => self.comment_from(cell, wording::SEVERAL_ROWS),
                Some(number) => self.say(Said::Vote(number), &cell.place),
                None if is_nothing_in(BallotColumn::Dots, &cell.text, spec) => {}
                None => self.comment_from(cell, wording::NO_DOTS),
            }
        }
        if let Some(cell) = row.cells.get(&BallotColumn::Objection)
            && let Some(said) = objection(&cell.text, spec)
        {
            self.say(said, &cell.place);
        }
        if let Some(cell) = row.cells.get(&BallotColumn::Note) {
            self.say(Said::Comment(cell.text.clone()), &cell.place);
        }
        for cell in &row.others {
            self.comment_from(cell, wording::NO_HEADING);
        }
    }

    /// A text in a place where it cannot be what the place is for: it becomes a comment, and is named.
    fn comment_from(&mut self, cell: &Typed, why: &str) {
        if cell.is_covered {
            return;
        }
        let why = if cell.is_note { wording::NOTE_AT_CELL } else { why };
        self.problem(Diagnostic::ballot_cell_elsewhere(cell.place.clone(), why));
        self.say(Said::Comment(cell.text.clone()), &cell.place);
    }

    fn say(&mut self, said: Said, place: &Place) {
        if said.text().is_some_and(runs_as_formula) {
            self.problem(Diagnostic::ballot_formula(place.clone()));
        }
        let (table, item) = (self.table.clone(), self.item.clone());
        self.read.answers.push(Answer { table, person: None, item, said, place: place.clone() });
    }

    fn problem(&mut self, problem: Diagnostic) {
        self.read.problems.push(problem);
    }
}
