//! The tables of the values read: which of a district's values of a year add up to which.
//!
//! A table is one measure and subject of one district and year: its student groups by its grades. Along each grade the groups of
//! a dimension add up to all students, along each group the grades to all grades. What the parts leave of the total (students of no
//! group that is listed) is a part of its own. Where there is but one part, that is the number of all others, which nobody shows, and
//! which must be protected as the part is (103 of 105 students tell of two). Where there are more, readers may take them to be
//! all there are: then what is left counts as known, which protects more. Parts that come to more than their total add up to nothing.
//!
//! Counts add up as they are. Of a rate whose n is known, n and the number behind the rate (rate × n) both do.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Line;
use super::complementary::Table;
use crate::catalog::{Catalog, Measure};
use crate::disclosure::{Frame, FrameView, KeyRun, Row};
use crate::domain::{ALL, Grade, Unit};

/// A table, with the rows of the frame that its cells stand for.
pub(super) struct RowTable {
    /// What it is protected by.
    pub(super) table: Table,
    /// The row of each cell; the cells after the last are what parts leave of their totals.
    pub(super) rows: Vec<usize>,
}

/// Where a cell stands: group and grade codes.
type At = (u32, u32);

/// The rows of one table.
#[derive(Default)]
struct Cells(BTreeMap<At, Row>);

/// The tables of a measure that hold a value that its publisher had not made public. `runs` are those of one measure and
/// subject; `hidden` says of each row of the frame whether it is withheld.
pub(super) fn tables(
    frame: &Frame,
    view: &FrameView<'_>,
    catalog: &Catalog,
    (measure, smallest): (&Measure, f64),
    (runs, hidden): (&[KeyRun], &[bool]),
) -> Vec<RowTable> {
    let is_private = |row: &Row| row.value.is_some() && !row.public;
    let rows = || runs.iter().flat_map(|run| view.rows(run.rows.clone()).map(move |row| (run, row)));
    let of_table: BTreeSet<(u32, i32)> =
        rows().filter(|(_, row)| is_private(row)).map(|(_, row)| (row.district, row.year)).collect();
    let mut tables: BTreeMap<(u32, i32), Cells> = BTreeMap::new();
    for (run, row) in rows().filter(|(_, row)| of_table.contains(&(row.district, row.year))) {
        let cells = tables.entry((row.district, row.year)).or_default();
        cells.0.insert((run.key.group, run.key.grade), row);
    }
    tables.values().filter_map(|cells| cells.table(frame, catalog, (measure, smallest), hidden)).collect()
}

/// The amounts of a row that add up: its count; or the number behind a rate, and its n.
fn amounts(row: &Row, measure: &Measure) -> Option<[f64; 2]> {
    match measure.unit {
        Unit::Count => row.value.map(|n| [n, n]),
        Unit::Percent => {
            let n = row.n?;
            Some([row.numerator.unwrap_or((row.value? * n / 100.0).round()), n])
        }
        _ => row.n.map(|n| [n, n]),
    }
}

impl Cells {
    fn table(
        &self,
        frame: &Frame,
        catalog: &Catalog,
        (measure, smallest): (&Measure, f64),
        hidden: &[bool],
    ) -> Option<RowTable> {
        let known: Vec<(At, &Row, [f64; 2])> =
            self.0.iter().filter_map(|(at, row)| Some((*at, row, amounts(row, measure)?))).collect();
        let position: BTreeMap<At, usize> = known.iter().enumerate().map(|(i, (at, ..))| (*at, i)).collect();
        let systems = if measure.unit == Unit::Percent { 2 } else { 1 };
        let mut table = Table {
            systems: (0..systems).map(|s| known.iter().map(|(.., amounts)| amounts[s]).collect()).collect(),
            hidden: known.iter().map(|(_, row, _)| hidden[row.row]).collect(),
            fixed: known.iter().map(|(_, row, _)| row.public).collect(),
            is_sensitive: known.iter().map(|(_, row, _)| !row.public).collect(),
            lines: Vec::new(),
        };
        for (total, parts) in self.sums(frame, catalog) {
            let parts: Vec<usize> = parts.iter().filter_map(|at| position.get(at).copied()).collect();
            if let Some(total) = position.get(&total).filter(|_| !parts.is_empty()) {
                add_line(&mut table, *total, parts, smallest);
            }
        }
        let rows = known.iter().map(|(_, row, _)| row.row).collect();
        (!table.lines.is_empty()).then_some(RowTable { table, rows })
    }

    /// Every total with its parts: dimensions of groups within each grade, grades within each group.
    fn sums(&self, frame: &Frame, catalog: &Catalog) -> Vec<(At, Vec<At>)> {
        let terms = frame.terms();
        let code = |all: &[String], id: &str| all.binary_search_by(|known| known.as_str().cmp(id)).ok();
        let everybody = code(&terms.groups, ALL).map(|i| i as u32);
        let every_grade = terms.grades.iter().position(Grade::is_all).map(|i| i as u32);
        let dimension = |group: u32| {
            catalog.groups.group(&terms.groups[group as usize]).map(|group| group.dimension.as_str())
        };
        let is_single = |grade: u32| !terms.grades[grade as usize].id().contains('-');
        let mut sums: BTreeMap<(At, &str), Vec<At>> = BTreeMap::new();
        for at @ (group, grade) in self.0.keys().copied() {
            if let (Some(everybody), Some(dimension)) = (everybody, dimension(group)) {
                sums.entry(((everybody, grade), dimension)).or_default().push(at);
            }
            if let Some(every_grade) = every_grade.filter(|all| *all != grade && is_single(grade)) {
                sums.entry(((group, every_grade), "")).or_default().push(at);
            }
        }
        sums.into_iter().map(|((total, _), parts)| (total, parts)).collect()
    }
}

/// Adds a line, and a cell for what its parts leave of the total.
fn add_line(table: &mut Table, total: usize, mut parts: Vec<usize>, smallest: f64) {
    let left: Vec<f64> = table
        .systems
        .iter()
        .map(|amounts| amounts[total] - parts.iter().map(|part| amounts[*part]).sum::<f64>())
        .collect();
    // Numbers behind published rates are rounded, one by one.
    let rounding = 0.5 * parts.len() as f64;
    if left.iter().any(|left| *left < -rounding) {
        return;
    }
    if left.iter().any(|left| *left > rounding) {
        let is_others = parts.len() == 1;
        parts.push(table.hidden.len());
        let few = |left: &f64| *left > 0.0 && *left < smallest;
        table.is_sensitive.push(is_others && !table.fixed[parts[0]] && left.iter().any(few));
        table.systems.iter_mut().zip(left).for_each(|(amounts, left)| amounts.push(left.max(0.0)));
        table.hidden.push(is_others);
        table.fixed.push(true);
    }
    table.lines.push(Line { total, parts });
}
