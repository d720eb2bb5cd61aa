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
    let both =
        "District Code,School Year,Enrollment,English Learners\n1,2023-24,800,190\n2,2023-24,700,120\n";
    let proposed = Proposed::with_files(&[("english-learners.csv", both)]);
    assert_eq!(proposed.value("1", 2024, "enrollment"), Some(800.0), "{}", proposed.layout());
    assert_eq!(proposed.value("1", 2024, "enrollment/english-learners"), Some(190.0));
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
        ("results of grades 4 and 8.csv", without.as_str(), "names several grades"),
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

/// Results of two districts in two years, with a row for each of these tests.
fn results_by_test(column: &str, tests: &[&str]) -> Proposed {
    let mut table =
        format!("School Year,District Code,District Name,{column},Number Tested,Percent Proficient\n");
    for year in ["2022-23", "2023-24"] {
        for (id, first) in [(1, 41.0), (2, 52.5)] {
            for (position, test) in (0..).zip(tests) {
                let rate = first + 1.3 * f64::from(position);
                let _ = writeln!(table, "{year},{id},District {id},{test},58,{rate:.1}");
            }
        }
    }
    Proposed::new(&table)
}

#[test]
fn a_text_may_name_a_subject_and_a_grade() {
    for (column, tests) in [
        (
            "Assessment",
            ["Mathematics 3", "Mathematics 4", "English/Language Arts 3", "English/Language Arts 4"],
        ),
        ("ASSESSMENT_NAME", ["MATH3", "MATH4", "ELA3", "ELA4"]),
        ("Test", ["Grade 3 Math", "Grade 4 Math", "Grade 3 ELA", "Grade 4 ELA"]),
        ("Exam", ["Math - 3rd Grade", "Math - 4th Grade", "ELA - 3rd Grade", "ELA - 4th Grade"]),
        ("Subject", ["Mathematics (Grade 3)", "Mathematics", "ELA (Grade 3)", "ELA"]),
        (
            "Test",
            [
                "STAAR Third Grade Math",
                "STAAR Fourth Grade Math",
                "STAAR Third Grade ELA",
                "STAAR Fourth Grade ELA",
            ],
        ),
        ("Test Name", ["MAT03", "ELA10", "ELA03", "ALG01"]),
    ] {
        let made = results_by_test(column, &tests);
        let found = ["mathematics", "english-language-arts"]
            .map(|subject| made.value("1", 2024, &format!("proficiency-rate/all/03/{subject}")));
        assert_eq!(found, [Some(41.0), Some(43.6)], "{tests:?}: {}{}", made.said(), made.layout());
        assert_eq!(made.value("1", 2024, "proficiency-rate"), None, "{tests:?}: {}", made.layout());
    }
    let made = results_by_test("Subject", &["Mathematics (Grade 3)", "Mathematics", "ELA (Grade 3)", "ELA"]);
    assert_eq!(
        made.value("1", 2024, "proficiency-rate/all/all/mathematics"),
        Some(42.3),
        "{}",
        made.layout()
    );
}

/// Two districts in two years, with a row for each of these lines and groups: the numbers behind its rate, and the rate.
fn rates_in_rows(column: &str, lines: [&str; 3], value: &str) -> Proposed {
    let mut table = format!(
        "School Year,District Code,District Name,Student Group,{column},Numerator,Denominator,{value}\n"
    );
    for year in ["2022-23", "2023-24"] {
        for (id, first) in [(1, 617), (2, 1204)] {
            for (group, part) in [("All Students", 1), ("Female", 2)] {
                for (line, missed) in lines.into_iter().zip([195, 163, 325]) {
                    let (counted, all) = (first / part, (first + missed) / part);
                    let rate = f64::from(counted) / f64::from(all);
                    let _ =
                        writeln!(table, "{year},{id},District {id},{group},{line},{counted},{all},{rate:.4}");
                }
            }
        }
    }
    Proposed::new(&table)
}

#[test]
fn a_column_of_names_of_measures_needs_no_known_name() {
    let lines = ["Regular Attendance", "Graduation Rate", "Chronic Absenteeism"];
    for (column, lines, value) in [
        ("Measures", lines, "MeasureDAT"),
        ("Metric Name", lines, "Percent"),
        ("What", ["Attendance Rate", "Graduation Rate", "Chronic Absenteeism"], "Percent"),
        ("DataCategory", lines, "Data Value"),
    ] {
        let made = rates_in_rows(column, lines, value);
        let found = ["graduation-rate", "graduation-rate/female"]
            .map(|key| made.value("1", 2024, key).map(|rate| (rate * 10.0).round()));
        assert_eq!(found, [Some(791.0), Some(790.0)], "{column} {value}: {}{}", made.said(), made.layout());
        assert!(made.layout().contains("stat = \"denominator\""), "{column}: {}", made.layout());
    }
}

#[test]
fn numbers_of_one_measure_are_not_those_of_the_texts_beside_them() {
    let mut table = "School Year,District Code,District Name,Position,Average Salary\n".to_owned();
    for year in ["2022-23", "2023-24"] {
        for (position, salary) in [("Teachers", 61000), ("Counselors", 68000)] {
            let _ = writeln!(table, "{year},1,Alder,{position},{salary}");
        }
    }
    let made = Proposed::new(&table);
    assert_eq!(made.value("1", 2024, "teachers"), None, "{}", made.layout());
    assert_eq!(made.value("1", 2024, "counselors"), None, "{}", made.layout());
}

#[test]
fn the_number_of_a_course_is_no_grade() {
    for tests in [
        ["Math 1", "Math 2", "Math 3"],
        ["English 1", "English 2", "Algebra 1"],
        ["Forms 3", "Forms 4", "Forms 5"],
    ] {
        let made = results_by_test("Assessment", &tests);
        assert!(!made.layout().contains("[grades]"), "{tests:?}: {}", made.layout());
        assert_eq!(made.value("1", 2024, "proficiency-rate/all/03/mathematics"), None, "{}", made.layout());
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

#[test]
fn a_word_of_the_language_is_no_misspelling_of_another() {
    let table = "District Code,School Year,Chronic Absenteeism Percentile,Chronic Absenteeism Precent\n\
                 1,2023-24,52.6,18.4\n2,2023-24,13.1,22.5\n3,2023-24,78.3,9.9\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.value("1", 2024, "chronic-absenteeism-rate"), Some(18.4), "{}", proposed.layout());
    let table = "District Code,School Year,Enrolment,Detention Rate,Distract Revenge\n\
                 1,2023-24,800,2.5,18400\n2,2023-24,900,1.5,22500\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{}", proposed.layout());
    assert!(!proposed.layout().contains("\nmeasure = \"retention-rate\""), "{}", proposed.layout());
    assert!(!proposed.layout().contains("\nmeasure = \"total-revenue\""), "{}", proposed.layout());
}

#[test]
fn a_count_beside_a_rate_is_not_all_students() {
    let quotient = "IRN,Organization Name,Student Count,Student Count At or Above 392,Percentage\n\
                    1,Ash,68,63,92.6\n2,Birch,1596,1262,79.1\n3,Cedar,213,170,79.8\n4,Dogwood,223,190,85.2\n";
    let headed = "\"Chronic Absenteeism, 2023-24\"\n,,,\"Chronically Absent\",\n\
                  District,District Code,Race/Ethnicity,Student Count,%\nAsh,1,White,210,14.0\n\
                  Ash,1,Black,55,21.2\nBirch,2,White,98,9.8\nBirch,2,Black,20,12.5\n";
    let alone = "District Code,School Year,Number of Students,Graduation Rate\n1,2023-24,80,91.2\n2,2023-24,75,84.0\n";
    for (name, table) in
        [("guarantee_2024.csv", quotient), ("absence_2023-24.csv", headed), ("rates.csv", alone)]
    {
        let proposed = Proposed::with_files(&[(name, table)]);
        assert!(!proposed.layout().contains("\nmeasure = \"enrollment\""), "{name}: {}", proposed.layout());
    }
    // Next to several rates, or to a group's share, all students are counted.
    let table = "District Code,School Year,Number of Students,Graduation Rate,Attendance Rate\n\
                 1,2023-24,800,91.2,94.1\n2,2023-24,750,84.0,95.2\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{}", proposed.layout());
}

#[test]
fn small_numbers_are_percents_or_fractions_by_all_that_is_known() {
    let table = |name: &str, values: [&str; 4]| {
        let mut table = format!("District Code,School Year,{name}\n");
        for (id, value) in values.into_iter().enumerate() {
            let _ = writeln!(table, "{},2023-24,{value}", id + 1);
        }
        table
    };
    let truly_small = Proposed::new(&table("Dropout Rate (%)", ["0.6", "0.2", "0.9", "0.4"]));
    assert_eq!(truly_small.value("1", 2024, "dropout-rate"), Some(0.6), "{}", truly_small.layout());
    let fractions = Proposed::new(&table("Dropout Rate", ["0.0061", "0.0023", "0.0092", "0.0144"]));
    assert_eq!(fractions.value("1", 2024, "dropout-rate"), Some(0.61), "{}", fractions.layout());
    let shares = Proposed::new(&table("% Proficient", ["0.61", "0.44", "0.92", "0.71"]));
    assert_eq!(shares.value("1", 2024, "proficiency-rate"), Some(61.0), "{}", shares.layout());
    let doubtful = Proposed::new(&table("% Proficient", ["0.6", "0.4", "0.9", "0.7"]));
    assert!(
        doubtful.said().contains("times = 1 or times = 100")
            || doubtful.value("1", 2024, "proficiency-rate").is_none()
    );
    // A small group next to large ones.
    let together = "District Code,School Year,Enrollment,% White,% American Indian\n1,2023-24,800,61.2,0.35\n\
                    2,2023-24,900,48.8,0.62\n3,2023-24,700,55.1,0.44\n";
    let proposed = Proposed::new(together);
    let share = proposed.value("1", 2024, "enrollment-share/american-indian");
    assert!(share.is_none_or(|share| share == 0.35), "{share:?} {}", proposed.layout());
    assert_eq!(proposed.value("1", 2024, "enrollment-share/white"), Some(61.2));
}

/// A table of four districts over four school years, whose first two have these numbers and whose others have larger ones.
fn two_scales(measure: &str, small: [f64; 4], times: f64) -> String {
    let mut table = format!("District Code,District Name,School Year,{measure}\n");
    for (number, year) in ["2020-21", "2021-22", "2022-23", "2023-24"].into_iter().enumerate() {
        for (id, value) in small.into_iter().enumerate() {
            let value =
                if number < 2 { value } else { ((value * times + number as f64 / 10.0) * 1e3).round() / 1e3 };
            let _ = writeln!(table, "{},District {},{year},{value}", id + 1, id + 1);
        }
    }
    table
}

#[test]
fn fractions_in_some_years_and_percents_in_others_are_never_mixed() {
    for (measure, key, small, found) in [
        ("Graduation Rate", "graduation-rate", [0.891, 0.93, 0.902, 0.95], 89.1),
        ("Attendance Rate", "attendance-rate", [0.93, 0.945, 0.951, 0.92], 93.0),
        ("Suspension Rate", "suspension-rate", [0.031, 0.052, 0.044, 0.027], 3.1),
    ] {
        let proposed = Proposed::new(&two_scales(measure, small, 100.0));
        assert_eq!(proposed.value("1", 2022, key), Some(found), "{measure}: {}", proposed.layout());
        let later = (found * 10.0 + 3.0).round() / 10.0;
        assert_eq!(proposed.value("1", 2024, key), Some(later), "{measure}: {}", proposed.layout());
        assert!(proposed.said().contains("has fractions in 2020-21, 2021-22"), "{}", proposed.said());
    }
    // Small percents that grew, and a single district with few values.
    let grown = Proposed::new(&two_scales("Suspension Rate", [0.4, 0.7, 0.5, 0.9], 3.0));
    assert_eq!(grown.value("1", 2022, "suspension-rate"), Some(0.4), "{}", grown.said());
    let own = "School Year,Graduation Rate,Dropout Rate\n2019-20,0.91,0.2\n2020-21,0.92,0.3\n2021-22,93.1,4.1\n\
               2022-23,92.4,5.2\n2023-24,92.9,4.9\n";
    let own = Proposed::with_files(&[("Alder School District rates.csv", own)]);
    assert!(own.said().contains("has fractions in 2019-20, 2020-21"), "{}", own.said());
    assert!(own.said().contains("either percents or fractions"), "{}", own.said());
}

#[test]
fn a_group_in_fractions_beside_everybody_in_percents_is_a_hundred_times_as_large() {
    let table = |name: &str, rates: [&str; 3], values: [&str; 3]| {
        let mut table = format!("District Code,School Year,{name},{name} - Hispanic\n");
        for (id, (rate, value)) in rates.into_iter().zip(values).enumerate() {
            let _ = writeln!(table, "{},2023-24,{rate},{value}", id + 1);
        }
        table
    };
    let mixed = Proposed::new(&table("Graduation Rate", ["84.1", "91.5", "88.0"], ["0.79", "0.88", "0.91"]));
    assert_eq!(mixed.value("1", 2024, "graduation-rate/hispanic"), Some(79.0), "{}", mixed.layout());
    assert_eq!(mixed.value("1", 2024, "graduation-rate"), Some(84.1));
    // Of a measure that may be that small, it is a question.
    let doubtful = Proposed::new(&table("Suspension Rate", ["6.1", "8.4", "7.2"], ["0.07", "0.09", "0.08"]));
    assert_eq!(doubtful.value("1", 2024, "suspension-rate/hispanic"), None, "{}", doubtful.layout());
    assert!(doubtful.layout().contains("times = 100"), "{}", doubtful.layout());
    assert!(doubtful.layout().contains("# group = \"hispanic\""), "{}", doubtful.layout());
}

#[test]
fn a_title_with_all_levels_of_school_is_about_all_grades() {
    let table = constant_table("", "", "Enrollment", [800.0, 410.0, 579.0, 583.0]);
    for (title, students) in [
        ("Elementary, middle and high school enrollment", Some(800.0)),
        ("Enrollment in elementary and secondary school students", Some(800.0)),
        ("High school enrollment", None),
        ("Middle and high school enrollment", None),
    ] {
        let proposed = Proposed::new(&format!("\"{title}\"\n{table}"));
        assert_eq!(proposed.enrollment("1", 2024), students, "{title}: {}", proposed.said());
    }
}

#[test]
fn history_in_a_name_is_mostly_no_subject() {
    let table = constant_table("", "", "Percent Proficient", RATES);
    for (name, title, key) in [
        ("Proficiency history.csv", "", "proficiency-rate"),
        ("data.csv", "District History: Proficiency\n\n", "proficiency-rate"),
        ("IAR Math history.csv", "", "proficiency-rate/all/all/mathematics"),
        ("US history results.csv", "", "proficiency-rate/all/all/social-studies"),
    ] {
        let proposed = Proposed::with_files(&[(name, &format!("{title}{table}"))]);
        assert_eq!(proposed.value("1", 2024, key), Some(49.4), "{name} {title}: {}", proposed.layout());
    }
    // Next to a file about a subject, it may be one.
    let others = constant_table("", "", "Percent Proficient", [61.0, 52.5, 70.1, 66.6]);
    let proposed = Proposed::with_files(&[("history.csv", &table), ("math.csv", &others)]);
    assert_eq!(proposed.value("1", 2024, "proficiency-rate"), None, "{}", proposed.said());
    assert!(
        proposed.said().contains("\"history.csv\", says that it is about something"),
        "{}",
        proposed.said()
    );
}

#[test]
fn a_title_of_a_part_of_the_district_is_a_question() {
    for (name, title, column) in [
        ("high_school_attendance.csv", "", "Attendance Rate"),
        ("elementary attendance.csv", "", "Attendance Rate"),
        ("k8_attendance.csv", "", "Attendance Rate"),
        ("freshmen attendance.csv", "", "Attendance Rate"),
        ("attendance (charter).csv", "", "Attendance Rate"),
        ("data.csv", "Summer School Attendance\n", "Attendance Rate"),
        ("data.csv", "Attendance at Parent-Teacher Conferences\n", "Attendance Rate"),
        ("data.csv", "Graduation Rate - First-Generation Students\n", "Graduation Rate"),
        ("data.csv", "College Graduation Rate (six years after high school)\n", "Graduation Rate"),
        ("data.csv", "Women in STEM - Graduation\n", "Graduation Rate"),
    ] {
        let table = constant_table("", "", column, [88.1, 91.2, 79.5, 93.0]);
        let proposed = Proposed::with_files(&[(name, &format!("{title}{table}"))]);
        let key = if column == "Attendance Rate" { "attendance-rate" } else { "graduation-rate" };
        assert_eq!(proposed.value("1", 2024, key), None, "{name} {title}: {}", proposed.layout());
        assert!(proposed.said().contains("the title, sheet, or file names"), "{name}: {}", proposed.said());
        assert!(proposed.layout().contains("# measure = "), "{}", proposed.layout());
    }
}

#[test]
fn a_title_that_has_the_whole_district_or_its_name_is_no_question() {
    for (name, title, column, key) in [
        ("High school graduation and dropout.csv", "", "Graduation Rate", "graduation-rate"),
        ("data.csv", "Community High School District 128 Attendance\n", "Attendance Rate", "attendance-rate"),
        ("data.csv", "Attendance in elementary districts\n", "Attendance Rate", "attendance-rate"),
        (
            "data.csv",
            "Elementary and Secondary Education: attendance\n",
            "Attendance Rate",
            "attendance-rate",
        ),
        ("attendance of districts and charters.csv", "", "Attendance Rate", "attendance-rate"),
        ("attendance report online.csv", "", "Attendance Rate", "attendance-rate"),
        ("College and career readiness.csv", "", "Graduation Rate", "graduation-rate"),
        ("K-8 attendance.csv", "", "Attendance Rate", "attendance-rate/all/KG-08"),
    ] {
        let table = constant_table("", "", column, [88.1, 91.2, 79.5, 93.0]);
        let proposed = Proposed::with_files(&[(name, &format!("{title}{table}"))]);
        assert_eq!(proposed.value("1", 2024, key), Some(88.1), "{name} {title}: {}", proposed.said());
    }
    // Schools say themselves which they are, and so do grades.
    let table = "School,School Year,Attendance Rate,Enrollment\nNorth Elementary,2023-24,94.0,200\n\
                 South Elementary,2023-24,95.0,200\n";
    let proposed = Proposed::with_files(&[("elementary attendance.csv", table)]);
    assert!(!proposed.said().contains("one level of school"), "{}", proposed.said());
}

#[test]
fn students_are_enrolled_where_the_file_says_so_beside_a_program() {
    let table = constant_table("", "", "Students", [800.0, 410.0, 579.0, 583.0]);
    for (name, students) in [
        ("enrollment by grade, all programs.csv", Some(800.0)),
        ("fall enrollment and courses.csv", Some(800.0)),
        ("tutoring program.csv", None),
        ("AP courses.csv", None),
    ] {
        let proposed = Proposed::with_files(&[(name, &*table)]);
        assert_eq!(proposed.enrollment("1", 2024), students, "{name}: {}", proposed.said());
    }
}

#[test]
fn files_of_groups_of_one_district_are_about_these_groups() {
    let rows =
        |first: f64| format!("School Year,Graduation Rate\n2022-23,{first}\n2023-24,{}\n", first + 1.0);
    let (white, hispanic) = (rows(91.0), rows(85.0));
    let files = [
        ("Alder School District - White.csv", &*white),
        ("Alder School District - Hispanic.csv", &*hispanic),
    ];
    let proposed = Proposed::with_files(&files);
    let value = |key: &str| proposed.value("ALDERSCHOOLDISTRICT", 2024, key);
    assert_eq!(value("graduation-rate/white"), Some(92.0), "{}", proposed.said());
    assert_eq!(value("graduation-rate/hispanic"), Some(86.0), "{}", proposed.said());
    assert_eq!(value("graduation-rate"), None);
}

#[test]
fn a_column_of_years_that_are_none_is_named() {
    let table = "District Code,Year,Enrollment\n1,Year 1,800\n2,Year 1,900\n1,Year 2,810\n2,Year 2,905\n";
    let said = Proposed::new(table).said();
    assert!(said.contains("\"Year\"") && said.contains("Year 1, Year 2"), "{said}");
}

#[test]
fn marks_of_footnotes_in_the_tags_of_a_web_page_are_not_part_of_names_and_numbers() {
    let table = "District Code,School Year,Enrollment<sup>1</sup>,Attendance<br>Rate<sup>2</sup>\n\
                 1,2023-24,800,92.5<sup>a</sup>\n2,2023-24,900,93.1\n3,2023-24,700,94.8\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.value("1", 2024, "attendance-rate"), Some(92.5), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("3", 2024), Some(700.0));
}

#[test]
fn numbers_under_one_are_a_question_where_percents_and_fractions_are_both_usual() {
    let table = |name: &str, values: [&str; 4]| {
        let mut table = format!("District Code,School Year,{name}\n");
        for (id, value) in values.into_iter().enumerate() {
            let _ = writeln!(table, "{},2023-24,{value}", id + 1);
        }
        table
    };
    let suspended = Proposed::new(&table("Suspension Rate (%)", ["0.45", "0.52", "0.61", "0.38"]));
    assert_eq!(suspended.value("1", 2024, "suspension-rate"), None, "{}", suspended.layout());
    assert!(suspended.layout().contains("times"), "{}", suspended.layout());
    // Half of the students do not stay in their grade.
    let held = Proposed::new(&table("Grade Retention Rate", ["0.55", "0.52", "0.61", "0.48"]));
    assert_eq!(held.value("1", 2024, "retention-rate"), Some(0.55), "{}", held.layout());
    let homeless =
        Proposed::new(&table("Enrollment,Homeless (%)", ["800,0.35", "750,0.41", "900,0.22", "700,0.57"]));
    assert_eq!(homeless.value("1", 2024, "enrollment-share/homeless"), None, "{}", homeless.layout());
    assert!(homeless.layout().contains("times"), "{}", homeless.layout());
    // Fractions of all groups add up to one.
    let races = Proposed::new(&table(
        "% White,% Hispanic,% Black",
        ["0.45,0.35,0.20", "0.52,0.28,0.20", "0.61,0.19,0.20", "0.38,0.40,0.22"],
    ));
    let share = races.value("1", 2024, "enrollment-share/white");
    assert_eq!(share, Some(45.0), "{}", races.layout());
}

#[test]
fn small_numbers_of_one_table_are_on_one_scale_or_a_question() {
    let table = |names: &str, rows: [&str; 4]| {
        let mut table = format!("District Code,School Year,{names}\n");
        for (id, row) in rows.into_iter().enumerate() {
            let _ = writeln!(table, "{},2022-23,{row}\n{},2023-24,{row}", id + 1, id + 1);
        }
        table
    };
    // Percents of less than 1 next to what may be fractions.
    let names = "Dropout Rate,Chronic Absenteeism Rate";
    let made = Proposed::new(&table(names, ["0.40,0.50", "0.45,0.60", "0.55,0.75", "0.65,0.85"]));
    assert_eq!(made.value("1", 2024, "chronic-absenteeism-rate"), None, "{}", made.layout());
    assert!(made.said().contains("percents of less than 1"), "{}", made.said());
    // A district's own indicators: below 1 with few decimals, or next to percents.
    for (names, rows) in [
        ("Pregnancy Rate", ["0.50", "0.55", "0.62", "0.75"]),
        ("Expulsion Rate", ["0.1", "0.2", "0.6", "0.4"]),
        ("Library Fill Rate,Teacher Turnover Rate", ["0.82,12.2", "0.91,13.1", "0.88,17.2", "0.95,14.4"]),
    ] {
        let made = Proposed::new(&table(names, rows));
        assert!(!made.layout().contains("times = 100 "), "{names}: {}", made.layout());
        assert!(made.layout().contains("times = 1 or times = 100"), "{names}: {}", made.layout());
    }
    let fractions = ["0.82,0.941", "0.91,0.952", "0.38,0.933", "0.55,0.947"];
    let made = Proposed::new(&table("Library Fill Rate,Attendance Rate", fractions));
    assert!(made.layout().contains("our-library-fill-rate\"\ntimes = 100 "), "{}", made.layout());
    // Small groups next to a large one.
    let made = Proposed::new(&table(
        "% White,% Black,% Asian",
        ["90,0.5,1", "95,0.2,0.4", "92,1,0.3", "94,0.6,0.7"],
    ));
    assert_eq!(made.value("1", 2024, "enrollment-share/black"), Some(0.5), "{}", made.layout());
    // Fractions of a group of another kind remain a question.
    let made = Proposed::new(&table("% White,% Low Income", ["90,0.45", "95,0.52", "92,0.61", "94,0.38"]));
    assert_eq!(made.value("1", 2024, "enrollment-share/low-income"), None, "{}", made.layout());
}

/// Three districts, with these texts for the years in a column of this name.
fn with_years(name: &str, years: [&str; 3]) -> String {
    let mut table = format!("District Code,District Name,{name},Enrollment,Graduation Rate\n");
    for (id, district) in ["Ash", "Birch", "Cedar"].into_iter().enumerate() {
        for (number, year) in years.into_iter().enumerate() {
            let _ = writeln!(table, "{},{district},{year},{},8{number}.5", id + 1, 810 + 100 * id + number);
        }
    }
    table
}

#[test]
fn years_in_a_row_are_the_school_years_under_any_name() {
    for (name, years, first) in [
        ("\"Fiscal Year Ended June 30,\"", ["2021", "2022", "2023"], 2021),
        ("Fall of", ["2021", "2022", "2023"], 2022),
        ("Reporting Year (Spring)", ["2021", "2022", "2023"], 2021),
        ("Cohort", ["2021 Cohort", "2022 Cohort", "2023 Cohort"], 2021),
        ("School Year", ["2020-21", "2021-22*", "2022-23 (preliminary)"], 2021),
        ("School Year", ["2020-21³", "2021-22<sup>3</sup>", "2022-23 (a)"], 2021),
    ] {
        let made = Proposed::new(&with_years(name, years));
        let found = [first, first + 2].map(|year| made.enrollment("1", year));
        assert_eq!(found, [Some(810.0), Some(812.0)], "{name} {years:?}: {}{}", made.said(), made.layout());
    }
    // Another column of years, and numbers with a name of their own.
    let made = Proposed::new(&with_years(
        "School Year,Class Entered",
        ["2020-21,2017", "2021-22,2018", "2022-23,2019"],
    ));
    assert_eq!(made.enrollment("1", 2021), Some(810.0), "{}", made.layout());
    let made = Proposed::new(&with_years(
        "School Year,Membership",
        ["2020-21,2017", "2021-22,2018", "2022-23,2019"],
    ));
    assert_eq!(made.value("1", 2021, "graduation-rate"), Some(80.5), "{}", made.layout());
    // A projection is no remark.
    let made = Proposed::new(&with_years("School Year", ["2020-21", "2021-22", "2022-23 (projected)"]));
    assert_eq!(made.enrollment("1", 2023), None, "{}", made.layout());
}

#[test]
fn the_name_of_a_folder_may_have_the_school_year() {
    let [old, new] = [810, 820].map(|students| {
        format!("District Code,District Name,Enrollment\n1,Ash,{students}\n2,Birch,{}\n", students + 300)
    });
    for files in [
        ["2021-22/enrollment.csv", "2022-23/enrollment.csv"],
        ["2021-22/enrollment_2021-22.csv", "2022-23/enrollment_2022-23.csv"],
        // The name of the file comes first.
        ["2019-20/enrollment 2022.csv", "2019-20/enrollment 2023.csv"],
    ] {
        let made = Proposed::with_files(&[(files[0], &old), (files[1], &new)]);
        let found = [2022, 2023].map(|year| made.enrollment("1", year));
        assert_eq!(found, [Some(810.0), Some(820.0)], "{files:?}: {}{}", made.said(), made.project());
    }
}

#[test]
fn a_count_beside_its_percent_is_read_as_the_title_says() {
    let table = "District ID,District,School Year,Category,Count,Percent\n101,Ash,2023-24,Total,1001,100.0\n\
                 101,Ash,2023-24,Male,501,50.1\n101,Ash,2023-24,Female,500,49.9\n102,Elm,2023-24,Total,400,100.0\n\
                 102,Elm,2023-24,Male,180,45.0\n102,Elm,2023-24,Female,220,55.0\n";
    let proposed = Proposed::with_files(&[("Enrollment by subgroup.csv", table)]);
    assert_eq!(proposed.enrollment("101", 2024), Some(1001.0), "{}", proposed.layout());
    assert_eq!(proposed.value("102", 2024, "enrollment-share/female"), Some(55.0), "{}", proposed.layout());
    let rates = "District ID,School Year,Count,Percent\n101,2023-24,88,91.2\n102,2023-24,40,84.0\n103,2023-24,61,79.3\n";
    let proposed = Proposed::with_files(&[("Five-year high school graduation rates.csv", rates)]);
    let rate = proposed.value("101", 2024, "graduation-rate-5-year");
    assert_eq!(rate, Some(91.2), "{}", proposed.layout());
}

#[test]
fn a_column_without_a_name_is_reported() {
    let table = "District Code,School Year,Enrollment,,Attendance Rate\n1,2023-24,800,12,94.1\n2,2023-24,750,15,95.2\n";
    let proposed = Proposed::new(table);
    assert!(proposed.said().contains("column D has numbers but no name"), "{}", proposed.said());
    assert_eq!(proposed.value("1", 2024, "attendance-rate"), Some(94.1));
    // Row numbers before the first name are not values.
    let numbered = Proposed::new(",District Code,School Year,Enrollment\n0,1,2023-24,800\n1,2,2023-24,750\n");
    assert!(!numbered.said().contains("no name"), "{}", numbered.said());
    assert_eq!(numbered.enrollment("1", 2024), Some(800.0));
}

#[test]
fn an_amount_is_per_student_or_a_total_by_the_students_in_its_row() {
    let table = |amounts: [u32; 3]| {
        let mut table = "District Code,School Year,Enrollment,Instruction Expenditure\n".to_owned();
        for (id, (students, amount)) in [820, 1600, 450].into_iter().zip(amounts).enumerate() {
            let _ = writeln!(table, "{},2023-24,{students},{amount}", id + 1);
        }
        table
    };
    let per_student = Proposed::new(&table([7010, 6400, 8200]));
    let key = "instruction-expenditure-per-student";
    assert_eq!(per_student.value("1", 2024, key), Some(7010.0), "{}", per_student.layout());
    assert_eq!(per_student.value("1", 2024, "instruction-expenditure"), None);
    let totals = Proposed::new(&table([5_740_000, 10_240_000, 3_690_000]));
    assert_eq!(totals.value("1", 2024, "instruction-expenditure"), Some(5_740_000.0), "{}", totals.layout());
}

#[test]
fn years_are_understood_however_they_are_written() {
    for [first, last] in [["20222023", "20232024"], ["202223", "202324"], ["2223", "2324"], ["1718", "2324"]]
    {
        let table = format!(
            "District Code,School Year,Enrollment\n1,{first},790\n1,{last},800\n2,{first},690\n2,{last},700\n"
        );
        let proposed = Proposed::new(&table);
        assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{last}: {}", proposed.said());
    }
    let proposed =
        Proposed::new("District Code,cohort_year,Graduation Rate\n1,2023,88.1\n1,2024,90.2\n2,2024,77.0\n");
    assert_eq!(proposed.value("1", 2024, "graduation-rate"), Some(90.2), "{}", proposed.said());
    // Only the name of a column that is not read has a year.
    let table = "District Code,Teachers Praised 2023-24,Enrollment\n1,8,800\n2,9,700\n";
    let proposed = Proposed::with_files(&[("praise.csv", table)]);
    assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{}", proposed.said());
    // If two have years, they are those of the columns, and the third has none.
    let table =
        "District Code,Teachers Praised 2023-24,Teachers Praised 2022-23,Enrollment\n1,8,7,800\n2,9,5,700\n";
    let proposed = Proposed::with_files(&[("praise.csv", table)]);
    assert_eq!(proposed.enrollment("1", 2024), None, "{}", proposed.said());
}

#[test]
fn a_header_is_found_above_blank_values() {
    let mut table = "District Name,Year,Student Group,Measure Note,Percent Proficient\n".to_owned();
    for (group, shown) in [("Homeless", false), ("Migrant", false), ("White", true)] {
        for name in ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ivy"] {
            for year in ["2022-23", "2023-24"] {
                let value = if shown { "51.5" } else { "" };
                let _ = writeln!(table, "{name},{year},{group},state test,{value}");
            }
        }
    }
    let proposed = Proposed::new(&table);
    let layout = proposed.layout();
    assert_eq!(
        proposed.value("ASH", 2024, "proficiency-rate/white"),
        Some(51.5),
        "{}{layout}",
        proposed.said()
    );
}

#[test]
fn the_name_of_a_row_may_have_a_group_and_a_grade() {
    let table = "District Code,Indicator,2022-23,2023-24\n1,Graduation Rate,88.1,90.2\n1,Graduation Rate - Hispanic,80.5,79.9\n\
                 1,Grade 3 Reading Percent Proficient,44.2,47.3\n1,Attendance Rate,94.4,95.5\n";
    let proposed = Proposed::new(table);
    for (key, value) in [
        ("graduation-rate", 90.2),
        ("graduation-rate/hispanic", 79.9),
        ("proficiency-rate/all/03/reading", 47.3),
        ("attendance-rate", 95.5),
    ] {
        assert_eq!(
            proposed.value("1", 2024, key),
            Some(value),
            "{key}: {}{}",
            proposed.said(),
            proposed.layout()
        );
    }
}

#[test]
fn a_total_of_a_group_is_not_of_everybody() {
    let table = "District Code,School Year,Total Enrollment,Total Female Count,Total Female Percent\n\
                 1,2023-24,800,390,48.75\n2,2023-24,700,365,52.14\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.value("1", 2024, "enrollment/female"), Some(390.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("1", 2024), Some(800.0));
}

#[test]
fn who_was_retained_depends_on_what_the_table_is_about() {
    let teachers = constant_table("", "", "% Retained", [88.1, 91.2, 79.5, 93.0]);
    let proposed = Proposed::with_files(&[("teacher retention.csv", &teachers)]);
    assert_eq!(proposed.value("1", 2024, "retention-rate"), None, "{}", proposed.said());
    assert!(proposed.said().contains("held back in their grade"), "{}", proposed.said());
    let students = constant_table("", "", "% Retained", [1.9, 2.2, 3.5, 2.0]);
    let proposed = Proposed::with_files(&[("grade retention.csv", &students)]);
    assert_eq!(proposed.value("1", 2024, "retention-rate"), Some(1.9), "{}", proposed.said());
    let attendance = constant_table("", "", "Attendance Rate", [94.4, 91.0, 95.2, 93.0]);
    let proposed = Proposed::with_files(&[("Teacher attendance.csv", &attendance)]);
    assert_eq!(proposed.value("1", 2024, "attendance-rate"), None, "{}", proposed.said());
}

#[test]
fn totals_that_are_too_small_are_a_question() {
    let table = constant_table("", "", "Instruction Expenditure", [8020.0, 7940.0, 8810.0, 9105.0]);
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.value("1", 2024, "instruction-expenditure"), None, "{}", proposed.layout());
    assert!(proposed.said().contains("per student, or in thousands?"), "{}", proposed.said());
    let large =
        constant_table("", "", "Instruction Expenditure", [802_000.0, 79_400.0, 881_000.0, 910_500.0]);
    let proposed = Proposed::new(&large);
    let found = proposed.value("1", 2024, "instruction-expenditure");
    assert_eq!(found, Some(802_000.0), "{}", proposed.layout());
}

#[test]
fn a_school_system_is_a_district() {
    let table = "School System Code,School System Name,School Year,Enrollment\n001,Acadia,2023-24,900\n\
                 002,Allen,2023-24,400\n003,Caddo,2023-24,3100\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.enrollment("001", 2024), Some(900.0), "{}", proposed.said());
}

#[test]
fn columns_of_grades_may_have_three_digits() {
    let mut table = "School Year,AUN,LEA Name,001,002,012,Total\n".to_owned();
    for (id, name) in (0..).zip(["Ash SD", "Birch SD", "Cedar SD", "Dogwood SD"]) {
        let _ = writeln!(
            table,
            "2023-24,10000{id}003,{name},{},{},{},{}",
            40 + id,
            50 + id,
            60 + id,
            150 + 3 * id
        );
    }
    let proposed = Proposed::with_files(&[("PA enrollment.csv", &*table)]);
    for (key, students) in [
        ("enrollment", 150.0),
        ("enrollment/all/01", 40.0),
        ("enrollment/all/02", 50.0),
        ("enrollment/all/12", 60.0),
    ] {
        assert_eq!(proposed.value("100000003", 2024, key), Some(students), "{key}: {}", proposed.layout());
    }
}

#[test]
fn the_total_of_shares_is_no_enrollment() {
    let mut table = "District ID,District,School Year,White,Black,Hispanic,Asian,Total\n".to_owned();
    for (id, name) in (11..).zip(["Ash", "Birch", "Cedar", "Dogwood"]) {
        let _ = writeln!(table, "{id},{name},2023-24,60,15,20,5,100");
    }
    let proposed = Proposed::with_files(&[("enroll race.csv", &*table)]);
    assert_eq!(proposed.value("11", 2024, "enrollment-share/white"), Some(60.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("11", 2024), None, "{}", proposed.layout());
}

#[test]
fn masters_beside_teachers_are_degrees_and_not_results() {
    let staff = "District Code,District Name,School Year,Teachers,% Master's\n1,Ash,2022-23,60,55.5\n1,Ash,2023-24,61,56.5\n\
                 2,Birch,2022-23,80,41.5\n2,Birch,2023-24,81,42.5\n";
    let proposed = Proposed::with_files(&[("staff.csv", staff)]);
    assert_eq!(proposed.value("1", 2024, "state-test-masters-rate"), None, "{}", proposed.layout());
    assert!(proposed.said().contains("master's degree"), "{}", proposed.said());
    assert_eq!(proposed.value("1", 2024, "teachers"), Some(61.0), "{}", proposed.layout());
    let results = constant_table("", "", "% Masters", RATES);
    let proposed = Proposed::with_files(&[("STAAR.csv", &results)]);
    assert_eq!(proposed.value("1", 2024, "state-test-masters-rate"), Some(49.4), "{}", proposed.layout());
}

#[test]
fn whole_numbers_named_only_after_a_test_are_no_counts() {
    let scores = "Year,ERW,Math,Total\n2022,500,490,990\n2023,505,495,1000\n2024,498,489,987\n";
    for (name, text) in [
        ("SAT.csv", scores),
        ("ACT.csv", "Year,ACT Composite Total\n2022,20\n2023,21\n2024,20\n"),
        ("MAP.csv", "Year,Grade,Reading,Math\n2022,3,195,198\n2023,3,196,197\n2024,3,197,199\n"),
    ] {
        let proposed = Proposed::with_files(&[(name, text)]);
        let measures = proposed.file("catalog/measures/our-indicators.toml");
        assert!(!measures.contains("unit = \"count\""), "{name}: {measures}");
    }
    let takers = "Year,Female,Male,Total\n2022,51,50,101\n2023,55,50,105\n2024,50,60,110\n";
    let proposed = Proposed::with_files(&[("SAT test takers.csv", takers)]);
    let measures = proposed.file("catalog/measures/our-indicators.toml");
    assert!(measures.contains("unit = \"count\""), "{measures} {}", proposed.said());
    let points = "Year,SAT Mean Score Total,Tested\n2022,990,101\n2023,1000,105\n2024,987,110\n";
    let proposed = Proposed::with_files(&[("SAT.csv", points)]);
    assert!(!proposed.file("catalog/measures/our-indicators.toml").contains("label = \"SAT\""));
}

#[test]
fn large_numbers_beside_amounts_of_money_are_not_counts_by_themselves() {
    let table = "District Code,District Name,School Year,Salary,Benefits\n1,Ash,2022-23,55000,14000\n\
                 1,Ash,2023-24,56000,14500\n2,Birch,2022-23,57000,15000\n2,Birch,2023-24,58000,15500\n";
    let proposed = Proposed::with_files(&[("compensation.csv", table)]);
    let measures = proposed.file("catalog/measures/our-indicators.toml");
    assert!(!measures.contains("label = \"Benefits\""), "{measures}");
    assert!(proposed.said().contains("Benefits") || proposed.layout().contains("# Benefits: are its values"));
    // Two kinds of meals beside their cost.
    let meals = "District Code,District Name,School Year,Food Cost,Breakfasts,Lunches\n\
                 1,Ash,2021-22,154000,10000,53000\n1,Ash,2022-23,155000,10000,54000\n1,Ash,2023-24,156000,10500,54500\n";
    let proposed = Proposed::with_files(&[("kitchen.csv", meals)]);
    let measures = proposed.file("catalog/measures/our-indicators.toml");
    assert!(measures.contains("label = \"Breakfasts\""), "{} {measures}", proposed.said());
}

#[test]
fn a_rate_named_after_four_years_in_one_word_is_the_graduation_rate() {
    let table = constant_table("", "", "GRAD_RATE_4YR", [88.1, 91.2, 79.5, 93.0]);
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.value("1", 2024, "graduation-rate"), Some(88.1), "{}", proposed.said());
}
