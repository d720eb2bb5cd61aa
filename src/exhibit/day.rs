//! The day of the retreat: which part begins when, for the domains that have something to show.

use std::collections::BTreeSet;

pub use crate::catalog::DayPartKind;

use crate::catalog::{DayChoice, DayPartSpec, DaySpec};
use crate::domain::ClockTime;

/// The day of one district's retreat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
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
    /// The day as the catalog proposes it and the project changes it, for the domains that have exhibits.
    #[must_use]
    pub fn of(spec: &DaySpec, choice: &DayChoice, domains: &BTreeSet<&str>) -> Self {
        let start = choice.start.unwrap_or(spec.start);
        let end = choice.end.unwrap_or(spec.end);
        let mut parts = Vec::new();
        for part in &spec.part {
            let shown: Vec<String> =
                part.domains.iter().filter(|id| domains.contains(id.as_str())).cloned().collect();
            if part.domains.is_empty() || !shown.is_empty() {
                parts.push(day_part(part, choice, shown));
            }
        }
        let available = start.minutes_to(end);
        fill(&mut parts, available, &Lengths { spec, choice });
        let mut time = start;
        for part in &mut parts {
            part.start = time;
            time = time.plus(part.minutes);
        }
        Self {
            people: choice.people.unwrap_or(spec.people),
            tables: choice.tables.unwrap_or(spec.tables).max(1),
            parts,
        }
    }

    /// When the day ends.
    #[must_use]
    pub fn end(&self) -> ClockTime {
        self.parts.last().map(|part| part.start.plus(part.minutes)).unwrap_or_default()
    }
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
}

/// Makes the parts that may change longer or shorter, step by step and in turn, until the day ends in time. It is as near as it can
/// be if they would get too short.
fn fill(parts: &mut [DayPart], available: u32, lengths: &Lengths<'_>) {
    let step = lengths.spec.step.max(1);
    loop {
        let taken: u32 = parts.iter().map(|part| part.minutes).sum();
        let may_change = parts.iter_mut().filter(|part| lengths.may_change(part));
        if available >= taken + step {
            match may_change.min_by_key(|part| part.minutes) {
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

    use super::Day;
    use crate::catalog::{Catalog, DayChoice};
    use crate::domain::ClockTime;

    const ALL: [&str; 6] = ["enrollment", "students", "assessment", "finance", "staffing", "perception"];

    fn day(choice: &DayChoice, domains: &[&str]) -> Day {
        let spec = Catalog::embedded().unwrap().day;
        Day::of(&spec, choice, &domains.iter().copied().collect::<BTreeSet<_>>())
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
    fn without_a_survey_the_other_domains_share_its_time() {
        let day = day(&DayChoice::default(), &ALL[..5]);
        assert_eq!(day.end().to_string(), "3:00");
        assert!(day.parts.iter().all(|part| part.id != "perception"));
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
