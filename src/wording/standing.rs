//! Where a district stands among its peers and in the state, as a clause of a statement.

use crate::domain::{SchoolYear, Unit};

/// Where the district is among its peers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PeerRank {
    AboveAll,
    BelowAll,
    /// Above so many, which are most.
    Above(usize),
    /// Below so many, which are most.
    Below(usize),
    /// As many are above it as below it, though their median is apart from it.
    Middle,
    /// Apart from their median by less than is meaningful.
    AboutTheSame,
}

/// The peers that a value is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PeerComparison {
    pub(crate) rank: PeerRank,
    /// How many peers have a value.
    pub(crate) n: usize,
    /// Whether the value, and theirs, is about a student group.
    pub(crate) is_of_group: bool,
}

/// The rank among the peers: `higher than in 9 of 10 peer districts`.
pub(crate) fn peers(peers: &PeerComparison) -> String {
    let group = if peers.is_of_group { "for the same group in " } else { "in " };
    peers_as(peers, group, "peer districts")
}

/// The rank among the peers in few words: `higher than in 9 of 10 peers`.
pub(crate) fn peers_in_short(peers: &PeerComparison) -> String {
    peers_as(peers, "in ", "peers")
}

fn peers_as(peers: &PeerComparison, within: &str, districts: &str) -> String {
    let n = peers.n;
    match peers.rank {
        PeerRank::AboveAll => format!("higher than {within}all {n} {districts}"),
        PeerRank::BelowAll => format!("lower than {within}all {n} {districts}"),
        PeerRank::Above(below) => format!("higher than {within}{below} of {n} {districts}"),
        PeerRank::Below(above) => format!("lower than {within}{above} of {n} {districts}"),
        PeerRank::Middle => format!("in the middle of {n} {districts}"),
        PeerRank::AboutTheSame => format!("about the same as {within}{n} {districts}"),
    }
}

/// The rank among the peers with their median: `higher than in 9 of 10 peer districts (peer median 17.5%)`.
pub(crate) fn with_peer_median(rank: &str, median: &str) -> String {
    format!("{rank} (peer median {median})")
}

/// Where the district is in the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StateRank {
    pub(crate) is_higher: bool,
    /// The percent of districts on the other side; the district itself counts half.
    pub(crate) share: f64,
    /// How many districts are on the other side, without those with the same value.
    pub(crate) beyond: usize,
    pub(crate) districts: usize,
    /// Whether they are so few that a percent would be more exact than it looks.
    pub(crate) is_of_few: bool,
}

/// `higher than in 88% of the state's 1,200 districts`; of few districts, `higher than in 6 of the 7 other districts`.
pub(crate) fn state(rank: StateRank) -> String {
    let side = if rank.is_higher { "higher" } else { "lower" };
    if rank.is_of_few {
        return format!("{side} than in {}", other_districts(rank));
    }
    if rank.beyond + 1 == rank.districts {
        let end = if rank.is_higher { "highest" } else { "lowest" };
        return format!("the {end} of {} districts in the state", Unit::Count.format(rank.districts as f64));
    }
    // The count includes the district, which is not higher than itself.
    let is_more = rank.share.round() >= 100.0;
    let over = if is_more { "over " } else { "" };
    let share = format!("{:.0}%", if is_more { 99.0 } else { rank.share });
    let districts = Unit::Count.format(rank.districts as f64);
    format!("{side} than in {over}{share} of the state's {districts} districts")
}

/// How many of the other districts are on the other side.
fn other_districts(rank: StateRank) -> String {
    let others = rank.districts.saturating_sub(1);
    match rank.beyond {
        beyond if beyond == others => format!("all {others} other districts"),
        beyond => format!("{beyond} of the {others} other districts"),
    }
}

/// The place in the state, then and now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlaceChangeText {
    pub(crate) from_year: SchoolYear,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) is_across_break: bool,
}

/// `in the state's 51st percentile, up from the 38th in 2018-19, across a break in the data`.
pub(crate) fn place_change(place: PlaceChangeText) -> String {
    let across = if place.is_across_break { ", across a break in the data" } else { "" };
    format!("{}{across}", places_then_and_now(place))
}

/// `in the state's 51st percentile, up from the 38th in 2018-19`, or `in the state's 51st percentile (38th in 2018-19, before a
/// break)`.
pub(crate) fn place_change_in_short(place: PlaceChangeText) -> String {
    if !place.is_across_break {
        return places_then_and_now(place);
    }
    let [from, to] = [place.from, place.to].map(ordinal);
    format!("in the state's {to} percentile ({from} in {}, before a break)", place.from_year)
}

fn places_then_and_now(place: PlaceChangeText) -> String {
    let PlaceChangeText { from_year, from, to, .. } = place;
    let way = if to < from { "down" } else { "up" };
    let [from, to] = [from, to].map(ordinal);
    format!("in the state's {to} percentile, {way} from the {from} in {from_year}")
}

/// `1st`, `22nd`, `11th`.
pub(crate) fn ordinal(number: f64) -> String {
    let number = number.round() as i64;
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
