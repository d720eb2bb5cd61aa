//! `retreat init` on reports whose filters stand above or below the table, or in a column with one text.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Attendance of three districts in two years, with this text in every row of another column.
fn attendance(column: &str, text: &str) -> String {
    let mut table = format!("District Code,District Name,School Year,{column},Attendance Rate\n");
    for (number, name) in (1..).zip(["Ash", "Birch", "Cedar"]) {
        for year in [2023, 2024] {
            let _ = writeln!(table, "010{number},{name},{year},\"{text}\",9{number}.{}", year % 10);
        }
    }
    table
}

fn assert_value(made: &Proposed, key: &str, text: &str) {
    assert_eq!(made.value("101", 2024, key), Some(91.4), "{text}: {} {}", made.said(), made.layout());
    if key != "attendance-rate" {
        assert_eq!(made.value("101", 2024, "attendance-rate"), None, "{text}");
    }
}

#[test]
fn filters_above_a_table_say_which_students_it_has() {
    for (line, key) in [
        ("Grade Level: 08", "attendance-rate/all/08"),
        ("Grade: 9", "attendance-rate/all/09"),
        ("\"Grade(s): 09, 10, 11, 12\"", "attendance-rate/all/09-12"),
        ("Selected filters: Grade = 9; Gender = Female", "attendance-rate/female/09"),
        ("Gender: F", "attendance-rate/female"),
        ("SPED: Yes", "attendance-rate/students-with-disabilities"),
        ("Report parameters: Grade=All; Gender=All", "attendance-rate"),
        ("Gender: Both", "attendance-rate"),
        ("Term: 2023-24", "attendance-rate"),
        ("District: Charter Oak", "attendance-rate"),
        ("Run by: Grant White", "attendance-rate"),
    ] {
        let made = Proposed::new(&format!("{line}\n{}", attendance("Status", "Active")));
        assert_value(&made, key, line);
    }
    for line in ["Gifted: N", "Race: Hisp/Black", "Term: Q1", "Assessment: Alternate"] {
        let made = Proposed::new(&format!("{line}\n{}", attendance("Status", "Active")));
        assert!(made.said().contains(line), "{line}: {}", made.said());
        assert_eq!(made.value("101", 2024, "attendance-rate"), None, "{line}");
    }
}

#[test]
fn a_column_may_say_what_the_whole_report_is_about() {
    for (column, text, key) in [
        ("Filter", "Race = Hispanic", "attendance-rate/hispanic"),
        ("Query", "SPED only", "attendance-rate/students-with-disabilities"),
        ("Report Name", "ELL Attendance", "attendance-rate/english-learners"),
        ("Selection", "Grades 9-12", "attendance-rate/all/09-12"),
        ("Grade Band", "9-12", "attendance-rate/all/09-12"),
        ("Report Name", "District Attendance", "attendance-rate"),
        ("Superintendent", "Rachel White", "attendance-rate"),
    ] {
        let made = Proposed::new(&attendance(column, text));
        assert_value(&made, key, text);
    }
}

#[test]
fn a_note_below_a_table_may_say_that_it_has_only_some_students() {
    let table = attendance("Status", "Active");
    for note in [
        "Note: This report includes only students with disabilities.",
        "Includes students in grades 9-12 only.",
        "\"Applied filters:\nGrade is 9, 10, 11, or 12\"",
        "Applied filters:\nRace/Ethnicity: Hisp/Black",
    ] {
        let made = Proposed::new(&format!("{table}\n{note}\n"));
        assert_eq!(made.value("101", 2024, "attendance-rate"), None, "{note}: {}", made.said());
        assert!(made.said().contains("only some of the students"), "{note}: {}", made.said());
    }
    for note in [
        "Source: the state. Includes all students.",
        "Only districts with ten or more students are shown.",
        "Students with disabilities are included.",
    ] {
        let made = Proposed::new(&format!("{table}\n{note}\n"));
        assert_value(&made, "attendance-rate", note);
    }
}
