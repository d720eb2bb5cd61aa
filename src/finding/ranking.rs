//! The order of the items, and which of them are shown.

use std::collections::BTreeMap;

use super::candidate::{Confidence, Finding};
use crate::catalog::FindingsSpec;
use crate::domain::{ItemNumber, Quadrant};

/// Ranks items by quadrant, tentative ones last, then by score, highest first, then by id; and marks those that are shown:
/// the first of each quadrant, as many as the catalog says in all and of one domain. Tentative items only fill up a quadrant
/// that would otherwise show few. Then it numbers them, those that are shown first.
pub(super) fn ranked(mut findings: Vec<Finding>, spec: &FindingsSpec) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        let tentative = |finding: &Finding| finding.confidence == Confidence::Tentative;
        a.quadrant
            .cmp(&b.quadrant)
            .then_with(|| tentative(a).cmp(&tentative(b)))
            .then_with(|| b.score.total_cmp(&a.score))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut counts: BTreeMap<Quadrant, ShownCounts> = BTreeMap::new();
    for finding in &mut findings {
        let counts = counts.entry(finding.quadrant).or_default();
        let limit =
            if finding.confidence == Confidence::Tentative { spec.tentative_up_to } else { spec.shown };
        let of_domain = counts.by_domain.entry(finding.domain.clone()).or_default();
        finding.is_shown = counts.all < limit && *of_domain < spec.shown_of_domain;
        if finding.is_shown {
            counts.all += 1;
            *of_domain += 1;
        }
    }
    number(&mut findings);
    findings
}

/// Numbers the items of each quadrant in their order: first those that are shown, then the others.
fn number(findings: &mut [Finding]) {
    let mut ranks: BTreeMap<Quadrant, u32> = BTreeMap::new();
    for is_shown in [true, false] {
        for finding in findings.iter_mut().filter(|finding| finding.is_shown == is_shown) {
            let rank = ranks.entry(finding.quadrant).or_default();
            *rank += 1;
            finding.number = ItemNumber { quadrant: finding.quadrant, rank: *rank };
        }
    }
}

/// How many items of a quadrant are shown.
#[derive(Default)]
struct ShownCounts {
    all: usize,
    by_domain: BTreeMap<String, usize>,
}
