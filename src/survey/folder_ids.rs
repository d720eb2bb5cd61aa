//! Ids that are composite in one table of a folder, and so in all of its tables: districts must meet across sources.

use std::collections::BTreeSet;

use super::column::{Column, ColumnMeaning};
use super::row_evidence::JoinedColumn;
use super::sheet::{FileSurvey, TableSurvey};
use super::vocabulary::Vocabulary;
use crate::catalog::Role;

/// Two columns hold the same codes if at least this share of the fewer ones is in both.
const LEAST_SHARED: f64 = 0.5;

/// The parts of which the ids of a folder's districts consist, in the order in which they are joined.
#[derive(Debug, Default)]
pub(super) struct FolderIds {
    /// Empty if no table has composite ids.
    parts: Vec<FolderIdPart>,
}

/// A part of a composite id.
#[derive(Debug)]
struct FolderIdPart {
    /// Whether it is the column of the district's id.
    is_id: bool,
    name: String,
    /// The codes in it, if they are few.
    codes: BTreeSet<String>,
    /// The number of characters of its longest code in any table.
    width: usize,
}

impl FolderIds {
    /// The parts of the ids in the first table that has composite ones.
    pub(super) fn new(files: &[FileSurvey], vocabulary: &Vocabulary<'_>) -> Self {
        let sheets = files.iter().flat_map(|file| &file.sheets);
        let tables: Vec<&TableSurvey> = sheets.flat_map(|sheet| &sheet.tables).collect();
        let Some(first) = tables.iter().find(|table| !table.evidence.joined_ids.is_empty()) else {
            return Self::default();
        };
        let mut ids = Self::default();
        for JoinedColumn { name, width } in &first.evidence.joined_ids {
            let column = first.columns.iter().find(|column| column.name == *name);
            ids.parts.push(FolderIdPart {
                is_id: column.is_some_and(is_district_id),
                name: name.clone(),
                codes: column.map(codes).unwrap_or_default(),
                width: *width,
            });
        }
        for table in tables {
            ids.widen(table, vocabulary);
        }
        ids
    }

    /// Makes room for the longest codes of a table.
    fn widen(&mut self, table: &TableSurvey, vocabulary: &Vocabulary<'_>) {
        let Some(columns) = self.columns_in(table, vocabulary) else { return };
        for (part, column) in self.parts.iter_mut().zip(columns) {
            part.width = part.width.max(longest(column)).min(crate::domain::DistrictId::WIDEST);
        }
    }

    /// The columns of a table that are to be joined; empty if its id is not composite.
    pub(super) fn joined_in(&self, table: &TableSurvey, vocabulary: &Vocabulary<'_>) -> Vec<JoinedColumn> {
        if table.evidence.district_prefix.or(table.evidence.school_suffix).is_some() {
            return Vec::new();
        }
        match self.columns_in(table, vocabulary) {
            Some(columns) => {
                let parts = self.parts.iter().zip(columns);
                parts
                    .map(|(part, column)| JoinedColumn { name: column.name.clone(), width: part.width })
                    .collect()
            }
            None => table.evidence.joined_ids.clone(),
        }
    }

    /// The column of each part in a table; `None` if one is missing, if the table's id is complete without, or if there
    /// are not parts.
    fn columns_in<'t>(&self, table: &'t TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<Vec<&'t Column>> {
        let id = table.role(Role::DistrictId)?;
        // An id as long as all parts together is complete.
        let whole: usize = self.parts.iter().map(|part| part.width).sum();
        if self.parts.is_empty() || longest(id) >= whole {
            return None;
        }
        self.parts.iter().map(|part| part.column_in(table, vocabulary)).collect()
    }
}

impl FolderIdPart {
    /// The column of this part in a table: that of the district's id; or one with the same name, or a usual name for
    /// such a part and the same codes.
    fn column_in<'t>(&self, table: &'t TableSurvey, vocabulary: &Vocabulary<'_>) -> Option<&'t Column> {
        if self.is_id {
            return table.role(Role::DistrictId);
        }
        let words = vocabulary.joined_words(&self.name);
        let usual = &vocabulary.catalog.synonyms.id_parts.names;
        let mut possible = table.columns.iter().filter(|column| {
            matches!(column.meaning, ColumnMeaning::Unread(_) | ColumnMeaning::Attribute(_))
        });
        let named = possible.clone().find(|column| vocabulary.joined_words(&column.name) == words);
        named.or_else(|| {
            possible
                .find(|column| vocabulary.is_one_of(&column.name, usual) && self.shares_codes(&codes(column)))
        })
    }

    fn shares_codes(&self, other: &BTreeSet<String>) -> bool {
        let fewer = self.codes.len().min(other.len());
        fewer > 0 && self.codes.intersection(other).count() as f64 >= LEAST_SHARED * fewer as f64
    }
}

fn is_district_id(column: &Column) -> bool {
    column.meaning == ColumnMeaning::Role(Role::DistrictId)
}

/// The codes in a column, without leading zeros, which one file may have lost.
fn codes(column: &Column) -> BTreeSet<String> {
    column.cells.labels().into_iter().map(|code| code.trim_start_matches('0').to_lowercase()).collect()
}

/// The number of letters and digits of the longest code in a column.
fn longest(column: &Column) -> usize {
    let digits = column.cells.most.map_or(0, |most| format!("{most:.0}").len());
    let texts = column.cells.texts.keys().chain(&column.cells.number_texts);
    let lengths = texts.map(|text| text.chars().filter(|c| c.is_alphanumeric()).count());
    lengths.max().unwrap_or(0).max(digits).max(1)
}
