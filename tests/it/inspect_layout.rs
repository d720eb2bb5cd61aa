//! `retreat inspect --layout` shows what a layout makes of each cell.

use std::fs;
use std::path::Path;
use std::process::Command;

const LAYOUT: &str = r#"
id = "ours"
label = "Ours"
authority = "a test"
public = true

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
id-width = 3
name = ["District"]

[[part]]
part = "group"
column = ["Group"]

[[column]]
name = ["Attendance"]
measure = "attendance-rate"
weight = ["Days"]

[[ignore]]
name = ["Contact"]
why = "No number."
"#;

const TABLE: &str = "ID,District,Year,Group,Attendance,Contact,Color\n\
    7,Ash,2024,All,93.5,Kim,red\n\
    7,Ash,2024,White,<10,Kim,red\n\
    7,Ash,2024,Purple people,90.1,Kim,red\n\
    Total,,2024,All,93.1,,\n";

struct Inspected {
    code: Option<i32>,
    said: String,
    problems: String,
}

fn inspected(folder: &Path, arguments: &[&str]) -> Inspected {
    fs::write(folder.join("ours.toml"), LAYOUT).unwrap();
    fs::write(folder.join("ours.csv"), TABLE).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_retreat"));
    let output = command.current_dir(folder).args(["inspect", "ours.csv"]).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Inspected { code: output.status.code(), said: text(output.stdout), problems: text(output.stderr) }
}

/// The words of each line, so that widths of columns do not matter.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn each_cell_is_shown_with_what_it_was_read_as() {
    let folder = tempfile::tempdir().unwrap();
    let Inspected { said, problems, .. } = inspected(folder.path(), &["--layout", "ours.toml"]);
    let lines = lines(&said);
    for line in [
        "The table: header in row 1, 2 values from 4 rows",
        "E2 93.5 93.5 2023-24 007 Ash attendance-rate",
        "E3 <10 masked (up to 10) 2023-24 007 Ash attendance-rate / white",
        "column \"Contact\" left out: No number.",
        "the layout does not mention \"Color\"",
    ] {
        assert!(lines.iter().any(|shown| shown == line), "{line:?} is not in\n{said}");
    }
    assert!(!said.contains("90.1"), "{said}");
    assert!(problems.contains("Purple people"), "{problems}");
}

#[test]
fn all_cells_are_printed_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let Inspected { said, .. } = inspected(folder.path(), &["--layout", "ours.toml", "--json"]);
    let cells: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(cells[0]["cell"], "E2");
    assert_eq!(cells[0]["value"], 93.5);
    assert_eq!(cells[0]["district_id"], "007");
    assert_eq!(cells[1]["status"], "masked");
    assert_eq!(cells[1]["value"], serde_json::Value::Null);
    assert_eq!(cells.as_array().unwrap().len(), 2);
}

#[test]
fn a_layout_that_is_not_there_is_refused_with_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let said = inspected(folder.path(), &["--layout", "our.toml"]);
    assert_eq!(said.code, Some(2));
    assert!(said.problems.contains("\"our.toml\""), "{}", said.problems);
    assert!(said.problems.contains("did you mean \"ours.toml\"?"), "{}", said.problems);
    let said = inspected(folder.path(), &["--layout", "census-f34"]);
    assert!(said.problems.contains("census-f33"), "{}", said.problems);
}
