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
/// The id of the district that only a title names.
const RIVERBEND: &str = "RIVERBENDSCHOOLDISTRICT";
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

/// An export of a school information system: `right` is next to the report's name above the header.
fn export(right: &str) -> String {
    let mut table = format!("Attendance Summary,,,{right}\nYear,District,ADM,ADA\n");
    for year in ["2020-21", "2021-22", "2022-23", "2023-24"] {
        let _ = writeln!(table, "{year},Riverbend,912,866");
    }
    table
}

#[test]
fn the_date_and_the_page_of_a_report_are_no_header() {
    for right in
        ["Run: 11/14/2024 08:13", "Page 1 of 3", "Printed 11/14/2024", "User: jdoe", "11/14/2024 8:13 AM"]
    {
        let made = Proposed::new(&export(right));
        let found = ["enrollment", "average-daily-attendance"].map(|key| made.value("RIVERBEND", 2022, key));
        assert_eq!(found, [Some(912.0), Some(866.0)], "{right}: {}{}", made.said(), made.layout());
    }
    // A year or a title over some of the columns names them.
    let made = Proposed::new(
        "District,2022-23,,2023-24,\n,Enrollment,Attendance Rate,Enrollment,Attendance Rate\n\
         Alder,640,93.1,646,94.2\nBirch,2450,92.4,2493,93.3\n",
    );
    assert_eq!(made.enrollment("ALDER", 2023), Some(640.0), "{}", made.layout());
}

#[test]
fn numbers_that_a_column_marks_as_withheld_are_not_read() {
    let rows = |first: &str| {
        let mut table = "School Year,District Code,District,Graduation Rate,Suppressed\n".to_owned();
        for year in ["2021-22", "2022-23"] {
            let _ = writeln!(
                table,
                "{year},0001,Ash,{first},Y\n{year},0002,Birch,89.7,N\n{year},0003,Cedar,93.8,N"
            );
        }
        table
    };
    let made = Proposed::new(&rows("0"));
    let found = ["1", "2"].map(|district| made.value(district, 2022, "graduation-rate"));
    assert_eq!(found, [None, Some(89.7)], "{}", made.layout());
    assert!(made.said().contains("marks 2 rows as withheld"), "{}", made.said());
    // Numbers that are marked, but are there, are a question.
    let made = Proposed::new(&rows("81.2"));
    assert_eq!(made.value("2", 2022, "graduation-rate"), None, "{}", made.layout());
    assert!(made.said().contains("should they be read"), "{}", made.said());
}

#[test]
fn a_title_or_a_note_may_say_that_zeros_are_withheld_numbers() {
    let rows = "School Year,District Code,District,Expulsions,Graduation Rate\n2021-22,0001,Ash,0,88.1\n\
        2021-22,0002,Birch,12,0\n2022-23,0001,Ash,14,87.2\n2022-23,0002,Birch,13,90.4\n";
    for (above, below, is_hidden) in [
        ("0 = data suppressed (n<10)\n", "", true),
        ("", "\nSuppressed values are shown as 0.\n", true),
        ("Discipline and graduation\n", "\nSuppressed values are shown as *.\n", false),
    ] {
        let made = Proposed::new(&format!("{above}{rows}{below}"));
        let zero = (!is_hidden).then_some(0.0);
        let found = ["1", "2"].map(|district| made.value(district, 2022, "expulsions"));
        assert_eq!(found, [zero, Some(12.0)], "{above}{below}: {}", made.layout());
    }
}

#[test]
fn nines_far_above_all_other_numbers_are_codes() {
    let rows = |enrollment: u32, top: &str| {
        let mut table = "School Year,District Code,District,Enrollment,Mean Scale Score\n".to_owned();
        for year in ["2021-22", "2022-23"] {
            let _ = writeln!(
                table,
                "{year},0001,Ash,{enrollment},{top}\n{year},0002,Birch,640,241\n{year},0003,Cedar,710,243"
            );
        }
        table
    };
    let score = "state-test-scale-score";
    let made = Proposed::new(&rows(900, "999"));
    let found = ["1", "2"].map(|district| made.value(district, 2022, score));
    assert_eq!(found, [None, Some(241.0)], "{}", made.layout());
    // Where 999 is also a number of students, it is a question.
    let made = Proposed::new(&rows(999, "999"));
    assert_eq!(made.value("2", 2022, score), None, "{}", made.layout());
    assert_eq!(made.enrollment("1", 2022), Some(999.0), "{}", made.layout());
    let made = Proposed::new(&rows(999, "244"));
    assert_eq!(made.value("1", 2022, score), Some(244.0), "{}", made.layout());
}

#[test]
fn a_note_below_a_table_may_say_that_amounts_are_in_thousands() {
    let rows = "Fiscal Year,District Code,District,Total Revenue,Total Expenditures\n\
        2022,0001,Ash,32021,31521\n2022,0002,Birch,22021,21521\n2023,0001,Ash,32022,31522\n";
    for (note, revenue) in [
        ("\nNote: amounts in thousands of dollars.\n", Some(32_021_000.0)),
        // As dollars, they are so small for a district's totals that it is a question.
        ("\nNote: amounts in dollars.\n", None),
    ] {
        let made = Proposed::new(&format!("{rows}{note}"));
        assert_eq!(made.value("1", 2022, "total-revenue"), revenue, "{note}: {}", made.layout());
    }
}

#[test]
fn the_sum_of_two_levels_is_the_share_at_or_above_the_lower_one() {
    let rows = |met: [u32; 4]| {
        let mut table =
            "School Year,District Code,District,Grade,Percent Advanced,Percent Proficient,Percent Met\n"
                .to_owned();
        for (number, (name, met)) in ["Ash", "Birch", "Cedar", "Dogwood"].into_iter().zip(met).enumerate() {
            let _ = writeln!(table, "2022-23,000{},{name},All Grades,{},26,{met}", number + 1, 10 + number);
        }
        table
    };
    let made = Proposed::new(&rows([36, 37, 38, 39]));
    assert_eq!(made.value("2", 2023, "proficiency-rate"), Some(37.0), "{}", made.layout());
    // Another column that does not add up changes nothing.
    let made = Proposed::new(&rows([61, 44, 58, 70]));
    assert_eq!(made.value("2", 2023, "proficiency-rate"), Some(26.0), "{}", made.layout());
}

#[test]
fn the_grade_of_a_test_has_several_names() {
    for name in ["Tested Grade Level", "GradeContentTested", "Grade Tested"] {
        let made = Proposed::new(&format!(
            "School Year,District Code,District,{name},Subject,Percent Proficient\n\
             2022-23,0001,Ash,08,Math,48.9\n2022-23,0002,Birch,08,Math,49.3\n2022-23,0003,Cedar,08,Math,57.6\n"
        ));
        let found = ["proficiency-rate/all/08/mathematics", "proficiency-rate/all/all/mathematics"]
            .map(|key| made.value("1", 2023, key));
        assert_eq!(found, [Some(48.9), None], "{name}: {}", made.layout());
    }
}

#[test]
fn what_stands_around_indicators_says_their_unit() {
    let titled = "Riverbend School District\nMAP Growth: Percent of Students at or above 50th percentile\n\n\
        School Year,Math Fall,Math Spring\n2020-21,42,48\n2021-22,46,58\n2022-23,54,41\n";
    let by_column = "Riverbend School District\nIndicator,Unit,2021-22,2022-23,2023-24\n\
        Kindergarten readiness,%,41,43,44\nBus on-time arrivals,percent,91,92,93\n\
        Utility cost,$,210000,220000,230000\n";
    let counted = "Riverbend School District AP Summary\n,2021-22,2022-23,2023-24\n\
        Number of Exams,170,175,190\nAP Students with Scores 3+,60,61,70\n";
    let per_pupil = "Riverbend School District\nSchool Year,Federal per pupil,Total per pupil\n\
        2020-21,1205,12100\n2021-22,1206,12150\n2022-23,1207,12140\n";
    let changes = titled.replace("Percent of Students at or above 50th percentile", "Percent change");
    for (table, measure, unit) in [
        (titled, "our-math-fall", Some("percent")),
        (&changes, "our-math-fall", None),
        (by_column, "our-kindergarten-readiness", Some("percent")),
        (by_column, "our-bus-on-time-arrivals", Some("percent")),
        (by_column, "our-utility-cost", Some("dollars")),
        (counted, "our-ap-students-with-scores-3", Some("count")),
        (per_pupil, "our-total-per-pupil", Some("dollars")),
    ] {
        let made = Proposed::new(table);
        let measures = made.file("catalog/measures/our-indicators.toml");
        let defined = measures.split("[[measure]]").find(|text| text.contains(&format!("\"{measure}\"")));
        let found =
            defined.is_some_and(|text| unit.is_none_or(|unit| text.contains(&format!("unit = \"{unit}\""))));
        let is_percent = defined.is_some_and(|text| text.contains("unit = \"percent\""));
        assert!(if unit.is_some() { found } else { !is_percent }, "{measure}: {measures}{}", made.layout());
    }
}

#[test]
fn the_lower_row_of_a_header_may_have_numbers() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "2024 Statewide ELA Results").unwrap();
    for (column, name) in (0..).zip(["District Number", "District Name", "Number Tested", "Mean Scale Score"])
    {
        sheet.write(1, column, name).unwrap();
    }
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(1, 4, 1, 8, "Percentage in Level", &plain).unwrap();
    for (column, level) in (4..).zip(1..=5) {
        sheet.write(2, column, level).unwrap();
    }
    let rows = [("01", "Ash", 1171, 198), ("02", "Birch", 1252, 199), ("03", "Cedar", 1713, 200)];
    for (row, (id, name, tested, score)) in (3..).zip(rows) {
        sheet.write(row, 0, id).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, tested).unwrap();
        sheet.write(row, 3, score).unwrap();
        for (column, percent) in (4..).zip([25, 25, 24, 16, 10]) {
            sheet.write(row, column, percent).unwrap();
        }
    }
    let made = Proposed::with_contents(&[("ELA.xlsx", &book.save_to_buffer().unwrap())], &[]);
    let score = made.value("1", 2024, "state-test-scale-score/all/all/english-language-arts");
    assert_eq!(score, Some(198.0), "{}{}", made.said(), made.layout());
}

#[test]
fn a_row_that_is_about_no_school_year_does_not_hide_the_others() {
    for odd in ["2024-25 (proj.)", "2024-25 YTD (Nov)", "5-year average"] {
        let made = Proposed::new(&format!(
            "School Year,District,Enrollment\n2020-21,Riverbend,905\n2021-22,Riverbend,906\n2022-23,Riverbend,907\n\
             2023-24,Riverbend,908\n{odd},Riverbend,930\n"
        ));
        let found = [2021, 2024, 2025].map(|year| made.enrollment("RIVERBEND", year));
        assert_eq!(found, [Some(905.0), Some(908.0), None], "{odd}: {}{}", made.said(), made.layout());
        assert!(made.said().contains(odd), "{}", made.said());
    }
    // If most texts are not years, the program asks about the column.
    let made = Proposed::new(
        "School Year,District,Enrollment\nThis year,Riverbend,905\nLast year,Riverbend,906\n2022-23,Riverbend,907\n",
    );
    assert_eq!(made.enrollment("RIVERBEND", 2023), None, "{}", made.layout());
}

#[test]
fn changes_and_ranks_between_lines_do_not_hide_the_measures() {
    let made = Proposed::new(
        "Riverbend School District\n\n,2021-22,2022-23,2023-24\nTotal Enrollment,900,910,905\n\
         % Change,,1.1,-0.5\nChange from Prior Year,,10,-5\nState Rank,120,118,119\nGraduation Rate,88,89,90\n",
    );
    assert!(made.layout().contains("\n\"Total Enrollment\" = \"enrollment\""), "{}", made.layout());
    assert!(!made.layout().contains("\n\"State Rank\" ="), "{}", made.layout());
}

#[test]
fn one_odd_name_among_years_costs_its_column_and_is_said() {
    for (odd, why) in [
        ("2024-25 (proj.)", "says more than a school year"),
        ("2024-25 YTD", "says more than a school year"),
        ("20223-24", "is not a school year"),
    ] {
        let made = Proposed::new(&format!(
            "Riverbend School District\nMeasure,2021-22,2022-23,{odd}\nEnrollment,900,905,907\nGraduation Rate,88,89,91\n"
        ));
        assert_eq!(made.value(RIVERBEND, 2023, "enrollment"), Some(905.0), "{odd}: {}", made.said());
        assert!(
            made.said().contains(&format!("“{odd}”")) && made.said().contains(why),
            "{odd}: {}",
            made.said()
        );
    }
    let plain = Proposed::new(
        "Riverbend School District\nMeasure,2021-22,2022-23,2023-24 Actual\nEnrollment,900,905,907\nGraduation Rate,88,89,91\n",
    );
    assert_eq!(plain.value(RIVERBEND, 2024, "enrollment"), Some(907.0), "{}", plain.layout());
    assert!(!plain.said().contains("school year, so"), "{}", plain.said());
}

#[test]
fn the_reason_why_a_table_is_not_read_is_the_true_one() {
    let years = Proposed::new(
        "Riverbend School District\nGraduating Class,Graduation Rate\nClass of 2021,88.1\nClass of 2022,89.2\n",
    );
    assert!(years.layout().contains("measure = \"graduation-rate\""), "{}{}", years.said(), years.layout());
    let no_year = Proposed::new(
        "Riverbend School District\nCollected,Taxable Valuation,Bus trips\nA,500002021,271\nB,500002022,275\n",
    );
    assert!(!no_year.said().contains("none of its columns is a known measure"), "{}", no_year.said());
    let unclear = "which school years are";
    for (table, text) in [
        (
            "Measure,Last Year,This Year\nGraduation Rate,88,89\nEnrollment,900,910\n",
            "\"Last Year\", \"This Year\"",
        ),
        (
            "School,Enrollment Prior Year,Enrollment Current Year\nHigh,300,310\nMiddle,200,210\n",
            "Prior Year",
        ),
        (
            "Measure,FFY 2020,FFY 2021\nGraduation Rate,88,89\nDropout Rate,2,3\n",
            "\"FFY 2020\", \"FFY 2021\"",
        ),
        ("FFY,Graduation Rate\nFFY 2020,88\nFFY 2021,89\n", "\"FFY 2020\", \"FFY 2021\""),
    ] {
        let made = Proposed::new(&format!("Riverbend School District\n{table}"));
        assert!(made.said().contains(unclear) && made.said().contains(text), "{text}: {}", made.said());
    }
    // The same words beside a school year are no question.
    let years = "School Year,Graduation Rate,Last Year\n2021-22,88,87\n2022-23,89,88\n";
    let made = Proposed::new(&format!("Riverbend School District\n{years}"));
    assert_eq!(made.value(RIVERBEND, 2022, "graduation-rate"), Some(88.0), "{}", made.said());
    assert!(!made.said().contains(unclear), "{}", made.said());
    let levy = "Levy Year,Property Value,Debt Tax Rate\n2021,500002021,0.37\n2022,510002022,0.35\n";
    let made = Proposed::new(&format!("Riverbend School District\n{levy}"));
    assert!(made.layout().contains("column = [\"Levy Year\"]"), "{}{}", made.said(), made.layout());
    // Nothing says what is counted.
    let bare = "Grade,\"Oct 1, 2021\",\"Oct 3, 2022\"\nK,80,82\n1,81,83\n2,79,80\n";
    let made = Proposed::new(&format!("Riverbend School District\n{bare}"));
    assert!(made.said().contains("for example, \"Oct 1, 2021\": which measure is this?"), "{}", made.said());
}

#[test]
fn a_district_whose_name_changes_its_words_is_not_two_in_silence() {
    let rows = |later: [&str; 2]| {
        let mut table = "School Year,District,Graduation Rate\n".to_owned();
        for (year, names) in [("2020-21", ["Alder SD 1", "Birch SD 2"]), ("2021-22", later)] {
            for name in names.into_iter().chain(["Cedar"]) {
                let _ = writeln!(table, "{year},{name},85.2");
            }
        }
        table
    };
    let made = Proposed::new(&rows(["Alder School District 1", "Birch School District 2"]));
    assert!(made.said().contains("Are they one district?"), "{}", made.said());
    assert_eq!(made.value("CEDAR", 2021, "graduation-rate"), None, "{}", made.layout());
    // Other numbers, and the same names in all years.
    for later in [["Alder SD 3", "Birch SD 4"], ["Alder SD 1", "Birch SD 2"]] {
        let made = Proposed::new(&rows(later));
        assert_eq!(made.value("CEDAR", 2021, "graduation-rate"), Some(85.2), "{later:?}: {}", made.said());
    }
}

#[test]
fn a_year_may_have_the_number_of_people_behind_it() {
    let made = Proposed::new(
        "Riverbend School District\nMeasure,2021-22 (n=812),2022-23 (n=830),2023-24 (n=841)\n\
         Attendance Rate,94.1,94.2,94.3\nGraduation Rate,88.1,88.2,89.4\n",
    );
    assert!(
        made.layout().contains("\n\"Graduation Rate\" = \"graduation-rate\""),
        "{}{}",
        made.said(),
        made.layout()
    );
    assert!(made.project().contains("\n[[source]]"), "{}", made.said());
    assert!(
        made.said().contains("“2021-22 (n=812)” is used for its rates of all students"),
        "{}",
        made.said()
    );
}

#[test]
fn everyday_words_of_reports_in_a_title_change_no_measure() {
    for (column, values, key, titles) in [
        (
            "Graduation Rate",
            RATES,
            "graduation-rate",
            &[
                "Graduation Rates Released March 2024",
                "Four-Year Graduation Rate Calculations",
                "Graduation Rate Accountability Indicator",
                "Graduation Rate Lookup",
                "Graduation Rate Quick Finder",
            ][..],
        ),
        (
            "Total Expenditures",
            DOLLARS,
            "total-expenditure",
            &["Expenditures Reported on Form F-33", "Total Expenditures Workpaper"],
        ),
        (
            "Enrollment",
            COUNTS,
            "enrollment",
            &[
                "Enrollment Characteristics",
                "Enrollment Verification",
                "Enrollment Audit",
                "Enrollment Update",
                "Enrollment Information System",
                "October Enrollment Submission",
                "School Enrollment Collection",
                "Enrollment Reporting Period 3",
                "Enrollment Report to the Board",
                "Ohio Department of Education Enrollment Data Release",
                "Enrollment Almanac",
            ],
        ),
        (
            "Teachers",
            COUNTS,
            "teachers",
            &[
                "Teacher Workforce",
                "Teacher Workforce Report",
                "Teacher Staffing",
                "Teacher Quality",
                "Teacher Characteristics",
                "Teacher Supply and Demand",
                "Number of Teachers Employed",
            ],
        ),
    ] {
        for title in titles {
            let made = Proposed::new(&titled(title, column, values));
            assert_eq!(made.value("1", 2022, key), Some(values[0]), "{title}: {}", made.said());
        }
    }
}

#[test]
fn words_that_narrow_do_so_whatever_the_column_is_called() {
    for (title, column, values, key) in [
        ("Graduation Rate Targets", "Graduation Rate", RATES, "graduation-rate"),
        ("Technology Expenditures", "Total Expenditures", DOLLARS, "total-expenditure"),
        ("Students Employed", "Number of Students", COUNTS, "enrollment"),
    ] {
        let made = Proposed::new(&titled(title, column, values));
        assert_eq!(made.value("1", 2022, key), None, "{title}: {}", made.layout());
    }
}

#[test]
fn a_title_may_say_who_belongs_to_a_group() {
    for (title, key) in [
        ("Students Eligible for Free or Reduced Lunch", "enrollment/low-income"),
        ("Students Eligible for Free/Reduced Lunch", "enrollment/low-income"),
        ("Students Eligible for Free and Reduced-Price Lunch", "enrollment/low-income"),
        ("Students Eligible for Gifted Services", "enrollment/gifted"),
    ] {
        let made = Proposed::new(&titled(title, "Number of Students", COUNTS));
        assert_eq!(made.value("1", 2022, key), Some(298.0), "{title}: {}{}", made.said(), made.layout());
        assert_eq!(made.enrollment("1", 2022), None, "{title}");
    }
}

#[test]
fn a_title_that_says_what_happened_to_students_does_not_count_all_of_them() {
    for title in [
        "Students Suspended",
        "Students Expelled",
        "Students Chronically Absent",
        "Chronic Absenteeism",
        "Student Dropouts",
    ] {
        for column in ["Students", "Number of Students"] {
            let made = Proposed::new(&titled(title, column, COUNTS));
            assert_eq!(made.enrollment("1", 2022), None, "{title}, {column}: {}", made.layout());
        }
    }
    let made = Proposed::new(&titled("Chronic Absenteeism and Enrollment", "Enrollment", COUNTS));
    assert_eq!(made.enrollment("1", 2022), Some(298.0), "{}{}", made.said(), made.layout());
}

/// Finances of one district, with a note below.
fn finances(note: &str) -> Proposed {
    let mut table =
        "School Year,District Code,District,Total Expenditures,Per-Pupil Spending,Average Teacher Salary,\
                     Enrollment\n"
            .to_owned();
    for (year, more) in [("2021-22", 0), ("2022-23", 10), ("2023-24", 20)] {
        let _ = writeln!(
            table,
            "{year},0001,Ash,{},{},{},{}",
            29_000 + more,
            14_000 + more,
            61_000 + more,
            2000 + more
        );
    }
    Proposed::new(&format!("{table}\n\"{note}\"\n"))
}

#[test]
fn a_note_on_thousands_is_only_about_amounts_that_can_be_in_thousands() {
    for note in [
        "Note: total expenditures are in thousands of dollars.",
        "Dollars in thousands, except per-pupil amounts and salaries.",
        "Total expenditures in thousands; per-pupil amounts in dollars.",
    ] {
        let made = finances(note);
        let found =
            ["total-expenditure", "teacher-salary", "enrollment"].map(|key| made.value("1", 2022, key));
        let all = [Some(29_000_000.0), Some(61_000.0), Some(2000.0)];
        assert_eq!(found, all, "{note}: {}{}", made.said(), made.layout());
        let own = made.layout();
        let per_pupil = own.split("[[column]]").find(|text| text.contains("name = [\"Per-Pupil Spending\"]"));
        assert!(per_pupil.is_some_and(|text| !text.contains("times")), "{note}: {own}");
    }
    let chart = finances("The chart shows amounts in thousands of dollars.");
    assert_ne!(chart.value("1", 2022, "total-expenditure"), Some(29_000_000.0), "{}", chart.layout());
}

#[test]
fn a_line_to_which_a_factor_does_not_apply_is_left_out_and_named() {
    let made = Proposed::new(
        "Riverbend School District\nLine,2021-22,2022-23,2023-24\nTotal Revenues,30000,31000,32000\n\
         Total Expenditures,29000,30000,31000\nAverage Teacher Salary,61000,62000,63000\n\
         \"Dollars in thousands, except salaries.\"\n",
    );
    assert!(made.layout().contains("the title or a note says"), "{}{}", made.said(), made.layout());
    assert!(made.said().contains("\"Average Teacher Salary\""), "{}", made.said());
}

/// Enrollment by race of three years, with rows of this kind below each group's row.
fn races(title: &str, names: [&str; 2]) -> String {
    let mut table = format!("Riverbend School District\n{title}\nRace,2021-22,2022-23,2023-24\n");
    for (race, count, percent) in [("White", 500, 50), ("Hispanic", 300, 30), ("Black", 200, 20)] {
        for name in names {
            let value = if name.contains('%') { percent } else { count };
            let _ = writeln!(table, "{},{value},{value},{value}", name.replace("RACE", race));
        }
    }
    table
}

#[test]
fn percents_of_groups_between_their_numbers_are_no_numbers() {
    for names in [["RACE", "% RACE"], ["% RACE", "RACE"], ["# RACE", "% RACE"]] {
        let made = Proposed::new(&races("Enrollment by Race/Ethnicity", names));
        for (key, value) in [("enrollment/white", 500.0), ("enrollment/black", 200.0)] {
            assert_eq!(
                made.value(RIVERBEND, 2022, key),
                Some(value),
                "{names:?}: {}{}",
                made.said(),
                made.layout()
            );
        }
        assert!(made.said().contains("by name, these rows are percents"), "{}", made.said());
    }
    // Of a rate, the percents are read; without a word, it is a question which rows are.
    let rates = Proposed::new(&races("Graduation Rate by Race/Ethnicity", ["# RACE", "% RACE"]));
    assert_ne!(rates.value(RIVERBEND, 2022, "graduation-rate/white"), Some(500.0), "{}", rates.layout());
    // Rows that are all called percents.
    let plain = Proposed::new(&races("Graduation Rate by Race/Ethnicity", ["% RACE", "RACE %"]));
    assert!(!plain.said().contains("by name"), "{}", plain.said());
}

#[test]
fn a_salary_among_amounts_in_thousands_is_a_question() {
    let table = |title: &str, salary: &str| {
        format!(
            "Riverbend School District\n{title}\nMeasure,2021-22,2022-23,2023-24\nTotal Revenues,30000,31000,32000\n\
             Total Expenditures,29000,30000,31000\n{salary}\nSalaries and Benefits,21000,21500,22000\nBuses,61,62,63\n"
        )
    };
    let plain = table("(in thousands of dollars)", "Superintendent Salary,210000,215000,220000");
    let made = Proposed::new(&plain);
    assert_eq!(
        made.value(RIVERBEND, 2022, "total-revenue"),
        Some(30_000_000.0),
        "{}{}",
        made.said(),
        made.layout()
    );
    assert_eq!(made.value(RIVERBEND, 2022, "our-superintendent-salary"), None, "{}", made.layout());
    assert!(made.said().contains("\"Superintendent Salary\""), "{}", made.said());
    assert!(made.layout().contains("in thousands like the amounts around it?"), "{}", made.layout());
    // The amount of all, and a salary that is in thousands like the rest. A number of buses is no money.
    assert_eq!(made.value(RIVERBEND, 2022, "payroll-expenditure"), Some(21_000_000.0), "{}", made.layout());
    assert_ne!(made.value(RIVERBEND, 2022, "our-buses"), Some(61_000.0), "{}", made.layout());
    let made = Proposed::new(&table("(in thousands of dollars)", "Superintendent Salary,210,215,220"));
    assert_eq!(
        made.value(RIVERBEND, 2022, "our-superintendent-salary"),
        Some(210_000.0),
        "{}",
        made.layout()
    );
    let made = Proposed::new(&table("Summary", "Superintendent Salary,210000,215000,220000"));
    assert_eq!(
        made.value(RIVERBEND, 2022, "our-superintendent-salary"),
        Some(210_000.0),
        "{}",
        made.layout()
    );
}

#[test]
fn what_is_called_actual_beside_projections_is_read() {
    let rows = "School Year,District Code,District,Actual Enrollment,Projected Enrollment\n\
                2021-22,0001,Ash,905,907\n2022-23,0001,Ash,906,911\n";
    let made = Proposed::new(&format!("Enrollment Projections Report\n{rows}"));
    assert_eq!(made.enrollment("1", 2022), Some(905.0), "{}{}", made.said(), made.layout());
    let plain = "School Year,District Code,District,Enrollment\n2021-22,0001,Ash,905\n2022-23,0001,Ash,906\n";
    for (file, title, is_read) in [
        ("enrollment projections.csv", "Enrollment History\n", true),
        ("enrollment projections.csv", "Actual Enrollment\n", true),
        ("enrollment projections.csv", "", false),
        ("enrollment.csv", "Enrollment History and Projections\n", false),
    ] {
        let made = Proposed::with_files(&[(file, &format!("{title}{plain}"))]);
        let expected = is_read.then_some(905.0);
        assert_eq!(made.enrollment("1", 2022), expected, "{file}, {title}: {}", made.said());
    }
}

#[test]
fn meals_are_counted_beside_their_price() {
    let made = Proposed::new(
        "Riverbend School District\nFood Service\nSchool Year,Breakfasts Served,Lunches Served,Avg Meal Price\n\
         2020-21,41200,90210,3.1\n2021-22,42200,91210,3.2\n2022-23,43200,92210,3.25\n",
    );
    let measures = made.file("catalog/measures/our-indicators.toml");
    for id in ["our-breakfasts-served", "our-lunches-served"] {
        let defined = measures.split("[[measure]]").find(|text| text.contains(&format!("\"{id}\"")));
        let is_count = defined.is_some_and(|text| text.contains("unit = \"count\""));
        assert!(is_count, "{id}: {measures}{}{}", made.said(), made.layout());
    }
}

#[test]
fn a_table_of_which_no_line_is_understood_says_so() {
    let rows = "Reporting Year,LEA Code,LEA,Category,Count,Total\n\
                2022,0001,Ash,Chronic Absenteeism,120,900\n\
                2022,0002,Birch,Chronic Absenteeism,131,950\n\
                2023,0001,Ash,Chronic Absenteeism,125,910\n\
                2023,0002,Birch,Chronic Absenteeism,140,940\n";
    let made = Proposed::new(rows);
    let is_said = made.said().contains("none of its lines can be read; for example, \"Chronic Absenteeism\"");
    assert!(is_said, "{}{}", made.said(), made.layout());
    // With its rate next to it, the same line is understood.
    let rows = "Reporting Year,LEA Code,LEA,Category,Student Group,Count,Denominator,Rate\n\
                2022,0001,Ash,Chronic Absenteeism,All Students,120,900,13.3\n\
                2022,0002,Birch,Chronic Absenteeism,All Students,131,950,13.8\n\
                2023,0001,Ash,Chronic Absenteeism,All Students,125,910,13.7\n\
                2023,0002,Birch,Chronic Absenteeism,All Students,140,940,14.9\n";
    let made = Proposed::new(rows);
    assert_eq!(made.value("0001", 2022, "chronic-absenteeism-rate"), Some(13.3), "{}", made.layout());
}

#[test]
fn a_year_in_the_name_of_a_column_is_a_year() {
    let made = Proposed::new("Office,2021-22,2022-23\nNorth,12,13\nSouth,14,15\n");
    assert!(!made.said().contains("Add a school year"), "{}{}", made.said(), made.layout());
    let without = Proposed::new("Office,First,Second\nNorth,12,13\nSouth,14,15\n");
    assert!(without.said().contains("Add a school year"), "{}{}", without.said(), without.layout());
}

#[test]
fn columns_below_a_title_of_amounts_per_student_are_per_student() {
    let mut table =
        "Current Expenditures Per Pupil by Function\n\nDistrict Code,District Name,School Year,Instruction,Administration,Operations,Total\n"
            .to_owned();
    for (id, name) in (101..).zip(["Ash", "Birch", "Cedar"]) {
        for (year, first) in (2021..=2023).zip([6500, 6540, 6580]) {
            let total = first + 900 + 1400;
            let _ = writeln!(table, "{id},{name},{year},{first},900,1400,{total}");
        }
    }
    let made = Proposed::new(&table);
    for (key, amount) in [
        ("instruction-expenditure-per-student", 6580.0),
        ("administration-expenditure-per-student", 900.0),
        ("operating-expenditure-per-student", 8880.0),
    ] {
        assert_eq!(made.value("101", 2023, key), Some(amount), "{key}: {} {}", made.said(), made.layout());
    }
    let is_told = made.said().contains("“Operations”") || made.layout().contains("name = [\"Operations\"]");
    assert!(is_told, "{} {}", made.said(), made.layout());
    // Below the same title, numbers that are too large to be per student are totals.
    let large = table.replace(",65", ",6500").replace("Total", "Total Expenditures");
    let made = Proposed::new(&large);
    let found = made.value("101", 2021, "instruction-expenditure-per-student");
    assert_eq!(found, None, "{}", made.layout());
}

#[test]
fn the_corner_of_a_table_may_say_that_amounts_are_in_millions() {
    for (corner, times) in [("($ in millions)", 1e6), ("Dollars in Thousands", 1e3), ("Line item", 1.0)] {
        let mut table = format!("{corner},FY2021,FY2022,FY2023\n");
        for (line, amount) in
            [("Total Revenue", 12.5e6), ("Total Expenditures", 11.5e6), ("Fund Balance", 5e6)]
        {
            let amount = amount / times;
            let _ = writeln!(table, "{line},{amount},{amount},{amount}");
        }
        let made = Proposed::with_contents(&[("Finance.csv", table.as_bytes())], &["--district", "7"]);
        let found = made.value("7", 2023, "total-revenue");
        assert_eq!(found, Some(12_500_000.0), "{corner}: {} {}", made.said(), made.layout());
    }
}

#[test]
fn lines_below_a_title_of_amounts_per_student_are_per_student() {
    let lines = "Function,2021-22,2022-23,2023-24\nInstruction,6500,6600,6700\nTransportation,700,710,720\n";
    for (title, key) in [
        ("Per Pupil Spending", "instruction-expenditure-per-student"),
        // Below a title that says something else of their size, the same lines stay what they are.
        ("Spending (in thousands)", "instruction-expenditure"),
    ] {
        let table = format!("{title}\n{lines}");
        let made = Proposed::with_contents(&[("spending.csv", table.as_bytes())], &["--district", "7"]);
        let found = made.value("7", 2024, key);
        let is_each = key.ends_with("student");
        let amount = if is_each { 6700.0 } else { 6_700_000.0 };
        assert_eq!(found, Some(amount), "{title}: {} {}", made.said(), made.layout());
        let other = made.value("7", 2024, "transportation-expenditure-per-student");
        assert_eq!(other, is_each.then_some(720.0), "{title}: {}", made.layout());
    }
}

#[test]
fn years_alone_continue_the_column_to_their_left() {
    let made = Proposed::new(
        "District Code,District Name,Chronic Absenteeism Rate 2022,2023,2024,Enrollment 2022,2023-24\n\
         1,Ash,20.5,21.5,22.5,800,810\n2,Birch,18.5,19.5,17.5,900,910\n3,Cedar,14.5,15.5,16.5,700,710\n",
    );
    let found = [2022, 2023, 2024].map(|year| made.value("1", year, "chronic-absenteeism-rate"));
    assert_eq!(found, [Some(20.5), Some(21.5), Some(22.5)], "{} {}", made.said(), made.layout());
    assert_eq!(made.value("1", 2022, "enrollment"), Some(800.0), "{}", made.layout());
    // Not the next year, so it may be anything.
    assert_eq!(made.value("1", 2024, "enrollment"), None, "{}", made.layout());
    // Numbers of another kind.
    let other = Proposed::new(
        "District Code,District Name,Graduation Rate 2023,2024\n1,Ash,88.5,812\n2,Birch,89.5,912\n3,Cedar,84.5,712\n",
    );
    assert_eq!(other.value("1", 2023, "graduation-rate"), Some(88.5), "{}", other.said());
    assert_eq!(other.value("1", 2024, "graduation-rate"), None, "{}", other.layout());
}
