//! What is above the headings of a ballot: the table, and how many people it has.

use sheets::Sheet;

use super::answer_words::dots;
use super::headings::Headings;
use super::table_label::TableLabel;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::form_export::{Typed, plain, typed_cells};
use crate::wording::room as wording;

/// What is above the headings.
pub(super) struct BallotHead {
    pub(super) table: TableLabel,
    pub(super) people: Option<u32>,
    /// What somebody typed as the number of people, where it may say something else.
    pub(super) unclear_people: Vec<Typed>,
    /// Texts that somebody typed there.
    pub(super) strays: Vec<Typed>,
}

impl BallotHead {
    pub(super) fn read(sheet: &Sheet, headings: &Headings, spec: &RoomSpec) -> Self {
        let name = sheet.place.sheet.as_deref().unwrap_or(&sheet.place.file);
        let table = TableLabel::read(name, spec);
        let mut head = Self { table, people: None, unclear_people: Vec::new(), strays: Vec::new() };
        for row in sheet.rows_between(0..headings.row.unwrap_or(headings.first)) {
            head.add_row(typed_cells(sheet, row.number), spec);
        }
        head
    }

    fn add_row(&mut self, cells: Vec<Typed>, spec: &RoomSpec) {
        let mut cells = cells.into_iter().filter(|cell| !cell.is_covered).peekable();
        while let Some(cell) = cells.next() {
            match spec.column(&plain(&cell.text)) {
                Some(BallotColumn::Table) => {
                    if let Some(value) = cells.next() {
                        self.table = TableLabel::read(&value.text, spec);
                    }
                }
                Some(BallotColumn::People) => {
                    if let Some(value) = cells.next() {
                        self.people = people(&value.text, spec);
                        self.unclear_people.extend(self.people.is_none().then_some(value));
                    }
                }
                _ if wording::is_of_ballot(&cell.text) => {}
                _ => self.strays.push(cell),
            }
        }
    }
}

/// How many people a text says: a number, alone or with words such as "about" and "people". `None` if it may say something else.
fn people(text: &str, spec: &RoomSpec) -> Option<u32> {
    let words = plain(text);
    let beside = &spec.numbers.beside_people;
    let numbers: Vec<&str> =
        words.split(' ').filter(|word| !beside.iter().any(|known| known == word)).collect();
    let alone = if let [number] = numbers.as_slice() { dots(number, spec) } else { None };
    // "8+" are more than eight people.
    let has_sign = text.contains(['+', '-', '−', '–', '<', '>', '?', '%']);
    dots(text, spec).or(alone).filter(|people| *people > 0 && !has_sign)
}
