//! The speaker notes of an exhibit.

use super::exhibit_slides::people;
use super::notes::SpeakerNotes;
use crate::exhibit::{Exhibit, Figure, LineRole};
use crate::wording::deck::without_label;
use crate::wording::exhibit::PEER_MEDIAN;
use crate::wording::exhibit_notes as wording;

/// Minutes that an exhibit takes.
const MINUTES: u32 = 3;

pub(super) fn exhibit_notes(exhibit: &Exhibit) -> SpeakerNotes {
    SpeakerNotes {
        say: wording::say_of_exhibit(&exhibit.topic, &exhibit.finding),
        point: point(&exhibit.figure).to_owned(),
        ask: wording::ask(&exhibit.notice, &exhibit.wonder),
        if_asked: answers(exhibit),
        source: without_label(&exhibit.source).to_owned(),
        minutes: if exhibit.core { MINUTES } else { 0 },
    }
}

/// Where to look first.
fn point(figure: &Figure) -> &'static str {
    match figure {
        Figure::Line(line) if line.series.iter().all(|series| series.role == LineRole::Part) => {
            wording::POINT_AT_SLOPE
        }
        Figure::Line(line) if line.has(LineRole::PeerMedian) => wording::POINT_AT_LINES,
        Figure::Line(_) => wording::POINT_AT_OWN_LINE,
        Figure::Bars(bars) if bars.mark.as_deref() == Some(PEER_MEDIAN) => wording::POINT_AT_BARS,
        Figure::Bars(bars) if bars.mark.is_some() => wording::POINT_AT_TWO_BARS,
        Figure::Bars(_) => wording::POINT_AT_OWN_BARS,
        Figure::Dots(_) => wording::POINT_AT_DOTS,
        Figure::Stacked(_) => wording::POINT_AT_STACK,
        Figure::Slope(_) => wording::POINT_AT_SLOPE,
        Figure::Heat(_) => wording::POINT_AT_TABLE,
        Figure::Panels(_) => wording::POINT_AT_PANELS,
    }
}

/// The definition, who is counted, what is hidden, and why it may mislead.
fn answers(exhibit: &Exhibit) -> String {
    let counted =
        exhibit.basis.people.map(|(fewest, most)| wording::based_on(&people(fewest), &people(most)));
    let hidden = exhibit.basis.masked + exhibit.basis.withheld;
    let mut answers = vec![wording::but(&exhibit.caveat), exhibit.definition.clone()];
    answers.extend(counted);
    answers.extend((hidden > 0).then(|| wording::hidden_values(hidden)));
    answers.push(wording::without_methods(&exhibit.note));
    answers.retain(|answer| !answer.is_empty());
    answers.join(" ")
}
