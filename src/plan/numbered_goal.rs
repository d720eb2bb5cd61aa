//! The numbers of goals, by which people give feedback on the draft plan. A goal keeps its number while people reword it, move it, or
//! change its targets, and no number is given to another goal.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::check::CheckedGoal;
use super::state::PlanState;
use super::target_changes::name_of;
use crate::catalog::PlanColumn;
use crate::room::AskedStatement;
use crate::wording::feedback as form_wording;
use crate::wording::plan as wording;

/// A goal with the number by which a feedback form asks about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberedGoal {
    /// Its number, from 1.
    pub number: u32,
    /// What tells goals apart: the goal and its indicator, as they were last typed.
    pub name: String,
    /// The goal in people's words; empty without them.
    pub goal: String,
    /// What the form asks now, or last asked if the goal is no longer in the plan.
    pub statement: String,
    /// What earlier forms asked.
    #[serde(default)]
    pub earlier: BTreeSet<String>,
    /// Whether the plan has the goal now.
    pub is_in_plan: bool,
}

impl NumberedGoal {
    /// Its number as people call it.
    #[must_use]
    pub fn label(&self) -> String {
        form_wording::goal_number(self.number)
    }

    /// The goal as it is now, with the number that it has had or that comes next.
    fn now(known: Option<Self>, next: u32, goal: &CheckedGoal) -> Self {
        let (text, statement) = (goal.typed.text(PlanColumn::Goal).trim(), statement(goal));
        let known = known.unwrap_or_else(|| Self { number: next, ..Self::default() });
        let mut earlier = known.earlier;
        earlier.extend((!known.statement.is_empty()).then_some(known.statement));
        earlier.remove(&statement);
        Self {
            number: known.number,
            name: name_of(goal),
            goal: text.to_owned(),
            statement,
            earlier,
            is_in_plan: true,
        }
    }
}

/// The goals of a plan with their numbers, in the order of the plan; then those that it had before.
#[must_use]
pub fn numbered_goals(before: &[NumberedGoal], state: &PlanState) -> Vec<NumberedGoal> {
    let mut left = before.to_vec();
    let mut highest = before.iter().map(|goal| goal.number).max().unwrap_or_default();
    let mut all = Vec::new();
    for goal in state.goals.iter().map(|goal| &goal.checked).filter(|goal| !statement(goal).is_empty()) {
        let name = name_of(goal);
        let old_name = state.old_names.get(&name).unwrap_or(&name);
        let place = left.iter().position(|known| known.name == *old_name);
        let numbered = NumberedGoal::now(place.map(|place| left.remove(place)), highest + 1, goal);
        highest = highest.max(numbered.number);
        all.push(numbered);
    }
    left.sort_by_key(|goal| goal.number);
    all.extend(left.into_iter().map(|goal| NumberedGoal { is_in_plan: false, ..goal }));
    all
}

/// What a form asks about a goal: the goal in people's words, and its sentence.
fn statement(goal: &CheckedGoal) -> String {
    let [text, indicator] =
        [PlanColumn::Goal, PlanColumn::Indicator].map(|column| goal.typed.text(column).trim());
    match goal.sentence() {
        Some(sentence) => form_wording::goal_and_sentence(text, &sentence),
        None => wording::goal_and_indicator(text, indicator),
    }
}

/// All wordings of the goals by which a question can be recognized. The words of a goal that has several indicators are not enough.
#[must_use]
pub fn asked_about_goals(goals: &[NumberedGoal]) -> Vec<AskedStatement> {
    let mut asked = Vec::new();
    for goal in goals {
        let is_only = goals.iter().filter(|other| other.goal == goal.goal).count() == 1;
        let text = Some(&goal.goal).filter(|text| is_only && !text.is_empty());
        let wordings = std::iter::once(&goal.statement).chain(&goal.earlier).chain(text);
        asked.extend(wordings.map(|words| AskedStatement { number: goal.label(), words: words.clone() }));
    }
    asked
}
