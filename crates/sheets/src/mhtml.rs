//! Web pages saved as one file (MHTML, "Single File Web Page"), which reporting systems export as .xls: an email message
//! whose parts are the pages of a workbook. [RFC 2557, RFC 2045]

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::collector::ReadSheets;
use super::content::Content;
use super::error::ReadError;
use super::html;

/// The beginnings of a message's first line, in lower case.
const FIRST_FIELDS: [&str; 5] = ["mime-version:", "content-type:", "from:", "date:", "subject:"];
/// The part of a saved workbook that lists its sheets.
const LIST_OF_SHEETS: &str = "tabstrip";

/// Whether a file that begins with this text, in lower case, is such a page.
pub(super) fn is_mhtml(head: &str) -> bool {
    FIRST_FIELDS.iter().any(|field| head.starts_with(field)) && head.contains("multipart/related")
}

/// Reads the tables of all pages in the file.
pub(super) fn read(content: &Content, file: &str) -> Result<ReadSheets, ReadError> {
    let bytes = content.whole(html::LARGEST)?;
    let pages = pages(&bytes);
    match html::read_text(&pages, bytes.len() + pages.len(), file)? {
        sheets if sheets.sheets.is_empty() => Err(ReadError::new(
            "it is a web page saved as one file (MHTML), and it contains no table",
            "open it in Excel and save it as .xlsx",
        )),
        sheets => Ok(sheets),
    }
}

/// The pages of a message, decoded, one after another.
fn pages(message: &[u8]) -> String {
    let Some(boundary) = boundary(message) else { return String::new() };
    let mark = format!("--{boundary}");
    let mut pages = String::new();
    let mut rest = message;
    while let Some(at) = memchr::memmem::find(rest, mark.as_bytes()) {
        rest = &rest[at + mark.len()..];
        let end = memchr::memmem::find(rest, mark.as_bytes()).unwrap_or(rest.len());
        if let Some(part) = MessagePart::parse(&rest[..end]).filter(MessagePart::is_page) {
            pages.push_str(&part.text());
        }
    }
    pages
}

/// The line between the parts of a message, without the hyphens before it.
fn boundary(message: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&message[..message.len().min(8192)]);
    let at = head.to_ascii_lowercase().find("boundary=")?;
    let value = &head[at + "boundary=".len()..];
    let boundary = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([';', '\r', '\n', ' ']).next()?,
    };
    (!boundary.is_empty()).then(|| boundary.to_owned())
}

/// A part of a message: its header fields in lower case, on one line each, and its content.
struct MessagePart<'m> {
    fields: String,
    content: &'m [u8],
}

impl<'m> MessagePart<'m> {
    fn parse(part: &'m [u8]) -> Option<Self> {
        let ends = [&b"\r\n\r\n"[..], b"\n\n"].map(|end| Some((memchr::memmem::find(part, end)?, end.len())));
        let (at, length) = ends.into_iter().flatten().min()?;
        let fields = String::from_utf8_lossy(&part[..at]).to_ascii_lowercase().replace('\r', "");
        // A field may continue on a line that begins with a blank.
        let fields = fields.replace("\n ", " ").replace("\n\t", " ");
        Some(Self { fields, content: &part[at + length..] })
    }

    /// The value of a header field; empty if there is none.
    fn field(&self, name: &str) -> &str {
        let mut values = self.fields.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        values.next().unwrap_or_default().trim()
    }

    fn is_page(&self) -> bool {
        self.field("content-type").starts_with("text/html")
            && !self.field("content-location").contains(LIST_OF_SHEETS)
    }

    /// The decoded text.
    fn text(&self) -> String {
        let bytes: Cow<'_, [u8]> = match self.field("content-transfer-encoding") {
            "quoted-printable" => from_quoted_printable(self.content).into(),
            "base64" => from_base64(self.content).into(),
            _ => self.content.into(),
        };
        let charset = self.field("content-type").split_once("charset=").map(|(_, charset)| charset);
        let label = charset.unwrap_or_default().trim_matches(['"', '\'', ' ']);
        let stated = Encoding::for_label(label.as_bytes());
        // Text that is declared as ASCII may still be UTF-8.
        let encoding = if str::from_utf8(&bytes).is_ok() { UTF_8 } else { stated.unwrap_or(WINDOWS_1252) };
        encoding.decode(&bytes).0.into_owned()
    }
}

/// Bytes written as `=3D`, in lines that end with `=` where they continue.
fn from_quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'=', rest) {
        bytes.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        match rest {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => rest = after,
            [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex_digit(*high) << 4 | hex_digit(*low));
                rest = after;
            }
            _ => bytes.push(b'='),
        }
    }
    bytes.extend_from_slice(rest);
    bytes
}

fn hex_digit(digit: u8) -> u8 {
    char::from(digit).to_digit(16).unwrap_or(0) as u8
}

/// Bytes written as six bits per character; anything else, such as a line end, is skipped.
fn from_base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for value in text.iter().filter_map(|byte| base64_value(*byte)) {
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

fn base64_value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_mhtml, read};
    use crate::content::Content;

    fn texts(message: &str) -> Vec<String> {
        let sheets = read(&Content::of_bytes(message.into()), "t.xls").unwrap().sheets;
        sheets.iter().flat_map(|s| s.rows()).flat_map(|r| r.cells()).map(|(_, cell)| cell.to_text()).collect()
    }

    #[test]
    fn the_tables_of_all_pages_are_read() {
        let message = "MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=\"=_x\"\n\nA page.\n\n--=_x\n\
            Content-Location: file:///C:/book.htm\nContent-Type: text/html; charset=\"us-ascii\"\n\
            Content-Transfer-Encoding: quoted-printable\n\n<table><tr><td class=3Dx>Enrol=\nlment<td>=C3=A9\n\
            </table>\n--=_x\nContent-Type: text/html\nContent-Location: tabstrip.htm\n\n<table><tr><td>Sheet1\
            </table>\n--=_x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n\
            PHRhYmxlPjx0cj48dGQ+ODAw\nPC90YWJsZT4=\n--=_x--\n";
        assert!(is_mhtml(&message.to_lowercase()));
        assert_eq!(texts(message), ["Enrollment", "é", "800"]);
        assert_eq!(texts(&message.replace('\n', "\r\n")), ["Enrollment", "é", "800"]);
    }

    #[test]
    fn a_message_without_a_table_is_refused() {
        let message = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n\nhello\n--a--";
        let refused = read(&Content::of_bytes(message.into()), "t.xls").unwrap_err();
        assert!(refused.reason.contains("MHTML"), "{}", refused.reason);
    }
}
