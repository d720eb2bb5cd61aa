//! From the project's files to its observations.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::RunError;
use super::cache::Cache;
use super::output::Output;
use super::without_rows::{emptied, sources_without_rows};
use crate::diagnostic::{Diagnostic, Warned};
use crate::observation::{
    self, BYTES, Crosswalk, FileReading, Gathered, LayoutReader, PRIVATE_VALUES, VALUES,
};
use crate::project::Project;
use sheets::{FoundFile, Input, Turn};

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
/// What an earlier run has kept of a file is not read again. Once the files hold as much as a project may, those that come
/// later are left out, each with a problem.
///
/// # Errors
/// A pattern of a layout that cannot be read; a checked layout has none.
pub fn read_files(project: &Project) -> Result<Warned<Vec<FileReading>>, RunError> {
    let mut diagnostics = Vec::new();
    let mut readers = BTreeMap::new();
    for source in &project.sources {
        if !readers.contains_key(&*source.fingerprint) {
            readers.insert(&*source.fingerprint, LayoutReader::new(&source.layout, &project.catalog)?);
        }
    }
    let files = files(project, &readers, &mut diagnostics);
    let cache = Cache::open(project);
    let room = ProjectRoom::default();
    let read = |file: &UsedFile<'_>| {
        let mut once = read_file(file, &cache);
        once.diagnostics.extend(emptied(&once));
        once
    };
    // A file for which no room is left is read again in its turn, when it is known how much those before it hold.
    let mut at_once: Vec<Option<ReadOnce>> =
        files.par_iter().map(|file| if room.is_full() { None } else { room.take(read(file)) }).collect();
    if let Some(first) = at_once.iter().position(Option::is_none) {
        at_once[first..].fill_with(|| None);
    }
    let mut held = ProjectHeld::default();
    let mut readings = Vec::new();
    for (file, once) in files.iter().zip(at_once) {
        let once = once.unwrap_or_else(|| read(file));
        let more = held.with(&once);
        let values = once.of_uses().map(FileReading::values).sum();
        let (of_uses, problems) = once.into_uses(more.is_some());
        diagnostics.extend(problems);
        match more {
            Some(more) => {
                held = more;
                readings.extend(file.uses.iter().map(|u| u.position).zip(of_uses));
            }
            None => {
                diagnostics.push(Diagnostic::project_too_large(
                    &file.uses[0].shown,
                    values,
                    held.values,
                    [VALUES, PRIVATE_VALUES],
                ));
            }
        }
    }
    cache.close();
    readings.sort_by_key(|(position, _)| *position);
    diagnostics.extend(sources_without_rows(project, &files, &readings, &diagnostics));
    let value = readings.into_iter().map(|(_, reading)| reading).collect();
    Ok(Warned { value, diagnostics })
}

/// What readings hold together.
#[derive(Debug, Clone, Copy, Default)]
struct ProjectHeld {
    values: usize,
    /// Of the values, those that are not public.
    private: usize,
    bytes: usize,
}

impl ProjectHeld {
    /// With what was read of a file, too; `None` where that is more than a project may hold.
    fn with(self, once: &ReadOnce) -> Option<Self> {
        let all = once.of_uses().try_fold(self, Self::with_one);
        all.filter(|_| !once.is_cut_short)
    }

    fn with_one(self, reading: &FileReading) -> Option<Self> {
        let (values, bytes) = (self.values + reading.values(), self.bytes + reading.bytes());
        let private = self.private + if reading.is_public() { 0 } else { reading.values() };
        let fits = values <= VALUES && private <= PRIVATE_VALUES && bytes <= BYTES;
        fits.then_some(Self { values, private, bytes })
    }
}

/// What has been read so far, by all threads, in whatever order.
#[derive(Debug, Default)]
struct ProjectRoom(Mutex<(ProjectHeld, bool)>);

impl ProjectRoom {
    fn is_full(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    /// What was read of a file, where there is room for it.
    fn take(&self, once: ReadOnce) -> Option<ReadOnce> {
        let mut room = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match room.0.with(&once) {
            Some(more) => room.0 = more,
            None => room.1 = true,
        }
        // It is known now what is held: the next large file can be read.
        (!room.1).then_some(ReadOnce { turn: None, ..once })
    }
}

/// A file, and for what the project uses it.
pub(super) struct UsedFile<'a> {
    input: Input,
    pub(super) uses: Vec<Use<'a>>,
}

/// One source's use of a file.
pub(super) struct Use<'a> {
    /// Among all uses, in the order of the sources.
    pub(super) position: usize,
    /// The source's place among the project's.
    pub(super) source: usize,
    /// The name to show.
    shown: String,
    reader: &'a LayoutReader<'a>,
    /// What the layout says, as one word.
    fingerprint: &'a str,
}

/// The files of all sources, each with all its uses.
fn files<'a>(
    project: &'a Project,
    readers: &'a BTreeMap<&'a str, LayoutReader<'a>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<UsedFile<'a>> {
    let mut files: BTreeMap<Input, Vec<Use<'a>>> = BTreeMap::new();
    let mut position = 0;
    let output = Output::of(project);
    for (number, source) in project.sources.iter().enumerate() {
        let found = sheets::find(&project.folder, &source.path, &|folder| output.is(folder));
        let mut found = Warned::from(found).into(diagnostics);
        found.sort_by_key(|found| project.catalog.synonyms.editions.rank(&found.shown));
        let Some((&fingerprint, reader)) = readers.get_key_value(&*source.fingerprint) else { continue };
        for FoundFile { input, shown } in found {
            files.entry(input).or_default().push(Use {
                position,
                source: number,
                shown,
                reader,
                fingerprint,
            });
            position += 1;
        }
    }
    let mut files: Vec<_> = files.into_iter().map(|(input, uses)| UsedFile { input, uses }).collect();
    files.sort_by_key(|file| file.uses[0].position);
    files
}

/// What was read of one file.
#[derive(Default)]
pub(super) struct ReadOnce {
    /// By each layout that the project names for it.
    readings: Vec<FileReading>,
    /// For each use the number of its layout; empty where nothing was read.
    by: Vec<usize>,
    /// Whether it was read no further, as the layouts together read more than a project may hold.
    is_cut_short: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Of a large file: nobody else reads one before it is known whether there is room for what was read.
    turn: Option<Turn>,
}

impl ReadOnce {
    /// What each use reads, as far as it was read.
    pub(super) fn of_uses(&self) -> impl Iterator<Item = &FileReading> {
        self.by.iter().filter_map(|layout| self.readings.get(*layout))
    }

    /// Takes what each layout reads, until it is more than a project may hold; whether there was something of each.
    fn read_each(&mut self, each: impl Iterator<Item = Option<FileReading>>) -> bool {
        let mut held = ProjectHeld::default();
        self.readings.clear();
        for reading in each {
            let Some(reading) = reading else { return false };
            let more = held.with_one(&reading);
            self.readings.push(reading);
            match more {
                Some(more) => held = more,
                None => {
                    self.is_cut_short = true;
                    return true;
                }
            }
        }
        true
    }

    /// What each use reads where it is wanted, copied for those that share a layout; and the problems.
    fn into_uses(self, is_wanted: bool) -> (Vec<FileReading>, Vec<Diagnostic>) {
        let readings = match (is_wanted, self.by.len() == self.readings.len()) {
            (false, _) => Vec::new(),
            (true, true) => self.readings,
            (true, false) => self.of_uses().cloned().collect(),
        };
        (readings, self.diagnostics)
    }
}

/// One file by all its layouts: what an earlier run has kept of it, or what is read of it now. By one layout it is read
/// once, however many sources name it.
fn read_file(file: &UsedFile<'_>, cache: &Cache) -> ReadOnce {
    let shown = &file.uses[0].shown;
    let opened = match sheets::open(&file.input, shown) {
        Ok(opened) => opened,
        Err(problem) => return ReadOnce { diagnostics: vec![problem.into()], ..ReadOnce::default() },
    };
    let mut layouts: Vec<(&LayoutReader<'_>, String)> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by: Vec<usize> = Vec::with_capacity(file.uses.len());
    for used in &file.uses {
        by.push(*numbers.entry(used.fingerprint).or_insert_with(|| {
            layouts.push((used.reader, cache.key(&opened, shown, used.fingerprint)));
            layouts.len() - 1
        }));
    }
    let mut once = ReadOnce { by, ..ReadOnce::default() };
    if once.read_each(layouts.iter().map(|(_, key)| cache.recall(key))) {
        return once;
    }
    let read = match layouts[..] {
        [(reader, _)] => opened.read_sieved(&mut reader.sieve()),
        _ => opened.read(),
    };
    let Warned { value: cells, diagnostics } = read.into();
    once.read_each(layouts.iter().map(|(reader, _)| Some(reader.read(&cells))));
    once.diagnostics = diagnostics;
    once.turn = cells.turn();
    // Its cells are not needed any more, and may be many.
    drop(cells);
    // A file with problems of its own is read again each time, so that they are said each time.
    if once.diagnostics.is_empty() {
        layouts.iter().zip(&once.readings).for_each(|((_, key), reading)| cache.keep(key, reading));
    }
    once
}

/// The project's table of districts that became others; an empty one where it has none.
fn crosswalk(project: &Project) -> Warned<Crosswalk> {
    let Some(path) = &project.file.districts.crosswalk else { return Warned::clean(Crosswalk::default()) };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let output = Output::of(project);
    let found = sheets::find(&project.folder, path, &|folder| output.is(folder));
    let found = Warned::from(found).into(&mut diagnostics);
    let value = found.first().map_or_else(Crosswalk::default, |found| {
        let file = Warned::from(sheets::read(&found.input, &found.shown)).into(&mut diagnostics);
        Crosswalk::read(&file).into(&mut diagnostics)
    });
    Warned { value, diagnostics }
}
