//! What a district's own figures tell of its students: nothing within the policy's width, in any file of the pack.

use retreat::domain::Status;
use retreat::pack::{Formats, PackError};
use retreat::run::{self, RunError};

use crate::project::{Made, key};

const LAYOUT: &str = r#"
id = "private"
label = "The district's own figures"
authority = "the district"
public = false

[year]
from = "column"
column = ["Year"]
means = "end"

[district]
id = ["ID"]
name = ["District"]

[[part]]
part = "measure"
column = ["Measure"]

[[part]]
part = "group"
column = ["Group"]

[[part]]
part = "grade"
column = ["Grade"]

[[column]]
name = ["Value"]
weight = ["N"]
"#;

const HEADER: &str = "ID,District,Year,Measure,Group,Grade,Value,N\n";

fn made(rows: &[(&str, &str, &str, f64, &str)]) -> Made {
    let lines = rows.iter().map(|(measure, group, grade, value, n)| {
        format!("1,Small District,2024,{measure},{group},{grade},{value},{n}\n")
    });
    let table = HEADER.chars().chain(lines.collect::<String>().chars()).collect::<String>();
    Made::new().layout("private.toml", LAYOUT).write("own.csv", table.as_bytes(), "private.toml")
}

fn withheld(made: &Made, wanted: &[&str]) -> Vec<bool> {
    let read = made.read();
    wanted
        .iter()
        .map(|text| read.at("1", 2024, text).map(|(_, status)| status) == Some(Status::Withheld))
        .collect()
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let races = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 55.0, ""),
        ("enrollment", "black", "all", 18.0, ""),
        ("enrollment", "asian", "all", 7.0, ""),
    ]);
    let of = ["all", "white", "hispanic", "black", "asian"].map(|group| format!("enrollment/{group}"));
    let of: Vec<&str> = of.iter().map(String::as_str).collect();
    assert_eq!(withheld(&races, &of), [false, false, false, true, true]);
    // A share of a withheld count goes with it.
    assert_eq!(withheld(&races, &["enrollment-share/black", "enrollment-share/white"]), [true, false]);
}

#[test]
fn a_small_grade_takes_the_next_smallest_with_it() {
    let grades = made(&[
        ("enrollment", "all", "all", 60.0, ""),
        ("enrollment", "all", "KG", 24.0, ""),
        ("enrollment", "all", "01", 28.0, ""),
        ("enrollment", "all", "02", 8.0, ""),
    ]);
    let of = ["enrollment/all/KG", "enrollment/all/01", "enrollment/all/02", "enrollment"];
    assert_eq!(withheld(&grades, &of), [true, false, true, false]);
}

#[test]
fn a_group_that_is_nearly_everybody_tells_of_the_others() {
    let income = made(&[
        ("enrollment", "all", "all", 105.0, ""),
        ("enrollment", "low-income", "all", 103.0, ""),
        ("enrollment", "english-learners", "all", 60.0, ""),
    ]);
    assert_eq!(
        withheld(&income, &["enrollment/low-income", "enrollment/english-learners", "enrollment"]),
        [true, false, false]
    );
}

#[test]
fn rates_of_few_and_rates_near_an_end_are_withheld() {
    let rates = made(&[
        ("attendance-rate", "all", "all", 99.5, "400"),
        ("graduation-rate", "all", "all", 97.0, "60"),
        ("chronic-absenteeism-rate", "all", "all", 25.0, "8"),
        ("proficiency-rate", "all", "all", 45.0, "120"),
        ("dropout-rate", "all", "all", 0.0, "300"),
    ]);
    let of = [
        "attendance-rate",
        "graduation-rate",
        "chronic-absenteeism-rate",
        "proficiency-rate",
        "dropout-rate",
    ];
    assert_eq!(withheld(&rates, &of), [true, true, true, false, true]);
}

#[test]
fn a_rate_of_few_takes_another_of_its_dimension_with_it() {
    let rates = made(&[
        ("proficiency-rate", "all", "all", 50.0, "200"),
        ("proficiency-rate", "white", "all", 55.0, "120"),
        ("proficiency-rate", "hispanic", "all", 45.0, "72"),
        ("proficiency-rate", "asian", "all", 25.0, "8"),
    ]);
    let of = ["proficiency-rate/white", "proficiency-rate/hispanic", "proficiency-rate/asian"];
    assert_eq!(withheld(&rates, &of), [false, true, true]);
}

#[test]
fn the_pack_is_audited_and_passes() {
    let project = made(&[
        ("enrollment", "all", "all", 200.0, ""),
        ("enrollment", "white", "all", 120.0, ""),
        ("enrollment", "hispanic", "all", 73.0, ""),
        ("enrollment", "asian", "all", 7.0, ""),
    ]);
    let opened = project.open("1");
    let data = run::read(&opened).unwrap();
    run::build(&opened, &data, "1", &project.path().join("out"), &Formats::all()).unwrap();
    let table = std::fs::read_to_string(project.path().join("out/data/observations.csv")).unwrap();
    assert_eq!(table.matches(",withheld,").count(), 2, "{table}");
}

#[test]
fn a_pack_from_which_a_withheld_value_can_be_told_is_not_written() {
    // The state publishes every group but one; the district's own file has that one.
    let public = LAYOUT.replace("public = false", "public = true").replace("\"private\"", "\"state\"");
    let state = format!(
        "{HEADER}1,Small District,2024,enrollment,all,all,200,\n1,Small District,2024,enrollment,white,all,120,\n\
         1,Small District,2024,enrollment,hispanic,all,73,\n"
    );
    let project = made(&[("enrollment", "asian", "all", 7.0, "")]).layout("state.toml", &public).write(
        "state.csv",
        state.as_bytes(),
        "state.toml",
    );
    let opened = project.open("1");
    let data = run::read(&opened).unwrap();
    assert_eq!(data.released.run(&key("enrollment/asian")).map(|run| run.rows.len()), Some(1));
    let out = project.path().join("out");
    match run::build(&opened, &data, "1", &out, &Formats::all()) {
        Err(RunError::Pack(error @ PackError::Exposed { .. })) => {
            let text = error.to_string();
            assert!(text.contains("enrollment-asian of district 1 in 2023-24"), "{text}");
            assert!(!text.contains('7'), "{text}");
        }
        other => panic!("{other:?}"),
    }
    assert!(!out.exists());
}
