//! Hatched bars: values about few people.

use super::canvas::Canvas;
use super::theme::Color;

/// The distance between the lines of the hatching.
const STEP: f64 = 6.0;
const LINE: f64 = 1.3;

/// A rectangle between two corners with an edge and lines in a color.
pub(super) fn draw_hatched(canvas: &mut Canvas<'_>, from: (f64, f64), to: (f64, f64), color: Color) {
    let [(left, top), (right, bottom)] = [from, to];
    canvas.rect(from, to, canvas.theme.colors.background);
    let height = bottom - top;
    let mut start = left - height + STEP;
    while start < right {
        let (low, high) = (start.max(left), (start + height).min(right));
        canvas.line(vec![(low, bottom - (low - start)), (high, bottom - (high - start))], color, LINE);
        start += STEP;
    }
    canvas.line(vec![from, (right, top), to, (left, bottom), from], color, LINE);
}
