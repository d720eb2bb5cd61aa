//! What a cell holds.

/// A cell's content, borrowed from its sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text as typed, cleaned; never empty.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A number shown with a percent sign, as displayed: 45.3 where 0.453 is stored and the format multiplies it by 100
    /// (`0.0%`), or where 45.3 is stored and the format only adds the sign (`0.0"%"`).
    Percent(f64),
    /// A boolean.
    Bool(bool),
    /// A date or time, as text in ISO 8601.
    Date(&'a str),
    /// A formula's error, such as `#REF!`, or [`UNCALCULATED`].
    Error(&'a str),
}

/// The text of a cell whose formula was never calculated, so the file has no value for it.
pub const UNCALCULATED: &str = "a formula without a value";

impl Cell<'_> {
    /// The trimmed text of a text or date cell; a number as one would type it; empty for an empty cell.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Date(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Percent(percent) => format!("{percent}%"),
            Self::Bool(truth) => if truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// Whether it is empty or contains only whitespace.
    #[must_use]
    pub fn is_blank(self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}
