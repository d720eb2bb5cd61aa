//! Tests of what adds up.

use super::{audit, found, pack, told};
use crate::audit::PeopleOfCell;

const RACES: [&str; 4] =
    ["enrollment = 200", "enrollment/white = 120", "enrollment/hispanic = 73", "enrollment/asian = withheld"];

#[test]
fn groups_of_one_dimension_add_up_to_all_students() {
    assert_eq!(told(&RACES), [found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0)]);
    let two = [
        "enrollment = 200",
        "enrollment/white = 120",
        "enrollment/hispanic = withheld",
        "enrollment/asian = withheld",
    ];
    assert_eq!(told(&two), []);
}

#[test]
fn groups_in_other_tables_may_be_part_of_a_total() {
    let others = ["chronic-absenteeism-rate = 20.0 of 200", "chronic-absenteeism-rate/black = withheld"];
    let told = told(&[&RACES[..], &others].concat());
    assert!(told.contains(&found("enrollment-asian", PeopleOfCell::Count, 0.0, 7.0)), "{told:?}");
}

#[test]
fn the_remainder_of_a_total_is_disclosed() {
    let cells = ["enrollment = 105", "enrollment/female = 53", "enrollment/male = 50"];
    assert_eq!(told(&cells), [found("enrollment-female", PeopleOfCell::RemainderOfCount, 2.0, 2.0)]);
    assert_eq!(audit(&pack(&cells), None, &["enrollment", "enrollment-female", "enrollment-male"]), []);
}

#[test]
fn a_group_of_nearly_all_students_discloses_the_others() {
    let cells = ["enrollment = 200", "enrollment/low-income = 195"];
    assert_eq!(told(&cells), [found("enrollment-low-income", PeopleOfCell::RemainderOfCount, 5.0, 5.0)]);
    assert_eq!(told(&["enrollment = 200", "enrollment/low-income = 160"]), []);
}

#[test]
fn grades_add_up_to_spans_and_to_all() {
    let cells = [
        "enrollment = 100",
        "enrollment/all/03 = 48",
        "enrollment/all/04 = 52",
        "enrollment/asian = 30",
        "enrollment/asian/03 = withheld",
        "enrollment/asian/04 = 23",
    ];
    assert_eq!(told(&cells), [found("enrollment-asian-grade-03", PeopleOfCell::Count, 7.0, 7.0)]);
    let spans = [
        "enrollment/asian/03-05 = 40",
        "enrollment/asian/03 = 15",
        "enrollment/asian/04 = 16",
        "enrollment/asian/05 = withheld",
    ];
    assert_eq!(told(&spans), [found("enrollment-asian-grade-05", PeopleOfCell::Count, 9.0, 9.0)]);
}

#[test]
fn grades_in_other_tables_may_be_missing_from_a_total() {
    let cells = [
        "enrollment/all/03 = 48",
        "enrollment/all/09 = 52",
        "chronic-absenteeism-rate/asian = 50.0 of 90",
        "chronic-absenteeism-rate/asian/03 = 50.0 of 40",
        "chronic-absenteeism-rate/asian/04 = withheld",
    ];
    assert_eq!(told(&cells), []);
}

#[test]
fn subjects_add_up_only_if_the_tables_confirm_it() {
    let mut cells = vec![
        "ap-exam-students = 70",
        "ap-exam-students/all/all/reading = 35",
        "ap-exam-students/all/all/mathematics = 35",
        "ap-exam-students/asian = 30",
        "ap-exam-students/asian/all/reading = withheld",
        "ap-exam-students/asian/all/mathematics = 23",
    ];
    assert_eq!(told(&cells), []);
    let more = [
        "ap-exam-students/low-income = 40",
        "ap-exam-students/low-income/all/reading = 22",
        "ap-exam-students/low-income/all/mathematics = 18",
    ];
    cells.extend(more);
    assert_eq!(told(&cells), [found("ap-exam-students-asian-reading", PeopleOfCell::Count, 7.0, 7.0)]);
}

#[test]
fn numerators_of_groups_add_up_as_closely_as_rates_are_rounded() {
    let cells = [
        "chronic-absenteeism-rate = 16.0 of 100",
        "chronic-absenteeism-rate/white = 12.5 of 80",
        "chronic-absenteeism-rate/asian = withheld of 20",
    ];
    assert_eq!(told(&cells), [found("chronic-absenteeism-rate-asian", PeopleOfCell::Numerator, 6.0, 6.0)]);
    let rounded = [
        "chronic-absenteeism-rate = 16 of 1000",
        "chronic-absenteeism-rate/white = 15 of 800",
        "chronic-absenteeism-rate/asian = withheld of 200",
    ];
    assert_eq!(told(&rounded), []);
}

#[test]
fn a_private_mask_is_protected_as_its_source_protects_it() {
    let cells = ["enrollment = 200", "enrollment/white = 193", "enrollment/asian = <10"];
    assert_eq!(told(&cells), [found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0)]);
    assert_eq!(told(&["enrollment = 200", "enrollment/white = withheld", "enrollment/asian = <10"]), []);
}

#[test]
fn a_mask_bounds_rates_of_the_masked_students() {
    let cells = ["graduates/white = <5", "sat-act-participation-rate/white = withheld"];
    assert_eq!(told(&cells), []);
}

#[test]
fn what_public_values_disclose_is_not_a_finding() {
    let public = ["enrollment", "enrollment-white", "enrollment-hispanic"];
    assert_eq!(audit(&pack(&RACES), None, &public), []);
    assert_eq!(audit(&pack(&RACES), None, &public[..2]).len(), 1);
}

#[test]
fn groups_that_do_not_add_up_disclose_nothing() {
    let cells = [
        "enrollment = 200",
        "enrollment/white = 120",
        "enrollment/hispanic = 90",
        "enrollment/asian = withheld",
    ];
    assert_eq!(told(&cells), []);
}

#[test]
fn the_cheapest_of_contradicting_rules_is_given_up() {
    // By race, seven in grade 3 are Asian; by grade, none can be: of its 100 students 93 are white, but 98
    // are Asian or white.
    let cells = [
        "enrollment = 200",
        "enrollment/all/03 = 100",
        "enrollment/all/04 = 100",
        "enrollment/white = 190",
        "enrollment/white/03 = 93",
        "enrollment/white/04 = 95",
        "enrollment/asian = 10",
        "enrollment/asian/03 = withheld",
        "enrollment/asian/04 = withheld",
    ];
    let told = told(&cells);
    assert!(
        told.iter().all(|f| f.0.starts_with("enrollment-asian") || f.0 == "enrollment-white"),
        "{told:?}"
    );
}

/// Published tables that contradict each other, all of them about other students than the withheld ones.
#[test]
fn contradictions_elsewhere_change_nothing() {
    let elsewhere = [
        "graduation-rate = 90.0 of 500",
        "graduation-rate/male = 80.0 of 300",
        "graduation-rate/female = 70.0 of 200",
        "graduates = 440",
        "graduates/male = 210",
        "graduates/female = 300",
    ];
    let asian = found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0);
    assert_eq!(told(&[&RACES[..], &elsewhere[..]].concat()), [asian]);
}

/// What a private average says about people is how many it is based on, if it says that.
#[test]
fn averages_without_a_number_of_people_disclose_nobody() {
    let public = ["enrollment", "enrollment-white", "enrollment-hispanic"];
    let shown = [&RACES[..3], &["act-mean = 20.1", "act-mean/white = withheld"]].concat();
    assert_eq!(audit(&pack(&shown), None, &public), []);
    let with_n = [&shown[..], &["sat-mean/white = 980 of 7"]].concat();
    let told = audit(&pack(&with_n), None, &public);
    assert!(told.iter().any(|f| f.0 == "act-mean-white" && f.1 == PeopleOfCell::N), "{told:?}");
}
