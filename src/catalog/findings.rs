//! Settings for proposed SWOT items (the base year, limits, and stories): `catalog/findings.toml`.

use serde::Deserialize;

use super::Measure;
use crate::domain::SchoolYear;

/// Settings that all rules share.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FindingsSpec {
    /// The school year, by its end, that changes are counted from unless a project names another.
    #[serde(default)]
    base_year: Option<i32>,
    /// How many years a value may be older than the newest of any district and still be proposed.
    #[serde(default)]
    pub oldest: i32,
    /// Within how many percent two amounts of money are said to be about the same before inflation.
    #[serde(default)]
    pub same_amount_within: f64,
    /// How many years the newest value of a district may be older than the newest of any district; nothing is proposed for one
    /// that has ended before.
    #[serde(default)]
    pub ended_after: i32,
    /// How many years older than the newest of any district the values of a chart must be for it to get a badge.
    #[serde(default)]
    pub badge_from: i32,
    /// How many years older they must be for the chart to have no finding.
    #[serde(default)]
    pub silent_from: i32,
    /// A value about fewer people than this is not used in a finding.
    #[serde(default)]
    pub fewest_in_findings: u32,
    /// A value about fewer people than this is not shown in a chart.
    #[serde(default)]
    pub fewest_in_charts: u32,
    /// How many items of each quadrant are shown; the others are listed after them.
    #[serde(default)]
    pub shown: usize,
    /// How many of the items shown in a quadrant may be from one domain.
    #[serde(default)]
    pub shown_of_domain: usize,
    /// Tentative items fill up a quadrant that would otherwise show fewer than this.
    #[serde(default)]
    pub tentative_up_to: usize,
    /// A district that is shown fewer items than this is also shown facts worth noticing.
    #[serde(default)]
    pub notice_below: usize,
    /// How many of the largest changes, and how many of the largest differences, these facts are.
    #[serde(default)]
    pub noticed: usize,
    /// Measures that tell one story.
    #[serde(default)]
    pub story: Vec<Story>,
    /// Families of rules whose candidates form separate items, in addition to those about the level of the same story: each list
    /// is one aspect, named by its first family.
    #[serde(default)]
    pub aspects: Vec<Vec<String>>,
    /// Which measures count the people that rates and averages without n are based on.
    #[serde(default)]
    pub people: Vec<PeopleCount>,
    /// Which share of the students takes a test that only some take.
    #[serde(default)]
    pub participation: Vec<TestParticipation>,
    /// From which percentiles of all districts participation is unusual.
    pub unusual_participation: UnusualParticipation,
    /// What is worth saying, and how much it counts.
    pub judging: JudgingSpec,
}

/// From where on something is worth saying, and how much it counts in the order of items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct JudgingSpec {
    /// A change differs from that of the median district only by more than this, in meaningful changes.
    pub as_in_state_within: f64,
    /// The change of the percentile among all districts that counts as one meaningful change.
    pub place_of_size_1: f64,
    /// How much each further part of an item raises its score.
    pub score_of_part: f64,
    /// How many further parts raise it.
    pub most_counted_parts: usize,
    /// The smallest distance from districts with similar students that a statement mentions, in usual distances.
    pub notable_distance: f64,
    /// How many percent of the students all groups must have together before one is called the largest.
    pub nearly_all: f64,
    /// Of fewer districts than this, a rank is a count and not a percent.
    pub few_districts: usize,
    /// By how large a part of itself rounding to whole percents may change a difference between two values of a chart.
    pub rounding_changes_at_most: f64,
    /// From how many percent of a state's districts on the data has the whole state.
    pub whole_state: f64,
    /// The distance from the median, in percentiles, from which a trend in the other direction is a doubt.
    pub clear_of_median: f64,
}

impl JudgingSpec {
    /// The numbers with their keys; all are above zero.
    pub(super) fn numbers(&self) -> [(&'static str, f64); 10] {
        [
            ("as-in-state-within", self.as_in_state_within),
            ("place-of-size-1", self.place_of_size_1),
            ("score-of-part", self.score_of_part),
            ("most-counted-parts", self.most_counted_parts as f64),
            ("notable-distance", self.notable_distance),
            ("nearly-all", self.nearly_all),
            ("few-districts", self.few_districts as f64),
            ("rounding-changes-at-most", self.rounding_changes_at_most),
            ("whole-state", self.whole_state),
            ("clear-of-median", self.clear_of_median),
        ]
    }
}

/// The share of students behind results: who takes a test decides what its average is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TestParticipation {
    /// The measure of participation, a percent.
    pub rate: String,
    /// The measures of what those who took the test reached.
    pub results: Vec<String>,
}

/// The percentiles of all districts at and beyond which participation is unusual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnusualParticipation {
    /// Participation at or below it is low.
    pub low: f64,
    /// Participation at or above it is high.
    pub high: f64,
}

/// How many people there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PeopleCount {
    /// The word for them in the `people` of measures (`teachers`).
    pub people: String,
    /// The measure of the district that counts them, in persons or full-time equivalents.
    pub counted_by: String,
    /// The percent of those that they are, if `counted_by` counts more than them.
    #[serde(default)]
    pub share: Option<String>,
    /// The measures about them; empty for all whose `people` has this word.
    #[serde(default)]
    pub measures: Vec<String>,
    /// About fewer of them, nothing is said; absent, as about anybody (`fewest-in-findings`).
    #[serde(default)]
    pub fewest: Option<u32>,
    /// Whether `counted-by` counts others, of whom there are at least as many: if these are few, or their number is withheld, so are
    /// they; otherwise nothing is known.
    #[serde(default)]
    pub at_most: bool,
}

/// Measures that tell one story: candidates on them that go the same way become one item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Stable kebab-case id.
    pub id: String,
    /// Ids of its measures.
    pub measures: Vec<String>,
    /// The ones that have a message of their own: it may be in a different quadrant from the rest of the story.
    #[serde(default)]
    pub apart: Vec<String>,
    /// The one that speaks for the item if it has a candidate as certain and as wide as the best; `None` if the score decides.
    #[serde(default)]
    pub lead: Option<String>,
}

/// A target of a district, in `[targets]` of its project.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The value to reach, in the measure's unit.
    pub value: f64,
    /// The school year by which to reach it, by its end; `None` if none was set.
    #[serde(default)]
    pub year: Option<i32>,
    /// Who set it (`Board goal 2`).
    #[serde(default)]
    pub why: Option<String>,
}

impl FindingsSpec {
    /// The year that changes are counted from unless a project names another.
    #[must_use]
    pub fn base_year(&self) -> Option<SchoolYear> {
        SchoolYear::ending(self.base_year?).ok()
    }

    /// Whether two amounts of money are said to be about the same before inflation.
    #[must_use]
    pub fn is_same_amount(&self, from: f64, to: f64) -> bool {
        (to - from).abs() <= self.same_amount_within / 100.0 * from.abs()
    }

    /// The aspect of a story that rules of a family are about; empty if it is the level.
    #[must_use]
    pub fn aspect_of(&self, family: &str) -> &str {
        let own = self.aspects.iter().find(|families| families.iter().any(|one| one == family));
        own.and_then(|families| families.first()).map_or("", String::as_str)
    }

    /// Whether a measure says something of its own within its story.
    #[must_use]
    pub fn is_apart(&self, measure: &str) -> bool {
        self.story_of(measure).is_some_and(|story| story.apart.iter().any(|one| one == measure))
    }

    /// Whether a measure speaks for its story.
    #[must_use]
    pub fn is_lead(&self, measure: &str) -> bool {
        self.story_of(measure).is_some_and(|story| story.lead.as_deref() == Some(measure))
    }

    /// What counts the people of a measure, the best first.
    pub(crate) fn counts_of<'a>(&'a self, measure: &'a Measure) -> impl Iterator<Item = &'a PeopleCount> {
        self.people.iter().filter(|count| {
            let is_of_measure = count.measures.is_empty() || count.measures.contains(&measure.id);
            is_of_measure && measure.people.as_ref() == Some(&count.people)
        })
    }

    /// The measure of participation in the test whose results a measure is about; `None` for other measures.
    #[must_use]
    pub fn participation_in(&self, results: &str) -> Option<&str> {
        let of = self.participation.iter().find(|test| test.results.iter().any(|one| one == results));
        of.map(|test| test.rate.as_str())
    }

    /// The story that a measure belongs to; `None` if it is one of its own.
    #[must_use]
    pub fn story_of(&self, measure: &str) -> Option<&Story> {
        self.story.iter().find(|story| story.measures.iter().any(|one| one == measure))
    }
}
