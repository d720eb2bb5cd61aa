//! Recognizes rows that are not about a district or school: totals, the state, notes, headings.

use super::district::DistrictColumns;
use super::plan::Plan;
use super::ready_layout::{FilterIndex, ReadyLayout};
use super::school_total::is_school_total;
use super::state_row::{StateRow, find_state_row};
use super::table_context::TableContext;
use super::table_row::TableRow;
use super::text_match::{folded, is_one_of};
use crate::catalog::Level;
use crate::diagnostic::Diagnostic;
use crate::wording::reading as wording;
use sheets::Cell;

/// Why a row is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exclusion {
    /// A row filter of the layout excludes it.
    Filter(FilterIndex),
    /// It is the total of other rows.
    Total,
    /// It is about a class of districts.
    Class,
    /// It names no school, in a table of schools.
    NoSchool,
    /// Its district id has lost digits.
    IdCut,
    /// It is a note or a heading.
    Note,
}

impl Exclusion {
    /// The reason in plain words, for the report.
    fn text(self, ready: &ReadyLayout<'_>) -> String {
        match self {
            Self::Filter(filter) => ready.filter_reason(filter),
            Self::Total => wording::TOTAL_ROW.to_owned(),
            Self::Class => wording::CLASS_ROW.to_owned(),
            Self::NoSchool => wording::NO_SCHOOL.to_owned(),
            Self::IdCut => wording::ID_CUT.to_owned(),
            Self::Note => wording::NOTE_ROW.to_owned(),
        }
    }
}

/// The tests that a row must pass to be read.
pub(super) struct RowExclusions<'t> {
    columns: &'t DistrictColumns<'t>,
    /// The column of each of the layout's row filters.
    filters: Vec<Option<u32>>,
    /// The name of the state, folded and in lower case, if its row is among districts that are known only by
    /// name.
    state: Option<String>,
}

impl<'t> RowExclusions<'t> {
    /// The tests for the rows of a table. Reports the state's row if the table identifies its districts only
    /// by name.
    pub(super) fn new(context: &mut TableContext<'_>, columns: &'t DistrictColumns<'t>, plan: &Plan) -> Self {
        Self {
            columns,
            filters: context.ready.filter_columns(context.header),
            state: find_state(context, columns, plan),
        }
    }

    /// Why a row is left out; `None` if it is read.
    pub(super) fn reason(&self, context: &TableContext<'_>, row: &TableRow<'_>) -> Option<Exclusion> {
        if let Some(filter) = context.ready.rejecting_filter(&self.filters, &|column| row.text(column)) {
            return Some(Exclusion::Filter(filter));
        }
        let is_school_total = is_school_total(context, self.columns, row);
        if self.is_state(context, row) || self.is_total(context, row, is_school_total) {
            return Some(Exclusion::Total);
        }
        if self.is_class(context, row) {
            return Some(Exclusion::Class);
        }
        if !is_school_total && self.lacks_school(context, row) && row.filled > 1 {
            return Some(Exclusion::NoSchool);
        }
        if self.has_cut_id(row) {
            return Some(Exclusion::IdCut);
        }
        is_note(context, row).then_some(Exclusion::Note)
    }

    /// Counts a row that is left out, and reports a problem if values are lost.
    pub(super) fn report(&self, context: &mut TableContext<'_>, row: &TableRow<'_>, reason: Exclusion) {
        match reason {
            Exclusion::NoSchool => {
                let column = self.columns.schools.first().copied().unwrap_or(0);
                let place = context.cell_place(row.number, column);
                context.report_problem(Diagnostic::school_missing(place));
            }
            Exclusion::IdCut => {
                let place = context.cell_place(row.number, self.columns.id.unwrap_or(0));
                context.report_problem(Diagnostic::id_cut(place));
            }
            Exclusion::Filter(_) | Exclusion::Total | Exclusion::Class | Exclusion::Note => {}
        }
        context.report.leave_out_row(&reason.text(context.ready));
    }

    /// Whether the row is the state's: it has the name of a state and no id, or the name found for the whole
    /// table.
    fn is_state(&self, context: &TableContext<'_>, row: &TableRow<'_>) -> bool {
        let Some(name) = self.columns.name else { return false };
        self.lacks_id(row) && context.numbers.markers().is_state(&row.text(name))
            || self.state.is_some() && self.state == Some(row.folded_text(name).to_lowercase())
    }

    /// Whether the id cell is blank or zero.
    fn lacks_id(&self, row: &TableRow<'_>) -> bool {
        self.columns.id.is_some_and(|column| match row.cell(column) {
            Cell::Text(id) => id.trim().bytes().all(|byte| byte == b'0'),
            Cell::Number(id) => id == 0.0,
            other => other.is_blank(),
        })
    }

    /// Whether the id, name or school shows that the row is a total; of a row about a whole district, the id or name.
    fn is_total(&self, context: &TableContext<'_>, row: &TableRow<'_>, is_school_total: bool) -> bool {
        let DistrictColumns { id, name, schools, .. } = self.columns;
        let schools = if is_school_total { &[][..] } else { &schools[..] };
        let mut columns = id.iter().chain(name).chain(schools);
        columns.any(|column| {
            matches!(row.cell(*column), Cell::Text(text) if context.numbers.markers().is_total(text))
        })
    }

    /// Whether the name is that of a class of districts, and no id says otherwise.
    fn is_class(&self, context: &TableContext<'_>, row: &TableRow<'_>) -> bool {
        let DistrictColumns { id, name, .. } = self.columns;
        let Some(name) = *name else { return false };
        let Cell::Text(text) = row.cell(name) else { return false };
        let id = id.filter(|id| *id != name).map(|id| row.text(id)).unwrap_or_default();
        context.numbers.markers().is_class(text, &id)
    }

    /// Whether a row in a table of schools names no school.
    fn lacks_school(&self, context: &TableContext<'_>, row: &TableRow<'_>) -> bool {
        let schools = &self.columns.schools;
        context.ready.layout.level == Level::School
            && !schools.is_empty()
            && schools.iter().all(|column| row.cell(*column).is_blank())
    }

    fn has_cut_id(&self, row: &TableRow<'_>) -> bool {
        self.columns
            .id
            .is_some_and(|column| matches!(row.cell(column), Cell::Text(id) if is_cut_short(id.trim())))
    }
}

/// Whether an id is a long number that a spreadsheet saved as text in scientific notation: `1.0001E+14`.
fn is_cut_short(id: &str) -> bool {
    let Some((digits, power)) = id.split_once("E+").or_else(|| id.split_once("e+")) else { return false };
    is_digits(&digits.replacen('.', "", 1)) && is_digits(power)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the only nonblank cell in a row is a note of several words, or a heading for the rows below it.
fn is_note(context: &TableContext<'_>, row: &TableRow<'_>) -> bool {
    row.filled == 1 && context.header.names.len() > 1 && (has_several_words(row) || is_heading(context, row))
}

fn has_several_words(row: &TableRow<'_>) -> bool {
    let mut cells = row.source.cells();
    cells.any(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim().contains(' ')))
}

/// Whether the only cell in a row says what the rows below it are about: `REVENUES`.
fn is_heading(context: &TableContext<'_>, row: &TableRow<'_>) -> bool {
    let names = &context.header.names;
    let mut cells = row.source.cells();
    let Some((column, _)) = cells.find(|(column, cell)| names.contains_key(column) && !cell.is_blank())
    else {
        return false;
    };
    let name = context.header.name(column);
    context.ready.layout.parts.iter().any(|part| is_one_of(name, &part.column))
}

/// The name of the state in a table that identifies its districts only by name; reports that its row is left
/// out.
fn find_state(context: &mut TableContext<'_>, columns: &DistrictColumns<'_>, plan: &Plan) -> Option<String> {
    let name = columns.name.filter(|name| columns.id.is_none_or(|id| id == *name))?;
    if context.ready.layout.district.fixed.is_some() {
        return None;
    }
    let StateRow { name: state, row } = find_state_row(context, name, plan)?;
    let place = context.cell_place(row.number, name);
    let shown = folded(&row.cell(name).to_text());
    context.report_problem(Diagnostic::state_left_out(place, &shown));
    Some(state)
}
