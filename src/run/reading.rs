//! From the project's files to its observations.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::RunError;
use super::cache::Cache;
use crate::catalog::Layout;
use crate::diagnostic::{Diagnostic, Warned};
use crate::observation::{self, Crosswalk, FileReading, Gathered, RowSieve};
use crate::project::Project;
use crate::source::{self, Input};

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
    let mut uses: Vec<(Input, String, &Layout)> = Vec::new();
    for (pattern, layout) in &project.sources {
        let mut files = source::find(&project.folder, pattern).into(&mut diagnostics);
        files.sort_by_key(|found| project.catalog.synonyms.editions.rank(&found.shown));
        uses.extend(files.into_iter().map(|found| (found.input, found.shown, layout)));
    }
    let mut files: BTreeMap<&Input, Vec<usize>> = BTreeMap::new();
    uses.iter().enumerate().for_each(|(i, (input, ..))| files.entry(input).or_default().push(i));
    let cache = Cache::open(project);
    let read: Vec<_> = files
        .into_par_iter()
        .map(|(input, which)| {
            let layouts: Vec<&Layout> = which.iter().map(|i| uses[*i].2).collect();
            let read = read_file(input, &uses[which[0]].1, &layouts, project, &cache)?;
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
    let value = readings.into_iter().map(|(_, reading)| reading).collect();
    Ok(Warned { value, diagnostics })
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
    let found = source::find(&project.folder, path).into(&mut diagnostics);
    let value = found.first().map_or_else(Crosswalk::default, |found| {
        let file = source::read(&found.input, &found.shown).into(&mut diagnostics);
        Crosswalk::read(&file).into(&mut diagnostics)
    });
    Warned { value, diagnostics }
}
