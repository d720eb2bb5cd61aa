//! What the survey says about columns with levels of achievement.

use super::survey_columns::quoted;

/// A column named like the share of students at or above a level is one of several levels.
pub(crate) fn level_of_achievement(names: &[String]) -> String {
    format!(
        "it is one level of achievement, because these columns add up to 100: {}. Add a column with the percent at or above \
         it, or list the levels that count as proficient under `sum`",
        list_of_quoted(names)
    )
}

/// A level of achievement, by the names of all levels.
pub(crate) fn one_of_levels(names: &[String]) -> String {
    format!(
        "it is one level of achievement, because these columns together cover everyone: {}",
        list_of_quoted(names)
    )
}

/// Levels that count as proficient and are added up.
pub(crate) fn levels_added_up(label: &str, names: &[String]) -> String {
    format!("{label}: the levels that count as proficient are added up ({})", list_of_quoted(names))
}

pub(crate) const ADDED_LEVEL: &str = "a level that counts as proficient, added to the first one";
pub(crate) const TOTAL_OF_LEVELS: &str =
    "how many people the rate is based on: the levels add up to it in each row";

/// A column whose numbers are the sum of the highest levels.
pub(crate) fn sum_of_highest_levels(label: &str) -> String {
    format!("{label}: its values are the sum of the highest levels next to it")
}

/// Levels of achievement whose names do not say which count as proficient, each with its first value.
pub(crate) fn which_levels(names: &[String], values: &[String]) -> String {
    let levels: Vec<String> =
        names.iter().zip(values).map(|(name, value)| format!("{} {value}", quoted(name))).collect();
    format!(
        "which of these levels of achievement count as proficient? In the first row: {}. Together they cover everyone, so list those \
         that count under `sum`",
        levels.join(", ")
    )
}

/// Levels that add up to about 100, and in each row to a total that changes.
pub(crate) fn percents_or_people(names: &[String], total: &str) -> String {
    format!(
        "are {} percents or numbers of students? They add up to about 100, and to {} in each row. Write \"Percent\" or \"Number\" \
         in their names",
        list_of_quoted(names),
        quoted(total)
    )
}

fn list_of_quoted(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

/// A level below `higher`, which `whole` includes.
pub(crate) fn level_within(higher: &str, whole: &str) -> String {
    format!(
        "it is one level of achievement: together with {}, it makes up {}, which is read instead",
        quoted(higher),
        quoted(whole)
    )
}

/// The sum of a level and a higher one.
pub(crate) fn sum_of_levels(own: &str, higher: &str) -> String {
    format!(
        "the percent at or above a level: in nearly all rows, the sum of {} and {}",
        quoted(own),
        quoted(higher)
    )
}

pub(crate) const NUMBER_AT_LEVEL: &str =
    "in each row, it is the number of students at one level of achievement";
pub(crate) const SINGLE_LEVELS: &str = "The other rows are about single levels of achievement.";

/// The name that a column with the percent of students at such a level would have.
pub(crate) fn percent_of(level: &str) -> String {
    format!("Percent {level}")
}

/// Rows that give the share of students at or above a level.
pub(crate) fn rows_at_or_above(label: &str, text: &str, column: &str) -> String {
    format!("{label}: the rows with {} in the column {}", quoted(text), quoted(column))
}

/// Only these rows are read.
pub(crate) fn only_rows_at_or_above(column: &str, text: &str, levels: &[String]) -> String {
    format!(
        "only the rows with {} in the column {} are read; the others are about single levels of achievement ({})",
        quoted(text),
        quoted(column),
        list_of_quoted(levels)
    )
}

/// No row, or more than one, gives the share of students at or above a level.
pub(crate) fn which_rows(column: &str, levels: &[String]) -> String {
    format!(
        "its rows are about single levels of achievement, as the column {} says ({}), and it is not clear which row has the percent of \
         students at or above proficient. Add rows such as \"Proficient or above\", or, if there are several kinds of them, \
         keep one kind with [[row]] in the layout",
        quoted(column),
        list_of_quoted(levels)
    )
}
