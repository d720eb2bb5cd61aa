//! Four times the input takes about four times the processor time; work that grows with the square would take
//! sixteen times. Each case is built in two sizes; the larger is so large that starting the program does not
//! matter.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use crate::hostile::project;
use crate::project::Made;

/// Between the 4 of linear work, with its noise, and the 16 of quadratic work.
const MOST: f64 = 8.0;
/// Processor time of the program's start and the machine's noise, regardless of the size, in seconds.
const START: f64 = 0.25;

/// Runs the program in a project's folder and returns its processor time in seconds. Its output must contain
/// `said`.
fn processor_time(made: &Made, arguments: &[&str], said: &str) -> f64 {
    let times = made.path().with_extension("times");
    let script = format!("\"$0\" \"$@\"; code=$?; times > {}; exit $code", times.display());
    let program = env!("CARGO_BIN_EXE_retreat");
    let mut command = Command::new("sh");
    let output =
        command.args(["-c", &script, program]).args(arguments).current_dir(made.path()).output().unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{text}");
    assert!(text.contains(said), "{said:?} is not said:\n{text}");
    let text = fs::read_to_string(&times).unwrap();
    let _ = fs::remove_file(times);
    // The second line is about the commands that the shell ran: user and system time, as in 0m1.250s
    // 0m0.080s.
    text.lines().nth(1).unwrap().split_whitespace().map(seconds).sum()
}

/// The seconds in a time written as 1m2.5s.
fn seconds(text: &str) -> f64 {
    let (minutes, seconds) = text.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60.0 + seconds.replace(',', ".").parse::<f64>().unwrap()
}

/// Compares the processor times of a size and of four times that size.
fn grows_as_the_input(what: &str, time: impl Fn(usize) -> f64, size: usize) {
    let (small, large) = (time(size), time(4 * size));
    println!("growth,{what},{size},{small:.2},{large:.2}");
    assert!(
        large <= MOST * small.max(START),
        "{what}: {size} take {small:.2} s, four times as many {large:.2} s"
    );
}

#[test]
fn a_columns_name_takes_linear_time() {
    let time = |words: usize| {
        let made = Made::new();
        let text = format!("ID,District,Year,{}\n1,Ash,2024,5\n", "Enrollment ".repeat(words));
        fs::write(made.path().join("name.csv"), text).unwrap();
        processor_time(&made, &["inspect", "name.csv"], "name.csv")
    };
    grows_as_the_input("words of a column's name", time, 2_900);
}

#[test]
fn columns_take_linear_time() {
    let time = |columns: usize| {
        let made = Made::new();
        let names: Vec<String> =
            (0..columns).map(|i| format!("Some measure number {i} of grade {} students", i % 12)).collect();
        let row = |row: usize| format!("{row},District {row},2024{}\n", ",17".repeat(columns));
        let rows: String = (1..4).map(row).collect();
        fs::write(made.path().join("wide.csv"), format!("ID,District,Year,{}\n{rows}", names.join(",")))
            .unwrap();
        processor_time(&made, &["inspect", "wide.csv"], &format!("number {}", columns - 1))
    };
    grows_as_the_input("columns", time, 4_000);
}

/// `retreat init` also asks of each file whether it has the answers of a survey, and of each column whether it is an indicator of
/// the district's own.
#[test]
fn columns_of_a_new_project_take_linear_time() {
    let time = |columns: usize| {
        let made = Made::new();
        let names: Vec<String> = (0..columns).map(|i| format!("Some indicator number {i}")).collect();
        let row = |row: usize| format!("1,District 1,{}{}\n", 2020 + row, ",17".repeat(columns));
        let rows: String = (1..4).map(row).collect();
        fs::write(made.path().join("wide.csv"), format!("ID,District,Year,{}\n{rows}", names.join(",")))
            .unwrap();
        processor_time(&made, &["init", "."], "wide.csv")
    };
    grows_as_the_input("columns of a new project", time, 1_500);
}

/// Names of districts without ids are compared with one another.
#[test]
fn numbered_names_take_linear_time() {
    let time = |districts: usize| {
        let made = Made::new();
        let mut text = "District,Year,Enrollment\n".to_owned();
        (1..=districts).for_each(|i| _ = writeln!(text, "Ash {i} School District,2024,{}", 100 + i % 900));
        fs::write(made.path().join("names.csv"), text).unwrap();
        processor_time(&made, &["init", "."], "names.csv")
    };
    grows_as_the_input("numbered names", time, 3_000);
}

#[test]
fn files_take_linear_time() {
    let time = |files: usize| {
        let made = Made::new();
        for i in 1..=files {
            let text = format!("District ID,District,Year,Enrollment\n{i},District {i},2024,{}\n", 100 + i);
            fs::write(made.path().join(format!("file{i}.csv")), text).unwrap();
        }
        let time = processor_time(&made, &["init", "."], "");
        assert!(made.path().join("retreat.toml").exists());
        time
    };
    grows_as_the_input("files", time, 750);
}

#[test]
fn sources_take_linear_time() {
    let time = |sources: usize| {
        let made = (0..sources).fold(project("good.csv"), |made, _| made.source("good.csv", "layout.toml"));
        made.open("1");
        processor_time(&made, &["swot", "."], "for 2 districts from 1 file")
    };
    grows_as_the_input("sources", time, 5_000);
}

#[test]
fn a_chain_of_changed_ids_takes_linear_time() {
    let time = |ids: usize| {
        let made = project("birch.csv").also("[districts]\ncrosswalk = \"changes.csv\"\n");
        let mut chain = "from_id,to_id,school_year,note\n".to_owned();
        (1..=ids).for_each(|id| _ = writeln!(chain, "{id},{},2024,renumbered", id + 1));
        fs::write(made.path().join("changes.csv"), chain).unwrap();
        let last = (ids + 1).to_string();
        fs::write(made.path().join("birch.csv"), format!("ID,District,Year,Students\n{last},Elm,2023,5\n"))
            .unwrap();
        made.open(&last);
        processor_time(&made, &["swot", "."], "from 2 files")
    };
    grows_as_the_input("links of a chain", time, 50_000);
}

#[test]
fn rows_take_linear_time() {
    let time = |rows: usize| {
        let made = project("rows.csv");
        let mut text = "ID,District,Year,Students\n".to_owned();
        (1..=rows).for_each(|id| _ = writeln!(text, "{id},District {id},2023,{}", 100 + id % 900));
        fs::write(made.path().join("rows.csv"), text).unwrap();
        processor_time(&made, &["swot", "."], "from 2 files")
    };
    grows_as_the_input("rows", time, 100_000);
}
