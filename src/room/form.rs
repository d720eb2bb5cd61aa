//! The answers of a form, one row a person, as Google Forms and others export them.

use std::collections::{BTreeMap, BTreeSet};

use sheets::Sheet;

use super::added::{OwnNumbers, added_label};
use super::answer::{Answer, FormRow, Said, runs_as_formula};
use super::answer_words::{
    KeepCell, KeepWord, dots, first_answer, is_bare_answer, is_empty_talk, is_nothing, is_nothing_in,
    keep_cell, new_quadrant, objection, quadrant,
};
use super::ballot_sheet::BallotContext;
use super::form_question::{FormQuestion, are_tables, names_item};
use super::own_items::own_items;
use super::own_quadrants::find_own_quadrants;
use super::table_label::TableLabel;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::{ItemNumber, Quadrant};
use crate::form_export::{AnsweredRow, ExportQuestions, SeenRows, Typed, notes_at, plain, typed_cells};
use crate::wording::room as wording;
use crate::wording::room::is_of_ballot;

/// The questions of a form: what each of its columns asks.
#[derive(Debug, Clone)]
pub(super) struct FormHead {
    row: u32,
    questions: BTreeMap<u32, FormQuestion>,
    /// The question for the table, if another question might ask for it too, or if only the answers show it.
    doubtful_table: Option<TableChoice>,
}

/// Which of several questions asks for the table.
#[derive(Debug, Clone)]
struct TableChoice {
    column: u32,
    /// The others.
    others: Vec<String>,
}

/// A sheet with fewer known questions than this is not a form.
const FEWEST: usize = 2;
/// A title is in one of the first rows.
const SEARCHED: usize = 10;

impl FormHead {
    /// The questions of a sheet, below its title if it has one; `None` if it is not a form.
    pub(super) fn find(sheet: &Sheet, spec: &RoomSpec) -> Option<Self> {
        let rows: Vec<u32> = sheet.rows().take(SEARCHED).map(|row| row.number).collect();
        let widest = rows.iter().map(|row| typed_cells(sheet, *row).len()).max()?;
        // A title has few cells; the headings have as many as the answers.
        let below_title = rows.iter().position(|row| typed_cells(sheet, *row).len() * 2 > widest)?;
        let is_title = !rows[..=below_title].iter().any(|row| is_of_items(&typed_cells(sheet, *row)));
        let mut found = rows.get(below_title).filter(|_| is_title).into_iter().chain(rows.first());
        found.find_map(|row| Self::in_row(sheet, *row, spec))
    }

    /// The questions in a row; `None` if they are not those of a form.
    fn in_row(sheet: &Sheet, row: u32, spec: &RoomSpec) -> Option<Self> {
        let cells = typed_cells(sheet, row);
        let mut questions: BTreeMap<u32, FormQuestion> =
            cells.iter().map(|cell| (cell.column, FormQuestion::of(&cell.text, spec))).collect();
        // The texts of a ballot are not questions, whatever was typed beside them.
        let is_printed = cells.iter().any(|cell| is_of_ballot(&cell.text));
        // A ballot has such questions as well, but a column of items, and no column of tables.
        let has_table = questions.values().any(|question| *question == FormQuestion::Table);
        let has_items = cells.iter().any(|cell| spec.column(&plain(&cell.text)) == Some(BallotColumn::Item));
        let known = questions
            .values()
            .filter(|question| question.is_known() || has_table && !has_items && question.is_of_items())
            .count();
        if known < FEWEST || is_printed {
            return None;
        }
        let doubtful_table = choose_table(sheet, row, &mut questions, spec);
        if questions.values().any(|question| matches!(question, FormQuestion::Own(_))) {
            let below = cells.iter().map(|cell| (cell.column, answers_below(sheet, row, cell.column)));
            find_own_quadrants(&cells, &below.collect(), &mut questions, spec);
        }
        Some(Self { row, questions, doubtful_table })
    }

    fn of(&self, column: u32) -> &FormQuestion {
        self.questions.get(&column).unwrap_or(&FormQuestion::Other)
    }

    /// The questions as they are compared with those of other exports.
    fn exported(&self, sheet: &Sheet, spec: &RoomSpec) -> ExportQuestions {
        let mut questions = ExportQuestions::of(&sheet.place, &spec.forms);
        for cell in typed_cells(sheet, self.row) {
            let is_identity = *self.of(cell.column) == FormQuestion::Identity;
            questions.add(cell.column, &cell.text, is_identity, &spec.forms);
        }
        questions
    }

    /// The problem that it is not clear which question asks for the table.
    fn table_problem(&self, sheet: &Sheet) -> Option<Diagnostic> {
        let choice = self.doubtful_table.as_ref()?;
        let place = sheet.place.at(self.row, choice.column);
        Some(Diagnostic::form_table_question(place, &choice.others))
    }
}

/// Whether a row is of a ballot: it has texts of a ballot, or begins with the number of an item.
fn is_of_items(cells: &[Typed]) -> bool {
    let has_number = cells.first().is_some_and(|cell| ItemNumber::parse(&cell.text).is_some());
    has_number || cells.iter().any(|cell| is_of_ballot(&cell.text))
}

/// Leaves one question that asks for the table: the first that says so word for word, or else the first whose answers are tables.
/// All others are questions like any other, whose answers are comments.
fn choose_table(
    sheet: &Sheet,
    row: u32,
    questions: &mut BTreeMap<u32, FormQuestion>,
    spec: &RoomSpec,
) -> Option<TableChoice> {
    let candidates: Vec<Typed> = typed_cells(sheet, row)
        .into_iter()
        .filter(|cell| {
            matches!(questions.get(&cell.column), Some(FormQuestion::Table | FormQuestion::PerhapsTable))
        })
        .collect();
    let clear = candidates.iter().find(|cell| questions.get(&cell.column) == Some(&FormQuestion::Table));
    let chosen = clear.or_else(|| {
        candidates.iter().find(|cell| are_tables(&cell.text, &answers_below(sheet, row, cell.column), spec))
    });
    let chosen = chosen.map(|cell| cell.column);
    let mut others = Vec::new();
    for cell in &candidates {
        let is_chosen = Some(cell.column) == chosen;
        others.extend((!is_chosen).then(|| cell.text.clone()));
        questions.insert(cell.column, if is_chosen { FormQuestion::Table } else { FormQuestion::Other });
    }
    let is_clear = clear.is_some() && others.is_empty();
    chosen.filter(|_| !is_clear).map(|column| TableChoice { column, others })
}

/// The answers below the heading in a row.
fn answers_below(sheet: &Sheet, row: u32, column: u32) -> Vec<String> {
    let below = sheet.rows_between(row + 1..u32::MAX).map(|row| row.cell(column).to_text());
    below.filter(|text| !text.is_empty()).collect()
}

/// Reads the answers of all people, in the order of the rows.
pub(super) fn read_form(
    sheet: &Sheet,
    head: &FormHead,
    context: BallotContext<'_>,
    numbers: &mut OwnNumbers,
    seen: &mut SeenRows,
) -> (Vec<Answer>, Vec<Diagnostic>) {
    let mut reading = FormReading {
        context,
        person: None,
        table: TableLabel::Unnamed,
        answers: Vec::new(),
        problems: Vec::new(),
        other_columns: BTreeSet::new(),
    };
    reading.headings(sheet, head);
    for row in seen.read(sheet, head.row + 1, head.exported(sheet, context.spec)) {
        if let (Some(again), Some(cell)) = (&row.again, row.cells.first()) {
            reading.problems.push(again.problem(cell.place.clone()));
        }
        if let (Some(perhaps), Some(cell)) = (&row.perhaps_copied, row.cells.first()) {
            reading.problems.push(perhaps.problem(cell.place.clone()));
        }
        reading.row(&row, sheet, head, numbers);
    }
    for column in std::mem::take(&mut reading.other_columns) {
        reading.problems.push(Diagnostic::form_question_with_items(sheet.place.at(head.row, column)));
    }
    if reading.answers.iter().any(|answer| answer.table == TableLabel::Unnamed) {
        reading.problems.push(Diagnostic::form_without_table(sheet.place.clone()));
    }
    (reading.answers, reading.problems)
}

/// Reading the rows of a form.
pub(super) struct FormReading<'a> {
    pub(super) context: BallotContext<'a>,
    person: Option<FormRow>,
    table: TableLabel,
    answers: Vec<Answer>,
    pub(super) problems: Vec<Diagnostic>,
    /// The columns of questions that are not known, and that name items in their answers.
    other_columns: BTreeSet<u32>,
}

impl FormReading<'_> {
    /// What is above the answers.
    fn headings(&mut self, sheet: &Sheet, head: &FormHead) {
        for row in sheet.rows_between(0..head.row) {
            let above = typed_cells(sheet, row.number).into_iter();
            self.problems.extend(above.map(|cell| Diagnostic::form_title(cell.place)));
        }
        for cell in typed_cells(sheet, head.row) {
            let is_about_person = *head.of(cell.column) == FormQuestion::Identity;
            // What services for forms add by themselves needs no word.
            if is_about_person && !self.context.spec.is_added_by_service(&plain(&cell.text)) {
                self.problems.push(Diagnostic::form_question_about_person(cell.place));
            }
        }
        self.problems.extend(head.table_problem(sheet));
        let above = sheet.notes.iter().filter(|note| note.row <= head.row);
        let above = above.map(|note| sheet.place.at(note.row, note.column));
        self.problems.extend(above.map(Diagnostic::cell_note));
    }

    fn row(&mut self, row: &AnsweredRow, sheet: &Sheet, head: &FormHead, numbers: &mut OwnNumbers) {
        let spec = self.context.spec;
        let named = row.cells.iter().find(|cell| *head.of(cell.column) == FormQuestion::Table);
        self.table = named.map_or(TableLabel::Unnamed, |cell| TableLabel::read(&cell.text, spec));
        self.person = Some(FormRow { file: sheet.place.clone(), row: row.number });
        let cells = row.new_cells();
        for cell in cells.iter().filter(|cell| !is_nothing(&cell.text, spec)) {
            self.damaged(cell);
            match head.of(cell.column) {
                FormQuestion::Table | FormQuestion::PerhapsTable | FormQuestion::Identity => {}
                // The first of the rows that share a cell has its answer.
                _ if cell.is_covered => self.problems.push(Diagnostic::form_cell_merged(cell.place.clone())),
                FormQuestion::OfItem(number, asked) => self.of_item(cell, *number, *asked),
                FormQuestion::NamingItems(asked) => self.naming_items(cell, *asked),
                FormQuestion::Own(_) if is_nothing_in(BallotColumn::Own, &cell.text, spec) => {}
                FormQuestion::Own(of) => {
                    let asked = FormQuestion::OwnQuadrant(cell.column);
                    let beside = row.cells.iter().find(|other| *head.of(other.column) == asked);
                    self.own(cell, *of, beside, numbers);
                }
                FormQuestion::OwnQuadrant(of) => {
                    let item = row.cells.iter().find(|other| other.column == *of);
                    self.own_quadrant(cell, item);
                }
                FormQuestion::Other => {
                    let names_item = names_item(&cell.text);
                    self.other_columns.extend(names_item.then_some(cell.column));
                    self.say("", Said::Comment(cell.text.clone()), cell);
                }
            }
        }
        for note in notes_at(sheet, row.number) {
            let problem = Diagnostic::ballot_cell_elsewhere(note.place.clone(), wording::NOTE_AT_CELL);
            self.problems.push(problem);
            self.say("", Said::Comment(note.text.clone()), &note);
        }
    }

    /// Names a cell that does not contain what was typed.
    fn damaged(&mut self, cell: &Typed) {
        if cell.is_error {
            self.problems.push(Diagnostic::ballot_cell_error(cell.place.clone(), &cell.text));
        }
    }

    /// Whether an answer to the question for new items adds none: "no", but not "No, the buses are late".
    fn is_no_item(&self, text: &str) -> bool {
        let spec = self.context.spec;
        let answer = first_answer(&text.replace('?', ""), spec);
        answer.is_some_and(|answer| answer.rest.is_none()) || is_empty_talk(text, spec)
    }

    /// New items. `of` is the quadrant that the question names, and `beside` the answer to a question for the quadrant.
    fn own(&mut self, cell: &Typed, of: Option<Quadrant>, beside: Option<&Typed>, numbers: &mut OwnNumbers) {
        let spec = self.context.spec;
        let beside = beside.and_then(|beside| new_quadrant(&beside.text, spec));
        for text in own_items(&cell.text, spec) {
            if self.is_no_item(&text) {
                self.say("", Said::Comment(text), cell);
                continue;
            }
            let label = added_label(&self.table, numbers.take(&self.table, None, &text));
            let mut quadrants: Vec<Quadrant> =
                [of, beside, self.named_quadrant(&text)].into_iter().flatten().collect();
            quadrants.sort_unstable();
            quadrants.dedup();
            let only = if let [only] = quadrants.as_slice() { Some(*only) } else { None };
            if quadrants.is_empty() {
                self.problems.push(Diagnostic::own_item_without_quadrant(cell.place.clone(), &label));
            } else if only.is_none() {
                self.problems.push(Diagnostic::own_item_two_quadrants(cell.place.clone(), &label));
            }
            self.say(&label, Said::Add(only, text), cell);
        }
    }

    /// The quadrant that a new item names before its words ("Weakness: the roof leaks").
    fn named_quadrant(&self, text: &str) -> Option<Quadrant> {
        let spec = self.context.spec;
        let (before, _) = text.split_once(':').unwrap_or_default();
        match first_answer(text, spec).map(|answer| answer.decision) {
            Some(KeepWord::Move(named)) => named,
            _ => quadrant(before, spec),
        }
    }

    /// The quadrant of a new item, which is read with the item unless there is none.
    fn own_quadrant(&mut self, cell: &Typed, item: Option<&Typed>) {
        let spec = self.context.spec;
        let has_item = item.is_some_and(|item| {
            !is_nothing_in(BallotColumn::Own, &item.text, spec) && !self.is_no_item(&item.text)
        });
        let why = if new_quadrant(&cell.text, spec).is_none() {
            wording::NO_QUADRANT
        } else if has_item {
            return;
        } else {
            wording::NO_OWN_ITEM
        };
        self.problems.push(Diagnostic::ballot_cell_elsewhere(cell.place.clone(), why));
        self.say("", Said::Comment(cell.text.clone()), cell);
    }

    /// The number of an item on the board; what people wrote of another number is kept under it.
    pub(super) fn label(&mut self, number: ItemNumber, cell: &Typed) -> String {
        if let Some(item) = self.context.board.of_number(number, self.context.draft) {
            return item.label.clone();
        }
        let label = number.to_string();
        self.problems.push(Diagnostic::item_unknown(cell.place.clone(), &label));
        label
    }

    fn of_item(&mut self, cell: &Typed, number: ItemNumber, asked: Option<BallotColumn>) {
        let spec = self.context.spec;
        if asked.is_some_and(|column| is_nothing_in(column, &cell.text, spec)) {
            return;
        }
        let label = self.label(number, cell);
        let said = match asked {
            Some(BallotColumn::Objection) => objection(&cell.text, spec),
            Some(BallotColumn::Reworded) if is_bare_answer(&cell.text, spec) => None,
            Some(BallotColumn::Reworded) => Some(Said::Reword(cell.text.clone())),
            Some(BallotColumn::Note) => Some(Said::Comment(cell.text.clone())),
            Some(BallotColumn::Dots) => dots(&cell.text, spec).map(Said::Vote),
            Some(BallotColumn::MoveTo) => new_quadrant(&cell.text, spec).map(Said::Move),
            _ => self.keep_or_dots(&label, cell),
        };
        match said {
            Some(said) => self.say(&label, said, cell),
            None => {
                let problem = Diagnostic::ballot_cell_elsewhere(cell.place.clone(), wording::NO_ANSWER);
                self.problems.push(problem);
                self.say(&label, Said::Comment(cell.text.clone()), cell);
            }
        }
    }

    /// The answer to a question that does not say what it asks. What follows the answer ("yes, but …") is a comment.
    fn keep_or_dots(&mut self, label: &str, cell: &Typed) -> Option<Said> {
        let spec = self.context.spec;
        let Some(KeepCell { decision, rest }) = keep_cell(&cell.text, spec) else {
            let number = dots(&cell.text, spec)?;
            self.problems.push(Diagnostic::form_number_as_dots(cell.place.clone()));
            return Some(Said::Vote(number));
        };
        let said = match decision {
            KeepWord::Yes => Said::Keep,
            KeepWord::No => Said::Drop,
            KeepWord::Change => Said::Change,
            KeepWord::Move(to) => Said::Move(to?),
        };
        // An option of the form says the answer again in its own words (“Yes, keep it”).
        if let Some(rest) = rest.filter(|rest| !is_bare_answer(rest, spec)) {
            self.say(label, Said::Comment(rest), cell);
        }
        Some(said)
    }

    pub(super) fn say(&mut self, item: &str, said: Said, cell: &Typed) {
        if said.text().is_some_and(runs_as_formula) {
            self.problems.push(Diagnostic::ballot_formula(cell.place.clone()));
        }
        let (table, person, item) = (self.table.clone(), self.person.clone(), item.to_owned());
        self.answers.push(Answer { table, person, item, said, place: cell.place.clone() });
    }
}
