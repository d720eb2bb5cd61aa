//! How well a layout fits a sheet, before anything is read by it.

use super::header;
use super::plan::{ReadyLayout, plan};
use super::year::YearReader;
use crate::catalog::{Catalog, Layout};
use crate::source::Sheet;

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

/// How `layout` fits `sheet`; `None` where it does not read such a sheet at all, its district column is not found, or
/// the school year is not where it says.
///
/// # Errors
/// A pattern of the layout that cannot be read; a checked layout has none.
pub fn fit(sheet: &Sheet, layout: &Layout, catalog: &Catalog) -> Result<Option<Fit>, regex::Error> {
    let Ok(headers) = header::find(sheet, layout) else { return Ok(None) };
    let Some(first) = headers.first() else { return Ok(None) };
    let ready = ReadyLayout::new(layout, catalog)?;
    if ready.reads_sheet(sheet.place.sheet.as_deref(), sheet.hidden).is_err() {
        return Ok(None);
    }
    let Ok(years) = YearReader::new(&ready, sheet, first) else { return Ok(None) };
    let mut rows = sheet.rows_between(first.data.clone()).filter(|row| row.cells().count() > 1).take(20);
    if !rows.any(|row| years.of_row(row.number, |column| row.cell(column)).is_ok()) {
        return Ok(None);
    }
    let roles = ready.other_columns(first);
    let plan = plan(&ready, first, &roles, &sheet.place);
    let missing = plan.diagnostics.iter().filter(|d| d.id == "column-missing").count() as u64;
    Ok(Some(Fit {
        header_row: u64::from(first.row) + 1,
        columns: first.names.len() as u64,
        read: plan.read,
        roles: roles.len() as u64,
        ignored: plan.ignored.len() as u64,
        unread: plan.unread,
        missing,
        parts_missing: layout.parts.iter().filter(|p| first.column(&p.column).is_none()).count() as u64,
        directory: layout.columns.is_empty(),
    }))
}
