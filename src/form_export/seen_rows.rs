//! Rows of forms that were read before: one answer in two exports is one.
//!
//! Answers are compared by question, so that an export in another format, or one that was made after a question was added to the
//! form, has the same answers.

use std::collections::{BTreeMap, BTreeSet};

use sheets::Sheet;

use super::normal_value::{is_same_value, normal_value};
use super::plain_text::plain;
use super::typed::{Typed, typed_cells};
use crate::catalog::{CopiedRows, FormWords};
use crate::diagnostic::{Diagnostic, Place};

/// The questions of an export, by their columns.
#[derive(Debug, Clone)]
pub(crate) struct ExportQuestions {
    /// The sheet.
    place: Place,
    /// The words of each question; of several with the same words, with a number.
    words: BTreeMap<u32, String>,
    /// All of them.
    asked: BTreeSet<String>,
    /// The questions about the answer itself: when, by whom.
    identity: BTreeSet<String>,
    /// Those whose values no two answers share.
    unique: BTreeSet<String>,
    /// Those that may number the answers of one export from 1 on.
    counting: BTreeSet<String>,
    /// Those that ask nothing: [`Self::identity`], and what many answers share.
    about: BTreeSet<String>,
    /// When rows of two exports are copies.
    copies: CopiedRows,
}

impl ExportQuestions {
    /// The questions of a sheet, none so far.
    pub(crate) fn of(place: &Place, forms: &FormWords) -> Self {
        Self {
            place: place.clone(),
            words: BTreeMap::new(),
            asked: BTreeSet::new(),
            identity: BTreeSet::new(),
            unique: BTreeSet::new(),
            counting: BTreeSet::new(),
            about: BTreeSet::new(),
            copies: forms.copies,
        }
    }

    /// Adds a column with its heading; `is_identity` if it says something about the response, such as when it was given.
    pub(crate) fn add(&mut self, column: u32, heading: &str, is_identity: bool, forms: &FormWords) {
        let words = plain(heading);
        let question = self.free_name(&words);
        if is_identity && !forms.shared.contains(&words) {
            self.identity.insert(question.clone());
        }
        if is_identity {
            self.about.insert(question.clone());
        }
        if forms.counting.contains(&words) {
            self.counting.insert(question.clone());
        }
        if forms.unique.contains(&words) {
            self.unique.insert(question.clone());
        }
        self.asked.insert(question.clone());
        self.words.insert(column, question);
    }

    /// The words of a question, with a number if another question has the same.
    fn free_name(&self, words: &str) -> String {
        let mut name = words.to_owned();
        for number in 2.. {
            if !self.asked.contains(&name) {
                break;
            }
            name = format!("{words}#{number}");
        }
        name
    }

    /// Whether a row says who answered, or when.
    fn is_identified(&self, cells: &[Typed]) -> bool {
        cells.iter().any(|cell| {
            self.words.get(&cell.column).is_some_and(|question| self.identifies(question, &cell.text))
        })
    }

    /// Whether the answer to a question says who answered, or when. The first answer of every export may have the number 1.
    fn identifies(&self, question: &str, value: &str) -> bool {
        let is_small =
            value.len() <= self.copies.counting_digits && value.chars().all(|digit| digit.is_ascii_digit());
        self.identity.contains(question) && !(is_small && self.counting.contains(question))
    }

    /// What a row answers, without what describes the response.
    fn said(&self, answers: &BTreeMap<String, String>) -> Vec<String> {
        let said = answers.iter().filter(|(question, _)| !self.about.contains(*question));
        said.map(|(question, value)| format!("{question}: {value}")).collect()
    }

    /// What a row answers, by question.
    fn answers(&self, cells: &[Typed]) -> BTreeMap<String, String> {
        let mut answers = BTreeMap::new();
        for cell in cells {
            let question = self.words.get(&cell.column).cloned();
            let question = question.unwrap_or_else(|| format!("#{}", cell.column));
            answers.insert(question, normal_value(&cell.text));
        }
        answers
    }
}

/// A row of an export.
#[derive(Debug, Clone)]
pub(crate) struct AnsweredRow {
    /// Its number, from 0.
    pub(crate) number: u32,
    pub(crate) cells: Vec<Typed>,
    /// The earlier export that has it too.
    pub(crate) again: Option<SeenAgain>,
    /// Whether the export has a row like this one before it, with the same time or number.
    pub(crate) is_alike: bool,
    /// What its export may be a copy of; in its first row only.
    pub(crate) perhaps_copied: Option<PerhapsCopied>,
}

/// An export without times that begins as an earlier one, which may be by chance.
#[derive(Debug, Clone)]
pub(crate) struct PerhapsCopied {
    /// The sheet of the earlier export.
    earlier: Place,
    /// How many rows the earlier export has.
    before: usize,
    /// How many rows this one has.
    here: usize,
}

impl PerhapsCopied {
    /// The question whether the export that begins at `place` is a copy.
    pub(crate) fn problem(&self, place: Place) -> Diagnostic {
        Diagnostic::form_rows_perhaps_copied(place, &self.earlier, self.before, self.here)
    }
}

impl AnsweredRow {
    /// The cells that no earlier export has.
    pub(crate) fn new_cells(&self) -> Vec<Typed> {
        match &self.again {
            Some(again) => again.new_cells(&self.cells),
            None => self.cells.clone(),
        }
    }
}

/// A row that an earlier export has too.
#[derive(Debug, Clone)]
pub(crate) struct SeenAgain {
    /// The sheet of the earlier export.
    earlier: Place,
    /// The columns with answers that the earlier export does not have.
    new_columns: BTreeSet<u32>,
    /// Whether its time, number, or name says so; otherwise, all rows of one of the exports are those of the other.
    is_identified: bool,
}

impl SeenAgain {
    /// The problem that a row begins at `place` which the earlier export has too.
    pub(crate) fn problem(&self, place: Place) -> Diagnostic {
        if self.is_identified {
            Diagnostic::form_row_again(place, &self.earlier, !self.new_columns.is_empty())
        } else {
            Diagnostic::form_row_copied(place, &self.earlier)
        }
    }

    fn new_cells(&self, cells: &[Typed]) -> Vec<Typed> {
        cells.iter().filter(|cell| self.new_columns.contains(&cell.column)).cloned().collect()
    }
}

/// A row that was read.
#[derive(Debug)]
struct ReadRow {
    answers: BTreeMap<String, String>,
    /// The export in which it was read first.
    first: usize,
    /// All exports that have it.
    exports: BTreeSet<usize>,
}

/// The rows that were read. Two people may answer alike in the same second, so the rows of one sheet are never one.
#[derive(Debug, Default)]
pub(crate) struct SeenRows {
    exports: Vec<ExportQuestions>,
    rows: Vec<ReadRow>,
    /// The rows of the export that is being read.
    in_export: BTreeSet<BTreeMap<String, String>>,
    /// The rows of exports in which nothing tells who answered, or when.
    unidentified: BTreeMap<usize, Vec<BTreeMap<String, String>>>,
    /// How many rows an earlier export had too.
    repeated: usize,
}

impl SeenRows {
    /// The rows of a sheet from `first` on, each with the earlier export that has it too.
    pub(crate) fn read(&mut self, sheet: &Sheet, first: u32, questions: ExportQuestions) -> Vec<AnsweredRow> {
        self.in_export.clear();
        let mut rows: Vec<AnsweredRow> = Vec::new();
        self.exports.push(questions.clone());
        for row in sheet.rows_between(first..u32::MAX) {
            let cells = typed_cells(sheet, row.number);
            let is_identified = questions.is_identified(&cells);
            let again = if is_identified { self.again(&cells, &questions) } else { None };
            let is_alike = is_identified && self.is_alike(&cells, &questions);
            let perhaps_copied = None;
            rows.push(AnsweredRow { number: row.number, cells, again, is_alike, perhaps_copied });
        }
        if rows.iter().all(|row| !questions.is_identified(&row.cells)) {
            self.mark_copied(&mut rows, &questions);
        }
        self.repeated += rows.iter().filter(|row| row.again.is_some()).count();
        rows
    }

    /// How many rows an earlier export had too.
    pub(crate) const fn repeated(&self) -> usize {
        self.repeated
    }

    /// The earlier export that has this row of the current one too. Each row of an export is one person.
    fn again(&mut self, cells: &[Typed], questions: &ExportQuestions) -> Option<SeenAgain> {
        let here = self.exports.len() - 1;
        let answers = questions.answers(cells);
        let Some(known) = self.rows.iter().position(|row| self.is_same(row, &answers, here)) else {
            self.rows.push(ReadRow { answers, first: here, exports: BTreeSet::from([here]) });
            return None;
        };
        let row = &mut self.rows[known];
        let new = cells.iter().filter(|cell| {
            let question = questions.words.get(&cell.column);
            question.is_some_and(|question| !row.answers.contains_key(question))
        });
        let new_columns = new.map(|cell| cell.column).collect();
        row.exports.insert(here);
        for (question, value) in answers {
            row.answers.entry(question).or_insert(value);
        }
        let earlier = self.exports[row.first].place.clone();
        Some(SeenAgain { earlier, new_columns, is_identified: true })
    }

    /// Whether the export that is being read has a row like this one already.
    fn is_alike(&mut self, cells: &[Typed], questions: &ExportQuestions) -> bool {
        !self.in_export.insert(questions.answers(cells))
    }

    /// Whether a row that was read is the row `answers` of the export `here`: the same number, or the same time or name and the same
    /// answers to the questions that both exports have.
    fn is_same(&self, row: &ReadRow, answers: &BTreeMap<String, String>, here: usize) -> bool {
        if row.exports.contains(&here) {
            return false;
        }
        let questions = &self.exports[here];
        let mut unique =
            questions.unique.iter().filter(|question| row.answers.contains_key(*question)).peekable();
        if unique.peek().is_some() {
            return unique.all(|question| row.answers.get(question) == answers.get(question));
        }
        let identity = answers.iter().filter(|(question, _)| questions.identity.contains(*question));
        let identity = identity.filter(|(question, _)| row.answers.contains_key(*question));
        let mut is_identified = false;
        for (question, value) in identity {
            if row.answers.get(question).is_none_or(|known| !is_same_value(known, value)) {
                return false;
            }
            is_identified |= questions.identifies(question, value);
        }
        is_identified && self.has_same_answers(row, answers, questions)
    }

    /// Whether two rows answer alike what the exports of both ask. Forms that ask nothing alike have no answer in common.
    fn has_same_answers(
        &self,
        row: &ReadRow,
        answers: &BTreeMap<String, String>,
        questions: &ExportQuestions,
    ) -> bool {
        let earlier: Vec<&ExportQuestions> =
            row.exports.iter().map(|export| &self.exports[*export]).collect();
        let both: Vec<&String> = questions
            .asked
            .iter()
            .filter(|question| earlier.iter().any(|export| export.asked.contains(*question)))
            .collect();
        let asks_alike = both.iter().any(|question| !questions.about.contains(*question));
        asks_alike
            && both.into_iter().all(|question| match (row.answers.get(question), answers.get(question)) {
                (Some(known), Some(value)) => is_same_value(known, value),
                (None, None) => true,
                _ => false,
            })
    }

    /// Marks the rows that an earlier export has in the same order: all of the shorter of the two. If they may be alike by chance,
    /// nothing is marked, and the first row has the question.
    fn mark_copied(&mut self, rows: &mut [AnsweredRow], questions: &ExportQuestions) {
        let here = self.exports.len() - 1;
        let answers: Vec<_> = rows.iter().map(|row| questions.answers(&row.cells)).collect();
        let mut alike: BTreeMap<usize, &Vec<BTreeMap<String, String>>> =
            self.unidentified.iter().map(|(export, known)| (*export, known)).collect();
        alike.retain(|_, known| {
            let count = known.len().min(answers.len());
            count >= questions.copies.fewest_alike && known[..count] == answers[..count]
        });
        // Two exports that are the same from the first to the last row are one: a small group must not look large.
        let copied = alike.iter().find(|(_, known)| {
            let count = known.len().min(answers.len());
            known.len() == answers.len() || is_varied(&answers[..count], questions)
        });
        if let Some((export, known)) = copied {
            let earlier = self.exports[*export].place.clone();
            for row in rows.iter_mut().take(known.len()) {
                let new_columns = BTreeSet::new();
                row.again = Some(SeenAgain { earlier: earlier.clone(), new_columns, is_identified: false });
            }
        } else if let (Some((export, known)), Some(first)) = (alike.iter().next(), rows.first_mut()) {
            let earlier = self.exports[*export].place.clone();
            first.perhaps_copied = Some(PerhapsCopied { earlier, before: known.len(), here: answers.len() });
        }
        self.unidentified.insert(here, answers);
    }
}

/// Whether the rows of an export differ so much that others do not answer alike by chance.
fn is_varied(rows: &[BTreeMap<String, String>], questions: &ExportQuestions) -> bool {
    let said: Vec<Vec<String>> = rows.iter().map(|row| questions.said(row)).collect();
    let changes = said.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let different: BTreeSet<&Vec<String>> = said.iter().collect();
    let copies = questions.copies;
    rows.len() >= copies.fewest_copied
        && (different.len() >= copies.fewest_different || changes >= copies.fewest_changes)
}
