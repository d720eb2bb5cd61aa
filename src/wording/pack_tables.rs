//! Why the tables of a pack cannot be read back.

pub(crate) fn column_missing(name: &str) -> String {
    format!("it has no column {name:?}")
}

pub(crate) fn not_a_year(text: &str) -> String {
    format!("{text:?} is not a year")
}

pub(crate) fn not_a_grade(text: &str) -> String {
    format!("{text:?} is not a grade")
}
