//! Rows that add up the other districts, whatever they are called.

use std::collections::{BTreeMap, BTreeSet};

use super::sums::SumGroups;
use super::{EvidenceSearch, RowRule};
use crate::wording::survey_rows as wording;

/// With fewer other districts than this, a district may be as large as the others together by chance.
const FEWEST_OTHERS: usize = 3;

impl EvidenceSearch<'_> {
    /// Leaves out the rows of the district that is the sum of all others: the state or the county.
    pub(super) fn leave_out_states(&mut self) {
        let Some(column) = self.survey.district().map(|column| column.column) else { return };
        let rows = self.rows_by_district();
        if rows.len() <= FEWEST_OTHERS || !self.found.joined_ids.is_empty() {
            return;
        }
        let Some(greatest) = self.greatest(&rows) else { return };
        if self.adds_up_others(&rows[&greatest], &rows) {
            let text = self.texts.text(column, rows[&greatest][0]).to_owned();
            self.found.filters.push(RowRule {
                column: self.name_of(column),
                pattern: format!("^{}$", regex::escape(&text)),
                keeps: false,
                why: wording::sum_of_others(&text),
            });
        }
    }

    /// The rows of each district that are read.
    fn rows_by_district(&self) -> BTreeMap<String, Vec<usize>> {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in self.rows_read() {
            let district = self.district(row);
            if !district.is_empty() && district.bytes().any(|byte| byte != b'0') {
                rows.entry(district).or_default().push(row);
            }
        }
        rows
    }

    /// The district with the greatest amounts.
    fn greatest(&self, rows: &BTreeMap<String, Vec<usize>>) -> Option<String> {
        let amounts = self.texts.amounts().next()?;
        let mut sums: Vec<(f64, &String)> = Vec::new();
        for (district, rows) in rows {
            sums.push((rows.iter().filter_map(|row| amounts[*row]).sum(), district));
        }
        let (_, district) = sums.into_iter().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))?;
        Some(district.clone())
    }

    fn adds_up_others(&self, own: &[usize], rows: &BTreeMap<String, Vec<usize>>) -> bool {
        let own: BTreeSet<usize> = own.iter().copied().collect();
        let mut groups = SumGroups::default();
        for row in rows.values().flatten() {
            groups.add(self.breakdown(*row), *row, own.contains(row));
        }
        groups.votes_of_all(self.texts.amounts()).are_totals()
    }
}
