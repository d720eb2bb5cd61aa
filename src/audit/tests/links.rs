//! Tests of people who occur in several measures.

use super::{found, told};
use crate::audit::PeopleOfCell;

#[test]
fn participants_are_the_students_tested() {
    let cells = [
        "test-participation-rate/black/all/mathematics = withheld of 40",
        "proficiency-rate/black/all/mathematics = 50.0 of 36",
    ];
    assert_eq!(
        told(&cells),
        [found("test-participation-rate-black-mathematics", PeopleOfCell::Complement, 4.0, 4.0)]
    );
    assert_eq!(told(&cells[..1]), []);
}

#[test]
fn full_participation_is_disclosed_too() {
    let cells = [
        "test-participation-rate/black/all/mathematics = withheld of 40",
        "proficiency-rate/black/all/mathematics = 50.0 of 40",
    ];
    assert_eq!(
        told(&cells),
        [found("test-participation-rate-black-mathematics", PeopleOfCell::Complement, 0.0, 0.0)]
    );
}

#[test]
fn graduates_are_the_numerator_of_the_graduation_rate() {
    let cells = [
        "graduates = 166",
        "graduates/white = 100",
        "graduates/hispanic = 33",
        "graduates/black = withheld",
        "graduates/asian = withheld",
        "graduation-rate/black = 86.7 of 30",
    ];
    assert_eq!(told(&cells), [found("graduates-asian", PeopleOfCell::Count, 7.0, 7.0)]);
    assert_eq!(told(&cells[..5]), []);
}

#[test]
fn a_rate_of_a_population_has_its_count_as_n() {
    let cells = [
        "graduates = 166",
        "graduates/white = 100",
        "graduates/hispanic = 33",
        "graduates/black = withheld",
        "graduates/asian = withheld",
        "advanced-diploma-rate/black = 50.0 of 26",
    ];
    assert_eq!(told(&cells), [found("graduates-asian", PeopleOfCell::Count, 7.0, 7.0)]);
}

#[test]
fn rates_of_one_population_share_their_n_even_without_its_table() {
    let cells = [
        "advanced-diploma-rate/black = withheld",
        "advanced-diploma-rate = 40.0 of 60",
        "advanced-diploma-rate/white = 50.0 of 40",
        "college-career-military-ready-rate/black = 50.0 of 20",
    ];
    assert_eq!(told(&cells[..3]).len(), 1);
    assert!(told(&cells).contains(&found("advanced-diploma-rate-black", PeopleOfCell::Numerator, 4.0, 4.0)));
}

#[test]
fn passers_are_a_subset_of_takers() {
    let cells =
        ["ap-exam-passing-students/asian = withheld", "ap-ib-above-criterion-rate/asian = 50.0 of 12"];
    assert_eq!(told(&cells), [found("ap-exam-passing-students-asian", PeopleOfCell::Count, 6.0, 6.0)]);
    let others = ["ap-exam-students/asian = 16", "ap-exam-passing-students/asian = 12"];
    assert_eq!(
        told(&others),
        [found("ap-exam-passing-students-asian", PeopleOfCell::RemainderOfCount, 4.0, 4.0)]
    );
}

#[test]
fn students_of_a_group_are_no_more_than_are_enrolled() {
    let cells = [
        "ap-exam-students = 30",
        "ap-exam-students/white = 12",
        "ap-exam-students/black = withheld",
        "ap-exam-students/hispanic = withheld",
        "enrollment/black = 12",
        "enrollment/hispanic = 14",
    ];
    let expected = [
        found("ap-exam-students-black", PeopleOfCell::Count, 4.0, 12.0),
        found("ap-exam-students-black", PeopleOfCell::RemainderOfCount, 0.0, 8.0),
        found("ap-exam-students-hispanic", PeopleOfCell::RemainderOfCount, 0.0, 8.0),
    ];
    let told_of = told(&cells);
    assert!(told_of.contains(&expected[0]), "{told_of:?}");
    assert_eq!(told(&cells[..4]), []);
}

#[test]
fn the_levels_of_a_test_add_up_to_the_students_tested() {
    let cells = [
        "sat-level-1-share = 30 of 100",
        "sat-level-2-share = 30 of 100",
        "sat-level-3-share = 33 of 100",
        "sat-level-4-share = withheld",
    ];
    assert_eq!(told(&cells), [found("sat-level-4-share", PeopleOfCell::Numerator, 7.0, 7.0)]);
}

#[test]
fn a_sum_of_levels_discloses_one_of_them() {
    let cells =
        ["proficiency-rate = 20.0 of 200", "iar-level-4-share = 16.5 of 200", "iar-level-5-share = withheld"];
    assert_eq!(told(&cells), [found("iar-level-5-share", PeopleOfCell::Numerator, 7.0, 7.0)]);
}

#[test]
fn two_nested_rates_disclose_who_is_exactly_at_a_level() {
    let cells = ["state-test-approaches-rate = 60.0 of 100", "state-test-meets-rate = 55.0 of 100"];
    assert_eq!(told(&cells), [found("state-test-meets-rate", PeopleOfCell::RemainderOfNumerator, 5.0, 5.0)]);
    assert_eq!(
        told(&["state-test-approaches-rate = 60.0 of 100", "state-test-meets-rate = 45.0 of 100"]),
        []
    );
}

const OF_HIGH_SCHOOL: [&str; 7] = [
    "enrollment/all/09-12 = 400",
    "enrollment/white/09-12 = 300",
    "enrollment/black/09-12 = 40",
    "enrollment/hispanic/09-12 = withheld",
    "enrollment/asian/09-12 = withheld",
    "dropout-rate/white = 20.0 of 300",
    "dropout-rate/hispanic = 30.2 of 53",
];

#[test]
fn a_high_school_rate_is_about_high_school_students_if_the_tables_confirm_it() {
    let with = |all: &'static str| told(&[&OF_HIGH_SCHOOL[..], &[all]].concat());
    let asian = found("enrollment-asian-grade-09-12", PeopleOfCell::Count, 7.0, 7.0);
    assert!(with("dropout-rate = 20.0 of 400").contains(&asian));
    assert!(!with("dropout-rate = 20.0 of 370").contains(&asian));
}

#[test]
fn the_same_students_take_both_subjects_if_the_tables_confirm_it() {
    let of = |subject: &str, hispanic: &str, black: &str, all: &str| {
        [
            ("all", all),
            ("white", "50.0 of 300"),
            ("hispanic", hispanic),
            ("black", black),
            ("asian", "withheld"),
        ]
        .map(|(group, value)| format!("proficiency-rate/{group}/all/{subject} = {value}"))
    };
    let told_by = |all: &str| {
        let cells = [
            of("mathematics", "50.0 of 33", "withheld", "50.0 of 366"),
            of("reading", "withheld", "50.0 of 26", all),
        ];
        told(&cells.concat().iter().map(String::as_str).collect::<Vec<&str>>())
    };
    let asian = found("proficiency-rate-asian-reading", PeopleOfCell::N, 7.0, 7.0);
    assert!(told_by("50.0 of 366").contains(&asian));
    assert!(!told_by("50.0 of 390").contains(&asian));
}

#[test]
fn figures_of_the_same_students_that_differ_are_not_linked() {
    let cells = [
        "test-participation-rate/black/all/mathematics = withheld of 40",
        "proficiency-rate/black/all/mathematics = 50.0 of 36",
        "test-participation-rate/white/all/mathematics = 90.0 of 100",
        "proficiency-rate/white/all/mathematics = 50.0 of 70",
    ];
    assert_eq!(told(&cells), []);
}

#[test]
fn dollars_per_student_disclose_the_number_of_students() {
    let cells = [
        "enrollment = withheld",
        "operating-expenditure = 160000",
        "operating-expenditure-per-student = 20000",
    ];
    let at_most = |f: &super::Found| f.0 == "enrollment" && f.2 == 8.0 && f.3 == 8.0;
    assert!(told(&cells).iter().any(at_most), "{:?}", told(&cells));
}

#[test]
fn events_per_hundred_disclose_the_number_of_students() {
    let cells = [
        "enrollment/black = withheld",
        "in-school-suspensions/black = 12",
        "in-school-suspensions-per-100/black = 133.3",
    ];
    assert_eq!(told(&cells), [found("enrollment-black", PeopleOfCell::Count, 9.0, 9.0)]);
}

#[test]
fn a_rate_without_n_discloses_its_smallest_possible_n() {
    // 42.9% can be a share of 7, 14, … students, and no more than 12 are enrolled.
    let cells = [
        "enrollment/asian = 12",
        "chronic-absenteeism-rate/asian = withheld",
        "proficiency-rate/asian = 42.9",
    ];
    let told = told(&cells);
    assert!(told.iter().any(|f| f.0 == "chronic-absenteeism-rate-asian") || told.is_empty(), "{told:?}");
}
