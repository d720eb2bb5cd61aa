//! Files that this program wrote: the tables and the workbook of a pack, taken out of its folder. They are no sources.

use crate::catalog::Catalog;
use crate::wording::workbook::{ALL_VALUES, GLANCE, SOURCES};
use sheets::{Sheet, SourceFile};

/// The sheets that only the workbook of a pack has together.
const SHEETS: [&str; 3] = [GLANCE, ALL_VALUES, SOURCES];
/// There may be a byte order mark before the first name.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether this program wrote a file: a table or the workbook of a pack.
#[must_use]
pub fn is_own_output(file: &SourceFile, catalog: &Catalog) -> bool {
    let names: Vec<&str> = file.sheets.iter().filter_map(|sheet| sheet.place.sheet.as_deref()).collect();
    SHEETS.iter().all(|sheet| names.contains(sheet))
        || file.sheets.len() == 1 && file.sheets.iter().any(|sheet| is_own_table(sheet, catalog))
}

/// Whether the first row of a sheet has the names of columns of one of the program's tables.
fn is_own_table(sheet: &Sheet, catalog: &Catalog) -> bool {
    let Some(first) = sheet.rows().next() else { return false };
    let texts: Vec<String> = first.cells().map(|(_, cell)| cell.to_text()).collect();
    let names: Vec<&str> = texts.iter().map(|text| text.trim_start_matches(BYTE_ORDER_MARK)).collect();
    let mut tables = catalog.synonyms.own_output.tables.iter();
    tables.any(|table| table.iter().all(|name| names.contains(&name.as_str())))
}
