//! What the workbook is, what is in it, and how sure its numbers are.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::book::Book;
use super::cell::link_target;
use super::sheet::write_line;
use crate::pack::spreadsheet::{GridPlace, height, lines, one_page_wide, write_text};
use crate::wording::workbook as words;

/// The widths of the columns: names, and what they are about.
const WIDTHS: [f64; 2] = [26.0, 90.0];

pub(super) fn sheet(book: &Book<'_>, domains: &[String]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(words::START)?.set_footer(&book.footer);
    one_page_wide(&mut sheet);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let mut page = StartPage { sheet: &mut sheet, row: 0 };
    page.line(&book.pack.title, &book.styles.title)?;
    page.line(&book.pack.district.name, &book.styles.subtitle)?;
    page.sheet.set_freeze_panes(page.row, 0)?.set_repeat_rows(0, page.row - 1)?;
    page.row += 1;
    for text in intro(book) {
        page.line(&text, &book.styles.line)?;
    }
    page.heading(words::SHEETS, book)?;
    for link in links(book, domains) {
        page.link(&link, book)?;
    }
    page.heading(words::HOW_SURE, book)?;
    for text in sure(book) {
        page.line(text, &book.styles.line)?;
    }
    Ok(sheet)
}

/// A link to a sheet.
struct SheetLink {
    sheet: String,
    about: String,
}

fn intro(book: &Book<'_>) -> Vec<String> {
    let first = match book.pack.year {
        Some(year) => words::start_intro(&year.to_string()),
        None if book.pack.exhibits().next().is_some() => words::START_OF_SURVEYS.to_owned(),
        None => words::NO_YEAR.to_owned(),
    };
    vec![first, words::HOW_TO_USE.to_owned(), words::CODES.to_owned()]
}

fn sure(book: &Book<'_>) -> Vec<&'static str> {
    let mut texts = words::SURE.to_vec();
    if !book.pack.peers.are_alike() {
        texts.push(if book.pack.peers.peers.is_empty() { words::NO_PEERS } else { words::NOT_ALIKE });
    }
    texts
}

/// The other sheets, in their order.
fn links(book: &Book<'_>, domains: &[String]) -> Vec<SheetLink> {
    let before = [(words::GLANCE, words::about::GLANCE), (words::PEERS, words::about::PEERS)];
    let after = [
        (words::GROUPS, words::about::GROUPS),
        (words::SWOT, words::about::SWOT),
        (words::VOTES, words::about::VOTES),
        (words::BASELINES, words::about::BASELINES),
        (words::GLOSSARY, words::about::GLOSSARY),
        (words::ALL_VALUES, words::about::ALL_VALUES),
        (words::SOURCES, words::about::SOURCES),
        (words::WITHHELD, words::about::WITHHELD),
    ];
    let mut links: Vec<SheetLink> = before.map(fixed_link).into();
    for (name, section) in domains.iter().zip(&book.pack.sections) {
        let about = words::about_domain(section.exhibits.len(), &section.question);
        links.push(SheetLink { sheet: name.clone(), about });
    }
    links.extend(after.map(fixed_link));
    links
}

fn fixed_link(sheet: (&str, &str)) -> SheetLink {
    SheetLink { sheet: sheet.0.to_owned(), about: sheet.1.to_owned() }
}

/// The sheet while it is written.
struct StartPage<'s> {
    sheet: &'s mut Worksheet,
    /// The next row.
    row: u32,
}

impl StartPage<'_> {
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        write_line(self.sheet, self.row, text, format)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str, book: &Book<'_>) -> Result<(), XlsxError> {
        self.row += 1;
        self.line(text, &book.styles.subtitle)
    }

    fn link(&mut self, link: &SheetLink, book: &Book<'_>) -> Result<(), XlsxError> {
        let url = Url::new(link_target(&link.sheet, 0)).set_text(&link.sheet);
        self.sheet.write_url_with_format(self.row, 0, url, &book.styles.cell_link)?;
        let place = GridPlace { row: self.row, column: 1 };
        write_text(self.sheet, place, &link.about, &book.styles.text, words::cut_here)?;
        self.sheet.set_row_height(self.row, height(lines(&link.about, WIDTHS[1] - 1.0)))?;
        self.row += 1;
        Ok(())
    }
}
