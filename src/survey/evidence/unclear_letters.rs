//! Letters in a column of groups that are a gender in other columns: M next to A, B, and H may be multiracial.

use super::{EvidenceSearch, RowRule};
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Leaves out the rows of such letters, and says so.
    pub(super) fn leave_out_letters(&mut self) {
        let Some(column) = self.survey.role(Role::Group) else { return };
        for letter in self.vocabulary.unclear_letters(column) {
            self.found.notes.push(wording::unclear_letter(&column.name, &letter));
            self.found.filters.push(RowRule {
                column: column.name.clone(),
                pattern: format!("^{}$", regex::escape(&letter)),
                keeps: false,
                why: wording::unclear_letter_left_out(&letter),
            });
        }
    }
}
