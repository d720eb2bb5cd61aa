//! What is proposed, how sure it is and how it ranks.

use std::collections::{BTreeMap, BTreeSet};

use super::super::for_tests::{comparisons, key, series, turnover, year};
use super::super::{Confidence, ProjectChoices, propose};
use super::{catalog, own_rule, proposed, proposed_by, proposed_by_own};
use crate::catalog::{Catalog, Target};
use crate::compare::{Comparison, Direction, Expected, RiskRatio, TestResult};
use crate::domain::{MeasureKey, Quadrant};

#[test]
fn the_doubt_of_a_gap_its_people_and_its_course_are_a_sentence_each() {
    let rate = key("proficiency-rate", ["low-income", "all", "reading"]);
    let mut below = series(rate, &[30.0, 28.0, 27.0, 25.0]).among(0, 0, 40.0, true).beside_all(45.0);
    let told = |c: &Comparison| -> Vec<String> {
        let found = proposed_by("group-gap", vec![c.clone()]);
        let texts = found[0].evidence.iter().map(|e| e.text.replace('\u{a0}', " "));
        texts.filter(|text| text.starts_with("The gap ")).collect()
    };
    let people = "The gap compares 200 people with 200 others";
    assert_eq!(told(&below), [people]);
    let course = below.clone().going(Direction::Falling, -1.6).trend.unwrap();
    let gap = below.gap.as_mut().unwrap();
    gap.interval = Some((-27.5, -12.0));
    gap.trend = Some(course.clone());
    let between = "The gap has a 95% confidence interval of −27.5 percentage points to −12.0 percentage points (Newcombe)";
    assert_eq!(told(&below), [between, people, "The gap has widened since 2020-21"]);
    below.gap.as_mut().unwrap().trend.as_mut().unwrap().direction = Direction::TooFewYears;
    assert_eq!(told(&below), [between, people]);
}

fn rule_on_turnover(condition: &str) -> String {
    format!(
        "measures = [\"teacher-turnover\"]\nwhen = [{{ {condition} }}]\nsay = [\"level\"]\n[thresholds]\nt = {{ value = 24.1, source = \"test\" }}"
    )
}

/// Whether a rule with this one condition proposes anything about turnover.
fn holds(condition: &str, changed: &[(&str, f64)]) -> bool {
    let catalog = Catalog { rules: vec![own_rule(&rule_on_turnover(condition))], ..catalog() };
    let thresholds = changed.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    let choices = ProjectChoices { thresholds, ..ProjectChoices::default() };
    !propose(&comparisons(vec![turnover()]), &catalog, &choices).all.is_empty()
}

#[test]
fn operators_and_changed_thresholds() {
    let number =
        |is: &str, to| holds(&format!("fact = \"value\", is = \"{is}\", than = \"t\""), &[("own.t", to)]);
    for (is, lower, same, higher) in [
        ("at-least", true, true, false),
        ("at-most", false, true, true),
        ("above", true, false, false),
        ("below", false, false, true),
    ] {
        assert_eq!([number(is, 20.0), number(is, 24.1), number(is, 30.0)], [lower, same, higher], "{is}");
    }
    assert!(holds("fact = \"value\", is = \"at-least\", than = \"t\"", &[]));
    assert!(holds("fact = \"direction\", is = \"is\", word = \"rising\"", &[]));
    assert!(!holds("fact = \"direction\", is = \"is-not\", word = \"rising\"", &[]));
    assert!(holds("fact = \"course\", is = \"is\", word = \"worsening\"", &[]));
    // A condition on an unknown fact does not hold in either direction.
    assert!(!holds("fact = \"favorable-group-gap\", is = \"below\", than = \"t\"", &[]));
}

#[test]
fn a_misspelt_threshold_is_named_with_the_nearest() {
    let check = |name: &str| {
        let thresholds = BTreeMap::from([(name.to_owned(), 1.0)]);
        ProjectChoices { thresholds, ..ProjectChoices::default() }.check(&catalog())
    };
    assert_eq!(check("graduation-high.level"), Ok(()));
    let wrong = check("graduation-hihg.level").unwrap_err();
    assert!(wrong.contains("did you mean \"graduation-high.level\"?"), "{wrong}");
}

fn reading(parts: [&str; 3], value: f64) -> Comparison {
    series(key("proficiency-rate", parts), &[value]).among(0, 0, 46.0, true)
}

#[test]
fn grades_that_say_the_same_are_one_item_with_their_subject_at_its_head() {
    let whole = reading(["all", "all", "reading"], 38.0);
    let grade = |grade, value| reading(["all", grade, "reading"], value);
    let rule = "state-test-worse-than-peers";
    let id = |slug: &str| format!("{rule}.proficiency-rate-{slug}");
    // Grade 3 is farther below the peers, though not twice as far.
    let found = proposed_by(rule, vec![whole, grade("03", 34.0), grade("04", 37.0), grade("05", 38.0)]);
    let ids: Vec<&str> = found.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, [id("reading")]);
    assert_eq!(found[0].absorbed, ["grade-03-reading", "grade-04-reading", "grade-05-reading"].map(id));
    let also = found[0].evidence.iter().filter(|e| e.text.starts_with("Also: ")).count();
    assert_eq!(also, 3, "{:?}", found[0].evidence);
    // Several grades say the same: strong. Each adds a tenth.
    assert!((found[0].score - 2.0 * 1.0 * 1.3).abs() < 1e-9, "{}", found[0].score);
}

#[test]
fn a_grade_that_stands_out_leads_the_item_of_its_subject() {
    let whole = reading(["all", "all", "reading"], 38.0);
    let grade = |grade, value| reading(["all", grade, "reading"], value);
    let rule = "state-test-worse-than-peers";
    let found = proposed_by(rule, vec![whole, grade("03", 26.0), grade("04", 37.0)]);
    let ids: Vec<&str> = found.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, [format!("{rule}.proficiency-rate-grade-03-reading")]);
    let parts = ["reading", "grade-04-reading"].map(|slug| format!("{rule}.proficiency-rate-{slug}"));
    assert_eq!(found[0].absorbed.iter().collect::<BTreeSet<_>>(), parts.iter().collect());
}

#[test]
fn a_number_is_told_in_one_quadrant_and_a_share_with_its_amount() {
    let few = series(MeasureKey::whole("beginning-teacher-share"), &[14.0]).among(10, 0, 9.0, true);
    let told: Vec<Quadrant> = proposed(vec![few]).iter().map(|f| f.quadrant).collect();
    assert_eq!(told, [Quadrant::Opportunity]);
    let surplus = series(MeasureKey::whole("surplus"), &[-3e5, -4e5, -5e5]).among(0, 0, 2e5, true);
    let share = series(MeasureKey::whole("surplus-share"), &[-1.0, -2.0, -3.0]).among(0, 0, 0.5, true);
    let found = proposed(vec![surplus, share]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, "deficit-three-years");
    assert!(found[0].evidence.iter().any(|e| e.text.contains("as a share of revenue")));
}

#[test]
fn groups_that_follow_the_whole_are_one_item_beside_it_and_subjects_are_its_parts() {
    let math = |group, value| {
        series(key("proficiency-rate", [group, "all", "mathematics"]), &[value]).among(10, 0, 42.0, true)
    };
    let found = proposed(vec![math("all", 54.0), math("low-income", 53.0), math("english-learners", 52.0)]);
    let ids: Vec<&str> = found.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "group-above-peers.proficiency-rate-low-income-mathematics",
            "state-test-better-than-peers.proficiency-rate-mathematics"
        ]
    );
    assert!(found[0].evidence.iter().any(|e| e.text.contains("English learners")));
    assert!(found[1].evidence.iter().all(|e| !e.text.starts_with("Also: ")), "{:?}", found[1].evidence);
    let size = |subject, value| {
        series(key("class-size", ["all", "all", subject]), &[value]).among(10, 0, 18.0, true)
    };
    let found = proposed(vec![size("science", 23.0), size("mathematics", 24.0)]);
    let ids: Vec<&str> = found.iter().map(|f| f.id.as_str()).collect();
    assert_eq!(ids, ["adults-per-student-worse-than-peers.class-size-mathematics"]);
    assert_eq!(found[0].absorbed, ["adults-per-student-worse-than-peers.class-size-science"]);
}

#[test]
fn a_trend_that_contradicts_is_told_against_it() {
    let few_leave = series(MeasureKey::whole("teacher-turnover"), &[6.0, 7.0, 8.0, 9.0, 10.0])
        .among(0, 0, 17.5, true)
        .going(Direction::Rising, 1.0);
    let found = proposed(vec![few_leave]);
    let quadrants: Vec<Quadrant> = found.iter().map(|f| f.quadrant).collect();
    // Not a threat as well: a series is told in one quadrant.
    assert_eq!(quadrants, [Quadrant::Strength]);
    assert_eq!(found[0].confidence, Confidence::Moderate);
    let against: Vec<&str> = found[0].counter_evidence.iter().map(|one| one.text.as_str()).collect();
    let (other_side, trend) =
        ("The other side: Teacher turnover rose", "Better than most peers, but it has risen by 1");
    assert!(against[0].starts_with(other_side), "{against:?}");
    assert!(against.iter().any(|text| text.starts_with(trend)), "{against:?}");
    // Still worse than most, but improving: an opportunity rather than a weakness.
    let mending = proposed(vec![turnover().among(10, 0, 17.5, true).going(Direction::Falling, -1.9)]);
    let told: Vec<&str> = mending.iter().map(|f| f.rule.as_str()).collect();
    assert_eq!(told, ["improving-behind-peers"]);
    let against: Vec<&str> = mending[0].counter_evidence.iter().map(|one| one.text.as_str()).collect();
    let trend = "Worse than most peers, but it has fallen by 1.9";
    assert!(against.iter().any(|text| text.starts_with(trend)), "{against:?}");
}

#[test]
fn of_few_people_or_a_value_too_old_nothing_is_proposed() {
    let rule = "teachers-who-stay-worse-than-peers";
    let confidence = |c: Comparison| proposed_by(rule, vec![c]).first().map(|f| f.confidence);
    assert_eq!(confidence(turnover()), Some(Confidence::Strong));
    assert_eq!(confidence(turnover().resting_on(20.0)), Some(Confidence::Strong));
    // It passes in its family of tests, and still one or two people would change it.
    assert_eq!(confidence(turnover().resting_on(19.0)), None);
    let newer = series(MeasureKey::whole("enrollment"), &[900.0]);
    let aged = |years: i32| {
        let mut old = turnover();
        old.points.iter_mut().for_each(|p| p.year = year(p.year.end() - years));
        old.standings.iter_mut().for_each(|s| s.year = year(s.year.end() - years));
        proposed_by(rule, vec![newer.clone(), old])
    };
    let oldest = catalog().findings.oldest;
    assert!(aged(oldest + 1).is_empty());
    let against = aged(oldest)[0].counter_evidence[0].text.clone();
    assert!(against.contains(&format!("{oldest} years newer")), "{against}");
}

#[test]
fn nothing_is_proposed_for_a_district_that_has_ended() {
    let proposed_at = |newest: i32| {
        let mut comparisons = comparisons(vec![turnover()]);
        let last = comparisons.all[0].latest().unwrap().year.end();
        comparisons.newest = Some(year(last + newest));
        propose(&comparisons, &catalog(), &ProjectChoices::default())
    };
    let after = catalog().findings.ended_after;
    assert!(!proposed_at(after).all.is_empty());
    let ended = proposed_at(after + 1);
    assert!(ended.all.is_empty() && ended.worth_noticing.is_empty());
}

#[test]
fn a_small_group_is_no_second_line_of_evidence() {
    let own = reading(["all", "all", "reading"], 34.0);
    let other = reading(["all", "all", "mathematics"], 38.0);
    let first = |other: Comparison| {
        let found = proposed_by("state-test-worse-than-peers", vec![own.clone(), other]);
        assert_eq!(found[0].key, own.key);
        found[0].confidence
    };
    assert_eq!(first(other.clone()), Confidence::Strong);
    assert_eq!(first(other.resting_on(19.0)), Confidence::Moderate);
}

#[test]
fn a_rate_of_unknown_n_is_held_against_a_threshold_with_what_its_years_stray_by() {
    // Graduation below 67%: by 4.7 points, or by 0.7, with years that are 0 or 2 points from a flat line.
    let of = |values: &[f64]| {
        let mut rate = series(MeasureKey::whole("graduation-rate"), values).going(Direction::Steady, 0.0);
        rate.points.iter_mut().for_each(|p| p.n = None);
        proposed(vec![rate]).iter().find(|f| f.rule == "graduation-low").unwrap().confidence
    };
    assert_eq!(of(&[66.3; 5]), Confidence::Moderate);
    // 1.96 times 2 / 0.6745 is 5.8.
    assert_eq!(of(&[64.0, 60.0, 62.3, 64.3, 62.3]), Confidence::Tentative);
    assert_eq!(of(&[60.0, 58.0, 56.0, 60.0, 58.0]), Confidence::Moderate);
    // Too few years to judge.
    let mut one = series(MeasureKey::whole("graduation-rate"), &[50.0]);
    one.points[0].n = None;
    assert_eq!(proposed(vec![one])[0].confidence, Confidence::Tentative);
    // With 200 students, 50% is between 43% and 57%.
    let known = series(MeasureKey::whole("graduation-rate"), &[50.0]);
    assert_eq!(proposed(vec![known])[0].confidence, Confidence::Moderate);
}

#[test]
fn a_rule_is_as_sure_as_the_line_it_speaks_of() {
    // The level passes and the trend does not: the trend that "teachers leaving" is about is not confirmed.
    let mut rising = turnover();
    rising.tests.trend = rising.tests.trend.map(|t| TestResult { adjusted: 0.3, ..t });
    let of = |rule: &str| proposed_by(rule, vec![rising.clone()])[0].confidence;
    assert_eq!(of("teachers-who-stay-worsening"), Confidence::Tentative);
    assert_eq!(of("teachers-who-stay-worse-than-peers"), Confidence::Moderate);
}

#[test]
fn money_that_falls_is_measured_in_the_money_it_falls_in() {
    // 2.2 a year less in dollars of the last year: 2.2% of the published 100, or 1.76% of the 125 that they
    // are worth now. A rule that requires 2%:
    let rule = "measures = [\"property-value\"]\nwhen = [{ fact = \"slope-percent\", is = \"at-most\", than = \"pace\" }]\nsay = [\"level\"]\n[thresholds]\npace = { value = -2.0, source = \"test\" }";
    let value = |first: f64| {
        series(MeasureKey::whole("property-value"), &[100.0, 104.0, 108.0, 112.0, 116.2])
            .going(Direction::Rising, 4.0)
            .really(Direction::Falling, first, -2.2)
    };
    let found = |first: f64| proposed_by_own(rule, vec![value(first)]).len();
    assert_eq!([found(125.0), found(109.0)], [0, 1]);
}

#[test]
fn each_fact_has_its_own_size() {
    let score = |c: Comparison, rule: &str| {
        let f = &proposed_by(rule, vec![c])[0];
        let certainty = [1.0, 0.7, 0.3][f.confidence as usize];
        (f.score / certainty * 1000.0).round() / 1000.0
    };
    // A streak by its number of years, however large the amounts.
    let deficit = |values: &[f64]| series(MeasureKey::whole("surplus"), values);
    assert_eq!(score(deficit(&[5.0, -3e5, -4e5, -1.77e6]), "deficit-three-years"), 3.0);
    // Beyond 4, a size approaches 5 without reaching it.
    assert_eq!(score(deficit(&[-1.0; 4]), "deficit-three-years"), 4.0);
    assert_eq!(score(deficit(&[-1.0; 5]), "deficit-three-years"), 4.5);
    assert_eq!(score(deficit(&[-1.0; 9]), "deficit-three-years"), 4.833);
    // A risk ratio by its excess over 1.
    let suspended = |ratio: f64| {
        let rate = key("out-of-school-suspensions-per-100", ["black", "all", "all"]);
        let mut rate = series(rate, &[20.0, 20.0, 20.0]).beside_all(6.0);
        let risk = RiskRatio { year: year(2024), ratio, years_at_2: 3 };
        rate.gap.as_mut().unwrap().risk = Some(risk);
        rate
    };
    assert_eq!(score(suspended(2.6), "discipline-risk-ratio"), 1.6);
    // The value expected from districts with similar students, by the distance from it: 6 points, where 2 are
    // meaningful.
    let mut similar = reading(["all", "all", "science"], 38.0).among(3, 0, 38.0, false);
    similar.expected = Some(Expected {
        year: year(2024),
        matched_in: year(2024),
        value: 44.0,
        distance: -6.0,
        scale: 3.0,
        n: 100,
        r_squared: 0.5,
    });
    let m = catalog().measures["proficiency-rate"].meaningful_change;
    assert_eq!(score(similar, "below-similar-districts"), 6.0 / m);
}

#[test]
fn a_level_in_the_middle_half_is_neither_better_nor_worse_than_most() {
    let against = |below: usize| {
        let c = turnover().among(below, 0, 17.5, true).going(Direction::Falling, -1.9);
        let found = proposed(vec![c]);
        let texts = found.iter().flat_map(|f| &f.counter_evidence).map(|e| e.text.clone());
        texts.filter(|t| t.contains("than most peers")).count()
    };
    assert_eq!([against(7), against(8)], [0, 1]);
}

#[test]
fn of_nothing_remarkable_nothing_is_said() {
    let usual = |measure: &str| {
        series(MeasureKey::whole(measure), &[15.0; 5]).among(5, 0, 15.0, false).going(Direction::Steady, 0.0)
    };
    let catalog = catalog();
    let judged =
        ["teacher-turnover", "chronic-absenteeism-rate", "state-revenue-share", "enrollment", "surplus"];
    assert!(judged.iter().all(|m| catalog.measures.contains_key(*m)));
    let found = proposed(judged.iter().map(|m| usual(m)).collect());
    assert!(found.is_empty(), "{:?}", found.iter().map(|f| &f.id).collect::<Vec<_>>());
    assert!(proposed(Vec::new()).is_empty());
}

#[test]
fn the_order_is_by_quadrant_and_score_and_always_the_same() {
    let of = |measure: &str, value| series(MeasureKey::whole(measure), &[value]).among(0, 0, 60.0, true);
    let all = || {
        vec![
            turnover(),
            of("sat-act-participation-rate", 50.0),
            of("ap-ib-participation-rate", 50.0),
            series(MeasureKey::whole("graduation-rate"), &[95.0]).among(9, 0, 86.0, true),
        ]
    };
    let order = |all| proposed(all).into_iter().map(|f| (f.quadrant, f.id)).collect::<Vec<_>>();
    let first = order(all());
    assert!(first.is_sorted_by_key(|(quadrant, _)| *quadrant));
    assert_eq!(first[0].1, "graduation-better-than-peers.graduation-rate");
    // A tie of two stories is settled by their ids.
    let rule = "measures = [\"sat-act-participation-rate\", \"ap-ib-participation-rate\"]\nwhen = [{ fact = \"peer-clear\", is = \"is\", word = \"yes\" }]\nsay = [\"level\"]";
    let tie: Vec<String> = proposed_by_own(rule, all()).into_iter().map(|f| f.id).collect();
    assert_eq!(tie, ["own.ap-ib-participation-rate", "own.sat-act-participation-rate"]);
    let mut turned = all();
    turned.reverse();
    assert_eq!(order(turned), first);
}

#[test]
fn a_district_with_few_candidates_gets_its_largest_changes_and_differences_without_judgment() {
    let income = series(
        MeasureKey::whole("central-administrator-salary"),
        &[50_000.0, 52_000.0, 54_000.0, 56_000.0, 58_000.0, 60_000.0],
    )
    .among(5, 0, 60_000.0, false)
    .changed("central-administrator-salary", None);
    let all = comparisons(vec![income]);
    let found = propose(&all, &catalog(), &ProjectChoices::default());
    assert!(
        found.all.iter().all(|item| item.key.measure != "central-administrator-salary"),
        "{:?}",
        found.all
    );
    let said = &found.worth_noticing[0];
    assert!(said.starts_with("The average salary of central administrators rose from $50,000"), "{said}");
    // Of what is a candidate nothing is repeated.
    let repeated = propose(&comparisons(vec![turnover()]), &catalog(), &ProjectChoices::default());
    assert!(repeated.worth_noticing.is_empty(), "{:?}", repeated.worth_noticing);
}

#[test]
fn a_target_that_is_missed_is_said_even_where_the_peers_do_worse() {
    let graduation = series(MeasureKey::whole("graduation-rate"), &[94.5]).among(10, 0, 86.5, true);
    let proposed = |year| {
        let target = Target { value: 95.0, year: Some(year), why: None };
        let targets = BTreeMap::from([("graduation-rate".to_owned(), target)]);
        let choices = ProjectChoices { targets, ..ProjectChoices::default() };
        propose(&comparisons(vec![graduation.clone()]), &catalog(), &choices).all
    };
    let found = proposed(2024);
    let told: Vec<&str> = found.iter().map(|item| item.rule.as_str()).collect();
    assert_eq!(told, ["target-missed"]);
    assert!(found[0].statement.contains("0.5 percentage points below the target of 95.0%"), "{found:?}");
    assert!(found[0].doubt_line.starts_with("The other side: The graduation rate was"), "{found:?}");
    // Four years are left: a strength stays one, and what is missing is said beside it.
    let found = proposed(2028);
    let told: Vec<Quadrant> = found.iter().map(|item| item.quadrant).collect();
    assert_eq!(told, [Quadrant::Strength]);
    let missing = "0.5 percentage points below the target of 95.0% for 2027-28.";
    assert!(found[0].doubt_line.ends_with(missing), "{found:?}");
}
