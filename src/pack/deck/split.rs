//! Charts with more rows than fit below each other are drawn in parts.

use crate::exhibit::{BarLayout, Bars, Dots, Figure, SlopeChart};

/// The most bars below each other, at the size of text that a room can read.
const MOST_ROWS: usize = 14;
/// The most columns beside each other.
const MOST_COLUMNS: usize = 16;
/// The most lines of a slope chart.
const MOST_SLOPES: usize = 12;

/// The figure in parts of about equal size; itself if it fits.
pub(super) fn split(figure: &Figure) -> Vec<Figure> {
    match figure {
        Figure::Bars(bars) => {
            let most = if bars.layout == BarLayout::Columns { MOST_COLUMNS } else { MOST_ROWS };
            chunks(&bars.rows, most)
                .map(|rows| Figure::Bars(Bars { rows: rows.to_vec(), ..bars.clone() }))
                .collect()
        }
        Figure::Dots(dots) => {
            // The median is a bar too.
            let parts = chunks(&dots.rows, MOST_ROWS - usize::from(dots.median.is_some()));
            parts.map(|rows| Figure::Dots(Dots { rows: rows.to_vec(), ..dots.clone() })).collect()
        }
        Figure::Slope(slope) => {
            let parts = chunks(&slope.rows, MOST_SLOPES);
            parts.map(|rows| Figure::Slope(SlopeChart { rows: rows.to_vec(), ..slope.clone() })).collect()
        }
        other => vec![other.clone()],
    }
}

/// The rows in parts of at most `most`, about equally long; one empty part if there are none.
fn chunks<T>(rows: &[T], most: usize) -> std::vec::IntoIter<&[T]> {
    let parts = rows.len().div_ceil(most).max(1);
    let all: Vec<&[T]> = rows.chunks(rows.len().div_ceil(parts).max(1)).collect();
    if all.is_empty() { vec![rows].into_iter() } else { all.into_iter() }
}
