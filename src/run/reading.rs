//! From the project's files to its observations.

use rayon::prelude::*;

use super::RunError;
use super::cache::Cache;
use super::file_readings::{FileReadings, UseReading};
use super::output::Output;
use super::reading_size::{ReadingSize, SharedReadingSize};
use super::source_files::{UsedFile, layout_readers, source_files};
use super::without_rows::sources_without_rows;
use crate::diagnostic::{Diagnostic, Warned};
use crate::observation::{
    self, Crosswalk, Crosswalks, FileReading, GatherSubject, Gathered, PRIVATE_VALUES, VALUES,
};
use crate::project::Project;

/// The observations of all the project's files.
///
/// # Errors
/// See [`RunError`].
pub fn observe(project: &Project) -> Result<Gathered, RunError> {
    let cache = Cache::open(project);
    let gathered = observe_with(project, &cache);
    cache.close();
    gathered
}

/// The observations of all the project's files, with a cache that stays open.
pub(super) fn observe_with(project: &Project, cache: &Cache) -> Result<Gathered, RunError> {
    let mut diagnostics = Vec::new();
    let readings = read_files_with(project, cache)?.into(&mut diagnostics);
    let crosswalks = Crosswalks {
        districts: crosswalk(project, project.file.districts.crosswalk.as_deref(), &mut diagnostics),
        schools: crosswalk(project, project.file.schools.crosswalk.as_deref(), &mut diagnostics),
    };
    let schools = project.schools.clone();
    let surveyed = (!project.file.surveys.is_empty()).then_some(project.file.retreat.district.as_str());
    let about = GatherSubject { surveyed, schools };
    let mut gathered = observation::gather(readings, &project.catalog, &crosswalks, &about)?;
    diagnostics.append(&mut gathered.diagnostics);
    Ok(Gathered { diagnostics, ..gathered })
}

/// Reads every file once, in parallel, with all layouts that the project names for it. The result is in the
/// order of the sources. Files stored by an earlier run are not read again. If the files together exceed what
/// a project may hold, later ones are left out, each with a problem.
///
/// # Errors
/// If a layout has an invalid pattern; a checked layout has none.
pub fn read_files(project: &Project) -> Result<Warned<Vec<FileReading>>, RunError> {
    let cache = Cache::open(project);
    let readings = read_files_with(project, &cache);
    cache.close();
    readings
}

fn read_files_with(project: &Project, cache: &Cache) -> Result<Warned<Vec<FileReading>>, RunError> {
    let mut diagnostics = Vec::new();
    let readers = layout_readers(project)?;
    let files = source_files(project, &readers, &mut diagnostics);
    let mut readings = ProjectReadings { diagnostics, ..ProjectReadings::default() };
    for (file, read) in files.iter().zip(read_in_parallel(&files, cache)) {
        readings.add(file, read.unwrap_or_else(|| FileReadings::read(file, cache)));
    }
    let ProjectReadings { mut readings, mut diagnostics, .. } = readings;
    readings.sort_by_key(|reading| reading.position);
    diagnostics.extend(sources_without_rows(project, &files, &readings, &diagnostics));
    let value = readings.into_iter().map(|reading| reading.reading).collect();
    Ok(Warned { value, diagnostics })
}

/// Reads the files until they hold more than a project may. The first file that does not fit and all after it
/// are `None`: they must be read again one by one, when the size of those before them is known.
fn read_in_parallel(files: &[UsedFile<'_>], cache: &Cache) -> Vec<Option<FileReadings>> {
    let held = SharedReadingSize::default();
    let mut all: Vec<Option<FileReadings>> =
        files.par_iter().map(|file| read_if_room(file, cache, &held)).collect();
    if let Some(first) = all.iter().position(Option::is_none) {
        all[first..].fill_with(|| None);
    }
    all
}

fn read_if_room(file: &UsedFile<'_>, cache: &Cache, held: &SharedReadingSize) -> Option<FileReadings> {
    if held.is_full() { None } else { FileReadings::read(file, cache).keep_if_room(held) }
}

/// What has been read from the files so far, in the order of the sources.
#[derive(Default)]
struct ProjectReadings {
    readings: Vec<UseReading>,
    size: ReadingSize,
    diagnostics: Vec<Diagnostic>,
}

impl ProjectReadings {
    /// Adds what was read from a file; if that exceeds what a project may hold, adds the problem that the
    /// file is left out.
    fn add(&mut self, file: &UsedFile<'_>, mut read: FileReadings) {
        self.diagnostics.extend(read.take_diagnostics());
        let Some(size) = read.add_to(self.size) else {
            let limits = [VALUES, PRIVATE_VALUES];
            let problem =
                Diagnostic::project_too_large(file.shown(), read.values(), self.size.values, limits);
            return self.diagnostics.push(problem);
        };
        self.size = size;
        for (file_use, reading) in file.uses.iter().zip(read.into_uses()) {
            self.readings.push(UseReading { position: file_use.position, reading });
        }
    }
}

/// The project's table of districts or schools that merged or split; empty if it names none.
fn crosswalk(project: &Project, path: Option<&str>, diagnostics: &mut Vec<Diagnostic>) -> Crosswalk {
    path.and_then(|path| read_crosswalk(project, path, diagnostics)).unwrap_or_default()
}

/// The crosswalk at a path; `None` if it is not found.
fn read_crosswalk(project: &Project, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Crosswalk> {
    let output = Output::of(project);
    let found = sheets::find(&project.folder, path, &|folder| output.is(folder));
    let found = Warned::from(found).into(diagnostics);
    let file = found.first()?;
    let content = Warned::from(sheets::read(&file.input, &file.shown)).into(diagnostics);
    Some(Crosswalk::read(&content).into(diagnostics))
}
