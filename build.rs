//! Tells cargo which folders are embedded in the program, so that a new file in them triggers a rebuild, and
//! hashes the program's sources, so that one build does not reuse what another has read from a file.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The folders of the program's sources: its own, those of the crates it is built on, and the fonts.
const SOURCES: [&str; 4] = ["src", "crates/sheets/src", "crates/statistics/src", "charts/fonts"];
/// Which versions of other crates it is built on, and what charts look like.
const SINGLE_SOURCES: [&str; 2] = ["Cargo.lock", "charts/theme.toml"];

fn main() {
    let mut files: BTreeSet<PathBuf> = SINGLE_SOURCES.iter().map(PathBuf::from).collect();
    for folder in SOURCES {
        collect(Path::new(folder), &mut files);
    }
    let mut hasher = DefaultHasher::new();
    for file in &files {
        (file, std::fs::read(file).unwrap_or_default()).hash(&mut hasher);
    }
    let embedded = ["catalog", "charts/exhibits", "templates"];
    for source in embedded.iter().chain(&SOURCES).chain(&SINGLE_SOURCES) {
        println!("cargo::rerun-if-changed={source}");
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
