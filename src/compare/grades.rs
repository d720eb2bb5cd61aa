//! The grades that students pass through, one each year.

use crate::domain::Grade;

/// Whether students spend one year in a grade on their way from kindergarten to grade 12.
pub(super) fn is_single_grade(grade: &Grade) -> bool {
    (0..=12).contains(&grade.order()) && !grade.id().contains('-')
}
