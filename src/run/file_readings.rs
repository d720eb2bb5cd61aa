//! One file, read with all layouts that the sources name for it.

use std::collections::BTreeMap;

use super::cache::Cache;
use super::reading_size::{ReadingSize, SharedReadingSize};
use super::source_files::{UsePosition, UsedFile};
use crate::diagnostic::{Diagnostic, Severity, Warned};
use crate::observation::{FileReading, LayoutReader};
use sheets::{OpenedFile, Turn};

/// What was read from one file.
#[derive(Default)]
pub(super) struct FileReadings {
    /// The readings, one for each layout that the project names for the file.
    readings: Vec<FileReading>,
    /// The layout of each use; empty if the file could not be opened.
    layouts: Vec<LayoutIndex>,
    /// Whether reading stopped because the layouts together read more than a project may hold.
    is_cut_short: bool,
    /// The problems of the file itself.
    diagnostics: Vec<Diagnostic>,
    /// Held while a large file is read, so that no other one is read until it is known whether this one fits.
    turn: Option<Turn>,
}

/// What one use of a file reads.
pub(super) struct UseReading {
    pub(super) position: UsePosition,
    pub(super) reading: FileReading,
}

/// The index of a layout among those that read a file.
#[derive(Debug, Clone, Copy)]
struct LayoutIndex(usize);

/// A layout that reads a file.
struct FileLayout<'a> {
    reader: &'a LayoutReader<'a>,
    /// The name of the cache entry for this file and layout.
    cache_key: String,
}

/// The layouts that read a file, each once, and the layout of each use.
struct FileLayouts<'a> {
    layouts: Vec<FileLayout<'a>>,
    of_uses: Vec<LayoutIndex>,
}

impl FileReadings {
    /// Reads a file with all its layouts, or loads what an earlier run stored. Each layout reads it once,
    /// however many sources name it.
    pub(super) fn read(file: &UsedFile<'_>, cache: &Cache) -> Self {
        let mut read = match sheets::open(&file.input, file.shown()) {
            Ok(opened) => Self::of_opened(&opened, file, cache),
            Err(problem) => Self { diagnostics: vec![problem.into()], ..Self::default() },
        };
        read.diagnostics.extend(read.no_rows_problem());
        read
    }

    fn of_opened(opened: &OpenedFile, file: &UsedFile<'_>, cache: &Cache) -> Self {
        let FileLayouts { layouts, of_uses } = FileLayouts::of(opened, file, cache);
        let mut read = Self { layouts: of_uses, ..Self::default() };
        if !read.take_stored(&layouts, cache) {
            read.take_cells(opened, &layouts, cache);
        }
        read
    }

    /// Loads what an earlier run stored for each layout. Returns whether nothing more has to be read: every
    /// layout had an entry, or the entries already exceed what a project may hold.
    fn take_stored(&mut self, layouts: &[FileLayout<'_>], cache: &Cache) -> bool {
        let mut size = ReadingSize::default();
        for layout in layouts {
            let Some(reading) = cache.load(&layout.cache_key) else {
                self.readings.clear();
                return false;
            };
            if !self.add(reading, &mut size) {
                break;
            }
        }
        true
    }

    /// Reads the file's cells with each layout, and stores the readings.
    fn take_cells(&mut self, opened: &OpenedFile, layouts: &[FileLayout<'_>], cache: &Cache) {
        let read = match layouts {
            [layout] => opened.read_sieved(&mut layout.reader.sieve()),
            _ => opened.read(),
        };
        let Warned { value: cells, diagnostics } = read.into();
        let mut size = ReadingSize::default();
        for layout in layouts {
            if !self.add(layout.reader.read(&cells), &mut size) {
                break;
            }
        }
        self.diagnostics = diagnostics;
        self.turn = cells.turn();
        // The cells are no longer needed, and there may be many.
        drop(cells);
        // A file that has problems itself is read again in each run, so that they are reported each time.
        if self.diagnostics.is_empty() {
            for (layout, reading) in layouts.iter().zip(&self.readings) {
                cache.store(&layout.cache_key, reading);
            }
        }
    }

    /// Adds a layout's reading; returns whether there is room for more. The reading that exceeds the limit is
    /// kept, because its size is reported.
    fn add(&mut self, reading: FileReading, size: &mut ReadingSize) -> bool {
        let sum = size.plus(&reading);
        self.readings.push(reading);
        match sum {
            Some(sum) => *size = sum,
            None => self.is_cut_short = true,
        }
        !self.is_cut_short
    }

    /// The problem of a file in which no layout finds a row, unless another error explains it.
    fn no_rows_problem(&self) -> Option<Diagnostic> {
        let is_explained = self.diagnostics.iter().any(is_error);
        let file = &self.of_uses().next()?.report.path;
        (!is_explained && self.of_uses().all(has_no_rows)).then(|| Diagnostic::no_rows(file))
    }

    /// What each use reads, as far as it was read.
    fn of_uses(&self) -> impl Iterator<Item = &FileReading> {
        self.layouts.iter().filter_map(|layout| self.readings.get(layout.0))
    }

    /// The number of values that all uses read.
    pub(super) fn values(&self) -> usize {
        self.of_uses().map(FileReading::values).sum()
    }

    /// `size` plus what all uses read; `None` if that is more than a project may hold.
    pub(super) fn add_to(&self, size: ReadingSize) -> Option<ReadingSize> {
        let sum = self.of_uses().try_fold(size, ReadingSize::plus);
        sum.filter(|_| !self.is_cut_short)
    }

    /// The readings, if there is room for them. Ends the turn of a large file, because its size is now known.
    pub(super) fn keep_if_room(self, held: &SharedReadingSize) -> Option<Self> {
        held.update(|size| self.add_to(size)).then(|| Self { turn: None, ..self })
    }

    /// Takes the problems of the file.
    pub(super) fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.diagnostics)
    }

    /// What each use reads; a copy for each use that shares a layout.
    pub(super) fn into_uses(self) -> Vec<FileReading> {
        if self.layouts.len() == self.readings.len() {
            self.readings
        } else {
            self.of_uses().cloned().collect()
        }
    }
}

impl<'a> FileLayouts<'a> {
    fn of(opened: &OpenedFile, file: &UsedFile<'a>, cache: &Cache) -> Self {
        let mut indices: BTreeMap<&str, LayoutIndex> = BTreeMap::new();
        let mut all = Self { layouts: Vec::new(), of_uses: Vec::with_capacity(file.uses.len()) };
        for file_use in &file.uses {
            let index = *indices.entry(file_use.fingerprint).or_insert(LayoutIndex(all.layouts.len()));
            if index.0 == all.layouts.len() {
                let cache_key = cache.key(opened, file.shown(), file_use.fingerprint, file_use.schools);
                all.layouts.push(FileLayout { reader: file_use.reader, cache_key });
            }
            all.of_uses.push(index);
        }
        all
    }
}

/// Whether a layout finds no row in a file, and no error explains it.
pub(super) fn has_no_rows(reading: &FileReading) -> bool {
    let is_explained = reading.diagnostics.as_slice().iter().any(is_error);
    !is_explained && reading.report.sheets.iter().all(|sheet| sheet.rows == 0)
}

/// Whether data is lost because of a problem.
pub(super) fn is_error(problem: &Diagnostic) -> bool {
    problem.severity == Severity::Error
}
