//! The words that say what a chart's band is: inside it where there is room, or above the plot.

use super::canvas::{Anchor, Area, Canvas, Face};
use super::legend::{self, LegendItem, Sample};
use super::line_plot::LinePlot;

/// The space that the words take above the plot.
pub(super) const HEIGHT: f64 = 20.0;
/// The free height around the words, in ems.
const ROOM: f64 = 1.4;
/// The room for the first value, which is written beside the first dot.
const FIRST_VALUE: f64 = 70.0;
/// At how many places along the words it is checked that they are free.
const CHECKS: usize = 8;

pub(super) fn draw(canvas: &mut Canvas<'_>, lines: &LinePlot<'_>, top: f64) {
    let Some(band) = lines.figure.band.as_ref().filter(|band| !band.label.is_empty()) else { return };
    let face = canvas.face(canvas.theme.text.axis, canvas.theme.colors.ink);
    let width = canvas.width(&band.label, face);
    if let Some((x, y)) = place_inside(lines, width, face) {
        canvas.text((x, face.baseline(y)), Anchor::Middle, face, &band.label);
    } else {
        let color = canvas.theme.colors.band;
        let item = LegendItem { color, sample: Sample::Area, label: band.label.clone() };
        legend::draw(canvas, &[item], Area { top, ..lines.plot });
    }
}

/// Where the words fit inside the band, free of all lines; `None` if nowhere.
fn place_inside(lines: &LinePlot<'_>, width: f64, face: Face) -> Option<(f64, f64)> {
    let half_height = face.size * ROOM / 2.0;
    let last = lines.figure.years.len().saturating_sub(1);
    let middles = (0..last).map(|index| f64::midpoint(lines.x(index), lines.x(index + 1)));
    let centers = middles.chain((0..=last).map(|index| lines.x(index)));
    for x in centers.filter(|x| x - width / 2.0 > lines.plot.left + FIRST_VALUE) {
        let xs: Vec<f64> =
            (0..=CHECKS).map(|check| x - width / 2.0 + width * check as f64 / CHECKS as f64).collect();
        if let Some(y) = free_height(lines, &xs, half_height) {
            return Some((x, y));
        }
    }
    None
}

/// The middle of a stretch of the band that is high enough at all of these places and that no line crosses; `None` if there is none.
fn free_height(lines: &LinePlot<'_>, xs: &[f64], half_height: f64) -> Option<f64> {
    let band = lines.figure.band.as_ref()?;
    let low: Vec<Option<f64>> = band.values.iter().map(|value| Some((*value)?.0)).collect();
    let high: Vec<Option<f64>> = band.values.iter().map(|value| Some((*value)?.1)).collect();
    let (mut top, mut bottom) = (f64::NEG_INFINITY, f64::INFINITY);
    for x in xs {
        top = top.max(lines.y(lines.value_at(&high, *x)?));
        bottom = bottom.min(lines.y(lines.value_at(&low, *x)?));
    }
    let mut y = top + half_height;
    while y + half_height <= bottom {
        if is_free(lines, xs, y, half_height) {
            return Some(y);
        }
        y += half_height / 2.0;
    }
    None
}

fn is_free(lines: &LinePlot<'_>, xs: &[f64], y: f64, half_height: f64) -> bool {
    let mut series = lines.figure.series.iter();
    series.all(|series| {
        let mut heights = xs.iter().filter_map(|x| lines.value_at(&series.values, *x));
        heights.all(|value| (lines.y(value) - y).abs() > half_height)
    })
}
