//! The school year, named after the year in which it ends.

use std::fmt;

/// A school year, named after the calendar year in which it ends: 2025 is 2024–25.
///
/// Like CEDS `SchoolYear` (a number). Range 1950..=2100. Accepts `2024-25`, `2024-2025`, `2024/25`, `SY24`,
/// `FY2024`, `School Year 2023-24`, `202324`; a date (`2023-10-02`, `10/2/2023`), which is in the school year
/// from July to June; and also `Fall 2023`, `Spring 2024` and `October 1, 2023`. A single `2024` needs a
/// [`LoneYear`], because a wrong guess shifts every trend by a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(u16);

/// What a single year (`2024`) means in a source, as given by the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
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
    /// It contains no year.
    #[error("not a school year")]
    NotAYear,
    /// It is a range whose second year is not the year after the first.
    #[error("the second year does not follow the first")]
    NotConsecutive,
    /// It is outside 1950..=2100.
    #[error("outside 1950 to 2100")]
    OutOfRange,
}

/// Words before or after a year that identify it as one; a single year with such a word is the year in which
/// the school year ends.
const MARKS: [&str; 10] = [
    "CLASS OF",
    "COHORT OF",
    "GRADUATION COHORT",
    "COHORT",
    "SCHOOL YEAR ENDING",
    "SCHOOL YEAR",
    "SY",
    "FY",
    "AY",
    "YEAR",
];

/// Remarks after a year that say how final its data is, not that it is another year.
const REMARKS: [&str; 8] =
    ["PRELIMINARY", "PRELIM", "PROVISIONAL", "UNAUDITED", "AUDITED", "REVISED", "FINAL", "ACTUAL"];

/// Signs of footnotes.
const NOTE_SIGNS: [char; 18] =
    ['*', '†', '‡', '§', ' ', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', 'ᵃ', 'ᵇ', 'ᶜ'];

/// Seasons and months, each with whether a school year begins (rather than ends) in its half of the calendar
/// year. Winter and summer are left out because they are in both halves.
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

    /// The school year that ends in `end`, as text; the number alone if it is outside 1950..=2100.
    #[must_use]
    pub fn text_of(end: i32) -> String {
        Self::ending(end).map_or_else(|_| end.to_string(), |year| year.to_string())
    }

    /// Parses a school year; `lone` gives the meaning of a single year.
    ///
    /// A two-digit year up to 49 is in this century, from 50 on in the last.
    ///
    /// # Errors
    /// See [`YearError`].
    pub fn parse(text: &str, lone: LoneYear) -> Result<Self, YearError> {
        let upper = without_notes(text).trim().to_uppercase();
        let upper = without_remark(&upper).to_owned();
        if let Some(year) = Self::parse_with_term(&upper) {
            return year;
        }
        let unmarked = without_mark(&upper);
        // With such a word, a single year is always the year in which the school year ends.
        let lone_if_single = if unmarked.is_some() { LoneYear::End } else { lone };
        let bare = without_word_between(unmarked.unwrap_or(&upper).trim().trim_end_matches(".0"));
        let parts: Vec<&str> = bare.split(['-', '–', '/', '_']).map(str::trim).collect();
        match parts[..] {
            [one] => match split_range(one) {
                Some(range) => Self::parse(&range, lone),
                None => Self::parse_lone(one, lone_if_single),
            },
            [first, second] => Self::parse_range(first, second),
            [year, month, day] if year.len() == 4 => Self::parse_date(year, month, day, lone),
            [month, day, year] if year.len() == 4 => Self::parse_date(year, month, day, lone),
            _ => Err(YearError::NotAYear),
        }
    }

    fn parse_lone(text: &str, lone: LoneYear) -> Result<Self, YearError> {
        let year = full_year(text).ok_or(YearError::NotAYear)?;
        Self::ending(year + i32::from(lone == LoneYear::Start))
    }

    fn parse_range(first: &str, second: &str) -> Result<Self, YearError> {
        let start = full_year(first).ok_or(YearError::NotAYear)?;
        let end = full_year(second).ok_or(YearError::NotAYear)?;
        if end == start + 1 { Self::ending(end) } else { Err(YearError::NotConsecutive) }
    }

    /// The school year that contains a date. January 1 is how spreadsheets write a year without a date.
    fn parse_date(year: &str, month: &str, day: &str, lone: LoneYear) -> Result<Self, YearError> {
        let calendar = full_year(year).ok_or(YearError::NotAYear)?;
        let month: i32 = month.parse().map_err(|_| YearError::NotAYear)?;
        let day: i32 = day.parse().map_err(|_| YearError::NotAYear)?;
        match (month, day) {
            (1, 1) => Self::parse(year, lone),
            (1..=6, 1..=31) => Self::ending(calendar),
            (7..=12, 1..=31) => Self::ending(calendar + 1),
            _ => Err(YearError::NotAYear),
        }
    }

    /// The school year of a year with a season or month next to it; `None` if there is no season or month.
    fn parse_with_term(upper: &str) -> Option<Result<Self, YearError>> {
        let word = only_word(upper)?;
        let begins = term_begins_year(word)?;
        let numbers: Vec<&str> =
            upper.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
        let year = match numbers[..] {
            [year] => year,
            [day, year] if year.len() == 4 && is_day(day) => year,
            [year, day] if year.len() == 4 && is_day(day) && is_between_numbers(word, upper) => year,
            [first, second] => return Some(Self::parse(&format!("{first}-{second}"), LoneYear::End)),
            _ => return Some(Err(YearError::NotAYear)),
        };
        let calendar = Some(year).filter(|year| year.len() == 4).and_then(full_year);
        let Some(calendar) = calendar else { return Some(Err(YearError::NotAYear)) };
        Some(Self::ending(calendar + i32::from(begins)))
    }

    /// The calendar year in which it ends.
    #[must_use]
    pub const fn end(self) -> i32 {
        self.0 as i32
    }

    /// The school year `years` later (earlier if negative).
    ///
    /// # Errors
    /// [`YearError::OutOfRange`] outside 1950..=2100.
    pub fn plus(self, years: i32) -> Result<Self, YearError> {
        Self::ending(self.end() + years)
    }
}

/// The text without the word before or after it that identifies it as a year; `None` if there is none.
fn without_mark(upper: &str) -> Option<&str> {
    MARKS.iter().find_map(|mark| upper.strip_prefix(mark).or_else(|| upper.strip_suffix(mark)))
}

/// The text without the marks of footnotes at its end: `2020-21³`, `2020-21 (a)`, `2020-21<sup>3</sup>`.
fn without_notes(text: &str) -> &str {
    let rest = text.trim_end_matches(NOTE_SIGNS);
    let lower = rest.to_ascii_lowercase();
    let cut = match lower.strip_suffix("</sup>").and_then(|before| before.rfind("<sup>")) {
        Some(start) => Some(start),
        None => note_in_brackets(rest),
    };
    cut.map_or(rest, |start| rest[..start].trim_end_matches(NOTE_SIGNS))
}

/// Where a single letter or digit in brackets begins, at the end of a text.
fn note_in_brackets(text: &str) -> Option<usize> {
    let within = text.strip_suffix([')', ']'])?;
    let start = within.rfind(['(', '['])?;
    let note = &within[start + 1..];
    (note.len() == 1 && note.chars().all(char::is_alphanumeric) && start > 0).then_some(start)
}

/// The text without a remark at its end: `2023-24 (PRELIMINARY)`.
fn without_remark(upper: &str) -> &str {
    let bare = upper.trim_end_matches([')', ']', '.', ' ']);
    let before = REMARKS.iter().find_map(|remark| bare.strip_suffix(remark));
    let rest = before.map(|rest| rest.trim_end_matches(['(', '[', ' ', ',', '-', '–', '_']));
    rest.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(upper)
}

/// A range of years written without a separator (`202324`, `20232024`, `2324`), with one added; `None` if it
/// is not a range.
fn split_range(text: &str) -> Option<String> {
    let start_digits = match text.len() {
        6 | 8 if is_digits(text) => 4,
        // 1920 and 2122, which are not in the range of years: 2019-20 and 2021-22.
        4 if has_consecutive_halves(text) && !text.starts_with("20") => 2,
        _ => return None,
    };
    Some(format!("{}-{}", &text[..start_digits], &text[start_digits..]))
}

/// A text in which a word between two years (`2022 TO 2023`) is a dash.
fn without_word_between(text: &str) -> String {
    if let Some((first, second)) = text.split_once("TO") {
        let (first, second) = (first.trim_end_matches(['_', ' ']), second.trim_start_matches(['_', ' ']));
        if is_digits(first) && is_digits(second) {
            return format!("{first}-{second}");
        }
    }
    text.to_owned()
}

/// Whether the last two of four digits are one more than the first two.
fn has_consecutive_halves(text: &str) -> bool {
    let (Some(first), Some(second)) = (text.get(..2), text.get(2..)) else { return false };
    match (first.parse::<u8>(), second.parse::<u8>()) {
        (Ok(first), Ok(second)) => first + 1 == second,
        _ => false,
    }
}

/// The only word in a text, apart from `of` and ordinal endings; `None` if there is none, or more than one.
fn only_word(upper: &str) -> Option<&str> {
    let mut words = upper
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !matches!(*word, "" | "OF" | "ST" | "ND" | "RD" | "TH"));
    let word = words.next()?;
    words.next().is_none().then_some(word)
}

/// Whether a school year begins in the half of the calendar year that contains `word`, a season or a month;
/// `None` for other words. Three letters of a month are enough.
fn term_begins_year(word: &str) -> Option<bool> {
    if word.len() < 3 {
        return None;
    }
    TERMS.iter().find(|(term, _)| term.starts_with(word)).map(|(_, begins)| *begins)
}

fn is_day(text: &str) -> bool {
    text.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// Whether a month is between its year and its day (`2023-Oct-01`), unlike the season in `2023-24 Fall`.
fn is_between_numbers(word: &str, upper: &str) -> bool {
    upper.split(word).all(|part| part.contains(|c: char| c.is_ascii_digit()))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A calendar year of four digits, or of two: up to 49 in this century, from 50 on in the last.
fn full_year(text: &str) -> Option<i32> {
    if !is_digits(text) {
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
                .chain([
                    "2324",
                    "SY2324",
                    "2023-24*",
                    "2023-24 †",
                    "2023-24³",
                    "2023-24<sup>3</sup>",
                    "2023-24 (a)",
                ])
                .chain(["2023–2024 (preliminary)", "2023-24 Final", "2024 Cohort", "Cohort of 2024"])
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
        // The same whichever way it is read.
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
