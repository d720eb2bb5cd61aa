//! The main rule of the architecture: each stage uses only the stages before it. The table is from
//! ARCHITECTURE.md.

use std::path::{Path, PathBuf};

/// Stage (folder or file of `src/`) and the stages it may use.
const MAY_USE: [(&str, &[&str]); 28] = [
    ("domain", &[]),
    ("assets", &[]),
    ("disk", &["wording"]),
    ("diagnostic", &["domain"]),
    // All stages below use it; the texts of problems are methods of `Diagnostic`.
    ("wording", &["domain", "diagnostic"]),
    ("catalog", &["wording", "domain", "diagnostic", "assets"]),
    ("observation", &["wording", "domain", "catalog", "diagnostic"]),
    ("form_export", &["wording", "domain", "catalog", "diagnostic"]),
    ("perception", &["wording", "domain", "catalog", "diagnostic", "form_export", "statistics"]),
    ("pack_tables", &["wording", "domain"]),
    // The audit must not share the model that chose what to withhold, so it does not use `disclosure`.
    ("audit", &["wording", "domain", "catalog", "pack_tables"]),
    ("template", &["wording", "domain", "catalog"]),
    ("survey", &["wording", "domain", "catalog", "observation", "diagnostic"]),
    ("plausibility", &["wording", "domain", "catalog", "observation", "diagnostic"]),
    ("measure", &["wording", "domain", "catalog", "observation", "diagnostic"]),
    // Disclosure passes on the frame's row types, so that no later stage needs `observation`.
    (
        "disclosure",
        &[
            "wording",
            "domain",
            "diagnostic",
            "catalog",
            "measure",
            "observation",
            "pack_tables",
            "perception",
        ],
    ),
    // Its statistical methods are in the crate `statistics`.
    ("compare", &["wording", "domain", "catalog", "disclosure", "diagnostic", "statistics"]),
    ("finding", &["wording", "domain", "catalog", "compare"]),
    ("room", &["wording", "domain", "catalog", "diagnostic", "finding", "form_export"]),
    (
        "plan",
        &[
            "wording",
            "domain",
            "catalog",
            "diagnostic",
            "disclosure",
            "compare",
            "finding",
            "form_export",
            "room",
            "statistics",
        ],
    ),
    (
        "exhibit",
        &["wording", "domain", "catalog", "disclosure", "compare", "finding", "diagnostic", "room", "plan"],
    ),
    ("chart", &["wording", "domain", "exhibit", "assets"]),
    ("readiness", &["wording", "domain", "diagnostic", "catalog", "disclosure", "compare", "exhibit"]),
    (
        "pack",
        &[
            "wording",
            "assets",
            "domain",
            "disk",
            "diagnostic",
            "compare",
            "finding",
            "exhibit",
            "readiness",
            "pack_tables",
            "room",
            "plan",
        ],
    ),
    ("project", &["wording", "catalog", "domain", "diagnostic"]),
    (
        "run",
        &[
            "wording",
            "assets",
            "domain",
            "disk",
            "diagnostic",
            "catalog",
            "observation",
            "plausibility",
            "measure",
            "perception",
            "disclosure",
            "compare",
            "finding",
            "exhibit",
            "readiness",
            "chart",
            "pack",
            "pack_tables",
            "audit",
            "project",
            "room",
            "plan",
        ],
    ),
    (
        "cli",
        &[
            "wording",
            "domain",
            "disk",
            "diagnostic",
            "catalog",
            "observation",
            "survey",
            "perception",
            "template",
            "compare",
            "finding",
            "readiness",
            "pack",
            "pack_tables",
            "audit",
            "project",
            "room",
            "plan",
            "run",
        ],
    ),
    ("main", &["cli"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect();
    files.sort();
    files
}

fn stage(src: &Path, file: &Path) -> String {
    let first = file.strip_prefix(src).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn each_stage_uses_only_earlier_stages() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for file in sources(&src) {
        let stage = stage(&src, &file);
        if stage == "lib" {
            continue;
        }
        let (_, allowed) = MAY_USE.iter().find(|(name, _)| *name == stage).unwrap_or_else(|| {
            panic!("src/{stage} is in no row of the table: add it here and to ARCHITECTURE.md")
        });
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let is_test = is_test(&file);
        for used in code
            .split("crate::")
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        {
            let known = MAY_USE.iter().any(|(name, _)| *name == used);
            if known && used != stage && !allowed.contains(&used) && !is_test {
                faults.push(format!("{} uses {used}", file.strip_prefix(&src).unwrap().display()));
            }
        }
    }
    assert!(faults.is_empty(), "looks downstream:\n{}", faults.join("\n"));
}

/// The crates that this one is built on, which a program in any field could use.
const CRATES: [&str; 2] = ["sheets", "statistics"];

/// The source folder of one of [`CRATES`].
fn folder_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates").join(name).join("src")
}

#[test]
fn the_crates_below_know_nothing_of_education_or_of_this_program() {
    const EDUCATION: [&str; 5] = ["district", "student", "enrollment", "school", "grade"];
    let mut faults = Vec::new();
    for name in CRATES {
        let folder = folder_of(name);
        let manifest = std::fs::read_to_string(folder.with_file_name("Cargo.toml")).unwrap();
        if manifest.contains("retreat") {
            faults.push(format!("crates/{name}/Cargo.toml names retreat"));
        }
        for file in sources(&folder).into_iter().filter(|file| !is_test(file)) {
            let text = std::fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_lowercase();
            let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric()).collect();
            let named = EDUCATION.iter().filter(|word| {
                words.iter().any(|w| w.strip_prefix(**word).is_some_and(|end| end.is_empty() || end == "s"))
            });
            faults.extend(named.map(|word| format!("{}: {word}", file.display())));
            if words.contains(&"retreat") {
                faults.push(format!("{}: retreat", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "the crates below know too much:\n{}", faults.join("\n"));
}

/// Whether a source file, or the folder it is in, contains tests.
fn is_test(file: &Path) -> bool {
    let named = file.file_stem().is_some_and(|n| n == "tests" || n == "fixture" || n == "for_tests");
    named || file.parent().is_some_and(|folder| folder.ends_with("tests"))
}

#[test]
fn only_one_module_changes_the_disk() {
    // Files are written in one place only, because a kill or a link could break a second way.
    const CHANGES: [&str; 12] = [
        "fs::write",
        "File::create",
        "OpenOptions",
        "File::options",
        "fs::rename",
        "fs::remove_",
        "fs::create_dir",
        "fs::copy",
        "fs::hard_link",
        "DirBuilder",
        "unix::fs::symlink",
        "set_permissions",
    ];
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    let program = sources(&src).into_iter().filter(|file| stage(&src, file) != "disk");
    let below = CRATES.iter().flat_map(|name| sources(&folder_of(name)));
    for file in program.chain(below).filter(|file| !is_test(file)) {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let found = CHANGES.iter().filter(|change| code.contains(**change));
        faults.extend(found.map(|change| format!("{}: {change}", file.display())));
    }
    assert!(faults.is_empty(), "change the disk:\n{}", faults.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let long: Vec<String> = CRATES
        .iter()
        .map(|name| folder_of(name))
        .chain([program])
        .flat_map(|src| sources(&src))
        .map(|file| (std::fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > 420)
        .map(|(lines, file)| format!("{} has {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn no_measure_or_group_is_named_in_rust() {
    // Ids of measures and groups belong in the catalog; a stage that names one has a rule in the wrong place.
    let catalog = retreat::catalog::Catalog::embedded().unwrap();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let ids: Vec<String> =
        catalog.measures.keys().filter(|id| id.contains('-')).map(|id| format!("\"{id}\"")).collect();
    let mut faults = Vec::new();
    for file in sources(&src) {
        let is_test = is_test(&file);
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        faults.extend(
            ids.iter()
                .filter(|id| !is_test && code.contains(*id))
                .map(|id| format!("{}: {id}", file.display())),
        );
    }
    assert!(faults.is_empty(), "named in Rust:\n{}", faults.join("\n"));
}

#[test]
fn source_files_named_in_the_docs_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/methods.md"] {
        let text = std::fs::read_to_string(root.join(document)).unwrap();
        for name in text.split('`').skip(1).step_by(2).filter(|name| is_rust_file(name)) {
            if !root.join(name).exists() && !root.join("src").join(name).exists() {
                missing.push(format!("{document}: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

fn is_rust_file(name: &str) -> bool {
    name.ends_with(".rs") && !name.contains(['{', '*', ' '])
}
