//! How well a layout fits a sheet, before it is used to read anything.

use super::header::{self, Header};
use super::plan::plan;
use super::ready_layout::ReadyLayout;
use super::year::YearReader;
use crate::catalog::{Catalog, Layout};
use sheets::Sheet;

/// How many rows with several cells are tried for the school year.
const ROWS_TRIED: usize = 20;

/// How a layout would treat the columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fit {
    /// Last row of the header, numbered as in a spreadsheet (from 1).
    pub header_row: u64,
    /// Columns with a name.
    pub columns: u64,
    /// Columns read as values.
    pub read: u64,
    /// Columns that say what a row is about: ids, names, the year, attributes.
    pub roles: u64,
    /// Columns intentionally left out.
    pub ignored: u64,
    /// Columns unknown to the layout.
    pub unread: Vec<String>,
    /// Columns that the layout names but the sheet lacks.
    pub missing: u64,
    /// Columns that say what a row is about (its group or grade) and that the sheet lacks.
    pub parts_missing: u64,
    /// Whether the layout never reads values, only the list of districts.
    pub directory: bool,
}

impl Fit {
    /// The share of the columns that the layout knows, 0 to 1.
    #[must_use]
    pub fn known_share(&self) -> f64 {
        (self.read + self.roles + self.ignored) as f64 / self.columns.max(1) as f64
    }

    /// Whether the sheet is the layout's table, rather than one that shares a few columns with it: the layout
    /// knows most of the sheet's columns, and most of the columns that it names are there.
    #[must_use]
    pub fn is_good(&self) -> bool {
        const MOST: f64 = 0.6;
        let useful = self.read > 0 || self.directory && self.roles > 2;
        useful
            && self.known_share() >= MOST
            && self.missing <= self.read + self.roles
            && self.parts_missing == 0
    }
}

/// Measures how well one layout fits sheets. Its patterns are compiled once.
#[derive(Debug)]
pub struct Fitting<'a>(ReadyLayout<'a>);

impl<'a> Fitting<'a> {
    /// For `layout`.
    ///
    /// # Errors
    /// The first pattern of the layout that cannot be compiled; a checked layout has none.
    pub fn new(layout: &'a Layout, catalog: &'a Catalog) -> Result<Self, regex::Error> {
        ReadyLayout::new(layout, catalog).map(Self)
    }

    /// The layout's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.layout.id
    }

    /// How well the layout fits `sheet`; `None` if it does not read such a sheet at all, its district column
    /// is missing, or the school year is not where the layout expects it.
    #[must_use]
    pub fn fit(&self, sheet: &Sheet) -> Option<Fit> {
        let ready = &self.0;
        let headers = header::find_any(sheet, ready.layout)?;
        let first = headers.first()?;
        ready.reads_sheet(sheet.place.sheet.as_deref(), sheet.hidden).ok()?;
        if !self.has_readable_year(sheet, first) {
            return None;
        }
        let roles = ready.role_columns(first);
        let plan = plan(ready, first, &roles, &sheet.place);
        let missing = plan.diagnostics.iter().filter(|problem| problem.id == "column-missing").count();
        let parts = ready.layout.parts.iter().filter(|part| first.column(&part.column).is_none());
        Some(Fit {
            header_row: u64::from(first.row) + 1,
            columns: first.names.len() as u64,
            read: plan.read,
            roles: roles.len() as u64,
            ignored: plan.ignored.len() as u64,
            unread: plan.unread,
            missing: missing as u64,
            parts_missing: parts.count() as u64,
            directory: ready.layout.columns.is_empty(),
        })
    }

    /// Whether the year in one of the table's first rows can be read.
    fn has_readable_year(&self, sheet: &Sheet, header: &Header) -> bool {
        let Ok(years) = YearReader::new(&self.0, sheet, header) else { return false };
        let rows = sheet.rows_between(header.data.clone()).filter(|row| row.cells().count() > 1);
        rows.take(ROWS_TRIED).any(|row| years.of_row(row.number, |column| row.cell(column)).is_ok())
    }
}
