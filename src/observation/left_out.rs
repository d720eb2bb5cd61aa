//! Rows that are no district's or school's own: totals, the state, notes.

use super::district::Naming;
use super::header::{Header, alike, folded};
use super::plan::Plan;
use super::read::SheetReader;
use super::state_rows::state_row;
use crate::catalog::Level;
use crate::diagnostic::{Diagnostic, Place};
use sheets::{Cell, Row};

/// Why a row is left out of a table of schools.
pub(super) const NO_SCHOOL: &str = "it names no school (a total, mostly)";

/// Why a row is left out whose district cannot be known.
pub(super) const ID_CUT: &str = "its district id has lost digits";

/// Whether an id is what a spreadsheet makes of a long number that it saves as text: `1.0001E+14`.
fn is_cut_short(id: &str) -> bool {
    let Some((digits, power)) = id.split_once("E+").or_else(|| id.split_once("e+")) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number(&digits.replacen('.', "", 1)) && is_number(power)
}

impl SheetReader<'_> {
    /// Says what a row left out for `why` costs, where that is more than a total or a note.
    pub(super) fn tell_left_out(&mut self, row: u32, naming: &Naming, why: &str) {
        let problem = match why {
            NO_SCHOOL => {
                (naming.schools.first().copied(), Diagnostic::school_missing as fn(Place) -> Diagnostic)
            }
            ID_CUT => (naming.id, Diagnostic::id_cut as fn(Place) -> Diagnostic),
            _ => return,
        };
        let place = self.sheet.place.at(row, problem.0.unwrap_or(0));
        self.reading.diagnostics.push(problem.1(place));
    }

    /// Finds the state's row in a table that names districts only, and says that it is left out.
    pub(super) fn find_state(&mut self, header: &Header, naming: &Naming, plan: &Plan) {
        let by_name = naming.name.filter(|name| naming.id.is_none_or(|id| id == *name));
        let is_of_one = self.ready.layout.district.fixed.is_some();
        let found = by_name.filter(|_| !is_of_one).and_then(|name| {
            let found = state_row(self.sheet, (header, name), plan, self.numbers, self.ready.catalog)?;
            Some((found, name))
        });
        self.state = found.map(|((state, row), column)| {
            let place = self.sheet.place.at(row, column);
            let shown = self.sheet.row(row).map(|row| folded(&row.cell(column).to_text()));
            self.reading.diagnostics.push(Diagnostic::state_left_out(place, &shown.unwrap_or_default()));
            state
        });
    }

    /// Whether a row with one cell says in it what the rows below it are about: `REVENUES`.
    fn is_heading(&self, row: &Row<'_>) -> bool {
        let own = row.cells().find(|(column, cell)| self.names.contains_key(column) && !cell.is_blank());
        let name = own.and_then(|(column, _)| self.names.get(&column));
        let parts = self.ready.layout.parts.iter().flat_map(|part| &part.column);
        name.is_some_and(|name| parts.into_iter().any(|part| alike(part, name)))
    }

    /// Why a row is left out: a filter of the layout says so, it adds up others, or it is a note.
    pub(super) fn left_out(
        &self,
        row: &Row<'_>,
        cells: &[Cell<'_>],
        (filters, naming): (&[Option<u32>], &Naming),
        filled: usize,
    ) -> Option<String> {
        let text = |column: u32| cells[column as usize].to_text();
        if let Some(filter) = self.ready.leaves_out(filters, &text) {
            return Some(self.ready.left_out(filter));
        }
        let named = [naming.id, naming.name].into_iter().flatten().chain(naming.schools.iter().copied());
        let total =
            |cell: Cell<'_>| matches!(cell, Cell::Text(text) if self.numbers.markers().is_total(text));
        let without_id = naming.id.is_some_and(|column| match cells[column as usize] {
            Cell::Text(id) => id.trim().bytes().all(|b| b == b'0'),
            Cell::Number(id) => id == 0.0,
            other => other.is_blank(),
        });
        let name = naming.name.filter(|_| without_id).map(|column| cells[column as usize].to_text());
        let named_only =
            || naming.name.map(|column| folded(&cells[column as usize].to_text()).to_lowercase());
        let is_state = name.is_some_and(|name| self.numbers.markers().is_state(&name))
            || self.state.is_some() && self.state == named_only();
        if is_state || named.map(|column| cells[column as usize]).any(total) {
            return Some("it adds up other rows (a total, or the state)".to_owned());
        }
        let no_school = self.ready.layout.level == Level::School
            && !naming.schools.is_empty()
            && naming.schools.iter().all(|column| cells[*column as usize].is_blank());
        if no_school && filled > 1 {
            return Some(NO_SCHOOL.to_owned());
        }
        let cut = naming.id.is_some_and(
            |column| matches!(cells[column as usize], Cell::Text(id) if is_cut_short(id.trim())),
        );
        if cut {
            return Some(ID_CUT.to_owned());
        }
        let alone = filled == 1 && naming.columns > 1;
        let text =
            || row.cells().any(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim().contains(' ')));
        (alone && (text() || self.is_heading(row))).then(|| "it is a note or a heading".to_owned())
    }
}
