//! What `retreat inspect --layout` prints.

use super::inspect::table_name;
use super::listing::{count, counted};

/// The headings of the list of cells.
pub(crate) const CELL: &str = "Cell";
pub(crate) const SHOWN: &str = "Shows";
pub(crate) const READ_AS: &str = "Read as";
pub(crate) const YEAR: &str = "Year";
pub(crate) const DISTRICT: &str = "District";
pub(crate) const MEASURE: &str = "Measure";

/// What a layout read from a sheet; a text file has a table without a name.
pub(crate) fn sheet(name: Option<&str>, header_row: Option<u64>, values: u64, rows: u64) -> String {
    let name = table_name(name);
    let header = header_row.map_or_else(String::new, |row| format!("header in row {row}, "));
    format!("{name}: {header}{} from {}", counted(values as usize, "value"), counted(rows as usize, "row"))
}

pub(crate) fn sheet_unread(name: Option<&str>, why: &str) -> String {
    format!("{} is not read: {why}", table_name(name))
}

pub(crate) fn column_left_out(column: &str, why: &str) -> String {
    format!("column {column:?} left out: {why}")
}

pub(crate) fn columns_unread(columns: &[String]) -> String {
    let names: Vec<String> = columns.iter().map(|column| format!("{column:?}")).collect();
    format!("the layout does not mention {}", names.join(", "))
}

pub(crate) fn more_cells(cells: usize) -> String {
    format!("and {} more; --json shows all", count(cells))
}

/// A value of several cells.
pub(crate) fn added_up(value: &str, cells: usize) -> String {
    format!("{value} ({} added up)", counted(cells, "cell"))
}

/// A rate of which only the denominator is known.
pub(crate) fn of_count(value: &str, denominator: &str) -> String {
    format!("{value} (of {denominator})")
}

/// A rate's numerator and denominator.
pub(crate) fn of_counts(value: &str, numerator: &str, denominator: &str) -> String {
    format!("{value} ({numerator} of {denominator})")
}

/// `?` stands for what the table does not give.
pub(crate) const UNKNOWN: &str = "?";

/// A masked value that is at most this.
pub(crate) fn up_to(status: &str, to: &str) -> String {
    format!("{status} (up to {to})")
}

/// A masked value that is at least this.
pub(crate) fn at_least(status: &str, from: &str) -> String {
    format!("{status} (at least {from})")
}

/// The possible values of a masked one.
pub(crate) fn between(status: &str, from: &str, to: &str) -> String {
    format!("{status} ({from} to {to})")
}

pub(crate) fn no_such_sheet(sheet: &str, suggestion: &str) -> String {
    format!("there is no sheet {sheet:?}{suggestion}")
}

/// Shown instead of a file's name, if the layout was named in the command.
pub(crate) const LAYOUT_ARGUMENT: &str = "--layout";
