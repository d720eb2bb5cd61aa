//! Text tables (CSV and similar). The file is streamed, so only its text is in memory, not its bytes as well.

use encoding_rs::{CoderResult, Decoder};

use super::content::Content;
use super::dialect::{TextFormat, legacy_encoding};
use super::error::ReadError;
use super::fields::{FieldTable, utf8_or_replaced};
use super::place::Place;
use super::sheet::Sheet;
use super::sieve::{self, Sieve};
use super::splitter::{Splitter, TextTable};

/// Bytes decoded at a time.
const CHUNK: usize = 1 << 20;
/// How many bytes are used to detect the format.
const SAMPLE: usize = 1 << 16;

/// Reads a text table as one sheet without a name. A large one is kept without the rows that `sieve` leaves
/// out.
pub(super) fn read(content: &Content, file: &str, sieve: Option<&mut dyn Sieve>) -> Result<Sheet, ReadError> {
    let mut sieve = sieve.filter(|_| content.size() >= sieve::LARGE);
    let format = TextFormat::detect(&content.head(SAMPLE)?);
    let first_sieve = sieve.as_mut().map(|sieve| &mut **sieve as &mut dyn Sieve);
    let mut table = split(content, &format, first_sieve)?;
    let text = String::from_utf8(std::mem::take(&mut table.text)).ok();
    if let Some(text) = text.filter(|text| has_whole_fields(text, &table.ends)) {
        return Ok(into_sheet(table, file, text));
    }
    drop(table);
    let format = TextFormat { encoding: legacy_encoding(content)?, mark_length: 0, ..format };
    let mut table = split(content, &format, sieve)?;
    let text = utf8_or_replaced(std::mem::take(&mut table.text));
    Ok(into_sheet(table, file, text))
}

/// Whether each field ends between two characters. The bytes around a delimiter may form one valid character
/// together; a table with such bytes is not UTF-8.
fn has_whole_fields(text: &str, ends: &[u32]) -> bool {
    ends.iter().all(|end| text.is_char_boundary(*end as usize))
}

fn into_sheet(table: TextTable, file: &str, text: String) -> Sheet {
    let TextTable { ends, rows, left_out, overlong_texts, open_quotes, uneven_rows, .. } = table;
    let fields = FieldTable { text, ends, rows };
    let sheet = Sheet::from_fields(Place::file(file), fields);
    Sheet { left_out, overlong_texts, open_quotes, uneven_rows, ..sheet }
}

/// Splits a whole file into rows and fields.
fn split(
    content: &Content,
    format: &TextFormat,
    sieve: Option<&mut dyn Sieve>,
) -> Result<TextTable, ReadError> {
    let mut input = DecodingSplitter::new(format, Splitter::new(format.delimiter, content.size(), sieve));
    content.each_piece(|piece| input.feed(piece))?;
    input.finish()
}

/// Decodes its input to UTF-8 and splits it.
struct DecodingSplitter<'s> {
    splitter: Splitter<'s>,
    /// `None` for UTF-8.
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    /// Bytes of the byte-order mark still to be skipped.
    mark_left: usize,
}

impl<'s> DecodingSplitter<'s> {
    fn new(format: &TextFormat, splitter: Splitter<'s>) -> Self {
        let decoder = format.decoder();
        let decoded = vec![0; if decoder.is_some() { CHUNK } else { 0 }];
        Self { splitter, decoder, decoded, mark_left: format.mark_length }
    }

    fn feed(&mut self, piece: &[u8]) -> Result<(), ReadError> {
        let skipped = self.mark_left.min(piece.len());
        self.mark_left -= skipped;
        let bytes = &piece[skipped..];
        if self.decoder.is_some() { self.decode(bytes, false) } else { self.splitter.feed(bytes) }
    }

    fn decode(&mut self, mut bytes: &[u8], is_last: bool) -> Result<(), ReadError> {
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        loop {
            let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut self.decoded, is_last);
            self.splitter.feed(&self.decoded[..written])?;
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }

    fn finish(mut self) -> Result<TextTable, ReadError> {
        self.decode(&[], true)?;
        self.splitter.finish()
    }
}

#[cfg(test)]
mod tests;
