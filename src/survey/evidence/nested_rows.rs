//! Rows below each district that add up to it, as in a pivot table: `Elementary` and `Secondary` below every district.

use std::collections::{BTreeMap, BTreeSet};

use super::EvidenceSearch;
use super::sums::{SumGroups, SumTolerance};
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Leaves out rows of the parts of districts, if only the names of districts identify rows, and the parts below each add up
    /// to it.
    pub(super) fn leave_out_nested(&mut self) {
        let others = [Role::DistrictId, Role::SchoolId, Role::SchoolName];
        let Some(name) = self.column_of(Role::DistrictName) else { return };
        if others.into_iter().any(|role| self.column_of(role).is_some()) {
            return;
        }
        let parts = self.parts_below(name);
        if !parts.is_empty() {
            self.found.notes.push(wording::nested_left_out(&parts));
            self.leave_out(name, &parts, wording::NESTED_ROWS);
        }
    }

    /// The labels of rows that repeat below several others and add up to these; empty if they do not.
    fn parts_below(&self, column: u32) -> BTreeSet<String> {
        let texts = self.texts.column(column).unwrap_or_default();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in texts {
            *counts.entry(text).or_default() += 1;
        }
        let (mut groups, mut parts) = (SumGroups::default(), BTreeSet::new());
        let mut whole: Option<usize> = None;
        for (row, text) in texts.iter().enumerate() {
            if text.is_empty() || self.is_total(text) {
                whole = None;
            } else if counts[text.as_str()] == 1 {
                whole = Some(row);
                groups.add(row.to_string(), row, true);
            } else if let Some(whole) = whole {
                parts.insert(text.clone());
                groups.add(whole.to_string(), row, false);
            } else {
                return BTreeSet::new();
            }
        }
        let add_up = groups.votes(self.texts.amounts(), SumTolerance::EXACT).are_totals();
        if add_up { parts } else { BTreeSet::new() }
    }
}
