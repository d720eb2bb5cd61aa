//! What is large takes as long as it is large: with work that grows with its square, each of these would take minutes, and the
//! tests' own time says so. No time is asserted.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::hostile::project;
use crate::project::Made;

/// Runs the program in a project's folder; what it says on both streams.
fn run(made: &Made, arguments: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_retreat");
    let output = Command::new(program).args(arguments).current_dir(made.path()).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn a_columns_name_of_40000_characters_is_looked_at() {
    let made = Made::new();
    let text = format!("ID,District,Year,{}\n1,Ash,2024,5\n", "Enrollment ".repeat(3_600));
    fs::write(made.path().join("name.csv"), text).unwrap();
    assert!(run(&made, &["inspect", "name.csv"]).contains("name.csv"));
}

#[test]
fn sixteen_thousand_columns_are_looked_at() {
    let made = Made::new();
    let columns = 16_000;
    let names: Vec<String> =
        (0..columns).map(|i| format!("Some measure number {i} of grade {} students", i % 12)).collect();
    let rows: String =
        (1..4).map(|row| format!("{row},District {row},2024{}\n", ",17".repeat(columns))).collect();
    fs::write(made.path().join("wide.csv"), format!("ID,District,Year,{}\n{rows}", names.join(","))).unwrap();
    assert!(run(&made, &["inspect", "wide.csv"]).contains("number 15999"));
}

#[test]
fn three_thousand_files_become_a_project() {
    let made = Made::new();
    for i in 1..=3_000 {
        let text = format!("District ID,District,Year,Enrollment\n{i},District {i},2024,{}\n", 100 + i);
        fs::write(made.path().join(format!("file{i}.csv")), text).unwrap();
    }
    run(&made, &["init", "."]);
    assert!(made.path().join("retreat.toml").exists());
}

#[test]
fn twenty_thousand_sources_are_read() {
    let made = (0..20_000).fold(project("good.csv"), |made, _| made.source("good.csv", "layout.toml"));
    made.open("1");
    assert!(run(&made, &["swot", "."]).contains("of 2 districts from 1 file"));
}

#[test]
fn a_chain_of_200000_changed_ids_is_followed() {
    let made = project("birch.csv").also("[districts]\ncrosswalk = \"changes.csv\"\n");
    let mut chain = "from_id,to_id,school_year,note\n".to_owned();
    (1..=200_000).for_each(|id| _ = writeln!(chain, "{id},{},2024,renumbered", id + 1));
    fs::write(made.path().join("changes.csv"), chain).unwrap();
    fs::write(made.path().join("birch.csv"), "ID,District,Year,Students\n200001,Elm,2023,5\n").unwrap();
    made.open("200001");
    assert!(run(&made, &["swot", "."]).contains("from 2 files"));
}
