//! The placemats: one for each part of the day, with four to six charts.

use minijinja::{Value, context};

use super::board::{BoardSpace, arrange};
use super::exhibit_view::{all_noticing, board, breaks};
use super::heading::heading;
use super::input::Paper;
use super::marks::marks;
use super::sheet::{Size, lines};
use super::shown::Shown;
use crate::wording::paper as wording;

/// The width of the notes, with the space before them.
const NOTES: f64 = 3.9;
const HEADING: f64 = 0.95;
const COLUMNS: usize = 3;
const MOST: usize = 6;
/// The sizes of a topic and of the small text, in points, and the inches that a code takes and that are between charts.
const TOPIC: f64 = 13.0;
const SMALL: f64 = 9.5;
const CODE: f64 = 0.5;
const SPACE: f64 = 0.15;
/// The inches for a line to write on below a chart.
const WRITING: f64 = 0.3;

/// What the template receives.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let space = space(Size::placemat(paper.size).inside());
    let mats = paper.groups.iter().map(|group| {
        let arranged =
            arrange(&group.exhibits, space, |shown| WRITING + text_height(shown, space.column.width));
        context! {
            topic => heading(group),
            board => board(&arranged),
            exhibits => all_noticing(&group.exhibits),
            marks => marks(group.exhibits.iter()),
        }
    });
    context! { mats => mats.collect::<Value>() }
}

fn space(inside: Size) -> BoardSpace {
    let charts = Size { width: inside.width - NOTES, ..inside }.below(HEADING);
    BoardSpace { columns: COLUMNS, column: charts.column(COLUMNS), most: MOST }
}

/// The inches of text above and below a chart in a column of this width.
pub(super) fn text_height(shown: &Shown<'_>, width: f64) -> f64 {
    let exhibit = shown.exhibit;
    let drawn = wording::drawn(&exhibit.title, &exhibit.topic, exhibit.direction);
    let small = [drawn, exhibit.caveat.clone(), breaks(exhibit)];
    let small: f64 = small.iter().map(|text| lines(text, SMALL, width)).sum();
    lines(&exhibit.topic, TOPIC, width - CODE) * TOPIC * 1.2 / 72.0 + small * SMALL * 1.28 / 72.0 + SPACE
}
