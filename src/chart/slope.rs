//! Two years joined by lines.

use super::axis::Scale;
use super::canvas::{Anchor, Area, Canvas, Face};
use super::text::apart;
use crate::exhibit::Slope;

const LABELS: f64 = 0.33;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Slope, area: Area) {
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
    let place = |value: fn(&crate::exhibit::SlopeRow) -> f64| {
        let wanted: Vec<f64> = figure.rows.iter().map(|r| y(value(r))).collect();
        apart(&wanted, &vec![size * 1.3; wanted.len()], top, bottom)
    };
    let (starts, ends) = (place(|r| r.from), place(|r| r.to));
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
        let start = canvas.ruler.fit(
            &format!("{}  {}", row.label, figure.unit.format(row.from)),
            size,
            row.strong,
            room - 20.0,
        );
        let end = canvas.ruler.fit(
            &format!("{}  {}", figure.unit.format(row.to), row.label),
            size,
            row.strong,
            room - 20.0,
        );
        for (at, wanted, x, step, anchor, text) in [
            (starts[i], from.1, left, -1.0, Anchor::End, start),
            (ends[i], to.1, right, 1.0, Anchor::Start, end),
        ] {
            if (at - wanted).abs() > 3.0 {
                canvas.line(vec![(x + step * 5.0, wanted), (x + step * 14.0, at)], color.tint(0.5), 0.8);
            }
            canvas.text((x + step * 17.0, at + size * 0.33), anchor, face, &text);
        }
    }
}
