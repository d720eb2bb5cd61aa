//! The peer group as text: the table, how similar the districts are, how stable the group is, who does
//! better.
//!
//! The text is as wide as the terminal, or 80 columns. A table with more variables than fit is continued
//! below.

use std::io;

use super::text::{WrappedText, clipped, wrapped};
use crate::catalog::Catalog;
use crate::compare::DistrictPeers;
use crate::compare::{GroupLikeness, Peer, PeerGroup, StabilityCheck};
use crate::domain::District;
use crate::finding::{self, BetterPeer};
use crate::wording::peers_report::{self as wording, BetterValue, PeerChoice};

/// Width of the text if the output is not a terminal.
const DEFAULT_WIDTH: usize = 80;
/// Minimum width of the column of names.
const NARROW_NAME: usize = 20;
/// Maximum width of the column of names.
const WIDE_NAME: usize = 40;
/// Width of the rank, the distance and the likeness together.
const RANK_AND_DISTANCE: usize = 16;
/// Width of a variable, including the space before it.
const VARIABLE: usize = 11;

/// All that is known of a district's peers, as text.
pub(super) fn peers_text(peers: &DistrictPeers, catalog: &Catalog) -> String {
    let DistrictPeers { district, peers: group, around, .. } = peers;
    let Some(year) = group.year else {
        return format!("{}\n", wording::no_peers(&district.name));
    };
    let mut text = WrappedText::new(terminal_width());
    let choice = PeerChoice {
        district: &district.name,
        id: &district.shown_id,
        candidates: group.candidates,
        year: &year.to_string(),
        shared: &wording::shared_attributes(&group.within),
    };
    text.paragraph(0, &wording::heading(&choice));
    add_tables(&mut text, district, group);
    if let Some(alike) = &group.alike {
        add_likeness(&mut text, group, alike);
        add_stability(&mut text, alike);
    }
    add_better_peers(&mut text, peers, catalog);
    if let Some(around) = around.as_ref().filter(|around| around.year.is_some()) {
        text.line("");
        text.paragraph(0, &wording::around(&wording::shared_attributes(&around.within)));
        add_tables(&mut text, district, around);
    }
    text.into_string()
}

/// The width of the terminal, but at least that of a table with one variable.
fn terminal_width() -> usize {
    const LEAST: usize = RANK_AND_DISTANCE + NARROW_NAME + VARIABLE;
    terminal_size::terminal_size_of(io::stdout())
        .map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).max(LEAST))
}

/// The district and each peer with every matching variable, in as many tables as the width requires.
fn add_tables(text: &mut WrappedText, district: &District, group: &PeerGroup) {
    let for_variables = text.width - RANK_AND_DISTANCE - NARROW_NAME;
    let in_a_table = (for_variables / VARIABLE).clamp(1, group.variables.len().max(1));
    let for_names = text.width - RANK_AND_DISTANCE - in_a_table * VARIABLE;
    let variables: Vec<usize> = (0..group.variables.len()).collect();
    for variables in variables.chunks(in_a_table) {
        let name_width = for_names.clamp(NARROW_NAME, WIDE_NAME);
        PeerTable { district, group, variables, name_width }.add_to(text);
    }
}

/// A table of a district and its peers with some of the matching variables.
struct PeerTable<'a> {
    district: &'a District,
    group: &'a PeerGroup,
    /// Indices of the variables within the group.
    variables: &'a [usize],
    name_width: usize,
}

impl PeerTable<'_> {
    fn add_to(&self, text: &mut WrappedText) {
        text.line("");
        self.add_heading(text);
        text.line(&self.own_row());
        for (index, peer) in self.group.peers.iter().enumerate() {
            text.line(&self.peer_row(index, peer));
        }
    }

    /// The lines of the heading. Labels are aligned at the bottom, where the last line also names the other
    /// columns.
    fn add_heading(&self, text: &mut WrappedText) {
        let labels: Vec<Vec<String>> = self.variables.iter().map(|variable| self.label(*variable)).collect();
        let height = labels.iter().map(Vec::len).max().unwrap_or(1);
        let name_width = self.name_width;
        for line in 0..height {
            let (name, distance) =
                if line + 1 == height { (wording::DISTRICT, wording::DISTANCE) } else { ("", "") };
            let parts: String = labels.iter().map(|label| label_part(label, line, height)).collect();
            let heading = format!("    {name:<name_width$}{distance:>6} {:<5}{parts}", "");
            text.line(heading.trim_end());
        }
    }

    /// The label of a variable, in lines that fit its column.
    fn label(&self, variable: usize) -> Vec<String> {
        wrapped(&self.group.variables[variable].label, VARIABLE - 1)
    }

    fn own_row(&self) -> String {
        let own: Vec<f64> = self.group.variables.iter().map(|variable| variable.value).collect();
        let name_width = self.name_width;
        let name = clipped(&self.district.name, name_width - 1);
        format!("    {name:<name_width$}{:>6} {:<5}{}", "", "", self.values(&own))
    }

    /// The row of the peer at `index` in the group.
    fn peer_row(&self, index: usize, peer: &Peer) -> String {
        let likeness = self.group.alike.as_ref().and_then(|alike| alike.peers.get(index));
        let likeness = likeness.map_or("", |likeness| likeness.id());
        let (rank, name_width) = (index + 1, self.name_width);
        let name = clipped(&peer.district.name, name_width - 1);
        let values = self.values(&peer.values);
        format!("{rank:>2}. {name:<name_width$}{:>6.2} {likeness:<5}{values}", peer.distance)
    }

    /// The cells of a row, given a district's values for all variables of the group.
    fn values(&self, values: &[f64]) -> String {
        self.variables.iter().map(|variable| self.value(*variable, values[*variable])).collect()
    }

    fn value(&self, variable: usize, value: f64) -> String {
        format!("{:>VARIABLE$}", self.group.variables[variable].shown(value))
    }
}

/// The part of a label in one line of a heading that is `height` lines tall; labels are aligned at the
/// bottom.
fn label_part(label: &[String], line: usize, height: usize) -> String {
    let above = height - label.len();
    let part = line.checked_sub(above).map_or("", |line| label[line].as_str());
    format!("{:>VARIABLE$}", clipped(part, VARIABLE - 1))
}

/// How similar the district and its peers are.
fn add_likeness(text: &mut WrappedText, group: &PeerGroup, alike: &GroupLikeness) {
    text.line(&format!("\n{}", wording::HOW_SIMILAR));
    text.paragraph(2, &finding::likeness(alike));
    for (variable, gap) in group.variables.iter().zip(&alike.gaps) {
        text.paragraph(2, &wording::gap(&variable.label, *gap, variable.key.is_some()));
    }
    if let Some(farthest) = group.peers.last() {
        text.paragraph(2, &wording::farthest(&farthest.district.name, farthest.distance));
    }
    let usual = wording::usual_distance(alike.usual_distance, alike.spec.close, alike.spec.fair);
    text.paragraph(2, &usual);
}

/// How much of the group, and of the district's place in it, stays the same if the peers are chosen
/// differently.
fn add_stability(text: &mut WrappedText, alike: &GroupLikeness) {
    if alike.stability.is_empty() && alike.by_count.is_empty() {
        return;
    }
    text.line(&format!("\n{}", wording::HOW_STABLE));
    for check in &alike.stability {
        let stays = wording::stays(&check.changed, check.stay, check.of);
        match same_places(check) {
            Some(places) => text.paragraph(2, &wording::stays_in_place(&stays, &places)),
            None => text.paragraph(2, &stays),
        }
    }
    for check in &alike.by_count {
        if let Some(places) = same_places(check) {
            text.paragraph(2, &wording::place_with(&check.changed, &places));
        }
    }
    if alike.by_count.iter().any(|check| check.outcomes > 0) {
        text.paragraph(2, wording::PLACE);
    }
}

/// The number of outcomes in which the district keeps its place; `None` if it has no outcomes.
fn same_places(check: &StabilityCheck) -> Option<String> {
    (check.outcomes > 0).then(|| wording::same_place(check.same, check.outcomes))
}

/// The peers that do better, if there are any.
fn add_better_peers(text: &mut WrappedText, peers: &DistrictPeers, catalog: &Catalog) {
    let better = finding::better_peers(&peers.peers, &peers.outcomes, catalog);
    if better.is_empty() {
        return;
    }
    text.line(&format!("\n{}", wording::BETTER));
    for peer in &better {
        add_better_peer(text, &peers.peers.peers[peer.peer].district.name, peer);
    }
}

fn add_better_peer(text: &mut WrappedText, name: &str, peer: &BetterPeer) {
    text.paragraph(2, &wording::better_peer(name, peer.outcomes.len(), peer.of));
    for outcome in &peer.outcomes {
        let value = BetterValue {
            outcome: &outcome.what,
            year: &outcome.year.to_string(),
            theirs: &outcome.unit.format(outcome.theirs),
            ours: &outcome.unit.format(outcome.ours),
        };
        text.paragraph(4, &wording::better_value(&value));
    }
}
