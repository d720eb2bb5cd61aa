//! The school year, named by the year in which it ends.

use std::fmt;

/// A school year, named by the calendar year in which it ends: 2025 is 2024–25.
///
/// As CEDS `SchoolYear` (a number). Range 1950..=2100. Accepts `2024-25`, `2024-2025`, `2024/25`, `SY24`,
/// `FY2024`, `SY 2023-24`; a lone `2024` needs a [`LoneYear`], because guessing shifts every trend by a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchoolYear(u16);

/// What a year that stands alone (`2024`) means in a source: the layout says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LoneYear {
    /// The year in which the school year ends: `2024` is 2023-24.
    End,
    /// The year in which the school year begins: `2024` is 2024-25.
    Start,
}

/// Why a text is not a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum YearError {
    /// No year can be read in it.
    #[error("not a school year")]
    NotAYear,
    /// A range whose second year does not follow the first.
    #[error("the second year does not follow the first")]
    NotConsecutive,
    /// Outside 1950..=2100.
    #[error("outside 1950 to 2100")]
    OutOfRange,
}

impl SchoolYear {
    /// The school year that ends in `end`.
    ///
    /// # Errors
    /// [`YearError::OutOfRange`] outside 1950..=2100.
    pub fn ending(end: i32) -> Result<Self, YearError> {
        u16::try_from(end).ok().filter(|y| (1950..=2100).contains(y)).map(Self).ok_or(YearError::OutOfRange)
    }

    /// Reads a school year; `lone` says what a single year means.
    ///
    /// A two-digit year is of this century up to 49 and of the last from 50 on.
    ///
    /// # Errors
    /// See [`YearError`].
    pub fn parse(text: &str, lone: LoneYear) -> Result<Self, YearError> {
        let upper = text.trim().to_uppercase();
        let marked = upper.strip_prefix("SY").or_else(|| upper.strip_prefix("FY"));
        let bare = marked.unwrap_or(&upper).trim().trim_end_matches(".0");
        let parts: Vec<&str> = bare.split(['-', '–', '/', '_']).map(str::trim).collect();
        match parts[..] {
            [one] => {
                let year = full_year(one).ok_or(YearError::NotAYear)?;
                let starts = marked.is_none() && lone == LoneYear::Start;
                Self::ending(year + i32::from(starts))
            }
            [first, second] => {
                let start = full_year(first).ok_or(YearError::NotAYear)?;
                let end = full_year(second).ok_or(YearError::NotAYear)?;
                if end != start + 1 {
                    return Err(YearError::NotConsecutive);
                }
                Self::ending(end)
            }
            _ => Err(YearError::NotAYear),
        }
    }

    /// The calendar year in which it ends.
    #[must_use]
    pub const fn end(self) -> i32 {
        self.0 as i32
    }

    /// The school year `years` later (earlier where negative).
    ///
    /// # Errors
    /// [`YearError::OutOfRange`] outside 1950..=2100.
    pub fn plus(self, years: i32) -> Result<Self, YearError> {
        Self::ending(self.end() + years)
    }
}

fn full_year(text: &str) -> Option<i32> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(number),
        2 => Some(if number < 50 { 2000 + number } else { 1900 + number }),
        _ => None,
    }
}

impl fmt::Display for SchoolYear {
    /// `2023-24`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.0 - 1, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::{LoneYear, SchoolYear, YearError};

    #[test]
    fn the_usual_spellings() {
        for text in
            ["2023-24", "2023-2024", "2023/24", "SY24", "FY2024", "SY 2023-24", "2023–24", " 2024 ", "24"]
        {
            assert_eq!(SchoolYear::parse(text, LoneYear::End), SchoolYear::ending(2024), "{text}");
        }
        assert_eq!(SchoolYear::parse("2023", LoneYear::Start), SchoolYear::ending(2024));
        assert_eq!(SchoolYear::ending(2000).unwrap().to_string(), "1999-00");
    }

    #[test]
    fn what_is_not_a_school_year() {
        for text in ["", "abc", "2023-24-25", "20234", "2023.5"] {
            assert_eq!(SchoolYear::parse(text, LoneYear::End), Err(YearError::NotAYear), "{text}");
        }
        assert_eq!(SchoolYear::parse("2023-25", LoneYear::End), Err(YearError::NotConsecutive));
        assert_eq!(SchoolYear::parse("1900", LoneYear::End), Err(YearError::OutOfRange));
    }

    proptest::proptest! {
        #[test]
        fn shown_and_read_back(end in 1951i32..=2049) {
            let year = SchoolYear::ending(end).unwrap();
            proptest::prop_assert_eq!(SchoolYear::parse(&year.to_string(), LoneYear::Start), Ok(year));
        }
    }
}
