//! A project can raise the protection of students, but never lower it.

use std::fs;

use retreat::run;

use crate::policy_ways::{ROWS, Way, way, ways};
use crate::privacy::LAYOUT;
use crate::project::Made;

#[test]
fn no_way_lowers_the_protection_of_students() {
    let failed: Vec<String> = ways().iter().filter_map(|way| tried(way).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn tried(way: &Way) -> Result<(), String> {
    let made = made(way);
    let read = made
        .try_open("1")
        .map_err(run::RunError::Project)
        .and_then(|project| run::Session::read(&project).map(|session| session.data));
    let said = |what: &str| Err(format!("{}: {what}", way.name));
    match (read, way.refused) {
        (Ok(data), "") => tells(&data).map_or(Ok(()), |what| said(&format!("it tells {what}"))),
        (Ok(_), _) => said("it is not refused"),
        (Err(error), "") => said(&format!("it is refused: {error}")),
        (Err(error), wanted) if error.to_string().contains(wanted) => Ok(()),
        (Err(error), wanted) => said(&format!("{wanted:?} is not in: {error}")),
    }
}

fn made(way: &Way) -> Made {
    let made = Made::new().layout("private.toml", &way.layout);
    for (name, text) in &way.catalog {
        let path = made.path().join("catalog").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    made.write("own.csv", way.rows.as_bytes(), "private.toml").also(way.project)
}

/// A value that is shown although it reveals the seven, or the few who are not truant.
fn tells(data: &run::Data) -> Option<String> {
    let (terms, view) = (data.released.terms(), data.released.view().unwrap());
    let mut shown: Vec<String> = Vec::new();
    for run in data.released.runs() {
        if view.rows(run.rows.clone()).any(|row| row.value.is_some()) {
            let key = terms.key(run.key);
            shown.push(format!("{} {}", key.measure, key.group));
        }
    }
    let is_shown = |measure: &str, group: &str| shown.contains(&format!("{measure} {group}"));
    let of_group = shown.iter().find(|one| one.ends_with(" asian"));
    let mut measures = terms.measures.iter();
    let by_the_others =
        measures.find(|id| ["all", "white", "hispanic", "black"].iter().all(|group| is_shown(id, group)));
    let near_an_end = is_shown("chronic-truancy-rate", "all").then(|| "98.5 %".to_owned());
    of_group.cloned().or_else(|| by_the_others.map(|id| format!("{id} by the others"))).or(near_an_end)
}

#[test]
fn a_message_says_that_a_project_declares_its_figures_public() {
    let public = LAYOUT.replace("public = false", "public = true");
    let of_own = Way { layout: public.clone(), ..way("own layout", &[], "") };
    // One of the project's own layouts may have the name of one of the program's.
    let replaced = public.replace("id = \"private\"", "id = \"tx-finance\"");
    let by_id = way("replaced layout", &[("layouts/tx-finance.toml", replaced)], "");
    let of_id = made(&Way { rows: String::new(), ..by_id });
    let of_id = of_id.write("figures.csv", ROWS.as_bytes(), "tx-finance");
    for (made, source) in [(made(&of_own), "own.csv"), (of_id, "figures.csv")] {
        made.open("1");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_retreat"))
            .args(["build", "."])
            .current_dir(made.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("Nothing is withheld from") && told.contains(source), "{told}");
        let report = fs::read_to_string(made.path().join("out/report.json")).unwrap();
        assert!(report.contains(&format!("nothing from {source}")), "{report}");
    }
}
