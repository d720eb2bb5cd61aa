//! Texts about a district's own indicators: in the survey, in layouts, and in the file of the project's measures.

use super::listing::{counted, joined_with_and};
use super::survey_columns::unit_name;
use crate::domain::Unit;

pub(crate) fn becomes_own(seen: &str, unit: Unit) -> String {
    format!(
        "no known measure has this name, so it becomes a measure of this project; its values ({seen}) are {}",
        unit_name(unit)
    )
}

pub(crate) fn too_few_numbers(seen: &str) -> String {
    format!("it has too few numbers to show a trend ({seen})")
}

pub(crate) fn no_indicator(seen: &str) -> String {
    format!("which measure is this? No known measure has this name. Values: {seen}")
}

pub(crate) fn unit_unclear(seen: &str) -> String {
    format!(
        "are its values percents, counts, or dollars? Neither its name nor its values ({seen}) show which"
    )
}

/// Numbers whose name is only that of a test.
pub(crate) fn scores_or_counts(seen: &str) -> String {
    format!("are its values scores, or numbers of students? Its name is only that of a test. Values: {seen}")
}

/// An amount of one person or thing among others that are in thousands.
pub(crate) fn factor_unclear(seen: &str) -> String {
    format!(
        "are its values in dollars, or in thousands like the amounts around it? Its name says that they are for one person or thing. Values: {seen}"
    )
}

pub(crate) fn no_years(seen: &str) -> String {
    format!("which school years are its values ({seen}) for? It will be read once it covers several years")
}

/// A column of a table that covers one year only.
pub(crate) fn one_year(seen: &str) -> String {
    format!(
        "no known measure has this name, and one year cannot show a trend; it will be read once there are more years ({seen})"
    )
}

/// A column whose name other tables have for numbers of another unit.
pub(crate) fn two_kinds(seen: &str) -> String {
    format!("other tables use this name for a different kind of number; choose a measure for each ({seen})")
}

pub(crate) fn too_many(columns: usize) -> String {
    format!("one of {columns} columns that match no known measure; choose those that matter to the district")
}

pub(crate) fn many_districts(districts: usize) -> String {
    format!(
        "no known measure has this name; a table of {districts} districts does not show one district's own indicators"
    )
}

/// The text of the project's file of measures.
pub(crate) const FILE_HEADING: &str = "# Proposed by `retreat init`: this district's own indicators, which match no known measure.\n# For each, fill in which direction is better (\"higher\" or \"lower\"), and how large a change matters.\n";
pub(crate) const SOME_OR_ALL: &str = "if it is a percent of all students, delete \", some = true\"";
pub(crate) const NOT_ABOUT_PEOPLE: &str =
    "if it is not about people, such as hours: 1, in the domain \"staffing\" or \"finance\"";
pub(crate) const BETTER: &str = "higher, lower, or neither: until you say which, it is shown but not judged";

/// The sign # in the name of an indicator.
pub(crate) const NUMBER: &str = "number";

pub(crate) fn definition(label: &str) -> String {
    format!("{label}, as in the district's own table.")
}

pub(crate) fn authority(table: &str) -> String {
    format!("The district's own table: {table}")
}

/// Columns that become measures of the project, although their names begin with that of a known measure.
pub(crate) fn with_remark(names: &[String], id: &str, label: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let (made, one) =
        if names.len() == 1 { ("becomes a measure", "it") } else { ("become measures", "one of them") };
    format!(
        "{} {made} of this project. If {one} is the measure {label:?}, enter measure = {id:?} for its column in the layout",
        joined_with_and(&quoted)
    )
}

/// Why a line of a table is not read.
pub(crate) const LINES_NOT_READ: &str = "Headings, notes, and lines whose meaning is not known yet.";

/// Lines with numbers that are not read, by their names, and their rows.
pub(crate) fn lines_left_out(names: &[&str], rows: usize) -> String {
    const SHOWN: usize = 8;
    let shown = names.iter().take(SHOWN).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
    let more = match names.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!("left out {shown}{more} ({}); the layout says why", counted(rows, "row"))
}

pub(crate) const LINE_WITHOUT_NUMBERS: &str = "it has no numbers";
pub(crate) const LINE_OF_TEXTS: &str =
    "its cells do not hold single numbers; to read it, put one number in each cell";
pub(crate) const LINE_WITHHELD: &str = "all of its numbers are withheld";
pub(crate) const LINE_SCALED: &str =
    "its unit is thousands or millions; to read it, enter whole amounts, and correct the unit";
pub(crate) const LINE_NOT_PERCENT: &str =
    "its numbers are percents, but the measure with this name is not a percent";
pub(crate) const LINE_TWICE: &str =
    "several lines have this name and different numbers: which heading is each one under?";
pub(crate) const WINDOWS: &str =
    "Each row names a time of the school year; the values of each time are a measure of their own.";
pub(crate) const LINE: &str = "Each row is a line item, with its values in the year columns.";
