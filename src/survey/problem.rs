//! What prevents a table from being read as it is.

use std::collections::BTreeSet;

use super::cell_profile::ColumnType;
use super::cell_profiler::is_year_text;
use super::column::{Column, ColumnMeaning};
use super::compiled_patterns::any_match;
use super::line_item::LineMeaning;
use super::role::is_categorical;
use super::sheet::{TableSurvey, YearPlace};
use super::split_cells::has_digit;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::observation::ROW_LABELS;
use crate::wording::survey_columns::UNKNOWN_VALUES;
use crate::wording::survey_tables as wording;

/// Longer texts (in bytes) that mention a year are notes.
const LONGEST_YEAR: usize = 40;

/// A column named like a district column, in a table that otherwise has none.
pub(super) fn misnamed_district(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if survey.district().is_some() {
        return None;
    }
    // Numbers with decimals are no ids, but the district's values.
    let may_be_ids = survey
        .unread_columns()
        .filter(|column| !column.cells.kind.is_number() || column.cells.kind == ColumnType::WholeNumber);
    let mut names = may_be_ids.map(|column| &column.name);
    let name = names.find(|name| {
        vocabulary.is_role_name(Role::DistrictId, name) || vocabulary.is_role_name(Role::DistrictName, name)
    })?;
    Some(wording::not_district_column(name))
}

/// A column named like a group, grade or subject column whose texts are unknown, so the values in its rows
/// are not about everybody. Gives the column that role so that the layout can define its texts.
pub(super) fn unknown_breakdown(survey: &mut TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    let mut roles = [Role::Group, Role::Grade, Role::Subject].into_iter();
    let (role, index) = roles.find_map(|role| Some((role, breakdown_column(survey, role, vocabulary)?)))?;
    let column = survey.columns.get_mut(index)?;
    let labels = column.cells.labels();
    let unknown = labels
        .into_iter()
        .filter(|text| !vocabulary.is_everybody(text) && !vocabulary.is_known_part(role, text));
    let examples: Vec<&str> = unknown.map(String::as_str).take(3).collect();
    let problem = match column.name.as_str() {
        ROW_LABELS => wording::unknown_labels(&examples),
        name => wording::unknown_breakdown(name, role.label(), &examples),
    };
    column.meaning = ColumnMeaning::Role(role);
    UNKNOWN_VALUES.clone_into(&mut column.why);
    Some(problem)
}

/// The position of an unread column of texts or codes named like a role, if no column has the role.
fn breakdown_column(survey: &TableSurvey, role: Role, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    if survey.role(role).is_some() {
        return None;
    }
    survey.columns.iter().position(|column| {
        column.is_unread()
            && (column.cells.kind == ColumnType::Text || has_codes(column, vocabulary))
            && !survey.evidence.labels_of_schools.contains(&column.name)
            && !survey.rules.iter().any(|rule| rule.column == column.name)
            && column.cells.labels().into_iter().any(|text| !vocabulary.is_everybody(text))
            && (vocabulary.is_role_name(role, &column.name)
                || column.cells.labels().len() > 1 && vocabulary.is_role_or_code_name(role, &column.name))
    })
}

/// Whether the numbers of a column are several codes, as its name says.
fn has_codes(column: &Column, vocabulary: &Vocabulary<'_>) -> bool {
    matches!(column.cells.kind, ColumnType::WholeNumber | ColumnType::Code)
        && column.cells.labels().len() > 1
        && vocabulary.holds_codes(&column.name)
}

/// A column named like a column of school years, in a table without any, whose cells are none.
pub(super) fn unknown_years(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if survey.year != YearPlace::Unknown || survey.measures() == 0 {
        return None;
    }
    let mut unread = survey.unread_columns();
    let column = unread.find(|column| vocabulary.is_role_name(Role::SchoolYear, &column.name))?;
    let odd = column.cells.texts.keys().map(String::as_str).filter(|text| !is_year_text(text));
    let texts: Vec<&str> = odd.take(3).collect();
    (!texts.is_empty()).then(|| wording::unknown_years(&column.name, &texts))
}

/// Columns, or texts in a column, that mean years without saying which, in a table without any other.
pub(super) fn unclear_years(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if survey.year != YearPlace::Unknown {
        return None;
    }
    let unclear = &vocabulary.patterns.unclear_years;
    let mut texts: BTreeSet<&str> = BTreeSet::new();
    for column in survey.unread_columns() {
        if column.cells.kind.is_number() && any_match(unclear, &column.name) {
            texts.insert(&column.name);
        } else if column.cells.kind == ColumnType::Text {
            let labels = column.cells.texts.keys().filter(|text| text.len() <= LONGEST_YEAR);
            texts.extend(labels.map(String::as_str).filter(|text| any_match(unclear, text)));
        }
    }
    (!texts.is_empty()).then(|| wording::unclear_years(&texts))
}

/// A column whose texts name school years together with times in them, in a table without any other year.
pub(super) fn windows_with_years(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if survey.year != YearPlace::Unknown {
        return None;
    }
    let mut unread = survey.unread_columns();
    let column = unread.find(|column| {
        let texts = &column.cells.texts;
        column.cells.kind == ColumnType::Text
            && texts.keys().all(|text| vocabulary.find_year(text).is_some())
            && vocabulary.windows_in(texts.keys()).len() > 1
    })?;
    let examples: Vec<&str> = column.cells.texts.keys().map(String::as_str).take(3).collect();
    Some(wording::windows_with_years(&column.name, &examples))
}

/// A column whose texts name school years together with something else (`22-23 Maple Elementary`), in a table without any other
/// year.
pub(super) fn years_with_more(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if survey.year != YearPlace::Unknown || survey.measures() == 0 {
        return None;
    }
    let mut unread = survey.unread_columns();
    let column = unread.find(|column| {
        is_categorical(&column.cells)
            && column.cells.texts.keys().all(|text| vocabulary.find_year(text).is_some())
    })?;
    let text = column.cells.texts.keys().next()?;
    Some(wording::years_with_more(&column.name, text))
}

/// Decides anew whether a table can be read, after other tables of its folder have shown what some of its columns are.
pub(super) fn decide_again(survey: &mut TableSurvey) {
    let empty = [wording::NO_KNOWN_MEASURE, wording::NEITHER_MEASURE_NOR_YEAR];
    let mut empty = empty.into_iter().chain([wording::NO_MEASURE_READ]);
    let was_empty =
        survey.problem.as_deref().is_some_and(|problem| empty.any(|begin| problem.starts_with(begin)));
    if was_empty || survey.problem.is_none() {
        let problem = nothing_to_read(survey).or_else(|| survey.evidence.problem.clone());
        survey.problem = problem.or_else(|| survey.doubt.clone());
    }
}

/// Whether nothing in a table has been understood, or its school year is unknown.
pub(super) fn nothing_to_read(survey: &TableSurvey) -> Option<String> {
    let mut columns = survey.columns.iter();
    let has_attributes = columns.any(|column| matches!(column.meaning, ColumnMeaning::Attribute(_)));
    let is_directory = has_attributes && survey.district().is_some();
    if survey.measures() == 0 && !is_directory {
        let is_in_names = survey.columns.iter().any(|column| column.parsed.year.is_some());
        let has_year = survey.year != YearPlace::Unknown || is_in_names;
        if !has_year {
            return Some(wording::NEITHER_MEASURE_NOR_YEAR.to_owned());
        }
        let mut unread = survey.unread_columns();
        if let Some(column) = unread.find(|column| is_named_as_measure(column)) {
            return Some(wording::measure_not_read(&column.name, &column.why));
        }
        let mut unread = survey.unread_columns();
        let first = unread.find(|column| column.cells.kind.is_number() && !column.why.is_empty());
        return Some(wording::no_known_measure(first.map(|column| [column.name.as_str(), &column.why])));
    }
    if let Some(problem) = no_line_to_read(survey) {
        return Some(problem);
    }
    if survey.year == YearPlace::Unknown {
        return Some(wording::NO_SCHOOL_YEAR.to_owned());
    }
    None
}

/// Whether a column has the name of a measure, but something else speaks against reading it.
fn is_named_as_measure(column: &Column) -> bool {
    let is_similar = matches!(&column.meaning, ColumnMeaning::Unread(nearest) if nearest.is_some());
    let cells = &column.cells;
    let has_numbers =
        !cells.numbers.is_empty() || column.split.is_some() || cells.texts.keys().any(|text| has_digit(text));
    is_similar && has_numbers
}

/// Why nothing would be read of a table with a measure in each line: the meaning of none of them is known.
fn no_line_to_read(survey: &TableSurvey) -> Option<String> {
    let mut items = survey.columns.iter().flat_map(|column| &column.items);
    if items.clone().any(|item| item.meaning != LineMeaning::Unread) {
        return None;
    }
    let first = items.find(|item| item.asks_something())?;
    Some(wording::no_line_to_read(&first.text, &first.why))
}
