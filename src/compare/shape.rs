//! The shape of a series: what a reader sees in it (`methods.md`, shapes). Judged over the latest comparable run; for money in
//! dollars of its last year, if prices are known.

use statistics::level_shift::LevelShift;
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
    let meaningful = context.measure.matters_from(middle);
    let found = statistics::shape::shape(&run, meaningful, heading(direction), buffer);
    match found {
        SeriesShape::LevelShift(shift) if trend.real.is_some() => {
            let paid: Vec<f64> =
                points.iter().filter(|(year, _)| *year >= from).map(|point| point.1).collect();
            if moves_with(&paid, &shift, meaningful) { found } else { way_of(direction) }
        }
        found => found,
    }
}

/// Whether the amounts that were paid leave their level as those after inflation do. Otherwise only prices rose.
fn moves_with(paid: &[f64], shift: &LevelShift, meaningful: f64) -> bool {
    let (before, after) = paid.split_at(shift.split.min(paid.len()));
    let [before, after] = [before, after].map(|part| {
        let mut sorted = part.to_vec();
        statistics::quantile::sort_ascending(&mut sorted);
        statistics::quantile::median(&sorted).unwrap_or_default()
    });
    let change = after - before;
    change.abs() >= meaningful && change.signum() == (shift.after - shift.before).signum()
}

/// The shape of a series that goes one way.
const fn way_of(direction: Direction) -> SeriesShape {
    match direction {
        Direction::Rising => SeriesShape::Trend { rising: true },
        Direction::Falling => SeriesShape::Trend { rising: false },
        Direction::Steady => SeriesShape::Steady,
        Direction::NoClearDirection | Direction::TooFewYears => SeriesShape::Unclear,
    }
}

const fn heading(direction: Direction) -> Heading {
    match direction {
        Direction::Rising => Heading::Rising,
        Direction::Falling => Heading::Falling,
        Direction::Steady => Heading::Steady,
        Direction::NoClearDirection | Direction::TooFewYears => Heading::Unclear,
    }
}
