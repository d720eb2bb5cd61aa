//! Charts with more rows than fit below each other are drawn in parts.

use super::charts::widest_name;
use crate::exhibit::{BarLayout, Bars, Dots, Figure, Panel, SlopeChart};

/// The most bars below each other, at the size of text that a room can read.
const MOST_ROWS: usize = 14;
/// The most pairs of bars below each other, both with their values.
const MOST_PAIRS: usize = 8;
/// The most columns beside each other.
const MOST_COLUMNS: usize = 16;
/// The most lines of a slope chart.
const MOST_SLOPES: usize = 12;

/// The figure in parts of about equal size; itself if it fits.
pub(super) fn split(figure: &Figure) -> Vec<Figure> {
    match figure {
        Figure::Bars(bars) => {
            let most = match (bars.layout, &bars.mark) {
                (BarLayout::Columns, _) => MOST_COLUMNS,
                (_, Some(_)) => MOST_PAIRS,
                (_, None) => MOST_ROWS,
            };
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

/// The values that charts in parts share: the lowest and the highest. `None` for charts that are not bars.
pub(super) fn shared_range(figure: &Figure) -> Option<[f64; 2]> {
    let values: Vec<f64> = match figure {
        Figure::Bars(bars) => bars.rows.iter().flat_map(|row| [row.value, row.mark]).flatten().collect(),
        Figure::Dots(dots) => dots.rows.iter().map(|row| row.value).collect(),
        _ => return None,
    };
    let values = values.into_iter().filter(|value| value.is_finite());
    Some(values.fold([0.0, 0.0], |[low, high], value| [low.min(value), high.max(value)]))
}

/// How far apart the values of bars are, by which their labels are rounded; `None` for charts that are not bars.
pub(super) fn label_span(figure: &Figure) -> Option<f64> {
    let values: Vec<f64> = match figure {
        Figure::Bars(bars) => bars.rows.iter().flat_map(|row| [row.value, row.mark]).flatten().collect(),
        Figure::Dots(dots) => {
            let median = dots.median.iter().map(|(_, value)| *value);
            dots.rows.iter().map(|row| row.value).chain(median).collect()
        }
        _ => return None,
    };
    let values = values.iter().copied().filter(|value| value.is_finite());
    Some(values.clone().reduce(f64::max)? - values.reduce(f64::min)?)
}

/// That of the small chart whose values are closest together, so that one number has one form on a slide.
pub(super) fn label_span_of(panels: &[Panel]) -> Option<f64> {
    panels.iter().filter_map(|panel| label_span(&panel.figure)).reduce(f64::min)
}

/// The width of the longest name, in inches, of small charts that share an axis, so that bars of one length mean one value; `None`
/// if none do.
pub(super) fn names_of(panels: &[Panel]) -> Option<f64> {
    let mut widest: Option<f64> = None;
    for panel in panels {
        if let Figure::Dots(dots) = &panel.figure
            && dots.range.is_some()
        {
            widest = Some(widest.unwrap_or(0.0).max(widest_name(dots)));
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::label_span_of;
    use crate::domain::Unit;
    use crate::exhibit::{DotRow, Dots, Figure, Panel};

    fn schools(values: [f64; 2]) -> Panel {
        let rows = values.map(|value| DotRow { label: "Elm".to_owned(), value, chosen: true }).to_vec();
        let dots =
            Dots { unit: Unit::Percent, rows, median: Some(("District".to_owned(), 25.8)), range: None };
        Panel { title: "Type".to_owned(), figure: Figure::Dots(dots), alt: String::new() }
    }

    #[test]
    fn charts_side_by_side_round_their_labels_alike() {
        let panels = [schools([10.0, 40.0]), schools([24.0, 27.5])];
        assert_eq!(label_span_of(&panels), Some(3.5));
        assert_eq!(label_span_of(&[]), None);
    }
}
