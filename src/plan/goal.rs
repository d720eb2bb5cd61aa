//! The goals that people typed, and those of several copies of one plan together.

use std::collections::BTreeMap;

use crate::catalog::PlanColumn;
use crate::diagnostic::{Diagnostic, Place};
use crate::form_export::plain;

/// A cell that somebody filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCell {
    /// What was typed.
    pub text: String,
    /// Where.
    pub place: Place,
}

/// One row of the sheet of goals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedGoal {
    /// Where the row begins.
    pub place: Place,
    /// What was typed into the columns of the plan.
    pub cells: BTreeMap<PlanColumn, PlanCell>,
    /// The targets, by the ends of their school years.
    pub targets: BTreeMap<i32, PlanCell>,
    /// What was typed into other columns, by their headings.
    pub others: BTreeMap<String, PlanCell>,
}

impl TypedGoal {
    /// The text in a column; empty if there is none.
    #[must_use]
    pub fn text(&self, column: PlanColumn) -> &str {
        self.cells.get(&column).map_or("", |cell| cell.text.as_str())
    }

    /// Where a column of it stands; the whole row if nothing was typed there.
    #[must_use]
    pub fn place_of(&self, column: PlanColumn) -> Place {
        self.cells.get(&column).map_or_else(|| self.place.clone(), |cell| cell.place.clone())
    }

    /// What tells goals apart: the goal and its indicator.
    fn identity(&self) -> [String; 2] {
        [PlanColumn::Goal, PlanColumn::Indicator].map(|column| plain(self.text(column)))
    }

    /// A cell of another copy that says something else in the same place; `None` if the copies agree.
    fn contradicted_by<'g>(&self, other: &'g Self) -> Option<&'g PlanCell> {
        contradiction(&self.cells, &other.cells)
            .or_else(|| contradiction(&self.targets, &other.targets))
            .or_else(|| contradiction(&self.others, &other.others))
    }

    /// Adds what only the other copy has.
    fn complete(&mut self, other: Self) {
        complete(&mut self.cells, other.cells);
        complete(&mut self.targets, other.targets);
        complete(&mut self.others, other.others);
    }
}

fn contradiction<'g, K: Ord>(
    known: &BTreeMap<K, PlanCell>,
    other: &'g BTreeMap<K, PlanCell>,
) -> Option<&'g PlanCell> {
    let mut differing = other.iter().filter(|(column, cell)| {
        known.get(column).is_some_and(|known| plain(&known.text) != plain(&cell.text))
    });
    differing.next().map(|(_, cell)| cell)
}

fn complete<K: Ord>(known: &mut BTreeMap<K, PlanCell>, other: BTreeMap<K, PlanCell>) {
    for (column, cell) in other {
        known.entry(column).or_insert(cell);
    }
}

/// The goals of all copies. A goal that several copies have counts once, unless they say different things of it: then each
/// of its rows stays, with a problem.
pub(super) fn merged(copies: Vec<Vec<TypedGoal>>, problems: &mut Vec<Diagnostic>) -> Vec<TypedGoal> {
    let mut all: Vec<TypedGoal> = Vec::new();
    for copy in copies {
        let before = all.len();
        for goal in copy {
            let same = all[..before].iter_mut().find(|known| known.identity() == goal.identity());
            let Some(known) = same else {
                all.push(goal);
                continue;
            };
            match known.contradicted_by(&goal) {
                Some(cell) => {
                    problems.push(Diagnostic::plan_copies_differ(cell.place.clone(), &known.place));
                    all.push(goal);
                }
                None => known.complete(goal),
            }
        }
    }
    all
}
