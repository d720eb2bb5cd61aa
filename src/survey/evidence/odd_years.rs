//! Rows of a column of school years that are about no school year: a projection, the year to date, an average.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::survey::cell_profiler::is_year_text;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Leaves out the rows whose text in the column of years is not one, and says so.
    pub(super) fn leave_out_odd_years(&mut self) {
        let Some(year) = self.survey.role(Role::SchoolYear).filter(|column| !column.cells.is_year()) else {
            return;
        };
        let (mut texts, mut rows) = (BTreeSet::new(), 0);
        for text in self.texts.column(year.column).unwrap_or_default() {
            if !text.is_empty() && !is_year_text(text) {
                texts.insert(text.clone());
                rows += 1;
            }
        }
        if texts.is_empty() {
            return;
        }
        self.found.notes.push(wording::rows_without_year(&texts, rows));
        self.leave_out(year.column, &texts, wording::NO_YEAR_IN_ROW);
    }
}
