//! Dates and times as text.

use calamine::ExcelDateTime;

use super::cell::Cell;

/// A date or time as displayed.
pub(super) enum DateText {
    /// A day, as `2024-10-01`.
    Day(String),
    /// A time of day or a duration, such as `08:30`, which is not a date; or a number outside the calendar,
    /// as stored.
    Other(String),
}

impl DateText {
    /// How `date` is displayed. Anything less than a day is a time of day, regardless of its format.
    pub(super) fn new(date: ExcelDateTime) -> Self {
        let days = date.as_f64();
        if (0.0..1.0).contains(&days) || date.is_duration() {
            return Self::Other(clock_time(days));
        }
        match date.as_datetime() {
            Some(date) => Self::Day(date.format("%Y-%m-%d").to_string()),
            None => Self::Other(days.to_string()),
        }
    }

    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Self::Day(day) => Cell::Date(day),
            Self::Other(text) => Cell::Text(text),
        }
    }
}

/// A number of days as hours, minutes and, if not zero, seconds: `08:30`.
fn clock_time(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round();
    let sign = if days < 0.0 { "-" } else { "" };
    let (hours, minutes) = ((seconds / 3600.0).floor(), (seconds / 60.0).floor() % 60.0);
    match seconds % 60.0 {
        0.0 => format!("{sign}{hours:02}:{minutes:02}"),
        seconds => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

/// The day of an ISO date-time: `2024-10-01` for `2024-10-01T00:00:00`. A time without a day is returned as
/// text.
pub(super) fn iso_day(date: &str) -> Cell<'_> {
    let date = date.trim();
    match date.get(..10) {
        Some(day) if is_iso_day(day) => Cell::Date(day),
        _ => Cell::Text(date),
    }
}

fn is_iso_day(text: &str) -> bool {
    text.bytes().zip(*b"0000-00-00").all(|(b, form)| b == form || form == b'0' && b.is_ascii_digit())
}
