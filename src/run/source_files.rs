//! The files that the sources of a project name.

use std::collections::BTreeMap;

use super::RunError;
use super::output::Output;
use crate::diagnostic::{Diagnostic, Warned};
use crate::domain::SchoolScope;
use crate::observation::LayoutReader;
use crate::project::{Project, Source};
use sheets::{FoundFile, Input};

/// The readers for a project's layouts, by the layouts' fingerprints.
pub(super) type LayoutReaders<'a> = BTreeMap<&'a str, LayoutReader<'a>>;

/// A reader for each layout that the sources name.
///
/// # Errors
/// If a layout has an invalid pattern.
pub(super) fn layout_readers(project: &Project) -> Result<LayoutReaders<'_>, RunError> {
    let mut readers = BTreeMap::new();
    for source in &project.sources {
        if !readers.contains_key(&*source.fingerprint) {
            let reader = LayoutReader::new(&source.layout, &project.catalog)?;
            readers
                .insert(&*source.fingerprint, reader.with_schools(source.schools(&project.schools).clone()));
        }
    }
    Ok(readers)
}

/// The index of a source in the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SourceIndex(pub(super) usize);

/// Position of a use among the uses of all files, in the order of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UsePosition(usize);

/// A file, and the sources that use it.
pub(super) struct UsedFile<'a> {
    pub(super) input: Input,
    /// At least one.
    pub(super) uses: Vec<FileUse<'a>>,
}

impl UsedFile<'_> {
    /// Display name.
    pub(super) fn shown(&self) -> &str {
        &self.uses[0].shown
    }
}

/// One source's use of a file.
pub(super) struct FileUse<'a> {
    pub(super) position: UsePosition,
    pub(super) source: SourceIndex,
    /// The file's display name.
    shown: String,
    /// The reader for the source's layout.
    pub(super) reader: &'a LayoutReader<'a>,
    /// The fingerprint of that layout.
    pub(super) fingerprint: &'a str,
    /// Of which districts the single schools are kept.
    pub(super) schools: &'a SchoolScope,
}

/// The files of all sources, each with all its uses, in the order of the sources.
pub(super) fn source_files<'a>(
    project: &'a Project,
    readers: &'a LayoutReaders<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<UsedFile<'a>> {
    let mut files: BTreeMap<Input, Vec<FileUse<'a>>> = BTreeMap::new();
    let mut position = 0;
    let output = Output::of(project);
    for (index, source) in project.sources.iter().enumerate() {
        let found = files_of_source(project, source, &output, diagnostics);
        let Some((&fingerprint, reader)) = readers.get_key_value(&*source.fingerprint) else { continue };
        for FoundFile { input, shown } in found {
            files.entry(input).or_default().push(FileUse {
                position: UsePosition(position),
                source: SourceIndex(index),
                shown,
                reader,
                fingerprint,
                schools: source.schools(&project.schools),
            });
            position += 1;
        }
    }
    let mut files: Vec<_> = files.into_iter().map(|(input, uses)| UsedFile { input, uses }).collect();
    files.sort_by_key(|file| file.uses[0].position);
    files
}

/// The files of a source; preliminary editions come first, and revised ones last.
pub(super) fn files_of_source(
    project: &Project,
    source: &Source,
    output: &Output,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FoundFile> {
    let found = sheets::find(&project.folder, &source.path, &|folder| output.is(folder));
    let mut found = Warned::from(found).into(diagnostics);
    found.sort_by_key(|found| project.catalog.synonyms.editions.rank(&found.shown));
    found
}
