//! Merges candidates that state the same thing into one item (`methods.md` 8).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::candidate::{Evidence, Finding};
use crate::domain::{MeasureKey, Quadrant};
use crate::wording;

/// What makes two candidates of a quadrant one item: the measure (or the amount that it is a share of), the
/// subject and the student group (`all`, if the rule treats subjects or groups and the whole as one).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ItemKey {
    pub(super) measure: String,
    pub(super) subject: String,
    pub(super) group: String,
}

/// A candidate before merging.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) item: ItemKey,
    pub(super) finding: Finding,
}

/// Merges candidates that state the same thing, and ranks the result: by quadrant, then score, highest first,
/// then id.
///
/// A series is a candidate in only one of strengths, weaknesses and opportunities: the one where it scores
/// highest. (A threat is about what may come, and may repeat it.) Within a quadrant, candidates with the same
/// [`ItemKey`] are one item. The whole represents it if it is proposed, otherwise the part (grade, group,
/// subject) with the highest score. The others are listed in its evidence, and each further part adds a tenth
/// to its score, up to half. An amount represents its share, and takes the better of the two scores. A part
/// that scores at least twice as high as the whole is an item of its own.
pub(super) fn merged(proposals: Vec<Proposal>) -> Vec<Finding> {
    let mut items: BTreeMap<(Quadrant, ItemKey), Vec<Finding>> = BTreeMap::new();
    for Proposal { item, finding } in without_other_quadrants(proposals) {
        items.entry((finding.quadrant, item)).or_default().push(finding);
    }
    let mut merged = Vec::new();
    for ((_, item), findings) in items {
        let ItemSplit { outlier, rest } = split_off_outlier(&item, findings);
        merged.extend(joined(&item, outlier));
        merged.extend(joined(&item, rest));
    }
    merged.sort_by(|a, b| {
        a.quadrant.cmp(&b.quadrant).then(b.score.total_cmp(&a.score)).then_with(|| a.id.cmp(&b.id))
    });
    merged
}

/// Drops a candidate whose series scores higher in another quadrant. At a tie, an opportunity wins over a
/// weakness, because its rule is narrower, and a weakness wins over a strength.
fn without_other_quadrants(mut proposals: Vec<Proposal>) -> Vec<Proposal> {
    let mut best: BTreeMap<MeasureKey, (u64, Quadrant)> = BTreeMap::new();
    for Proposal { finding, .. } in &proposals {
        if finding.quadrant != Quadrant::Threat {
            let rank = (sortable(finding.score), finding.quadrant);
            let best = best.entry(finding.key.clone()).or_insert(rank);
            *best = (*best).max(rank);
        }
    }
    proposals.retain(|Proposal { finding, .. }| {
        let best = best.get(&finding.key);
        finding.quadrant == Quadrant::Threat || best.is_none_or(|(_, quadrant)| *quadrant == finding.quadrant)
    });
    proposals
}

/// An item's candidates, split in two; each part becomes an item.
struct ItemSplit {
    /// The part that scores much higher than the whole; usually empty.
    outlier: Vec<Finding>,
    rest: Vec<Finding>,
}

fn split_off_outlier(item: &ItemKey, findings: Vec<Finding>) -> ItemSplit {
    let outlier = outlier(item, &findings);
    let (outlier, rest) = findings.into_iter().partition(|finding| Some(&finding.key) == outlier.as_ref());
    ItemSplit { outlier, rest }
}

/// The series of the best part, if it scores at least twice as high as the whole.
fn outlier(item: &ItemKey, findings: &[Finding]) -> Option<MeasureKey> {
    let whole = best(findings.iter().filter(|finding| is_whole(item, finding)))?;
    let part = best(findings.iter().filter(|finding| !is_whole(item, finding)))?;
    (part.score >= 2.0 * whole.score).then(|| part.key.clone())
}

/// The candidate with the highest score; at a tie, the one whose id comes first.
fn best<'a>(findings: impl Iterator<Item = &'a Finding>) -> Option<&'a Finding> {
    findings.max_by(|a, b| a.score.total_cmp(&b.score).then_with(|| b.id.cmp(&a.id)))
}

/// Whether a candidate is about the whole of its item.
fn is_whole(item: &ItemKey, finding: &Finding) -> bool {
    finding.key.grade.is_all() && finding.key.group == item.group && finding.key.subject == item.subject
}

/// The candidates merged into one; `None` if there are none.
fn joined(item: &ItemKey, mut findings: Vec<Finding>) -> Option<Finding> {
    findings.sort_by_key(|finding| representation_rank(item, finding));
    let mut findings = findings.into_iter();
    let mut first = findings.next()?;
    let mut further_parts = 0u8;
    for other in findings {
        first.absorbed.push(other.id.clone());
        if other.key == first.key {
            add_other_rule(&mut first, other);
            continue;
        }
        if other.key.measure == first.key.measure {
            further_parts = further_parts.saturating_add(1);
        } else {
            // A share of the same amount repeats the same number.
            first.score = first.score.max(other.score);
        }
        add_other_part(&mut first, other);
    }
    first.score *= 1.0 + f64::from(further_parts.min(5)) * 0.1;
    Some(first)
}

/// Which candidate represents an item, lowest first: the whole before its parts, an amount before its share, then by score.
fn representation_rank(item: &ItemKey, finding: &Finding) -> (bool, bool, Reverse<u64>, String) {
    let is_share = finding.key.measure != item.measure;
    (!is_whole(item, finding), is_share, Reverse(sortable(finding.score)), finding.id.clone())
}

/// Adds the evidence of another rule's candidate on the same series.
fn add_other_rule(first: &mut Finding, other: Finding) {
    if let Some(evidence) = other.evidence.into_iter().find(|evidence| !evidence.text.is_empty()) {
        let text = wording::evidence::also_by_rule(&other.rule, &evidence.text);
        first.evidence.push(Evidence { text, sources: Vec::new() });
    }
    first.score = first.score.max(other.score);
}

/// Adds the statement of another series' candidate as evidence.
fn add_other_part(first: &mut Finding, other: Finding) {
    let sources = other.evidence.into_iter().flat_map(|evidence| evidence.sources).take(2).collect();
    first.evidence.push(Evidence { text: wording::evidence::also(&other.statement), sources });
}

/// A score as an integer, which has a total order.
fn sortable(score: f64) -> u64 {
    (score.max(0.0) * 1e6) as u64
}
