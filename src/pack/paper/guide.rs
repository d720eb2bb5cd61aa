//! The facilitator guide: the day by the clock, and the findings.

use minijinja::{Value, context};

use super::cards::codes;
use super::exhibit_view::revealed;
use super::heading::{explanations, heading, strength};
use super::input::Paper;
use crate::domain::Quadrant;
use crate::exhibit::{Exhibit, Pack};
use crate::finding::Finding;
use crate::pack::kit::{Material, materials};
use crate::wording::paper::sensitive as wording;

/// The most candidates of a quadrant that are shown to the room.
const CANDIDATES: usize = 3;
/// Values of fewer people need care in a room.
const FEW_PEOPLE: f64 = 20.0;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let pack = paper.pack;
    let groups = paper.groups.iter().map(|group| {
        context! { topic => heading(group), exhibits => group.exhibits.iter().map(revealed).collect::<Value>() }
    });
    let without_finding = paper.core().filter(|shown| shown.exhibit.finding.is_empty());
    context! {
        groups => groups.collect::<Value>(),
        of_peers => paper.of_peers.iter().map(revealed).collect::<Value>(),
        silent => without_finding.map(|shown| shown.exhibit.code.as_str()).collect::<Value>(),
        proposals => Quadrant::ALL.map(|quadrant| proposals(pack, quadrant)).to_vec(),
        sensitive => paper.core().filter_map(|shown| sensitive(shown.exhibit)).collect::<Value>(),
        explanations => explanations(paper.report),
        materials => materials(pack).iter().map(material).collect::<Value>(),
        example => paper.core().find(|shown| shown.is_typical()).map(revealed),
    }
}

fn material(material: &Material) -> Value {
    context! { what => material.what, how_many => material.how_many, purpose => &material.purpose }
}

fn proposals(pack: &Pack, quadrant: Quadrant) -> Value {
    let shown = pack.findings.of(quadrant).filter(|finding| finding.is_shown).take(CANDIDATES);
    context! {
        heading => quadrant.heading(),
        meaning => quadrant.meaning(),
        candidates => shown.map(|finding| proposal(pack, finding)).collect::<Value>(),
    }
}

fn proposal(pack: &Pack, finding: &Finding) -> Value {
    context! {
        number => finding.number.to_string(),
        statement => &finding.statement,
        doubt => &finding.doubt_line,
        strength => strength(finding.confidence.id()),
        codes => codes(pack, finding),
    }
}

/// Why an exhibit needs care in a room; `None` if it needs no more than the others.
fn sensitive(exhibit: &Exhibit) -> Option<Value> {
    let basis = &exhibit.basis;
    let few = basis.people.map(|(least, _)| least).filter(|least| *least < FEW_PEOPLE);
    let reason = match few {
        Some(least) => wording::few_people(least),
        None if basis.withheld > 0 => wording::withheld(basis.withheld),
        None if basis.masked > 0 => wording::masked(basis.masked),
        None if !exhibit.caveat.is_empty() => exhibit.caveat.clone(),
        None => return None,
    };
    Some(context! { code => &exhibit.code, topic => &exhibit.topic, reason })
}
