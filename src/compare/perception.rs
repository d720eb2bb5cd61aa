//! What surveys show: how answers changed since the wave before, and how groups of respondents differ.
//!
//! Only the same words on the same scale are compared. A difference of items has Newcombe's interval, one of constructs that of Welch;
//! all changes together, and all differences between groups together, are corrected for the number of tests.

use std::collections::BTreeSet;

use statistics::false_discovery::benjamini_hochberg;
use statistics::mean_interval::mean_difference;
use statistics::newcombe::{Proportion, equal_proportions_p, newcombe};

use super::significance::FALSE_DISCOVERY_RATE;
use crate::disclosure::{Perception, RespondentGroup};
use crate::domain::SurveyWave;

/// What the surveys of the district show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PerceptionComparison {
    /// The figures.
    pub perception: Perception,
    /// The latest wave of each group of respondents in the district, as places among the groups of the figures.
    pub latest: Vec<usize>,
    /// How the answers of each group changed since the wave before, by group, constructs before items.
    pub changes: Vec<PerceptionChange>,
    /// How groups differ in their latest waves of one school year, constructs before items.
    pub gaps: Vec<PerceptionGap>,
}

/// What a figure of a survey is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PerceptionSubject {
    /// The construct at this place.
    Construct(usize),
    /// The item at this place.
    Item(usize),
}

/// A change of favorable answers between two waves.
#[derive(Debug, Clone, PartialEq)]
pub struct PerceptionChange {
    /// What it is about.
    pub subject: PerceptionSubject,
    /// The place of the later group.
    pub later: usize,
    /// The place of the same group in the wave before.
    pub earlier: usize,
    /// The difference.
    pub difference: PerceptionDifference,
}

/// A difference of favorable answers between two groups of respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct PerceptionGap {
    /// What it is about.
    pub subject: PerceptionSubject,
    /// The place of the more favorable group.
    pub higher: usize,
    /// The place of the less favorable group.
    pub lower: usize,
    /// The difference.
    pub difference: PerceptionDifference,
}

/// A difference of two shares of favorable answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerceptionDifference {
    /// In percentage points: the later minus the earlier, or the higher minus the lower.
    pub points: f64,
    /// The ends of its 95% interval, in percentage points.
    pub interval: [f64; 2],
    /// Its p-value.
    pub p: f64,
    /// The p-value, corrected for the number of tests.
    pub adjusted: f64,
}

impl PerceptionDifference {
    /// Whether it is statistically clear after correcting for multiple tests.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.adjusted <= FALSE_DISCOVERY_RATE
    }
}

impl PerceptionComparison {
    /// Compares the waves and groups of surveys.
    #[must_use]
    pub fn of(perception: Perception) -> Self {
        let latest = latest(&perception);
        let mut changes = changes(&perception, &latest);
        correct(changes.iter_mut().map(|change| &mut change.difference).collect());
        let mut gaps = gaps(&perception, &latest);
        correct(gaps.iter_mut().map(|gap| &mut gap.difference).collect());
        Self { perception, latest, changes, gaps }
    }

    /// Whether there is any figure.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.perception.groups.is_empty()
    }

    /// The group of respondents at a place.
    #[must_use]
    pub fn group(&self, place: usize) -> &RespondentGroup {
        &self.perception.groups[place]
    }

    /// The change of a subject for the group at a place.
    #[must_use]
    pub fn change(&self, subject: PerceptionSubject, later: usize) -> Option<&PerceptionChange> {
        self.changes.iter().find(|change| change.subject == subject && change.later == later)
    }

    /// The share of favorable answers of a group, 0–1; `None` if it is withheld or was not asked.
    #[must_use]
    pub fn favorable(&self, subject: PerceptionSubject, group: usize) -> Option<f64> {
        match subject {
            PerceptionSubject::Construct(place) => Some(self.group(group).construct(place)?.favorable),
            PerceptionSubject::Item(place) => Some(self.group(group).item(place)?.favorable),
        }
    }
}

/// The latest wave of each group in the district; of several surveys, that with the most items. Groups of whom too few answered have none.
fn latest(perception: &Perception) -> Vec<usize> {
    let mut latest: Vec<usize> = Vec::new();
    for (place, group) in perception.groups.iter().enumerate() {
        if group.school.is_some() || group.people.is_none() {
            continue;
        }
        match latest.iter_mut().find(|known| perception.groups[**known].respondents == group.respondents) {
            Some(known) if rank(perception, place) > rank(perception, *known) => *known = place,
            Some(_) => {}
            None => latest.push(place),
        }
    }
    latest.sort_by(|a, b| perception.groups[*a].respondents.cmp(&perception.groups[*b].respondents));
    latest
}

/// Later waves rank higher, then those with more items.
fn rank(perception: &Perception, place: usize) -> (Option<SurveyWave>, usize) {
    (perception.groups[place].wave, perception.groups[place].items.len())
}

fn changes(perception: &Perception, latest: &[usize]) -> Vec<PerceptionChange> {
    let mut changes = Vec::new();
    for later in latest.iter().copied() {
        let group = &perception.groups[later];
        let earlier = perception.groups.iter().rposition(|other| is_wave_before(other, group));
        let Some(earlier) = earlier else { continue };
        for subject in subjects(perception) {
            let pair = SubjectPair { subject, first: group, second: &perception.groups[earlier] };
            changes.extend(pair.difference().map(|difference| PerceptionChange {
                subject,
                later,
                earlier,
                difference,
            }));
        }
    }
    changes
}

/// Whether a group is the same one in an earlier wave of the same survey.
fn is_wave_before(other: &RespondentGroup, group: &RespondentGroup) -> bool {
    (&other.survey, &other.respondents, &other.school) == (&group.survey, &group.respondents, &group.school)
        && other.people.is_some()
        && other.wave.is_some()
        && other.wave < group.wave
}

/// For each subject, the two groups that differ most, of those with answers in the same school year.
fn gaps(perception: &Perception, latest: &[usize]) -> Vec<PerceptionGap> {
    let mut gaps = Vec::new();
    for subject in subjects(perception) {
        let mut widest: Option<PerceptionGap> = None;
        for [first, second] in pairs(latest) {
            let [one, other] = [first, second].map(|place| &perception.groups[place]);
            let years = [one, other].map(|group| group.wave.map(|wave| wave.year));
            if years[0] != years[1] {
                continue;
            }
            let pair = SubjectPair { subject, first: one, second: other };
            let Some(gap) = gap(pair, [first, second]) else { continue };
            if widest.as_ref().is_none_or(|widest| gap.difference.points > widest.difference.points) {
                widest = Some(gap);
            }
        }
        gaps.extend(widest);
    }
    gaps
}

/// The gap of two groups, the higher one first.
fn gap(pair: SubjectPair<'_>, [first, second]: [usize; 2]) -> Option<PerceptionGap> {
    let difference = pair.difference()?;
    let subject = pair.subject;
    if difference.points >= 0.0 {
        return Some(PerceptionGap { subject, higher: first, lower: second, difference });
    }
    let [low, high] = difference.interval;
    let difference =
        PerceptionDifference { points: -difference.points, interval: [-high, -low], ..difference };
    Some(PerceptionGap { subject, higher: second, lower: first, difference })
}

fn pairs(places: &[usize]) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for (index, first) in places.iter().enumerate() {
        pairs.extend(places[index + 1..].iter().map(|second| [*first, *second]));
    }
    pairs
}

/// All constructs, then all items of which it is known which answers are favorable.
fn subjects(perception: &Perception) -> Vec<PerceptionSubject> {
    let constructs = (0..perception.constructs.len()).map(PerceptionSubject::Construct);
    let items = (0..perception.items.len()).filter(|place| perception.items[*place].is_settled);
    constructs.chain(items.map(PerceptionSubject::Item)).collect()
}

/// One subject in two groups of answers.
#[derive(Clone, Copy)]
struct SubjectPair<'a> {
    subject: PerceptionSubject,
    first: &'a RespondentGroup,
    second: &'a RespondentGroup,
}

impl SubjectPair<'_> {
    /// The first minus the second; `None` if one of them is not shown, or a construct had other items.
    fn difference(&self) -> Option<PerceptionDifference> {
        match self.subject {
            PerceptionSubject::Item(place) => {
                let [a, b] = [self.first.item(place)?, self.second.item(place)?]
                    .map(|item| Proportion { p: item.favorable, n: f64::from(item.n) });
                let (low, high) = newcombe(a, b)?;
                Some(points(a.p - b.p, [low, high], equal_proportions_p(a, b)?))
            }
            PerceptionSubject::Construct(place) => {
                let (a, b) = (self.first.construct(place)?, self.second.construct(place)?);
                let [items, others] = [a, b].map(|one| one.items.iter().collect::<BTreeSet<_>>());
                let difference = mean_difference(a.sample, b.sample).filter(|_| items == others)?;
                Some(points(difference.difference, [difference.low, difference.high], difference.p))
            }
        }
    }
}

fn points(difference: f64, interval: [f64; 2], p: f64) -> PerceptionDifference {
    PerceptionDifference {
        points: difference * 100.0,
        interval: interval.map(|end| end * 100.0),
        p,
        adjusted: p,
    }
}

/// Corrects p-values for the number of tests.
fn correct(differences: Vec<&mut PerceptionDifference>) {
    let p: Vec<f64> = differences.iter().map(|difference| difference.p).collect();
    for (difference, adjusted) in differences.into_iter().zip(benjamini_hochberg(&p)) {
        difference.adjusted = adjusted;
    }
}
