//! The fields of a text table, one after the other in one text.

use super::clean::{clean, is_clean};

/// The fields of a text table and where each ends, cleaned (see [`clean`]) in their place: the text may be most of the
/// memory.
pub(super) fn cleaned(text: String, mut ends: Vec<u32>) -> (String, Vec<u32>) {
    if is_clean(&text) {
        return (text, ends);
    }
    let mut bytes = text.into_bytes();
    let (mut start, mut written) = (0, 0);
    for end in &mut ends {
        let field = start..*end as usize;
        start = field.end;
        let cleaned = str::from_utf8(&bytes[field.clone()]).ok().filter(|text| !is_clean(text));
        // What is cleaned is never longer.
        match cleaned.map(|text| clean(text).into_owned()) {
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
    // Whole characters were moved: it is UTF-8 still.
    let text =
        String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    (text, ends)
}
