//! How sure a candidate is, and what its evidence says about that.

use super::super::for_tests::{key, series, turnover, year};
use super::super::{Confidence, Finding};
use super::{proposed, proposed_by, proposed_by_own};
use crate::compare::{Change, Comparison, Direction, RiskRatio, TestResult};
use crate::domain::{Break, MeasureKey};

fn found(all: Vec<Comparison>, rule: &str) -> Finding {
    proposed_by(rule, all).into_iter().next().unwrap()
}

fn has(finding: &Finding, text: &str) -> bool {
    let evidence = finding.evidence.iter().chain(&finding.counter_evidence);
    evidence.map(|e| e.text.replace('\u{a0}', " ")).any(|said| said.contains(text))
}

#[test]
fn a_trend_is_a_second_line_only_where_it_goes_to_the_side_of_the_level() {
    let of = |direction: Direction| {
        let mut c = turnover().going(direction, 0.0);
        // Statistically clear, though perhaps too small to matter.
        c.tests.trend = Some(TestResult { p: 0.01, adjusted: 0.01 });
        found(vec![c], "teachers-who-stay-worse-than-peers")
    };
    assert_eq!(of(Direction::Rising).confidence, Confidence::Strong);
    assert!(has(
        &of(Direction::Rising),
        "A second result agrees: the trend moves away from the peers (adjusted p 0.010)"
    ));
    for other in [Direction::Steady, Direction::NoClearDirection] {
        let found = of(other);
        assert_eq!(found.confidence, Confidence::Moderate, "{other:?}");
        assert!(!has(&found, "A second result"));
    }
}

#[test]
fn another_group_is_a_second_line_only_of_the_same_year() {
    let of_subject = |subject, value| {
        series(key("proficiency-rate", ["all", "all", subject]), &[value]).among(0, 0, 46.0, true)
    };
    // The farther one leads the item.
    let (own, other) = (of_subject("reading", 34.0), of_subject("mathematics", 38.0));
    let of = |other: Comparison| {
        let item = found(vec![own.clone(), other], "state-test-worse-than-peers");
        assert_eq!(item.key, own.key);
        item
    };
    let strong = of(other.clone());
    assert_eq!(strong.confidence, Confidence::Strong);
    assert!(
        has(&strong, "proficient in mathematics differs from the peers in the same direction"),
        "{strong:?}"
    );
    let mut old = other;
    old.points.iter_mut().for_each(|p| p.year = year(2023));
    old.standings.iter_mut().for_each(|s| s.year = year(2023));
    assert_eq!(of(old).confidence, Confidence::Moderate);
}

#[test]
fn a_level_is_a_second_line_only_on_the_side_that_the_rule_speaks_of() {
    // Suspended three times as often as others: 9 of 100, where the peers' median is 6 or 20.
    let of = |below: usize, median: f64| {
        let parts = |group| key("out-of-school-suspensions-per-100", [group, "all", "all"]);
        let mut rate = series(parts("black"), &[9.0, 9.0, 9.0]).among(below, 0, median, true).beside_all(3.0);
        rate.gap.as_mut().unwrap().risk = Some(RiskRatio { year: year(2024), ratio: 3.0, years_at_2: 3 });
        let other = series(parts("hispanic"), &[9.0]).among(below, 0, median, true);
        found(vec![rate, other], "discipline-risk-ratio").confidence
    };
    assert_eq!(of(10, 6.0), Confidence::Strong);
    assert_eq!(of(0, 20.0), Confidence::Moderate);
}

#[test]
fn what_is_hardly_possible_is_not_proposed() {
    let attendance =
        |value: f64| series(MeasureKey::whole("attendance-rate"), &[value]).among(10, 0, 93.0, true);
    let sound = found(vec![attendance(99.0)], "attendance-better-than-peers");
    assert_eq!(sound.confidence, Confidence::Moderate);
    assert!(proposed(vec![attendance(140.0)]).is_empty());
}

#[test]
fn a_break_is_stated_with_how_few_years_it_leaves() {
    let of = |break_at: i32, years: usize| {
        let mut c = turnover();
        c.breaks = vec![Break { year: break_at, why: "counted by the hour".to_owned() }];
        c.trend = c.trend.filter(|_| years > 1).map(|t| crate::compare::Trend {
            n_years: years,
            direction: Direction::TooFewYears,
            ..t
        });
        found(vec![c], "teachers-who-stay-worse-than-peers")
    };
    for (break_at, years, few) in [
        (2024, 1, "Only one comparable year of data."),
        (2022, 3, "Only 3 comparable years of data: too few for a trend."),
    ] {
        let found = of(break_at, years);
        assert!(has(&found, &format!("before {}: counted by the hour.", year(break_at))), "{found:?}");
        assert!(has(&found, few), "{found:?}");
    }
}

#[test]
fn nothing_is_counted_across_a_break() {
    let deficits = |breaks: &[i32]| {
        let mut c = series(MeasureKey::whole("surplus"), &[-3e5; 5]);
        let broken = |at: &i32| Break { year: *at, why: "new accounts".to_owned() };
        c.breaks = breaks.iter().map(broken).collect();
        proposed(vec![c])
    };
    assert!(
        deficits(&[])[0].statement.contains("five years in a row through 2023-24"),
        "{:?}",
        deficits(&[])
    );
    assert!(deficits(&[2022])[0].statement.contains("three years in a row"));
    assert!(deficits(&[2023]).iter().all(|f| f.rule != "deficit-three-years"));
}

#[test]
fn money_since_the_base_year_says_in_which_dollars() {
    let since = |real_from: Option<f64>| {
        let mut value = series(MeasureKey::whole("property-value"), &[100.0, 104.0, 108.0, 112.0, 116.2]);
        value.changes.since_base = Some(Change {
            from_year: year(2020),
            to_year: year(2024),
            from: 100.0,
            to: 116.2,
            real_from,
            state_change: None,
            test: None,
        });
        let found = proposed_by_own(
            "measures = [\"property-value\"]\nwhen = [{ fact = \"value\", is = \"above\", than = \"none\" }]\nsay = [\"level\"]\n[thresholds]\nnone = { value = 0.0, source = \"test\" }",
            vec![value],
        );
        let texts = found.iter().flat_map(|f| &f.evidence).map(|e| e.text.replace('\u{a0}', " "));
        texts.filter(|text| text.starts_with("Since 2019-20")).collect::<Vec<String>>()
    };
    // 100 dollars of 2019-20 are 125 of 2023-24.
    assert_eq!(since(Some(125.0)), ["Since 2019-20, the value is down by $9 after inflation"]);
    assert_eq!(since(None), ["Since 2019-20, the value is up by $16, not adjusted for inflation"]);
}

#[test]
fn a_gap_that_has_turned_neither_widened_nor_narrowed() {
    let rate = key("proficiency-rate", ["low-income", "all", "reading"]);
    let mut turned = series(rate, &[60.0, 50.0, 40.0, 25.0]).among(0, 0, 40.0, true).beside_all(45.0);
    let course = series(MeasureKey::whole("proficiency-rate"), &[25.0, 8.0, -5.0, -17.0]);
    turned.gap.as_mut().unwrap().trend = course.going(Direction::Falling, -14.0).trend;
    assert!(has(&found(vec![turned], "group-gap"), "The gap has reversed since 2020-21"));
}

#[test]
fn a_high_place_among_districts_that_are_nearly_alike_is_tentative() {
    let share = |median: f64| {
        let spent = series(MeasureKey::whole("instructional-expenditure-ratio"), &[60.2]);
        proposed_by("finance-better-than-most-of-state", vec![spent.among(5, 0, median, true)]).remove(0)
    };
    let (alike, apart) = (share(58.6), share(52.0));
    assert_eq!((alike.confidence, apart.confidence), (Confidence::Tentative, Confidence::Moderate));
    assert_eq!(alike.doubt_line, "The median district is only 1.6 percentage points away.");
    assert!(!has(&apart, "The median district is only"));
}
