//! What all workbooks of this program share: properties without a clock, texts that never run as formulas, and rows high enough
//! for their texts.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::csv_text::runs;

/// A workbook with this title, and without the current date: the same input must give the same bytes.
pub(super) fn new_book(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    Ok(book)
}

/// Prints a sheet in landscape, one page wide.
pub(super) fn one_page_wide(sheet: &mut Worksheet) {
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
}

/// How wide a printed page may be, in characters, so that its type is at least 7 points.
const PAGE_WIDTH: f64 = 220.0;
/// The room between two columns, in characters.
const BETWEEN: f64 = 0.7;

/// Prints a sheet with columns of these widths, in characters, in landscape: one page wide, or wider if the type would be too
/// small to read. Each page then repeats the first columns that stay in view, unless they take more than half of it.
pub(super) fn readable_pages(sheet: &mut Worksheet, widths: &[f64], frozen: u16) -> Result<(), XlsxError> {
    one_page_wide(sheet);
    let all = printed_width(widths);
    if all <= PAGE_WIDTH {
        return Ok(());
    }
    let frozen = widths.len().min(usize::from(frozen));
    let repeated = (0..=frozen).rev().find(|count| printed_width(&widths[..*count]) <= PAGE_WIDTH / 2.0);
    let repeated = repeated.unwrap_or_default();
    let on_each = printed_width(&widths[..repeated]);
    let pages = ((all - on_each) / (PAGE_WIDTH - on_each)).ceil();
    sheet.set_print_fit_to_pages(pages as u16, 0).set_page_order(true);
    if repeated > 0 {
        sheet.set_repeat_columns(0, repeated as u16 - 1)?;
    }
    Ok(())
}

fn printed_width(widths: &[f64]) -> f64 {
    widths.iter().map(|width| width + BETWEEN).sum()
}

/// The format of headings.
pub(super) fn heading() -> Format {
    Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0xE8_F0_F5))
}

/// The format of texts that may take several lines.
pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// A cell's place in its sheet, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GridPlace {
    pub(super) row: u32,
    pub(super) column: u16,
}

/// Writes a text. It cannot become a formula, even if somebody edits the cell; `cut_here` is the remark on one that is too long
/// for a cell.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    place: GridPlace,
    text: &str,
    format: &Format,
    cut_here: fn(usize) -> String,
) -> Result<(), XlsxError> {
    let (GridPlace { row, column }, text) = (place, cut(text, cut_here));
    if runs(&text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Height of a line of text, and of the tallest row, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;

/// The most characters that a cell may hold.
const LONGEST: usize = 32_767;

/// A text that fits into a cell; if too long, it is cut and gets a remark on how many characters are missing.
fn cut(text: &str, cut_here: fn(usize) -> String) -> Cow<'_, str> {
    // Excel counts in UTF-16.
    let all = text.encode_utf16().count();
    if all <= LONGEST {
        return text.into();
    }
    // Leaves room for the remark, whatever its number.
    let room = LONGEST - 100;
    let (mut start, mut used) = (String::new(), 0);
    for letter in text.chars() {
        used += letter.len_utf16();
        if used > room {
            break;
        }
        start.push(letter);
    }
    let missing = text.chars().count() - start.chars().count();
    (start + &cut_here(missing)).into()
}

/// The height of a row with this many lines of text, in points.
pub(super) fn height(lines: usize) -> f64 {
    (LINE * lines.max(1) as f64).min(HIGHEST)
}

/// How wide a letter is in the usual fonts of spreadsheets, in digits, by which they measure columns.
fn letter_width(letter: char) -> f64 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 0.5,
        'f' | 'r' | 't' | '-' | '(' | ')' | '/' | '·' | '“' | '”' | '"' => 0.7,
        'm' | 'w' | 'M' | 'W' | '—' | '%' | '@' => 1.65,
        // Letters of the East, as wide as high.
        '\u{2e80}'.. => 2.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 0.88,
        letter if letter.is_uppercase() => 1.15,
        _ => 1.02,
    }
}

fn text_width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

/// The lines that a text takes in a column that is `width` digits wide. Words longer than a line are broken.
pub(super) fn broken_lines(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    for word in text.split_whitespace() {
        if !line.is_empty() {
            if used + letter_width(' ') + text_width(word) > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            } else {
                line.push(' ');
                used += letter_width(' ');
            }
        }
        for letter in word.chars() {
            let wide = letter_width(letter);
            if !line.is_empty() && used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(letter);
            used += wide;
        }
    }
    lines.push(line);
    lines
}

/// How many lines a text takes in a column that is `width` digits wide.
pub(super) fn lines(text: &str, width: f64) -> usize {
    if text.is_empty() { 1 } else { broken_lines(text, width).len() }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use rust_xlsxwriter::Workbook;

    use super::{GridPlace, LONGEST, broken_lines, cut, lines, readable_pages, wrapped, write_text};

    /// How many pages wide a sheet prints, and what its file says of the columns that each page repeats.
    fn printed(widths: &[f64], frozen: u16) -> [String; 2] {
        let mut book = Workbook::new();
        readable_pages(book.add_worksheet(), widths, frozen).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
        [("xl/worksheets/sheet1.xml", "<pageSetup", ">"), ("xl/workbook.xml", "Print_Titles", "</")].map(
            |(name, from, to)| {
                let mut xml = String::new();
                archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
                let rest = xml.split_once(from).map(|(_, rest)| rest).unwrap_or_default();
                rest.split(to).next().unwrap_or_default().to_owned()
            },
        )
    }

    #[test]
    fn a_sheet_is_printed_as_wide_as_its_type_needs() {
        let [narrow, none] = printed(&[20.0; 9], 2);
        assert!(narrow.contains("fitToHeight=\"0\"") && !narrow.contains("fitToWidth"), "{narrow}");
        assert_eq!(none, "");
        // Each page has the first column.
        let [wide, titles] = printed(&[40.0, 60.0, 60.0, 60.0, 60.0, 60.0], 1);
        assert!(wide.contains("fitToWidth=\"2\""), "{wide}");
        assert!(titles.contains("$A:$A"), "{titles}");
        // First columns that leave too little room for others are not repeated.
        let [_, titles] = printed(&[40.0, 90.0, 90.0, 90.0], 2);
        assert!(titles.contains("$A:$A"), "{titles}");
        assert_eq!(printed(&[150.0, 100.0], 1)[1], "");
    }

    fn remark(missing: usize) -> String {
        format!(" ({missing} more)")
    }

    #[test]
    fn a_text_too_long_for_a_cell_is_cut_and_says_so() {
        assert_eq!(cut("short", remark), "short");
        let fits = "é".repeat(LONGEST);
        assert_eq!(cut(&fits, remark), fits);
        for letter in ["é", "𝄞"] {
            let long = letter.repeat(LONGEST + 1);
            let shown = cut(&long, remark);
            assert!(shown.encode_utf16().count() <= LONGEST);
            assert!(shown.ends_with(" more)"));
            let mut book = Workbook::new();
            write_text(book.add_worksheet(), GridPlace { row: 0, column: 0 }, &long, &wrapped(), remark)
                .unwrap();
            book.save_to_buffer().unwrap();
        }
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text_needs() {
        for (text, width, wanted) in [
            ("", 10.0, 1),
            ("short", 10.0, 1),
            ("two words more", 10.0, 2),
            ("averyveryverylongword", 10.0, 2),
            ("a bb ccc", 4.0, 2),
            ("iiiiiiiiii", 6.0, 1),
            ("WWWWWWWWWW", 10.0, 2),
            ("東京都教育委員会", 10.0, 2),
        ] {
            assert_eq!(lines(text, width), wanted, "{text:?}");
        }
        assert_eq!(broken_lines("two words more", 10.0), ["two words", "more"]);
    }
}
