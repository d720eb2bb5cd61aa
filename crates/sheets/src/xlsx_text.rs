//! The text of a cell of an .xlsx workbook, which may come in runs of several looks. [ECMA-376, part 1, 18.4]

use quick_xml::events::BytesStart;

use super::package::attribute;

/// A text that is put together from its runs, without the readings beside the words (furigana).
#[derive(Default)]
pub(super) struct Rich {
    pub(super) text: String,
    /// Where the run under way starts, and whether the blanks around it count.
    run: Option<(usize, bool)>,
    in_reading: bool,
}

impl Rich {
    /// Begins another text.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        (self.run, self.in_reading) = (None, false);
    }

    pub(super) fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "rPh" => self.in_reading = true,
            "t" if !self.in_reading => {
                self.run = Some((self.text.len(), attribute(tag, "space").as_deref() == Some("preserve")));
            }
            _ => {}
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.run.is_some() {
            self.text.push_str(text);
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "rPh" => self.in_reading = false,
            "t" => {
                let Some((start, keeps_blanks)) = self.run.take() else { return };
                if !keeps_blanks {
                    let blank = [' ', '\t', '\r', '\n'];
                    self.text.truncate(start + self.text[start..].trim_end_matches(blank).len());
                    let before = self.text.len() - start - self.text[start..].trim_start_matches(blank).len();
                    self.text.drain(start..start + before);
                }
                unescaped(&mut self.text, start);
            }
            _ => {}
        }
    }
}

/// What stands in `text` from `start` on, with `_x000D_` and the like turned into the characters they stand for:
/// UTF-16 units, of which two may make one character. [ECMA-376, part 1, 22.4.2.4, ST_Xstring]
pub(super) fn unescaped(text: &mut String, start: usize) -> &str {
    if memchr::memmem::find(&text.as_bytes()[start..], b"_x").is_some() {
        let escaped = text.split_off(start);
        let mut rest = escaped.as_str();
        while let Some(at) = rest.find("_x") {
            let mut units = Vec::new();
            let mut after = &rest[at..];
            while let Some(unit) = unit(after) {
                units.push(unit);
                after = &after[ESCAPE..];
            }
            text.push_str(&rest[..at]);
            if units.is_empty() {
                text.push_str("_x");
                after = &rest[at + 2..];
            }
            text.push_str(&String::from_utf16_lossy(&units));
            rest = after;
        }
        text.push_str(rest);
    }
    &text[start..]
}

/// Length of `_x000D_`.
const ESCAPE: usize = 7;

fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_number = digits.bytes().all(|b| b.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_the_characters_they_stand_for() {
        for (written, read) in [
            ("a_x000A_b", "a\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_!", "\u{1F4F7}!"),
            ("max_x and _x12_", "max_x and _x12_"),
            ("é_x_x0041_", "é_xA"),
        ] {
            assert_eq!(unescaped(&mut format!("_x0041_{written}"), 7), read);
        }
    }
}
