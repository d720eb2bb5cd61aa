//! The sheet of a domain: a block for each exhibit, one printed page wide.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::block::BlockPage;
use super::book::Book;
use super::cell::link_target;
use super::sheet::write_line;
use crate::exhibit::Section;
use crate::pack::spreadsheet::one_page_wide;

/// The sheet of a domain, and where its exhibits are.
pub(super) struct DomainBlocks {
    pub(super) sheet: Worksheet,
    /// The target of a link to each exhibit, by its code.
    pub(super) exhibits: BTreeMap<String, String>,
}

pub(super) fn sheet(book: &Book<'_>, section: &Section, name: &str) -> Result<DomainBlocks, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?.set_footer(&book.footer).set_margins(0.4, 0.4, 0.4, 0.5, 0.2, 0.2);
    one_page_wide(&mut sheet);
    write_line(&mut sheet, 0, &section.label, &book.styles.title)?;
    sheet.set_row_height(0, 24.0)?;
    write_line(&mut sheet, 1, &section.question, &book.styles.quiet)?;
    sheet.set_freeze_panes(2, 0)?.set_repeat_rows(0, 1)?;
    let mut page = BlockPage::new(&mut sheet, &book.styles, name, section);
    let mut exhibits = BTreeMap::new();
    for exhibit in &section.exhibits {
        let row = page.write(exhibit)?;
        exhibits.entry(exhibit.code.clone()).or_insert_with(|| link_target(name, row));
    }
    page.end()?;
    Ok(DomainBlocks { sheet, exhibits })
}
