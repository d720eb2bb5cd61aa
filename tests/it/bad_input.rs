//! Bad input costs as little as possible, and the message says file, sheet and cell, what was done and what
//! to do.

use retreat::catalog::Catalog;
use retreat::diagnostic::{Diagnostic, Severity};
use retreat::domain::Status;
use retreat::run::{self, RunError};

use crate::project::Made;

const LAYOUT: &str = r#"
id = "simple"
label = "A simple table"
authority = "a test"
public = true

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["District"]
id-width = 4
name = ["Name"]

[[column]]
name = ["Students"]
measure = "enrollment"

[[column]]
name = ["Attendance"]
measure = "attendance-rate"
"#;

fn simple(csv: &str) -> Made {
    Made::new().layout("simple.toml", LAYOUT).write("table.csv", csv.as_bytes(), "simple.toml")
}

/// A diagnostic is complete: place, what was found, what was done, what to do.
fn assert_whole(problem: &Diagnostic) {
    for text in [&problem.found, &problem.done, &problem.hint] {
        assert!(text.len() > 5 && !text.contains("Error") && !text.contains("unwrap"), "{problem}");
    }
    assert!(!problem.place.file.is_empty(), "{problem}");
}

#[test]
fn a_cell_that_is_not_a_number_loses_only_that_cell() {
    let read =
        simple("District,Name,Year,Students,Attendance\n1,A,2024,1O4,95.5\n2,B,2024,200,\"9,5\"\n").read();
    assert_eq!(read.at("1", 2024, "enrollment"), Some((None, Status::Missing)));
    assert_eq!(read.value("1", 2024, "attendance-rate"), 95.5);
    assert_eq!(read.value("2", 2024, "enrollment"), 200.0);
    let places: Vec<String> = read.data.diagnostics.iter().map(|d| d.place.to_string()).collect();
    assert_eq!(places, ["table.csv › D2", "table.csv › E3"]);
    let problem = read.problem("cell-not-number");
    assert_whole(problem);
    assert!(problem.hint.contains("letter O"), "{}", problem.hint);
}

/// The layout with the enrollment of two columns added up.
fn with_sum(column: &str) -> String {
    LAYOUT.replace("name = [\"Students\"]", column)
}

#[test]
fn a_sum_without_one_of_its_columns_is_left_out() {
    let layout = with_sum("sum = [\"Girls\", \"Boys\"]");
    let table = "District,Name,Year,Girls,Boy,Attendance\n1,A,2024,50,48,95\n";
    let read =
        Made::new().layout("sum.toml", &layout).write("table.csv", table.as_bytes(), "sum.toml").read();
    let problem = read.problem("column-missing");
    assert_whole(problem);
    assert!(problem.found.contains("\"Boys\"; did you mean \"Boy\"?"), "{}", problem.found);
    assert_eq!(read.at("1", 2024, "enrollment"), None);
}

#[test]
fn a_layout_with_a_sum_or_split_that_is_none_is_refused() {
    let catalog = Catalog::embedded().unwrap();
    for (column, part) in [
        ("sum = [\"Girls\"]", "at least two different columns"),
        ("sum = [\"Girls\", \"girls\"]", "at least two different columns"),
        ("sum = [\"Girls\", \"Boys\"]\nname = [\"Students\"]", "`name`, `matching`, or `sum`"),
        ("sum = [\"Girls\", \"Boys\"]\noccurrence = 2", "`split` or `occurrence`"),
        ("name = [\"Girls\"]\nsplit = [\"unread\", \"unread\"]", "a number that is read"),
        ("name = [\"Girls\"]\nsplit = [\"value\", \"value\"]", "none of them twice"),
        ("sums = [\"Girls\", \"Boys\"]", "did you mean \"sum\"?"),
    ] {
        let error = catalog.read_layout("sum.toml", &with_sum(column)).unwrap_err().to_string();
        assert!(error.contains(part), "{column}: {error}");
    }
    assert!(catalog.read_layout("sum.toml", &with_sum("sum = [\"Girls\", \"Boys\"]")).is_ok());
}

#[test]
fn a_missing_column_is_reported_with_the_nearest_name() {
    let read = simple("District,Name,Year,Students,Attendence\n1,A,2024,100,95\n").read();
    let problem = read.problem("column-missing");
    assert_whole(problem);
    assert!(problem.found.contains("\"Attendance\"; did you mean \"Attendence\"?"), "{}", problem.found);
    assert_eq!(read.value("1", 2024, "enrollment"), 100.0);
    let sheet = &read.data.sources[0].sheets[0];
    assert_eq!(sheet.columns_unread, ["Attendence"]);
}

#[test]
fn a_missing_header_loses_only_the_sheet() {
    let read = simple("Distrikt,Name,Year,Students\n1,A,2024,100\n").read();
    let problem = read.problem("header-not-found");
    assert_whole(problem);
    assert!(problem.found.contains("the most similar cell is \"Distrikt\" in A1"), "{}", problem.found);
    assert_eq!(read.data.observations, 0);
}

#[test]
fn an_unreadable_year_loses_only_the_row() {
    let read = simple("District,Name,Year,Students\n1,A,last,100\n1,A,2024,101\n").read();
    let problem = read.problem("year-unreadable");
    assert_whole(problem);
    assert_eq!(problem.place.to_string(), "table.csv › C2");
    assert_eq!(read.value("1", 2024, "enrollment"), 101.0);
    assert_eq!(read.data.sources[0].sheets[0].rows_left_out[0].rows, 1);
}

#[test]
fn a_row_without_a_district_is_reported_and_counted() {
    let read =
        simple("District,Name,Year,Students\n,Unknown,2024,900\n1,A,2024,100\nsource: us,,2024,\n").read();
    assert_whole(read.problem("district-missing"));
    assert_eq!(read.problem("district-missing").place.to_string(), "table.csv › A2");
    assert_eq!(read.data.sources[0].sheets[0].rows, 3);
}

#[test]
fn two_values_for_the_same_thing_are_reported_with_both_cells() {
    let read = simple("District,Name,Year,Students\n1,A,2024,100\n1,A,2024,101\n").read();
    let problem = read.problem("two-values");
    assert_whole(problem);
    assert!(problem.found.contains("101") && problem.found.contains("D2"), "{}", problem.found);
    assert_eq!(problem.place.to_string(), "table.csv › D3");
    assert_eq!(read.value("1", 2024, "enrollment"), 100.0);
}

#[test]
fn files_that_are_missing_empty_or_something_else_cost_only_themselves() {
    let read = simple("District,Name,Year,Students\n1,A,2024,100\n")
        .source("nowhere/*.csv", "simple.toml")
        .write("empty.csv", b"", "simple.toml")
        .write("broken.xlsx", b"PK\x03\x04 xl/workbook.xml and then nothing", "simple.toml")
        .write("picture.csv", b"\x89PNG\r\n\x1a\n and so on", "simple.toml")
        .read();
    for id in ["source-missing", "nothing-there", "file-unreadable"] {
        assert_whole(read.problem(id));
    }
    let unreadable = read.data.diagnostics.iter().filter(|d| d.id == "file-unreadable").count();
    assert_eq!(unreadable, 2);
    assert_eq!(read.value("1", 2024, "enrollment"), 100.0);
}

#[test]
fn an_unknown_layout_or_district_stops_with_the_nearest_name() {
    let made = simple("District,Name,Year,Students\n0012,Oak Grove,2024,100\n");
    let project = made.open("0013");
    let session = run::Session::read(&project).unwrap();
    let error = session.district("0013").unwrap_err();
    assert!(matches!(error, RunError::District { .. }));
    assert!(error.to_string().contains("0012 (Oak Grove)"), "{error}");

    let text = "[retreat]\ntitle = \"T\"\ndistrict = \"1\"\n[[source]]\npath = \"x.csv\"\nlayout = \"tx-tapr-profil\"\n";
    std::fs::write(made.path().join("retreat.toml"), text).unwrap();
    let error = retreat::project::Project::open(made.path()).unwrap_err().to_string();
    assert!(error.contains("did you mean \"tx-tapr-profile\"?"), "{error}");
}

#[test]
fn a_workbook_says_what_it_did_not_read() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Data").unwrap();
    for (row, cells) in
        [["District", "Year", "Students", "Comments"], ["1", "2024", "100", "hm"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    workbook.add_worksheet().set_name("Old").unwrap().set_hidden(true).write_number(0, 0, 1.0).unwrap();
    let made = Made::new().layout("simple.toml", LAYOUT);
    let read = made.write("book.xlsx", &workbook.save_to_buffer().unwrap(), "simple.toml").read();
    assert_eq!(read.value("1", 2024, "enrollment"), 100.0);
    let notes: Vec<String> = read
        .data
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Note)
        .map(|d| format!("{}: {}", d.place, d.found))
        .collect();
    assert!(
        notes.iter().any(|n| n.starts_with("book.xlsx › Data") && n.contains("\"Comments\"")),
        "{notes:?}"
    );
    assert!(notes.iter().any(|n| n.starts_with("book.xlsx › Old") && n.contains("hidden")), "{notes:?}");
}

#[test]
fn a_stray_cell_in_the_last_corner_costs_nothing() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, text) in ["District", "Year", "Students"].iter().enumerate() {
        sheet.write_string(0, column as u16, *text).unwrap();
    }
    sheet
        .write_string(1, 0, "1")
        .unwrap()
        .write_number(1, 1, 2024.0)
        .unwrap()
        .write_number(1, 2, 7.0)
        .unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let made = Made::new().layout("simple.toml", LAYOUT);
    let read = made.write("corner.xlsx", &workbook.save_to_buffer().unwrap(), "simple.toml").read();
    assert_eq!(read.value("1", 2024, "enrollment"), 7.0);
}

#[test]
fn a_later_file_revises_an_earlier_one_but_a_blank_does_not() {
    let read = simple("District,Name,Year,Students,Attendance\n1,A,2023,100,95\n1,A,2024,110,94\n")
        .write("later.csv", b"District,Name,Year,Students,Attendance\n1,B,2024,111,\n", "simple.toml")
        .read();
    assert_eq!(read.value("1", 2024, "enrollment"), 111.0);
    assert_eq!(read.value("1", 2024, "attendance-rate"), 94.0);
    assert_eq!(read.cells("1", 2024, "enrollment"), ["later.csv › D2"]);
    assert_eq!(read.data.revisions.len(), 1);
    assert_eq!(read.problem("revised").place.to_string(), "later.csv › D2");
    assert_eq!(read.data.released.terms().districts[0].name, "B");
}

#[test]
fn private_values_about_too_few_are_withheld() {
    let private = LAYOUT.replace("public = true", "public = false");
    let csv = "District,Name,Year,Students,Attendance\n1,A,2024,9,95\n2,B,2024,10,95\n";
    let read = Made::new().layout("p.toml", &private).write("t.csv", csv.as_bytes(), "p.toml").read();
    assert_eq!(read.at("1", 2024, "enrollment"), Some((None, Status::Withheld)));
    assert_eq!(read.value("2", 2024, "enrollment"), 10.0);
    // The count, the 100% share of the same nine, and their attendance; the attendance of the ten is a share
    // of their days.
    assert_eq!(read.data.released.withheld(), 3);
    let stricter = Made::new()
        .layout("p.toml", &private)
        .write("t.csv", csv.as_bytes(), "p.toml")
        .also("[privacy]\nsmallest_group = 20\n")
        .read();
    assert_eq!(stricter.data.released.withheld(), 6);
}

#[test]
fn values_computed_from_private_ones_are_withheld_too() {
    let private = LAYOUT.replace("public = true", "public = false")
        + "\n[[column]]\nname = [\"Hispanic\"]\nmeasure = \"enrollment\"\ngroup = \"hispanic\"\n";
    let csv = "District,Name,Year,Students,Attendance,Hispanic\n1,A,2024,100,95,3\n2,B,2024,100,95,30\n";
    let read = Made::new().layout("p.toml", &private).write("t.csv", csv.as_bytes(), "p.toml").read();
    // 3 of 100 students: the share would reveal the withheld count.
    assert_eq!(read.at("1", 2024, "enrollment/hispanic"), Some((None, Status::Withheld)));
    assert_eq!(read.at("1", 2024, "enrollment-share/hispanic"), Some((None, Status::Withheld)));
    assert_eq!(read.value("2", 2024, "enrollment-share/hispanic"), 30.0);
}

#[test]
fn a_share_of_a_whole_that_nobody_published_is_not_computed() {
    let layout = LAYOUT.replace("measure = \"enrollment\"", "measure = \"enrollment\"\ngroup = \"hispanic\"");
    let csv = "District,Name,Year,Students,Attendance\n1,Ash,2024,120,95\n";
    let made = Made::new().layout("simple.toml", &layout).write("t.csv", csv.as_bytes(), "simple.toml");
    // 120 of an unknown number is not 100 percent.
    assert_eq!(made.read().at("1", 2024, "enrollment-share/hispanic"), None);
}

#[test]
fn a_district_that_stays_is_a_part_of_its_merger_without_a_row() {
    let table = "District,Name,Year,Students,Attendance\n1,Ash,2022,300,95\n1,Ash,2023,310,95\n1,Ash,2024,500,95\n\
                 2,Birch,2022,200,95\n2,Birch,2023,190,95\n";
    let made = Made::new()
        .layout("simple.toml", LAYOUT)
        .write("a.csv", table.as_bytes(), "simple.toml")
        .also("[districts]\ncrosswalk = \"crosswalk.csv\"\n");
    std::fs::write(made.path().join("crosswalk.csv"), "from_id,to_id,school_year,note\n2,1,2024,\n").unwrap();
    let read = made.read();
    assert_eq!(read.value("1", 2022, "enrollment"), 500.0);
    assert_eq!(read.value("1", 2023, "enrollment"), 500.0);
    assert!(read.problem("crosswalk-stays").found.contains("into 1"));
}

#[test]
fn a_merged_districts_past_is_public_only_if_all_its_parts_are() {
    let read = |second_is_public: bool| {
        let second = LAYOUT.replace("public = true", &format!("public = {second_is_public}"));
        let crosswalk = "from_id,to_id,school_year,note\n1,1,2024,\n2,1,2024,\n";
        let header = "District,Name,Year,Students,Attendance\n";
        let made = Made::new()
            .layout("simple.toml", LAYOUT)
            .layout("second.toml", &second)
            .write("a.csv", format!("{header}1,Ash,2023,3,95\n1,Ash,2024,9,95\n").as_bytes(), "simple.toml")
            .write("b.csv", format!("{header}2,Birch,2023,4,95\n").as_bytes(), "second.toml")
            .also("[districts]\ncrosswalk = \"crosswalk.csv\"\n");
        std::fs::write(made.path().join("crosswalk.csv"), crosswalk).unwrap();
        made.read()
    };
    let public = read(true);
    assert_eq!(public.value("1", 2023, "enrollment"), 7.0);
    // Cells of both files are named.
    let cells = public.cells("1", 2023, "enrollment");
    assert!(cells.len() == 2 && cells[0].starts_with("a.csv") && cells[1].starts_with("b.csv"), "{cells:?}");
    assert_eq!(read(false).at("1", 2023, "enrollment"), Some((None, Status::Withheld)));
}
