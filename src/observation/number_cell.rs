//! Reads a cell as one of the numbers of an observation, and reports anything odd about it.

use super::number::Number;
use super::slot::{CellPart, SlotColumn};
use super::table_context::TableContext;
use crate::catalog::{MaskedRange, Measure, Stat};
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{Status, Unit};
use sheets::{Cell, UNCALCULATED};

/// The factor that makes a percent of a fraction.
const PERCENTS_IN_ONE: f64 = 100.0;

/// A cell that contains a number of an observation.
pub(super) struct NumberCell<'c> {
    pub(super) cell: Cell<'c>,
    pub(super) row: u32,
    pub(super) column: SlotColumn,
    pub(super) stat: Stat,
    /// By how much the number is larger than what is shown.
    pub(super) shown_factor: f64,
    /// The observation's measure; `None` if the catalog does not know it.
    pub(super) measure: Option<&'c Measure>,
}

impl NumberCell<'_> {
    /// Reads the number. A cell without one is counted and reported.
    pub(super) fn read(&self, context: &mut TableContext<'_>) -> Number {
        if self.multiplies_people() {
            let problem =
                Diagnostic::people_multiplied(self.place(context), self.factor(), self.column_name(context));
            context.report_problem(problem);
            return Number::Unreadable;
        }
        if self.is_stored_whole() {
            let problem = Diagnostic::shown_scaled(self.place(context), self.column_name(context));
            context.report_problem(problem);
        }
        let number = self.read_number(context);
        let number = self.mask_negative_code(context, number);
        self.count(context, number);
        number
    }

    /// The factor for the number: the layout's, unless only what is shown is in thousands.
    pub(super) fn factor(&self) -> f64 {
        if self.is_stored_whole() { 1.0 } else { self.column.times.unwrap_or(1.0) }
    }

    /// The number times the factor. A fraction of 1 becomes 55% and not 55.00000000000001%.
    pub(super) fn scaled(&self, number: f64) -> f64 {
        let factor = self.factor();
        let is_fraction = number.abs() <= 1.0 && factor > 1.0 && factor <= PERCENTS_IN_ONE;
        if is_fraction { (number * factor * 1e12).round() / 1e12 } else { number * factor }
    }

    /// Whether the layout multiplies thousands, but the cell holds a whole amount of which only the thousands are shown.
    fn is_stored_whole(&self) -> bool {
        self.shown_factor > 1.0 && self.column.is_in_thousands()
    }

    /// Whether the bounds in a marker apply to the value: a marker about the number of people gives no bounds
    /// for their rate.
    pub(super) fn is_bounded_by(&self, mark: &MaskedRange) -> bool {
        let is_rate = self.measure.is_some_and(|measure| measure.unit != Unit::Count);
        self.stat == Stat::Value && !(mark.people && is_rate)
    }

    /// Whether the layout multiplies a number of people, which would hide how few they are.
    fn multiplies_people(&self) -> bool {
        let counts_people = self.measure.is_some_and(|m| m.unit == Unit::Count && m.protects_people());
        self.factor() > 1.0 && counts_people
    }

    /// The number without a following footnote mark.
    fn read_number(&self, context: &mut TableContext<'_>) -> Number {
        let number = match self.column.part {
            Some(part) => context.numbers.read_part(self.cell, part),
            None => context.numbers.read(self.cell),
        };
        if number != Number::Unreadable {
            return number;
        }
        let Some(number) = context.numbers.read_footnoted(self.cell) else { return number };
        if !matches!(number, Number::Absent(..)) {
            let text = self.cell.to_text();
            let problem = Diagnostic::footnote_mark(self.place(context), &text, self.column_name(context));
            context.report_problem(problem);
        }
        number
    }

    /// Treats a negative whole number as a publisher's code for a masked value if the value cannot be
    /// negative.
    fn mask_negative_code(&self, context: &mut TableContext<'_>, number: Number) -> Number {
        let Number::Reported(code) = number else { return number };
        let may_be_negative = self.stat == Stat::Value && self.measure.is_none_or(Measure::may_be_negative);
        if may_be_negative || code >= 0.0 || code.fract() != 0.0 {
            return number;
        }
        let problem = Diagnostic::negative_code(self.place(context), code, self.column_name(context));
        context.report_problem(problem);
        Number::Absent(Status::Masked, None)
    }

    /// Counts the cell by what it was read as.
    fn count(&self, context: &mut TableContext<'_>, number: Number) {
        match number {
            Number::Reported(_) | Number::Percent(_) => context.report.cells_reported += 1,
            Number::Absent(Status::Masked, _) => context.report.cells_masked += 1,
            Number::Absent(..) => context.report.cells_missing += 1,
            Number::Unreadable if self.is_counted_before(context) => {}
            Number::Unreadable => {
                context.report.cells_not_numbers += 1;
                context.report_problem(self.unreadable(context));
            }
        }
    }

    /// Whether an unreadable cell with several numbers has already been counted with the first of them.
    fn is_counted_before(&self, context: &TableContext<'_>) -> bool {
        self.column.part.is_some_and(|part| {
            let first = CellPart { index: part.first, ..part };
            part.index > part.first && context.numbers.read_part(self.cell, first) == Number::Unreadable
        })
    }

    /// The problem for a cell that cannot be read.
    fn unreadable(&self, context: &TableContext<'_>) -> Diagnostic {
        let (place, name) = (self.place(context), self.column_name(context));
        match (self.cell, self.column.part) {
            (Cell::Error(UNCALCULATED), _) => Diagnostic::not_calculated(place, name),
            (_, Some(part)) => Diagnostic::cell_not_parts(place, &self.cell.to_text(), part.count, name),
            _ => Diagnostic::cell_not_number(place, &self.cell.to_text(), name),
        }
    }

    fn place(&self, context: &TableContext<'_>) -> Place {
        context.cell_place(self.row, self.column.column)
    }

    fn column_name<'h>(&self, context: &TableContext<'h>) -> &'h str {
        context.header.name(self.column.column)
    }
}
