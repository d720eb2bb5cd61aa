//! `accessibility.json`: what was checked in each file of the pack, and what a person still has to look at.
//!
//! The checks read the finished files, not what they were made from. They follow WCAG 2.1 AA where a program can decide; each
//! check says which files or places fail it.

mod check;
mod html;
mod office;
mod pictures;

use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use check::Check;

use super::out_file::{OutFile, WrittenFile};
use crate::wording::accessibility as wording;

/// The name of the file.
pub const FILE: &str = "accessibility.json";

/// The result of all checks.
#[derive(Debug, Serialize)]
pub(super) struct AccessibilityReport {
    /// The guidelines that the checks follow.
    follows: &'static str,
    /// The files that were checked, sorted by name.
    files: Vec<FileChecks>,
    /// What no program can decide, as sentences.
    for_a_person: Vec<&'static str>,
}

/// The checks of one file.
#[derive(Debug, Serialize)]
struct FileChecks {
    file: String,
    passed: bool,
    checks: Vec<Check>,
}

impl AccessibilityReport {
    /// Checks the files of a finished folder that people open.
    pub(super) fn of_folder(folder: &Path, files: &[WrittenFile]) -> Self {
        let checked: Vec<Option<FileChecks>> =
            files.par_iter().map(|file| check_file(folder, &file.name)).collect();
        Self {
            follows: wording::FOLLOWS,
            files: checked.into_iter().flatten().collect(),
            for_a_person: wording::for_a_person(files.iter().map(|file| file.name.as_str())),
        }
    }

    /// How many of the files fail a check.
    pub(super) fn failing(&self) -> usize {
        self.files.iter().filter(|file| !file.passed).count()
    }

    pub(super) fn out_file(&self) -> OutFile<'_> {
        OutFile::new(FILE, move |out| {
            serde_json::to_writer_pretty(&mut *out, self)?;
            Ok(out.write_all(b"\n")?)
        })
    }
}

/// The checks of a file; `None` for files that are only read by programs.
fn check_file(folder: &Path, name: &str) -> Option<FileChecks> {
    let (_, kind) = name.rsplit_once('.')?;
    // A file that cannot be read back is empty here, and fails its checks.
    let read = || fs::read(folder.join(name)).unwrap_or_default();
    let checks = match kind {
        "html" => html::checks(&String::from_utf8_lossy(&read())),
        "svg" => pictures::svg_checks(&String::from_utf8_lossy(&read())),
        "pdf" => pictures::pdf_checks(&read()),
        "pptx" => office::deck_checks(&read()),
        "xlsx" => office::workbook_checks(&read()),
        _ => return None,
    };
    Some(FileChecks { file: name.to_owned(), passed: checks.iter().all(|check| check.passed), checks })
}
