//! Tells cargo which folders are embedded in the program, so that a new file in them triggers a rebuild, and
//! hashes the program's sources, so that one build does not reuse what another has read from a file.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The folders of the program's sources: its own and those of the crates it is built on.
const SOURCES: [&str; 3] = ["src", "crates/sheets/src", "crates/statistics/src"];

fn main() {
    let mut files = BTreeSet::new();
    for folder in SOURCES {
        collect(Path::new(folder), &mut files);
    }
    let mut hasher = DefaultHasher::new();
    for file in &files {
        (file, std::fs::read(file).unwrap_or_default()).hash(&mut hasher);
    }
    for folder in ["catalog", "charts/exhibits", "charts/fonts", "charts/theme.toml", "templates"]
        .iter()
        .chain(&SOURCES)
    {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rustc-env=RETREAT_SOURCES={:016x}", hasher.finish());
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path);
        }
    }
}
