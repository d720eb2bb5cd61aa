//! The form for feedback on the draft plan, and how people answered, by group.

use std::error::Error;

use super::plan_output::PlanOutput;
use crate::domain::Unit;
use crate::pack::csv_text::{number, table};
use crate::pack::feedback_form::{FormContent, FormSection};
use crate::pack::workbook::{BookCell, TableSheet, columns};
use crate::plan::NumberedGoal;
use crate::room::{AskedStatement, Feedback, FeedbackGroup, FeedbackRow};
use crate::wording::feedback as wording;

const COLUMNS: [&str; 11] = [
    "goal",
    "group",
    "n",
    "agree",
    "disagree",
    "low",
    "high",
    "comments",
    "hidden",
    "asked",
    "response_rate",
];
/// What the form asks.
pub(super) fn form<'a>(output: &PlanOutput<'a>) -> FormContent<'a> {
    let asked = output.numbered.iter().filter(|goal| goal.is_in_plan);
    let asked = asked.map(|goal| AskedStatement { number: goal.label(), words: goal.statement.clone() });
    let heading = wording::PLAN_HEADING.to_owned();
    FormContent {
        title: wording::form_title(&output.menu.title),
        intro: wording::PLAN_FORM_INTRO,
        sections: vec![FormSection { heading, asked: asked.collect() }],
        spec: output.room,
    }
}

/// A row: first those of the whole form, by group, then those of each goal.
#[derive(Default)]
struct GoalAnswers {
    goal: String,
    group: String,
    /// How many answered; `None` if it is withheld.
    people: Option<usize>,
    /// Agree, disagree, and comments; `None` on the rows of the whole form, or if they are withheld.
    counts: Option<[usize; 3]>,
    /// The percent that agrees, and its interval.
    shares: Option<[f64; 3]>,
    asked: Option<u32>,
    rate: Option<f64>,
}

impl GoalAnswers {
    fn of_form(group: &FeedbackGroup) -> Self {
        let (people, asked, rate) = (group.people, group.invited, group.rate());
        Self { group: group.group.clone(), people, asked, rate, ..Self::default() }
    }

    fn of_goal(row: &FeedbackRow) -> Self {
        let counts = row.counts.as_ref();
        let shares = counts.and_then(|counts| counts.percent().zip(counts.interval()));
        Self {
            goal: row.item.clone(),
            group: row.group.clone(),
            people: counts.map(|counts| counts.people),
            counts: counts.map(|counts| [counts.agree, counts.disagree, counts.comments]),
            shares: shares.map(|(percent, [low, high])| [percent, low, high]),
            asked: None,
            rate: None,
        }
    }

    fn csv(self) -> [String; 11] {
        let [agree, disagree, comments] = each(self.counts).map(count_text);
        let [low, high] = self.shares.map(|[_, low, high]| [low, high].map(number)).unwrap_or_default();
        let hidden = if self.people.is_none() { wording::HIDDEN.to_owned() } else { String::new() };
        let people = count_text(self.people);
        let asked = self.asked.map(|asked| asked.to_string()).unwrap_or_default();
        let rate = self.rate.map(number).unwrap_or_default();
        [self.goal, self.group, people, agree, disagree, low, high, comments, hidden, asked, rate]
    }

    fn cells(self, goals: &[NumberedGoal]) -> Vec<BookCell> {
        let goal = goals.iter().find(|goal| goal.label() == self.goal);
        let statement = match goal {
            None => wording::WHOLE_FORM.to_owned(),
            Some(goal) if goal.is_in_plan => goal.statement.clone(),
            Some(goal) => wording::no_longer_in_plan(&goal.statement),
        };
        let group = wording::group_name(&self.group).to_owned();
        let mut cells = [self.goal, statement, group].map(BookCell::text).to_vec();
        cells.push(match self.people {
            Some(people) => BookCell::people(Some(people as f64)),
            None => BookCell::text(wording::FEW),
        });
        let [agree, disagree, comments] = each(self.counts).map(people);
        let [percent, low, high] = each(self.shares).map(percent_cell);
        let asked = BookCell::people(self.asked.map(f64::from));
        cells.extend([agree, disagree, percent, low, high, comments, asked, percent_cell(self.rate)]);
        cells
    }
}

fn each<T: Copy>(all: Option<[T; 3]>) -> [Option<T>; 3] {
    all.map_or([None; 3], |all| all.map(Some))
}

fn people(count: Option<usize>) -> BookCell {
    BookCell::people(count.map(|count| count as f64))
}

fn percent_cell(share: Option<f64>) -> BookCell {
    BookCell::value(share, Unit::Percent)
}

fn count_text(count: Option<usize>) -> String {
    count.map(|count| count.to_string()).unwrap_or_default()
}

fn rows(feedback: &Feedback) -> Vec<GoalAnswers> {
    let of_form = feedback.groups.iter().map(GoalAnswers::of_form);
    of_form.chain(feedback.rows.iter().map(GoalAnswers::of_goal)).collect()
}

/// The answers as text.
pub(super) fn feedback_csv(feedback: &Feedback) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    table(&COLUMNS, rows(feedback).into_iter().map(GoalAnswers::csv))
}

/// The answers as a sheet; `None` if there are none.
pub(super) fn feedback_table(output: &PlanOutput<'_>) -> Option<TableSheet<'static>> {
    let feedback = output.feedback?;
    Some(TableSheet {
        name: wording::PLAN_SHEET,
        intro: wording::PLAN_SHEET_INTRO.map(str::to_owned).to_vec(),
        columns: columns(&wording::PLAN_COLUMNS),
        rows: rows(feedback).into_iter().map(|row| row.cells(output.numbered)).collect(),
        frozen: 1,
        is_filtered: true,
    })
}
