//! The spreadsheets of a folder, and what their columns contain.

use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::cli::ending::CliError;
use crate::diagnostic::{Diagnostic, Warned};
use crate::perception::{self, RecognizedSurvey};
use crate::project::FILE;
use crate::run::{Output, RunError};
use crate::survey::{self, FileSurvey, Surveyor};
use sheets::FoundFile;

/// What a project's folder contains besides its spreadsheets.
const NOT_DATA: [&str; 5] = ["out", "layouts", "catalog", "readiness", FILE];

/// The spreadsheets of a folder, excluding what this program wrote there.
pub(super) fn find_spreadsheets(
    folder: &Path,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<FoundFile>, CliError> {
    let output = Output::of_folder(folder, &folder.join("out"));
    let mut found = Vec::new();
    for name in names_in(folder)?.iter().filter(|name| is_data(name)) {
        let pattern = glob::Pattern::escape(name);
        let files = sheets::find(folder, &pattern, &|folder| output.is(folder));
        found.extend(Warned::from(files).into(problems));
    }
    Ok(found)
}

/// The names of a folder's entries, sorted.
fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Whether a name may belong to data: not to a hidden file, a spreadsheet program's lock file or a part of
/// the project.
fn is_data(name: &str) -> bool {
    !sheets::is_hidden_file(name) && !NOT_DATA.contains(&name)
}

/// What the files of a folder are.
#[derive(Default)]
pub(super) struct LookedAt {
    /// What the columns of each spreadsheet with tables contain, in the order of the files.
    pub(super) surveys: Vec<FileSurvey>,
    /// The files with answers of people, in the order of the files.
    pub(super) answers: Vec<RecognizedSurvey>,
}

/// Looks at each spreadsheet: it has tables, or the answers of a survey.
pub(super) fn look_at(
    found: &[FoundFile],
    catalog: &Catalog,
    problems: &mut Vec<Diagnostic>,
) -> Result<LookedAt, CliError> {
    let surveyor = Surveyor::new(catalog).map_err(RunError::from)?;
    let looked: Vec<Warned<OneFile>> =
        found.par_iter().map(|file| one_file(file, catalog, &surveyor)).collect();
    let mut all = LookedAt::default();
    for one in looked {
        match one.into(problems) {
            OneFile::Tables(survey) => all.surveys.push(*survey),
            OneFile::Answers(answers) => all.answers.push(answers),
        }
    }
    surveyor.compare(&mut all.surveys);
    Ok(all)
}

/// What one file is.
enum OneFile {
    Tables(Box<FileSurvey>),
    Answers(RecognizedSurvey),
}

fn one_file(found: &FoundFile, catalog: &Catalog, surveyor: &Surveyor<'_>) -> Warned<OneFile> {
    let Warned { value: file, diagnostics } = survey::first_rows(&found.input, &found.shown);
    let is_own = survey::is_own_output(&file, catalog);
    let value = match perception::recognize(&file, catalog).filter(|_| !is_own) {
        Some(answers) => OneFile::Answers(answers),
        None => OneFile::Tables(Box::new(survey::survey_source(&file, &found.input, surveyor))),
    };
    Warned { value, diagnostics }
}
