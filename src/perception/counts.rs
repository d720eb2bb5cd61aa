//! What the answers of surveys come to, before anything is withheld.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::SurveyWave;

/// The counts of all surveys of a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SurveyCounts {
    /// The items, in the order in which the files ask them.
    pub items: Vec<SurveyItem>,
    /// The constructs that have items, in the order of the catalog, then of the project.
    pub constructs: Vec<SurveyConstruct>,
    /// The counts by survey, wave, and group of respondents, in this order.
    pub groups: Vec<GroupCounts>,
}

/// An item: a question in exact words, on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyItem {
    /// Stable id, made of its words.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The id of its scale.
    pub scale: String,
    /// The number of the least favorable answer of the scale.
    pub low: u32,
    /// The number of the most favorable answer.
    pub high: u32,
    /// The number from which an answer is favorable.
    pub favorable_from: u32,
    /// The place of its construct; `None` if it has none.
    pub construct: Option<usize>,
    /// Whether it is better to disagree. Its mean and its favorable answers are scored that way round; its distribution is as answered.
    pub reverse: bool,
    /// Whether it is known which answers are favorable. If not, the item is in no construct and in no comparison.
    pub is_settled: bool,
    /// Whether something says which end of its scale is the best; if not, the highest number is read as it.
    pub is_direction_stated: bool,
}

/// A construct: items about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyConstruct {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
}

/// The answers of one group of respondents in one wave of a survey.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GroupCounts {
    /// Name of the survey; empty if it has none.
    pub survey: String,
    /// The wave; `None` if it is not known.
    pub wave: Option<SurveyWave>,
    /// Id of the group.
    pub respondents: String,
    /// How many people were invited; `None` if it is not known.
    pub invited: Option<u32>,
    /// The counts by school; under `None` those who named none.
    pub parts: BTreeMap<Option<String>, PartCounts>,
    /// How many open answers they wrote.
    pub open_answers: u32,
    /// The files that they are in.
    pub files: BTreeSet<String>,
}

/// The answers of some people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartCounts {
    /// How many people answered.
    pub people: u32,
    /// By item: how many people chose each point of its scale, from the lowest.
    pub items: BTreeMap<usize, Vec<u32>>,
    /// By construct: the shares of its items about which each person is favorable.
    pub constructs: BTreeMap<usize, ShareSum>,
}

/// Shares of some people, summed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ShareSum {
    /// How many people.
    pub people: u32,
    /// The sum of their shares (each 0–1).
    pub sum: f64,
    /// The sum of the squares.
    pub squares: f64,
}

impl SurveyItem {
    /// How many points its scale has.
    #[must_use]
    pub const fn points(&self) -> usize {
        (self.high - self.low + 1) as usize
    }

    /// The score of a point, counted from 0 at the lowest: its number, turned round if it is better to disagree.
    #[must_use]
    pub const fn score(&self, point: usize) -> u32 {
        if self.reverse { self.high - point as u32 } else { self.low + point as u32 }
    }

    /// Whether a point is favorable.
    #[must_use]
    pub const fn is_favorable(&self, point: usize) -> bool {
        let turned = self.low + self.high - self.favorable_from;
        if self.reverse {
            self.low + point as u32 <= turned
        } else {
            self.score(point) >= self.favorable_from
        }
    }
}

impl GroupCounts {
    /// The counts of all its schools together.
    #[must_use]
    pub fn whole(&self) -> PartCounts {
        let mut whole = PartCounts::default();
        for part in self.parts.values() {
            whole.add(part);
        }
        whole
    }
}

impl PartCounts {
    /// How many people answered an item.
    #[must_use]
    pub fn answered(&self, item: usize) -> u32 {
        self.items.get(&item).map_or(0, |points| points.iter().sum())
    }

    /// How many people count for a construct.
    #[must_use]
    pub fn rated(&self, construct: usize) -> u32 {
        self.constructs.get(&construct).map_or(0, |shares| shares.people)
    }

    /// Adds the counts of other people.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        for (item, points) in &other.items {
            let all = self.items.entry(*item).or_insert_with(|| vec![0; points.len()]);
            for (count, more) in all.iter_mut().zip(points) {
                *count += more;
            }
        }
        for (construct, shares) in &other.constructs {
            self.constructs.entry(*construct).or_default().add(*shares);
        }
    }
}

impl ShareSum {
    /// Adds a person's share.
    pub fn add_share(&mut self, share: f64) {
        self.add(Self { people: 1, sum: share, squares: share * share });
    }

    fn add(&mut self, other: Self) {
        self.people += other.people;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}
