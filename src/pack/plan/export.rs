//! The plan as a table for other programs.

use std::collections::BTreeSet;
use std::error::Error;

use crate::pack::csv_text::start;
use crate::plan::{PlanColumn, PlanGoal, PlanState};
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
