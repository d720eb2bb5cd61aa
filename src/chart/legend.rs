//! What the colors and lines of a chart mean.

use super::canvas::{Anchor, Area, Canvas, Dashes, LineSpan};
use super::line_plot::BREAK;
use super::theme::Color;

/// The width of a sample.
const SAMPLE: f64 = 22.0;
/// The height of the sample of an area.
const AREA_HEIGHT: f64 = 12.0;
/// The space after a sample.
const GAP: f64 = 7.0;
/// The space after a label.
const SPACE: f64 = 24.0;
/// The distance between two rows.
const ROW: f64 = 21.0;

/// A color with its meaning.
pub(super) struct LegendItem {
    pub(super) color: Color,
    pub(super) sample: Sample,
    pub(super) label: String,
}

/// How a color is shown in the legend.
#[derive(Clone, Copy)]
pub(super) enum Sample {
    /// Bars and bands.
    Area,
    /// A line.
    Line { width: f64, dashes: Option<Dashes> },
    /// The dotted upright line before a break.
    Break,
}

/// An item with its place.
struct PlacedItem<'a> {
    item: &'a LegendItem,
    label: String,
    x: f64,
    row: usize,
}

/// The height that the items take in rows of a width.
pub(super) fn height(canvas: &Canvas<'_>, items: &[LegendItem], width: f64) -> f64 {
    let placed = place(canvas, items, width);
    placed.last().map_or(0.0, |last| (last.row + 1) as f64 * ROW + 4.0)
}

/// Draws the items at the top of `area`, in as many rows as they need.
pub(super) fn draw(canvas: &mut Canvas<'_>, items: &[LegendItem], area: Area) {
    let face = canvas.ink();
    for placed in place(canvas, items, area.width()) {
        let (x, y) = (area.left + placed.x, area.top + (placed.row as f64 + 0.5) * ROW);
        draw_sample(canvas, placed.item, x, y);
        canvas.text((x + SAMPLE + GAP, face.baseline(y)), Anchor::Start, face, &placed.label);
    }
}

fn draw_sample(canvas: &mut Canvas<'_>, item: &LegendItem, x: f64, y: f64) {
    match item.sample {
        Sample::Area => {
            let half = AREA_HEIGHT / 2.0;
            canvas.rect((x, y - half), (x + SAMPLE, y + half), item.color);
        }
        Sample::Line { width, dashes: Some(dashes) } => {
            canvas.dashed(&[(x, y), (x + SAMPLE, y)], item.color, width, dashes);
        }
        Sample::Line { width, dashes: None } => {
            canvas.horizontal_line(y, LineSpan { from: x, to: x + SAMPLE }, item.color, width);
        }
        Sample::Break => {
            let middle = x + SAMPLE / 2.0;
            canvas.dashed(&[(middle, y - ROW * 0.4), (middle, y + ROW * 0.4)], item.color, 1.2, BREAK);
        }
    }
}

/// Places the items in rows; a label that is wider than a row is cut.
fn place<'a>(canvas: &Canvas<'_>, items: &'a [LegendItem], width: f64) -> Vec<PlacedItem<'a>> {
    let face = canvas.ink();
    let (mut x, mut row) = (0.0, 0);
    let mut placed = Vec::new();
    for item in items {
        let label = canvas.ruler.fit(&item.label, face.size, false, width - SAMPLE - GAP);
        let own = SAMPLE + GAP + canvas.width(&label, face);
        if x > 0.0 && x + own > width {
            x = 0.0;
            row += 1;
        }
        placed.push(PlacedItem { item, label, x, row });
        x += own + SPACE;
    }
    placed
}
