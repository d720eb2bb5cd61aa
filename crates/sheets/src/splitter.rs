//! Splits text that arrives in chunks into rows and fields. LF, CRLF and bare CR all end a row.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::cell_store::RowStart;
use super::clean::clean;
use super::collector::SheetCollector;
use super::error::ReadError;
use super::fields::displayed_text;
use super::limits::{MAX_BYTES, MAX_ROW_BYTES};
use super::long_text::{OverlongTexts, remove_overlong_fields};
use super::open_quote::{FoundQuote, OpenQuote, QuoteRepair, RawRow, line_ends};
use super::row_widths::{RowWidths, UnevenRows};
use super::sieve::{AppliedSieve, HeldRows, Sieve};

/// The most columns and rows in a text table.
const MAX_COLUMNS: usize = 65_536;
const MAX_ROWS: usize = 10_000_000;
/// The minimum number of bytes by which the text buffer grows.
const GROWTH: usize = 1 << 20;
/// The most bytes of text that are allocated at first.
const FIRST_BYTES: usize = 16 << 20;
/// The most open quotation marks that are repaired.
const MOST_REPAIRS: usize = 1000;
/// How often a row may be read again within a row that is read again.
const MOST_NESTED: u32 = 8;

/// A text table, split.
pub(super) struct TextTable {
    /// The bytes of the unquoted fields, concatenated.
    pub(super) text: Vec<u8>,
    /// Where each field ends in `text`.
    pub(super) ends: Vec<u32>,
    pub(super) rows: Vec<RowStart>,
    /// Rows left out: the reasons, and how many.
    pub(super) left_out: Vec<(String, u64)>,
    pub(super) overlong_texts: OverlongTexts,
    /// The quotation marks that take in other lines.
    pub(super) open_quotes: Vec<OpenQuote>,
    /// The rows that have fewer or more cells than the others.
    pub(super) uneven_rows: Vec<UnevenRows>,
}

/// Splits text that arrives in chunks into rows and fields.
pub(super) struct Splitter<'s> {
    reader: Reader,
    delimiter: u8,
    /// The bytes of the current row in earlier chunks.
    carried: Vec<u8>,
    /// Whether the current row is complete.
    is_row_complete: bool,
    /// How many fields the previous row has.
    previous_width: Option<usize>,
    /// How many more lines than rows there are so far.
    lines_in_cells: u64,
    /// How often the current row is being read again.
    nested: u32,
    open_quotes: Vec<OpenQuote>,
    widths: RowWidths,
    /// The fields so far, up to `written`; the rest is free space.
    text: Vec<u8>,
    written: usize,
    /// The ends of the current row's fields, relative to the row's start, up to `row_fields`; the rest is
    /// free space.
    row_ends: Vec<usize>,
    row_fields: usize,
    /// Where the current row starts in `text`.
    row_start: usize,
    in_row: bool,
    /// Whether the previous byte was a carriage return that ended a row.
    after_return: bool,
    /// The number of the current row, from 0.
    number: u32,
    ends: Vec<u32>,
    rows: Vec<RowStart>,
    sieve: Option<AppliedSieve<'s>>,
    overlong_texts: OverlongTexts,
    /// The turn, if the table is large.
    collector: SheetCollector,
}

impl<'s> Splitter<'s> {
    /// A splitter for text of about `size` bytes.
    pub(super) fn new(delimiter: u8, size: u64, sieve: Option<&'s mut dyn Sieve>) -> Self {
        let size = (size as usize).min(FIRST_BYTES);
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            carried: Vec::new(),
            is_row_complete: false,
            previous_width: None,
            lines_in_cells: 0,
            nested: 0,
            open_quotes: Vec::new(),
            widths: RowWidths::default(),
            text: vec![0; size + 1],
            written: 0,
            row_ends: vec![0; 2048],
            row_fields: 0,
            row_start: 0,
            in_row: false,
            after_return: false,
            number: 0,
            ends: Vec::with_capacity(size / 3),
            rows: Vec::new(),
            sieve: sieve.map(AppliedSieve::new),
            overlong_texts: OverlongTexts::default(),
            collector: SheetCollector::default(),
        }
    }

    /// Splits the next bytes of the text.
    ///
    /// # Errors
    /// If the table or a row is too large.
    pub(super) fn feed(&mut self, input: &[u8]) -> Result<(), ReadError> {
        let mut at = 0;
        // Where the current row starts in this chunk.
        let mut from = 0;
        while at < input.len() {
            if !self.in_row {
                if self.skips(input[at]) {
                    at += 1;
                    continue;
                }
                (self.in_row, from) = (true, at);
            }
            at += self.step(&input[at..])?;
            if self.is_row_complete {
                self.close_row(&input[from..at])?;
                from = at;
            }
            self.after_return = !self.in_row && input[at - 1] == b'\r';
        }
        if self.in_row {
            self.carried.extend_from_slice(&input[from..]);
            self.check_row_length()?;
        }
        Ok(())
    }

    /// Checks that the current row, which is not complete, is not too long: if a quotation mark is to blame, its lines
    /// are read as rows.
    fn check_row_length(&mut self) -> Result<(), ReadError> {
        while self.in_row && self.written - self.row_start > MAX_ROW_BYTES {
            if !self.repair_open_row()? {
                return Err(self.row_error("is longer than 16 MB"));
            }
        }
        Ok(())
    }

    /// Ends a complete row, whose bytes in the current chunk are `tail`. If an open quotation mark took in other rows,
    /// they are read again without it.
    fn close_row(&mut self, tail: &[u8]) -> Result<(), ReadError> {
        self.is_row_complete = false;
        let row = &self.text[self.row_start..self.written];
        if memchr::memchr2(b'\n', b'\r', row).is_some() {
            self.carried.extend_from_slice(tail);
            let raw = std::mem::take(&mut self.carried);
            match self.open_quote(&raw) {
                Some(quote) if quote.repair != QuoteRepair::None => return self.read_again(raw, quote),
                found => self.open_quotes.extend(found.map(|quote| self.reported(quote))),
            }
            self.lines_in_cells += line_ends(&raw[..raw.len().saturating_sub(1)]);
        }
        self.carried.clear();
        self.end_row()
    }

    /// Looks for an open quotation mark in the current row, which is not complete, and reads the row again without it;
    /// returns whether there is one.
    fn repair_open_row(&mut self) -> Result<bool, ReadError> {
        let raw = std::mem::take(&mut self.carried);
        match self.open_quote(&raw) {
            Some(quote) if quote.repair != QuoteRepair::None => {
                self.read_again(raw, quote)?;
                Ok(true)
            }
            found => {
                self.open_quotes.extend(found.map(|quote| self.reported(quote)));
                Ok(false)
            }
        }
    }

    fn open_quote(&self, raw: &[u8]) -> Option<FoundQuote> {
        if self.open_quotes.len() >= MOST_REPAIRS || self.nested >= MOST_NESTED {
            return None;
        }
        let (delimiter, previous_width) = (self.delimiter, self.previous_width);
        RawRow { bytes: raw, delimiter, previous_width }.open_quote()
    }

    /// An open quotation mark of the current row, with its line.
    fn reported(&self, quote: FoundQuote) -> OpenQuote {
        let FoundQuote { lines_before, lines, is_closed, repair, .. } = quote;
        let line = u64::from(self.number) + self.lines_in_cells + lines_before + 1;
        OpenQuote { line, lines, is_closed, repair }
    }

    /// Reads the current row again, without the mark or without its line.
    fn read_again(&mut self, mut raw: Vec<u8>, quote: FoundQuote) -> Result<(), ReadError> {
        self.open_quotes.push(self.reported(quote));
        self.reader.reset();
        (self.written, self.row_fields) = (self.row_start, 0);
        (self.in_row, self.after_return) = (false, false);
        self.nested += 1;
        if quote.repair == QuoteRepair::LineLeftOut {
            self.number += 1;
            self.lines_in_cells += quote.lines_before;
            self.feed(&raw[quote.next_line..])?;
        } else {
            raw.remove(quote.at);
            self.feed(&raw)?;
        }
        self.nested -= 1;
        Ok(())
    }

    /// Ends the last row and returns the table.
    ///
    /// # Errors
    /// If the table or a row is too large.
    pub(super) fn finish(mut self) -> Result<TextTable, ReadError> {
        let is_ended = !self.in_row;
        while self.in_row && self.repair_open_row()? {}
        while self.in_row {
            self.step(&[])?;
            // At the end of the input the row is closed; another step is needed only if the buffer is full.
            let has_space = self.written < self.text.len() && self.row_fields < self.row_ends.len();
            if self.is_row_complete {
                self.end_row()?;
            } else if has_space {
                break;
            }
        }
        self.text.truncate(self.written);
        let uneven_rows = self.widths.uneven(is_ended);
        let Self { text, ends, rows, overlong_texts, open_quotes, sieve, .. } = self;
        let left_out = sieve.map(AppliedSieve::finish).unwrap_or_default();
        Ok(TextTable { text, ends, rows, left_out, overlong_texts, open_quotes, uneven_rows })
    }

    /// Whether a byte between two rows is a line ending. A line feed right after the carriage return that
    /// ended a row belongs to that row; any other ends a blank row.
    fn skips(&mut self, byte: u8) -> bool {
        let ends_last_row = byte == b'\n' && self.after_return;
        self.after_return = byte == b'\r';
        if matches!(byte, b'\n' | b'\r') {
            self.number += u32::from(!ends_last_row);
            return true;
        }
        false
    }

    /// Continues within a row and returns how many bytes of `input` were consumed; an empty `input` ends the
    /// last row.
    fn step(&mut self, input: &[u8]) -> Result<usize, ReadError> {
        let (text, ends) = (&mut self.text[self.written..], &mut self.row_ends[self.row_fields..]);
        let (result, read, written, fields) = self.reader.read_record(input, text, ends);
        self.written += written;
        self.row_fields += fields;
        match result {
            ReadRecordResult::OutputFull => self.grow_text()?,
            ReadRecordResult::OutputEndsFull => self.grow_row()?,
            ReadRecordResult::Record => self.is_row_complete = true,
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        Ok(read)
    }

    fn grow_text(&mut self) -> Result<(), ReadError> {
        if self.text.len() >= MAX_BYTES {
            return Err(too_large());
        }
        self.text.resize((self.text.len() * 9 / 8 + GROWTH).min(MAX_BYTES), 0);
        Ok(())
    }

    fn grow_row(&mut self) -> Result<(), ReadError> {
        if self.row_fields >= MAX_COLUMNS {
            return Err(self.row_error(&format!("has more than {MAX_COLUMNS} columns")));
        }
        self.row_ends.resize(self.row_ends.len() * 2, 0);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        self.previous_width = Some(self.row_fields);
        self.widths.add(&self.row_ends[..self.row_fields], self.number);
        let bytes = self.bytes();
        if self.rows.len() >= MAX_ROWS || bytes > MAX_BYTES {
            return Err(too_large());
        }
        self.collector.reserve(bytes);
        let start = self.row_start;
        let row = &mut self.text[start..self.written];
        let row_ends = &mut self.row_ends[..self.row_fields];
        let length = remove_overlong_fields(row, row_ends, self.number, &mut self.overlong_texts);
        self.written = start + length;
        if self.is_left_out() {
            self.written = start;
        } else {
            self.keep_row();
        }
        (self.row_fields, self.row_start) = (0, self.written);
        (self.in_row, self.is_row_complete) = (false, false);
        self.number += 1;
        Ok(())
    }

    /// The table's size in bytes so far.
    fn bytes(&self) -> usize {
        self.written + size_of_val(&*self.ends) + size_of_val(&*self.rows)
    }

    fn keep_row(&mut self) {
        self.rows.push(RowStart { number: self.number, first_cell: self.ends.len() as u32 });
        let row_ends = &self.row_ends[..self.row_fields];
        self.ends.extend(row_ends.iter().map(|end| (self.row_start + end) as u32));
    }

    /// Whether the current row, which is complete, need not be kept.
    fn is_left_out(&mut self) -> bool {
        let Some(sieve) = &mut self.sieve else { return false };
        let (before, row) = self.text[..self.written].split_at(self.row_start);
        let row_ends = &self.row_ends[..self.row_fields];
        let held = HeldRows { text: before, ends: &self.ends, rows: &self.rows };
        sieve.leaves_out(held, &|column| field_text(row, row_ends, column))
    }

    fn row_error(&self, what: &str) -> ReadError {
        ReadError::new(
            format!("row {} {what}", self.number + 1),
            "look at that row: a quotation mark may be opened there and never closed, or the file is not a table",
        )
    }
}

/// The cleaned and trimmed text of a field of a row; empty if the row lacks the column.
fn field_text(row: &[u8], ends: &[usize], column: u32) -> String {
    let Some(end) = ends.get(column as usize) else { return String::new() };
    let start = column.checked_sub(1).map_or(0, |before| ends[before as usize]);
    displayed_text(&clean(&String::from_utf8_lossy(&row[start..*end]))).trim().to_owned()
}

fn too_large() -> ReadError {
    ReadError::new(
        format!("it contains more than 10 million rows, or takes more than {} MB of memory", MAX_BYTES >> 20),
        "split it (by year, for example), or keep only the rows that you need, such as those for your state",
    )
}
