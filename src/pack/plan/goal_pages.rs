//! A page a goal, as Word documents: to report on it, and to try and plan a change. What only people can say is left blank.

use std::error::Error;

use super::plan_output::PlanOutput;
use crate::domain::SchoolYear;
use crate::pack::word::{WordBlock, WordDocument, WordTable};
use crate::plan::{MenuRow, PlanColumn, PlanGoal};
use crate::wording::plan as wording;
use crate::wording::plan_pages as words;

/// How many of the latest values a page shows.
const LATEST: usize = 3;

/// A document with a page a goal.
type GoalDocument = Result<Vec<u8>, Box<dyn Error + Send + Sync>>;

/// The pages for the board: what was to be reached, and what was.
pub(super) fn monitoring(output: &PlanOutput<'_>) -> GoalDocument {
    document(output, words::MONITORING, &|goal| {
        let mut blocks = Vec::new();
        if goal.checked.row.is_some() {
            blocks.push(WordBlock::Table(values_table(goal)));
        }
        blocks.extend(groups_table(goal, output).map(WordBlock::Table));
        blocks.extend(blanks(&words::MONITORING_BLANKS));
        blocks
    })
}

/// Forms for a small trial: plan, do, study, act.
pub(super) fn pdsa(output: &PlanOutput<'_>) -> GoalDocument {
    document(output, words::PDSA, &|goal| {
        let mut blocks = vec![WordBlock::Table(facts_table(goal))];
        blocks.extend(blanks(&words::PDSA_BLANKS));
        blocks
    })
}

/// Forms for a goal that is specific, measurable, attainable, relevant, and has a date.
pub(super) fn smart(output: &PlanOutput<'_>) -> GoalDocument {
    document(output, words::SMART, &|goal| {
        let mut blocks = vec![WordBlock::Table(facts_table(goal)), WordBlock::Table(smart_table(goal))];
        blocks.push(WordBlock::Heading(words::STEPS.to_owned()));
        blocks.push(WordBlock::Table(steps_table()));
        blocks
    })
}

fn document(output: &PlanOutput<'_>, name: &str, page: &dyn Fn(&PlanGoal) -> Vec<WordBlock>) -> GoalDocument {
    let mut blocks = vec![WordBlock::Text(output.district.to_owned())];
    for (place, goal) in output.state.goals.iter().enumerate() {
        if place > 0 {
            blocks.push(WordBlock::NewPage);
        }
        let typed = &goal.checked.typed;
        let heading = typed.text(PlanColumn::Goal).trim();
        let heading = if heading.is_empty() { typed.text(PlanColumn::Indicator) } else { heading };
        blocks.push(WordBlock::Heading(heading.to_owned()));
        let sentence = goal.checked.sentence().unwrap_or_else(|| goal.checked.to_do().to_owned());
        blocks.push(WordBlock::Text(sentence));
        blocks.extend(page(goal));
    }
    WordDocument { title: words::title(&output.menu.title, name), blocks }.bytes()
}

/// Baseline, latest values, this year's target, the last target, and the status.
fn values_table(goal: &PlanGoal) -> WordTable {
    let checked = &goal.checked;
    let row = checked.row.as_ref();
    let latest: Vec<String> = row
        .map(|row| row.values.iter().rev().take(LATEST).rev())
        .into_iter()
        .flatten()
        .map(|value| in_year(row, value.year.end(), value.value))
        .collect();
    let baseline = checked.baseline.as_ref();
    let due =
        checked.targets.iter().find(|(year, _)| row.is_some_and(|row| **year >= row.baseline.year.end()));
    WordTable {
        alt: words::MONITORING.to_owned(),
        headings: words::VALUE_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![26, 20, 22, 20, 20, 18],
        rows: vec![vec![
            checked.typed.text(PlanColumn::Indicator).to_owned(),
            baseline.map(|value| in_year(row, value.year.end(), value.value)).unwrap_or_default(),
            latest.join("\n"),
            due.map(|(year, value)| in_year(row, *year, *value)).unwrap_or_default(),
            checked.last_target().map(|(year, value)| in_year(row, year, value)).unwrap_or_default(),
            goal.score.status.label(),
        ]],
    }
}

/// A value of an indicator with its year.
fn in_year(row: Option<&MenuRow>, year: i32, value: f64) -> String {
    row.map(|row| wording::value_in(&row.unit.format(value), &SchoolYear::text_of(year))).unwrap_or_default()
}

/// Whether two indicators are the same measure of one grade and subject, and the second is of a student group.
fn is_group_of(own: &MenuRow, row: &MenuRow) -> bool {
    let (of, key) = (&own.key, &row.key);
    (&key.measure, &key.grade, &key.subject) == (&of.measure, &of.grade, &of.subject) && !row.group.is_empty()
}

/// The newest value of each student group in the same measure; `None` if the data has none.
fn groups_table(goal: &PlanGoal, output: &PlanOutput<'_>) -> Option<WordTable> {
    let own = goal.checked.row.as_ref()?;
    let groups: Vec<&MenuRow> = output.menu.rows.iter().filter(|row| is_group_of(own, row)).collect();
    (!groups.is_empty()).then(|| WordTable {
        alt: words::BY_GROUP.to_owned(),
        headings: words::GROUP_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![40, 20, 20, 20],
        rows: groups.into_iter().map(group_row).collect(),
    })
}

fn group_row(row: &MenuRow) -> Vec<String> {
    let before = row.values.iter().rev().nth(1).filter(|_| row.after_break().is_none());
    vec![
        row.group.clone(),
        wording::value_in(&row.unit.format(row.baseline.value), &row.baseline.year.to_string()),
        before
            .map(|value| wording::value_in(&row.unit.format(value.value), &value.year.to_string()))
            .unwrap_or_default(),
        row.baseline.n.map_or_else(|| words::N_UNKNOWN.to_owned(), |n| format!("{n:.0}")),
    ]
}

/// What is known: measure, group, baseline, n, noise, target.
fn facts_table(goal: &PlanGoal) -> WordTable {
    let checked = &goal.checked;
    let row = checked.row.as_ref();
    let group = row.map(|row| if row.group.is_empty() { wording::ALL_STUDENTS } else { row.group.as_str() });
    let baseline = row
        .zip(checked.baseline.as_ref())
        .map(|(row, value)| wording::value_in(&row.unit.format(value.value), &value.year.to_string()));
    let n = checked
        .baseline
        .as_ref()
        .map(|value| value.n.map_or_else(|| words::N_UNKNOWN.to_owned(), |n| format!("{n:.0}")));
    let noise = row.map(|row| {
        row.noise.map_or_else(|| wording::NOISE_UNKNOWN.to_owned(), |noise| row.unit.format_change(noise))
    });
    let target = row
        .zip(checked.last_target())
        .map(|(row, (year, value))| wording::value_in(&row.unit.format(value), &SchoolYear::text_of(year)));
    let values = [
        Some(checked.typed.text(PlanColumn::Indicator).to_owned()),
        group.map(str::to_owned),
        baseline,
        n,
        noise,
        target,
        Some(checked.typed.text(PlanColumn::Owner).to_owned()),
    ];
    let rows = words::FACTS.into_iter().zip(values);
    WordTable {
        alt: words::FACTS_ALT.to_owned(),
        headings: words::FACT_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![30, 70],
        rows: rows.map(|(name, value)| vec![name.to_owned(), value.unwrap_or_default()]).collect(),
    }
}

fn smart_table(goal: &PlanGoal) -> WordTable {
    let checked = &goal.checked;
    let did = checked.did_it();
    let attainable = if did.is_empty() {
        checked.verdict().to_owned()
    } else {
        words::attainable(&did, checked.verdict())
    };
    let known = [
        String::new(),
        checked.sentence().unwrap_or_default(),
        attainable,
        String::new(),
        checked.due_in_words(),
    ];
    let rows = words::SMART_LINES.into_iter().zip(known);
    WordTable {
        alt: words::SMART.to_owned(),
        headings: words::SMART_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![25, 40, 45],
        rows: rows.map(|(name, known)| vec![name.to_owned(), known, String::new()]).collect(),
    }
}

fn steps_table() -> WordTable {
    WordTable {
        alt: words::STEPS.to_owned(),
        headings: words::STEP_HEADINGS.map(str::to_owned).to_vec(),
        widths: vec![34, 18, 18, 30, 18],
        rows: vec![vec![String::new(); words::STEP_HEADINGS.len()]; 4],
    }
}

/// Headings with room to write below them.
fn blanks(headings: &[&str]) -> Vec<WordBlock> {
    let mut blocks = Vec::new();
    for heading in headings {
        blocks.push(WordBlock::Small((*heading).to_owned()));
        blocks.push(WordBlock::Text(words::BLANK.to_owned()));
    }
    blocks
}
