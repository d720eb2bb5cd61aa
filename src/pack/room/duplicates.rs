//! `swot/duplicates.xlsx`: pairs of items that may be one, for a person to say yes or no.

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::look::{RoomCell, RoomLook, RoomTable};
use crate::pack::spreadsheet::new_book;
use crate::room::{Consensus, SimilarPair};
use crate::wording::room as wording;

const WIDTHS: [f64; 6] = [9.0, 10.0, 50.0, 10.0, 50.0, 10.0];

/// The workbook with these pairs.
pub(super) fn workbook(pairs: &[&SimilarPair], consensus: &Consensus) -> Result<Vec<u8>, XlsxError> {
    let look = RoomLook::new();
    let mut book = new_book(&wording::consensus_book(&consensus.title))?;
    let intro = wording::DUPLICATES_INTRO.map(str::to_owned);
    let rows: Vec<Vec<RoomCell>> = pairs.iter().map(|similar| row(similar, consensus)).collect();
    let table = RoomTable {
        name: wording::DUPLICATES,
        title: wording::DUPLICATES,
        intro: &intro,
        headings: &wording::PAIR_HEADINGS,
        widths: &WIDTHS,
        rows: &rows,
        frozen: 1,
    };
    let mut sheet = table.sheet(&look)?;
    let answers = DataValidation::new().allow_list_strings(&[wording::KEEP[0], wording::KEEP[1]])?;
    sheet.add_data_validation(table.header() + 1, 0, table.last(), 0, &answers)?;
    book.push_worksheet(sheet);
    book.save_to_buffer()
}

fn row(similar: &SimilarPair, consensus: &Consensus) -> Vec<RoomCell> {
    let pair = &similar.pair;
    vec![
        RoomCell::Input(String::new()),
        RoomCell::Text(pair.first.clone()),
        RoomCell::Text(words(consensus, &pair.first)),
        RoomCell::Text(pair.second.clone()),
        RoomCell::Text(words(consensus, &pair.second)),
        RoomCell::Text(wording::alike((similar.alike * 100.0).round() as u32)),
    ]
}

/// What an item says.
fn words(consensus: &Consensus, item: &str) -> String {
    let found = consensus.statements.iter().find(|known| known.item == item);
    found.map(|known| known.statement.clone()).unwrap_or_default()
}
