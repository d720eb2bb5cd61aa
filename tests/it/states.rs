//! A state's facts belong to that state: breaks follow the state of the district, and never reach a series of another one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use retreat::catalog::{Catalog, SourceGap};
use retreat::domain::Break;
use retreat::project::ProjectError;
use retreat::run::{self, Session};

use crate::project::{Made, catalog, key};

const LAYOUT: &str = "id = \"own\"\nlabel = \"Own\"\nauthority = \"a test\"\npublic = true\nSTATE[year]\nfrom = \"column\"\n\
    column = [\"Year\"]\nmeans = \"end\"\n[district]\nid = [\"District\"]\n[[attribute]]\nid = \"state\"\ncolumn = [\"State\"]\n\
    [[column]]\nmatching = '^(?P<measure>enrollment|[a-z]+-[a-z-]+)$'\n";

/// A table of 2016 to 2024 with these measures, each of which grows by 1 a year.
fn table(state: &str, measures: &[&str]) -> String {
    let mut table = format!("District,State,Year,{}\n", measures.join(","));
    for year in 2016..=2024 {
        write!(table, "1,{state},{year}").unwrap();
        for i in 1..=measures.len() {
            write!(table, ",{}", i * 1_000 * 2_000 + year).unwrap();
        }
        table.push('\n');
    }
    table
}

struct Compared {
    breaks: Vec<i32>,
    problems: Vec<String>,
}

/// The breaks of a series of the project.
fn compared(made: &Made, series: &str) -> Compared {
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let breaks =
        district.comparisons.get(&key(series)).unwrap().breaks.iter().map(|Break { year, .. }| *year);
    let problems = district.all_diagnostics().iter().map(|problem| problem.id.to_string()).collect();
    Compared { breaks: breaks.collect(), problems }
}

fn project(layout_state: &str, attribute: &str, retreat: &str, measures: &[&str]) -> Made {
    let made = Made::new().layout("own.toml", &LAYOUT.replace("STATE", layout_state));
    let made = made.write("own.csv", table(attribute, measures).as_bytes(), "own.toml");
    made.retreat(retreat)
}

#[test]
fn state_aid_breaks_where_illinois_says_so_and_nowhere_else() {
    let aid = ["general-state-aid", "other-state-revenue"];
    for (layout, attribute, retreat, expected) in [
        ("", "", "", &[][..]),
        ("state = \"IL\"\n", "", "", &[2018]),
        ("", "IL", "", &[2018]),
        ("", "Illinois", "", &[2018]),
        ("", "", "state = \"il\"", &[2018]),
        ("", "NJ", "", &[]),
        ("", "", "state = \"New Jersey\"", &[]),
        // What a file says about the district counts more than what is said about all.
        ("state = \"IL\"\n", "New Jersey", "", &[]),
        ("", "NJ", "state = \"IL\"", &[]),
        ("", "", "state = \"none\"", &[]),
    ] {
        let made = project(layout, attribute, retreat, &aid);
        let case = format!("{layout} {attribute} {retreat}");
        assert_eq!(compared(&made, "general-state-aid").breaks, expected, "{case}");
        // The sum of both was not published: a part of its own data changed.
        assert_eq!(compared(&made, "state-revenue").breaks, expected, "{case}");
    }
}

#[test]
fn a_published_value_does_not_break_where_a_measure_that_could_give_it_does() {
    let measures = ["general-state-aid", "other-state-revenue", "state-revenue"];
    let made = project("", "IL", "", &measures);
    assert_eq!(compared(&made, "general-state-aid").breaks, [2018]);
    assert_eq!(compared(&made, "state-revenue").breaks, Vec::<i32>::new());
}

#[test]
fn an_unknown_state_is_said_where_a_test_may_have_changed() {
    let rates = "District,State,Year,proficiency-rate\n1,,2016,40\n1,,2017,41\n1,,2018,42\n1,,2019,43\n";
    let of = |rates: &str, retreat: &str| {
        let made = Made::new().layout("own.toml", &LAYOUT.replace("STATE", ""));
        compared(&made.write("own.csv", rates.as_bytes(), "own.toml").retreat(retreat), "proficiency-rate")
    };
    let told = of(rates, "");
    assert!(told.problems.iter().any(|id| id == "state-unknown"), "{:?}", told.problems);
    assert_eq!(told.breaks, [2021]);
    for known in ["state = \"NJ\"", "state = \"none\""] {
        assert!(!of(rates, known).problems.iter().any(|id| id == "state-unknown"), "{known}");
    }
    // New Jersey's test of 2019 replaced PARCC.
    assert!(of(rates, "state = \"NJ\"").breaks.contains(&2019));
    // One year cannot break, and nobody's attendance does.
    let one = "District,State,Year,proficiency-rate\n1,,2016,40\n";
    assert!(!of(one, "").problems.iter().any(|id| id == "state-unknown"));
    let made = project("", "", "", &["enrollment"]);
    assert!(!compared(&made, "enrollment").problems.iter().any(|id| id == "state-unknown"));
}

#[test]
fn a_break_of_a_layout_reaches_only_the_districts_that_it_names() {
    let with_break = format!(
        "{}[[break]]\nmeasure = \"enrollment\"\nyear = 2020\nwhy = \"counted in spring\"\n",
        LAYOUT.replace("STATE", "").replace("\"own\"", "\"first\"")
    );
    let made = Made::new()
        .layout("first.toml", &with_break)
        .layout("own.toml", &LAYOUT.replace("STATE", ""))
        .write("a.csv", table("", &["enrollment"]).as_bytes(), "first.toml")
        .write("b.csv", table("", &["enrollment"]).replace("\n1,", "\n2,").as_bytes(), "own.toml");
    let project = made.open("1");
    let session = run::Session::read(&project).unwrap();
    let breaks =
        |id: &str| session.district(id).unwrap().comparisons.get(&key("enrollment")).unwrap().breaks.len();
    assert_eq!((breaks("1"), breaks("2")), (1, 0));
}

#[test]
fn a_misspelled_state_is_refused_with_the_nearest() {
    let Err(ProjectError::Catalog(error)) =
        project("", "", "state = \"New Jersy\"", &["enrollment"]).try_open("1")
    else {
        panic!("it was accepted");
    };
    assert!(error.to_string().contains("did you mean \"New Jersey\"?"), "{error}");
}

#[test]
fn faults_in_lists_of_states_are_named_with_line_and_nearest_name() {
    let refused = |file: &str, text: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("catalog")).unwrap();
        std::fs::write(folder.path().join("catalog").join(file), text).unwrap();
        Catalog::of_project(folder.path()).map_or_else(|error| error.to_string(), |_| "accepted".to_owned())
    };
    let found =
        "[[break]]\nstate = \"NJ\"\nmeasures = [\"proficiency-rate\"]\nyear = 2026\nwhy = \"a new test\"\n";
    assert_eq!(refused("breaks.toml", found), "accepted");
    for (right, wrong, said) in [
        (
            "\"NJ\"",
            "\"New Jersy\"",
            "breaks.toml:2: there is no state \"New Jersy\"\n  hint: did you mean \"New Jersey\"?",
        ),
        ("proficiency-rate", "proficency-rate", "breaks.toml:3: there is no measure"),
        ("2026", "26", "breaks.toml:4: 26 is not a school year"),
    ] {
        let error = refused("breaks.toml", &found.replace(right, wrong));
        assert!(error.contains(said), "{error}");
    }
    let source = "[[source]]\ntitle = \"Files\"\npublisher = \"A state\"\naddress = \"https://example.org\"\n\
        confirmed = true\ndomains = [\"finance\"]\nlayout = [\"nces-f33\"]\nlevels = [\"district\"]\n";
    assert_eq!(refused("sources.toml", source), "accepted");
    for (right, wrong, said) in [
        ("\"finance\"", "\"finances\"", "did you mean \"finance\"?"),
        ("nces-f33", "nces-f3", "did you mean \"nces-f33\"?"),
        ("https://", "", "is not a web address"),
        ("\"district\"", "\"districts\"", "did you mean \"district\"?"),
    ] {
        let error = refused("sources.toml", &source.replace(right, wrong));
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn public_files_fill_the_gaps_of_the_project_and_its_state() {
    let catalog = catalog();
    let lines = |state: Option<&str>, domains: &[&str]| {
        let found = catalog.sources_for(SourceGap { state, domains }, 1);
        found.iter().map(|source| (source.state.clone(), source.line())).collect::<Vec<_>>()
    };
    let illinois = lines(Some("IL"), &["finance"]);
    assert_eq!(illinois.iter().map(|(state, _)| state.as_deref()).collect::<Vec<_>>(), [Some("IL"), None]);
    assert!(illinois[0].1.contains("Illinois State Board of Education): https://"), "{illinois:?}");
    // Without a state, national files only, few, and no other state's.
    let national = lines(None, &["enrollment", "students", "assessment", "finance", "staffing"]);
    assert!(
        (1..=5).contains(&national.len()) && national.iter().all(|(state, _)| state.is_none()),
        "{national:?}"
    );
    // One that covers several gaps is named once.
    let all = lines(Some("NJ"), &["enrollment", "students", "assessment", "finance", "staffing"]);
    let distinct: BTreeSet<&String> = all.iter().map(|(_, line)| line).collect();
    assert!(distinct.len() == all.len() && all.len() <= 10, "{all:?}");
    let unsure = catalog.sources.iter().find(|source| !source.confirmed).unwrap();
    assert!(unsure.line().ends_with("(address not checked)"), "{}", unsure.line());
}

#[test]
fn check_names_public_files_where_charts_cannot_be_drawn() {
    let made = project("", "", "state = \"NJ\"", &["enrollment"]);
    let project = made.open("1");
    let session = Session::read(&project).unwrap();
    let district = session.district("1").unwrap();
    let readiness = district.readiness();
    assert!(!readiness.published.is_empty() && !readiness.names_no_state);
    assert!(
        readiness.published.iter().any(|file| file.line.contains("New Jersey")),
        "{:?}",
        readiness.published
    );
    let notice = district.all_diagnostics().into_iter().find(|problem| problem.id == "no-peers").unwrap();
    assert!(notice.hint.contains("https://"), "{}", notice.hint);
}

#[test]
fn a_run_that_ends_prints_what_it_met_before() {
    let made =
        Made::new().layout("own.toml", &LAYOUT.replace("STATE", "")).source("raw\ttable.csv", "own.toml");
    made.open("001902");
    let output = Command::new(env!("CARGO_BIN_EXE_retreat")).arg("build").arg(made.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("source-missing") && said.contains("`/` separates folders"), "{said}");
    assert!(said.find("source-missing") < said.find("no data could be read for any district"), "{said}");
}
