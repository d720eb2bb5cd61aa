//! What cannot be true is left out of the pack, with its cell; what is only unlikely stays and is reported.

use std::fmt::Write as _;

use retreat::diagnostic::Severity;
use retreat::domain::Status;

use crate::project::{Made, Read};

const LAYOUT: &str = "id = \"own\"\nlabel = \"Own\"\nauthority = \"a test\"\npublic = true\npercent-scale = 100\n[year]\n\
    from = \"column\"\ncolumn = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"District\"]\n\
    [[part]]\npart = \"group\"\ncolumn = [\"Group\"]\n\
    [[column]]\nmatching = '^(?P<measure>enrollment|[a-z]+-[a-z-]+)$'\n";

/// Reads a table with the columns District, Group, Year, and those of `measures`.
fn read(measures: &str, rows: &str) -> Read {
    let table = format!("District,Group,Year,{measures}\n{rows}");
    Made::new().layout("own.toml", LAYOUT).write("own.csv", table.as_bytes(), "own.toml").read()
}

/// The rows of a district's series from 2018 on.
fn series(district: &str, group: &str, values: &[&str]) -> String {
    let mut rows = String::new();
    for (year, value) in (2018..).zip(values) {
        writeln!(rows, "{district},{group},{year},{value}").unwrap();
    }
    rows
}

/// Whether the value of a year was left out, and the severities and cells of the problems with it.
fn judged(measure: &str, values: &[&str], year: i32, id: &str) -> (bool, Vec<(Severity, String)>) {
    let read = read(measure, &series("1", "All", values));
    let is_left_out = read.at("1", year, measure).unwrap().1 == Status::Missing;
    let problems = read.data.diagnostics.iter().filter(|problem| problem.id == id);
    (is_left_out, problems.map(|problem| (problem.severity, problem.place.to_string())).collect())
}

#[test]
fn a_value_far_outside_its_range_is_left_out_with_its_cell() {
    for (measure, values, left_out) in [
        ("graduation-rate", ["81.6", "8160", "82.1", "82.4"], true),
        ("attendance-rate", ["94.0", "194.0", "94.2", "94.1"], true),
        ("attendance-rate", ["94.0", "-3.5", "94.2", "94.1"], true),
        ("attendance-rate", ["94.0", "0", "94.2", "94.1"], true),
        // A dropout rate may be zero.
        ("dropout-rate", ["0.5", "0", "0.4", "0.3"], false),
        // Rounding, and ranges that some districts really leave.
        ("attendance-rate", ["99.8", "100.2", "99.9", "99.7"], false),
        ("fund-balance-share", ["250", "320", "280", "260"], false),
        ("students-per-teacher", ["14", "70", "15", "15"], false),
        ("students-per-teacher", ["14", "1400", "15", "15"], true),
        ("teacher-salary", ["61700", "61", "62900", "63100"], true),
        ("teacher-salary", ["61700", "320000", "62900", "63100"], false),
    ] {
        let (is_left_out, problems) = judged(measure, &values, 2019, "implausible-value");
        assert_eq!(is_left_out, left_out, "{measure} {values:?}");
        for (severity, place) in problems {
            let expected = if left_out { Severity::Error } else { Severity::Warning };
            assert_eq!((severity, place.as_str()), (expected, "own.csv › D3"), "{measure} {values:?}");
        }
    }
}

#[test]
fn a_hundredfold_jump_is_left_out_and_a_tenfold_one_is_reported() {
    for (measure, values, year, left_out) in [
        ("attendance-rate", &["93.9", "94.1", "0.94", "94.0", "93.8"][..], 2020, Some(true)),
        ("enrollment", &["1200", "1204", "12040", "1210", "1215"], 2020, Some(false)),
        ("total-revenue", &["8100000", "8200000", "8300", "8400000", "8500000"], 2020, Some(true)),
        // The shorter side of a lasting change.
        ("total-revenue", &["8100", "8200", "8300000", "8400000", "8500000"], 2018, Some(true)),
        ("total-revenue", &["8100", "8200", "8300000", "8400000", "8500000"], 2021, None),
        // As many on both sides: which is right is not known.
        ("total-revenue", &["8100", "8200", "8300000", "8400000"], 2020, Some(false)),
        // Truly below 1 percent, and a rate that truly doubled.
        ("dropout-rate", &["0.6", "0.5", "0.7", "60.0", "0.6"], 2018, None),
        ("chronic-absenteeism-rate", &["11", "12", "27", "26", "25"], 2020, None),
    ] {
        let (is_left_out, problems) = judged(measure, values, year, "unit-jump");
        assert_eq!(is_left_out, left_out == Some(true), "{measure} {values:?}");
        assert_eq!(
            !problems.is_empty(),
            left_out.is_some() || measure == "total-revenue",
            "{measure} {values:?}"
        );
    }
}

#[test]
fn a_year_of_zeros_is_no_year() {
    for (measure, values, left_out) in [
        ("enrollment", ["800", "812", "820", "0"], true),
        ("graduation-rate", ["91.0", "92.5", "90.1", "0"], true),
        // A district without suspensions, one that never had many, and a program that ended.
        ("out-of-school-suspensions", ["40", "45", "38", "0"], false),
        ("enrollment", ["12", "15", "11", "0"], false),
        ("enrollment", ["900", "300", "100", "0"], false),
    ] {
        let (is_left_out, _) = judged(measure, &values, 2021, "zero-year");
        assert_eq!(is_left_out, left_out, "{measure} {values:?}");
    }
}

#[test]
fn a_zero_among_other_numbers_of_the_year_may_be_true() {
    let rows = "1,All,2018,800,85\n1,All,2019,812,86\n1,All,2020,820,88\n1,All,2021,830,0\n";
    let read = read("enrollment,graduation-rate", rows);
    assert_eq!(read.value("1", 2021, "graduation-rate"), 0.0);
}

#[test]
fn a_zero_of_one_group_may_be_true() {
    let rows =
        series("1", "All", &["800", "812", "820", "830"]) + &series("1", "Asian", &["25", "26", "24", "0"]);
    let read = read("enrollment", &rows);
    assert_eq!(read.value("1", 2021, "enrollment/asian"), 0.0);
}

/// A measure of 24 districts from 2017-18 to 2020-21.
fn of_24_districts(measure: &str, values: &[&str]) -> Read {
    let rows: String = (1..=24).map(|id| series(&id.to_string(), "All", values)).collect();
    read(measure, &rows)
}

#[test]
fn a_year_that_was_not_counted_as_others_is_no_improvement() {
    let left_out = Some((None, Status::Missing));
    let closed = of_24_districts("attendance-rate", &["95.9", "95.8", "98.7", "95.4"]);
    assert_eq!(closed.at("3", 2020, "attendance-rate"), left_out);
    assert_eq!(closed.value("3", 2019, "attendance-rate"), 95.8);
    assert!(closed.problem("odd-year").found.contains("schools closed in March 2020"));
    // As in other years, going on in the same direction, or in another year: it is kept.
    for values in
        [["95.9", "95.8", "95.9", "95.4"], ["95.9", "95.8", "96.9", "97.8"], ["95.9", "98.7", "95.8", "95.4"]]
    {
        let read = of_24_districts("attendance-rate", &values);
        assert_eq!(read.value("3", 2020, "attendance-rate").to_string(), values[2]);
        assert_eq!(read.value("3", 2019, "attendance-rate").to_string(), values[1]);
    }
    // No measure is at its most everywhere in one year.
    let flat = of_24_districts("graduation-rate", &["91.2", "92.5", "100", "90.1"]);
    assert_eq!(flat.at("3", 2020, "graduation-rate"), left_out);
    let high = of_24_districts("graduation-rate", &["100", "100", "100", "99.1"]);
    assert_eq!(high.value("3", 2020, "graduation-rate"), 100.0);
}

#[test]
fn one_subject_says_nothing_of_the_years_of_another() {
    let layout =
        LAYOUT.replace("[[column]]", "[[part]]\npart = \"subject\"\ncolumn = [\"Subject\"]\n[[column]]");
    for [flat, usual] in [["mathematics", "reading"], ["reading", "mathematics"]] {
        let mut table = "District,Group,Year,Subject,proficiency-rate\n".to_owned();
        for district in 1..=24 {
            for (year, value) in (2018..).zip(["41.2", "42.5", "100", "40.1"]) {
                writeln!(table, "{district},All,{year},{flat},{value}").unwrap();
                writeln!(table, "{district},All,{year},{usual},{}", year - 1970).unwrap();
            }
        }
        let read =
            Made::new().layout("own.toml", &layout).write("own.csv", table.as_bytes(), "own.toml").read();
        let at = |subject: &str| read.at("3", 2020, &format!("proficiency-rate/all/all/{subject}"));
        assert_eq!(at(flat), Some((None, Status::Missing)), "{flat}");
        assert_eq!(at(usual), Some((Some(50.0), Status::Reported)), "{usual}");
    }
}

#[test]
fn zeros_of_all_districts_in_one_year_were_not_collected() {
    let table = |last: &str| {
        let ids = ["1", "2", "3", "4", "5", "6"];
        let rows: String = ids.iter().map(|id| series(id, "All", &["40", "45", "3", last])).collect();
        read("out-of-school-suspensions", &rows)
    };
    assert_eq!(table("0").at("3", 2021, "out-of-school-suspensions"), Some((None, Status::Missing)));
    assert_eq!(table("1").value("3", 2021, "out-of-school-suspensions"), 1.0);
}

#[test]
fn a_part_many_times_its_whole_is_left_out_or_the_whole_is() {
    let parts = |all: [&str; 4], female: [&str; 4], male: [&str; 4]| {
        let rows = series("1", "All", &all) + &series("1", "Female", &female) + &series("1", "Male", &male);
        let read = read("enrollment", &rows);
        let value = |group: &str| read.at("1", 2020, &format!("enrollment/{group}")).unwrap().0;
        [value("all"), value("female"), value("male")]
    };
    let (all, female, male) =
        (["1200", "1204", "1198", "1190"], ["590", "594", "593", "585"], ["610", "610", "605", "605"]);
    assert_eq!(parts(all, female, male), [Some(1198.0), Some(593.0), Some(605.0)]);
    // A part of 5,930: the other part fits.
    assert_eq!(parts(all, ["590", "594", "5930", "585"], male), [Some(1198.0), None, Some(605.0)]);
    // A whole of 119: neither part fits.
    assert_eq!(parts(["1200", "1204", "119", "1190"], female, male), [None, Some(593.0), Some(605.0)]);
    // In one sheet, more boys than students cannot be true either.
    assert_eq!(parts(all, female, ["610", "610", "1300", "605"]), [Some(1198.0), Some(593.0), None]);
}

#[test]
fn a_part_of_another_file_may_be_counted_on_another_day() {
    let header = "District,Group,Year,enrollment\n";
    let low_income = |count: &str| {
        let all = format!("{header}{}", series("1", "All", &["1200", "1204", "1198", "1190"]));
        let part = format!("{header}{}", series("1", "Low income", &["1210", "1230", count, "1205"]));
        let made = Made::new().layout("own.toml", LAYOUT).write("all.csv", all.as_bytes(), "own.toml");
        made.write("part.csv", part.as_bytes(), "own.toml").read()
    };
    assert_eq!(low_income("1300").value("1", 2020, "enrollment/low-income"), 1300.0);
    assert_eq!(low_income("4300").at("1", 2020, "enrollment/low-income"), Some((None, Status::Missing)));
}

#[test]
fn a_computed_value_that_cannot_be_true_is_left_out() {
    // 9 million of 100 thousand dollars, in thousands by mistake.
    let rows: String = (2018..2022).map(|year| format!("1,All,{year},9000000,100000\n")).collect();
    let read = read("fund-balance,operating-expenditure", &rows);
    assert!(read.at("1", 2020, "fund-balance-share").is_none());
    let problem = read.problem("impossible-computed");
    assert_eq!((problem.severity, problem.count), (Severity::Error, 4));
    assert!(problem.place.cell.is_some() && problem.found.contains("9,000"), "{problem}");
}

#[test]
fn a_shift_within_a_group_is_reported_where_all_students_are_steady() {
    let table = |factor: u32| {
        let mut rows = String::new();
        for id in 1..=25_u32 {
            for year in 2019..=2022_u32 {
                let group = (100 + id) * if year >= 2021 { factor } else { 10 } / 10;
                writeln!(rows, "{id},All,{year},{}\n{id},English learners,{year},{group}", 1_000 + id)
                    .unwrap();
            }
        }
        read("enrollment", &rows)
    };
    let shifted = table(20);
    let problem = shifted.problem("level-shift");
    assert!(problem.found.contains("english-learners") && problem.found.contains("2020-21"), "{problem}");
    assert!(!table(11).ids().contains(&"level-shift"));
}

#[test]
fn of_few_districts_all_must_shift() {
    let table = |shifting: u32| {
        let mut rows = String::new();
        for id in 1..=6_u32 {
            for year in 2019..=2022_u32 {
                let is_later = year >= 2021 && id <= shifting;
                let rate = if is_later { 50 + id } else { 20 + id };
                writeln!(rows, "{id},All,{year},{rate}").unwrap();
            }
        }
        read("chronic-absenteeism-rate", &rows)
    };
    assert!(table(6).problem("level-shift").found.contains("2020-21"));
    assert!(!table(4).ids().contains(&"level-shift"), "four of six are no new definition");
}
