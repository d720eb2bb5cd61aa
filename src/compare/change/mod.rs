//! How a series has changed since earlier years: the project's base year, five years ago, one year ago, and its worst year.
//!
//! All values are of the latest comparable run, so nothing is computed across a break. Only a place among the state's
//! districts may be compared across one, because a new test or definition moves all districts. Money is compared in dollars of
//! the latest year, or not at all if a price index is missing.
//!
//! **Test of a change.** For a rate of people with known n in both years, the pooled two-proportion z-test:
//! `z = (p₂ − p₁) / √(p̄(1 − p̄)(1/n₁ + 1/n₂))`. For a rate without n, the change is compared with how much the series
//! usually moves: `z = Δ / (√2 σ)`, where σ is the median of the absolute changes from year to year divided by
//! 0.6745 √2, over at least five values. Values that are not rates of people are not a sample, and are not tested.
//! Degenerate: a rate of 0 or 100 percent in both years, or a series that never moves, has no test.

pub(super) mod result;

use std::collections::BTreeMap;

use statistics::normal::two_sided_p;
use statistics::quantile::median_of;

use self::result::{Change, Changes, PlaceChange, Recovery};
use super::comparison::{Point, TestResult};
use super::level::result::Standing;
use super::threshold::reaches;
use super::trend::{MeasureContext, last_break};
use crate::domain::{Break, SchoolYear, Unit};

/// A period over which districts are often judged.
const FIVE_YEARS: i32 = 5;
/// The fewest values from which the usual change from year to year is known.
const FEWEST_FOR_NOISE: usize = 5;
/// The median of the absolute values of a standard normal variable.
const NORMAL_MEDIAN: f64 = 0.6745;

/// A series of the district, and what its changes are judged by.
pub(super) struct ChangingSeries<'a> {
    /// All years of the series, ascending.
    pub(super) points: &'a [Point],
    /// The standings of its reported years, ascending.
    pub(super) standings: &'a [Standing],
    /// Its measure, breaks, and prices.
    pub(super) context: MeasureContext<'a>,
    /// The project's base year.
    pub(super) base_year: Option<SchoolYear>,
}

/// A value as it is judged: money in dollars of the latest year.
struct JudgedValue {
    year: SchoolYear,
    value: f64,
}

impl ChangingSeries<'_> {
    /// The changes of the series.
    pub(super) fn changes(&self) -> Changes {
        let run = self.run();
        let Some(latest) = run.last() else { return Changes::default() };
        let last = latest.year.end();
        Changes {
            since_base: self.base_year.and_then(|year| self.change(&run, year.end())),
            five_years: self.change(&run, last - FIVE_YEARS),
            one_year: self.change(&run, last - 1),
            recovery: self.recovery(&run),
            place: self.place_change(),
        }
    }

    /// The reported points of the latest comparable run, ascending.
    fn run(&self) -> Vec<&Point> {
        let reported = self.points.iter().filter(|point| point.value.is_some());
        let Some(last) = reported.clone().next_back() else { return Vec::new() };
        let from = last_break(self.context.breaks.iter(), last.year.end()).map(|found| found.year);
        reported.filter(|point| from.is_none_or(|from| point.year.end() >= from)).collect()
    }

    /// The change from a year to the latest value.
    fn change(&self, run: &[&Point], from: i32) -> Option<Change> {
        let latest = run.last().filter(|latest| latest.year.end() > from)?;
        let earlier = run.iter().find(|point| point.year.end() == from)?;
        let real_from = self.real_value(earlier, latest.year);
        if real_from.is_none() && self.context.measure.unit.is_money() {
            return None;
        }
        Some(Change {
            from_year: earlier.year,
            to_year: latest.year,
            from: earlier.value?,
            to: latest.value?,
            real_from,
            state_change: self.state_change(earlier.year, latest.year),
            test: self.test(run, earlier, latest).map(TestResult::new),
        })
    }

    /// A value in dollars of another year; `None` if it is not money, or if prices are unknown.
    fn real_value(&self, point: &Point, in_dollars_of: SchoolYear) -> Option<f64> {
        if !self.context.measure.unit.is_money() {
            return None;
        }
        let then = price(self.context.prices, point.year)?;
        Some(point.value? * price(self.context.prices, in_dollars_of)? / then)
    }

    /// A point's value; of money in dollars of another year, and `None` if that is unknown.
    fn judged(&self, point: &Point, in_dollars_of: SchoolYear) -> Option<JudgedValue> {
        let is_money = self.context.measure.unit.is_money();
        let value = if is_money { self.real_value(point, in_dollars_of)? } else { point.value? };
        Some(JudgedValue { year: point.year, value })
    }

    /// The change of the state's median; for money in dollars of the later year, if prices are known.
    fn state_change(&self, from: SchoolYear, to: SchoolYear) -> Option<f64> {
        let then = self.standing(from)?.state_median?;
        let money = self.context.measure.unit.is_money();
        let judged = if money { self.context.in_dollars_of(to.end(), from.end(), then) } else { then };
        Some(self.standing(to)?.state_median? - judged)
    }

    fn standing(&self, year: SchoolYear) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.year == year)
    }

    /// The two-sided p-value of the change between two points of the run.
    fn test(&self, run: &[&Point], earlier: &Point, latest: &Point) -> Option<f64> {
        let measure = self.context.measure;
        if measure.unit != Unit::Percent || measure.people.is_none() {
            return None;
        }
        let z = z_of_proportions(earlier, latest).or_else(|| z_of_noise(run, earlier, latest))?;
        z.is_finite().then(|| two_sided_p(z))
    }

    /// How far the value has come back from its worst year since the base year (or the first year of the run). Both the loss
    /// and the gain since must be meaningful.
    fn recovery(&self, run: &[&Point]) -> Option<Recovery> {
        let sign = self.context.measure.better.sign();
        let latest = run.last()?;
        let first = run.iter().position(|point| Some(point.year) >= self.base_year).unwrap_or(0);
        let judged: Option<Vec<JudgedValue>> =
            run.get(first..)?.iter().map(|point| self.judged(point, latest.year)).collect();
        let judged = judged?;
        let (from, later) = judged.split_first()?;
        let (worst, latest) =
            (later.iter().min_by(|a, b| (sign * a.value).total_cmp(&(sign * b.value)))?, later.last()?);
        let (loss, gain) = (sign * (from.value - worst.value), sign * (latest.value - worst.value));
        let meaningful = self.context.measure.matters_from(from.value);
        let is_recovery = meaningful > 0.0 && reaches(loss, meaningful) && reaches(gain, meaningful);
        (sign != 0.0 && is_recovery).then(|| Recovery {
            from_year: from.year,
            from: from.value,
            worst_year: worst.year,
            worst: worst.value,
            latest: latest.value,
            share: gain / loss,
        })
    }

    /// The change of the place in the state.
    fn place_change(&self) -> Option<PlaceChange> {
        let latest = self.standings.last()?;
        let five_years_ago = SchoolYear::ending(latest.year.end() - FIVE_YEARS).ok();
        let years = [self.base_year, five_years_ago].into_iter().flatten();
        let earlier = years.filter(|year| *year < latest.year).find_map(|year| self.standing(year))?;
        Some(PlaceChange {
            from_year: earlier.year,
            from: earlier.state_percentile?,
            to: latest.state_percentile?,
            is_across_break: self.context.breaks.iter().any(|found| lies_between(found, earlier, latest)),
        })
    }
}

fn lies_between(found: &Break, earlier: &Standing, latest: &Standing) -> bool {
    earlier.year.end() < found.year && found.year <= latest.year.end()
}

/// The price level of a year, if known.
fn price(prices: &BTreeMap<i32, f64>, year: SchoolYear) -> Option<f64> {
    prices.get(&year.end()).copied().filter(|price| *price > 0.0)
}

fn value(point: &Point) -> f64 {
    point.value.unwrap_or(f64::NAN)
}

/// The z of two rates with known n.
fn z_of_proportions(earlier: &Point, latest: &Point) -> Option<f64> {
    let (n1, n2) = (earlier.n.filter(|n| *n > 0.0)?, latest.n.filter(|n| *n > 0.0)?);
    let (p1, p2) = (earlier.value? / 100.0, latest.value? / 100.0);
    let pooled = (n1 * p1 + n2 * p2) / (n1 + n2);
    let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    (variance > 0.0).then(|| (p2 - p1).abs() / variance.sqrt())
}

/// The z of a change beside how much the series usually moves from one year to the next.
fn z_of_noise(run: &[&Point], earlier: &Point, latest: &Point) -> Option<f64> {
    if run.len() < FEWEST_FOR_NOISE {
        return None;
    }
    let steps = run.windows(2).map(|pair| (value(pair[1]) - value(pair[0])).abs()).collect();
    let step = median_of(steps)?;
    Some((latest.value? - earlier.value?).abs() * NORMAL_MEDIAN / step)
}

#[cfg(test)]
mod tests {
    use super::result::Changes;
    use super::{ChangingSeries, MeasureContext};
    use crate::catalog::Measure;
    use crate::compare::Point;
    use crate::compare::tests::{close, measure};
    use crate::domain::{Better, Break, SchoolYear, Status, Unit};

    fn year(end: i32) -> SchoolYear {
        SchoolYear::ending(end).unwrap()
    }

    fn points(first: i32, values: &[f64], n: Option<f64>) -> Vec<Point> {
        let point = |(end, value): (i32, &f64)| Point {
            year: year(end),
            value: Some(*value),
            status: Status::Reported,
            n,
            derived: false,
            sources: Vec::new(),
        };
        (first..).zip(values).map(point).collect()
    }

    fn rate(better: Better) -> Measure {
        Measure { better, people: Some("students".to_owned()), ..measure("rate", Unit::Percent, 2.0) }
    }

    fn changes(points: &[Point], measure: &Measure, breaks: &[Break]) -> Changes {
        let prices = (2016..).zip([100.0, 102.0, 104.0, 106.0, 108.0, 110.0, 118.0, 125.0, 129.0]).collect();
        let context = MeasureContext { measure, breaks, prices: &prices };
        ChangingSeries { points, standings: &[], context, base_year: Some(year(2019)) }.changes()
    }

    #[test]
    fn changes_are_counted_from_the_base_year_and_five_years_ago() {
        let found = changes(
            &points(2018, &[10.0, 12.0, 14.0, 20.0, 30.0, 28.0, 27.0], None),
            &rate(Better::Lower),
            &[],
        );
        let base = found.since_base.unwrap();
        assert_eq!((base.from_year, base.to_year, base.from, base.to), (year(2019), year(2024), 12.0, 27.0));
        assert_eq!((base.size(), base.percent()), (15.0, Some(125.0)));
        assert_eq!(found.five_years.unwrap().from, 12.0);
        assert_eq!(found.one_year.unwrap().size(), -1.0);
    }

    #[test]
    fn nothing_is_compared_across_a_break() {
        let new_test = [Break { year: 2022, why: "new test".to_owned() }];
        let found = changes(
            &points(2018, &[10.0, 12.0, 14.0, 20.0, 30.0, 28.0, 27.0], None),
            &rate(Better::Lower),
            &new_test,
        );
        assert_eq!((found.since_base, found.five_years), (None, None));
        assert_eq!(found.one_year.unwrap().size(), -1.0);
    }

    #[test]
    fn a_recovery_is_the_share_of_the_loss_that_is_undone() {
        let absent = points(2018, &[10.0, 12.0, 14.0, 20.0, 32.0, 28.0, 22.0], None);
        let recovery = changes(&absent, &rate(Better::Lower), &[]).recovery.unwrap();
        assert_eq!((recovery.from_year, recovery.worst_year, recovery.share), (year(2019), year(2022), 0.5));
        // Still at its worst, or hardly below it: no recovery.
        assert_eq!(changes(&absent[..5], &rate(Better::Lower), &[]).recovery, None);
        let hardly = points(2018, &[10.0, 12.0, 14.0, 20.0, 32.0, 31.0], None);
        assert_eq!(changes(&hardly, &rate(Better::Lower), &[]).recovery, None);
        // The other way around there was nothing to recover from.
        assert_eq!(changes(&absent, &rate(Better::Higher), &[]).recovery.map(|r| r.worst_year), None);
        assert_eq!(changes(&absent, &rate(Better::Neither), &[]).recovery, None);
    }

    #[test]
    fn money_is_compared_in_dollars_of_the_latest_year() {
        let pay = measure("pay", Unit::Dollars, 2.0);
        let base = changes(
            &points(2019, &[50_000.0, 50_500.0, 51_000.0, 52_000.0, 54_000.0, 56_000.0], None),
            &pay,
            &[],
        );
        let base = base.since_base.unwrap();
        close(base.judged_from(), 50_000.0 * 129.0 / 106.0);
        assert!(base.size() < 0.0 && base.to > base.from);
        assert_eq!(base.test, None);
    }

    #[test]
    fn money_without_a_price_index_has_no_change() {
        let pay = measure("pay", Unit::Dollars, 2.0);
        // There is no index for 2025.
        let found = changes(
            &points(2019, &[50_000.0, 45_000.0, 51_000.0, 52_000.0, 54_000.0, 56_000.0, 58_000.0], None),
            &pay,
            &[],
        );
        assert_eq!(
            (found.since_base, found.five_years, found.one_year, found.recovery),
            (None, None, None, None)
        );
        // Nor for 2015, but the others are compared.
        let found =
            changes(&points(2015, &[50_000.0, 51_000.0, 52_000.0, 53_000.0, 54_000.0], None), &pay, &[]);
        assert!(found.one_year.is_some());
    }

    #[test]
    fn a_rate_of_few_people_may_change_by_chance() {
        let p = |n| {
            let found = changes(
                &points(2019, &[10.0, 11.0, 12.0, 13.0, 14.0, 18.0], Some(n)),
                &rate(Better::Lower),
                &[],
            );
            found.since_base.unwrap().test.unwrap().p
        };
        // erfc(|z| / √2) in Python, of 180 and 100 of 1000, and of 9 and 5 of 50.
        close(p(1000.0), 2.531_000_455_701_955e-7);
        close(p(50.0), 0.249_000_352_452_101_7);
    }

    #[test]
    fn without_n_a_change_is_compared_with_the_usual_step() {
        let steady = points(2019, &[10.0, 10.5, 10.0, 10.5, 10.0, 18.0], None);
        assert!(changes(&steady, &rate(Better::Lower), &[]).since_base.unwrap().test.unwrap().p < 1e-6);
        let noisy = points(2019, &[10.0, 18.0, 9.0, 17.0, 10.0, 18.0], None);
        assert!(changes(&noisy, &rate(Better::Lower), &[]).since_base.unwrap().test.unwrap().p > 0.3);
        let short = points(2019, &[10.0, 11.0, 18.0], None);
        assert_eq!(changes(&short, &rate(Better::Lower), &[]).since_base.unwrap().test, None);
    }
}
