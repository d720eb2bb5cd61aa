//! The day of the retreat: which part begins when, for the domains that have something to show.

use std::collections::BTreeSet;

pub use crate::catalog::{DayFormat, DayPartKind};

use crate::catalog::{DayChoice, DayPartSpec, DaySpec};
use crate::domain::ClockTime;
use crate::wording::kit as wording;

/// The day of one district's retreat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// How the parts that look at domains are done.
    pub format: DayFormat,
    /// More people than this at a station of a carousel are too many.
    pub largest_group: u32,
    /// How many people take part.
    pub people: u32,
    /// At how many tables.
    pub tables: u32,
    /// The parts, in order, without gaps.
    pub parts: Vec<DayPart>,
}

/// One part of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPart {
    /// Id of the part in the catalog.
    pub id: String,
    /// When it begins.
    pub start: ClockTime,
    /// How long it takes.
    pub minutes: u32,
    /// Its name on the agenda.
    pub title: String,
    /// What happens in it.
    pub kind: DayPartKind,
    /// The domains that it looks at and that have exhibits; empty if it looks at none.
    pub domains: Vec<String>,
}

impl Day {
    /// The day as the catalog proposes it and the project changes it, for the domains that have exhibits, with or without peers.
    #[must_use]
    pub fn of(spec: &DaySpec, choice: &DayChoice, domains: &BTreeSet<&str>, has_peers: bool) -> Self {
        let start = choice.start.unwrap_or(spec.start);
        let end = choice.end.unwrap_or(spec.end);
        let mut parts = Vec::new();
        for part in &spec.part {
            let shown: Vec<String> =
                part.domains.iter().filter(|id| domains.contains(id.as_str())).cloned().collect();
            let is_empty = match part.kind {
                DayPartKind::Peers => !has_peers,
                _ => !part.domains.is_empty() && shown.is_empty(),
            };
            if !is_empty {
                parts.push(day_part(part, choice, shown));
            }
        }
        let available = start.minutes_to(end);
        let lengths = Lengths { spec, choice };
        let half = with_pauses_placed(parts.iter().filter(|part| !lengths.is_lunch_to_drop(part)).cloned());
        let is_half_day = start.plus(lengths.longest(&half).min(available)) <= spec.half_day;
        let mut parts = if is_half_day { half } else { with_pauses_placed(parts) };
        fill(&mut parts, available, &lengths);
        let format = choice.format.unwrap_or(spec.format);
        if format == DayFormat::Carousel {
            make_even(&mut parts);
        }
        place_lunch(&mut parts, start, spec.lunch);
        let mut time = start;
        for part in &mut parts {
            part.start = time;
            time = time.plus(part.minutes);
        }
        Self {
            format,
            largest_group: spec.largest_group,
            people: choice.people.unwrap_or(spec.people),
            tables: choice.tables.unwrap_or(spec.tables).max(1),
            parts,
        }
    }

    /// The agenda. In a carousel, its parts that look at domains are the rounds.
    #[must_use]
    pub fn agenda(&self) -> Vec<AgendaLine<'_>> {
        let stations = self.stations();
        let mut round = 0;
        let mut lines = Vec::new();
        for part in &self.parts {
            let mut title = part.title.clone();
            if self.format == DayFormat::Carousel && part.kind == DayPartKind::Domain {
                round += 1;
                title = wording::round(round, stations.len(), &part.title);
            }
            lines.push(AgendaLine { part, title });
        }
        lines
    }

    /// The parts that look at domains: in a carousel, its stations.
    #[must_use]
    pub fn stations(&self) -> Vec<&DayPart> {
        self.parts.iter().filter(|part| part.kind == DayPartKind::Domain).collect()
    }

    /// At which station a table is in a round, all from 0; `None` without stations.
    #[must_use]
    pub fn station_of(&self, table: u32, round: u32) -> Option<u32> {
        (table + round).checked_rem(self.stations().len() as u32)
    }

    /// How many copies of each station a carousel needs, so that no two tables are at one.
    #[must_use]
    pub fn station_copies(&self) -> u32 {
        self.tables.div_ceil((self.stations().len() as u32).max(1))
    }

    /// When the day ends.
    #[must_use]
    pub fn end(&self) -> ClockTime {
        self.parts.last().map(|part| part.start.plus(part.minutes)).unwrap_or_default()
    }
}

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaLine<'a> {
    /// The part of the day. Its own title is that of its domains; in a carousel, that of the station at which the first table is.
    pub part: &'a DayPart,
    /// What the agenda calls it.
    pub title: String,
}

/// Makes the rounds of a carousel equally long. What is left goes to the part in which the tables write, or else to the last.
fn make_even(parts: &mut [DayPart]) {
    let rounds = parts.iter().filter(|part| part.kind == DayPartKind::Domain);
    let (count, minutes) = (rounds.clone().count() as u32, rounds.map(|part| part.minutes).sum::<u32>());
    let Some(each) = minutes.checked_div(count) else { return };
    for part in parts.iter_mut().filter(|part| part.kind == DayPartKind::Domain) {
        part.minutes = each;
    }
    let left = minutes - each * count;
    let writing = parts.iter().position(|part| part.kind == DayPartKind::TableSwot);
    if let Some(part) = parts.get_mut(writing.unwrap_or(parts.len() - 1)) {
        part.minutes += left;
    }
}

/// Puts breaks and lunch where people need them. Of those between which no domain is looked at, the longest stays; before the first
/// domain, it waits until after it.
fn with_pauses_placed(parts: impl IntoIterator<Item = DayPart>) -> Vec<DayPart> {
    let mut placed = Vec::new();
    let mut waiting: Option<DayPart> = None;
    let mut has_looked = false;
    for part in parts {
        if matches!(part.kind, DayPartKind::Break | DayPartKind::Lunch) {
            if waiting.as_ref().is_none_or(|other| other.minutes < part.minutes) {
                waiting = Some(part);
            }
            continue;
        }
        if has_looked && let Some(pause) = waiting.take() {
            placed.push(pause);
            has_looked = false;
        }
        has_looked |= part.kind == DayPartKind::Domain;
        placed.push(part);
    }
    placed
}

/// Has lunch instead of the break that begins nearest to the usual time, if lunch is farther from it.
fn place_lunch(parts: &mut [DayPart], start: ClockTime, usual: ClockTime) {
    let Some(lunch) = parts.iter().position(|part| part.kind == DayPartKind::Lunch) else { return };
    let mut best = lunch;
    let mut least = minutes_off(parts, start, usual);
    for other in 0..parts.len() {
        if parts[other].kind != DayPartKind::Break {
            continue;
        }
        parts.swap(lunch, other);
        let off = minutes_off(parts, start, usual);
        parts.swap(lunch, other);
        if off < least {
            (best, least) = (other, off);
        }
    }
    parts.swap(lunch, best);
}

/// The minutes between the beginning of lunch and its usual time.
fn minutes_off(parts: &[DayPart], start: ClockTime, usual: ClockTime) -> u32 {
    let before = parts.iter().take_while(|part| part.kind != DayPartKind::Lunch);
    let lunch = start.plus(before.map(|part| part.minutes).sum());
    lunch.minutes_to(usual) + usual.minutes_to(lunch)
}

fn day_part(part: &DayPartSpec, choice: &DayChoice, domains: Vec<String>) -> DayPart {
    DayPart {
        id: part.id.clone(),
        start: ClockTime::default(),
        minutes: choice.minutes.get(&part.id).copied().unwrap_or(part.minutes),
        title: part.title.clone(),
        kind: part.kind,
        domains,
    }
}

/// Which lengths may change.
struct Lengths<'a> {
    spec: &'a DaySpec,
    choice: &'a DayChoice,
}

impl Lengths<'_> {
    /// Parts that look at domains, unless the project says how long they take.
    fn may_change(&self, part: &DayPart) -> bool {
        part.kind == DayPartKind::Domain && !self.choice.minutes.contains_key(&part.id)
    }

    /// Lunch, unless the project says how long it takes.
    fn is_lunch_to_drop(&self, part: &DayPart) -> bool {
        part.kind == DayPartKind::Lunch && !self.choice.minutes.contains_key(&part.id)
    }

    /// How many minutes these parts can take at most.
    fn longest(&self, parts: &[DayPart]) -> u32 {
        let most = self.spec.most;
        parts
            .iter()
            .map(|part| if self.may_change(part) { part.minutes.max(most) } else { part.minutes })
            .sum()
    }
}

/// Makes the parts that may change longer or shorter, step by step and in turn, until the day ends in time. It is as near as it can
/// be if they would get too short or too long.
fn fill(parts: &mut [DayPart], available: u32, lengths: &Lengths<'_>) {
    let step = lengths.spec.step.max(1);
    loop {
        let taken: u32 = parts.iter().map(|part| part.minutes).sum();
        let may_change = parts.iter_mut().filter(|part| lengths.may_change(part));
        if available >= taken + step {
            let may_grow = may_change.filter(|part| part.minutes + step <= lengths.spec.most);
            match may_grow.min_by_key(|part| part.minutes) {
                Some(shortest) => shortest.minutes += step,
                None => return,
            }
        } else if taken > available {
            let longest = may_change.rev().max_by_key(|part| part.minutes);
            match longest.filter(|part| part.minutes >= lengths.spec.least + step) {
                Some(longest) => longest.minutes -= step,
                None => return,
            }
        } else {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Day, DayFormat, DayPartKind};
    use crate::catalog::{Catalog, DayChoice};
    use crate::domain::ClockTime;

    const ALL: [&str; 6] = ["enrollment", "students", "assessment", "finance", "staffing", "perception"];

    fn day(choice: &DayChoice, domains: &[&str]) -> Day {
        let spec = Catalog::embedded().unwrap().day;
        Day::of(&spec, choice, &domains.iter().copied().collect::<BTreeSet<_>>(), true)
    }

    fn agenda(day: &Day) -> Vec<String> {
        day.parts.iter().map(|part| format!("{} {}", part.start, part.id)).collect()
    }

    #[test]
    fn the_whole_day_is_that_of_the_catalog() {
        let day = day(&DayChoice::default(), &ALL);
        assert_eq!(day.end().to_string(), "3:00");
        assert_eq!(agenda(&day)[2..5], ["9:00 perception", "9:30 students", "10:15 morning-break"]);
    }

    #[test]
    fn in_a_carousel_each_table_is_at_each_station_once() {
        let choice = DayChoice { format: Some(DayFormat::Carousel), tables: Some(7), ..DayChoice::default() };
        let day = day(&choice, &ALL);
        assert_eq!(day.end().to_string(), "3:00");
        let stations = day.stations();
        assert!(stations.iter().all(|part| part.minutes == stations[0].minutes), "{stations:?}");
        assert_eq!((stations.len(), day.station_copies()), (5, 2));
        for table in 0..7 {
            let places: BTreeSet<u32> = (0..5).filter_map(|round| day.station_of(table, round)).collect();
            assert_eq!(places.len(), 5, "{table}");
        }
        for round in 0..5 {
            for station in 0..5 {
                let tables = (0..7).filter(|table| day.station_of(*table, round) == Some(station)).count();
                assert!(tables as u32 <= day.station_copies(), "{round} {station}");
            }
        }
        // The first table is at the station after which the round is called.
        assert!((0..5).all(|round| day.station_of(0, round) == Some(round)));
    }

    #[test]
    fn without_a_survey_the_other_domains_share_its_time() {
        let day = day(&DayChoice::default(), &ALL[..5]);
        assert_eq!(day.end().to_string(), "3:00");
        assert!(day.parts.iter().all(|part| part.id != "perception"));
    }

    #[test]
    fn a_day_with_one_thing_to_look_at_ends_before_lunch() {
        let spec = Catalog::embedded().unwrap().day;
        let day = Day::of(&spec, &DayChoice::default(), &BTreeSet::from(["perception"]), false);
        let expected = ["8:30 welcome", "8:50 perception", "10:50 morning-break", "11:05 table-swot"];
        assert_eq!(
            (&agenda(&day)[..4], day.end().to_string().as_str()),
            (&expected.map(str::to_owned)[..], "12:30")
        );
        let minutes = BTreeMap::from([("lunch".to_owned(), 45)]);
        let fed = Day::of(
            &spec,
            &DayChoice { minutes, ..DayChoice::default() },
            &BTreeSet::from(["finance"]),
            true,
        );
        assert_eq!(agenda(&fed)[2..5], ["9:00 money", "11:00 lunch", "11:45 table-swot"]);
    }

    #[test]
    fn lunch_is_near_noon_where_a_part_before_it_dropped_out() {
        let spec = Catalog::embedded().unwrap().day;
        let domains = BTreeSet::from(["students", "staffing"]);
        let day = Day::of(&spec, &DayChoice::default(), &domains, false);
        let expected =
            ["8:50 students", "10:50 afternoon-break", "11:00 staff", "12:55 lunch", "1:35 table-swot"];
        assert_eq!(agenda(&day)[1..6], expected.map(str::to_owned));
    }

    fn is_pause(kind: &DayPartKind) -> bool {
        matches!(kind, DayPartKind::Break | DayPartKind::Lunch)
    }

    #[test]
    fn something_is_looked_at_between_two_breaks_and_before_the_first() {
        for domains in
            [&["students", "staffing"][..], &["finance", "staffing"], &["perception", "assessment"]]
        {
            let day = day(&DayChoice::default(), domains);
            let kinds: Vec<_> = day.parts.iter().map(|part| part.kind).collect();
            let stretches = kinds.split(is_pause);
            assert!(
                stretches.clone().rev().skip(1).all(|parts| parts.contains(&DayPartKind::Domain)),
                "{kinds:?}"
            );
            assert!(stretches.count() > 1 && kinds.contains(&DayPartKind::Lunch), "{kinds:?}");
            assert!(day.parts.iter().all(|part| part.minutes <= 120), "{day:?}");
        }
    }

    #[test]
    fn a_project_changes_the_end_and_a_part() {
        let minutes = BTreeMap::from([("lunch".to_owned(), 60)]);
        let choice = DayChoice { end: ClockTime::parse("1:00"), minutes, ..DayChoice::default() };
        let day = day(&choice, &ALL);
        let of = |id: &str| day.parts.iter().find(|part| part.id == id).unwrap().minutes;
        assert_eq!((of("lunch"), of("learning")), (60, 15));
        assert!(day.parts.windows(2).all(|two| two[0].start.plus(two[0].minutes) == two[1].start));
    }
}
