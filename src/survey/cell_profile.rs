//! What the cells of one column contain: their type, numbers, texts, and markers.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::vocabulary::Vocabulary;

/// The most distinct numbers of a column that are kept as written.
pub(super) const MOST_NUMBER_TEXTS: usize = 64;
/// What a marker means that hides a value.
pub(super) const HIDDEN: &str = "hidden";

/// The type of a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnType {
    /// All cells are blank.
    #[default]
    Empty,
    /// School years, as `2023-24`, `FY2024` or 2024.
    SchoolYear,
    /// Digits used as an identifier, with leading zeros.
    Code,
    /// Whole numbers.
    WholeNumber,
    /// Numbers.
    Number,
    /// Numbers shown with a percent sign.
    Percent,
    /// Fractions from 0 to 1.
    Share,
    /// Numbers with a dollar sign.
    Dollars,
    /// Dates.
    Date,
    /// Text.
    Text,
}

impl ColumnType {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::SchoolYear => "school years",
            Self::Code => "codes",
            Self::WholeNumber => "whole numbers",
            Self::Number => "numbers",
            Self::Percent => "percents",
            Self::Share => "fractions",
            Self::Dollars => "dollars",
            Self::Date => "dates",
            Self::Text => "text",
        }
    }

    /// Whether its cells are numbers that can be calculated with.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::WholeNumber | Self::Number | Self::Percent | Self::Share | Self::Dollars)
    }
}

/// A marker in place of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mask {
    /// As written.
    pub text: String,
    /// Whether it hides a value or means that there is none: `hidden`, `not applicable` or `missing`.
    pub means: &'static str,
    /// How many cells hold it.
    pub cells: usize,
}

/// What the cells of a column contain.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CellProfile {
    /// Their type.
    pub kind: ColumnType,
    /// How many cells are not blank.
    pub filled: usize,
    /// The smallest number; `None` if there are no numbers.
    pub least: Option<f64>,
    /// The largest number; `None` if there are no numbers.
    pub most: Option<f64>,
    /// The markers found, by text.
    pub masks: Vec<Mask>,
    /// How many distinct texts there are (up to 4000).
    pub different_texts: usize,
    /// Up to three texts that are neither numbers nor markers.
    pub examples: Vec<String>,
    /// Numbers, in row order.
    #[serde(skip)]
    pub(super) numbers: Vec<f64>,
    /// The row of each number.
    #[serde(skip)]
    pub(super) rows: Vec<u32>,
    /// Texts, with the number of cells for each.
    #[serde(skip)]
    pub(super) texts: BTreeMap<String, usize>,
    /// Its distinct numbers as written, if they are few; otherwise empty.
    #[serde(skip)]
    pub(super) number_texts: BTreeSet<String>,
    /// The length of the longest number with leading zeros; 0 if there is none.
    #[serde(skip)]
    pub(super) padded_width: usize,
    /// How many numbers have more than two decimals.
    #[serde(skip)]
    pub(super) precise_numbers: usize,
    /// How many numbers are followed by something in brackets.
    #[serde(skip)]
    pub(super) bracketed_numbers: usize,
    /// How many numbers are written with a percent sign.
    #[serde(skip)]
    pub(super) percents: usize,
    /// How many numbers are whole amounts of which only the thousands or millions are shown.
    #[serde(skip)]
    pub(super) scaled_numbers: usize,
}

impl CellProfile {
    /// Whether at least six in ten distinct texts, and at least `fewest`, pass a test.
    pub(super) fn mostly(&self, fewest: usize, test: impl Fn(&str) -> bool) -> bool {
        let passing = self.texts.keys().filter(|text| test(text)).count();
        passing >= fewest && passing * 10 >= self.texts.len() * 6
    }

    /// The numbers of several columns together.
    pub(super) fn joined<'a>(columns: impl Iterator<Item = &'a Self>) -> Self {
        let mut joined = Self::default();
        for cells in columns {
            joined.kind = match joined.kind {
                ColumnType::Empty => cells.kind,
                kind if kind == cells.kind => kind,
                _ => ColumnType::Number,
            };
            joined.filled += cells.filled;
            joined.precise_numbers += cells.precise_numbers;
            joined.numbers.extend(&cells.numbers);
        }
        joined.least = joined.numbers.iter().copied().min_by(f64::total_cmp);
        joined.most = joined.numbers.iter().copied().max_by(f64::total_cmp);
        joined
    }

    /// How many different texts and numbers there are.
    pub(super) fn different(&self) -> usize {
        let mut numbers = self.numbers.clone();
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        self.different_texts + numbers.len()
    }

    /// Whether the cells are school years, or dates.
    pub(super) const fn is_year(&self) -> bool {
        matches!(self.kind, ColumnType::SchoolYear | ColumnType::Date)
    }

    /// Whether all numbers are whole; true if there are no numbers.
    pub(super) fn are_whole(&self) -> bool {
        self.numbers.iter().all(|n| n.fract() == 0.0)
    }

    /// Whether all numbers are whole and not negative; true if there are no numbers.
    pub(super) fn are_counts(&self) -> bool {
        self.numbers.iter().all(|n| n.fract() == 0.0 && *n >= 0.0)
    }

    /// Whether at least a quarter of the numbers have more than two decimals, which is rare for percents.
    pub(super) fn are_precise(&self) -> bool {
        self.precise_numbers * 4 >= self.numbers.len()
    }

    /// Whether no number has more than one decimal: fractions would then be percents in tens.
    pub(super) fn are_coarse(&self) -> bool {
        self.numbers.iter().all(|number| (number * 10.0).fract().abs() < 1e-9)
    }

    /// Whether most numbers are whole amounts of which only the thousands or millions are shown.
    pub(super) fn are_shown_scaled(&self) -> bool {
        self.scaled_numbers > 0 && self.scaled_numbers * 2 > self.numbers.len()
    }

    /// Whether a cell contains one of `names`, as a text or as a marker: a letter that means schools here may
    /// be a marker elsewhere.
    pub(super) fn has_text(&self, vocabulary: &Vocabulary<'_>, names: &[String]) -> bool {
        self.texts_and_marks().any(|text| vocabulary.is_one_of(text, names))
    }

    /// Its texts, and its numbers as written; empty if there are too many different ones.
    pub(super) fn labels(&self) -> Vec<&String> {
        if !self.numbers.is_empty() && self.number_texts.is_empty() || self.texts.len() > MOST_NUMBER_TEXTS {
            return Vec::new();
        }
        self.texts.keys().chain(&self.number_texts).collect()
    }

    /// Its texts, and its markers.
    pub(super) fn texts_and_marks(&self) -> impl Iterator<Item = &String> {
        self.texts.keys().chain(self.masks.iter().map(|mask| &mask.text))
    }
}
