//! Checks people's goals: what each asks for, and how many similar districts did as much.

use std::collections::BTreeMap;

use super::goal::TypedGoal;
use super::memory::PlanMemory;
use super::menu::{MenuRow, MenuValue, PlanMenu};
use super::target::{TargetFault, target_value};
use crate::catalog::{PlanColumn, PlanSpec, did_you_mean};
use crate::diagnostic::Diagnostic;
use crate::domain::{LoneYear, SchoolYear};
use crate::form_export::plain;

/// How much a goal asks for, compared with what similar districts did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GainVerdict {
    /// The target is worse than the newest value, by more than chance.
    Worse,
    /// No more than chance moves the value.
    WithinNoise,
    /// What at least half of the similar districts did.
    Typical,
    /// What at least a quarter did.
    Ambitious,
    /// What some did, but fewer.
    Exceptional,
    /// What none did.
    NeverSeen,
}

/// Why there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoVerdict {
    /// There is no target after the newest value.
    NoTarget,
    /// The indicator is not in the data.
    NoIndicator,
    /// Too few districts began like ours, over that span.
    TooFew,
    /// The target is further away than the catalog compares.
    TooFar,
}

/// What a goal asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AskedGain {
    /// The gain toward the better side, from the newest value to the last target.
    pub gain: f64,
    /// Over how many years.
    pub span: i32,
    /// How much it is.
    pub verdict: Result<GainVerdict, NoVerdict>,
    /// How many similar districts gained as much, of how many; `None` if there are too few.
    pub did: Option<DidAsMuch>,
}

/// How many districts did as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DidAsMuch {
    /// Those that did.
    pub did: usize,
    /// All that began alike.
    pub of: usize,
}

/// A goal with what the program knows of it.
#[derive(Debug, Clone)]
pub struct CheckedGoal {
    /// What people typed.
    pub typed: TypedGoal,
    /// Its indicator; `None` if the data has none of that name.
    pub row: Option<MenuRow>,
    /// Where it started: the newest value when the plan was written, as the data says it now.
    pub baseline: Option<MenuValue>,
    /// The targets that can be used, by the ends of their years.
    pub targets: BTreeMap<i32, f64>,
    /// What it asks for; `None` without an indicator or a target.
    pub asked: Option<AskedGain>,
    /// Why there is nothing to check.
    pub unchecked: Option<NoVerdict>,
    /// The year by which it is to be reached: that of its last target, or else that of its deadline.
    pub until: Option<SchoolYear>,
}

impl CheckedGoal {
    /// The last target: its year and its value.
    #[must_use]
    pub fn last_target(&self) -> Option<(i32, f64)> {
        self.targets.last_key_value().map(|(year, value)| (*year, *value))
    }
}

/// What goals are checked against.
#[derive(Debug, Clone, Copy)]
pub(super) struct GoalContext<'a> {
    pub(super) menu: &'a PlanMenu,
    /// What the data said when the plan was written; `None` if the plan does not say.
    pub(super) memory: Option<&'a PlanMemory>,
    pub(super) spec: &'a PlanSpec,
}

impl GoalContext<'_> {
    /// Checks a goal. What cannot be used of it becomes a problem; nothing of it is lost.
    pub(super) fn check(&self, typed: TypedGoal, problems: &mut Vec<Diagnostic>) -> CheckedGoal {
        let row = self.row(&typed, problems);
        let targets = row.map(|row| self.targets(&typed, row, problems)).unwrap_or_default();
        let baseline = row.map(|row| self.baseline(row));
        let asked = row.and_then(|row| self.asked(row, &targets));
        if let Some((row, AskedGain { verdict: Ok(GainVerdict::Worse), .. })) = row.zip(asked) {
            problems.push(worse_target(&typed, row, &targets));
        }
        let unchecked = match (row, &asked) {
            (None, _) => Some(NoVerdict::NoIndicator),
            (Some(_), None) => Some(NoVerdict::NoTarget),
            (Some(_), Some(_)) => None,
        };
        let deadline = SchoolYear::parse(typed.text(PlanColumn::Deadline), LoneYear::End).ok();
        let last = targets.last_key_value().and_then(|(year, _)| SchoolYear::ending(*year).ok());
        if let Some((deadline, last)) = deadline.zip(last).filter(|(deadline, last)| deadline != last) {
            let place = typed.place_of(PlanColumn::Deadline);
            problems.push(Diagnostic::plan_deadline_differs(place, &deadline.to_string(), &last.to_string()));
        }
        CheckedGoal {
            until: last.or(deadline),
            row: row.cloned(),
            baseline,
            targets,
            asked,
            unchecked,
            typed,
        }
    }

    /// The indicator of a goal: by the name that it has now, or by the one that it had when the plan was written.
    fn row(&self, typed: &TypedGoal, problems: &mut Vec<Diagnostic>) -> Option<&MenuRow> {
        let name = typed.text(PlanColumn::Indicator);
        let place = typed.place_of(PlanColumn::Indicator);
        if name.trim().is_empty() {
            problems.push(Diagnostic::plan_without_indicator(place));
            return None;
        }
        let mut rows = self.menu.rows.iter();
        if let Some(row) = rows.find(|row| plain(&row.indicator) == plain(name)) {
            return Some(row);
        }
        let slug = self.memory.and_then(|memory| memory.slug_of(name));
        if let Some(row) = slug.and_then(|slug| self.menu.rows.iter().find(|row| row.key.slug() == slug)) {
            return Some(row);
        }
        let names = self.menu.rows.iter().map(|row| row.indicator.as_str());
        problems.push(match slug {
            Some(_) => Diagnostic::plan_indicator_gone(place, name),
            None => Diagnostic::plan_indicator_unknown(place, name, &did_you_mean(name, names)),
        });
        None
    }

    fn targets(
        &self,
        typed: &TypedGoal,
        row: &MenuRow,
        problems: &mut Vec<Diagnostic>,
    ) -> BTreeMap<i32, f64> {
        let mut targets = BTreeMap::new();
        for (year, cell) in &typed.targets {
            match target_value(&cell.text, row, self.spec) {
                Ok(value) => targets.extend(value.map(|value| (*year, value))),
                Err(fault) => problems.push(target_problem(fault, row, cell)),
            }
        }
        targets
    }

    /// The newest value when the plan was written, as the data says it now; without a memory, the newest value.
    fn baseline(&self, row: &MenuRow) -> MenuValue {
        let remembered = self.memory.and_then(|memory| memory.series.get(&row.key.slug()));
        let year = remembered.and_then(|series| series.latest()).map(|(year, _)| year);
        year.and_then(|year| row.value_in(year)).unwrap_or(&row.baseline).clone()
    }

    fn asked(&self, row: &MenuRow, targets: &BTreeMap<i32, f64>) -> Option<AskedGain> {
        let now = row.baseline.year.end();
        let (year, target) = targets.iter().rfind(|(year, _)| **year > now)?;
        let (span, gain) = (year - now, row.better.sign() * (target - row.baseline.value));
        let range = row.over(span);
        let did = range.map(|range| DidAsMuch { did: range.gained(gain), of: range.count() });
        let noise = row.noise.unwrap_or_default();
        let is_held = row.unit.format(*target) == row.unit.format(row.baseline.value);
        let verdict = match did {
            _ if gain < -noise && !is_held => Ok(GainVerdict::Worse),
            _ if gain <= noise => Ok(GainVerdict::WithinNoise),
            Some(did) => Ok(self.verdict(did)),
            None if span > self.spec.longest => Err(NoVerdict::TooFar),
            None => Err(NoVerdict::TooFew),
        };
        Some(AskedGain { gain, span, verdict, did })
    }

    fn verdict(&self, found: DidAsMuch) -> GainVerdict {
        let share = found.did as f64 / found.of as f64;
        match share {
            _ if found.did == 0 => GainVerdict::NeverSeen,
            share if share >= self.spec.typical => GainVerdict::Typical,
            share if share >= self.spec.ambitious => GainVerdict::Ambitious,
            _ => GainVerdict::Exceptional,
        }
    }
}

/// The problem that the last target is worse than the newest value.
fn worse_target(typed: &TypedGoal, row: &MenuRow, used: &BTreeMap<i32, f64>) -> Diagnostic {
    let cell = used.keys().next_back().and_then(|year| typed.targets.get(year));
    let place = cell.map_or_else(|| typed.place_of(PlanColumn::Indicator), |cell| cell.place.clone());
    let target = cell.map_or("", |cell| cell.text.as_str());
    Diagnostic::plan_target_worse(place, target, &row.unit.format(row.baseline.value))
}

fn target_problem(fault: TargetFault, row: &MenuRow, cell: &super::goal::PlanCell) -> Diagnostic {
    let place = cell.place.clone();
    let example = row.unit.format(row.baseline.value);
    match fault {
        TargetFault::Words => Diagnostic::plan_target_words(place, &cell.text, &example),
        TargetFault::Unit => Diagnostic::plan_target_unit(place, &cell.text, &example),
        TargetFault::Fraction => Diagnostic::plan_target_fraction(place, &cell.text),
        TargetFault::Change => Diagnostic::plan_target_change(place, &cell.text, &example),
    }
}
