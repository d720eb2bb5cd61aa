//! A day of the calendar.

use std::fmt;

use chrono::format::{Item, StrftimeItems};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer};

use super::SchoolYear;

/// A day of the calendar. Written as `2026-01-15`, and shown as `January 15, 2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDate(NaiveDate);

impl CalendarDate {
    /// The day of a text such as `2026-01-15`; `None` if it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().map(Self)
    }

    /// The day of a text in the form of a pattern such as `%m/%d/%y`; `None` if it has another form.
    #[must_use]
    pub fn parse_as(text: &str, pattern: &str) -> Option<Self> {
        NaiveDate::parse_from_str(text.trim(), pattern).ok().map(Self)
    }

    /// Whether a text is a pattern that [`parse_as`](Self::parse_as) understands.
    #[must_use]
    pub fn is_pattern(text: &str) -> bool {
        StrftimeItems::new(text).all(|item| item != Item::Error)
    }

    /// The school year that it is in, from July to June; `None` outside of the years that are known.
    #[must_use]
    pub fn school_year(self) -> Option<SchoolYear> {
        SchoolYear::ending(self.0.year() + i32::from(self.0.month() >= 7)).ok()
    }

    /// The day so many days before.
    #[must_use]
    pub fn before(self, days: u32) -> Self {
        Self(self.0.checked_sub_days(Days::new(days.into())).unwrap_or(self.0))
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%B %-d, %Y"))
    }
}

impl<'de> Deserialize<'de> for CalendarDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::invalid_value(
                serde::de::Unexpected::Str(&text),
                &"a date such as \"2026-01-15\"",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::CalendarDate;

    #[test]
    fn dates_are_counted_back_over_months_and_leap_days() {
        let day = CalendarDate::parse("2028-03-01").unwrap();
        assert_eq!(day.before(1).to_string(), "February 29, 2028");
        assert_eq!(day.before(84).to_string(), "December 8, 2027");
        for bad in ["", "2026-02-30", "1/15/2026", "2026", "tomorrow"] {
            assert_eq!(CalendarDate::parse(bad), None, "{bad}");
        }
    }
}
