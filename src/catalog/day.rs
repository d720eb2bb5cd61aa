//! The day of the retreat: `catalog/day.toml`, and what a project changes in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{CalendarDate, ClockTime};

/// The day as the catalog proposes it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySpec {
    /// How the parts that look at domains are done.
    #[serde(default)]
    pub format: DayFormat,
    /// More people than this at a station of a carousel are too many.
    #[serde(default, rename = "largest-group")]
    pub largest_group: u32,
    /// How many people take part.
    #[serde(default)]
    pub people: u32,
    /// At how many tables.
    #[serde(default)]
    pub tables: u32,
    /// When it begins.
    #[serde(default)]
    pub start: ClockTime,
    /// When it ends.
    #[serde(default)]
    pub end: ClockTime,
    /// The minutes of a part that gets longer or shorter are rounded to a multiple of this.
    #[serde(default)]
    pub step: u32,
    /// The fewest minutes of a domain's part.
    #[serde(default)]
    pub least: u32,
    /// The most minutes to which a domain's part is lengthened.
    #[serde(default)]
    pub most: u32,
    /// A day that ends by then has no lunch.
    #[serde(default, rename = "half-day")]
    pub half_day: ClockTime,
    /// When people usually eat: lunch is the pause that begins nearest to it.
    #[serde(default)]
    pub lunch: ClockTime,
    /// The most charts that a room can take in within a day. It counts only where no exhibit is marked as core.
    #[serde(default)]
    pub charts: usize,
    /// The parts, in order.
    #[serde(default)]
    pub part: Vec<DayPartSpec>,
}

/// One part of the day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayPartSpec {
    /// Stable kebab-case id, by which a project changes its minutes.
    pub id: String,
    /// What happens in it.
    pub kind: DayPartKind,
    /// Its name on the agenda.
    pub title: String,
    /// The domains that it looks at; without data on any of them, the part drops out.
    #[serde(default)]
    pub domains: Vec<String>,
    /// How long it takes.
    pub minutes: u32,
}

/// How the parts of the day that look at domains are done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayFormat {
    /// One after another, all tables together.
    #[default]
    Plenary,
    /// Each at a station of its own, between which the tables rotate.
    Carousel,
}

/// What happens in a part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayPartKind {
    /// Welcome, purpose, and how to read a chart.
    Welcome,
    /// Whom the district is compared with.
    Peers,
    /// Looking at the data of some domains.
    Domain,
    /// A break.
    Break,
    /// Lunch.
    Lunch,
    /// Each table sorts what it saw into the four quadrants.
    TableSwot,
    /// The tables report, and the room merges their items.
    Merge,
    /// The vote, what is missing, and the next steps.
    Close,
}

/// What a project changes of the day: `[day]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayChoice {
    /// How the parts that look at domains are done.
    pub format: Option<DayFormat>,
    /// How many people take part.
    pub people: Option<u32>,
    /// At how many tables.
    pub tables: Option<u32>,
    /// A list of names and roles, relative to the project, from which people are placed at tables.
    pub list: Option<String>,
    /// Its date (`"2026-01-15"`), from which the calendar of the work before it counts back.
    pub date: Option<CalendarDate>,
    /// When it begins (`"8:30"`).
    pub start: Option<ClockTime>,
    /// When it ends.
    pub end: Option<ClockTime>,
    /// Minutes of a part, by its id.
    #[serde(default)]
    pub minutes: BTreeMap<String, u32>,
}

#[cfg(test)]
mod tests {
    use crate::catalog::Catalog;

    #[test]
    fn a_part_about_one_domain_has_its_name() {
        let catalog = Catalog::embedded().unwrap();
        let mut named = 0;
        for part in catalog.day.part.iter().filter(|part| part.domains.len() == 1) {
            let domain = catalog.domains.iter().find(|domain| domain.id == part.domains[0]).unwrap();
            assert_eq!(part.title, domain.label);
            named += 1;
        }
        assert!(named > 3);
    }
}
