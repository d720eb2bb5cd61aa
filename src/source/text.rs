//! Text tables: encoding, delimiter and line ends found from the bytes; any of LF, CRLF and bare CR ends a row.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8};

use super::Sheet;
use crate::diagnostic::Place;

/// Reads a text table. It has just one sheet, without a name.
pub(super) fn read(bytes: &[u8], file: &str) -> Sheet {
    let text = decode(bytes);
    let delimiter = delimiter(&text);
    let (text, ends, rows) = split(text.as_bytes(), delimiter);
    Sheet::of_fields(Place::file(file), text, ends, rows)
}

/// The text: UTF-8, UTF-16 by its byte-order mark, else the likeliest legacy encoding (mostly Windows-1252).
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let encoding = if encoding == UTF_8 { encoding_rs::WINDOWS_1252 } else { encoding };
    encoding.decode_without_bom_handling(bytes).0
}

/// The delimiter that divides the first lines most evenly: `,`, `;`, tab or `|`; a comma where none does.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> =
        text.split(['\n', '\r']).filter(|l| !l.trim().is_empty()).take(30).map(|l| clip(l, 65_536)).collect();
    let count = |line: &str, delimiter: u8| {
        let mut quoted = false;
        line.bytes().fold(0usize, |n, byte| {
            quoted ^= byte == b'"';
            n + usize::from(byte == delimiter && !quoted)
        })
    };
    let score = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|l| count(l, delimiter)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let like_most = counts.iter().filter(|c| **c == most && most > 0).count();
        (like_most * 4 >= lines.len(), most)
    };
    let candidates = [b',', b'\t', b';', b'|'];
    let best = candidates.iter().copied().map(|d| (score(d), d)).rev().max_by_key(|(score, _)| *score);
    best.filter(|((_, most), _)| *most > 0).map_or(b',', |(_, d)| d)
}

fn clip(line: &str, most: usize) -> &str {
    let end = (0..=most.min(line.len())).rev().find(|i| line.is_char_boundary(*i)).unwrap_or(0);
    &line[..end]
}

/// All fields of a text, unquoted, one after the other; where each ends; for each row its number and first field.
fn split(input: &[u8], delimiter: u8) -> (String, Vec<u32>, Vec<(u32, u32)>) {
    let mut reader: Reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut output = vec![0u8; input.len() + 1];
    let mut ends = vec![0usize; 2048];
    let mut all_ends: Vec<u32> = Vec::with_capacity(input.len() / 3);
    let mut rows = Vec::new();
    let (mut read, mut written, mut filled, mut number) = (0, 0, 0, 0u32);
    let mut record_start = 0;
    loop {
        if filled == 0 {
            let (skipped, blank) = blank_lines(&input[read..], read > 0 && input[read - 1] == b'\r');
            (read, number) = (read + skipped, number + blank);
        }
        let (result, nin, nout, nend) =
            reader.read_record(&input[read..], &mut output[written..], &mut ends[filled..]);
        (read, written, filled) = (read + nin, written + nout, filled + nend);
        match result {
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            ReadRecordResult::Record => {
                rows.push((number, all_ends.len() as u32));
                all_ends.extend(ends[..filled].iter().map(|end| (record_start + end) as u32));
                (filled, number, record_start) = (0, number + 1, written);
            }
            ReadRecordResult::End => break,
            ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull => {}
        }
    }
    output.truncate(written);
    (String::from_utf8(output).unwrap_or_default(), all_ends, rows)
}

/// How many bytes of line ends stand at the beginning of `rest`, and how many blank lines they are. A line feed
/// right after the carriage return that ended the last record belongs to that record.
fn blank_lines(rest: &[u8], after_return: bool) -> (usize, u32) {
    let own = usize::from(after_return && rest.first() == Some(&b'\n'));
    let (mut at, mut blank) = (own, 0);
    loop {
        at += match rest.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            _ => return (at, blank),
        };
        blank += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn grid(bytes: &[u8]) -> Vec<(u32, Vec<(u32, String)>)> {
        let sheet = read(bytes, "t.csv");
        sheet.rows().map(|r| (r.number, r.cells().map(|(c, v)| (c, v.to_text())).collect())).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<(u32, String)>) {
        let numbered = cells.iter().enumerate().filter(|(_, c)| !c.is_empty());
        (number, numbered.map(|(i, c)| (i as u32, (*c).to_owned())).collect())
    }

    #[test]
    fn any_line_end_ends_a_row() {
        for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\r1,2"] {
            assert_eq!(grid(text.as_bytes()), [row(0, &["a", "b"]), row(1, &["1", "2"])], "{text:?}");
        }
    }

    #[test]
    fn rows_are_numbered_as_in_the_spreadsheet() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "a,b", "", "", "1,\"x", "y\"", "2,3"].join(end);
            let inner = format!("x{end}y");
            let expected = [row(1, &["a", "b"]), row(4, &["1", inner.as_str()]), row(5, &["2", "3"])];
            assert_eq!(grid(text.as_bytes()), expected, "{end:?}");
        }
    }

    #[test]
    fn encodings_and_delimiters() {
        let expected = [row(0, &["ä", "b"]), row(1, &["1", "2"])];
        let utf16: Vec<u8> =
            std::iter::once(0xFEFFu16).chain("ä,b\n1,2".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(grid("ä,b\n1,2".as_bytes()), expected);
        assert_eq!(grid("\u{feff}ä;b\n1;2".as_bytes()), expected);
        assert_eq!(grid("ä\tb\n1\t2".as_bytes()), expected);
        assert_eq!(grid("ä|b\n1|2".as_bytes()), expected);
        assert_eq!(grid(b"\xE4,b\n1,2"), expected);
        assert_eq!(grid(&utf16), expected);
    }

    #[test]
    fn a_wide_row_is_read_whole() {
        let wide: Vec<String> = (0..2000).map(|i| i.to_string()).collect();
        let sheet = read(format!("{}\n{}", wide.join(","), wide.join(",")).as_bytes(), "t.csv");
        let cells: Vec<String> = sheet.row(1).unwrap().cells().map(|(_, c)| c.to_text()).collect();
        assert_eq!(cells, wide);
    }
}
