//! When the answers of a file were given.

use std::collections::BTreeMap;

use super::columns::{AnswerColumn, AnswerColumns};
use super::roles::ColumnRole;
use crate::domain::SurveyWave;
use sheets::Sheet;

/// The wave of each row, by its place; `None` where nothing says it.
pub(super) type RowWaves = Vec<Option<SurveyWave>>;

/// Where the wave of a file's answers is from.
#[derive(Debug, Clone)]
pub(super) enum WaveFound {
    /// All answers are of one wave.
    One(SurveyWave),
    /// The time of each answer says its wave.
    ByRow(RowWaves),
    /// Nothing says it.
    Unknown,
}

impl WaveFound {
    /// The wave that the project names, or else those of the times of the answers, or else that in the name of the file or sheet.
    pub(super) fn of(
        named: Option<SurveyWave>,
        sheet: &Sheet,
        columns: &AnswerColumns,
        roles: &[ColumnRole],
    ) -> Self {
        if let Some(wave) = named {
            return Self::One(wave);
        }
        let times = columns.all.iter().zip(roles).filter(|(_, role)| **role == ColumnRole::Time);
        let times: Vec<&AnswerColumn> = times.map(|(column, _)| column).collect();
        let by_row: RowWaves =
            columns.rows.iter().map(|row| wave_of_row(sheet, row.number, &times)).collect();
        if let Some(usual) = usual(&by_row) {
            return Self::ByRow(by_row.into_iter().map(|wave| wave.or(Some(usual))).collect());
        }
        let name = [Some(sheet.place.file.as_str()), sheet.place.sheet.as_deref()];
        name.into_iter().flatten().rev().find_map(wave_in_name).map_or(Self::Unknown, Self::One)
    }

    /// The wave of a row.
    pub(super) fn of_row(&self, row: usize) -> Option<SurveyWave> {
        match self {
            Self::One(wave) => Some(*wave),
            Self::ByRow(waves) => waves.get(row).copied().flatten(),
            Self::Unknown => None,
        }
    }

    /// The different waves, from the earliest.
    pub(super) fn all(&self) -> Vec<SurveyWave> {
        match self {
            Self::One(wave) => vec![*wave],
            Self::ByRow(waves) => counts(waves).into_keys().collect(),
            Self::Unknown => Vec::new(),
        }
    }
}

fn wave_of_row(sheet: &Sheet, number: u32, times: &[&AnswerColumn]) -> Option<SurveyWave> {
    let row = sheet.row(number)?;
    times.iter().find_map(|column| SurveyWave::parse(&row.cell(column.number).to_text()))
}

fn counts(waves: &[Option<SurveyWave>]) -> BTreeMap<SurveyWave, usize> {
    let mut counts: BTreeMap<SurveyWave, usize> = BTreeMap::new();
    for wave in waves.iter().flatten() {
        *counts.entry(*wave).or_default() += 1;
    }
    counts
}

/// The wave of most answers, the latest of several; `None` if none has one.
fn usual(waves: &[Option<SurveyWave>]) -> Option<SurveyWave> {
    let counts = counts(waves);
    counts.into_iter().max_by_key(|(wave, count)| (*count, *wave)).map(|(wave, _)| wave)
}

/// The wave that a name of a file or sheet has (`Families Spring 2025`, `staff-2024-25.csv`); `None` if it has none.
fn wave_in_name(name: &str) -> Option<SurveyWave> {
    let name = name.rsplit('/').next().unwrap_or(name);
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    for [first, second] in words.array_windows() {
        let joined = if is_year(first) && second.parse::<u32>().is_ok() { "-" } else { " " };
        let has_year = is_year(first) || is_year(second);
        if let Some(wave) = SurveyWave::parse(&format!("{first}{joined}{second}")).filter(|_| has_year) {
            return Some(wave);
        }
    }
    words.iter().filter(|word| word.len() == 4).find_map(|word| SurveyWave::parse(word))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.parse::<u32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::wave_in_name;

    #[test]
    fn names_of_files_name_waves() {
        for (name, wave) in [
            ("surveys/Families Spring 2025.csv", "spring 2025"),
            ("staff-2024-25.csv", "2024-25"),
            ("students_2025.xlsx", "2024-25"),
            ("2024 Fall staff", "fall 2024"),
        ] {
            assert_eq!(wave_in_name(name).map(|wave| wave.to_string()).as_deref(), Some(wave), "{name}");
        }
        assert_eq!(wave_in_name("answers.csv"), None);
        assert_eq!(wave_in_name("district 18 room 2041b"), None);
    }
}
