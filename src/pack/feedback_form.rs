//! Forms for feedback, and what people answered: `feedback-form.csv`, `.docx`, `feedback.csv`, and `feedback-comments.csv` of the SWOT and
//! of the draft plan.

use std::error::Error;

use super::csv_text::{number, table};
use super::word::{WordBlock, WordDocument, WordTable};
use crate::room::{AskedStatement, Feedback, FeedbackRow, RoomSpec};
use crate::wording::feedback as wording;

const FORM_COLUMNS: [&str; 4] = ["item", "text", "scale", "comment"];
const COLUMNS: [&str; 9] = ["item", "group", "n", "agree", "disagree", "low", "high", "comments", "hidden"];
const COMMENT_COLUMNS: [&str; 4] = ["item", "group", "comment", "file"];
/// Between the answers to choose from.
const BETWEEN: &str = "; ";
/// The parts of the width of the columns of the form.
const WIDTHS: [u32; 4] = [9, 50, 20, 41];

/// What a form asks.
pub(super) struct FormContent<'a> {
    pub(super) title: String,
    pub(super) intro: &'a str,
    pub(super) sections: Vec<FormSection>,
    pub(super) spec: &'a RoomSpec,
}

/// A part of a form.
pub(super) struct FormSection {
    pub(super) heading: String,
    /// What it asks about, each once.
    pub(super) asked: Vec<AskedStatement>,
}

impl FormContent<'_> {
    /// The form, a question a row.
    pub(super) fn csv(&self) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let groups = self.spec.groups_on_forms().join(BETWEEN);
        let mut rows = vec![[String::new(), wording::GROUP_QUESTION.to_owned(), groups, String::new()]];
        for AskedStatement { number, words } in self.sections.iter().flat_map(|section| &section.asked) {
            let question = wording::item_question(number, words);
            let comment = wording::comment_question(number, self.spec.feedback.comment_letters);
            rows.push([number.clone(), question, wording::SCALE.join(BETWEEN), comment]);
        }
        rows.push([String::new(), wording::ANYTHING.to_owned(), String::new(), String::new()]);
        table(&FORM_COLUMNS, rows.into_iter())
    }

    /// The form on paper.
    pub(super) fn document(self) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let groups = self.spec.groups_on_forms().into_iter();
        let groups: Vec<String> = groups.map(|group| format!("{} {group}", wording::BOX)).collect();
        let mut blocks = vec![
            WordBlock::Text(self.intro.to_owned()),
            WordBlock::Text(format!("{} {}", wording::GROUP_QUESTION, groups.join("   "))),
        ];
        let scale = wording::SCALE.map(|answer| format!("{} {answer}", wording::BOX)).join("\n");
        for section in self.sections.into_iter().filter(|section| !section.asked.is_empty()) {
            blocks.push(WordBlock::Heading(section.heading));
            let rows = section
                .asked
                .into_iter()
                .map(|asked| vec![asked.number, asked.words, scale.clone(), String::new()]);
            blocks.push(WordBlock::Table(WordTable {
                alt: wording::FORM_ALT.to_owned(),
                headings: wording::FORM_HEADINGS.map(str::to_owned).to_vec(),
                widths: WIDTHS.to_vec(),
                rows: rows.collect(),
            }));
        }
        blocks.push(WordBlock::Table(WordTable::to_write_in(wording::ANYTHING)));
        WordDocument { title: self.title, blocks }.bytes()
    }
}

/// The counts by statement and group.
pub(super) fn feedback_csv(feedback: &Feedback) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    table(&COLUMNS, feedback.rows.iter().map(row))
}

fn row(row: &FeedbackRow) -> [String; 9] {
    let mut cells: [String; 9] = std::array::from_fn(|_| String::new());
    cells[0].clone_from(&row.item);
    cells[1].clone_from(&row.group);
    match &row.counts {
        None => wording::HIDDEN.clone_into(&mut cells[8]),
        Some(counts) => {
            let [low, high] = counts.interval().unwrap_or([f64::NAN; 2]).map(number);
            let [people, agree, disagree, comments] =
                [counts.people, counts.agree, counts.disagree, counts.comments]
                    .map(|count| count.to_string());
            for (cell, text) in cells[2..8].iter_mut().zip([people, agree, disagree, low, high, comments]) {
                *cell = text;
            }
        }
    }
    cells
}

/// The comments, for the team and for nobody else.
pub(super) fn comments_csv(feedback: &Feedback) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let rows = feedback.comments.iter().cloned();
    table(&COMMENT_COLUMNS, rows.map(|comment| [comment.item, comment.group, comment.text, comment.file]))
}
