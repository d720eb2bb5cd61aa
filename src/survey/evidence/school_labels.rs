//! Columns named like a breakdown that describe the schools or districts instead: each has one text in them.

use std::collections::BTreeMap;

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::survey::cell_profile::ColumnType;
use crate::survey::column::Column;

impl EvidenceSearch<'_> {
    /// Finds the unread columns of texts or codes in which every school, or every district, has one text, and not all the same.
    pub(super) fn find_labels_of_schools(&mut self) {
        let unread = self.survey.columns.iter().filter(|column| {
            let are_labels = column.cells.kind == ColumnType::Text
                || matches!(column.cells.kind, ColumnType::Code | ColumnType::WholeNumber)
                    && self.vocabulary.holds_codes(&column.name);
            column.is_unread() && are_labels && column.cells.different() > 1
        });
        let labels = unread.filter(|column| self.describes_schools(column));
        self.found.labels_of_schools = labels.map(|column| column.name.clone()).collect();
    }

    fn describes_schools(&self, column: &Column) -> bool {
        let roles =
            [Role::DistrictId, Role::DistrictName, Role::SchoolId, Role::SchoolName, Role::SchoolYear];
        let mut labels: BTreeMap<Vec<&str>, &str> = BTreeMap::new();
        (0..self.texts.len()).all(|row| {
            let keys = roles.iter().filter_map(|role| self.column_of(*role));
            let key: Vec<&str> = keys.map(|key| self.texts.text(key, row)).collect();
            let text = self.texts.text(column.column, row);
            !key.is_empty() && *labels.entry(key).or_insert(text) == text
        })
    }
}
