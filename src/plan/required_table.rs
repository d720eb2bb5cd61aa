//! The table of targets that the district's state requires: each measure of it by student group.

use super::menu::{MenuRow, PlanMenu};
use crate::catalog::{Catalog, StateTable, StateTablePart};
use crate::domain::{Better, Grade};

/// The table that a state requires.
#[derive(Debug, Clone)]
pub struct RequiredTable {
    /// What it is about.
    pub title: String,
    /// The years of its targets, by their ends.
    pub years: Vec<i32>,
    /// Its rows: first those of the menu, then those for which the data has no recent value.
    pub rows: Vec<RequiredRow>,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct RequiredRow {
    /// Label of the measure.
    pub measure: String,
    /// Label of the grade; empty for all.
    pub grade: String,
    /// Label of the subject; empty for all.
    pub subject: String,
    /// Which way is better.
    pub better: Better,
    /// The indicator; `None` if the data has no recent value.
    pub indicator: Option<MenuRow>,
}

/// The table that the state with this code requires. `None` if it requires none, or if there is no data at all.
#[must_use]
pub fn required_table(state: Option<&str>, menu: &PlanMenu, catalog: &Catalog) -> Option<RequiredTable> {
    let state = state?;
    let spec = catalog.plan.state_table.iter().find(|table| table.state == state)?;
    let newest = menu.newest?.end();
    let known: Vec<&MenuRow> = menu.rows.iter().filter(|row| has(spec, row)).collect();
    let mut rows: Vec<RequiredRow> = known.iter().map(|row| known_row(row)).collect();
    for part in &spec.part {
        for id in &part.measures {
            let of_measure: Vec<&MenuRow> =
                known.iter().copied().filter(|row| row.key.measure == *id).collect();
            rows.extend(missing_rows(id, part, &of_measure, catalog));
        }
    }
    let years = (1..=spec.years).map(|years| newest + years).collect();
    Some(RequiredTable { title: spec.title.clone(), years, rows })
}

fn has(spec: &StateTable, row: &MenuRow) -> bool {
    spec.has(&row.key.measure, row.key.grade.id(), &row.key.subject)
}

fn known_row(row: &MenuRow) -> RequiredRow {
    RequiredRow {
        measure: row.measure.clone(),
        grade: row.grade.clone(),
        subject: row.subject.clone(),
        better: row.better,
        indicator: Some(row.clone()),
    }
}

/// The grades and subjects of a measure for which there is no indicator of any student group.
fn missing_rows(id: &str, part: &StateTablePart, known: &[&MenuRow], catalog: &Catalog) -> Vec<RequiredRow> {
    let Some(measure) = catalog.measures.get(id) else { return Vec::new() };
    let mut missing = Vec::new();
    for grade in each_or_all(&part.grades) {
        for subject in each_or_all(&part.subjects) {
            let is_known = known
                .iter()
                .any(|row| is_wanted(grade, row.key.grade.id()) && is_wanted(subject, &row.key.subject));
            if !is_known {
                let subject = subject.and_then(|subject| catalog.groups.subject(subject));
                missing.push(RequiredRow {
                    measure: measure.label.clone(),
                    grade: grade.and_then(Grade::parse).map(|grade| grade.label()).unwrap_or_default(),
                    subject: subject.map(|subject| subject.label.clone()).unwrap_or_default(),
                    better: measure.better,
                    indicator: None,
                });
            }
        }
    }
    missing
}

/// The entries of a list; `None` for all if it is empty.
fn each_or_all(list: &[String]) -> Vec<Option<&str>> {
    if list.is_empty() { vec![None] } else { list.iter().map(|one| Some(one.as_str())).collect() }
}

fn is_wanted(wanted: Option<&str>, one: &str) -> bool {
    wanted.is_none_or(|wanted| wanted == one)
}
