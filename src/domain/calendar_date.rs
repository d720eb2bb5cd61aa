//! A day of the calendar.

use std::fmt;

use chrono::format::{Item, StrftimeItems};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer};

use super::SchoolYear;

/// A day of the calendar. Written as `2026-01-15`, and shown as `January 15, 2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDate(NaiveDate);

/// No month has more days, so that a larger number is a year.
const MOST_DAYS: i32 = 31;
/// A smaller number is a year of this century.
const CENTURY: i32 = 100;

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

    /// The day of a time as forms write it (`2025-03-14 10:22`, `3/14/25 9:01`, `2025/03/14 9:01 AM`); `None` if it is none.
    #[must_use]
    pub fn of_time(text: &str) -> Option<Self> {
        let date = text.trim().split([' ', 'T', ',']).next()?;
        let numbers: Option<Vec<i32>> = date.split(['-', '/']).map(|part| part.parse().ok()).collect();
        let (year, month, day) = match numbers?[..] {
            [year, month, day] if year > MOST_DAYS => (year, month, day),
            [month, day, year] => (if year < CENTURY { 2000 + year } else { year }, month, day),
            _ => return None,
        };
        NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?).map(Self)
    }

    /// How many days later another day is.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).num_days()
    }

    /// The day this many days earlier.
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
    fn the_times_of_forms_have_days() {
        for text in [
            "2025-03-14 10:22:01",
            "3/14/25 9:01",
            "2025/03/14 9:01:02 AM CST",
            "2025-03-14T09:00",
            "3/14/2025",
        ] {
            let day = CalendarDate::of_time(text).unwrap();
            assert_eq!(day.to_string(), "March 14, 2025", "{text}");
            assert_eq!(CalendarDate::parse("2025-01-01").unwrap().days_until(day), 72, "{text}");
        }
        for text in ["", "spring 2025", "2024-25", "13/13/2025"] {
            assert_eq!(CalendarDate::of_time(text), None, "{text}");
        }
    }

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
