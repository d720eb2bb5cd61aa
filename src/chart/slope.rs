//! Two years joined by lines.

use super::axis::Scale;
use super::canvas::{Anchor, Area, Canvas, Face};
use super::text::apart;
use crate::exhibit::{SlopeChart, SlopeRow};

const LABELS: f64 = 0.33;
/// The distance of two lines of a label, in ems.
const LINE: f64 = 1.12;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &SlopeChart, area: Area) {
    let theme = canvas.theme;
    let size = theme.text.label;
    let scale = Scale::of(figure.rows.iter().flat_map(|r| [r.from, r.to]), false, 4);
    let room = (area.right - area.left) * LABELS;
    let (left, right) = (area.left + room, area.right - room);
    let (top, bottom) = (area.top + 34.0, area.bottom - 10.0);
    let heading = Face { bold: true, ..canvas.label(theme.colors.quiet) };
    canvas.text((left, area.top + 12.0), Anchor::Middle, heading, &figure.from);
    canvas.text((right, area.top + 12.0), Anchor::Middle, heading, &figure.to);
    for x in [left, right] {
        canvas.line(vec![(x, top - 12.0), (x, bottom + 8.0)], theme.colors.grid, 1.5);
    }
    let y = |value: f64| scale.at(value, bottom, top);
    let labels = |canvas: &Canvas<'_>, row: &SlopeRow, start: bool| {
        let value = figure.unit.format(if start { row.from } else { row.to });
        let text = if start { format!("{} {value}", row.label) } else { format!("{value} {}", row.label) };
        two_lines(canvas, &text, size, row.strong, room - 20.0)
    };
    let starts: Vec<Vec<String>> = figure.rows.iter().map(|r| labels(canvas, r, true)).collect();
    let ends: Vec<Vec<String>> = figure.rows.iter().map(|r| labels(canvas, r, false)).collect();
    let place = |lines: &[Vec<String>], value: fn(&SlopeRow) -> f64| {
        let wanted: Vec<f64> = figure.rows.iter().map(|r| y(value(r))).collect();
        let heights: Vec<f64> = lines.iter().map(|l| l.len() as f64 * size * LINE + size * 0.15).collect();
        apart(&wanted, &heights, top, bottom)
    };
    let (start_ys, end_ys) = (place(&starts, |r| r.from), place(&ends, |r| r.to));
    let mut part = 0;
    for (i, row) in figure.rows.iter().enumerate() {
        let color = if row.strong { theme.colors.district } else { theme.part(part + 1) };
        part += usize::from(!row.strong);
        let width = if row.strong { 3.4 } else { 2.0 };
        let (from, to) = ((left, y(row.from)), (right, y(row.to)));
        canvas.line(vec![from, to], color, width);
        canvas.circle(from, 4.5, color);
        canvas.circle(to, 4.5, color);
        let face = Face { size, bold: row.strong, color };
        for (at, wanted, x, step, anchor, lines) in [
            (start_ys[i], from.1, left, -1.0, Anchor::End, &starts[i]),
            (end_ys[i], to.1, right, 1.0, Anchor::Start, &ends[i]),
        ] {
            if (at - wanted).abs() > 3.0 {
                canvas.line(vec![(x + step * 5.0, wanted), (x + step * 14.0, at)], color.tint(0.5), 0.8);
            }
            let first = at + size * 0.33 - size * LINE * (lines.len() as f64 - 1.0) / 2.0;
            for (n, text) in lines.iter().enumerate() {
                canvas.text((x + step * 17.0, first + n as f64 * size * LINE), anchor, face, text);
            }
        }
    }
}

/// A label in at most two lines.
fn two_lines(canvas: &Canvas<'_>, text: &str, size: f64, bold: bool, width: f64) -> Vec<String> {
    let mut lines = canvas.ruler.wrap(text, size, bold, width);
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(canvas.ruler.fit(&rest, size, bold, width));
    }
    lines
}
