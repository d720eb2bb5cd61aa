//! The gap between a student group and those it is compared with, with its doubt, its course, and, for discipline, the
//! risk ratio.
//!
//! Reference: the group's complement where the catalog names one and the sources have it (students not from low-income
//! families), else all students of the same grade and subject. All students hold the group itself; where both n are
//! known, the others are told apart by subtraction, the interval is Newcombe's between the group and the others, and,
//! since the difference to all is the difference to the others times their share, it is scaled by that share.
//!
//! Years in which either side is known to rest on fewer people than the measure's smallest group are left out.
//!
//! Test: [`no_difference`] over the latest three years of the comparable run in which both n are known, added up. One
//! year of 60 students a side cannot tell 15 points from chance (p about 0.10). Students who count in several of these years make
//! p somewhat smaller than it should be. Where these years together lie the other way than the gap that is shown, they say
//! nothing for it, and p is told as 1.
//!
//! Risk ratio: the group's rate over that of the others, where the group has at least 10 students and 10 incidents in the latest
//! year (IDEA practice; small groups swing). A year without one ends a row of years, and so does a break.
//!
//! Degenerate: measures that add up have no gap, a group being a part of all; without n there is a difference, and
//! neither interval nor test; where the others have no incidents there is no ratio.

use std::collections::BTreeMap;

use super::comparison::{GroupGap, RiskRatio, Tested};
use super::newcombe::{Share, newcombe, no_difference};
use super::trend::{Scratch, trend};
use crate::catalog::{Catalog, Measure};
use crate::domain::{Break, SchoolYear, Unit};

/// How many of the latest years are added up for the test.
const POOLED_YEARS: usize = 3;

/// With fewer people a group is small: it grounds no strong finding (`methods.md` 1).
pub const SMALL_GROUP: f64 = 20.0;

/// The fewest students, and the fewest incidents, for a risk ratio.
const FEWEST_AT_RISK: f64 = 10.0;

/// A value with how many people it rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) value: f64,
    pub(super) n: Option<f64>,
}

/// What a group is compared with.
#[derive(Debug)]
pub(super) struct Reference {
    /// Its group id.
    pub(super) group: String,
    /// Whether the group is a part of it.
    pub(super) holds_group: bool,
    /// Its values by year.
    pub(super) by_year: BTreeMap<i32, Side>,
}

/// The gap in the latest year that both sides have, and the test.
pub(super) fn gap(
    own: &[(i32, Side)],
    reference: &Reference,
    (measure, breaks): (&Measure, &[Break]),
    catalog: &Catalog,
    scratch: &mut Scratch,
) -> Option<(GroupGap, Option<Tested>)> {
    let both = own.iter().filter_map(|(year, side)| Some((*year, *side, *reference.by_year.get(year)?)));
    let both: Vec<(i32, Side, Side)> = both
        .filter(|(_, side, other)| rests_on_enough(*side, *other, reference.holds_group, measure))
        .collect();
    let (year, side, other) = *both.last()?;
    let differences: Vec<(i32, f64)> = both.iter().map(|(y, a, b)| (*y, a.value - b.value)).collect();
    let course = trend(&differences, (measure, breaks), &catalog.prices, scratch);
    let from = course.as_ref().map_or(year, |t| t.first_year.end());
    let is_share = measure.unit == Unit::Percent;
    let pooled = pooled(both.iter().rev().take_while(|(y, ..)| *y >= from), reference.holds_group);
    let shown = side.value - other.value;
    let tested = pooled.filter(|_| is_share).and_then(|(a, b)| {
        let agrees = (a.p - b.p) * shown >= 0.0;
        no_difference(a, b).map(|p| Tested::new(if agrees { p } else { 1.0 }))
    });
    let interval = shares(side, other, reference.holds_group).filter(|_| is_share).and_then(|(a, b)| {
        let (low, high) = newcombe(a, b)?;
        let scale = 100.0 * if reference.holds_group { b.n / (a.n + b.n) } else { 1.0 };
        Some((scale * low, scale * high))
    });
    let gap = GroupGap {
        year: SchoolYear::ending(year).ok()?,
        reference_group: reference.group.clone(),
        reference: other.value,
        gap: shown,
        n: side.n,
        reference_n: other.n,
        beside: beside(side, other, reference.holds_group),
        interval,
        trend: course,
        risk: risk(&both, from, reference.holds_group, measure),
    };
    Some((gap, tested))
}

/// Whether neither side is known to rest on fewer people than the smallest group of the measure.
fn rests_on_enough(side: Side, other: Side, holds_group: bool, measure: &Measure) -> bool {
    let enough = |n: Option<f64>| n.is_none_or(|n| n >= f64::from(measure.smallest_group));
    enough(side.n) && enough(beside(side, other, holds_group))
}

/// How many people stand beside the group.
fn beside(side: Side, other: Side, holds_group: bool) -> Option<f64> {
    if holds_group { other.n.zip(side.n).map(|(all, own)| all - own) } else { other.n }
}

/// The group and those beside it, as shares.
fn shares(side: Side, other: Side, holds_group: bool) -> Option<(Share, Share)> {
    let share = |p: f64, n: f64| Some(Share { p: p.clamp(0.0, 1.0), n }).filter(|_| n > 0.0);
    let (own, all) = ((side.value / 100.0, side.n?), (other.value / 100.0, other.n?));
    let beside = if holds_group {
        let n = all.1 - own.1;
        ((all.0 * all.1 - own.0 * own.1) / n, n)
    } else {
        all
    };
    share(own.0, own.1).zip(share(beside.0, beside.1))
}

/// The latest years added up.
fn pooled<'a>(
    latest: impl Iterator<Item = &'a (i32, Side, Side)>,
    holds_group: bool,
) -> Option<(Share, Share)> {
    let years = latest.filter_map(|(_, a, b)| shares(*a, *b, holds_group)).take(POOLED_YEARS);
    let add = |a: Share, b: Share| Share { p: (a.p * a.n + b.p * b.n) / (a.n + b.n), n: a.n + b.n };
    years.reduce(|(a, b), (c, d)| (add(a, c), add(b, d)))
}

/// The risk ratio of the latest year, if it has enough for one, and for how many years in a row, from `from` on, it is 2 or
/// more.
fn risk(both: &[(i32, Side, Side)], from: i32, holds_group: bool, measure: &Measure) -> Option<RiskRatio> {
    if measure.unit != Unit::Per100 {
        return None;
    }
    let ratio = |side: &Side, other: &Side| {
        let (own, all) = ((side.value / 100.0, side.n?), (other.value / 100.0, other.n?));
        let enough = own.1 >= FEWEST_AT_RISK && own.0 * own.1 >= FEWEST_AT_RISK - 1e-9;
        let beside = if holds_group { (all.0 * all.1 - own.0 * own.1) / (all.1 - own.1) } else { all.0 };
        Some(own.0 / beside).filter(|r| enough && r.is_finite() && beside > 0.0)
    };
    let (last, side, other) = both.last()?;
    let latest = ratio(side, other)?;
    let run = both.iter().rev().take_while(|(year, ..)| *year >= from);
    let is_high = |((year, a, b), ago): &(&(i32, Side, Side), i32)| {
        *year == last - ago && ratio(a, b).is_some_and(|ratio| ratio >= 2.0)
    };
    let years_at_2 = run.zip(0..).take_while(is_high).count();
    Some(RiskRatio { year: SchoolYear::ending(*last).ok()?, ratio: latest, years_at_2 })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{GroupGap, Reference, Side, Tested, gap};
    use crate::catalog::Catalog;
    use crate::compare::newcombe::{Share, no_difference};
    use crate::compare::tests::{close, measure};
    use crate::compare::trend::Scratch;
    use crate::domain::{Break, Unit};

    /// Years from 2022 on: the group's rate and n, the others' rate and n.
    fn of(years: &[(f64, f64, f64, f64)], holds_group: bool) -> Option<(GroupGap, Option<Tested>)> {
        let side = |value: f64, n: f64| Side { value, n: (n > 0.0).then_some(n) };
        let own: Vec<(i32, Side)> = (2022..).zip(years).map(|(y, r)| (y, side(r.0, r.1))).collect();
        let by_year: BTreeMap<i32, Side> = (2022..).zip(years).map(|(y, r)| (y, side(r.2, r.3))).collect();
        let reference = Reference { group: "others".to_owned(), holds_group, by_year };
        let measure = measure("rate", Unit::Percent, 2.0);
        gap(&own, &reference, (&measure, &[]), &Catalog::default(), &mut Scratch::default())
    }

    #[test]
    fn a_test_of_three_years_must_lie_on_the_side_of_the_gap_that_is_shown() {
        // Two years far below, the last a little above: together 31 of 100 and 90 of 200, which are apart.
        let (shown, test) =
            of(&[(20.0, 40.0, 50.0, 80.0), (20.0, 40.0, 50.0, 80.0), (75.0, 20.0, 25.0, 40.0)], false)
                .unwrap();
        assert_eq!((shown.gap, test.unwrap().p), (50.0, 1.0));
        let (shown, test) = of(&[(20.0, 40.0, 50.0, 80.0), (25.0, 40.0, 30.0, 80.0)], false).unwrap();
        assert_eq!(shown.gap, -5.0);
        let wanted = no_difference(Share { p: 0.225, n: 80.0 }, Share { p: 0.4, n: 160.0 }).unwrap();
        close(test.unwrap().p, wanted);
    }

    #[test]
    fn a_risk_ratio_is_of_the_latest_year_or_there_is_none() {
        let rate = measure("suspensions", Unit::Per100, 1.0);
        let risk = |years: &[(f64, f64, f64, f64)], breaks: &[i32]| {
            let side = |value: f64, n: f64| Side { value, n: Some(n) };
            let own: Vec<(i32, Side)> = (2022..).zip(years).map(|(y, r)| (y, side(r.0, r.1))).collect();
            let by_year = (2022..).zip(years).map(|(y, r)| (y, side(r.2, r.3))).collect();
            let reference = Reference { group: "others".to_owned(), holds_group: false, by_year };
            let breaks: Vec<Break> =
                breaks.iter().map(|year| Break { year: *year, why: "counted anew".to_owned() }).collect();
            let found = gap(&own, &reference, (&rate, &breaks), &Catalog::default(), &mut Scratch::default());
            found.unwrap().0.risk.map(|r| (r.year.end(), r.ratio, r.years_at_2))
        };
        // 25 of 100 against 12.5: twice as often; 4 of 100 are too few incidents for a ratio.
        let (high, few) = ((25.0, 100.0, 12.5, 400.0), (4.0, 100.0, 12.5, 400.0));
        assert_eq!(risk(&[high, high, high], &[]), Some((2024, 2.0, 3)));
        assert_eq!(risk(&[high, high, few], &[]), None);
        assert_eq!(risk(&[high, few, high], &[]), Some((2024, 2.0, 1)));
        // A row of years ends at a break.
        assert_eq!(risk(&[high, high, high], &[2023]), Some((2024, 2.0, 2)));
        assert_eq!(risk(&[high, high, high], &[2024]), Some((2024, 2.0, 1)));
    }

    #[test]
    fn years_that_rest_on_fewer_than_the_smallest_group_are_left_out() {
        let (enough, few) = ((30.0, 10.0, 50.0, 10.0), (30.0, 9.0, 50.0, 10.0));
        assert_eq!(of(&[enough, few], false).unwrap().0.year.end(), 2022);
        assert!(of(&[few], false).is_none() && of(&[(30.0, 10.0, 50.0, 9.0)], false).is_none());
        // All students hold the group: of 19, 9 are beside it.
        assert!(of(&[(30.0, 10.0, 50.0, 19.0)], true).is_none());
        assert!(of(&[(30.0, 10.0, 50.0, 20.0)], true).unwrap().0.is_small());
        // 180 of 195: the 15 others are few.
        assert!(of(&[(30.0, 180.0, 50.0, 195.0)], true).unwrap().0.is_small());
        // What is not known is not few.
        let unknown = of(&[(30.0, 0.0, 50.0, 0.0)], false).unwrap();
        assert!(!unknown.0.is_small() && unknown.1.is_none());
        assert!(!of(&[(30.0, 20.0, 50.0, 20.0)], false).unwrap().0.is_small());
    }
}
