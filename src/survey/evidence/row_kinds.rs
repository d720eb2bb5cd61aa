//! Columns that say what kind of row each is where no rows are about schools: districts, counties, service units, the state.

use std::collections::{BTreeMap, BTreeSet};

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::survey::column::Column;
use crate::wording::survey_rows as wording;

/// The most kinds of rows.
const MOST_KINDS: usize = 12;
/// A text of at most this many letters, or a number, is a code: it may mean anything.
const LONGEST_CODE: usize = 2;

/// The rows of each kind, by the text for it.
type Kinds<'t> = BTreeMap<&'t str, Vec<usize>>;

impl EvidenceSearch<'_> {
    /// Leaves out the rows that such a column calls those of counties or others, and asks what unknown codes in it mean.
    pub(super) fn leave_out_kinds(&mut self) {
        if self.survey.role(Role::RowType).is_some() || self.survey.district().is_none() {
            return;
        }
        let survey = self.survey;
        for column in &survey.columns {
            if self.may_tell_kinds(column) {
                self.leave_out_kinds_in(column);
            }
        }
    }

    fn may_tell_kinds(&self, column: &Column) -> bool {
        column.is_unread()
            && self.vocabulary.is_role_name(Role::RowType, &column.name)
            && (2..=MOST_KINDS).contains(&self.kinds(column).len())
    }

    fn kinds(&self, column: &Column) -> Kinds<'_> {
        let mut kinds = Kinds::new();
        for row in 0..self.texts.len() {
            let text = self.texts.text(column.column, row);
            if !text.is_empty() {
                kinds.entry(text).or_default().push(row);
            }
        }
        kinds
    }

    fn leave_out_kinds_in(&mut self, column: &Column) {
        let beyond = &self.vocabulary.catalog.synonyms.row_types.beyond;
        let kinds = self.kinds(column);
        let has_districts = kinds.keys().any(|kind| self.means_districts(kind));
        let has_totals = kinds.values().any(|rows| self.are_all_totals(rows));
        if !has_districts && !has_totals {
            return;
        }
        let most = kinds.values().map(Vec::len).max().unwrap_or(0);
        let (mut left_out, mut names) = (BTreeSet::new(), BTreeSet::new());
        let mut problem = None;
        for (kind, rows) in &kinds {
            let is_beyond = self.vocabulary.is_one_of(kind, beyond);
            if self.means_districts(kind) || rows.len() == most || self.are_all_totals(rows) {
                continue;
            }
            let example = self.name_in(rows[0]);
            if is_beyond && has_districts {
                left_out.insert((*kind).to_owned());
                names.insert(example);
            } else if is_beyond || is_code(kind) {
                problem = Some(wording::unknown_kind(&column.name, kind, &example));
            }
        }
        if self.found.problem.is_none() {
            self.found.problem = problem;
        }
        if !left_out.is_empty() {
            self.leave_out(column.column, &left_out, wording::SEVERAL_DISTRICTS);
            self.found.notes.push(wording::kinds_left_out(&column.name, &left_out, &names));
        }
    }

    /// Whether a text means a district: it is a word for one, or ends in one (`PUB DIST`).
    fn means_districts(&self, kind: &str) -> bool {
        let types = &self.vocabulary.catalog.synonyms.row_types;
        let words = self.vocabulary.words(kind);
        !self.vocabulary.is_one_of(kind, &types.beyond)
            && (self.vocabulary.is_one_of(kind, &types.district)
                || words.last().is_some_and(|word| {
                    word.len() > LONGEST_CODE && self.vocabulary.is_one_of(word, &types.district)
                }))
    }

    fn are_all_totals(&self, rows: &[usize]) -> bool {
        rows.iter().all(|row| self.names_total(*row))
    }

    /// The name of a row's district, or its id.
    fn name_in(&self, row: usize) -> String {
        let name = self.column_of(Role::DistrictName).or_else(|| self.column_of(Role::DistrictId));
        name.map_or_else(String::new, |name| self.texts.text(name, row).to_owned())
    }
}

fn is_code(kind: &str) -> bool {
    kind.chars().count() <= LONGEST_CODE || kind.bytes().all(|byte| byte.is_ascii_digit())
}
