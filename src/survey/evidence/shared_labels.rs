//! Labels that the rows of most districts share. They may be those of whole districts, but also codes or names that schools of
//! many districts have.

use std::collections::{BTreeMap, BTreeSet};

use super::EvidenceSearch;
use super::sums::{DistrictSums, SumTolerance, SumVotes};
use crate::survey::compiled_patterns::any_match;

/// A label that is not known may be a total's if at least this share of the districts has it.
const LEAST_SHARED: f64 = 0.5;
/// With fewer districts than this, a shared label shows nothing.
const FEWEST_DISTRICTS: usize = 3;

/// What the signs of total rows are compared with.
pub(super) struct SignContext<'c> {
    /// The columns of schools, as their positions in the sheet.
    pub(super) columns: &'c [u32],
    /// The labels that most districts have.
    pub(super) shared: BTreeSet<String>,
    /// In the columns whose codes begin with the district's part: how many zeros at their end mean the whole district.
    zeros: BTreeMap<u32, usize>,
}

impl<'c> SignContext<'c> {
    pub(super) fn new(search: &EvidenceSearch<'_>, columns: &'c [u32]) -> Self {
        let zeros = columns.iter().filter_map(|column| Some((*column, search.zeros_of_districts(*column)?)));
        Self { columns, shared: search.shared_labels(columns), zeros: zeros.collect() }
    }

    pub(super) fn zeros_in(&self, column: u32) -> Option<usize> {
        self.zeros.get(&column).copied()
    }
}

impl EvidenceSearch<'_> {
    /// The school labels that most districts have, but for their own names in them, and that tell no kind of school.
    fn shared_labels(&self, columns: &[u32]) -> BTreeSet<String> {
        let mut districts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut all = BTreeSet::new();
        for row in 0..self.texts.len() {
            let district = self.district(row);
            for text in
                columns.iter().map(|column| self.texts.text(*column, row)).filter(|text| !text.is_empty())
            {
                districts.entry(self.unnamed(row, text)).or_default().insert(district.clone());
            }
            all.insert(district);
        }
        let fewest = (LEAST_SHARED * all.len() as f64).max(FEWEST_DISTRICTS as f64);
        let mut shared = BTreeSet::new();
        for (text, districts) in districts {
            if districts.len() as f64 >= fewest && !any_match(&self.vocabulary.patterns.school_kinds, &text) {
                shared.insert(text);
            }
        }
        shared
    }

    /// Whether a row with a shared label may be about a school: another column names one that other districts do not have,
    /// or there is only a code.
    pub(super) fn may_be_school(
        &self,
        row: usize,
        column: u32,
        label: &str,
        context: &SignContext<'_>,
    ) -> bool {
        self.school_named(row, column, context).is_some()
            || context.columns.len() == 1 && label.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The text of a row in a column of schools other than `column` that other districts do not have.
    pub(super) fn school_named(&self, row: usize, column: u32, context: &SignContext<'_>) -> Option<&str> {
        let others = context.columns.iter().filter(|other| **other != column);
        let mut texts = others.map(|other| self.texts.text(*other, row));
        texts.find(|text| !self.is_nothing(text) && !context.shared.contains(&self.unnamed(row, text)))
    }

    /// Whether rows with a shared label, and without the name of a school, are about whole districts.
    pub(super) fn are_shared_totals(&self, rows: &BTreeSet<usize>) -> bool {
        let exact = self.votes_of_districts(rows, SumTolerance::EXACT);
        exact.are_totals()
            || self.nearly_all_districts_have(rows)
                && (self.votes_of_districts(rows, SumTolerance::CLOSE).are_totals()
                    || self.are_means(rows) && self.sums_of_districts(rows).are_means(&self.texts))
    }

    /// How many districts have rows that add up their others.
    pub(super) fn votes_of_districts(&self, totals: &BTreeSet<usize>, tolerance: SumTolerance) -> SumVotes {
        self.sums_of_districts(totals).votes(&self.texts, tolerance)
    }

    fn sums_of_districts(&self, totals: &BTreeSet<usize>) -> DistrictSums {
        let mut sums = DistrictSums::default();
        for row in self.rows_read() {
            let district = sums.districts.entry(self.district(row)).or_default();
            district.add(self.breakdown(row), row, totals.contains(&row));
        }
        sums
    }
}
