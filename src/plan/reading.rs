//! Reads the sheet of goals: its headings, and what stands below them.

use std::collections::BTreeMap;

use sheets::{Sheet, SourceFile};

use super::goal::{PlanCell, TypedGoal};
use super::memory::is_memory;
use crate::catalog::{PlanColumn, PlanSpec};
use crate::diagnostic::{Diagnostic, column_name};
use crate::domain::{LoneYear, SchoolYear};
use crate::form_export::{Typed, plain, typed_cells};
use crate::wording::plan as wording;

/// The headings are in one of the first rows.
const SEARCHED: usize = 60;
/// Fewer known headings than this are no sheet of goals.
const FEWEST: usize = 2;
/// The columns without which something is missing from the plan.
const NEEDED: [PlanColumn; 5] = [
    PlanColumn::Goal,
    PlanColumn::Indicator,
    PlanColumn::Owner,
    PlanColumn::Deadline,
    PlanColumn::ReportMonth,
];

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ColumnKind {
    Of(PlanColumn),
    /// The target of a school year, by its end.
    Target(i32),
    /// What this program wrote beside a plan.
    Check,
    /// Something of people's own, by its heading.
    Other(String),
}

/// The headings of a sheet of goals.
struct PlanHeadings {
    row: u32,
    columns: BTreeMap<u32, ColumnKind>,
}

/// The goals in a file, sheet by sheet.
pub(super) fn goals(file: &SourceFile, spec: &PlanSpec, problems: &mut Vec<Diagnostic>) -> Vec<TypedGoal> {
    let mut all = Vec::new();
    let mut has_plan = false;
    for sheet in sheets_of_goals(file) {
        if let Some(headings) = PlanHeadings::find(sheet, spec) {
            has_plan = true;
            headings.report(sheet, problems);
            all.extend(headings.goals(sheet));
        }
    }
    if !has_plan {
        problems.push(Diagnostic::not_a_plan(&file.file));
    }
    all
}

/// The sheets that may hold goals: the one with the name that the pack gave it, or if somebody renamed it, all that people can see.
fn sheets_of_goals(file: &SourceFile) -> Vec<&Sheet> {
    let named: Vec<&Sheet> = file.sheets.iter().filter(|sheet| is_named_plan(sheet)).collect();
    if named.is_empty() { file.sheets.iter().filter(|sheet| !is_memory(sheet)).collect() } else { named }
}

fn is_named_plan(sheet: &Sheet) -> bool {
    sheet.place.sheet.as_deref().is_some_and(|name| plain(name) == plain(wording::PLAN))
}

impl PlanHeadings {
    /// The row with the most known headings; `None` if the sheet is no plan.
    fn find(sheet: &Sheet, spec: &PlanSpec) -> Option<Self> {
        let rows = sheet.rows().take(SEARCHED);
        let all = rows.map(|row| Self::of_row(&typed_cells(sheet, row.number), row.number, spec));
        let best = all.max_by_key(|headings| (headings.known(), std::cmp::Reverse(headings.row)))?;
        let is_plan = best.known() >= FEWEST
            && (best.has(PlanColumn::Goal) || best.targets() > 0)
            && (best.has(PlanColumn::Owner) || best.targets() > 0);
        is_plan.then_some(best)
    }

    fn of_row(cells: &[Typed], row: u32, spec: &PlanSpec) -> Self {
        let columns = cells.iter().map(|cell| (cell.column, kind(&cell.text, spec)));
        Self { row, columns: columns.collect() }
    }

    fn known(&self) -> usize {
        let known = self.columns.values();
        known.filter(|kind| matches!(kind, ColumnKind::Of(_) | ColumnKind::Target(_))).count()
    }

    fn targets(&self) -> usize {
        self.columns.values().filter(|kind| matches!(kind, ColumnKind::Target(_))).count()
    }

    fn has(&self, column: PlanColumn) -> bool {
        self.columns.values().any(|kind| *kind == ColumnKind::Of(column))
    }

    /// Names the columns that are missing.
    fn report(&self, sheet: &Sheet, problems: &mut Vec<Diagnostic>) {
        let place = sheet.place.at(self.row, 0);
        for column in NEEDED.into_iter().filter(|column| !self.has(*column)) {
            problems.push(Diagnostic::plan_column_missing(place.clone(), column_heading(column)));
        }
        if self.targets() == 0 {
            problems.push(Diagnostic::plan_column_missing(place, wording::TARGET));
        }
    }

    fn goals(&self, sheet: &Sheet) -> Vec<TypedGoal> {
        let below = sheet.rows_between(self.row + 1..u32::MAX);
        let goals = below.map(|row| self.goal(sheet, row.number));
        goals
            .filter(|goal| !goal.cells.is_empty() || !goal.targets.is_empty() || !goal.others.is_empty())
            .collect()
    }

    fn goal(&self, sheet: &Sheet, row: u32) -> TypedGoal {
        let mut goal = TypedGoal { place: sheet.place.at(row, 0), ..TypedGoal::default() };
        for cell in typed_cells(sheet, row).into_iter().filter(|cell| !cell.is_covered) {
            let typed = PlanCell { text: cell.text, place: cell.place };
            match self.columns.get(&cell.column) {
                Some(ColumnKind::Of(column)) => drop(goal.cells.insert(*column, typed)),
                Some(ColumnKind::Target(year)) => drop(goal.targets.insert(*year, typed)),
                Some(ColumnKind::Check) => {}
                Some(ColumnKind::Other(heading)) => drop(goal.others.insert(heading.clone(), typed)),
                None => drop(
                    goal.others.insert(wording::column_without_heading(&column_name(cell.column)), typed),
                ),
            }
        }
        goal
    }
}

/// The heading that the pack gives a column.
const fn column_heading(column: PlanColumn) -> &'static str {
    match column {
        PlanColumn::Goal => wording::H_GOAL,
        PlanColumn::Indicator => wording::H_INDICATOR,
        PlanColumn::Owner => wording::H_OWNER,
        PlanColumn::Deadline => wording::H_DEADLINE,
        PlanColumn::ReportMonth => wording::H_REPORT_MONTH,
        PlanColumn::Note => wording::H_NOTE,
        PlanColumn::Target => wording::TARGET,
    }
}

fn kind(heading: &str, spec: &PlanSpec) -> ColumnKind {
    let words = plain(heading);
    if let Some(column) = spec.column(&words) {
        return ColumnKind::Of(column);
    }
    let year = spec.target(&words).map(|year| year.replace(' ', "-"));
    let year = year.and_then(|year| SchoolYear::parse(&year, LoneYear::End).ok());
    match year {
        Some(year) => ColumnKind::Target(year.end()),
        None if wording::CHECK_HEADINGS.iter().any(|check| plain(check) == words) => ColumnKind::Check,
        None => ColumnKind::Other(heading.trim().to_owned()),
    }
}
