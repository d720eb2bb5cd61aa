//! A story is in one quadrant, and what may explain it is its first doubt.

use std::collections::BTreeSet;

use super::super::for_tests::{key, series};
use super::{proposed, proposed_by};
use crate::compare::Comparison;
use crate::domain::{MeasureKey, Quadrant};

#[test]
fn a_story_is_told_in_one_quadrant_with_its_other_side_as_the_doubt() {
    let stay = series(MeasureKey::whole("experienced-teacher-share"), &[35.0]).among(10, 0, 20.0, true);
    let leave = series(MeasureKey::whole("teacher-turnover"), &[24.1]).among(9, 0, 17.5, true);
    let found = proposed(vec![stay, leave]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].doubt_line.starts_with("The other side: "), "{found:?}");
    // Another subject is another number: mathematics may be a strength where reading is a weakness.
    let of = |subject, value, below| {
        series(key("proficiency-rate", ["all", "all", subject]), &[value]).among(below, 0, 46.0, true)
    };
    let found = proposed(vec![of("reading", 34.0, 0), of("mathematics", 58.0, 10)]);
    let quadrants: BTreeSet<Quadrant> = found.iter().map(|f| f.quadrant).collect();
    assert_eq!(quadrants, BTreeSet::from([Quadrant::Strength, Quadrant::Weakness]));
}

/// SAT scores and participation in 2018-19 and now.
fn scores_and_participation(scores: &[f64], participation: &[f64]) -> Vec<Comparison> {
    let whole = |measure: &str, values: &[f64]| {
        series(MeasureKey::whole(measure), values).changed(measure, Some(0.0))
    };
    vec![whole("sat-mean", scores), whole("sat-act-participation-rate", participation)]
}

#[test]
fn scores_that_fell_while_more_students_took_the_test_say_so() {
    let doubts = |scores: &[f64], participation: &[f64], rule: &str| -> Vec<String> {
        let found = proposed_by(rule, scores_and_participation(scores, participation));
        found.iter().map(|f| f.doubt_line.replace('\u{a0}', " ")).collect()
    };
    let fell = [1070.0, 1050.0, 1020.0, 1000.0, 980.0, 950.0];
    let more = [52.8, 60.0, 70.0, 80.0, 90.0, 93.0];
    let worse = "college-readiness-worse-than-base-year";
    assert_eq!(
        doubts(&fell, &more, worse),
        [
            "SAT or ACT participation rose by 40.2 percentage points over the same years, which by itself can lower results."
        ]
    );
    // As many took it, or fewer: nothing about participation.
    for participation in [[52.8, 53.0, 53.0, 53.0, 53.0, 54.0], [93.0, 90.0, 80.0, 70.0, 60.0, 52.8]] {
        let said = doubts(&fell, &participation, worse);
        assert!(said.iter().all(|doubt| !doubt.contains("participation")), "{said:?}");
    }
    let rose = [950.0, 980.0, 1000.0, 1020.0, 1050.0, 1070.0];
    let fewer = [93.0, 90.0, 80.0, 70.0, 60.0, 52.8];
    let said = doubts(&rose, &fewer, "college-readiness-better-than-base-year");
    assert!(
        said[0].contains("fell by 40.2 percentage points") && said[0].contains("raise results"),
        "{said:?}"
    );
}

#[test]
fn what_two_rules_say_alike_of_another_series_is_listed_once() {
    let absent = series(MeasureKey::whole("chronic-absenteeism-rate"), &[25.8]).among(10, 10, 17.0, true);
    let present = series(MeasureKey::whole("attendance-rate"), &[91.3]).among(10, 0, 94.5, true);
    let found = proposed(vec![absent, present]);
    for finding in &found {
        let texts: BTreeSet<&str> = finding.evidence.iter().map(|evidence| evidence.text.as_str()).collect();
        assert_eq!(texts.len(), finding.evidence.len(), "{finding:?}");
    }
    assert!(found.iter().any(|f| f.evidence.iter().any(|e| e.text.starts_with("Also: "))), "{found:?}");
}

#[test]
fn chronic_absence_speaks_for_attendance() {
    let absent = series(MeasureKey::whole("chronic-absenteeism-rate"), &[22.0]).among(8, 0, 18.0, true);
    let present = series(MeasureKey::whole("attendance-rate"), &[90.0]).among(0, 0, 94.5, true);
    let alone = proposed(vec![present.clone()]).remove(0);
    let found = proposed(vec![absent, present]);
    let measures: Vec<&str> = found.iter().map(|finding| finding.key.measure.as_str()).collect();
    assert_eq!(measures, ["chronic-absenteeism-rate"]);
    // It ranks as high as attendance would have.
    assert!(found[0].score >= alone.score, "{} {}", found[0].score, alone.score);
    assert!(found[0].absorbed.contains(&alone.id), "{found:?}");
}
