//! Every rule of the catalog has a case in `tests/rules.toml`: a tiny series that fires it, and one that does not.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::super::ProjectChoices;
use super::super::for_tests::{comparisons, key, series, year};
use super::super::rule_check::{DistrictContext, RuleCheck};
use super::{catalog, proposed_by};
use crate::catalog::{Catalog, Rule, Target};
use crate::compare::{
    Comparison, Direction, ErrorSource, Expected, PlaceChange, ProjectedYear, Projection, ProjectionRecord,
    RiskRatio, SchoolSpread,
};
use crate::domain::{ALL, Grade, MeasureKey};

/// The case of a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleCase {
    series: String,
    fires: CaseSeries,
    silent: CaseSeries,
}

/// A series, and how it compares.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CaseSeries {
    values: Vec<f64>,
    trend: Option<CaseTrend>,
    shift: Option<bool>,
    below: Option<usize>,
    clear: Option<bool>,
    median: Option<f64>,
    all: Option<f64>,
    risk_years: Option<usize>,
    expected: Option<f64>,
    scale: Option<f64>,
    state_percentile: Option<f64>,
    state_change: Option<f64>,
    place: Option<[f64; 2]>,
    gap_from: Option<f64>,
    beside: Option<Vec<f64>>,
    beside_peers: Option<[f64; 2]>,
    projected: Option<f64>,
    target: Option<f64>,
    schools: Option<[f64; 3]>,
    #[serde(default)]
    groups: BTreeMap<String, f64>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CaseTrend {
    Rising,
    Falling,
}

fn cases() -> BTreeMap<String, RuleCase> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules.toml");
    toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn measure_of(name: &str) -> &str {
    name.split('/').next().unwrap()
}

fn comparison_key(name: &str) -> MeasureKey {
    let mut parts = name.split('/');
    let measure = parts.next().unwrap();
    let mut part = || parts.next().unwrap_or(ALL);
    key(measure, [part(), part(), part()])
}

/// Five years ahead.
fn projection_to(value: f64) -> Projection {
    Projection {
        method: "cohort-survival".into(),
        first: year(2019),
        from: year(2024),
        years: vec![ProjectedYear { year: year(2029), value, low: value, high: value, band_of: None }],
        record: ProjectionRecord::Flows { mean: 0.0 },
    }
}

/// Three schools, of which some are ahead and behind, and whose range has grown.
fn spread_of([ahead, behind, growth]: [f64; 3]) -> SchoolSpread {
    SchoolSpread {
        year: year(2024),
        of_type: "elementary schools".to_owned(),
        schools: 3,
        low: 10.0,
        high: 40.0,
        ahead: ahead as usize,
        behind: behind as usize,
        earlier: Some((year(2020), 30.0 - growth)),
    }
}

fn comparison(name: &str, case: &CaseSeries) -> Comparison {
    let mut made = series(comparison_key(name), &case.values);
    let (first, last) = (case.values[0], case.values[case.values.len() - 1]);
    let slope = (last - first) / (case.values.len().max(2) - 1) as f64;
    if let Some(trend) = case.trend {
        let direction = match trend {
            CaseTrend::Rising => Direction::Rising,
            CaseTrend::Falling => Direction::Falling,
        };
        made = made.going(direction, slope).really(direction, first, slope);
    }
    if case.shift == Some(true) {
        made = made.going(Direction::Steady, 0.0).shifted();
    }
    if let Some(below) = case.below {
        made = made.among(below, 0, case.median.unwrap_or(last), case.clear.unwrap_or(true));
    }
    if let Some(all) = case.all {
        made = made.beside_all(all);
    }
    if let Some(years_at_2) = case.risk_years {
        made.gap.as_mut().unwrap().risk = Some(RiskRatio { year: year(2024), ratio: 3.0, years_at_2 });
    }
    if let (Some(percentile), Some(standing)) = (case.state_percentile, made.standings.last_mut()) {
        standing.state_percentile = Some(percentile);
    }
    made = made.changed(measure_of(name), case.state_change);
    made.changes.place =
        case.place.map(|[from, to]| PlaceChange { from_year: year(2019), from, to, is_across_break: false });
    if let Some(from) = case.gap_from {
        made = made.with_gap_from(from);
    }
    made.schools = case.schools.map(spread_of);
    made.projection = case.projected.map(projection_to);
    made.expected = case.expected.zip(case.scale).map(|(value, scale)| Expected {
        year: year(2024),
        matched_in: year(2024),
        value,
        distance: last - value,
        scale,
        n: 200,
        r_squared: 0.6,
    });
    made
}

/// The series that the rule compares the case's series with.
fn beside(rule: &Rule, name: &str, case: &CaseSeries, values: &[f64]) -> Comparison {
    let mut key = comparison_key(name);
    let beside = rule.beside.clone().unwrap_or_default();
    key.measure = beside.measure.unwrap_or(key.measure);
    key.group = beside.group.unwrap_or(key.group);
    key.grade = beside.grade.map_or(key.grade, |grade| Grade::parse(&grade).unwrap());
    key.subject = beside.subject.unwrap_or(key.subject);
    let measure = key.measure.clone();
    let made = series(key, values).changed(&measure, None);
    match case.beside_peers {
        Some([below, median]) => made.among(below as usize, 0, median, true),
        None => made,
    }
}

fn fires(rule: &Rule, name: &str, case: &CaseSeries, catalog: &Catalog) -> bool {
    let mut all = vec![comparison(name, case)];
    all.extend(case.beside.as_ref().map(|values| beside(rule, name, case, values)));
    for (group, value) in &case.groups {
        let key = MeasureKey { group: group.clone(), ..comparison_key(name) };
        all.push(series(key, &[*value]).changed(measure_of(name), None));
    }
    let all = comparisons(all);
    let key = comparison_key(name);
    let target = case.target.map(|value| (key.slug(), Target { value, year: None, why: None }));
    let choices = ProjectChoices { targets: target.into_iter().collect(), ..ProjectChoices::default() };
    let district = DistrictContext::new(&all, &choices);
    let comparison = all.get(&key).unwrap();
    let measure = &catalog.measures[&comparison.key.measure];
    let series = district.series(comparison, measure, catalog);
    RuleCheck { rule, series, district: &district }.passes()
}

#[test]
fn every_rule_fires_where_it_should_and_only_there() {
    let (catalog, mut cases) = (catalog(), cases());
    let mut faults = Vec::new();
    for rule in &catalog.rules {
        let Some(case) = cases.remove(&rule.id) else {
            faults.push(format!("{} has no case: add one to tests/rules.toml", rule.id));
            continue;
        };
        if !fires(rule, &case.series, &case.fires, &catalog) {
            faults.push(format!("{} does not fire in the case `fires` of tests/rules.toml", rule.id));
        }
        if fires(rule, &case.series, &case.silent, &catalog) {
            faults.push(format!("{} fires in the case `silent` of tests/rules.toml", rule.id));
        }
    }
    faults.extend(cases.keys().map(|id| format!("{id} is no rule")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_projection_that_goes_back_is_not_said_to_go_on() {
    let said = |projected: f64| {
        let values = [1000.0, 980.0, 960.0, 940.0, 920.0, 900.0];
        let mut fell = series(MeasureKey::whole("enrollment"), &values).changed("enrollment", None);
        let record = ProjectionRecord::Errors { whose: ErrorSource::Own, n: 8, mean: 0.02, mean_same: 0.04 };
        fell.projection = Some(Projection { record, ..projection_to(projected) });
        proposed_by("enrollment-falling", vec![fell]).remove(0).statement
    };
    let fell = "Enrollment fell from 1,000 in 2018-19 to 900 in 2023-24 (−10.0%)";
    let outlook = "would be about";
    let end = "by 2028-29 if students advance as before.";
    assert_eq!(said(950.0), format!("{fell}, but {outlook} 950 (950–950) {end}"));
    assert_eq!(said(850.0), format!("{fell}, and {outlook} 850 (850–850) {end}"));
}

#[test]
fn kindergarten_is_not_compared_with_a_grade_of_a_few_students() {
    let proposed = |first: f64, last: f64| {
        let grade = |grade, value| series(key("enrollment", ["all", grade, "all"]), &[value]);
        proposed_by("many-kindergartners", vec![grade("KG", first), grade("12", last)]).len()
    };
    assert_eq!((proposed(44.0, 30.0), proposed(27.0, 14.0)), (1, 0));
}

#[test]
fn a_level_left_long_ago_is_no_news() {
    let steps = |years: usize| {
        let values = [[80.0].repeat(years), [88.0].repeat(years)].concat();
        let rate = series(MeasureKey::whole("graduation-rate"), &values);
        proposed_by("level-left-for-the-better", vec![rate.going(Direction::Steady, 0.0).shifted()]).len()
    };
    assert_eq!([5, 6].map(steps), [1, 0]);
}

#[test]
fn a_trend_that_ends_where_it_began_is_no_item() {
    let proposed = |last: f64| {
        let reserves = series(MeasureKey::whole("fund-balance-share"), &[29.0, 26.0, 27.0, 28.0, 29.0, last]);
        let rising = reserves.going(Direction::Rising, 1.5).among(5, 0, 29.0, true);
        proposed_by("reserves-improving", vec![rising]).len()
    };
    assert_eq!([29.5, 39.0].map(proposed), [0, 1]);
}

#[test]
fn spending_is_said_with_the_results_beside_it() {
    let said = |measure: &str, subject: &str, rule: &str| {
        let spending = series(MeasureKey::whole("operating-expenditure-per-student"), &[17_928.0]);
        let results = series(key(measure, ["all", "all", subject]), &[60.0]).among(2, 0, 80.0, true);
        let all = vec![spending.among(10, 0, 15_900.0, true), results];
        proposed_by(rule, all).remove(0).statement
    };
    assert_eq!(
        said("proficiency-rate", "reading", "spending-beside-reading"),
        "Operating expenditure per student was $17,928 in 2023-24, higher than in all 10 peers, while reading proficiency was lower than in 8 of 10."
    );
    let graduation = said("graduation-rate", "all", "spending-beside-graduation");
    assert!(graduation.contains("while the graduation rate was lower than in 8 of 10"), "{graduation}");
    assert!(graduation.split(' ').count() <= 25, "{graduation}");
}
