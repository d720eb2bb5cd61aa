//! Tables without a column of districts that look the same but have other values: of several months, schools, or districts. If
//! nothing tells them apart, the last one read would replace the others in silence.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, ColumnContent};
use super::edition_names::EditionNames;
use super::folder_table::FolderTable;
use super::sheet::{TableSurvey, YearPlace};
use super::vocabulary::Vocabulary;
use crate::catalog::Role;

/// What tells the rows of tables apart that have the same columns.
const DISTINGUISHING: [Role; 6] =
    [Role::SchoolYear, Role::SchoolId, Role::SchoolName, Role::Group, Role::Grade, Role::Subject];
/// If this share of the numbers is the same, one table is a revision of the other.
const LEAST_SAME: f64 = 0.5;

/// Compares tables of a folder.
pub(super) struct TableComparer<'a> {
    pub(super) vocabulary: &'a Vocabulary<'a>,
    pub(super) names: Option<EditionNames<'a>>,
}

impl TableComparer<'_> {
    /// Whether two tables in different sheets or files have the same columns for the same years, no column of districts, and
    /// other values.
    pub(super) fn are_alike(&self, one: &FolderTable<'_>, other: &FolderTable<'_>) -> bool {
        (one.file != other.file || one.sheet != other.sheet)
            && is_without_districts(one.table)
            && is_without_districts(other.table)
            && one.table.about == other.table.about
            && column_names(one.table) == column_names(other.table)
            && contents(one.table) == contents(other.table)
            && DISTINGUISHING.into_iter().all(|role| have_in_common(role, one.table, other.table))
            && !self.are_editions(one, other)
            && !are_revisions(one.table, other.table)
    }

    /// Whether the names of two files say that they are those of different years, or editions of one.
    fn are_editions(&self, one: &FolderTable<'_>, other: &FolderTable<'_>) -> bool {
        if one.file == other.file {
            return false;
        }
        let [year, others_year] = [one, other].map(|table| self.vocabulary.find_year(table.file));
        let are_of_years =
            year.zip(others_year).is_some_and(|(year, others_year)| year.year != others_year.year);
        let are_named_alike =
            self.names.as_ref().is_some_and(|names| names.base(one.file) == names.base(other.file));
        are_of_years || are_named_alike
    }
}

/// Where a table is, for messages.
pub(super) fn place(table: &FolderTable<'_>) -> String {
    match table.sheet {
        Some(sheet) => format!("{} › {sheet}", table.file),
        None => table.file.to_owned(),
    }
}

/// Whether a table has columns of measures and no column of districts, and its years are in the table.
fn is_without_districts(table: &TableSurvey) -> bool {
    let has_years = matches!(table.year, YearPlace::Column | YearPlace::Header);
    has_years && table.role(Role::Measure).is_none() && table.district().is_none() && table.measures() > 0
}

fn column_names(table: &TableSurvey) -> Vec<&str> {
    table.columns.iter().map(|column| column.name.as_str()).collect()
}

/// What the numbers of a table are about.
fn contents(table: &TableSurvey) -> Vec<ColumnContent> {
    table.columns.iter().filter_map(|column| Some(column.measure()?.content())).collect()
}

/// Whether half of the numbers of the smaller table are in the other.
fn are_revisions(one: &TableSurvey, other: &TableSurvey) -> bool {
    let [one, other] = [one, other].map(counted_numbers);
    let mut same = 0;
    for (number, times) in &one {
        same += (*times).min(other.get(number).copied().unwrap_or(0));
    }
    let smaller = one.values().sum::<usize>().min(other.values().sum());
    same as f64 >= LEAST_SAME * smaller as f64
}

/// The numbers in the columns of measures, as written, and how often each occurs.
fn counted_numbers(table: &TableSurvey) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for (position, column) in
        table.columns.iter().enumerate().filter(|(_, column)| column.measure().is_some())
    {
        for number in &column.cells.numbers {
            *counted.entry(format!("{position} {number}")).or_insert(0) += 1;
        }
    }
    counted
}

/// Whether the columns with a role have a text in common; true if there are none.
fn have_in_common(role: Role, one: &TableSurvey, other: &TableSurvey) -> bool {
    match (one.role(role), other.role(role)) {
        (Some(one), Some(other)) => !texts(one).is_disjoint(&texts(other)),
        _ => true,
    }
}

fn texts(column: &Column) -> BTreeSet<String> {
    let numbers = column.cells.numbers.iter().map(ToString::to_string);
    numbers.chain(column.cells.texts.keys().cloned()).collect()
}
