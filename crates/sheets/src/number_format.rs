//! How a workbook shows its numbers: as they are, as percents, or as dates. [ECMA-376, part 1, 18.8.30 and 18.8.31]

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::Refusal;
use super::package::{Xml, attribute};

/// What a number is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    #[default]
    Number,
    Percent,
    /// A date, a time of day, or both.
    Date,
    /// Hours, minutes or seconds that may be more than a day's.
    Duration,
}

/// How the numbers of each style are shown, in the order of the styles.
pub(super) fn read_styles(mut xml: Xml<'_, '_>) -> Result<Vec<Shown>, Refusal> {
    let mut own = BTreeMap::new();
    let (mut styles, mut in_styles) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => {
                let id = || attribute(&tag, "numFmtId").and_then(|id| id.trim().parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "cellXfs" => in_styles = true,
                    "numFmt" => {
                        own.extend(id().zip(attribute(&tag, "formatCode").map(|code| by_code(&code))))
                    }
                    "xf" if in_styles => {
                        let id = id().unwrap_or(0);
                        styles.push(own.get(&id).copied().unwrap_or_else(|| by_id(id)));
                    }
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_styles = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// A format that every spreadsheet program knows, by its number.
const fn by_id(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        46 => Shown::Duration,
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shown::Date,
        _ => Shown::Number,
    }
}

/// A format by its code, such as `0.0%` or `[$-409]d-mmm-yy;@`.
fn by_code(code: &str) -> Shown {
    let bare = without_literals(code);
    match () {
        () if bare.contains('%') => Shown::Percent,
        () if bare.contains('[') => Shown::Duration,
        // Sections for negative numbers and the like follow the first.
        () if bare.split(';').next().unwrap_or("").contains(['d', 'm', 'y', 'h', 's']) => Shown::Date,
        () => Shown::Number,
    }
}

/// The code in lower case without what is shown as it stands (in quotation marks, after a backslash), what only fills or
/// pads, and what colours or decides; `[h]`, hours beyond a day, stays.
fn without_literals(code: &str) -> String {
    let mut bare = String::new();
    let mut rest = code.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' => _ = rest.by_ref().find(|c| *c == '"'),
            '\\' | '_' | '*' => _ = rest.next(),
            '[' => {
                let inner: String =
                    rest.by_ref().take_while(|c| *c != ']').collect::<String>().to_lowercase();
                let is_time = |letter: char| inner.chars().all(|c| c == letter);
                if !inner.is_empty() && ['h', 'm', 's'].into_iter().any(is_time) {
                    bare.push('[');
                    bare.push_str(&inner);
                }
            }
            other => bare.extend(other.to_lowercase()),
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{Shown, by_code, by_id};

    #[test]
    fn formats_show_what_they_say() {
        for date in ["yyyy-mm-dd", "[$-409]d-mmm-yy;@", "H:MM AM/PM", "mm:ss.0", "m\"M\"d\"D\";@", "*-yyyy"] {
            assert_eq!(by_code(date), Shown::Date, "{date}");
        }
        for duration in ["[h]:mm:ss", "[mm]:ss", "[Red][s]"] {
            assert_eq!(by_code(duration), Shown::Duration, "{duration}");
        }
        for percent in ["0%", "0.0%;[Red]-0.0%", "_(* 0%_)"] {
            assert_eq!(by_code(percent), Shown::Percent, "{percent}");
        }
        for number in [
            "General",
            "#,##0.00_);[Red](#,##0.00)",
            "0\" % of all\"",
            "\\Y000",
            "[>=100][Magenta]0",
            "#,##0\\ _M\"H\"_)",
            "0;@",
        ] {
            assert_eq!(by_code(number), Shown::Number, "{number}");
        }
        assert_eq!(
            (by_id(0), by_id(10), by_id(14), by_id(49)),
            (Shown::Number, Shown::Percent, Shown::Date, Shown::Number)
        );
    }
}
