//! Whether the numbers of a column are plausible for a measure.

use super::cell_profile::{CellProfile, ColumnType};
use crate::catalog::Measure;
use crate::domain::Unit;
use crate::observation::HUNDREDFOLD;
use crate::wording::survey_columns as wording;

/// This share of a column must fit: a typo does not make it a different measure.
const LEAST_FITTING: f64 = 0.97;
/// The minimum median of a district's dollar totals.
const LEAST_DOLLARS: f64 = 1000.0;
/// If there are more distinct negative numbers than this, they are values, not codes.
const MOST_CODES: usize = 4;

/// A code of nines has at least this many digits.
const FEWEST_NINES: usize = 3;
/// A code of nines is more than this many times as large as all other numbers.
const FAR_ABOVE: f64 = 2.0;
/// If a column has fractions and percents, at least this share of its numbers are each.
const LEAST_ON_ONE_SCALE: f64 = 0.1;

/// How a column's numbers fit a measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct NumericFit {
    /// The factor for the numbers; `None` if they are in the measure's unit.
    pub(super) times: Option<f64>,
    /// Codes that cannot be values: negative ones, and nines.
    pub(super) codes: Vec<f64>,
    /// In words.
    pub(super) why: String,
}

/// How well the numbers of a column fit `measure`, if its name says that they must be multiplied by `times`.
///
/// # Errors
/// The reason if they do not fit.
pub(super) fn fit_numbers(
    cells: &CellProfile,
    measure: &Measure,
    times: Option<f64>,
) -> Result<NumericFit, String> {
    let mut codes = negative_codes(cells, measure);
    codes.extend(codes_of_nines(cells, measure));
    let values = ColumnValues::new(cells, &codes)?;
    let fit = match measure.unit {
        Unit::Percent => values.fit_percents(measure)?,
        Unit::Count => NumericFit { times, ..values.fit_counts()? },
        Unit::Dollars => NumericFit { times, ..values.fit_dollars(measure, times)? },
        _ => NumericFit { times, ..values.fit_other_unit(measure)? },
    };
    Ok(NumericFit { codes, ..fit })
}

/// Like [`fit_numbers`], for a column whose name does not say that the numbers are rates: whole numbers may
/// be counts.
///
/// # Errors
/// The reason if they do not fit.
pub(super) fn fit_unlabeled_numbers(
    cells: &CellProfile,
    measure: &Measure,
    times: Option<f64>,
) -> Result<NumericFit, String> {
    let are_whole = cells.are_whole() && cells.kind != ColumnType::Percent;
    let may_be_counts = measure.unit == Unit::Percent && measure.plausible.is_none_or(|[low, _]| low <= 1.0);
    if are_whole && may_be_counts {
        return Err(wording::PERCENTS_OR_COUNTS.to_owned());
    }
    fit_numbers(cells, measure, times)
}

/// The numbers of a column except codes; never empty.
struct ColumnValues<'a> {
    cells: &'a CellProfile,
    sorted: Vec<f64>,
    least: f64,
    most: f64,
}

impl<'a> ColumnValues<'a> {
    /// # Errors
    /// The reason if the column is not numeric.
    fn new(cells: &'a CellProfile, codes: &[f64]) -> Result<Self, String> {
        let mut sorted: Vec<f64> = cells.numbers.iter().filter(|n| !codes.contains(n)).copied().collect();
        sorted.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else {
            return Err(wording::NO_NUMBERS.to_owned());
        };
        if cells.texts.values().sum::<usize>() > sorted.len() {
            return Err(wording::MORE_TEXT_THAN_NUMBERS.to_owned());
        }
        Ok(Self { cells, sorted, least, most })
    }

    fn fit_percents(&self, measure: &Measure) -> Result<NumericFit, String> {
        let [low, high] = measure.plausible.unwrap_or([0.0, 100.0]);
        if self.are_on_two_scales() {
            let are_plausible =
                self.nearly_all(|n| (low..=high).contains(&if n <= 1.0 { n * 100.0 } else { n }));
            if are_plausible {
                return Ok(self.fit(wording::PERCENT_ON_TWO_SCALES));
            }
        }
        let scale = self.percent_scale(measure)?;
        let are_plausible = self.nearly_all(|n| (low..=high).contains(&(n * scale)));
        if self.cells.kind == ColumnType::Dollars || !are_plausible {
            return Err(wording::not_percents(&self.range()));
        }
        let is_share = scale > 1.0;
        let what = if is_share { wording::PERCENT_AS_FRACTION } else { wording::PERCENT };
        // Small percents must say that they are percents, or the reader would judge them again: if most are at most 1, it
        // takes a larger one for a slip.
        let are_small = self.median() <= 1.0 && self.most > 0.0 && self.cells.kind != ColumnType::Percent;
        Ok(NumericFit { times: (is_share || are_small).then_some(scale), ..self.fit(what) })
    }

    /// Whether some numbers may be fractions and others percents: the reader decides by school year.
    fn are_on_two_scales(&self) -> bool {
        if self.cells.kind == ColumnType::Percent || self.least < 0.0 {
            return false;
        }
        let (small, large): (Vec<f64>, Vec<f64>) =
            self.sorted.iter().filter(|n| **n > 0.0).partition(|n| **n <= 1.0);
        let all = (small.len() + large.len()) as f64;
        let are_many = [&small, &large].iter().all(|part| part.len() as f64 >= LEAST_ON_ONE_SCALE * all);
        let has_fractions = small.iter().any(|n| n.fract() != 0.0);
        let ratio =
            large.get(large.len() / 2).zip(small.get(small.len() / 2)).map(|(large, small)| large / small);
        are_many && has_fractions && ratio.is_some_and(|ratio| HUNDREDFOLD.contains(&ratio))
    }

    /// The factor that makes the numbers percents: 1, or 100 if they are fractions of 1.
    ///
    /// # Errors
    /// If they may be either.
    fn percent_scale(&self, measure: &Measure) -> Result<f64, String> {
        if self.cells.kind == ColumnType::Percent || self.most > 1.0 || self.most == 0.0 {
            return Ok(1.0);
        }
        let has_fractions = self.cells.numbers.iter().any(|n| n.fract() != 0.0);
        let are_precise = self.cells.are_precise();
        if self.least >= 0.0
            && let Some([low, high]) = measure.usual
        {
            let is_usual = |scale: f64| (low..=high).contains(&(self.median() * scale));
            match (is_usual(100.0), is_usual(1.0)) {
                (true, false) => return Ok(100.0),
                (true, true) if are_precise => return Ok(100.0),
                (false, true) if !are_precise => return Ok(1.0),
                (_, true) => return Err(wording::fractions_or_percents(&number_text(self.most))),
                (false, false) => {}
            }
        }
        let are_coarse = self.cells.are_coarse();
        let are_surely_shares = !are_coarse && self.median() >= 0.2 || are_precise;
        let may_be_percents = are_coarse || measure.usual.is_some() || self.most < 0.5;
        if self.least < 0.0 || !has_fractions || !are_surely_shares && may_be_percents {
            return Err(wording::fractions_or_percents(&number_text(self.most)));
        }
        Ok(100.0)
    }

    fn fit_counts(&self) -> Result<NumericFit, String> {
        let is_other = matches!(self.cells.kind, ColumnType::Percent | ColumnType::Dollars);
        if is_other || !self.nearly_all(|n| n >= 0.0) {
            return Err(wording::not_counts(&self.range()));
        }
        if !self.nearly_all(|n| n.fract() == 0.0) && self.most <= 100.0 {
            return Err(wording::percents_not_counts(&self.range()));
        }
        Ok(self.fit(wording::COUNT))
    }

    fn fit_dollars(&self, measure: &Measure, times: Option<f64>) -> Result<NumericFit, String> {
        let is_money = self.cells.kind == ColumnType::Dollars || times.is_some();
        let are_small = self.median().abs() < LEAST_DOLLARS && self.most < LEAST_DOLLARS;
        if self.cells.kind == ColumnType::Percent || !is_money && are_small {
            return Err(wording::not_dollars(&self.range()));
        }
        let [low, high] = measure.plausible.unwrap_or([f64::NEG_INFINITY, f64::INFINITY]);
        let factor = times.unwrap_or(1.0);
        if !self.nearly_all(|n| n == 0.0 || (low..=high).contains(&(n * factor))) {
            return Err(wording::dollars_outside(&self.range(), &number_text(low), &number_text(high)));
        }
        Ok(self.fit(wording::DOLLAR_AMOUNT))
    }

    fn fit_other_unit(&self, measure: &Measure) -> Result<NumericFit, String> {
        let [low, high] = measure.plausible.unwrap_or([0.0, f64::INFINITY]);
        let are_plausible = self.nearly_all(|n| (low..=high).contains(&n));
        if self.cells.kind == ColumnType::Percent || !are_plausible {
            return Err(wording::implausible(&self.range(), measure.unit));
        }
        Ok(self.fit(wording::unit_name(measure.unit)))
    }

    fn median(&self) -> f64 {
        self.sorted[self.sorted.len() / 2]
    }

    /// Whether nearly all of the numbers pass a test.
    fn nearly_all(&self, test: impl Fn(f64) -> bool) -> bool {
        let passing = self.sorted.iter().filter(|n| test(**n)).count();
        passing as f64 / self.sorted.len() as f64 >= LEAST_FITTING
    }

    fn fit(&self, what: &str) -> NumericFit {
        NumericFit { why: wording::fit(&self.range(), what), ..NumericFit::default() }
    }

    fn range(&self) -> String {
        wording::range(&number_text(self.least), &number_text(self.most))
    }
}

/// Negative whole numbers that are codes, if a value cannot be negative and there are few distinct ones.
fn negative_codes(cells: &CellProfile, measure: &Measure) -> Vec<f64> {
    let mut negative: Vec<f64> = cells.numbers.iter().filter(|n| **n < 0.0).copied().collect();
    negative.sort_by(f64::total_cmp);
    negative.dedup();
    let are_whole = negative.iter().all(|n| n.fract() == 0.0);
    if !measure.may_be_negative() && negative.len() <= MOST_CODES && are_whole {
        negative
    } else {
        Vec::new()
    }
}

/// Numbers of nines (999, 999.9) that are far above all others, as codes are. A count or an amount may be as large.
fn codes_of_nines(cells: &CellProfile, measure: &Measure) -> Vec<f64> {
    let mut nines: Vec<f64> = cells.numbers.iter().filter(|n| is_of_nines(**n)).copied().collect();
    nines.sort_by(f64::total_cmp);
    nines.dedup();
    let others = cells.numbers.iter().filter(|n| !nines.contains(n)).copied();
    let Some(most) = others.max_by(f64::total_cmp) else { return Vec::new() };
    let may_be_large = matches!(measure.unit, Unit::Count | Unit::Fte) || measure.unit.is_money();
    nines.retain(|n| !may_be_large && *n > most * FAR_ABOVE);
    nines
}

fn is_of_nines(number: f64) -> bool {
    let digits: Vec<char> = code_text(number).chars().filter(char::is_ascii_digit).collect();
    digits.len() >= FEWEST_NINES && digits.iter().all(|digit| *digit == '9')
}

/// A number as it is written in a cell, without thousands separators.
pub(super) fn code_text(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { number_text(number) }
}

/// A number as one would type it, with thousands separators.
pub(super) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() >= 1000.0 {
        return Unit::Count.format(number);
    }
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
