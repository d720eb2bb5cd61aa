//! Small charts side by side.

use super::canvas::{Anchor, Area, Canvas, Face};
use super::{draw_figure, figure_height};
use crate::exhibit::Panel;

/// The space between two small charts.
const GAP: f64 = 22.0;
/// The space that a title takes.
const TITLE: f64 = 24.0;

pub(super) fn height(panels: &[Panel]) -> f64 {
    panels.iter().map(|panel| figure_height(&panel.figure)).fold(0.0, f64::max) * 0.85 + TITLE
}

pub(super) fn draw(canvas: &mut Canvas<'_>, panels: &[Panel], area: Area) {
    let count = panels.len().max(1) as f64;
    let width = (area.width() - GAP * (count - 1.0)) / count;
    for (index, panel) in panels.iter().enumerate() {
        let left = area.left + index as f64 * (width + GAP);
        let face = Face { bold: true, ..canvas.ink() };
        let title = canvas.ruler.fit(&panel.title, face.size, true, width);
        canvas.text((left, area.top + face.size), Anchor::Start, face, &title);
        let below = Area { left, right: left + width, top: area.top + TITLE, ..area };
        draw_figure(canvas, &panel.figure, below);
    }
}
