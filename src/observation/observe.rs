//! Reads the observation of one slot in one row.

use super::number::Number;
use super::number_cell::NumberCell;
use super::percent_scale::NumberNotation;
use super::rows::{FileDistrictIndex, FileRow, KeyIndex, PackedNumbers};
use super::slot::{KeyPart, KeyPartSource, Slot, SlotColumn};
use super::table_context::TableContext;
use super::table_row::TableRow;
use super::year::YearReader;
use crate::catalog::{Bounds, MaskedRange, Measure, Stat};
use crate::diagnostic::Diagnostic;
use crate::domain::{Grade, MeasureKey, SchoolYear, Status, Unit};
use crate::wording::reading as wording;

/// What a row is about.
pub(super) struct RowSubject {
    pub(super) district: FileDistrictIndex,
    /// Its school year; `None` if only the column headers have one.
    pub(super) year: Option<SchoolYear>,
}

/// Reads the observation of `slot` in a row into the file's reading. Returns how its value was written;
/// `None` if there is no observation to keep. `fixed` is the key of all rows, once it is known; it stays `None` if rows differ.
pub(super) fn observe(
    context: &mut TableContext<'_>,
    slot: &Slot,
    row: &TableRow<'_>,
    subject: &RowSubject,
    fixed: &mut Option<KeyIndex>,
) -> Option<NumberNotation> {
    let first = slot.first_column()?;
    let year = YearReader::of_slot(slot, subject.year)?;
    let key = match *fixed {
        Some(key) => key,
        None => read_key(context, slot, row)?,
    };
    *fixed = Some(key).filter(|_| slot.key.is_fixed());
    let measure = context.measure(key);
    let mut numbers = SlotNumbers::default();
    for (stat, column) in slot.filled_columns() {
        // Looked up only where it matters, because there are millions of cells.
        let is_in_thousands = column.is_in_thousands();
        let shown_factor = if is_in_thousands { row.source.shown_factor(column.column) } else { 1.0 };
        let cell = row.cell(column.column);
        let cell = NumberCell { cell, row: row.number, column, stat, shown_factor, measure };
        numbers.add(&cell, cell.read(context));
    }
    if first.part.is_some() && numbers.has_part_above_whole(measure) {
        report_part_above_whole(context, row, first);
        numbers.make_missing();
    }
    let status = numbers.status();
    context.progress.reading.rows.push(FileRow {
        numbers: PackedNumbers::new(numbers.published(status)),
        key,
        district: subject.district,
        row: row.number,
        column: first.column as u16,
        sum: None,
        sheet: context.progress.current_sheet(),
        year,
        status,
        bounds: numbers.bounds.filter(|_| status == Status::Masked),
    });
    Some(numbers.notation)
}

/// The key of a slot's observation in a row, as an index into the file's list; `None` if a key part in the
/// row is unknown.
fn read_key(context: &mut TableContext<'_>, slot: &Slot, row: &TableRow<'_>) -> Option<KeyIndex> {
    let measure = read_key_part(context, KeyPart::Measure, &slot.key.measure, row)?;
    let group = read_key_part(context, KeyPart::Group, &slot.key.group, row)?;
    let grade = read_key_part(context, KeyPart::Grade, &slot.key.grade, row)?;
    let subject = read_key_part(context, KeyPart::Subject, &slot.key.subject, row)?;
    let grade = Grade::parse(&grade).unwrap_or_else(Grade::all);
    Some(context.progress.key_index(MeasureKey { measure, group, grade, subject }))
}

fn read_key_part(
    context: &mut TableContext<'_>,
    part: KeyPart,
    source: &KeyPartSource,
    row: &TableRow<'_>,
) -> Option<String> {
    let column = match source {
        KeyPartSource::Fixed(id) => return Some(id.clone()),
        KeyPartSource::Column(column) => *column,
    };
    let text = row.folded_text(column);
    let id = context.ready.resolve(part, &text);
    if id.is_none() {
        let place = context.cell_place(row.number, column);
        context.report_problem(Diagnostic::part_unknown(place, part.name(), &text, ""));
        context.report.leave_out_row(wording::UNKNOWN_PART);
    }
    id
}

fn report_part_above_whole(context: &mut TableContext<'_>, row: &TableRow<'_>, column: SlotColumn) {
    let place = context.cell_place(row.number, column.column);
    let name = context.header.name(column.column);
    context.report_problem(Diagnostic::part_above_whole(place, &row.text(column.column), name));
}

/// The numbers of an observation, as read from its cells.
struct SlotNumbers {
    /// Value, numerator and denominator.
    numbers: [Option<f64>; 3],
    /// Why each of them is absent; `None` if it is present or has no column.
    absences: [Option<Status>; 3],
    /// The bounds that the marker gives for a masked value.
    bounds: Option<Bounds>,
    notation: NumberNotation,
}

impl Default for SlotNumbers {
    fn default() -> Self {
        Self { numbers: [None; 3], absences: [None; 3], bounds: None, notation: NumberNotation::Plain }
    }
}

impl SlotNumbers {
    /// Adds what a cell was read as.
    fn add(&mut self, cell: &NumberCell<'_>, number: Number) {
        let index = cell.stat as usize;
        match number {
            Number::Reported(number) => self.numbers[index] = Some(number * cell.factor()),
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

    fn add_mark(&mut self, mark: &MaskedRange, factor: f64) {
        if mark.percent {
            self.notation = NumberNotation::AsShown;
        }
        self.bounds = self.bounds.or(Some(mark.bounds(factor)));
    }

    /// Whether all numbers are present and the numerator of a percent is greater than the denominator.
    fn has_part_above_whole(&self, measure: Option<&Measure>) -> bool {
        measure.is_some_and(|measure| measure.unit == Unit::Percent)
            && self.numbers[Stat::Numerator as usize] > self.numbers[Stat::Denominator as usize]
            && self.absences == [None; 3]
    }

    fn make_missing(&mut self) {
        (self.numbers, self.absences) = ([None; 3], [Some(Status::Missing); 3]);
    }

    /// The status of the observation: that of its value or, if no value is published, of its numerator and
    /// denominator.
    fn status(&self) -> Status {
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
    fn published(&self, status: Status) -> [Option<f64>; 3] {
        if status == Status::Reported { self.numbers } else { [None, None, self.numbers[2]] }
    }
}
