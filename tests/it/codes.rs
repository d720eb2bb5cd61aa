//! What `retreat init` makes of codes: for student groups, tests, subjects, and grades. Each judgment has a table that looks alike
//! and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Graduation rates of four districts in two years, with the same texts in more columns of every row.
fn constant(columns: &str, texts: &str) -> Proposed {
    let mut table = format!("District Code,District Name,School Year,{columns},Graduation Rate\n");
    for year in ["2022-23", "2023-24"] {
        for (number, district) in (1..).zip(["Alder", "Birch", "Cedar", "Dogwood"]) {
            let _ = writeln!(table, "010{number},{district},{year},{texts},{}.5", 70 + number);
        }
    }
    Proposed::new(&table)
}

#[test]
fn a_code_that_all_rows_have_is_a_question_that_names_it() {
    for (column, code) in [
        ("Subgroup Code", "5"),
        ("Subgroup ID", "HIS"),
        ("Student Group Code", "H"),
        ("Race Code", "B"),
        ("Ethnicity ID", "4"),
        ("Accountability Subgroup ID", "MIG"),
        ("Test ID", "ALT"),
        ("Lunch Status Code", "R"),
        ("LEP Indicator", "1"),
        ("EL Status", "Current EL"),
        ("Subject ID", "M"),
        ("Term", "F"),
        ("Race", "3"),
    ] {
        let made = constant(column, code);
        let said = made.said();
        assert!(said.contains(&format!("{code:?} in every row")), "{column}: {said}");
        for key in ["graduation-rate", "graduation-rate/male", "graduation-rate/female"] {
            assert_eq!(made.value("101", 2024, key), None, "{column} {key}: {}", made.layout());
        }
    }
}

#[test]
fn a_code_whose_meaning_is_known_is_no_question() {
    for (columns, texts, key) in [
        ("SPED Flag", "Y", "graduation-rate/students-with-disabilities"),
        ("Gender", "M", "graduation-rate/male"),
        ("Sex Code", "F", "graduation-rate/female"),
        ("Subgroup Code", "All", "graduation-rate"),
        ("Race", "99", "graduation-rate"),
        ("Subgroup,Subgroup Code", "All Students,1", "graduation-rate"),
        ("Student Group,Group ID", "All Students,7", "graduation-rate"),
        ("Test Name,Test ID", "Graduation File,31", "graduation-rate"),
        ("Peer Group", "B", "graduation-rate"),
    ] {
        let made = constant(columns, texts);
        assert_eq!(made.value("101", 2024, key), Some(71.5), "{columns}: {}{}", made.said(), made.layout());
    }
}

/// Proficiency rates of two districts by these groups, in a column with this name.
fn by_group(column: &str, groups: &[&str]) -> Proposed {
    let mut table = format!("School Year,District Code,District Name,{column},Percent Proficient\n");
    for district in ["0101,Alder", "0102,Birch"] {
        for (number, group) in groups.iter().enumerate() {
            let _ = writeln!(table, "2023-24,{district},{group},{}.5", 40 + number);
        }
    }
    Proposed::new(&table)
}

#[test]
fn a_letter_is_a_gender_only_where_nothing_speaks_against_it() {
    let codes = by_group("Race", &["A", "B", "H", "I", "M", "P", "W"]);
    assert!(codes.said().contains("\"Race\""), "{}", codes.said());
    assert_eq!(codes.value("101", 2024, "proficiency-rate/male"), None, "{}", codes.layout());
    let mixed = by_group("Student Group", &["All Students", "White", "Hispanic", "M"]);
    assert!(mixed.said().contains("\"M\""), "{}", mixed.said());
    assert_eq!(mixed.value("101", 2024, "proficiency-rate"), Some(40.5), "{}", mixed.layout());
    assert_eq!(mixed.value("101", 2024, "proficiency-rate/male"), None, "{}", mixed.layout());
    for (column, groups) in [
        ("Gender", &["All", "M"][..]),
        ("Student Group", &["All Students", "M", "F", "White"]),
        ("Sex", &["F", "M", "X"]),
    ] {
        let made = by_group(column, groups);
        let found = made.value("101", 2024, "proficiency-rate/male");
        assert_eq!(found, Some(41.5), "{column}: {}{}", made.said(), made.layout());
    }
}

#[test]
fn a_column_of_codes_for_groups_is_named_as_the_cause() {
    // As the Education Data Portal has them: 99 is everybody.
    let mut table = "year,leaid,grade,race,sex,enrollment\n".to_owned();
    for (number, district) in (1..).zip(["39001010", "39001020", "39001030"]) {
        for (race, students) in [(1, 487), (2, 162), (3, 163), (99, 812)] {
            let _ = writeln!(table, "2022,{district},99,{race},99,{}", students * number);
        }
    }
    let made = Proposed::new(&table);
    assert!(made.said().contains("\"race\"") && made.said().contains("(1, 2, 3)"), "{}", made.said());
    assert_eq!(made.enrollment("39001010", 2022), None, "{}", made.layout());
    // A code for each district says nothing about its students.
    let district = "Year,District Code,District Name,Group Code,Enrollment\n2023,0101,Alder,3,500\n\
                    2024,0101,Alder,3,510\n2023,0102,Birch,4,700\n2024,0102,Birch,4,720\n";
    let made = Proposed::new(district);
    assert_eq!(made.enrollment("101", 2024), Some(510.0), "{}{}", made.said(), made.layout());
}

/// Enrollment of three districts by grade, with 10 students more in each, and a row for all of them.
fn by_grade(column: &str, grades: &[&str], all: &str) -> Proposed {
    let mut table = format!("Year,District Number,District,{column},Enrollment\n");
    for district in ["0101,Alder", "0102,Birch", "0103,Cedar"] {
        let counts = (0..grades.len()).map(|number| 50 + 10 * number);
        for (grade, count) in grades.iter().zip(counts.clone()) {
            let _ = writeln!(table, "2023-24,{district},{grade},{count}");
        }
        let _ = writeln!(table, "2023-24,{district},{all},{}", counts.sum::<usize>());
    }
    Proposed::new(&table)
}

#[test]
fn a_column_of_codes_for_grades_is_one_of_grades() {
    let years = ["0", "1", "2", "3", "4", "5", "6", "7", "8"];
    let codes = by_grade("Grade Code", &[&["-1"][..], &years].concat(), "99");
    for (key, students) in [
        ("enrollment", 950.0),
        ("enrollment/all/PK", 50.0),
        ("enrollment/all/KG", 60.0),
        ("enrollment/all/03", 90.0),
    ] {
        assert_eq!(
            codes.value("101", 2024, key),
            Some(students),
            "{key}: {}{}",
            codes.said(),
            codes.layout()
        );
    }
    let words = by_grade("GRADE_LEVEL_CODE", &["TK", "K", "1", "2", "3", "4", "5", "UNG"], "TOTAL");
    assert_eq!(words.value("101", 2024, "enrollment"), Some(680.0), "{}{}", words.said(), words.layout());
    assert_eq!(words.value("101", 2024, "enrollment/all/03"), Some(90.0), "{}", words.layout());
}
