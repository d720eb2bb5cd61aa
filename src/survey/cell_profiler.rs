//! Collects the cells of a column, and decides what type they have.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_profile::{CellProfile, ColumnType, HIDDEN, MOST_NUMBER_TEXTS, Mask};
use crate::domain::{Grade, LoneYear, SchoolYear, Status};
use crate::observation::{Number, NumberReader, folded, typed_year};
use sheets::Cell;

/// The most distinct texts of a column that are kept.
const MOST_TEXTS: usize = 4000;
/// The share of cells that determines the type of a column; the rest may be stray cells.
const NEARLY_ALL: f64 = 0.95;

/// Collects the cells of a column, one by one, into a [`CellProfile`].
#[derive(Debug)]
pub(super) struct CellProfiler {
    filled: usize,
    numbers: Vec<f64>,
    /// The row of each number.
    rows: Vec<u32>,
    masks: BTreeMap<(String, &'static str), usize>,
    texts: BTreeMap<String, usize>,
    /// Cells with text, except labels of total rows.
    text_cells: usize,
    years: usize,
    /// Numbers written with leading zeros.
    zero_padded: usize,
    /// The length of the longest of them.
    padded_width: usize,
    percents: usize,
    dollars: usize,
    dates: usize,
    /// Distinct numbers as written; `None` once there are too many.
    number_texts: Option<BTreeSet<String>>,
    precise_numbers: usize,
    scaled_numbers: usize,
    bracketed_numbers: usize,
    /// Ranges of numbers such as `3-5`, with the number of cells for each: markers among numbers, otherwise
    /// texts.
    ranges: BTreeMap<String, usize>,
}

impl Default for CellProfiler {
    fn default() -> Self {
        Self {
            filled: 0,
            numbers: Vec::new(),
            rows: Vec::new(),
            masks: BTreeMap::new(),
            texts: BTreeMap::new(),
            text_cells: 0,
            years: 0,
            zero_padded: 0,
            padded_width: 0,
            percents: 0,
            dollars: 0,
            dates: 0,
            number_texts: Some(BTreeSet::new()),
            precise_numbers: 0,
            scaled_numbers: 0,
            bracketed_numbers: 0,
            ranges: BTreeMap::new(),
        }
    }
}

/// Whether a text is a school year, or a date.
pub(super) fn is_year_text(text: &str) -> bool {
    SchoolYear::parse(text, LoneYear::End).is_ok() || typed_year(Cell::Text(text)).is_some()
}

impl CellProfiler {
    pub(super) fn add(&mut self, row: u32, cell: Cell<'_>, numbers: &NumberReader) {
        if cell.is_blank() {
            return;
        }
        self.filled += 1;
        if let Cell::Date(date) = cell {
            self.dates += 1;
            *self.texts.entry(date.to_owned()).or_default() += 1;
            return;
        }
        match numbers.read_noted(cell) {
            Number::Reported(number) => {
                self.rows.push(row);
                self.add_number(cell, number);
            }
            Number::Percent(percent) => {
                self.percents += 1;
                self.rows.push(row);
                self.numbers.push(percent);
            }
            Number::Absent(status, _) => self.add_mark(&cell.to_text(), status, numbers),
            Number::Unreadable => {
                let text = folded(&cell.to_text());
                // A single "State" below a column of ids does not make it a column of text, nor "DIST" among those of schools.
                let markers = numbers.markers();
                let is_total = markers.is_total(&text) || markers.is_whole_district(&text);
                self.text_cells += usize::from(!is_total);
                self.add_text(&text);
            }
        }
    }

    fn add_number(&mut self, cell: Cell<'_>, number: f64) {
        self.numbers.push(number);
        self.add_number_text(cell);
        self.precise_numbers += usize::from(((number * 100.0).round() / 100.0 - number).abs() > 1e-9);
        if let Cell::Text(text) = cell {
            let digits = text.trim().trim_start_matches('\'');
            let is_zero_padded = digits.len() > 1 && digits.starts_with('0') && !digits.contains('.');
            self.zero_padded += usize::from(is_zero_padded);
            if is_zero_padded {
                // A footnote mark after an id is no digit.
                let width = digits.bytes().take_while(u8::is_ascii_digit).count();
                self.padded_width = self.padded_width.max(width);
            }
            self.dollars += usize::from(text.contains('$'));
            let is_bracketed = !text.trim_start().starts_with('(') && text.trim_end().ends_with([')', ']']);
            self.bracketed_numbers += usize::from(is_bracketed);
        }
        let may_be_year =
            number.fract() == 0.0 && ((1990.0..2060.0).contains(&number) || is_joined_years(number));
        self.years += usize::from(may_be_year);
    }

    fn add_number_text(&mut self, cell: Cell<'_>) {
        let are_too_many = match &mut self.number_texts {
            Some(texts) => {
                texts.insert(folded(&cell.to_text()));
                texts.len() > MOST_NUMBER_TEXTS
            }
            None => false,
        };
        if are_too_many {
            self.number_texts = None;
        }
    }

    fn add_mark(&mut self, text: &str, status: Status, numbers: &NumberReader) {
        if numbers.markers().is_range(text) {
            *self.ranges.entry(folded(text)).or_default() += 1;
        } else {
            *self.masks.entry((folded(text), mask_meaning(status))).or_default() += 1;
        }
    }

    fn add_text(&mut self, text: &str) {
        self.years += usize::from(is_year_text(text));
        if self.texts.len() < MOST_TEXTS || self.texts.contains_key(text) {
            *self.texts.entry(text.to_owned()).or_default() += 1;
        }
    }

    /// Counts a number of which only the thousands or millions are shown.
    pub(super) fn count_scaled(&mut self) {
        self.scaled_numbers += 1;
    }

    pub(super) fn finish(mut self) -> CellProfile {
        self.settle_ranges();
        CellProfile {
            kind: self.column_type(),
            filled: self.filled,
            least: self.numbers.iter().copied().min_by(f64::total_cmp),
            most: self.numbers.iter().copied().max_by(f64::total_cmp),
            masks: masks(self.masks),
            different_texts: self.texts.len(),
            examples: self.texts.keys().take(3).cloned().collect(),
            numbers: self.numbers,
            rows: self.rows,
            texts: self.texts,
            number_texts: self.number_texts.unwrap_or_default(),
            padded_width: self.padded_width,
            precise_numbers: self.precise_numbers,
            percents: self.percents,
            scaled_numbers: self.scaled_numbers,
            bracketed_numbers: self.bracketed_numbers,
        }
    }

    /// Decides what the ranges are: among numbers, and unless all of them are grades, they hide values.
    fn settle_ranges(&mut self) {
        let ranges = std::mem::take(&mut self.ranges);
        let hide_values =
            !self.numbers.is_empty() && ranges.keys().any(|range| Grade::parse(range).is_none());
        for (range, cells) in ranges {
            if hide_values {
                self.masks.insert((range, mask_meaning(Status::Masked)), cells);
                continue;
            }
            self.text_cells += cells;
            for _ in 0..cells {
                self.add_text(&range);
            }
        }
    }

    fn column_type(&self) -> ColumnType {
        let whole = self.numbers.iter().filter(|n| n.fract() == 0.0).count();
        if self.filled == 0 {
            ColumnType::Empty
        } else if self.cells() == 0 {
            ColumnType::Text
        } else if self.is_nearly_all(self.dates) {
            ColumnType::Date
        } else if self.is_nearly_all(self.years + self.dates) {
            ColumnType::SchoolYear
        } else if !self.is_nearly_all(self.numbers.len()) && self.numbers.len() < 2 * self.text_cells {
            ColumnType::Text
        } else if self.zero_padded > 0 && self.is_nearly_all(whole) {
            ColumnType::Code
        } else if self.percents * 2 > self.cells() {
            ColumnType::Percent
        } else if self.dollars > 0 {
            ColumnType::Dollars
        } else if self.is_nearly_all(whole) {
            ColumnType::WholeNumber
        } else if self.numbers.iter().all(|n| (0.0..=1.0).contains(n)) {
            ColumnType::Share
        } else {
            ColumnType::Number
        }
    }

    /// Cells with numbers, texts or dates.
    fn cells(&self) -> usize {
        self.numbers.len() + self.text_cells + self.dates
    }

    fn is_nearly_all(&self, count: usize) -> bool {
        self.cells() > 0 && count as f64 >= NEARLY_ALL * self.cells() as f64
    }
}

/// Whether a whole number is two consecutive years without a sign between them: 202324, 2324.
fn is_joined_years(number: f64) -> bool {
    let joined = number as u64;
    let halves = match joined {
        1_000..10_000 => [joined / 100, joined % 100],
        100_000..1_000_000 => [joined / 100 % 100, joined % 100],
        10_000_000..100_000_000 => [joined / 10_000, joined % 10_000],
        _ => return false,
    };
    halves[0] + 1 == halves[1]
        && SchoolYear::parse(&joined.to_string(), LoneYear::End).is_ok_and(|year| year.end() > 1990)
}

fn masks(counts: BTreeMap<(String, &'static str), usize>) -> Vec<Mask> {
    counts.into_iter().map(|((text, means), cells)| Mask { text, means, cells }).collect()
}

const fn mask_meaning(status: Status) -> &'static str {
    match status {
        Status::Masked => HIDDEN,
        Status::NotApplicable => "not applicable",
        _ => "missing",
    }
}
