//! What prevents a table from being read as it is.

use std::collections::BTreeSet;

use super::cell_profile::ColumnType;
use super::column::{Column, ColumnMeaning};
use super::sheet::{TableSurvey, YearPlace};
use super::table::TableRegion;
use super::vocabulary::Vocabulary;
use crate::catalog::Role;
use crate::observation::{MergedCells, NumberReader};
use crate::wording::survey_columns::UNKNOWN_VALUES;
use crate::wording::survey_tables as wording;
use sheets::{Row, Sheet};

/// If more than this share of the rows have the same district, year and group as another row, a column that
/// distinguishes them has not been understood.
const MOST_REPEATED: f64 = 0.02;

/// A column named like a district column, in a table that otherwise has none.
pub(super) fn misnamed_district(survey: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if survey.district().is_some() {
        return None;
    }
    let mut names = survey.unread_columns().map(|column| &column.name);
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
    let examples: Vec<&str> = column.cells.texts.keys().map(String::as_str).take(3).collect();
    let problem = wording::unknown_breakdown(&column.name, role.label(), &examples);
    column.meaning = ColumnMeaning::Role(role);
    UNKNOWN_VALUES.clone_into(&mut column.why);
    Some(problem)
}

/// The position of an unread text column named like a role, if no column has the role.
fn breakdown_column(survey: &TableSurvey, role: Role, vocabulary: &Vocabulary<'_>) -> Option<usize> {
    if survey.role(role).is_some() {
        return None;
    }
    survey.columns.iter().position(|column| {
        column.is_unread()
            && column.cells.kind == ColumnType::Text
            && column.cells.texts.keys().any(|text| !vocabulary.means_all(text))
            && vocabulary.is_role_name(role, &column.name)
    })
}

/// Whether nothing in a table has been understood, or its school year is unknown.
pub(super) fn nothing_to_read(survey: &TableSurvey) -> Option<String> {
    let mut columns = survey.columns.iter();
    let has_attributes = columns.any(|column| matches!(column.meaning, ColumnMeaning::Attribute(_)));
    let is_directory = has_attributes && survey.district().is_some();
    if survey.measures() == 0 && !is_directory {
        return Some(wording::NO_KNOWN_MEASURE.to_owned());
    }
    if survey.year == YearPlace::Unknown {
        return Some(wording::NO_SCHOOL_YEAR.to_owned());
    }
    None
}

/// Whether too many rows of a table have the same district, year and group.
pub(super) fn repeated_rows(
    survey: &TableSurvey,
    sheet: &Sheet,
    table: &TableRegion,
    numbers: &NumberReader,
) -> Option<String> {
    let keys = RowKeys::new(survey, sheet);
    let mut seen = BTreeSet::new();
    let (mut repeated, mut rows) = (0u32, 0u32);
    for row in table.data_rows(sheet) {
        // A total row is left out, however many there are.
        if !keys.is_total(&row, numbers) {
            rows += 1;
            repeated += u32::from(!seen.insert(keys.of(&row)));
        }
    }
    if rows <= 1 || f64::from(repeated) <= MOST_REPEATED * f64::from(rows) {
        return None;
    }
    Some(wording::repeated_rows(repeated, rows, &possible_keys(survey)))
}

/// Unread columns that may distinguish the rows.
fn possible_keys(survey: &TableSurvey) -> Vec<&str> {
    let possible = survey.unread_columns().filter(|column| (2..200).contains(&column.cells.different_texts));
    possible.map(|column| column.name.as_str()).take(3).collect()
}

/// The columns that say what a row is about.
struct RowKeys<'a> {
    spans: MergedCells<'a>,
    /// All of them, with the row type last.
    columns: Vec<u32>,
    /// Those for a district or a school.
    names: Vec<u32>,
}

impl<'a> RowKeys<'a> {
    fn new(survey: &TableSurvey, sheet: &'a Sheet) -> Self {
        let naming = [Role::DistrictId, Role::DistrictName, Role::SchoolId, Role::SchoolName];
        let mut columns: Vec<u32> =
            survey.columns.iter().filter(|column| is_key(column)).map(|column| column.column).collect();
        columns.extend(survey.role(Role::RowType).map(|column| column.column));
        Self {
            spans: MergedCells::new(sheet),
            columns,
            names: naming.into_iter().filter_map(|role| Some(survey.role(role)?.column)).collect(),
        }
    }

    fn is_total(&self, row: &Row<'_>, numbers: &NumberReader) -> bool {
        self.names.iter().any(|column| numbers.markers().is_total(&row.cell(*column).to_text()))
    }

    /// What a row is about. If all of these columns are blank, no column distinguishes the rows, and each row
    /// repeats the one above. The row number is then used as the key.
    fn of(&self, row: &Row<'a>) -> Vec<String> {
        let mut texts: Vec<String> =
            self.columns.iter().map(|column| self.spans.cell(row, *column).to_text()).collect();
        if !texts.is_empty() && texts.iter().all(String::is_empty) {
            texts.push(row.number.to_string());
        }
        texts
    }
}

fn is_key(column: &Column) -> bool {
    matches!(column.meaning, ColumnMeaning::Role(role) if role != Role::RowType && role != Role::Value)
}
