//! What large and hostile files cost, printed as a table for CONTRIBUTING.md:
//! `cargo test --release --test it worst -- --ignored --nocapture`.

#![cfg(target_os = "linux")]
#![allow(clippy::disallowed_methods, reason = "how long it takes is what is printed")]
#![allow(clippy::print_stdout, reason = "the table is for whoever runs this")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::hostile::project;
use crate::memory::table;
use crate::project::Made;

/// Runs the program and gives the seconds that it took and the most memory that it held, in MiB.
fn cost(command: &str, on: &Path) -> (f64, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args([command, "-q"])
        .arg(on)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        most = peak.and_then(|kib| kib.trim().parse().ok()).unwrap_or(most);
        thread::sleep(Duration::from_millis(2));
    }
    (start.elapsed().as_secs_f64(), most >> 10)
}

fn print(what: &str, command: &str, on: &Path, bytes: u64) {
    let (seconds, memory) = cost(command, on);
    println!("| {what} | {:.1} MB | `{command}` | {memory} MiB | {seconds:.1} s |", bytes as f64 / 1e6);
}

fn made(content: &[u8]) -> Made {
    let made = project("file.csv");
    fs::write(made.path().join("file.csv"), content).unwrap();
    made
}

#[test]
#[ignore = "it prints, and judges nothing"]
fn worst() {
    let name = |name: &str| format!("ID,District,Year,Students\n01,{name},2023,5\n").into_bytes();
    let wide: Vec<String> = (0..65_000).map(|i| format!("column {i}")).collect();
    let wide = format!("ID,District,Year,{}\n01,Ash,2023,{}\n", wide.join(","), vec!["5"; 65_000].join(","));
    let long: String =
        (10..307).map(|i| format!("{i},{},2023,5\n", "a".repeat(1 << 20))).collect::<Vec<_>>().concat();
    for (what, content) in [
        ("a name of 32,000 characters, no blanks", name(&"a".repeat(32_000))),
        ("a name of 8,000 words", name(&"abc ".repeat(8_000))),
        ("65,000 columns", wide.clone().into_bytes()),
        ("297 names of a megabyte", format!("ID,District,Year,Students\n{long}").into_bytes()),
        ("5 million values", table(4_999_998, 100).into_bytes()),
        ("9.9 million values", table(9_900_000, 200).into_bytes()),
    ] {
        let made = made(&content);
        for command in ["check", "build"] {
            print(what, command, made.path(), content.len() as u64);
        }
    }
    let made = made(wide.as_bytes());
    print("65,000 columns", "inspect", &made.path().join("file.csv"), wide.len() as u64);
    chains();
    many();
}

/// Crosswalks of 200,000 rows.
fn chains() {
    for (what, year) in [("in one year", 0), ("over 100 years", 100)] {
        let rows = 200_000;
        let step = |i: usize| format!("{},{},{},\n", i + 1, i + 2, 1920 + i * year / rows);
        let chain = format!("from_id,to_id,school_year,note\n{}", (0..rows).map(step).collect::<String>());
        let made = project("good.csv").also("[districts]\ncrosswalk = \"chain.csv\"\n");
        // The last of the table's districts: all others live on in it.
        made.open("40099");
        fs::write(made.path().join("chain.csv"), &chain).unwrap();
        fs::write(made.path().join("good.csv"), table(1_000_000, 25)).unwrap();
        print(&format!("a crosswalk of 200,000 steps {what}"), "check", made.path(), chain.len() as u64);
    }
}

/// Thousands of files and sources.
fn many() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..3_000 {
        let text = format!(
            "District ID,District Name,School Year,Total Enrollment\n1,Ash,2022-23,{i}\n2,Elm,2022-23,7\n"
        );
        fs::write(folder.path().join(format!("f{i}.csv")), text).unwrap();
    }
    print("3,000 files", "init", folder.path(), 3_000 * 80);
    let mut made = project("0.csv");
    for i in 1..20_000 {
        made = made.source(&format!("{}.csv", i % 10), "layout.toml");
    }
    for i in 0..10 {
        fs::write(made.path().join(format!("{i}.csv")), table(100, 10)).unwrap();
    }
    made.open("1");
    print("20,000 sources of 10 files", "check", made.path(), 20_000 * 50);
}
