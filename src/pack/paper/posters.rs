//! The posters: one for each part of the day, with three or four charts; and those for the SWOT.

use minijinja::{Value, context};

use super::board::{BoardSpace, arrange};
use super::exhibit_view::{board, breaks};
use super::heading::heading;
use super::input::Paper;
use super::sheet::{Size, lines};
use super::shown::Shown;
use crate::wording::paper as wording;

const COLUMNS: usize = 2;
const MOST: usize = 4;
/// The margins, and what the title and the lines for sticky notes take.
const MARGINS: f64 = 1.6;
const TITLE: f64 = 3.7;
/// The share of the poster that is ruled for sticky notes.
const RULED: f64 = 0.31;
/// The sizes of a topic and of the small text, in points, and the inches that a code takes and that are between charts.
const TOPIC: f64 = 40.0;
const SMALL: f64 = 29.0;
const CODE: f64 = 1.8;
const SPACE: f64 = 0.4;
/// How many sheets of office paper make a poster: across and down.
const ACROSS: u32 = 2;
const DOWN: u32 = 4;
/// The margin of such a sheet, with its crop marks.
const TILE_MARGIN: f64 = 0.4;

/// What the templates receive.
pub(super) fn view(paper: &Paper<'_>) -> Value {
    let size = Size::poster(paper.size);
    let space = space(size);
    let posters = paper.groups.iter().map(|group| {
        let arranged = arrange(&group.exhibits, space, |shown| text_height(shown, space.column.width));
        context! { topic => heading(group), board => board(&arranged) }
    });
    context! { posters => posters.collect::<Value>(), tile => tile(size, Size::page(paper.size)) }
}

fn space(poster: Size) -> BoardSpace {
    let inside = Size { width: poster.width - MARGINS, height: poster.height * (1.0 - RULED) - MARGINS };
    BoardSpace { columns: COLUMNS, column: inside.below(TITLE).column(COLUMNS), most: MOST }
}

/// The inches of text above and below a chart in a column of this width.
fn text_height(shown: &Shown<'_>, width: f64) -> f64 {
    let exhibit = shown.exhibit;
    let drawn = wording::drawn(&exhibit.title, &exhibit.topic, exhibit.direction);
    let small = [drawn, exhibit.caveat.clone(), breaks(exhibit)];
    let small: f64 = small.iter().map(|text| lines(text, SMALL, width)).sum();
    lines(&exhibit.topic, TOPIC, width - CODE) * TOPIC * 1.15 / 72.0 + small * SMALL * 1.3 / 72.0 + SPACE
}

/// How a poster is cut into sheets of office paper, which lie on their long side.
fn tile(poster: Size, page: Size) -> Value {
    let part = Size { width: page.height - 2.0 * TILE_MARGIN, height: page.width - 2.0 * TILE_MARGIN };
    let scale =
        (part.width * f64::from(ACROSS) / poster.width).min(part.height * f64::from(DOWN) / poster.height);
    let tiles = (0..ACROSS * DOWN).map(|index| {
        let (column, row) = (index % ACROSS, index / ACROSS);
        context! {
            number => index + 1,
            left => -part.width * f64::from(column),
            top => -part.height * f64::from(row),
        }
    });
    context! {
        width => part.width,
        height => part.height,
        margin => TILE_MARGIN,
        scale,
        across => ACROSS,
        all => tiles.collect::<Value>(),
    }
}
