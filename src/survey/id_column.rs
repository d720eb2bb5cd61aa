//! A column of district ids whose name is not known: its codes and the districts' names belong together one to one.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_profile::ColumnType;
use super::column::{Column, ColumnMeaning};
use super::evidence::TableTexts;
use super::sheet::TableSurvey;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::wording::survey_columns as wording;

/// With fewer districts than this, codes and names may belong together by chance.
const FEWEST: usize = 3;
/// The numbers of digits of two ids differ by at most this much.
const MOST_DIGITS_APART: usize = 3;

/// Gives the role of the district's id to the first such column, if the table has names and no known ids.
pub(super) fn recognize(survey: &mut TableSurvey, texts: &TableTexts, vocabulary: &Vocabulary<'_>) {
    let Some(name) = survey.role(Role::DistrictName).map(|column| column.column) else { return };
    if survey.role(Role::DistrictId).is_some() {
        return;
    }
    let found = survey.columns.iter().position(|column| {
        column.is_unread()
            && is_called_code(column, vocabulary)
            && column.cells.are_counts()
            && identifies(column, name, texts)
    });
    if let Some(column) = found.and_then(|index| survey.columns.get_mut(index)) {
        column.meaning = ColumnMeaning::Role(Role::DistrictId);
        wording::ID_BY_ROWS.clone_into(&mut column.why);
    }
}

/// Whether a column is named like one of ids; among codes with leading zeros, a word for a district is enough.
fn is_called_code(column: &Column, vocabulary: &Vocabulary<'_>) -> bool {
    vocabulary.is_called_id(&column.name)
        || column.cells.kind == ColumnType::Code && vocabulary.names_district_id(&column.name)
}

/// Whether each name has one code in a column, and each code one name.
fn identifies(column: &Column, name: u32, texts: &TableTexts) -> bool {
    let mut codes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in 0..texts.len() {
        let (code, name) = (texts.text(column.column, row), texts.text(name, row));
        if !code.is_empty() && !name.is_empty() {
            codes.entry(name).or_default().insert(code);
            names.entry(code).or_default().insert(name);
        }
    }
    let lengths = names.keys().map(|code| code.len());
    let (least, most) = (lengths.clone().min().unwrap_or(0), lengths.max().unwrap_or(0));
    codes.len() >= FEWEST
        && most - least <= MOST_DIGITS_APART
        && codes.values().chain(names.values()).all(|others| others.len() == 1)
}
