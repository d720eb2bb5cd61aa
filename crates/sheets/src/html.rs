//! Tables of a web page: what many student information systems call an .xls file.

use std::cell::Cell as Counter;
use std::io::{self, Read};

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{IoReader, Span, Tokenizer};

use super::content::Content;
use super::place::Place;
use super::room::{COLUMNS, Room, Sheets, beyond_the_grid};
use super::sheet::Merged;
use super::{Cell, Refusal, SheetBuilder};

/// Web pages are read whole, up to this size.
const LARGEST: u64 = 100 << 20;
/// Bytes of one tag or text: a picture may stand in one.
const TOKEN: usize = 16 << 20;
/// Columns that cells cover or are moved past, all rows together.
const COVERED: u64 = 500_000_000;

/// Attributes of one tag: the tokenizer calls itself for each, in a program that is not optimised on 8 kB of stack.
const ATTRIBUTES: usize = 100;
/// Bytes that the tokenizer is given at a time, and with them the attributes that it reads beyond these.
const PIECE: usize = 64;

/// Reads every outermost table of a page as a sheet: `Table 1`, `Table 2` … A table within a table is part of
/// its cell's text.
pub(super) fn read(content: &Content, file: &str) -> Result<Sheets, Refusal> {
    let bytes = content.whole(LARGEST)?;
    let encoding = declared_encoding(&bytes);
    let (text, _, _) = encoding.decode(&bytes);
    let decoded = if matches!(text, std::borrow::Cow::Owned(_)) { text.len() } else { 0 };
    let mut page = Page { file, room: Room::beside(bytes.len() + decoded), ..Page::default() };
    let token = UnderWay::default();
    let mut tag = Tag::default();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        token.count(&event);
        page.take(&mut tag, event).err()
    });
    let pieces = IoReader::new_with_buffer_size::<PIECE>(Pieces { rest: text.as_bytes(), token: &token });
    // All that it gives is what keeps it from going on.
    if let Some(refused) = Tokenizer::new_with_emitter(pieces, emitter).next() {
        return Err(refused.unwrap_or_else(|_| token.refusal()));
    }
    // A page that ends within a table closes it, however deep.
    page.depth = page.depth.min(1);
    page.close(b"table")?;
    let sheets = page.room.into_sheets()?;
    if sheets.read.is_empty() {
        return Err(Refusal::new(
            "it is a web page without a table",
            "it may be a log-in or error page saved by mistake: get the file again, as .xlsx or .csv",
        ));
    }
    Ok(sheets)
}

/// The tag or text that is being read.
#[derive(Default)]
struct UnderWay {
    bytes: Counter<usize>,
    attributes: Counter<usize>,
}

impl UnderWay {
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

    fn is_within_bounds(&self) -> bool {
        self.bytes.get() <= TOKEN && self.attributes.get() <= ATTRIBUTES
    }

    fn refusal(&self) -> Refusal {
        let what = match self.attributes.get() > ATTRIBUTES {
            true => format!("a tag with more than {ATTRIBUTES} attributes"),
            false => format!("a tag or text of more than {} MB", TOKEN >> 20),
        };
        Refusal::new(format!("it holds {what}"), "save the table itself, as .xlsx or .csv")
    }
}

/// Hands out a page piece by piece, as long as the tag or text under way keeps within bounds.
struct Pieces<'a> {
    rest: &'a [u8],
    token: &'a UnderWay,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.token.is_within_bounds() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.rest.read(into)?;
        self.token.bytes.set(self.token.bytes.get() + read);
        Ok(read)
    }
}

/// A start tag, as far as it has been read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    rows: Option<u32>,
    columns: Option<u32>,
}

impl Tag {
    /// Takes the value of the attribute under way. Of two of one name, the first counts.
    fn value(&mut self, value: &[u8]) {
        let count = match &self.attribute[..] {
            b"rowspan" => &mut self.rows,
            b"colspan" => &mut self.columns,
            _ => return,
        };
        let number = String::from_utf8_lossy(value).trim().parse().unwrap_or(1);
        count.get_or_insert(number);
    }

    fn span(&self) -> (u32, u32) {
        (self.rows.unwrap_or(1).clamp(1, COLUMNS), self.columns.unwrap_or(1).clamp(1, COLUMNS))
    }
}

/// The encoding by byte-order mark or `charset=`, else UTF-8 where the bytes are it, else Windows-1252.
fn declared_encoding(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let declared = head.split_once("charset=").map(|(_, rest)| {
        rest.trim_start_matches(['"', '\''])
            .split(['"', '\'', ';', '>', ' ', '/'])
            .next()
            .unwrap_or("")
            .to_owned()
    });
    let utf8 = std::str::from_utf8(bytes).is_ok();
    match declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())) {
        Some(encoding) if !utf8 => encoding,
        None if !utf8 => encoding_rs::WINDOWS_1252,
        _ => encoding_rs::UTF_8,
    }
}

#[derive(Default)]
struct Page<'a> {
    file: &'a str,
    room: Room,
    builder: Option<SheetBuilder>,
    tables: u32,
    depth: u32,
    row: u32,
    rows: u32,
    column: u32,
    /// For each column: the row from which on it is free again.
    taken: Vec<u32>,
    covered: u64,
    cell: Option<(String, u32, u32)>,
    /// Within a script or style, whose text nobody sees.
    unseen: bool,
}

impl Page<'_> {
    fn take(&mut self, tag: &mut Tag, event: CallbackEvent<'_>) -> Result<(), Refusal> {
        match event {
            CallbackEvent::OpenStartTag { name } => *tag = Tag { name: name.to_vec(), ..Tag::default() },
            CallbackEvent::AttributeName { name } => name.clone_into(&mut tag.attribute),
            CallbackEvent::AttributeValue { value } => tag.value(value),
            CallbackEvent::CloseStartTag { .. } => self.open(&tag.name, tag.span())?,
            CallbackEvent::EndTag { name } => self.close(name)?,
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, name: &[u8], (rows, columns): (u32, u32)) -> Result<(), Refusal> {
        match name {
            b"table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.tables += 1;
                    let name = format!("Table {}", self.tables);
                    self.builder = Some(SheetBuilder::new(Place::sheet(self.file, Some(&name)), false));
                    (self.rows, self.taken) = (0, Vec::new());
                }
            }
            b"tr" if self.depth == 1 => {
                self.close_cell()?;
                (self.row, self.column) = (self.rows, 0);
                self.rows += 1;
            }
            b"td" | b"th" if self.depth == 1 => {
                self.close_cell()?;
                self.cell = Some((String::new(), rows, columns));
            }
            b"br" | b"p" | b"div" => self.text(" "),
            b"script" | b"style" => self.unseen = true,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &[u8]) -> Result<(), Refusal> {
        match name {
            b"td" | b"th" | b"tr" if self.depth == 1 => self.close_cell()?,
            b"table" if self.depth <= 1 => {
                self.close_cell()?;
                self.depth = 0;
                if let Some(builder) = self.builder.take() {
                    self.room.finish(builder)?;
                }
            }
            b"table" => self.depth -= 1,
            b"script" | b"style" => self.unseen = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some((cell, ..)) = self.cell.as_mut().filter(|_| !self.unseen) {
            cell.push_str(text);
        }
    }

    fn close_cell(&mut self) -> Result<(), Refusal> {
        let (Some((text, rows, columns)), Some(builder)) = (self.cell.take(), &mut self.builder) else {
            return Ok(());
        };
        let free =
            |taken: &[u32], column: u32| taken.get(column as usize).is_none_or(|until| *until <= self.row);
        let from = self.column;
        while !free(&self.taken, self.column) {
            self.column += 1;
        }
        self.room.check(builder)?;
        self.covered += u64::from(self.column + columns - from);
        if self.column + columns > COLUMNS || self.covered > COVERED {
            return Err(beyond_the_grid());
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        builder.push_cell(self.row, self.column, Cell::Text(&words));
        if rows > 1 || columns > 1 {
            let last_row = self.row + rows - 1;
            let last_column = self.column + columns - 1;
            let region = Merged { first_row: self.row, first_column: self.column, last_row, last_column };
            builder.merge([region]);
        }
        let end = (self.column + columns) as usize;
        if self.taken.len() < end {
            self.taken.resize(end, 0);
        }
        self.taken[self.column as usize..end].fill(self.row + rows);
        self.column += columns;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Merged;
    use crate::content::Content;

    #[test]
    fn cells_stand_where_the_page_shows_them() {
        let page = "<html><head><style>td {color: red}</style></head><body><p>Report</p><table>\
            <tr><th rowspan=2>District<th colspan='2'>Enrollment</tr>\
            <tr><th>2022-23</th><th>2023&#45;24</th></tr>\
            <tr><td>R&amp;D<br>ISD</td><td>1,204</td><td> <b>*</b> </td></tr></table></body></html>";
        let sheets = read(&Content::of_bytes(page.into()), "export.xls").unwrap();
        let cells: Vec<(u32, u32, String)> = sheets.read[0]
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
        assert!(sheets.read[0].merged().contains(&header));
    }

    #[test]
    fn a_tag_of_thousands_of_attributes_is_refused_before_the_stack_ends() {
        for tag in ["<p {}>", "</p {}>", "<td {}", "<!doctype {}>"] {
            for attribute in [" a=\"1\"", " a='1'", " a=1", " a", "/a=\"1\"", " =\"1\"", " a=\"&amp;\""] {
                let tag = tag.replace("{}", &attribute.repeat(300_000));
                let page = format!("<html><table><tr><td>1{tag}</td></tr></table>");
                // A stack smaller than that of any thread the program makes.
                let small = std::thread::Builder::new().stack_size(1 << 20);
                let read = small.spawn(move || {
                    read(&Content::of_bytes(page.into_bytes()), "t.xls").map(|s| s.read.len())
                });
                let read = read.unwrap().join().unwrap();
                assert!(read.is_ok() || read.unwrap_err().reason.contains("attributes"), "{attribute}");
            }
        }
        let within =
            format!("<html><table><tr><td {} colspan=2 colspan=3>1<td>2</table>", "a=\"1\" ".repeat(90));
        let sheets = read(&Content::of_bytes(within.into_bytes()), "t.xls").unwrap();
        let columns: Vec<u32> = sheets.read[0].rows().flat_map(|r| r.cells().map(|(c, _)| c)).collect();
        assert_eq!(columns, [0, 2]);
    }

    #[test]
    fn a_page_without_a_table_is_refused() {
        let refused = read(&Content::of_bytes(b"<html>Please log in</html>".to_vec()), "t.xls").unwrap_err();
        assert!(refused.reason.contains("without a table"));
    }
}
