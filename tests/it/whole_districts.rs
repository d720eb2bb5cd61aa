//! `retreat init` on tables of schools: which rows are about the whole district, by composite codes, words, and sums; and which
//! only look so.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Three districts with three schools each.
const DISTRICTS: [(&str, &str, [u32; 3]); 3] = [
    ("0160101", "Ash", [332, 186, 294]),
    ("0260202", "Birch", [410, 205, 300]),
    ("0360303", "Cedar", [150, 91, 77]),
];
const SCHOOLS: [(&str, &str); 3] = [("0100300", "Elementary"), ("0110301", "Middle"), ("0120302", "High")];

/// The districts with a row for each and for its schools over two years, in columns named by `head`. `{code}`, `{district}`,
/// `{school}` and `{year}` stand for what a row is about; `total` is the school of the district's row, and `more` are students whom
/// no school teaches.
fn with_composite_codes(head: &str, row: &str, total: &str, more: u32) -> String {
    let mut table = format!("{head}\n");
    for (prefix, district, students) in DISTRICTS {
        for year in ["2022-23", "2023-24"] {
            let own = ("0000000", total.to_owned(), students.iter().sum::<u32>() + more);
            let schools = SCHOOLS.iter().zip(students);
            let schools =
                schools.map(|((code, kind), students)| (*code, format!("{district} {kind}"), students));
            for (code, school, students) in std::iter::once(own).chain(schools) {
                let filled = row
                    .replace("{code}", &format!("{prefix}{code}"))
                    .replace("{district}", district)
                    .replace("{school}", &school)
                    .replace("{year}", year);
                let _ = writeln!(table, "{filled},{students}");
            }
        }
    }
    table
}

#[test]
fn zeros_at_the_end_of_a_composite_code_mean_the_district() {
    for (head, row, total) in [
        ("CDS Code,District,School,School Year,Enrollment", "{code},{district},{school},{year}", ""),
        ("CDS Code,District,School Year,Enrollment", "{code},{district},{year}", ""),
        (
            "CDS Code,District,School,School Year,Enrollment",
            "{code},{district},{school},{year}",
            "District Total",
        ),
    ] {
        let made = Proposed::new(&with_composite_codes(head, row, total, 5));
        let layout = made.layout();
        for (prefix, _, students) in DISTRICTS {
            let expected = f64::from(students.iter().sum::<u32>() + 5);
            assert_eq!(made.enrollment(prefix, 2024), Some(expected), "{head}: {layout}");
        }
        // The schools are read too.
        assert!(layout.contains("level = \"school\""), "{layout}");
    }
}

#[test]
fn zeros_at_the_end_of_a_school_code_mean_the_district() {
    let head = "School Code,District,School,School Year,Enrollment";
    let row = "{code},{district},{school},{year}";
    let made = Proposed::new(&with_composite_codes(head, row, "", 5));
    assert_eq!(made.enrollment("Ash", 2024), Some(817.0), "{}", made.layout());
    // A school may have such a code.
    let row = "{code},{district},School of {code},{year}";
    let made = Proposed::new(&with_composite_codes(head, row, "", 5));
    assert_eq!(made.enrollment("Ash", 2024), Some(812.0 + 817.0), "{}", made.layout());
}

#[test]
fn codes_alone_may_tell_districts_from_schools() {
    let head = "CDSCode,School Year,Enrollment";
    let made = Proposed::new(&with_composite_codes(head, "{code},{year}", "", 5));
    assert_eq!(made.enrollment("01601010000000", 2024), Some(817.0), "{} {}", made.said(), made.layout());
    assert_eq!(made.enrollment("01601010100300", 2024), None, "{}", made.layout());
}

#[test]
fn a_row_of_zeros_that_adds_up_nothing_is_a_question() {
    let head = "CDS Code,District,School Year,Enrollment";
    let made = Proposed::new(&with_composite_codes(head, "{code},{district},{year}", "", 900));
    assert!(made.said().contains("Are they districts?"), "{}", made.said());
    assert_eq!(made.enrollment("0160101", 2024), None);
}

/// A row below the schools of a district; `{district}` in its label is the district's name.
struct SumRow {
    label: &'static str,
    /// The first and last school that it adds up, of four.
    of: std::ops::Range<usize>,
}

fn row(label: &'static str, of: std::ops::Range<usize>) -> SumRow {
    SumRow { label, of }
}

/// Four schools for each of three districts, the first two elementary schools, and these rows after them.
fn with_sums(sums: &[SumRow]) -> String {
    let mut table = "District Code,District Name,School Name,School Year,Enrollment\n".to_owned();
    for (code, district, students) in [
        ("0101", "Ash", [270, 203, 177, 162]),
        ("0102", "Birch", [410, 205, 300, 299]),
        ("0103", "Cedar", [88, 91, 77, 70]),
    ] {
        for (school, students) in ["Elementary", "North Elementary", "High", "Middle"].iter().zip(students) {
            let _ = writeln!(table, "{code},{district},{district} {school},2023-24,{students}");
        }
        for SumRow { label, of } in sums {
            let label = label.replace("{district}", district);
            let sum: u32 = students[of.clone()].iter().sum();
            let _ = writeln!(table, "{code},{district},{label},2023-24,{sum}");
        }
    }
    table
}

#[test]
fn the_sum_of_some_schools_is_no_total() {
    for sums in [
        vec![
            row("Elementary Schools Subtotal", 0..2),
            row("Secondary Schools Subtotal", 2..4),
            row("Grand Total", 0..4),
        ],
        vec![row("Total", 0..4), row("{district} Elementary Total", 0..2)],
        vec![row("North Total", 0..2), row("South Total", 2..4), row("District Total", 0..4)],
        // Without a total of all, the schools are added up.
        vec![row("Elementary Total", 0..2), row("Secondary Total", 2..4)],
        // Two names for one total.
        vec![row("District Total", 0..4), row("All Schools", 0..4)],
    ] {
        let made = Proposed::new(&with_sums(&sums));
        let found = ["101", "103"].map(|district| made.enrollment(district, 2024));
        assert_eq!(found, [Some(812.0), Some(326.0)], "{} {}", made.said(), made.layout());
        assert!(!made.said().contains("here, but"), "{}", made.said());
    }
}

#[test]
fn totals_that_nothing_tells_apart_are_a_question() {
    let mut table = "District Code,District Name,School Name,School Year,Attendance Rate\n".to_owned();
    for (code, district) in [("0101", "Ash"), ("0102", "Birch"), ("0103", "Cedar")] {
        for (school, rate) in [("High", 91), ("Middle", 94), ("North Total", 92), ("South Total", 93)] {
            let _ = writeln!(table, "{code},{district},{school},2023-24,{rate}.5%");
        }
    }
    let said = Proposed::new(&table).said();
    assert!(said.contains("which one is about the whole district?"), "{said}");
}

#[test]
fn a_district_that_the_title_names_may_have_many_schools() {
    let mut table = "Dover Independent School District,,,\nEnrollment by School,,,\n,,,\nSchool,2021-22,2022-23,2023-24\n".to_owned();
    for number in 1..=9 {
        let kind = if number < 6 { "Elementary" } else { "Middle School" };
        let _ = writeln!(table, "Number {number} {kind},{0},{0},{0}", 100 + number);
    }
    let made = Proposed::new(&format!(
        "{table}Elementary Total,515,515,515\nMiddle Total,430,430,430\nDISTRICT TOTAL,945,945,945\n"
    ));
    let district = "Dover Independent School District";
    assert_eq!(made.enrollment(district, 2024), Some(945.0), "{} {}", made.said(), made.layout());
    let made = Proposed::new(&table);
    assert_eq!(made.enrollment(district, 2024), Some(945.0), "{} {}", made.said(), made.layout());
    // Names of districts in that column are not those of its schools.
    let mut others = table;
    for name in ["Ash", "Birch", "Cedar"] {
        let _ = writeln!(others, "{name} School District,900,900,900");
    }
    assert!(
        Proposed::new(&others).said().contains("name it in the layout"),
        "{}",
        Proposed::new(&others).said()
    );
}

/// Schools of four districts over three years: the first has as many students as the other two together.
fn with_half_in_one_school(names: [&str; 3], totals: bool) -> String {
    let mut table =
        "District Code,District Name,School Code,School Name,School Year,Enrollment,Attendance Rate\n"
            .to_owned();
    for (code, district) in [("0101", "Ash"), ("0102", "Birch"), ("0103", "Cedar"), ("0104", "Dogwood")] {
        for year in 2022..=2024 {
            for (number, (name, students)) in names.iter().zip([406, 405, 1]).enumerate() {
                let name = name.replace("{district}", district);
                let _ =
                    writeln!(table, "{code},{district},0{}0,{name},{year},{students},9{number}", number + 1);
            }
            if totals {
                let _ = writeln!(table, "{code},{district},000,System,{year},812,90.8");
            }
        }
    }
    table
}

#[test]
fn a_school_with_a_name_of_its_own_is_no_total_by_its_sum() {
    let kinds = ["{district} Elementary", "{district} High", "{district} Virtual"];
    let made = Proposed::new(&with_half_in_one_school(kinds, false));
    assert_eq!(made.enrollment("101", 2024), Some(812.0), "{}", made.layout());
    // Beside known totals, no other is looked for.
    let names = ["{district} Washington", "{district} Lincoln", "{district} Roosevelt"];
    for names in [kinds, names] {
        let made = Proposed::new(&with_half_in_one_school(names, true));
        let found = [made.enrollment("101", 2024), made.value("101", 2024, "attendance-rate")];
        assert_eq!(found, [Some(812.0), Some(90.8)], "{}", made.layout());
    }
}

#[test]
fn a_name_of_no_kind_of_school_that_adds_up_the_others_is_a_question() {
    let mut table = "District Code,District Name,School Code,School Name,School Year,Enrollment\n".to_owned();
    let names = [("0101", "Ash", "Rose"), ("0102", "Birch", "Lake"), ("0103", "Cedar", "Hill")];
    for (code, district, name) in names {
        for (number, (school, students)) in
            [(name, 500), ("Washington", 300), ("Lincoln", 200)].into_iter().enumerate()
        {
            let _ = writeln!(table, "{code},{district},0{number}1,{school} {district},2023-24,{students}");
        }
    }
    let said = Proposed::new(&table).said();
    assert!(said.contains("Are they schools or whole districts?"), "{said}");
}

#[test]
fn a_word_among_the_codes_of_schools_is_a_code() {
    for word in ["DIST", "HQ"] {
        let mut table = "District Code,District Name,School Code,School Year,Enrollment\n".to_owned();
        for (code, district, students) in [
            ("0101", "Ash", [406, 162, 244]),
            ("0102", "Birch", [77, 91, 60]),
            ("0103", "Cedar", [19, 30, 41]),
        ] {
            for year in ["2022-23", "2023-24"] {
                for (school, students) in ["010", "020", "030"].iter().zip(students) {
                    let _ = writeln!(table, "{code},{district},{school},{year},{students}");
                }
                let _ = writeln!(table, "{code},{district},{word},{year},{}", students.iter().sum::<u32>());
            }
        }
        let made = Proposed::new(&table);
        let found = ["101", "103"].map(|district| made.enrollment(district, 2024));
        assert_eq!(found, [Some(812.0), Some(90.0)], "{word}: {} {}", made.said(), made.layout());
    }
}
