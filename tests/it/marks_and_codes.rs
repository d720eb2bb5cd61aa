//! `retreat init` on tables whose cells hold codes, marks, and texts that are no plain numbers. Each judgment has a table that
//! looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

const DISTRICTS: [&str; 4] = ["Ash", "Birch", "Cedar", "Dogwood"];

/// A table of four districts and two years with a row for each of `cells`: a text of the column `name`, and a number.
fn broken_down(name: &str, value: &str, cells: &[(&str, f64)]) -> String {
    let mut table = format!("School Year,District Code,District,{name},{value}\n");
    for year in ["2021-22", "2022-23"] {
        for (number, district) in (1..).zip(DISTRICTS) {
            for (text, cell) in cells {
                let _ = writeln!(table, "{year},000{number},{district},{text},{cell}");
            }
        }
    }
    table
}

#[test]
fn a_few_unknown_grades_do_not_hide_the_others() {
    let cells =
        [("PK", 20.0), ("0", 50.0), ("1", 51.0), ("2", 52.0), ("UE", 3.0), ("US", 2.0), ("99", 178.0)];
    let made = Proposed::new(&broken_down("Grade", "Enrollment", &cells));
    for (key, value) in [
        ("enrollment", 178.0),
        ("enrollment/all/PK", 20.0),
        ("enrollment/all/KG", 50.0),
        ("enrollment/all/01", 51.0),
    ] {
        assert_eq!(made.value("2", 2022, key), Some(value), "{key}: {}{}", made.said(), made.layout());
    }
    assert!(made.said().contains("\"UE\""), "{}", made.said());
    // Marks are no grades, although a few of them may look like it.
    let marks = [("A", 20.0), ("B", 50.0), ("C", 51.0), ("1", 52.0), ("Pass", 3.0)];
    let made = Proposed::new(&broken_down("Grade", "Enrollment", &marks));
    assert_eq!(made.enrollment("2", 2022), None, "{}", made.layout());
}

#[test]
fn the_span_of_all_grades_is_everybody() {
    let cells = [("K-5", 93.0), ("6-8", 94.0), ("9-12", 95.0), ("K-12", 94.2)];
    let made = Proposed::new(&broken_down("Grade Span", "Attendance Rate", &cells));
    let found = ["attendance-rate", "attendance-rate/all/06-08"].map(|key| made.value("1", 2023, key));
    assert_eq!(found, [Some(94.2), Some(94.0)], "{}", made.layout());
    // Prekindergarten is not part of it, and a span that is smaller than its parts is none.
    let younger = [("PK", 90.0), ("K-5", 93.0), ("6-8", 94.0), ("9-12", 95.0), ("K-12", 94.2)];
    let made = Proposed::new(&broken_down("Grade Span", "Attendance Rate", &younger));
    assert_eq!(made.value("1", 2023, "attendance-rate"), None, "{}", made.layout());
    let smaller = [("K-5", 500.0), ("6-8", 300.0), ("9-12", 400.0), ("K-12", 90.0)];
    let made = Proposed::new(&broken_down("Grade Span", "Enrollment", &smaller));
    assert_eq!(made.enrollment("1", 2023), None, "{}", made.layout());
}
