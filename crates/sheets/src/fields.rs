//! The fields of a text table, concatenated in one string.

use super::cell_store::RowStart;
use super::clean::{clean, is_clean};

/// The fields of a text table, unquoted.
pub(super) struct FieldTable {
    /// The fields, concatenated.
    pub(super) text: String,
    /// Where each field ends in `text`.
    pub(super) ends: Vec<u32>,
    pub(super) rows: Vec<RowStart>,
}

impl FieldTable {
    /// The same fields, cleaned (see [`clean`]). This is done in place because the text may take up most of
    /// the memory.
    pub(super) fn cleaned(self) -> Self {
        if is_clean(&self.text) {
            return self;
        }
        let Self { text, mut ends, rows } = self;
        let mut bytes = text.into_bytes();
        let (mut start, mut written) = (0, 0);
        for end in &mut ends {
            let field = start..*end as usize;
            start = field.end;
            // Cleaned text is never longer.
            match cleaned_field(&bytes[field.clone()]) {
                Some(cleaned) => {
                    bytes[written..written + cleaned.len()].copy_from_slice(cleaned.as_bytes());
                    written += cleaned.len();
                }
                None => {
                    written += field.len();
                    bytes.copy_within(field.clone(), written - field.len());
                }
            }
            *end = written as u32;
        }
        bytes.truncate(written);
        Self { text: utf8_or_replaced(bytes), ends, rows }
    }
}

/// The field without the characters that [`clean`] removes; `None` if it has none of them.
fn cleaned_field(field: &[u8]) -> Option<String> {
    let text = str::from_utf8(field).ok().filter(|text| !is_clean(text))?;
    Some(clean(text).into_owned())
}

/// The bytes as text; invalid UTF-8 is replaced.
pub(super) fn utf8_or_replaced(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// What a spreadsheet displays for a field of a text table: `="00123"`, a notation that keeps an id from
/// being read as a number, is displayed as `00123`.
pub(super) fn displayed_text(field: &str) -> &str {
    match field.as_bytes() {
        [b'=', b'"', .., b'"'] if field.len() > 2 => &field[2..field.len() - 1],
        _ => field,
    }
}
