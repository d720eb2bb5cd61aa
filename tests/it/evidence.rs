//! `retreat init` on tables whose rows, not their column names, show whom they are about. Each judgment has a table that
//! looks alike and must be read otherwise.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Four districts of two schools each, with rows `(county, district, name, school code, school, students)`.
const SCHOOLS: [(&str, &str, &str, &str, &str, u32); 8] = [
    ("01", "0001", "Alder Creek", "001", "Alder High", 500),
    ("01", "0001", "Alder Creek", "002", "Alder Elementary", 300),
    ("01", "0002", "Birch Falls", "001", "Birch High", 410),
    ("01", "0002", "Birch Falls", "002", "Birch Elementary", 205),
    ("02", "0003", "Cedar Grove", "001", "Cedar High", 720),
    ("02", "0003", "Cedar Grove", "002", "Cedar Elementary", 333),
    ("02", "0004", "Dogwood", "001", "Dogwood High", 150),
    ("02", "0004", "Dogwood", "002", "Dogwood Elementary", 91),
];

/// The schools with a row for each district's total, which has this code and name.
fn with_totals(code: &str, name: &str) -> String {
    with_totals_and_others(code, name, 0)
}

/// The same, with this many more students in each total whom no school teaches.
fn with_totals_and_others(code: &str, name: &str, others: u32) -> String {
    let mut table = "District Code,District Name,School Code,School Name,Year,Enrollment\n".to_owned();
    for pair in SCHOOLS.chunks(2) {
        let (_, id, district, ..) = pair[0];
        let name = name.replace("{district}", district);
        let total = pair[0].5 + pair[1].5 + others;
        let _ = writeln!(table, "{id},{district},{code},{name},2023-24,{total}");
        for (_, id, district, code, school, students) in pair {
            let _ = writeln!(table, "{id},{district},{code},{school},2023-24,{students}");
        }
    }
    table
}

#[test]
fn a_district_is_not_doubled_by_its_total_row_whatever_names_it() {
    let totals = [
        ("000", "All"),
        ("0", ""),
        ("999", "Districtwide"),
        ("999", "{district}"),
        ("", "---District Total---"),
        ("", "[Districtwide]"),
        ("", "District Wide"),
        ("", "(District)"),
        ("", ""),
        ("N/A", "N/A"),
        ("777", "Summary of the above"),
        ("", "All {district} Schools"),
        ("A", "All {district} Schools"),
        ("500", "Total {district}"),
        ("500", "{district} Public Schools"),
        ("", "{district} School District"),
        ("500", "{district} District Totals (2 schools)"),
        ("500", "Sum for {district}"),
        ("A", ""),
    ];
    for (code, name) in totals {
        let proposed = Proposed::new(&with_totals(code, name));
        for (district, students) in [("1", 800.0), ("2", 615.0), ("3", 1053.0), ("4", 241.0)] {
            let found = proposed.enrollment(district, 2024);
            assert_eq!(found, Some(students), "{code:?} {name:?}: {}", proposed.layout());
        }
    }
}

#[test]
fn a_published_total_takes_the_place_of_its_schools_even_if_they_do_not_add_up_to_it() {
    let totals = [
        ("999", "---District Total---"),
        ("999", "[District Wide]"),
        ("9999", ""),
        ("9999", "{district}"),
        ("9999", "District Total"),
        ("", "DISTRICT"),
        ("", "System"),
        ("", "(District total)"),
        ("0000", "Entire District"),
    ];
    for (code, name) in totals {
        let proposed = Proposed::new(&with_totals_and_others(code, name, 7));
        for (district, students) in [("1", 807.0), ("2", 622.0), ("3", 1060.0), ("4", 248.0)] {
            let found = proposed.enrollment(district, 2024);
            assert_eq!(found, Some(students), "{code:?} {name:?}: {}", proposed.layout());
        }
    }
}

#[test]
fn a_row_about_the_district_that_is_smaller_than_a_school_is_no_total() {
    for (name, more) in [("Districtwide", 20), ("District Average", 0)] {
        let mut table = "District Code,District Name,School Code,School Name,Year,Enrollment\n".to_owned();
        for pair in SCHOOLS.chunks(2) {
            let (_, id, district, ..) = pair[0];
            let students = if more > 0 { more } else { (pair[0].5 + pair[1].5) / 2 };
            let _ = writeln!(table, "{id},{district},900,{name},2023-24,{students}");
            for (_, id, district, code, school, students) in pair {
                let _ = writeln!(table, "{id},{district},{code},{school},2023-24,{students}");
            }
        }
        let proposed = Proposed::new(&table);
        let is_reported =
            proposed.said().contains("smaller for the whole district than for one of its schools");
        assert_eq!(is_reported, more > 0, "{name}: {}", proposed.said());
        let expected = Some(f64::from(800 + more));
        assert_eq!(proposed.enrollment("1", 2024), expected, "{name}: {}", proposed.layout());
    }
}

#[test]
fn counties_that_add_up_their_districts_do_not_make_them_schools() {
    let mut table = "Org Code,Org Name,Year,Enrollment\n".to_owned();
    for (code, county) in (1..).zip(["Ash County", "Birch County", "Cedar County", "Dale County"]) {
        let _ = writeln!(table, "0{code}0000,{county},2023-24,{}", 3 * (100 + code));
        for district in 1..=3 {
            let _ =
                writeln!(table, "0{code}{district}119,{county} Unified {district},2023-24,{}", 100 + code);
        }
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("011119", 2024), Some(101.0), "{}", proposed.layout());
}

#[test]
fn a_districts_rate_is_known_by_its_name_or_code_as_the_mean_of_its_schools() {
    for (code, name) in [
        ("9999", ""),
        ("500", "{district}"),
        ("A", "All {district} Schools"),
        ("500", "{district} Public Schools"),
        ("A", ""),
    ] {
        let mut table =
            "District Code,District Name,School Code,School Name,Year,Attendance Rate\n".to_owned();
        for (number, pair) in SCHOOLS.chunks(2).enumerate() {
            let (_, id, district, ..) = pair[0];
            for year in 2019..=2024 {
                let low = 90.0 + number as f64;
                let name = name.replace("{district}", district);
                let _ = writeln!(table, "{id},{district},{code},{name},{year},{:.1}", low + 1.3);
                for (school, rate) in pair.iter().zip([low, low + 2.0]) {
                    let _ = writeln!(table, "{id},{district},{},{},{year},{rate:.1}", school.3, school.4);
                }
            }
        }
        let proposed = Proposed::new(&table);
        assert_eq!(proposed.value("3", 2024, "attendance-rate"), Some(93.3), "{}", proposed.layout());
    }
}

/// Districts and their schools with ids in one column; the last four digits are the school's. Each district's row has
/// this factor of the schools' sum.
fn with_mixed_ids(factor: f64, ending: &str) -> String {
    let mut table = "Org Code,Org Name,Year,Enrollment\n".to_owned();
    for pair in SCHOOLS.chunks(2) {
        let (_, id, district, ..) = pair[0];
        let total = f64::from(pair[0].5 + pair[1].5) * factor;
        let _ = writeln!(table, "{id}0000,{district},2023-24,{total:.0}");
        for (_, id, _, code, school, students) in pair {
            let school = school.split(' ').next().unwrap();
            let _ = writeln!(table, "{id}0{code},{school} {code}{ending},2023-24,{students}");
        }
    }
    table
}

#[test]
fn ids_of_districts_and_schools_in_one_column_are_told_apart() {
    // By sums that nearly agree, or by names.
    for table in [with_mixed_ids(1.03, ""), with_mixed_ids(1.5, " Elementary")] {
        let proposed = Proposed::new(&table);
        assert!(proposed.enrollment("00010000", 2024).is_some(), "{}", proposed.layout());
        assert_eq!(proposed.enrollment("00010001", 2024), None, "{}", proposed.layout());
    }
}

#[test]
fn ids_that_end_in_zeros_may_be_those_of_districts_like_others() {
    let proposed = Proposed::new(&with_mixed_ids(0.4, ""));
    assert!(proposed.enrollment("00010000", 2024).is_some(), "{}", proposed.layout());
    assert!(proposed.enrollment("00010001", 2024).is_some(), "{}", proposed.layout());
}

#[test]
fn dashes_and_brackets_do_not_hide_the_state() {
    for state in ["[Statewide]", "---State Average---", "-- REGION 2 TOTAL --", "(State Total)"] {
        let mut table = "District Code,District Name,Year,Enrollment\n".to_owned();
        for (code, name, students) in [
            ("1", "Alder Creek", 700),
            ("2", "Birch Falls", 410),
            ("3", "Cedar Grove", 90),
            ("999", state, 610),
        ] {
            let _ = writeln!(table, "{code},{name},2023-24,{students}");
        }
        let proposed = Proposed::new(&table);
        assert_eq!(proposed.enrollment("999", 2024), None, "{state}");
        assert_eq!(proposed.enrollment("3", 2024), Some(90.0), "{state}");
    }
}

#[test]
fn a_school_that_only_looks_like_a_total_is_added_up() {
    // No row of code 999 adds up the others, and no district has a total.
    let mut table = "District Code,District Name,School Code,School Name,Year,Enrollment\n".to_owned();
    for (_, id, district, code, school, students) in SCHOOLS {
        let (code, school) = match code {
            "002" => ("999", "Total Learning Academy"),
            other => (other, school),
        };
        let _ = writeln!(table, "{id},{district},{code},{school},2023-24,{students}");
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("4", 2024), Some(241.0));
}

/// The districts of `SCHOOLS` over four years, each with three schools; the second and third have this share of the first.
fn with_three_schools(names: [&str; 3], measure: &str, values: [f64; 3]) -> String {
    let mut table = format!("District Code,District Name,School Code,School Name,Year,{measure}\n");
    for (_, id, district, ..) in SCHOOLS.iter().step_by(2) {
        for year in 2021..=2024 {
            for (code, (name, value)) in names.iter().zip(values).enumerate() {
                let name = name.replace("{district}", district);
                let _ = writeln!(table, "{id},{district},00{},{name},{year},{value}", code + 1);
            }
        }
    }
    table
}

#[test]
fn codes_and_kinds_of_schools_that_districts_share_are_no_totals() {
    // The high schools have about as many students as all other schools.
    for names in [
        ["High School", "Middle School", "Elementary School"],
        ["{district} High", "{district} Middle", "{district} Elementary"],
    ] {
        let proposed = Proposed::new(&with_three_schools(names, "Enrollment", [602.0, 300.0, 300.0]));
        assert_eq!(proposed.enrollment("1", 2024), Some(1202.0), "{}", proposed.layout());
        // Their rates are between those of the others.
        let proposed = Proposed::new(&with_three_schools(names, "Attendance Rate", [93.3, 93.1, 93.8]));
        assert_eq!(proposed.value("1", 2024, "attendance-rate"), None, "{}", proposed.layout());
    }
    // One district of which a school happens to add up the others, in several years, and others with two schools.
    let mut table = "District Code,District Name,School Code,School Name,Year,Enrollment\n".to_owned();
    for year in 2021..=2024 {
        for (_, id, district, code, school, students) in SCHOOLS {
            let _ = writeln!(table, "{id},{district},{code},{school},{year},{students}");
        }
        let _ = writeln!(table, "0001,Alder Creek,003,Alder Middle,{year},200");
    }
    let proposed = Proposed::new(&table);
    let found = ["1", "4"].map(|district| proposed.enrollment(district, 2024));
    assert_eq!(found, [Some(1000.0), Some(241.0)], "{}", proposed.layout());
}

#[test]
fn the_only_school_of_a_district_may_have_its_name() {
    let mut table = "District Code,District Name,School Code,School Name,Year,Enrollment\n".to_owned();
    for (_, id, district, code, school, students) in SCHOOLS {
        let _ = writeln!(table, "{id},{district},{code},{school},2023-24,{students}");
    }
    table.push_str(
        "0005,Elm Park,001,Elm Park School,2023-24,77\n0006,Fir Hill,001,Fir Hill School,2023-24,88\n",
    );
    let proposed = Proposed::new(&table);
    let found = ["1", "5", "6"].map(|district| proposed.enrollment(district, 2024));
    assert_eq!(found, [Some(800.0), Some(77.0), Some(88.0)], "{}", proposed.layout());
}

#[test]
fn a_total_in_a_table_of_one_district_and_year_is_known_by_its_name_and_sum() {
    for name in ["Alder Public Schools", "All Alder Schools", "Alder Totals"] {
        let proposed = Proposed::new(&format!(
            "District Code,District Name,School Name,Year,Enrollment\n7,Alder,Alder High,2023-24,500\n\
             7,Alder,Alder Elementary,2023-24,300\n7,Alder,{name},2023-24,800\n"
        ));
        assert_eq!(proposed.enrollment("7", 2024), Some(800.0), "{name}: {}", proposed.layout());
    }
}

#[test]
fn a_number_that_is_unique_within_its_county_is_joined_with_it() {
    let mut table = "County Code,County,District Code,District Name,Year,Enrollment\n".to_owned();
    for (county, name, code, district, students) in [
        ("01", "Ash", "0001", "Alder Creek", 768),
        ("01", "Ash", "0002", "Birch Falls", 1200),
        ("02", "Bay", "0001", "Elm Grove", 2112),
        ("02", "Bay", "0002", "Fir Lake", 455),
    ] {
        for year in ["2022-23", "2023-24"] {
            let _ = writeln!(table, "{county},{name},{code},{district},{year},{students}");
        }
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("01-0001", 2024), Some(768.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("02-0001", 2024), Some(2112.0));
    assert!(proposed.layout().contains("alone is not unique"), "{}", proposed.layout());
}

#[test]
fn an_id_that_is_unique_stays_alone() {
    let mut table = "County Code,District Code,District Name,Year,Enrollment\n".to_owned();
    for (county, code, district) in [("01", "0001", "Alder Creek"), ("02", "0002", "Elm Grove")] {
        // A district may call itself otherwise from one year to the next.
        for (year, name) in [("2022-23", district.to_owned()), ("2023-24", format!("{district} ISD"))] {
            let _ = writeln!(table, "{county},{code},{name},{year},500");
        }
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("1", 2024), Some(500.0), "{}", proposed.layout());
    assert!(!proposed.layout().contains("id-part"), "{}", proposed.layout());
}

#[test]
fn one_id_of_two_districts_that_nothing_tells_apart_is_a_question() {
    let table = "District Code,District Name,Year,Enrollment\n1,Alder Creek,2023-24,768\n1,Elm Grove,2023-24,2112\n\
                 2,Fir Lake,2023-24,455\n";
    let said = Proposed::new(table).said();
    assert!(said.contains("alder creek") && said.contains("elm grove"), "{said}");
}

#[test]
fn ids_of_schools_begin_with_their_districts() {
    let mut table = "District Code,District Name,Year,Enrollment\n".to_owned();
    for (_, id, district, code, _, students) in SCHOOLS {
        let _ = writeln!(table, "9{id}{code},{district},2023-24,{students}");
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("90001", 2024), Some(800.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("90004", 2024), Some(241.0));
}

#[test]
fn a_school_column_that_is_the_same_everywhere_makes_no_schools() {
    let table = "District Code,District Name,School Code,School Name,Year,Enrollment\n1,Alder Creek,000,n/a,2023-24,768\n\
                 2,Fir Lake,000,n/a,2023-24,455\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.enrollment("1", 2024), Some(768.0), "{}", proposed.layout());
    assert!(!proposed.layout().contains("level = \"school\""), "{}", proposed.layout());
}

#[test]
fn a_label_that_is_written_once_is_that_of_the_rows_below() {
    let mut table = "District Code,District Name,Year,Enrollment\n".to_owned();
    for (code, name, students) in
        [("1", "Alder Creek", 700), ("2", "Birch Falls", 410), ("3", "Cedar Grove", 90)]
    {
        for (position, year) in ["2021-22", "2022-23", "2023-24"].into_iter().enumerate() {
            let (code, name) = if position == 0 { (code, name) } else { ("", "") };
            let _ = writeln!(table, "{code},{name},{year},{}", students + position);
        }
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("2", 2024), Some(412.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("3", 2022), Some(90.0));
}

#[test]
fn a_state_row_is_known_by_its_sum_and_a_large_district_is_none() {
    let rows = [
        ("100", "Alder Creek", 700),
        ("200", "Birch Falls", 410),
        ("300", "Cedar Grove", 90),
        ("400", "Dogwood", 55),
    ];
    for (last, is_state) in [(1255, true), (1300, false)] {
        let mut table = "District Code,District Name,Year,Enrollment,Low Income\n".to_owned();
        for year in ["2021-22", "2022-23", "2023-24"] {
            for (code, name, students) in rows {
                let _ = writeln!(table, "{code},{name},{year},{students},{}", students / 5);
            }
            let _ = writeln!(table, "8000,Whole Commonwealth,{year},{last},{}", last / 5);
        }
        let proposed = Proposed::new(&table);
        let found = proposed.enrollment("8000", 2024);
        assert_eq!(found.is_none(), is_state, "{last}: {}", proposed.layout());
        assert_eq!(proposed.enrollment("100", 2024), Some(700.0));
    }
}

#[test]
fn many_names_in_an_unknown_column_are_not_read_as_one_district() {
    let mut table = "Locality,Year,Enrollment\n".to_owned();
    for name in ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum", "Hazel", "Ivy", "Juniper"] {
        let _ = writeln!(table, "{name},2023-24,500");
    }
    let said = Proposed::new(&table).said();
    assert!(said.contains("Locality") && said.contains("10 different"), "{said}");
}

#[test]
fn a_published_value_stays_where_schools_add_up_to_another() {
    let districts =
        "District Code,District Name,Year,Enrollment\n1,Alder Creek,2023-24,812\n2,Birch Falls,2023-24,615\n";
    let mut schools = "District Code,District Name,School Code,School Name,Year,Enrollment\n".to_owned();
    for (_, id, district, code, school, students) in &SCHOOLS[..4] {
        let _ = writeln!(schools, "{id},{district},{code},{school},2023-24,{students}");
    }
    let proposed = Proposed::with_files(&[("a-districts.csv", districts), ("b-schools.csv", &schools)]);
    assert_eq!(proposed.enrollment("1", 2024), Some(812.0), "{}", proposed.said());
    assert_eq!(proposed.enrollment("2", 2024), Some(615.0));
}

#[test]
fn an_id_that_is_composite_in_one_table_is_composite_in_all() {
    let mut enrollment = "County Code,District Code,District Name,Year,Enrollment\n".to_owned();
    let mut rates = "Dist Code,CO Code,Year,Graduation Rate\n".to_owned();
    for (county, code, name, students, rate) in [
        ("01", "0001", "Alder Creek", 768, 91.5),
        ("01", "0002", "Birch Falls", 1200, 82.5),
        ("02", "0001", "Elm Grove", 2112, 77.5),
        ("02", "0003", "Fir Lake", 455, 95.5),
    ] {
        let _ = writeln!(enrollment, "{county},{code},{name},2023-24,{students}");
        if county == "02" {
            let _ = writeln!(rates, "{code},{county},2023-24,{rate}");
        }
    }
    let proposed = Proposed::with_files(&[("enrollment.csv", &enrollment), ("rates.csv", &rates)]);
    assert_eq!(proposed.enrollment("02-0001", 2024), Some(2112.0), "{}", proposed.said());
    assert_eq!(proposed.value("02-0001", 2024, "graduation-rate"), Some(77.5), "{}", proposed.said());

    // A table whose ids are complete.
    let complete =
        "County Code,District Code,Year,Graduation Rate\n02,020001,2023-24,77.5\n02,020003,2023-24,95.5\n";
    let proposed = Proposed::with_files(&[("enrollment.csv", &enrollment), ("rates.csv", complete)]);
    assert_eq!(proposed.value("02-0001", 2024, "graduation-rate"), Some(77.5), "{}", proposed.said());
}

#[test]
fn codes_that_belong_to_the_names_are_the_ids() {
    let table = "Division Name,Div Num,Year,Enrollment,Site Number\nAsh,101,2023-24,800,7\nBirch,102,2023-24,615,7\n\
                 Cedar,103,2023-24,420,8\nDogwood,104,2023-24,233,9\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.enrollment("102", 2024), Some(615.0), "{}", proposed.layout());
}

#[test]
fn a_label_of_schools_is_no_breakdown() {
    let mut table =
        "District Code,District Name,School Code,School Name,Grade Group,Year,Enrollment\n".to_owned();
    for (_, id, district, code, school, students) in SCHOOLS {
        let kind = if school.ends_with("High") { "High School" } else { "Elementary School" };
        let _ = writeln!(table, "{id},{district},{code},{school},{kind},2023-24,{students}");
    }
    let proposed = Proposed::new(&table);
    assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{}", proposed.said());
    // A column that breaks the schools' numbers down.
    let mut table = "District Code,District Name,School Code,Grade Group,Year,Enrollment\n".to_owned();
    for (_, id, district, code, _, students) in SCHOOLS {
        for kind in ["Lower Part", "Upper Part"] {
            let _ = writeln!(table, "{id},{district},{code},{kind},2023-24,{students}");
        }
    }
    let said = Proposed::new(&table).said();
    assert!(said.contains("Lower Part"), "{said}");
}

#[test]
fn the_newest_of_several_editions_is_kept() {
    let table = |title: &str, students: u32| {
        format!(
            "{title}District Code,District Name,Year,Enrollment\n1,Ash,2023-24,{students}\n2,Birch,2023-24,615\n"
        )
    };
    // The later copy by its number, and by the date in the title even if the number says otherwise; the later version.
    let (old, new) = (table("", 790), table("", 800));
    let (dated_old, dated_new) = (table("Updated 2024-01-15\n", 790), table("Updated 2024-09-30\n", 800));
    for files in [
        [("data.csv", &old), ("data (1).csv", &new)],
        [("data.csv", &dated_new), ("data (1).csv", &dated_old)],
        [("enrollment final.csv", &new), ("enrollment preliminary.csv", &old)],
        [("enrollment_v10.csv", &new), ("enrollment_v9.csv", &old)],
        [("enrollment rev2.csv", &new), ("enrollment.csv", &old)],
    ] {
        let files = files.map(|(name, text)| (name, text.as_str()));
        let proposed = Proposed::with_files(&files);
        assert_eq!(proposed.enrollment("1", 2024), Some(800.0), "{files:?} {}", proposed.said());
        assert!(proposed.said().contains("newest edition"), "{}", proposed.said());
    }
    // Each is described by its own name.
    let proposed = Proposed::with_files(&[("enrollment.csv", &old), ("enrollment (1).csv", &new)]);
    for name in ["enrollment.csv", "enrollment (1).csv"] {
        assert!(proposed.project().contains(&format!("# {name}: ")), "{}", proposed.project());
    }
    // Two different tables that a browser gave one name.
    let other = "District Code,Year,Graduation Rate,Dropout Rate\n1,2023-24,91.5,2.5\n";
    let proposed = Proposed::with_files(&[("export.csv", &old), ("export (1).csv", other)]);
    assert!(!proposed.said().contains("newest edition"), "{}", proposed.said());
}

#[test]
fn of_several_columns_that_complete_an_id_the_nearest_is_joined() {
    let table = "County Number,County Name,District Number,District Type,District Name,Year,Enrollment\n\
                 1,Ash,0001,01,Alder Creek,2023-24,768\n2,Bay,0001,03,Elm Grove,2023-24,2112\n\
                 1,Ash,0002,01,Fir Lake,2023-24,455\n";
    let proposed = Proposed::new(table);
    assert_eq!(proposed.enrollment("0001-03", 2024), Some(2112.0), "{}", proposed.layout());
    assert_eq!(proposed.enrollment("0001-01", 2024), Some(768.0));
}

#[test]
fn classes_of_districts_are_no_districts() {
    let classes = [
        "Urban",
        "Rural",
        "Suburban",
        "Charter",
        "Non-charter",
        "City: Large",
        "Charter Schools",
        "High Poverty",
    ];
    let mut named = "District Name,School Year,Enrollment\n".to_owned();
    let mut with_ids = "District ID,District Name,School Year,Enrollment\n".to_owned();
    for (id, name) in (11..).zip(["Alder", "Birch", "Cedar", "Rural Retreat", "Urbana", "Charter Oak"]) {
        let _ = writeln!(named, "{name},2023-24,{}", id * 37);
        let _ = writeln!(with_ids, "{id},{name},2023-24,{}", id * 37);
    }
    for (number, class) in classes.into_iter().enumerate() {
        let _ = writeln!(named, "{class},2023-24,{}", 2000 + number);
        let _ = writeln!(with_ids, "999,{class},2023-24,{}", 2000 + number);
    }
    let made = Proposed::new(&named);
    assert!(made.said().contains("for 6 districts"), "{}", made.said());
    assert!(made.said().contains("rows about a kind of district are left out"), "{}", made.said());
    let made = Proposed::new(&with_ids);
    assert!(made.said().contains("for 6 districts"), "{}", made.said());
    // With a number of its own, it is a district.
    let own = Proposed::new(&format!("{with_ids}31,Rural,2023-24,812\n"));
    assert_eq!(own.enrollment("31", 2024), Some(812.0), "{}", own.said());
}
