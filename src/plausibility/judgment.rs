//! What a check finds.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Problems};

/// What one check found.
#[derive(Debug, Default)]
pub(super) struct Judgment {
    /// Rows of the frame whose values cannot be true.
    pub(super) impossible: BTreeSet<usize>,
    /// The problems, of impossible and of unlikely values.
    pub(super) problems: Problems,
}

impl Judgment {
    /// Adds a problem, and leaves out the row if its value is impossible.
    pub(super) fn add(&mut self, row: usize, is_impossible: bool, problem: Diagnostic) {
        if is_impossible {
            self.impossible.insert(row);
        }
        self.problems.push(problem);
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.impossible.extend(other.impossible);
        self.problems.extend(other.problems);
    }
}

impl FromIterator<Self> for Judgment {
    fn from_iter<T: IntoIterator<Item = Self>>(judgments: T) -> Self {
        let mut all = Self::default();
        judgments.into_iter().for_each(|judgment| all.extend(judgment));
        all
    }
}
