//! When a survey was taken: a school year, and its half if that is known.

use std::fmt;

use super::{LoneYear, SchoolYear};

/// A wave of a survey. Waves sort by time; a school year as a whole comes before its halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct SurveyWave {
    /// The school year, from July to June.
    pub year: SchoolYear,
    /// The half of it; `None` if only the school year is known.
    pub half: Option<YearHalf>,
}

/// A half of a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum YearHalf {
    /// July to December.
    Fall,
    /// January to June.
    Spring,
}

/// The shortest text, in bytes, that names a year.
const SHORTEST: usize = 4;

impl SurveyWave {
    /// The wave that a text names: a school year (`2024-25`), a season or a month with a year (`spring 2025`), or a date, also
    /// with a time (`2025-03-14 10:22`, `3/14/2025 10:22:01`). A year alone is the one in which the school year ends. `None` if it is
    /// none of these.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let has_time = text.contains(':');
        let date = if has_time { text.split([' ', 'T', ',']).next()? } else { text };
        // A number of two digits is hardly a year.
        if date.len() < SHORTEST {
            return None;
        }
        let date = with_century(date);
        let year = SchoolYear::parse(&date, LoneYear::End).ok()?;
        Some(Self { year, half: half_of(&date, year) })
    }
}

/// A date whose year has two digits (`3/14/25`), in this century; any other text as it is.
fn with_century(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').collect();
    match parts[..] {
        [month, day, year] if month.len() <= 2 && year.len() == 2 => format!("{month}/{day}/20{year}"),
        _ => text.to_owned(),
    }
}

/// The half of a school year that a date, month, or season is in; `None` for a year.
fn half_of(text: &str, year: SchoolYear) -> Option<YearHalf> {
    let is_date = text.split(['-', '/']).count() == 3;
    let has_word = text.chars().filter(|letter| letter.is_alphabetic()).count() >= 3;
    if !is_date && !has_word {
        return None;
    }
    let ends = text.contains(&year.end().to_string());
    let begins = text.contains(&(year.end() - 1).to_string());
    match (begins, ends) {
        (true, false) => Some(YearHalf::Fall),
        (false, true) => Some(YearHalf::Spring),
        _ => None,
    }
}

impl fmt::Display for SurveyWave {
    /// `spring 2025`, or `2024-25` if the half is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.half {
            Some(YearHalf::Fall) => write!(f, "fall {}", self.year.end() - 1),
            Some(YearHalf::Spring) => write!(f, "spring {}", self.year.end()),
            None => write!(f, "{}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SurveyWave;

    #[test]
    fn waves_are_named_by_dates_seasons_and_years() {
        for (text, shown) in [
            ("2025-03-14", "spring 2025"),
            ("3/14/2025 10:22:01", "spring 2025"),
            ("3/14/25 10:22", "spring 2025"),
            ("2025/03/14 9:01:02 AM CST", "spring 2025"),
            ("2024-10-02T09:00:00", "fall 2024"),
            ("10/2/2024 9:00", "fall 2024"),
            ("Spring 2025", "spring 2025"),
            ("October 2024", "fall 2024"),
            ("2024-25", "2024-25"),
            ("SY 2024-25", "2024-25"),
            ("2025", "2024-25"),
        ] {
            assert_eq!(
                SurveyWave::parse(text).map(|wave| wave.to_string()).as_deref(),
                Some(shown),
                "{text}"
            );
        }
        for text in ["", "soon", "14", "99/99/2025"] {
            assert_eq!(SurveyWave::parse(text), None, "{text}");
        }
    }

    #[test]
    fn later_waves_sort_after_earlier_ones() {
        let waves = ["2023-24", "fall 2024", "spring 2025"].map(|text| SurveyWave::parse(text).unwrap());
        assert!(waves.is_sorted());
    }
}
