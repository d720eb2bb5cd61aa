//! The candidates on cards: eight on a page. Their numbers say the quadrant in which they are proposed, and nothing else does.

use minijinja::{Value, context};

use crate::exhibit::Pack;
use crate::finding::Finding;

/// Cards on a page.
const ON_PAGE: usize = 8;

/// Pages of cards. The last page is filled with empty ones; without candidates, all of the only page are empty.
pub(super) fn view(pack: &Pack) -> Value {
    let mut shown: Vec<&Finding> = pack.findings.all.iter().filter(|finding| finding.is_shown).collect();
    // By domain and id, because the order of the pack is that of the quadrants.
    shown.sort_by_key(|finding| (place_of(pack, &finding.domain), &finding.story, &finding.id));
    let mut cards: Vec<Value> = shown.iter().map(|finding| card(pack, finding)).collect();
    let all = cards.len().max(1).next_multiple_of(ON_PAGE);
    cards.resize(all, context! {});
    cards.chunks(ON_PAGE).map(|page| page.iter().cloned().collect::<Value>()).collect()
}

/// The place of a domain in the pack.
fn place_of(pack: &Pack, domain: &str) -> usize {
    pack.sections.iter().position(|section| section.id == domain).unwrap_or(pack.sections.len())
}

fn card(pack: &Pack, finding: &Finding) -> Value {
    context! {
        number => finding.number.to_string(),
        statement => &finding.statement,
        evidence => &finding.evidence_line,
        doubt => &finding.doubt_line,
        question => &finding.question,
        codes => codes(pack, finding),
    }
}

/// The codes of the exhibits that show the series of a candidate.
pub(super) fn codes(pack: &Pack, finding: &Finding) -> String {
    let exhibits = pack.exhibits().filter(|exhibit| exhibit.findings.contains(&finding.id));
    exhibits.map(|exhibit| exhibit.code.as_str()).take(3).collect::<Vec<_>>().join(", ")
}
