//! Web pages, which many systems export with the extension .xls. Each table is read as a sheet.

use std::borrow::Cow;
use std::cell::Cell as Counter;
use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{IoReader, Span, Tokenizer};

use super::collector::{ReadSheets, SheetCollector};
use super::content::Content;
use super::error::ReadError;
use super::html_tables::{CellSpan, TableReader};
use super::raised::Shift;

/// The largest page that is read, in bytes: it is held in memory as a whole.
pub(super) const LARGEST: u64 = 100 << 20;
/// The longest tag or text, in bytes: it may contain an embedded picture.
const MAX_TOKEN: usize = 16 << 20;
/// The most attributes of a tag: the tokenizer recurses for each, using 8 kB of stack in an unoptimized
/// build.
const MAX_ATTRIBUTES: usize = 100;
/// Bytes passed to the tokenizer at a time: it may read attributes beyond the limit until the end of the
/// chunk.
const PIECE: usize = 64;
/// A page must declare its encoding within this many bytes.
const HEAD: usize = 2048;

/// Reads every outermost table of a page as a sheet: `Table 1`, `Table 2` … A nested table is part of its
/// cell's text.
pub(super) fn read(content: &Content, file: &str) -> Result<ReadSheets, ReadError> {
    let bytes = content.whole(LARGEST)?;
    let (text, _, _) = encoding(&bytes).decode(&bytes);
    let decoded = if matches!(text, Cow::Owned(_)) { text.len() } else { 0 };
    let sheets = read_text(&text, bytes.len() + decoded, file)?;
    if sheets.sheets.is_empty() {
        return Err(ReadError::new(
            "it is a web page without a table",
            "it may be a log-in or error page saved by mistake: get the file again, as .xlsx or .csv",
        ));
    }
    Ok(sheets)
}

/// Reads the tables of a page's text, given that `held` bytes are held along with it.
pub(super) fn read_text(text: &str, held: usize, file: &str) -> Result<ReadSheets, ReadError> {
    read_tables(text, TableReader::new(file, SheetCollector::holding(held)))
}

fn read_tables(text: &str, mut tables: TableReader<'_>) -> Result<ReadSheets, ReadError> {
    let token = TokenSize::default();
    let mut tag = StartTag::default();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        token.count(&event);
        take_event(&mut tables, &mut tag, event).err()
    });
    let pieces = IoReader::new_with_buffer_size::<PIECE>(Pieces { rest: text.as_bytes(), token: &token });
    // The tokenizer only returns what stopped it: an error from the tables or from the chunks.
    if let Some(stopped) = Tokenizer::new_with_emitter(pieces, emitter).next() {
        return Err(stopped.unwrap_or_else(|_| token.error()));
    }
    tables.finish()
}

fn take_event(
    tables: &mut TableReader<'_>,
    tag: &mut StartTag,
    event: CallbackEvent<'_>,
) -> Result<(), ReadError> {
    match event {
        CallbackEvent::OpenStartTag { name } => *tag = StartTag::new(name),
        CallbackEvent::AttributeName { name } => name.clone_into(&mut tag.attribute),
        CallbackEvent::AttributeValue { value } => tag.set_attribute(value),
        CallbackEvent::CloseStartTag { .. } => tables.open_tag(&tag.name, tag.span(), tag.shift)?,
        CallbackEvent::EndTag { name } => tables.close_tag(name)?,
        CallbackEvent::String { value } => tables.push_text(&String::from_utf8_lossy(value)),
        CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
    }
    Ok(())
}

/// The encoding by byte-order mark or `charset=`; otherwise UTF-8 if the bytes are valid, else Windows-1252.
fn encoding(bytes: &[u8]) -> &'static Encoding {
    if str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    match declared_charset(bytes) {
        Some(label) => Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252),
        None => WINDOWS_1252,
    }
}

/// The text after `charset=` near the start of a page.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let (_, rest) = head.split_once("charset=")?;
    let rest = rest.trim_start_matches(['"', '\'']);
    let label = rest.split(['"', '\'', ';', '>', ' ', '/']).next()?;
    Some(label.to_owned())
}

/// How much of the current tag or text has been read.
#[derive(Default)]
struct TokenSize {
    bytes: Counter<usize>,
    attributes: Counter<usize>,
}

impl TokenSize {
    fn count(&self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::AttributeName { .. } => self.attributes.set(self.attributes.get() + 1),
            CallbackEvent::AttributeValue { .. } | CallbackEvent::Error(_) => {}
            _ => {
                self.bytes.set(0);
                self.attributes.set(0);
            }
        }
    }

    fn is_within_limits(&self) -> bool {
        self.bytes.get() <= MAX_TOKEN && self.attributes.get() <= MAX_ATTRIBUTES
    }

    /// The limit that has been exceeded, as an error.
    fn error(&self) -> ReadError {
        let what = match self.attributes.get() > MAX_ATTRIBUTES {
            true => format!("a tag with more than {MAX_ATTRIBUTES} attributes"),
            false => format!("a tag or text of more than {} MB", MAX_TOKEN >> 20),
        };
        ReadError::new(format!("it contains {what}"), "save the table itself, as .xlsx or .csv")
    }
}

/// Supplies a page chunk by chunk, as long as the current tag or text is within the limits.
struct Pieces<'a> {
    rest: &'a [u8],
    token: &'a TokenSize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.token.is_within_limits() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.rest.read(into)?;
        self.token.bytes.set(self.token.bytes.get() + read);
        Ok(read)
    }
}

/// A start tag, as far as it has been read.
#[derive(Default)]
struct StartTag {
    name: Vec<u8>,
    /// The name of the current attribute.
    attribute: Vec<u8>,
    rows: Option<u32>,
    columns: Option<u32>,
    /// Where its text is relative to the baseline, if the tag says so.
    shift: Option<Shift>,
}

impl StartTag {
    fn new(name: &[u8]) -> Self {
        let shift = match name {
            b"sup" => Some(Shift::Raised),
            b"sub" => Some(Shift::Lowered),
            _ => None,
        };
        Self { name: name.to_vec(), shift, ..Self::default() }
    }

    /// Sets the value of the current attribute. If two have the same name, the first counts.
    fn set_attribute(&mut self, value: &[u8]) {
        let count = match &self.attribute[..] {
            b"rowspan" => &mut self.rows,
            b"colspan" => &mut self.columns,
            b"style" if matches!(&self.name[..], b"span" | b"font" | b"a" | b"small") => {
                self.shift = self.shift.or_else(|| shift_by_style(value));
                return;
            }
            _ => return,
        };
        let number = String::from_utf8_lossy(value).trim().parse().unwrap_or(1);
        count.get_or_insert(number);
    }

    fn span(&self) -> CellSpan {
        CellSpan::new(self.rows.unwrap_or(1), self.columns.unwrap_or(1))
    }
}

/// How an inline style such as `vertical-align: super` moves text off the baseline.
fn shift_by_style(style: &[u8]) -> Option<Shift> {
    let style = String::from_utf8_lossy(style).to_lowercase();
    let (_, align) = style.split_once("vertical-align")?;
    match align.trim_start_matches([':', ' ']) {
        align if align.starts_with("super") => Some(Shift::Raised),
        align if align.starts_with("sub") => Some(Shift::Lowered),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Merged;
    use crate::content::Content;

    #[test]
    fn cells_are_where_the_page_shows_them() {
        let page = "<html><head><style>td {color: red}</style></head><body><p>Report</p><table>\
            <tr><th rowspan=2>District<th colspan='2'>Enrollment</tr>\
            <tr><th>2022-23</th><th>2023&#45;24</th></tr>\
            <tr><td>R&amp;D<br>ISD</td><td>1,204</td><td> <b>*</b> </td></tr></table></body></html>";
        let sheets = read(&Content::of_bytes(page.into()), "export.xls").unwrap();
        let cells: Vec<(u32, u32, String)> = sheets.sheets[0]
            .rows()
            .flat_map(|r| r.cells().map(move |(c, v)| (r.number, c, v.to_text())).collect::<Vec<_>>())
            .collect();
        let at = |row, column, text: &str| (row, column, text.to_owned());
        let expected = [
            at(0, 0, "District"),
            at(0, 1, "Enrollment"),
            at(1, 1, "2022-23"),
            at(1, 2, "2023-24"),
            at(2, 0, "R&D ISD"),
            at(2, 1, "1,204"),
            at(2, 2, "*"),
        ];
        assert_eq!(cells, expected);
        let header = Merged { first_row: 0, first_column: 1, last_row: 0, last_column: 2 };
        assert!(sheets.sheets[0].merged().contains(&header));
    }

    #[test]
    fn a_tag_of_thousands_of_attributes_is_refused_before_the_stack_ends() {
        for tag in ["<p {}>", "</p {}>", "<td {}", "<!doctype {}>"] {
            for attribute in [" a=\"1\"", " a='1'", " a=1", " a", "/a=\"1\"", " =\"1\"", " a=\"&amp;\""] {
                let tag = tag.replace("{}", &attribute.repeat(300_000));
                let page = format!("<html><table><tr><td>1{tag}</td></tr></table>");
                // A smaller stack than that of any thread the program creates.
                let small = std::thread::Builder::new().stack_size(1 << 20);
                let read = small.spawn(move || {
                    read(&Content::of_bytes(page.into_bytes()), "t.xls").map(|s| s.sheets.len())
                });
                let read = read.unwrap().join().unwrap();
                assert!(read.is_ok() || read.unwrap_err().reason.contains("attributes"), "{attribute}");
            }
        }
        let within =
            format!("<html><table><tr><td {} colspan=2 colspan=3>1<td>2</table>", "a=\"1\" ".repeat(90));
        let sheets = read(&Content::of_bytes(within.into_bytes()), "t.xls").unwrap();
        let columns: Vec<u32> = sheets.sheets[0].rows().flat_map(|r| r.cells().map(|(c, _)| c)).collect();
        assert_eq!(columns, [0, 2]);
    }

    #[test]
    fn raised_marks_are_not_part_of_a_number() {
        let page = "<table><tr><td>784<sup>1</sup><td>83.7<a href='#n'><sup> 2 </sup></a><td><sup>784</sup>\
            <td>5<span style='font-size:8pt;vertical-align: super'>b</span><td>6<sup>1</td><td>7\
            <td>3<sup>rd</sup> Grade<td>x<sub>2</sub></table>";
        let sheets = read(&Content::of_bytes(page.into()), "t.xls").unwrap();
        let row = sheets.sheets[0].row(0).unwrap();
        let texts: Vec<String> = row.cells().map(|(_, cell)| cell.to_text()).collect();
        assert_eq!(texts, ["784¹", "83.7²", "784", "5ᵇ", "6¹", "7", "3rd Grade", "x₂"]);
    }

    #[test]
    fn a_page_without_a_table_is_refused() {
        let refused = read(&Content::of_bytes(b"<html>Please log in</html>".to_vec()), "t.xls").unwrap_err();
        assert!(refused.reason.contains("without a table"));
    }
}
