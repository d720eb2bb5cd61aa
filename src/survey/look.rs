//! Looking at a file as it comes, of which nothing is known yet.

use super::sheet::{FileSurvey, Surveyor};
use crate::diagnostic::{Diagnostic, Warned};
use sheets::{Input, Sheet, Sieve};

/// So many rows of a large text table tell what it is.
const ENOUGH: u64 = 200_000;

/// Looks at every sheet of the file at `input`, shown as `file`; of a large text table, at its first rows, and says so.
#[must_use]
pub fn look(input: &Input, file: &str, surveyor: &Surveyor<'_>) -> Warned<FileSurvey> {
    let read = Warned::from(sheets::read_sieved(input, file, &mut FirstRows { left: 0 }));
    let unseen = read.value.sheets.iter().filter_map(|sheet| Some((sheet, sheet.left_out.first()?.1)));
    let notes = unseen.map(|(sheet, rows)| Diagnostic::rows_not_looked_at(sheet.place.clone(), rows));
    let diagnostics = read.diagnostics.into_iter().chain(notes).collect();
    Warned { value: surveyor.survey(&read.value), diagnostics }
}

/// Leaves out all rows but the first.
struct FirstRows {
    left: u64,
}

impl Sieve for FirstRows {
    fn learn(&mut self, head: &Sheet) -> bool {
        self.left = ENOUGH.saturating_sub(head.row_count() as u64);
        true
    }

    fn leaves_out(&mut self, _field: &dyn Fn(u32) -> String) -> Option<usize> {
        let is_beyond = self.left == 0;
        self.left = self.left.saturating_sub(1);
        is_beyond.then_some(0)
    }

    fn reasons(&self) -> Vec<String> {
        vec!["not looked at".to_owned()]
    }
}
