//! What `retreat init` makes of tables about a part of a district, or about more than one: of a fund, a cohort, a season, the
//! state, or several districts together. Each judgment has a table that looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// A table of one district, which `--district` names.
fn of_one_district(table: &str) -> Proposed {
    Proposed::with_contents(&[("data.csv", table.as_bytes())], &["--district", "7"])
}

/// Rates of six districts in two years, from `first` on, with more columns before the rate.
fn rates(columns: &str, texts: &str, name: &str, first: f64) -> String {
    let mut table = format!("School Year,District Code,District,{columns}{name}\n");
    for year in ["2022-23", "2023-24"] {
        for (number, district) in (1..).zip(["Alder", "Birch", "Cedar", "Dogwood", "Elm Grove", "Fir Park"]) {
            let rate = first + 1.3 * f64::from(number) + if year == "2023-24" { 0.4 } else { 0.0 };
            let _ = writeln!(table, "{year},000{number},{district},{texts}{rate:.1}");
        }
    }
    table
}

#[test]
fn a_row_about_the_state_among_schools_is_not_the_districts() {
    for (district, state) in [
        ("District", "State"),
        ("Riverbend SD", "State Average"),
        ("Riverbend School District", "State of Ohio"),
        ("District Total", "[Statewide]"),
        ("Districtwide", "ESD 112"),
        ("Riverbend Public Schools", "National Average"),
    ] {
        let mut table = "School Year,School,Graduation Rate\n".to_owned();
        for year in ["2022-23", "2023-24"] {
            for (school, rate) in
                [("Riverbend High", 88.0), ("Riverbend Alternative", 61.0), (district, 84.2), (state, 87.0)]
            {
                let _ = writeln!(table, "{year},{school},{rate}");
            }
        }
        let made = of_one_district(&table);
        assert_eq!(made.value("7", 2024, "graduation-rate"), Some(84.2), "{state}: {}", made.layout());
        assert!(!made.said().contains("is 87 here"), "{state}: {}", made.said());
    }
}

#[test]
fn only_a_row_about_the_state_is_left_out_and_no_school_with_such_a_name() {
    let rows = "2023-24,North,100\n2023-24,Statewide Virtual Academy,50\n2023-24,State Road Elementary,30\n";
    let head = "School Year,School,Enrollment\n";
    let made = of_one_district(&format!("{head}{rows}"));
    assert_eq!(made.enrollment("7", 2024), Some(180.0), "{}", made.layout());
    let made = of_one_district(&format!("{head}{rows}2023-24,Statewide,99000\n"));
    assert_eq!(made.enrollment("7", 2024), Some(180.0), "{}", made.layout());
    let made = of_one_district(&format!("{head}2022-23,State,98000\n2023-24,State,99000\n"));
    assert!(made.said().contains("about the state, the nation, a region"), "{}", made.said());
    assert_eq!(made.enrollment("7", 2024), None, "{}", made.layout());
}

#[test]
fn rows_of_a_whole_district_that_an_unknown_column_tells_apart_are_a_question() {
    let mut table =
        "Year,District Code,District Name,INSTN_NAME,LABEL_LVL_1_DESC,Graduation Rate\n".to_owned();
    let mut schools = "Year,District Code,District Name,School,Pathway Text,Graduation Rate\n".to_owned();
    for (number, district) in (600..).zip(["A County", "B County", "C County", "D County"]) {
        for (label, rate) in [("Rate -Black", 75), ("Rate -White", 90), ("Rate -ALL Students", 85)] {
            let _ = writeln!(table, "2023-24,{number},{district},District,{label},{rate}");
            let _ = writeln!(schools, "2023-24,{number},{district},{district} High,{label},{}", rate + 2);
            let _ = writeln!(schools, "2023-24,{number},{district},District Total,{label},{rate}");
        }
    }
    table.push_str("2023-24,ALL,All Districts,State of Georgia,Rate -ALL Students,84\n");
    for (table, column) in [(table, "LABEL_LVL_1_DESC"), (schools, "Pathway Text")] {
        let made = Proposed::new(&table);
        assert_eq!(made.value("600", 2024, "graduation-rate"), None, "{}", made.layout());
        let is_named = made.said().contains("repeat the district") && made.said().contains(column);
        assert!(is_named, "{}", made.said());
    }
}

#[test]
fn a_column_that_narrows_all_rows_is_a_question_that_names_its_text() {
    for (column, text, measure, key) in [
        ("Cohort", "5 Year", "Graduation Rate", "graduation-rate"),
        ("Fund", "Food Service", "Total Expenditures", "total-expenditure"),
        ("Assessment", "Alternate Assessment", "Percent Proficient", "proficiency-rate"),
        ("Measure", "Target", "Graduation Rate", "graduation-rate"),
        ("Sector", "Charter", "Enrollment", "enrollment"),
        ("Location", "State", "Graduation Rate", "graduation-rate"),
        ("Staff Type", "Substitutes", "Teachers", "teachers"),
        ("Data Type", "Projected", "Enrollment", "enrollment"),
        ("Term", "Spring", "Attendance Rate", "attendance-rate"),
        ("Student Type", "Homeschool", "Enrollment", "enrollment"),
        ("School Type", "High School", "Enrollment", "enrollment"),
    ] {
        let table = rates(&format!("{column},"), &format!("{text},"), measure, 60.0);
        let made = Proposed::new(&match measure {
            "Enrollment" | "Teachers" => table.replace('.', ""),
            "Total Expenditures" => table.replace('.', "0000"),
            _ => table,
        });
        let said = made.said();
        assert!(said.contains(&format!("{text:?}")) && said.contains("only part"), "{column}: {said}");
        assert_eq!(made.value("1", 2024, key), None, "{column}: {}", made.layout());
    }
}

#[test]
fn a_column_that_has_one_text_and_narrows_nothing_is_no_question() {
    for (column, text, measure, key) in [
        ("Cohort", "4-Year", "Graduation Rate", "graduation-rate"),
        ("Cohort", "Class of 2024", "Graduation Rate", "graduation-rate"),
        ("Rate Type", "4 yr rate", "Graduation Rate", "graduation-rate"),
        ("School Type", "High School", "Graduation Rate", "graduation-rate"),
        ("Assessment", "Ohio State Tests", "Percent Proficient", "proficiency-rate"),
        ("Program", "All Programs", "Graduation Rate", "graduation-rate"),
        ("Period", "Full Year", "Attendance Rate", "attendance-rate"),
        ("Data Type", "Percent", "Attendance Rate", "attendance-rate"),
        ("Data Status", "Final", "Attendance Rate", "attendance-rate"),
        ("State", "Ohio", "Attendance Rate", "attendance-rate"),
        ("District Type", "Regular local school district", "Attendance Rate", "attendance-rate"),
        ("Fund", "All Governmental Funds", "Attendance Rate", "attendance-rate"),
        ("Fund", "General Fund", "Attendance Rate", "attendance-rate"),
    ] {
        let made = Proposed::new(&rates(&format!("{column},"), &format!("{text},"), measure, 60.0));
        let found = made.value("1", 2024, key);
        assert_eq!(found, Some(61.7), "{column} {text}: {}{}", made.said(), made.layout());
    }
}

#[test]
fn files_of_parts_do_not_replace_one_another() {
    // The name says which grade, or which group.
    let [low, high] = [40.0, 50.0].map(|first| rates("", "", "Percent Proficient", first));
    let made = Proposed::with_files(&[("grade_3_ela.csv", &low), ("grade_4_ela.csv", &high)]);
    for (grade, value) in [("03", 41.7), ("04", 51.7)] {
        let key = format!("proficiency-rate/all/{grade}/english-language-arts");
        assert_eq!(made.value("1", 2024, &key), Some(value), "{}", made.said());
    }
    let made = Proposed::with_files(&[("mcas_math_all.csv", &low), ("mcas_math_el.csv", &high)]);
    for (group, value) in [("all", 41.7), ("english-learners", 51.7)] {
        let key = format!("proficiency-rate/{group}/all/mathematics");
        assert_eq!(made.value("1", 2024, &key), Some(value), "{}", made.said());
    }
    // Nothing is known of these parts, and one of the files may be the whole.
    for (names, whole, measure, key) in [
        (["ELA3.csv", "ELA4.csv"], None, "Percent Proficient", "proficiency-rate"),
        (["g03-math.csv", "g04-math.csv"], None, "Percent Proficient", "proficiency-rate"),
        (["fall.csv", "spring.csv"], None, "Percent Proficient", "proficiency-rate"),
        (["attendance_oct.csv", "attendance_may.csv"], None, "Attendance Rate", "attendance-rate"),
        (["quarter1.csv", "quarter2.csv"], None, "Attendance Rate", "attendance-rate"),
        (["grad_4yr.csv", "grad_5yr.csv"], Some(61.7), "Graduation Rate", "graduation-rate"),
        (["grad.csv", "grad extended.csv"], Some(61.7), "Graduation Rate", "graduation-rate"),
        (["data_m.csv", "data_f.csv"], None, "Graduation Rate", "graduation-rate"),
    ] {
        let [one, other] = [60.0, 70.0].map(|first| rates("", "", measure, first));
        let made = Proposed::with_files(&[(names[0], &one), (names[1], &other)]);
        assert_eq!(made.value("1", 2024, key), whole, "{names:?}: {}", made.said());
        assert!(made.said().contains("is about something other than"), "{names:?}: {}", made.said());
    }
}

#[test]
fn files_of_years_editions_and_other_districts_are_read_together() {
    let old = rates("", "", "Graduation Rate", 60.0);
    let revised = old.replace("61.7", "62.9");
    let others = rates("", "", "Graduation Rate", 70.0).replace(",000", ",100");
    let earlier =
        rates("", "", "Graduation Rate", 50.0).replace("2022-23", "2020-21").replace("2023-24", "2021-22");
    for (name, text, value) in [
        ("fall revised.csv", &revised, 62.9),
        ("region 2.csv", &others, 61.7),
        ("quarter 2.csv", &earlier, 61.7),
    ] {
        let made = Proposed::with_files(&[("fall.csv", &old), (name, text)]);
        assert_eq!(made.value("1", 2024, "graduation-rate"), Some(value), "{name}: {}", made.said());
    }
}

/// A summary of a fund with these revenues, in dollars.
fn fund(revenues: [u32; 3]) -> String {
    let mut table = "Line Item,2021-22,2022-23,2023-24\n".to_owned();
    for (line, less) in [("Total Revenues", 0), ("Total Expenditures", 1999)] {
        let [first, second, third] = revenues.map(|amount| amount - less);
        let _ = writeln!(table, "{line},{first},{second},{third}");
    }
    table
}

#[test]
fn files_of_funds_are_a_question() {
    let (general, food) =
        (fund([30_000_000, 30_600_000, 31_200_000]), fund([1_000_000, 1_020_000, 1_040_000]));
    let files = [("General Fund.csv", general.as_bytes()), ("Food Service Fund.csv", food.as_bytes())];
    let made = Proposed::with_contents(&files, &["--district", "7"]);
    assert!(made.said().contains("same columns for the same years"), "{}", made.said());
    assert_eq!(made.value("7", 2024, "total-revenue"), None, "{}", made.said());
}

#[test]
fn a_file_named_after_one_fund_has_no_totals_of_the_district() {
    let lines = fund([1_000_000, 1_020_000, 1_040_000]);
    let columns = "Year,Total Revenues,Total Expenditures\n2021-22,1000000,990000\n2022-23,1100000,995000\n";
    for name in ["Food Service Fund.csv", "F50_food_service.csv", "debt_service.csv", "Fund 20 Cafeteria.csv"]
    {
        for table in [lines.as_str(), columns] {
            let made = Proposed::with_contents(&[(name, table.as_bytes())], &["--district", "7"]);
            assert_eq!(
                made.value("7", 2023, "total-revenue"),
                None,
                "{name}: {}{}",
                made.said(),
                made.layout()
            );
            assert!(made.said().contains("names one fund"), "{name}: {}", made.said());
        }
    }
    // Beside a file whose columns are not the same.
    let both = [("finances.csv", columns.as_bytes()), ("Food Service Fund.csv", lines.as_bytes())];
    let made = Proposed::with_contents(&both, &["--district", "7"]);
    assert_eq!(made.value("7", 2023, "total-revenue"), Some(1_100_000.0), "{}", made.said());
    // Names of no single fund.
    for name in
        ["general fund.csv", "district finances.csv", "All Funds.csv", "annual budget report 2023.csv"]
    {
        let made = Proposed::with_contents(&[(name, lines.as_bytes())], &["--district", "7"]);
        assert_eq!(made.value("7", 2023, "total-revenue"), Some(1_020_000.0), "{name}: {}", made.said());
    }
}

#[test]
fn rows_about_several_districts_together_are_left_out_and_named() {
    let mut table = "School Year,District,Graduation Rate,Enrollment\n".to_owned();
    let others =
        ["Comparison Group Average", "Region Median", "State of Ohio", "Similar Size Districts", "Top 10%"];
    for year in ["2022-23", "2023-24"] {
        for (district, rate) in [("Riverbend", 90.0), ("Upper Adams", 87.0), ("Benchmark Hills", 92.0)] {
            let _ = writeln!(table, "{year},{district},{rate},{}", 10.0 * rate);
        }
        for (number, name) in (0..).zip(others) {
            let _ = writeln!(table, "{year},{name},{},{}", 86 + number, 600 + number);
        }
    }
    let made = Proposed::new(&table);
    assert!(made.said().contains("3 districts"), "{}", made.said());
    for name in others {
        assert!(made.said().contains(&format!("{name:?}")), "{name}: {}", made.said());
    }
    assert_eq!(made.enrollment("UPPERADAMS", 2024), Some(870.0), "{}", made.layout());
}

#[test]
fn a_column_called_district_with_the_districts_numbers_holds_no_ids() {
    let card = "Graduation Rate,,,\nSchool Year,District,State,Nation\n2020-21,90,86.1,87\n2021-22,88,86.1,87\n\
                2022-23,89,86.1,87\n2023-24,90,86.1,87\n";
    let made = of_one_district(card);
    assert_eq!(made.value("7", 2023, "graduation-rate"), Some(89.0), "{}{}", made.said(), made.layout());
    let schools = "Enrollment by school,,,\nSchool Year,Lincoln,Washington,District\n2022-23,400,310,710\n2023-24,400,310,710\n";
    let made = of_one_district(schools);
    assert_eq!(made.enrollment("7", 2024), Some(710.0), "{}{}", made.said(), made.layout());
    // Numbers that are ids: of several districts, or of one that its table repeats.
    let ids =
        "School Year,District,State,Enrollment\n2023-24,12,17,500\n2023-24,15,17,600\n2023-24,16,17,650\n";
    assert_eq!(Proposed::new(ids).enrollment("15", 2024), Some(600.0));
    let one = "School Year,District,Grade K,Grade 1,Enrollment\n2022-23,52,40,60,100\n2023-24,52,41,61,102\n";
    assert_eq!(Proposed::new(one).enrollment("52", 2024), Some(102.0));
}

#[test]
fn projections_that_nothing_marks_are_a_question() {
    let rows = "School Year,Teachers,Enrollment\n2022-23,40,905\n2023-24,40,906\n2026-27,41,930\n";
    let made = of_one_district(&format!("Report and Projections,,\n{rows}"));
    assert!(made.said().contains("some of its years are projections"), "{}", made.said());
    assert_eq!(made.enrollment("7", 2024), None, "{}", made.layout());
    // They are marked, or the title mentions none.
    let marked = "Report and Projections,,\nSchool Year,Enrollment,Projected Enrollment\n2022-23,905,907\n2023-24,906,911\n";
    assert_eq!(of_one_district(marked).enrollment("7", 2024), Some(906.0));
    assert_eq!(of_one_district(&format!("Report,,\n{rows}")).enrollment("7", 2024), Some(906.0));
}

#[test]
fn lines_that_are_left_out_do_not_make_rows_repeat() {
    let mut table = "School Year,District Code,District,Measure,Value\n".to_owned();
    for year in ["2021-22", "2022-23"] {
        for (code, rate) in [("0001", 88.1), ("0002", 90.4)] {
            let _ = writeln!(table, "{year},{code},District {code},Graduation Rate,{rate}");
            for rank in [3, 5, 9] {
                let _ = writeln!(table, "{year},{code},District {code},State Rank,{rank}");
            }
        }
    }
    let made = Proposed::new(&table);
    assert_eq!(made.value("1", 2022, "graduation-rate"), Some(88.1), "{}{}", made.said(), made.layout());
    assert!(!made.said().contains("repeat the district"), "{}", made.said());
}
