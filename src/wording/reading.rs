//! Why sheets and rows were left out, and what a value is called in a message.

pub(crate) const SHEET_HIDDEN: &str = "the sheet is hidden";
pub(crate) const SHEET_NOT_NAMED: &str = "the layout does not name this sheet";
pub(crate) const SHEET_EXCLUDED: &str = "the layout excludes this sheet";
pub(crate) const SHEET_EMPTY: &str = "the sheet is empty";
pub(crate) const NO_HEADER: &str = "no header was found";
pub(crate) const SHEET_YEAR_UNREADABLE: &str = "its school year cannot be read";

// Reasons for leaving out rows follow the number of rows, as in "12 rows: no district named".

pub(crate) const TOTAL_ROW: &str = "a total of other rows, or the state";
pub(crate) const CLASS_ROW: &str = "about a class of districts, such as all rural ones";
pub(crate) const NO_SCHOOL: &str = "no school named (usually a total)";
pub(crate) const ID_CUT: &str = "a district id that has lost digits";
pub(crate) const NOTE_ROW: &str = "a note or a heading";
pub(crate) const NO_DISTRICT: &str = "no district named";
pub(crate) const NO_VALUES: &str = "no values (usually a note)";
pub(crate) const UNKNOWN_PART: &str = "a value for an unknown group, grade, or subject";

/// A row that two columns narrow at once: to girls and to one race. `part` is `group`, `grade`, or `subject`.
pub(crate) fn two_parts_at_once(part: &str) -> String {
    format!("a value for two {part}s at once")
}

pub(crate) const ROW_YEAR_UNREADABLE: &str = "a school year that cannot be read";

/// A row that a filter of the layout leaves out for the reason `why`.
pub(crate) fn excluded_by_layout(why: &str) -> String {
    format!("excluded by the layout: {why}")
}

/// The cell most similar to a heading that was not found.
pub(crate) fn nearest_cell(text: &str, cell: &str) -> String {
    format!("; the most similar cell is {text:?} in {cell}")
}

/// The possible names of a column: `"Year" or "SY"`.
pub(crate) fn any_of(names: &[String]) -> String {
    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" or ")
}

/// What a value is called: `enrollment for Ash ISD in 2023-24`.
pub(crate) fn value_name(measure: &str, district: &str, year: &str) -> String {
    format!("{measure} for {district} in {year}")
}

/// A value that its publisher hides.
pub(crate) const HIDDEN_VALUE: &str = "hidden";
/// A value that differs, but is not a number.
pub(crate) const OTHER_VALUE: &str = "another value";

/// Why series break where a district split, unless the crosswalk says it.
pub(crate) const DISTRICT_SPLIT: &str = "the district split";
/// Why series break where districts merged, unless the crosswalk says it.
pub(crate) const DISTRICTS_MERGED: &str = "districts merged";
/// Why series break where a school split, unless the crosswalk says it.
pub(crate) const SCHOOL_SPLIT: &str = "the school split";
/// Why series break where schools merged, unless the crosswalk says it.
pub(crate) const SCHOOLS_MERGED: &str = "schools merged";

/// Why a row is left out.
pub(crate) const NUMBER_SPLIT: &str = "a number that may be split at its comma";
pub(crate) const HIDDEN_AND_REPEATED: &str = "it is hidden and repeats a visible row";
