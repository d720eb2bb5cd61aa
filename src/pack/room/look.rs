//! How the cells of the room's workbooks look, and how they are written.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::pack::spreadsheet::{GridPlace, heading, height, lines, readable_pages, wrapped, write_text};
use crate::wording::workbook as words;

/// The fill of cells that people fill in.
const INPUT: Color = Color::RGB(0xFF_F8_DC);
const LINE: Color = Color::RGB(0xD5_DB_E1);
const TITLE: Color = Color::RGB(0x0B_4F_8A);
/// What the edges of a cell take of its width, in characters.
const EDGES: f64 = 2.0;

/// The formats.
pub(in crate::pack) struct RoomLook {
    pub(in crate::pack) title: Format,
    pub(in crate::pack) line: Format,
    pub(in crate::pack) heading: Format,
    /// A cell that stays as it is.
    pub(in crate::pack) text: Format,
    /// A cell to fill in.
    pub(in crate::pack) input: Format,
}

impl RoomLook {
    pub(in crate::pack) fn new() -> Self {
        let text = lined(wrapped()).set_align(FormatAlign::Left);
        Self {
            title: Format::new().set_bold().set_font_size(16.0).set_font_color(TITLE),
            line: Format::new(),
            heading: lined(heading()),
            input: text.clone().set_background_color(INPUT).set_unlocked(),
            text,
        }
    }
}

fn lined(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pack) enum RoomCell {
    /// A text that stays as it is.
    Text(String),
    /// A cell to fill in, with what it holds at first.
    Input(String),
    /// A number.
    Number(f64),
    /// An empty cell that stays so.
    Blank,
}

/// A sheet with a title, lines of text, and a table below them.
pub(in crate::pack) struct RoomTable<'a> {
    pub(in crate::pack) name: &'a str,
    pub(in crate::pack) title: &'a str,
    pub(in crate::pack) intro: &'a [String],
    pub(in crate::pack) headings: &'a [&'a str],
    /// In characters.
    pub(in crate::pack) widths: &'a [f64],
    pub(in crate::pack) rows: &'a [Vec<RoomCell>],
    /// How many columns stay in view.
    pub(in crate::pack) frozen: u16,
}

impl RoomTable<'_> {
    /// The row of the headings, from 0.
    pub(in crate::pack) const fn header(&self) -> u32 {
        self.intro.len() as u32 + 2
    }

    /// The last row of the table.
    pub(in crate::pack) fn last(&self) -> u32 {
        self.header() + self.rows.len().max(1) as u32
    }

    /// Writes the sheet.
    pub(in crate::pack) fn sheet(&self, look: &RoomLook) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(self.name)?.set_margins(0.4, 0.4, 0.4, 0.5, 0.2, 0.2);
        readable_pages(&mut sheet, self.widths, self.frozen)?;
        text(&mut sheet, GridPlace { row: 0, column: 0 }, self.title, &look.title)?;
        for (row, line) in (1..).zip(self.intro) {
            text(&mut sheet, GridPlace { row, column: 0 }, line, &look.line)?;
        }
        for (column, width) in (0..).zip(self.widths) {
            sheet.set_column_width(column, *width)?;
        }
        let header = self.header();
        for (column, title) in (0..).zip(self.headings) {
            text(&mut sheet, GridPlace { row: header, column }, title, &look.heading)?;
        }
        for (row, cells) in (header + 1..).zip(self.rows) {
            self.row(&mut sheet, row, cells, look)?;
        }
        sheet.set_freeze_panes(header + 1, self.frozen)?.set_repeat_rows(header, header)?;
        if !self.rows.is_empty() {
            sheet.autofilter(header, 0, self.last(), self.headings.len() as u16 - 1)?;
        }
        Ok(sheet)
    }

    fn row(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        cells: &[RoomCell],
        look: &RoomLook,
    ) -> Result<(), XlsxError> {
        let mut most = 1;
        for ((column, cell), width) in (0..).zip(cells).zip(self.widths) {
            let place = GridPlace { row, column };
            match cell {
                RoomCell::Text(words) => text(sheet, place, words, &look.text)?,
                RoomCell::Input(words) if words.is_empty() => {
                    sheet.write_blank(row, column, &look.input)?;
                }
                RoomCell::Input(words) => text(sheet, place, words, &look.input)?,
                RoomCell::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &look.text)?;
                }
                RoomCell::Blank => {
                    sheet.write_blank(row, column, &look.text)?;
                }
            }
            if let RoomCell::Text(words) | RoomCell::Input(words) = cell {
                most = most.max(lines(words, width - EDGES));
            }
        }
        sheet.set_row_height(row, height(most))?;
        Ok(())
    }
}

/// Writes a text that cannot run as a formula.
pub(in crate::pack) fn text(
    sheet: &mut Worksheet,
    place: GridPlace,
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    write_text(sheet, place, words, format, words::cut_here)
}
