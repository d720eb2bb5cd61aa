//! Faults in a project's settings: all are reported together, each with its file and line.

use std::fs;
use std::path::Path;

use retreat::catalog::{Catalog, CatalogError};
use retreat::project::{Project, ProjectError};

const PROJECT: &str = "\
[retreat]
title = \"Test\"
district = \"1\"
base-year = 2019

[[source]]
path = \"own.csv\"
layout = \"layouts/own.toml\"

[[break]]
measure = \"attendance-rate\"
year = 2022
why = \"counted by the hour\"

[peers]
count = 8
match = [\"enrollment\"]
weights = { enrollment = 2.0 }

[privacy]
smallest-group = 10

[thresholds]
\"own-rule.level\" = 18

[pack]
formats = [\"svg\"]
";

const RULES: &str = "\
[[rule]]
id = \"own-rule\"
quadrant = \"threat\"
looks-for = \"much\"
measures = [\"teacher-turnover\"]
when = [{ fact = \"value\", is = \"above\", than = \"level\" }]
say = [\"level\"]
question = \"Why?\"
family = \"level\"

[rule.thresholds]
level = { value = 1.0, source = \"a test\" }
";

const EXHIBITS: &str = "\
[[exhibit]]
id = \"own-exhibit\"
domain = \"students\"
title = \"Attendance by group\"
kind = \"bars\"
measures = [\"attendance-rate\"]
split = \"group\"
wonder = \"Who?\"
";

const LAYOUT: &str = "\
id = \"own\"
label = \"Own figures\"
authority = \"the district\"
public = false

[year]
from = \"column\"
column = [\"Year\"]
means = \"end\"

[district]
id = [\"ID\"]
name = [\"District\"]

[[part]]
part = \"group\"
column = [\"Group\"]

[[column]]
name = [\"Value\"]
measure = \"enrollment\"
grade = \"03\"
";

/// A file with its text.
type SettingsText = (&'static str, &'static str);

const FILES: [SettingsText; 4] = [
    ("retreat.toml", PROJECT),
    ("catalog/rules/own.toml", RULES),
    ("charts/exhibits/own.toml", EXHIBITS),
    ("layouts/own.toml", LAYOUT),
];

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn small_project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in FILES {
        write(folder.path(), file, text);
    }
    folder
}

/// What is wrong with a project.
fn faults(folder: &Path) -> CatalogError {
    match Project::open(folder) {
        Ok(_) => CatalogError { faults: Vec::new(), more: 0 },
        Err(ProjectError::Catalog(error)) => error,
        Err(other) => panic!("{other}"),
    }
}

/// The message for one file with other content.
fn said(file: &str, text: &str) -> String {
    let folder = small_project();
    write(folder.path(), file, text);
    faults(folder.path()).to_string()
}

/// A fault: the file, the text to replace, the replacement, and what the message contains.
type FaultCase = (&'static str, &'static str, &'static str, &'static [&'static str]);

const CASES: [FaultCase; 31] = [
    (
        "retreat.toml",
        "district =",
        "distrct =",
        &["retreat.toml:3: there is no key `distrct`", "did you mean \"district\"?"],
    ),
    ("retreat.toml", "title = \"Test\"\n", "", &["retreat.toml:1: ", "no `title`"]),
    (
        "retreat.toml",
        "count = 8",
        "count = \"8\"",
        &["retreat.toml:16: `count` cannot be \"8\"", "without quotes"],
    ),
    ("retreat.toml", "base-year = 2019", "base-year = 19", &["retreat.toml:4: ", "base-year = 19"]),
    (
        "retreat.toml",
        "\"svg\"",
        "\"svh\"",
        &["retreat.toml:27: \"svh\" is not a format", "did you mean \"svg\"?"],
    ),
    (
        "retreat.toml",
        "own-rule.level",
        "own-rule.levl",
        &["retreat.toml:24: ", "did you mean \"own-rule.level\"?"],
    ),
    (
        "retreat.toml",
        "layouts/own",
        "layouts/onw",
        &["retreat.toml:8: ", "did you mean \"layouts/own.toml\"?"],
    ),
    (
        "retreat.toml",
        "match = [\"enrollment\"]",
        "match = [\"enrolment\"]",
        &["retreat.toml:17: ", "did you mean \"enrollment\"?"],
    ),
    ("retreat.toml", "smallest-group = 10", "smallest-group = 2", &["retreat.toml:21: ", "at least 3"]),
    (
        "retreat.toml",
        "smallest-group = 10",
        "smallest-group = 10\n[day]\nminutes = { lunch = 4000000000 }",
        &["from 1 to 1000"],
    ),
    (
        "retreat.toml",
        "smallest-group = 10",
        "smallest-group = 10\n[day]\nminutes = { lunches = 40 }",
        &["\"lunch\""],
    ),
    ("retreat.toml", "smallest-group = 10", "smallest-group = 10\n[day]\npeople = 0", &["from 1 to 1000"]),
    (
        "retreat.toml",
        "smallest-group = 10",
        "smallest-group = 10\n[day]\nstart = \"3:00\"\nend = \"9:00\"",
        &["a later end"],
    ),
    ("retreat.toml", "[pack]", "[pack", &["retreat.toml:26: this is not valid TOML"]),
    ("catalog/rules/own.toml", "threat", "thread", &["rules/own.toml:3: ", "did you mean \"threat\"?"]),
    ("catalog/rules/own.toml", "\"value\"", "\"valu\"", &["rules/own.toml:6: ", "did you mean \"value\"?"]),
    (
        "catalog/rules/own.toml",
        "say = [\"level\"]",
        "say = [\"levle\"]",
        &["rules/own.toml:7: ", "did you mean \"level\"?"],
    ),
    (
        "catalog/rules/own.toml",
        "family = \"level\"",
        "family = \"levels\"",
        &["rules/own.toml:9: ", "did you mean \"level\"?"],
    ),
    (
        "catalog/rules/own.toml",
        "teacher-turnover",
        "teacher-turnovr",
        &["rules/own.toml:5: ", "did you mean \"teacher-turnover\"?"],
    ),
    (
        "catalog/rules/own.toml",
        "than = \"level\"",
        "than = 1.0",
        &["rules/own.toml:6: ", "write the name of a threshold in quotes"],
    ),
    (
        "catalog/rules/own.toml",
        "[\"teacher-turnover\"]\nwhen = [{ fact = \"value\"",
        "[\"class-size\", \"enrollment\"]\nwhen = [{ fact = \"favorable-peer-percentile\"",
        &["rules/own.toml:6: ", "never known for \"enrollment\"", "\"peer-percentile\""],
    ),
    (
        "charts/exhibits/own.toml",
        "wonder",
        "code = \"L12\"\nwonder",
        &["charts/exhibits/own.toml:8: \"L12\" is not a code of the domain \"students\"", "such as \"S12\""],
    ),
    (
        "charts/exhibits/own.toml",
        "\"bars\"\nmeasures = [\"attendance-rate\"]\nsplit = \"group\"",
        "\"stacked\"\nmeasures = [\"attendance-rate\"]",
        &[
            "charts/exhibits/own.toml:5: the exhibit has nothing to show",
            "for `slope` and `stacked`, name two",
        ],
    ),
    (
        "charts/exhibits/own.toml",
        "\"bars\"\n",
        "\"stacked\"\nwhole = \"enrollment\"\n",
        &["charts/exhibits/own.toml:6: the measures do not add up to enrollment"],
    ),
    ("charts/exhibits/own.toml", "bars", "bar", &["charts/exhibits/own.toml:5: ", "did you mean \"bars\"?"]),
    (
        "charts/exhibits/own.toml",
        "\"students\"",
        "\"student\"",
        &["charts/exhibits/own.toml:3: ", "did you mean \"students\"?"],
    ),
    (
        "charts/exhibits/own.toml",
        "\"group\"",
        "\"grup\"",
        &["charts/exhibits/own.toml:7: ", "did you mean \"group\"?"],
    ),
    ("layouts/own.toml", "public =", "publik =", &["layouts/own.toml:4: ", "did you mean \"public\"?"]),
    ("layouts/own.toml", "\"03\"", "\"thirteenth\"", &["layouts/own.toml:22: \"thirteenth\" is not a grade"]),
    (
        "layouts/own.toml",
        "part = \"group\"",
        "part = \"groop\"",
        &["layouts/own.toml:16: ", "did you mean \"group\"?"],
    ),
    (
        "layouts/own.toml",
        "from = \"column\"",
        "from = \"colum\"",
        &["layouts/own.toml:7: ", "did you mean \"column\"?"],
    ),
];

#[test]
fn each_kind_of_fault_is_explained_with_its_file_and_line() {
    let folder = small_project();
    assert_eq!(faults(folder.path()).to_string(), "");
    let mut failed = Vec::new();
    for (file, old, new, wanted) in CASES {
        let (_, text) = FILES.into_iter().find(|known| known.0 == file).unwrap();
        assert!(text.contains(old), "{file}: {old}");
        let said = said(file, &text.replacen(old, new, 1));
        for part in wanted.iter().filter(|part| !said.contains(**part)) {
            failed.push(format!("{file}, {new:?}: {part:?} is not in: {said}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn ranges_of_a_measure_begin_below_their_end_and_are_plausible() {
    let measure = |ranges: &str| {
        format!(
            "[[measure]]\nid = \"own\"\nlabel = \"Own\"\ndomain = \"students\"\nunit = \"percent\"\nbetter = \"neither\"\n\
             definition = \"A test.\"\nauthority = \"a test\"\nsmallest-group = 10\nmeaningful-change = 1.0\n{ranges}"
        )
    };
    let file = "catalog/measures/students.toml";
    assert_eq!(
        said(file, &measure("plausible = [0.0, 100.0]\ncredible = [0.0, 40.0]\nusual = [1.0, 20.0]\n")),
        ""
    );
    let turned = said(file, &measure("plausible = [100.0, 0.0]\n"));
    assert!(
        turned.contains("students.toml:11: the first value of `plausible` is not below the second"),
        "{turned}"
    );
    let wide = said(file, &measure("plausible = [0.0, 100.0]\nusual = [1.0, 200.0]\n"));
    assert!(wide.contains("students.toml:12: `usual` goes beyond `plausible`"), "{wide}");
}

#[test]
fn numbers_that_mean_nothing_are_faults() {
    const FINDINGS: &str = "catalog/findings.toml";
    for (file, old, new, wanted) in [
        (FINDINGS, "score-of-part = 0.1", "score-of-part = 0.0", "`score-of-part` must be above 0"),
        (FINDINGS, "nearly-all = 90.0", "nearly-all = 120.0", "`nearly-all` is above 100"),
        (FINDINGS, "high = 75.0", "high = 20.0", "are not on either side of the median"),
        (
            FINDINGS,
            "apart = [\"chronic-truancy-rate\"]",
            "apart = [\"dropout-rate\"]",
            "not one of the measures of",
        ),
        (FINDINGS, "lead = \"chronic-", "lead = \"chronical-", "`lead` names"),
        (FINDINGS, "\"campus-administrator-share\"", "\"campus-administrator-shar\"", "did you mean"),
        ("catalog/peers.toml", "pool = 20", "pool = 2", "`pool` to less than `peers`"),
        ("catalog/room.toml", "fewest-alike = 3", "fewest-alike = 0", "`fewest-alike` must be above 0"),
        ("catalog/readiness.toml", "flat = 95.0", "flat = 0.0", "`flat` must be above 0"),
    ] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        assert!(text.contains(old), "{file}: {old}");
        let said = said(file, &text.replacen(old, new, 1));
        assert!(said.contains(wanted), "{file}, {new}: {said}");
    }
}

#[test]
fn a_rule_in_the_file_of_another_quadrant_is_a_fault() {
    let folder = small_project();
    write(folder.path(), "catalog/rules/weakness.toml", &RULES.replace("own-rule", "other-rule"));
    let said = faults(folder.path()).to_string();
    assert!(said.contains("rules/weakness.toml:3: a rule for \"threat\""), "{said}");
    // In a file of another name, rules of all quadrants may stand.
    let folder = small_project();
    write(folder.path(), "catalog/rules/threat.toml", &RULES.replace("own-rule", "other-rule"));
    assert_eq!(faults(folder.path()).to_string(), "");
}

#[test]
fn a_question_without_a_question_mark_is_a_fault() {
    let folder = small_project();
    write(folder.path(), "catalog/rules/own.toml", &RULES.replace("Why?", "Say why."));
    let said = faults(folder.path()).to_string();
    assert!(said.contains("own.toml:8: \"Say why.\" does not end with a question mark"), "{said}");
}

#[test]
fn all_faults_of_all_files_are_shown_in_order() {
    let folder = small_project();
    write(
        folder.path(),
        "retreat.toml",
        &PROJECT.replace("count =", "cuont =").replace("\"svg\"", "\"svh\""),
    );
    write(
        folder.path(),
        "catalog/rules/own.toml",
        &RULES.replace("threat", "thread").replace("looks-for", "look-for"),
    );
    write(folder.path(), "layouts/own.toml", &LAYOUT.replace("public", "publik"));
    let error = faults(folder.path());
    let places: Vec<String> =
        error.faults.iter().map(|fault| format!("{}:{}", fault.file, fault.line.unwrap())).collect();
    for wanted in [
        "catalog/rules/own.toml:3",
        "catalog/rules/own.toml:4",
        "layouts/own.toml:4",
        "retreat.toml:16",
        "retreat.toml:27",
    ] {
        assert!(places.iter().any(|place| place == wanted), "{wanted}: {error}");
    }
    let mut sorted = error.faults.clone();
    sorted.sort();
    assert_eq!(sorted, error.faults);
    assert!(error.to_string().starts_with("error catalog/rules/own.toml:3: "), "{error}");
}

#[test]
fn of_many_faults_fifty_are_shown_and_the_others_counted() {
    let keys: String = (0..120).map(|i| format!("wrong-{i} = 1\n")).collect();
    let error = said("retreat.toml", &PROJECT.replace("district =", &format!("{keys}district =")));
    assert_eq!(error.matches("there is no key").count(), 50, "{error}");
    assert!(error.contains("and 70 more"), "{error}");
}

#[test]
fn a_catalog_file_in_a_wrong_place_is_named_with_its_right_one() {
    let folder = small_project();
    write(folder.path(), "catalog/my-rules.toml", RULES);
    let error = faults(folder.path()).to_string();
    assert!(error.contains("catalog/my-rules.toml") && error.contains("catalog/rules/"), "{error}");
    fs::remove_file(folder.path().join("catalog/my-rules.toml")).unwrap();
    write(folder.path(), "catalog/rules/notes.tml", RULES);
    let project = Project::open(folder.path()).unwrap();
    let notice = &project.notices[0];
    assert_eq!((notice.id.as_ref(), project.notices.len()), ("catalog-file-unread", 1), "{notice:?}");
}

#[test]
fn snake_case_is_read_with_a_note() {
    let folder = small_project();
    write(folder.path(), "retreat.toml", &PROJECT.replace("smallest-group", "smallest_group"));
    write(folder.path(), "catalog/rules/own.toml", &RULES.replace("looks-for", "looks_for"));
    let project = Project::open(folder.path()).unwrap();
    assert_eq!(project.file.privacy.smallest_group, Some(10));
    let told: Vec<String> = project.notices.iter().map(|notice| format!("{notice:?}")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    for wanted in ["retreat.toml:21", "catalog/rules/own.toml:4"] {
        assert!(told.iter().any(|notice| notice.contains(wanted)), "{wanted}: {told:?}");
    }
}

#[test]
fn entries_of_a_project_know_where_they_stand() {
    let folder = small_project();
    let catalog = Catalog::of_project(folder.path()).unwrap();
    let rule = &catalog.own.rules["own-rule"];
    assert_eq!((rule.file.as_str(), rule.line), ("catalog/rules/own.toml", Some(1)));
    assert_eq!(catalog.own.exhibits["own-exhibit"].file, "charts/exhibits/own.toml");
}

/// Keys and ids of [`FILES`] in which a typo must be reported.
const WORDS: [&str; 14] = [
    "base-year",
    "layouts/own",
    "attendance-rate",
    "weights",
    "smallest-group",
    "own-rule.level",
    "quadrant",
    "teacher-turnover",
    "thresholds",
    "domain",
    "split",
    "authority",
    "means",
    "measure",
];

#[test]
fn no_typo_in_a_key_or_id_is_accepted() {
    let folder = small_project();
    let mut failed = Vec::new();
    for (file, text) in FILES {
        for (at, word) in WORDS.iter().flat_map(|word| text.match_indices(word)) {
            for i in (0..word.len()).filter(|i| word.as_bytes()[*i].is_ascii_lowercase()) {
                let typo = format!("{}x{}", &text[..at + i], &text[at + i + 1..]);
                write(folder.path(), file, &typo);
                let line = u32::try_from(text[..at].matches('\n').count()).unwrap() + 1;
                let error = faults(folder.path());
                if !error.faults.iter().any(|fault| fault.file == file && fault.line == Some(line)) {
                    failed.push(format!("{file}:{line}, {word} at {i}: {error}"));
                }
            }
        }
        write(folder.path(), file, text);
    }
    assert!(failed.is_empty(), "{} typos: {}", failed.len(), failed.join("\n"));
}

#[test]
fn the_programs_own_catalog_has_no_faults_as_a_projects_catalog() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["catalog", "charts/exhibits"] {
        for entry in walkdir::WalkDir::new(root.join(part)).into_iter().map(Result::unwrap) {
            let to = folder.path().join(entry.path().strip_prefix(root).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap();
            } else {
                fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    let faults = Catalog::of_project(folder.path()).err();
    assert!(faults.is_none(), "{}", faults.unwrap());
}
