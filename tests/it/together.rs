//! What the tables of a folder say of each other: the scale of percents, amounts per student, ids of schools; and names
//! that look like percents but are ranks. Each judgment has a table that looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

const IDS: [&str; 5] = ["104018", "104031", "057816", "101912", "130801"];

/// A table of five districts in a school year with one column of values.
fn table(year: &str, column: &str, values: [&str; 5]) -> String {
    let mut table = format!("District ID,District,School Year,{column}\n");
    for (id, value) in IDS.iter().zip(values) {
        let _ = writeln!(table, "{id},District {id},{year},{value}");
    }
    table
}

#[test]
fn small_numbers_are_percents_or_fractions_as_another_year_shows() {
    let earlier = table("2021-22", "Dropout Rate", ["0.3", "2.4", "1.1", "0.9", "1.6"]);
    let percents = table("2022-23", "Dropout Rate", ["0.4", "0.9", "0.8", "0.7", "1.0"]);
    let fractions = table("2022-23", "Dropout Rate", ["0.004", "0.021", "0.013", "0.008", "0.017"]);
    for (newer, value) in [(&percents, 0.4), (&fractions, 0.4)] {
        let proposed = Proposed::with_files(&[("report-a.csv", &earlier), ("other.csv", newer)]);
        let found = proposed.value("104018", 2023, "dropout-rate");
        assert_eq!(found.map(|found| (found * 10.0).round() / 10.0), Some(value), "{}", proposed.said());
    }
    // A rate that is large in another year.
    let earlier = table("2021-22", "Chronic Absenteeism Rate", ["21.3", "32.4", "25.1", "18.9", "31.6"]);
    let fractions = table("2022-23", "Chronic Absenteeism Rate", ["0.2", "0.3", "0.3", "0.2", "0.3"]);
    let proposed = Proposed::with_files(&[("report-a.csv", &earlier), ("other.csv", &fractions)]);
    let found = proposed.value("104018", 2023, "chronic-absenteeism-rate");
    assert_eq!(found, Some(20.0), "{}", proposed.said());
}

#[test]
fn groups_of_less_than_one_percent_are_read_beside_groups_of_more() {
    let rows = "District ID,School Year,White Student Percent,Asian Student Percent,Pacific Islander Student Percent\n\
                1,2023-24,54.2,0.3,0.1\n2,2023-24,61.0,0.5,0\n3,2023-24,48.8,0.2,0.2\n4,2023-24,70.1,4.2,0.1\n";
    let proposed = Proposed::new(rows);
    for (group, value) in [("white", 54.2), ("asian", 0.3), ("pacific-islander", 0.1)] {
        let found = proposed.value("1", 2024, &format!("enrollment-share/{group}"));
        assert_eq!(found, Some(value), "{group}: {}", proposed.layout());
    }
}

#[test]
fn money_per_student_is_told_from_totals_by_another_tables_enrollment() {
    let heads = table("2023-24", "Enrollment", ["120", "1500", "800", "9000", "400"]);
    let per_student =
        table("2023-24", "Operating Expenditures", ["13400", "11900", "12750", "12200", "14100"]);
    let proposed = Proposed::with_files(&[("enrollment.csv", &heads), ("spending.csv", &per_student)]);
    let value = |key: &str| proposed.value("104018", 2024, key);
    assert_eq!(value("operating-expenditure-per-student"), Some(13400.0), "{}", proposed.said());
    assert_eq!(value("operating-expenditure"), None);

    let totals = table(
        "2023-24",
        "Operating Expenditures",
        ["1608000", "17850000", "10200000", "109800000", "5640000"],
    );
    let proposed = Proposed::with_files(&[("enrollment.csv", &heads), ("spending.csv", &totals)]);
    assert_eq!(proposed.value("104018", 2024, "operating-expenditure"), Some(1_608_000.0));

    // In thousands: small for the students, but growing with them.
    let thousands = table("2023-24", "Operating Expenditures", ["1608", "17850", "10200", "109800", "5640"]);
    let proposed = Proposed::with_files(&[("enrollment.csv", &heads), ("spending.csv", &thousands)]);
    for key in ["operating-expenditure", "operating-expenditure-per-student"] {
        assert_eq!(proposed.value("104018", 2024, key), None, "{key}: {}", proposed.said());
    }
}

#[test]
fn ids_of_schools_begin_with_those_of_another_tables_districts() {
    let heads = table("2023-24", "Enrollment", ["120", "1500", "800", "9000", "400"]);
    let schools = |districts: [&str; 5]| {
        let mut table =
            "School Code,School Name,School Year,Chronic Absenteeism Rate,Students Tested\n".to_owned();
        for id in districts {
            for (number, rate, students) in [("0001", "10.0", 300), ("0041", "20.0", 100)] {
                let _ = writeln!(table, "{id}{number},School {number} of {id},2023-24,{rate},{students}");
            }
        }
        table
    };
    let files = [("districts.csv", heads.as_str()), ("schools.csv", &schools(IDS))];
    let proposed = Proposed::with_files(&files);
    let found = proposed.value("104018", 2024, "chronic-absenteeism-rate");
    assert_eq!(found, Some(12.5), "{}", proposed.said());
    // Codes that begin like no district's id.
    let others = schools(["204018", "304031", "457816", "501912", "630801"]);
    let proposed = Proposed::with_files(&[("districts.csv", &heads), ("schools.csv", &others)]);
    assert_eq!(proposed.value("104018", 2024, "chronic-absenteeism-rate"), None);
    assert!(proposed.said().contains("different districts or schools"), "{}", proposed.said());
}

#[test]
fn a_percentile_is_no_percent_and_stays_unread() {
    let values = ["62.5", "14.0", "88.1", "35.5", "51.2"];
    for name in [
        "Chronic Absenteeism Percentile",
        "Math Proficiency %ile",
        "Graduation Rate State Percentile Rank",
        "Percentile of % Proficient",
        "Attendance rate quartile",
    ] {
        let proposed = Proposed::new(&table("2023-24", name, values));
        assert!(proposed.layout().contains("rank or a percentile"), "{name}: {}", proposed.layout());
    }
    let titled = format!("State percentiles 2023-24\n{}", table("2023-24", "Chronic Absenteeism", values));
    let proposed = Proposed::new(&titled);
    assert_eq!(proposed.value("104018", 2024, "chronic-absenteeism-rate"), None, "{}", proposed.layout());
    let rates =
        format!("State percentiles 2023-24\n{}", table("2023-24", "Chronic Absenteeism Rate", values));
    let proposed = Proposed::new(&rates);
    assert_eq!(
        proposed.value("104018", 2024, "chronic-absenteeism-rate"),
        Some(62.5),
        "{}",
        proposed.layout()
    );
}

#[test]
fn a_surplus_that_is_none_is_a_question() {
    let finance = |surplus: [i64; 4]| {
        let mut table = "District ID,School Year,Total Revenue,Total Expenditures,Surplus\n".to_owned();
        for (id, surplus) in surplus.iter().enumerate() {
            let _ = writeln!(table, "{},2023-24,10000000,9600000,{surplus}", id + 1);
        }
        table
    };
    let right = Proposed::new(&finance([400_000, 380_000, 400_000, 410_000]));
    assert_eq!(right.value("1", 2024, "surplus"), Some(400_000.0), "{}", right.layout());
    let balance = Proposed::new(&finance([4_100_000, 2_900_000, 5_000_000, 3_300_000]));
    assert!(
        balance.layout().contains("do not match the result computed from columns"),
        "{}",
        balance.layout()
    );
}

#[test]
fn a_surplus_that_nothing_confirms_is_a_question() {
    let alone = "District ID,School Year,Total Revenue,Surplus\n1,2022-23,8015229,3413760\n1,2023-24,8080536,2495457\n";
    let beside = "District ID,School Year,Fund Balance,Surplus,Deficit\n1,2022-23,3413760,3413760,0\n\
                  2,2022-23,-294906,0,-294906\n3,2022-23,700100,700100,0\n";
    let lines = "Line Item,2021-22,2022-23,2023-24\nTotal Revenue,8000000,8100000,8200000\n\
                 Surplus,2413760,2495457,2600100\n";
    for (table, value) in [(alone, "3413760"), (beside, "3413760"), (lines, "2413760")] {
        let proposed = Proposed::new(table);
        let text = proposed.layout();
        assert!(text.contains("fund-balance-above-zero"), "{text}");
        assert!(text.replace(',', "").contains(value), "{text}");
        assert!(!text.contains("\nmeasure = \"surplus\"") && !text.contains("\n\"Surplus\" = "), "{text}");
    }
    // Lines that confirm it.
    let lines = "Line Item,2021-22,2022-23,2023-24\nTotal Revenue,8000000,8100000,8200000\n\
                 Total Expenditures,7900000,8200000,8000000\nSurplus,100000,-100000,200000\n";
    let proposed = Proposed::new(lines);
    assert!(proposed.layout().contains("\n\"Surplus\" = \"surplus\""), "{}", proposed.layout());
}

/// Two schools in each of three districts, with 400 students in all; the published number is 402, since a school closed.
fn schools_and_districts(year: &str) -> [String; 2] {
    let mut schools = "District Code,District Name,School Name,School Year,Enrollment\n".to_owned();
    let mut districts = "District Code,District Name,School Year,Enrollment\n".to_owned();
    for (number, name) in (1..).zip(["Ash", "Birch", "Cedar"]) {
        for school in ["Elementary", "High"] {
            let _ = writeln!(schools, "10{number},{name},{name} {school},{year},200");
        }
        let _ = writeln!(districts, "10{number},{name},{year},402");
    }
    [schools, districts]
}

#[test]
fn sums_of_schools_never_replace_what_a_table_with_a_like_name_publishes() {
    let [schools, districts] = schools_and_districts("2023-24");
    for [first, second] in [[&schools, &districts], [&districts, &schools]] {
        let made = Proposed::with_files(&[("enrollment1.csv", first), ("enrollment2.csv", second)]);
        assert_eq!(made.enrollment("101", 2024), Some(402.0), "{} {}", made.said(), made.project());
    }
    // A workbook whose sheets differ only in a digit.
    let [older, _] = schools_and_districts("2022-23");
    let mut book = rust_xlsxwriter::Workbook::new();
    for table in [&schools, &districts, &older] {
        let sheet = book.add_worksheet();
        for (row, line) in (0..).zip(table.lines()) {
            for (column, cell) in (0..).zip(line.split(',')) {
                match cell.parse::<f64>() {
                    Ok(number) if column > 2 => sheet.write(row, column, number).unwrap(),
                    _ => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
    }
    let made = Proposed::with_contents(&[("data.xlsx", &book.save_to_buffer().unwrap())], &[]);
    assert_eq!(made.enrollment("101", 2024), Some(402.0), "{} {}", made.said(), made.project());
    assert_eq!(made.enrollment("101", 2023), Some(400.0), "{}", made.said());
}

#[test]
fn files_of_schools_of_several_years_share_a_layout() {
    let [older, _] = schools_and_districts("2022-23");
    let [newer, _] = schools_and_districts("2023-24");
    let made = Proposed::with_files(&[("enrollment1.csv", &older), ("enrollment2.csv", &newer)]);
    assert_eq!(made.enrollment("101", 2024), Some(400.0), "{}", made.said());
    assert_eq!(made.project().matches("\nlayout = ").count(), 1, "{}", made.project());
}
