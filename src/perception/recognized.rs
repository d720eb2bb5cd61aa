//! Whether a spreadsheet has raw answers of a survey, so that `retreat init` can propose to read it.

use sheets::SourceFile;

use super::columns::AnswerColumns;
use super::roles::{ColumnRole, RoleContext, group_in_name, roles};
use super::scales::ScaleEvidence;
use super::waves::WaveFound;
use crate::catalog::{Catalog, SurveyChoice};

/// What is known of a file with raw answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognizedSurvey {
    /// Path relative to the project.
    pub path: String,
    /// The group that its name has a word for, unless a column says who answers.
    pub respondents: Option<String>,
    /// Whether a column says who answers.
    pub has_respondents: bool,
    /// Its waves, from the earliest; empty if nothing says them.
    pub waves: Vec<String>,
    /// How many rows have answers.
    pub answers: usize,
    /// The words of its items.
    pub items: Vec<String>,
    /// How many questions ask for words.
    pub open: usize,
}

/// How many questions on a scale a file with raw answers has at least, and how many answers each.
const FEWEST_ITEMS: usize = 3;
const FEWEST_ANSWERS: usize = 5;

/// What is known of a file if it has raw answers; `None` if it has none: most of its columns must be about the answer, or questions
/// with a scale or words.
#[must_use]
pub fn recognize(file: &SourceFile, catalog: &Catalog) -> Option<RecognizedSurvey> {
    let choice = SurveyChoice { path: file.file.clone(), ..SurveyChoice::default() };
    let mut sheets = file.sheets.iter().filter(|sheet| !sheet.hidden);
    sheets.find_map(|sheet| {
        let columns = AnswerColumns::read(sheet, &catalog.room.forms, &catalog.perception)?;
        let mut evidence = ScaleEvidence::default();
        evidence.add(&columns, &catalog.perception);
        let roles = roles(&columns, RoleContext { catalog, choice: &choice, evidence: &evidence });
        let items: Vec<String> = roles.iter().filter_map(item_text).collect();
        let is_of_words =
            roles.iter().any(|role| matches!(role, ColumnRole::Item(item) if !is_numeric(&item.scale.id)));
        let about =
            roles.iter().filter(|role| matches!(role, ColumnRole::Time | ColumnRole::Personal)).count();
        let enough = items.len() >= FEWEST_ITEMS && columns.rows.len() >= FEWEST_ANSWERS;
        // Numbers alone could be anything; the columns of a form are not.
        if !enough || !is_of_words && about < 2 {
            return None;
        }
        let has_respondents = roles.iter().any(|role| matches!(role, ColumnRole::Respondents(_)));
        Some(RecognizedSurvey {
            path: file.file.clone(),
            respondents: if has_respondents { None } else { group_in_name(&file.file, catalog) },
            has_respondents,
            waves: WaveFound::of(None, sheet, &columns, &roles)
                .all()
                .iter()
                .map(ToString::to_string)
                .collect(),
            answers: columns.rows.len(),
            items,
            open: roles.iter().filter(|role| **role == ColumnRole::Open).count(),
        })
    })
}

fn item_text(role: &ColumnRole) -> Option<String> {
    let ColumnRole::Item(item) = role else { return None };
    Some(item.text.clone())
}

fn is_numeric(scale: &str) -> bool {
    scale.starts_with(|letter: char| letter.is_ascii_digit())
}
