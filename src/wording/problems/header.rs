//! Problems with the columns that a layout looks for in a table's header.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// No row of the sheet contains the heading of the layout's district column.
    #[must_use]
    pub fn header_not_found(place: Place, wanted: &str, nearest: &str) -> Self {
        problem(
            Severity::Error,
            "header-not-found",
            place,
            "",
            [
                format!("no row has a column named {wanted}{nearest}"),
                "left the sheet out".to_owned(),
                "check that the layout is for this table, or name the column in the layout".to_owned(),
            ],
        )
    }

    /// A column that the layout needs is not in the sheet.
    #[must_use]
    pub fn column_missing(place: Place, column: &str, nearest: &str) -> Self {
        problem(
            Severity::Warning,
            "column-missing",
            place,
            column,
            [
                format!("there is no column {column}{nearest}"),
                "read the other columns".to_owned(),
                "if it has another name this year, add that name to the layout".to_owned(),
            ],
        )
    }

    /// The layout's column of district names is not in the sheet.
    #[must_use]
    pub fn names_missing(place: Place, column: &str, nearest: &str) -> Self {
        problem(
            Severity::Warning,
            "names-missing",
            place,
            column,
            [
                format!("there is no column {column} with the districts' names{nearest}"),
                "read all rows as districts, even those labeled as totals".to_owned(),
                "add the column's name to `district.name` in the layout".to_owned(),
            ],
        )
    }
}
