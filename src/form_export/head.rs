//! The headings of exported answers: one to three rows.

use std::collections::{BTreeMap, BTreeSet};

use sheets::Sheet;

use super::plain_text::plain;
use super::typed::{Typed, typed_cells};
use crate::catalog::FormWords;

/// The headings of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct ExportHead {
    /// The first row of an answer.
    pub(crate) first: u32,
    /// The row in which the questions stand.
    pub(crate) row: u32,
    /// The heading of each column that has one.
    pub(crate) headings: BTreeMap<u32, ExportHeading>,
}

/// The heading of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExportHeading {
    /// The question.
    pub(crate) question: String,
    /// What the second row adds: a row of a grid, or a choice.
    pub(crate) part: Option<String>,
}

impl ExportHeading {
    const fn of(question: String) -> Self {
        Self { question, part: None }
    }

    /// The question with its part.
    pub(crate) fn joined(&self) -> String {
        match &self.part {
            Some(part) => format!("{} {part}", self.question),
            None => self.question.clone(),
        }
    }
}

/// The rows of headings at most.
const MOST_ROWS: usize = 3;

impl ExportHead {
    /// The headings of a sheet; `None` if it is empty.
    pub(crate) fn find(sheet: &Sheet, words: &FormWords) -> Option<Self> {
        let numbers: Vec<u32> = sheet.rows().take(MOST_ROWS).map(|row| row.number).collect();
        let rows: Vec<Vec<Typed>> = numbers.iter().map(|row| typed_cells(sheet, *row)).collect();
        let first = rows.first()?;
        let import =
            rows.iter().position(|row| row.iter().any(|cell| cell.text.starts_with(&words.import_row)));
        if let Some(import) = import.filter(|import| *import > 0) {
            return Some(Self::at([numbers[import - 1], numbers[import]], questions(&rows[import - 1])));
        }
        match rows.get(1) {
            Some(second) if has_ids_above(first, second, words) => {
                Some(Self::at([numbers[1], numbers[1]], questions(second)))
            }
            Some(second) if is_second_row(first, second, words) => {
                Some(Self::at([numbers[0], numbers[1]], with_parts(first, second, words)))
            }
            _ => Some(Self::at([numbers[0], numbers[0]], questions(first))),
        }
    }

    const fn at([row, last]: [u32; 2], headings: BTreeMap<u32, ExportHeading>) -> Self {
        Self { first: last + 1, row, headings }
    }
}

fn questions(row: &[Typed]) -> BTreeMap<u32, ExportHeading> {
    row.iter().map(|cell| (cell.column, ExportHeading::of(cell.text.clone()))).collect()
}

/// The questions with what the second row adds to each; a question without a heading of its own continues the one before.
fn with_parts(first: &[Typed], second: &[Typed], words: &FormWords) -> BTreeMap<u32, ExportHeading> {
    let above = questions(first);
    let mut joined = above.clone();
    for cell in second {
        let question = above.range(..=cell.column).next_back();
        let question = question.map(|(_, heading)| heading.question.clone()).unwrap_or_default();
        let is_plain = words.second_row.contains(&plain(&cell.text));
        let part = (!is_plain).then(|| cell.text.clone());
        joined.insert(cell.column, ExportHeading { question, part });
    }
    joined
}

/// Whether the second row belongs to the headings: it says what kind of answer is below, or what the first leaves out.
fn is_second_row(first: &[Typed], second: &[Typed], words: &FormWords) -> bool {
    let says_kind = second.iter().any(|cell| words.second_row.contains(&plain(&cell.text)));
    (says_kind || continues(first, second, words))
        && second.iter().all(|cell| cell.text.parse::<f64>().is_err())
        && !first.is_empty()
}

/// Whether the second row has texts where the first has none, and nothing below the columns about the answer, which every answer has.
fn continues(first: &[Typed], second: &[Typed], words: &FormWords) -> bool {
    let mut about = first.iter().filter(|cell| words.metadata.contains(&plain(&cell.text))).peekable();
    let [above, below] = [columns(first), columns(second)];
    about.peek().is_some()
        && about.all(|cell| !below.contains(&cell.column))
        && below.iter().any(|column| !above.contains(column))
}

/// The columns in which a row has a text.
fn columns(row: &[Typed]) -> BTreeSet<u32> {
    row.iter().map(|cell| cell.column).collect()
}

/// How many columns about the answer show that a row of ids is above the row of questions.
const COLUMNS_OF_IDS: usize = 2;

/// Whether the first row has ids (`StartDate`) and the second the questions (`Start Date`), as older exports of Qualtrics have.
fn has_ids_above(first: &[Typed], second: &[Typed], words: &FormWords) -> bool {
    // By column, since a table that is no form may be very wide.
    let below: BTreeMap<u32, &str> = second.iter().map(|cell| (cell.column, cell.text.as_str())).collect();
    let same = first
        .iter()
        .filter(|id| below.get(&id.column).is_some_and(|text| is_same_heading(&id.text, text, words)));
    same.count() >= COLUMNS_OF_IDS
}

fn is_same_heading(id: &str, text: &str, words: &FormWords) -> bool {
    let (id_words, text_words) = (plain(id), plain(text));
    id_words.replace(' ', "") == text_words.replace(' ', "") && words.metadata.contains(&text_words)
}

#[cfg(test)]
mod tests {
    use super::{ExportHead, ExportHeading};
    use crate::catalog::Catalog;

    fn head(text: &str) -> ExportHead {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, text).unwrap();
        let file = sheets::read(&sheets::Input::File(path), "a.csv").value;
        ExportHead::find(&file.sheets[0], &Catalog::embedded().unwrap().room.forms).unwrap()
    }

    fn joined(head: &ExportHead) -> Vec<String> {
        head.headings.values().map(ExportHeading::joined).collect()
    }

    #[test]
    fn qualtrics_has_three_rows_or_two() {
        let three = head(
            "StartDate,Q1\nStart Date,I am safe\n\"{\"\"ImportId\"\":\"\"a\"\"}\",\"{\"\"ImportId\"\":\"\"b\"\"}\"\n1,Agree\n",
        );
        assert_eq!((three.first, three.row), (3, 1));
        assert_eq!(joined(&three), ["Start Date", "I am safe"]);
        let two = head("StartDate,EndDate,Q1\nStart Date,End Date,I am safe\n1,2,Agree\n");
        assert_eq!((two.first, two.row), (2, 1));
        assert_eq!(joined(&two)[2], "I am safe");
    }

    #[test]
    fn survey_monkey_has_a_second_row_and_google_has_one_row() {
        let monkey = head(
            "Respondent ID,How much do you agree?,,Why?\n,I am safe,I belong,Open-Ended Response\n1,Agree,Agree,x\n",
        );
        assert_eq!(monkey.first, 2);
        let expected =
            ["Respondent ID", "How much do you agree? I am safe", "How much do you agree? I belong", "Why?"];
        assert_eq!(joined(&monkey), expected);
        let grid = head("Respondent ID,How much do you agree?,\n,I am safe,I belong\n1,Agree,Agree\n");
        assert_eq!((grid.first, grid.row), (2, 0));
        let google = head("Timestamp,I am safe\n3/4/2025,Agree\n");
        assert_eq!((google.first, google.row), (1, 0));
    }
}
