//! The survey of a file: its sheets, the tables in each, and what each table's columns mean.

use serde::Serialize;

use super::column::{Column, ColumnMeaning};
use super::headed_part::HeadedPart;
use super::row_evidence::{CategoryAnswers, RowEvidence, RowRule};
use super::table_owner::TableOwner;
use super::table_subject::TableSubject;
use crate::catalog::Role;
use crate::observation::Fit;

/// The survey of a file.
#[derive(Debug, Clone, Serialize)]
pub struct FileSurvey {
    /// Its name, relative to the folder.
    pub file: String,
    /// When the file was last changed, in seconds since 1970; `None` if that is not known.
    #[serde(skip)]
    pub modified: Option<u64>,
    /// Whether it is part of a pack that this program made; it is then no source, and its sheets are not looked at.
    #[serde(skip)]
    pub is_own_output: bool,
    /// Its sheets.
    pub sheets: Vec<SheetSurvey>,
}

impl FileSurvey {
    /// Whether more than one of its sheets has tables.
    pub(super) fn has_several_tables(&self) -> bool {
        self.sheets.iter().filter(|sheet| !sheet.tables.is_empty()).count() > 1
    }
}

/// The survey of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetSurvey {
    /// Its name; `None` for a text file.
    pub sheet: Option<String>,
    /// Whether it is hidden in the workbook.
    pub hidden: bool,
    /// Number of rows with cells.
    pub rows: usize,
    /// Layouts in the catalog that fit, best first.
    #[serde(rename = "known")]
    pub layouts: Vec<LayoutMatch>,
    /// Its tables, top to bottom and left to right; empty if no header was found.
    pub tables: Vec<TableSurvey>,
}

/// A layout in the catalog and how well it fits.
#[derive(Debug, Clone, Serialize)]
pub struct LayoutMatch {
    /// Its id.
    pub layout: String,
    /// How well it fits.
    pub fit: Fit,
}

/// A table of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct TableSurvey {
    /// Rows of its header, numbered as in a spreadsheet (from 1).
    pub header_rows: Vec<u32>,
    /// The text above it.
    pub title: Vec<String>,
    /// The notes below its rows.
    #[serde(skip)]
    pub(super) below: Vec<String>,
    /// Rows below the header, except notes.
    pub rows: usize,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Where the school year is found.
    pub year: YearPlace,
    /// Whether a single year there is the year in which a school year begins.
    pub year_begins: bool,
    /// The group, grade and subject that all of it is about.
    pub about: TableSubject,
    /// The headings between its rows.
    #[serde(skip)]
    pub(super) headings: Vec<String>,
    /// The group, grade or subject that these give; `None` if they give none that a layout can read.
    #[serde(skip)]
    pub(super) headed: Option<HeadedPart>,
    /// The rows to keep or to leave out, as columns say.
    #[serde(skip)]
    pub(super) rules: Vec<RowRule>,
    /// What the texts of a column of groups and one of answers mean; `None` if it has no such columns.
    #[serde(skip)]
    pub(super) answers: Option<CategoryAnswers>,
    /// Whether its name tells it apart from another one that is about more: `4th quarter`.
    #[serde(skip)]
    pub(super) is_named_part: bool,
    /// What its rows say of whom they are about.
    pub evidence: RowEvidence,
    /// What users must know of rows and columns that are not read.
    pub notes: Vec<String>,
    /// Whom it is about, if no column names districts.
    #[serde(skip)]
    pub(super) owner: TableOwner,
    /// Why it cannot be read as it is; `None` if it can.
    pub problem: Option<String>,
    /// What would remain in doubt if its columns were understood.
    #[serde(skip)]
    pub(super) doubt: Option<String>,
}

/// Where the school year of a table is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum YearPlace {
    /// In a column.
    Column,
    /// In the column names.
    Header,
    /// In the sheet's name, as written.
    Sheet(String),
    /// In the file's name, as written.
    File(String),
    /// In a row above the header, as written.
    Title(String),
    /// In the names of columns that are not read, as written: the end of the only school year that they name.
    Named(i32),
    /// Nowhere.
    Unknown,
}

impl TableSurvey {
    /// The first column with a role.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.meaning == ColumnMeaning::Role(role))
    }

    /// Whether a column, or the headings between the rows, say which group, grade or subject each row is about.
    pub(super) fn has_part(&self, role: Role) -> bool {
        let is_with_subject =
            role == Role::Grade && self.columns.iter().any(|column| !column.graded.is_empty());
        self.role(role).is_some() || is_with_subject || self.headed_role() == Some(role)
    }

    /// Whether a column names schools, or has their ids.
    pub(super) fn has_schools(&self) -> bool {
        self.role(Role::SchoolId).is_some() || self.role(Role::SchoolName).is_some()
    }

    /// What the headings between the rows give.
    pub(super) fn headed_role(&self) -> Option<Role> {
        self.headed.as_ref().map(|headed| headed.role)
    }

    /// The column that identifies the district: by its id, else by its name.
    #[must_use]
    pub fn district(&self) -> Option<&Column> {
        self.role(Role::DistrictId).or_else(|| self.role(Role::DistrictName))
    }

    /// The column by whose name the tables in a sheet are found: the district column, or the school year
    /// column if all rows are about one district.
    #[must_use]
    pub fn key(&self) -> Option<&Column> {
        self.district().or_else(|| self.role(Role::SchoolYear))
    }

    /// Whether neither a column nor the text around it names the district.
    pub(super) fn is_of_unsaid_district(&self) -> bool {
        self.district().is_none() && self.owner == TableOwner::Unsaid
    }

    /// How many columns contain a measure.
    #[must_use]
    pub fn measures(&self) -> usize {
        self.columns.iter().filter(|column| column.measure().is_some()).count()
    }

    /// Whether any column is numeric.
    pub(super) fn has_numbers(&self) -> bool {
        self.columns.iter().any(|column| column.cells.kind.is_number())
    }

    /// How many columns are not read.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.unread_columns().count()
    }

    /// The columns that are not read.
    pub(super) fn unread_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_unread())
    }
}
