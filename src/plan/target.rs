//! A target as somebody typed it.

use super::menu::MenuRow;
use crate::catalog::{PlanSpec, TargetWords};
use crate::domain::Unit;
use crate::form_export::plain;

/// Why a target cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetFault {
    /// It is not a number.
    Words,
    /// It has the sign of another unit, or is out of the range of the measure.
    Unit,
    /// It may be a share of 1, where the measure is in percent.
    Fraction,
    /// It is a change ("+5"), not the value to reach.
    Change,
}

/// A target that can be used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ReadTarget {
    pub(super) value: f64,
    /// Whether it has a percent sign, but would fit better a hundred times as large.
    pub(super) is_doubtful: bool,
}

/// What a target is read beside.
pub(super) struct TargetReader<'a> {
    pub(super) row: &'a MenuRow,
    pub(super) spec: &'a PlanSpec,
    /// The newest value, and the other targets of the goal that are certain.
    pub(super) near: Vec<f64>,
}

/// The largest number that may be a share of 1.
const LARGEST_SHARE: f64 = 1.0;
/// Within how many times a target is near another value.
const NEAR: f64 = 3.0;

impl<'a> TargetReader<'a> {
    /// For an indicator, and what was typed for its targets.
    pub(super) fn new<'t>(
        row: &'a MenuRow,
        spec: &'a PlanSpec,
        texts: impl Iterator<Item = &'t str>,
    ) -> Self {
        let mut reader = Self { row, spec, near: vec![row.baseline.value] };
        let certain: Vec<f64> = texts
            .filter_map(|text| reader.number(text).ok()?)
            .map(|number| number.value)
            .filter(|value| value.abs() > LARGEST_SHARE)
            .collect();
        reader.near.extend(certain);
        reader
    }

    /// The value of a target; `None` if it is still open. A certain one helps to read the next.
    ///
    /// # Errors
    /// [`TargetFault`]; nothing is guessed.
    pub(super) fn read(&mut self, text: &str) -> Result<Option<ReadTarget>, TargetFault> {
        let Some(TypedNumber { value, has_percent }) = self.number(text)? else { return Ok(None) };
        let is_doubtful = self.row.unit == Unit::Percent && value > 0.0 && value <= LARGEST_SHARE;
        if is_doubtful && !has_percent && !self.is_clearly_percent(value, 0) {
            return Err(TargetFault::Fraction);
        }
        let is_doubtful = is_doubtful && has_percent && self.is_clearly_share(value, 1);
        if !is_doubtful {
            self.near.push(value);
        }
        Ok(Some(ReadTarget { value, is_doubtful }))
    }

    /// The number that was typed, if it is one of this measure.
    fn number(&self, text: &str) -> Result<Option<TypedNumber>, TargetFault> {
        let is_open =
            plain(text).is_empty() || self.spec.targets.open.iter().any(|word| *word == plain(text));
        if is_open {
            return Ok(None);
        }
        let text = with_signs(text, &self.spec.targets).replace('−', "-");
        if text.starts_with('+') {
            return Err(TargetFault::Change);
        }
        let number = without_separators(&text.replace(['%', '$'], "")).ok_or(TargetFault::Words)?;
        let value: f64 = number.parse().map_err(|_| TargetFault::Words)?;
        if !value.is_finite() {
            return Err(TargetFault::Words);
        }
        let (row, has_percent) = (self.row, text.ends_with('%'));
        let is_percent = row.unit == Unit::Percent;
        let is_of_other_unit =
            (has_percent && !is_percent) || (text.contains('$') && !is_in_dollars(row.unit));
        let is_out_of_range = row.plausible.is_some_and(|[low, high]| value < low || value > high)
            || is_percent && value > 100.0;
        // A share is a question, even where it would be out of the range as a percent.
        let is_share = is_percent && !has_percent && value > 0.0 && value <= LARGEST_SHARE;
        if is_of_other_unit || is_out_of_range && !is_share {
            return Err(TargetFault::Unit);
        }
        Ok(Some(TypedNumber { value, has_percent }))
    }

    /// Whether a number fits better as it is than a hundred times as large. `more` speaks for it as it is.
    fn is_clearly_percent(&self, value: f64, more: u32) -> bool {
        self.fit(value) + more > self.fit(100.0 * value)
    }

    /// Whether a number fits better a hundred times as large.
    fn is_clearly_share(&self, value: f64, more: u32) -> bool {
        self.fit(value) + more < self.fit(100.0 * value)
    }

    /// How well a target fits: whether it improves on the newest value, and whether it is near that or another target.
    fn fit(&self, value: f64) -> u32 {
        let newest = self.row.baseline.value;
        let improves = self.row.better.sign() * (value - newest) >= 0.0;
        let is_near = self.near.iter().any(|other| value <= NEAR * other && *other <= NEAR * value);
        let is_plausible = self.row.plausible.is_none_or(|[low, high]| value >= low && value <= high);
        if is_plausible { u32::from(improves) + u32::from(is_near) } else { 0 }
    }
}

/// A number as it was typed.
struct TypedNumber {
    value: f64,
    has_percent: bool,
}

/// A number without the commas or blanks between its thousands; `None` if one stands elsewhere: `93,5` may be 93.5, and `9 5` two numbers.
fn without_separators(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split([',', ' ']);
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    let is_grouped = whole.len() == first.len()
        || whole.len() == first.len() + 1 && whole.starts_with('-')
        || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let has_others = text[whole.len()..].contains([',', ' ']);
    (is_grouped && !has_others).then(|| text.replace([',', ' '], ""))
}

/// A text with signs for the words after its number: `20%` for `20 percent`.
fn with_signs(text: &str, words: &TargetWords) -> String {
    let text = text.trim().trim_end_matches('.');
    for (names, sign) in [(&words.percent, '%'), (&words.dollars, '$')] {
        for name in names {
            if let Some(number) = without_last(text, name) {
                return format!("{number}{sign}");
            }
        }
    }
    text.to_owned()
}

/// A text without a word at its end, in any case; `None` if it ends with another one.
fn without_last<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(word.len())?;
    let number = text.get(..at)?.trim_end();
    let ends =
        text[at..].eq_ignore_ascii_case(word) && number.ends_with(|letter: char| letter.is_ascii_digit());
    ends.then_some(number)
}

const fn is_in_dollars(unit: Unit) -> bool {
    unit.is_money() || matches!(unit, Unit::DollarsPer100)
}
