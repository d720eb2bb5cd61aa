//! What `retreat init` reports about a proposal: what is read, and what is not.

use std::path::Path;

use super::ProjectProposal;
use super::choice::DistrictChoice;
use crate::diagnostic::Diagnostic;
use crate::perception::RecognizedSurvey;
use crate::survey::{ColumnCounts, PlannedSource, ProjectPlan, UnreadTable};
use crate::wording::init::{self as wording, SourceColumns, TrialResult, source};

/// How many warnings of the trial reading are shown; `retreat check` lists them all.
const WARNINGS_SHOWN: usize = 5;

/// The sources, the result of a trial reading, the district, and what to do next.
pub(super) fn summary(proposal: &ProjectProposal, folder: &Path) -> String {
    let ProjectProposal { planned, trial, district, .. } = proposal;
    let DistrictChoice { id, name, reason } = district;
    let mut text: String = planned.sources.iter().map(source_summary).collect();
    for UnreadTable { name: table, why: reason } in &planned.unread {
        text.push_str(&source::unread_table(table, reason));
    }
    text.extend(proposal.answers.iter().map(answers_summary));
    let read = TrialResult {
        values: trial.observations,
        districts: trial.districts.len(),
        years: trial.years.map(|(first, last)| [school_year(first), school_year(last)]),
    };
    if !planned.sources.is_empty() {
        text.push_str(&wording::trial(&read));
    }
    text + &warnings(&trial.warnings)
        + &wording::chosen_district(name, id, reason)
        + &match proposal.has_no_readable_table() {
            true => wording::next_without_source(&folder.display()),
            false => wording::next(&folder.display()),
        }
}

/// What the trial reading warns of: the first few.
fn warnings(problems: &[Diagnostic]) -> String {
    let mut text = String::new();
    for Diagnostic { place, found, .. } in problems.iter().take(WARNINGS_SHOWN) {
        text.push_str(&wording::warning(place, found));
    }
    if problems.len() > WARNINGS_SHOWN {
        text.push_str(&wording::more_warnings(problems.len() - WARNINGS_SHOWN));
    }
    text
}

/// A source in two or more lines: its tables, its layout, and what to know about it.
fn source_summary(planned: &PlannedSource) -> String {
    let PlannedSource { path, description, layout, columns: ColumnCounts { read, unread }, .. } = planned;
    let tables = Some(description.as_str()).filter(|tables| tables != path);
    let columns = SourceColumns { read: *read, unread: *unread };
    let mut text = source::heading(path, tables);
    text.push_str(&source::layout(layout, planned.proposed.is_some(), columns));
    if let Some(problem) = &planned.problem {
        text.push_str(&source::left_out(problem));
    }
    text.extend(planned.notes.iter().map(|note| source::note(note)));
    if let Some(edition) = &planned.edition {
        text.push_str(&source::edition(edition));
    }
    if planned.year_begins {
        text.push_str(source::YEAR_IS_FALL);
    }
    text
}

/// What is known about a file with answers of people.
fn answers_summary(answers: &RecognizedSurvey) -> String {
    let RecognizedSurvey { path, answers, items, open, .. } = answers;
    source::answers(path, *answers, items.len(), *open)
}

fn school_year(end: i32) -> String {
    format!("{}-{:02}", end - 1, end % 100)
}

/// What prevents each table from being read, one line each; only the first few.
pub(super) fn unreadable_tables(planned: &ProjectPlan) -> String {
    const LISTED: usize = 8;
    let mut lines = Vec::new();
    for source in &planned.sources {
        if let Some(problem) = &source.problem {
            lines.push(wording::unreadable_table(&source.description, problem));
        }
    }
    for UnreadTable { name: table, why: reason } in &planned.unread {
        lines.push(wording::unreadable_table(table, reason));
    }
    let mut text: String = lines.iter().take(LISTED).map(String::as_str).collect();
    if lines.len() > LISTED {
        text.push_str(&wording::more_tables(lines.len() - LISTED));
    }
    text
}
