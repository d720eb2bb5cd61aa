//! Reads files with a layout.

use super::number::NumberReader;
use super::read::read;
use super::reading::FileReading;
use super::ready_layout::ReadyLayout;
use super::row_sieve::RowSieve;
use crate::catalog::{Catalog, Layout};
use crate::domain::SchoolScope;
use sheets::SourceFile;

/// Reads `file` with `layout`; to read several files, use a [`LayoutReader`].
///
/// # Errors
/// The first pattern of the layout that cannot be compiled; a checked layout has none.
pub fn read_file(file: &SourceFile, layout: &Layout, catalog: &Catalog) -> Result<FileReading, regex::Error> {
    Ok(LayoutReader::new(layout, catalog)?.read(file))
}

/// Reads any number of files with one layout. Its patterns are compiled once.
#[derive(Debug)]
pub struct LayoutReader<'a> {
    ready: ReadyLayout<'a>,
    numbers: NumberReader,
}

impl<'a> LayoutReader<'a> {
    /// A reader for `layout`.
    ///
    /// # Errors
    /// The first pattern of the layout that cannot be compiled; a checked layout has none.
    pub fn new(layout: &'a Layout, catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let numbers = NumberReader::new(&layout.markers, &catalog.markers)?;
        Ok(Self { ready: ReadyLayout::new(layout, catalog)?, numbers })
    }

    /// The same reader, which also keeps the single schools of some districts.
    #[must_use]
    pub fn with_schools(mut self, schools: SchoolScope) -> Self {
        self.ready.schools = schools;
        self
    }

    /// The layout's row filters, for use while a file is read.
    #[must_use]
    pub const fn sieve(&self) -> RowSieve<'_> {
        RowSieve::new(&self.ready)
    }

    /// What the layout reads from `file`.
    #[must_use]
    pub fn read(&self, file: &SourceFile) -> FileReading {
        read(file, &self.ready, &self.numbers)
    }
}
