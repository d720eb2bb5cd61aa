//! What the survey says about tables, and why it cannot read some of them.

use std::collections::BTreeSet;

use super::listing::{first_quoted, joined_with_and};

/// Why the rows of a large file after the first ones were left out.
pub(crate) const ROWS_NOT_SURVEYED: &str = "not surveyed";
pub(crate) const OWN_OUTPUT: &str = "it is part of a pack that this program made, and not a source of data";
pub(crate) const NO_HEADER: &str = "no table header was found";
pub(crate) fn header_unsure(row: u32) -> String {
    format!("no row is clearly its header; row {row} looks most like one: give the right row under [header]")
}

/// A row among the data looks like the header of another table.
pub(crate) fn second_header(row: u32) -> String {
    format!(
        "row {row} looks like the header of another table, whose rows would be read as more rows of the first table. Put each \
         table on its own sheet"
    )
}

/// Tables with the same columns have different text above them, and no column names the district.
pub(crate) fn titles_differ(one: &str, other: &str) -> String {
    format!(
        "the tables on this sheet may be about different districts or schools: above one is {one:?}, above another {other:?}. Put \
         them in one table with a column for it, or each on its own sheet"
    )
}

/// A row above the table looks like the header of another one.
pub(crate) fn table_above(row: u32) -> String {
    format!(
        "row {row} looks like the header of another table above this one, which would not be read. Put each table on its own sheet"
    )
}

/// What is wrong with all columns or lines, with one of them and why it is not read.
fn with_example(all: &str, name: &str, why: &str) -> String {
    format!("{all}; for example, {name:?}: {why}")
}

pub(crate) const NO_KNOWN_MEASURE: &str = "none of its columns is a known measure";
/// The same with the name of a column and the reason why it is none.
pub(crate) fn no_known_measure(example: Option<[&str; 2]>) -> String {
    match example {
        Some([name, why]) => with_example(NO_KNOWN_MEASURE, name, why),
        None => NO_KNOWN_MEASURE.to_owned(),
    }
}

/// A column with a school year and a time within it in each row.
pub(crate) fn windows_with_years(name: &str, examples: &[&str]) -> String {
    let shown = first_quoted(examples, examples.len());
    format!(
        "the column {name:?} has a school year and a time within it in each row ({shown}). Write the year and the time into two columns"
    )
}

/// Names that mean years without saying which.
pub(crate) fn unclear_years(texts: &BTreeSet<&str>) -> String {
    let shown = first_quoted(texts, 3);
    format!("which school years are {shown}? The table does not say. Write the years there, such as 2023-24")
}

pub(crate) const MORE_THAN_YEAR: &str =
    "its name says more than a school year, so its numbers may be of another kind than those next to it";
pub(crate) const NOT_A_YEAR: &str = "its name is not a school year, unlike those next to it";
/// How [`measure_not_read`] begins.
pub(crate) const NO_MEASURE_READ: &str = "none of its columns can be read";
pub(crate) const NEITHER_MEASURE_NOR_YEAR: &str = "neither a known measure nor a school year was found: without the years, its own \
                                                   indicators cannot be read. Add a school year, such as 2023-24, to its columns, \
                                                   title, sheet name, or file name";
pub(crate) const NO_SCHOOL_YEAR: &str = "no school year was found in its columns, title, sheet name, or file name: add one, such as \
                                         2023-24, to any of them";

/// None of a table's lines is read; `line` is the first of them, and `why` says why it is not.
pub(crate) fn no_line_to_read(line: &str, why: &str) -> String {
    with_example("none of its lines can be read", line, why)
}

pub(crate) const NEWER_BY_NAME: &str = "its name says so";
pub(crate) const NEWER_BY_DATE: &str = "the date in its name is later";
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

/// A column whose texts have a school year beside something else.
pub(crate) fn years_with_more(column: &str, text: &str) -> String {
    format!(
        "the column {column:?} has a school year together with something else in one cell ({text:?}): put the school year in a column of its own"
    )
}

/// Columns of numbers that are named after schools.
pub(crate) fn schools_across(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    let (look, them) = if names.len() == 1 {
        ("looks like a school and is", "it")
    } else {
        ("look like schools and are", "them")
    };
    format!(
        "{} {look} not read. To read {them}, give each school its own rows, and put its name in a column",
        joined_with_and(&quoted)
    )
}

/// The same for one of them.
pub(crate) const SCHOOL_ACROSS: &str =
    "it looks like a school; schools are read from rows with a column for their names";

pub(crate) fn not_district_column(name: &str) -> String {
    format!("the column {name:?} is named like a district column, but its cells are not ids or names")
}

/// A column has the name of a measure, or nearly, and is not read.
pub(crate) fn measure_not_read(column: &str, why: &str) -> String {
    with_example(NO_MEASURE_READ, column, why)
}

/// A table without districts is about the state, as `text` says.
pub(crate) fn about_state(text: &str) -> String {
    format!(
        "{text:?} says that it is about the state, so its values are not assigned to a district. If they are about a district, \
         put its id under [district] in the layout"
    )
}

/// A title names a district, and the sheet's name says that the table is about the state.
pub(crate) fn district_and_state(title: &str, sheet: &str) -> String {
    format!(
        "its title names a district ({title:?}), but {sheet:?} says that it is about the state. If it is about that district, put \
         the district's id under [district] in the layout"
    )
}

/// The name of a sheet says that its table is about others, such as a region.
pub(crate) fn about_others(sheet: &str) -> String {
    format!(
        "the name of its sheet, {sheet:?}, does not seem to be the district's, so its values are not assigned to the district. If \
         they are about a district, put its id under [district] in the layout"
    )
}

/// A title or the name of a file says that its table is about others, such as a region.
pub(crate) fn text_about_others(text: &str) -> String {
    format!(
        "as {text:?} says, it is about a region, the nation, or other districts, so its values are not assigned to the district. If \
         they are about a district, put its id under [district] in the layout"
    )
}

/// Tables with the same columns for the same years, and other values.
pub(crate) fn tables_alike(places: &[String]) -> String {
    let shown = first_quoted(places, 4);
    format!(
        "{shown} have the same columns for the same years but different values, and nothing shows what each is about. Remove \
         all but one, or put the id of each one's district under [district] in its layout"
    )
}

/// A table has the same columns for the same years as another one, other values, and a name that may be that of a part.
pub(crate) fn named_part(own: &str, other: &str) -> String {
    format!(
        "its name, {own:?}, says that it is about something other than {other:?}, which has the same columns for the same years but \
         other values. Give its columns measures of their own in the layout, or say there which group, grade, or subject it is about"
    )
}

pub(crate) const TABLES_OF_SEVERAL_DISTRICTS: &str = "its tables are about different districts. Put each district on its own sheet, or add a column that names the district";

/// Several tables name districts in their titles, and none of them is known to be the project's.
pub(crate) fn which_district(name: &str, others: &[String], wanted: &str) -> String {
    format!(
        "it names {name:?}, and other tables name {}. It is not known which of them is {wanted:?}: put the district's id under \
         [district] in the layout",
        others.join(", ")
    )
}

/// Another file has results of the same tests for the same year, grade, and subject, as far as is known.
pub(crate) fn results_also_in(file: &str) -> String {
    format!(
        "{file} has the same measure for the same year, grade, and subject. Where the two differ, the source that comes later in \
         retreat.toml is used"
    )
}

/// A table names a district that is in none of the tables with district ids.
pub(crate) fn unknown_district(name: &str) -> String {
    format!(
        "it names {name:?}, which is not one of the districts in the other tables. Put the district's id under [district] in the \
         layout"
    )
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

/// The column of row labels has no name, and its texts are not known.
pub(crate) fn unknown_labels(examples: &[&str]) -> String {
    format!(
        "the first column says what each row is about, but its texts are unknown ({})",
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
        "{repeated} of {rows} rows {} the district, year, and group of another row{example}; the column that \
         distinguishes them is unknown{perhaps}",
        if repeated == 1 { "repeats" } else { "repeat" }
    )
}
