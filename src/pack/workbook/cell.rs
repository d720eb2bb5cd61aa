//! What the cells of a table hold.

use rust_xlsxwriter::{Formula, Url, Worksheet, XlsxError};

use super::style::{NumberLook, Styles, filled, number, shaded};
use crate::domain::Unit;
use crate::pack::spreadsheet::{GridPlace, lines, write_text};
use crate::wording::workbook as words;

/// What the edges of a cell take of its width, and what they take with an indent, in digits.
pub(in crate::pack) const EDGES: f64 = 0.4;
const INDENTED: f64 = 1.7;

/// A cell of a table.
#[derive(Debug, Clone)]
pub(in crate::pack) enum BookCell {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A word in place of a number.
    Absent(String),
    /// A number.
    Number(f64, NumberLook),
    /// A number in a cell whose shade goes from −1 (orange) to 1 (blue).
    Shaded { value: f64, look: NumberLook, shade: f64 },
    /// A formula over other cells.
    Live(LiveFormula),
    /// A link to a cell of this workbook, with its text.
    Link { text: String, target: String },
    /// A text on a fill of this color, in 0xRRGGBB.
    Filled { text: String, fill: u32 },
    /// For people to fill in; it may hold a proposal.
    Input(String),
}

/// A formula, and what it gives now.
#[derive(Debug, Clone)]
pub(in crate::pack) struct LiveFormula {
    /// The formula; `{row}` stands for its own row.
    pub(in crate::pack) formula: String,
    /// Whether it computes with whole ranges, which older programs must be told.
    pub(in crate::pack) is_array: bool,
    /// What it gives.
    pub(in crate::pack) result: LiveResult,
    /// How a number is shown.
    pub(in crate::pack) look: NumberLook,
}

/// What a formula gives.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::pack) enum LiveResult {
    /// A number.
    Number(f64),
    /// A text, which may be empty.
    Text(String),
}

impl BookCell {
    pub(in crate::pack) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A value of a unit; blank without a value.
    pub(in crate::pack) fn value(value: Option<f64>, unit: Unit) -> Self {
        Self::number(value, |value| NumberLook::Value(unit, value))
    }

    /// A difference of values of a unit.
    pub(in crate::pack) fn change(change: Option<f64>, unit: Unit) -> Self {
        Self::number(change, |change| NumberLook::Change(unit, change))
    }

    /// A number of people.
    pub(in crate::pack) fn people(n: Option<f64>) -> Self {
        Self::number(n, |_| NumberLook::Whole)
    }

    fn number(number: Option<f64>, look: impl Fn(f64) -> NumberLook) -> Self {
        number
            .filter(|number| number.is_finite())
            .map_or(Self::Blank, |number| Self::Number(number, look(number)))
    }

    /// An empty cell to fill in.
    pub(in crate::pack) const fn input() -> Self {
        Self::Input(String::new())
    }

    /// How many lines it takes in a column of this width.
    pub(in crate::pack) fn lines(&self, width: f64) -> usize {
        match self {
            Self::Text(text) | Self::Input(text) | Self::Link { text, .. } => lines(text, width - INDENTED),
            Self::Absent(text) | Self::Filled { text, .. } => lines(text, width - EDGES),
            Self::Live(LiveFormula { result: LiveResult::Text(text), .. }) => lines(text, width - EDGES),
            Self::Blank | Self::Number(..) | Self::Shaded { .. } | Self::Live(_) => 1,
        }
    }

    /// How wide its column must be for a number to be seen, in characters.
    pub(in crate::pack) fn number_width(&self) -> f64 {
        match self {
            Self::Number(value, look)
            | Self::Live(LiveFormula { result: LiveResult::Number(value), look, .. }) => {
                look.letters(*value) as f64 + 1.0
            }
            _ => 0.0,
        }
    }

    /// Writes the cell.
    pub(in crate::pack) fn write(
        &self,
        sheet: &mut Worksheet,
        place: GridPlace,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        let GridPlace { row, column } = place;
        match self {
            Self::Blank => sheet.write_blank(row, column, &styles.text).map(drop),
            Self::Text(text) => write_text(sheet, place, text, &styles.text, words::cut_here),
            Self::Absent(text) => write_text(sheet, place, text, &styles.absent, words::cut_here),
            Self::Filled { text, fill } => {
                write_text(sheet, place, text, &filled(&styles.text, *fill), words::cut_here)
            }
            Self::Input(text) if text.is_empty() => sheet.write_blank(row, column, &styles.input).map(drop),
            Self::Input(text) => write_text(sheet, place, text, &styles.input, words::cut_here),
            Self::Number(value, look) => {
                sheet.write_number_with_format(row, column, *value, &number(*look)).map(drop)
            }
            Self::Shaded { value, look, shade } => {
                let format = shaded(number(*look), *shade);
                sheet.write_number_with_format(row, column, *value, &format).map(drop)
            }
            Self::Link { text, target } => {
                let url = Url::new(target.as_str()).set_text(text);
                sheet.write_url_with_format(row, column, url, &styles.cell_link).map(drop)
            }
            Self::Live(live) => live.write(sheet, place),
        }
    }
}

impl LiveFormula {
    fn write(&self, sheet: &mut Worksheet, place: GridPlace) -> Result<(), XlsxError> {
        let GridPlace { row, column } = place;
        let formula = Formula::new(self.formula.replace("{row}", &(row + 1).to_string()))
            .set_result(self.result.cached());
        let format = number(self.look);
        if self.is_array {
            sheet.write_array_formula_with_format(row, column, row, column, formula, &format)?;
        } else {
            sheet.write_formula_with_format(row, column, formula, &format)?;
        }
        Ok(())
    }
}

impl LiveResult {
    /// A number, or an empty text.
    pub(in crate::pack) fn of(number: Option<f64>) -> Self {
        number.map_or_else(|| Self::Text(String::new()), Self::Number)
    }

    fn cached(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The address of a cell that a link leads to.
pub(in crate::pack) fn link_target(sheet: &str, row: u32) -> String {
    format!("internal:'{}'!A{}", sheet.replace('\'', "''"), row + 1)
}
