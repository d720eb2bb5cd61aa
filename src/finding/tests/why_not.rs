//! Why a rule proposed nothing, or what it proposed.

use super::super::ProjectChoices;
use super::super::for_tests::{comparisons, key, series, turnover, year};
use super::super::{Bar, ConditionFailure, SeriesFate, explain, propose, rule_outcome};
use super::{catalog, own_rule};
use crate::compare::{Comparison, Direction, TestResult};
use crate::domain::{MeasureKey, Status};

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
    let of = |subject, value| {
        series(key("proficiency-rate", ["all", "all", subject]), &[value]).among(10, 0, 42.0, true)
    };
    let rule = "state-test-better-than-peers";
    let first = "state-test-better-than-peers.proficiency-rate-mathematics".to_owned();
    let words = |subject: &str| format!("The share of students proficient in {subject}");
    let found = fates(vec![of("mathematics", 54.0)], rule);
    assert_eq!(found, [(words("mathematics"), SeriesFate::Proposed(first.clone()))]);
    assert_eq!(
        fates(vec![of("mathematics", 54.0), of("reading", 53.0)], rule),
        [
            (words("mathematics"), SeriesFate::Proposed(first.clone())),
            (words("reading"), SeriesFate::Absorbed(first))
        ]
    );
}

#[test]
fn a_series_that_scores_higher_in_another_quadrant_names_that_candidate() {
    let mending = turnover().among(10, 0, 17.5, true).going(Direction::Falling, -1.9);
    let found = fates(vec![mending], "teachers-who-stay-worse-than-peers");
    let id = "improving-behind-peers.teacher-turnover".to_owned();
    assert_eq!(found, [("Teacher turnover".to_owned(), SeriesFate::InOtherQuadrant(id))]);
    // A threat too takes a series for itself.
    let leaving = turnover().among(6, 0, 20.0, false);
    let found = fates(vec![leaving], "teachers-who-stay-worsening");
    let id = "teachers-leaving.teacher-turnover".to_owned();
    assert_eq!(found, [("Teacher turnover".to_owned(), SeriesFate::InOtherQuadrant(id))]);
    // So does a strength that tells the same story by another measure.
    let stay = series(MeasureKey::whole("experienced-teacher-share"), &[35.0]).among(10, 0, 20.0, true);
    let leave = series(MeasureKey::whole("teacher-turnover"), &[24.1]).among(9, 0, 17.5, true);
    let fate = fates(vec![stay, leave], "teachers-who-stay-worse-than-peers").swap_remove(0).1;
    assert!(matches!(fate, SeriesFate::InOtherQuadrant(_)), "{fate:?}");
}

#[test]
fn what_meets_a_rule_and_may_not_be_proposed_says_why() {
    let fate = |c: Comparison| {
        let newer = series(MeasureKey::whole("enrollment"), &[900.0]);
        fates(vec![newer, c], "teachers-who-stay-worse-than-peers").swap_remove(0).1
    };
    assert_eq!(fate(turnover().resting_on(19.0)), SeriesFate::Barred(Bar::FewPeople(19.0)));
    let mut old = turnover();
    old.points.iter_mut().for_each(|p| p.year = year(p.year.end() - 6));
    old.standings.iter_mut().for_each(|s| s.year = year(s.year.end() - 6));
    assert_eq!(fate(old), SeriesFate::Barred(Bar::Old(6)));
    let wrong = series(MeasureKey::whole("teacher-turnover"), &[124.1]).among(10, 0, 17.5, true);
    assert_eq!(fate(wrong), SeriesFate::Barred(Bar::Implausible));
}

#[test]
fn nothing_is_said_of_one_principal() {
    let whole = |measure: &str, value: f64| series(MeasureKey::whole(measure), &[value]);
    let fate = |staff: f64, share: f64| {
        let mut tenure = whole("principal-tenure", 18.0).among(10, 0, 4.0, true);
        tenure.points[0].n = None;
        let all = vec![tenure, whole("staff", staff), whole("campus-administrator-share", share)];
        fates(all, "school-leaders-who-stay-better-than-peers").swap_remove(0).1
    };
    // Of 40 staff, 2.5% lead schools.
    assert_eq!(fate(40.0, 2.5), SeriesFate::Barred(Bar::FewPeople(1.0)));
    assert_eq!(fate(300.0, 3.0), SeriesFate::Barred(Bar::FewPeople(9.0)));
    let id = "school-leaders-who-stay-better-than-peers.principal-tenure".to_owned();
    assert_eq!(fate(400.0, 3.0), SeriesFate::Proposed(id));
    // Nobody says how many they are. They are no more than the students.
    let beside = |mut students: Comparison, value: Option<f64>| {
        let mut turnover = turnover();
        turnover.points.iter_mut().for_each(|point| point.n = None);
        let latest = students.points.last_mut().unwrap();
        latest.value = value;
        latest.status = if value.is_some() { Status::Reported } else { Status::Withheld };
        fates(vec![turnover, students], "teachers-who-stay-worse-than-peers").swap_remove(0).1
    };
    let students = whole("enrollment", 6.0);
    assert_eq!(beside(students.clone(), Some(6.0)), SeriesFate::Barred(Bar::FewPeople(6.0)));
    assert_eq!(beside(students.clone(), None), SeriesFate::Barred(Bar::FewPeople(0.0)));
    assert!(!matches!(beside(students, Some(600.0)), SeriesFate::Barred(_)));
    // A number that is withheld to protect another one is not small.
    let grown = series(MeasureKey::whole("enrollment"), &[600.0, 610.0]);
    assert!(!matches!(beside(grown, None), SeriesFate::Barred(_)));
    // Nothing is known.
    let mut tenure = whole("principal-tenure", 18.0).among(10, 0, 4.0, true);
    tenure.points[0].n = None;
    let fate = fates(vec![tenure], "school-leaders-who-stay-better-than-peers").swap_remove(0).1;
    assert!(!matches!(fate, SeriesFate::Barred(_)), "{fate:?}");
}

#[test]
fn nothing_is_proposed_from_classes_of_forty() {
    let classes = |size: f64| {
        let crowded = series(MeasureKey::whole("class-size"), &[size]).among(10, 0, 19.0, true);
        fates(vec![crowded], "adults-per-student-worse-than-peers").swap_remove(0).1
    };
    assert_eq!(classes(45.0), SeriesFate::Barred(Bar::Implausible));
    assert_ne!(classes(26.0), SeriesFate::Barred(Bar::Implausible));
}

#[test]
fn a_condition_that_fails_is_named_with_its_value_and_its_threshold() {
    let not_met = |text: &str| ConditionFailure::NotMet(text.to_owned());
    let failed = reasons(turnover().among(5, 0, 17.5, true), "teachers-who-stay-worse-than-peers");
    assert_eq!(
        failed,
        [not_met("Percentile among the peers (higher is better): 50 (the rule requires at most 25)")]
    );
    let steady = reasons(turnover().going(Direction::Steady, 0.0), "teachers-who-stay-worsening");
    assert!(steady.contains(&not_met("Trend: steady (the rule requires worsening)")), "{steady:?}");
}

#[test]
fn a_difference_that_is_not_clear_is_too_small_or_not_tested_or_may_be_chance() {
    let beside = |median: f64| turnover().among(9, 0, median, false);
    let why = |comparison: Comparison| reasons(comparison, "teachers-who-stay-worse-than-peers");
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
    assert!(reasons(short, "teachers-who-stay-worsening").contains(&too_few));
    let one = series(MeasureKey::whole("teacher-turnover"), &[22.0]);
    let alone = reasons(one, "improving-behind-peers");
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
    let reason = |c: Comparison, rule: &str| reasons(c, rule).swap_remove(0);
    assert_eq!(
        reason(turnover(), "teachers-who-stay-worse-than-base-year"),
        ConditionFailure::NoEarlierValue
    );
    assert_eq!(reason(turnover(), "target-missed"), ConditionFailure::NoTarget);
    let kindergarten = series(key("enrollment", ["all", "KG", "all"]), &[70.0]);
    assert_eq!(reason(kindergarten, "few-kindergartners"), ConditionFailure::NothingBeside);
    let gap = series(key("graduation-rate", ["low-income", "all", "all"]), &[70.0]).beside_all(80.0);
    assert!(reasons(gap, "gap-widening").contains(&ConditionFailure::NoGapChange));
    let attendance = series(MeasureKey::whole("attendance-rate"), &[94.0]);
    assert!(reasons(attendance.clone(), "attendance-recovering").contains(&ConditionFailure::NoRecovery));
    assert!(reasons(attendance.clone(), "place-in-state-rising").contains(&ConditionFailure::NoPlaceBefore));
    assert_eq!(reasons(attendance, "school-falls-behind"), [ConditionFailure::TooFewSchools]);
    let asian = series(key("enrollment-share", ["asian", "all", "all"]), &[30.0]);
    assert_eq!(reasons(asian, "diverse-students"), [ConditionFailure::GroupsIncomplete]);
    let enrollment = series(MeasureKey::whole("enrollment"), &[900.0]);
    assert_eq!(reasons(enrollment, "enrollment-expected-to-fall"), [ConditionFailure::NoProjection]);
    let longer = series(MeasureKey::whole("teacher-turnover"), &[16.0, 17.0, 18.0, 19.0, 20.0, 24.0]);
    let alone = longer.changed("teacher-turnover", None);
    assert_eq!(reason(alone, "teachers-who-stay-worse-than-base-year"), ConditionFailure::TooFewDistricts);
}

#[test]
fn measures_without_data_are_listed_and_the_nearest_series_come_first() {
    let catalog = catalog();
    let rule = &own_rule(
        "measures = [\"teacher-turnover\", \"graduation-rate\", \"dropout-rate\", \"attendance-rate\", \"sat-mean\"]\nwhen = [{ fact = \"course\", is = \"is\", word = \"improving\" }, { fact = \"peer-clear\", is = \"is\", word = \"no\" }]\nsay = [\"level\"]",
    );
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
    assert!(!outcome.without_data.iter().any(|label| measured.contains(label)), "{:?}", outcome.without_data);
    assert_eq!(outcome.without_data.len() + measured.len(), rule.measures.len());
}

#[test]
fn an_explanation_shows_money_after_inflation_and_the_answer_that_would_end_it() {
    let (mut catalog, choices) = (catalog(), ProjectChoices::default());
    catalog.rules.retain(|rule| rule.id == "teacher-pay-worse-than-peers");
    let pay = series(MeasureKey::whole("teacher-salary"), &[50_000.0, 51_000.0]).among(0, 0, 60_000.0, true);
    let all = comparisons(vec![pay]);
    let found = propose(&all, &catalog, &choices).all.remove(0);
    let explained = explain(&found, &all, &catalog, &choices).unwrap();
    let [earlier, latest] = [0, 1].map(|place: usize| explained.series[place].1.clone());
    assert!(earlier.starts_with("$50,000 ($5") && earlier.ends_with(" in 2023-24 dollars)"), "{earlier}");
    assert_eq!(latest, "$51,000");
    let last = explained.vanishes_if.last().map(String::as_str);
    assert_eq!(last, Some("Clearly different from the peers: no."));
}
