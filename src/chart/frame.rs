//! The frame of every chart: code, title, finding, the line below it, caveat and source.

use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use crate::exhibit::Exhibit;
use crate::wording::chart::beside;

/// Draws the frame around a chart of this height, and returns the area for the chart.
pub(super) fn draw(canvas: &mut Canvas<'_>, exhibit: &Exhibit, chart_height: f64) -> Area {
    let page = &canvas.theme.page;
    let (left, right, margin) = (page.margin, page.width - page.margin, page.margin);
    let code_width = draw_code(canvas, &exhibit.code, right, margin);
    let above = LineSpan { from: left, to: right - code_width };
    let span = LineSpan { from: left, to: right };
    let title = beside(&[&exhibit.title, exhibit.direction]);
    let title_bottom = draw_line_below(canvas, &title, above, margin);
    let finding_bottom = draw_finding(canvas, &exhibit.finding, span, title_bottom);
    let sub_line_bottom = draw_line_below(canvas, &exhibit.sub_line, span, finding_bottom);
    let caveat = beside(&[&exhibit.age, &exhibit.caveat]);
    let top = draw_line_below(canvas, &caveat, span, sub_line_bottom) + 4.0;
    let area = Area { left, top, right, bottom: top + chart_height };
    canvas.height = footer(canvas, &exhibit.source, area) + margin * 0.6;
    area
}

/// The area of a chart of this height without a frame.
pub(super) fn bare(canvas: &mut Canvas<'_>, chart_height: f64) -> Area {
    let (width, margin) = (canvas.theme.page.width, BARE_MARGIN);
    canvas.height = chart_height + 2.0 * margin;
    Area { left: margin, top: margin, right: width - margin, bottom: margin + chart_height }
}

/// The margin around a chart without a frame.
const BARE_MARGIN: f64 = 4.0;

/// Draws the exhibit's code in the corner, and returns the width that it takes.
fn draw_code(canvas: &mut Canvas<'_>, code: &str, right: f64, top: f64) -> f64 {
    let size = canvas.theme.text.title;
    let face = Face { size, bold: true, color: canvas.theme.colors.quiet };
    canvas.text((right, top + size * 1.1), Anchor::End, face, code);
    canvas.width(code, face) + size
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

/// Draws a quiet line below `top`, and returns where it ends.
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

/// Draws the source below the chart, and returns the position of its end.
fn footer(canvas: &mut Canvas<'_>, source: &str, area: Area) -> f64 {
    let mut y = area.bottom + 18.0;
    let span = LineSpan { from: area.left, to: area.right };
    canvas.horizontal_line(y, span, canvas.theme.colors.grid, 1.0);
    y += 5.0;
    let face = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
    for line in canvas.ruler.wrap(source, face.size, false, area.width()) {
        y += face.size * 1.35;
        canvas.text((area.left, y), Anchor::Start, face, &line);
    }
    y
}
