//! Rows about more than a district: the state, the nation, a region, or several districts together.

use std::collections::BTreeSet;

use regex::Regex;

use super::{EvidenceSearch, RowRule};
use crate::catalog::Role;
use crate::survey::compiled_patterns::any_match;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// In a column of districts, leaves out the rows about several of them together, and says so.
    pub(super) fn leave_out_compared(&mut self) {
        let Some(column) = self.column_of(Role::DistrictName) else { return };
        let patterns = &self.vocabulary.patterns;
        let texts = self.matching(column, &patterns.compared);
        if texts.is_empty() {
            return;
        }
        // Words for totals are known when the table is read.
        let mut named = self.matching(column, &patterns.beyond);
        named.extend(texts.iter().cloned());
        self.leave_out(column, &texts, wording::SEVERAL_DISTRICTS);
        self.found.notes.push(wording::several_districts(&named));
    }

    /// Says that the rows about classes of districts (`Urban`) are left out, which is done when the table is read.
    pub(super) fn note_classes(&mut self) {
        let Some(column) = self.column_of(Role::DistrictName) else { return };
        let rows = (0..self.texts.len()).filter(|row| self.names_class(*row));
        let named: BTreeSet<String> = rows.map(|row| self.texts.text(column, row).to_owned()).collect();
        if !named.is_empty() {
            self.found.notes.push(wording::classes_of_districts(&named));
        }
    }

    /// In columns of schools, leaves out the rows about the state, the nation, or a region.
    pub(super) fn leave_out_beyond(&mut self, columns: &[u32]) {
        for column in columns {
            let beyond = self.matching(*column, &self.vocabulary.patterns.beyond);
            let mut left_out = BTreeSet::new();
            for row in 0..self.texts.len() {
                let text = self.texts.text(*column, row);
                if !beyond.contains(text) {
                    continue;
                }
                // A row whose district is called a total is left out anyway.
                if !self.names_total_of_districts(row) {
                    left_out.insert(text.to_owned());
                }
                self.beyond.insert(row);
            }
            if !left_out.is_empty() {
                self.leave_out(*column, &left_out, wording::BEYOND_THE_DISTRICT);
            }
        }
        if !self.beyond.is_empty() && self.beyond.len() == self.texts.len() {
            self.found.problem = Some(wording::ONLY_BEYOND.to_owned());
        }
    }

    /// The different texts of a column that one of the patterns matches.
    fn matching(&self, column: u32, patterns: &[Regex]) -> BTreeSet<String> {
        let texts: BTreeSet<&String> = self.texts.column(column).unwrap_or_default().iter().collect();
        texts.into_iter().filter(|text| any_match(patterns, bare(text))).cloned().collect()
    }

    /// Leaves out the rows with one of these texts in a column.
    pub(super) fn leave_out<T: AsRef<str>>(&mut self, column: u32, texts: &BTreeSet<T>, why: &str) {
        let list: Vec<String> = texts.iter().map(|text| regex::escape(text.as_ref())).collect();
        self.found.filters.push(RowRule {
            column: self.name_of(column),
            pattern: format!("^(?:{})$", list.join("|")),
            keeps: false,
            why: why.to_owned(),
        });
    }

    /// Whether the id or the name of a row's district is a known word for a total, so that the row is left out anyway.
    pub(super) fn names_total_of_districts(&self, row: usize) -> bool {
        let districts = self.texts_with([Role::DistrictId, Role::DistrictName], row);
        districts.into_iter().any(|text| self.is_total(text))
    }

    /// The only name of a whole district in the columns of schools, if no column is for districts.
    pub(super) fn own_label(&self, columns: &[u32]) -> Option<String> {
        if self.survey.district().is_some() {
            return None;
        }
        let rows = (0..self.texts.len()).filter(|row| !self.beyond.contains(row));
        let texts: BTreeSet<&str> =
            rows.flat_map(|row| columns.iter().map(move |column| self.texts.text(*column, row))).collect();
        let (mut named, mut others) = (Vec::new(), 0);
        for text in texts.into_iter().filter(|text| !text.is_empty() && !self.is_total_of_schools(text)) {
            if any_match(&self.vocabulary.patterns.own_districts, bare(text)) {
                named.push(text);
            } else {
                others += 1;
            }
        }
        match named[..] {
            [only] if others > 0 => Some(only.to_owned()),
            _ => None,
        }
    }
}

/// A text without the brackets and dashes around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '.' | ')'))
}
