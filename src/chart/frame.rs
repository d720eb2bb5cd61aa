//! What is around every chart: headline, title, note and source.

use super::canvas::{Anchor, Area, Canvas, Face};
use crate::exhibit::Exhibit;

/// Draws the frame around a chart `plot` high, and gives the chart its place.
pub(super) fn draw(canvas: &mut Canvas<'_>, exhibit: &Exhibit, plot: f64) -> Area {
    let theme = canvas.theme;
    let (left, right) = (theme.page.margin, theme.page.width - theme.page.margin);
    let mut y = theme.page.margin;
    let (face, lines) = headline(canvas, &exhibit.headline, right - left);
    for line in lines {
        y += face.size * 1.22;
        canvas.text((left, y - face.size * 0.3), Anchor::Start, face, &line);
    }
    y += theme.text.title * 1.25;
    let quiet = canvas.face(theme.text.title, theme.colors.quiet);
    for line in canvas.ruler.wrap(&exhibit.title, quiet.size, false, right - left) {
        canvas.text((left, y), Anchor::Start, quiet, &line);
        y += quiet.size * 1.3;
    }
    let top = y + 4.0;
    let area = Area { left, top, right, bottom: top + plot };
    canvas.height = footer(canvas, exhibit, area) + theme.page.margin * 0.6;
    area
}

/// The headline in the largest size that takes at most three lines.
fn headline(canvas: &Canvas<'_>, text: &str, width: f64) -> (Face, Vec<String>) {
    let theme = canvas.theme;
    let mut size = theme.text.headline;
    loop {
        let lines = canvas.ruler.wrap(text, size, true, width);
        if lines.len() <= 3 || size <= theme.text.label {
            return (Face { size, bold: true, color: theme.colors.ink }, lines);
        }
        size -= 1.0;
    }
}

/// Note and source below the chart; gives where they end.
fn footer(canvas: &mut Canvas<'_>, exhibit: &Exhibit, area: Area) -> f64 {
    let theme = canvas.theme;
    let face = canvas.face(theme.text.footer, theme.colors.quiet);
    let mut y = area.bottom + 18.0;
    canvas.line(vec![(area.left, y), (area.right, y)], theme.colors.grid, 1.0);
    y += 5.0;
    for text in [&exhibit.note, &exhibit.source] {
        for line in canvas.ruler.wrap(text, face.size, false, area.right - area.left) {
            y += face.size * 1.35;
            canvas.text((area.left, y), Anchor::Start, face, &line);
        }
    }
    y
}
