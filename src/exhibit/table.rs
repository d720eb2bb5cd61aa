//! The table of an exhibit.

use crate::domain::Unit;

/// A table with a header. Every row has one cell per column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Column headings.
    pub columns: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<ExhibitCell>>,
}

/// A cell of an exhibit's table.
#[derive(Debug, Clone, PartialEq)]
pub enum ExhibitCell {
    /// Text.
    Text(String),
    /// A number with the unit to show it in.
    Number(f64, Unit),
    /// No value, and why (`withheld (fewer than 10)`, `not published`).
    Absent(String),
}

impl ExhibitCell {
    /// The cell, formatted for display.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Absent(text) => text.clone(),
            Self::Number(value, unit) => unit.format(*value),
        }
    }

    /// The value in its unit, or the reason if there is none.
    pub(super) fn number_or_absent(value: Option<f64>, unit: Unit, reason: impl FnOnce() -> String) -> Self {
        match value {
            Some(value) => Self::Number(value, unit),
            None => Self::Absent(reason()),
        }
    }
}
