//! The peer group, for a terminal or a machine.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::Serialize;

use super::{Cli, CliError, Ending, Peers, open};
use crate::catalog::Catalog;
use crate::compare::{Alike, Comparisons, Grade, Likeness, PeerGroup, PeerVariable, Stays};
use crate::domain::District;
use crate::finding;
use crate::run;

impl Cli {
    pub(super) fn peers(&self, asked: &Peers) -> Result<Ending, CliError> {
        let project = open(&asked.of.project)?;
        let data = self.read(&project)?;
        let mut problems = data.diagnostics.clone();
        let mut out = io::stdout().lock();
        if asked.all {
            let groups = run::all_peers(&project, &data);
            let all: Vec<PeersJson<'_>> =
                groups.iter().map(|(district, group)| json(district, &group.value)).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
            problems.extend(groups.into_iter().flat_map(|(_, group)| group.diagnostics));
            return self.tell_problems(problems);
        }
        let district = asked.of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let (comparisons, of_peers) = run::compare(&project, &data, district)?;
        problems.splice(0..0, of_peers);
        if asked.of.json {
            let around = comparisons.around.as_ref();
            let mut own = json(&comparisons.district, &comparisons.peers);
            own.around = around.map(|group| Box::new(json(&comparisons.district, group)));
            writeln!(out, "{}", serde_json::to_string_pretty(&own)?)?;
        } else {
            write!(out, "{}", text(&comparisons, &project.catalog))?;
        }
        self.tell_problems(problems)
    }
}

/// The peer group as JSON.
#[derive(Debug, Serialize)]
struct PeersJson<'a> {
    district_id: &'a str,
    district_name: &'a str,
    school_year: Option<i32>,
    candidates: usize,
    variables: Vec<(&'a str, f64)>,
    within: &'a [(String, String)],
    peers: Vec<PeerJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usual_distance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stability: Option<&'a [Stays]>,
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

fn json<'a>(district: &'a District, group: &'a PeerGroup) -> PeersJson<'a> {
    let alike = group.alike.as_ref();
    let peer = |(i, p): (usize, &'a crate::compare::Peer)| PeerJson {
        rank: i + 1,
        district_id: &p.district.shown_id,
        district_name: &p.district.name,
        distance: p.distance,
        likeness: alike.and_then(|a| a.peers.get(i).copied()),
        values: &p.values,
    };
    PeersJson {
        district_id: &district.shown_id,
        district_name: &district.name,
        school_year: group.year.map(|y| y.end()),
        candidates: group.candidates,
        variables: group.variables.iter().map(|v| (v.name.as_str(), v.value)).collect(),
        within: &group.within,
        peers: group.peers.iter().enumerate().map(peer).collect(),
        usual_distance: alike.map(|a| a.usual_distance),
        grade: alike.map(Alike::grade),
        stability: alike.map(|a| a.stability.as_slice()),
        around: None,
    }
}

/// The peer group as text: the table, how like they are, how stable the group is, who does better.
fn text(comparisons: &Comparisons, catalog: &Catalog) -> String {
    let (group, own) = (&comparisons.peers, &comparisons.district);
    let Some(year) = group.year else {
        return format!("{} has no peer group.\n", own.name);
    };
    let mut text = format!(
        "Peers of {} ({}), chosen from {} districts by {year}{}\n\n",
        own.name,
        own.shown_id,
        group.candidates,
        shared(group)
    );
    table(&mut text, own, group);
    if let Some(alike) = &group.alike {
        likeness(&mut text, group, alike);
    }
    better(&mut text, comparisons, catalog);
    if let Some(around) = comparisons.around.as_ref().filter(|around| around.year.is_some()) {
        let _ = writeln!(text, "\nAround it{}, nearest first\n", shared(around));
        table(&mut text, own, around);
    }
    text
}

fn shared(group: &PeerGroup) -> String {
    group.within.iter().map(|(attribute, value)| format!(", {attribute} {value}")).collect()
}

/// The district and each peer with every matching variable. Writing to a String cannot fail.
fn table(text: &mut String, own: &District, group: &PeerGroup) {
    let shown = |values: &[f64]| -> String {
        let one = |(variable, value): (&PeerVariable, f64)| format!("{:>14}", variable.shown(value));
        group.variables.iter().zip(values.iter().copied()).map(one).collect()
    };
    let labels: String = group.variables.iter().map(|v| format!("{:>14}", clipped(&v.label, 13))).collect();
    let values: Vec<f64> = group.variables.iter().map(|v| v.value).collect();
    let _ = writeln!(text, "    {:<40}{:>8}  {:<5}{labels}", "District", "Distance", "");
    let _ = writeln!(text, "    {:<40}{:>8}  {:<5}{}", clipped(&own.name, 38), "", "", shown(&values));
    for (i, peer) in group.peers.iter().enumerate() {
        let likeness = group.alike.as_ref().and_then(|a| a.peers.get(i)).map_or("", |l| l.id());
        let name = clipped(&peer.district.name, 38);
        let values = shown(&peer.values);
        let _ = writeln!(text, "{:>2}. {name:<40}{:>8.2}  {likeness:<5}{values}", i + 1, peer.distance);
    }
}

fn likeness(text: &mut String, group: &PeerGroup, alike: &Alike) {
    let _ = writeln!(text, "\nHow like it are they?");
    let _ = writeln!(text, "  {}", finding::likeness(alike));
    for (variable, gap) in group.variables.iter().zip(&alike.gaps) {
        let side = if *gap < 0.0 { "below" } else { "above" };
        let unit = if variable.key.is_some() { " standard deviations" } else { "" };
        let _ = writeln!(text, "  {:<36}{:.1}{unit} {side} the peers' median", variable.label, gap.abs());
    }
    if let Some(farthest) = group.peers.last() {
        let _ = writeln!(text, "  The farthest is {}, at {:.2}.", farthest.district.name, farthest.distance);
    }
    let _ = writeln!(
        text,
        "  A district of the state usually has its nearest neighbour at {:.2}: close is up to 1.5 times that, fair up to 2.5 times.",
        alike.usual_distance
    );
    let _ = writeln!(text, "\nHow much does the group hang on how it was chosen?");
    for stays in &alike.stability {
        let _ = writeln!(text, "  {:<36}{} of {} stay", stays.changed, stays.stay, stays.of);
    }
}

fn better(text: &mut String, comparisons: &Comparisons, catalog: &Catalog) {
    let better = finding::better_peers(comparisons, catalog);
    if better.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nPeers that do better with similar students");
    for peer in better {
        let name = &comparisons.peers.peers[peer.peer].district.name;
        let _ = writeln!(text, "  {name}, in {} of {} outcomes:", peer.outcomes.len(), peer.of);
        for outcome in peer.outcomes {
            let (theirs, ours) = (outcome.unit.format(outcome.theirs), outcome.unit.format(outcome.ours));
            let _ = writeln!(text, "    {}: {theirs}; ours {ours}", outcome.what);
        }
    }
}

fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
