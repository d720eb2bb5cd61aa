//! The placemats: one for each part of the day, with four to six charts.

use minijinja::{Value, context};

use super::Paper;
use super::board::{BoardSpace, arrange};
use super::exhibit_view::{all_noticing, board};
use super::sheet::{Size, lines};
use super::shown::Shown;
use super::view::heading;

/// The width of the notes, with the space before them.
const NOTES: f64 = 3.9;
const HEADING: f64 = 0.95;
const COLUMNS: usize = 3;
const MOST: usize = 6;
/// The size of a topic, in points, and the inches for what is drawn and for a note line.
const TOPIC: f64 = 13.0;
const AROUND: f64 = 0.62;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let space = space(Size::placemat(paper.size).inside());
    let mats = paper.groups.iter().map(|group| {
        let arranged = arrange(&group.exhibits, space, |shown| around(shown, space.column.width));
        context! { topic => heading(group), board => board(&arranged), exhibits => all_noticing(&group.exhibits) }
    });
    context! { mats => mats.collect::<Value>() }
}

fn space(inside: Size) -> BoardSpace {
    let charts = Size { width: inside.width - NOTES, ..inside }.below(HEADING);
    BoardSpace { columns: COLUMNS, column: charts.column(COLUMNS), most: MOST }
}

/// The inches above and below a chart.
pub(super) fn around(shown: &Shown<'_>, width: f64) -> f64 {
    let exhibit = shown.exhibit;
    let caption = exhibit.title.chars().count() + exhibit.direction.len() + exhibit.caveat.chars().count();
    let caption = lines(&"n".repeat(caption), 9.5, width);
    AROUND + lines(&exhibit.topic, TOPIC, width - 0.5) * TOPIC * 1.2 / 72.0 + caption * 0.17
}
