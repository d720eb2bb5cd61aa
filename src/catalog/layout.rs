//! Layouts: how a published table is laid out, as data. One reader serves them all.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Markers;
use crate::domain::{Break, LoneYear};

/// `catalog/layouts/ID.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Layout {
    /// Stable id; the file's name.
    pub id: String,
    /// What the table is, for people.
    pub label: String,
    /// Who publishes it, where.
    pub authority: String,
    /// Whether the values are public as published, masks included: then none is withheld.
    #[serde(default)]
    pub public: bool,
    /// The scale of its percents: 100 (`45.3`) or 1 (`0.453`). Where absent, each column is judged by its own
    /// values, and the judgment is reported.
    #[serde(default)]
    pub percent_scale: Option<f64>,
    /// What a row is.
    #[serde(default)]
    pub level: Level,
    /// How rows of the same district, year and measure are joined; only for `level = "school"` or several rows a district.
    #[serde(default)]
    pub roll_up: RollUp,
    /// Which sheets of a workbook.
    #[serde(default)]
    pub sheets: SheetSpec,
    /// Where the header is.
    #[serde(default)]
    pub header: HeaderSpec,
    /// Where the school year is found.
    pub year: YearSpec,
    /// Which columns identify the district.
    pub district: DistrictSpec,
    /// Names of the columns that name the school, where a row is about one. They show which rows add up the others.
    #[serde(default)]
    pub school: Vec<String>,
    /// Which rows are kept or left out.
    #[serde(default, rename = "row")]
    pub rows: Vec<RowFilter>,
    /// District attributes read as text (county, region, charter flag).
    #[serde(default, rename = "attribute")]
    pub attributes: Vec<LayoutAttribute>,
    /// Parts of an observation's key that have a column of their own (long tables: the measure's or the group's name).
    #[serde(default, rename = "part")]
    pub parts: Vec<PartSpec>,
    /// What the columns hold.
    #[serde(default, rename = "column")]
    pub columns: Vec<ColumnSpec>,
    /// Columns left unread on purpose, with the reason.
    #[serde(default, rename = "ignore")]
    pub ignored: Vec<IgnoreSpec>,
    /// Years from which values cannot be compared with before because of a change by the publisher, besides those of the measure itself.
    #[serde(default, rename = "break")]
    pub breaks: Vec<LayoutBreak>,
    /// Markers of this layout, tried before the catalog's.
    #[serde(default)]
    pub markers: Markers,
    /// Codes of the part `measure` → measure id. A code not listed is taken as the id itself.
    #[serde(default)]
    pub measures: BTreeMap<String, String>,
    /// Codes of the part `group` → group id. A code not listed is looked up in `groups.toml`.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
    /// Codes of the part `grade` → grade. A code not listed is read as a grade.
    #[serde(default)]
    pub grades: BTreeMap<String, String>,
    /// Codes of the part `subject` → subject id. A code not listed is looked up in `groups.toml`.
    #[serde(default)]
    pub subjects: BTreeMap<String, String>,
    /// Codes of the part `stat` → what the number is.
    #[serde(default)]
    pub stats: BTreeMap<String, Stat>,
}

/// What a row of the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// One district.
    #[default]
    District,
    /// One school (or another part of a district), rolled up.
    School,
}

/// How rows of one district are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RollUp {
    /// They are not: a second row with another value is a problem.
    #[default]
    None,
    /// Counts and amounts are added up; rates and means are weighted by their denominators, and left out where no
    /// weight is known. A masked part makes the whole masked.
    Sum,
}

/// Which sheets of a workbook a layout reads: the visible ones whose name matches, unless `hidden` says otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SheetSpec {
    /// Regular expression that the sheet's name must match; every sheet where absent.
    #[serde(default)]
    pub matching: Option<String>,
    /// Regular expression of sheets to leave out.
    #[serde(default)]
    pub except: Option<String>,
    /// Whether hidden sheets are read too.
    #[serde(default)]
    pub hidden: bool,
}

/// Where the header is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HeaderSpec {
    /// `auto` (default): each row that holds the layout's district column (or, where all is about one district, that of
    /// the school year) begins a table, so that a sheet may have
    /// several, one below the other or side by side; or row numbers as in the spreadsheet, from 1, of the one table.
    #[serde(default)]
    pub rows: HeaderRows,
    /// With `auto`: how many rows, ending in the lowest, make up the header (1 where absent). Their texts are joined
    /// by ` › `. An upper text stands for the cells it is merged over; in a row without merged cells, for all to its
    /// right up to the next text. A district cell merged over several rows makes them all header rows.
    #[serde(default)]
    pub depth: Option<u32>,
}

/// Rows of the header.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(untagged)]
pub enum HeaderRows {
    /// Found by the district column's name.
    #[default]
    #[serde(skip)]
    Auto,
    /// `"auto"`, spelled out.
    Named(String),
    /// These rows, from 1, in order.
    Rows(Vec<u32>),
}

/// Where the school year is found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct YearSpec {
    /// The place.
    pub from: YearFrom,
    /// The column's name or names (`from = "column"`).
    #[serde(default)]
    pub column: Vec<String>,
    /// Regular expression with a named capture `year` (`file`, `sheet`, `title`); the whole text where absent.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The year itself (`from = "fixed"`).
    #[serde(default)]
    pub year: Option<i32>,
    /// What a lone year means.
    pub means: LoneYear,
    /// Added to the year read: −1 where the figures are a year older than their report.
    #[serde(default)]
    pub offset: i32,
}

/// The place of the school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearFrom {
    /// A column.
    Column,
    /// The sheet's name.
    Sheet,
    /// The file's name.
    File,
    /// The rows above the header: the first cell there that the pattern matches.
    Title,
    /// The column's own header: the named capture `year` of the column's pattern. Where a column has none, the
    /// year of other columns is not guessed: `pattern` is matched with the sheet's name, then the file's.
    Header,
    /// Stated by the layout.
    Fixed,
}

/// Which columns identify the district.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DistrictSpec {
    /// Names of the id column. Empty: districts are known by name only, and are looked up among
    /// the districts of the project's other sources.
    #[serde(default)]
    pub id: Vec<String>,
    /// Regular expression with a named capture `id`: the part of the published id that names the district.
    #[serde(default)]
    pub id_pattern: Option<String>,
    /// Digits to which ids are padded when shown.
    #[serde(default)]
    pub id_width: usize,
    /// Names of the name column.
    #[serde(default)]
    pub name: Vec<String>,
    /// The one district that the whole table is about, where no column names it. The header is then found by the column
    /// of the school year; where there is none, `header.rows` must say where it is.
    #[serde(default)]
    pub fixed: Option<String>,
}

/// A test that a row must pass.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowFilter {
    /// The column's name or names.
    pub column: Vec<String>,
    /// Regular expression: rows whose cell matches are kept, all others left out.
    #[serde(default)]
    pub keep: Option<String>,
    /// Regular expression: rows whose cell matches are left out.
    #[serde(default)]
    pub leave_out: Option<String>,
    /// Why, for the report.
    pub why: String,
}

/// A district attribute read as text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayoutAttribute {
    /// The attribute's id (`county`, `region`, `district-type`, `charter`).
    pub id: String,
    /// Names of its column.
    pub column: Vec<String>,
    /// Published text → text to keep; a text not listed is kept as published.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// A part of an observation's key that has a column of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartSpec {
    /// Which part: `measure`, `group`, `grade` or `subject`.
    pub part: String,
    /// Names of its column.
    pub column: Vec<String>,
}

/// What a column, or all columns that a pattern matches, hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnSpec {
    /// Names of the column, compared without case and with blanks folded.
    #[serde(default)]
    pub name: Vec<String>,
    /// Or a regular expression over the header text (blanks folded, trimmed) with any of the named captures
    /// `measure`, `group`, `grade`, `subject`, `year`, `stat`.
    #[serde(default)]
    pub matching: Option<String>,
    /// The measure, where no named capture or column gives it.
    #[serde(default)]
    pub measure: Option<String>,
    /// The group, where no named capture or column gives it; `all` otherwise.
    #[serde(default)]
    pub group: Option<String>,
    /// The grade, likewise.
    #[serde(default)]
    pub grade: Option<String>,
    /// The subject, likewise.
    #[serde(default)]
    pub subject: Option<String>,
    /// What the number is, where no named capture gives it; a value otherwise.
    #[serde(default)]
    pub stat: Option<Stat>,
    /// Which of several columns with the same header, from 1; all of them where absent.
    #[serde(default)]
    pub occurrence: Option<usize>,
    /// Multiplies the number: 100 where a percent is published as a share. Where neither it nor the layout's
    /// `percent-scale` says so, columns of percents that hold nothing above 1 are taken for shares. A number
    /// shown with a percent sign is read as shown.
    #[serde(default)]
    pub times: Option<f64>,
    /// What the numbers of a cell with several are, in order: `["numerator", "denominator"]` for `6|88`.
    #[serde(default)]
    pub split: Vec<Stat>,
    /// Names of the column of the rate's denominator, by which schools' rates are weighted
    /// when rolled up.
    #[serde(default)]
    pub weight: Vec<String>,
    /// Added to the year of the sheet for this column, on top of the layout's own offset.
    #[serde(default)]
    pub year_offset: i32,
    /// Whether a sheet without it is in order (columns that only some years have).
    #[serde(default)]
    pub optional: bool,
}

/// A new test, new cut scores or a new definition of one publisher: a break of the measure in every project that
/// reads the layout.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayoutBreak {
    /// The measure's id.
    pub measure: String,
    /// First school year (by its end) of the new kind.
    pub year: i32,
    /// Why, in plain words.
    pub why: String,
}

impl LayoutBreak {
    /// The break in the measure's own series.
    #[must_use]
    pub fn of_measure(&self) -> Break {
        Break { year: self.year, why: self.why.clone() }
    }
}

/// Columns left unread on purpose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoreSpec {
    /// Names of the columns.
    #[serde(default)]
    pub name: Vec<String>,
    /// Or a regular expression over the header text.
    #[serde(default)]
    pub matching: Option<String>,
    /// Why they are not read.
    pub why: String,
}

/// What a number in a column is in its observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stat {
    /// The measure's value itself.
    Value,
    /// The numerator of a rate.
    Numerator,
    /// The denominator of a rate.
    Denominator,
}
