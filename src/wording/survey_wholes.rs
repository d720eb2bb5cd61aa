//! What the survey says about rows for everybody next to rows for parts of them.

use std::collections::BTreeSet;

use super::listing::{counted, joined_with_and};

/// Why a filter keeps the rows about the whole.
pub(crate) const ONLY_THE_WHOLE: &str =
    "Only these rows are about everybody or everything; the others are about parts.";

/// Rows are about two groups at once, such as these, and left out.
pub(crate) fn two_groups_at_once(example: &[&str], rows: usize) -> String {
    format!(
        "left out {} about two student groups at once (such as {})",
        counted(rows, "row"),
        all_of(example)
    )
}

/// A column whose rows with `whole` are about everybody or everything, and the others about `parts` of it.
pub(crate) struct WholeInColumn<'a> {
    pub(crate) column: &'a str,
    pub(crate) whole: &'a str,
    pub(crate) parts: Vec<&'a str>,
}

/// Only the rows about the whole are read. `without` is how many districts, years, and groups have none.
pub(crate) fn only_the_whole(columns: &[WholeInColumn<'_>], left_out: usize, without: usize) -> String {
    let kept: Vec<String> = columns
        .iter()
        .map(|column| format!("{:?} in the column {:?}", column.whole, column.column))
        .collect();
    let parts: Vec<&str> = columns.iter().flat_map(|column| column.parts.iter().copied()).collect();
    let lacking = match without {
        0 => String::new(),
        1 => "; 1 district, year, or group has no such row".to_owned(),
        _ => format!("; {without} districts, years, or groups have no such row"),
    };
    format!(
        "only the rows with {} are read; {} about parts ({}) {} left out{lacking}",
        joined_with_and(&kept),
        counted(left_out, "row"),
        some_of(&parts),
        if left_out == 1 { "is" } else { "are" }
    )
}

pub(crate) const ANSWERED_NO: &str = "These rows are about the students who are not in the group.";

/// Rows with one of `noes` in a column of answers are left out; `groups` are those that they name.
pub(crate) fn answered_no(
    noes: &BTreeSet<String>,
    column: &str,
    groups: &BTreeSet<String>,
    rows: usize,
) -> String {
    let [noes, groups] = [noes, groups].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
    let they_are = if rows == 1 { "it is" } else { "they are" };
    format!(
        "left out {} with {} in the column {column:?}: {they_are} about the students who are not in the group ({})",
        counted(rows, "row"),
        some_of(&noes),
        some_of(&groups)
    )
}

fn some_of(texts: &[&str]) -> String {
    const SHOWN: usize = 4;
    let shown = texts.iter().take(SHOWN).map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
    let more = if texts.len() > SHOWN { " …" } else { "" };
    format!("{shown}{more}")
}

fn all_of(texts: &[&str]) -> String {
    joined_with_and(&texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>())
}
