//! What the colors of a chart mean, in one line.

use super::canvas::{Anchor, Canvas};
use super::theme::Color;

/// The side of a swatch.
const SWATCH: f64 = 13.0;
/// The space after a swatch.
const GAP: f64 = 7.0;
/// The space after a label.
const SPACE: f64 = 26.0;

/// A color with its meaning.
pub(super) struct LegendItem {
    pub(super) color: Color,
    pub(super) label: String,
}

/// Draws the items from the left, around the height `y`; a label that would leave the page is cut.
pub(super) fn draw(canvas: &mut Canvas<'_>, items: &[LegendItem], left: f64, y: f64) {
    let face = canvas.ink();
    let most = (canvas.theme.page.width - left) / items.len().max(1) as f64 - SWATCH - GAP - SPACE;
    let mut x = left;
    for item in items {
        let half = SWATCH / 2.0;
        canvas.rect((x, y - half), (x + SWATCH, y + half), item.color);
        let label = canvas.ruler.fit(&item.label, face.size, false, most);
        canvas.text((x + SWATCH + GAP, face.baseline(y)), Anchor::Start, face, &label);
        x += SWATCH + GAP + canvas.width(&label, face) + SPACE;
    }
}
