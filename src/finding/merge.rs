//! One item for what is said in many ways (`methods.md` 8).

use std::collections::BTreeMap;

use super::candidate::{Evidence, Finding};
use crate::domain::Quadrant;

/// Joins candidates that say the same, and ranks what is left: by quadrant, then score, highest first, then id.
///
/// Within a quadrant, a measure's candidates of the same subject and student group are one item: all grades speak
/// where they are proposed, else the best-scored; the others are listed in its evidence, and each adds a tenth to
/// its score, up to half. A grade that scores twice what all grades do is an item of its own.
pub(super) fn merged(all: Vec<Finding>) -> Vec<Finding> {
    let mut items: BTreeMap<(Quadrant, String, String, String), Vec<Finding>> = BTreeMap::new();
    for finding in all {
        let key = &finding.key;
        let item = (finding.quadrant, key.measure.clone(), key.subject.clone(), key.group.clone());
        items.entry(item).or_default().push(finding);
    }
    let mut kept: Vec<Finding> = items.into_values().flat_map(split).filter_map(joined).collect();
    kept.sort_by(|a, b| {
        a.quadrant.cmp(&b.quadrant).then(b.score.total_cmp(&a.score)).then_with(|| a.id.cmp(&b.id))
    });
    kept
}

/// One item, or two where the best-scored grade stands out from all grades.
fn split(same: Vec<Finding>) -> Vec<Vec<Finding>> {
    let best = |whole: bool| {
        let of = same.iter().filter(|f| f.key.grade.is_all() == whole);
        of.max_by(|a, b| a.score.total_cmp(&b.score).then_with(|| b.id.cmp(&a.id)))
    };
    let outlier = match (best(true), best(false)) {
        (Some(whole), Some(part)) if part.score >= 2.0 * whole.score => Some(part.key.clone()),
        _ => None,
    };
    let (alone, rest): (Vec<_>, Vec<_>) = same.into_iter().partition(|f| Some(&f.key) == outlier.as_ref());
    vec![alone, rest]
}

fn joined(mut same: Vec<Finding>) -> Option<Finding> {
    // The whole speaks for its grades where it is proposed at all.
    let rank = |f: &Finding| (!f.key.grade.is_all(), std::cmp::Reverse(ordered(f.score)), f.id.clone());
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
        breadth = breadth.saturating_add(1);
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
