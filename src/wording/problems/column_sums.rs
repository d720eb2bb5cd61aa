//! Problems with columns of a row that are added up.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// A column that the layout adds up with others is not in the sheet.
    #[must_use]
    pub fn sum_column_missing(place: Place, column: &str, nearest: &str) -> Self {
        problem(
            Severity::Warning,
            "column-missing",
            place,
            column,
            [
                format!("there is no column {column}{nearest}"),
                "left out the sum that it is part of".to_owned(),
                "if it has another name this year, change that name under `sum` in the layout".to_owned(),
            ],
        )
    }

    /// A column that the layout adds up with others has its percents written in another way than they do.
    #[must_use]
    pub fn sum_of_two_scales(place: Place, column: &str) -> Self {
        problem(
            Severity::Warning,
            "sum-of-two-scales",
            place,
            column,
            [
                format!(
                    "the column {column:?} cannot be added up here: some of the values have a percent sign, and others do not"
                ),
                "left out the sum".to_owned(),
                "write all of them with a percent sign, or none".to_owned(),
            ],
        )
    }
}
