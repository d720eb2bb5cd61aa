//! `retreat init` and `retreat build` on tables with headings between their rows. Each judgment has a table that looks alike and
//! must be read otherwise.

use crate::proposed::Proposed;

/// The id of the district that only a title names.
const RIVERBEND: &str = "RIVERBENDSCHOOLDISTRICT";

/// A table of three years below the district's name.
fn made(title: &str, first: &str, rows: &str) -> Proposed {
    Proposed::new(&format!("Riverbend School District\n{title}\n{first},2021-22,2022-23,2023-24\n{rows}"))
}

const TWO_SUBJECTS: &str =
    "Math,,,\nAll Students,41,42,43\nHispanic,31,32,33\nELA,,,\nAll Students,51,52,53\nHispanic,41,42,43\n";

#[test]
fn a_heading_gives_the_subject_the_group_or_the_grade_of_the_rows_below() {
    for (title, first, rows, values) in [
        (
            "Percent Proficient",
            "Group",
            TWO_SUBJECTS,
            [
                ("proficiency-rate/hispanic/all/mathematics", 31.0),
                ("proficiency-rate/all/all/english-language-arts", 51.0),
            ],
        ),
        (
            "Percent Proficient",
            "",
            TWO_SUBJECTS,
            [
                ("proficiency-rate/all/all/mathematics", 41.0),
                ("proficiency-rate/hispanic/all/english-language-arts", 41.0),
            ],
        ),
        (
            "Percent Proficient",
            "Group",
            "Math,,,\nAll Students,41,42,43\nHispanic,31,32,33\n",
            [
                ("proficiency-rate/all/all/mathematics", 41.0),
                ("proficiency-rate/hispanic/all/mathematics", 31.0),
            ],
        ),
        (
            "Percent Proficient in math",
            "Grade",
            "Hispanic,,,\n3,31,32,33\n4,41,42,43\n5,43,42,43\n\nWhite,,,\n3,51,52,53\n4,52,52,53\n5,53,52,53\n",
            [
                ("proficiency-rate/hispanic/03/mathematics", 31.0),
                ("proficiency-rate/white/04/mathematics", 52.0),
            ],
        ),
        (
            "Percent Proficient",
            "Group",
            "Hispanic,,,\nMath,31,32,33\nELA,41,42,43\nWhite,,,\nMath,51,52,53\nELA,52,52,53\n",
            [
                ("proficiency-rate/hispanic/all/mathematics", 31.0),
                ("proficiency-rate/white/all/english-language-arts", 52.0),
            ],
        ),
    ] {
        let made = made(title, first, rows);
        for (key, value) in values {
            assert_eq!(
                made.value(RIVERBEND, 2022, key),
                Some(value),
                "{key}: {}{}",
                made.said(),
                made.layout()
            );
        }
        assert_eq!(made.value(RIVERBEND, 2022, "proficiency-rate"), None, "{}", made.layout());
        assert!(made.layout().contains("heading = true"), "{}", made.layout());
    }
}

#[test]
fn a_heading_that_no_layout_can_read_is_a_question() {
    for (first, rows, heading) in [
        (
            "Indicator",
            "Enrollment,,,\nElementary,410,420,430\nAttendance Rate,,,\nElementary,94.1,94.2,94.3\n",
            "Enrollment",
        ),
        ("Group", "All Students,41,42,43\nMath,,,\nHispanic,31,32,33\n", "Math"),
        ("Group", "Math,,,\nGrade 3,,,\nHispanic,31,32,33\nWhite,41,42,43\n", "Math"),
        ("Group", "Math Results:,,,\nHispanic,31,32,33\nWhite,41,42,43\n", "Math Results:"),
        ("Group", "Percent of Students,,,\nHispanic,31,32,33\nWhite,41,42,43\n", "Percent of Students"),
    ] {
        let made = made("Percent Proficient", first, rows);
        let named = format!("{heading:?}");
        assert!(
            made.said().contains(&named) && made.said().contains("what the rows below"),
            "{}",
            made.said()
        );
        for key in ["proficiency-rate", "proficiency-rate/hispanic", "enrollment"] {
            assert_eq!(made.value(RIVERBEND, 2022, key), None, "{heading}: {}", made.layout());
        }
    }
    let years = Proposed::new(
        "Riverbend School District\nGroup,Enrollment,Graduation Rate\n2021-22,,\nAll Students,900,88\nHispanic,300,84\n\
         2022-23,,\nAll Students,905,89\nHispanic,310,85\n",
    );
    assert!(years.said().contains("\"2021-22\", \"2022-23\" (from row 3) are headings"), "{}", years.said());
}

#[test]
fn lines_below_a_heading_that_says_more_are_not_read_by_their_own_names() {
    let per_pupil = made(
        "Finances",
        "Measure",
        "Per Pupil,,,\nRevenue,13000,13100,13200\nExpenditures,12000,12100,12200\n",
    );
    assert_eq!(per_pupil.value(RIVERBEND, 2022, "total-revenue"), None, "{}", per_pupil.layout());
    assert!(per_pupil.layout().contains("below the heading \"Per Pupil\""), "{}", per_pupil.layout());
    let per_student = made(
        "Finances",
        "Measure",
        "Expenditures per Pupil,,,\nInstruction,6000,6100,6200\nTotal Revenue,13000,13100,13200\n",
    );
    assert_eq!(per_student.value(RIVERBEND, 2022, "total-revenue"), None, "{}", per_student.layout());
    let groups = made(
        "Outcomes",
        "Measure",
        "All Students,,,\nGraduation Rate,88,89,90\nDropout Rate,2.1,2.2,2.0\nHispanic,,,\nGraduation Rate,84,85,86\nDropout Rate,3.1,3.2,3.0\n",
    );
    assert_eq!(
        groups.value(RIVERBEND, 2022, "graduation-rate/hispanic"),
        Some(84.0),
        "{}{}",
        groups.said(),
        groups.layout()
    );
    assert_eq!(groups.value(RIVERBEND, 2022, "graduation-rate"), Some(88.0), "{}", groups.layout());
}

#[test]
fn headings_and_blank_rows_that_say_nothing_more_change_nothing() {
    let finances = made(
        "Finances",
        "Item",
        "REVENUES,,,\nLocal Revenue,1000000,1100000,1200000\nTotal Revenue,3300000,3510000,3720000\nEXPENDITURES,,,\n\
         Instruction,2000000,2100000,2200000\nTotal Expenditures,2900000,3010000,3120000\n",
    );
    assert_eq!(finances.value(RIVERBEND, 2022, "total-revenue"), Some(3_300_000.0), "{}", finances.layout());
    assert_eq!(
        finances.value(RIVERBEND, 2022, "total-expenditure"),
        Some(2_900_000.0),
        "{}",
        finances.layout()
    );
    // Kinds of groups, and a group without numbers.
    let groups = made(
        "Enrollment",
        "Group",
        "All Students,900,905,910\nRace/Ethnicity,,,\nWhite,500,490,480\nAsian,,,\nHispanic,300,310,320\nGender,,,\nFemale,440,450,455\n",
    );
    for (key, value) in [
        ("enrollment", 900.0),
        ("enrollment/white", 500.0),
        ("enrollment/hispanic", 300.0),
        ("enrollment/female", 440.0),
    ] {
        assert_eq!(
            groups.value(RIVERBEND, 2022, key),
            Some(value),
            "{key}: {}{}",
            groups.said(),
            groups.layout()
        );
    }
    // Subjects, one of them without numbers.
    let subjects = made("Percent Proficient", "Subject", "Math,41,42,43\nScience,,,\nELA,51,52,53\n");
    let found = subjects.value(RIVERBEND, 2022, "proficiency-rate/all/all/english-language-arts");
    assert_eq!(found, Some(51.0), "{}{}", subjects.said(), subjects.layout());
    // The year of all rows, which the title gives too.
    let year = Proposed::new(
        "Riverbend School District\nEnrollment 2021-22\nGroup,Enrollment\nSchool Year 2021-22,\nAll Students,900\nHispanic,300\nWhite,500\n",
    );
    assert_eq!(year.value(RIVERBEND, 2022, "enrollment"), Some(900.0), "{}{}", year.said(), year.layout());
    // Kinds of schools.
    let schools = made(
        "Enrollment",
        "School",
        "High Schools,,,\nRiverbend High,300,310,320\nElementary Schools,,,\nOak Elementary,210,220,230\nElm Elementary,200,210,220\n",
    );
    assert_eq!(
        schools.value(RIVERBEND, 2022, "enrollment"),
        Some(710.0),
        "{}{}",
        schools.said(),
        schools.layout()
    );
}
