//! Layouts: the structure of published tables, as data. One reader handles all of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Markers, SplitPart, Stat};
use crate::domain::{Break, LoneYear};

/// `catalog/layouts/ID.toml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Layout {
    /// Stable id; also the file's name.
    pub id: String,
    /// A description of the table for users.
    pub label: String,
    /// Its publisher and where it is published.
    pub authority: String,
    /// The state whose districts it is about: a code or name from `states.toml`. That state's breaks apply to them. Absent if
    /// the districts are in several states, or could be in any.
    #[serde(default)]
    pub state: Option<String>,
    /// Whether the values are public as published, including masks; if so, none is withheld.
    #[serde(default)]
    pub public: bool,
    /// The scale of its percents: 100 (`45.3`) or 1 (`0.453`). If absent, the scale of each column is
    /// inferred from its values and reported.
    #[serde(default)]
    pub percent_scale: Option<f64>,
    /// What each row is about.
    #[serde(default)]
    pub level: Level,
    /// How rows for the same district, year, and measure are combined; only with `level = "school"` or several
    /// rows per district.
    #[serde(default)]
    pub roll_up: RollUp,
    /// Which sheets of a workbook are read.
    #[serde(default)]
    pub sheets: SheetSpec,
    /// Where the header is.
    #[serde(default)]
    pub header: HeaderSpec,
    /// Where the school year is found.
    pub year: YearSpec,
    /// Which columns identify the district.
    pub district: DistrictSpec,
    /// Names of the columns that identify the school, if a row is about one. Rows in which these columns contain
    /// "Total" or nothing are left out.
    #[serde(default)]
    pub school: Vec<String>,
    /// With `level = "school"`: a regular expression for a school column in the rows that are about the whole
    /// district. Their values are used as published and replace sums. Words such as "District Total" need no
    /// pattern.
    #[serde(default)]
    pub school_total: Option<String>,
    /// With `level = "school"`: whether a row whose school has the district's own name is about the whole district.
    #[serde(default)]
    pub district_name_is_total: bool,
    /// Names of columns in which a label is written only in the first row of its block. A blank cell below
    /// repeats the label. A row that is blank in all columns of the table ends the block. A label ends the blocks of
    /// the columns named after it.
    #[serde(default)]
    pub fill_down: Vec<String>,
    /// Which rows are kept or left out.
    #[serde(default, rename = "row")]
    pub rows: Vec<RowFilter>,
    /// District attributes read as text (county, region, charter flag).
    #[serde(default, rename = "attribute")]
    pub attributes: Vec<LayoutAttribute>,
    /// School attributes read as text, with `level = "school"`: `school-type`, and `grade-span` (`KG-05`).
    #[serde(default, rename = "school-attribute")]
    pub school_attributes: Vec<LayoutAttribute>,
    /// Parts of an observation's key that have their own columns (in long tables: the name of the measure or
    /// group).
    #[serde(default, rename = "part")]
    pub parts: Vec<PartSpec>,
    /// What the columns contain.
    #[serde(default, rename = "column")]
    pub columns: Vec<ColumnSpec>,
    /// Columns intentionally not read, with the reason.
    #[serde(default, rename = "ignore")]
    pub ignored: Vec<IgnoreSpec>,
    /// Years from which values cannot be compared with earlier ones because of a change by the publisher, in
    /// addition to those of the measure itself.
    #[serde(default, rename = "break")]
    pub breaks: Vec<LayoutBreak>,
    /// Markers of this layout, tried before the catalog's.
    #[serde(default)]
    pub markers: Markers,
    /// Codes for the part `measure` → measure id. An unlisted code is used as the id itself.
    #[serde(default)]
    pub measures: BTreeMap<String, String>,
    /// Codes for the part `group` → group id. An unlisted code is looked up in `groups.toml`.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
    /// Codes for the part `grade` → grade. An unlisted code is read as a grade.
    #[serde(default)]
    pub grades: BTreeMap<String, String>,
    /// Codes for the part `subject` → subject id. An unlisted code is looked up in `groups.toml`.
    #[serde(default)]
    pub subjects: BTreeMap<String, String>,
    /// Codes for the part `stat` → what kind of number it is.
    #[serde(default)]
    pub stats: BTreeMap<String, Stat>,
}

/// What a row of the table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// One district.
    #[default]
    District,
    /// One school (or another part of a district), to be rolled up.
    School,
}

/// How rows for one district are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RollUp {
    /// They are not: a second row with a different value is a problem.
    #[default]
    None,
    /// Counts and amounts are added up; rates and averages are weighted by their denominators, and left out
    /// if a weight is unknown. If any part is masked, so is the result.
    Sum,
}

/// Which sheets of a workbook a layout reads: visible ones with a matching name, unless `hidden` says
/// otherwise.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SheetSpec {
    /// Regular expression that the sheet's name must match; if absent, every sheet.
    #[serde(default)]
    pub matching: Option<String>,
    /// Regular expression for sheets to leave out.
    #[serde(default)]
    pub except: Option<String>,
    /// Whether hidden sheets are read too.
    #[serde(default)]
    pub hidden: bool,
}

/// Where the header is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HeaderSpec {
    /// With `"auto"`, the default, each row that contains the layout's district column begins a table. If everything
    /// is about one district, the school year column is used instead. A sheet may have several tables, one below
    /// the other or side by side. Otherwise, the header's row numbers in the only table, as in the spreadsheet, from 1.
    #[serde(default)]
    pub rows: HeaderRows,
    /// With `"auto"`: the number of header rows, of which the lowest has the column names (default 1). Their
    /// texts are joined with ` › `. An upper text applies to the cells it is merged over. In a row without
    /// merged cells, it applies to all cells on its right up to the next text. If the district cell is merged over
    /// several rows, all of them are header rows.
    #[serde(default)]
    pub depth: Option<u32>,
}

/// Rows of the header.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "write \"auto\", or a list of row numbers such as [3, 4]")]
pub enum HeaderRows {
    /// Found by the name of the district column.
    #[default]
    #[serde(skip)]
    Auto,
    /// `"auto"`, as an enum.
    Named(String),
    /// These rows, from 1, in order.
    Rows(Vec<u32>),
}

/// Where the school year is found.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct YearSpec {
    /// Where it is. `file` is the file's name or, if that has no year, the name of its folder.
    pub from: YearFrom,
    /// The column's name or names (`from = "column"`).
    #[serde(default)]
    pub column: Vec<String>,
    /// Regular expression with a named capture `year`, for a file's name, a sheet's name, or a title. If absent,
    /// the whole text is the year.
    #[serde(default)]
    pub pattern: Option<String>,
    /// The year itself (`from = "fixed"`).
    #[serde(default)]
    pub year: Option<i32>,
    /// What a single year means.
    pub means: LoneYear,
    /// Added to the year read: −1 if the data is a year older than the report.
    #[serde(default)]
    pub offset: i32,
}

/// Where the school year is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum YearFrom {
    /// A column.
    Column,
    /// The sheet's name.
    Sheet,
    /// The file's name, or else that of its folder.
    File,
    /// The rows above the header: the first cell there that matches the pattern and can be read.
    Title,
    /// The column's own header: the named capture `year` of the column's pattern. If a column has no year, it
    /// is not guessed from other columns: `pattern` is matched against the sheet's name, then the file's.
    Header,
    /// Given in the layout.
    Fixed,
}

/// Which columns identify the district.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DistrictSpec {
    /// Names of the id column. If empty, districts are known only by name, and are looked up among the
    /// districts of the project's other sources.
    #[serde(default)]
    pub id: Vec<String>,
    /// Columns that are unique only together (county and district, number and type), in the order in which
    /// they are joined. One of them is the column in `id`. If empty, the id column alone is the id.
    #[serde(default, rename = "id-part")]
    pub id_parts: Vec<IdPart>,
    /// Regular expression with a named capture `id`: the part of the published id that identifies the
    /// district.
    #[serde(default)]
    pub id_pattern: Option<String>,
    /// Number of digits to which ids are padded for display. If 0, the width of ids published with leading zeros
    /// is used.
    #[serde(default)]
    pub id_width: usize,
    /// Names of the name column.
    #[serde(default)]
    pub name: Vec<String>,
    /// Regular expression with a named capture `name`: the part of the published name that is the district's. A name that it
    /// does not match is used unchanged.
    #[serde(default)]
    pub name_pattern: Option<String>,
    /// The only district in the table, if no column names it. The header is then found by the school year
    /// column; without one, `header.rows` must give its position.
    #[serde(default)]
    pub fixed: Option<String>,
}

/// A column that is part of a district's id.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IdPart {
    /// Names of the column.
    pub column: Vec<String>,
    /// Number of characters to which its texts are padded with leading zeros, so that parts of different
    /// lengths cannot run into each other.
    pub width: usize,
}

/// A test that a row must pass.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RowFilter {
    /// The column's name or names.
    pub column: Vec<String>,
    /// Regular expression: only rows with a matching cell are kept.
    #[serde(default)]
    pub keep: Option<String>,
    /// Regular expression: rows with a matching cell are left out.
    #[serde(default)]
    pub leave_out: Option<String>,
    /// The reason, for the report.
    pub why: String,
}

/// An attribute of a district or school, read as text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayoutAttribute {
    /// The attribute's id (`county`, `region`, `district-type`, `charter`).
    pub id: String,
    /// Names of its column.
    pub column: Vec<String>,
    /// Published text → text to keep; an unlisted text is kept as published.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

/// A part of an observation's key that has its own column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PartSpec {
    /// Which part: `measure`, `group`, `grade`, or `subject`. If several blocks are for the same part (race and gender, each
    /// with a value for everybody), a row is about the one value that narrows it. Rows narrowed by two blocks are left
    /// out. A table has only one column for the measure.
    pub part: String,
    /// Names of its column.
    pub column: Vec<String>,
    /// Whether it is in rows of their own: a row whose only text is in this column is the heading of the rows
    /// below it, up to the next heading or blank row.
    #[serde(default)]
    pub heading: bool,
}

/// What a column, or every column that matches a pattern, contains.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnSpec {
    /// Names of the column, compared without regard to case and with whitespace folded.
    #[serde(default)]
    pub name: Vec<String>,
    /// Alternatively, a regular expression for the header text (whitespace folded, trimmed), with any of the
    /// named captures `measure`, `group`, `grade`, `subject`, `year`, `stat`, and `n`: the number of people behind the
    /// rates of all students in the column, in a table of one district.
    #[serde(default)]
    pub matching: Option<String>,
    /// Alternatively, the names of several columns whose numbers are added up in each row, such as those of the levels that
    /// count as proficient. All of them are needed: if one is masked, so is the sum; if one has no number, there is no sum.
    #[serde(default)]
    pub sum: Vec<String>,
    /// The measure, if no named capture or column gives it.
    #[serde(default)]
    pub measure: Option<String>,
    /// The group, if no named capture or column gives it; `all` by default.
    #[serde(default)]
    pub group: Option<String>,
    /// The grade, if no named capture or column gives it; `all` by default.
    #[serde(default)]
    pub grade: Option<String>,
    /// The subject, if no named capture or column gives it; `all` by default.
    #[serde(default)]
    pub subject: Option<String>,
    /// What kind of number it is, if no named capture gives it; by default a value.
    #[serde(default)]
    pub stat: Option<Stat>,
    /// Which of several columns with the same header, from 1; if absent, all of them.
    #[serde(default)]
    pub occurrence: Option<usize>,
    /// Multiplies the number: 100 if a percent is published as a fraction. If neither this nor the layout's
    /// `percent-scale` is set, percent columns without values above 1 are treated as fractions. A number
    /// shown with a percent sign is read as shown.
    #[serde(default)]
    pub times: Option<f64>,
    /// What the numbers are, in order, if each cell has several: `["numerator", "denominator"]` for `6|88`, `["value",
    /// "denominator"]` for `85.0% (n=123)`. Numbers that are `"unread"` are left out.
    #[serde(default)]
    pub split: Vec<SplitPart>,
    /// Names of the column with the rate's denominator, by which the rates of schools are weighted in a
    /// roll-up.
    #[serde(default)]
    pub weight: Vec<String>,
    /// Added to the sheet's year for this column, in addition to the layout's own offset.
    #[serde(default)]
    pub year_offset: i32,
    /// Whether a sheet may lack it (for columns that exist only in some years).
    #[serde(default)]
    pub optional: bool,
}

/// A new test, new cut scores or a new definition by one publisher: a break of the measure for the districts
/// that the layout names.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LayoutBreak {
    /// The measure's id.
    pub measure: String,
    /// First school year (by its end) after the change.
    pub year: i32,
    /// The reason, in plain words.
    pub why: String,
}

impl LayoutBreak {
    /// The break in the measure's own series.
    #[must_use]
    pub fn of_measure(&self) -> Break {
        Break { year: self.year, why: self.why.clone() }
    }
}

/// Columns intentionally not read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoreSpec {
    /// Names of the columns.
    #[serde(default)]
    pub name: Vec<String>,
    /// Alternatively, a regular expression for the header text.
    #[serde(default)]
    pub matching: Option<String>,
    /// Why they are not read.
    pub why: String,
}
