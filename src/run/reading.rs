//! From the project's files to its observations.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::RunError;
use super::cache::Cache;
use super::output::Output;
use crate::catalog::Layout;
use crate::diagnostic::{Diagnostic, Severity, Warned};
use crate::observation::{self, Crosswalk, FileReading, Gathered, RowSieve};
use crate::project::Project;
use crate::source::{self, Found, Input};

/// All that the project's files say, gathered.
///
/// # Errors
/// See [`RunError`].
pub fn observe(project: &Project) -> Result<Gathered, RunError> {
    let mut diagnostics = Vec::new();
    let readings = read_files(project)?.into(&mut diagnostics);
    let crosswalk = crosswalk(project).into(&mut diagnostics);
    let mut gathered = observation::gather(readings, &project.catalog, &crosswalk)?;
    diagnostics.append(&mut gathered.diagnostics);
    Ok(Gathered { diagnostics, ..gathered })
}

/// Reads every file once, in parallel, by all layouts that the project names for it; in the order of the sources.
/// What an earlier run has kept of a file is not read again.
///
/// # Errors
/// A pattern of a layout that cannot be read; a checked layout has none.
pub fn read_files(project: &Project) -> Result<Warned<Vec<FileReading>>, RunError> {
    let mut diagnostics = Vec::new();
    let mut uses: Vec<Use<'_>> = Vec::new();
    let output = Output::of(project);
    for (source, (pattern, layout)) in project.sources.iter().enumerate() {
        let found = source::find(&project.folder, pattern, &|folder| output.is(folder));
        let mut files = found.into(&mut diagnostics);
        files.sort_by_key(|found| project.catalog.synonyms.editions.rank(&found.shown));
        uses.extend(files.into_iter().map(|found| Use { source, found, layout }));
    }
    let mut files: BTreeMap<&Input, Vec<usize>> = BTreeMap::new();
    uses.iter().enumerate().for_each(|(i, one)| files.entry(&one.found.input).or_default().push(i));
    let cache = Cache::open(project);
    let read: Vec<_> = files
        .into_par_iter()
        .map(|(input, which)| {
            let layouts: Vec<&Layout> = which.iter().map(|i| uses[*i].layout).collect();
            let mut read = read_file(input, &uses[which[0]].found.shown, &layouts, project, &cache)?;
            read.diagnostics.extend(emptied(&read));
            Ok((which.into_iter().zip(read.value).collect::<Vec<_>>(), read.diagnostics))
        })
        .collect::<Result<_, regex::Error>>()?;
    cache.close();
    let mut readings = Vec::with_capacity(uses.len());
    for (of_file, problems) in read {
        readings.extend(of_file);
        diagnostics.extend(problems);
    }
    readings.sort_by_key(|(i, _)| *i);
    diagnostics.extend(sources_without_rows(project, &uses, &readings, &diagnostics));
    let value = readings.into_iter().map(|(_, reading)| reading).collect();
    Ok(Warned { value, diagnostics })
}

/// A file as a source names it.
struct Use<'a> {
    /// The source's place among the project's.
    source: usize,
    found: Found,
    layout: &'a Layout,
}

/// The problem of a file in which no layout finds a row, where nothing else is said of why.
fn emptied(read: &Warned<Vec<FileReading>>) -> Option<Diagnostic> {
    let is_told = read.diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    let file = &read.value.first()?.report.path;
    (!is_told && read.value.iter().all(has_no_rows)).then(|| Diagnostic::no_rows(file))
}

fn has_no_rows(reading: &FileReading) -> bool {
    let is_told = reading.diagnostics.as_slice().iter().any(|problem| problem.severity == Severity::Error);
    !is_told && reading.report.sheets.iter().all(|sheet| sheet.rows == 0)
}

/// The problems of sources whose files have rows that other layouts read, but not their own.
fn sources_without_rows(
    project: &Project,
    uses: &[Use<'_>],
    readings: &[(usize, FileReading)],
    told: &[Diagnostic],
) -> Vec<Diagnostic> {
    let told = told.iter().filter(|problem| problem.severity == Severity::Error);
    let told: BTreeSet<&str> = told.map(|problem| problem.place.file.as_str()).collect();
    // Of each source whether all its files have been without rows, and are not told for it.
    let mut without: BTreeMap<usize, bool> = BTreeMap::new();
    for (i, reading) in readings {
        let is_told = told.contains(reading.report.path.as_str());
        *without.entry(uses[*i].source).or_insert(true) &= has_no_rows(reading) && !is_told;
    }
    let without = without.into_iter().filter(|(_, without)| *without);
    without
        .map(|(source, _)| {
            let (pattern, layout) = &project.sources[source];
            Diagnostic::source_without_rows(pattern, &layout.id)
        })
        .collect()
}

/// One file by all its layouts: what an earlier run has kept of it, or what is read of it now.
fn read_file(
    input: &Input,
    shown: &str,
    layouts: &[&Layout],
    project: &Project,
    cache: &Cache,
) -> Result<Warned<Vec<FileReading>>, regex::Error> {
    let opened = match source::open(input, shown) {
        Ok(opened) => opened,
        Err(problem) => return Ok(Warned { value: Vec::new(), diagnostics: vec![*problem] }),
    };
    let keys: Vec<String> = layouts.iter().map(|layout| cache.key(&opened, shown, layout)).collect();
    if let Some(kept) = keys.iter().map(|key| cache.recall(key)).collect::<Option<Vec<_>>>() {
        return Ok(Warned::clean(kept));
    }
    let file = match layouts {
        [layout] => opened.read_sieved(&mut RowSieve::new(layout, &project.catalog)?),
        _ => opened.read(),
    };
    let Warned { value: file, diagnostics } = file;
    let read = |layout: &&Layout| observation::read_file(&file, layout, &project.catalog);
    let value = layouts.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    // Its cells are not needed any more, and may be many.
    drop(file);
    // A file with problems of its own is read again each time, so that they are said each time.
    if diagnostics.is_empty() {
        keys.iter().zip(&value).for_each(|(key, reading)| cache.keep(key, reading));
    }
    Ok(Warned { value, diagnostics })
}

/// The project's table of districts that became others; an empty one where it has none.
fn crosswalk(project: &Project) -> Warned<Crosswalk> {
    let Some(path) = &project.file.districts.crosswalk else { return Warned::clean(Crosswalk::default()) };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let output = Output::of(project);
    let found = source::find(&project.folder, path, &|folder| output.is(folder)).into(&mut diagnostics);
    let value = found.first().map_or_else(Crosswalk::default, |found| {
        let file = source::read(&found.input, &found.shown).into(&mut diagnostics);
        Crosswalk::read(&file).into(&mut diagnostics)
    });
    Warned { value, diagnostics }
}
