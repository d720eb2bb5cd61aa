//! The numbers of one observation, as read from its cells.

use super::number::Number;
use super::number_cell::NumberCell;
use super::percent_scale::NumberNotation;
use crate::catalog::{Bounds, MaskedRange, Measure, Stat};
use crate::domain::{Status, Unit, decimal_places};

/// The numbers of an observation, as read from its cells.
pub(super) struct SlotNumbers {
    /// Value, numerator and denominator.
    numbers: [Option<f64>; 3],
    /// Why each of them is absent; `None` if it is present or has no column.
    absences: [Option<Status>; 3],
    /// The bounds that the marker gives for a masked value.
    pub(super) bounds: Option<Bounds>,
    pub(super) notation: NumberNotation,
}

impl Default for SlotNumbers {
    fn default() -> Self {
        Self { numbers: [None; 3], absences: [None; 3], bounds: None, notation: NumberNotation::Plain }
    }
}

impl SlotNumbers {
    /// Adds what a cell was read as.
    pub(super) fn add(&mut self, cell: &NumberCell<'_>, number: Number) {
        let index = cell.stat as usize;
        match number {
            Number::Reported(number) => self.numbers[index] = Some(cell.scaled(number)),
            // A number with a percent sign is read as shown, regardless of what the layout says about plain
            // numbers.
            Number::Percent(percent) => {
                self.numbers[index] = Some(percent);
                if cell.stat == Stat::Value {
                    self.notation = NumberNotation::AsShown;
                }
            }
            Number::Absent(status, mark) => {
                self.absences[index] = Some(status);
                if let Some(mark) = mark.filter(|mark| cell.is_bounded_by(mark)) {
                    self.add_mark(&mark, cell.factor());
                }
            }
            Number::Unreadable => self.absences[index] = Some(Status::Missing),
        }
    }

    /// Adds the number of another cell to the one that it belongs to. Without it, or without the first one, there is no sum.
    pub(super) fn add_part(&mut self, cell: &NumberCell<'_>, number: Number) -> PartOfSum {
        let index = cell.stat as usize;
        // A bound of one part is none of the sum.
        self.bounds = None;
        let (part, is_shown) = match number {
            Number::Reported(number) => (cell.scaled(number), false),
            Number::Percent(percent) => (percent, true),
            Number::Absent(status, _) => return self.lose_sum(index, status),
            Number::Unreadable => return self.lose_sum(index, Status::Missing),
        };
        let Some(first) = self.numbers[index] else { return PartOfSum::OnTheSameScale };
        let is_first_shown = self.notation == NumberNotation::AsShown;
        if cell.stat == Stat::Value && is_shown != is_first_shown && part != 0.0 {
            if first != 0.0 {
                self.lose_sum(index, Status::Missing);
                return PartOfSum::OnAnotherScale;
            }
            self.notation = if is_shown { NumberNotation::AsShown } else { NumberNotation::Plain };
        }
        self.numbers[index] = Some(exact_sum(first, part));
        PartOfSum::OnTheSameScale
    }

    /// Leaves the sum out, for the reason that hides most.
    fn lose_sum(&mut self, index: usize, status: Status) -> PartOfSum {
        self.numbers[index] = None;
        let is_masked = status == Status::Masked || self.absences[index] == Some(Status::Masked);
        let is_missing = status == Status::Missing || self.absences[index] == Some(Status::Missing);
        self.absences[index] = Some(match (is_masked, is_missing) {
            (true, _) => Status::Masked,
            (false, true) => Status::Missing,
            (false, false) => status,
        });
        PartOfSum::OnTheSameScale
    }

    fn add_mark(&mut self, mark: &MaskedRange, factor: f64) {
        if mark.percent {
            self.notation = NumberNotation::AsShown;
        }
        self.bounds = self.bounds.or(Some(mark.bounds(factor)));
    }

    /// Whether the numerator of a percent is greater than its denominator, and nothing in the cell is absent.
    pub(super) fn has_part_above_whole(&self, measure: Option<&Measure>) -> bool {
        let [_, numerator, denominator] = self.numbers;
        measure.is_some_and(|measure| measure.unit == Unit::Percent)
            && numerator.zip(denominator).is_some_and(|(part, whole)| part > whole)
            && self.absences == [None; 3]
    }

    pub(super) fn make_missing(&mut self) {
        (self.numbers, self.absences) = ([None; 3], [Some(Status::Missing); 3]);
    }

    /// Takes the number of people from the column's name, if no cell has one.
    pub(super) fn state_people(&mut self, people: f64) {
        let index = Stat::Denominator as usize;
        if self.numbers[0].is_some() && self.numbers[index].is_none() && self.absences[index].is_none() {
            self.numbers[index] = Some(people);
        }
    }

    /// The status of the observation: that of its value or, if no value is published, of its numerator and
    /// denominator.
    pub(super) fn status(&self) -> Status {
        let [value, numerator, _] = self.numbers;
        let is_denominator_hidden = self.absences[Stat::Denominator as usize] == Some(Status::Masked);
        let is_computable =
            value.is_none() && self.absences[0].is_none() && numerator.is_some() && !is_denominator_hidden;
        if value.is_some() || is_computable {
            Status::Reported
        } else if self.absences.contains(&Some(Status::Masked)) {
            Status::Masked
        } else {
            self.absences.iter().flatten().next().copied().unwrap_or(Status::Missing)
        }
    }

    /// The numbers to keep: it must not be possible to compute a masked value from its parts.
    pub(super) fn published(&self, status: Status) -> [Option<f64>; 3] {
        if status == Status::Reported { self.numbers } else { [None, None, self.numbers[2]] }
    }
}

/// Whether the number of a cell is written like those that it is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartOfSum {
    OnTheSameScale,
    /// One has a percent sign, and the other may be a fraction, so they are not added up.
    OnAnotherScale,
}

/// A sum with as many decimals as the more precise of its parts, without the error of binary fractions.
fn exact_sum(first: f64, second: f64) -> f64 {
    let sum = first + second;
    match decimal_places(first).zip(decimal_places(second)) {
        Some((one, two)) => {
            let scale = 10f64.powi(one.max(two));
            (sum * scale).round() / scale
        }
        None => sum,
    }
}
