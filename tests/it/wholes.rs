//! `retreat init` on tables with rows for everybody next to rows for parts of them, in one or several columns.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Three districts with 800, 900, and 1,000 students, and these rows of each: the columns before the number, and its share of all.
fn districts(columns: &str, measure: &str, rows: &[(&str, f64)]) -> String {
    let mut table = format!("School Year,District Code,District Name,{columns},{measure}\n");
    for (number, name) in (1..).zip(["Ash", "Birch", "Cedar"]) {
        for (texts, share) in rows {
            let students = f64::from(700 + 100 * number) * share;
            let _ = writeln!(table, "2023-24,010{number},{name},{texts},{students}");
        }
    }
    table
}

#[test]
fn of_several_columns_of_groups_the_one_that_is_narrowed_gives_the_group() {
    let rows = [
        ("All Gender,All Race,All Sub Population", 1.0),
        ("Female,All Race,All Sub Population", 0.5),
        ("All Gender,White,All Sub Population", 0.75),
        ("All Gender,All Race,Economically Disadvantaged", 0.25),
        ("Female,White,All Sub Population", 0.37),
    ];
    let made = Proposed::new(&districts("Gender,Race,Sub Population", "Enrollment", &rows));
    for (key, students) in [
        ("enrollment", 800.0),
        ("enrollment/female", 400.0),
        ("enrollment/white", 600.0),
        ("enrollment/low-income", 200.0),
    ] {
        assert_eq!(made.value("101", 2024, key), Some(students), "{key}: {} {}", made.said(), made.layout());
    }
    assert!(made.said().contains("left out 3 rows about two student groups at once"), "{}", made.said());
}

#[test]
fn codes_beside_the_names_of_groups_are_no_other_groups() {
    let rows = [("ALL,All Students", 1.0), ("EL,English Learners", 0.25), ("07,White", 0.5)];
    let made = Proposed::new(&districts("Subgroup Code,Subgroup", "Enrollment", &rows));
    for (key, students) in [("enrollment", 800.0), ("enrollment/english-learners", 200.0)] {
        assert_eq!(made.value("101", 2024, key), Some(students), "{key}: {} {}", made.said(), made.layout());
    }
}

#[test]
fn of_rows_for_all_and_for_parts_only_those_for_all_are_read() {
    let of_charters =
        [("All,All", 1.0), ("No,All", 0.875), ("Yes,All", 0.125), ("All,No", 0.75), ("All,Yes", 0.25)];
    let of_levels = [("Elementary", 0.5), ("High", 0.5), ("All", 1.0)];
    for (columns, rows) in [("Charter School,DASS", &of_charters[..]), ("School Level", &of_levels[..])] {
        let made = Proposed::new(&districts(columns, "Enrollment", rows));
        assert_eq!(made.enrollment("101", 2024), Some(800.0), "{}{}", made.said(), made.layout());
        assert!(made.said().contains("only the rows with \"All\""), "{}", made.said());
    }
    let of_funds = [("General", 8000.0), ("Debt Service", 2000.0), ("All Funds", 10_000.0)];
    let made = Proposed::new(&districts("Fund", "Total Revenue", &of_funds));
    let revenue = made.value("101", 2024, "total-revenue");
    assert_eq!(revenue, Some(8_000_000.0), "{}{}", made.said(), made.layout());
}

#[test]
fn a_part_that_is_called_all_or_a_total_below_its_parts_is_a_question() {
    let of_others = [("Salaries", 8000.0), ("Benefits", 2000.0), ("All Other", 1000.0)];
    let too_small = [("Salaries", 8000.0), ("Benefits", 2000.0), ("Total", 1000.0)];
    for rows in [of_others, too_small] {
        let made = Proposed::new(&districts("Object", "Total Expenditures", &rows));
        assert!(made.said().contains("left out for now"), "{}", made.said());
        assert!(made.said().contains("Object"), "{}", made.said());
    }
}

#[test]
fn a_yes_beside_the_name_of_a_group_is_about_its_students() {
    let rows = [
        ("Total,Total", 1.0),
        ("English Learner,Yes", 0.125),
        ("English Learner,No", 0.875),
        ("Students with Disabilities,Yes", 0.25),
        ("Students with Disabilities,No", 0.75),
        ("Race/Ethnicity,White", 0.5),
    ];
    let blank = [("All Students,", 1.0), ("English Learner,Y", 0.125), ("English Learner,N", 0.875)];
    let made = Proposed::new(&districts("Student Group,In Group", "Enrollment", &blank));
    for (key, students) in [("enrollment", 800.0), ("enrollment/english-learners", 100.0)] {
        assert_eq!(made.value("101", 2024, key), Some(students), "{key}: {} {}", made.said(), made.layout());
    }
    let made = Proposed::new(&districts("Reporting Category,Category Value", "Enrollment", &rows));
    for (key, students) in [
        ("enrollment", 800.0),
        ("enrollment/english-learners", 100.0),
        ("enrollment/students-with-disabilities", 200.0),
        ("enrollment/white", 400.0),
    ] {
        assert_eq!(made.value("101", 2024, key), Some(students), "{key}: {} {}", made.said(), made.layout());
    }
    assert!(made.said().contains("left out 6 rows with \"No\""), "{}", made.said());
}

#[test]
fn a_column_of_answers_about_something_else_leaves_no_row_out() {
    let rows = [("All Students,No", 1.0), ("English Learners,Yes", 0.125), ("White,No", 0.5)];
    let made = Proposed::new(&districts("Student Group,Met Goal", "Enrollment", &rows));
    for (key, students) in [("enrollment", 800.0), ("enrollment/white", 400.0)] {
        assert_eq!(made.value("101", 2024, key), Some(students), "{key}: {} {}", made.said(), made.layout());
    }
}

#[test]
fn percents_of_groups_beside_the_number_of_students_are_shares() {
    let table = "Student Demographics,2021-22,2022-23,2023-24\nWhite,52%,51%,50%\nHispanic,28%,29%,30%\nEL,6%,7%,8%\n\
                 Total Students,1010,1005,1000\n";
    let made = Proposed::with_contents(&[("Demographics.csv", table.as_bytes())], &["--district", "7"]);
    for (key, value) in
        [("enrollment", 1000.0), ("enrollment-share/white", 50.0), ("enrollment-share/english-learners", 8.0)]
    {
        assert_eq!(made.value("7", 2024, key), Some(value), "{key}: {} {}", made.said(), made.layout());
    }
    // Percents that include that of everybody are about something else.
    let table =
        "Subgroup,2021-22,2022-23,2023-24\nAll Students,92%,93%,94%\nWhite,94%,95%,95%\nEL,90%,91%,90%\n";
    let made = Proposed::with_contents(&[("Attendance Rate.csv", table.as_bytes())], &["--district", "7"]);
    let found = made.value("7", 2024, "attendance-rate/white");
    assert_eq!(found, Some(95.0), "{} {}", made.said(), made.layout());
}
