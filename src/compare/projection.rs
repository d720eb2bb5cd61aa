//! Where enrollment and the fund balance go if things go on as they did, with the doubt that the past teaches.
//!
//! Enrollment: [`cohort`](super::cohort), five years ahead. Its doubt is its own record: the same method is run from each
//! earlier year that has the past it needs, and what it said is held against what came. The district is judged by its
//! own past: the projection is told only where its mean absolute relative error, over all years of all its past
//! projections, is less than that of "as many as now" over the same. With fewer than 8 errors in all its past is too
//! short to judge by, and the state's districts of like size (half to twice as many students) stand in.
//!
//! Of the relative errors at each horizon the 10th and the 90th percentile (type 7) make the band: eight in ten of the
//! past projections were this near. At a horizon where the district has fewer than 8 errors of its own, those of the
//! districts of like size stand in.
//!
//! Fund balance: the balance, and each coming year the mean surplus of the last three years; the band takes the least and the most
//! of the three for each year. That is a sum, not a forecast, and is worded so.
//!
//! Degenerate: with fewer than 8 errors at a horizon, wherever they are from, the projection ends before it. Nothing is
//! projected across a break.

use std::collections::BTreeMap;

use super::cohort::{Membership, YEARS, project};
use super::rank::{quantile, sort};
use super::state::reported;
use crate::catalog::{Catalog, Measure, ProjectionMethod};
use crate::disclosure::{FrameView, Released};
use crate::domain::{ALL, Break, District, Grade, MeasureKey, SchoolYear};

/// How many years ahead.
const HORIZON: usize = 5;

/// With fewer errors the district's own past is too short.
const FEWEST_ERRORS: usize = 8;

/// The years of flows that a roll-forward is made of.
const FLOWS: usize = 3;

/// A series carried forward.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// `cohort-survival` or `roll-forward`.
    pub method: &'static str,
    /// The first year that it is made of.
    pub first: SchoolYear,
    /// The last year that is known.
    pub from: SchoolYear,
    /// The coming years, ascending.
    pub years: Vec<ProjectedYear>,
    /// What the band rests on.
    pub record: Record,
}

/// One coming year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProjectedYear {
    /// School year.
    pub year: SchoolYear,
    /// The value, in the measure's unit.
    pub value: f64,
    /// Lower end of the band.
    pub low: f64,
    /// Upper end of the band.
    pub high: f64,
    /// Whose past projections make the band, and how many; `None` where it is made of flows.
    pub band_of: Option<(Whose, usize)>,
}

/// Whose past projections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The district's own.
    Own,
    /// Those of the state's districts of like size.
    LikeSize,
}

/// What a projection is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Record {
    /// Earlier projections by the same method.
    Errors {
        /// Whose.
        whose: Whose,
        /// How many errors there are, all horizons together.
        n: usize,
        /// The mean absolute relative error of the method.
        mean: f64,
        /// The same of "as many as now".
        mean_same: f64,
    },
    /// The least and the most of the last years' flows.
    Flows {
        /// Mean flow a year.
        mean: f64,
    },
}

/// How wrong the method was: at a horizon from 0, the relative error of the method, and of "as many as now".
type Error = (usize, f64, f64);

/// The past of one district.
#[derive(Debug, Clone, Default)]
struct Past {
    /// By year, from the first after the last break; none where the district has no such series.
    years: BTreeMap<i32, Membership>,
    follows: Vec<bool>,
    errors: Vec<Error>,
}

/// The pasts of all districts, for the measures that are carried forward by cohort survival.
#[derive(Debug, Clone, Default)]
pub(super) struct Pasts(BTreeMap<String, Vec<Past>>);

impl Pasts {
    pub(super) fn new(released: &Released, view: &FrameView<'_>, catalog: &Catalog) -> Self {
        let by_cohorts = |m: &&Measure| m.projection == Some(ProjectionMethod::CohortSurvival);
        let measures = catalog.measures.values().filter(by_cohorts);
        Self(measures.map(|m| (m.id.clone(), pasts(released, view, m))).collect())
    }

    /// The projection of a measure for a district, or `None` where it has none.
    pub(super) fn projection(&self, measure: &str, district: u32) -> Option<Projection> {
        let pasts = self.0.get(measure)?;
        let own = pasts.get(district as usize)?;
        let (last, now) = own.years.last_key_value()?;
        let values = project(&run_up_to(&own.years, *last)?, &own.follows, HORIZON)?;
        let of_like_size = of_like_size(pasts, now.all?);
        let record = record(&own.errors, &of_like_size)?;
        let mut years = Vec::new();
        for (horizon, value) in values.into_iter().enumerate() {
            let own = band(&own.errors, horizon).map(|band| (Whose::Own, band));
            let found = own.or_else(|| Some((Whose::LikeSize, band(&of_like_size, horizon)?)));
            let Some((whose, (n, low, high))) = found else { break };
            let year = SchoolYear::ending(*last + 1 + horizon as i32).ok()?;
            let (low, high) = (value / (1.0 + high), value / (1.0 + low));
            years.push(ProjectedYear { year, value, low, high, band_of: Some((whose, n)) });
        }
        let (first, from) = window(*last, YEARS)?;
        (!years.is_empty()).then_some(Projection { method: "cohort-survival", first, from, years, record })
    }
}

/// A balance and the flows of each year, carried forward: both are values by year. `breaks` are those of either.
pub(super) fn roll_forward<'b>(
    balance: &BTreeMap<i32, f64>,
    flows: &BTreeMap<i32, f64>,
    mut breaks: impl Iterator<Item = &'b Break>,
) -> Option<Projection> {
    let (last, now) = balance.last_key_value()?;
    let years = last + 1 - FLOWS as i32..=*last;
    if breaks.any(|b| b.year > *years.start() && years.contains(&b.year)) {
        return None;
    }
    let latest: Vec<f64> = years.rev().map(|year| flows.get(&year).copied()).collect::<Option<_>>()?;
    let mean = latest.iter().sum::<f64>() / FLOWS as f64;
    let least = latest.iter().copied().fold(f64::INFINITY, f64::min);
    let most = latest.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let year = |ahead: i32| {
        let after = |flow: f64| now + f64::from(ahead) * flow;
        let year = SchoolYear::ending(last + ahead).ok()?;
        Some(ProjectedYear { year, value: after(mean), low: after(least), high: after(most), band_of: None })
    };
    let years = (1..=HORIZON as i32).map(year).collect::<Option<_>>()?;
    let (first, from) = window(*last, FLOWS)?;
    Some(Projection { method: "roll-forward", first, from, years, record: Record::Flows { mean } })
}

/// The first and the last of so many years up to `last`.
fn window(last: i32, years: usize) -> Option<(SchoolYear, SchoolYear)> {
    let first = SchoolYear::ending(last + 1 - years as i32).ok()?;
    Some((first, SchoolYear::ending(last).ok()?))
}

/// The years up to `last` that a projection is made of; `None` where one is missing.
fn run_up_to(years: &BTreeMap<i32, Membership>, last: i32) -> Option<Vec<Membership>> {
    (last + 1 - YEARS as i32..=last).map(|year| years.get(&year).cloned()).collect()
}

fn pasts(released: &Released, view: &FrameView<'_>, measure: &Measure) -> Vec<Past> {
    let terms = released.terms();
    let key = |grade: Grade| MeasureKey { grade, ..MeasureKey::whole(&measure.id) };
    let mut totals: Vec<BTreeMap<i32, f64>> = vec![BTreeMap::new(); terms.districts.len()];
    for row in released.run(&key(Grade::all())).into_iter().flat_map(|run| view.rows(run.rows.clone())) {
        totals[row.district as usize].extend(reported(&row).map(|value| (row.year, value)));
    }
    let mut grades: Vec<&Grade> = terms.grades.iter().filter(|g| is_single(g)).collect();
    grades.sort_by_key(|g| g.order());
    let mut by_grade: Vec<BTreeMap<(i32, i8), f64>> = vec![BTreeMap::new(); terms.districts.len()];
    for grade in &grades {
        for row in
            released.run(&key((*grade).clone())).into_iter().flat_map(|run| view.rows(run.rows.clone()))
        {
            let value = reported(&row).map(|value| ((row.year, grade.order()), value));
            by_grade[row.district as usize].extend(value);
        }
    }
    let orders: Vec<i8> = grades.iter().map(|g| g.order()).collect();
    let districts = terms.districts.iter().zip(totals).zip(by_grade);
    districts
        .map(|((district, totals), by_grade)| past(district, measure, &orders, &totals, &by_grade))
        .collect()
}

/// A grade in which students are for one year, on their way from kindergarten to grade 12.
pub(super) fn is_single(grade: &Grade) -> bool {
    (0..=12).contains(&grade.order()) && !grade.id().contains('-')
}

fn past(
    district: &District,
    measure: &Measure,
    orders: &[i8],
    totals: &BTreeMap<i32, f64>,
    by_grade: &BTreeMap<(i32, i8), f64>,
) -> Past {
    let Some(last) = totals.keys().next_back() else { return Past::default() };
    let breaks = measure.breaks.iter().chain(&district.breaks).map(|b| b.year);
    let first = breaks.filter(|year| year <= last).max().unwrap_or(i32::MIN);
    // Grades that the district has: those with students in any year of the run.
    let has = |order: &&i8| by_grade.iter().any(|((year, o), n)| o == *order && *year >= first && *n > 0.0);
    let own: Vec<i8> = orders.iter().filter(has).copied().collect();
    let membership = |year: i32| Membership {
        grades: own.iter().map(|order| by_grade.get(&(year, *order)).copied()).collect(),
        all: totals.get(&year).copied(),
    };
    let years: BTreeMap<i32, Membership> =
        totals.range(first..).map(|(year, _)| (*year, membership(*year))).collect();
    let follows: Vec<bool> =
        own.iter().enumerate().map(|(i, order)| i > 0 && own[i - 1] + 1 == *order).collect();
    if own.is_empty() {
        return Past::default();
    }
    let errors = errors(&years, &follows);
    Past { years, follows, errors }
}

/// What the method would have said from each earlier year, held against what came.
fn errors(years: &BTreeMap<i32, Membership>, follows: &[bool]) -> Vec<Error> {
    let mut errors = Vec::new();
    for (from, now) in years {
        let projected = run_up_to(years, *from).and_then(|past| project(&past, follows, HORIZON));
        let Some((projected, now)) = projected.zip(now.all) else { continue };
        for (horizon, said) in projected.into_iter().enumerate() {
            let came = years.get(&(from + 1 + horizon as i32)).and_then(|m| m.all).filter(|n| *n > 0.0);
            errors.extend(came.map(|came| (horizon, said / came - 1.0, now / came - 1.0)));
        }
    }
    errors
}

/// The errors of all districts with half to twice as many students.
fn of_like_size(pasts: &[Past], students: f64) -> Vec<Error> {
    let like = |past: &&Past| {
        let now = past.years.last_key_value().and_then(|(_, m)| m.all);
        now.is_some_and(|n| n >= students / 2.0 && n <= students * 2.0)
    };
    pasts.iter().filter(like).flat_map(|past| past.errors.iter().copied()).collect()
}

/// The record, where it is better than "as many as now": the district's own where it is long enough.
fn record(own: &[Error], of_like_size: &[Error]) -> Option<Record> {
    let (whose, errors) = match own.len() {
        FEWEST_ERRORS.. => (Whose::Own, own),
        _ => (Whose::LikeSize, of_like_size),
    };
    let n = errors.len();
    let mean = errors.iter().map(|e| e.1.abs()).sum::<f64>() / n as f64;
    let mean_same = errors.iter().map(|e| e.2.abs()).sum::<f64>() / n as f64;
    (n >= FEWEST_ERRORS && mean < mean_same).then_some(Record::Errors { whose, n, mean, mean_same })
}

/// How many relative errors there are at a horizon, and their 10th and 90th percentile; `None` where they are too few.
fn band(errors: &[Error], horizon: usize) -> Option<(usize, f64, f64)> {
    let mut of: Vec<f64> = errors.iter().filter(|e| e.0 == horizon).map(|e| e.1).collect();
    sort(&mut of);
    let ends = quantile(&of, 0.1).zip(quantile(&of, 0.9));
    ends.filter(|_| of.len() >= FEWEST_ERRORS).map(|(low, high)| (of.len(), low, high))
}

/// Whether a series is one that is carried forward: the whole of the district.
pub(super) fn is_whole(key: &MeasureKey) -> bool {
    key.group == ALL && key.grade.is_all() && key.subject == ALL
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        Error, Membership, Past, Pasts, Projection, Record, Whose, band, errors, record, roll_forward,
    };
    use crate::domain::Break;

    #[test]
    fn a_balance_rolls_forward_by_its_flows() {
        let balance = BTreeMap::from([(2023, 110.0), (2024, 100.0)]);
        let flows = BTreeMap::from([(2022, -4.0), (2023, -10.0), (2024, -10.0)]);
        let found = roll_forward(&balance, &flows, [].iter()).unwrap();
        let second = found.years[1];
        assert_eq!((second.year.end(), second.value, second.low, second.high), (2026, 84.0, 80.0, 92.0));
        assert_eq!(found.record, Record::Flows { mean: -8.0 });
        let short = BTreeMap::from([(2022, -4.0), (2024, -10.0)]);
        assert_eq!(roll_forward(&balance, &short, [].iter()), None);
        // Nothing goes across a break: from 2022 on the three years are of one kind, from 2023 on they are not.
        let broken = |year| [Break { year, why: "new accounts".to_owned() }];
        assert_eq!(roll_forward(&balance, &flows, broken(2022).iter()), Some(found));
        assert_eq!(roll_forward(&balance, &flows, broken(2023).iter()), None);
        assert_eq!(roll_forward(&balance, &flows, broken(2024).iter()), None);
    }

    /// Relative errors −0.05, −0.04 … 0.05 at each of `horizons`, where "as many as now" was off by `same`.
    fn eleven(horizons: std::ops::Range<usize>, same: f64) -> Vec<Error> {
        let at = |horizon| (-5..=5).map(move |i| (horizon, f64::from(i) / 100.0, same));
        horizons.flat_map(at).collect()
    }

    #[test]
    fn the_band_is_that_of_eight_in_ten_errors() {
        // Type 7 of eleven values: the second and the last but one, −0.04 and 0.04.
        let errors = eleven(0..1, 0.1);
        let (n, low, high) = band(&errors, 0).unwrap();
        assert!(n == 11 && (low + 0.04).abs() < 1e-12 && (high - 0.04).abs() < 1e-12);
        assert_eq!((band(&errors, 1), band(&errors[..7], 0)), (None, None));
    }

    #[test]
    fn a_district_is_judged_by_its_own_past_and_by_others_only_where_that_is_short() {
        // The mean size of the eleven errors is 0.3 / 11.
        let (better, worse) = (eleven(0..1, 0.1), eleven(0..1, 0.01));
        let judged = |own: &[Error], others: &[Error]| match record(own, others) {
            Some(Record::Errors { whose, n, mean, mean_same }) => {
                assert!((mean - 0.3 / 11.0).abs() < 1e-12 && (mean_same - 0.1).abs() < 1e-12);
                Some((whose, n))
            }
            _ => None,
        };
        assert_eq!(judged(&better, &worse), Some((Whose::Own, 11)));
        assert_eq!(judged(&worse, &better), None);
        assert_eq!(judged(&worse[..7], &better), Some((Whose::LikeSize, 11)));
        assert_eq!(judged(&better[..7], &worse), None);
        assert_eq!(judged(&better[..7], &[]), None);
    }

    /// A district of two grades over `years`: of 100 in grade 1 (160 every third year) a tenth more are in grade 2.
    fn past(years: std::ops::Range<i32>) -> Past {
        let entry = |year: i32| if year % 3 == 0 { 160.0 } else { 100.0 };
        let of = |year: i32| {
            let grades = [entry(year), 1.1 * entry(year - 1)];
            Membership { all: Some(grades.iter().sum()), grades: grades.map(Some).to_vec() }
        };
        let years: BTreeMap<i32, Membership> = years.map(|year| (year, of(year))).collect();
        let follows = vec![false, true];
        let errors = errors(&years, &follows);
        Past { years, follows, errors }
    }

    #[test]
    fn each_band_says_whose_past_it_is_of() {
        let projected = |pasts: Vec<Past>| -> Option<Projection> {
            Pasts([("enrollment".to_owned(), pasts)].into()).projection("enrollment", 0)
        };
        // Twelve years: eight projections that one year was held against, seven of them two years.
        let whose = |p: &Projection| p.years.iter().map(|y| y.band_of.unwrap()).collect::<Vec<_>>();
        let alone = projected(vec![past(2009..2021)]).unwrap();
        assert_eq!(whose(&alone), [(Whose::Own, 8)]);
        assert!(
            matches!(alone.record, Record::Errors { whose: Whose::Own, n: 30, .. }),
            "{:?}",
            alone.record
        );
        let beside = projected(vec![past(2009..2021), past(2009..2021)]).unwrap();
        let like = |n| (Whose::LikeSize, n);
        assert_eq!(whose(&beside), [(Whose::Own, 8), like(14), like(12), like(10), like(8)]);
        // Six years of its own: 2 + 1 errors, which are too few to judge by.
        let short = projected(vec![past(2015..2021), past(2009..2021)]).unwrap();
        assert_eq!(whose(&short), [like(10), like(8)]);
        assert!(matches!(short.record, Record::Errors { whose: Whose::LikeSize, n: 33, .. }));
    }
}
