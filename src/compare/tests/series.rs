//! Tests of the comparison of all series of a district.

use super::{catalog, close, given, in_grade, key, only_enrollment};
use crate::catalog::ProjectionMethod;
use crate::compare::{
    Comparison, Comparisons, Direction, StateValues, all_peer_groups, compare, compare_with, trends,
};
use crate::disclosure::Released;
use crate::disclosure::for_tests::{Given, release_all_for_tests};
use crate::domain::{DistrictId, MeasureKey, Status};

/// Twelve districts of similar size; the rate of district `i` is `40 + i` in 2020, and a point more each year
/// except 2022.
fn state() -> Vec<Given> {
    let mut rows = Vec::new();
    for i in 0..12 {
        let id = format!("{:03}", 100 + i);
        for year in [2020, 2021, 2023, 2024] {
            let rate = 40.0 + f64::from(i + year - 2020);
            rows.push(given(&id, year, key("enrollment", "all"), 1000.0 + 10.0 * f64::from(i)));
            rows.push(given(&id, year, key("rate", "all"), rate));
        }
    }
    rows
}

fn compared(rows: &[Given], id: &str) -> (Released, Comparisons) {
    let released = release_all_for_tests(rows, &[]);
    let settings = only_enrollment(6);
    let code = released.terms().district(&DistrictId::new(id).unwrap()).unwrap();
    let comparisons = compare(&released, &catalog(), &settings, code);
    assert!(comparisons.diagnostics.is_empty());
    (released, comparisons.value)
}

fn of<'a>(comparisons: &'a Comparisons, key: &MeasureKey) -> &'a Comparison {
    comparisons.get(key).unwrap()
}

#[test]
fn a_series_with_its_trend_peers_and_state() {
    let (_, comparisons) = compared(&state(), "104");
    assert_eq!((comparisons.district.shown_id.as_str(), comparisons.state_n), ("104", 12));
    let rate = of(&comparisons, &key("rate", "all"));
    assert_eq!(
        rate.reported().map(|(y, v)| (y.end(), v)).collect::<Vec<_>>(),
        [(2020, 44.0), (2021, 45.0), (2023, 47.0), (2024, 48.0)]
    );
    let trend = rate.trend.as_ref().unwrap();
    assert_eq!((trend.slope, trend.n_years, trend.direction), (1.0, 4, Direction::Rising));
    assert!(trend.interval_is_range);
    close(trend.p.unwrap(), 1.0 / 12.0);
    // Its peers are the six nearest in size: 101 to 107 without itself, whose rates are a point apart.
    let years: Vec<i32> = rate.standings.iter().map(|s| s.year.end()).collect();
    assert_eq!(years, [2020, 2021, 2023, 2024]);
    let now = rate.standing().unwrap();
    assert_eq!((now.peer_n, now.peers_below, now.peers_equal), (6, 3, 0));
    assert_eq!((now.peer_median, now.peer_percentile), (Some(48.0), Some(50.0)));
    assert_eq!((now.state_n, now.state_median), (12, Some(49.5)));
    close(now.state_percentile.unwrap(), 100.0 * 4.5 / 12.0);
    assert_eq!(rate.peer_values.len(), 6);
    for (peer, value) in &rate.peer_values {
        let id: f64 = comparisons.peers.peers[*peer].district.shown_id.parse().unwrap();
        assert_eq!(*value, 44.0 + id - 100.0);
    }
    assert_eq!(rate.gap, None);
    assert_eq!(rate.points[0].sources[0].file, "given.csv");
}

#[test]
fn a_mask_is_a_point_without_a_value_and_no_series_is_made_up() {
    let mut rows = state();
    rows.push(given("104", 2022, key("rate", "all"), None));
    rows.push(given("104", 2024, key("rate", "low-income"), None));
    rows.push(given("105", 2024, key("rate", "english-learners"), 30.0));
    let (_, comparisons) = compared(&rows, "104");
    let keys: Vec<&MeasureKey> = comparisons.all.iter().map(|c| &c.key).collect();
    assert_eq!(keys, [&key("enrollment", "all"), &key("rate", "all"), &key("rate", "low-income")]);
    assert!(comparisons.all.is_sorted_by(|a, b| a.key < b.key));
    let rate = of(&comparisons, &key("rate", "all"));
    assert_eq!((rate.points.len(), rate.points[2].status, rate.points[2].value), (5, Status::Masked, None));
    assert_eq!((rate.standings.len(), rate.trend.as_ref().unwrap().slope), (4, 1.0));
    let masked = of(&comparisons, &key("rate", "low-income"));
    assert_eq!((masked.trend.as_ref(), masked.standings.len(), masked.peer_values.len()), (None, 0, 0));
}

#[test]
fn a_gap_is_for_the_latest_year_that_has_both() {
    let mut rows = state();
    for (year, value) in [(2020, Some(30.0)), (2021, Some(31.0)), (2022, Some(20.0)), (2023, None)] {
        rows.push(given("104", year, key("rate", "low-income"), value));
    }
    rows.push(given("104", 2024, in_grade(key("rate", "low-income"), "03"), 25.0));
    rows.push(given("104", 2024, key("enrollment", "low-income"), 400.0));
    rows.push(given("104", 2019, key("spending", "low-income"), 9000.0));
    rows.push(given("104", 2020, key("spending", "all"), 9000.0));
    let (_, comparisons) = compared(&rows, "104");
    let gap = of(&comparisons, &key("rate", "low-income")).gap.clone().unwrap();
    assert_eq!((gap.year.end(), gap.reference, gap.gap), (2021, 45.0, -14.0));
    for key in [
        in_grade(key("rate", "low-income"), "03"),
        key("enrollment", "low-income"),
        key("spending", "low-income"),
    ] {
        assert_eq!(of(&comparisons, &key).gap, None, "{key:?}");
    }
}

#[test]
fn peers_that_lack_a_value_are_not_counted() {
    let mut rows = state();
    rows.retain(|g| !(g.key.measure == "rate" && g.year == 2024 && matches!(&*g.district, "103" | "105")));
    let (_, comparisons) = compared(&rows, "104");
    let rate = of(&comparisons, &key("rate", "all"));
    let now = rate.standing().unwrap();
    assert_eq!((now.peer_n, now.peer_median, now.peer_clear), (4, None, false));
    assert_eq!((rate.peer_values.len(), now.state_n), (4, 10));
    assert_eq!(rate.standings[2].peer_n, 6);
}

#[test]
fn trends_of_all_districts_are_those_of_each() {
    let mut rows = state();
    rows.retain(|g| !(g.district == "107" && g.year < 2024));
    let released = release_all_for_tests(&rows, &[]);
    let catalog = catalog();
    let settings = only_enrollment(6);
    let values = StateValues::new(&released, &catalog, &all_peer_groups(&released, &catalog, &settings));
    let all = trends(&released, &catalog);
    assert_eq!(all.len(), 22);
    assert!(all.is_sorted_by(|a, b| (a.0, a.1) < (b.0, b.1)));
    for (code, group) in all_peer_groups(&released, &catalog, &settings).into_iter().enumerate() {
        let one = compare_with(&released, &catalog, &settings, &values, None, code as u32, &group).value;
        for comparison in &one.all {
            let trend = all.iter().find(|(key, district, _)| {
                *district == code as u32 && released.terms().key(*key) == comparison.key
            });
            assert_eq!(trend.map(|t| &t.2), comparison.trend.as_ref());
        }
    }
}

/// What all districts share is computed anew only for the series that have changed, and is then as if it had been computed from
/// the beginning.
#[test]
fn values_of_the_state_follow_a_change() {
    let (catalog, settings) = (catalog(), only_enrollment(6));
    let before = state();
    let mut after = before.clone();
    for given in after.iter_mut().filter(|given| given.key.measure == "rate") {
        given.value = given.value.filter(|_| given.district != "103").map(|value| value + 0.25);
    }
    let [before, after] = [before, after].map(|rows| release_all_for_tests(&rows, &[]));
    let series_of = |measure: &str| -> std::collections::BTreeSet<usize> {
        let runs = after.runs().iter().enumerate();
        runs.filter(|(_, run)| after.terms().key(run.key).measure == measure).map(|(at, _)| at).collect()
    };
    let groups = all_peer_groups(&before, &catalog, &settings);
    let old = StateValues::new(&before, &catalog, &groups);
    let compared = |released, values, code: usize| {
        compare_with(released, &catalog, &settings, values, None, code as u32, &groups[code]).value
    };
    // Regressions of the old values are there when the new ones are asked for.
    (0..groups.len()).for_each(|code| drop(compared(&before, &old, code)));
    let changed = old.with_changed(&after, &catalog, &settings, &series_of("rate")).unwrap();
    let fresh = StateValues::new(&after, &catalog, &groups);
    for code in 0..groups.len() {
        let [followed, expected] = [&changed, &fresh].map(|values| compared(&after, values, code));
        assert_eq!(format!("{followed:?}"), format!("{expected:?}"));
        assert_ne!(format!("{followed:?}"), format!("{:?}", compared(&before, &old, code)));
    }
    // If peers depend on the change, they must be chosen again.
    assert!(old.with_changed(&after, &catalog, &settings, &series_of("enrollment")).is_none());
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let rows = state();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| format!("{:?}", compared(&rows, "106").1))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn spread_around_the_trend() {
    // A slope of 1 a year with 0.3 alternately added and subtracted: the distances are all 0.3.
    let rate = |year: i32| f64::from(year - 2015) + if year % 2 == 0 { 0.3 } else { -0.3 };
    let rows: Vec<Given> =
        (2015..2025).map(|year| given("100", year, key("rate", "all"), 50.0 + rate(year))).collect();
    let (_, comparisons) = compared_alone(&rows, "100");
    let found = of(&comparisons, &key("rate", "all"));
    let slope = found.trend.as_ref().unwrap().slope;
    assert!((slope - 1.0).abs() < 0.1);
    assert!((found.spread().unwrap() - 0.3 / 0.674_489_750_196_081_7).abs() < 0.1, "{:?}", found.spread());
}

#[test]
fn a_projection_from_an_old_year_is_dropped() {
    let mut catalog = catalog();
    let mut project = |id: &str, method| {
        catalog.measures.get_mut(id).unwrap().projection = Some(method);
    };
    project("spending", ProjectionMethod::RollForward { flow: "rate".to_owned() });
    project("enrollment", ProjectionMethod::CohortSurvival);
    // A large class enters every third year. It is known in advance that a tenth more will be in grade 2 than
    // were in grade 1, and "as many as now" misses that.
    let years = 2009..2021;
    let entry = |year: i32| if year % 3 == 0 { 160.0 } else { 100.0 };
    let told = |latest: i32| {
        let mut rows = vec![given("100", latest, key("share", "low-income"), 40.0)];
        for year in years.clone() {
            let (first, second) = (entry(year), 1.1 * entry(year - 1));
            rows.push(given("100", year, key("spending", "all"), 900.0));
            rows.push(given("100", year, key("rate", "all"), 1.0));
            rows.push(given("100", year, in_grade(key("enrollment", "all"), "01"), first));
            rows.push(given("100", year, in_grade(key("enrollment", "all"), "02"), second));
            rows.push(given("100", year, key("enrollment", "all"), first + second));
        }
        let released = release_all_for_tests(&rows, &[]);
        let code = released.terms().district(&DistrictId::new("100").unwrap()).unwrap();
        let found = compare(&released, &catalog, &only_enrollment(0), code).value;
        ["spending", "enrollment"].map(|id| of(&found, &key(id, "all")).projection.is_some())
    };
    // If other series continue for one more year, the projection is still in the future. If they continue for
    // two, it is in the past.
    assert_eq!(told(2021), [true, true]);
    assert_eq!(told(2022), [false, false]);
}

/// Compared without peers.
fn compared_alone(rows: &[Given], id: &str) -> (Released, Comparisons) {
    let released = release_all_for_tests(rows, &[]);
    let code = released.terms().district(&DistrictId::new(id).unwrap()).unwrap();
    let comparisons = compare(&released, &catalog(), &only_enrollment(0), code).value;
    (released, comparisons)
}
