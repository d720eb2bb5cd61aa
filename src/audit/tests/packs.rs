//! Two packs of one project.

use super::{audit, found, pack};
use crate::audit::PeopleOfCell;

const WITHHELD: [&str; 4] = [
    "enrollment = 200",
    "enrollment/white = 175",
    "enrollment/black = withheld",
    "enrollment/asian = withheld",
];
const SHOWN: [&str; 4] =
    ["enrollment = 200", "enrollment/white = 175", "enrollment/black = 18", "enrollment/asian = withheld"];

#[test]
fn what_an_earlier_pack_showed_is_known() {
    let first = [&SHOWN[..2], &["enrollment/black = 18"]].concat();
    let asian = found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0);
    assert_eq!(audit(&pack(&WITHHELD), Some(&pack(&first)), &[]), [asian]);
    assert_eq!(audit(&pack(&WITHHELD), Some(&pack(&WITHHELD)), &[]), []);
}

#[test]
fn a_revision_must_not_reveal_what_the_earlier_pack_withheld() {
    // Three Asian students were added to the seven: only this count and the total have changed.
    let new =
        ["enrollment = 203", "enrollment/white = 175", "enrollment/black = 18", "enrollment/asian = 10"];
    let found_of = audit(&pack(&new), Some(&pack(&WITHHELD)), &[]);
    assert_eq!(found_of, [found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0)]);
}

#[test]
fn revised_values_are_no_longer_known() {
    let first = [
        "enrollment = 260",
        "enrollment/white = 175",
        "enrollment/black = 78",
        "enrollment/asian = withheld",
    ];
    let told = audit(&pack(&WITHHELD), Some(&pack(&first)), &[]);
    // The first pack alone discloses seven. It says nothing about the second, in which 25 are Black or Asian.
    assert!(told.iter().all(|f| f.2 == 7.0), "{told:?}");
}

#[test]
fn a_late_table_is_known_together_with_the_earlier_one() {
    let late = [&WITHHELD[..], &["advanced-diploma-rate/white = 50.0 of 40"]].concat();
    assert_eq!(audit(&pack(&late), Some(&pack(&WITHHELD)), &[]), []);
    let n = ["chronic-absenteeism-rate/black = 50.0 of 18"];
    let together = audit(&pack(&n), Some(&pack(&WITHHELD)), &[]);
    assert_eq!(together, [found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0)]);
}

#[test]
fn the_n_of_a_rate_in_an_earlier_pack_is_known() {
    let first = ["chronic-absenteeism-rate/black = 50.0 of 18"];
    let new = [&WITHHELD[..], &["chronic-absenteeism-rate/black = 50.0"]].concat();
    assert_eq!(
        audit(&pack(&new), Some(&pack(&first)), &[]),
        [found("enrollment-asian", PeopleOfCell::Count, 7.0, 7.0)]
    );
}
