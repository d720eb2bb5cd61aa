//! Rows of a column of school years that are about no school year: a projection, the year to date, an average.

use std::collections::BTreeMap;

use super::{EvidenceSearch, RowRule};
use crate::catalog::Role;
use crate::survey::cell_profiler::is_year_text;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Leaves out the rows whose text in the column of years is not one, and says so.
    pub(super) fn leave_out_odd_years(&mut self) {
        let Some(year) = self.survey.role(Role::SchoolYear).filter(|column| !column.cells.is_year()) else {
            return;
        };
        let mut odd: BTreeMap<&String, usize> = BTreeMap::new();
        for text in self.texts.column(year.column).unwrap_or_default() {
            if !text.is_empty() && !is_year_text(text) {
                *odd.entry(text).or_default() += 1;
            }
        }
        if odd.is_empty() {
            return;
        }
        let patterns: Vec<String> = odd.keys().map(|text| regex::escape(text)).collect();
        let texts: Vec<&str> = odd.keys().map(|text| text.as_str()).collect();
        self.found.notes.push(wording::rows_without_year(&texts, odd.values().sum()));
        self.found.filters.push(RowRule {
            column: year.name.clone(),
            pattern: format!("^(?:{})$", patterns.join("|")),
            keeps: false,
            why: wording::NO_YEAR_IN_ROW.to_owned(),
        });
    }
}
