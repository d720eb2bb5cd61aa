//! The comments of proposed layouts, which explain them.

pub(crate) const WHO_PUBLISHES: &str = "write the name of the table's publisher here";
pub(crate) const IF_PUBLIC: &str =
    "remove the first # if the state publishes these figures with small groups already hidden";
pub(crate) const SCHOOL_ROWS: &str = "Each row is a school. Counts are added up for the district; rates are averaged, \
                                      weighted by how many people each is based on.";
pub(crate) const HEADER_ROWS: &str = "The header has several rows; their texts are joined with ›.";
pub(crate) const ENTER_YEAR: &str = "no school year was found: enter the year in which the school year ends";
pub(crate) const YEAR_IS_FALL: &str =
    "a single year, such as 2023, is the year in which school starts, so it means 2023-24";
pub(crate) const YEAR_IS_SPRING: &str =
    "a single year, such as 2024, means 2023-24; if it is the year in which school starts, write \"start\"";
pub(crate) const ONE_DISTRICT: &str = "No column names the district; the whole table is about this one.";
pub(crate) const NO_IDS_ANYWHERE: &str =
    "No table here has district ids, so districts are identified by name.";
pub(crate) const JOINED_ELSEWHERE: &str = "In another file in this folder, the id is unique only together with this column, so the two are joined here too.";
pub(crate) const NO_IDS_HERE: &str =
    "This table has only names; the ids come from the project's other tables.";
pub(crate) const DISTRICT_ROWS: &str =
    "Only the rows of districts are read; the rows of schools and totals repeat their numbers.";
pub(crate) const TOTALS_OVER_YEARS: &str = "A total over several years belongs to no single year.";
pub(crate) const YEAR_IN_COLUMN: &str = "The school year has its own column.";
pub(crate) const YEAR_IN_HEADER: &str = "The school year is in the column names.";
pub(crate) const YEAR_IN_SHEET: &str = "The school year is in the sheet name.";
pub(crate) const YEAR_IN_FILE: &str = "The school year is in the file name.";
pub(crate) const YEAR_IN_TITLE: &str = "The school year is above the table.";
pub(crate) const YEAR_IN_UNREAD_NAME: &str =
    "The only school year is in the name of a column that is not read. It applies to this file only.";
pub(crate) const YEAR_NOT_FOUND: &str = "No school year was found.";
pub(crate) const UNREAD_COLUMNS: &str =
    "---- Not read. If a measure is named below, remove the # to read the column as that measure.";
pub(crate) const SAME_NAME: &str = "several columns have this name";
pub(crate) const OPTIONAL: &str = "not in all tables";
pub(crate) const FACTOR_IN_NAME: &str = "as the name or the title says";
pub(crate) const SMALL_PERCENTS: &str =
    "percents, although most are 1 or less; if they are fractions, write 100";
pub(crate) const FRACTIONS: &str =
    "fractions (0.95 for 95%), converted to percents; if they are percents, write 1";
pub(crate) const SOME_FRACTIONS: &str =
    "Fractions in some tables and percents in others: each table is judged by its own numbers.";
/// What the numbers in a cell such as `shown` are; `is_open` if it is unknown what one of them is.
pub(crate) fn split(shown: &str, is_open: bool) -> String {
    let open = "; if the unread number is how many people the rate is based on, write \"denominator\"";
    format!("the numbers in {shown:?}, in order{}", if is_open { open } else { "" })
}

pub(crate) const WEIGHT: &str = "how many people it is based on, row by row";
pub(crate) const UNKNOWN_CODE: &str = "unknown: write what it means";
pub(crate) const NUMBER_CODES: &str = "Values here cannot be negative or this far from all the others, so these numbers are read as codes that hide a value.";

/// A title or note according to which zeros are not values.
pub(crate) fn hidden_zeros(note: &str) -> String {
    format!("A 0 stands for a hidden value, as the table says: {note:?}")
}
pub(crate) const REPEATED_TEXTS: &str = "Texts that often appear instead of a number are read as missing values. If they hide \
                                         values, put them under `masked`.";

pub(crate) fn proposed_from(tables: &str) -> String {
    format!(
        "Proposed by `retreat init` from {tables}. Correct what is wrong; `retreat check` shows what this layout reads."
    )
}

pub(crate) fn label(tables: &str) -> String {
    format!("Table from {tables}")
}

/// A column that gives each row's group, grade, subject, or measure.
pub(crate) fn part_of_rows(role: &str) -> String {
    format!("Each row gives its {role}.")
}

/// The names of the rows' measures also give their group, grade, or subject.
pub(crate) fn part_in_line(role: &str) -> String {
    format!("The names of some rows also give their {role}.")
}

/// What a column was read as, or why it was not read.
pub(crate) fn column(name: &str, why: &str) -> String {
    format!("{name}: {why}.")
}
