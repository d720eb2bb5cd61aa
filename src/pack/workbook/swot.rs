//! The candidates, to keep, drop, move or reword, and empty rows for what the data does not show.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::book::Book;
use super::cell::BookCell;
use super::sheet::{TableSheet, columns};
use crate::domain::Quadrant;
use crate::exhibit::Exhibit;
use crate::finding::Finding;
use crate::wording::page_counts::strength;
use crate::wording::subject::capitalized;
use crate::wording::workbook as words;

/// Empty rows for items of the team.
const EMPTY: usize = 20;
/// The columns of the quadrant and of what is done with an item.
const QUADRANT: u16 = 1;
const KEEP: u16 = 4;

pub(super) fn sheet(book: &Book<'_>) -> Result<Worksheet, XlsxError> {
    let columns = columns(&[
        (words::H_NUMBER, 6.0),
        (words::H_QUADRANT, 13.0),
        (words::H_STATEMENT, 36.0),
        (words::H_OUR_WORDS, 28.0),
        (words::H_KEEP, 9.0),
        (words::H_WHO, 11.0),
        (words::H_CODE, 8.0),
        (words::H_CONFIDENCE, 11.0),
        (words::H_EVIDENCE, 22.0),
        (words::H_DOUBT, 24.0),
        (words::H_QUESTION, 24.0),
    ]);
    let all = &book.pack.findings.all;
    let shown =
        all.iter().filter(|finding| finding.is_shown).chain(all.iter().filter(|finding| !finding.is_shown));
    let mut rows: Vec<Vec<BookCell>> = shown.map(|finding| row(book, finding)).collect();
    rows.extend(std::iter::repeat_with(empty_row).take(EMPTY));
    let intro = vec![words::SWOT_INTRO.to_owned()];
    let table = TableSheet { name: words::SWOT, intro, columns, rows, frozen: 2, is_filtered: true };
    let mut sheet = book.write(&table)?;
    let keep = DataValidation::new().allow_list_strings(&words::KEEP)?;
    sheet.add_data_validation(table.first(), QUADRANT, table.last(), QUADRANT, &quadrants()?)?;
    sheet.add_data_validation(table.first(), KEEP, table.last(), KEEP, &keep)?;
    Ok(sheet)
}

/// The list of quadrants to choose from.
pub(super) fn quadrants() -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_list_strings(&Quadrant::ALL.map(quadrant))
}

fn quadrant(quadrant: Quadrant) -> String {
    capitalized(quadrant.id())
}

fn row(book: &Book<'_>, finding: &Finding) -> Vec<BookCell> {
    let mut shown_in = book.pack.exhibits().filter(|exhibit| exhibit.findings.contains(&finding.id));
    vec![
        BookCell::text(finding.number.to_string()),
        BookCell::Input(quadrant(finding.quadrant)),
        BookCell::text(&finding.statement),
        BookCell::input(),
        BookCell::input(),
        BookCell::input(),
        shown_in.next().map_or(BookCell::Blank, |exhibit: &Exhibit| book.code(&exhibit.code)),
        BookCell::text(strength(finding.confidence.id())),
        BookCell::text(&finding.evidence_line),
        BookCell::text(&finding.doubt_line),
        BookCell::text(&finding.question),
    ]
}

fn empty_row() -> Vec<BookCell> {
    let mut row = vec![BookCell::Blank];
    row.extend([const { BookCell::input() }; 5]);
    row.extend([const { BookCell::Blank }; 5]);
    row
}
