//! Text tables: any of LF, CRLF and bare CR ends a row.
//!
//! The file is streamed, so that only its text is held, not its bytes beside it.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use super::clean::clean;
use super::content::Content;
use super::dialect::{delimiter, legacy, unmarked_utf16};
use super::long_text::{TooLong, without_long_texts};
use super::place::Place;
use super::sheet::as_shown;
use super::sieve::{self, Fields, Sieve, Sieving};
use super::{Refusal, Sheet, room};

/// How much is read at a time, and how much the delimiter is found from.
const CHUNK: usize = 1 << 20;
const SAMPLE: usize = 1 << 16;
/// What one table may hold. No published table comes near it.
const COLUMNS: usize = 65_536;
const ROWS: usize = 10_000_000;
const ROW_BYTES: usize = 16 << 20;
/// What is asked for at first.
const FIRST_BYTES: usize = 16 << 20;

/// Reads a text table. It has just one sheet, without a name. A large one is held without the rows that `sieve` leaves out.
pub(super) fn read(
    content: &Content,
    file: &str,
    mut sieve: Option<&mut dyn Sieve>,
) -> Result<Sheet, Refusal> {
    if content.size() < sieve::LARGE {
        sieve = None;
    }
    let head = content.head(SAMPLE)?;
    let (encoding, mark) = Encoding::for_bom(&head).or_else(|| unmarked_utf16(&head)).unwrap_or((UTF_8, 0));
    let delimiter = delimiter(&encoding.decode_without_bom_handling(&head[mark..]).0);
    let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
    let again = sieve.as_mut().map(|sieve| &mut **sieve as &mut dyn Sieve);
    let mut table = split(content, mark, decoder, delimiter, again)?;
    // Bytes on both sides of a delimiter may look like a letter together; that is no UTF-8 either.
    let text = String::from_utf8(std::mem::take(&mut table.text)).ok();
    let whole = |text: &String| table.ends.iter().all(|end| text.is_char_boundary(*end as usize));
    if let Some(text) = text.filter(whole) {
        return Ok(table.sheet(file, text));
    }
    drop(table);
    let decoder = legacy(content)?.new_decoder_without_bom_handling();
    let mut table = split(content, 0, Some(decoder), delimiter, sieve)?;
    let text = String::from_utf8(std::mem::take(&mut table.text));
    let text = text.unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Ok(table.sheet(file, text))
}

impl Table {
    fn sheet(self, file: &str, text: String) -> Sheet {
        Sheet::of_fields(Place::file(file), text, self.ends, self.rows).without(self.left_out, self.too_long)
    }
}

/// A table's fields, unquoted, one after the other; where each ends; for each row its number and first field.
struct Table {
    text: Vec<u8>,
    ends: Vec<u32>,
    rows: Vec<(u32, u32)>,
    /// Rows left out: why, and how many.
    left_out: Vec<(String, u64)>,
    too_long: TooLong,
}

fn split(
    content: &Content,
    mark: usize,
    mut decoder: Option<Decoder>,
    delimiter: u8,
    sieve: Option<&mut dyn Sieve>,
) -> Result<Table, Refusal> {
    let mut splitter = Splitter::new(delimiter, content.size(), sieve);
    let mut decoded = vec![0; if decoder.is_some() { CHUNK } else { 0 }];
    let mut skip = mark;
    content.each_piece(|piece| {
        let bytes = &piece[skip.min(piece.len())..];
        skip -= skip.min(piece.len());
        match &mut decoder {
            None => splitter.feed(bytes),
            Some(decoder) => decode(decoder, bytes, false, &mut decoded, &mut splitter),
        }
    })?;
    if let Some(decoder) = &mut decoder {
        decode(decoder, &[], true, &mut decoded, &mut splitter)?;
    }
    splitter.finish()
}

fn decode(
    decoder: &mut Decoder,
    mut bytes: &[u8],
    last: bool,
    decoded: &mut [u8],
    splitter: &mut Splitter<'_>,
) -> Result<(), Refusal> {
    loop {
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, decoded, last);
        splitter.feed(&decoded[..written])?;
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return Ok(());
        }
    }
}

/// Divides a text that comes in pieces into rows and fields.
struct Splitter<'s> {
    reader: Reader,
    text: Vec<u8>,
    written: usize,
    /// Ends of the fields of the row under way, and how many there are.
    scratch: Vec<usize>,
    filled: usize,
    row_start: usize,
    in_row: bool,
    after_return: bool,
    number: u32,
    ends: Vec<u32>,
    rows: Vec<(u32, u32)>,
    sieving: Option<Sieving<'s>>,
    too_long: TooLong,
    room: room::Room,
}

impl<'s> Splitter<'s> {
    fn new(delimiter: u8, size: u64, sieve: Option<&'s mut dyn Sieve>) -> Self {
        let size = (size as usize).min(FIRST_BYTES);
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            text: vec![0; size + 1],
            written: 0,
            scratch: vec![0; 2048],
            filled: 0,
            row_start: 0,
            in_row: false,
            after_return: false,
            number: 0,
            ends: Vec::with_capacity(size / 3),
            rows: Vec::new(),
            sieving: sieve.map(Sieving::new),
            too_long: TooLong::default(),
            room: room::Room::default(),
        }
    }

    fn feed(&mut self, input: &[u8]) -> Result<(), Refusal> {
        let mut at = 0;
        while at < input.len() {
            if !self.in_row && self.skips(input[at]) {
                at += 1;
                continue;
            }
            self.in_row = true;
            at += self.step(&input[at..])?;
            self.after_return = !self.in_row && input[at - 1] == b'\r';
        }
        if self.in_row && self.written - self.row_start > ROW_BYTES {
            return Err(self.refusal("is longer than 16 MB"));
        }
        Ok(())
    }

    /// Whether a byte between two rows is a line end. A line feed right after the carriage return that ended a
    /// row belongs to that row; any other ends a blank one.
    fn skips(&mut self, byte: u8) -> bool {
        let own = byte == b'\n' && self.after_return;
        self.after_return = byte == b'\r';
        if matches!(byte, b'\n' | b'\r') {
            self.number += u32::from(!own);
            return true;
        }
        false
    }

    /// Reads on in one row, and says how many bytes of `input` it took; with none left, ends the last row.
    fn step(&mut self, input: &[u8]) -> Result<usize, Refusal> {
        let (result, read, written, filled) =
            self.reader.read_record(input, &mut self.text[self.written..], &mut self.scratch[self.filled..]);
        self.written += written;
        self.filled += filled;
        match result {
            ReadRecordResult::OutputFull => {
                if self.text.len() >= room::BYTES {
                    return Err(too_large());
                }
                self.text.resize((self.text.len() * 9 / 8 + CHUNK).min(room::BYTES), 0);
            }
            ReadRecordResult::OutputEndsFull => {
                if self.filled >= COLUMNS {
                    return Err(self.refusal(&format!("has more than {COLUMNS} columns")));
                }
                self.scratch.resize(self.scratch.len() * 2, 0);
            }
            ReadRecordResult::Record => self.end_row()?,
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        Ok(read)
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        let bytes = self.written + size_of_val(&*self.ends) + size_of_val(&*self.rows);
        if self.rows.len() >= ROWS || bytes > room::BYTES {
            return Err(too_large());
        }
        self.room.reserve(bytes);
        let (row, ends) = (&mut self.text[self.row_start..self.written], &mut self.scratch[..self.filled]);
        self.written = self.row_start + without_long_texts(row, ends, self.number, &mut self.too_long);
        let start = self.row_start;
        if self.is_left_out() {
            self.written = start;
        } else {
            self.rows.push((self.number, self.ends.len() as u32));
            self.ends.extend(self.scratch[..self.filled].iter().map(|end| (start + end) as u32));
        }
        (self.filled, self.row_start, self.in_row) = (0, self.written, false);
        self.number += 1;
        Ok(())
    }

    /// Whether the row under way, which is whole, need not be held.
    fn is_left_out(&mut self) -> bool {
        let Some(sieving) = &mut self.sieving else { return false };
        let (before, row) = self.text[..self.written].split_at(self.row_start);
        let fields = &self.scratch[..self.filled];
        let field = |column: u32| {
            let Some(end) = fields.get(column as usize) else { return String::new() };
            let start = column.checked_sub(1).map_or(0, |before| fields[before as usize]);
            as_shown(&clean(&String::from_utf8_lossy(&row[start..*end]))).trim().to_owned()
        };
        sieving.leaves_out(Fields { text: before, ends: &self.ends, rows: &self.rows }, &field)
    }

    fn finish(mut self) -> Result<Table, Refusal> {
        while self.in_row {
            let rows = self.rows.len();
            self.step(&[])?;
            // The end of the input closes a row; only a full buffer asks for another step.
            if self.rows.len() == rows && self.written < self.text.len() && self.filled < self.scratch.len() {
                break;
            }
        }
        self.text.truncate(self.written);
        let Self { text, ends, rows, too_long, sieving, .. } = self;
        let left_out = sieving.map(Sieving::finish).unwrap_or_default();
        Ok(Table { text, ends, rows, left_out, too_long })
    }

    fn refusal(&self, what: &str) -> Refusal {
        Refusal::new(
            format!("row {} {what}", self.number + 1),
            "look at that row: a quotation mark may be opened there and never closed, or the file is no table",
        )
    }
}

fn too_large() -> Refusal {
    Refusal::new(
        format!("it holds more than 10 million rows, or takes more than {} MB of memory", room::BYTES >> 20),
        "split it, such as by year, or keep only the rows that are needed, such as those of your state",
    )
}

#[cfg(test)]
mod tests;
