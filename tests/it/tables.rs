//! What `retreat init` understands of tables as people publish them: years in names, rows that add up others, levels of
//! achievement, tests, and whom a table is about.

use std::fmt::Write as _;

use rust_xlsxwriter::{Format, Workbook};

use crate::proposed::Proposed;

/// A workbook with a sheet for each text table.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, table) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, line) in (0..).zip(table.lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                let _ = match cell.parse::<f64>() {
                    Ok(number) if !cell.starts_with('0') => sheet.write_number(row, column, number),
                    _ => sheet.write_string(row, column, cell),
                }
                .unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Tables whose file names have a year, one for each of two school years.
fn two_years(names: [&str; 2]) -> Proposed {
    let rows = |alder: u32| format!("District ID,District,Enrollment\n11,Alder,{alder}\n12,Birch,804\n");
    Proposed::with_files(&[(names[0], &rows(1204)), (names[1], &rows(1190))])
}

#[test]
fn a_school_year_may_be_written_with_underscores_in_a_file_name() {
    for names in [
        ["enrollment_2022_2023.csv", "enrollment_2023_2024.csv"],
        ["enrollment_2022_23.csv", "enrollment_2023_24.csv"],
        ["enrollment_2022-23.csv", "enrollment_2023-24.csv"],
        ["Enrollment_2022-2023.csv", "Enrollment_2023-2024.csv"],
        ["ENR2022_23.csv", "ENR2023_24.csv"],
        ["enrollment_SY22_23.csv", "enrollment_SY23_24.csv"],
        ["table_2_2022_23_final.csv", "table_2_2023_24_final.csv"],
        ["enrollment_as_of_10_01_2022.csv", "enrollment_as_of_10_01_2023.csv"],
        ["enrollment_2022to2023.csv", "enrollment_2023to2024.csv"],
        ["enrollment 2022 to 2023.csv", "enrollment 2023 to 2024.csv"],
        ["enrollment_SY2223.csv", "enrollment_SY2324.csv"],
    ] {
        let made = two_years(names);
        let found = [2022, 2023, 2024].map(|year| made.enrollment("11", year));
        assert_eq!(found, [None, Some(1204.0), Some(1190.0)], "{names:?}: {}", made.said());
    }
}

#[test]
fn a_school_year_may_be_written_with_underscores_in_a_header() {
    for [first, second] in [
        ["enrollment_2021_22", "enrollment_2022_23"],
        ["enrollment_2021-22", "enrollment_2022-23"],
        ["Enrollment_2021_2022", "Enrollment_2022_2023"],
        ["enrollment_21_22", "enrollment_22_23"],
        ["ENR_2021_2022", "ENR_2022_2023"],
        ["Enrollment SY2122", "Enrollment SY2223"],
    ] {
        let made = Proposed::new(&format!(
            "District ID,District,{first},{second}\n11,Alder,1204,1190\n12,Birch,804,820\n"
        ));
        assert_eq!(made.enrollment("11", 2022), Some(1204.0), "{first}: {}", made.said());
        assert_eq!(made.enrollment("12", 2023), Some(820.0), "{second}: {}", made.said());
    }
}

#[test]
fn a_date_with_dashes_is_in_its_school_year() {
    let made = Proposed::new(
        "Enrollment as of 10-01-2022\nDistrict ID,District,Students\n11,Alder,1204\n12,Birch,804\n",
    );
    assert_eq!(made.enrollment("11", 2023), Some(1204.0), "{}", made.said());
}

/// A table of two districts in three years.
const DISTRICTS: &str = "Year,District Code,District,Enrollment\n2022,0010,Alder,646\n2022,0011,Birch,2493\n\
    2023,0010,Alder,643\n2023,0011,Birch,2496\n2024,0010,Alder,637\n2024,0011,Birch,2495\n";

#[test]
fn a_table_about_the_state_is_not_given_to_the_district() {
    let state = "Year,Enrollment,Graduation Rate\n2022,19975,89.1\n2023,19764,90.1\n2024,19553,91.1\n";
    for (name, title) in [("Statewide", ""), ("State", ""), ("Sheet2", "Statewide Summary\n"), ("Ohio", "")] {
        let sheets = [("Districts", DISTRICTS), (name, &format!("{title}{state}"))];
        let made = Proposed::with_contents(&[("enr.xlsx", &workbook(&sheets))], &[]);
        assert_eq!(made.enrollment("0010", 2022), Some(646.0), "{name}: {}", made.said());
        assert_eq!(made.value("0010", 2022, "graduation-rate"), None, "{name}: {}", made.said());
        assert!(made.said().contains("about the state"), "{}", made.said());
    }
    for name in ["enrollment_state.csv", "statewide enrollment 2022-24.csv", "State Totals.csv"] {
        let made = Proposed::with_files(&[("a.csv", DISTRICTS), (name, state)]);
        assert_eq!(made.enrollment("0010", 2022), Some(646.0), "{name}: {}", made.said());
        assert_eq!(made.value("0010", 2022, "graduation-rate"), None, "{name}: {}", made.said());
    }
}

#[test]
fn a_table_that_names_no_district_adds_to_the_districts_values_and_replaces_none() {
    let own = "Year,Enrollment,Graduation Rate\n2022,650,89.1\n2023,649,90.1\n2024,648,91.1\n2025,647,92.1\n";
    for name in ["our_hr.csv", "state assessment results.csv", "zz.csv"] {
        let made = Proposed::with_files(&[("alder.csv", DISTRICTS), (name, own)]);
        let found = [2022, 2025].map(|year| made.enrollment("0010", year));
        assert_eq!(found, [Some(646.0), Some(647.0)], "{name}: {}", made.said());
        assert_eq!(made.value("0010", 2022, "graduation-rate"), Some(89.1), "{name}: {}", made.said());
    }
}

#[test]
fn a_title_may_name_another_district() {
    let rows = "School Year,Enrollment\n2022-23,637\n2023-24,627\n";
    let others = "School Year,Enrollment\n2020-21,4657\n2022-23,4366\n2023-24,4219\n";
    let alder = format!("Alder School District\n{rows}");
    let [birch, cedar] = ["Birch", "Cedar"].map(|name| format!("{name} School District\n{others}"));
    let sheets = [("Alder", alder.as_str()), ("Birch", birch.as_str()), ("Cedar", cedar.as_str())];
    for more in [&[][..], &["--district", "ALDERSCHOOLDISTRICT"]] {
        let made = Proposed::with_contents(&[("profiles.xlsx", &workbook(&sheets))], more);
        let alder = [2021, 2023].map(|year| made.enrollment("ALDERSCHOOLDISTRICT", year));
        assert_eq!(alder, [None, Some(637.0)], "{}", made.said());
        assert_eq!(made.enrollment("BIRCHSCHOOLDISTRICT", 2021), Some(4657.0), "{}", made.said());
        let project = made.project().replace("Alder School District", "ALDERSCHOOLDISTRICT");
        assert!(project.contains("\ndistrict = \"ALDERSCHOOLDISTRICT\""), "{project}");
    }
    // Which of them has the number 7 is not known.
    let made = Proposed::with_contents(&[("profiles.xlsx", &workbook(&sheets))], &["--district", "7"]);
    assert!(made.said().contains("put the district's id under [district]"), "{}", made.said());
    // A longer name may be the same district's, or another's.
    let files: [(&str, &[u8]); 2] = [
        ("a.csv", b"Alder School District\nYear,Graduation Rate\n2023,87.4\n2024,88.1\n"),
        ("b.csv", b"North Alder School District\nYear,Attendance Rate\n2023,94.4\n2024,94.1\n"),
    ];
    let made = Proposed::with_contents(&files, &[]);
    assert_eq!(made.value("ALDERSCHOOLDISTRICT", 2024, "graduation-rate"), Some(88.1), "{}", made.said());
    assert!(made.said().contains("it names \"North Alder School District\""), "{}", made.said());
    // Another table has the ids.
    let files: [(&str, &[u8]); 2] = [
        ("ids.csv", DISTRICTS.as_bytes()),
        ("own.csv", b"Birch Public Schools\nYear,Graduation Rate\n2023,87.4\n2024,88.1\n"),
    ];
    let made = Proposed::with_contents(&files, &[]);
    let found = ["0010", "0011"].map(|district| made.value(district, 2024, "graduation-rate"));
    assert_eq!(found, [None, Some(88.1)], "{}", made.said());
}

#[test]
fn sheets_that_nothing_tells_apart_are_a_question() {
    let rows = "School Year,Enrollment\n2022-23,637\n2023-24,627\n";
    let others = "School Year,Enrollment\n2022-23,4366\n2023-24,4219\n";
    let made = Proposed::with_contents(&[("profiles.xlsx", &workbook(&[("A", rows), ("B", others)]))], &[]);
    assert!(made.said().contains("have the same columns for the same years"), "{}", made.said());
    // Neither do the names of months or schools, or of files, even if a district is named for all of them.
    for sheets in [["September", "October"], ["Alder High School", "Lincoln"]] {
        let book = workbook(&[(sheets[0], rows), (sheets[1], others)]);
        let made = Proposed::with_contents(&[("Alder School District.xlsx", &book)], &[]);
        assert!(made.said().contains("have the same columns for the same years"), "{}", made.said());
    }
    let made = Proposed::with_files(&[("Alder High School.csv", rows), ("Alder Middle School.csv", others)]);
    assert!(made.said().contains("have the same columns for the same years"), "{}", made.said());
    // One of two files names the district.
    let files = [("enrollment_ohio.csv", others), ("Alder School District enrollment.csv", rows)];
    let made = Proposed::with_files(&files);
    assert_eq!(made.enrollment("ALDERSCHOOLDISTRICT", 2024), Some(627.0), "{}", made.said());
    assert!(made.said().contains("have the same columns for the same years"), "{}", made.said());
    // Tables that are revisions of one another, and those of several years, are none of these.
    let revised = "School Year,Enrollment\n2022-23,637\n2023-24,630\n";
    let made = Proposed::with_files(&[("enrollment.csv", rows), ("enrollment newest.csv", revised)]);
    assert!(!made.said().contains("have the same columns for the same years"), "{}", made.said());
}

#[test]
fn a_sheet_named_for_a_region_or_other_districts_is_not_the_districts() {
    let rows = "School Year,Graduation Rate\n2022-23,94.2\n2023-24,95.1\n";
    let others = "School Year,Graduation Rate\n2022-23,71.4\n2023-24,72.2\n";
    for name in
        ["Region", "Nation", "USA", "Ohio", "Ohio Average", "County average", "Peers", "ESC Region 12"]
    {
        let book = workbook(&[("Alder", rows), (name, others)]);
        let made = Proposed::with_contents(&[("Alder School District.xlsx", &book)], &[]);
        let value = made.value("ALDERSCHOOLDISTRICT", 2024, "graduation-rate");
        assert_eq!(value, Some(95.1), "{name}: {}", made.said());
        assert!(made.said().contains("does not seem to be the district's"), "{name}: {}", made.said());
    }
}

#[test]
fn a_level_of_achievement_is_not_the_share_at_or_above_it() {
    let head =
        "Year,District Code,District,Percent Advanced,Percent Proficient,Percent Basic,Percent Below Basic";
    let rows = [
        "2023,0010,Alder,15.0,35.0,30.0,20.0",
        "2023,0011,Birch,16.0,34.0,30.0,20.0",
        "2024,0010,Alder,17.0,34.0,29.0,20.0",
    ];
    let alone = Proposed::new(&format!("{head}\n{}\n", rows.join("\n")));
    assert_eq!(alone.value("0010", 2023, "proficiency-rate"), Some(50.0), "{}", alone.layout());
    assert!(alone.layout().contains("it is one level of achievement"), "{}", alone.layout());
    let with_sum: Vec<String> =
        rows.iter().zip([50, 50, 51]).map(|(row, sum)| format!("{row},{sum}.0")).collect();
    let both = Proposed::new(&format!("{head},Percent Proficient and above\n{}\n", with_sum.join("\n")));
    assert_eq!(both.value("0010", 2023, "proficiency-rate"), Some(50.0), "{}", both.layout());
    // The highest level is the share at or above it, and so is a rate next to its complement.
    for table in [
        "Year,District Code,District,Percent Below Basic,Percent Basic,Percent Proficient\n\
         2023,0010,Alder,20.0,30.0,50.0\n2023,0011,Birch,20.0,29.0,51.0\n",
        "Year,District Code,District,Percent Proficient,Percent Not Proficient\n\
         2023,0010,Alder,50.0,50.0\n2023,0011,Birch,51.0,49.0\n",
    ] {
        let made = Proposed::new(table);
        assert_eq!(made.value("0010", 2023, "proficiency-rate"), Some(50.0), "{}", made.layout());
    }
}

#[test]
fn proficiency_in_a_test_of_english_learners_is_not_that_of_all_students() {
    let rows = "School Year,District Code,District,Number Tested,Percent Proficient\n\
        2022-23,0010,Alder,100,10\n2022-23,0011,Birch,101,11\n";
    for (name, title) in [("a.csv", "WIDA ACCESS Results\n"), ("ACCESS_ELP.csv", ""), ("ELPAC 2023.csv", "")]
    {
        let made = Proposed::with_files(&[(name, &format!("{title}{rows}"))]);
        assert_eq!(made.value("0010", 2023, "proficiency-rate"), None, "{name}: {}", made.layout());
        assert!(made.said().contains("names a test for English learners"), "{}", made.said());
    }
    // A title may say that the results include such a test, or leave it out.
    for (title, value) in [
        ("State tests, including alternate assessments, all students", Some(10.0)),
        ("State tests (general and alternate assessments)", Some(10.0)),
        ("State tests excluding DLM", Some(10.0)),
        ("State tests, alternate assessments included", Some(10.0)),
        ("Alternate assessments, including science", None),
        ("Algebra I End-of-Course", None),
        ("8th grade algebra", None),
        ("Geometry results", None),
    ] {
        let made = Proposed::new(&format!("\"{title}\"\n{rows}"));
        assert_eq!(made.value("0010", 2023, "proficiency-rate"), value, "{title}: {}", made.layout());
    }
    let made = Proposed::new(&format!("\"Algebra and Geometry results\"\n{rows}"));
    let found = made.value("0010", 2023, "proficiency-rate/all/all/mathematics");
    assert_eq!(found, Some(10.0), "{}", made.layout());
}

#[test]
fn percents_by_race_that_add_up_are_shares_and_not_counts() {
    let head = "District Name,District Code,African American,Asian,Hispanic,White\n";
    let whole = "Alder,0035,10,8,20,62\nBirch,0036,11,8,20,61\nCedar,0037,12,8,20,60\n";
    let mixed = "Alder,0035,10.5,8.5,20,61\nBirch,0036,11.5,8.5,20,60\nCedar,0037,12.5,8.5,20,59\n";
    let decimal =
        "Alder,0035,10.5,8.5,20.4,60.6\nBirch,0036,11.5,8.5,20.1,59.9\nCedar,0037,12.5,8.5,20.2,58.8\n";
    for (rows, white) in [(whole, 62.0), (mixed, 61.0), (decimal, 60.6)] {
        let made = Proposed::with_files(&[("Enrollment by Race 2023-24.csv", &format!("{head}{rows}"))]);
        assert_eq!(made.value("35", 2024, "enrollment-share/white"), Some(white), "{}", made.layout());
        assert_eq!(made.value("35", 2024, "enrollment/white"), None, "{}", made.layout());
    }
    let counts = "Alder,0035,110,80,200,620\nBirch,0036,111,80,200,610\nCedar,0037,112,80,200,600\n";
    let made = Proposed::with_files(&[("Enrollment by Race 2023-24.csv", &format!("{head}{counts}"))]);
    assert_eq!(made.value("35", 2024, "enrollment/white"), Some(620.0), "{}", made.layout());
}

#[test]
fn students_in_a_table_about_a_test_are_those_tested() {
    let rows = "Year,District Code,District,Number of Students,SAT Mean Total,SAT Participation Rate\n\
        2023,0010,Alder,80,1000,60\n2023,0011,Birch,91,1005,61\n2024,0010,Alder,82,1001,62\n2024,0011,Birch,92,1004,63\n";
    let made = Proposed::with_files(&[("sat_results.csv", rows)]);
    assert_eq!(made.enrollment("0010", 2023), None, "{}", made.layout());
    assert!(made.said().contains("it counts the students tested"), "{}", made.said());
}

#[test]
fn the_subject_of_a_title_keeps_tables_of_one_test_apart() {
    let table = |subject: &str, score: u32, rate: u32| {
        format!(
            "\"Spring 2023 FAST {subject}, Grade 3\"\nDistrict Number,District Name,Number of Students,Mean Scale Score,\
             Percent Proficient\n01,ALDER,1000,{score},{rate}\n02,BIRCH,1001,301,51\n03,CEDAR,1002,302,52\n"
        )
    };
    let made = Proposed::with_files(&[
        ("FAST_G3_ELA.csv", &table("ELA Reading", 300, 50)),
        ("FAST_G3_Mathematics.csv", &table("Mathematics", 305, 55)),
    ]);
    for (key, value) in [
        ("proficiency-rate/all/03/reading", 50.0),
        ("proficiency-rate/all/03/mathematics", 55.0),
        ("state-test-scale-score/all/03/reading", 300.0),
        ("state-test-scale-score/all/03/mathematics", 305.0),
    ] {
        assert_eq!(made.value("01", 2023, key), Some(value), "{key}: {}", made.said());
    }
    assert_eq!(made.value("01", 2023, "enrollment/all/03"), None, "{}", made.layout());
    assert!(!made.said().contains("has the same measure"), "{}", made.said());
    let twice = [("fast fall.csv", &*table("ELA", 300, 50)), ("fast winter.csv", &*table("ELA", 304, 52))];
    let made = Proposed::with_files(&twice);
    assert!(made.said().contains("fast fall.csv has the same measure"), "{}", made.said());
    let made = Proposed::with_files(&[("Mathematics.csv", &table("Reading", 300, 50))]);
    assert!(made.said().contains("names two subjects"), "{}", made.said());
}

#[test]
fn lines_that_are_left_out_are_named() {
    let mut table = "SchoolYear,DistrictCode,DistrictName,StudentGroup,Measure,MeasureValue\n".to_owned();
    for year in ["2021-22", "2022-23", "2023-24"] {
        for line in
            ["Regular Attendance Rate", "Attendance Rate", "Ninth Grade on Track", "Zorblax Frobnication"]
        {
            for (id, name, value) in [("0110", "Alder", 67.5), ("0111", "Birch", 71.5)] {
                table.push_str(&format!("{year},{id},{name},All Students,{line},{value}\n"));
            }
        }
    }
    let made = Proposed::new(&table);
    assert_eq!(made.value("110", 2024, "ninth-grade-on-track-rate"), Some(67.5), "{}", made.layout());
    assert!(
        made.said().contains("Zorblax Frobnication") && made.said().contains("left out"),
        "{}",
        made.said()
    );
}

#[test]
fn an_unknown_group_costs_only_its_own_rows() {
    let made = Proposed::new(
        "Year,AUN,District Name,Subject,Group,Grade,Percent Proficient and above\n\
         2023,100000003,Alder SD,Math,All Students,8,50.0\n\
         2023,100000003,Alder SD,Math,Historically Underperforming,8,41.0\n\
         2023,100001106,Birch SD,Math,All Students,8,51.0\n\
         2023,100001106,Birch SD,Math,Historically Underperforming,8,42.0\n",
    );
    let found = made.value("100000003", 2023, "proficiency-rate/all/08/mathematics");
    assert_eq!(found, Some(50.0), "{}", made.said());
    assert!(made.said().contains("Historically Underperforming"), "{}", made.said());
}

#[test]
fn after_a_refusal_the_next_step_is_to_correct_the_layout() {
    let made = Proposed::new("District ID,District,Year,Zorblax\n1,Ash,2024,41\n2,Birch,2024,42\n");
    assert!(made.said().contains("remove the # before the sources"), "{}", made.said());
    assert!(!made.said().contains("then retreat build"), "{}", made.said());
}

#[test]
fn groups_of_districts_are_no_districts() {
    let mut table = "ENTITY_CD,ENTITY_NAME,YEAR,Enrollment\n".to_owned();
    for year in [2022, 2023, 2024] {
        let rows = [
            ("111111111111", "All Districts and Charters", 1500),
            ("010000000000", "County: ALBANY", 900),
            ("000000000006", "NRC: Low Needs", 600),
            ("000000000007", "Similar Districts", 555),
            ("000000000008", "Metro Conference Average", 444),
            ("010100010000", "Albany City", 500),
            ("010200010000", "Berne Central", 400),
            ("020100010000", "Orange County", 600),
        ];
        for (id, name, students) in rows {
            table.push_str(&format!("{id},{name},{year},{students}\n"));
        }
    }
    let made = Proposed::new(&table);
    for (id, students) in [("10100010000", Some(500.0)), ("20100010000", Some(600.0)), ("10000000000", None)]
    {
        assert_eq!(made.enrollment(id, 2023), students, "{}", made.layout());
    }
    for id in ["111111111111", "6", "7", "8"] {
        assert_eq!(made.enrollment(id, 2023), None, "{id}: {}", made.layout());
    }
}

#[test]
fn a_region_that_adds_up_its_districts_is_no_district() {
    let table = |region: &str, total: [u32; 2]| {
        let mut table = "Region,District,School Year,Enrollment\n".to_owned();
        for year in ["2021-22", "2022-23", "2023-24"] {
            for (number, name, students) in [
                (1, "Alder", 646),
                (1, "Birch", 2493),
                (1, region, total[0]),
                (2, "Cedar", 4657),
                (2, "Dogwood", 476),
            ] {
                table.push_str(&format!("Region {number},{name},{year},{students}\n"));
            }
            table.push_str(&format!("Region 2,{},{year},{}\n", region.replace('1', "2"), total[1]));
        }
        Proposed::new(&table)
    };
    let sums = table("Region 1", [3139, 5133]);
    assert_eq!(sums.enrollment("Alder", 2023), Some(646.0), "{}", sums.layout());
    assert_eq!(sums.enrollment("Region 1", 2023), None, "{}", sums.layout());
    for (name, total) in [("Region 1 School District", [3139, 5133]), ("Region 1", [812, 901])] {
        let district = table(name, total);
        assert_eq!(district.enrollment(name, 2023), Some(f64::from(total[0])), "{}", district.layout());
    }
}

#[test]
fn a_column_that_tells_rows_apart_is_named_though_it_may_be_an_attribute() {
    let mut table = "Academic Year,District Code,District Name,Charter School,Graduation Rate\n".to_owned();
    for (id, name) in [("61100", "Alder Unified"), ("61101", "Birch Unified"), ("61102", "Cedar Unified")] {
        for (kind, rate) in [("Yes", 81.5), ("No", 84.5)] {
            table.push_str(&format!("2020-21,{id},{name},{kind},{rate}\n"));
        }
    }
    let made = Proposed::new(&table);
    assert!(made.said().contains("perhaps Charter School"), "{}", made.said());
}

#[test]
fn a_second_table_on_a_sheet_is_not_read_as_more_rows_of_the_first() {
    for [code, name] in [["District Code", "District"], ["Dist. No.", "District Name"]] {
        let made = Proposed::new(&format!(
            "Table 1. Enrollment,,,\nDistrict Code,District,2023,2024\n0010,Alder,637,627\n0011,Birch,2495,2497\n\
             0012,Cedar,4366,4219\n,,,\nTable 2. Graduation rate,,,\n{code},{name},2023,2024\n0010,Alder,86.8,87\n\
             0011,Birch,87.5,87.4\n0014,Elm Grove,76.8,76.1\n"
        ));
        assert_eq!(made.enrollment("0014", 2023), None, "{code}: {}", made.said());
        assert!(made.said().contains("its own sheet"), "{code}: {}", made.said());
    }
}

#[test]
fn ids_are_shown_as_wide_as_they_are_written() {
    let made = Proposed::new(
        "Year,District Code,District,Enrollment\n2024,00350000,Alder,646\n2024,00360000,Birch,2493\n",
    );
    assert!(made.layout().contains("id-width = 8"), "{}", made.layout());
}

#[test]
fn a_dropout_rate_of_a_cohort_is_not_the_annual_one() {
    let rows = "2022-23,03010,Alder,4 Year,300,84.0,8.0\n2022-23,03011,Birch,4 Year,301,85.0,7.0\n\
        2023-24,03010,Alder,4 Year,302,84.5,7.5\n2023-24,03011,Birch,4 Year,303,85.5,6.5\n";
    let head = "School Year,District Code,District Name,Cohort Type,Students in Cohort,Graduated Percent";
    let made = Proposed::new(&format!("{head},Dropout Percent\n{rows}"));
    assert_eq!(made.value("3010", 2023, "dropout-rate"), None, "{}", made.layout());
    assert!(made.said().contains("a cohort over several years"), "{}", made.said());
    let annual = Proposed::new(&format!("{head},Annual Dropout Rate\n{rows}"));
    assert_eq!(annual.value("3010", 2023, "dropout-rate"), Some(8.0), "{}", annual.layout());
    // The title may say it too.
    let rows = "School Year,District Code,District Name,Graduation Rate,Dropout Rate\n\
        2022-23,03010,Alder,84.0,8.0\n2022-23,03011,Birch,85.0,7.0\n";
    let made = Proposed::new(&format!("Four-year cohort outcomes\n{rows}"));
    let found = ["graduation-rate", "dropout-rate"].map(|key| made.value("3010", 2023, key));
    assert_eq!(found, [Some(84.0), None], "{}", made.layout());
}

#[test]
fn the_percent_of_all_students_in_a_table_of_a_rate_is_that_rate() {
    let rows = "School Year,District Code,District Name,% All Students,% Male,% Female\n\
        2022-23,0010,Alder,92.0,89.1,84.5\n2022-23,0011,Birch,92.7,83.7,79.4\n";
    let made = Proposed::with_files(&[("graduation_rates.csv", rows)]);
    let found = ["graduation-rate", "graduation-rate/male", "enrollment-share"]
        .map(|key| made.value("10", 2023, key));
    assert_eq!(found, [Some(92.0), Some(89.1), None], "{}", made.layout());
}

#[test]
fn classes_and_groups_of_districts_are_no_districts() {
    let others =
        ["Peer Group", "ESC 12", "\"Districts under 1,000\"", "\"1,000 - 4,999\"", "\"25,000 or more\""];
    let mut table =
        "School Year,District Name,Enrollment\n2022-23,Alder,646\n2022-23,Birch,2493\n".to_owned();
    for name in others {
        let _ = writeln!(table, "2022-23,{name},1063");
    }
    let made = Proposed::new(&table);
    assert_eq!(made.enrollment("ALDER", 2023), Some(646.0), "{}", made.layout());
    assert!(made.said().contains("2 districts"), "{}", made.said());
}

#[test]
fn english_proficient_next_to_math_is_a_subject() {
    let rows = |other: &str| {
        format!(
            "School Year,District Code,District Name,English Proficient %,{other}\n\
             2022-23,0010,Alder,58.9,54.9\n2022-23,0011,Birch,59.3,56.6\n"
        )
    };
    let subject = "proficiency-rate/all/all/english-language-arts";
    let group = "enrollment-share/not-english-learners";
    for (other, found) in [("Math Proficient %", [Some(58.9), None]), ("Attendance Rate", [None, Some(58.9)])]
    {
        let made = Proposed::new(&rows(other));
        assert_eq!(
            [subject, group].map(|key| made.value("10", 2023, key)),
            found,
            "{other}: {}",
            made.layout()
        );
    }
}

#[test]
fn students_of_a_program_are_not_the_enrollment_of_the_district() {
    let rows = |name: &str| {
        format!(
            "School Year,District Code,District Name,{name}\n2022-23,0010,Alder,128\n2022-23,0011,Birch,170\n"
        )
    };
    for (file, title, column) in [
        ("discipline.csv", "", "Student Count"),
        ("AP participation.csv", "", "Students"),
        ("a.csv", "Dual Enrollment\n", "Enrollment"),
        ("a.csv", "Summer School\n", "Enrollment"),
        ("a.csv", "Private School Enrollment by District of Residence\n", "Enrollment"),
        ("college_enrollment.csv", "", "Number of Students"),
        ("a.csv", "High School Enrollment by District\n", "Enrollment"),
    ] {
        let made = Proposed::with_files(&[(file, &format!("{title}{}", rows(column)))]);
        assert_eq!(made.enrollment("10", 2023), None, "{file} {title}: {}", made.layout());
    }
    for (file, title) in [("a.csv", ""), ("discipline.csv", ""), ("a.csv", "College Station enrollment\n")] {
        let made = Proposed::with_files(&[(file, &format!("{title}{}", rows("Enrollment")))]);
        assert_eq!(made.enrollment("10", 2023), Some(128.0), "{file} {title}: {}", made.layout());
    }
}

#[test]
fn totals_that_alone_are_about_all_students_are_not_left_out_in_silence() {
    let made = Proposed::with_files(&[(
        "Enrollment by race.csv",
        "District,Race/Ethnicity,2022-23,2023-24\nAlder,Asian,899,901\n,Black,190,199\n,White,134,128\nAlder Total,,1223,1228\n\
         Birch,Asian,676,673\n,Black,538,546\n,White,524,516\nBirch Total,,1738,1735\nCedar,Asian,229,230\n,Black,709,684\n\
         ,White,332,333\nCedar Total,,1270,1247\n",
    )]);
    assert!(made.said().contains("totals are left out (3 rows, such as \"Alder Total\")"), "{}", made.said());
}

#[test]
fn totals_beside_a_code_for_everybody_are_left_out_without_a_word() {
    let made = Proposed::with_files(&[(
        "Enrollment by race.csv",
        "District,Race/Ethnicity,2022-23,2023-24\nAlder,TOT,1089,1100\n,Asian,899,901\n,Black,190,199\nAlder Total,,1089,1100\n\
         Birch,TOT,1214,1219\n,Asian,676,673\n,Black,538,546\nBirch Total,,1214,1219\n",
    )]);
    assert!(made.layout().contains("\"TOT\" = \"all\""), "{}", made.layout());
    assert!(!made.said().contains("no value is about all students"), "{}", made.said());
}

#[test]
fn the_percent_in_a_file_about_a_rate_is_that_rate() {
    let made = Proposed::with_files(&[(
        "Graduation_Rate.csv",
        "LONG_SCHOOL_YEAR,SCHOOL_DSTRCT_CD,SCHOOL_DSTRCT_NM,PROGRAM_TOTAL,TOTAL_COUNT,PROGRAM_PERCENT\n\
         2020-21,601,Alder County,150,205,73.2\n2020-21,602,Birch County,151,206,73.3\n2021-22,601,Alder County,160,200,80.0\n\
         2021-22,602,Birch County,161,210,76.7\n",
    )]);
    assert_eq!(made.value("601", 2022, "graduation-rate"), Some(80.0), "{}", made.layout());
}

#[test]
fn a_number_of_a_system_is_its_id() {
    let made = Proposed::new(
        "year,system,system_name,school,school_name,subgroup,enrollment\n2023,10,Alder City,0,All Schools,All Students,646\n\
         2023,20,Birch County,0,All Schools,All Students,2493\n2024,10,Alder City,0,All Schools,All Students,640\n",
    );
    assert_eq!(made.enrollment("10", 2023), Some(646.0), "{}", made.layout());
    assert!(!made.layout().contains("level = \"school\""), "{}", made.layout());
}

#[test]
fn numbers_below_a_merged_heading_are_part_of_the_header() {
    use rust_xlsxwriter::Format;
    let (mut book, plain) = (Workbook::new(), Format::new());
    let sheet = book.add_worksheet().set_name("ELA 2023").unwrap();
    sheet.write_string(0, 0, "Spring 2023 FAST ELA Reading, Grade 3").unwrap();
    for (column, name) in [(0, "District Number"), (1, "District Name"), (2, "Percent Proficient and above")]
    {
        sheet.merge_range(1, column, 2, column, name, &plain).unwrap();
    }
    sheet.merge_range(1, 3, 1, 7, "Percentage in Each Achievement Level", &plain).unwrap();
    for level in 0..5 {
        sheet.write_number(2, 3 + level, f64::from(level) + 1.0).unwrap();
    }
    for (row, (id, name)) in (3..).zip([("01", "ALDER"), ("02", "BIRCH"), ("03", "CEDAR"), ("04", "DOGWOOD")])
    {
        sheet.write_string(row, 0, id).unwrap();
        sheet.write_string(row, 1, name).unwrap();
        for (column, percent) in (2..).zip([55.5, 20.0, 24.5, 25.5, 20.0, 10.0]) {
            sheet.write_number(row, column, percent).unwrap();
        }
    }
    let made = Proposed::with_contents(&[("FAST_G3_ELA.xlsx", &book.save_to_buffer().unwrap())], &[]);
    assert!(made.layout().contains("Percentage in Each Achievement Level › 1"), "{}", made.layout());
    assert!(!made.said().contains("there is no column"), "{}", made.said());
}

#[test]
fn ids_whose_zeros_are_only_in_their_format_keep_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let [short, long] = ["00000", "00\\-000"].map(|code| Format::new().set_num_format(code));
    for (column, name) in (0..).zip(["District ID", "County-District Number", "School Year", "Enrollment"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    for (row, number) in (1..).zip([107.0, 1018.0, 21_029.0]) {
        sheet.write_number_with_format(row, 0, number, &short).unwrap();
        sheet.write_number_with_format(row, 1, number, &long).unwrap();
        sheet.write_string(row, 2, "2023-24").unwrap();
        sheet.write_number(row, 3, number * 2.0).unwrap();
    }
    let workbook = workbook.save_to_buffer().unwrap();
    let rates =
        "District ID,School Year,Graduation Rate\n00107,2023-24,91.2\n01018,2023-24,90.4\n21029,2023-24,88\n";
    let files: [(&str, &[u8]); 2] = [("enrollment.xlsx", &workbook), ("rates.csv", rates.as_bytes())];
    let made = Proposed::with_contents(&files, &[]);
    assert!(made.said().contains("01018"), "{}", made.said());
    assert_eq!(made.enrollment("00107", 2024), Some(214.0), "{}", made.layout());
    assert_eq!(made.value("00107", 2024, "graduation-rate"), Some(91.2), "{}", made.said());
}

#[test]
fn a_lone_file_about_a_region_or_other_districts_is_not_the_districts() {
    let rows = "School Year,Graduation Rate\n2021-22,88.1\n2022-23,89.0\n2023-24,90.2\n";
    for name in [
        "graduation_region.csv",
        "Peer districts graduation.csv",
        "ESC Region 12 rates.csv",
        "county graduation 2024.csv",
        "graduation similar districts.csv",
        "regional graduation rates.csv",
    ] {
        let made = Proposed::with_files(&[(name, rows)]);
        assert!(made.said().contains("other districts, so its values"), "{name}: {}", made.said());
    }
    let titled = Proposed::new(&format!("\"Graduation rates, Region 12\"\n{rows}"));
    assert!(titled.said().contains("other districts, so its values"), "{}", titled.said());
    // Districts with such words in their names, and files of a district that are compared with others.
    for name in [
        "graduation.csv",
        "Region 12 School District graduation.csv",
        "Allen County graduation.csv",
        "graduation, our district and the region.csv",
        "parent conference graduation night.csv",
        "Dighton-Rehoboth Regional graduation.csv",
    ] {
        let made = Proposed::with_files(&[(name, rows)]);
        assert!(made.said().contains("Read 3 values for 1 district"), "{name}: {}", made.said());
    }
}
