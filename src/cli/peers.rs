//! `retreat peers`: the peer group of one district or of all, for a terminal or as JSON.

use std::io::{self, Write as _};

use super::arguments::PeersArguments;
use super::ending::{CliError, Ending};
use super::output::Reporter;
use super::peers_json::PeersJson;
use super::peers_text::peers_text;
use super::session::{district_id, open_project, read_compared, read_project};
use crate::compare::{Comparisons, DistrictPeers};
use crate::run::{ComparedDistrict, Session};

/// Prints the requested peer group.
pub(super) fn peers(arguments: &PeersArguments, reporter: Reporter) -> Result<Ending, CliError> {
    let project = open_project(&arguments.common.project)?;
    if arguments.all {
        return all_peers(&read_project(&project, reporter)?, reporter);
    }
    let id = district_id(arguments.common.district.as_deref(), &project);
    let ComparedDistrict { comparisons, diagnostics: problems, .. } = read_compared(&project, id, reporter)?;
    let peers = peers_of(comparisons);
    if arguments.common.json {
        let json = PeersJson::new(&peers, &project.catalog);
        writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&json)?)?;
    } else {
        write!(io::stdout(), "{}", peers_text(&peers, &project.catalog))?;
    }
    reporter.problems(problems)
}

/// Prints the peer groups of all districts as JSON.
fn all_peers(session: &Session<'_>, reporter: Reporter) -> Result<Ending, CliError> {
    let catalog = &session.project.catalog;
    let all = session.all_peers();
    let json: Vec<PeersJson<'_>> = all.value.iter().map(|peers| PeersJson::new(peers, catalog)).collect();
    writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&json)?)?;
    reporter.problems([session.data.diagnostics.as_slice(), &all.diagnostics].concat())
}

fn peers_of(comparisons: Comparisons) -> DistrictPeers {
    let Comparisons { district, peers, around, outcomes, .. } = comparisons;
    DistrictPeers { district, peers, around, outcomes }
}
