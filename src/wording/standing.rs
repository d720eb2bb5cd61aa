//! Where a district stands among its peers and in the state, as a clause of a statement.

use super::subject::{SentenceSubject, in_the_middle};
use crate::domain::{AllDistricts, SchoolYear, Unit};

/// Where the district is among its peers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PeerRank {
    AboveAll,
    BelowAll,
    /// Above this many, which are most.
    Above(usize),
    /// Below this many, which are most.
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

/// The ranks of two series among the peers, the longest form first: `higher than in all 10 peers, while reading proficiency was lower
/// than in 8 of 10`, or `above most peers, while …  was below most`.
pub(crate) fn beside_peers(
    own: &PeerComparison,
    other: &SentenceSubject,
    theirs: &PeerComparison,
) -> Vec<String> {
    let what = format!("while {} {}", in_the_middle(&other.words), other.was());
    let full = format!("{}, {what} {}", peers_in_short(own), peers_as(theirs, "in ", "").trim_end());
    let [own, theirs] = [own.rank, theirs.rank].map(side_of_most);
    vec![full, format!("{own} most peers, {what} {theirs} most")]
}

/// On which side of most peers a value is.
const fn side_of_most(rank: PeerRank) -> &'static str {
    match rank {
        PeerRank::AboveAll | PeerRank::Above(_) => "above",
        PeerRank::BelowAll | PeerRank::Below(_) => "below",
        PeerRank::Middle | PeerRank::AboutTheSame => "like",
    }
}

/// Where the district is in the state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StateRank {
    pub(crate) is_higher: bool,
    /// How many districts are on the other side, without those with the same value.
    pub(crate) beyond: usize,
    /// How many other districts have the same value.
    pub(crate) tied: usize,
    /// All districts with a value, this one included.
    pub(crate) districts: usize,
    /// Whether they are so few that a percent would be more exact than it looks.
    pub(crate) is_of_few: bool,
    /// What they are.
    pub(crate) among: AllDistricts,
}

/// `higher than in 88% of the state's 1,200 districts`, or `… of the 47 districts in this data`; of few districts, `higher than in 6 of
/// the 7 other districts`.
pub(crate) fn state(rank: StateRank) -> String {
    let districts = Unit::Count.format(rank.districts as f64);
    let (of_all, end) = match rank.among {
        AllDistricts::OfState => {
            (format!("the state's {districts} districts"), format!("{districts} districts in the state"))
        }
        AllDistricts::OfData => {
            (format!("the {districts} districts in this data"), format!("{districts} districts in this data"))
        }
    };
    state_of(rank, &of_all, &end)
}

/// The same without what the districts are: `higher than in 88% of 47 districts`.
pub(crate) fn state_in_short(rank: StateRank) -> String {
    let districts = format!("{} districts", Unit::Count.format(rank.districts as f64));
    state_of(rank, &districts, &districts)
}

fn state_of(rank: StateRank, of_all: &str, of_end: &str) -> String {
    let side = if rank.is_higher { "higher" } else { "lower" };
    if rank.is_of_few {
        return format!("{side} than in {}", other_districts(rank));
    }
    if rank.beyond + rank.tied + 1 == rank.districts {
        let end = if rank.is_higher { "highest" } else { "lowest" };
        return format!("{}the {end} of {of_end}", tied_with(rank.tied));
    }
    // The count includes the district, which is not higher than itself; it counts half.
    let share = 100.0 * (rank.beyond as f64 + 0.5) / rank.districts as f64;
    let is_more = share.round() >= 100.0;
    let over = if is_more { "over " } else { "" };
    let share = format!("{:.0}%", if is_more { 99.0 } else { share });
    format!("{side} than in {over}{share} of {of_all}")
}

/// `tied with 9 others for `; empty if no other district has the same value.
fn tied_with(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => "tied with 1 other for ".to_owned(),
        others => format!("tied with {} others for ", Unit::Count.format(others as f64)),
    }
}

/// How many of the other districts are on the other side.
fn other_districts(rank: StateRank) -> String {
    let others = rank.districts.saturating_sub(1);
    match rank.beyond {
        beyond if beyond == others => format!("all {others} other districts"),
        beyond => format!("{beyond} of the {others} other districts"),
    }
}

/// The place among all districts, then and now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlaceChangeText {
    pub(crate) from_year: SchoolYear,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) is_across_break: bool,
    /// What all districts are.
    pub(crate) among: AllDistricts,
}

/// `in the state's 51st percentile, up from the 38th in 2018-19, across a break in the data`.
pub(crate) fn place_change(place: PlaceChangeText) -> String {
    let across = if place.is_across_break { ", across a break in the data" } else { "" };
    format!("{}{across}", places_then_and_now(place, " of districts in this data"))
}

/// `in the state's 51st percentile, up from the 38th in 2018-19`, or `in the state's 51st percentile (38th in 2018-19, before a
/// break)`.
pub(crate) fn place_change_in_short(place: PlaceChangeText) -> String {
    if !place.is_across_break {
        return places_then_and_now(place, "");
    }
    let from = ordinal(place.from);
    format!("{} ({from} in {}, before a break)", place_now(place, ""), place.from_year)
}

fn places_then_and_now(place: PlaceChangeText, of_data: &str) -> String {
    let way = if place.to < place.from { "down" } else { "up" };
    let from = ordinal(place.from);
    format!("{}, {way} from the {from} in {}", place_now(place, of_data), place.from_year)
}

/// `in the state's 51st percentile`, or `in the 51st percentile of districts in this data`.
fn place_now(place: PlaceChangeText, of_data: &str) -> String {
    let to = ordinal(place.to);
    match place.among {
        AllDistricts::OfState => format!("in the state's {to} percentile"),
        AllDistricts::OfData => format!("in the {to} percentile{of_data}"),
    }
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

#[cfg(test)]
mod tests {
    use super::{PlaceChangeText, StateRank, place_change, place_change_in_short, state, state_in_short};
    use crate::domain::{AllDistricts, SchoolYear};

    const fn ranked(among: AllDistricts, beyond: usize, tied: usize) -> StateRank {
        StateRank { is_higher: true, beyond, tied, districts: 47, is_of_few: false, among }
    }

    #[test]
    fn districts_with_the_same_value_are_not_counted_as_lower() {
        let of_data = AllDistricts::OfData;
        let lowest = StateRank { is_higher: false, ..ranked(of_data, 37, 9) };
        assert_eq!(state(lowest), "tied with 9 others for the lowest of 47 districts in this data");
        assert_eq!(
            state_in_short(ranked(of_data, 45, 1)),
            "tied with 1 other for the highest of 47 districts"
        );
        assert_eq!(state(ranked(of_data, 36, 9)), "higher than in 78% of the 47 districts in this data");
    }

    #[test]
    fn the_districts_of_a_region_are_not_called_the_states() {
        let rank = |among, beyond| ranked(among, beyond, 0);
        let (of_data, of_state) = (AllDistricts::OfData, AllDistricts::OfState);
        assert_eq!(state(rank(of_data, 41)), "higher than in 88% of the 47 districts in this data");
        assert_eq!(state_in_short(rank(of_data, 41)), "higher than in 88% of 47 districts");
        assert_eq!(state(rank(of_data, 46)), "the highest of 47 districts in this data");
        assert_eq!(state(rank(of_state, 41)), "higher than in 88% of the state's 47 districts");
        assert_eq!(state(rank(of_state, 46)), "the highest of 47 districts in the state");
        let from_year = SchoolYear::ending(2019).unwrap();
        let place = |is_across_break| PlaceChangeText {
            from_year,
            from: 38.0,
            to: 51.0,
            is_across_break,
            among: of_data,
        };
        assert_eq!(
            place_change(place(false)),
            "in the 51st percentile of districts in this data, up from the 38th in 2018-19"
        );
        assert_eq!(
            place_change_in_short(place(true)),
            "in the 51st percentile (38th in 2018-19, before a break)"
        );
    }
}
