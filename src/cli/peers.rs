//! The peer group, for a terminal or a machine.

use std::io::{self, Write as _};

use serde::Serialize;

use super::{Cli, CliError, Ending, Peers, open, peers_text};
use crate::catalog::Catalog;
use crate::compare::{Alike, Grade, Likeness, Outcome, Peer, PeerGroup, PeerVariable, Stays};
use crate::domain::{District, Unit};
use crate::finding::{self, BetterOutcome, BetterPeer};
use crate::run::{self, PeersOf};

impl Cli {
    pub(super) fn peers(&self, asked: &Peers) -> Result<Ending, CliError> {
        let project = open(&asked.of.project)?;
        let session = self.read(&project)?;
        let mut problems = session.data.diagnostics.clone();
        let mut out = io::stdout().lock();
        if asked.all {
            let all = run::all_peers(&project, &session.data);
            let told: Vec<PeersJson<'_>> = all.value.iter().map(|of| json(of, &project.catalog)).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&told)?)?;
            problems.extend(all.diagnostics);
            return self.tell_problems(problems);
        }
        let district = asked.of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let district = session.district(district)?;
        let problems = district.all_diagnostics();
        let comparisons = district.comparisons;
        let of = PeersOf {
            district: comparisons.district,
            peers: comparisons.peers,
            around: comparisons.around,
            outcomes: comparisons.outcomes,
        };
        if asked.of.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&json(&of, &project.catalog))?)?;
        } else {
            write!(out, "{}", peers_text::text(&of, &project.catalog))?;
        }
        self.tell_problems(problems)
    }
}

/// The peer group as JSON: the same of one district as of all.
#[derive(Debug, Serialize)]
struct PeersJson<'a> {
    district_id: &'a str,
    district_name: &'a str,
    school_year: Option<i32>,
    candidates: usize,
    without_values: usize,
    method: &'a str,
    variables: Vec<(&'a str, f64)>,
    within: &'a [(String, String)],
    peers: Vec<PeerJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usual_distance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    /// For each matching variable the district's place less the peers' median place, in standard deviations.
    #[serde(skip_serializing_if = "Option::is_none")]
    gaps: Option<Vec<(&'a str, f64)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<&'a [Stays]>,
    /// The same with two peers fewer, and two more.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_count: Option<&'a [Stays]>,
    better: Vec<BetterJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<Box<PeersJson<'a>>>,
}

#[derive(Debug, Serialize)]
struct PeerJson<'a> {
    rank: usize,
    district_id: &'a str,
    district_name: &'a str,
    distance: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    likeness: Option<Likeness>,
    values: &'a [f64],
}

/// A peer that does better with similar students.
#[derive(Debug, Serialize)]
struct BetterJson<'a> {
    district_id: &'a str,
    district_name: &'a str,
    /// Of how many outcomes that both have.
    of: usize,
    outcomes: Vec<OutcomeJson>,
}

#[derive(Debug, Serialize)]
struct OutcomeJson {
    what: String,
    school_year: i32,
    theirs: f64,
    ours: f64,
    unit: Unit,
}

fn json<'a>(of: &'a PeersOf, catalog: &Catalog) -> PeersJson<'a> {
    let mut own = of_group(&of.district, &of.peers, &of.outcomes, catalog);
    let around = of.around.as_ref();
    own.around = around.map(|group| Box::new(of_group(&of.district, group, &[], catalog)));
    own
}

fn of_group<'a>(
    district: &'a District,
    group: &'a PeerGroup,
    outcomes: &[Outcome],
    catalog: &Catalog,
) -> PeersJson<'a> {
    let alike = group.alike.as_ref();
    let peer = |(i, p): (usize, &'a Peer)| PeerJson {
        rank: i + 1,
        district_id: &p.district.shown_id,
        district_name: &p.district.name,
        distance: p.distance,
        likeness: alike.and_then(|a| a.peers.get(i).copied()),
        values: &p.values,
    };
    let named = |variable: &'a PeerVariable| variable.name.as_str();
    let gaps = |alike: &Alike| group.variables.iter().map(named).zip(alike.gaps.iter().copied()).collect();
    PeersJson {
        district_id: &district.shown_id,
        district_name: &district.name,
        school_year: group.year.map(|y| y.end()),
        candidates: group.candidates,
        without_values: group.without_values,
        method: &group.method,
        variables: group.variables.iter().map(|v| (named(v), v.value)).collect(),
        within: &group.within,
        peers: group.peers.iter().enumerate().map(peer).collect(),
        usual_distance: alike.map(|a| a.usual_distance),
        grade: alike.map(Alike::grade),
        gaps: alike.map(gaps),
        stability: alike.map(|a| a.stability.as_slice()),
        by_count: alike.map(|a| a.by_count.as_slice()),
        better: finding::better_peers(group, outcomes, catalog)
            .into_iter()
            .map(|b| better(group, b))
            .collect(),
        around: None,
    }
}

fn better(group: &PeerGroup, better: BetterPeer) -> BetterJson<'_> {
    let district = &group.peers[better.peer].district;
    let outcome = |o: BetterOutcome| OutcomeJson {
        what: o.what,
        school_year: o.year.end(),
        theirs: o.theirs,
        ours: o.ours,
        unit: o.unit,
    };
    BetterJson {
        district_id: &district.shown_id,
        district_name: &district.name,
        of: better.of,
        outcomes: better.outcomes.into_iter().map(outcome).collect(),
    }
}
