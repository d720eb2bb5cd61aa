//! How well a layout fits a sheet, before anything is read by it.

use super::header;
use super::plan::{ReadyLayout, plan};
use super::year::YearReader;
use crate::catalog::{Catalog, Layout};
use sheets::Sheet;

/// What a layout would do with the columns of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fit {
    /// Last row of the header, as a spreadsheet numbers it (from 1).
    pub header_row: u64,
    /// Columns with a name.
    pub columns: u64,
    /// Columns that it reads as values.
    pub read: u64,
    /// Columns that it reads for what a row is about: ids, names, the year, attributes.
    pub roles: u64,
    /// Columns that it leaves out on purpose.
    pub ignored: u64,
    /// Columns that it does not know.
    pub unread: Vec<String>,
    /// Columns that it names and that the sheet lacks.
    pub missing: u64,
    /// Columns that say what a row is about (its group or grade) and that the sheet lacks.
    pub parts_missing: u64,
    /// Whether the layout reads no values from any sheet, only who the districts are.
    pub directory: bool,
}

impl Fit {
    /// Columns that the layout knows, as a share of all, 0 to 1.
    #[must_use]
    pub fn known_share(&self) -> f64 {
        (self.read + self.roles + self.ignored) as f64 / self.columns.max(1) as f64
    }

    /// Whether the sheet is the layout's table, and not one that shares a few columns with it: most of the sheet's
    /// columns are known to the layout, and most of those that it names are there.
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

/// A layout made ready to be held against sheets, however many.
#[derive(Debug)]
pub struct Fitting<'a>(ReadyLayout<'a>);

impl<'a> Fitting<'a> {
    /// The layout, made ready.
    ///
    /// # Errors
    /// A pattern of the layout that cannot be read; a checked layout has none.
    pub fn new(layout: &'a Layout, catalog: &'a Catalog) -> Result<Self, regex::Error> {
        ReadyLayout::new(layout, catalog).map(Self)
    }

    /// The layout's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.layout.id
    }

    /// How the layout fits `sheet`; `None` where it does not read such a sheet at all, its district column is not found, or
    /// the school year is not where it says.
    #[must_use]
    pub fn fit(&self, sheet: &Sheet) -> Option<Fit> {
        let ready = &self.0;
        let headers = header::find(sheet, ready.layout).ok()?;
        let first = headers.first()?;
        ready.reads_sheet(sheet.place.sheet.as_deref(), sheet.hidden).ok()?;
        let years = YearReader::new(ready, sheet, first).ok()?;
        let mut rows = sheet.rows_between(first.data.clone()).filter(|row| row.cells().count() > 1).take(20);
        if !rows.any(|row| years.of_row(row.number, |column| row.cell(column)).is_ok()) {
            return None;
        }
        let roles = ready.other_columns(first);
        let plan = plan(ready, first, &roles, &sheet.place);
        let missing = plan.diagnostics.iter().filter(|d| d.id == "column-missing").count() as u64;
        let parts = ready.layout.parts.iter().filter(|p| first.column(&p.column).is_none());
        Some(Fit {
            header_row: u64::from(first.row) + 1,
            columns: first.names.len() as u64,
            read: plan.read,
            roles: roles.len() as u64,
            ignored: plan.ignored.len() as u64,
            unread: plan.unread,
            missing,
            parts_missing: parts.count() as u64,
            directory: ready.layout.columns.is_empty(),
        })
    }
}
