//! Regular expressions for school years written like a given one.

use std::fmt::Write as _;
use std::ops::Range;

use super::column::MeasureColumn;
use super::toml_text::toml_string;

/// A column's name with its year as the capture `year`, and the number of people next to it as `n`; `None` if it has no year.
pub(super) fn column_pattern(name: &str, measure: &MeasureColumn) -> Option<String> {
    let mention = measure.year_mention.as_ref()?;
    let year = format!("(?<year>{})", digits_pattern(name.get(mention.span.clone())?));
    let mut captures = vec![NameCapture { span: mention.span.clone(), pattern: year }];
    captures.extend(mention.people.clone().map(|span| NameCapture { span, pattern: PEOPLE.to_owned() }));
    captures.sort_by_key(|capture| capture.span.start);
    let (mut pattern, mut end) = ("^".to_owned(), 0);
    for capture in captures {
        pattern.push_str(&regex::escape(name.get(end..capture.span.start)?));
        pattern.push_str(&capture.pattern);
        end = capture.span.end;
    }
    Some(format!("{pattern}{}$", regex::escape(name.get(end..)?)))
}

/// The pattern for a number of people.
const PEOPLE: &str = "(?<n>[\\d,]+)";

/// A part of a column's name that a pattern captures.
struct NameCapture {
    span: Range<usize>,
    pattern: String,
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
