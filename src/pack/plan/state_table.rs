//! The sheet with the table of targets that the district's state requires.

use super::menu_book::{TARGET_WIDTH, better};
use super::plan_output::PlanOutput;
use crate::domain::SchoolYear;
use crate::pack::workbook::{BookCell, TableColumn, TableSheet, columns};
use crate::plan::{PlanGoal, RequiredRow};
use crate::wording::plan as wording;

const COLUMNS: [(&str, f64); 8] = [
    (wording::H_MEASURE, 34.0),
    (wording::H_GRADE, 11.0),
    (wording::H_SUBJECT, 12.0),
    (wording::H_GROUP, 24.0),
    (wording::H_BETTER, 9.0),
    (wording::H_N, 9.0),
    (wording::H_BASELINE_YEAR, 10.0),
    (wording::H_BASELINE, 11.0),
];

/// The sheet, with a target a year. A row for which the data has no recent value is to be filled in. `None` if the state requires
/// no table.
pub(super) fn state_table(output: &PlanOutput<'_>) -> Option<TableSheet<'static>> {
    let table = output.required?;
    let mut columns = columns(&COLUMNS);
    let targets = table.years.iter().map(|year| wording::target_of(&SchoolYear::text_of(*year)));
    columns.extend(targets.map(|heading| TableColumn::new(heading, TARGET_WIDTH)));
    let mut intro = vec![table.title.clone(), wording::STATE_TABLE_INTRO.to_owned()];
    let is_missing = table.rows.iter().any(|row| row.indicator.is_none());
    intro.extend(is_missing.then(|| wording::STATE_TABLE_MISSING.to_owned()));
    let rows = table.rows.iter().map(|row| cells(row, &table.years, &output.state.goals)).collect();
    Some(TableSheet { name: wording::STATE_TABLE, intro, columns, rows, frozen: 4, is_filtered: true })
}

fn cells(row: &RequiredRow, years: &[i32], goals: &[PlanGoal]) -> Vec<BookCell> {
    let indicator = row.indicator.as_ref();
    let group = indicator.map(|row| row.group.as_str()).filter(|group| !group.is_empty());
    let mut cells = vec![
        BookCell::text(&row.measure),
        BookCell::text(&row.grade),
        BookCell::text(&row.subject),
        BookCell::text(group.unwrap_or(wording::ALL_STUDENTS)),
        BookCell::text(better(row.better)),
    ];
    let Some(row) = indicator else {
        cells.extend((0..years.len() + 3).map(|_| BookCell::input()));
        return cells;
    };
    cells.extend([
        BookCell::people(row.baseline.n),
        BookCell::text(row.baseline.year.to_string()),
        BookCell::value(Some(row.baseline.value), row.unit),
    ]);
    let goal = goals.iter().find(|goal| goal.checked.row.as_ref().is_some_and(|known| known.key == row.key));
    for year in years {
        let target = goal.and_then(|goal| goal.checked.targets.get(year).copied());
        cells.push(target.map_or_else(BookCell::input, |target| BookCell::value(Some(target), row.unit)));
    }
    cells
}
