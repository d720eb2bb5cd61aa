//! How a workbook displays its numbers: unchanged, as percents, or as dates. [ECMA-376, part 1, 18.8.30 and
//! 18.8.31]

use std::collections::BTreeMap;
use std::str::Chars;

use quick_xml::events::{BytesStart, Event};

use super::cell_store::ShownScale;
use super::error::ReadError;
use super::xml::{Xml, attribute};

/// What a number is displayed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    #[default]
    Number,
    /// A number of which only the thousands, millions … are shown.
    Scaled(ShownScale),
    /// A code with leading zeros or hyphens that only its format adds.
    Code(DigitGroups),
    /// A fraction, as a percent.
    Percent,
    /// A number that is a percent already, with a percent sign after it: `0.0"%"`.
    PercentAsStored,
    /// A date, a time of day, or both.
    Date,
    /// Hours, minutes or seconds that may exceed a day.
    Duration,
}

/// The number format of each cell style, in the order of the styles.
pub(super) fn read_styles(mut xml: Xml<'_, '_>) -> Result<Vec<NumberFormat>, ReadError> {
    let mut own_formats = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_styles = false;
    loop {
        match xml.next()? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "cellXfs" => in_styles = true,
                "numFmt" => {
                    let code = attribute(&tag, "formatCode");
                    let format = code.map(|code| NumberFormat::by_code(&code));
                    own_formats.extend(format_id(&tag).zip(format));
                }
                "xf" if in_styles => {
                    let id = format_id(&tag).unwrap_or(0);
                    let own = own_formats.get(&id).copied();
                    styles.push(own.unwrap_or(NumberFormat::by_id(id)));
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_styles = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn format_id(tag: &BytesStart<'_>) -> Option<u32> {
    attribute(tag, "numFmtId")?.trim().parse().ok()
}

impl NumberFormat {
    /// A built-in format, by its number.
    const fn by_id(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            46 => Self::Duration,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            _ => Self::Number,
        }
    }

    /// A format by its code, such as `0.0%` or `[$-409]d-mmm-yy;@`.
    fn by_code(code: &str) -> Self {
        let symbols = without_literals(code);
        // Other sections, such as for negative numbers, follow the first.
        let first_section = symbols.split(';').next().unwrap_or("");
        if symbols.contains('%') {
            Self::Percent
        } else if symbols.contains('[') {
            Self::Duration
        } else if first_section.contains(['d', 'm', 'y', 'h', 's']) {
            Self::Date
        } else if adds_percent_sign(code) {
            Self::PercentAsStored
        } else if let Some(groups) = DigitGroups::of_code(code) {
            Self::Code(groups)
        } else {
            match left_out_thousands(first_section) {
                0 => Self::Number,
                power => Self::Scaled(ShownScale(power)),
            }
        }
    }
}

/// The groups of digits that a format such as `00000` or `00\-000` shows, with a hyphen between them; unused ones are 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DigitGroups([u8; 4]);

impl DigitGroups {
    /// The groups in the first section of a format's code; `None` if it has anything but zeros and hyphens, or one zero.
    fn of_code(code: &str) -> Option<Self> {
        let section = code.split(';').next().unwrap_or("").replace("\\-", "-").replace("\"-\"", "-");
        let mut groups = [0; 4];
        let mut digits = 0;
        for (index, group) in section.split('-').enumerate() {
            if group.is_empty() || !group.bytes().all(|byte| byte == b'0') {
                return None;
            }
            *groups.get_mut(index)? = u8::try_from(group.len()).ok()?;
            digits += group.len();
        }
        (digits > 1).then_some(Self(groups))
    }

    /// The text that is shown for a number; `None` if it is the number itself.
    pub(super) fn text(self, number: f64) -> Option<String> {
        const GREATEST: f64 = 1e15;
        if !(0.0..GREATEST).contains(&number) || number.fract() != 0.0 {
            return None;
        }
        let width = self.0.iter().map(|group| usize::from(*group)).sum();
        let mut rest = format!("{number:0width$}");
        let mut groups = Vec::new();
        for group in self.0.iter().skip(1).rev().filter(|group| **group > 0) {
            groups.push(rest.split_off(rest.len() - usize::from(*group)));
        }
        if groups.is_empty() && !rest.starts_with('0') {
            return None;
        }
        groups.push(rest);
        groups.reverse();
        Some(groups.join("-"))
    }
}

/// Whether `shown` is a code with leading zeros or hyphens made of a number.
pub(super) fn is_code_of(number: f64, shown: &str) -> bool {
    let is_padded = shown.len() > 1 && shown.starts_with('0');
    let is_grouped = shown.contains('-') && !shown.starts_with('-');
    if !is_padded && !is_grouped {
        return false;
    }
    let digits = shown.replace('-', "");
    digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse() == Ok(number)
}

/// How many groups of three digits the first section of a format leaves out: a comma after the digits, or right before
/// the decimal point, stands for one (`#,##0,` shows thousands).
fn left_out_thousands(section: &str) -> u8 {
    let is_digit = |c: char| matches!(c, '0' | '#' | '?');
    let (whole, fraction) = section.split_once('.').unwrap_or((section, ""));
    let mut commas = 0;
    for part in [whole, fraction] {
        let end = part.rfind(is_digit).map_or(part.len(), |last| last + 1);
        commas += part[end..].chars().take_while(|c| *c == ',').count();
    }
    commas.min(4) as u8
}

/// Whether the first section of a format puts a percent sign as literal text after the digits, which does not multiply
/// the number by 100. Other text that begins with one (`0"%ile"`) is not a percent sign.
fn adds_percent_sign(code: &str) -> bool {
    let mut behind = String::new();
    let mut rest = code.chars();
    while let Some(character) = rest.next() {
        match character {
            ';' => break,
            '"' => behind.extend(rest.by_ref().take_while(|c| *c != '"')),
            '\\' => behind.extend(rest.next()),
            '_' | '*' => _ = rest.next(),
            '[' => _ = rest.by_ref().find(|c| *c == ']'),
            '0' | '#' | '?' => behind.clear(),
            // The end of `General`.
            'l' | 'L' => behind.clear(),
            _ => {}
        }
    }
    let sign = behind.trim_start().strip_prefix(['%', '\u{ff05}']);
    sign.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

/// The code in lower case without literal text (in quotation marks, or after a backslash), fill and padding
/// characters, colors and conditions. `[h]` (hours beyond a day) is kept.
fn without_literals(code: &str) -> String {
    let mut symbols = String::new();
    let mut rest = code.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' => _ = rest.by_ref().find(|c| *c == '"'),
            '\\' | '_' | '*' => _ = rest.next(),
            '[' => symbols.push_str(&elapsed_time(&mut rest)),
            other => symbols.extend(other.to_lowercase()),
        }
    }
    symbols
}

/// Reads up to the closing bracket; returns `[h` or similar for a symbol of elapsed time, otherwise nothing.
fn elapsed_time(rest: &mut Chars<'_>) -> String {
    let inner: String = rest.take_while(|c| *c != ']').collect();
    let inner = inner.to_lowercase();
    let is_time = ['h', 'm', 's'].into_iter().any(|symbol| inner.chars().all(|c| c == symbol));
    if is_time && !inner.is_empty() { format!("[{inner}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::{NumberFormat, ShownScale};

    #[test]
    fn formats_show_what_they_say() {
        for date in ["yyyy-mm-dd", "[$-409]d-mmm-yy;@", "H:MM AM/PM", "mm:ss.0", "m\"M\"d\"D\";@", "*-yyyy"] {
            assert_eq!(NumberFormat::by_code(date), NumberFormat::Date, "{date}");
        }
        for duration in ["[h]:mm:ss", "[mm]:ss", "[Red][s]"] {
            assert_eq!(NumberFormat::by_code(duration), NumberFormat::Duration, "{duration}");
        }
        for percent in ["0%", "0.0%;[Red]-0.0%", "_(* 0%_)"] {
            assert_eq!(NumberFormat::by_code(percent), NumberFormat::Percent, "{percent}");
        }
        for number in [
            "General",
            "#,##0.00_);[Red](#,##0.00)",
            "0\"%ile\"",
            "0\" of 100%\"",
            "#,##0",
            "0.0;-0.0\\%",
            "\\Y000",
            "[>=100][Magenta]0",
            "#,##0\\ _M\"H\"_)",
            "0;@",
        ] {
            assert_eq!(NumberFormat::by_code(number), NumberFormat::Number, "{number}");
        }
        for percent in
            ["0.0\"%\"", "0.0\\%", "0.0\" %\";-0.0\" %\"", "General\"%\"", "0\" % of all\"", "_(0\\%_)"]
        {
            assert_eq!(NumberFormat::by_code(percent), NumberFormat::PercentAsStored, "{percent}");
        }
        for (code, number, shown) in [
            ("00000", 107.0, Some("00107")),
            ("00000", 10_700.0, None),
            ("00\\-000", 1007.0, Some("01-007")),
            ("000-0000", 1_234_567.0, Some("123-4567")),
            ("00000", 10.5, None),
            ("00000", -107.0, None),
        ] {
            let NumberFormat::Code(groups) = NumberFormat::by_code(code) else { panic!("{code}") };
            assert_eq!(groups.text(number).as_deref(), shown, "{code}: {number}");
        }
        for (code, power) in
            [("#,##0,", 1), ("$#,##0.0,,", 2), ("#,##0,.0", 1), ("0,\"K\"", 1), ("_(* #,##0,_);(#,##0,)", 1)]
        {
            assert_eq!(NumberFormat::by_code(code), NumberFormat::Scaled(ShownScale(power)), "{code}");
        }
        assert_eq!(
            (
                NumberFormat::by_id(0),
                NumberFormat::by_id(10),
                NumberFormat::by_id(14),
                NumberFormat::by_id(49)
            ),
            (NumberFormat::Number, NumberFormat::Percent, NumberFormat::Date, NumberFormat::Number)
        );
    }
}
