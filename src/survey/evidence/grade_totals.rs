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
        self.find_span_of_all_grades(column);
    }

    /// Whether the rows with a code add up those of the grades, or those of all other texts: some students are in no grade.
    fn adds_up_grades(&self, column: u32, code: &str) -> bool {
        [false, true].into_iter().any(|with_unknown| {
            let groups = self.grades_with(column, code, with_unknown);
            groups.votes(self.texts.amounts(), SumTolerance::EXACT).are_totals()
        })
    }

    /// The rows by what they are about besides their grade, of which those with `code` may be totals.
    fn grades_with(&self, column: u32, code: &str, with_unknown: bool) -> SumGroups {
        let mut groups = SumGroups::default();
        for row in 0..self.texts.len() {
            let grade = self.texts.text(column, row);
            let is_code = grade == code;
            let is_part = is_single_grade(grade) || with_unknown && !self.vocabulary.means_all(grade);
            if is_code || is_part && !grade.is_empty() {
                groups.add(self.key_without_grade(row), row, is_code);
            }
        }
        groups
    }

    fn key_without_grade(&self, row: usize) -> String {
        let keys = KEYS.iter().filter_map(|role| self.column_of(*role));
        keys.map(|key| self.texts.text(key, row)).collect::<Vec<_>>().join("\u{1f}")
    }

    /// Finds the span from kindergarten or grade 1 to grade 12 (`K-12`) that has all other grades of the column within it. It
    /// stands for everybody unless another text does, or its counts are smaller than those of its parts.
    fn find_span_of_all_grades(&mut self, column: u32) {
        let texts: BTreeSet<String> = self
            .texts
            .column(column)
            .unwrap_or_default()
            .iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect();
        let has_all = texts.iter().any(|text| {
            self.vocabulary.means_all(text)
                || self.found.all_grades.contains(text)
                || Grade::parse(text).is_some_and(|grade| grade.is_all())
        });
        let spans: Vec<&String> = texts.iter().filter(|text| is_from_first_to_last(text)).collect();
        let [span] = spans[..] else { return };
        let is_widest = texts.iter().all(|text| text == span || is_within(text, span));
        if has_all || !is_widest || texts.len() < 2 {
            return;
        }
        let groups = self.grades_with(column, span, true);
        if groups.have_parts() && !groups.are_too_small(self.texts.amounts()) {
            self.found.reasons.push(wording::span_of_all_grades(&self.name_of(column), span));
            self.found.all_grades.push(span.clone());
        }
    }
}

/// What rows are about besides their grade.
const KEYS: [Role; 8] = [
    Role::DistrictId,
    Role::DistrictName,
    Role::SchoolId,
    Role::SchoolName,
    Role::SchoolYear,
    Role::Measure,
    Role::Group,
    Role::Subject,
];

/// The first and the last grade of a span, in the order in which students go through them; `None` if it is no span.
fn ends(text: &str) -> Option<[i8; 2]> {
    let grade = Grade::parse(text)?;
    let (first, last) = grade.id().split_once('-')?;
    Some([Grade::parse(first)?.order(), Grade::parse(last)?.order()])
}

fn is_from_first_to_last(text: &str) -> bool {
    ends(text).is_some_and(|[first, last]| (0..=1).contains(&first) && last == 12)
}

/// Whether a grade or a span is within another span, or is a zero for kindergarten.
fn is_within(text: &str, span: &str) -> bool {
    let Some([first, last]) = ends(span) else { return false };
    let own = match (ends(text), Grade::parse(text)) {
        (Some(own), _) => own,
        (None, Some(grade)) => [grade.order(); 2],
        (None, None) if matches!(text, "0" | "00") => [0; 2],
        (None, None) => return false,
    };
    first <= own[0] && own[1] <= last
}

/// Whether a text is a grade other than all of them; zeros are kindergarten, and −1 is the grade before it.
fn is_single_grade(text: &str) -> bool {
    Grade::parse(text).map_or_else(|| matches!(text, "0" | "00" | "-1"), |grade| !grade.is_all())
}
