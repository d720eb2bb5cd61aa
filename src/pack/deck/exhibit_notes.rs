//! The speaker notes of an exhibit.

use super::exhibit_slides::people;
use super::notes::SpeakerNotes;
use crate::exhibit::{Exhibit, Figure, LineRole, Panel};
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
        Figure::Panels(panels) => match panels.as_slice() {
            panels if panels.iter().all(has_shared_axis) => wording::POINT_AT_SCHOOLS,
            [only] => point(&only.figure),
            _ => wording::POINT_AT_PANELS,
        },
    }
}

/// Whether a small chart has the axis of those beside it, as those of our schools by type do.
const fn has_shared_axis(panel: &Panel) -> bool {
    matches!(&panel.figure, Figure::Dots(dots) if dots.range.is_some())
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

#[cfg(test)]
mod tests {
    use super::{Figure, Panel, point, wording};
    use crate::domain::Unit;
    use crate::exhibit::{DotRow, Dots};

    fn small(range: Option<[f64; 2]>) -> Panel {
        let rows = vec![DotRow { label: "Elm".to_owned(), value: 23.0, chosen: true }];
        let figure = Figure::Dots(Dots { unit: Unit::Percent, rows, median: None, range });
        Panel { title: "Type".to_owned(), figure, alt: String::new() }
    }

    #[test]
    fn small_charts_have_scales_of_their_own_or_one() {
        let shared = small(Some([23.0, 44.0]));
        assert_eq!(point(&Figure::Panels(vec![small(None), small(None)])), wording::POINT_AT_PANELS);
        assert_eq!(point(&Figure::Panels(vec![shared.clone(), shared])), wording::POINT_AT_SCHOOLS);
        assert_eq!(point(&Figure::Panels(vec![small(None)])), wording::POINT_AT_DOTS);
    }
}
