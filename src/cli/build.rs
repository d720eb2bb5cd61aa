//! `retreat build`: the pack of one district, or of every district.

use super::arguments::BuildArguments;
use super::districts::build_every_district;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::session::{district_id, open_project, or_problems, read_project};
use super::shard_choice::{TaskVariables, chosen_shard};
use crate::domain::{Format, SchoolScope, Shard};
use crate::pack::{ACCESSIBILITY, Formats};
use crate::project::Project;
use crate::wording::accessibility::still_to_check;
use crate::wording::pack::unknown_format;
use crate::wording::run::open_in_browser;

/// Builds the requested packs.
pub(super) fn build(arguments: &BuildArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let shard = shard_of(arguments)?;
    let mut project = open_project(&arguments.project)?;
    let formats = formats_of(arguments, &project)?;
    if let Some(out) = &arguments.out {
        project.out.clone_from(out);
    }
    project.previous.clone_from(&arguments.previous);
    project.schools = schools_of(arguments, &project);
    let session = read_project(&project, reporter)?;
    if arguments.all_districts {
        return reporter.problems(build_every_district(session, &formats, shard, reporter)?);
    }
    let district = district_id(arguments.district.as_deref(), &project);
    let built = or_problems(session.build(district, &project.out, &formats), &session, reporter)?;
    reporter.pack_built(&built)?;
    if formats.has(Format::Html) {
        reporter.progress(&open_in_browser(&built.out.join("index.html").display()))?;
    }
    if !formats.is_only_data() {
        reporter.progress(&still_to_check(ACCESSIBILITY))?;
    }
    reporter.problems(built.diagnostics)
}

/// The shard that the arguments name.
fn shard_of(arguments: &BuildArguments) -> Result<Option<Shard>, CliError> {
    let chosen = arguments.shard.as_deref().map(|text| chosen_shard(text, &TaskVariables::read()));
    chosen.transpose().map_err(CliError::Unknown)
}

/// Of which districts the single schools are needed: of those that packs are built for.
fn schools_of(arguments: &BuildArguments, project: &Project) -> SchoolScope {
    if arguments.all_districts {
        return SchoolScope::EveryDistrict;
    }
    let schools = SchoolScope::of(district_id(arguments.district.as_deref(), project));
    if project.file.schools.state { schools.with_state() } else { schools }
}

/// The chosen formats, and the pages of schools if they are asked for.
fn formats_of(arguments: &BuildArguments, project: &Project) -> Result<Formats, CliError> {
    let formats = chosen_formats(arguments, project)?;
    Ok(if arguments.schools { formats.with(Format::Schools) } else { formats })
}

/// The formats from the arguments, or else from the project, or else all.
fn chosen_formats(arguments: &BuildArguments, project: &Project) -> Result<Formats, CliError> {
    let of_project = project.file.pack.formats.as_deref().unwrap_or_default();
    let names = if arguments.format.is_empty() { of_project } else { arguments.format.as_slice() };
    if names.is_empty() {
        return Ok(Formats::all());
    }
    names.iter().map(|name| parse_format(name)).collect()
}

fn parse_format(name: &str) -> Result<Format, CliError> {
    Format::named(name)
        .ok_or_else(|| CliError::Unknown(unknown_format(name, &Format::ALL.map(Format::id).join(", "))))
}
