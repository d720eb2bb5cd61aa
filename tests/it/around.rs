//! `retreat init` on tables whose titles, notes and other columns say what their numbers are. Each judgment has a table that
//! looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// A table of four districts and two years with one column of values, below a title.
fn titled(title: &str, column: &str, values: [f64; 4]) -> String {
    let mut table = format!("{title}\nSchool Year,District Code,District,{column}\n");
    for year in ["2021-22", "2022-23"] {
        for (number, (name, value)) in
            ["Ash", "Birch", "Cedar", "Dogwood"].into_iter().zip(values).enumerate()
        {
            let _ = writeln!(table, "{year},000{},{name},{value}", number + 1);
        }
    }
    table
}

const COUNTS: [f64; 4] = [298.0, 840.0, 358.0, 502.0];
const RATES: [f64; 4] = [39.8, 54.0, 45.8, 20.2];
const DOLLARS: [f64; 4] = [5_058_698.0, 5_022_340.0, 5_081_258.0, 5_060_736.0];

#[test]
fn a_title_that_says_more_than_a_measure_is_not_that_measure() {
    for (title, column, values, key) in [
        ("Students Receiving Free or Reduced Price Meals", "Students", COUNTS, "enrollment"),
        ("Number of Students Transported", "Count", COUNTS, "enrollment"),
        ("Students Transported by Bus", "Number of Students", COUNTS, "enrollment"),
        ("Teacher Vacancies", "Count", COUNTS, "teachers"),
        ("Teacher Resignations", "Number of Teachers", COUNTS, "teachers"),
        ("Expulsion Hearings", "Count", COUNTS, "expulsions"),
        ("Special Education Expenditures", "Expenditures", DOLLARS, "total-expenditure"),
        ("Technology Expenditures", "Expenditures", DOLLARS, "total-expenditure"),
        ("Enrollment Projections", "Enrollment", COUNTS, "enrollment"),
        ("Enrollment in AP Courses", "Enrollment", COUNTS, "enrollment"),
        ("Chronic Absenteeism of Teachers", "Rate", RATES, "chronic-absenteeism-rate"),
        ("Students with 504 Plans", "Students", COUNTS, "enrollment"),
        ("Dropout Recovery Program", "Graduation Rate", RATES, "graduation-rate"),
        ("Retest Results Math", "Percent Proficient", RATES, "proficiency-rate/all/all/mathematics"),
    ] {
        let made = Proposed::new(&titled(title, column, values));
        assert_eq!(made.value("1", 2022, key), None, "{title}: {}", made.layout());
    }
}

#[test]
fn a_title_may_name_a_place_a_time_or_a_report_next_to_a_measure() {
    for (title, column, values, key) in [
        ("Riverbend County Enrollment", "Students", COUNTS, "enrollment"),
        ("Enrollment in Springfield", "Enrollment", COUNTS, "enrollment"),
        ("Enrollment by Grade and Race", "Enrollment", COUNTS, "enrollment"),
        ("Student Enrollment Trends - Annual Report", "Count", COUNTS, "enrollment"),
        ("Ohio Graduation Rates", "Rate", RATES, "graduation-rate"),
        ("Four-Year Graduation Rate Summary", "Percent of Students", RATES, "graduation-rate"),
        ("Chronically Absent Students", "Percent of Students", RATES, "chronic-absenteeism-rate"),
        ("Teachers (FTE) as of October 1", "Count", COUNTS, "teachers"),
        ("Total Expenditures for All Funds", "Expenditures", DOLLARS, "total-expenditure"),
        ("PARCC Math Results", "Percent Proficient", RATES, "proficiency-rate/all/all/mathematics"),
    ] {
        let made = Proposed::new(&titled(title, column, values));
        assert_eq!(made.value("1", 2022, key), Some(values[0]), "{title}: {}", made.layout());
    }
}

#[test]
fn a_title_that_says_more_than_a_measure_names_an_indicator_of_its_own() {
    let table = "Riverbend School District\nNumber of Students Retained\n\nGrade,2021-22,2022-23,2023-24\n\
        6,28,17,14\n7,19,18,29\n8,26,15,20\n";
    let made = Proposed::new(table);
    let layout = made.layout();
    assert!(layout.contains("our-number-of-students-retained"), "{layout}");
    assert!(!layout.contains("measure = \"enrollment\""), "{layout}");
    let growth = table.replace("Number of Students Retained", "% of Students Meeting Growth Target");
    let made = Proposed::new(&growth);
    assert!(!made.layout().contains("measure = \"enrollment-share\""), "{}", made.layout());
}

#[test]
fn the_lines_of_one_fund_are_not_the_totals_of_the_district() {
    let rows = ",2021-22,2022-23,2023-24\nTotal Revenues,1000000,1100000,1200000\n\
        Total Expenditures,900000,1000000,1100000\nEnding Fund Balance,200000,300000,400000\n";
    for (title, is_read) in [("Food Service Fund", false), ("All Funds", true)] {
        let made = Proposed::new(&format!("Riverbend School District\n{title}\n\n{rows}"));
        let is_total = made.layout().contains("\n\"Total Revenues\" = \"total-revenue\"");
        assert_eq!(is_total, is_read, "{title}: {}", made.layout());
    }
}
