//! Problems with school years.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::YearError;

const LEFT_SHEET_OUT: &str = "left the sheet out";
const LEFT_ROW_OUT: &str = "left the row out";

impl Diagnostic {
    /// The year in a row of the crosswalk cannot be read.
    #[must_use]
    pub fn crosswalk_year(place: Place, text: &str, error: YearError) -> Self {
        problem(
            Severity::Error,
            "crosswalk-year",
            place,
            "",
            [
                not_a_year(text, error),
                "left the row out, so the change is not applied".to_owned(),
                "write the first school year of the change, such as 2023-24".to_owned(),
            ],
        )
    }

    /// The school year of a sheet cannot be read.
    #[must_use]
    pub fn sheet_year_unreadable(place: Place, text: &str, error: YearError) -> Self {
        year_unreadable(place, not_a_year(text, error), LEFT_SHEET_OUT)
    }

    /// The school year of a row cannot be read.
    #[must_use]
    pub fn row_year_unreadable(place: Place, text: &str, error: YearError) -> Self {
        year_unreadable(place, not_a_year(text, error), LEFT_ROW_OUT)
    }

    /// The column that should have the school year, by its possible names, is not in the sheet.
    #[must_use]
    pub fn year_column_missing(place: Place, column: &str) -> Self {
        year_unreadable(place, format!("there is no column {column} for the school year"), LEFT_SHEET_OUT)
    }

    /// The title above a table has no school year.
    #[must_use]
    pub fn no_year_in_title(place: Place) -> Self {
        year_unreadable(place, "the title has no school year".to_owned(), LEFT_SHEET_OUT)
    }
}

fn year_unreadable(place: Place, found: String, done: &str) -> Diagnostic {
    problem(
        Severity::Error,
        "year-unreadable",
        place,
        "",
        [
            found,
            done.to_owned(),
            "write the school year as 2023-24, specify in the layout where it is, or add `year = 2024` to the [[source]]"
                .to_owned(),
        ],
    )
}

fn not_a_year(text: &str, error: YearError) -> String {
    match error {
        YearError::NotAYear => format!("{text:?} is not a school year"),
        YearError::NotConsecutive => {
            format!("{text:?} is not a school year: the second year does not follow the first")
        }
        YearError::OutOfRange => format!("the school year {text:?} is not between 1950 and 2100"),
    }
}
