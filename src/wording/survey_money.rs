//! What the survey says about amounts of money per student.

use super::survey_columns::quoted;

/// The word by which titles are searched for amounts per student.
pub(crate) const STUDENT: &str = "student";

/// The name that a column of amounts would have if it said that they are per student; `noun` is the title's word for them.
pub(crate) fn per_student(column: &str, noun: &str) -> String {
    format!("{column} {noun} per student")
}

/// A column is read per student because of the text around the table.
pub(crate) fn titled_per_student(label: &str, title: &str) -> String {
    format!("{label}: the amounts are per student, as {} says", quoted(title))
}

/// A column below such a text whose meaning is not known.
pub(crate) fn which_amount(title: &str) -> String {
    format!(
        "is it an amount per student, as {} says, and for which kind of spending or revenue? If so, give it a measure in the layout",
        quoted(title)
    )
}
