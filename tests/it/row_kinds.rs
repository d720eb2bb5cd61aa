//! `retreat init` on tables of districts with rows about counties, service units, or kinds of districts among them.

use std::fmt::Write as _;

use crate::proposed::Proposed;

const HEAD: &str = "Type,District Code,District Name,School Year,Enrollment\n";

/// Six districts of this type, then other rows: `type,code,name`.
fn with_others(own: &str, others: &[&str]) -> String {
    let mut table = HEAD.to_owned();
    let names = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir"];
    for (number, name) in (1..).zip(names) {
        let _ = writeln!(table, "{own},010{number},{name},2023-24,{}", 800 + 37 * number);
    }
    for (number, other) in (1..).zip(others) {
        let _ = writeln!(table, "{other},2023-24,{}", 4000 + number);
    }
    table
}

/// The same without the column of types; the others are `code,name`.
fn without_types(others: &[&str]) -> String {
    let others: Vec<String> = others.iter().map(|other| format!("x,{other}")).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut table = String::new();
    for line in with_others("x", &others).lines() {
        let (_, rest) = line.split_once(',').unwrap();
        let _ = writeln!(table, "{rest}");
    }
    table
}

#[test]
fn rows_of_counties_are_no_districts() {
    for (own, others) in [
        ("LEA", ["CO,901,Adams", "CO,902,Brown"]),
        ("PUB DIST", ["ESU,E01,ESU 1", "STATE,S00,State"]),
        ("District", ["County,900,County 0", "Region,901,North"]),
    ] {
        let made = Proposed::new(&with_others(own, &others));
        assert!(made.said().contains("for 6 districts"), "{} {}", made.said(), made.layout());
        assert!(made.said().contains("does not call districts"), "{}", made.said());
    }
}

#[test]
fn an_unknown_code_for_a_kind_of_row_is_a_question() {
    let others = ["1,,Statewide", "2,900,County 0", "2,901,County 1"];
    let table = with_others("3", &others).replace("Type,", "RecordType,");
    let said = Proposed::new(&table).said();
    assert!(said.contains("\"RecordType\"") && said.contains("the meaning of \"2\""), "{said}");
    assert!(said.contains("County 0"), "{said}");
}

#[test]
fn kinds_of_districts_stay_districts() {
    for (own, others) in [
        ("Unified", ["Elementary,0201,Gum", "High,0202,Hazel", "State,,Statewide"]),
        ("PUB DIST", ["CHARTER,C01,Sunrise Charter", "CHARTER,C02,Hill Charter", "STATE,,State"]),
        ("City", ["County,0201,Adams County", "County,0202,Brown County", "City,0203,Gum"]),
    ] {
        let made = Proposed::new(&with_others(own, &others));
        let expected = if own == "City" { "for 9 districts" } else { "for 8 districts" };
        assert!(made.said().contains(expected), "{} {}", made.said(), made.layout());
    }
}

#[test]
fn several_districts_with_a_number_are_no_district() {
    for others in
        [["9001,Urban Districts", "9002,Rural Districts"], ["9001,Charter Schools", "9002,Nonpublic Schools"]]
    {
        let made = Proposed::new(&without_types(&others));
        assert!(made.said().contains("for 6 districts"), "{} {}", made.said(), made.layout());
        assert!(made.said().contains(&others[0][5..]), "{}", made.said());
    }
    let others =
        ["0201,Gum Charter Academy", "0202,State School for the Blind", "0203,Orange County Public Schools"];
    let made = Proposed::new(&without_types(&others));
    assert!(made.said().contains("for 9 districts"), "{} {}", made.said(), made.layout());
}

#[test]
fn ids_are_shown_as_published() {
    // A letter at the beginning shows that no zeros are missing.
    let table = without_types(&[]);
    let (head, rows) = table.split_once('\n').unwrap();
    let made = Proposed::new(&format!("{head}\nC01,Sunrise Charter,2023-24,220\n{rows}"));
    assert_eq!(made.enrollment("C01", 2024), Some(220.0), "{} {}", made.said(), made.layout());
    // A footnote mark is no digit.
    let made = Proposed::new(&table.replace("0103,", "0103²,"));
    assert!(made.said().contains("Ash (0101)"), "{}", made.said());
    // Both parts keep their zeros.
    let mut joined = "CO,DIST,DISTRICT,YEAR,Enrollment\n".to_owned();
    for row in ["01,001,Adair", "01,002,Brown", "02,001,Clark"] {
        for year in 2022..=2024 {
            let _ = writeln!(joined, "{row},{year},{}", year - 1500);
        }
    }
    let made = Proposed::new(&joined);
    assert!(made.said().contains("Adair (01001)"), "{} {}", made.said(), made.layout());
}

#[test]
fn marks_after_a_number_may_be_several() {
    let table = without_types(&["0107,Gum"]).replace(",4001", ",\"4,001ᵃ,ᵇ\"").replace(",837", ",837⁽¹⁾");
    let made = Proposed::new(&table);
    let found = ["107", "101"].map(|district| made.enrollment(district, 2024));
    assert_eq!(found, [Some(4001.0), Some(837.0)], "{}", made.said());
}
