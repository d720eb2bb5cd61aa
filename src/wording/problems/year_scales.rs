//! Problems with columns that have percents in some school years and fractions in others.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// A column has fractions up to `most` in these school years, and percents in others.
    #[must_use]
    pub fn years_as_shares(place: Place, column: &str, years: &str, most: f64) -> Self {
        problem(
            Severity::Warning,
            "read-as-shares",
            place,
            column,
            [
                format!(
                    "the column {column:?} has fractions in {years} (up to {most}), and percents about a hundred times as large \
                     in other years"
                ),
                "multiplied the fractions by 100".to_owned(),
                "if all of them are percents, set `times = 1` for the column in the layout".to_owned(),
            ],
        )
    }

    /// A column has small numbers in these school years that may be percents or fractions.
    #[must_use]
    pub fn years_on_two_scales(place: Place, column: &str, years: &str, most: f64) -> Self {
        problem(
            Severity::Warning,
            "percents-or-shares",
            place,
            column,
            [
                format!(
                    "the column {column:?} has no value above {most} in {years}, and much larger ones in other years: the small \
                     values are either percents or fractions"
                ),
                "read them as percents".to_owned(),
                "if they are fractions, write them as percents in the file; if not, set `times = 1` for the column in the layout"
                    .to_owned(),
            ],
        )
    }
}
