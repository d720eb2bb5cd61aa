//! What `retreat inspect` prints.

use super::listing::{count, counted};

/// The headings of the table of columns.
pub(crate) const COLUMN: &str = "Column";
pub(crate) const TYPE: &str = "Type";
pub(crate) const FILLED: &str = "Filled";
pub(crate) const RANGE: &str = "Range";

pub(crate) const NO_HEADER: &str = "no header was found";
pub(crate) const SAME_COLUMNS: &str = "same columns as the table before it";
/// A column that is not read.
pub(crate) const UNREAD: &str = "unread";
/// The value of the measure that each row names.
pub(crate) const VALUE: &str = "value";

/// A sheet; a text file has a table without a name.
pub(super) fn table_name(name: Option<&str>) -> String {
    name.map_or_else(|| "The table".to_owned(), |name| format!("Sheet {name:?}"))
}

pub(crate) fn sheet(name: Option<&str>, rows: usize, is_hidden: bool) -> String {
    let name = table_name(name);
    let hidden = if is_hidden { ", hidden (not read)" } else { "" };
    format!("{name}: {}{hidden}", counted(rows, "row"))
}

/// How many columns of a sheet a layout of the catalog knows.
pub(crate) struct KnownColumns {
    pub(crate) all: u64,
    pub(crate) read: u64,
    /// Those that identify a row: district, year, group.
    pub(crate) roles: u64,
    pub(crate) left_out: u64,
    pub(crate) unread: u64,
}

pub(crate) fn layout_fit(layout: &str, columns: &KnownColumns) -> String {
    let KnownColumns { all, read, roles, left_out, unread } = columns;
    let unread = if *unread == 0 { String::new() } else { format!(", {unread} unread") };
    format!(
        "layout {layout} reads {read} of {} ({roles} to identify the row, {left_out} left out on \
         purpose{unread})",
        counted(*all as usize, "column")
    )
}

pub(crate) fn header(rows: &[String], data_rows: usize) -> String {
    let word = if rows.len() == 1 { "row" } else { "rows" };
    format!("header in {word} {}; {} of data", rows.join(" and "), counted(data_rows, "row"))
}

pub(crate) fn not_readable(problem: &str) -> String {
    format!("cannot be read as it is: {problem}")
}

pub(crate) fn attribute(id: &str) -> String {
    format!("attribute {id}")
}

/// A column whose numbers are added to those of another.
pub(crate) fn added_to(name: &str) -> String {
    format!("added to {name:?}")
}

/// What a column is read as, and why.
pub(crate) fn interpretation(meaning: &str, why: &str) -> String {
    format!("{meaning}: {why}")
}

/// A mark of hidden or missing values, how often it occurs, and what it means.
pub(crate) fn mark(text: &str, cells: usize, means: &str) -> String {
    format!("{text} ×{} {means}", count(cells))
}

/// Texts in a column of numbers.
pub(crate) fn not_numbers(texts: &[String]) -> String {
    format!("not numbers: {}", texts.join(", "))
}

/// The least and the greatest number of a column.
pub(crate) fn range(least: &str, most: &str) -> String {
    format!("{least} … {most}")
}

pub(crate) fn different_texts(number: usize) -> String {
    format!("{} different", count(number))
}
