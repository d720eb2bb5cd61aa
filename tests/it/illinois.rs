//! Illinois' own files, cut to a few districts: each quirk of `tests/corpus/illinois/README.md`.

use retreat::domain::Status;

use crate::project::{Made, Read};

fn read() -> Read {
    Made::new()
        .copy("tests/corpus/illinois/history.xlsx", "il-report-card-history")
        .copy("tests/corpus/illinois/finance.xlsx", "il-finance")
        .copy("tests/corpus/illinois/discipline.xlsx", "il-discipline")
        .read()
}

#[test]
fn an_id_that_changes_its_first_and_last_digits_is_one_district() {
    let read = read();
    // Palatine: 140160150000000 to 2010, 050160150… later, 050160150040000 from 2018.
    assert_eq!(read.value("0160150", 2008, "enrollment"), 12_241.0);
    assert_eq!(read.value("0160150", 2023, "enrollment"), 11_037.0);
    assert_eq!(read.value("0160150", 2008, "enrollment-share/hispanic"), 25.7);
    assert_eq!(read.cells("0160150", 2008, "enrollment"), ["history.xlsx › Sheet1 › J3"]);
    // A letter in the id, and two schools that share seven digits.
    assert_eq!(read.value("099201U", 2023, "chronic-absenteeism-rate"), 35.2);
    assert_eq!(read.value("070169010", 2023, "enrollment"), 571.0);
    assert_eq!(read.value("150169010", 2023, "enrollment"), 554.0);
}

#[test]
fn groups_that_come_and_go_are_missing_not_zero() {
    let read = read();
    assert_eq!(read.at("0160150", 2008, "enrollment-share/pacific-islander"), Some((None, Status::Missing)));
    assert_eq!(read.value("0160150", 2023, "enrollment-share/pacific-islander"), 0.1);
    assert_eq!(read.at("0160150", 2008, "chronic-absenteeism-rate"), Some((None, Status::Missing)));
}

#[test]
fn figures_of_the_year_before_are_of_that_year() {
    let read = read();
    // "Local Property Taxes 2016-17 - Dollars" on the sheet of 2017-18; "$ Local Property Taxes" on that of 2019-20.
    assert_eq!(read.value("0160150", 2017, "local-revenue"), 123_694_697.0);
    assert_eq!(read.value("0160150", 2019, "local-revenue"), 128_914_126.0);
    assert_eq!(read.value("0160150", 2017, "operating-expenditure-per-student"), 12_892.31);
    assert_eq!(read.value("0160150", 2018, "percent-of-adequacy"), 80.0);
}

#[test]
fn one_header_twice_is_dollars_then_percent() {
    let read = read();
    assert_eq!(read.value("0160150", 2017, "administration-expenditure"), 3_778_431.0);
    assert!(!read.ids().contains(&"two-values"), "{:?}", read.ids());
}

#[test]
fn the_total_is_that_of_the_funds_and_school_and_state_rows_are_left_out() {
    let read = read();
    assert_eq!(read.value("0160150", 2020, "total-expenditure"), 170_156_283.0);
    let finance = read.data.sources.iter().find(|s| s.path == "finance.xlsx").unwrap();
    let last = finance.sheets.last().unwrap();
    let left_out: u64 = last.rows_left_out.iter().map(|r| r.rows).sum();
    assert!(left_out > 0 && last.rows > left_out, "{left_out} of {}", last.rows);
    assert_eq!(read.data.released.terms().districts.len(), 6);
}

#[test]
fn schools_are_added_up_and_a_mask_hides_the_sum() {
    let read = read();
    // 460 + 478 + 31 + 40 + 35 + 51 + 59 in-school suspensions in the seven schools that have a row.
    assert_eq!(read.value("099201U", 2018, "in-school-suspensions"), 1154.0);
    assert_eq!(read.cells("099201U", 2018, "in-school-suspensions").len(), 7);
    let female = f64::from(194 + 117 + 1 + 3 + 4 + 14 + 9);
    assert_eq!(read.value("099201U", 2018, "in-school-suspensions/female"), female);
    let masked = Some((None, Status::Masked));
    assert_eq!(read.at("099201U", 2018, "in-school-suspensions/american-indian"), masked);
    let enrolled = read.value("099201U", 2018, "enrollment");
    let rate = read.value("099201U", 2018, "in-school-suspensions-per-100");
    assert!((rate - 100.0 * 1154.0 / enrolled).abs() < 1e-9, "{rate}");
}

#[test]
fn a_name_that_no_other_file_knows_is_told_and_left_out() {
    let read = read();
    let unknown = read.problem("district-unknown");
    assert!(unknown.found.contains("A E R O"), "{}", unknown.found);
    // The state's total at the bottom is 288,047 in-school suspensions and others: nobody's.
    let sheet = &read.data.sources.iter().find(|s| s.path == "discipline.xlsx").unwrap().sheets[0];
    assert!(sheet.rows_left_out.iter().any(|r| r.rows == 1), "{:?}", sheet.rows_left_out);
    // Northfield Twp HSD 225 is Glenbrook HSD 225 today: the discipline file knows it by its old name.
    assert!(read.value("0162250", 2018, "out-of-school-suspensions") > 0.0);
}
