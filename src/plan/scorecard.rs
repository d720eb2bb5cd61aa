//! How each goal stands: what was to be reached each year, what was, and the status.

use super::check::CheckedGoal;
use super::menu::{MenuRow, MenuValue};
use crate::catalog::PlanSpec;
use crate::domain::{Break, SchoolYear};

/// How a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoalStatus {
    /// The last target is reached.
    Met,
    /// The newest value is as good as the target of its year.
    OnTrack,
    /// It is not, but a good part of the way is made.
    Approaching,
    /// It is not, and moved less than chance moves it.
    Stagnant,
    /// It is not, and moved too little, or away.
    OffTrack,
    /// There is no value since the baseline.
    NoNewYear,
    /// There is no target, or no indicator.
    NotMeasured,
    /// The test or the definition changed since the baseline.
    NotComparable,
}

impl GoalStatus {
    /// All of them, the best first.
    pub const ALL: [Self; 8] = [
        Self::Met,
        Self::OnTrack,
        Self::Approaching,
        Self::Stagnant,
        Self::OffTrack,
        Self::NoNewYear,
        Self::NotMeasured,
        Self::NotComparable,
    ];

    /// The sign that goes with the word and the color.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Met => "★",
            Self::OnTrack => "▲",
            Self::Approaching => "◆",
            Self::Stagnant => "■",
            Self::OffTrack => "▼",
            Self::NoNewYear | Self::NotMeasured => "○",
            Self::NotComparable => "≠",
        }
    }
}

/// One goal on the scorecard.
#[derive(Debug, Clone)]
pub struct ScoreRow {
    /// The target and the value of each year that has one of them, ascending, after the baseline.
    pub years: Vec<ScoreYear>,
    /// How it stands.
    pub status: GoalStatus,
    /// The break since the baseline, if there is one.
    pub broken_by: Option<Break>,
}

/// A year of a goal.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreYear {
    /// School year.
    pub year: SchoolYear,
    /// What was to be reached; `None` if no target was set for the year.
    pub target: Option<f64>,
    /// What was; `None` if there is no value yet.
    pub actual: Option<f64>,
}

/// How a goal stands.
pub(super) fn score(goal: &CheckedGoal, spec: &PlanSpec) -> ScoreRow {
    let Some((row, baseline)) = goal.row.as_ref().zip(goal.baseline.as_ref()) else {
        return ScoreRow { years: Vec::new(), status: GoalStatus::NotMeasured, broken_by: None };
    };
    let years = years(goal, row, baseline);
    let newest = years.iter().rev().find(|year| year.actual.is_some());
    let broken_by = newest.and_then(|year| row.break_between(baseline.year.end(), year.year.end())).cloned();
    let status = match newest {
        None if goal.targets.is_empty() => GoalStatus::NotMeasured,
        None => GoalStatus::NoNewYear,
        Some(_) if broken_by.is_some() => GoalStatus::NotComparable,
        Some(newest) => GoalProgress { goal, row, baseline, spec }.status(newest),
    };
    ScoreRow { years, status, broken_by }
}

fn years(goal: &CheckedGoal, row: &MenuRow, baseline: &MenuValue) -> Vec<ScoreYear> {
    let first = baseline.year.end() + 1;
    let last_target = goal.targets.keys().last().copied().unwrap_or_default();
    let last = row.baseline.year.end().max(last_target);
    let years = (first..=last).filter_map(|year| SchoolYear::ending(year).ok());
    let years = years.map(|year| ScoreYear {
        year,
        target: goal.targets.get(&year.end()).copied(),
        actual: row.value_in(year.end()).map(|value| value.value),
    });
    years.filter(|year| year.target.is_some() || year.actual.is_some()).collect()
}

/// What the status of a goal follows from.
struct GoalProgress<'a> {
    goal: &'a CheckedGoal,
    row: &'a MenuRow,
    baseline: &'a MenuValue,
    spec: &'a PlanSpec,
}

impl GoalProgress<'_> {
    fn status(&self, newest: &ScoreYear) -> GoalStatus {
        let Some(actual) = newest.actual else { return GoalStatus::NotMeasured };
        let sign = self.row.better.sign();
        let made = sign * (actual - self.baseline.value);
        let Some(due) = self.due(newest.year.end()) else { return GoalStatus::NotMeasured };
        let asked = sign * (due - self.baseline.value);
        match made {
            _ if self.is_met(newest.year.end(), actual) => GoalStatus::Met,
            made if made >= asked => GoalStatus::OnTrack,
            made if made > 0.0 && made >= self.spec.approaching * asked => GoalStatus::Approaching,
            made if made.abs() <= self.row.noise.unwrap_or_default() => GoalStatus::Stagnant,
            _ => GoalStatus::OffTrack,
        }
    }

    /// Whether the last target is reached. What may get worse has not been reached before its time.
    fn is_met(&self, year: i32, actual: f64) -> bool {
        let Some((last_year, last)) = self.goal.last_target() else { return false };
        let sign = self.row.better.sign();
        let is_worse = sign * (last - self.baseline.value) < 0.0 && year < last_year;
        sign * (actual - last) >= 0.0 && !is_worse
    }

    /// What is due in a year: its target, or on the straight line between the targets around it, of which the baseline is one.
    fn due(&self, year: i32) -> Option<f64> {
        let targets = &self.goal.targets;
        let start = (self.baseline.year.end(), self.baseline.value);
        let after = targets.range(year..).next().map(|(year, value)| (*year, *value));
        let Some((next_year, next)) = after else { return self.goal.last_target().map(|(_, last)| last) };
        let before = targets.range(..year).next_back().map_or(start, |(year, value)| (*year, *value));
        let span = f64::from(next_year - before.0);
        let share = if span > 0.0 { f64::from(year - before.0) / span } else { 1.0 };
        Some(before.1 + share * (next - before.1))
    }
}
