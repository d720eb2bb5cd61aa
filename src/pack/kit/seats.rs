//! `kit/tables.xlsx`: who sits where, by table and by name.

use rust_xlsxwriter::XlsxError;

use crate::exhibit::Pack;
use crate::pack::room::{RoomCell, RoomLook, RoomTable};
use crate::pack::spreadsheet::new_book;
use crate::room::Seat;
use crate::wording::kit as wording;

const WIDTHS: [f64; 3] = [10.0, 36.0, 30.0];

pub(super) fn workbook(pack: &Pack) -> Result<Vec<u8>, XlsxError> {
    let mut book = new_book(&wording::title(&pack.title, wording::BY_TABLE))?;
    let look = RoomLook::new();
    let by_table: Vec<&Seat> = pack.seats.iter().collect();
    let mut by_name = by_table.clone();
    by_name.sort_by_key(|seat| (seat.name.to_lowercase(), seat.table));
    for (name, seats) in [(wording::BY_TABLE, by_table), (wording::BY_NAME, by_name)] {
        let rows: Vec<Vec<RoomCell>> = seats.into_iter().map(row).collect();
        let table = RoomTable {
            name,
            title: name,
            intro: &[],
            headings: &wording::SEAT_HEADINGS,
            widths: &WIDTHS,
            rows: &rows,
            frozen: 0,
        };
        book.push_worksheet(table.sheet(&look)?);
    }
    book.save_to_buffer()
}

fn row(seat: &Seat) -> Vec<RoomCell> {
    vec![
        RoomCell::Input(seat.table.to_string()),
        RoomCell::Text(seat.name.clone()),
        RoomCell::Text(seat.role.clone()),
    ]
}
