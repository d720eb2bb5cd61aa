//! One item for what is said in many ways (`methods.md` 8).

use std::collections::BTreeMap;

use super::candidate::{Evidence, Finding};
use crate::domain::{MeasureKey, Quadrant};

/// What makes two candidates of a quadrant one item: the measure (or the amount of which it is a share), the
/// subject and the student group (`all`, where the rule follows subjects or groups along with the whole).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Same {
    pub(super) measure: String,
    pub(super) subject: String,
    pub(super) group: String,
}

/// A candidate before merging.
#[derive(Debug)]
pub(super) struct Proposed {
    pub(super) same: Same,
    pub(super) finding: Finding,
}

/// Joins candidates that say the same, and ranks what is left: by quadrant, then score, highest first, then id.
///
/// A number is told in one of strengths, weaknesses and opportunities, where it scores highest (a threat speaks of
/// what may come, and may repeat it). Within a quadrant, the candidates that are [`Same`] are one item: the whole
/// speaks for its parts (grades, groups, subjects) where it is proposed, else the best-scored; the others are listed in its
/// evidence, and each further part adds a tenth to its score, up to half. An amount speaks for its share, and scores as the
/// better of the two. A part that scores twice what the
/// whole does is an item of its own.
pub(super) fn merged(all: Vec<Proposed>) -> Vec<Finding> {
    let mut items: BTreeMap<(Quadrant, Same), Vec<Finding>> = BTreeMap::new();
    for Proposed { same, finding } in told_once(all) {
        items.entry((finding.quadrant, same)).or_default().push(finding);
    }
    let mut kept: Vec<Finding> = items
        .into_iter()
        .flat_map(|((_, same), findings)| split(&same, findings).map(|part| (same.clone(), part)))
        .filter_map(|(same, findings)| joined(&same, findings))
        .collect();
    kept.sort_by(|a, b| {
        a.quadrant.cmp(&b.quadrant).then(b.score.total_cmp(&a.score)).then_with(|| a.id.cmp(&b.id))
    });
    kept
}

/// Leaves out a candidate whose number scores higher in another quadrant. At a tie an opportunity, which comes of a
/// narrower rule, goes before a weakness, and that before a strength.
fn told_once(all: Vec<Proposed>) -> Vec<Proposed> {
    let rank = |f: &Finding| (ordered(f.score), f.quadrant);
    let mut best: BTreeMap<MeasureKey, (u64, Quadrant)> = BTreeMap::new();
    for Proposed { finding, .. } in all.iter().filter(|p| p.finding.quadrant != Quadrant::Threat) {
        let known = best.entry(finding.key.clone()).or_insert_with(|| rank(finding));
        *known = (*known).max(rank(finding));
    }
    let is_kept = |f: &Finding| {
        f.quadrant == Quadrant::Threat || best.get(&f.key).is_none_or(|(_, quadrant)| *quadrant == f.quadrant)
    };
    all.into_iter().filter(|p| is_kept(&p.finding)).collect()
}

/// Whether a candidate speaks of everybody in its item.
fn is_whole(same: &Same, finding: &Finding) -> bool {
    finding.key.grade.is_all() && finding.key.group == same.group && finding.key.subject == same.subject
}

/// One item, or two where the best-scored part stands out from the whole.
fn split(item: &Same, same: Vec<Finding>) -> [Vec<Finding>; 2] {
    let best = |whole: bool| {
        let of = same.iter().filter(|f| is_whole(item, f) == whole);
        of.max_by(|a, b| a.score.total_cmp(&b.score).then_with(|| b.id.cmp(&a.id)))
    };
    let outlier = match (best(true), best(false)) {
        (Some(whole), Some(part)) if part.score >= 2.0 * whole.score => Some(part.key.clone()),
        _ => None,
    };
    let (alone, rest): (Vec<_>, Vec<_>) = same.into_iter().partition(|f| Some(&f.key) == outlier.as_ref());
    [alone, rest]
}

fn joined(item: &Same, mut same: Vec<Finding>) -> Option<Finding> {
    // The whole speaks for its parts where it is proposed at all, and an amount for its share.
    let rank = |f: &Finding| {
        let is_share = f.key.measure != item.measure;
        (!is_whole(item, f), is_share, std::cmp::Reverse(ordered(f.score)), f.id.clone())
    };
    same.sort_by_key(rank);
    let mut same = same.into_iter();
    let mut first = same.next()?;
    let mut breadth = 0u8;
    for other in same {
        if other.key == first.key {
            first.evidence.extend(other.evidence.into_iter().filter(|e| !e.text.is_empty()).take(1).map(
                |e| Evidence {
                    text: format!("Also by the rule {}: {}", other.rule, e.text),
                    sources: Vec::new(),
                },
            ));
            first.score = first.score.max(other.score);
            continue;
        }
        if other.key.measure == first.key.measure {
            breadth = breadth.saturating_add(1);
        } else {
            // A share of the same amount is the same number again.
            first.score = first.score.max(other.score);
        }
        let sources = other.evidence.into_iter().flat_map(|e| e.sources).take(2).collect();
        first.evidence.push(Evidence { text: format!("Also: {}", other.statement), sources });
    }
    first.score *= 1.0 + f64::from(breadth.min(5)) * 0.1;
    Some(first)
}

/// A score as a number that can be sorted by.
fn ordered(score: f64) -> u64 {
    (score.max(0.0) * 1e6) as u64
}
