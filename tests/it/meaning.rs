//! `retreat init` on tables of which something other than a column's name says which group, grade, measure or unit its
//! numbers are of. Each judgment has a table that looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// A table of four districts with these columns and texts in every row, and one column of values.
fn constant_table(columns: &str, texts: &str, value: &str, values: [f64; 4]) -> String {
    let mut table = format!("District Code,District Name,{columns}School Year,{value}\n");
    for (number, (name, value)) in ["Ash", "Birch", "Cedar", "Dogwood"].into_iter().zip(values).enumerate() {
        let _ = writeln!(table, "{},{name},{texts}2023-24,{value}", number + 1);
    }
    table
}

const RATES: [f64; 4] = [49.4, 41.0, 57.9, 58.3];
const COUNTS: [f64; 4] = [120.0, 340.0, 55.0, 410.0];

#[test]
fn a_table_of_one_group_is_not_one_of_all_students() {
    let flagged = constant_table("Limited English Proficient,", "LEP,", "Percent Proficient", RATES);
    let answered = constant_table("English Learner,", "Y,", "Percent Proficient", RATES);
    let plain = constant_table("", "", "Percent Proficient", RATES);
    let titled = format!("English Learners: state test results\n{plain}");
    for (name, table) in [
        ("data.csv", &flagged),
        ("data.csv", &answered),
        ("data.csv", &titled),
        ("limited_english_proficient_results.csv", &plain),
        ("results-ELL.csv", &plain),
    ] {
        let proposed = Proposed::with_files(&[(name, table)]);
        let found = proposed.value("1", 2024, "proficiency-rate/english-learners");
        assert_eq!(found, Some(49.4), "{name}: {}{}", proposed.said(), proposed.layout());
        assert_eq!(proposed.value("1", 2024, "proficiency-rate"), None, "{name}");
    }
}

#[test]
fn a_group_that_is_only_mentioned_changes_nothing() {
    let plain = constant_table("", "", "Percent Proficient", RATES);
    let everybody = constant_table("Student Group,", "All Students,", "Percent Proficient", RATES);
    for (name, table) in [
        ("white-county-results.csv", &plain),
        ("results.csv", &format!("Black Hawk County: state test results\n{plain}")),
        ("results.csv", &everybody),
        ("results by english learner status.csv", &plain),
    ] {
        let proposed = Proposed::with_files(&[(name, table)]);
        assert_eq!(proposed.value("1", 2024, "proficiency-rate"), Some(49.4), "{name}: {}", proposed.said());
    }
    // A table that distinguishes the group that its title mentions.
    let both = "District Code,School Year,Enrollment,English Learners\n1,2023-24,800,90\n2,2023-24,700,20\n";
    let proposed = Proposed::with_files(&[("english-learners.csv", both)]);
    assert_eq!(proposed.value("1", 2024, "enrollment"), Some(800.0), "{}", proposed.layout());
    assert_eq!(proposed.value("1", 2024, "enrollment/english-learners"), Some(90.0));
}

#[test]
fn a_group_that_remains_in_doubt_is_a_question() {
    let unknown = constant_table("Gifted,", "Tier 7,", "Percent Proficient", RATES);
    let crossed = "District Code,Student Group,School Year,Percent Proficient\n1,Hispanic,2023-24,44.1\n\
                   1,White,2023-24,52.3\n2,Hispanic,2023-24,31.5\n2,White,2023-24,38.9\n";
    let without = constant_table("", "", "Percent Proficient", RATES);
    for (name, table, part) in [
        ("results.csv", unknown.as_str(), "Tier 7"),
        ("english-learners.csv", crossed, "Student Group"),
        ("results without english learners.csv", without.as_str(), "leave out"),
    ] {
        let proposed = Proposed::with_files(&[(name, table)]);
        assert!(proposed.said().contains(part), "{name}: {}", proposed.said());
        assert_eq!(proposed.value("1", 2024, "proficiency-rate"), None, "{name}");
    }
}

#[test]
fn a_title_may_name_the_measure_the_grade_and_the_subject() {
    let table = constant_table("", "", "Data", [88.1, 91.2, 79.5, 93.0]);
    let proposed = Proposed::with_files(&[("High school graduation rates.csv", &table)]);
    assert_eq!(proposed.value("1", 2024, "graduation-rate"), Some(88.1), "{}", proposed.said());

    let table = constant_table("", "", "Percent Proficient", RATES);
    let proposed = Proposed::with_files(&[("grade 3 math.csv", &table)]);
    let found = proposed.value("2", 2024, "proficiency-rate/all/03/mathematics");
    assert_eq!(found, Some(41.0), "{}", proposed.layout());
    // A district of that name.
    let proposed = Proposed::with_files(&[("Reading School District.csv", &table)]);
    assert_eq!(proposed.value("2", 2024, "proficiency-rate"), Some(41.0), "{}", proposed.layout());
}

#[test]
fn grades_may_be_numbers_and_words() {
    let spellings: [&[&str]; 4] = [
        &["All Grades", "PK", "KG", "1", "2", "12"],
        &["Total", "Prekindergarten", "Kindergarten", "First Grade", "Grade Two", "Twelfth"],
        &["13", "PK", "K", "01", "02", "12"],
        &["99", "PK", "0", "1", "2", "12"],
    ];
    for grades in spellings {
        let mut table = "District Code,District Name,School Year,Grade,Enrollment\n".to_owned();
        for (id, first) in [(1, 10), (2, 25), (3, 47)] {
            let students = [first, first + 1, first + 2, first + 3, first + 4];
            let _ =
                writeln!(table, "{id},District {id},2023-24,{},{}", grades[0], students.iter().sum::<i32>());
            for (grade, count) in grades[1..].iter().zip(students) {
                let _ = writeln!(table, "{id},District {id},2023-24,{grade},{count}");
            }
        }
        let proposed = Proposed::new(&table);
        let said = proposed.said();
        for (key, students) in [
            ("enrollment", 60.0),
            ("enrollment/all/PK", 10.0),
            ("enrollment/all/KG", 11.0),
            ("enrollment/all/01", 12.0),
            ("enrollment/all/12", 14.0),
        ] {
            assert_eq!(
                proposed.value("1", 2024, key),
                Some(students),
                "{grades:?} {key}: {said}{}",
                proposed.layout()
            );
        }
    }
}

#[test]
fn a_code_that_adds_up_no_grades_is_not_all_of_them() {
    let mut table = "District Code,District Name,School Year,Grade,Enrollment\n".to_owned();
    for (id, first) in [(1, 10), (2, 25), (3, 47)] {
        for (position, grade) in ["13", "K", "1", "2"].into_iter().enumerate() {
            let _ = writeln!(table, "{id},District {id},2023-24,{grade},{}", first + position);
        }
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.value("1", 2024, "enrollment/all/01"), Some(12.0), "{}", proposed.layout());
    assert_ne!(proposed.value("1", 2024, "enrollment"), Some(10.0), "{}", proposed.layout());
}

#[test]
fn a_column_of_categories_belongs_to_the_groups_next_to_it() {
    let mut table =
        "District Code,District Name,School Year,Group By,Group By Value,Student Count\n".to_owned();
    for (id, students) in [(1, 100), (2, 200)] {
        for (category, group, count) in [
            ("All Students", "All Students", students),
            ("Race/Ethnicity", "Black", students / 4),
            ("Race/Ethnicity", "White", students / 2),
            ("Gender", "Female", students / 2 - 1),
            ("Migrant Status", "Not Migrant", students - 1),
            ("Grade Level", "KG", 9),
            ("Grade Level", "1", 11),
        ] {
            let _ = writeln!(table, "{id},District {id},2023-24,{category},{group},{count}");
        }
    }
    let proposed = Proposed::new(&table);
    for (key, students) in [
        ("enrollment", 100.0),
        ("enrollment/black", 25.0),
        ("enrollment/female", 49.0),
        ("enrollment/all/KG", 9.0),
        ("enrollment/all/01", 11.0),
    ] {
        assert_eq!(
            proposed.value("1", 2024, key),
            Some(students),
            "{key}: {}{}",
            proposed.said(),
            proposed.layout()
        );
    }
}
