//! The cases: each folder of `tests/cases` with a `retreat.toml` is a project with one quirk. `expected.csv`
//! says what must be read from it, and `expected-problems.txt` what must be reported (no file: no problems).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use retreat::diagnostic::grouped;
use retreat::observation::Gathered;
use retreat::project::Project;
use retreat::run;

/// The cases' folders.
fn cases() -> Vec<PathBuf> {
    let folder = crate::project::root().join("tests/cases");
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.join("retreat.toml").is_file()).collect();
    cases.sort();
    cases
}

/// Everything that was read, one line each, with every column a case may ask for.
fn read(gathered: &Gathered) -> Vec<BTreeMap<&'static str, String>> {
    let observations = &gathered.observations;
    let view = observations.view().unwrap();
    let terms = observations.terms();
    let shown = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let mut all = Vec::new();
    for run in observations.runs() {
        let key = terms.key(run.key);
        for row in view.rows(run.rows.clone()) {
            let bounds = observations.bounds(row.row).unwrap_or_default();
            let places: Vec<String> = observations.places(row.row).iter().map(ToString::to_string).collect();
            all.push(BTreeMap::from([
                ("district_id", terms.districts[row.district as usize].shown_id.clone()),
                ("school_year", row.year.to_string()),
                ("measure", key.measure.clone()),
                ("group", key.group.clone()),
                ("grade", key.grade.id().to_owned()),
                ("subject", key.subject.clone()),
                ("value", shown(row.value)),
                ("numerator", shown(row.numerator)),
                ("denominator", shown(row.n)),
                ("status", row.status.id().to_owned()),
                ("low", shown(bounds.low)),
                ("high", shown(bounds.high)),
                ("cell", places.join(" + ")),
            ]));
        }
    }
    all
}

fn compare(case: &Path) -> Result<(), String> {
    let project = Project::open(case).map_err(|e| e.to_string())?;
    let gathered = run::observe(&project).map_err(|e| e.to_string())?;
    let mut table = csv::Reader::from_path(case.join("expected.csv")).map_err(|e| e.to_string())?;
    let columns: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let mut expected: Vec<Vec<String>> =
        table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let line = |row: BTreeMap<&str, String>| columns.iter().map(|c| row[c.as_str()].clone()).collect();
    let mut found: Vec<Vec<String>> = read(&gathered).into_iter().map(line).collect();
    expected.sort();
    found.sort();
    let problems = grouped(gathered.diagnostics);
    let mut said: Vec<String> =
        problems.iter().map(|d| d.to_string().lines().next().unwrap().to_owned()).collect();
    let text = std::fs::read_to_string(case.join("expected-problems.txt")).unwrap_or_default();
    let mut wanted: Vec<String> = text.lines().map(str::to_owned).collect();
    said.sort();
    wanted.sort();
    if found == expected && said == wanted {
        return Ok(());
    }
    let show = |rows: &[Vec<String>]| rows.iter().map(|r| r.join(",")).collect::<Vec<_>>().join("\n");
    Err(format!(
        "read ({}):\n{}\nexpected:\n{}\nsaid:\n{}\nexpected:\n{}",
        columns.join(","),
        show(&found),
        show(&expected),
        said.join("\n"),
        wanted.join("\n")
    ))
}

#[test]
fn every_case_is_read_as_expected() {
    let cases = cases();
    assert!(cases.len() > 30, "only {} cases are here", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| Some(format!("== {}\n{}", case.file_name()?.display(), compare(case).err()?)))
        .collect();
    // A case's cache is useless to the next run.
    cases.iter().for_each(|case| _ = std::fs::remove_dir_all(case.join(".retreat")));
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}
