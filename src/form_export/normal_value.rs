//! Values as they are compared between two exports of one form, which write dates and numbers in different ways.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::plain_text::plain;

/// A date, perhaps with a time and a time zone: `1/15/2026 9:30`, `2026-01-15T09:30:00`, `2026/01/15 9:30:00 AM CST`.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})",
        r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([AaPp])\.?\s?[Mm]\.?)?)?",
        r"\s*(?:Z|[A-Z]{2,5}|\(?(?:GMT|UTC)?[-+]?[\d:]*\)?)$",
    ))
    .ok()
});

/// The sign with which a normal date begins, and nothing else.
const DATE: char = '\u{1}';

/// A text in the form in which it is compared: dates and numbers in one way, other texts without case, signs, and letters that a
/// spreadsheet program may replace when it saves a text table. Never empty.
pub(crate) fn normal_value(text: &str) -> String {
    let text = text.trim();
    if let Some(stamp) =
        STAMP.as_ref().and_then(|pattern| pattern.captures(text)).and_then(|found| stamp(&found))
    {
        return stamp;
    }
    if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
        return number.to_string();
    }
    let ascii: String = text.chars().map(|letter| if letter.is_ascii() { letter } else { ' ' }).collect();
    let words = plain(&ascii);
    if words.is_empty() { "?".to_owned() } else { words }
}

/// A date and time. Which number is the month may differ between exports, so the smaller of month and day comes first.
fn stamp(found: &Captures<'_>) -> Option<String> {
    let has_year_first = found.get(1).is_some_and(|first| first.as_str().len() == 4);
    let (first, second, third) = (number(found, 1)?, number(found, 2)?, number(found, 3)?);
    let (year, month, day) = if has_year_first { (first, second, third) } else { (third, first, second) };
    let year = if year < 100 { year + 2000 } else { year };
    let mut text = format!("{DATE}{year}-{:02}-{:02}", month.min(day), month.max(day));
    if let Some((hour, minute)) = number(found, 4).zip(number(found, 5)) {
        let hour = match found.get(7).map(|half| half.as_str()) {
            Some("p" | "P") => hour % 12 + 12,
            Some(_) => hour % 12,
            None => hour,
        };
        text.push_str(&format!(" {hour:02}:{minute:02}"));
    }
    text.extend(number(found, 6).map(|second| format!(":{second:02}")));
    Some(text)
}

fn number(found: &Captures<'_>, group: usize) -> Option<u32> {
    found.get(group)?.as_str().parse().ok()
}

/// Whether two normal values are the same. Seconds, or the whole time, are missing where a spreadsheet program did not show them.
pub(super) fn is_same_value(one: &str, another: &str) -> bool {
    let is_date = one.starts_with(DATE) && another.starts_with(DATE);
    one == another || is_date && (one.starts_with(another) || another.starts_with(one))
}

#[cfg(test)]
mod tests {
    use super::{is_same_value, normal_value};

    fn same(one: &str, another: &str) -> bool {
        is_same_value(&normal_value(one), &normal_value(another))
    }

    #[test]
    fn one_date_is_written_in_many_ways() {
        for text in [
            "2026-01-15 09:30:00",
            "2026-01-15T09:30:00",
            "1/15/26 9:30",
            "15.1.2026 09:30:00",
            "2026/01/15 9:30:00 AM CST",
        ] {
            assert!(same("1/15/2026 9:30:00", text), "{text}: {:?}", normal_value(text));
        }
        assert!(
            same("1/15/2026 9:30:00 PM", "2026-01-15 21:30:00")
                && same("1/15/2026 12:05 AM", "2026-01-15 00:05")
        );
        for text in ["1/15/2026 9:30:01", "1/16/2026 9:30:00", "1/15/2026 9:31", "2025-01-15 09:30:00"] {
            assert!(!same("1/15/2026 9:30:00", text), "{text}");
        }
    }

    #[test]
    fn numbers_and_texts_are_compared_by_what_they_say() {
        assert!(
            same("3", "3.0")
                && same(" Yes ", "yes")
                && same("down \u{2212}3", "down ?3")
                && same("TRUE", "true")
        );
        assert!(!same("3", "4") && !same("yes", "no") && !normal_value("\u{2014}").is_empty());
    }
}
