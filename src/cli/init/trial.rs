//! A trial reading of the planned sources, so that a project is proposed only for what is in its files.

use std::path::Path;

use rayon::prelude::*;

use crate::catalog::{Catalog, Layout};
use crate::cli::ending::CliError;
use crate::diagnostic::{Diagnostic, Severity, grouped};
use crate::domain::District;
use crate::observation::{self, Crosswalks, FileReading, GatherSubject, LayoutReader};
use crate::run::{Output, RunError};
use crate::survey::{PlannedSource, ProjectPlan};
use sheets::FoundFile;

/// The result of a trial reading of the planned sources.
pub(super) struct Trial {
    /// The districts named in the files, in the order of their ids.
    pub(super) districts: Vec<District>,
    /// First and last school year, by the years in which they end; `None` if there are no observations.
    pub(super) years: Option<(i32, i32)>,
    /// The number of observations.
    pub(super) observations: usize,
    /// What the reading warns of.
    pub(super) warnings: Vec<Diagnostic>,
}

impl Trial {
    /// Reads all planned sources that can be read.
    pub(super) fn read(folder: &Path, planned: &ProjectPlan) -> Result<Self, CliError> {
        let catalog = &planned.catalog;
        let readings = read_sources(folder, planned, catalog)?;
        let gathered =
            observation::gather(readings, catalog, &Crosswalks::default(), &GatherSubject::default())
                .map_err(RunError::from)?;
        let view = gathered.observations.view().map_err(RunError::from)?;
        let years: Vec<i32> = (0..gathered.observations.len()).map(|row| view.row(row).year).collect();
        let mut warnings = grouped(gathered.diagnostics);
        warnings.retain(|problem| problem.severity <= Severity::Warning);
        Ok(Self {
            districts: gathered.observations.terms().districts.clone(),
            years: years.iter().min().copied().zip(years.iter().max().copied()),
            observations: years.len(),
            warnings,
        })
    }
}

/// Reads the files of each source with its layout, in the order of the sources.
fn read_sources(
    folder: &Path,
    planned: &ProjectPlan,
    catalog: &Catalog,
) -> Result<Vec<FileReading>, CliError> {
    let output = Output::of_folder(folder, &folder.join("out"));
    let mut readers = Vec::new();
    let mut files: Vec<TrialFile> = Vec::new();
    for source in planned.sources.iter().filter(|source| source.problem.is_none()) {
        let Some(layout) = layout_of(source, catalog) else { continue };
        let found = sheets::find(folder, &source.path, &|folder| output.is(folder)).value;
        files.extend(found.into_iter().map(|file| TrialFile { file, reader: readers.len() }));
        readers.push(LayoutReader::new(layout, catalog).map_err(RunError::from)?);
    }
    Ok(files.par_iter().map(|file| read_file(&file.file, &readers[file.reader])).collect())
}

/// A file of a planned source.
struct TrialFile {
    file: FoundFile,
    /// Index of the reader for its source's layout.
    reader: usize,
}

/// The layout of a source: the one proposed for it, or one of the catalog.
fn layout_of<'a>(source: &'a PlannedSource, catalog: &'a Catalog) -> Option<&'a Layout> {
    match &source.proposed {
        Some(proposed) => Some(&proposed.layout),
        None => catalog.layouts.get(&source.layout),
    }
}

fn read_file(file: &FoundFile, reader: &LayoutReader<'_>) -> FileReading {
    reader.read(&sheets::read_sieved(&file.input, &file.shown, &mut reader.sieve()).value)
}
