//! The shape of a series: what a reader sees in it (`methods.md`, shapes). Judged over the latest comparable run; for money in
//! dollars of its last year, if prices are known.

use statistics::shape::{Heading, SeriesShape};

use super::trend::MeasureContext;
use super::trend::result::{Direction, Trend};

/// The shape of the reported values `points` (year, value), ascending, whose trend is `trend`.
pub(super) fn shape(
    points: &[(i32, f64)],
    trend: &Trend,
    context: MeasureContext<'_>,
    buffer: &mut Vec<f64>,
) -> SeriesShape {
    let from = trend.first_year.end();
    let run = points.iter().filter(|(year, _)| *year >= from);
    let run: Vec<(i32, f64)> = match trend.real {
        Some(_) => run
            .map(|(year, value)| (*year, context.in_dollars_of(trend.last_year.end(), *year, *value)))
            .collect(),
        None => run.copied().collect(),
    };
    let direction = trend.real.map_or(trend.direction, |real| real.direction);
    let mut sorted: Vec<f64> = run.iter().map(|point| point.1).collect();
    statistics::quantile::sort_ascending(&mut sorted);
    let middle = statistics::quantile::median(&sorted).unwrap_or_default();
    statistics::shape::shape(&run, context.measure.matters_from(middle), heading(direction), buffer)
}

const fn heading(direction: Direction) -> Heading {
    match direction {
        Direction::Rising => Heading::Rising,
        Direction::Falling => Heading::Falling,
        Direction::Steady => Heading::Steady,
        Direction::NoClearDirection | Direction::TooFewYears => Heading::Unclear,
    }
}
