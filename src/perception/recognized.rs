//! Whether a spreadsheet has raw answers of a survey, so that `retreat init` can propose to read it.

use sheets::SourceFile;

use super::parts::{TimePool, dated, wave_parts};
use super::reading::add_evidence;
use super::roles::{ColumnRole, RoleContext, group_in_name, roles};
use super::scales::ScaleEvidence;
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
    let context = RoleContext { catalog, choice: &choice };
    file.sheets.iter().find_map(|sheet| {
        let parts = wave_parts(sheet, dated(sheet, context)?, &TimePool::default(), context);
        let mut evidence = ScaleEvidence::default();
        parts.iter().for_each(|part| add_evidence(part, context, &mut evidence));
        let part = parts.iter().max_by_key(|part| part.columns.rows.len())?;
        let columns = &part.columns;
        let roles = roles(columns, context, &evidence, &part.time(&choice));
        let items: Vec<String> = roles.iter().filter_map(item_text).collect();
        let is_of_words =
            roles.iter().any(|role| matches!(role, ColumnRole::Item(item) if item.numbers.is_none()));
        let about =
            roles.iter().filter(|role| matches!(role, ColumnRole::Time | ColumnRole::Personal)).count();
        let answers = parts.iter().map(|part| part.columns.rows.len()).sum();
        let enough = items.len() >= FEWEST_ITEMS && answers >= FEWEST_ANSWERS;
        // Numbers alone could be anything; the columns of a form are not.
        if !enough || !is_of_words && about < 2 {
            return None;
        }
        let has_respondents = roles.iter().any(|role| matches!(role, ColumnRole::Respondents(_)));
        Some(RecognizedSurvey {
            path: file.file.clone(),
            respondents: if has_respondents { None } else { group_in_name(&file.file, catalog) },
            has_respondents,
            waves: parts.iter().filter_map(|part| part.wave).map(|wave| wave.to_string()).collect(),
            answers,
            items,
            open: roles.iter().filter(|role| **role == ColumnRole::Open).count(),
        })
    })
}

fn item_text(role: &ColumnRole) -> Option<String> {
    let ColumnRole::Item(item) = role else { return None };
    Some(item.text.clone())
}
