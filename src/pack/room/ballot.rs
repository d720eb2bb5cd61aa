//! `swot/ballot.xlsx`: a sheet a table, with the items to keep, change, or move, and rows for the table's own.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use super::look::{RoomCell, RoomLook, RoomTable, text};
use crate::domain::Quadrant;
use crate::exhibit::Pack;
use crate::pack::out_file::OutFile;
use crate::pack::spreadsheet::{GridPlace, new_book, readable_pages};
use crate::room::{Draft, DraftItem, KEY_FORMAT, KEY_SHEET, TableLabel, added_label};
use crate::wording::room::{self as wording, CellPrompt};
use crate::wording::subject::capitalized;

/// The name of the file.
pub const FILE: &str = "swot/ballot.xlsx";
/// The widths of the columns, in characters; the last one is hidden, and so wide that it makes no row higher.
const WIDTHS: [f64; 11] = [8.0, 13.0, 44.0, 32.0, 10.0, 13.0, 36.0, 8.0, 30.0, 30.0, 80.0];
/// The columns of the lists to choose from, and of the hidden key.
const QUADRANT: u16 = 1;
const KEEP: u16 = 4;
const MOVE_TO: u16 = 5;
const DOTS: u16 = 7;
const KEY: u16 = 10;
/// The most dots that a table may write.
const MOST_DOTS: i32 = 10_000;
/// The most tables that have a sheet.
const MOST_TABLES: u32 = 100;
/// What a cell of a key says of its format.
const VERSION: f64 = 1.0;

/// The ballots of all tables.
pub(in crate::pack) fn out_file(pack: &Pack) -> OutFile<'_> {
    OutFile::new(FILE, move |out| Ok(out.write_all(&ballots(pack)?)?))
}

fn ballots(pack: &Pack) -> Result<Vec<u8>, XlsxError> {
    let draft = Draft::of(&pack.title, &pack.district.shown_id, &pack.findings);
    let mut book = new_book(&wording::ballot_book(&pack.title, &pack.district.name))?;
    let look = RoomLook::new();
    for table in 1..=pack.day.tables.clamp(1, MOST_TABLES) {
        book.push_worksheet(table_sheet(pack, &draft, table, &look)?);
    }
    add_key(&mut book, &draft)?;
    book.save_to_buffer()
}

fn table_sheet(pack: &Pack, draft: &Draft, table: u32, look: &RoomLook) -> Result<Worksheet, XlsxError> {
    let intro = [
        wording::BALLOT_INTRO[0].to_owned(),
        wording::BALLOT_INTRO[1].to_owned(),
        wording::dots_rule(pack.room.dots, pack.room.dots_on_one_item),
        wording::H_TABLE.to_owned(),
        wording::H_PEOPLE.to_owned(),
    ];
    let mut rows: Vec<Vec<RoomCell>> = draft.items.iter().map(item_row).collect();
    rows.extend((1..=pack.room.own_rows).map(|place| own_row(table, place)));
    let shown = RoomTable {
        name: &wording::table(table),
        title: &wording::ballot_title(table),
        intro: &intro,
        headings: &wording::BALLOT_HEADINGS,
        widths: &WIDTHS,
        rows: &rows,
        frozen: 3,
    };
    let mut sheet = shown.sheet(look)?;
    let [of_table, of_people] =
        [shown.header() - 3, shown.header() - 2].map(|row| GridPlace { row, column: 2 });
    text(&mut sheet, of_table, &table.to_string(), &look.input)?;
    sheet.write_blank(of_people.row, of_people.column, &look.input)?;
    add_choices(&mut sheet, shown.header() + 1, shown.last(), draft.items.len() as u32)?;
    sheet.set_column_hidden(KEY)?;
    readable_pages(&mut sheet, &WIDTHS[..usize::from(KEY)], shown.frozen)?;
    protect(&mut sheet);
    Ok(sheet)
}

fn item_row(item: &DraftItem) -> Vec<RoomCell> {
    let mut row = vec![
        RoomCell::Text(item.number.to_string()),
        RoomCell::Text(capitalized(item.number.quadrant.id())),
        RoomCell::Text(item.statement.clone()),
        RoomCell::Text(item.evidence.clone()),
    ];
    row.extend(std::iter::repeat_n(RoomCell::Input(String::new()), 6));
    row.push(RoomCell::Text(item.id.clone()));
    row
}

/// An empty row for an item of the table, with its number.
fn own_row(table: u32, place: u32) -> Vec<RoomCell> {
    let mut row = vec![RoomCell::Text(added_label(&TableLabel::Number(table), place))];
    row.extend(std::iter::repeat_n(RoomCell::Input(String::new()), 9));
    row.push(RoomCell::Blank);
    row
}

/// The lists to choose from. A cell also takes another text ("yes, but …"), after a warning.
fn add_choices(sheet: &mut Worksheet, first: u32, last: u32, items: u32) -> Result<(), XlsxError> {
    let quadrants =
        DataValidation::new().allow_list_strings(&Quadrant::ALL.map(|one| capitalized(one.id())))?;
    let quadrants = quadrants.set_error_style(DataValidationErrorStyle::Warning);
    let keep = DataValidation::new().allow_list_strings(&wording::KEEP)?;
    let keep = keep.set_error_style(DataValidationErrorStyle::Warning);
    let dots = DataValidation::new()
        .allow_whole_number(DataValidationRule::Between(0, MOST_DOTS))
        .set_error_title(wording::DOTS_TITLE)?
        .set_error_message(wording::DOTS_HELP)?;
    if first + items <= last {
        let own = prompted(quadrants.clone(), &wording::OWN_QUADRANT_PROMPT)?;
        sheet.add_data_validation(first + items, QUADRANT, last, QUADRANT, &own)?;
    }
    for (column, choice, prompt) in [
        (KEEP, keep, wording::KEEP_PROMPT),
        (MOVE_TO, quadrants, wording::MOVE_PROMPT),
        (DOTS, dots, wording::DOTS_PROMPT),
    ] {
        sheet.add_data_validation(first, column, last, column, &prompted(choice, &prompt)?)?;
    }
    Ok(())
}

/// A choice with what is said at its cells: colors alone do not say it.
fn prompted(choice: DataValidation, prompt: &CellPrompt) -> Result<DataValidation, XlsxError> {
    choice.set_input_title(prompt.title)?.set_input_message(prompt.text)
}

/// Locks what the program wrote, without a password: it is a guard against slips, not a wall.
fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
}

/// The hidden sheet that says which draft the ballots are from.
fn add_key(book: &mut Workbook, draft: &Draft) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(KEY_SHEET)?;
    sheet.set_hidden(true);
    let plain = Format::new();
    let head = [KEY_FORMAT, "district", "title", "build"];
    for (row, words) in (0..).zip(head) {
        text(sheet, GridPlace { row, column: 0 }, words, &plain)?;
    }
    sheet.write_number(0, 1, VERSION)?;
    for (row, words) in (1..).zip([&draft.district, &draft.title, &draft.build()]) {
        text(sheet, GridPlace { row, column: 1 }, words, &plain)?;
    }
    for (row, item) in (head.len() as u32..).zip(&draft.items) {
        let number = item.number.to_string();
        for (column, words) in (0..).zip([&number, &item.id, &item.statement, &item.evidence]) {
            text(sheet, GridPlace { row, column }, words, &plain)?;
        }
    }
    Ok(())
}
