//! The school year, named by the year in which it ends.

use std::fmt;

/// A school year, named by the calendar year in which it ends: 2025 is 2024–25.
///
/// As CEDS `SchoolYear` (a number). Range 1950..=2100. Accepts `2024-25`, `2024-2025`, `2024/25`, `SY24`,
/// `FY2024`, `School Year 2023-24`, `202324`; a date (`2023-10-02`, `10/2/2023`) is of the school year that it
/// falls in, July to June; so are `Fall 2023`, `Spring 2024` and `October 1, 2023`. A lone `2024` needs a [`LoneYear`],
/// because guessing shifts every trend by a year.
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

/// Words before or after a year that say that it is one; where one stands, a lone year is the one it ends in.
const MARKS: [&str; 6] = ["SCHOOL YEAR ENDING", "SCHOOL YEAR", "SY", "FY", "AY", "YEAR"];

/// Words beside a year that say in which half of the calendar year it was, and so in which school year: whether one
/// begins in that half. Winter and summer lie on both sides.
const TERMS: [(&str, bool); 15] = [
    ("FALL", true),
    ("AUTUMN", true),
    ("SPRING", false),
    ("JANUARY", false),
    ("FEBRUARY", false),
    ("MARCH", false),
    ("APRIL", false),
    ("MAY", false),
    ("JUNE", false),
    ("JULY", true),
    ("AUGUST", true),
    ("SEPTEMBER", true),
    ("OCTOBER", true),
    ("NOVEMBER", true),
    ("DECEMBER", true),
];

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
        // A mark behind it leads to a footnote.
        let upper = text.trim_end_matches(['*', '†', '‡', '§', ' ']).trim().to_uppercase();
        if let Some(year) = Self::of_term(&upper) {
            return year;
        }
        let marked =
            MARKS.iter().find_map(|mark| upper.strip_prefix(mark).or_else(|| upper.strip_suffix(mark)));
        let bare = marked.unwrap_or(&upper).trim().trim_end_matches(".0");
        let parts: Vec<&str> = bare.split(['-', '–', '/', '_']).map(str::trim).collect();
        match parts[..] {
            [one] if matches!(one.len(), 6 | 8) && one.bytes().all(|b| b.is_ascii_digit()) => {
                Self::parse(&format!("{}-{}", &one[..4], &one[4..]), lone)
            }
            // 1920 and 2122, where they can be no years of their own: 2019-20 and 2021-22.
            [one] if one.len() == 4 && follow(one) && !one.starts_with("20") => {
                Self::parse(&format!("{}-{}", &one[..2], &one[2..]), lone)
            }
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
            [year, month, day] if year.len() == 4 => Self::of_date(year, month, day, lone),
            [month, day, year] if year.len() == 4 => Self::of_date(year, month, day, lone),
            _ => Err(YearError::NotAYear),
        }
    }

    /// The school year of a year with a season or month beside it; `None` where there is none.
    fn of_term(upper: &str) -> Option<Result<Self, YearError>> {
        let term_of = |word: &str| {
            // Months may be cut short.
            let names = |term: &str| word.len() >= 3 && term.starts_with(word);
            TERMS.iter().find(|(term, _)| names(term)).map(|(_, begins)| *begins)
        };
        let words: Vec<&str> = upper
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| !word.is_empty() && !["OF", "ST", "ND", "RD", "TH"].contains(word))
            .collect();
        let [word] = words[..] else { return None };
        let begins = term_of(word)?;
        let numbers: Vec<&str> =
            upper.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
        // A month between its year and its day; not `2023-24 Fall`.
        let dated = upper.split(word).all(|part| part.contains(|c: char| c.is_ascii_digit()));
        let is_day = |text: &str| text.parse().is_ok_and(|day: u8| (1..=31).contains(&day));
        let year = match numbers[..] {
            [year] => Some(year),
            [first, year] if year.len() == 4 && is_day(first) => Some(year),
            [year, day] if year.len() == 4 && is_day(day) && dated => Some(year),
            [first, second] => return Some(Self::parse(&format!("{first}-{second}"), LoneYear::End)),
            _ => None,
        };
        let year = year.filter(|y| y.len() == 4).and_then(full_year).ok_or(YearError::NotAYear);
        Some(year.and_then(|year| Self::ending(year + i32::from(begins))))
    }

    /// The school year that a date falls in. The first of January is how spreadsheets write a bare year.
    fn of_date(year: &str, month: &str, day: &str, lone: LoneYear) -> Result<Self, YearError> {
        let number = |text: &str| text.parse::<i32>().ok();
        let (Some(calendar), Some(month), Some(day)) = (full_year(year), number(month), number(day)) else {
            return Err(YearError::NotAYear);
        };
        match (month, day) {
            (1, 1) => Self::parse(year, lone),
            (1..=6, 1..=31) => Self::ending(calendar),
            (7..=12, 1..=31) => Self::ending(calendar + 1),
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

/// Whether the last two of four digits are one more than the first two.
fn follow(text: &str) -> bool {
    let halves =
        text.get(..2).zip(text.get(2..)).and_then(|(a, b)| a.parse::<u8>().ok().zip(b.parse::<u8>().ok()));
    halves.is_some_and(|(first, second)| first + 1 == second)
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
                .into_iter()
                .chain(["2023-24 School Year", "School Year 2023-24", "202324", "20232024", "2024.0"])
                .chain(["2324", "SY2324", "2023-24*", "2023-24 †"])
                .chain(["2023-10-02", "2024-06-30", "10/2/2023", "2024-01-01"])
                .chain([
                    "Fall 2023",
                    "Fall2023",
                    "2023 Fall",
                    "autumn of 2023",
                    "Spring 2024",
                    "Fall 2023-24",
                ])
                .chain([
                    "October 1, 2023",
                    "Oct. 1st, 2023",
                    "Oct 2023",
                    "1 October 2023",
                    "May 2024",
                    "2023-Oct-01",
                    "2024-Mar-25",
                    "Jul 2023",
                    "Jun 2024",
                ])
        {
            assert_eq!(SchoolYear::parse(text, LoneYear::End), SchoolYear::ending(2024), "{text}");
        }
        assert_eq!(SchoolYear::parse("2023", LoneYear::Start), SchoolYear::ending(2024));
        assert_eq!(SchoolYear::parse("SY1920", LoneYear::End), SchoolYear::ending(2020));
        // Whichever way it is read.
        assert_eq!(SchoolYear::parse("SY2021", LoneYear::End), SchoolYear::ending(2021));
        assert_eq!(SchoolYear::ending(2000).unwrap().to_string(), "1999-00");
    }

    #[test]
    fn what_is_not_a_school_year() {
        for text in [
            "",
            "abc",
            "2023-24-25",
            "20234",
            "2023.5",
            "2023-13-01",
            "Winter 2023",
            "Summer 2023",
            "October",
        ] {
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
