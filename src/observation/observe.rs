//! Reads the observation of one slot in one row.

use std::num::NonZeroU32;

use super::number_cell::NumberCell;
use super::percent_scale::NumberNotation;
use super::rows::{FileDistrictIndex, FileRow, KeyIndex, PackedNumbers};
use super::slot::{AddedColumn, KeyPart, KeyPartSource, Slot, SlotColumn};
use super::slot_numbers::{PartOfSum, SlotNumbers};
use super::sum_parts::SumCell;
use super::table_context::TableContext;
use super::table_row::TableRow;
use super::year::YearReader;
use crate::catalog::{Level, Measure, Stat};
use crate::diagnostic::Diagnostic;
use crate::domain::{ALL, Grade, MeasureKey, SchoolYear, Status, Unit};
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
        let cell = number_cell(row, column, stat, measure);
        numbers.add(&cell, cell.read(context));
    }
    for AddedColumn { stat, column } in &slot.added {
        let cell = number_cell(row, *column, *stat, measure);
        let number = cell.read(context);
        if numbers.add_part(&cell, number) == PartOfSum::OnAnotherScale {
            let place = context.cell_place(row.number, column.column);
            context.report_problem(Diagnostic::sum_of_two_scales(place, context.header.name(column.column)));
        }
    }
    if first.part.is_some() && numbers.has_part_above_whole(measure) {
        report_part_above_whole(context, row, first);
        numbers.make_missing();
    }
    if let Some(people) = slot.people.filter(|_| is_rate_of_all(context, key)) {
        numbers.state_people(people);
    }
    let status = numbers.status();
    let sum = cells_of_sum(context, slot, row, first);
    context.progress.reading.rows.push(FileRow {
        numbers: PackedNumbers::new(numbers.published(status)),
        key,
        district: subject.district,
        row: row.number,
        column: first.column as u16,
        sum,
        sheet: context.progress.current_sheet(),
        year,
        status,
        bounds: numbers.bounds.filter(|_| status == Status::Masked),
    });
    Some(numbers.notation)
}

/// Whether a number is a rate, or an average, of all students of the only district in the table.
fn is_rate_of_all(context: &TableContext<'_>, key: KeyIndex) -> bool {
    let layout = context.ready.layout;
    let of = context.progress.reading.key(key);
    let is_of_all = of.group == ALL && of.grade.is_all();
    let measure = context.measure(key);
    let is_rate = measure.is_some_and(|measure| matches!(measure.unit, Unit::Percent | Unit::Points));
    is_rate && is_of_all && layout.level == Level::District && layout.district.fixed.is_some()
}

/// The cell of a row in a column of a slot.
fn number_cell<'c>(
    row: &TableRow<'c>,
    column: SlotColumn,
    stat: Stat,
    measure: Option<&'c Measure>,
) -> NumberCell<'c> {
    // Looked up only where it matters, because there are millions of cells.
    let is_in_thousands = column.is_in_thousands();
    let shown_factor = if is_in_thousands { row.source.shown_factor(column.column) } else { 1.0 };
    NumberCell { cell: row.cell(column.column), row: row.number, column, stat, shown_factor, measure }
}

/// Records the cells of a slot that adds up several columns; `None` if it does not.
fn cells_of_sum(
    context: &mut TableContext<'_>,
    slot: &Slot,
    row: &TableRow<'_>,
    first: SlotColumn,
) -> Option<NonZeroU32> {
    let AddedColumn { stat, .. } = *slot.added.first()?;
    let own = slot.column(stat).unwrap_or(first);
    let columns = std::iter::once(own).chain(slot.added.iter().map(|added| added.column));
    let cells = columns.map(|column| SumCell { row: row.number, column: column.column as u16 });
    context.progress.reading.sums.push_columns(cells)
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
    match source {
        KeyPartSource::Fixed(id) => Some(id.clone()),
        KeyPartSource::Column(column) => resolve_part(context, part, *column, &row.folded_text(*column), row),
        KeyPartSource::Columns(columns) => read_only_part(context, part, columns, row),
        KeyPartSource::Heading(column) => resolve_part(context, part, *column, &row.heading_text(), row),
    }
}

/// The only part that several columns of a row give: all others mean everybody. A row that two of them narrow is left out.
fn read_only_part(
    context: &mut TableContext<'_>,
    part: KeyPart,
    columns: &[u32],
    row: &TableRow<'_>,
) -> Option<String> {
    let mut only = ALL.to_owned();
    for column in columns {
        let id = resolve_part(context, part, *column, &row.folded_text(*column), row)?;
        if only != ALL && id != ALL && id != only {
            context.report.leave_out_row(&wording::two_parts_at_once(part.name()));
            return None;
        }
        if id != ALL {
            only = id;
        }
    }
    Some(only)
}

/// The standard id for the text that gives a part of a row; `None`, which is reported, if it is unknown.
fn resolve_part(
    context: &mut TableContext<'_>,
    part: KeyPart,
    column: u32,
    text: &str,
    row: &TableRow<'_>,
) -> Option<String> {
    let id = context.ready.resolve(part, text);
    if id.is_none() {
        let place = context.cell_place(row.number, column);
        context.report_problem(Diagnostic::part_unknown(place, part.name(), text, ""));
        context.report.leave_out_row(wording::UNKNOWN_PART);
    }
    id
}

fn report_part_above_whole(context: &mut TableContext<'_>, row: &TableRow<'_>, column: SlotColumn) {
    let place = context.cell_place(row.number, column.column);
    let name = context.header.name(column.column);
    context.report_problem(Diagnostic::part_above_whole(place, &row.text(column.column), name));
}
