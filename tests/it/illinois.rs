//! Illinois' own files, cut to a few districts: each quirk of `tests/corpus/illinois/README.md`.

use retreat::catalog::Catalog;
use retreat::domain::{District, Status};

use crate::project::{Made, Read, catalog};

fn read() -> Read {
    Made::new()
        .copy("tests/corpus/illinois/history.xlsx", "il-report-card-history")
        .copy("tests/corpus/illinois/finance.xlsx", "il-finance")
        .copy("tests/corpus/illinois/discipline.xlsx", "il-discipline")
        .read()
}

#[test]
fn an_id_that_changes_its_first_and_last_digits_is_one_district() {
    let read = read();
    // Palatine: 140160150000000 until 2010, 050160150… later, 050160150040000 since 2018.
    assert_eq!(read.value("0160150", 2008, "enrollment"), 12_241.0);
    assert_eq!(read.value("0160150", 2023, "enrollment"), 11_037.0);
    assert_eq!(read.value("0160150", 2008, "enrollment-share/hispanic"), 25.7);
    assert_eq!(read.cells("0160150", 2008, "enrollment"), ["history.xlsx › Sheet1 › J3"]);
    // An id with a letter, and two schools that share seven digits.
    assert_eq!(read.value("099201U", 2023, "chronic-absenteeism-rate"), 35.2);
    assert_eq!(read.value("070169010", 2023, "enrollment"), 571.0);
    assert_eq!(read.value("150169010", 2023, "enrollment"), 554.0);
}

#[test]
fn groups_that_come_and_go_are_missing_not_zero() {
    let read = read();
    assert_eq!(read.at("0160150", 2008, "enrollment-share/pacific-islander"), Some((None, Status::Missing)));
    assert_eq!(read.value("0160150", 2023, "enrollment-share/pacific-islander"), 0.1);
    assert_eq!(read.at("0160150", 2008, "chronic-absenteeism-rate"), Some((None, Status::Missing)));
}

#[test]
fn figures_of_the_year_before_are_of_that_year() {
    let read = read();
    // "Local Property Taxes 2016-17 - Dollars" on the sheet of 2017-18; "$ Local Property Taxes" on the one
    // of 2019-20.
    assert_eq!(read.value("0160150", 2017, "local-revenue"), 123_694_697.0);
    assert_eq!(read.value("0160150", 2019, "local-revenue"), 128_914_126.0);
    assert_eq!(read.value("0160150", 2017, "operating-expenditure-per-student"), 12_892.31);
    assert_eq!(read.value("0160150", 2018, "percent-of-adequacy"), 80.0);
}

#[test]
fn one_header_twice_is_dollars_then_percent() {
    let read = read();
    assert_eq!(read.value("0160150", 2017, "administration-expenditure"), 3_778_431.0);
    assert!(!read.ids().contains(&"two-values"), "{:?}", read.ids());
}

#[test]
fn the_total_is_that_of_the_funds_and_school_and_state_rows_are_left_out() {
    let read = read();
    assert_eq!(read.value("0160150", 2020, "total-expenditure"), 170_156_283.0);
    let finance = read.data.sources.iter().find(|s| s.path == "finance.xlsx").unwrap();
    let last = finance.sheets.last().unwrap();
    let left_out: u64 = last.rows_left_out.iter().map(|r| r.rows).sum();
    assert!(left_out > 0 && last.rows > left_out, "{left_out} of {}", last.rows);
    assert_eq!(read.data.released.terms().districts.len(), 6);
}

#[test]
fn schools_are_added_up_and_a_mask_hides_the_sum() {
    let read = read();
    // 460 + 478 + 31 + 40 + 35 + 51 + 59 in-school suspensions in the seven schools that have a row.
    assert_eq!(read.value("099201U", 2018, "in-school-suspensions"), 1154.0);
    assert_eq!(read.cells("099201U", 2018, "in-school-suspensions").len(), 7);
    let female = f64::from(194 + 117 + 1 + 3 + 4 + 14 + 9);
    assert_eq!(read.value("099201U", 2018, "in-school-suspensions/female"), female);
    let masked = Some((None, Status::Masked));
    assert_eq!(read.at("099201U", 2018, "in-school-suspensions/american-indian"), masked);
    let enrolled = read.value("099201U", 2018, "enrollment");
    let rate = read.value("099201U", 2018, "in-school-suspensions-per-100");
    assert!((rate - 100.0 * 1154.0 / enrolled).abs() < 1e-9, "{rate}");
}

#[test]
fn a_name_that_no_other_file_knows_is_reported_and_left_out() {
    let read = read();
    let unknown = read.problem("district-unknown");
    assert!(unknown.found.contains("A E R O"), "{}", unknown.found);
    // The state's total at the bottom (288,047 in-school suspensions, and others) belongs to no district.
    let sheet = &read.data.sources.iter().find(|s| s.path == "discipline.xlsx").unwrap().sheets[0];
    assert!(sheet.rows_left_out.iter().any(|r| r.rows == 1), "{:?}", sheet.rows_left_out);
    // Northfield Twp HSD 225 is now Glenbrook HSD 225; the discipline file has the old name.
    assert!(read.value("0162250", 2018, "out-of-school-suspensions") > 0.0);
}

fn report_cards() -> Read {
    let file = |name: &str| format!("tests/corpus/illinois/{name}");
    Made::new()
        .copy(&file("Report-Card-Public-Data-Set.xlsx"), "il-report-card")
        .year(2018)
        .copy(&file("2019-Report-Card-Public-Data-Set.xlsx"), "il-report-card")
        .copy(&file("23-RC-Pub-Data-Set.xlsx"), "il-report-card")
        .copy(&file("24-RC-Pub-Data-Set.xlsx"), "il-report-card")
        .copy(&file("2025-Report-Card-Public-Data-Set.xlsx"), "il-report-card")
        .read()
}

#[test]
fn a_report_card_file_is_read_whatever_its_year_calls_its_sheets_and_columns() {
    let read = report_cards();
    for (year, key, value) in [
        // 2018: groups before or after, a percent sign at the end, "Number White of Students".
        (2018, "enrollment-share/white", 34.5),
        (2018, "ap-course-students/white/09", 111.0),
        (2018, "postsecondary-enrollment-rate", 74.5),
        (2018, "iar-level-4-share/all/03/english-language-arts", 47.5),
        (2018, "sat-level-3-share/white/11/mathematics", 21.5),
        (2019, "sat-mean/all/11/mathematics", 480.5),
        // "Teacher Attendace Rate".
        (2023, "teacher-attendance-rate", 74.5),
        (2023, "enrollment", 103.0),
        (2023, "enrollment-share/english-learners", 69.5),
        (2023, "iar-level-4-share/white/05/mathematics", 79.5),
        (2024, "enrollment/all/KG", 111.0),
        (2024, "enrollment/all/12", 123.0),
        (2024, "students-per-nurse", 17.3),
        (2024, "graduation-rate/low-income", 59.5),
        (2024, "proficiency-rate/all/03-08/english-language-arts", 70.5),
        // 2025: Level instead of Type, ACT instead of SAT.
        (2025, "proficiency-rate/english-learners/11/mathematics", 74.5),
        (2025, "growth-percentile/all/09/english-language-arts", 73.5),
        (2025, "act-mean/all/11/science", 18.2),
        (2025, "kindergarten-readiness-rate/iep", 23.5),
    ] {
        assert_eq!(read.value("0160150", year, key), value, "{year} {key}");
    }
    assert_eq!(read.value("0160150", 2018, "science-test-proficiency-rate"), 69.5);
    // 47.5% met and 36.5% exceeded expectations, on one sheet and, for grade 8 in 2024, on another.
    assert_eq!(read.value("0160150", 2018, "proficiency-rate/all/03/english-language-arts"), 84.0);
    assert_eq!(read.value("0160150", 2024, "proficiency-rate/all/08/english-language-arts"), 84.0);
}

#[test]
fn no_column_that_the_states_crosswalk_names_is_unread() {
    let read = report_cards();
    for id in ["columns-unread", "column-missing", "part-unknown", "two-values", "columns-alike"] {
        assert!(!read.ids().contains(&id), "{id}: {}", read.problem(id).found);
    }
    // Schools and the state are left out.
    assert_eq!(read.data.released.terms().districts.len(), 2);
}

#[test]
fn a_new_test_of_one_state_is_a_break_in_its_projects_only() {
    let read = report_cards();
    let catalog = catalog();
    let breaks = |catalog: &Catalog, district: &District, subject: &str| {
        let found = catalog.breaks(&catalog.measures["proficiency-rate"], subject, district);
        found.iter().map(|b| b.year).collect::<Vec<_>>()
    };
    let district = &read.data.released.terms().districts[0];
    assert_eq!(district.state.as_deref(), Some("IL"));
    assert_eq!(breaks(&catalog, district, "mathematics"), [2013, 2015, 2019, 2021, 2025]);
    assert_eq!(breaks(&catalog, district, "science"), [2016, 2021, 2025]);
    let elsewhere = District { state: None, ..district.clone() };
    assert_eq!(breaks(&catalog, &elsewhere, "mathematics"), [2021]);
}

#[test]
fn the_financial_profile_is_scored_from_its_indicators_unless_it_is_published() {
    let oracle: serde_json::Value =
        serde_json::from_str(include_str!("../cases/oracle/oracle.json")).unwrap();
    let cases = oracle["il_financial_profile"].as_array().unwrap();
    let number = |case: &serde_json::Value, name: &str| case[name].as_f64().unwrap();
    let mut table = "ID,Year,FBRR,EXRV,DCOH,STB,LTD,Score\n".to_owned();
    for (i, case) in cases.iter().enumerate() {
        let percent = |name| format!("{:.1}", 100.0 * number(case, name));
        let [fund, spent] = ["fund_balance_to_revenue", "expenditure_to_revenue"].map(percent);
        let [short, long] = ["short_term_left", "long_term_left"].map(percent);
        let cash = number(case, "days_cash");
        // The same values a year later with a published score; then without one of the indicators.
        for (year, long, score) in [(2022, long.as_str(), ""), (2023, &long, "2.5"), (2024, "", "")] {
            table.push_str(&format!("{},{year},{fund},{spent},{cash},{short},{long},{score}\n", i + 1));
        }
    }
    let columns = [
        ("FBRR", "fund-balance-to-revenue"),
        ("EXRV", "expenditure-to-revenue"),
        ("DCOH", "days-cash-on-hand"),
        ("STB", "short-term-borrowing-left"),
        ("LTD", "long-term-debt-margin-left"),
        ("Score", "financial-profile-score"),
    ];
    let columns: String =
        columns.map(|(name, id)| format!("[[column]]\nname = [{name:?}]\nmeasure = {id:?}\n")).concat();
    let layout = format!(
        "id = \"profile\"\nlabel = \"Profile\"\nauthority = \"made up\"\npublic = true\npercent-scale = 100\n\
         [year]\nfrom = \"column\"\ncolumn = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\n{columns}"
    );
    let made = Made::new().layout("profile.toml", &layout);
    let read = made.write("profile.csv", table.as_bytes(), "profile.toml").read();
    for (i, case) in cases.iter().enumerate() {
        let at = |year| read.at(&(i + 1).to_string(), year, "financial-profile-score");
        assert_eq!(at(2022), Some((case["total"].as_f64(), Status::Reported)), "{case}");
        assert_eq!(at(2023), Some((Some(2.5), Status::Reported)));
        assert!(at(2024).is_none_or(|(value, status)| value.is_none() && status == Status::Missing));
    }
}
