//! What the cells of one column are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::words::Vocabulary;
use crate::domain::{Grade, LoneYear, SchoolYear, Status};
use crate::observation::{Number, NumberReader, folded};
use sheets::Cell;

/// So many different texts of a column are kept.
const MOST_TEXTS: usize = 4000;
/// Nearly all, of which a stray cell is no exception.
const NEARLY_ALL: f64 = 0.95;

/// The type of a column's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Nothing is in it.
    Empty,
    /// School years, as `2023-24`, `FY2024` or 2024.
    SchoolYear,
    /// Digits that are a name: with leading zeros, or all of one length.
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

impl Kind {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::SchoolYear => "school year",
            Self::Code => "code",
            Self::WholeNumber => "whole numbers",
            Self::Number => "numbers",
            Self::Percent => "percents",
            Self::Share => "shares of 1",
            Self::Dollars => "dollars",
            Self::Date => "dates",
            Self::Text => "text",
        }
    }

    /// Whether its cells are numbers to calculate with.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::WholeNumber | Self::Number | Self::Percent | Self::Share | Self::Dollars)
    }
}

/// A mark that stands for a value that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mask {
    /// As written.
    pub text: String,
    /// Whether it hides a value, or says that there is none.
    pub means: &'static str,
    /// How often.
    pub cells: usize,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Serialize)]
pub struct Cells {
    /// Their type.
    pub kind: Kind,
    /// How many rows have something in it.
    pub filled: usize,
    /// The least number; absent where there are none.
    pub least: Option<f64>,
    /// The greatest number.
    pub most: Option<f64>,
    /// Marks met, by text.
    pub masks: Vec<Mask>,
    /// How many different texts (up to 4000).
    pub different_texts: usize,
    /// Some texts that are neither numbers nor marks.
    pub examples: Vec<String>,
    /// Numbers, in order of the rows.
    #[serde(skip)]
    pub(super) numbers: Vec<f64>,
    /// The row of each number.
    #[serde(skip)]
    pub(super) rows: Vec<u32>,
    /// Texts, with how often.
    #[serde(skip)]
    pub(super) texts: BTreeMap<String, usize>,
    /// How many numbers have more than two decimals.
    #[serde(skip)]
    pub(super) fine: usize,
}

/// Takes in the cells of a column one by one.
#[derive(Debug, Default)]
pub(super) struct Taking {
    filled: usize,
    numbers: Vec<f64>,
    rows: Vec<u32>,
    masks: BTreeMap<(String, &'static str), usize>,
    texts: BTreeMap<String, usize>,
    text_cells: usize,
    years: usize,
    zeros: usize,
    percents: usize,
    dollars: usize,
    dates: usize,
    fine: usize,
    /// Ranges of numbers: marks beside numbers, else texts.
    ranges: BTreeMap<String, usize>,
}

impl Taking {
    pub(super) fn take(&mut self, row: u32, cell: Cell<'_>, numbers: &NumberReader) {
        if cell.is_blank() {
            return;
        }
        self.filled += 1;
        if let Cell::Date(date) = cell {
            self.dates += 1;
            *self.texts.entry(date.to_owned()).or_default() += 1;
            return;
        }
        match numbers.read(cell) {
            Number::Reported(number) => {
                self.rows.push(row);
                self.number(cell, number);
            }
            Number::Percent(percent) => {
                self.percents += 1;
                self.rows.push(row);
                self.numbers.push(percent);
            }
            Number::Absent(..) if numbers.markers().is_range(&cell.to_text()) => {
                *self.ranges.entry(folded(&cell.to_text())).or_default() += 1;
            }
            Number::Absent(status, _) => {
                *self.masks.entry((folded(&cell.to_text()), means(status))).or_default() += 1;
            }
            Number::Unreadable => {
                let text = folded(&cell.to_text());
                // One "State" below a column of ids makes no text of it.
                self.text_cells += usize::from(!numbers.markers().is_total(&text));
                self.text(&text);
            }
        }
    }

    fn number(&mut self, cell: Cell<'_>, number: f64) {
        self.numbers.push(number);
        self.fine += usize::from(((number * 100.0).round() / 100.0 - number).abs() > 1e-9);
        if let Cell::Text(text) = cell {
            let bare = text.trim().trim_start_matches('\'');
            self.zeros += usize::from(bare.len() > 1 && bare.starts_with('0') && !bare.contains('.'));
            self.dollars += usize::from(text.contains('$'));
        }
        let whole = number.fract() == 0.0 && (1990.0..2060.0).contains(&number);
        self.years += usize::from(whole);
    }

    fn text(&mut self, text: &str) {
        self.years += usize::from(SchoolYear::parse(text, LoneYear::End).is_ok());
        if self.texts.len() < MOST_TEXTS || self.texts.contains_key(text) {
            *self.texts.entry(text.to_owned()).or_default() += 1;
        }
    }

    fn kind(&self) -> Kind {
        let cells = self.numbers.len() + self.text_cells + self.dates;
        let nearly = |count: usize| cells > 0 && count as f64 >= NEARLY_ALL * cells as f64;
        let whole = self.numbers.iter().filter(|n| n.fract() == 0.0).count();
        match () {
            () if self.filled == 0 => Kind::Empty,
            () if cells == 0 => Kind::Text,
            () if nearly(self.dates) => Kind::Date,
            () if nearly(self.years + self.dates) => Kind::SchoolYear,
            () if !nearly(self.numbers.len()) && self.numbers.len() < 2 * self.text_cells => Kind::Text,
            () if self.zeros > 0 && nearly(whole) => Kind::Code,
            () if self.percents * 2 > cells => Kind::Percent,
            () if self.dollars > 0 => Kind::Dollars,
            () if nearly(whole) => Kind::WholeNumber,
            () if self.numbers.iter().all(|n| (0.0..=1.0).contains(n)) => Kind::Share,
            () => Kind::Number,
        }
    }

    /// Decides about the ranges: beside numbers, and no grades, they hide some.
    fn settle_ranges(&mut self) {
        let hide = !self.numbers.is_empty() && self.ranges.keys().any(|range| Grade::parse(range).is_none());
        for (range, cells) in std::mem::take(&mut self.ranges) {
            if hide {
                self.masks.insert((range, means(Status::Masked)), cells);
            } else {
                self.text_cells += cells;
                for _ in 0..cells {
                    self.text(&range);
                }
            }
        }
    }

    pub(super) fn finish(mut self) -> Cells {
        self.settle_ranges();
        let kind = self.kind();
        let order = |a: &&f64, b: &&f64| a.total_cmp(b);
        let mask = |((text, means), cells): ((String, &'static str), usize)| Mask { text, means, cells };
        Cells {
            kind,
            filled: self.filled,
            least: self.numbers.iter().min_by(order).copied(),
            most: self.numbers.iter().max_by(order).copied(),
            masks: self.masks.into_iter().map(mask).collect(),
            different_texts: self.texts.len(),
            examples: self.texts.keys().take(3).cloned().collect(),
            numbers: self.numbers,
            rows: self.rows,
            texts: self.texts,
            fine: self.fine,
        }
    }
}

const fn means(status: Status) -> &'static str {
    match status {
        Status::Masked => "hidden",
        Status::NotApplicable => "not applicable",
        _ => "missing",
    }
}

impl Cells {
    /// Whether its texts are mostly such that `known` holds, and at least `fewest` of them.
    pub(super) fn mostly(&self, fewest: usize, known: impl Fn(&str) -> bool) -> bool {
        let known = self.texts.keys().filter(|t| known(t)).count();
        known >= fewest && known * 10 >= self.texts.len() * 6
    }

    /// Whether its cells are school years, or dates and numbers that may be.
    pub(super) const fn is_year(&self) -> bool {
        matches!(self.kind, Kind::SchoolYear | Kind::Date)
    }

    /// Whether one of `names` is in it.
    pub(super) fn has_text(&self, vocabulary: &Vocabulary<'_>, names: &[String]) -> bool {
        // A letter that stands for schools may be a mark elsewhere.
        let texts = self.texts.keys().chain(self.masks.iter().map(|mask| &mask.text));
        texts.into_iter().any(|t| vocabulary.is_one_of(t, names))
    }
}
