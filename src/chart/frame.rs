//! The frame of every chart: title, finding, the line below it, note and source.

use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use crate::exhibit::Exhibit;

/// Draws the frame around a chart of this height, and returns the area for the chart.
pub(super) fn draw(canvas: &mut Canvas<'_>, exhibit: &Exhibit, chart_height: f64) -> Area {
    let page = &canvas.theme.page;
    let (left, right, margin) = (page.margin, page.width - page.margin, page.margin);
    let span = LineSpan { from: left, to: right };
    let topic_bottom = draw_line_below(canvas, &exhibit.title, span, margin);
    let finding_bottom = draw_finding(canvas, &exhibit.finding, span, topic_bottom);
    let title_bottom = draw_line_below(canvas, &exhibit.sub_line, span, finding_bottom);
    let top = title_bottom + 4.0;
    let area = Area { left, top, right, bottom: top + chart_height };
    canvas.height = footer(canvas, exhibit, area) + margin * 0.6;
    area
}

/// Draws the finding below `top`, and returns where it ends.
fn draw_finding(canvas: &mut Canvas<'_>, text: &str, span: LineSpan, top: f64) -> f64 {
    let mut y = top;
    let (face, lines) = finding_lines(canvas, text, span.to - span.from);
    for line in lines {
        y += face.size * 1.22;
        canvas.text((span.from, y - face.size * 0.2), Anchor::Start, face, &line);
    }
    y
}

/// Draws the title, or the line below the finding, below `top`, and returns where it ends.
fn draw_line_below(canvas: &mut Canvas<'_>, text: &str, span: LineSpan, top: f64) -> f64 {
    let face = canvas.face(canvas.theme.text.title, canvas.theme.colors.quiet);
    let mut y = top;
    for line in canvas.ruler.wrap(text, face.size, false, span.to - span.from) {
        y += face.size * 1.3;
        canvas.text((span.from, y - face.size * 0.2), Anchor::Start, face, &line);
    }
    y
}

/// The finding in the largest size at which it takes at most three lines.
fn finding_lines(canvas: &Canvas<'_>, text: &str, width: f64) -> (Face, Vec<String>) {
    let theme = canvas.theme;
    let mut size = theme.text.finding;
    loop {
        let lines = canvas.ruler.wrap(text, size, true, width);
        if lines.len() <= 3 || size <= theme.text.label {
            return (Face { size, bold: true, color: theme.colors.ink }, lines);
        }
        size -= 1.0;
    }
}

/// Draws note and source below the chart, and returns the position of their end.
fn footer(canvas: &mut Canvas<'_>, exhibit: &Exhibit, area: Area) -> f64 {
    let mut y = area.bottom + 18.0;
    let span = LineSpan { from: area.left, to: area.right };
    canvas.horizontal_line(y, span, canvas.theme.colors.grid, 1.0);
    y += 5.0;
    for text in [&exhibit.note, &exhibit.source] {
        y = draw_footer_text(canvas, text, area, y);
    }
    y
}

/// Draws a text below `top`, and returns the position of its end.
fn draw_footer_text(canvas: &mut Canvas<'_>, text: &str, area: Area, top: f64) -> f64 {
    let face = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
    let mut y = top;
    for line in canvas.ruler.wrap(text, face.size, false, area.width()) {
        y += face.size * 1.35;
        canvas.text((area.left, y), Anchor::Start, face, &line);
    }
    y
}
