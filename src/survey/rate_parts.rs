//! Counts whose quotient is the rate next to them, row for row. No name is better evidence.

use std::collections::BTreeMap;

use super::cell_profile::CellProfile;
use super::classify::{ColumnClassifier, ColumnIndex};
use super::column::{Column, ColumnContent, ColumnMeaning, MeasureColumn};
use crate::catalog::Stat;
use crate::domain::Unit;
use crate::wording::survey_columns as wording;

/// With fewer rows than this, agreement may be chance.
const FEWEST_ROWS: usize = 3;
/// With fewer distinct rates than this, agreement may be chance.
const FEWEST_RATES: usize = 2;
/// The share of rows that must agree: a rate or a count may have been corrected.
const LEAST_AGREEING: f64 = 0.95;
/// A rate's parts are at most this many columns away: among hundreds, two may fit by chance.
const FARTHEST: usize = 12;
/// After this many rows that mostly disagree, the rest are not compared.
const ENOUGH_ROWS: usize = 20;
/// Rates have at most this many decimals.
const MOST_DECIMALS: i32 = 6;

/// The known numerator and denominator columns, by what they contain.
type KnownParts = BTreeMap<ColumnContent, ColumnIndex>;

/// A column with a rate in percent.
struct RateColumn {
    index: ColumnIndex,
    measure: MeasureColumn,
}

/// The columns whose quotient is a rate.
#[derive(Clone, Copy, PartialEq, Eq)]
struct RateParts {
    numerator: ColumnIndex,
    denominator: ColumnIndex,
}

impl ColumnClassifier<'_> {
    /// Reads unread counts that are the numerator and denominator of a rate in the table.
    pub(super) fn classify_rate_parts(&mut self) {
        let mut known = self.known_parts();
        for index in self.indexes() {
            let Some(measure) = self.column(index).measure() else { continue };
            // The numbers of a column that is added up with others are not the rate.
            if measure.stat == Stat::Value && self.is_percent(measure) && self.column(index).sum.is_empty() {
                let rate = RateColumn { index, measure: measure.clone() };
                self.classify_parts_of(&rate, &mut known);
            }
        }
    }

    /// The numerators and denominators already read; the first if several have the same content.
    fn known_parts(&self) -> KnownParts {
        let mut known = KnownParts::new();
        for index in self.indexes() {
            if let Some(measure) = self.column(index).measure()
                && measure.stat != Stat::Value
            {
                known.entry(measure.content()).or_insert(index);
            }
        }
        known
    }

    fn classify_parts_of(&mut self, rate: &RateColumn, known: &mut KnownParts) {
        if known.contains_key(&rate.content_of(Stat::Numerator)) {
            return;
        }
        let known_denominator = known.get(&rate.content_of(Stat::Denominator)).copied();
        let Some(parts) = self.find_parts(rate, known_denominator) else { return };
        let is_denominator_open = self.column(parts.denominator).is_open();
        let (of_numerator, of_denominator) = self.explain_parts(rate, parts);
        known.insert(rate.content_of(Stat::Numerator), parts.numerator);
        self.set_measure(parts.numerator, rate.measure.part(Stat::Numerator), of_numerator);
        if is_denominator_open {
            known.entry(rate.content_of(Stat::Denominator)).or_insert(parts.denominator);
            self.set_measure(parts.denominator, rate.measure.part(Stat::Denominator), of_denominator);
        } else if known_denominator.is_none() {
            self.weight_by(rate, parts.denominator);
        }
    }

    /// The counts near a rate whose quotient is the rate. `None` if there are none, or if several columns may
    /// be the numerator: with two columns of equal numbers it is unclear which is meant.
    fn find_parts(&self, rate: &RateColumn, known_denominator: Option<ColumnIndex>) -> Option<RateParts> {
        let counts = self.counts_near(rate.index);
        let denominators = match known_denominator {
            Some(known) => vec![known],
            None => self.possible_denominators(rate, &counts),
        };
        let values = RateValues::of(&self.column(rate.index).cells, rate.measure.times.unwrap_or(1.0));
        let mut found: Option<RateParts> = None;
        for numerator in counts.into_iter().filter(|index| self.column(*index).is_open()) {
            for denominator in denominators.iter().copied().filter(|index| *index != numerator) {
                if values.is_quotient(&self.column(numerator).cells, &self.column(denominator).cells) {
                    let first = *found.get_or_insert(RateParts { numerator, denominator });
                    if first.numerator != numerator {
                        return None;
                    }
                }
            }
        }
        found
    }

    fn counts_near(&self, rate: ColumnIndex) -> Vec<ColumnIndex> {
        let range = rate.0.saturating_sub(FARTHEST)..(rate.0 + FARTHEST + 1).min(self.columns.len());
        let mut near: Vec<ColumnIndex> = range.map(ColumnIndex).collect();
        near.retain(|index| {
            let Column { cells, split, .. } = self.column(*index);
            split.is_none() && !cells.numbers.is_empty() && cells.are_counts()
        });
        near
    }

    fn possible_denominators(&self, rate: &RateColumn, counts: &[ColumnIndex]) -> Vec<ColumnIndex> {
        let mut possible = counts.to_vec();
        possible.retain(|index| *index != rate.index && self.may_be_denominator(*index));
        possible
    }

    /// Whether a column is unread, or counts people.
    fn may_be_denominator(&self, index: ColumnIndex) -> bool {
        match &self.column(index).meaning {
            ColumnMeaning::Unread(_) => true,
            ColumnMeaning::Measure(column) => column.stat == Stat::Denominator || self.is_count(column),
            _ => false,
        }
    }

    fn is_count(&self, column: &MeasureColumn) -> bool {
        self.measure_of(column).is_some_and(|measure| measure.unit == Unit::Count)
    }

    /// Why the two columns are numerator and denominator.
    fn explain_parts(&self, rate: &RateColumn, parts: RateParts) -> (String, String) {
        let letters = &self.column(rate.index).letters;
        let numerator = &self.column(parts.numerator).letters;
        let denominator = &self.column(parts.denominator).letters;
        (
            wording::numerator_by_division(letters, denominator),
            wording::denominator_by_division(letters, numerator),
        )
    }

    /// Records that a column with a measure of its own is the rate's denominator, if its name is unique.
    fn weight_by(&mut self, rate: &RateColumn, denominator: ColumnIndex) {
        let column = self.column(denominator);
        if rate.measure.year.is_none() && column.occurrence.is_none() {
            let measure = MeasureColumn { weight: Some(column.name.clone()), ..rate.measure.clone() };
            self.column_mut(rate.index).meaning = ColumnMeaning::Measure(Box::new(measure));
        }
    }
}

impl RateColumn {
    /// The content of its numerator or denominator.
    fn content_of(&self, stat: Stat) -> ColumnContent {
        ColumnContent { stat, ..self.measure.content() }
    }
}

/// The rates of a column.
struct RateValues {
    /// In percent, by row.
    by_row: BTreeMap<u32, f64>,
    /// The most by which a rate may differ from the exact one: half a unit of its last decimal.
    rounding: f64,
}

impl RateValues {
    /// The rates in `cells`, which are percents after multiplying by `times`.
    fn of(cells: &CellProfile, times: f64) -> Self {
        let most_decimals = cells.numbers.iter().map(|n| decimals(*n)).max().unwrap_or(0);
        let by_row = cells.rows.iter().zip(&cells.numbers).map(|(row, n)| (*row, n * times)).collect();
        Self { by_row, rounding: 0.5 * 10f64.powi(-most_decimals) * times + 1e-9 }
    }

    /// Whether the quotient of two columns is the rate in nearly all rows that have all three.
    fn is_quotient(&self, numerators: &CellProfile, denominators: &CellProfile) -> bool {
        let by_row: BTreeMap<u32, f64> =
            denominators.rows.iter().copied().zip(denominators.numbers.iter().copied()).collect();
        let mut agreement = Agreement::default();
        for (row, numerator) in numerators.rows.iter().zip(&numerators.numbers) {
            let (Some(denominator), Some(rate)) = (by_row.get(row), self.by_row.get(row)) else { continue };
            if *denominator > 0.0 {
                let is_rate = (100.0 * numerator / denominator - rate).abs() <= self.rounding;
                agreement.add(*rate, is_rate);
                if !is_rate && agreement.is_hopeless() {
                    return false;
                }
            }
        }
        agreement.is_conclusive()
    }
}

/// Whether `parts`, numerator and denominator, give the rates in `cells`, which are percents or fractions.
pub(super) fn are_parts_of(cells: &CellProfile, parts: [&CellProfile; 2]) -> bool {
    let [numerator, denominator] = parts;
    let times = if cells.most.is_some_and(|most| most <= 1.0) { 100.0 } else { 1.0 };
    numerator.are_counts()
        && denominator.are_counts()
        && RateValues::of(cells, times).is_quotient(numerator, denominator)
}

/// How many decimals a number has, up to [`MOST_DECIMALS`].
fn decimals(number: f64) -> i32 {
    (0..MOST_DECIMALS).find(|decimals| has_decimals(number, *decimals)).unwrap_or(MOST_DECIMALS)
}

/// Whether a number has at most this many decimals.
fn has_decimals(number: f64, decimals: i32) -> bool {
    ((number * 10f64.powi(decimals)).round() / 10f64.powi(decimals) - number).abs() < 1e-9
}

/// The number of rows in which a quotient is the rate.
#[derive(Default)]
struct Agreement {
    rows: usize,
    /// The rates in the rows that agree.
    agreeing: Vec<f64>,
}

impl Agreement {
    fn add(&mut self, rate: f64, agrees: bool) {
        self.rows += 1;
        if agrees {
            self.agreeing.push(rate);
        }
    }

    /// Whether enough rows disagree that the rest need not be compared.
    fn is_hopeless(&self) -> bool {
        self.rows >= ENOUGH_ROWS && self.agreeing.len() * 2 < self.rows
    }

    fn is_conclusive(&self) -> bool {
        let agreeing = self.agreeing.len();
        agreeing >= FEWEST_ROWS
            && self.different_rates() >= FEWEST_RATES
            && agreeing as f64 >= LEAST_AGREEING * self.rows as f64
    }

    /// How many distinct rates agree.
    fn different_rates(&self) -> usize {
        let mut rates = self.agreeing.clone();
        rates.sort_by(f64::total_cmp);
        rates.dedup();
        rates.len()
    }
}
