//! How student groups differ: the gap between a group and its reference, its uncertainty, its trend, and, for
//! discipline, the risk ratio.
//!
//! The reference is the group's complement if the catalog names one and the sources have it (students not
//! from low-income families), otherwise all students of the same grade and subject. All students include the
//! group itself. If both n are known, the others are found by subtraction, and the interval is Newcombe's
//! between the group and the others, scaled by the others' share of all students: the difference from all
//! students is that share times the difference from the others.
//!
//! Years in which either side is known to have fewer people than the measure's smallest group are excluded.
//!
//! Test: [`equal_proportions_p`] on the pooled latest three years of the comparable run in which both n are
//! known. A single year with 60 students on each side cannot distinguish 15 points from chance (p about
//! 0.10). Students who count in several of these years make p somewhat too small. If the pooled gap has the
//! opposite sign from the gap shown, it is not evidence for it, and p is 1.
//!
//! Degenerate: additive measures have no gap, since a group is a part of all; without n there is a
//! difference, but no interval or test. A gap in money has no trend, since it grows with prices.

pub(super) mod result;
mod risk;
mod year;

use statistics::newcombe::{equal_proportions_p, newcombe};

use self::result::GroupGap;
use self::risk::risk_ratio;
use self::year::{GapYear, GroupRates};
pub(super) use self::year::{GroupValue, GroupValues, Reference};
use super::comparison::TestResult;
use super::trend::{MeasureContext, TrendBuffers, trend};
use crate::catalog::Measure;
use crate::domain::{SchoolYear, Unit};

/// How many of the latest years are pooled for the test.
const POOLED_YEARS: usize = 3;

/// A gap and its test.
pub(super) struct TestedGap {
    pub(super) gap: GroupGap,
    /// `None` if the number of people behind the values is unknown, or the measure is not a percentage of
    /// them.
    pub(super) test: Option<TestResult>,
}

/// The gap in the latest year that both sides have, and its test; `None` if no year has both.
pub(super) fn gap(
    own: &GroupValues,
    reference: &Reference,
    context: MeasureContext<'_>,
    buffers: &mut TrendBuffers,
) -> Option<TestedGap> {
    let measure = context.measure;
    let years = comparable_years(own, reference, measure);
    let latest = *years.last()?;
    let differences: Vec<(i32, f64)> = years.iter().map(|year| (year.year, year.difference())).collect();
    let trend = trend(&differences, context, buffers);
    let run_start = trend.as_ref().map_or(latest.year, |t| t.first_year.end());
    let run = &years[years.partition_point(|year| year.year < run_start)..];
    let is_percent = measure.unit == Unit::Percent;
    let test = if is_percent { pooled_test(run, latest.difference()) } else { None };
    let gap = GroupGap {
        year: SchoolYear::ending(latest.year).ok()?,
        reference_group: reference.group.clone(),
        reference: latest.reference.value,
        gap: latest.difference(),
        n: latest.group.n,
        reference_n: latest.reference.n,
        beside: latest.others_n(),
        interval: if is_percent { interval(latest) } else { None },
        trend: trend.filter(|_| !measure.unit.is_money()),
        risk: risk_ratio(run, measure),
    };
    Some(TestedGap { gap, test })
}

/// The years that both sides have, ascending, excluding those with too few people.
fn comparable_years(own: &GroupValues, reference: &Reference, measure: &Measure) -> Vec<GapYear> {
    let includes_group = reference.includes_group;
    own.iter()
        .filter_map(|(year, group)| {
            let reference = *reference.by_year.get(year)?;
            Some(GapYear { year: *year, group: *group, reference, includes_group })
        })
        .filter(|year| year.has_enough_people(measure))
        .collect()
}

/// The test of the gap shown, over the latest years of its comparable run.
fn pooled_test(run: &[GapYear], shown: f64) -> Option<TestResult> {
    let latest = run.iter().rev().filter_map(|year| year.proportions()).take(POOLED_YEARS);
    let GroupRates { group, others } = latest.reduce(GroupRates::pooled_with)?;
    let agrees = (group.p - others.p) * shown >= 0.0;
    equal_proportions_p(group, others).map(|p| TestResult::new(if agrees { p } else { 1.0 }))
}

/// The 95% interval of the gap in one year, in percentage points.
fn interval(year: GapYear) -> Option<(f64, f64)> {
    let GroupRates { group, others } = year.proportions()?;
    let (low, high) = newcombe(group, others)?;
    let scale = 100.0 * if year.includes_group { others.n / (group.n + others.n) } else { 1.0 };
    Some((scale * low, scale * high))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use statistics::newcombe::{Proportion, equal_proportions_p};

    use super::{GroupGap, GroupValue, GroupValues, MeasureContext, Reference, TestResult, gap};
    use crate::catalog::Measure;
    use crate::compare::tests::{close, measure};
    use crate::compare::trend::TrendBuffers;
    use crate::domain::{Break, Unit};

    /// Years from 2022 on: the group's rate and n, the others' rate and n.
    type Years<'a> = &'a [(f64, f64, f64, f64)];

    fn gap_of(
        years: Years<'_>,
        includes_group: bool,
        measure: &Measure,
        breaks: &[Break],
    ) -> Option<(GroupGap, Option<TestResult>)> {
        let value = |value: f64, n: f64| GroupValue { value, n: (n > 0.0).then_some(n) };
        let own: GroupValues = (2022..).zip(years).map(|(y, r)| (y, value(r.0, r.1))).collect();
        let by_year: GroupValues = (2022..).zip(years).map(|(y, r)| (y, value(r.2, r.3))).collect();
        let reference = Reference { group: "others".to_owned(), includes_group, by_year };
        let context = MeasureContext { measure, breaks, prices: &BTreeMap::new() };
        let found = gap(&own, &reference, context, &mut TrendBuffers::default())?;
        Some((found.gap, found.test))
    }

    fn of(years: Years<'_>, includes_group: bool) -> Option<(GroupGap, Option<TestResult>)> {
        gap_of(years, includes_group, &measure("rate", Unit::Percent, 2.0), &[])
    }

    #[test]
    fn the_test_of_three_years_must_agree_in_sign_with_the_gap_shown() {
        // Far below in two years, slightly above in the last: pooled, 31 of 100 and 90 of 200, which differ
        // significantly.
        let (shown, test) =
            of(&[(20.0, 40.0, 50.0, 80.0), (20.0, 40.0, 50.0, 80.0), (75.0, 20.0, 25.0, 40.0)], false)
                .unwrap();
        assert_eq!((shown.gap, test.unwrap().p), (50.0, 1.0));
        let (shown, test) = of(&[(20.0, 40.0, 50.0, 80.0), (25.0, 40.0, 30.0, 80.0)], false).unwrap();
        assert_eq!(shown.gap, -5.0);
        let wanted =
            equal_proportions_p(Proportion { p: 0.225, n: 80.0 }, Proportion { p: 0.4, n: 160.0 }).unwrap();
        close(test.unwrap().p, wanted);
    }

    #[test]
    fn a_risk_ratio_is_for_the_latest_year_or_there_is_none() {
        let rate = measure("suspensions", Unit::Per100, 1.0);
        let risk = |years: &[(f64, f64, f64, f64)], breaks: &[i32]| {
            let breaks: Vec<Break> =
                breaks.iter().map(|year| Break { year: *year, why: "counted anew".to_owned() }).collect();
            let found = gap_of(years, false, &rate, &breaks);
            found.unwrap().0.risk.map(|r| (r.year.end(), r.ratio, r.years_at_2))
        };
        // 25 of 100 against 12.5 is twice as often; 4 of 100 are too few incidents for a ratio.
        let (high, few) = ((25.0, 100.0, 12.5, 400.0), (4.0, 100.0, 12.5, 400.0));
        assert_eq!(risk(&[high, high, high], &[]), Some((2024, 2.0, 3)));
        assert_eq!(risk(&[high, high, few], &[]), None);
        assert_eq!(risk(&[high, few, high], &[]), Some((2024, 2.0, 1)));
        // Consecutive years end at a break.
        assert_eq!(risk(&[high, high, high], &[2023]), Some((2024, 2.0, 2)));
        assert_eq!(risk(&[high, high, high], &[2024]), Some((2024, 2.0, 1)));
    }

    #[test]
    fn years_with_fewer_people_than_the_smallest_group_are_left_out() {
        let (enough, few) = ((30.0, 10.0, 50.0, 10.0), (30.0, 9.0, 50.0, 10.0));
        assert_eq!(of(&[enough, few], false).unwrap().0.year.end(), 2022);
        assert!(of(&[few], false).is_none() && of(&[(30.0, 10.0, 50.0, 9.0)], false).is_none());
        // All students include the group: of 19, 9 are not in it.
        assert!(of(&[(30.0, 10.0, 50.0, 19.0)], true).is_none());
        assert!(of(&[(30.0, 10.0, 50.0, 20.0)], true).unwrap().0.is_small());
        // 180 of 195: the other 15 are few.
        assert!(of(&[(30.0, 180.0, 50.0, 195.0)], true).unwrap().0.is_small());
        // An unknown n does not count as few.
        let unknown = of(&[(30.0, 0.0, 50.0, 0.0)], false).unwrap();
        assert!(!unknown.0.is_small() && unknown.1.is_none());
        assert!(!of(&[(30.0, 20.0, 50.0, 20.0)], false).unwrap().0.is_small());
    }
}
