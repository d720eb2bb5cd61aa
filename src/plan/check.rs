//! Checks people's goals: what each asks for, and how many similar districts did as much.

use std::collections::BTreeMap;

use super::deadline::Deadline;
use super::goal::{PlanCell, TypedGoal};
use super::memory::PlanMemory;
use super::menu::{MenuRow, MenuValue, PlanMenu};
use super::target::{ReadTarget, TargetFault, TargetReader};
use crate::catalog::{PlanColumn, PlanSpec, did_you_mean};
use crate::diagnostic::Diagnostic;
use crate::domain::SchoolYear;
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
    /// The last target cannot be read.
    UnreadTarget,
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
    /// The last year with a target that cannot be read.
    pub unread: Option<i32>,
    /// What it asks for; `None` without an indicator or a last target.
    pub asked: Option<AskedGain>,
    /// Why there is nothing to check.
    pub unchecked: Option<NoVerdict>,
    /// The deadline.
    pub deadline: Deadline,
    /// The year by which it is to be reached: that of its last target, or else that of its deadline.
    pub until: Option<SchoolYear>,
}

impl CheckedGoal {
    /// The last target: its year and its value. `None` if it cannot be read: an earlier one is only a step to it.
    #[must_use]
    pub fn last_target(&self) -> Option<(i32, f64)> {
        let (year, value) = self.targets.last_key_value()?;
        self.unread.is_none_or(|unread| unread < *year).then_some((*year, *value))
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
        let UsableTargets { targets, unread } =
            row.map(|row| self.targets(&typed, row, problems)).unwrap_or_default();
        let baseline = row.map(|row| self.baseline(row));
        let last = targets.keys().next_back().copied();
        let is_last_unread = unread > last;
        let asked = row.filter(|_| !is_last_unread).and_then(|row| self.asked(row, &targets));
        if let Some((row, AskedGain { verdict: Ok(GainVerdict::Worse), .. })) = row.zip(asked) {
            problems.push(worse_target(&typed, row, &targets));
        }
        let unchecked = match (row, &asked) {
            (None, _) => Some(NoVerdict::NoIndicator),
            (Some(_), None) if is_last_unread => Some(NoVerdict::UnreadTarget),
            (Some(_), None) => Some(NoVerdict::NoTarget),
            (Some(_), Some(_)) => None,
        };
        let last = last.max(unread).and_then(|year| SchoolYear::ending(year).ok());
        let deadline = Deadline::new(typed.text(PlanColumn::Deadline), self.spec);
        problems.extend(deadline_problem(&typed, &deadline, last));
        CheckedGoal {
            until: last.or(deadline.year),
            deadline,
            unread,
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

    fn targets(&self, typed: &TypedGoal, row: &MenuRow, problems: &mut Vec<Diagnostic>) -> UsableTargets {
        let mut reader =
            TargetReader::new(row, self.spec, typed.targets.values().map(|cell| cell.text.as_str()));
        let mut found = UsableTargets::default();
        for (year, cell) in &typed.targets {
            match reader.read(&cell.text) {
                Ok(None) => {}
                Ok(Some(ReadTarget { value, is_doubtful })) => {
                    if is_doubtful {
                        problems.push(doubtful_target(value, row, cell));
                    }
                    found.targets.insert(*year, value);
                }
                Err(fault) => {
                    problems.push(target_problem(fault, row, cell));
                    found.unread = Some(*year);
                }
            }
        }
        found
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

/// The targets that can be used.
#[derive(Default)]
struct UsableTargets {
    targets: BTreeMap<i32, f64>,
    /// The last year with a target that cannot be used.
    unread: Option<i32>,
}

/// The problem with a deadline, if there is one: it is not understood, or of another year than the last target.
fn deadline_problem(typed: &TypedGoal, deadline: &Deadline, last: Option<SchoolYear>) -> Option<Diagnostic> {
    let place = typed.place_of(PlanColumn::Deadline);
    if deadline.is_unclear() {
        return Some(Diagnostic::plan_deadline_unclear(place, typed.text(PlanColumn::Deadline)));
    }
    let (deadline, last) = deadline.year.zip(last).filter(|(deadline, last)| deadline != last)?;
    Some(Diagnostic::plan_deadline_differs(place, &deadline.to_string(), &last.to_string()))
}

/// The problem that the last target is worse than the newest value.
fn worse_target(typed: &TypedGoal, row: &MenuRow, used: &BTreeMap<i32, f64>) -> Diagnostic {
    let cell = used.keys().next_back().and_then(|year| typed.targets.get(year));
    let place = cell.map_or_else(|| typed.place_of(PlanColumn::Indicator), |cell| cell.place.clone());
    let target = cell.map_or("", |cell| cell.text.as_str());
    Diagnostic::plan_target_worse(place, target, &row.unit.format(row.baseline.value))
}

fn target_problem(fault: TargetFault, row: &MenuRow, cell: &PlanCell) -> Diagnostic {
    let place = cell.place.clone();
    let example = row.unit.format(row.baseline.value);
    match fault {
        TargetFault::Words => Diagnostic::plan_target_words(place, &cell.text, &example),
        TargetFault::Unit => Diagnostic::plan_target_unit(place, &cell.text, &example),
        TargetFault::Fraction => {
            Diagnostic::plan_target_fraction(place, &cell.text, &hundredfold(&cell.text))
        }
        TargetFault::Change => Diagnostic::plan_target_change(place, &cell.text, &example),
    }
}

/// The problem that a target may have been meant a hundred times as large.
fn doubtful_target(value: f64, row: &MenuRow, cell: &PlanCell) -> Diagnostic {
    let newest = row.unit.format(row.baseline.value);
    Diagnostic::plan_target_small(cell.place.clone(), &cell.text, &hundredfold(&value.to_string()), &newest)
}

/// A share of 1 as a number of percent: `27` for `0.27`.
fn hundredfold(text: &str) -> String {
    let share: f64 = text.trim().parse().unwrap_or_default();
    // Without the rounding error of 0.29 · 100.
    ((share * 100.0 * 1e9).round() / 1e9).to_string()
}
