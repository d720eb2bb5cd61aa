//! What speaks against a candidate.

use super::super::Finding;
use super::super::for_tests::{key, series};
use super::{proposed_by, proposed_by_own};
use crate::compare::{Comparison, Direction};
use crate::domain::MeasureKey;

/// A rule about teachers who leave sooner.
const SOONER: &str = r#"
measures = ["teacher-tenure"]
when = [{ fact = "course", is = "is", word = "worsening" }]
say = ["change", "peers"]
"#;

/// Teachers leave sooner, in a district that is above so many of its ten peers.
fn tenure(below: usize, median: f64) -> Comparison {
    let falling = series(MeasureKey::whole("teacher-tenure"), &[9.8, 9.0, 8.6, 8.2, 7.8]);
    falling.going(Direction::Falling, -0.5).among(below, 0, median, true)
}

/// Whether one of the doubts about a candidate is where the district stands among its peers.
fn doubts_by_standing(found: &Finding) -> bool {
    found.counter_evidence.iter().any(|doubt| doubt.text.contains("than most peers"))
}

#[test]
fn a_doubt_about_the_peers_is_neither_said_already_nor_of_a_value_like_theirs() {
    let sooner = |below, median| proposed_by_own(SOONER, vec![tenure(below, median)]).remove(0);
    let alike = sooner(8, 7.7);
    assert!(alike.statement.contains("about the same as in 10 peer districts"), "{}", alike.statement);
    assert!(!doubts_by_standing(&alike));
    let longer = sooner(9, 5.0);
    assert!(longer.statement.contains("now higher than in 9 of 10 peer districts"), "{}", longer.statement);
    assert!(!doubts_by_standing(&longer));
    let level = proposed_by("teachers-who-stay-better-than-peers", vec![tenure(9, 5.0)]).remove(0);
    assert!(doubts_by_standing(&level), "{}", level.statement);
}

#[test]
fn a_change_from_an_unusual_year_says_what_it_was_before() {
    let doubt = |before: f64| {
        let values = [8.4, before, 0.0, 24.9, 17.1, 20.2, 20.1, 29.2];
        let turnover = series(MeasureKey::whole("teacher-turnover"), &values);
        let risen = turnover.changed("teacher-turnover", Some(3.0));
        proposed_by("teachers-who-stay-worse-than-base-year", vec![risen]).remove(0).doubt_line
    };
    assert_eq!(doubt(6.8), "2018-19 may have been unusual: in 2017-18, the value was 6.8%.");
    assert!(!doubt(1.2).contains("unusual"), "{}", doubt(1.2));
}

#[test]
fn growth_is_said_with_its_other_side_and_a_need_as_no_failure() {
    let doubt = |rule: &str, comparison: Comparison| proposed_by(rule, vec![comparison]).remove(0).doubt_line;
    let students = [800.0, 820.0, 840.0, 860.0, 880.0, 900.0];
    let grown = series(MeasureKey::whole("enrollment"), &students).going(Direction::Rising, 20.0);
    let growing = doubt("enrollment-growing", grown.changed("enrollment", None));
    assert!(growing.starts_with("Growth also strains"), "{growing}");
    let poor = series(key("enrollment-share", ["low-income", "all", "all"]), &[78.0, 79.0, 79.0, 80.0]);
    let poor = poor.among(9, 0, 50.0, true).going(Direction::Steady, 0.5);
    assert_eq!(doubt("low-income-many", poor), "This says who our students are, not how well we serve them.");
}
