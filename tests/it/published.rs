//! What `retreat init` understands of tables as agencies and districts publish them: names with remarks, places across, pivots,
//! editions, and packs of its own. Each judgment has a table that looks alike and must be read otherwise.

use std::fmt::Write as _;

use rust_xlsxwriter::Workbook;

use crate::proposed::Proposed;

#[test]
fn the_names_of_an_export_of_nces_are_known() {
    let made = Proposed::new(
        "ELSI Export\nhttp://nces.ed.gov/ccd/elsi/\n\nAgency Name,State Name [District] Latest available year,\
         Agency ID - NCES Assigned [District] Latest available year,Total Students All Grades (Excludes AE) [District] 2022-23,\
         Total Students All Grades (Excludes AE) [District] 2021-22,Full-Time Equivalent (FTE) Teachers [District] 2022-23,\
         Total Expenditures (TOTALEXP) per Pupil (V33) [District Finance] 2020-21\n\
         ASHLAND SCHOOL DISTRICT,Ohio,\"=\"\"3900101\"\"\",812,803,53.42,15134\n\
         BARTON SCHOOL DISTRICT,Ohio,\"=\"\"3900102\"\"\",1540,1531,101.32,15862\n\
         CLAY SCHOOL DISTRICT,Ohio,\"=\"\"3900103\"\"\",2260,2251,148.68,16582\n",
    );
    let found = [
        ("enrollment", 2023),
        ("enrollment", 2022),
        ("teachers", 2023),
        ("total-expenditure-per-student", 2021),
    ]
    .map(|(measure, year)| made.value("3900101", year, measure));
    assert_eq!(
        found,
        [Some(812.0), Some(803.0), Some(53.42), Some(15134.0)],
        "{}{}",
        made.said(),
        made.layout()
    );
}

#[test]
fn what_stands_in_brackets_is_mostly_no_remark() {
    for name in ["Students (TESTED)", "Enrollment (G09)", "Enrollment [Virtual]"] {
        let made = enrollment_twice([name, "Notes"]);
        assert_eq!(made.enrollment("1", 2024), None, "{name}: {}", made.layout());
    }
}

/// Enrollment of two districts in two years, with these names for two columns.
fn enrollment_twice(names: [&str; 2]) -> Proposed {
    let mut table = format!("District Code,District Name,School Year,{},{}\n", names[0], names[1]);
    for year in ["2022-23", "2023-24"] {
        for (id, first) in [(1, 812), (2, 1540)] {
            let _ = writeln!(table, "{id},District {id},{year},{first},{}", first - 9);
        }
    }
    Proposed::new(&table)
}

#[test]
fn a_known_name_with_a_remark_is_the_measure_or_a_question() {
    let made = enrollment_twice(["Enrollment (Oct 1)", "Enrollment (End of Year)"]);
    assert_eq!(made.enrollment("1", 2024), Some(812.0), "{}{}", made.said(), made.layout());
    assert!(!made.said().contains("is the measure"), "{}", made.said());
    let made = enrollment_twice(["Enrollment (January)", "Enrollment (End of Year)"]);
    assert_eq!(made.enrollment("1", 2024), None, "{}", made.layout());
    let said = made.said();
    assert!(said.contains("If one of them is the measure \"Enrollment\""), "{said}{}", made.layout());
    assert!(said.contains("\"Enrollment (January)\" and \"Enrollment (End of Year)\""), "{said}");
}

#[test]
fn points_for_a_rate_are_no_percents() {
    let units = [
        ("Graduation Rate Points Earned", "points"),
        ("Points for Graduation Rate", "points"),
        ("Attendance Rate (Points)", "points"),
        ("Percent of Points Earned", "percent"),
        ("Parent Satisfaction Rate", "percent"),
    ];
    for (name, unit) in units {
        let mut table = format!("District Code,District Name,School Year,{name}\n");
        for year in ["2021-22", "2022-23", "2023-24"] {
            for (id, points) in [(1, 5.4), (2, 8.1), (3, 9.7)] {
                let _ = writeln!(table, "{id},District {id},{year},{points}");
            }
        }
        let made = Proposed::new(&table);
        let measures = made.file("catalog/measures/our-indicators.toml");
        assert!(measures.contains(&format!("unit = \"{unit}\"")), "{name}: {measures}{}", made.said());
    }
}

#[test]
fn editions_are_known_by_the_dates_in_their_names() {
    let table = |students: u32| {
        format!("District Code,District Name,Year,Enrollment\n1,Ash,2022-23,780\n1,Ash,2023-24,{students}\n")
    };
    let (old, new) = (table(790), table(800));
    for [older, newer] in [
        ["enrollment_2024-10-01.csv", "enrollment_2024-10-15.csv"],
        ["enrollment 10-15-2023.csv", "enrollment 02-01-2024.csv"],
        ["enrollment_20240930.csv", "enrollment_20250110.csv"],
        ["Copy of enrollment.csv", "enrollment_FINAL_v2.csv"],
    ] {
        let made = Proposed::with_files(&[(older, &old), (newer, &new)]);
        assert_eq!(made.enrollment("1", 2024), Some(800.0), "{newer}: {}{}", made.said(), made.project());
        assert!(made.said().contains(&format!("the newest edition of {older}")), "{newer}: {}", made.said());
    }
}

#[test]
fn files_of_other_years_are_no_editions() {
    let table = |students: u32| format!("District Code,District Name,Enrollment\n1,Ash,{students}\n");
    let files = [("enrollment_2022-10-01.csv", table(790)), ("enrollment_2023-10-01.csv", table(800))];
    let made = Proposed::with_files(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let found = [2023, 2024].map(|year| made.enrollment("1", year));
    assert_eq!(found, [Some(790.0), Some(800.0)], "{}{}", made.said(), made.project());
    assert!(!made.said().contains("newest edition"), "{}", made.said());
}

/// A table of the only district, which `--district` names.
fn of_one_district(file: &str, table: &str) -> Proposed {
    Proposed::with_contents(&[(file, table.as_bytes())], &["--district", "7"])
}

#[test]
fn columns_named_after_schools_are_not_the_districts() {
    let table = "Year,Maple Elementary,Maple Middle,Maple High,Total\n\
                 2021-22,300,200,400,900\n2022-23,301,201,401,903\n2023-24,302,202,402,906\n";
    let made = of_one_district("Enrollment.csv", table);
    assert_eq!(made.enrollment("7", 2024), Some(906.0), "{}{}", made.said(), made.layout());
    assert!(
        made.said().contains("\"Maple Elementary\", \"Maple Middle\", and \"Maple High\" look like schools"),
        "{}",
        made.said()
    );
    assert!(!made.layout().contains("our-maple-high"), "{}", made.layout());
    // Teachers of schools of one kind are no school.
    let table = "Year,Elementary Teachers,High School Teachers,Total Teachers\n\
                 2021-22,30,40,70\n2022-23,31,41,72\n2023-24,32,42,74\n";
    let made = of_one_district("Staff.csv", table);
    assert_eq!(made.value("7", 2024, "teachers"), Some(74.0), "{}{}", made.said(), made.layout());
    assert!(!made.said().contains("look like schools"), "{}", made.said());
}

#[test]
fn the_district_is_one_of_the_places_across() {
    let rows = "Enrollment,310,280,420,1010,1900000\n% Low Income,46.1,45.2,40.2,44.1,48.2\n\
                Attendance Rate,94.1,93.1,92.8,93.3,91.0\n";
    for places in [
        "Maple Elem,Maple Middle,Maple High,District,State",
        "Maple Elem,Maple Middle,Maple High,Total,Statewide",
        "Lincoln ES,Lincoln MS,Oak High School,Districtwide,State Average",
    ] {
        let made = of_one_district("Report card 2023-24.csv", &format!("Indicator,{places}\n{rows}"));
        let found = ["enrollment", "attendance-rate"].map(|measure| made.value("7", 2024, measure));
        assert_eq!(found, [Some(1010.0), Some(93.3)], "{places}: {}{}", made.said(), made.layout());
    }
    // Without the district's own column, none of its schools is taken for it.
    let made = of_one_district(
        "Report card 2023-24.csv",
        &format!("Indicator,Maple Elem,Maple Middle,Maple High,Oak,State\n{rows}"),
    );
    assert_eq!(made.enrollment("7", 2024), None, "{}", made.layout());
}

#[test]
fn a_first_column_of_years_needs_no_name() {
    for years in [["2022", "2023", "2024"], ["2021-22", "2022-23", "2023-24"], ["FY22", "FY23", "FY24"]] {
        let mut table =
            "OPERATING STATISTICS\nLAST TEN FISCAL YEARS\n\n,Enrollment,Pupil-Teacher Ratio\n".to_owned();
        for (year, students) in years.into_iter().zip([1200, 1193, 1186]) {
            let _ = writeln!(table, "{year},{students},13.6");
        }
        let made = of_one_district("ACFR Table 14.csv", &table);
        let found = [2022, 2024].map(|year| made.enrollment("7", year));
        assert_eq!(found, [Some(1200.0), Some(1186.0)], "{years:?}: {}{}", made.said(), made.layout());
    }
    let districts = ",Enrollment 2023,Enrollment 2024\nAlder School District,1200,1210\nBirch School District,1193,1200\n\
                     Cedar School District,1186,1190\n";
    let made = Proposed::new(districts);
    assert_eq!(
        made.enrollment("BIRCHSCHOOLDISTRICT", 2024),
        Some(1200.0),
        "{}{}",
        made.said(),
        made.layout()
    );
    // Row numbers, and numbers of rooms, are no years.
    for first in [1, 2001] {
        let mut table = ",School,Enrollment\n".to_owned();
        for (row, school) in ["North", "South", "East", "West"].into_iter().enumerate() {
            let _ = writeln!(table, "{},{school},{}", first + row * row, 100 + row);
        }
        let made = of_one_district("Enrollment 2023-24.csv", &table);
        assert_eq!(made.enrollment("7", 2024), Some(406.0), "{first}: {}{}", made.said(), made.layout());
    }
}

#[test]
fn cells_of_lines_may_hold_a_percent_and_the_number_of_people() {
    let table = "Indicator,2021-22,2022-23,2023-24\nGraduation Rate,85.0% (n=123),86.1% (n=98),91.2% (n=240)\n\
                 Attendance Rate,93.1% (n=1200),92.8% (n=1190),93.4% (n=1185)\n\
                 Parent Satisfaction,80.5% (n=55),* (n=8),82.0% (n=61)\n";
    let made = of_one_district("Indicators.csv", table);
    let found = ["graduation-rate", "attendance-rate", "our-parent-satisfaction"]
        .map(|measure| made.value("7", 2024, measure));
    assert_eq!(found, [Some(91.2), Some(93.4), Some(82.0)], "{}{}", made.said(), made.layout());
    assert!(made.layout().contains("split = [\"value\", \"denominator\"]"), "{}", made.layout());
    assert_eq!(made.value("7", 2023, "our-parent-satisfaction"), None, "{}", made.layout());
    let counted = "Indicator,2022-23,2023-24\nGraduation Rate,106 (86.1%),219 (91.2%)\nDropout Rate,4 (3.3%),7 (2.9%)\n";
    let made = of_one_district("Indicators.csv", counted);
    assert_eq!(made.value("7", 2024, "graduation-rate"), Some(91.2), "{}{}", made.said(), made.layout());
    // If some lines are numbers and others are such cells, the latter are named.
    let made = of_one_district(
        "Indicators.csv",
        &format!("{table}Enrollment,1204,1190,1185\nStaff Absences,31,40,38\n"),
    );
    assert_eq!(made.enrollment("7", 2024), Some(1185.0), "{}{}", made.said(), made.layout());
    assert!(made.said().contains("Graduation Rate"), "{}{}", made.said(), made.layout());
}

#[test]
fn a_pack_taken_out_of_its_folder_is_no_source() {
    let mut workbook = Workbook::new();
    for name in ["Start", "At a glance", "Enrollment", "All values", "Sources and problems"] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (column, text) in (0..).zip(["District", "Year", "Measure", "Group", "Value"]) {
            sheet.write_string(0, column, text).unwrap();
        }
        for (column, text) in (0..).zip(["Ash", "2023-24", "Enrollment", "all"]) {
            sheet.write_string(1, column, text).unwrap();
        }
        sheet.write_number(1, 4, 999.0).unwrap();
    }
    let book = workbook.save_to_buffer().unwrap();
    let table = "district_id,district_name,level,school_year,measure,group,grade,subject,value,unit,n,value_low,value_high,\
                 status,derived,method\n1,Ash,district,2024,enrollment,all,all,all,999,number,,,,reported,no,as published\n";
    let own = "District Code,District Name,School Year,Measure,Group,Value,Method\n1,Ash,2023-24,Enrollment,All Students,812,count\n";
    let made = Proposed::with_contents(
        &[
            ("copied.xlsx", &book),
            ("old pack/measures copy.csv", table.as_bytes()),
            ("ours.csv", own.as_bytes()),
        ],
        &[],
    );
    assert_eq!(made.enrollment("1", 2024), Some(812.0), "{}{}", made.said(), made.project());
    assert_eq!(made.said().matches("is part of a pack that this program made").count(), 2, "{}", made.said());
    assert_eq!(made.project().matches("[[source]]").count(), 1, "{}", made.project());
}

/// A pivot table of districts with two rows below each; the first of these is this many students too large.
fn pivot(label: &str, districts: [&str; 4], too_large: u32) -> Proposed {
    let mut table = format!("Sum of Enrollment,Column Labels,,\n{label},2021-22,2022-23,2023-24\n");
    for (district, half) in districts.into_iter().zip([406, 770, 1130, 320]) {
        let _ = writeln!(table, "{district},{},{},{}", 2 * half, 2 * half + 2, 2 * half + 4);
        let first = half + too_large;
        let _ = writeln!(table, "   Elementary,{first},{},{}", first + 1, first + 2);
        let _ = writeln!(table, "   Secondary,{half},{},{}", half + 1, half + 2);
    }
    table += "Grand Total,5252,5260,5268\n";
    Proposed::new(&table)
}

#[test]
fn rows_below_each_district_of_a_pivot_table_are_its_parts() {
    let plain = ["Ashland", "Barton", "Clay", "Dover"];
    let full = ["Ashland SD", "Barton SD", "Clay SD", "Dover SD"];
    for (label, districts, id) in [("District", plain, "BARTON"), ("Row Labels", full, "BARTONSD")] {
        let made = pivot(label, districts, 0);
        assert_eq!(made.enrollment(id, 2024), Some(1544.0), "{label}: {}{}", made.said(), made.layout());
        assert!(made.said().contains("\"Elementary\", \"Secondary\") add up to it"), "{}", made.said());
        assert_eq!(made.enrollment("ELEMENTARY", 2024), None, "{}", made.layout());
    }
    // Rows that do not add up may be about anything.
    let made = pivot("District", plain, 150);
    assert!(!made.said().contains("add up to it"), "{}", made.said());
    assert_eq!(made.enrollment("BARTON", 2024), None, "{}", made.layout());
}

#[test]
fn a_year_in_one_cell_with_something_else_is_named() {
    let table = "Calendar,Grade,Enrollment\n22-23 Maple Elementary,01,100\n22-23 Maple Elementary,02,101\n\
                 22-23 Maple Middle,06,76\n22-23 Maple Middle,07,77\n";
    let made = of_one_district("enrollment.csv", table);
    let cause = "the column \"Calendar\" has a school year together with something else in one cell";
    assert!(made.said().contains(cause), "{}", made.said());
    assert_eq!(made.enrollment("7", 2023), None, "{}", made.layout());
    // With the year somewhere else, the calendar is only a label.
    let made = of_one_district("enrollment 2022-23.csv", table);
    assert!(!made.said().contains(cause), "{}", made.said());
}
