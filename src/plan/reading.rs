//! Reads the sheet of goals: its headings, and what is below them.

use std::collections::BTreeMap;

use sheets::{Sheet, SourceFile};

use super::goal::{PlanCell, TypedGoal};
use super::heading::{HeadingMeaning, ReadHeading};
use super::memory::is_memory;
use super::two_row_heading::joined_cells;
use crate::catalog::{PlanColumn, PlanSpec};
use crate::diagnostic::{Diagnostic, column_name};
use crate::form_export::{Typed, all_notes, plain, typed_cells};
use crate::wording::plan as wording;

/// The headings are in one of the first rows.
const SEARCHED: usize = 60;
/// How many rows above a cell a region that it is merged into may begin.
const MERGED_ROWS: u32 = 200;
/// A sheet with fewer known headings than this is not a sheet of goals.
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

/// A heading in its cell.
struct HeadingCell {
    column: u32,
    text: String,
    read: ReadHeading,
}

impl HeadingCell {
    /// Whether it says that the column holds numbers ("Goal #").
    fn is_number(&self) -> bool {
        self.text.ends_with('#')
    }

    /// Whether it is a target, or a year that may be one.
    const fn has_year(&self) -> bool {
        matches!(self.read.meaning, HeadingMeaning::Target(_) | HeadingMeaning::PerhapsResult)
    }
}

/// The headings of a sheet of goals.
struct PlanHeadings {
    row: u32,
    cells: Vec<HeadingCell>,
    columns: BTreeMap<u32, ColumnKind>,
}

/// The goals in a file, sheet by sheet.
///
/// `newest` is the year of the newest data when the plan was written, by its end: a year alone up to it is not a target.
pub(super) fn goals(
    file: &SourceFile,
    spec: &PlanSpec,
    newest: Option<i32>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<TypedGoal> {
    let mut all = Vec::new();
    let mut has_plan = false;
    let shown = file.sheets.iter().filter(|sheet| !is_memory(sheet));
    problems.extend(shown.flat_map(all_notes).map(|note| Diagnostic::plan_cell_note(note.place)));
    for sheet in sheets_of_goals(file) {
        if let Some(headings) = PlanHeadings::find(sheet, spec, newest) {
            has_plan = true;
            headings.report(sheet, problems);
            headings.report_merged(sheet, problems);
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
    /// The row with the most known headings, alone or with the row above; `None` if the sheet is not a plan.
    fn find(sheet: &Sheet, spec: &PlanSpec, newest: Option<i32>) -> Option<Self> {
        let rows = sheet.rows().take(SEARCHED);
        let all = rows.map(|row| Self::of_row(&typed_cells(sheet, row.number), row.number, spec, newest));
        let mut best = all.max_by_key(|headings| (headings.known(), std::cmp::Reverse(headings.row)))?;
        for row in [best.row, best.row + 1] {
            let joined = Self::of_row(&joined_cells(sheet, row, spec), row, spec, newest);
            if joined.named_targets() > best.named_targets() && joined.of_plan() >= best.of_plan() {
                best = joined;
            }
        }
        let is_plan = best.known() >= FEWEST
            && (best.has(PlanColumn::Goal) || best.has_years())
            && (best.has(PlanColumn::Owner) || best.has_years());
        is_plan.then_some(best)
    }

    fn of_row(cells: &[Typed], row: u32, spec: &PlanSpec, newest: Option<i32>) -> Self {
        let cells = cells.iter().map(|cell| HeadingCell {
            column: cell.column,
            text: cell.text.trim().to_owned(),
            read: ReadHeading::new(&cell.text, spec),
        });
        let mut found = Self { row, cells: cells.collect(), columns: BTreeMap::new() };
        let all: Vec<ReadHeading> = found.cells.iter().map(|cell| cell.read).collect();
        for cell in &mut found.cells {
            // Beside a target of the same year, it is named as one that means the same.
            let is_twice =
                all.iter().any(|other| other.is_named_target() && other.meaning == cell.read.meaning);
            if !is_twice && cell.read.may_be_result(&all, newest) {
                cell.read.meaning = HeadingMeaning::PerhapsResult;
            }
        }
        found.leave_numbers();
        for cell in &found.cells {
            let kind = found.kind(cell);
            found.columns.insert(cell.column, kind);
        }
        found
    }

    /// Leaves a column that numbers what another holds to people ("Goal #" next to "Goal").
    fn leave_numbers(&mut self) {
        let named: Vec<HeadingMeaning> =
            self.cells.iter().filter(|cell| !cell.is_number()).map(|cell| cell.read.meaning).collect();
        for cell in self.cells.iter_mut().filter(|cell| cell.is_number()) {
            if named.contains(&cell.read.meaning) {
                cell.read.meaning = HeadingMeaning::Own;
            }
        }
    }

    /// What a column holds. Of several columns with one meaning, all but one are people's own.
    fn kind(&self, cell: &HeadingCell) -> ColumnKind {
        if self.used_instead(cell).is_some() {
            return ColumnKind::Other(self.own_name(cell));
        }
        match cell.read.meaning {
            HeadingMeaning::Of(column) => ColumnKind::Of(column),
            HeadingMeaning::Target(year) => ColumnKind::Target(year),
            HeadingMeaning::Check if self.is_check(cell) => ColumnKind::Check,
            _ => ColumnKind::Other(self.own_name(cell)),
        }
    }

    /// The column that is used instead of this one, because both mean the same.
    fn used_instead(&self, cell: &HeadingCell) -> Option<&HeadingCell> {
        if !matches!(cell.read.meaning, HeadingMeaning::Of(_) | HeadingMeaning::Target(_)) {
            return None;
        }
        let same = self.cells.iter().filter(|other| other.read.meaning == cell.read.meaning);
        let used = same.min_by_key(|other| (other.read.rank, other.column))?;
        (used.column != cell.column).then_some(used)
    }

    /// Whether the program wrote this column: it writes several, and after those of people. A single one with such a heading is
    /// somebody's own.
    fn is_check(&self, cell: &HeadingCell) -> bool {
        let checks = self.cells.iter().filter(|other| other.read.meaning == HeadingMeaning::Check);
        let others = checks.filter(|other| other.column != cell.column);
        let is_last =
            others.clone().all(|other| plain(&other.text) != plain(&cell.text) || other.column < cell.column);
        is_last && others.clone().any(|other| plain(&other.text) != plain(&cell.text))
    }

    /// The name of a column of people's own; with its letter if an earlier column has the same.
    fn own_name(&self, cell: &HeadingCell) -> String {
        let mut earlier = self.columns.range(..cell.column);
        let is_taken = earlier.any(|(_, kind)| matches!(kind, ColumnKind::Other(name) if *name == cell.text));
        if is_taken {
            wording::column_again(&cell.text, &column_name(cell.column))
        } else {
            cell.text.clone()
        }
    }

    /// How many headings are those of a plan. A year alone may also stand in a row of goals.
    fn known(&self) -> usize {
        let of_plan = self.of_plan();
        let years = self.cells.iter().filter(|cell| cell.has_year());
        of_plan + years.filter(|cell| of_plan > 0 || cell.read.is_named_target()).count()
    }

    /// How many columns are those of a plan other than targets.
    fn of_plan(&self) -> usize {
        self.columns.values().filter(|kind| matches!(kind, ColumnKind::Of(_))).count()
    }

    fn named_targets(&self) -> usize {
        self.cells.iter().filter(|cell| cell.read.is_named_target()).count()
    }

    /// Whether there are targets, or years that may be some.
    fn has_years(&self) -> bool {
        self.cells.iter().any(HeadingCell::has_year)
    }

    fn targets(&self) -> usize {
        self.columns.values().filter(|kind| matches!(kind, ColumnKind::Target(_))).count()
    }

    fn has(&self, column: PlanColumn) -> bool {
        self.columns.values().any(|kind| *kind == ColumnKind::Of(column))
    }

    /// Names the columns that are missing, that another is used instead of, or that may be targets.
    fn report(&self, sheet: &Sheet, problems: &mut Vec<Diagnostic>) {
        let place = sheet.place.at(self.row, 0);
        for column in NEEDED.into_iter().filter(|column| !self.has(*column)) {
            problems.push(Diagnostic::plan_column_missing(place.clone(), column_heading(column)));
        }
        if self.targets() == 0 {
            problems.push(Diagnostic::plan_column_missing(place, wording::TARGET));
        }
        for cell in &self.cells {
            let place = sheet.place.at(self.row, cell.column);
            if let Some(used) = self.used_instead(cell) {
                let used_place = sheet.place.at(self.row, used.column);
                let used_cell = used_place.cell.unwrap_or_default();
                problems.push(Diagnostic::plan_column_twice(place, &cell.text, &used.text, &used_cell));
            } else if cell.read.meaning == HeadingMeaning::UnclearTarget {
                problems.push(Diagnostic::plan_target_heading_unclear(place, &cell.text));
            } else if cell.read.meaning == HeadingMeaning::PerhapsResult {
                problems.push(Diagnostic::plan_year_heading_unclear(place, &cell.text));
            }
        }
    }

    /// Names targets in cells that are merged over the columns of several years.
    fn report_merged(&self, sheet: &Sheet, problems: &mut Vec<Diagnostic>) {
        let below = sheet.merged().iter().filter(|region| region.first_row > self.row);
        for region in below {
            let is_empty = sheet
                .row(region.first_row)
                .is_none_or(|row| row.cell(region.first_column).to_text().is_empty());
            let last = self.last_target(region.first_column, region.last_column);
            if let Some(last) = last.filter(|last| !is_empty && last.column != region.first_column) {
                let place = sheet.place.at(region.first_row, region.first_column);
                problems.push(Diagnostic::plan_target_merged(place, &last.text));
            }
        }
    }

    /// The target of the last year in columns that are merged, beginning with a target.
    fn last_target(&self, first: u32, last: u32) -> Option<&HeadingCell> {
        self.target_in(first)?;
        let columns = self.cells.iter().filter(|cell| (first..=last).contains(&cell.column));
        columns.max_by_key(|cell| self.target_in(cell.column))
    }

    /// The year of the target in a column.
    fn target_in(&self, column: u32) -> Option<i32> {
        match self.columns.get(&column) {
            Some(ColumnKind::Target(year)) => Some(*year),
            _ => None,
        }
    }

    /// The year of a target in a cell; of one that is merged over the columns of several years, the last.
    fn year_of(&self, sheet: &Sheet, row: u32, column: u32) -> Option<i32> {
        let merged = sheet.merged();
        let last = merged.partition_point(|region| region.first_row <= row);
        let first = merged.partition_point(|region| region.first_row < row.saturating_sub(MERGED_ROWS));
        let mut regions = merged[first..last].iter().filter(|region| region.first_column == column);
        let region = regions.find(|region| row <= region.last_row);
        let last = region.and_then(|region| self.last_target(column, region.last_column));
        last.and_then(|last| self.target_in(last.column))
    }

    fn goals(&self, sheet: &Sheet) -> Vec<TypedGoal> {
        let below = sheet.rows_between(self.row + 1..u32::MAX);
        below.filter_map(|row| self.goal(sheet, row.number)).collect()
    }

    /// The goal in a row. A cell that is merged with those above belongs to each of its rows; `None` if a row has no more than such
    /// cells.
    fn goal(&self, sheet: &Sheet, row: u32) -> Option<TypedGoal> {
        let cells = typed_cells(sheet, row);
        let mut own = cells.iter().filter(|cell| !cell.is_covered);
        own.find(|cell| self.columns.get(&cell.column) != Some(&ColumnKind::Check))?;
        let mut goal = TypedGoal { place: sheet.place.at(row, 0), ..TypedGoal::default() };
        for cell in cells {
            let letter = column_name(cell.column);
            let typed = PlanCell { text: cell.text, place: cell.place };
            match self.columns.get(&cell.column) {
                Some(ColumnKind::Of(column)) => drop(goal.cells.insert(*column, typed)),
                Some(ColumnKind::Target(year)) => {
                    let year = self.year_of(sheet, row, cell.column).unwrap_or(*year);
                    goal.targets.insert(year, typed);
                }
                Some(ColumnKind::Check) => {}
                Some(ColumnKind::Other(heading)) => add_own(&mut goal, heading, &letter, typed),
                None => add_own(&mut goal, &wording::column_without_heading(&letter), &letter, typed),
            }
        }
        Some(goal)
    }
}

/// Adds what was typed into a column of people's own.
fn add_own(goal: &mut TypedGoal, heading: &str, letter: &str, typed: PlanCell) {
    let is_taken = goal.others.contains_key(heading);
    let name = if is_taken { wording::column_again(heading, letter) } else { heading.to_owned() };
    goal.others.insert(name, typed);
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
