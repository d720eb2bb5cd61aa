//! Quotation marks in a text table that are opened and not closed where they should be: without a check, one stray mark
//! takes in the lines below it up to the next mark, or to the end of the file, as the text of one cell.
//!
//! A proper cell of several lines, such as an address, is closed before a delimiter or the end of a line, and its lines
//! do not look like rows.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr2_iter};

/// A properly closed cell with more lines than this is reported: no cell has that many.
const MOST_LINES: usize = 50;
/// At least this share of the lines taken in must be as wide as the others to be rows.
const LEAST_ROWS: f64 = 0.75;
/// A properly closed cell is split up only if it has this many lines, all as wide as a row of this width.
const FEWEST_LINES: usize = 3;
const LEAST_WIDTH: usize = 3;

/// A quotation mark that takes in other lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenQuote {
    /// The line of the file on which it is, from 1.
    pub line: u64,
    /// How many lines it takes in, including its own.
    pub lines: u64,
    /// Whether it is closed further below.
    pub is_closed: bool,
    /// What was done about it.
    pub repair: QuoteRepair,
}

/// What was done about a quotation mark that takes in other lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteRepair {
    /// The lines were read as rows, as if the mark were not there.
    MarkIgnored,
    /// The lines below were read as rows, and its own line was left out because it has more or fewer cells.
    LineLeftOut,
    /// Nothing: the lines do not look like rows, and are one cell.
    None,
}

/// Where a quoted field of a row begins and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QuotedSpan {
    /// From its opening mark to its closing one, or to the end of the text.
    bytes: Range<usize>,
    is_closed: bool,
    /// Whether its closing mark is followed by a delimiter or the end of the line.
    is_well_closed: bool,
    /// Whether its closing mark looks like the opening one of another field.
    opens_another: bool,
}

/// The first open quotation mark of a row, and how to read the row without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FoundQuote {
    /// Its position in the row.
    pub(super) at: usize,
    /// Where the line after its own begins.
    pub(super) next_line: usize,
    /// The line ends before it in the row.
    pub(super) lines_before: u64,
    pub(super) lines: u64,
    pub(super) is_closed: bool,
    pub(super) repair: QuoteRepair,
}

/// A row as written, and what is known of the others.
#[derive(Clone, Copy)]
pub(super) struct RawRow<'r> {
    /// Its bytes, with the line end.
    pub(super) bytes: &'r [u8],
    pub(super) delimiter: u8,
    /// How many fields the previous row has.
    pub(super) previous_width: Option<usize>,
}

impl RawRow<'_> {
    /// The first quotation mark in the row that takes in other lines and should not; `None` if there is none.
    pub(super) fn open_quote(&self) -> Option<FoundQuote> {
        let mut from = 0;
        while let Some(span) = next_span(self.bytes, self.delimiter, from) {
            from = span.bytes.end;
            let is_long = memchr2(b'\n', b'\r', &self.bytes[span.bytes.clone()]).is_some();
            if is_long || !span.is_closed {
                let found = self.judge(&span);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Whether a span is an open quotation mark, and what to do about it.
    fn judge(&self, span: &QuotedSpan) -> Option<FoundQuote> {
        let at = span.bytes.start;
        let end = memchr2(b'\n', b'\r', &self.bytes[at..]).map_or(self.bytes.len(), |end| at + end);
        let widths = self.widths_of_lines(&self.bytes[end..]);
        let repair = self.repair(span, self.width_without_mark(at, end), &widths);
        let lines = widths.len() + 1;
        let is_long = span.is_closed && span.is_well_closed && lines > MOST_LINES;
        if repair == QuoteRepair::None && span.is_closed && !is_long && !span.opens_another {
            return None;
        }
        let next_line = end + line_end_length(&self.bytes[end..]);
        let lines_before = line_ends(&self.bytes[..at]);
        let lines = lines as u64;
        Some(FoundQuote { at, next_line, lines_before, lines, is_closed: span.is_closed, repair })
    }

    fn repair(&self, span: &QuotedSpan, own_width: usize, widths: &[usize]) -> QuoteRepair {
        // The mark that seems to close it opens a field of another row, whose text may have several lines.
        if span.opens_another && own_width > 1 && self.previous_width == Some(own_width) {
            return QuoteRepair::MarkIgnored;
        }
        // The last line of a file has nothing below it.
        let usual = if widths.is_empty() { self.previous_width } else { usual_width(widths) };
        let Some(usual) = usual.filter(|width| *width > 1) else { return QuoteRepair::None };
        let is_like_previous = self.previous_width.is_none_or(|previous| previous == usual);
        if widths.len() < 2 && !is_like_previous {
            return QuoteRepair::None;
        }
        if span.is_closed && span.is_well_closed {
            let are_rows = widths.len() + 1 >= FEWEST_LINES
                && usual >= LEAST_WIDTH
                && is_like_previous
                && own_width == usual
                && widths.iter().all(|width| *width == usual);
            return if are_rows { QuoteRepair::MarkIgnored } else { QuoteRepair::None };
        }
        match own_width == usual {
            true => QuoteRepair::MarkIgnored,
            false if widths.len() > 1 => QuoteRepair::LineLeftOut,
            false => QuoteRepair::None,
        }
    }

    /// How many fields the line of the mark at `at`, which ends at `end`, has without it.
    fn width_without_mark(&self, at: usize, end: usize) -> usize {
        let line = [&self.bytes[..at], &self.bytes[at + 1..end]].concat();
        width(&line, self.delimiter)
    }

    /// How many fields each line that is not blank has, if it is read by itself.
    fn widths_of_lines(&self, text: &[u8]) -> Vec<usize> {
        let lines = text.split(|byte| matches!(byte, b'\n' | b'\r'));
        lines.filter(|line| !line.is_empty()).map(|line| width(line, self.delimiter)).collect()
    }
}

/// The width of most lines; `None` if they differ too much.
fn usual_width(widths: &[usize]) -> Option<usize> {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    let median = *sorted.get(sorted.len() / 2)?;
    let usual = widths.iter().filter(|width| **width == median).count();
    (usual as f64 >= LEAST_ROWS * widths.len() as f64).then_some(median)
}

/// How many fields a row has.
fn width(row: &[u8], delimiter: u8) -> usize {
    let (mut fields, mut from) = (1, 0);
    while from < row.len() {
        let end = field_end(row, delimiter, from);
        fields += usize::from(end < row.len());
        from = end + 1;
    }
    fields
}

/// Where the field that begins at `from` ends: at a delimiter, or the end of the row.
fn field_end(row: &[u8], delimiter: u8, from: usize) -> usize {
    let rest = if row.get(from) == Some(&b'"') { span_at(row, delimiter, from).bytes.end } else { from };
    memchr(delimiter, &row[rest..]).map_or(row.len(), |end| rest + end)
}

/// The next quoted field of a row that begins at `from` or later.
fn next_span(row: &[u8], delimiter: u8, from: usize) -> Option<QuotedSpan> {
    let mut start = from;
    // Within a row, but not at its beginning, `from` is after a quoted field.
    if from > 0 {
        start = from + memchr(delimiter, &row[from..])? + 1;
    }
    loop {
        if *row.get(start)? == b'"' {
            return Some(span_at(row, delimiter, start));
        }
        start += memchr(delimiter, &row[start..])? + 1;
    }
}

/// The quoted field whose mark is at `start`. Two marks in it stand for one.
fn span_at(row: &[u8], delimiter: u8, start: usize) -> QuotedSpan {
    let mut at = start + 1;
    while let Some(mark) = memchr(b'"', &row[at..]).map(|mark| at + mark) {
        let next = row.get(mark + 1);
        if next != Some(&b'"') {
            let is_well_closed = next.is_none_or(|next| *next == delimiter || matches!(next, b'\n' | b'\r'));
            let is_at_start =
                row.get(mark - 1).is_some_and(|b| *b == delimiter || matches!(b, b'\n' | b'\r'));
            let opens_another = is_at_start && !is_well_closed;
            return QuotedSpan { bytes: start..mark + 1, is_closed: true, is_well_closed, opens_another };
        }
        at = mark + 2;
    }
    QuotedSpan { bytes: start..row.len(), is_closed: false, is_well_closed: false, opens_another: false }
}

/// The length of the line end at the start of a text: 0, 1 or 2 bytes.
fn line_end_length(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// How many lines end in a text.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    let mut ends = 0;
    for at in memchr2_iter(b'\n', b'\r', text) {
        let is_second_half = text[at] == b'\n' && at > 0 && text[at - 1] == b'\r';
        ends += u64::from(!is_second_half);
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::{QuoteRepair, RawRow};

    fn found(text: &str, previous_width: usize) -> Option<(usize, u64, QuoteRepair)> {
        let previous_width = Some(previous_width);
        let row = RawRow { bytes: text.as_bytes(), delimiter: b',', previous_width };
        row.open_quote().map(|quote| (quote.at, quote.lines, quote.repair))
    }

    #[test]
    fn a_stray_mark_is_told_from_a_cell_of_several_lines() {
        use QuoteRepair::{LineLeftOut, MarkIgnored, None as Kept};
        for (text, quote) in [
            // Not closed at all, on a line of its own or before others.
            ("1,\"Elm,3", Some((2, 1, MarkIgnored))),
            ("1,\"Elm,3\n2,Fir,4\n3,Oak,5\n", Some((2, 3, MarkIgnored))),
            ("1,\"Elm,3\r\n2,Fir,4\r\n", Some((2, 2, MarkIgnored))),
            ("1,\"Elm, City of,3\n2,Fir,4\n3,Oak,5\n", Some((2, 3, LineLeftOut))),
            ("1,\"all that follows\nis a note\nof three lines", Some((2, 3, Kept))),
            // Closed by the opening mark of another cell.
            ("1,\"Elm,3\n2,\"Fir, West\",4\n", Some((2, 2, MarkIgnored))),
            ("1,\"Elm,3\n2,\"Fir\n", Some((2, 2, MarkIgnored))),
            ("1,2,3,\"Elm\n2,\"Fir\n", Some((6, 2, Kept))),
            // Closed by chance.
            ("1,\"Elm,3\n2,Fir,4\n3,Oak 6\",5\n", Some((2, 3, MarkIgnored))),
            // Proper cells.
            ("1,\"12 Main St\nElm, TX\n75001\",3\n", None),
            ("1,\"12 Main St, Suite 4\nElm, TX, 75001\",3\n", None),
            ("1,\"Elm\",\"a \"\"b\"\"\nc, d, e\"\n", None),
            ("1,Elm,\"a\nb \"c\" d\"\n", None),
        ] {
            assert_eq!(found(text, 3), quote, "{text}");
        }
        let long = format!("1,\"{}\",3\n", "note\n".repeat(60));
        assert_eq!(found(&long, 3), Some((2, 61, Kept)));
    }
}
