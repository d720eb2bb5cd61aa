//! Reads one table row by row: leaves out rows that are not about a district or school, then reads each row's
//! school year, district, school and values.

use std::collections::BTreeSet;

use super::decimal_mark::{DecimalMark, DecimalMarks};
use super::district::{DistrictColumns, DistrictRegister};
use super::hidden_rows::HiddenRows;
use super::observe::{RowSubject, observe};
use super::percent_scale::PercentScales;
use super::plan::{Plan, plan};
use super::progress::FileProgress;
use super::row_exclusion::RowExclusions;
use super::rows::KeyIndex;
use super::school_total::is_school_total;
use super::schools::SchoolMention;
use super::size_limit::check_size;
use super::slot::Slot;
use super::split_numbers::SplitNumbers;
use super::table_context::TableContext;
use super::table_row::{RowLoader, TableRow};
use super::unnamed_columns::report_unnamed_columns;
use super::year::YearReader;
use crate::diagnostic::{Diagnostic, column_name};
use crate::wording::reading as wording;
use sheets::without_raised_marks;

/// Reads one table. Returns `false` if its school year, without which nothing can be read, cannot be found.
///
/// # Errors
/// If the table is too large to be about districts, the reason.
pub(super) fn read_table(mut context: TableContext<'_>) -> Result<bool, Box<Diagnostic>> {
    let years = match YearReader::new(context.ready, context.sheet, context.header) {
        Ok(years) => years,
        Err(problem) => {
            context.report_problem(*problem);
            return Ok(false);
        }
    };
    if let Some(problem) = missing_filter_column(&context) {
        context.report_problem(problem);
        return Ok(true);
    }
    let plan = plan_columns(&mut context);
    let marks = decimal_marks(&mut context, &plan);
    let numbers = context.numbers.with_decimal_mark(marks.mark);
    let mut context = TableContext { numbers: &numbers, ..context };
    let mut scales = PercentScales::new(&plan, context.ready);
    let first_row = context.progress.reading.rows.len();
    let outcome = read_rows(&mut context, &years, &plan, &mut scales);
    let TableContext { sheet, header, ready, .. } = context;
    scales.settle(&mut context.progress.reading, first_row, &sheet.place, header, ready.catalog);
    outcome.map(|()| true)
}

/// The decimal mark of the table's numbers; reports it unless it is a point throughout.
fn decimal_marks(context: &mut TableContext<'_>, plan: &Plan) -> DecimalMarks {
    let columns: BTreeSet<u32> =
        plan.slots.iter().flat_map(Slot::all_columns).map(|own| own.column).collect();
    let columns: Vec<u32> = columns.into_iter().collect();
    let rows = context.sheet.rows_between(context.header.data.clone());
    let marks = DecimalMarks::of_rows(context.sheet, rows, &columns);
    // If the mark is a point, each number with a decimal comma is a problem of its own.
    if let Some([row, column]) = marks.first_comma.filter(|_| marks.mark == DecimalMark::Comma) {
        let place = context.cell_place(row, column);
        context.report_problem(match marks.are_mixed {
            true => Diagnostic::decimal_marks_mixed(place),
            false => Diagnostic::decimal_commas(place),
        });
    }
    marks
}

/// The problem that the table lacks the column for one of the layout's row filters.
fn missing_filter_column(context: &TableContext<'_>) -> Option<Diagnostic> {
    let mut filters = context.ready.layout.rows.iter();
    let missing = filters.find(|filter| context.header.column(&filter.column).is_none())?;
    Some(Diagnostic::filter_missing(context.sheet_place(), &wording::any_of(&missing.column), &missing.why))
}

/// Plans how the table's columns are read, and reports those that are not.
fn plan_columns(context: &mut TableContext<'_>) -> Plan {
    let roles = context.ready.role_columns(context.header);
    let mut plan = plan(context.ready, context.header, &roles, &context.sheet.place);
    context.progress.reading.diagnostics.extend(std::mem::take(&mut plan.diagnostics));
    report_appearance(context, &plan, &roles);
    report_unnamed_columns(context);
    context.report.columns_read += plan.read;
    context.report.columns_ignored.append(&mut plan.ignored);
    context.report.columns_unread.append(&mut plan.unread);
    plan
}

/// Reports what the header's columns look like: hidden ones, and names with marks of footnotes.
fn report_appearance(context: &mut TableContext<'_>, plan: &Plan, roles: &[u32]) {
    let (sheet, header) = (context.sheet, context.header);
    for (hidden, visible) in &header.hidden_twins {
        let place = context.cell_place(header.row, *hidden);
        let problem = Diagnostic::hidden_twin(place, header.name(*visible), *hidden, *visible);
        context.report_problem(problem);
    }
    let mut read: BTreeSet<u32> = roles.iter().copied().collect();
    read.extend(plan.slots.iter().flat_map(Slot::all_columns).map(|column| column.column));
    let mut hidden = Vec::new();
    for column in read {
        if sheet.is_hidden_column(column) {
            hidden.push(format!("{} ({:?})", column_name(column), header.name(column)));
        }
        let text = sheet.row(header.row).map_or_else(String::new, |row| row.cell(column).to_text());
        if without_raised_marks(&text).is_some() {
            context.report_problem(Diagnostic::name_marked(context.cell_place(header.row, column), &text));
        }
    }
    if !hidden.is_empty() {
        context.report_problem(Diagnostic::columns_hidden(context.sheet_place(), &hidden));
    }
}

fn read_rows(
    context: &mut TableContext<'_>,
    years: &YearReader<'_>,
    plan: &Plan,
    scales: &mut PercentScales,
) -> Result<(), Box<Diagnostic>> {
    let columns = DistrictColumns::new(context.ready.layout, context.header);
    let exclusions = RowExclusions::new(context, &columns, plan);
    let hidden = HiddenRows::new(context, &columns);
    let split = SplitNumbers::find(context);
    let districts = DistrictRegister::new(&columns);
    let mut loader = RowLoader::new(context.sheet, context.header, context.ready);
    let rows = context.sheet.rows_between(context.header.data.clone());
    let keys = vec![None; plan.slots.len()];
    let mut reader = RowReader {
        context,
        years,
        plan,
        columns: &columns,
        exclusions,
        hidden,
        split,
        districts,
        scales,
        keys,
    };
    for row in rows {
        if let Some(row) = loader.load(row) {
            reader.read(&row)?;
        }
    }
    Ok(())
}

/// Reads the rows of a table, one after another.
struct RowReader<'r, 'a> {
    context: &'r mut TableContext<'a>,
    years: &'r YearReader<'r>,
    plan: &'r Plan,
    columns: &'r DistrictColumns<'a>,
    exclusions: RowExclusions<'r>,
    hidden: HiddenRows,
    split: SplitNumbers,
    districts: DistrictRegister<'r>,
    scales: &'r mut PercentScales,
    /// The keys of the slots in which they are the same in all rows, once they are known.
    keys: Vec<Option<KeyIndex>>,
}

impl RowReader<'_, '_> {
    /// Reads a row, or reports why it is left out.
    ///
    /// # Errors
    /// If the table is too large to be about districts, the reason.
    fn read(&mut self, row: &TableRow<'_>) -> Result<(), Box<Diagnostic>> {
        self.context.report.rows += 1;
        if let Some(reason) = self.exclusions.reason(self.context, row) {
            self.exclusions.report(self.context, row, reason);
            return Ok(());
        }
        if self.hidden.leaves_out(self.context, row) || self.split.leaves_out(self.context, row) {
            return Ok(());
        }
        let year = match self.years.of_row(row.number, |column| row.cell(column)) {
            Ok(year) => year,
            Err(problem) => {
                self.context.report.leave_out_row(wording::ROW_YEAR_UNREADABLE);
                self.context.report_problem(*problem);
                return Ok(());
            }
        };
        if let Some(doubt) = self.years.doubt(row.number, |column| row.cell(column)) {
            self.context.report_problem(doubt);
        }
        check_size(self.context, &self.districts)?;
        if let Some(district) = self.districts.identify(self.context, row, year, self.plan) {
            let subject = RowSubject { district, year };
            self.record_school(row, &subject);
            self.read_values(row, &subject);
        }
        Ok(())
    }

    fn record_school(&mut self, row: &TableRow<'_>, subject: &RowSubject) {
        let columns = &self.columns.schools;
        let Some(first) = columns.first() else { return };
        let is_school_total = is_school_total(self.context, self.columns, row);
        let texts: Vec<String> = columns.iter().map(|column| row.folded_text(*column)).collect();
        let table_start = self.context.header.columns().start;
        let FileProgress { reading, schools, .. } = &mut *self.context.progress;
        if is_school_total {
            return schools.record_district(row.number, table_start);
        }
        let district = reading.district(subject.district);
        let scope = &self.context.ready.schools;
        let is_kept = scope.has_state() || scope.keeps(district.id.as_ref());
        let attributes = if is_kept { self.columns.school_attributes(row) } else { Vec::new() };
        schools.record(SchoolMention {
            district_key: district.key(),
            district: subject.district,
            year: subject.year,
            texts,
            attributes,
            sheet: &self.context.sheet.place,
            named_in: *first,
            column: table_start,
            row: row.number,
        });
    }

    fn read_values(&mut self, row: &TableRow<'_>, subject: &RowSubject) {
        for (index, (slot, key)) in self.plan.slots.iter().zip(&mut self.keys).enumerate() {
            if let Some(notation) = observe(self.context, slot, row, subject, key) {
                self.scales.record(index, notation);
            }
        }
    }
}
