//! Which districts a problem concerns: those with values in the rows of its cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::disclosure::Released;
use crate::observation::CellRef;
use crate::pack::ErrorsElsewhere;

/// The districts with values in the rows in which data was left out.
#[derive(Debug, Default)]
pub(super) struct RowDistricts {
    /// The sheets of these rows, by file and name.
    sheets: BTreeMap<[String; 2], BTreeSet<u32>>,
    /// The codes of the districts.
    rows: BTreeMap<SheetRow, BTreeSet<u32>>,
}

/// A row of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SheetRow {
    sheet: u32,
    row: u32,
}

impl RowDistricts {
    /// The districts with values in the rows of these problems.
    pub(super) fn of(released: &Released, problems: &[Diagnostic]) -> Self {
        let mut found = Self::default();
        let origins = released.origins();
        for (sheet, place) in (0..).zip(&origins.sheets) {
            found.sheets.entry(sheet_key(place)).or_default().insert(sheet);
        }
        for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
            for row in found.rows_of(problem) {
                found.rows.entry(row).or_default();
            }
        }
        let Ok(view) = released.view() else { return found };
        if found.rows.is_empty() {
            return found;
        }
        for run in released.runs() {
            for value in view.rows(run.all()) {
                let range = released.cell_range(value.row);
                for CellRef { sheet, row, .. } in &released.cells()[range.start as usize..range.end as usize]
                {
                    if let Some(districts) = found.rows.get_mut(&SheetRow { sheet: *sheet, row: *row }) {
                        districts.insert(released.terms().district_of(value.district));
                    }
                }
            }
        }
        found
    }

    /// The errors among problems that concern only districts other than the one with this code.
    pub(super) fn elsewhere(&self, district: u32, problems: &[Diagnostic]) -> ErrorsElsewhere {
        let mut found = ErrorsElsewhere { errors: 0, are_all: true };
        for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
            if self.may_concern(problem, district) {
                found.are_all = false;
            } else {
                found.errors += problem.count;
            }
        }
        found
    }

    /// The rows of a problem's cells, in each sheet that has this name.
    fn rows_of(&self, problem: &Diagnostic) -> Vec<SheetRow> {
        let sheets = self.sheets.get(&sheet_key(&problem.place)).into_iter().flatten();
        let rows: Vec<u32> = cells(problem).filter_map(row_number).collect();
        sheets.flat_map(|sheet| rows.iter().map(|row| SheetRow { sheet: *sheet, row: *row })).collect()
    }

    /// Whether a problem may concern a district. It does not only if all its cells are known and each is in a row with values of
    /// other districts alone.
    fn may_concern(&self, problem: &Diagnostic, district: u32) -> bool {
        let listed = cells(problem).count() as u64;
        if listed == 0 || listed < problem.count || cells(problem).any(|cell| row_number(cell).is_none()) {
            return true;
        }
        let rows = self.rows_of(problem);
        rows.is_empty()
            || rows.iter().any(|row| {
                self.rows.get(row).is_none_or(|known| known.is_empty() || known.contains(&district))
            })
    }
}

fn sheet_key(place: &Place) -> [String; 2] {
    [place.file.clone(), place.sheet.clone().unwrap_or_default()]
}

/// The cells of a problem that it lists.
fn cells(problem: &Diagnostic) -> impl Iterator<Item = &str> {
    problem.place.cell.iter().chain(&problem.also).map(String::as_str)
}

/// The row of a cell such as `C7`, from 0.
fn row_number(cell: &str) -> Option<u32> {
    cell.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).parse::<u32>().ok()?.checked_sub(1)
}
