//! A cell of an OpenDocument spreadsheet: its value, and its text put together from paragraphs and spans.

use quick_xml::events::BytesStart;

use super::cell::Cell;
use super::cell_store::ShownScale;
use super::error::ReadError;
use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::number_format::is_code_of;
use super::package::MAX_TOKEN;
use super::percent::displayed_percent;
use super::raised::{Shift, ShiftedParts};
use super::sheet_builder::SheetBuilder;
use super::xml::prefixed_attribute;

/// A cell's value by its type; for [`Self::Text`], the value is the cell's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OdsValue {
    Text,
    Number(f64),
    /// A number of which only the thousands or millions are shown.
    Scaled(f64, ShownScale),
    Percent(f64),
    Bool(bool),
    Date(String),
}

/// A cell that is being read.
#[derive(Debug)]
pub(super) struct OdsCell {
    pub(super) value: OdsValue,
    /// Its text: that of its paragraphs, or the value that it states, after [`Self::finish`].
    pub(super) text: String,
    /// The text value that its tag states. Programs write it next to the same text in paragraphs, as for the result of
    /// a formula.
    stated: String,
    shifted: ShiftedParts,
    /// Number of paragraphs so far.
    paragraphs: u32,
    /// How many times it is repeated in the row.
    pub(super) repeat: u32,
    /// Rows and columns that it spans.
    pub(super) rows: u32,
    pub(super) columns: u32,
}

/// A cell of the current row, kept so that it can be repeated with the row.
#[derive(Debug)]
pub(super) struct RowCell {
    pub(super) column: u32,
    pub(super) value: OdsValue,
    pub(super) text: String,
}

impl OdsCell {
    pub(super) fn of_tag(tag: &BytesStart<'_>) -> Self {
        Self {
            value: OdsValue::of_tag(tag),
            text: String::new(),
            stated: prefixed_attribute(tag, "office:string-value").unwrap_or_default(),
            shifted: ShiftedParts::new(),
            paragraphs: 0,
            repeat: count(tag, "table:number-columns-repeated", MAX_COLUMNS),
            rows: count(tag, "table:number-rows-spanned", MAX_ROWS),
            columns: count(tag, "table:number-columns-spanned", MAX_COLUMNS),
        }
    }

    /// Begins a paragraph.
    pub(super) fn open_paragraph(&mut self) {
        if self.paragraphs > 0 {
            self.text.push('\n');
        }
        self.paragraphs += 1;
    }

    /// Adds text of a paragraph; text outside of one is not shown.
    ///
    /// # Errors
    /// If it is longer than any cell's.
    pub(super) fn push_text(&mut self, text: &str, shift: Option<Shift>) -> Result<(), ReadError> {
        if self.paragraphs == 0 {
            return Ok(());
        }
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(shift) = shift {
            self.shifted.add(start..self.text.len(), shift);
        }
        if self.text.len() > MAX_TOKEN as usize {
            return Err(ReadError::bomb("a cell of more than a megabyte of text"));
        }
        Ok(())
    }

    /// Settles its text and value after its last paragraph.
    pub(super) fn finish(&mut self) {
        if let OdsValue::Number(number) = self.value {
            self.value = OdsValue::as_shown(number, self.text.trim());
        } else if !self.shifted.is_empty() {
            self.shifted.write_to(&mut self.text, 0);
        } else if !self.stated.is_empty() {
            std::mem::swap(&mut self.text, &mut self.stated);
        }
    }
}

impl RowCell {
    /// Adds the cell to a row.
    pub(super) fn push_to(&self, builder: &mut SheetBuilder, row: u32) {
        let cell = match &self.value {
            OdsValue::Text => Cell::Text(&self.text),
            OdsValue::Number(n) => Cell::Number(*n),
            OdsValue::Scaled(n, scale) => return builder.push_scaled(row, self.column, *n, *scale),
            OdsValue::Percent(n) => Cell::Percent(*n),
            OdsValue::Bool(truth) => Cell::Bool(*truth),
            OdsValue::Date(date) => Cell::Date(date),
        };
        builder.push_cell(row, self.column, cell);
    }
}

impl OdsValue {
    /// The value in a cell's tag; [`Self::Text`] if it has none that can be read.
    fn of_tag(tag: &BytesStart<'_>) -> Self {
        match prefixed_attribute(tag, "office:value-type").as_deref() {
            Some("float" | "currency") => number(tag).map_or(Self::Text, Self::Number),
            Some("percentage") => {
                number(tag).map_or(Self::Text, |share| Self::Percent(displayed_percent(share)))
            }
            Some("boolean") => {
                Self::Bool(prefixed_attribute(tag, "office:boolean-value").as_deref() == Some("true"))
            }
            Some("date") => match prefixed_attribute(tag, "office:date-value") {
                Some(date) => Self::Date(date.get(..10).unwrap_or(&date).to_owned()),
                None => Self::Text,
            },
            _ => Self::Text,
        }
    }

    /// A number according to the text that is shown for it: with a percent sign, or only its thousands or millions.
    fn as_shown(number: f64, shown: &str) -> Self {
        if is_code_of(number, shown) {
            return Self::Text;
        }
        // Nearly all numbers are shown as they are.
        if shown.is_empty() || shown.parse() == Ok(number) {
            return Self::Number(number);
        }
        let shown = ShownNumber::new(shown);
        if shown.is_percent {
            return Self::Percent(if shown.is_near(number) { number } else { displayed_percent(number) });
        }
        if shown.is_near(number) {
            return Self::Number(number);
        }
        let scales = (1..=3).map(ShownScale);
        let scale = scales.into_iter().find(|scale| shown.is_near(number / scale.factor()));
        scale.map_or(Self::Number(number), |scale| Self::Scaled(number, scale))
    }
}

/// The text that is shown for a number.
struct ShownNumber {
    /// The number, with the decimal mark as a point or as a comma, and half a unit of its last digit.
    readings: Vec<RoundedNumber>,
    is_percent: bool,
}

/// A number as rounded for display.
struct RoundedNumber {
    number: f64,
    half_unit: f64,
}

impl ShownNumber {
    fn new(shown: &str) -> Self {
        let marks = [Some('.'), Some(','), None];
        let readings = marks.into_iter().filter_map(|mark| RoundedNumber::parse(shown, mark)).collect();
        Self { readings, is_percent: shown.ends_with('%') }
    }

    /// Whether it may be `number`, rounded.
    fn is_near(&self, number: f64) -> bool {
        self.readings.iter().any(|reading| (reading.number - number.abs()).abs() <= reading.half_unit)
    }
}

impl RoundedNumber {
    /// The digits of a text, with decimals after the last `mark`.
    fn parse(shown: &str, mark: Option<char>) -> Option<Self> {
        let (whole, fraction) = mark.and_then(|mark| shown.rsplit_once(mark)).unwrap_or((shown, ""));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (whole, fraction) = (digits(whole), digits(fraction));
        let decimals = fraction.len().min(15) as i32;
        let number = format!("{whole}.{fraction}").parse().ok()?;
        Some(Self { number, half_unit: 0.500_001 * 10f64.powi(-decimals) })
    }
}

fn number(tag: &BytesStart<'_>) -> Option<f64> {
    prefixed_attribute(tag, "office:value")?.parse().ok()
}

/// A count of at least 1, capped at `most` + 1.
pub(super) fn count(tag: &BytesStart<'_>, name: &str, most: u32) -> u32 {
    let count = prefixed_attribute(tag, name).and_then(|n| n.parse().ok());
    count.unwrap_or(1).clamp(1, most + 1)
}

#[cfg(test)]
mod tests {
    use super::{OdsValue, ShownScale};

    #[test]
    fn a_number_is_what_is_shown_for_it() {
        for (number, shown, value) in [
            (800.0, "800", OdsValue::Number(800.0)),
            (1234.0, "1,234", OdsValue::Number(1234.0)),
            (1234.0, "1.234", OdsValue::Number(1234.0)),
            (12.5, "12,5", OdsValue::Number(12.5)),
            (0.6, "0.6%", OdsValue::Percent(0.6)),
            (0.6, "0,6 %", OdsValue::Percent(0.6)),
            // Some programs do not say that a number is a percent.
            (0.6, "60%", OdsValue::Percent(60.0)),
            (0.453, "45.3%", OdsValue::Percent(45.3)),
            (1_234_567.0, "1,235", OdsValue::Scaled(1_234_567.0, ShownScale(1))),
            (1_234_567.0, "$1.2", OdsValue::Scaled(1_234_567.0, ShownScale(2))),
            (-1_234_567.0, "(1,235)", OdsValue::Scaled(-1_234_567.0, ShownScale(1))),
            (45_000.0, "March 2023", OdsValue::Number(45_000.0)),
            (5.0, "five", OdsValue::Number(5.0)),
        ] {
            assert_eq!(OdsValue::as_shown(number, shown), value, "{number} {shown}");
        }
    }
}
