//! Data shared by the steps of reading one table.

use super::header::Header;
use super::number::NumberReader;
use super::progress::FileProgress;
use super::ready_layout::ReadyLayout;
use super::rows::KeyIndex;
use crate::catalog::Measure;
use crate::diagnostic::{Diagnostic, Place, SheetRead};
use sheets::{Sheet, SourceFile};

/// How a table is read, and where its results and problems go.
pub(super) struct TableContext<'a> {
    pub(super) file: &'a SourceFile,
    pub(super) sheet: &'a Sheet,
    pub(super) header: &'a Header,
    pub(super) ready: &'a ReadyLayout<'a>,
    pub(super) numbers: &'a NumberReader,
    pub(super) progress: &'a mut FileProgress,
    pub(super) report: &'a mut SheetRead,
}

impl<'a> TableContext<'a> {
    /// Adds a problem with the table's data.
    pub(super) fn report_problem(&mut self, problem: Diagnostic) {
        self.progress.report(problem);
    }

    /// The place of the sheet.
    pub(super) fn sheet_place(&self) -> Place {
        self.sheet.place.clone()
    }

    /// The place of a cell.
    pub(super) fn cell_place(&self, row: u32, column: u32) -> Place {
        self.sheet.place.at(row, column)
    }

    /// The measure of a key; `None` if the catalog does not know it.
    pub(super) fn measure(&self, key: KeyIndex) -> Option<&'a Measure> {
        self.ready.catalog.measures.get(&self.progress.reading.key(key).measure)
    }
}
