//! Which files are read, and what is reported about those that contain nothing.

use std::fs;
use std::process::{Command, Output};

use retreat::diagnostic::Severity;

use crate::project::Made;

const LAYOUT: &str = r#"
id = "any"
label = "Any"
authority = "made up"
public = true

[year]
from = "column"
column = ["school_year", "Year"]
means = "end"

[district]
id = ["district_id"]
name = ["district_name"]

[[part]]
part = "measure"
column = ["measure"]

[[column]]
name = ["value"]

[measures]
"Enrollment" = "enrollment"
"#;

const HEADER: &str = "district_id,district_name,school_year,measure,value\n";

/// A project that reads everything in its folder.
fn made(source: &str, value: u32) -> Made {
    let made = Made::new().layout("layout.toml", LAYOUT).source(source, "layout.toml");
    made.open("1");
    write(&made, value);
    made
}

fn write(made: &Made, value: u32) {
    let rows = format!("{HEADER}1,Ash,2023,Enrollment,500\n1,Ash,2024,Enrollment,{value}\n");
    fs::write(made.path().join("data.csv"), rows).unwrap();
}

fn run(made: &Made, arguments: &[&str]) -> (Option<i32>, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_retreat")).args(arguments).current_dir(made.path()).output();
    let Output { status, stderr, .. } = run.unwrap();
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn output_is_not_read_as_a_source() {
    for source in [".", "**/*.csv", "**/**/*.csv"] {
        let made = made(source, 768);
        for out in ["out", "packs/2024"] {
            let (code, said) = run(&made, &["build", ".", "--out", out]);
            assert_eq!(code, Some(0), "{source}: {said}");
        }
        assert_eq!(run(&made, &["check", "."]).0, Some(0));
        // A pack is still a pack under another name.
        fs::rename(made.path().join("packs/2024"), made.path().join("last year")).unwrap();
        write(&made, 5768);
        let read = made.read();
        assert_eq!(read.value("1", 2024, "enrollment"), 5768.0, "{source}");
        assert_eq!(read.data.sources.len(), 1, "{source}");
        assert!(
            read.data.diagnostics.iter().all(|d| d.severity != Severity::Error),
            "{:?}",
            read.data.diagnostics
        );
        let first = fs::read(made.path().join("out/report.json")).unwrap();
        write(&made, 768);
        assert_eq!(run(&made, &["build", "."]).0, Some(0));
        assert_eq!(fs::read(made.path().join("out/report.json")).unwrap(), first, "{source}");
    }
}

#[test]
fn files_moved_out_of_a_pack_are_not_read() {
    let made = made(".", 768);
    let build = || assert_eq!(run(&made, &["build", ".", "--format", "svg"]).0, Some(0));
    build();
    // As if a run had been killed while it removed an old pack that somebody had put a table into.
    let old = made.path().join(".out.old");
    fs::create_dir(&old).unwrap();
    fs::copy(made.path().join("out/report.json"), old.join("report.json")).unwrap();
    fs::copy(made.path().join("data.csv"), old.join("mine.csv")).unwrap();
    build();
    assert!(made.path().join("out-kept/mine.csv").is_file());
    let read = made.read();
    assert_eq!(read.data.sources.len(), 1);
    assert!(
        read.data.diagnostics.iter().all(|d| d.severity != Severity::Error),
        "{:?}",
        read.data.diagnostics
    );
}

#[test]
fn a_source_that_names_output_is_an_error() {
    for source in
        ["out/data/observations.csv", "out", "o*/data/*.csv", "readiness", "out/../out/data/observations.csv"]
    {
        let made = Made::new().layout("layout.toml", LAYOUT).source("data.csv", "layout.toml");
        let made = made.source(source, "layout.toml");
        made.open("1");
        write(&made, 768);
        run(&made, &["build", ".", "--format", "svg"]);
        run(&made, &["check", "."]);
        let read = made.read();
        let problem = if source.contains("..") { "path-outside" } else { "own-output" };
        assert_eq!(read.problem(problem).severity, Severity::Error, "{source}");
        assert_eq!(read.data.sources.len(), 1, "{source}");
    }
}

#[test]
fn a_file_without_a_row_of_data_is_an_error_of_that_file() {
    let header = HEADER.as_bytes();
    for (content, id) in [(b"".as_slice(), "nothing-there"), (header, "no-rows"), (b"\n\n", "nothing-there")]
    {
        let made = made("*.csv", 768);
        fs::write(made.path().join("more.csv"), content).unwrap();
        // The second time, it may come from the cache.
        for _ in 0..2 {
            let (code, said) = run(&made, &["swot", ".", "-v"]);
            let content = String::from_utf8_lossy(content);
            assert_eq!(code, Some(1), "{content:?}: {said}");
            assert!(said.contains(&format!("error[{id}] more.csv: ")), "{content:?}: {said}");
            assert!(said.contains("Read 2 values for 1 district"), "{said}");
        }
    }
}

#[test]
fn a_source_whose_layout_reads_no_row_of_its_files_is_an_error() {
    let other = LAYOUT.replace("id = \"any\"", "id = \"other\"");
    let other = other.replace("[year]", "[sheets]\nmatching = \"^Nowhere$\"\n\n[year]");
    let made = Made::new().layout("layout.toml", LAYOUT).layout("other.toml", &other);
    let made = made.source("data.csv", "layout.toml").source("data.csv", "other.toml");
    made.open("1");
    write(&made, 768);
    let read = made.read();
    let problem = read.problem("source-without-rows");
    assert!(problem.severity == Severity::Error && problem.found.contains("other"), "{problem}");
    assert_eq!(read.value("1", 2024, "enrollment"), 768.0);
}

#[test]
fn a_column_that_weighs_others_is_not_unread() {
    let layout = LAYOUT.replace("[[part]]\npart = \"measure\"\ncolumn = [\"measure\"]\n", "").replace(
        "name = [\"value\"]",
        "name = [\"Attendance\"]\nmeasure = \"attendance-rate\"\nweight = [\"Students\"]",
    );
    let csv = "district_id,district_name,school_year,Attendance,Students,Remarks\n1,Ash,2024,95.5,200,x\n";
    let read =
        Made::new().layout("layout.toml", &layout).write("data.csv", csv.as_bytes(), "layout.toml").read();
    let sheet = &read.data.sources[0].sheets[0];
    assert_eq!((sheet.columns_read, &sheet.columns_unread[..]), (2, ["Remarks".to_owned()].as_slice()));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let made = made("data.csv", 768);
    let program = env!("CARGO_BIN_EXE_retreat");
    for command in [
        "catalog measures",
        "swot .",
        "peers . --all --json",
        "inspect data.csv",
        "check . --json",
        "manual",
        "completions bash",
        "init --dry-run",
    ] {
        // Nothing is read from the pipe: it is closed before the first line.
        let script = format!("{{ {program} {command} 2>said; echo $? >code; }} | true");
        let script = format!(
            "rm -f code; mkfifo gone 2>/dev/null; {script}; while [ ! -s code ]; do sleep 0.05; done"
        );
        Command::new("sh").args(["-c", &script]).current_dir(made.path()).status().unwrap();
        let said = fs::read_to_string(made.path().join("said")).unwrap();
        let code = fs::read_to_string(made.path().join("code")).unwrap();
        assert!(
            !said.contains("panicked") && !said.contains("pipe") && !said.contains("cannot write"),
            "{command}: {said}"
        );
        assert!(matches!(code.trim(), "0" | "1" | "2" | "141"), "{command}: {code}");
        assert!(code.trim() != "2" || command.starts_with("init"), "{command}: {said}");
    }
    // A closed output does not prevent a pack from being built.
    let script = format!("{program} build . --format svg 2>&1 >/dev/null | true; sleep 0");
    Command::new("sh").args(["-c", &script]).current_dir(made.path()).status().unwrap();
    let done = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        made.path().join("out/report.json").is_file()
    });
    assert!(done);
}

#[test]
fn a_page_is_named_only_if_it_was_written() {
    let made = made("data.csv", 768);
    let (code, said) = run(&made, &["build", ".", "--format", "svg"]);
    assert!(code == Some(0) && !said.contains("index.html"), "{said}");
    let (code, said) = run(&made, &["build", ".", "--format", "html"]);
    assert!(code == Some(0) && said.contains("Open ./out/index.html in a browser."), "{said}");
}

#[test]
fn files_with_the_line_ends_and_marks_of_windows_are_read_alike() {
    let table = format!("{HEADER}7,Ash,2024,Enrollment,120\n8,Birch,2024,Enrollment,90\n");
    let read = |layout: &str, table: &str, measures: &str| {
        let made =
            Made::new().layout("layout.toml", layout).write("table.csv", table.as_bytes(), "layout.toml");
        fs::create_dir_all(made.path().join("catalog/measures")).unwrap();
        fs::write(made.path().join("catalog/measures/our-indicators.toml"), measures).unwrap();
        let read = made.read();
        ["7", "8"].map(|district| read.value(district, 2024, "enrollment"))
    };
    const MEASURES: &str = "[[measure]]\nid = \"ours\"\nlabel = \"Ours\"\ndomain = \"students\"\nunit = \"percent\"\n\
                            better = \"higher\"\ndefinition = \"Ours.\"\nauthority = \"a test\"\npeople = \"students\"\n\
                            smallest-group = 10\nmeaningful-change = 1.0\n";
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(read(LAYOUT, &table, MEASURES), [120.0, 90.0]);
    assert_eq!(read(&windows(LAYOUT), &windows(&table), &windows(MEASURES)), [120.0, 90.0]);
}
