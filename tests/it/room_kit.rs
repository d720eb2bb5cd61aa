//! The kit: agenda, materials, and who sits where, for the size of the day.

use std::collections::BTreeMap;

use crate::project::temporary_folder;
use crate::room::{build_in, parts, sample_in, sheet_rows};

#[test]
fn the_kit_fits_the_size_of_the_day() {
    let folder = temporary_folder();
    let day = "[day]\npeople = 14\ntables = 4\nstart = \"9:00\"\nlist = \"people.csv\"\n";
    let project = sample_in(folder.path(), day);
    let roles = [
        "Teacher", "Teacher", "Teacher", "Teacher", "Family", "Family", "Family", "Family", "Board", "Board",
        "Student",
    ];
    let mut list = "Name,Role,Keep apart,Table\n".to_owned();
    for (number, role) in roles.iter().enumerate() {
        list.push_str(&format!("Person {number},{role},,\n"));
    }
    list.push_str("Ann,Staff,Bob,\nBob,Staff,,2\n=Eve,Staff,,\n");
    std::fs::write(project.join("people.csv"), list).unwrap();
    let told = build_in(&project, "html,print");
    assert!(!told.contains("not-apart"), "{told}");
    let out = project.join("out");
    let agenda = parts(&out.join("kit/agenda.docx"), "word/document.xml");
    for wanted in
        ["14 people at 4 tables, from 9:00 to 3:00", "Each table writes its SWOT", "9:00", "<w:tblHeader/>"]
    {
        assert!(agenda.contains(wanted), "{wanted}: {agenda}");
    }
    let materials = parts(&out.join("kit/materials.docx"), "word/document.xml");
    let guide = std::fs::read_to_string(out.join("print/facilitator-guide.html")).unwrap();
    for (what, how_many) in
        [("Participant book", "16"), ("Dots", "70"), ("Table ballot", "4"), ("Markers", "16")]
    {
        let rows: Vec<&str> =
            materials.split("<w:tr>").filter(|row| row.contains(&format!(">{what}<"))).collect();
        assert!(rows.len() == 1 && rows[0].contains(&format!(">{how_many}<")), "{what}: {rows:?}");
        assert!(
            guide.contains(&format!("<th scope=\"row\">{what}</th><td class=\"number\">{how_many}</td>")),
            "{what}"
        );
    }
    assert!(materials.contains(">five for each person<"), "{materials}");
    let seats = sheet_rows(&out.join("kit/tables.xlsx"), "By table");
    let mut sizes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in seats.iter().filter(|row| row.starts_with(|first: char| first.is_ascii_digit())) {
        let (table, person) = row.split_once(" | ").unwrap();
        sizes.entry(table).or_default().push(person);
    }
    assert_eq!(sizes.len(), 4);
    for people in sizes.values() {
        assert!((3..=4).contains(&people.len()), "{sizes:#?}");
        assert_eq!(people.iter().filter(|person| person.ends_with("Teacher")).count(), 1, "{sizes:#?}");
        assert_eq!(people.iter().filter(|person| person.ends_with("Family")).count(), 1, "{sizes:#?}");
    }
    assert!(sizes["2"].contains(&"Bob | Staff") && !sizes["2"].contains(&"Ann | Staff"), "{sizes:#?}");
    let report = std::fs::read_to_string(out.join("report.json")).unwrap();
    assert!(!report.contains("Person 1"), "names are no part of the report");
}

#[test]
fn what_is_odd_in_the_list_of_people_is_named_by_its_cell() {
    let folder = temporary_folder();
    let project = sample_in(folder.path(), "[day]\ntables = 2\nlist = \"people.csv\"\n");
    let list = "Name,Role,Keep apart,Table\n\
                \"Byron, Ada\",Teacher,,1\n\
                Bob,Family,\"Byron, Ada\",\n\
                Bob,Family,Zed,\n\
                ,Board,,\n\
                Eve,Board,,Table 9\n";
    std::fs::write(project.join("people.csv"), list).unwrap();
    let told = build_in(&project, "html");
    for wanted in [
        "participant-twice] people.csv › A4",
        "apart-from-nobody] people.csv › C4",
        "participant-without-name] people.csv › B5",
        "table-beyond] people.csv › A6",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let seats = sheet_rows(&project.join("out/kit/tables.xlsx"), "By table");
    assert!(seats.contains(&"1 | Byron, Ada | Teacher".to_owned()), "{seats:?}");
    assert!(seats.contains(&"2 | Bob | Family".to_owned()), "a name with a comma is one name: {seats:?}");
}

#[test]
fn a_carousel_has_rounds_and_says_who_is_where() {
    let folder = temporary_folder();
    let day = "[day]\nformat = \"carousel\"\npeople = 60\ntables = 5\n";
    let project = sample_in(folder.path(), day);
    build_in(&project, "print");
    let kit = project.join("out/kit");
    let agenda = parts(&kit.join("agenda.docx"), "word/document.xml");
    assert!(agenda.contains("Round 1 of 4 (table 1: Our students)"), "{agenda}");
    assert!(!agenda.contains("Each table has noticed facts"), "{agenda}");
    let carousel = parts(&kit.join("carousel.docx"), "word/document.xml");
    // Five tables at four stations: two copies of each. Table 2 begins at the second station.
    let row = |table: &str| {
        let rows = carousel.split("<w:tr>").filter(|row| row.contains(&format!(">{table}</w:t>")));
        let text = rows.last().unwrap();
        text.split("Station ").skip(1).map(|rest| rest[..1].to_owned()).collect::<String>()
    };
    assert_eq!([row("1"), row("2"), row("5")], ["1234", "2341", "1234"]);
    assert!(carousel.contains("12 people at a station is too many; 8 is the most that works"), "{carousel}");
    assert!(carousel.contains("tables = 8"), "{carousel}");
    let materials = parts(&kit.join("materials.docx"), "word/document.xml");
    let sheets =
        materials.split("<w:tr>").find(|row| row.contains("Sheets “We notice” and “We wonder”")).unwrap();
    assert!(sheets.contains(">16<"), "{sheets}");
    // The clock on the packets is that of the rounds.
    let stations = std::fs::read_to_string(project.join("out/print/stations.html")).unwrap();
    let minutes = stations.split_once("The clock: ").unwrap().1.split_once(" minutes").unwrap().0;
    let round = agenda.split("<w:tr>").find(|row| row.contains("Round 1 of 4")).unwrap();
    assert!(round.contains(&format!(">{minutes}<")), "{minutes}: {round}");
    assert!(stations.contains(&format!("–{minutes}</th>")), "{minutes}");
}
