//! Why a pack could not be written, and the decisions that its report lists.

use std::fmt::Display;

use super::listing::count;
use crate::domain::SchoolYear;

/// Where a withheld value could be worked out.
pub(crate) struct DisclosedValue<'a> {
    /// The series (`enrollment-asian`).
    pub(crate) series: &'a str,
    /// The district's id.
    pub(crate) district: &'a str,
    pub(crate) year: &'a str,
    /// How many other values could be worked out.
    pub(crate) others: usize,
}

pub(crate) fn disclosed_value(value: &DisclosedValue<'_>) -> String {
    let DisclosedValue { series, district, year, others } = value;
    let more = if *others == 0 { String::new() } else { format!(", and {} more", count(*others)) };
    format!("{series} for district {district} in {year}{more}")
}

/// A reader could work out `what` to within `within` people.
pub(crate) fn pack_discloses(what: &str, within: &str, least: u32) -> String {
    let people = if within == "1" { "person" } else { "people" };
    format!(
        "the pack was not written, because a reader could work out a withheld value: {what}. A reader could narrow it to \
         a range of {within} {people}; the policy requires a range of at least {least}\n  hint: public values in the same \
         table reveal it. Leave out the source or column that it comes from. If a file's publisher has made its values public, set `public = true` in its layout"
    )
}

pub(crate) fn pack_not_audited(table: &str, why: &str) -> String {
    format!("the pack was not written, because its table {table} cannot be read back for the audit: {why}")
}

pub(crate) fn bad_file_name(name: &str) -> String {
    format!(
        "`{name}` cannot be the name of a file in the pack\n  hint: use only letters, digits, `-`, `_`, and `.` in ids"
    )
}

pub(crate) fn same_file_name(name: &str) -> String {
    format!(
        "two files in the pack would have the same name, `{name}`\n  hint: give the exhibits different ids"
    )
}

pub(crate) fn file_not_written(name: &str, why: &dyn Display) -> String {
    format!("cannot write {name}: {why}")
}

pub(crate) fn unknown_format(word: &str, known: &str) -> String {
    format!("`{word}` is not a format; the available formats are {known}")
}

/// A column of a table has a type that no CSV cell can hold: a fault of the program.
pub(crate) fn unknown_column_type(column: &str, kind: &dyn Display) -> String {
    format!("column `{column}` has the type {kind}, which a CSV file cannot hold")
}

/// The subject of a revised value: its series, district and year.
pub(crate) fn revised_series(series: &str, district: &str, year: SchoolYear) -> String {
    format!("{series} for {district} in {year}")
}

/// What the decisions in the report are about, and why they were made.
pub(crate) mod decision {
    pub(crate) const WITHHELD: &str = "withheld from a source";
    pub(crate) const PUBLIC: &str =
        "its layout says that the publisher has made the value public (`public = true`)";
    pub(crate) const THRESHOLD: &str = "threshold";
    pub(crate) const OWN_THRESHOLD: &str = "set in the project's [thresholds]";
    pub(crate) const PEER_YEAR: &str = "year used to choose the peers";
    pub(crate) const LATEST_YEAR: &str = "the latest year with data from enough districts";
    pub(crate) const PEER_VARIABLES: &str = "peers matched on";
    pub(crate) const PEER_SETTINGS: &str = "set in the project's [peers] or, if not there, in the catalog";
    pub(crate) const PEERS_SHARE: &str = "peers share";
    pub(crate) const WITHIN: &str = "set as `within` in [peers]";

    pub(crate) fn nothing_withheld(source: &str) -> String {
        format!("nothing from {source}")
    }

    pub(crate) fn threshold(name: &str, value: f64) -> String {
        format!("{name} = {value}")
    }

    pub(crate) fn shared(attribute: &str, value: &str) -> String {
        format!("{attribute}: {value}")
    }
}
