//! Which targets people changed since the plan was last read. Meanwhile, a goal may have another text, and its indicator another name.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{ChangeKind, PlanChange, TargetTexts, plain_change};
use super::check::CheckedGoal;
use super::memory::PlanMemory;
use crate::catalog::PlanColumn;
use crate::domain::SchoolYear;
use crate::wording::plan as wording;

/// The targets of a goal, by the ends of their years, as they were typed.
type YearTexts = BTreeMap<i32, String>;

/// The targets as people typed them.
pub(super) fn target_texts(goals: &[CheckedGoal]) -> TargetTexts {
    let mut all = TargetTexts::new();
    for goal in goals {
        let texts = goal.typed.targets.iter().map(|(year, cell)| (*year, cell.text.trim().to_owned()));
        all.entry(name_of(goal)).or_default().extend(texts);
    }
    all
}

/// What goals were called when the plan was last read, by what they are called now, if that is something else.
pub(super) fn old_names(
    before: &TargetTexts,
    goals: &[CheckedGoal],
    memory: &PlanMemory,
) -> BTreeMap<String, String> {
    let now = target_texts(goals);
    let pairs = Renamed { before, now: &now, indicators: indicators(goals, memory) }.pairs();
    pairs.into_iter().map(|(name, old_name)| (name.to_owned(), old_name.to_owned())).collect()
}

/// The changes of targets. A goal that is named otherwise than before is found by its indicator.
pub(super) fn target_changes(
    before: &TargetTexts,
    goals: &[CheckedGoal],
    memory: &PlanMemory,
) -> Vec<PlanChange> {
    let now = target_texts(goals);
    let renamed = old_names(before, goals, memory);
    let old_names: BTreeSet<&str> = renamed.values().map(String::as_str).collect();
    let none = YearTexts::new();
    let mut all = Vec::new();
    for (name, texts) in &now {
        let old_name = renamed.get(name).map(String::as_str);
        let then = before.get(old_name.unwrap_or(name.as_str()));
        // When nothing has been read before, nothing is new.
        if then.is_some() || !before.is_empty() {
            all.extend(changed_years(name, then.unwrap_or(&none), texts, old_name));
        }
    }
    let gone =
        before.iter().filter(|(name, _)| !now.contains_key(*name) && !old_names.contains(name.as_str()));
    for (name, then) in gone {
        all.extend(changed_years(name, then, &none, None));
    }
    all
}

/// The years in which the targets of a goal differ; `old_name` is what it was called before, if it has another name now.
fn changed_years(name: &str, then: &YearTexts, now: &YearTexts, old_name: Option<&str>) -> Vec<PlanChange> {
    let years: BTreeSet<i32> = then.keys().chain(now.keys()).copied().collect();
    let mut all = Vec::new();
    for year in years {
        let [old, new] = [then, now].map(|texts| texts.get(&year).cloned().unwrap_or_default());
        if old != new {
            let label = SchoolYear::ending(year).map(|year| year.to_string()).unwrap_or_default();
            let change = plain_change(ChangeKind::TargetChanged, wording::in_year(name, &label));
            let why = old_name.map_or_else(|| change.why.clone(), wording::target_of_renamed_goal);
            all.push(PlanChange { before: old, after: new, why, ..change });
        }
    }
    all
}

/// The names that the indicators of goals have or had, by the names of the goals.
fn indicators(goals: &[CheckedGoal], memory: &PlanMemory) -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for goal in goals {
        let names = all.entry(name_of(goal)).or_default();
        names.insert(goal.typed.text(PlanColumn::Indicator).trim().to_owned());
        if let Some(row) = &goal.row {
            names.insert(row.indicator.clone());
            names.extend(memory.series.get(&row.key.slug()).map(|series| series.indicator.clone()));
        }
        names.remove("");
    }
    all
}

/// What tells goals apart in the list of targets.
pub(super) fn name_of(goal: &CheckedGoal) -> String {
    let [what, indicator] =
        [PlanColumn::Goal, PlanColumn::Indicator].map(|column| goal.typed.text(column).trim());
    wording::goal_and_indicator(what, indicator)
}

/// Goals that may have been named otherwise before.
struct Renamed<'a> {
    before: &'a TargetTexts,
    now: &'a TargetTexts,
    /// The names of the indicators of each goal.
    indicators: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Renamed<'a> {
    /// The old names of goals, by their new ones: first of goals with the same targets, then of the only goal with an indicator.
    fn pairs(&self) -> BTreeMap<&'a str, &'a str> {
        let mut pairs = BTreeMap::new();
        for needs_same_targets in [true, false] {
            let known: BTreeSet<&str> = pairs.values().copied().collect();
            let old: Vec<&'a str> = self
                .before
                .keys()
                .map(String::as_str)
                .filter(|name| !self.now.contains_key(*name) && !known.contains(name))
                .collect();
            let new: Vec<&'a str> = self
                .now
                .keys()
                .map(String::as_str)
                .filter(|name| !self.before.contains_key(*name) && !pairs.contains_key(name))
                .collect();
            for name in &new {
                let of_new = self.same(&old, name, needs_same_targets);
                if let [only] = of_new[..]
                    && new.iter().filter(|other| self.is_same(only, other, needs_same_targets)).count() == 1
                {
                    pairs.insert(*name, only);
                }
            }
        }
        pairs
    }

    /// The old names that may be those of a goal.
    fn same(&self, old: &[&'a str], new: &str, needs_same_targets: bool) -> Vec<&'a str> {
        old.iter().copied().filter(|old| self.is_same(old, new, needs_same_targets)).collect()
    }

    /// Whether an old name has the indicator of a goal, and if needed, its targets.
    fn is_same(&self, old: &str, new: &str, needs_same_targets: bool) -> bool {
        let mut indicators = self.indicators.get(new).into_iter().flatten();
        let has_indicator = indicators.any(|indicator| wording::names_indicator(old, indicator));
        has_indicator && (!needs_same_targets || self.before.get(old) == self.now.get(new))
    }
}
