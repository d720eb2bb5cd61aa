//! `retreat merge`: from the ballots that people filled in to the consensus.

use std::io::{self, Write};

use super::arguments::MergeArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::session::open_project;
use crate::domain::Quadrant;
use crate::pack::{BALLOT, RoomWritten};
use crate::room::{Consensus, EVERYBODY, TableAgreement};
use crate::run::{self, BALLOTS, RunError};
use crate::wording::feedback as feedback_wording;
use crate::wording::final_swot as final_wording;
use crate::wording::room as wording;
use crate::wording::run::file_written;

/// Merges the ballots, writes consensus and log, and prints what the tables agree on.
pub(super) fn merge(arguments: &MergeArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let project = open_project(&arguments.project)?;
    let room = run::merge_room(&project, None)?;
    if room.files == 0 {
        reporter.problems(room.merged.problems)?;
        let folder = project.folder.join(BALLOTS);
        return Err(CliError::Unknown(wording::no_ballots(&folder.display().to_string())));
    }
    if !room.has_draft {
        let newest = project.out.join(BALLOT);
        return Err(CliError::Unknown(wording::no_draft(&newest.display().to_string())));
    }
    if room.merged.consensus.tables.is_empty() {
        reporter.problems(room.merged.problems)?;
        let folder = project.folder.join(BALLOTS);
        return Err(CliError::Unknown(wording::no_answers(&folder.display().to_string())));
    }
    let merged = room.merged;
    let written = room.folder.write(&merged, &project.catalog.room).map_err(RunError::from)?;
    io::stdout().lock().write_all(consensus_text(&merged.consensus).as_bytes())?;
    reporter.progress(&wording::merged(merged.consensus.tables.len(), merged.log.len()))?;
    if let Some(feedback) = &merged.feedback {
        let people = feedback.people.get(EVERYBODY).copied().unwrap_or_default();
        reporter.progress(&feedback_wording::read(people, feedback.comments.len()))?;
    }
    if let Some(swot) = &merged.final_swot {
        reporter.progress(&final_wording::summary(swot.rows.len() - swot.open(), swot.open()))?;
    }
    report_written(&written, &merged.consensus, reporter)?;
    reporter.problems(merged.problems)
}

fn report_written(written: &RoomWritten, consensus: &Consensus, reporter: Reporter) -> io::Result<()> {
    for path in &written.files {
        reporter.progress(&file_written(&path.display()))?;
    }
    for file in &written.beside {
        let [kept, beside] = [&file.kept, &file.beside].map(|path| path.display().to_string());
        reporter.progress(&wording::written_beside(&kept, &beside))?;
    }
    if let Some(pairs) = written.pairs.as_ref().filter(|_| !consensus.similar.is_empty()) {
        reporter.progress(&wording::similar(consensus.similar.len(), &pairs.display().to_string()))?;
    }
    Ok(())
}

/// The items that tables keep, by quadrant.
fn consensus_text(consensus: &Consensus) -> String {
    let mut text = String::new();
    for quadrant in Quadrant::ALL {
        text.push_str(&format!("{}\n", wording::heading(quadrant.heading(), quadrant.meaning())));
        text.push_str(&rows_text(consensus, Some(quadrant)));
    }
    let unsorted = rows_text(consensus, None);
    if !unsorted.is_empty() {
        text.push_str(&format!("{}\n{unsorted}", wording::UNSORTED));
    }
    let dropped = consensus.rows.iter().filter(|row| row.agreement == TableAgreement::None).count();
    if dropped > 0 {
        text.push_str(&format!("{}\n", wording::dropped(dropped)));
    }
    text
}

fn rows_text(consensus: &Consensus, quadrant: Option<Quadrant>) -> String {
    let rows = consensus.rows.iter().filter(|row| row.quadrant == quadrant);
    rows.filter(|row| row.agreement != TableAgreement::None)
        .map(|row| {
            let count =
                wording::TableCount { kept: row.kept, tables: consensus.tables.len(), dots: row.dots };
            wording::row(&row.item, &row.statement, row.agreement.id(), &count) + "\n"
        })
        .collect()
}
