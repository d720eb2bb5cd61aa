//! Which figures of surveys may be shown.
//!
//! Answers of fewer people than the smallest group are withheld: a group, a school of it, and an item or construct that so few of them
//! answered. The schools of a group add up to its answers in the district, and a reader could subtract. So if a school is withheld,
//! those withheld are at least two and at least as many people together as the smallest group; if need be, the smallest of the others
//! is withheld too. Those who named no school are always withheld. Groups of respondents are not added up anywhere.

use std::collections::BTreeSet;

use statistics::mean_interval::{SampleMean, share_interval};
use statistics::wilson::wilson;

use crate::domain::SurveyWave;
use crate::perception::{GroupCounts, PartCounts, SurveyConstruct, SurveyCounts, SurveyItem};

/// The figures of surveys that may be shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Perception {
    /// All items.
    pub items: Vec<SurveyItem>,
    /// All constructs.
    pub constructs: Vec<SurveyConstruct>,
    /// The figures by survey, wave, and group of respondents; then those of the district before those of its schools.
    pub groups: Vec<RespondentGroup>,
    /// The answers of fewer people are withheld.
    pub smallest_group: u32,
}

/// What a group of respondents says in one wave of a survey, in the district or one of its schools.
#[derive(Debug, Clone, PartialEq)]
pub struct RespondentGroup {
    /// Name of the survey; empty if it has none.
    pub survey: String,
    /// The wave; `None` if it is not known.
    pub wave: Option<SurveyWave>,
    /// Id of the group.
    pub respondents: String,
    /// The school; `None` for the district.
    pub school: Option<String>,
    /// How many people answered; `None` if they are too few, in which case nothing else is shown either.
    pub people: Option<u32>,
    /// How many people were invited; `None` if it is not known, or for a school.
    pub invited: Option<u32>,
    /// How many open answers they wrote; only for the district.
    pub open_answers: u32,
    /// By item, in the order of the items: its figures; `None` if they are withheld. Items that were not asked are left out.
    pub items: Vec<ReleasedFigures<ItemFigures>>,
    /// By construct, the same.
    pub constructs: Vec<ReleasedFigures<ConstructFigures>>,
    /// The files that the answers are in.
    pub files: Vec<String>,
}

/// Figures of the item or construct at a place, unless they are withheld.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleasedFigures<T> {
    /// The place among all items or constructs.
    pub place: usize,
    /// The figures; `None` if they are withheld.
    pub figures: Option<T>,
}

/// What people answered to an item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFigures {
    /// How many people answered.
    pub n: u32,
    /// The share of favorable answers, 0–1.
    pub favorable: f64,
    /// The 95% interval of that share.
    pub interval: [f64; 2],
    /// The average score, in the numbers of the scale.
    pub mean: f64,
    /// The share of each point of the scale, 0–1, as answered, from the lowest.
    pub distribution: Vec<f64>,
}

/// What people answered to the items of a construct.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstructFigures {
    /// How many people answered enough of its items.
    pub n: u32,
    /// The average over people of the share of items about which each is favorable, 0–1.
    pub favorable: f64,
    /// Its 95% interval.
    pub interval: [f64; 2],
    /// What a difference from another one is tested with.
    pub sample: SampleMean,
    /// The places of the items that it is based on.
    pub items: Vec<usize>,
}

impl RespondentGroup {
    /// The percent of those invited who answered, 0–100 and more if more answered than were invited; `None` if it is not known.
    #[must_use]
    pub fn response_rate(&self) -> Option<f64> {
        let invited = self.invited.filter(|invited| *invited > 0)?;
        Some(f64::from(self.people?) / f64::from(invited) * 100.0)
    }

    /// The figures of an item.
    #[must_use]
    pub fn item(&self, place: usize) -> Option<&ItemFigures> {
        figures_at(&self.items, place)
    }

    /// The figures of a construct.
    #[must_use]
    pub fn construct(&self, place: usize) -> Option<&ConstructFigures> {
        figures_at(&self.constructs, place)
    }
}

fn figures_at<T>(all: &[ReleasedFigures<T>], place: usize) -> Option<&T> {
    all.iter().find(|one| one.place == place)?.figures.as_ref()
}

/// Withholds the answers of fewer than `smallest_group` people, and what would reveal them.
#[must_use]
pub fn release_surveys(counts: SurveyCounts, smallest_group: u32) -> Perception {
    let release = SurveyRelease { items: &counts.items, smallest: smallest_group };
    let mut groups = Vec::new();
    for group in &counts.groups {
        groups.push(release.district(group));
        groups.extend(release.schools(group));
    }
    let SurveyCounts { items, constructs, .. } = counts;
    Perception { items, constructs, groups, smallest_group }
}

/// What decides about the figures of surveys.
struct SurveyRelease<'a> {
    items: &'a [SurveyItem],
    smallest: u32,
}

/// Which figures of a part are withheld beside those of too few people.
#[derive(Default)]
struct AlsoWithheld {
    items: BTreeSet<usize>,
    constructs: BTreeSet<usize>,
}

impl SurveyRelease<'_> {
    fn district(&self, group: &GroupCounts) -> RespondentGroup {
        let whole = group.whole();
        RespondentGroup {
            invited: group.invited.filter(|_| whole.people >= self.smallest),
            open_answers: if whole.people >= self.smallest { group.open_answers } else { 0 },
            ..self.part(group, &whole, &AlsoWithheld::default())
        }
    }

    /// The schools of a group that may be shown; none if there is only one.
    fn schools(&self, group: &GroupCounts) -> Vec<RespondentGroup> {
        let schools = SchoolParts::of(group);
        if schools.parts.len() < 2 {
            return Vec::new();
        }
        let withheld =
            withheld_with(&schools.people(), &BTreeSet::new(), schools.unnamed.people, self.smallest);
        let also = self.also_withheld(&schools, &withheld);
        let mut shown = Vec::new();
        for (place, (name, also)) in schools.names.iter().zip(&also).enumerate() {
            if !withheld.contains(&place) {
                let school = Some((*name).clone());
                shown.push(RespondentGroup { school, ..self.part(group, schools.parts[place], also) });
            }
        }
        shown
    }

    /// The figures that are withheld in each school beside those of too few people: of items first, then of the constructs whose
    /// items are withheld.
    fn also_withheld(&self, schools: &SchoolParts<'_>, withheld: &BTreeSet<usize>) -> Vec<AlsoWithheld> {
        let mut also: Vec<AlsoWithheld> = schools.parts.iter().map(|_| AlsoWithheld::default()).collect();
        for item in 0..self.items.len() {
            let hidden = schools.unnamed.answered(item);
            for place in withheld_with(&schools.answered(item), withheld, hidden, self.smallest) {
                also[place].items.insert(item);
            }
        }
        for construct in schools.constructs() {
            let mut already = withheld.clone();
            already.extend(
                (0..also.len())
                    .filter(|place| self.hides_item(schools.parts[*place], construct, &also[*place])),
            );
            let hidden = schools.unnamed.rated(construct);
            for place in withheld_with(&schools.rated(construct), &already, hidden, self.smallest) {
                also[place].constructs.insert(construct);
            }
        }
        also
    }

    fn part(&self, group: &GroupCounts, part: &PartCounts, also: &AlsoWithheld) -> RespondentGroup {
        let is_shown = part.people >= self.smallest;
        let items = part.items.iter().map(|(place, points)| {
            let n: u32 = points.iter().sum();
            let may = is_shown && n >= self.smallest && !also.items.contains(place);
            let figures = may.then(|| item_figures(&self.items[*place], points)).flatten();
            ReleasedFigures { place: *place, figures }
        });
        let constructs = part.constructs.iter().map(|(place, shares)| {
            let may = is_shown
                && shares.people >= self.smallest
                && !also.constructs.contains(place)
                && !self.hides_item(part, *place, also);
            let figures = may.then(|| self.construct_figures(part, *place)).flatten();
            ReleasedFigures { place: *place, figures }
        });
        RespondentGroup {
            survey: group.survey.clone(),
            wave: group.wave,
            respondents: group.respondents.clone(),
            school: None,
            people: is_shown.then_some(part.people),
            invited: None,
            open_answers: 0,
            items: items.collect(),
            constructs: constructs.collect(),
            files: group.files.iter().cloned().collect(),
        }
    }

    /// Whether an item of a construct is withheld in a part: it could be worked out from the construct and its other items.
    fn hides_item(&self, part: &PartCounts, construct: usize, also: &AlsoWithheld) -> bool {
        part.items.iter().any(|(item, points)| {
            let is_few = points.iter().sum::<u32>() < self.smallest;
            self.items[*item].construct == Some(construct) && (is_few || also.items.contains(item))
        })
    }

    fn construct_figures(&self, part: &PartCounts, place: usize) -> Option<ConstructFigures> {
        let shares = part.constructs.get(&place)?;
        let sample = SampleMean::of_sums(f64::from(shares.people), shares.sum, shares.squares)?;
        let (low, high) = share_interval(sample)?;
        Some(ConstructFigures {
            n: shares.people,
            favorable: sample.mean,
            interval: [low, high],
            sample,
            items: part
                .items
                .keys()
                .copied()
                .filter(|item| self.items[*item].construct == Some(place))
                .collect(),
        })
    }
}

/// The schools of a group.
struct SchoolParts<'a> {
    names: Vec<&'a String>,
    parts: Vec<&'a PartCounts>,
    /// Those who named none.
    unnamed: PartCounts,
}

impl<'a> SchoolParts<'a> {
    fn of(group: &'a GroupCounts) -> Self {
        let named = group.parts.iter().filter_map(|(school, part)| Some((school.as_ref()?, part)));
        let (names, parts) = named.unzip();
        Self { names, parts, unnamed: group.parts.get(&None).cloned().unwrap_or_default() }
    }

    fn people(&self) -> Vec<u32> {
        self.parts.iter().map(|part| part.people).collect()
    }

    /// How many people of each answered an item.
    fn answered(&self, item: usize) -> Vec<u32> {
        self.parts.iter().map(|part| part.answered(item)).collect()
    }

    /// How many people of each count for a construct.
    fn rated(&self, construct: usize) -> Vec<u32> {
        self.parts.iter().map(|part| part.rated(construct)).collect()
    }

    fn constructs(&self) -> BTreeSet<usize> {
        self.parts.iter().flat_map(|part| part.constructs.keys().copied()).collect()
    }
}

fn item_figures(item: &SurveyItem, points: &[u32]) -> Option<ItemFigures> {
    let n: u32 = points.iter().sum();
    let people = f64::from(n);
    let favorable: u32 = points
        .iter()
        .enumerate()
        .filter(|(point, _)| item.is_favorable(*point))
        .map(|(_, count)| count)
        .sum();
    let sum: f64 = points
        .iter()
        .enumerate()
        .map(|(point, count)| f64::from(item.score(point)) * f64::from(*count))
        .sum();
    let favorable = f64::from(favorable) / people;
    let (low, high) = wilson(favorable, people)?;
    Some(ItemFigures {
        n,
        favorable,
        interval: [low, high],
        mean: sum / people,
        distribution: points.iter().map(|count| f64::from(*count) / people).collect(),
    })
}

/// The places of the parts that are withheld: those of too few people, those withheld `already`, and as many of the next smallest as
/// it takes for them to be at least two and at least `smallest` people together. `hidden` people are in no part that is shown. Parts
/// without anybody are withheld with the others, and protect nobody.
fn withheld_with(people: &[u32], already: &BTreeSet<usize>, hidden: u32, smallest: u32) -> BTreeSet<usize> {
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|place| (people[*place], *place));
    let (mut next, first): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|place| people[*place] >= smallest && !already.contains(place));
    let mut withheld: BTreeSet<usize> = first.into_iter().collect();
    next.reverse();
    while !is_protected(people, &withheld, hidden, smallest) {
        let Some(place) = next.pop() else { break };
        withheld.insert(place);
    }
    withheld
}

/// Whether what is left when everything shown is subtracted is nobody, or several parts with enough people, or enough people in no part.
fn is_protected(people: &[u32], withheld: &BTreeSet<usize>, hidden: u32, smallest: u32) -> bool {
    let parts = withheld.iter().filter(|place| people[**place] > 0).count();
    let sum: u32 = hidden + withheld.iter().map(|place| people[*place]).sum::<u32>();
    match (parts, hidden) {
        (0, 0) => true,
        (0, hidden) => hidden >= smallest,
        (1, 0) => false,
        _ => sum >= smallest,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{prop_assert, proptest};

    use super::withheld_with;

    fn withheld_parts(people: &[u32], hidden: u32, smallest: u32) -> BTreeSet<usize> {
        withheld_with(people, &BTreeSet::new(), hidden, smallest)
    }

    #[test]
    fn a_second_part_is_withheld_with_the_first() {
        assert_eq!(withheld_parts(&[40, 8, 25], 0, 10), BTreeSet::from([1, 2]));
        assert_eq!(withheld_parts(&[40, 8, 7], 0, 10), BTreeSet::from([1, 2]));
        assert_eq!(withheld_parts(&[40, 2, 1, 30], 0, 10), BTreeSet::from([1, 2, 3]));
        assert_eq!(withheld_parts(&[40, 25], 0, 10), BTreeSet::new());
        // Three people who named no school could be subtracted.
        assert_eq!(withheld_parts(&[40, 25], 3, 10), BTreeSet::from([1]));
        assert_eq!(withheld_parts(&[40, 25], 12, 10), BTreeSet::new());
    }

    proptest! {
        #[test]
        fn what_is_withheld_cannot_be_subtracted(people in proptest::collection::vec(0u32..60, 1..8), hidden in 0u32..15) {
            let withheld = withheld_parts(&people, hidden, 10);
            let rest: u32 = people.iter().sum::<u32>() + hidden
                - people.iter().enumerate().filter(|(place, _)| !withheld.contains(place)).map(|(_, n)| n).sum::<u32>();
            // What is left when everything shown is subtracted: nobody, at least ten people, or all there are.
            prop_assert!(rest == 0 || rest >= 10 || withheld.len() == people.len());
            prop_assert!(people.iter().enumerate().all(|(place, n)| *n >= 10 || withheld.contains(&place)));
        }
    }
}
