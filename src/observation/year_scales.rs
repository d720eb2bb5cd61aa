//! One column with fractions in some school years and percents in others: the same districts and groups have a hundredth of
//! their other values in those years.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{FileDistrictIndex, FileRow, KeyIndex};
use super::scale_profile::{PercentScale, ScaleProfile};
use crate::catalog::Measure;
use crate::domain::SchoolYear;

/// Percents are about this many times the same as fractions. From year to year, rates change by a factor of less than four.
pub(crate) const HUNDREDFOLD: std::ops::RangeInclusive<f64> = 25.0..=400.0;
/// Values that differ by less than this are on one scale.
const ONE_SCALE: f64 = 4.0;
/// With fewer series than this, a rate that may be very small may have changed that much.
const FEWEST_SERIES: usize = 3;
/// At least this share of the series must differ by about a hundred.
const MOST_SERIES: f64 = 0.8;

/// The school years in which all numbers may be fractions, next to others with percents; empty unless there are both.
#[derive(Debug, Default)]
pub(super) struct YearsApart {
    small: BTreeSet<SchoolYear>,
    greatest: f64,
}

/// The sums and the numbers of a series' values in years with small numbers, and in the others.
#[derive(Debug, Clone, Copy, Default)]
struct SeriesMeans {
    small: Mean,
    large: Mean,
}

#[derive(Debug, Clone, Copy, Default)]
struct Mean {
    sum: f64,
    numbers: u32,
}

impl Mean {
    fn add(&mut self, number: f64) {
        self.sum += number;
        self.numbers += 1;
    }

    fn value(self) -> Option<f64> {
        (self.numbers > 0).then(|| self.sum / f64::from(self.numbers))
    }
}

impl SeriesMeans {
    /// How many times as large the values of the other years are.
    fn ratio(&self) -> Option<f64> {
        Some(self.large.value()? / self.small.value()?)
    }
}

impl YearsApart {
    pub(super) fn new(by_year: &BTreeMap<SchoolYear, ScaleProfile>) -> Self {
        let mut years = Self::default();
        for (year, profile) in by_year {
            if profile.above_one == 0 && profile.has_fraction {
                years.small.insert(*year);
                years.greatest = years.greatest.max(profile.greatest);
            }
        }
        let has_percents = by_year.values().any(|profile| profile.above_one > 0);
        if has_percents { years } else { Self::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.small.is_empty()
    }

    /// The largest number in the years with small ones.
    pub(super) const fn greatest(&self) -> f64 {
        self.greatest
    }

    /// The years with small numbers, for a message.
    pub(super) fn small_years_text(&self) -> String {
        self.small.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn into_small(self) -> BTreeSet<SchoolYear> {
        self.small
    }

    /// The scale of the numbers in these years. `rows` are those of all years.
    pub(super) fn scale(&self, rows: impl Iterator<Item = FileRow>, measure: &Measure) -> PercentScale {
        // No percent of this measure is as small as a fraction.
        if measure.plausible.is_some_and(|[low, _]| low > 1.0) {
            return PercentScale::Shares;
        }
        let mut all = SeriesMeans::default();
        let mut series: BTreeMap<(KeyIndex, FileDistrictIndex), SeriesMeans> = BTreeMap::new();
        for row in rows {
            let Some(value) = row.numbers.value().map(f64::abs).filter(|value| *value > 0.0) else {
                continue;
            };
            let own = series.entry((row.key, row.district)).or_default();
            for means in [own, &mut all] {
                let mean = if self.small.contains(&row.year) { &mut means.small } else { &mut means.large };
                mean.add(value);
            }
        }
        let mut ratios: Vec<f64> = series.values().filter_map(SeriesMeans::ratio).collect();
        let has_series = !ratios.is_empty();
        ratios.extend(all.ratio().filter(|_| !has_series));
        scale_by_ratios(&mut ratios, measure.usual.is_some(), has_series)
    }
}

/// The scale of small numbers, if other years have numbers larger by these `ratios`. `may_be_small`: percents of the measure
/// may be below 1; `has_series`: the ratios are of the same districts and groups.
fn scale_by_ratios(ratios: &mut [f64], may_be_small: bool, has_series: bool) -> PercentScale {
    ratios.sort_by(f64::total_cmp);
    let Some(median) = ratios.get(ratios.len() / 2) else { return PercentScale::Percents };
    if *median < ONE_SCALE {
        return PercentScale::Percents;
    }
    let hundredfold = ratios.iter().filter(|ratio| HUNDREDFOLD.contains(*ratio)).count();
    let agree = hundredfold as f64 >= MOST_SERIES * ratios.len() as f64;
    let is_sure = !may_be_small || has_series && ratios.len() >= FEWEST_SERIES;
    if agree && is_sure { PercentScale::Shares } else { PercentScale::Doubtful }
}
