//! Problems with sums of schools.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// A published value and the sum of the district's schools, as text.
#[derive(Debug, Clone, Copy)]
pub struct SumTexts<'a> {
    /// The published value.
    pub published: &'a str,
    /// Its cell.
    pub place: &'a str,
    /// The sum.
    pub sum: &'a str,
}

impl Diagnostic {
    /// Schools add up to something other than the value published for their district.
    #[must_use]
    pub fn sum_passed_over(place: Place, what: &str, texts: SumTexts<'_>, count: u64) -> Self {
        let SumTexts { published, place: published_at, sum } = texts;
        let others = match count {
            0 | 1 => String::new(),
            more => format!(" ({} more like it)", more - 1),
        };
        problem(
            Severity::Note,
            "sum-passed-over",
            place,
            "",
            [
                format!(
                    "{what}: the schools here add up to {sum}, but the published value in {published_at} is {published}{others}"
                ),
                "kept the published value".to_owned(),
                "nothing to do; closed schools may be missing from the list of schools".to_owned(),
            ],
        )
    }
}
