//! The text of a cell of an .xlsx workbook, which may consist of runs with different formatting. [ECMA-376,
//! part 1, 18.4]

use quick_xml::events::BytesStart;

use super::raised::{Shift, ShiftedParts};
use super::xml::attribute;

/// Whitespace that is ignored around a run.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A text assembled from its runs, without phonetic readings (furigana).
#[derive(Default)]
pub(super) struct RichText {
    pub(super) text: String,
    run: Option<TextRun>,
    /// Where the current run is relative to the baseline.
    shift: Option<Shift>,
    shifted: ShiftedParts,
    in_reading: bool,
}

/// The current run of a text.
#[derive(Clone, Copy)]
struct TextRun {
    /// Where it starts in the text.
    start: usize,
    /// Whether the whitespace around it is significant.
    keeps_blanks: bool,
}

impl RichText {
    /// Starts a new text.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.shifted.clear();
        (self.run, self.shift, self.in_reading) = (None, None, false);
    }

    /// Ends the current cell's text, which begins at `start`, by marking its raised and lowered runs.
    pub(super) fn finish_from(&mut self, start: usize) {
        self.shifted.write_to(&mut self.text, start);
        self.shift = None;
    }

    pub(super) fn open_tag(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "rPh" => self.in_reading = true,
            "r" => self.shift = None,
            "vertAlign" => {
                self.shift = match attribute(tag, "val").as_deref() {
                    Some("superscript") => Some(Shift::Raised),
                    Some("subscript") => Some(Shift::Lowered),
                    _ => None,
                };
            }
            "t" if !self.in_reading => {
                let keeps_blanks = attribute(tag, "space").as_deref() == Some("preserve");
                self.run = Some(TextRun { start: self.text.len(), keeps_blanks });
            }
            _ => {}
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.run.is_some() {
            self.text.push_str(text);
        }
    }

    pub(super) fn close_tag(&mut self, name: &str) {
        match name {
            "rPh" => self.in_reading = false,
            "t" => {
                if let Some(run) = self.run.take() {
                    self.close_run(run);
                }
            }
            _ => {}
        }
    }

    fn close_run(&mut self, TextRun { start, keeps_blanks }: TextRun) {
        if !keeps_blanks {
            let run = &self.text[start..];
            let end = start + run.trim_end_matches(BLANKS).len();
            self.text.truncate(end);
            let run = &self.text[start..];
            let leading = run.len() - run.trim_start_matches(BLANKS).len();
            self.text.drain(start..start + leading);
        }
        unescape_from(&mut self.text, start);
        if let Some(shift) = self.shift {
            self.shifted.add(start..self.text.len(), shift);
        }
    }
}

/// Length of an escape such as `_x000D_`.
const ESCAPE: usize = 7;

/// Replaces escapes such as `_x000D_`, from `start` on, with the characters they represent. They are UTF-16
/// units, two of which may form one character. Returns the text from `start` on. [ECMA-376, part 1, 22.4.2.4,
/// ST_Xstring]
pub(super) fn unescape_from(text: &mut String, start: usize) -> &str {
    if memchr::memmem::find(&text.as_bytes()[start..], b"_x").is_some() {
        let escaped = text.split_off(start);
        let mut rest = escaped.as_str();
        while let Some(at) = rest.find("_x") {
            let units = escaped_units(&rest[at..]);
            text.push_str(&rest[..at]);
            if units.is_empty() {
                text.push_str("_x");
                rest = &rest[at + 2..];
            } else {
                text.push_str(&String::from_utf16_lossy(&units));
                rest = &rest[at + units.len() * ESCAPE..];
            }
        }
        text.push_str(rest);
    }
    &text[start..]
}

/// The UTF-16 units of all consecutive escapes at the start of a text.
fn escaped_units(text: &str) -> Vec<u16> {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(unit) = escaped_unit(rest) {
        units.push(unit);
        rest = &rest[ESCAPE..];
    }
    units
}

/// The UTF-16 unit of the escape at the start of a text, if there is one.
fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_number = digits.bytes().all(|b| b.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::unescape_from;

    #[test]
    fn escapes_are_the_characters_they_stand_for() {
        for (written, read) in [
            ("a_x000A_b", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_!", "\u{1F4F7}!"),
            ("max_x and _x12_", "max_x and _x12_"),
            ("é_x_x0041_", "é_xA"),
        ] {
            assert_eq!(unescape_from(&mut format!("_x0041_{written}"), 7), read);
        }
    }
}
