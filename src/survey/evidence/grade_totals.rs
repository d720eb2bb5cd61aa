//! Codes in a column of grades that stand for all grades, because their rows add up the others.

use std::collections::BTreeSet;

use super::EvidenceSearch;
use super::sums::{SumGroups, SumTolerance};
use crate::catalog::Role;
use crate::domain::Grade;
use crate::wording::survey_rows as wording;

impl EvidenceSearch<'_> {
    /// Finds the codes that are not a known grade and whose rows are the sum of those of the grades.
    pub(super) fn find_codes_of_all_grades(&mut self) {
        let Some(column) = self.column_of(Role::Grade) else { return };
        let unknown: BTreeSet<String> = self
            .texts
            .column(column)
            .unwrap_or_default()
            .iter()
            .filter(|text| !text.is_empty() && !is_single_grade(text) && !self.vocabulary.means_all(text))
            .cloned()
            .collect();
        for code in unknown {
            if self.adds_up_grades(column, &code) {
                self.found.reasons.push(wording::code_of_all_grades(&self.name_of(column), &code));
                self.found.all_grades.push(code);
            }
        }
    }

    fn adds_up_grades(&self, column: u32, code: &str) -> bool {
        let roles = [
            Role::DistrictId,
            Role::DistrictName,
            Role::SchoolId,
            Role::SchoolName,
            Role::SchoolYear,
            Role::Measure,
            Role::Group,
            Role::Subject,
        ];
        let mut groups = SumGroups::default();
        for row in 0..self.texts.len() {
            let grade = self.texts.text(column, row);
            let is_code = grade == code;
            if is_code || is_single_grade(grade) {
                let keys = roles.iter().filter_map(|role| self.column_of(*role));
                let key: Vec<&str> = keys.map(|key| self.texts.text(key, row)).collect();
                groups.add(key.join("\u{1f}"), row, is_code);
            }
        }
        groups.votes(self.texts.amounts(), SumTolerance::EXACT).are_totals()
    }
}

/// Whether a text is a grade other than all of them; zeros are kindergarten, and −1 is the grade before it.
fn is_single_grade(text: &str) -> bool {
    Grade::parse(text).map_or_else(|| matches!(text, "0" | "00" | "-1"), |grade| !grade.is_all())
}
