//! The form for feedback, and what people answered: `swot/feedback-form.csv`, `.docx`, `feedback.csv`, and `feedback-comments.csv`.

use std::collections::BTreeSet;
use std::error::Error;

use super::consensus_table::table;
use crate::domain::Quadrant;
use crate::pack::csv_text::number;
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::room::{Consensus, Feedback, FeedbackRow, RoomSpec};
use crate::wording::feedback as wording;
use crate::wording::room::heading;

const FORM_COLUMNS: [&str; 4] = ["item", "text", "scale", "comment"];
const COLUMNS: [&str; 9] = ["item", "group", "n", "agree", "disagree", "low", "high", "comments", "hidden"];
const COMMENT_COLUMNS: [&str; 4] = ["item", "group", "comment", "file"];
/// Between the answers to choose from.
const BETWEEN: &str = "; ";
/// The parts of the width of the columns of the form.
const WIDTHS: [u32; 4] = [9, 50, 20, 41];

/// The form, a question a row.
pub(super) fn form_csv(
    consensus: &Consensus,
    spec: &RoomSpec,
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let groups: Vec<&str> = spec.respondents.keys().map(String::as_str).collect();
    let mut rows =
        vec![[String::new(), wording::GROUP_QUESTION.to_owned(), groups.join(BETWEEN), String::new()]];
    let mut asked = BTreeSet::new();
    let all = Quadrant::ALL.into_iter().flat_map(|quadrant| consensus.kept_in(quadrant));
    // An item that the tables split stands in two quadrants, and is asked about once.
    for row in all.filter(|row| asked.insert(row.item.as_str())) {
        let question = wording::item_question(&row.item, &row.statement);
        let comment = wording::comment_question(&row.item, spec.feedback.comment_letters);
        rows.push([row.item.clone(), question, wording::SCALE.join(BETWEEN), comment]);
    }
    rows.push([String::new(), wording::ANYTHING.to_owned(), String::new(), String::new()]);
    table(&FORM_COLUMNS, rows.into_iter())
}

/// The form on paper.
pub(super) fn form_document(
    consensus: &Consensus,
    spec: &RoomSpec,
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let groups: Vec<String> =
        spec.respondents.keys().map(|group| format!("{} {group}", wording::BOX)).collect();
    let mut blocks = vec![
        WordBlock::Text(wording::FORM_INTRO.to_owned()),
        WordBlock::Text(format!("{} {}", wording::GROUP_QUESTION, groups.join("   "))),
    ];
    let scale = wording::SCALE.map(|answer| format!("{} {answer}", wording::BOX)).join("\n");
    let mut asked = BTreeSet::new();
    for quadrant in Quadrant::ALL {
        let rows = consensus.kept_in(quadrant).into_iter().filter(|row| asked.insert(row.item.as_str()));
        let rows: Vec<Vec<String>> = rows
            .map(|row| vec![row.item.clone(), row.statement.clone(), scale.clone(), String::new()])
            .collect();
        if !rows.is_empty() {
            blocks.push(WordBlock::Heading(heading(quadrant.heading(), quadrant.meaning())));
            blocks.push(WordBlock::Table(WordTable {
                alt: wording::FORM_ALT.to_owned(),
                headings: wording::FORM_HEADINGS.map(str::to_owned).to_vec(),
                widths: WIDTHS.to_vec(),
                rows,
            }));
        }
    }
    blocks.push(WordBlock::Text(wording::ANYTHING.to_owned()));
    WordDocument { title: wording::form_title(&consensus.title), blocks }.bytes()
}

/// The counts by item and group.
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
