//! `retreat refresh`: the newest numbers in a deck that people have edited.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::RefreshArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use crate::disk;
use crate::pack::{DECK, RefreshReport};
use crate::project::Project;
use crate::wording::refresh as wording;
use crate::wording::run::file_written;

/// Writes the refreshed deck next to the edited one, which stays as it is, and prints what changed.
pub(super) fn refresh(arguments: &RefreshArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let project = Project::open(&arguments.project).map_err(|error| CliError::Run(error.into()))?;
    let newest = project.out.join(DECK);
    if !newest.is_file() {
        return Err(CliError::Unknown(wording::no_newest_deck(&newest.display().to_string())));
    }
    let refreshed = crate::pack::refresh(&read(&arguments.deck)?, &read(&newest)?)
        .map_err(|error| CliError::Unknown(format!("{}: {error}", arguments.deck.display())))?;
    let out = arguments.out.clone().unwrap_or_else(|| beside(&arguments.deck));
    if out.exists() {
        return Err(CliError::Unknown(wording::is_there(&out.display().to_string())));
    }
    let temporary = out.with_extension(format!("{}.partial", std::process::id()));
    disk::add_file(&out, &temporary, &refreshed.bytes).map_err(|error| {
        CliError::Unknown(wording::cannot_write(&out.display().to_string(), &error.to_string()))
    })?;
    io::stdout().lock().write_all(report_text(&refreshed.report).as_bytes())?;
    reporter.progress(&file_written(&out.display()))?;
    Ok(Ending::Done)
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(path).map_err(|error| {
        CliError::Unknown(wording::cannot_read(&path.display().to_string(), &error.to_string()))
    })
}

/// The name of the refreshed deck.
fn beside(deck: &Path) -> PathBuf {
    let stem = deck.file_stem().unwrap_or_default().to_string_lossy();
    deck.with_file_name(format!("{stem}-refreshed.pptx"))
}

fn report_text(report: &RefreshReport) -> String {
    let mut lines = Vec::new();
    let parts =
        [(wording::CHANGED, &report.changed), (wording::UNFIT, &report.unfit), (wording::NEW, &report.new)];
    for (heading, entries) in parts {
        if !entries.is_empty() {
            lines.push(heading.to_owned());
            lines.extend(entries.iter().map(|entry| format!("  {entry}")));
        }
    }
    lines.push(wording::unchanged(report.unchanged));
    lines.join("\n") + "\n"
}
