//! The grades that students pass through, a year each.

use crate::domain::Grade;

/// Whether students are in a grade for one year, on their way from kindergarten to grade 12.
pub(super) fn is_single_grade(grade: &Grade) -> bool {
    (0..=12).contains(&grade.order()) && !grade.id().contains('-')
}
