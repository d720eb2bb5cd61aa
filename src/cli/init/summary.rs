//! What `retreat init` reports about a proposal: what is read, and what is not.

use std::path::Path;

use super::ProjectProposal;
use super::choice::DistrictChoice;
use crate::cli::text::counted;
use crate::survey::{ColumnCounts, PlannedSource, ProjectPlan, UnreadTable};

/// The sources, the result of a trial reading, the district, and what to do next.
pub(super) fn summary(proposal: &ProjectProposal, folder: &Path) -> String {
    let ProjectProposal { planned, trial, district, .. } = proposal;
    let DistrictChoice { id, name, reason } = district;
    let mut text: String = planned.sources.iter().map(source_summary).collect();
    for UnreadTable { name: table, why: reason } in &planned.unread {
        text.push_str(&format!("{table}\n  not read: {reason} (retreat inspect says more)\n"));
    }
    text + &format!(
        "Read {} observations of {}{}.\nDistrict: {name} ({id}), {reason}.\nNext: retreat check {folder}, retreat build {folder}",
        trial.observations,
        counted(trial.districts.len(), "district"),
        trial.years.map_or_else(String::new, |(first, last)| years_text(first, last)),
        folder = folder.display()
    )
}

/// A source in two or more lines: its tables, its layout, and what to know about it.
fn source_summary(source: &PlannedSource) -> String {
    let PlannedSource { path, description, layout, columns: ColumnCounts { read, unread }, .. } = source;
    let known = if source.proposed.is_some() { "proposed" } else { "known" };
    let tables = if description == path { String::new() } else { format!(" ({description})") };
    let mut text =
        format!("{path}{tables}\n  {known} layout {layout}: {read} columns with values, {unread} unread\n");
    if let Some(problem) = &source.problem {
        text.push_str(&format!("  left out for now: {problem}\n"));
    }
    if source.year_begins {
        text.push_str(
            "  a year alone in it, such as 2023, is taken for 2023-24, since its words speak of the fall\n",
        );
    }
    text
}

/// `, 2019-20 to 2023-24`, from the years in which the first and the last school year end.
fn years_text(first: i32, last: i32) -> String {
    if first == last {
        format!(", {}", school_year(first))
    } else {
        format!(", {} to {}", school_year(first), school_year(last))
    }
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
            lines.push(format!("\n  {}: {problem}", source.description));
        }
    }
    for UnreadTable { name: table, why: reason } in &planned.unread {
        lines.push(format!("\n  {table}: {reason}"));
    }
    let mut text: String = lines.iter().take(LISTED).map(String::as_str).collect();
    if lines.len() > LISTED {
        text.push_str(&format!("\n  and {} more", lines.len() - LISTED));
    }
    text
}
