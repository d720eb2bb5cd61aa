//! Labels that are written only in the first row of their block, as in a pivot table.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::survey::column::{Column, ColumnMeaning};
use crate::wording::survey_rows as wording;

/// Labels are written once in a block if at least this share of the cells is blank.
const LEAST_BLANK: f64 = 0.2;
/// With repeated labels filled in, at most this share of the rows may be about the same as another.
const MOST_REPEATED: f64 = 0.02;

impl EvidenceSearch<'_> {
    /// Fills labels down if only that tells the rows apart.
    pub(super) fn fill_labels_down(&mut self) {
        let keys: Vec<u32> =
            self.survey.columns.iter().filter(|column| is_key(column)).map(|c| c.column).collect();
        let repeated: Vec<u32> =
            keys.iter().copied().filter(|column| self.is_written_once(*column)).collect();
        if repeated.is_empty() || self.repeated_share(&keys) <= MOST_REPEATED {
            return;
        }
        let before: Vec<Vec<String>> =
            repeated.iter().filter_map(|column| self.texts.column(*column)).map(<[String]>::to_vec).collect();
        self.fill(&repeated);
        if self.repeated_share(&keys) > MOST_REPEATED {
            for (column, texts) in repeated.into_iter().zip(before) {
                self.texts.replace(column, texts);
            }
            return;
        }
        self.found.fill_down = repeated.iter().map(|column| self.name_of(*column)).collect();
        self.found.reasons.push(wording::labels_written_once(&self.found.fill_down));
    }

    /// Whether the first cell of a column is a label and many cells below labels are blank, and no label repeats the
    /// one before it.
    fn is_written_once(&self, column: u32) -> bool {
        let Some(texts) = self.texts.column(column) else { return false };
        let blank = texts.iter().filter(|text| text.is_empty()).count();
        let mut labels = texts.iter().filter(|text| !text.is_empty());
        let begins = texts.first().is_some_and(|text| !text.is_empty());
        let mut last = labels.next();
        let changes = labels.all(|label| last.replace(label) != Some(label));
        begins && changes && blank as f64 >= LEAST_BLANK * texts.len() as f64
    }

    /// The share of rows that are about the same as an earlier one.
    fn repeated_share(&self, keys: &[u32]) -> f64 {
        let mut seen = BTreeSet::new();
        let rows = self.plain_rows();
        let repeated = rows.iter().filter(|row| {
            let mut key: Vec<&str> = keys.iter().map(|column| self.texts.text(*column, **row)).collect();
            key.push(self.texts.heading(**row));
            !seen.insert(key)
        });
        repeated.count() as f64 / rows.len().max(1) as f64
    }

    /// Fills blank cells with the label above them, as the reader of layouts does.
    fn fill(&mut self, columns: &[u32]) {
        let mut labels = vec![String::new(); columns.len()];
        let mut filled: Vec<Vec<String>> = vec![Vec::new(); columns.len()];
        for row in 0..self.texts.len() {
            let follows = row > 0 && self.texts.number(row - 1) + 1 == self.texts.number(row);
            if !follows {
                labels.iter_mut().for_each(String::clear);
            }
            let mut begins_block = false;
            for (position, column) in columns.iter().enumerate() {
                let text = self.texts.text(*column, row);
                if !text.is_empty() {
                    begins_block = true;
                    text.clone_into(&mut labels[position]);
                } else if begins_block {
                    labels[position].clear();
                }
                filled[position].push(labels[position].clone());
            }
        }
        for (column, texts) in columns.iter().zip(filled) {
            self.texts.replace(*column, texts);
        }
    }
}

fn is_key(column: &Column) -> bool {
    matches!(column.meaning, ColumnMeaning::Role(role) if role != Role::RowType && role != Role::Value)
}
