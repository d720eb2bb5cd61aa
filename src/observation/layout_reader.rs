//! A layout made ready to read files by it.

use super::number::NumberReader;
use super::plan::ReadyLayout;
use super::read::read;
use super::reading::FileReading;
use super::row_sieve::RowSieve;
use crate::catalog::{Catalog, Layout};
use sheets::SourceFile;

/// Reads `file` by `layout`; to read several, see [`LayoutReader`].
///
/// # Errors
/// A pattern of the layout that cannot be read; a checked layout has none.
pub fn read_file(file: &SourceFile, layout: &Layout, catalog: &Catalog) -> Result<FileReading, regex::Error> {
    Ok(LayoutReader::new(layout, catalog)?.read(file))
}

/// A layout made ready to read files by it, however many.
#[derive(Debug)]
pub struct LayoutReader<'a> {
    ready: ReadyLayout<'a>,
    numbers: NumberReader,
}

impl<'a> LayoutReader<'a> {
    /// The layout, made ready.
    ///
    /// # Errors
    /// A pattern of the layout that cannot be read; a checked layout has none.
    pub fn new(layout: &'a Layout, catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let numbers = NumberReader::new(&layout.markers, &catalog.markers)?;
        Ok(Self { ready: ReadyLayout::new(layout, catalog)?, numbers })
    }

    /// Its filters, applied while a file is read.
    #[must_use]
    pub const fn sieve(&self) -> RowSieve<'_> {
        RowSieve::new(&self.ready)
    }

    /// What it reads in `file`.
    #[must_use]
    pub fn read(&self, file: &SourceFile) -> FileReading {
        read(file, &self.ready, &self.numbers)
    }
}
