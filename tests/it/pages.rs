//! Tables whose header is repeated: on each page of a report, or above each of several blocks.

use crate::proposed::Proposed;

#[test]
fn pages_about_one_school_each_are_not_the_district() {
    let page = |school: &str, number: u32, grades: [u32; 3]| {
        let rows: String = grades.map(|grade| format!("{grade},50,51,101\n")).concat();
        format!(
            "Riverbend School District 101,,,\nEnrollment Summary 2023-2024,,,Page {number} of 2\nSchool: {school},,,\n\
             Grade,Male,Female,Total\n{rows}Total,150,153,303\n,,,\n"
        )
    };
    let report = page("Riverbend Elementary", 1, [1, 2, 3]) + &page("Riverbend Middle", 2, [6, 7, 8]);
    let made = Proposed::with_files(&[("enrollment.csv", &report)]);
    assert!(made.said().contains("looks like the header of another table"), "{}", made.said());
    assert!(made.said().contains("Read 0 values"), "{}", made.said());
}

#[test]
fn blocks_about_one_district_each_are_asked_about() {
    let block = |district: &str, first: u32| {
        let rows: String = (0..3)
            .map(|year| format!("{}-{},{},93.{year}\n", 2020 + year, 21 + year, first + year))
            .collect();
        format!("District: {district},,\nSchool Year,Enrollment,Attendance Rate\n{rows},,\n")
    };
    let blocks = block("0101 Ashland", 812) + &block("0102 Barton", 1540);
    let made = Proposed::with_files(&[("districts.csv", &blocks)]);
    assert!(made.said().contains("above one is \"District: 0101 Ashland\""), "{}", made.said());
    assert!(made.said().contains("Read 0 values"), "{}", made.said());
}

#[test]
fn a_header_that_is_repeated_below_the_same_title_is_read() {
    let page = |first: u32| {
        let rows: String = (0..3)
            .map(|year| format!("20{}-{},{},93.{year}\n", first + year, first + year + 1, 800 + year))
            .collect();
        format!("Alder School District,,\nSchool Year,Enrollment,Attendance Rate\n{rows},,\n")
    };
    let made = Proposed::with_files(&[("alder.csv", &(page(16) + &page(19)))]);
    assert!(made.said().contains("Read 12 values"), "{}", made.said());
}

#[test]
fn a_header_that_is_repeated_among_the_rows_is_no_table_of_its_own() {
    let rows = |year: &str| {
        let districts = ["0101,Ashland", "0102,Barton", "0103,Clay", "0104,Dover"];
        let rows: String = districts.map(|district| format!("{district},{year},812\n")).concat();
        format!("District Code,District Name,School Year,Enrollment\n{rows}")
    };
    let made = Proposed::with_files(&[("enr.csv", &(rows("2020-21") + &rows("2021-22")))]);
    assert!(made.said().contains("Read 8 values for 4 districts"), "{}", made.said());
    assert!(!made.said().contains("left out"), "{}", made.said());
}

#[test]
fn the_grand_total_of_a_pivot_table_of_districts_is_no_district() {
    let table = "Sum of Enrollment,Column Labels,,,\nRow Labels,2021-22,2022-23,2023-24,Grand Total\n\
                 Ashland SD,800,810,820,2430\nBarton SD,900,910,920,2730\nClay SD,1000,1010,1020,3030\n\
                 Grand Total,2700,2730,2760,8190\n";
    let made = Proposed::with_files(&[("pivot.csv", table)]);
    let values: Vec<Option<f64>> =
        ["fixed", "Grand Total"].map(|id| made.enrollment(id, 2024)).into_iter().collect();
    assert!(!values.contains(&Some(2760.0)), "{}", made.layout());
    assert!(!made.layout().contains("our-sum-of-enrollment"), "{}", made.layout());
    // Groups of students are read as before.
    let groups = "Sum of Enrollment,Column Labels,,\nRow Labels,2021-22,2022-23,2023-24\nWhite,500,510,520\n\
                  Hispanic,300,310,320\nGrand Total,800,820,840\n";
    let made = Proposed::with_files(&[("pivot.csv", groups)]);
    assert!(made.layout().contains("part = \"group\""), "{}", made.layout());
    assert!(made.layout().contains("measure = \"enrollment\""), "{}", made.layout());
}

#[test]
fn a_sum_of_a_pivot_table_may_have_its_year() {
    let table = "District ID,District,Sum of Enrollment 2021-22,Sum of Enrollment 2022-23\n\
                 01,Ash,120,130\n02,Birch,340,330\n03,Cedar,510,505\n";
    let made = Proposed::with_files(&[("pivot.csv", table)]);
    let found = [2022, 2023].map(|year| made.enrollment("1", year));
    assert_eq!(found, [Some(120.0), Some(130.0)], "{} {}", made.said(), made.layout());
}

#[test]
fn blocks_below_a_table_without_a_title_are_asked_about() {
    let rows = |first: u32| -> String {
        (0..3).map(|year| format!("{}-{},{}\n", 2020 + year, 21 + year, first + year)).collect()
    };
    let mut blocks = format!("School Year,Enrollment\n{},\n", rows(900));
    for (school, first) in [("Lincoln Elementary", 200), ("Washington Elementary", 500)] {
        blocks += &format!("{school},\nSchool Year,Enrollment\n{},\n", rows(first));
    }
    let made = Proposed::with_files(&[("blocks.csv", &blocks)]);
    assert!(made.said().contains("may be about different districts or schools"), "{}", made.said());
}
