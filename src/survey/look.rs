//! Surveys a file on disk; of a large text table, only the first rows are read.

use super::sheet::FileSurvey;
use super::surveyor::Surveyor;
use crate::diagnostic::{Diagnostic, Warned};
use crate::wording::survey_tables::ROWS_NOT_SURVEYED;
use sheets::{Input, Sheet, Sieve, SourceFile};

/// How many rows of a large text table are enough to recognize it.
const ENOUGH_ROWS: u64 = 200_000;

/// Surveys every sheet of the file at `input`, shown as `file`. Of a large text table only the first 200,000
/// rows are read, and a diagnostic says so.
#[must_use]
pub fn look(input: &Input, file: &str, surveyor: &Surveyor<'_>) -> Warned<FileSurvey> {
    let Warned { value, diagnostics } = first_rows(input, file);
    Warned { value: survey_file(&value, input, surveyor), diagnostics }
}

/// Reads the file at `input`, shown as `file`. Of a large text table only the first 200,000 rows are read, and a diagnostic says so.
#[must_use]
pub fn first_rows(input: &Input, file: &str) -> Warned<SourceFile> {
    let mut read = Warned::from(sheets::read_sieved(input, file, &mut FirstRows { remaining: 0 }));
    read.diagnostics.extend(read.value.sheets.iter().filter_map(rows_not_looked_at));
    read
}

/// Surveys every sheet of a file that was read from `input`, and may be a source.
#[must_use]
pub fn survey_source(file: &SourceFile, input: &Input, surveyor: &Surveyor<'_>) -> FileSurvey {
    FileSurvey { modified: input.modified(), ..surveyor.survey_source(file) }
}

/// Surveys every sheet of a file that was read from `input`.
fn survey_file(file: &SourceFile, input: &Input, surveyor: &Surveyor<'_>) -> FileSurvey {
    FileSurvey { modified: input.modified(), ..surveyor.survey(file) }
}

fn rows_not_looked_at(sheet: &Sheet) -> Option<Diagnostic> {
    let (_, rows) = sheet.left_out.first()?;
    Some(Diagnostic::rows_not_looked_at(sheet.place.clone(), *rows))
}

/// Leaves out all rows after the first ones.
struct FirstRows {
    /// How many more rows are read.
    remaining: u64,
}

impl Sieve for FirstRows {
    fn learn(&mut self, head: &Sheet) -> bool {
        self.remaining = ENOUGH_ROWS.saturating_sub(head.row_count() as u64);
        true
    }

    fn leaves_out(&mut self, _field: &dyn Fn(u32) -> String) -> Option<usize> {
        let is_beyond = self.remaining == 0;
        self.remaining = self.remaining.saturating_sub(1);
        is_beyond.then_some(0)
    }

    fn reasons(&self) -> Vec<String> {
        vec![ROWS_NOT_SURVEYED.to_owned()]
    }
}
