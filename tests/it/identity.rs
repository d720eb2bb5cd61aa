//! `retreat init`: which column, or which file, says who a district is.

use std::fmt::Write as _;

use crate::proposed::Proposed;

/// Six districts over two years, in columns named by `head`; `{n}` stands for the number of a district, `{name}` for its name.
fn districts(head: &str, row: &str) -> String {
    let mut table = format!("{head}\n");
    for (number, name) in (1..).zip(["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir"]) {
        for year in ["2022-23", "2023-24"] {
            let row = row.replace("{n}", &number.to_string()).replace("{name}", name);
            let _ = writeln!(table, "{row},{year},{}", 60 + number);
        }
    }
    table
}

#[test]
fn other_ids_under_the_same_names_are_a_question() {
    let state = districts("District Code,District Name,School Year,Enrollment", "010{n},{name}");
    let nces = districts("LEAID,LEA Name,Year,Graduation Rate", "390410{n},{name} Public Schools");
    let made = Proposed::with_files(&[("enr.csv", &state), ("nces.csv", &nces)]);
    assert!(made.said().contains("crosswalk"), "{}", made.said());
    assert!(made.said().contains("3904101") && made.said().contains("0101"), "{}", made.said());
    assert_eq!(made.value("3904101", 2024, "graduation-rate"), None);
    // The same ids without their zeros; other districts of the same names are not many.
    for row in ["10{n},{name}", "20{n},{name}wood"] {
        let others = districts("LEAID,LEA Name,Year,Graduation Rate", row);
        let made = Proposed::with_files(&[("enr.csv", &state), ("other.csv", &others)]);
        assert!(!made.said().contains("crosswalk"), "{row}: {}", made.said());
    }
}

#[test]
fn districts_may_have_the_same_name() {
    let mut table = "District Code,District Name,School Year,Enrollment\n".to_owned();
    for (code, name, students) in [
        ("0101", "Washington", 812),
        ("0202", "Washington", 1540),
        ("0303", "Liberty", 640),
        ("0404", "Liberty", 2260),
        ("0505", "Elm", 398),
    ] {
        for year in ["2022-23", "2023-24"] {
            let _ = writeln!(table, "{code},{name},{year},{students}");
        }
    }
    let made = Proposed::new(&table);
    let found = ["101", "202"].map(|district| made.enrollment(district, 2024));
    assert_eq!(found, [Some(812.0), Some(1540.0)], "{} {}", made.said(), made.layout());
    // All names have two codes: they may be those of schools.
    let schools = table.replace("0505,Elm", "0505,Liberty");
    assert!(Proposed::new(&schools).said().contains("may be school ids"));
}

#[test]
fn ids_in_the_range_of_years_are_ids() {
    let table = districts("District ID,District Name,School Year,Graduation Rate", "200{n},{name}");
    let made = Proposed::new(&table);
    assert_eq!(made.value("2001", 2024, "graduation-rate"), Some(61.0), "{} {}", made.said(), made.layout());
}

#[test]
fn a_code_for_each_district_is_its_id() {
    let table = districts("COUNTY_DISTRICT,DISTRICT_NAME,YEAR,Graduation Rate", "00{n}090,{name}");
    let made = Proposed::new(&table);
    assert_eq!(
        made.value("001090", 2024, "graduation-rate"),
        Some(61.0),
        "{} {}",
        made.said(),
        made.layout()
    );
    // Not if two districts share it.
    let shared = table.replace("002090", "001090");
    let made = Proposed::new(&shared);
    assert_eq!(made.value("BIRCH", 2024, "graduation-rate"), Some(62.0), "{} {}", made.said(), made.layout());
}

#[test]
fn a_column_of_names_of_districts_is_known_by_its_texts() {
    let made = Proposed::new(&districts("Name,School Year,Enrollment", "{name} School District"));
    assert!(made.said().contains("for 6 districts"), "{} {}", made.said(), made.layout());
    // A sponsor of districts is no district.
    let row = "010{n},{name},Lake{n} School District";
    let made = Proposed::new(&districts("District ID,District Name,Sponsor,School Year,Enrollment", row));
    assert!(made.layout().contains("name = [\"District Name\"]"), "{}", made.layout());
}

#[test]
fn a_name_of_several_districts_without_ids_is_a_question() {
    let mut table = "County,District,School Year,Enrollment\n".to_owned();
    for (county, name, students) in
        [("Adams", "Central", 812), ("Brown", "Central", 1540), ("Adams", "Elm", 640), ("Clay", "Fir", 77)]
    {
        for year in ["2022-23", "2023-24"] {
            let _ = writeln!(table, "{county},{name},{year},{students}");
        }
    }
    let said = Proposed::new(&table).said();
    assert!(said.contains("several districts called \"Central\" (Adams, Brown)"), "{said}");
}
