//! Regular expressions for school years written like a given one.

use std::fmt::Write as _;

use super::column::MeasureColumn;
use super::toml_text::toml_string;

/// A column's name with its year as the capture `year`; `None` if it has no year.
pub(super) fn column_pattern(name: &str, measure: &MeasureColumn) -> Option<String> {
    let span = &measure.year_mention.as_ref()?.span;
    let (before, after) = (name.get(..span.start)?, name.get(span.end..)?);
    let year = digits_pattern(name.get(span.clone())?);
    Some(format!("^{}(?<year>{year}){}$", regex::escape(before), regex::escape(after)))
}

/// The `pattern` line for a year in a title, or in a sheet or file name.
pub(super) fn pattern_line(year: &str) -> String {
    // A single year must not be part of a date.
    let (before, after) = match year.bytes().all(|b| b.is_ascii_digit()) {
        true => ("(?:^|[^\\d/-]|[^\\d]-)", "(?:[^\\d/-]|-\\D|-$|$)"),
        false => ("(?:^|[^\\d])", "(?:[^\\d]|$)"),
    };
    let pattern = format!("{before}(?<year>{}){after}", digits_pattern(year));
    format!("pattern = {}\n", toml_string(&pattern))
}

/// Text with its digits as classes: `2023-24` as `\d{4}-\d{2}`, and `October 1, 2023` as
/// `October \d{1,2}, \d{4}`.
pub(super) fn digits_pattern(text: &str) -> String {
    let is_date = text.chars().any(char::is_alphabetic);
    let mut pattern = String::new();
    let mut start = 0;
    for run in text.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        let end = start + run.len();
        if !run[0].is_ascii_digit() {
            pattern.push_str(&regex::escape(text.get(start..end).unwrap_or("")));
        } else if is_date && run.len() <= 2 {
            pattern.push_str("\\d{1,2}");
        } else {
            let _ = write!(pattern, "\\d{{{}}}", run.len());
        }
        start = end;
    }
    pattern
}
