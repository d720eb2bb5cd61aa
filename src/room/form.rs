//! The answers of a form, one row a person, as Google Forms and others export them.

use sheets::Sheet;

use super::added::{OwnNumbers, added_label};
use super::answer::{Answer, FormRow, Said, runs_as_formula};
use super::answer_words::{KeepCell, KeepWord, dots, is_nothing, keep_cell, quadrant};
use super::ballot_sheet::BallotContext;
use super::form_question::{FormQuestion, NamedFor, item_numbers};
use super::table_label::TableLabel;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::diagnostic::Diagnostic;
use crate::domain::ItemNumber;
use crate::form_export::{SeenRows, Typed, plain, typed_cells};
use crate::wording::room as wording;
use crate::wording::room::is_of_ballot;

/// The questions of a form: what each of its columns asks.
#[derive(Debug, Clone)]
pub(super) struct FormHead {
    row: u32,
    questions: Vec<(u32, FormQuestion)>,
}

/// Fewer known questions than this are no form's.
const FEWEST: usize = 2;

impl FormHead {
    /// The questions in the first row of a sheet; `None` if it is no form.
    pub(super) fn find(sheet: &Sheet, spec: &RoomSpec) -> Option<Self> {
        let row = sheet.rows().next()?.number;
        let cells = typed_cells(sheet, row);
        let questions: Vec<(u32, FormQuestion)> =
            cells.iter().map(|cell| (cell.column, FormQuestion::of(&cell.text, spec))).collect();
        // The texts of a ballot are no questions, whatever was typed beside them.
        let is_printed = cells.iter().any(|cell| is_of_ballot(&cell.text));
        let known = questions.iter().filter(|(_, question)| question.is_known());
        (known.count() >= FEWEST && !is_printed).then_some(Self { row, questions })
    }

    fn of(&self, column: u32) -> &FormQuestion {
        let found = self.questions.iter().find(|(of, _)| *of == column);
        found.map_or(&FormQuestion::Other, |(_, question)| question)
    }
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
    };
    for cell in
        typed_cells(sheet, head.row).iter().filter(|cell| *head.of(cell.column) == FormQuestion::Identity)
    {
        // What services for forms add by themselves needs no word.
        if !context.spec.is_added_by_service(&plain(&cell.text)) {
            reading.problems.push(Diagnostic::form_question_about_person(cell.place.clone()));
        }
    }
    for row in sheet.rows_between(head.row + 1..u32::MAX) {
        let cells = typed_cells(sheet, row.number);
        // Without a time or a name, two people may have answered alike.
        let is_identified = cells.iter().any(|cell| *head.of(cell.column) == FormQuestion::Identity);
        if is_identified && seen.has(&cells) {
            reading.problems.extend(cells.first().map(|cell| Diagnostic::form_row_again(cell.place.clone())));
            continue;
        }
        reading.row(&cells, sheet, row.number, head, numbers);
    }
    if reading.answers.iter().any(|answer| answer.table == TableLabel::Unnamed) {
        reading.problems.push(Diagnostic::form_without_table(sheet.place.clone()));
    }
    (reading.answers, reading.problems)
}

/// Reading the rows of a form.
struct FormReading<'a> {
    context: BallotContext<'a>,
    person: Option<FormRow>,
    table: TableLabel,
    answers: Vec<Answer>,
    problems: Vec<Diagnostic>,
}

impl FormReading<'_> {
    fn row(&mut self, cells: &[Typed], sheet: &Sheet, row: u32, head: &FormHead, numbers: &mut OwnNumbers) {
        let spec = self.context.spec;
        let named = cells.iter().find(|cell| *head.of(cell.column) == FormQuestion::Table);
        self.table = named.map_or(TableLabel::Unnamed, |cell| TableLabel::read(&cell.text, spec));
        self.person = Some(FormRow { file: sheet.place.clone(), row });
        for cell in cells.iter().filter(|cell| !is_nothing(&cell.text, spec)) {
            match head.of(cell.column) {
                FormQuestion::Table | FormQuestion::Identity => {}
                FormQuestion::OfItem(number, asked) => self.of_item(cell, *number, *asked),
                FormQuestion::NamingItems(asked) => self.naming_items(cell, *asked),
                FormQuestion::Own(_) if keep_cell(&cell.text, spec).is_some() => {
                    self.say("", Said::Comment(cell.text.clone()), cell);
                }
                FormQuestion::Own(of) => {
                    let (before, _) = cell.text.split_once(':').unwrap_or_default();
                    let of = of.or_else(|| quadrant(before, spec));
                    let number = numbers.take(&self.table, None, &cell.text);
                    let label = added_label(&self.table, number);
                    if of.is_none() {
                        self.problems.push(Diagnostic::own_item_without_quadrant(cell.place.clone(), &label));
                    }
                    self.say(&label, Said::Add(of, cell.text.clone()), cell);
                }
                FormQuestion::Other => self.say("", Said::Comment(cell.text.clone()), cell),
            }
        }
    }

    /// The number of an item on the board; what people wrote of another number is kept under it.
    fn label(&mut self, number: ItemNumber, cell: &Typed) -> String {
        if let Some(item) = self.context.board.of_number(number, self.context.draft) {
            return item.label.clone();
        }
        let label = number.to_string();
        self.problems.push(Diagnostic::item_unknown(cell.place.clone(), &label));
        label
    }

    fn of_item(&mut self, cell: &Typed, number: ItemNumber, asked: Option<BallotColumn>) {
        let spec = self.context.spec;
        let label = self.label(number, cell);
        let said = match asked {
            Some(BallotColumn::Objection) => Some(Said::Object(cell.text.clone())),
            Some(BallotColumn::Reworded) => Some(Said::Reword(cell.text.clone())),
            Some(BallotColumn::Note) => Some(Said::Comment(cell.text.clone())),
            Some(BallotColumn::Dots) => dots(&cell.text, spec).map(Said::Vote),
            Some(BallotColumn::MoveTo) => quadrant(&cell.text, spec).map(Said::Move),
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
            return dots(&cell.text, spec).map(Said::Vote);
        };
        let said = match decision {
            KeepWord::Yes => Said::Keep,
            KeepWord::No => Said::Drop,
            KeepWord::Change => Said::Change,
            KeepWord::Move(to) => Said::Move(to?),
        };
        // An option of the form says the answer again in its own words (“Yes, keep it”).
        if let Some(rest) = rest.filter(|rest| keep_cell(rest, spec).is_none()) {
            self.say(label, Said::Comment(rest), cell);
        }
        Some(said)
    }

    /// A list of items: each gets a dot, or stays.
    fn naming_items(&mut self, cell: &Typed, asked: NamedFor) {
        let named = item_numbers(&cell.text);
        if named.is_empty() {
            return self.say("", Said::Comment(cell.text.clone()), cell);
        }
        let mut rest = plain(&cell.text);
        for number in named {
            let label = self.label(number, cell);
            for known in [
                number.to_string(),
                self.context.board.of_label(&label).map(|item| item.statement.clone()).unwrap_or_default(),
            ] {
                rest = rest.replacen(&plain(&known), "", 1);
            }
            let said = match asked {
                NamedFor::Dots => Said::Vote(1),
                NamedFor::Keep => Said::Keep,
                NamedFor::Drop => Said::Drop,
            };
            self.say(&label, said, cell);
        }
        if !rest.trim().is_empty() {
            self.say("", Said::Comment(cell.text.clone()), cell);
        }
    }

    fn say(&mut self, item: &str, said: Said, cell: &Typed) {
        if said.text().is_some_and(runs_as_formula) {
            self.problems.push(Diagnostic::ballot_formula(cell.place.clone()));
        }
        let (table, person, item) = (self.table.clone(), self.person.clone(), item.to_owned());
        self.answers.push(Answer { table, person, item, said, place: cell.place.clone() });
    }
}
