//! Folds candidates that tell one story into one item (`methods.md` 8).

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Confidence, Evidence, Finding};
use super::story_quadrant::in_one_quadrant_each;
use crate::catalog::FindingsSpec;
use crate::domain::{ALL, MeasureKey, Quadrant};
use crate::wording;

/// What makes candidates of a quadrant one item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ItemKey {
    /// The story of the measure, or the measure's id where it is a story of its own.
    pub(super) story: String,
    /// The student group of a measure that is neither good nor bad, such as a share of enrollment; `all` for others.
    pub(super) group: String,
    /// Which aspect of the story it is about (`gap`: how groups differ); empty if it is the level.
    pub(super) aspect: String,
}

/// A candidate before folding.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) item: ItemKey,
    /// Whether its measure is a share of an amount that is judged alike (the surplus, the fund balance).
    pub(super) is_share: bool,
    /// Whether it is about a target that the district set itself, and that has been reached or is due.
    pub(super) is_target: bool,
    /// How participation in its test changed the result; before all else that speaks against it.
    pub(super) participation: Option<Evidence>,
    pub(super) finding: Finding,
}

/// The candidates of one story in one quadrant, folded into the one that leads them.
pub(super) struct Item {
    pub(super) key: ItemKey,
    /// Whether it is about a target that the district set itself.
    pub(super) is_target: bool,
    /// As in [`Proposal`].
    pub(super) participation: Option<Evidence>,
    pub(super) finding: Finding,
}

/// Folds candidates that tell one story.
///
/// A series is a candidate in only one quadrant: the one where it scores highest, or that of the district's own target. Within a quadrant, candidates with the same
/// [`ItemKey`] are one item. One of them leads it: one about a target first, then a certain one before a tentative one, the widest before its parts (unless
/// a part scores twice as high), the measure that speaks for its story, an amount before its share, then the one with the highest
/// score. The others are listed in its evidence. A measure that speaks for its story has the score of the best one. Each further part of its measure adds a tenth to its score, up to half. At last, a story stays in one quadrant
/// ([`in_one_quadrant_each`]).
pub(super) fn folded(proposals: Vec<Proposal>, spec: &FindingsSpec) -> Vec<Finding> {
    let mut items: BTreeMap<(Quadrant, ItemKey), Vec<Proposal>> = BTreeMap::new();
    for proposal in in_one_quadrant(proposals) {
        items.entry((proposal.finding.quadrant, proposal.item.clone())).or_default().push(proposal);
    }
    let items = items.into_values().filter_map(|proposals| folded_item(proposals, spec));
    in_one_quadrant_each(items.collect(), spec)
}

/// Drops a candidate whose series scores higher in another quadrant, and adds what it says to those that stay. At a tie, a
/// threat wins over an opportunity, an opportunity over a weakness, and a weakness over a strength.
fn in_one_quadrant(proposals: Vec<Proposal>) -> Vec<Proposal> {
    let mut best: BTreeMap<MeasureKey, (bool, bool, u64, Quadrant)> = BTreeMap::new();
    for Proposal { finding, is_target, .. } in &proposals {
        let rank = (*is_target, is_certain(finding), sortable(finding.score), finding.quadrant);
        let best = best.entry(finding.key.clone()).or_insert(rank);
        *best = (*best).max(rank);
    }
    let is_best = |finding: &Finding| best.get(&finding.key).is_none_or(|best| best.3 == finding.quadrant);
    let (mut stay, dropped): (Vec<Proposal>, Vec<Proposal>) =
        proposals.into_iter().partition(|proposal| is_best(&proposal.finding));
    for proposal in &mut stay {
        add_other_side(proposal, &dropped);
    }
    stay
}

/// Adds what another quadrant would say of the same aspect of the series, if one of the two praises it and the other does not.
fn add_other_side(proposal: &mut Proposal, dropped: &[Proposal]) {
    let other = dropped.iter().find(|other| is_other_side(proposal, other));
    if let Some(other) = other {
        let text = wording::evidence::other_side(&other.finding.statement);
        proposal.finding.counter_evidence.insert(0, Evidence { text, sources: Vec::new() });
    }
}

fn is_other_side(one: &Proposal, other: &Proposal) -> bool {
    let is_same = one.finding.key == other.finding.key && one.item.aspect == other.item.aspect;
    let says_more = one.finding.statement != other.finding.statement;
    is_same && says_more && praises(&one.finding) != praises(&other.finding)
}

pub(super) fn praises(finding: &Finding) -> bool {
    finding.quadrant == Quadrant::Strength
}

pub(super) fn is_certain(finding: &Finding) -> bool {
    finding.confidence != Confidence::Tentative
}

/// Of how many parts of the students or subjects it is about one: a group, a grade, a subject.
fn narrowness(finding: &Finding) -> usize {
    let MeasureKey { group, grade, subject, .. } = &finding.key;
    [group != ALL, !grade.is_all(), subject != ALL].into_iter().filter(|is_part| *is_part).count()
}

/// The candidates of an item folded into the one that leads it; `None` if there are none.
fn folded_item(mut proposals: Vec<Proposal>, spec: &FindingsSpec) -> Option<Item> {
    let widest = proposals.iter().map(|one| narrowness(&one.finding)).min()?;
    let wholes = proposals.iter().map(|one| &one.finding).filter(|finding| narrowness(finding) == widest);
    let best_whole = wholes.map(|finding| finding.score).fold(0.0, f64::max);
    proposals.sort_by_key(|proposal| {
        let finding = &proposal.finding;
        let stands_out = finding.score >= 2.0 * best_whole;
        let leads = narrowness(finding) == widest || stands_out;
        let is_lead = spec.is_lead(&finding.key.measure);
        let score = std::cmp::Reverse(sortable(finding.score));
        let place = (!proposal.is_target, !is_certain(finding), !leads, !is_lead, proposal.is_share);
        (place, score, finding.id.clone())
    });
    let mut proposals = proposals.into_iter();
    let Proposal { item: key, is_target, participation, finding: mut first, .. } = proposals.next()?;
    if spec.is_lead(&first.key.measure) && is_certain(&first) {
        first.score = first.score.max(best_whole);
    }
    let mut parts = BTreeSet::from([first.key.clone()]);
    let mut measures = BTreeSet::from([first.key.measure.clone()]);
    for Proposal { finding: other, .. } in proposals {
        first.absorbed.push(other.id.clone());
        if other.key == first.key {
            add_other_rule(&mut first, other);
        } else {
            add_other_part(&mut first, &other);
            measures.insert(other.key.measure.clone());
            parts.insert(other.key);
        }
    }
    let of_own_measure = parts.iter().filter(|key| key.measure == first.key.measure).count();
    let further = of_own_measure + measures.len() - 2;
    let judging = &spec.judging;
    first.score *= 1.0 + further.min(judging.most_counted_parts) as f64 * judging.score_of_part;
    Some(Item { key, is_target, participation, finding: first })
}

/// Adds the evidence of another rule's candidate on the same series.
fn add_other_rule(first: &mut Finding, other: Finding) {
    if let Some(evidence) = other.evidence.into_iter().find(|evidence| !evidence.text.is_empty()) {
        let text = wording::evidence::also_by_rule(&other.rule, &evidence.text);
        first.evidence.push(Evidence { text, sources: Vec::new() });
    }
    first.score = first.score.max(other.score);
}

/// Adds the statement of another series' candidate as evidence. Two rules may say the same of that series.
pub(super) fn add_other_part(first: &mut Finding, other: &Finding) {
    let text = wording::evidence::also(&other.statement);
    if first.evidence.iter().any(|evidence| evidence.text == text) {
        return;
    }
    let sources = other.evidence.iter().flat_map(|evidence| &evidence.sources).take(2).cloned().collect();
    first.evidence.push(Evidence { text, sources });
}

/// A score as an integer, which has a total order.
pub(super) fn sortable(score: f64) -> u64 {
    (score.max(0.0) * 1e6) as u64
}
