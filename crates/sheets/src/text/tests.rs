//! Tests for reading text tables.

use encoding_rs::UTF_8;

use super::read;
use crate::content::Content;
use crate::dialect::TextFormat;
use crate::splitter::Splitter;
use crate::{Cell, QuoteRepair, Sheet, Sieve};

fn grid(bytes: &[u8]) -> Vec<(u32, Vec<(u32, String)>)> {
    let sheet = read(&Content::of_bytes(bytes.to_vec()), "t.csv", None).unwrap();
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
fn bytes_on_both_sides_of_a_delimiter_are_not_one_letter() {
    // In UTF-8 the bytes around the comma together are é; here one ends a field and the other begins one.
    let found = grid(b"caf\xC3,\xA9x\n1,2");
    let fields: Vec<&str> = found[0].1.iter().map(|(_, text)| text.as_str()).collect();
    assert!(fields.len() == 2 && fields[0].starts_with("caf") && fields[1].ends_with('x'), "{found:?}");
    assert_eq!(found[1], row(1, &["1", "2"]));
}

#[test]
fn rows_are_numbered_as_in_the_spreadsheet() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["", "a,b", "", "", "1,\"x", "y\"", "2,3"].join(end);
        let expected = [row(1, &["a", "b"]), row(4, &["1", "x y"]), row(5, &["2", "3"])];
        assert_eq!(grid(text.as_bytes()), expected, "{end:?}");
    }
}

#[test]
fn encodings_and_delimiters() {
    let expected = [row(0, &["ä", "b"]), row(1, &["1", "2"])];
    let utf16 = |mark: bool| -> Vec<u8> {
        let text = "ä,b\n1,2".encode_utf16();
        mark.then_some(0xFEFFu16).into_iter().chain(text).flat_map(u16::to_le_bytes).collect()
    };
    assert_eq!(grid("ä,b\n1,2".as_bytes()), expected);
    assert_eq!(grid("\u{feff}ä;b\n1;2".as_bytes()), expected);
    assert_eq!(grid("ä\tb\n1\t2".as_bytes()), expected);
    assert_eq!(grid("ä|b\n1|2".as_bytes()), expected);
    assert_eq!(grid(b"\xE4,b\n1,2"), expected);
    assert_eq!(grid(&utf16(true)), expected);
    assert_eq!(grid(&utf16(false)), expected);
}

#[test]
fn an_id_kept_as_text_is_read_as_shown() {
    assert_eq!(grid(b"=\"00123\",1\n"), [row(0, &["00123", "1"])]);
}

#[test]
fn fields_are_cleaned_in_place() {
    let marked = "\u{feff}I\u{200b}D,Di\u{ad}strict,N\n\u{2060},\"Bir\u{1f}\r\nch\",\u{202e}12\nx,\u{7},é\n";
    let expected = [row(0, &["ID", "District", "N"]), row(1, &["", "Bir ch", "12"]), row(2, &["x", "", "é"])];
    assert_eq!(grid(marked.as_bytes()), expected);
}

#[test]
fn a_wide_row_is_read_whole() {
    let wide: Vec<String> = (0..2000).map(|i| i.to_string()).collect();
    let text = format!("{}\n{}", wide.join(","), wide.join(","));
    let sheet = read(&Content::of_bytes(text.into_bytes()), "t.csv", None).unwrap();
    let cells: Vec<String> = sheet.row(1).unwrap().cells().map(|(_, c)| c.to_text()).collect();
    assert_eq!(cells, wide);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_found() {
    let mut text = b"a,b\n1,\"2\n".to_vec();
    text.resize(20 << 20, b'x');
    let refused = read(&Content::of_bytes(text), "t.csv", None).unwrap_err();
    assert_eq!(refused.reason, "row 2 is longer than 16 MB");
}

type Quotes = Vec<(u64, u64, QuoteRepair)>;

fn open_quotes(text: &str) -> (Quotes, Vec<Vec<String>>) {
    let sheet = read(&Content::of_bytes(text.into()), "t.csv", None).unwrap();
    let quotes = sheet.open_quotes.iter().map(|quote| (quote.line, quote.lines, quote.repair)).collect();
    let rows = sheet.rows().map(|row| row.cells().map(|(_, cell)| cell.to_text()).collect());
    (quotes, rows.collect())
}

#[test]
fn rows_below_a_stray_quotation_mark_are_rows() {
    let rows = |from: u32, to: u32| (from..to).map(|i| format!("{i},Elm,{i}0\n")).collect::<String>();
    let expected: Vec<Vec<String>> = ["ID,Name,N".to_owned()]
        .into_iter()
        .chain((1..20).map(|i| format!("{i},Elm,{i}0")))
        .map(|row| row.split(',').map(str::to_owned).collect())
        .collect();
    let text = format!("ID,Name,N\n{}9,\"Elm,90\n{}", rows(1, 9), rows(10, 20));
    assert_eq!(open_quotes(&text), (vec![(10, 11, QuoteRepair::MarkIgnored)], expected.clone()));
    // A second one, and a cell of two lines before them.
    let text = format!(
        "ID,Name,N\n0,\"a\nb\",1\n{}9,\"Elm,90\n{}15,\"Elm,150\n{}",
        rows(1, 9),
        rows(10, 15),
        rows(16, 20)
    );
    let (quotes, read) = open_quotes(&text);
    let marks = QuoteRepair::MarkIgnored;
    assert_eq!(quotes, [(12, 7, marks), (18, 5, marks)]);
    assert_eq!((&read[1][1], &read[2..]), (&"a b".to_owned(), &expected[1..]));
}

#[test]
fn what_does_not_look_like_rows_stays_a_cell() {
    let address = "ID,Address,N\n1,\"12 Main St, Suite 4\nElm, TX\n75001\",3\n2,\"5 Oak\nFir\",4\n";
    let (quotes, read) = open_quotes(address);
    assert_eq!((quotes, &read[1][1]), (vec![], &"12 Main St, Suite 4 Elm, TX 75001".to_owned()));
    let (quotes, read) = open_quotes("a,b\n1,2\n3,\"and all of it\nis a note\nthat never ends");
    assert_eq!((quotes, read.len()), (vec![(3, 3, QuoteRepair::None)], 3));
}

const UTF_8_COMMAS: TextFormat = TextFormat { encoding: UTF_8, mark_length: 0, delimiter: b',' };

/// Leaves out rows with an even number in the second column.
struct Odd;

impl Sieve for Odd {
    fn learn(&mut self, head: &Sheet) -> bool {
        head.row(0).is_some_and(|row| row.cell(1) == Cell::Text("é"))
    }

    fn leaves_out(&mut self, field: &dyn Fn(u32) -> String) -> Option<usize> {
        (field(1).parse::<u32>().ok()?.is_multiple_of(2) && field(7).is_empty()).then_some(1)
    }

    fn reasons(&self) -> Vec<String> {
        ["never", "even"].map(str::to_owned).to_vec()
    }
}

#[test]
fn rows_that_are_not_needed_are_counted_and_not_kept() {
    let rows: String = (1..4000).map(|i| format!("a,{i}\r\n")).collect();
    for first in ["é", "\u{e8}"] {
        let content = Content::of_bytes(format!("x,{first}\r\n{rows}").into_bytes());
        let sheet = super::split(&content, &UTF_8_COMMAS, Some(&mut Odd)).unwrap();
        let (ends, left_out) = (sheet.ends.len(), sheet.left_out.clone());
        let numbers: Vec<u32> = sheet.rows.iter().map(|row| row.number).collect();
        let all: Vec<u32> = (0..4000).collect();
        if first != "é" {
            assert_eq!((numbers, left_out), (all, vec![]));
            continue;
        }
        // The header and 999 rows; then the odd ones of 1000 to 3999.
        let held: Vec<u32> = all.into_iter().filter(|i| *i < 1000 || !i.is_multiple_of(2)).collect();
        assert_eq!((numbers, ends), (held, 2 * 2500));
        assert_eq!(left_out, [("even".to_owned(), 1500)]);
    }
}

proptest::proptest! {
    #[test]
    fn the_size_of_pieces_makes_no_difference(text in "[a,\"\r\n;é]{0,60}", at in 0usize..60) {
        let mut whole = Splitter::new(b',', 8, None);
        whole.feed(text.as_bytes()).unwrap();
        let whole = whole.finish().unwrap();
        let mut pieces = Splitter::new(b',', 8, None);
        let (first, second) = text.as_bytes().split_at(at.min(text.len()));
        pieces.feed(first).unwrap();
        pieces.feed(second).unwrap();
        let pieces = pieces.finish().unwrap();
        proptest::prop_assert_eq!((whole.text, whole.ends, whole.rows), (pieces.text, pieces.ends, pieces.rows));
    }
}
