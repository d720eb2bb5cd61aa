//! What `retreat peers` prints.

use super::listing::{count, counted};

/// The headings of the table of peers.
pub(crate) const DISTRICT: &str = "District";
pub(crate) const DISTANCE: &str = "Dist.";

pub(crate) const HOW_SIMILAR: &str = "How similar are they?";
pub(crate) const HOW_STABLE: &str = "How much does the group depend on the way it was chosen?";
pub(crate) const BETTER: &str = "Peers that do better with similar students";
/// What the district's place means when the group is chosen differently.
pub(crate) const PLACE: &str =
    "“Place” means above the peer median, below it, or not clearly different from it.";

pub(crate) fn no_peers(district: &str) -> String {
    format!("{district} has no peer group.")
}

/// How the peers were chosen.
pub(crate) struct PeerChoice<'a> {
    pub(crate) district: &'a str,
    pub(crate) id: &'a str,
    /// How many districts could have been chosen.
    pub(crate) candidates: usize,
    pub(crate) year: &'a str,
    /// What all have in common, from [`shared_attributes`].
    pub(crate) shared: &'a str,
}

pub(crate) fn heading(choice: &PeerChoice<'_>) -> String {
    let PeerChoice { district, id, candidates, year, shared } = choice;
    let candidates = counted(*candidates, "district");
    format!("Peers of {district} ({id}), chosen from {candidates} based on data for {year}{shared}")
}

/// ` (county: Dunmore)`: the attributes that all districts of a group share, and their values.
pub(crate) fn shared_attributes(shared: &[(String, String)]) -> String {
    if shared.is_empty() {
        return String::new();
    }
    let texts: Vec<String> =
        shared.iter().map(|(attribute, value)| format!("{attribute}: {value}")).collect();
    format!(" ({})", texts.join(", "))
}

/// The heading of the districts around the district.
pub(crate) fn around(shared: &str) -> String {
    format!("Nearby districts{shared}, most similar first")
}

/// Where the district stands by a matching variable; a flag has no standard deviations.
pub(crate) fn gap(variable: &str, gap: f64, is_standardized: bool) -> String {
    let direction = if gap < 0.0 { "below" } else { "above" };
    let unit = if is_standardized { " standard deviations" } else { "" };
    let size = gap.abs();
    format!("{variable}: {size:.1}{unit} {direction} the peer median")
}

pub(crate) fn farthest(name: &str, distance: f64) -> String {
    format!("The farthest peer is {name}, at a distance of {distance:.2}.")
}

/// `close` and `fair` are multiples of the usual distance.
pub(crate) fn usual_distance(usual: f64, close: f64, fair: f64) -> String {
    let [close, fair] = [close, fair].map(|times| times * usual);
    format!("“Close” means a distance of up to {close:.2}, and “fair” means up to {fair:.2}.")
}

/// How many peers stay in the group if it is chosen differently (`without enrollment`).
pub(crate) fn stays(changed: &str, stay: usize, of: usize) -> String {
    format!("{changed}: {} of {} stay", count(stay), counted(of, "peer"))
}

/// The number of outcomes in which the district keeps its place.
pub(crate) fn same_place(same: usize, outcomes: usize) -> String {
    format!("same place in {} of {}", count(same), counted(outcomes, "outcome"))
}

/// Both in one line.
pub(crate) fn stays_in_place(stays: &str, same_place: &str) -> String {
    format!("{stays}; {same_place}")
}

/// The place alone, for another number of peers.
pub(crate) fn place_with(changed: &str, same_place: &str) -> String {
    format!("{changed}: {same_place}")
}

pub(crate) fn better_peer(name: &str, outcomes: usize, of: usize) -> String {
    format!("{name}, in {} of {}:", count(outcomes), counted(of, "outcome"))
}

/// An outcome in which a peer does better.
pub(crate) struct BetterValue<'a> {
    pub(crate) outcome: &'a str,
    pub(crate) year: &'a str,
    pub(crate) theirs: &'a str,
    pub(crate) ours: &'a str,
}

pub(crate) fn better_value(value: &BetterValue<'_>) -> String {
    let BetterValue { outcome, year, theirs, ours } = value;
    format!("{outcome}, {year}: {theirs}; ours {ours}")
}
