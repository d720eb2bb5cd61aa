//! `swot/consensus.xlsx`: what the tables agree on, what no table keeps, and the log.

use rust_xlsxwriter::XlsxError;

use super::consensus_table::{log_row, row};
use super::look::{RoomCell, RoomLook, RoomTable};
use crate::pack::spreadsheet::{new_book, one_page_wide};
use crate::room::{ConsensusRow, MergedBallots, TableAgreement};
use crate::wording::room as wording;
use crate::wording::subject::capitalized;

/// The widths of the columns, in characters.
const WIDTHS: [f64; 19] = [
    9.0, 13.0, 48.0, 10.0, 12.0, 7.0, 8.0, 7.0, 8.0, 12.0, 34.0, 12.0, 20.0, 9.0, 20.0, 34.0, 34.0, 30.0,
    30.0,
];
const LOG_WIDTHS: [f64; 8] = [8.0, 9.0, 9.0, 10.0, 30.0, 30.0, 50.0, 40.0];
/// How many columns are printed; those after them say how it came about.
const PRINTED: u16 = 11;
/// The columns that a person may change: quadrant and statement.
const CHANGED: [usize; 2] = [1, 2];

/// The workbook.
pub(super) fn workbook(merged: &MergedBallots) -> Result<Vec<u8>, XlsxError> {
    let consensus = &merged.consensus;
    let look = RoomLook::new();
    let mut book = new_book(&wording::consensus_book(&consensus.title))?;
    let (dropped, kept): (Vec<&ConsensusRow>, Vec<&ConsensusRow>) =
        consensus.rows.iter().partition(|row| row.agreement == TableAgreement::None);
    let intro = wording::consensus_intro(consensus.most);
    let none_dropped = [wording::NONE_DROPPED.to_owned()];
    let of_dropped = if dropped.is_empty() { &none_dropped[..] } else { &[] };
    for (name, rows, intro) in
        [(wording::CONSENSUS, kept, &intro[..]), (wording::DROPPED, dropped, of_dropped)]
    {
        let cells: Vec<Vec<RoomCell>> = rows.into_iter().map(cells).collect();
        let table = RoomTable {
            name,
            title: name,
            intro,
            headings: &wording::CONSENSUS_HEADINGS,
            widths: &WIDTHS,
            rows: &cells,
            frozen: 3,
        };
        let mut sheet = table.sheet(&look)?;
        one_page_wide(&mut sheet);
        sheet.set_print_area(0, 0, table.last(), PRINTED - 1)?;
        book.push_worksheet(sheet);
    }
    let log: Vec<Vec<RoomCell>> =
        merged.log.iter().map(|entry| log_row(entry).map(RoomCell::Text).into()).collect();
    let table = RoomTable {
        name: wording::LOG,
        title: wording::LOG,
        intro: &[],
        headings: &wording::LOG_HEADINGS,
        widths: &LOG_WIDTHS,
        rows: &log,
        frozen: 0,
    };
    book.push_worksheet(table.sheet(&look)?);
    book.save_to_buffer()
}

fn cells(consensus: &ConsensusRow) -> Vec<RoomCell> {
    let texts = row(consensus).into_iter().enumerate();
    texts
        .map(|(column, text)| match text.parse::<f64>() {
            Ok(number) if (5..9).contains(&column) || column == 13 => RoomCell::Number(number),
            _ if CHANGED.contains(&column) => {
                RoomCell::Input(if column == 1 { capitalized(&text) } else { text })
            }
            _ => RoomCell::Text(text),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use calamine::{Reader, Xlsx, open_workbook_from_rs};

    use super::workbook;
    use crate::room::MergedBallots;
    use crate::wording::room as wording;

    #[test]
    fn the_book_says_that_nothing_was_dropped_and_prints_what_people_read() {
        let bytes = workbook(&MergedBallots::default()).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
        let dropped = book.worksheet_range(wording::DROPPED).unwrap();
        let texts: Vec<String> = dropped.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        assert!(texts.iter().any(|text| text == "None: at least one table kept every item."), "{texts:?}");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        archive.by_name("xl/workbook.xml").unwrap().read_to_string(&mut xml).unwrap();
        // From the item to the objections.
        assert!(xml.contains(&format!("{}!$A$1:$K$", wording::CONSENSUS)), "{xml}");
    }
}
