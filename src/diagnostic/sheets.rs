//! Turns the problems of the crate `sheets` into problems of this program, with their texts and severities.

use ::sheets::{Problem, WithProblems};

use super::{Diagnostic, Warned};

impl From<Problem> for Diagnostic {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::NoFileFound { pattern } => Self::source_missing(&pattern),
            Problem::OnlyExcludedFiles { pattern } => Self::own_output(&pattern),
            Problem::VariableNotSet { pattern, variable } => Self::variable_not_set(&pattern, &variable),
            Problem::PathOutside { path } => Self::path_outside(&path),
            Problem::NotSpreadsheets { container, names } => Self::not_spreadsheets(&container, &names),
            Problem::FileUnreadable { file, reason, hint } => Self::file_unreadable(&file, &reason, &hint),
            Problem::FileEmpty { file } => Self::file_empty(&file),
            Problem::SheetUnreadable { place, reason, hint } => Self::sheet_unreadable(place, &reason, &hint),
            Problem::SheetEmpty { place } => Self::sheet_empty(place),
            Problem::TextsTooLong { first, others, count, limit } => {
                Self { count, also: others, ..Self::text_too_long(first, limit) }
            }
            Problem::RowsUneven { file, rows } => Self::rows_uneven(&file, rows),
            Problem::QuoteOpen { file, quote, more } => Self::quote_open(&file, quote, more),
        }
    }
}

impl<T> From<WithProblems<T>> for Warned<T> {
    fn from(read: WithProblems<T>) -> Self {
        Self { value: read.value, diagnostics: read.problems.into_iter().map(Diagnostic::from).collect() }
    }
}
