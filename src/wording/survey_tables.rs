//! What the survey says about tables, and why it cannot read some of them.

/// Why the rows of a large file after the first ones were left out.
pub(crate) const ROWS_NOT_SURVEYED: &str = "not surveyed";
pub(crate) const NO_HEADER: &str = "no table header was found";
pub(crate) fn header_unsure(row: u32) -> String {
    format!("no row is clearly its header; row {row} looks most like one: give the right row under [header]")
}

pub(crate) const NO_KNOWN_MEASURE: &str = "none of its columns is a known measure";
pub(crate) const NO_SCHOOL_YEAR: &str = "no school year was found in its columns, title, sheet name, or file name: add one, such as \
                                         2023-24, to any of them";

pub(crate) const NEWER_BY_NAME: &str = "its name says so";
pub(crate) const NEWER_BY_TITLE: &str = "the date in its title is later";
pub(crate) const NEWER_BY_FILE: &str = "the file was changed more recently";
pub(crate) const NEWER_BY_NUMBER: &str = "its number is higher";

/// A file that is read after an older edition of it, so that its values are kept.
pub(crate) fn newest_edition(older: &str, why: &str) -> String {
    format!("the newest edition of {older} ({why}): where they differ, its values are kept")
}

/// A table in a sheet that has several.
pub(crate) fn table_below(sheet: &str, row: u32) -> String {
    format!("{sheet}, table below row {row}")
}

/// Tables that look alike, by the first.
pub(crate) fn similar_tables(first: &str, others: usize) -> String {
    if others > 0 { format!("{first} and {others} more like it") } else { first.to_owned() }
}

pub(crate) fn not_district_column(name: &str) -> String {
    format!("the column {name:?} is named like a district column, but its cells are not ids or names")
}

/// A column named like one of school years has other texts.
pub(crate) fn unknown_years(name: &str, examples: &[&str]) -> String {
    format!(
        "the column {name:?} is named like a column of school years, but its cells are not school years ({}). Write them as \
         2023-24, or as 2024 for the year in which the school year ends",
        examples.join(", ")
    )
}

/// A column named like one of groups, grades or subjects (`role`) has values that are not known.
pub(crate) fn unknown_breakdown(name: &str, role: &str, examples: &[&str]) -> String {
    format!(
        "the column {name:?} is named like a {role} column, but its values are unknown ({})",
        examples.join(", ")
    )
}

/// Rows about the same district, year and group; one of the `possible` columns may distinguish them. `first` is the
/// first such row and the one that it repeats.
pub(crate) fn repeated_rows(repeated: u32, rows: u32, first: Option<[u32; 2]>, possible: &[&str]) -> String {
    let perhaps =
        if possible.is_empty() { String::new() } else { format!(" (perhaps {})", possible.join(", ")) };
    let example = first.map_or_else(String::new, |[one, two]| format!(", such as rows {one} and {two}"));
    format!(
        "{repeated} of {rows} rows repeat the district, year, and group of another row{example}; the column that \
         distinguishes them is unknown{perhaps}"
    )
}
