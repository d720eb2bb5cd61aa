//! The whole plan as it stands: goals checked and scored, and what changed.

use std::collections::BTreeMap;

use sheets::SourceFile;

use super::changes::{PlanChange, TargetTexts, changes};
use super::check::{CheckedGoal, GoalContext};
use super::goal::{TypedGoal, merged};
use super::memory::PlanMemory;
use super::menu::PlanMenu;
use super::process::{LocalTexts, PercentNames, ProcessSeries, local_texts, process_series};
use super::reading::goals;
use super::scorecard::{ScoreRow, score};
use super::target_changes::{old_names, target_texts};
use crate::catalog::PlanSpec;
use crate::diagnostic::Diagnostic;
use crate::domain::DistrictId;

/// What a plan is read from.
#[derive(Debug, Clone, Copy)]
pub struct PlanInput<'a> {
    /// The files of the plan, by name.
    pub files: &'a [SourceFile],
    /// The newest menu.
    pub menu: &'a PlanMenu,
    /// How plans are read and checked.
    pub spec: &'a PlanSpec,
    /// The targets when the plan was last read.
    pub targets_before: &'a TargetTexts,
}

/// A plan as it stands.
#[derive(Debug, Clone)]
pub struct PlanState {
    /// The goals, in the order of the files and rows.
    pub goals: Vec<PlanGoal>,
    /// Series of people's own, in the order of the files.
    pub process: Vec<ProcessSeries>,
    /// What was typed on the sheets of these series, row by row.
    pub local: Vec<LocalTexts>,
    /// What a copy of the plan must remember: what the data said when the plan was written, or now if the plan does not say.
    pub memory: PlanMemory,
    /// What changed since the plan was written, or last read.
    pub changes: Vec<PlanChange>,
    /// The newest year of the data when it was written, by its end; `None` if the plan does not say.
    pub written_in: Option<i32>,
    /// What goals were called when the plan was last read, by what they are called now, if that is something else.
    pub old_names: BTreeMap<String, String>,
    /// The targets as they are now.
    pub targets: TargetTexts,
    /// What could not be used, or is odd.
    pub problems: Vec<Diagnostic>,
}

/// A goal, checked and scored.
#[derive(Debug, Clone)]
pub struct PlanGoal {
    /// The goal.
    pub checked: CheckedGoal,
    /// How it stands.
    pub score: ScoreRow,
}

/// Reads and checks a plan.
#[must_use]
pub fn read_plan(input: &PlanInput<'_>) -> PlanState {
    let PlanInput { files, menu, spec, targets_before } = *input;
    let mut problems = Vec::new();
    let mut memory: Option<PlanMemory> = None;
    let mut copies: Vec<Vec<TypedGoal>> = Vec::new();
    let mut process: Vec<ProcessSeries> = Vec::new();
    let mut local: Vec<LocalTexts> = Vec::new();
    let percents = PercentNames::new(menu, spec);
    for file in files {
        let remembered = PlanMemory::read(file);
        if !is_ours(file, remembered.as_ref(), menu, &mut problems) {
            continue;
        }
        let newest = remembered.as_ref().and_then(|memory| memory.year);
        let newest = newest.or_else(|| menu.newest.map(|year| year.end()));
        copies.push(goals(file, spec, newest, &mut problems));
        // A copy of the plan has the same series again.
        let known = local.len();
        for row in local_texts(file) {
            if !local[..known].contains(&row) {
                local.push(row);
            }
        }
        for series in process_series(file, &percents, &mut problems) {
            if !process.contains(&series) {
                process.push(series);
            }
        }
        // Of several copies, the oldest says what the data was when the plan was written.
        let is_older = match (&memory, &remembered) {
            (Some(known), Some(new)) => new.year < known.year,
            (None, _) => true,
            (Some(_), None) => false,
        };
        if is_older {
            memory = remembered;
        }
    }
    let typed = merged(copies, &mut problems);
    let context = GoalContext { menu, memory: memory.as_ref(), spec };
    let checked: Vec<CheckedGoal> =
        typed.into_iter().map(|goal| context.check(goal, &mut problems)).collect();
    let found = memory.as_ref().map(|memory| changes(memory, menu, &checked, targets_before));
    let written_in = memory.as_ref().and_then(|memory| memory.year);
    let memory = memory.map_or_else(|| PlanMemory::of(menu), |memory| memory.with_new_indicators(menu));
    PlanState {
        process,
        changes: found.unwrap_or_default(),
        written_in,
        old_names: old_names(targets_before, &checked, &memory),
        memory,
        local,
        targets: target_texts(&checked),
        goals: checked
            .into_iter()
            .map(|goal| PlanGoal { score: score(&goal, spec), checked: goal })
            .collect(),
        problems,
    }
}

/// Whether a file is a plan of this district; a plan of another one is not read.
fn is_ours(
    file: &SourceFile,
    memory: Option<&PlanMemory>,
    menu: &PlanMenu,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let Some(memory) = memory else {
        problems.push(Diagnostic::plan_without_key(&file.file));
        return true;
    };
    if DistrictId::new(&memory.district) != DistrictId::new(&menu.district) {
        problems.push(Diagnostic::plan_of_other_district(&file.file, &memory.title, &memory.district));
        return false;
    }
    let newest = menu.newest.map(|year| year.end());
    if memory.year > newest {
        problems.push(Diagnostic::plan_of_later_year(&file.file));
    } else if memory.title != menu.title {
        problems.push(Diagnostic::plan_with_other_title(&file.file, &memory.title));
    }
    true
}
