//! Merges what people wrote in the room: reads the ballots of a project, and what people decided since.

use std::path::Path;

use sheets::{Input, SourceFile};

use super::RunError;
use crate::diagnostic::{Diagnostic, Warned};
use crate::domain::clean;
use crate::pack::{BALLOT, RoomFolder};
use crate::project::Project;
use crate::room::{self, Draft, MergedBallots, RoomInput, Seat};

/// The folder of the ballots and forms that people filled in.
pub const BALLOTS: &str = "ballots";
/// The folder of the feedback on the consensus.
pub const FEEDBACK: &str = "feedback";
/// The folder of what came of them.
pub const SWOT: &str = "swot";

/// The folder of the feedback on the draft plan.
pub(super) const PLAN_FEEDBACK: &str = "plan-feedback";
/// The folder of the plans that people filled in.
pub const PLANS: &str = "plan";
/// The folder of what came of them.
pub const SCORECARD: &str = "scorecard";

/// What people wrote and decided, merged.
#[derive(Debug)]
pub struct RoomMerged {
    /// Consensus and log, with all problems.
    pub merged: MergedBallots,
    /// Where they are written.
    pub folder: RoomFolder,
    /// How many files were read.
    pub files: usize,
    /// Whether it is known which items were put before the room.
    pub has_draft: bool,
}

/// Reads and merges the ballots of a project. Nothing is written. `newest` is the draft of a pack that is being built; without it,
/// that of the pack in the project's output folder is meant.
///
/// # Errors
/// If the folder of earlier decisions cannot be read.
pub fn merge_room(project: &Project, newest: Option<Draft>) -> Result<RoomMerged, RunError> {
    let read = files_in(project, BALLOTS);
    let feedback = files_in(project, FEEDBACK);
    let spec = &project.catalog.room;
    let mut folder = RoomFolder::open(&project.folder.join(SWOT), spec)?;
    let newest = newest.or_else(|| draft_in(&project.out.join(BALLOT)));
    let day = (&project.catalog.day, &project.file.day);
    let input = RoomInput {
        district: &project.file.retreat.district,
        title: &project.file.retreat.title,
        newest,
        recorded: folder.recorded().cloned(),
        files: &read.value,
        feedback: &feedback.value,
        invited: &project.file.feedback.invited,
        codes: &project.file.feedback.codes,
        groups: &project.file.feedback.groups,
        decisions: &folder.decisions,
        spec,
        people: day.1.people.unwrap_or(day.0.people),
        tables: day.1.tables.unwrap_or(day.0.tables).max(1),
    };
    let has_draft = input.newest.is_some()
        || input.recorded.is_some()
        || read.value.iter().any(|file| room::draft_of(file).is_some());
    let mut merged = room::merge(&input);
    let unread = std::mem::take(&mut folder.problems);
    merged.problems.splice(0..0, read.diagnostics.into_iter().chain(feedback.diagnostics).chain(unread));
    Ok(RoomMerged { merged, folder, files: read.value.len(), has_draft })
}

/// Whether the ballots of a project were merged, so that there is a consensus.
pub(super) fn is_merged(project: &Project) -> bool {
    RoomFolder::is_merged(&project.folder.join(SWOT)) && project.folder.join(BALLOTS).is_dir()
}

/// The files in a folder of the project. One that cannot be read is a problem.
pub(super) fn files_in(project: &Project, folder: &str) -> Warned<Vec<SourceFile>> {
    let mut read = Warned::clean(Vec::new());
    let is_there = project.folder.join(folder).is_dir();
    if !is_there {
        return read;
    }
    let found = sheets::find(&project.folder, folder, &nothing_excluded);
    let problems =
        found.problems.into_iter().filter(|problem| !matches!(problem, sheets::Problem::NoFileFound { .. }));
    read.diagnostics.extend(problems.map(Diagnostic::from));
    for file in found.value {
        let one: Warned<SourceFile> = sheets::read(&file.input, &file.shown).into();
        let file = one.into(&mut read.diagnostics);
        if !file.sheets.is_empty() {
            read.value.push(file);
        }
    }
    read
}

const fn nothing_excluded(_: &Path) -> bool {
    false
}

/// The draft that the ballots of a pack were made from; `None` if there is no pack.
fn draft_in(ballot: &Path) -> Option<Draft> {
    let shown = clean(&ballot.display().to_string()).into_owned();
    ballot
        .is_file()
        .then(|| sheets::read(&Input::File(ballot.to_owned()), &shown).value)
        .and_then(|file| room::draft_of(&file))
}

/// Who sits where, by the project's list of people; nobody if it has none.
pub(super) fn seats(project: &Project, tables: u32) -> Warned<Vec<Seat>> {
    let Some(list) = &project.file.day.list else { return Warned::clean(Vec::new()) };
    let mut read = Warned::clean(Vec::new());
    let found: Warned<Vec<sheets::FoundFile>> = sheets::find(&project.folder, list, &nothing_excluded).into();
    for found in found.into(&mut read.diagnostics) {
        let file: Warned<SourceFile> = sheets::read(&found.input, &found.shown).into();
        let file = file.into(&mut read.diagnostics);
        let people = room::participants(&file, &project.catalog.room).into(&mut read.diagnostics);
        read.value.extend(people);
    }
    let seats = room::seats(&read.value, tables);
    Warned { value: seats.value, diagnostics: [read.diagnostics, seats.diagnostics].concat() }
}
