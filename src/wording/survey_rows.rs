//! What the survey says about the rows of a table: what they are about, and how it found out.

use std::collections::BTreeSet;

use super::listing::{counted, first_quoted};
use crate::domain::Unit;

/// How many names of rows are listed.
const SHOWN: usize = 5;

/// An id that several names share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdWithNames {
    /// The id, followed by the school year if there is one.
    pub(crate) id: String,
    /// Two of its names.
    pub(crate) names: [String; 2],
}

pub(crate) const ID_OF_ZEROS: &str = "An id of all zeros is not a district; these rows are totals.";
pub(crate) const DISTRICT_ROWS_AMONG_SCHOOLS: &str =
    "Only the rows about whole districts are read; the rows about schools repeat them.";
pub(crate) const BEYOND_THE_DISTRICT: &str =
    "These rows are about the state, the nation, a region, or other districts.";
pub(crate) const ONLY_BEYOND: &str = "its rows are about the state, the nation, a region, or other districts, so their values are not assigned to a \
                                      district";
pub(crate) const SEVERAL_DISTRICTS: &str = "These rows are about several districts together.";

/// Rows with these names are left out.
pub(crate) fn several_districts(names: &BTreeSet<String>) -> String {
    format!("rows about several districts together are left out ({})", first_quoted(names, SHOWN))
}

/// Rows with these names, which are those of kinds of districts, are left out.
pub(crate) fn classes_of_districts(names: &BTreeSet<String>) -> String {
    format!("rows about a kind of district are left out ({})", first_quoted(names, SHOWN))
}

/// Rows of these kinds, which a column tells, are left out; `names` are examples.
pub(crate) fn kinds_left_out(column: &str, kinds: &BTreeSet<String>, names: &BTreeSet<String>) -> String {
    format!(
        "rows that the column {column:?} does not call districts are left out: {} (such as {})",
        first_quoted(kinds, SHOWN),
        first_quoted(names, SHOWN)
    )
}

/// The meaning of a text in a column that tells the kinds of rows is unknown.
pub(crate) fn unknown_kind(column: &str, kind: &str, example: &str) -> String {
    format!(
        "the column {column:?} seems to say what each row is about, but the meaning of {kind:?} in it is unknown. Are rows such as \
         {example:?} districts? If not, leave them out with a [[row]] filter in the layout"
    )
}

/// In one column, the ids of districts end in this many zeros, and those of their schools do not.
pub(crate) fn ids_of_districts_and_schools(zeros: usize) -> String {
    format!(
        "Only the rows about districts, whose ids end in {}, are read; the other rows are about schools and repeat them.",
        "0".repeat(zeros)
    )
}

pub(crate) const SIGN_BLANK: &str = "the school is blank";
pub(crate) const SIGN_WORD: &str = "the school's name is a word for a total";
pub(crate) const SIGN_NAMED_WORD: &str = "the school's name is the district's name with a word for a total";
pub(crate) const SIGN_OWN_LABEL: &str = "the school's name is that of a district";
pub(crate) const SIGN_MAY_BE_TOTAL: &str =
    "the school's name may be that of a total, and the row is close to the sum or the average of the others";
pub(crate) const SIGN_ZEROS: &str = "the school code is all zeros";
pub(crate) const SIGN_ZEROS_AT_END: &str = "the part of the code for the school is all zeros";
pub(crate) const SIGN_NINES: &str =
    "the school code is all nines, and the row is close to the sum or the average of the others";
pub(crate) const SIGN_DISTRICT_NAME: &str =
    "the school has the district's name, and the row is close to the sum or the average of the others";

/// `label` has a sign instead of the district's name.
pub(crate) fn sign_name_form(label: &str) -> String {
    format!(
        "the school's name is the district's name in the form {label:?}, and the row is close to the sum or the average of the others"
    )
}

pub(crate) fn sign_label(label: &str) -> String {
    format!("the school is {label:?}, and the row is close to the sum or the average of the others")
}

/// Rows with this sign are about whole districts.
pub(crate) fn total_rows(sign: &str) -> String {
    format!("Rows about a whole district: {sign}.")
}

pub(crate) fn labels_written_once(columns: &[String]) -> String {
    format!(
        "Labels are written once per block and apply to the blank cells below them: {}.",
        columns.join(", ")
    )
}

pub(crate) fn no_school_named(columns: &[String]) -> String {
    format!("Each row is about a district: the text is the same in every row of {}.", columns.join(" and "))
}

/// Two columns together are the district's id.
pub(crate) fn joined_ids(id: &str, other: &str, example: &IdWithNames) -> String {
    let [one, two] = &example.names;
    format!(
        "{id:?} alone is not unique: {} is {one:?} and {two:?}. Together with {other:?}, it is.",
        example.id
    )
}

/// Two columns together are the district's id; the table has no names.
pub(crate) fn joined_without_names(id: &str, other: &str) -> String {
    format!("{id:?} alone is not unique: its rows repeat each other. With {other:?} added, they do not.")
}

pub(crate) fn id_with_two_names(id: &str, example: &IdWithNames) -> String {
    let [one, two] = &example.names;
    format!(
        "in {id:?}, {} is both {one:?} and {two:?}, and no other column distinguishes them: \
         name the columns that together form the id, or correct the names",
        example.id
    )
}

/// The ids are of schools, and begin with the district's.
pub(crate) fn school_ids(id: &str, characters: usize) -> String {
    format!("{id:?} contains school ids. Their first {characters} characters are the district's id.")
}

/// Rows that may be about whole districts do not add up their schools.
pub(crate) fn district_or_school(id: &str, example: &str) -> String {
    format!(
        "in {id:?}, rows such as {example:?} may be about whole districts, but their numbers are not the sums of the schools. Are \
         they districts? If so, add `school-total` with a pattern for them to the layout"
    )
}

/// Rows with one code of a school add up the others of their districts, although they name schools.
pub(crate) fn named_school_adds_up(code: &str, example: &str) -> String {
    format!(
        "rows with the school code {code:?}, such as {example:?}, add up the other schools of their districts. Are they schools or \
         whole districts? If districts, add `school-total` with a pattern for them to the layout"
    )
}

/// Several rows of a district are called totals, and none is known to be that of the whole district.
pub(crate) fn which_is_total(labels: &[&str]) -> String {
    let shown = first_quoted(labels, 4);
    format!(
        "several rows of a district are called totals ({shown}): which one is about the whole district? Leave out the others with \
         [[row]] filters in the layout"
    )
}

pub(crate) const NESTED_ROWS: &str = "These rows are parts of the row above them and add up to it.";

/// Rows with these labels are left out as parts.
pub(crate) fn nested_left_out(parts: &BTreeSet<String>) -> String {
    const SHOWN: usize = 3;
    let quoted: Vec<String> = parts.iter().take(SHOWN).map(|part| format!("{part:?}")).collect();
    let more = if parts.len() > SHOWN { ", …" } else { "" };
    format!(
        "the rows below each district ({}{more}) add up to it and are left out. To read them, put what they are about in a column",
        quoted.join(", ")
    )
}

pub(crate) const SUBTOTALS: &str = "These rows add up some of a district's schools.";

/// Ids that begin with those of the districts in another file.
pub(crate) fn ids_begin_with_districts(id: &str, characters: usize, file: &str) -> String {
    let end = if characters == 1 { "character".to_owned() } else { format!("{characters} characters") };
    format!("Without their last {end}, the codes in {id:?} are the district ids in {file:?}.")
}

/// A code in a column of grades.
pub(crate) fn code_of_all_grades(column: &str, code: &str) -> String {
    format!("In {column:?}, {code} stands for all grades: its rows are the sums of the others.")
}

pub(crate) fn span_of_all_grades(column: &str, span: &str) -> String {
    format!("In {column:?}, {span} stands for all grades: all others are part of it.")
}

pub(crate) fn name_with_several_ids(id: &str) -> String {
    format!(
        "most districts have several ids in {id:?}, so these may be school ids; no part of them identifies the district"
    )
}

/// Districts of the same names with other ids in another file.
pub(crate) struct IdsElsewhere<'a> {
    pub(crate) column: &'a str,
    /// An id in that column.
    pub(crate) id: &'a str,
    pub(crate) file: &'a str,
    pub(crate) known_column: &'a str,
    /// The id of the district with the same name in that file.
    pub(crate) known: &'a str,
}

pub(crate) fn other_ids_elsewhere(ids: &IdsElsewhere<'_>) -> String {
    format!(
        "its districts have other ids than in {:?}, under the same names: {:?} in {:?} is {:?} in {:?} there. Are they the same \
         districts? If so, list the pairs of ids in a crosswalk (`crosswalk` in retreat.toml), or write the same ids in both files",
        ids.file, ids.id, ids.column, ids.known, ids.known_column
    )
}

/// Several districts have one name, no column has ids, and another column tells them apart.
pub(crate) fn shared_name(name: &str, column: &str, texts: &[&str]) -> String {
    format!(
        "there are several districts called {name:?} ({}), and only the column {column:?} tells them apart. Add a column with \
         their ids, or write {column:?} into the names",
        texts.join(", ")
    )
}

/// Several districts of one name.
pub(crate) fn districts_of_one_name(id: &str) -> String {
    format!("Some districts have the same name. The codes in {id:?} tell them apart.")
}

pub(crate) fn sum_of_others(name: &str) -> String {
    format!("{name} is the sum of the other districts.")
}

/// The only rows about all students are totals, which are not read; `group` is the column of groups.
pub(crate) fn totals_of_groups(first: &str, rows: usize, group: &str) -> String {
    format!(
        "totals are left out ({}, such as {first:?}), so no value is about all students. To read them, write the district's name \
         in them, and \"All Students\" in the column {group:?}",
        counted(rows, "row")
    )
}

/// Rows of regions, which a column names for each district.
pub(crate) fn regions_of(column: &str) -> String {
    format!("Each of these rows is about all districts with the same text in {column:?}.")
}

/// Rows are about many things, and no column is known to name them.
pub(crate) fn districts_unknown(column: &str, texts: usize, examples: &[&str]) -> String {
    format!(
        "its rows seem to be about {texts} different districts or schools (column {column:?}: {} …), but no column is known \
         to name the district: name it in the layout",
        examples.join(", ")
    )
}

pub(crate) const WITHHELD: &str = "The numbers of these rows are withheld.";

/// Rows that a column marks, and that have only zeros.
pub(crate) fn flagged_rows(column: &str, rows: usize) -> String {
    format!(
        "the column {column:?} marks {} as withheld, and zeros there are not read as numbers",
        counted(rows, "row")
    )
}

/// Rows that a column marks, although they have numbers.
pub(crate) fn flagged_numbers(column: &str, rows: usize) -> String {
    format!(
        "the column {column:?} marks {} as withheld, but there are numbers there: should they be read? If not, leave the rows out \
         with a [[row]] filter in the layout",
        counted(rows, "row")
    )
}

/// A text in a column that marks rows is not known.
pub(crate) fn unknown_flag(column: &str, text: &str) -> String {
    format!(
        "the column {column:?} seems to mark numbers as withheld, but the meaning of {text:?} in it is unknown"
    )
}

/// Rows of a letter that is a gender in other columns.
pub(crate) fn unclear_letter(column: &str, letter: &str) -> String {
    format!(
        "the rows with {letter:?} in {column:?} are left out: elsewhere it is a gender, but next to these codes it may be something \
         else. In the layout, write under [groups] what it means, and delete the filter for it"
    )
}

/// Why a filter leaves them out.
pub(crate) fn unclear_letter_left_out(letter: &str) -> String {
    format!("What {letter:?} means in this column is not known.")
}

pub(crate) const NO_YEAR_IN_ROW: &str = "These rows are not about one school year.";

/// Rows whose text in the column of years is not a year.
pub(crate) fn rows_without_year(texts: &BTreeSet<String>, rows: usize) -> String {
    let shown = first_quoted(texts, 3);
    format!(
        "left out {}, because {shown} in the column of school years {}",
        counted(rows, "row"),
        if texts.len() == 1 { "is not a school year" } else { "are not school years" }
    )
}

/// Two names that may be those of one district; `pairs` is how many there are of such pairs.
pub(crate) fn two_names_of_one([one, other]: &[String; 2], pairs: usize) -> String {
    let more = if pairs > 1 { format!(" (and {} more like them)", pairs - 1) } else { String::new() };
    format!(
        "{one:?} and {other:?}{more} are never in the same year. Are they one district? If so, write its name the same way everywhere; to tell \
         them apart, add a column with the district's id"
    )
}

/// Rows of percents among numbers, or of numbers among percents. `kept` is the unit of the rows that are read.
pub(crate) fn rows_of_other_unit(first: &str, different: usize, kept: Option<Unit>) -> String {
    let more = if different > 1 { format!(" and {} more like it", different - 1) } else { String::new() };
    let (own, others) =
        if kept == Some(Unit::Percent) { ("numbers", "percents") } else { ("percents", "numbers") };
    format!("left out {first:?}{more}: by name, these rows are {own}, and the others are {others}")
}

pub(crate) const OTHER_UNIT: &str = "By their names, these rows have another unit than the others.";

/// Rows about one group, of which one is called a percent.
pub(crate) fn percents_and_others([percent, other]: &[String; 2]) -> String {
    format!(
        "{percent:?} and {other:?} are about the same group: which of them has the numbers that the table is about? Leave the other \
         rows out with [[row]] in the layout"
    )
}

/// A number of people in the name of a column, in a table of one district.
pub(crate) fn sample_size_read(column: &str) -> String {
    format!(
        "the number of people in “{column}” is used for its rates of all students, not for those of groups or grades"
    )
}

/// The same, in any other table.
pub(crate) fn sample_size_unread(column: &str) -> String {
    format!("the number of people in “{column}” is not read; put it in its own column")
}
