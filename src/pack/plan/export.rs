//! Tables of the plan for other programs, and for the state.

use std::collections::BTreeSet;
use std::error::Error;

use super::menu_book::{TARGET_WIDTH, better, year_label};
use super::plan_output::PlanOutput;
use crate::pack::csv_text::start;
use crate::pack::workbook::{BookCell, TableColumn, TableSheet};
use crate::plan::{MenuRow, PlanColumn, PlanGoal, PlanState};
use crate::wording::plan as wording;

/// A row of the flat table.
pub(super) type ExportRow = [String; 9];

/// The flat table: each goal, and below it its indicators.
pub(super) fn export_rows(state: &PlanState) -> Vec<ExportRow> {
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for goal in &state.goals {
        let name = goal.checked.typed.text(PlanColumn::Goal).trim();
        if !name.is_empty() && seen.insert(name) {
            rows.push(goal_row(name, goal));
        }
        rows.push(measure_row(name, goal));
    }
    rows
}

fn goal_row(name: &str, goal: &PlanGoal) -> ExportRow {
    let mut row = ExportRow::default();
    wording::GOAL_LEVEL.clone_into(&mut row[0]);
    name.clone_into(&mut row[2]);
    goal.checked.typed.text(PlanColumn::Owner).clone_into(&mut row[3]);
    row[5] = goal.checked.due();
    row
}

fn measure_row(parent: &str, goal: &PlanGoal) -> ExportRow {
    let checked = &goal.checked;
    let baseline = checked.baseline.as_ref();
    let last = checked.last_target();
    [
        wording::MEASURE_LEVEL.to_owned(),
        parent.to_owned(),
        checked.typed.text(PlanColumn::Indicator).to_owned(),
        checked.typed.text(PlanColumn::Owner).to_owned(),
        baseline.map(|value| value.year.to_string()).unwrap_or_default(),
        checked.due(),
        checked.row.as_ref().map(|row| row.unit.id().to_owned()).unwrap_or_default(),
        baseline.map(|value| value.value.to_string()).unwrap_or_default(),
        last.map(|(_, value)| value.to_string()).unwrap_or_default(),
    ]
}

/// The flat table as text.
pub(super) fn export_csv(state: &PlanState) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    let mut bytes = Vec::new();
    let mut rows = start(&mut bytes, &wording::EXPORT_HEADINGS)?;
    for row in export_rows(state) {
        rows.write_record(row.iter().map(|text| crate::pack::csv_text::neutral(text).into_owned()))?;
    }
    rows.flush()?;
    drop(rows);
    Ok(bytes)
}

/// The table that the district's state asks for: each measure of it by student group, with a target a year. `None` if the state
/// asks for none, or the data has none of its measures.
pub(super) fn state_table(output: &PlanOutput<'_>) -> Option<TableSheet<'static>> {
    let state = output.us_state?;
    let spec = output.spec.state_table.iter().find(|table| table.state == state)?;
    let rows: Vec<&MenuRow> = output
        .menu
        .rows
        .iter()
        .filter(|row| spec.has(&row.key.measure, row.key.grade.id(), &row.key.subject))
        .collect();
    let newest = output.menu.newest.filter(|_| !rows.is_empty())?;
    let years: Vec<i32> = (1..=spec.years).map(|years| newest.end() + years).collect();
    let head = [
        (wording::H_MEASURE, 34.0),
        (wording::H_GRADE, 11.0),
        (wording::H_SUBJECT, 12.0),
        (wording::H_GROUP, 24.0),
        (wording::H_BETTER, 9.0),
        (wording::H_N, 9.0),
        (wording::H_BASELINE_YEAR, 10.0),
        (wording::H_BASELINE, 11.0),
    ];
    let mut columns: Vec<TableColumn> =
        head.into_iter().map(|(heading, width)| TableColumn::new(heading, width)).collect();
    let targets = years.iter().map(|year| wording::target_of(&year_label(*year)));
    columns.extend(targets.map(|heading| TableColumn::new(heading, TARGET_WIDTH)));
    let name: &'static str = wording::STATE_TABLE;
    Some(TableSheet {
        name,
        intro: vec![spec.title.clone(), wording::STATE_TABLE_INTRO.to_owned()],
        columns,
        rows: rows.into_iter().map(|row| state_row(row, &years, &output.state.goals)).collect(),
        frozen: 4,
        is_filtered: true,
    })
}

fn state_row(row: &MenuRow, years: &[i32], goals: &[PlanGoal]) -> Vec<BookCell> {
    let group = if row.group.is_empty() { wording::ALL_STUDENTS } else { row.group.as_str() };
    let goal = goals.iter().find(|goal| goal.checked.row.as_ref().is_some_and(|known| known.key == row.key));
    let mut cells = vec![
        BookCell::text(&row.measure),
        BookCell::text(&row.grade),
        BookCell::text(&row.subject),
        BookCell::text(group),
        BookCell::text(better(row.better)),
        BookCell::people(row.baseline.n),
        BookCell::text(row.baseline.year.to_string()),
        BookCell::value(Some(row.baseline.value), row.unit),
    ];
    for year in years {
        let target = goal.and_then(|goal| goal.checked.targets.get(year).copied());
        cells.push(target.map_or_else(BookCell::input, |target| BookCell::value(Some(target), row.unit)));
    }
    cells
}
