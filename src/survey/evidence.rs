//! Whether the numbers of a column can be those of a measure.

use super::column::{Cells, Kind};
use crate::catalog::Measure;
use crate::domain::Unit;

/// So much of a column must fit: a typing error does not make it another measure.
const MOST: f64 = 0.97;
/// Total dollars of a district are more than this, by the median.
const LEAST_DOLLARS: f64 = 1000.0;

/// How a column's numbers fit a measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Evidence {
    /// What the numbers must be multiplied by.
    pub(super) times: Option<f64>,
    /// Negative codes that cannot be values.
    pub(super) codes: Vec<f64>,
    /// In words.
    pub(super) why: String,
}

/// How `cells` fit `measure`, whose values the name says are multiplied by `times`.
///
/// # Errors
/// Why they do not.
pub(super) fn weigh(cells: &Cells, measure: &Measure, times: Option<f64>) -> Result<Evidence, String> {
    let codes = negative_codes(cells, measure);
    let numbers: Vec<f64> = cells.numbers.iter().filter(|n| !codes.contains(n)).copied().collect();
    let mut sorted = numbers;
    sorted.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Err("it holds no numbers".to_owned());
    };
    if cells.texts.values().sum::<usize>() > sorted.len() {
        return Err("it holds more text than numbers".to_owned());
    }
    let median = sorted[sorted.len() / 2];
    let range = if least == most { shown(least) } else { format!("{} to {}", shown(least), shown(most)) };
    let fits = |why: &str| format!("values {range} fit {why}");
    let misfit = |why: &str| Err(format!("its values ({range}) are no {why}"));
    let share =
        |test: &dyn Fn(f64) -> bool| sorted.iter().filter(|n| test(**n)).count() as f64 / sorted.len() as f64;
    let mut evidence = Evidence { times, codes, why: String::new() };
    match measure.unit {
        Unit::Percent => {
            let scale = percent_scale(cells, measure, least, most, median)?;
            let [low, high] = measure.plausible.unwrap_or([0.0, 100.0]);
            if cells.kind == Kind::Dollars || share(&|n| (low..=high).contains(&(n * scale))) < MOST {
                return misfit("percents");
            }
            evidence.times = (scale > 1.0).then_some(scale);
            evidence.why = fits(if scale > 1.0 { "a percent given as a share of 1" } else { "a percent" });
        }
        Unit::Count => {
            if matches!(cells.kind, Kind::Percent | Kind::Dollars) || share(&|n| n >= 0.0) < MOST {
                return misfit("counts");
            }
            if share(&|n| n.fract() == 0.0) < MOST && most <= 100.0 {
                return misfit("counts: they look like percents");
            }
            evidence.why = fits("a count");
        }
        Unit::Dollars => {
            let money = cells.kind == Kind::Dollars || times.is_some();
            let [low, high] = measure.plausible.unwrap_or([f64::NEG_INFINITY, f64::INFINITY]);
            let size = |n: f64| n * times.unwrap_or(1.0);
            if cells.kind == Kind::Percent || (!money && median.abs() < LEAST_DOLLARS && most < LEAST_DOLLARS)
            {
                return misfit("amounts of dollars, unless they are in thousands or millions");
            }
            if share(&|n| n == 0.0 || (low..=high).contains(&size(n))) < MOST {
                return misfit(&format!("amounts between {} and {}", shown(low), shown(high)));
            }
            evidence.why = fits("an amount of dollars");
        }
        unit => {
            let [low, high] = measure.plausible.unwrap_or([0.0, f64::INFINITY]);
            if matches!(cells.kind, Kind::Percent) || share(&|n| (low..=high).contains(&n)) < MOST {
                return misfit(&format!("{} for this measure", unit_name(unit)));
            }
            evidence.why = fits(unit_name(unit));
        }
    }
    Ok(evidence)
}

/// As [`weigh`], of a column for which no name says that its numbers are rates: whole numbers may be counts then.
///
/// # Errors
/// Why they do not fit.
pub(super) fn weigh_unsaid(cells: &Cells, measure: &Measure, times: Option<f64>) -> Result<Evidence, String> {
    let whole = cells.numbers.iter().all(|n| n.fract() == 0.0) && cells.kind != Kind::Percent;
    let counts_fit = measure.unit == Unit::Percent && measure.plausible.is_none_or(|[low, _]| low <= 1.0);
    if whole && counts_fit {
        return Err(
            "its values are whole numbers, and no name says whether they are percents or counts".to_owned()
        );
    }
    weigh(cells, measure, times)
}

/// What makes percents of a column's numbers: 1, or 100 where they are shares of 1.
fn percent_scale(
    cells: &Cells,
    measure: &Measure,
    least: f64,
    most: f64,
    median: f64,
) -> Result<f64, String> {
    if cells.kind == Kind::Percent || most > 1.0 || most == 0.0 {
        return Ok(1.0);
    }
    let fractions = cells.numbers.iter().filter(|n| n.fract() != 0.0).count();
    let surely = median >= 0.2 || cells.fine * 4 >= cells.numbers.len();
    if least < 0.0 || fractions == 0 || measure.usual.is_some() && !surely || !surely && most < 0.5 {
        return Err(format!(
            "its values (up to {}) may be percents or shares of 1: say which (times = 1 or times = 100)",
            shown(most)
        ));
    }
    Ok(100.0)
}

/// Whole negative numbers that stand for something else, where a value cannot be negative: few, and always the same.
fn negative_codes(cells: &Cells, measure: &Measure) -> Vec<f64> {
    let mut negative: Vec<f64> = cells.numbers.iter().filter(|n| **n < 0.0).copied().collect();
    negative.sort_by(f64::total_cmp);
    negative.dedup();
    let codes =
        !measure.may_be_negative() && negative.len() <= 4 && negative.iter().all(|n| n.fract() == 0.0);
    if codes { negative } else { Vec::new() }
}

const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Fte => "full-time equivalents",
        Unit::DollarsPerStudent => "dollars for each student",
        Unit::Ratio => "a ratio",
        Unit::Years => "years",
        Unit::Points => "points",
        Unit::Per100 => "a number for each 100 students",
        Unit::DollarsPer100 => "a tax rate",
        Unit::Percent => "a percent",
        Unit::Count => "a count",
        Unit::Dollars => "an amount of dollars",
    }
}

/// A number as it would be typed, with thousands divided.
pub(super) fn shown(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() >= 1000.0 {
        return Unit::Count.format(number);
    }
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
