//! Why a rule proposed nothing, or what it proposed.

use super::super::ProjectChoices;
use super::super::for_tests::{comparisons, key, series, turnover};
use super::super::{ConditionFailure, SeriesFate, rule_outcome};
use super::catalog;
use crate::compare::{Comparison, Direction, TestResult};
use crate::domain::MeasureKey;

/// What became of the series of a rule, each with its subject.
fn fates(all: Vec<Comparison>, rule: &str) -> Vec<(String, SeriesFate)> {
    let catalog = catalog();
    let rule = catalog.rules.iter().find(|known| known.id == rule).unwrap();
    let outcome = rule_outcome(rule, &comparisons(all), &catalog, &ProjectChoices::default());
    outcome.series.into_iter().map(|series| (series.subject, series.fate)).collect()
}

/// Why the only series of a rule fails.
fn reasons(comparison: Comparison, rule: &str) -> Vec<ConditionFailure> {
    match fates(vec![comparison], rule).as_slice() {
        [(_, SeriesFate::ConditionsFailed { failed, reasons })] => {
            assert!(*failed >= reasons.len());
            reasons.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_series_is_a_candidate_or_part_of_another() {
    let math = |group, value| {
        series(key("proficiency-rate", [group, "all", "mathematics"]), &[value]).among(10, 0, 42.0, true)
    };
    let whole = "results-above-peers.proficiency-rate-mathematics".to_owned();
    let found = fates(vec![math("all", 54.0)], "results-above-peers");
    assert_eq!(
        found,
        [("The share of students proficient in mathematics".to_owned(), SeriesFate::Proposed(whole.clone()))]
    );
    let group = fates(vec![math("all", 54.0), math("low-income", 53.0)], "group-above-peers");
    assert_eq!(
        group,
        [(
            "The share of low-income students proficient in mathematics".to_owned(),
            SeriesFate::Absorbed(whole)
        )]
    );
}

#[test]
fn a_series_that_scores_higher_in_another_quadrant_names_that_candidate() {
    let mending = turnover().among(10, 0, 17.5, true).going(Direction::Falling, -1.9);
    let found = fates(vec![mending], "teacher-turnover-high");
    let id = "improving-below-peers.teacher-turnover".to_owned();
    assert_eq!(found, [("Teacher turnover".to_owned(), SeriesFate::InOtherQuadrant(id))]);
}

#[test]
fn a_condition_that_fails_is_named_with_its_value_and_its_threshold() {
    let not_met = |text: &str| ConditionFailure::NotMet(text.to_owned());
    let failed = reasons(turnover().among(5, 0, 17.5, true), "teacher-turnover-high");
    assert_eq!(failed, [not_met("Percentile among the peers: 50 (the rule requires at least 75)")]);
    let steady = reasons(turnover().going(Direction::Steady, 0.0), "worsening");
    assert!(steady.contains(&not_met("Trend: steady (the rule requires worsening)")), "{steady:?}");
}

#[test]
fn a_difference_that_is_not_clear_is_too_small_or_not_tested_or_may_be_chance() {
    let beside = |median: f64| turnover().among(9, 0, median, false);
    let why = |comparison: Comparison| reasons(comparison, "level-below-peers");
    let too_small = ConditionFailure::TooSmall {
        difference: "0.1 percentage points".to_owned(),
        meaningful: "3.0 percentage points".to_owned(),
    };
    assert_eq!(why(beside(24.0)), [too_small]);
    assert_eq!(why(beside(17.5)), [ConditionFailure::NotClear(Some(0.6))]);
    let mut untested = beside(17.5);
    untested.tests.level = None;
    assert_eq!(why(untested), [ConditionFailure::NotTested]);
    // The test passes, and its p-value would contradict what is said.
    let mut passes = beside(17.5);
    passes.tests.level = Some(TestResult { p: 0.01, adjusted: 0.04 });
    assert_eq!(why(passes), [ConditionFailure::NotClear(None)]);
}

#[test]
fn what_is_unknown_is_said_instead_of_a_value() {
    let short = series(MeasureKey::whole("teacher-turnover"), &[20.0, 21.0, 22.0]);
    let short = short.among(9, 0, 17.5, true).going(Direction::TooFewYears, 1.0);
    let too_few = ConditionFailure::TooFewYears(3);
    assert!(reasons(short, "worsening").contains(&too_few));
    let one = series(MeasureKey::whole("teacher-turnover"), &[22.0]);
    let alone = reasons(one, "worsening");
    assert!(alone.contains(&ConditionFailure::TooFewYears(1)), "{alone:?}");
    assert!(alone.contains(&ConditionFailure::TooFewPeers), "{alone:?}");
    let ungrouped = series(key("proficiency-rate", ["low-income", "all", "reading"]), &[30.0]);
    assert_eq!(
        reasons(ungrouped, "group-gap"),
        [ConditionFailure::NoReferenceGroup, ConditionFailure::TooFewPeers]
    );
    let five_years = series(MeasureKey::whole("enrollment"), &[900.0, 890.0, 880.0, 870.0]);
    let failed = reasons(five_years.going(Direction::Falling, -10.0), "enrollment-falling-fast");
    assert_eq!(failed, [ConditionFailure::NoEarlierValue]);
}

#[test]
fn measures_without_data_are_listed_and_the_nearest_series_come_first() {
    let catalog = catalog();
    let rule = catalog.rules.iter().find(|rule| rule.id == "improving").unwrap();
    let near = turnover().going(Direction::Falling, -1.0).among(9, 0, 17.5, true);
    let mut hidden = series(MeasureKey::whole("graduation-rate"), &[90.0]);
    hidden.points[0].value = None;
    let far = series(MeasureKey::whole("dropout-rate"), &[4.0]);
    let outcome =
        rule_outcome(rule, &comparisons(vec![hidden, far, near]), &catalog, &ProjectChoices::default());
    let subjects: Vec<&str> = outcome.series.iter().map(|series| series.subject.as_str()).collect();
    assert_eq!(subjects, ["Teacher turnover", "The annual dropout rate", "The graduation rate"]);
    assert_eq!(outcome.series[2].fate, SeriesFate::WithoutValue);
    let measured = ["Teacher turnover", "Dropout rate", "Graduation rate"];
    assert!(!outcome.without_data.is_empty());
    assert!(!outcome.without_data.iter().any(|label| measured.contains(label)), "{:?}", outcome.without_data);
    assert_eq!(outcome.without_data.len() + 3, rule.measures.len());
}
