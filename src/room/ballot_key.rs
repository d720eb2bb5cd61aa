//! The hidden sheet of a ballot that says which draft it was made from.

use sheets::{Row, Sheet, SourceFile};

use super::draft::{Draft, DraftItem};
use crate::domain::ItemNumber;

/// The name of the sheet.
pub const KEY_SHEET: &str = "key";
/// The text of its first cell.
pub const KEY_FORMAT: &str = "retreat-ballot";

/// The rows of district and title, and the first one of an item.
const DISTRICT: u32 = 1;
const TITLE: u32 = 2;
const ITEMS: u32 = 4;

/// Whether a sheet is the key of a ballot.
pub(super) fn is_key(sheet: &Sheet) -> bool {
    sheet.row(0).is_some_and(|row| row.cell(0).to_text() == KEY_FORMAT)
}

/// The draft that a ballot was made from; `None` if its key was deleted.
#[must_use]
pub fn draft_of(file: &SourceFile) -> Option<Draft> {
    let sheet = file.sheets.iter().find(|sheet| is_key(sheet))?;
    let [district, title] = [DISTRICT, TITLE].map(|row| value(sheet, row));
    let items = sheet.rows_between(ITEMS..u32::MAX).filter_map(draft_item);
    Some(Draft { district, title, items: items.collect() })
}

/// The text beside the name of a value.
fn value(sheet: &Sheet, row: u32) -> String {
    sheet.row(row).map(|row| row.cell(1).to_text()).unwrap_or_default()
}

fn draft_item(row: Row<'_>) -> Option<DraftItem> {
    let number = ItemNumber::parse(&row.cell(0).to_text())?;
    let [id, statement, evidence] = [1, 2, 3].map(|column| row.cell(column).to_text());
    Some(DraftItem { number, id, statement, evidence })
}
