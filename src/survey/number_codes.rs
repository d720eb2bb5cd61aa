//! Numbers that are codes in one column and may be values in another: 999 is not a scale score, but may be an enrollment.

use super::classify::{ColumnClassifier, ColumnIndex};
use super::numeric_fit::code_text;
use crate::wording::survey_columns as wording;

impl ColumnClassifier<'_> {
    /// Asks about columns with codes of nines if another column has the same number as a value: a layout's markers hold for all
    /// columns.
    pub(super) fn question_codes(&mut self) {
        for index in self.indexes() {
            let codes: Vec<f64> = match self.column(index).measure() {
                Some(measure) => measure.codes.iter().copied().filter(|code| *code > 0.0).collect(),
                None => continue,
            };
            let shared = codes.into_iter().find(|code| self.is_value_elsewhere(index, *code));
            if let Some(code) = shared {
                let nearest = self.column(index).measure().and_then(|measure| measure.measure.clone());
                self.question(index, nearest, wording::code_or_value(&code_text(code)));
            }
        }
    }

    fn is_value_elsewhere(&self, index: ColumnIndex, code: f64) -> bool {
        self.indexes().filter(|other| *other != index).any(|other| {
            let column = self.column(other);
            column.measure().is_some_and(|measure| !measure.codes.contains(&code))
                && column.cells.numbers.contains(&code)
        })
    }
}
