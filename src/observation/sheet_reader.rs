//! Reads one sheet: finds its tables, reads each, and combines the rows of schools.

use super::header::{self, Header};
use super::number::NumberReader;
use super::progress::{Checkpoint, FileProgress};
use super::ready_layout::ReadyLayout;
use super::roll_up::roll_up;
use super::table_context::TableContext;
use super::table_reader::read_table;
use crate::catalog::RollUp;
use crate::diagnostic::{Diagnostic, SheetRead};
use crate::wording::reading as wording;
use sheets::{Sheet, SourceFile};

/// Reads one sheet of a file.
pub(super) struct SheetReader<'a> {
    file: &'a SourceFile,
    sheet: &'a Sheet,
    ready: &'a ReadyLayout<'a>,
    numbers: &'a NumberReader,
    progress: &'a mut FileProgress,
    report: SheetRead,
}

impl<'a> SheetReader<'a> {
    pub(super) fn new(
        file: &'a SourceFile,
        sheet: &'a Sheet,
        ready: &'a ReadyLayout<'a>,
        numbers: &'a NumberReader,
        progress: &'a mut FileProgress,
    ) -> Self {
        let report = SheetRead { sheet: sheet.place.sheet.clone(), ..SheetRead::default() };
        Self { file, sheet, ready, numbers, progress, report }
    }

    /// Reads the sheet into the file's reading, and reports what was read and what was not.
    pub(super) fn read(mut self) -> SheetRead {
        match self.find_tables() {
            Ok(headers) => self.read_sheet(&headers),
            Err(why) => self.report.unread = Some(why.to_owned()),
        }
        self.report
    }

    /// The headers of the sheet's tables.
    ///
    /// # Errors
    /// If the sheet is not read, the reason.
    fn find_tables(&mut self) -> Result<Vec<Header>, &'static str> {
        self.ready.reads_sheet(self.sheet.place.sheet.as_deref(), self.sheet.hidden)?;
        if self.sheet.row_count() == 0 {
            return Err(wording::SHEET_EMPTY);
        }
        header::find(self.sheet, self.ready.layout).map_err(|problem| {
            self.progress.report(*problem);
            wording::NO_HEADER
        })
    }

    fn read_sheet(&mut self, headers: &[Header]) {
        self.count_sieved_rows();
        self.report.header_row = headers.first().map(|header| u64::from(header.row) + 1);
        self.progress.reading.sheets.push(self.sheet.place.clone());
        let start = self.progress.checkpoint();
        match self.read_tables(headers) {
            Ok(0) => self.report.unread = Some(wording::SHEET_YEAR_UNREADABLE.to_owned()),
            Ok(_) => {}
            Err(too_large) => return self.discard(start, *too_large),
        }
        if self.report.rows_hidden > 0 {
            let place = self.sheet.place.clone();
            self.progress.report(Diagnostic::rows_hidden(place, self.report.rows_hidden));
        }
        self.roll_up_schools(start);
        self.progress.schools.next_sheet();
        self.report.observations = (self.progress.reading.rows.len() - start.rows) as u64;
    }

    /// Counts the rows that were left out while the file was read from disk.
    fn count_sieved_rows(&mut self) {
        for (why, rows) in &self.sheet.left_out {
            self.report.rows += rows;
            self.report.leave_out_rows(why, *rows);
        }
    }

    /// Reads the tables, and counts those whose school year could be read.
    ///
    /// # Errors
    /// If the sheet is too large to be about districts, the reason.
    fn read_tables(&mut self, headers: &[Header]) -> Result<usize, Box<Diagnostic>> {
        let mut read = 0;
        for header in headers {
            let context = TableContext {
                file: self.file,
                sheet: self.sheet,
                header,
                ready: self.ready,
                numbers: self.numbers,
                progress: &mut *self.progress,
                report: &mut self.report,
            };
            read += usize::from(read_table(context)?);
        }
        Ok(read)
    }

    /// Removes everything that was read from the sheet, which is too large.
    fn discard(&mut self, start: Checkpoint, problem: Diagnostic) {
        self.progress.roll_back(start);
        let unread = Some(problem.found.clone());
        self.report = SheetRead { sheet: self.report.sheet.take(), unread, ..SheetRead::default() };
        self.progress.report(problem);
    }

    fn roll_up_schools(&mut self, start: Checkpoint) {
        if self.ready.layout.roll_up == RollUp::Sum {
            let FileProgress { reading, schools, .. } = &mut *self.progress;
            roll_up(reading, start.rows, schools, self.ready);
        }
    }
}
