//! Writes sheets the way people do.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// What a cell holds.
#[derive(Debug, Clone)]
pub(crate) enum Cell {
    /// A number as it is.
    Number(f64),
    /// A number shown with thousands separators.
    Count(f64),
    /// A number shown as dollars.
    Dollars(f64),
    /// A share, shown as a percent: 0.944 is 94.4%.
    Share(f64),
    /// A text.
    Text(String),
    /// Nothing.
    Blank,
}

/// A text cell.
pub(crate) fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// A hidden value.
pub(crate) fn masked() -> Cell {
    text("*")
}

/// A value that was not reported.
pub(crate) fn not_reported() -> Cell {
    text("NR")
}

/// Not applicable.
pub(crate) fn not_applicable() -> Cell {
    text("–")
}

/// `1,426`.
pub(crate) fn with_commas(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if number < 0 { format!("-{grouped}") } else { grouped }
}

/// The look of cells.
pub(crate) struct Styles {
    title: Format,
    note: Format,
    header: Format,
    count: Format,
    dollars: Format,
    share: Format,
}

impl Styles {
    /// The look of all workbooks.
    pub(crate) fn new() -> Self {
        let header = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            note: Format::new().set_italic(),
            header: header.set_border(FormatBorder::Thin).set_background_color(Color::RGB(0x00DD_E5EC)),
            count: Format::new().set_num_format("#,##0"),
            dollars: Format::new().set_num_format("$#,##0;($#,##0)"),
            share: Format::new().set_num_format("0.0%"),
        }
    }
}

/// A workbook whose bytes do not depend on the day when it is made.
pub(crate) fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2025, 10, 15)?.and_hms(9, 30, 0)?;
    let properties =
        DocProperties::new().set_title(title).set_author("Marlowe Department of Education (fictional)");
    workbook.set_properties(&properties.set_creation_datetime(&made));
    Ok(workbook)
}

/// A sheet that is written from the top down.
pub(crate) struct Page<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
}

impl<'a> Page<'a> {
    /// A new sheet with a title, a note and a blank row.
    pub(crate) fn new(
        workbook: &'a mut Workbook,
        styles: &'a Styles,
        name: &str,
        title: &str,
        note: &str,
    ) -> Result<Self, XlsxError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        sheet.write_with_format(0, 0, title, &styles.title)?;
        sheet.write_with_format(1, 0, note, &styles.note)?;
        sheet.set_column_width(1, 44)?;
        Ok(Self { sheet, styles, row: 3 })
    }

    /// The upper row of a header: each text with the first and last column that it covers.
    pub(crate) fn upper_header(&mut self, spans: &[(&str, u16, u16)]) -> Result<(), XlsxError> {
        for (title, first, last) in spans {
            self.sheet.merge_range(self.row, *first, self.row, *last, title, &self.styles.header)?;
        }
        self.row += 1;
        Ok(())
    }

    /// The (lower) row of a header, with the rows down to it kept in view.
    pub(crate) fn header(&mut self, names: &[Cell]) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(names) {
            match name {
                Cell::Text(name) => {
                    self.sheet.write_with_format(self.row, column, name, &self.styles.header)?
                }
                Cell::Number(name) => {
                    self.sheet.write_with_format(self.row, column, *name, &self.styles.header)?
                }
                _ => continue,
            };
        }
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, 2)?;
        Ok(())
    }

    /// A row of cells.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        for (column, cell) in (0..).zip(cells) {
            let (sheet, row, styles) = (&mut *self.sheet, self.row, self.styles);
            match cell {
                Cell::Number(number) => sheet.write(row, column, *number)?,
                Cell::Count(number) => sheet.write_with_format(row, column, *number, &styles.count)?,
                Cell::Dollars(number) => sheet.write_with_format(row, column, *number, &styles.dollars)?,
                Cell::Share(number) => sheet.write_with_format(row, column, *number, &styles.share)?,
                Cell::Text(text) => sheet.write(row, column, text)?,
                Cell::Blank => continue,
            };
        }
        self.row += 1;
        Ok(())
    }

    /// A blank row, then footnotes.
    pub(crate) fn footnotes(&mut self, notes: &[&str]) -> Result<(), XlsxError> {
        self.row += 1;
        for note in notes {
            self.sheet.write_with_format(self.row, 0, *note, &self.styles.note)?;
            self.row += 1;
        }
        Ok(())
    }
}
