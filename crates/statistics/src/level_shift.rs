//! A level shift: a series that stays at one level and then at another, or leaves its level for good.
//!
//! Two shapes are fitted at each split of the run into an earlier and a later part:
//! - **step:** one level before, another after: least squares on an indicator of the later part;
//! - **cliff:** one level before, then a line that starts from it in the last year before the split: least
//!   squares on the years since then, 0 before.
//!
//! Each part has two points or more, because one value is not a level and one odd first or last year is not a
//! shift; a cliff has three or more before it. The split and the kind are those that explain the largest
//! share of the sum of squares about the mean. It is a shift if
//! 1. it is large: the medians of the parts differ by two meaningful changes or more; for a cliff, the last
//!    value and the median before;
//! 2. it explains more than a straight line, fitted by least squares. No other line explains as much, so the
//!    comparison favors the line. A cliff may leave unexplained at most half of what the line does:
//!    otherwise, its free bend would beat a line by chance;
//! 3. its parts are flat: no value is half of the shift or more from its median, and the last value is not
//!    half of the shift ahead of the first. The later part of a cliff goes one way instead: never back by a
//!    meaningful change. A step whose last value is back by a meaningful change is on its way to a turning
//!    point and is not a shift: back from the median of its part, or, if every year goes back, from its first value;
//! 4. it is clear: the p-value of [Pettitt's test](crate::pettitt), which is adjusted for the search. It is
//!    computed last, because it takes longest; the caller decides which p-values are small enough.
//!
//! The test is of random order against any shift. Which split and kind are described does not change it, so
//! both kinds together are claimed by chance no more often than the test allows.
//!
//! Small n: below six values p cannot reach 0.1. Degenerate: fewer than four values, or equal values, have
//! no shift (`None`).

use crate::pettitt::{FEWEST_ON_A_SIDE, shift_p, shift_statistic};
use crate::quantile::{median, sort_ascending};
use crate::setback::largest_setback;
use crate::tolerance::reaches;

/// The fewest values before a cliff.
const FEWEST_BEFORE_CLIFF: usize = 3;

/// The largest part of what a line leaves unexplained that a cliff may leave unexplained.
const CLIFF_TO_LINE: f64 = 0.5;

/// How a series leaves its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ShiftKind {
    /// To another level, at once.
    Step,
    /// Year by year, up to the last value.
    Cliff,
}

/// A level shift of a series.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LevelShift {
    /// Whether it goes to another level, or leaves its level year by year.
    pub kind: ShiftKind,
    /// The index of the first point of the later part.
    pub split: usize,
    /// The last year of the earlier part.
    pub from_year: i32,
    /// The median of the earlier part.
    pub before: f64,
    /// The median of the later part.
    pub after: f64,
    /// Where it led to: the median after a step, the last value of a cliff.
    pub to: f64,
    /// The p-value of Pettitt's test.
    pub p: f64,
    /// The share of the sum of squares about the mean that the shift explains.
    pub explained: f64,
    /// The share that a straight line explains.
    pub line_explained: f64,
}

impl LevelShift {
    /// The change from the level before.
    #[must_use]
    pub fn change(&self) -> f64 {
        self.to - self.before
    }
}

/// The level shift of `points` (year, value), ascending, each year once, if there is one that is large
/// enough. `buffer` is for sorting; its contents are overwritten.
#[must_use]
pub fn level_shift(points: &[(i32, f64)], meaningful: f64, buffer: &mut Vec<f64>) -> Option<LevelShift> {
    let mut shift = shift_of_any_p(points, meaningful, buffer)?;
    shift.p = shift_p(shift_statistic(points), points);
    Some(shift)
}

/// The same, except for the p-value.
fn shift_of_any_p(points: &[(i32, f64)], meaningful: f64, buffer: &mut Vec<f64>) -> Option<LevelShift> {
    let spread = Spread::of(points).filter(|spread| reaches(spread.range, 2.0 * meaningful))?;
    let line_explained = spread.explained(points, Regressor::Year(points.first()?.0));
    let fit = best_fit(points, &spread).filter(|fit| fit.beats_line(line_explained))?;
    let shift = described(points, fit, line_explained, buffer)?;
    let is_shift = reaches(shift.change().abs(), 2.0 * meaningful) && shift.has_its_parts(points, meaningful);
    is_shift.then_some(shift)
}

/// A split of one kind.
#[derive(Debug, Clone, Copy)]
struct ShiftFit {
    kind: ShiftKind,
    split: usize,
    explained: f64,
}

impl ShiftFit {
    fn beats_line(self, line_explained: f64) -> bool {
        let most_unexplained = match self.kind {
            ShiftKind::Step => 1.0,
            ShiftKind::Cliff => CLIFF_TO_LINE,
        };
        1.0 - self.explained < most_unexplained * (1.0 - line_explained)
    }
}

/// The kind and the split that explain most; of two that explain as much, the earlier one.
fn best_fit(points: &[(i32, f64)], spread: &Spread) -> Option<ShiftFit> {
    let mut best: Option<ShiftFit> = None;
    for split in FEWEST_ON_A_SIDE..=points.len().checked_sub(FEWEST_ON_A_SIDE)? {
        for kind in [ShiftKind::Step, ShiftKind::Cliff] {
            let regressor = match kind {
                ShiftKind::Step => Regressor::Part(split),
                ShiftKind::Cliff if split < FEWEST_BEFORE_CLIFF => continue,
                ShiftKind::Cliff => Regressor::Year(points[split - 1].0),
            };
            let explained = spread.explained(points, regressor);
            if best.is_none_or(|best| explained > best.explained) {
                best = Some(ShiftFit { kind, split, explained });
            }
        }
    }
    best
}

/// What is regressed on.
#[derive(Debug, Clone, Copy)]
enum Regressor {
    /// The years since this one, 0 before.
    Year(i32),
    /// 1 from this index on, 0 before.
    Part(usize),
}

impl Regressor {
    fn at(self, index: usize, year: i32) -> f64 {
        match self {
            Self::Year(from) => f64::from((year - from).max(0)),
            Self::Part(split) => f64::from(index >= split),
        }
    }
}

/// How far values lie apart.
#[derive(Debug)]
struct Spread {
    mean: f64,
    /// The sum of squares about the mean.
    squares: f64,
    /// The largest minus the smallest value.
    range: f64,
}

impl Spread {
    fn of(points: &[(i32, f64)]) -> Option<Self> {
        let (mut low, mut high) = (points.first()?.1, points.first()?.1);
        let mean = points.iter().map(|point| point.1).sum::<f64>() / points.len() as f64;
        let mut squares = 0.0;
        for (_, value) in points {
            (low, high) = (low.min(*value), high.max(*value));
            squares += (value - mean) * (value - mean);
        }
        Some(Self { mean, squares, range: high - low })
    }

    /// The share of the sum of squares that a least-squares fit on one regressor explains.
    fn explained(&self, points: &[(i32, f64)], regressor: Regressor) -> f64 {
        let (mut sum, mut square, mut product) = (0.0, 0.0, 0.0);
        for (index, (year, value)) in points.iter().enumerate() {
            let z = regressor.at(index, *year);
            sum += z;
            square += z * z;
            product += z * (value - self.mean);
        }
        let whole = (square - sum * sum / points.len() as f64) * self.squares;
        if whole > 0.0 { (product * product / whole).min(1.0) } else { 0.0 }
    }
}

/// The levels of a fit, without its p-value.
fn described(
    points: &[(i32, f64)],
    fit: ShiftFit,
    line_explained: f64,
    buffer: &mut Vec<f64>,
) -> Option<LevelShift> {
    let ShiftFit { kind, split, explained } = fit;
    let (earlier, later) = points.split_at(split);
    let (before, after) = (median_of_part(earlier, buffer)?, median_of_part(later, buffer)?);
    let to = match kind {
        ShiftKind::Step => after,
        ShiftKind::Cliff => later.last()?.1,
    };
    let from_year = earlier.last()?.0;
    Some(LevelShift { kind, split, from_year, before, after, to, p: 1.0, explained, line_explained })
}

fn median_of_part(part: &[(i32, f64)], buffer: &mut Vec<f64>) -> Option<f64> {
    buffer.clear();
    buffer.extend(part.iter().map(|point| point.1));
    sort_ascending(buffer);
    median(buffer)
}

impl LevelShift {
    /// Whether the parts are flat, or the later one goes one way.
    fn has_its_parts(&self, points: &[(i32, f64)], meaningful: f64) -> bool {
        let (earlier, later) = points.split_at(self.split);
        let direction = self.change().signum();
        self.is_flat(earlier, self.before)
            && match self.kind {
                ShiftKind::Step => self.is_flat(later, self.after) && !self.goes_back(later, meaningful),
                ShiftKind::Cliff => !reaches(largest_setback(later, direction), meaningful),
            }
    }

    /// Whether the later part of a step ends nearer to the level before, by a meaningful change: than its
    /// median, or than its first value if every year goes back.
    fn goes_back(&self, later: &[(i32, f64)], meaningful: f64) -> bool {
        let (Some(first), Some(last)) = (later.first(), later.last()) else { return false };
        let direction = self.change().signum();
        let is_steadily = later.windows(2).all(|pair| (pair[1].1 - pair[0].1) * direction < 0.0);
        reaches((self.after - last.1) * direction, meaningful)
            || is_steadily && reaches((first.1 - last.1) * direction, meaningful)
    }

    /// Whether each value is less than half of the shift from a level, and the last one less than that ahead
    /// of the first.
    fn is_flat(&self, part: &[(i32, f64)], level: f64) -> bool {
        let (Some(first), Some(last)) = (part.first(), part.last()) else { return false };
        let most = self.change().abs() / 2.0;
        (last.1 - first.1) * self.change().signum() < most
            && part.iter().all(|(_, value)| (value - level).abs() < most)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LevelShift, ShiftKind, level_shift};
    use crate::for_tests::{close, in_years};

    fn of(values: &[f64], meaningful: f64) -> Option<LevelShift> {
        level_shift(&in_years(values), meaningful, &mut Vec::new())
    }

    /// Six years at about 31%, then three years of −5.4 points.
    const RESERVES: [f64; 9] = [31.0, 31.2, 30.8, 31.1, 31.0, 30.9, 25.6, 20.2, 14.8];

    /// Shares explained: SciPy 1.17, `linregress(z, y).rvalue ** 2`, with z = max(0, x − 5), and z = x. The
    /// p-value: NumPy, the share in 4,000,000 random orders.
    #[test]
    fn a_cliff_begins_where_it_leaves_its_level() {
        let shift = of(&RESERVES, 3.0).unwrap();
        assert_eq!((shift.kind, shift.split, shift.from_year), (ShiftKind::Cliff, 6, 2015));
        assert_eq!((shift.before, shift.after, shift.to), (31.0, 20.2, 14.8));
        close(shift.change(), -16.2);
        close(shift.explained, 0.999_657_182_036_338_8);
        close(shift.line_explained, 0.671_383_841_846_646_2);
        assert!((shift.p - 0.057_1).abs() < 0.001, "{}", shift.p);
        // Half of the change is needed twice.
        assert!(of(&RESERVES, 8.1).is_some() && of(&RESERVES, 8.2).is_none());
    }

    /// Shares explained: SciPy, as above, with z = 0, 0, 0, 1, 1, 1, 1. The p-value: all 5,040 orders.
    #[test]
    fn a_step_goes_from_one_level_to_another() {
        let shift = of(&[94.1, 94.3, 94.2, 91.0, 91.2, 90.9, 91.1], 1.0).unwrap();
        assert_eq!((shift.kind, shift.split, shift.from_year), (ShiftKind::Step, 3, 2012));
        assert_eq!((shift.before, shift.after, shift.to), (94.2, 91.05, 91.05));
        close(shift.explained, 0.995_901_639_344_262_3);
        close(shift.line_explained, 0.739_043_158_246_905_4);
        assert_eq!(shift.p, 504.0 / 5_040.0);
    }

    #[test]
    fn a_line_is_no_shift() {
        for n in 4..30 {
            let line: Vec<f64> = (0..n).map(|x| 90.0 - 1.3 * f64::from(x)).collect();
            assert_eq!(of(&line, 0.5), None, "{n}");
        }
        // With small ups and downs, which do not make it one.
        assert_eq!(of(&[10.0, 12.2, 13.9, 16.1, 17.8, 20.0, 22.2], 1.0), None);
    }

    #[test]
    fn what_drifts_to_its_new_level_is_no_step() {
        assert_eq!(of(&[39.6, 19.9, 13.9, 14.3, 7.3, 6.2, 8.2, 5.7, 7.6, 2.6, 1.8, 4.9], 3.0), None);
    }

    #[test]
    fn what_turns_back_is_no_shift() {
        // A step up that is lost again year by year, and one that keeps its level.
        assert_eq!(of(&[12.0, 12.2, 11.9, 12.1, 25.0, 23.0, 21.0, 20.0], 3.0), None);
        assert!(of(&[12.0, 12.2, 11.9, 12.1, 25.0, 23.0, 26.0, 24.5], 3.0).is_some());
        assert_eq!(of(&[12.0, 12.2, 11.9, 12.1, 25.0, 26.0, 25.0, 21.9], 3.0), None);
        // A fall that ends far from its lowest value.
        assert_eq!(of(&[31.0, 31.0, 31.0, 31.0, 31.0, 28.0, 18.0, 8.0, 20.0], 3.0), None);
    }

    #[test]
    fn few_and_equal_values_and_odd_years_are_no_shift() {
        for n in [0, 1, 2, 3, 4, 13] {
            assert_eq!(of(&vec![5.0; n], 0.0), None, "{n}");
        }
        assert_eq!(of(&[1.0, 9.0, 9.0], 1.0), None);
        assert_eq!(of(&[9.0, 1.0, 1.0, 1.0, 1.0, 1.0], 1.0), None);
        // It looks like the beginning of a cliff, but one year is not enough evidence of it.
        let last = of(&[1.0, 1.0, 1.0, 1.0, 1.0, 9.0], 1.0).unwrap();
        assert_eq!((last.kind, last.p), (ShiftKind::Cliff, 2.0 / 3.0));
    }

    #[test]
    fn a_missing_year_is_no_faster_fall() {
        let yearly = [(2012, 9.0), (2013, 9.1), (2014, 8.9), (2015, 9.0), (2016, 6.0), (2018, 0.0)];
        let shift = level_shift(&yearly, 1.0, &mut Vec::new()).unwrap();
        assert_eq!((shift.kind, shift.from_year, shift.to), (ShiftKind::Cliff, 2015, 0.0));
        assert!(shift.explained > 0.999);
    }

    proptest! {
        #[test]
        fn it_follows_scale_shift_and_sign(
            values in prop::collection::vec(-20..20i32, 4..15), scale in 1..9i32, moved in -50..50i32, from in 0..14usize
        ) {
            let values: Vec<f64> =
                values.iter().enumerate().map(|(i, v)| f64::from(v / 8) + if i < from { 0.0 } else { 12.0 }).collect();
            let (scale, moved) = (f64::from(scale), f64::from(moved));
            let other: Vec<f64> = values.iter().map(|v| moved - scale * v).collect();
            let (here, there) = (of(&values, 2.0), of(&other, 2.0 * scale));
            prop_assert_eq!(here.is_some(), there.is_some());
            if let (Some(here), Some(there)) = (here, there) {
                prop_assert_eq!((here.kind, here.split, here.p), (there.kind, there.split, there.p));
                prop_assert!((here.explained - there.explained).abs() < 1e-9);
                prop_assert!((here.change() * scale + there.change()).abs() < 1e-9);
            }
        }

        #[test]
        fn a_shift_is_what_it_says(values in prop::collection::vec(0.0..10.0f64, 0..15)) {
            if let Some(shift) = of(&values, 2.0) {
                prop_assert!((2..=values.len() - 2).contains(&shift.split));
                prop_assert!(shift.explained > shift.line_explained && shift.explained <= 1.0);
                prop_assert!(shift.change().abs() >= 3.99 && (0.0..=1.0).contains(&shift.p));
            }
        }
    }
}
