//! Readiness: each kind of error is found where it is, and correct data raises no problems.

use calamine::{Data, Reader, Xlsx};
use retreat::diagnostic::Diagnostic;
use retreat::readiness::{CoverageState, Readiness};

use crate::project::{Made, root};

const LAYOUT: &str = r#"
id = "simple"
label = "A simple table"
authority = "a test"
public = true
percent-scale = 100

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["District"]
id-width = 4

[[column]]
name = ["Students"]
measure = "enrollment"

[[column]]
name = ["Female"]
measure = "enrollment"
group = "female"

[[column]]
name = ["Male"]
measure = "enrollment"
group = "male"

[[column]]
name = ["Attendance"]
measure = "attendance-rate"
"#;

/// Five years of one district: students, girls, boys, attendance.
const CLEAN: [[&str; 4]; 5] = [
    ["1200", "590", "610", "94.1"],
    ["1204", "594", "610", "94.0"],
    ["1198", "*", "605", "93.9"],
    ["1190", "585", "605", "94.2"],
    ["1185", "583", "602", "94.4"],
];

fn made(changes: &[(usize, usize, &str)]) -> Made {
    let mut rows = CLEAN;
    for (year, column, text) in changes {
        rows[*year][*column] = text;
    }
    let mut csv = "District,Year,Students,Female,Male,Attendance\n".to_owned();
    for (i, row) in rows.iter().enumerate() {
        csv += &format!("1,{},{}\n", 2020 + i, row.join(","));
    }
    Made::new().layout("simple.toml", LAYOUT).write("table.csv", csv.as_bytes(), "simple.toml")
}

fn check(made: &Made) -> Readiness {
    let project = made.open("1");
    let session = retreat::run::Session::read(&project).unwrap();
    session.district("1").unwrap().readiness()
}

/// The problems of the table itself, not of the project's peers.
fn of_table(readiness: &Readiness) -> Vec<&Diagnostic> {
    readiness.problems.iter().filter(|p| p.place.file == "table.csv").collect()
}

#[test]
fn each_kind_of_error_is_found_in_its_cell() {
    for (change, id, cell) in [
        // Far too many: 11,980 / 1,198 = 10.
        ((2, 0, "11980"), "unit-jump", "C4"),
        // A share among percents; nothing else is below 50%.
        ((3, 3, "0.94"), "unit-jump", "F5"),
        // 590 + 700 = 1,290, more than 1,200.
        ((0, 2, "700"), "total-differs", "C2"),
        // 485 + 602 = 1,087, less than 1,185 by more than rounding.
        ((4, 1, "485"), "total-differs", "C6"),
        ((1, 3, "194.0"), "implausible-value", "F3"),
        ((1, 0, "12O4"), "cell-not-number", "C3"),
    ] {
        let readiness = check(&made(&[change]));
        let found: Vec<String> =
            of_table(&readiness).iter().map(|p| format!("{} {}", p.id, p.place)).collect();
        assert!(found.contains(&format!("{id} table.csv › {cell}")), "{change:?}: {found:?}");
    }
}

#[test]
fn correct_data_raises_no_problem() {
    let readiness = check(&made(&[]));
    assert!(of_table(&readiness).is_empty(), "{:?}", readiness.problems);
}

#[test]
fn a_masked_part_can_only_be_too_little() {
    // Fewer boys than students is fine. More boys than students is wrong.
    assert!(of_table(&check(&made(&[(2, 2, "300")]))).is_empty());
    let readiness = check(&made(&[(2, 2, "1300")]));
    assert_eq!(of_table(&readiness)[0].id, "total-differs");
}

#[test]
fn the_grid_says_what_is_there() {
    let readiness = check(&made(&[(1, 3, "*"), (2, 3, "")]));
    let students = readiness.coverage.iter().find(|d| d.domain == "students").unwrap();
    assert_eq!(students.years, [2020, 2021, 2022, 2023, 2024]);
    let attendance = students.measures.iter().find(|m| m.measure == "attendance-rate").unwrap();
    use CoverageState::{Masked, Missing, Reported};
    assert_eq!(attendance.states, [Reported, Masked, Missing, Reported, Reported]);
    let asked: Vec<&str> = readiness.requests.iter().map(|r| r.measure.as_str()).collect();
    assert!(asked.contains(&"Teacher turnover"), "{asked:?}");
    assert!(readiness.charts < readiness.charts_wanted && readiness.summary.contains("There is no data on"));
}

#[test]
fn the_workbook_names_file_sheet_and_cell_and_is_the_same_each_time() {
    let made = made(&[(2, 0, "11980")]);
    let readiness = check(&made);
    let folder = made.path().join("readiness");
    let write = || {
        let written = retreat::pack::write_readiness(&readiness, &folder).unwrap();
        written.files.iter().map(|path| std::fs::read(path).unwrap()).collect::<Vec<_>>()
    };
    let first = write();
    assert_eq!(first, write());
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(&first[1])).unwrap();
    let range = book.worksheet_range("Problems").unwrap();
    let rows: Vec<&[Data]> = range.rows().filter(|row| row[8] == "unit-jump").collect();
    assert_eq!(rows.len(), 1);
    assert_eq!([&rows[0][1], &rows[0][3]].map(ToString::to_string), ["table.csv", "C4"]);
    // What the user wrote into it is kept.
    std::fs::write(folder.join("readiness.xlsx"), b"my notes").unwrap();
    let refused = retreat::pack::write_readiness(&readiness, &folder).unwrap_err();
    assert!(refused.to_string().contains("readiness.xlsx"), "{refused}");
}

#[test]
fn real_data_raises_only_what_is_odd_in_it() {
    // The years of the pandemic, a change of how principals' years are counted (2017-18), and one class of 68.
    let project = retreat::project::Project::open(&root().join("examples/texas-region")).unwrap();
    let session = retreat::run::Session::read(&project).unwrap();
    let readiness = session.district(&project.file.retreat.district).unwrap().readiness();
    let count = |id: &str| readiness.problems.iter().filter(|p| p.id == id).count();
    assert_eq!(count("unit-jump"), 0);
    assert_eq!(count("total-differs"), 0);
    assert_eq!(count("implausible-value"), 1);
    // Five for all students, and three in grades and groups alone. Attendance of 2019-20 is not compared at all.
    assert_eq!(count("level-shift"), 8);
    assert!(count("odd-year") > 0);
}
