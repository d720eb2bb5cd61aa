//! Headings in two rows: a word such as "Target" over the columns of several years.

use sheets::Sheet;

use super::heading::ReadHeading;
use crate::catalog::PlanSpec;
use crate::form_export::{Typed, typed_cells};

/// The headings of a row together with those in the row above it: "Target" over "2026-27" is "Target 2026-27". A column that has a
/// heading in one of the two rows has that one. Empty if no school year stands alone in the row.
pub(super) fn joined_cells(sheet: &Sheet, row: u32, spec: &PlanSpec) -> Vec<Typed> {
    let Some(above_row) = row.checked_sub(1) else { return Vec::new() };
    let (above, below) = (typed_cells(sheet, above_row), typed_cells(sheet, row));
    if !below.iter().any(|cell| is_year(cell, spec)) {
        return Vec::new();
    }
    let mut joined = Vec::new();
    for cell in &below {
        let over = Some(cell).filter(|cell| is_year(cell, spec));
        let over = over.and_then(|cell| heading_over(sheet, above_row, &above, &below, cell.column));
        let text =
            over.map_or_else(|| cell.text.clone(), |over| format!("{} {}", over.text.trim(), cell.text));
        joined.push(Typed { text, ..cell.clone() });
    }
    let alone = above.iter().filter(|cell| below.iter().all(|other| other.column != cell.column));
    joined.extend(alone.cloned());
    joined.sort_by_key(|cell| cell.column);
    joined
}

/// The heading in the row above that a column belongs to: the one merged over it, or the next one to the left if each column from
/// there on has a heading below.
fn heading_over<'a>(
    sheet: &Sheet,
    row: u32,
    above: &'a [Typed],
    below: &[Typed],
    column: u32,
) -> Option<&'a Typed> {
    let mut regions = sheet.merged().iter().filter(|region| {
        (region.first_row, region.last_row) == (row, row)
            && (region.first_column..=region.last_column).contains(&column)
    });
    if let Some(region) = regions.next() {
        return above.iter().find(|cell| cell.column == region.first_column);
    }
    let over = above.iter().rfind(|cell| cell.column <= column)?;
    let is_merged = sheet.merged().iter().any(|region| {
        region.first_row == row && region.first_column == over.column && region.last_column > over.column
    });
    let reaches = !is_merged && (over.column..column).all(|column| has_heading(below, column));
    reaches.then_some(over)
}

fn is_year(cell: &Typed, spec: &PlanSpec) -> bool {
    !cell.is_covered && ReadHeading::new(&cell.text, spec).is_bare_year()
}

fn has_heading(cells: &[Typed], column: u32) -> bool {
    cells.iter().any(|cell| cell.column == column && !cell.is_covered)
}
