//! Schools that add up to their district.

use super::{audit, found, pack, told};
use crate::audit::PeopleOfCell;

#[test]
fn of_two_schools_one_reveals_the_other() {
    let cells = ["enrollment = 200", "enrollment@ash = 193", "enrollment@birch = withheld"];
    assert_eq!(told(&cells), [found("enrollment-school-birch", PeopleOfCell::Count, 7.0, 7.0)]);
    let both = ["enrollment = 200", "enrollment@ash = withheld", "enrollment@birch = withheld"];
    assert_eq!(told(&both), []);
}

#[test]
fn a_school_reveals_what_its_district_withholds() {
    let cells = ["enrollment/asian = withheld", "enrollment@ash/asian = 3", "enrollment@birch/asian = 4"];
    assert_eq!(told(&cells), [found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0)]);
}

#[test]
fn the_groups_of_a_school_add_up_to_it() {
    let cells = [
        "enrollment@ash = 100",
        "enrollment@ash/white = 96",
        "enrollment@ash/black = withheld",
        "enrollment@birch = 100",
        "enrollment@birch/white = 60",
        "enrollment@birch/black = 40",
    ];
    assert_eq!(told(&cells), [found("enrollment-black-school-ash", PeopleOfCell::Count, 4.0, 4.0)]);
}

#[test]
fn the_same_group_of_another_school_says_nothing() {
    let cells = [
        "enrollment@ash/white = 96",
        "enrollment@ash/black = withheld",
        "enrollment@birch = 100",
        "enrollment@birch/white = 60",
        "enrollment@birch/black = 40",
    ];
    assert_eq!(told(&cells), []);
}

#[test]
fn the_students_of_a_rate_add_up_over_schools() {
    let cells = [
        "chronic-absenteeism-rate = 20.0 of 200",
        "chronic-absenteeism-rate@ash = 19.7 of 193",
        "chronic-absenteeism-rate@birch = withheld",
    ];
    let told = told(&cells);
    assert!(
        told.contains(&found("chronic-absenteeism-rate-school-birch", PeopleOfCell::N, 7.0, 7.0)),
        "{told:?}"
    );
}

#[test]
fn students_in_no_listed_school_are_protected() {
    let cells = ["enrollment = 200", "enrollment@ash = 120", "enrollment@birch = 78"];
    assert_eq!(told(&cells), [found("enrollment", PeopleOfCell::RemainderOfCount, 2.0, 2.0)]);
    let public = ["enrollment", "enrollment-school-ash", "enrollment-school-birch"];
    assert_eq!(audit(&pack(&cells), None, &public), []);
}

#[test]
fn an_earlier_pack_may_show_the_school_that_this_one_withholds() {
    let now = ["enrollment = 200", "enrollment@ash = withheld", "enrollment@birch = withheld"];
    let earlier = pack(&["enrollment@ash = 193"]);
    let told = audit(&pack(&now), Some(&earlier), &[]);
    assert!(told.contains(&found("enrollment-school-birch", PeopleOfCell::Count, 7.0, 7.0)), "{told:?}");
}
