//! The format of a text table: its encoding and delimiter, detected from its bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::content::Content;
use super::error::ReadError;

/// How many bytes of non-ASCII lines are used to detect the encoding. The detector handles a few megabytes
/// per second, and needs far less to be sure.
const LEGACY_SAMPLE: usize = 1 << 20;
/// How many lines are used to detect the delimiter.
const DELIMITER_LINES: usize = 30;

/// Encoding and delimiter of a text table.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextFormat {
    pub(super) encoding: &'static Encoding,
    /// Length of the byte-order mark in bytes; 0 if there is none.
    pub(super) mark_length: usize,
    pub(super) delimiter: u8,
}

impl TextFormat {
    /// The format of a text that begins with `head`; UTF-8 unless something indicates otherwise.
    pub(super) fn detect(head: &[u8]) -> Self {
        let marked = Encoding::for_bom(head).or_else(|| unmarked_utf16(head));
        let (encoding, mark_length) = marked.unwrap_or((UTF_8, 0));
        let text = encoding.decode_without_bom_handling(&head[mark_length..]).0;
        Self { encoding, mark_length, delimiter: delimiter(&text) }
    }

    /// The decoder to UTF-8; `None` if the text is UTF-8 already.
    pub(super) fn decoder(&self) -> Option<Decoder> {
        (self.encoding != UTF_8).then(|| self.encoding.new_decoder_without_bom_handling())
    }
}

/// UTF-16 without a byte-order mark: in mostly Latin text every other byte is zero.
pub(super) fn unmarked_utf16(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    let (even, odd, half) = (zeros_from(head, 0), zeros_from(head, 1), head.len() / 2);
    if half >= 4 && odd * 10 > half * 8 && even * 20 < half {
        return Some((UTF_16LE, 0));
    }
    if half >= 4 && even * 10 > half * 8 && odd * 20 < half {
        return Some((UTF_16BE, 0));
    }
    None
}

/// How many bytes are zero at `first` and every second position after it.
fn zeros_from(bytes: &[u8], first: usize) -> usize {
    bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count()
}

/// The most likely encoding of text that is not UTF-8 (mostly Windows-1252).
pub(super) fn legacy_encoding(content: &Content) -> Result<&'static Encoding, ReadError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut sampled = 0;
    content.each_piece(|piece| {
        for line in piece.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
            if sampled < LEGACY_SAMPLE {
                detector.feed(line, false);
            }
            sampled += line.len();
        }
        Ok(())
    })?;
    detector.feed(&[], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(if encoding == UTF_8 { WINDOWS_1252 } else { encoding })
}

/// How well a delimiter splits lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct DelimiterScore {
    /// Whether at least a quarter of the lines have the maximum number of delimiters.
    is_even: bool,
    /// The maximum number of delimiters in a line.
    most: usize,
}

impl DelimiterScore {
    fn of(delimiter: u8, lines: &[&str]) -> Self {
        let counts: Vec<usize> = lines.iter().map(|line| unquoted_count(line, delimiter)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let like_most = counts.iter().filter(|count| **count == most && most > 0).count();
        Self { is_even: like_most * 4 >= lines.len(), most }
    }
}

/// The delimiter that splits the first lines most evenly: `,`, tab, `;` or `|`; a comma if none does.
fn delimiter(text: &str) -> u8 {
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.take(DELIMITER_LINES).collect();
    // The last of equal ones is chosen, so the most common delimiters come last.
    let candidates = [b'|', b';', b'\t', b','];
    let scored = candidates.map(|delimiter| (DelimiterScore::of(delimiter, &lines), delimiter));
    let best = scored.into_iter().max_by_key(|(score, _)| *score);
    best.filter(|(score, _)| score.most > 0).map_or(b',', |(_, delimiter)| delimiter)
}

/// How often a delimiter occurs in a line outside quotation marks.
fn unquoted_count(line: &str, delimiter: u8) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        count += usize::from(byte == delimiter && !is_quoted);
    }
    count
}
