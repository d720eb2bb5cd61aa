//! Peer settings of a project.

use std::collections::BTreeMap;

use retreat::compare::DistrictPeers;
use retreat::run;

use crate::project::{Made, key, root};

/// The message for a project that contains `toml` and cannot be opened.
fn refused(toml: &str) -> String {
    let made = Made::new().write("table.csv", b"District,Year\n", "template").also(toml);
    made.try_open("1").unwrap_err().to_string()
}

#[test]
fn a_missing_value_is_read_as_a_number_or_not_at_all() {
    for value in ["nan", "inf", "-inf"] {
        let told = refused(&format!("[peers]\nmissing = {{ low-income = {value} }}\n"));
        assert!(
            told.contains("the value of \"low-income\" is") && told.contains("write an ordinary number"),
            "{told}"
        );
    }
}

/// Tennessee's method, as peer settings of a project.
const TENNESSEE: &str = r#"
[peers]
year = 2015
count = 5
match = [
  "enrollment", "black", "hispanic", "native", "low-income", "students-with-disabilities", "english-learners", "spending",
  "no-grade-12", "region",
]
within = []
log = false
deviation = "sample"

[peers.missing]
enrollment = 0.0
black = 0.0
hispanic = 0.0
native = 0.0
low-income = 0.0
students-with-disabilities = 0.0
english-learners = 0.0
spending = 0.0

[[peers.leave-out]]
attribute = "system"
matches = '^(960|961|963|964|970)(\.0)?$'

[peers.variable.native]
label = "Native American students"
measure = "enrollment-share"
group = "american-indian"

[peers.variable.spending]
label = "Expenditure per student"
measure = "operating-expenditure-per-student"

[peers.variable.no-grade-12]
label = "Does not reach grade 12"
attribute = "grades-served"
matches-not = "12"

[peers.variable.region]
label = "Region"
attribute = "region"
"#;

#[test]
fn a_states_published_peers_are_reproduced() {
    let folder = root().join("tests/corpus/tennessee");
    let layout = std::fs::read_to_string(folder.join("layout.toml")).unwrap();
    let made = Made::new()
        .layout("tn.toml", &layout)
        .copy("tests/corpus/tennessee/profile.csv", "tn.toml")
        .also(TENNESSEE);
    let project = made.open("10");
    let session = run::Session::read(&project).unwrap();
    let all = session.all_peers();
    let names =
        |of: &DistrictPeers| of.peers.peers.iter().map(|p| p.district.name.clone()).collect::<Vec<_>>();
    let found: BTreeMap<String, Vec<String>> =
        all.value.iter().map(|of| (of.district.name.clone(), names(of))).collect();
    let mut published = csv::Reader::from_path(folder.join("similar_districts.csv")).unwrap();
    let mut count = 0;
    for record in published.records().map(Result::unwrap) {
        let mut wanted: Vec<String> = record.iter().map(str::to_owned).collect();
        let district = wanted.remove(0);
        assert_eq!(found[&district], wanted, "{district}");
        count += 1;
    }
    assert_eq!(count, 141);
    assert_eq!(all.diagnostics.iter().filter(|d| d.id == "peers-year-thin").count(), 0);
}

#[test]
fn a_mistyped_attribute_is_refused_with_the_nearest() {
    for toml in [
        "[peers]\nwithin = [\"district-tipe\"]\n",
        "[peers]\naround = [\"district-tipe\"]\n",
        "[[peers.leave-out]]\nattribute = \"district-tipe\"\nmatches = \"x\"\n",
        "[peers.variable.x]\nlabel = \"x\"\nattribute = \"district-tipe\"\n",
    ] {
        let told = refused(toml);
        assert!(
            told.contains("retreat.toml:") && told.contains("there is no attribute \"district-tipe\""),
            "{told}"
        );
        assert!(told.contains("did you mean \"district-type\"?"), "{told}");
    }
}

#[test]
fn settings_that_peers_cannot_be_chosen_by_are_refused() {
    for (toml, said) in [
        ("[peers]\ncount = 0\n", "at least 1"),
        ("[peers]\nmatch = [\"enrollment\", \"low-income\", \"enrollment\"]\n", "names \"enrollment\" twice"),
        ("[peers]\nyear = 15\n", "year = 15 is not a school year"),
        ("[peers]\nmasked = { low-incme = 1.0 }\n", "did you mean \"low-income\"?"),
    ] {
        assert!(refused(toml).contains(said), "{toml}: {}", refused(toml));
    }
}

#[test]
fn a_break_of_the_project_ends_a_run() {
    let toml = "[[break]]\nmeasure = \"attendance-rate\"\nyear = 2022\nwhy = \"counted by the hour\"\n";
    let mut table = "District,Year,Attendance\n".to_owned();
    for year in 2018..2025 {
        table.push_str(&format!("1,{year},9{}\n", year - 2018));
    }
    let layout = "id = \"a\"\nlabel = \"A\"\nauthority = \"a test\"\npublic = true\n[year]\nfrom = \"column\"\n\
        column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"District\"]\n[[column]]\nname = [\"Attendance\"]\n\
        measure = \"attendance-rate\"\n";
    let made = Made::new().layout("a.toml", layout).write("a.csv", table.as_bytes(), "a.toml").also(toml);
    let project = made.open("1");
    let session = run::Session::read(&project).unwrap();
    let comparisons = session.district("1").unwrap().comparisons;
    let attendance = comparisons.get(&key("attendance-rate")).unwrap();
    let trend = attendance.trend.as_ref().unwrap();
    assert_eq!((trend.first_year.end(), trend.after_break.as_deref()), (2022, Some("counted by the hour")));
    let told = refused(&toml.replace("attendance-rate", "attendence-rate"));
    assert!(told.contains("did you mean \"attendance-rate\"?"), "{told}");
}

#[test]
fn peers_as_json_show_how_they_were_chosen_and_what_stays() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_retreat"))
        .args(["peers", "sample_data", "--json"])
        .current_dir(root())
        .output()
        .unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(told["method"].as_str().unwrap().starts_with("Euclidean"), "{told}");
    assert!(told["candidates"].as_u64().unwrap() > 0 && told["without_values"].is_u64());
    let ways = |name: &str| -> Vec<String> {
        let ways = told[name].as_array().unwrap();
        assert!(ways.iter().all(|way| way["same"].as_u64() <= way["outcomes"].as_u64()), "{told}");
        ways.iter().map(|way| way["changed"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((ways("stability").len(), ways("stability")[0].as_str()), (4, "without enrollment"));
    assert_eq!(ways("by_count"), ["with 8 peers", "with 12 peers"]);
}

#[test]
fn attributes_are_read_by_the_year_of_their_rows() {
    let layout = "id = \"a\"\nlabel = \"A\"\nauthority = \"a test\"\npublic = true\n[year]\nfrom = \"column\"\n\
        column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"ID\"]\n[[attribute]]\nid = \"district-type\"\n\
        column = [\"Type\"]\n[[column]]\nname = [\"Students\"]\nmeasure = \"enrollment\"\n";
    // The first district was a K-8 district, as the second is, and became a unit district, as the third is.
    let mut table = "ID,Year,Type,Students\n".to_owned();
    for year in 2021..=2024 {
        let own = if year < 2023 { "K-8" } else { "Unit" };
        table.push_str(&format!("1,{year},{own},500\n2,{year},K-8,510\n3,{year},Unit,520\n"));
    }
    let peers = |year: &str| {
        let toml = format!("[peers]\nmatch = [\"enrollment\"]\nwithin = [\"district-type\"]\n{year}");
        let made =
            Made::new().layout("a.toml", layout).write("a.csv", table.as_bytes(), "a.toml").also(&toml);
        let project = made.open("1");
        let session = run::Session::read(&project).unwrap();
        let comparisons = session.district("1").unwrap().comparisons;
        let ids = comparisons.peers.peers.iter().map(|p| p.district.shown_id.clone());
        (ids.collect::<Vec<_>>(), comparisons.peers.within)
    };
    let found =
        |id: &str, own: &str| (vec![id.to_owned()], vec![("district-type".to_owned(), own.to_owned())]);
    assert_eq!(peers(""), found("3", "Unit"));
    assert_eq!(peers("year = 2022\n"), found("2", "K-8"));
    assert_eq!(peers("year = 2023\n"), found("3", "Unit"));
}
