//! Hidden rows of a table: one that is about the same as a visible row is left out, because its values were replaced.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::district::DistrictColumns;
use super::table_context::TableContext;
use super::table_row::{RowLoader, TableRow};
use crate::diagnostic::Diagnostic;
use crate::wording::reading as wording;

/// What the visible rows of a table are about, if any rows of it are hidden.
pub(super) struct HiddenRows {
    /// The column of the district.
    district: Option<u32>,
    /// The other columns by which rows are told apart.
    others: Vec<u32>,
    /// Hashes of what the visible rows are about.
    visible: BTreeSet<u64>,
}

impl HiddenRows {
    /// Reads through the visible rows of a table, unless none is hidden.
    pub(super) fn new(context: &TableContext<'_>, columns: &DistrictColumns<'_>) -> Self {
        let others = context.ready.distinguishing_columns(context.header);
        let mut hidden = Self { district: columns.key(), others, visible: BTreeSet::new() };
        let rows = context.sheet.rows_between(context.header.data.clone());
        if !rows.clone().any(|row| context.sheet.is_hidden_row(row.number)) {
            return hidden;
        }
        let mut loader = RowLoader::new(context.sheet, context.header, context.ready);
        for row in rows.filter(|row| !context.sheet.is_hidden_row(row.number)) {
            if let Some(row) = loader.load(row) {
                hidden.visible.extend(hidden.key(&row));
            }
        }
        hidden
    }

    /// What a row is about; `None` if it names no district.
    fn key(&self, row: &TableRow<'_>) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        if let Some(district) = self.district {
            let text = row.folded_text(district);
            if text.is_empty() {
                return None;
            }
            text.hash(&mut hasher);
        }
        for column in &self.others {
            row.folded_text(*column).hash(&mut hasher);
        }
        Some(hasher.finish())
    }

    /// Whether a row is hidden and is about the same as a visible one; reports it if so. Counts other hidden rows.
    pub(super) fn leaves_out(&self, context: &mut TableContext<'_>, row: &TableRow<'_>) -> bool {
        if !context.sheet.is_hidden_row(row.number) {
            return false;
        }
        let repeats = self.key(row).is_some_and(|key| self.visible.contains(&key));
        if repeats {
            let place = context.cell_place(row.number, self.district.unwrap_or(0));
            context.report_problem(Diagnostic::hidden_row_repeats(place, row.number));
            context.report.leave_out_row(wording::HIDDEN_AND_REPEATED);
        } else {
            context.report.rows_hidden += 1;
        }
        repeats
    }
}
