//! Columns that say in each row whether its numbers are withheld: a 0 beside "Suppressed" is not a number.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use crate::survey::column::Column;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Leaves out the rows whose numbers are withheld, if these are blank or zeros; asks about others.
    pub(super) fn leave_out_withheld(&mut self) {
        let flags = &self.vocabulary.catalog.synonyms.around.flags;
        let survey = self.survey;
        for column in survey.columns.iter().filter(|column| column.is_unread()) {
            if self.vocabulary.is_one_of(&column.name, flags) {
                self.judge_flag(column);
            }
        }
    }

    fn judge_flag(&mut self, column: &Column) {
        let around = &self.vocabulary.catalog.synonyms.around;
        let Some(texts) = self.texts.column(column.column) else { return };
        let (mut rows, mut words, mut unknown) = (BTreeSet::new(), BTreeSet::new(), None);
        for (row, text) in texts.iter().enumerate() {
            let lower = text.to_lowercase();
            if around.flagged.contains(&lower) {
                rows.insert(self.texts.number(row));
                words.insert(text.clone());
            } else if !lower.is_empty() && !around.unflagged.contains(&lower) {
                unknown = Some(text.clone());
            }
        }
        let problem = match unknown {
            Some(text) => Some(wording::unknown_flag(&column.name, &text)),
            None if self.has_numbers_in(&rows) => Some(wording::flagged_numbers(&column.name, rows.len())),
            None => None,
        };
        if let Some(problem) = problem {
            self.found.problem.get_or_insert(problem);
        } else if !rows.is_empty() {
            self.found.notes.push(wording::flagged_rows(&column.name, rows.len()));
            self.leave_out(column.column, &words, wording::WITHHELD);
        }
    }

    /// Whether a measure has a number other than 0 in one of these rows of the sheet.
    fn has_numbers_in(&self, rows: &BTreeSet<u32>) -> bool {
        let measures = self.survey.columns.iter().filter(|column| column.measure().is_some());
        let mut cells = measures.flat_map(|column| column.cells.rows.iter().zip(&column.cells.numbers));
        cells.any(|(row, number)| *number != 0.0 && rows.contains(row))
    }
}
