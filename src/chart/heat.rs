//! Measures by years, shaded.

use super::canvas::{Anchor, Area, Canvas, Face};
use super::theme::Color;
use crate::exhibit::{Heat, HeatCell, HeatRow};

const ROW: f64 = 32.0;
const NAMES: f64 = 0.36;

pub(super) fn height(figure: &Heat) -> f64 {
    figure.rows.len() as f64 * ROW + 72.0
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Heat, area: Area) {
    let theme = canvas.theme;
    let size = theme.text.label;
    let ink = canvas.label(theme.colors.ink);
    let most = (area.right - area.left) * NAMES;
    let name = |r: &HeatRow| in_two_lines(canvas, &r.label, size, most);
    let names: Vec<Vec<String>> = figure.rows.iter().map(name).collect();
    let widest = names.iter().flatten().map(|n| canvas.width(n, ink)).fold(0.0, f64::max);
    let left = area.left + widest + 14.0;
    let top = area.top + 26.0;
    let step = (area.right - left) / figure.columns.len().max(1) as f64;
    let heading = canvas.axis_face();
    for (i, column) in figure.columns.iter().enumerate() {
        let lines = in_two_lines(canvas, column, heading.size, step - 6.0);
        for (above, line) in lines.iter().rev().enumerate() {
            let y = top - 9.0 - above as f64 * heading.size * 1.08;
            canvas.text((left + (i as f64 + 0.5) * step, y), Anchor::Middle, heading, line);
        }
    }
    for (r, (row, lines)) in figure.rows.iter().zip(&names).enumerate() {
        let y = top + r as f64 * ROW;
        let line = size * 1.08;
        let first = y + ROW / 2.0 + size * 0.33 - line * (lines.len() as f64 - 1.0) / 2.0;
        for (i, text) in lines.iter().enumerate() {
            canvas.text((area.left + widest, first + i as f64 * line), Anchor::End, ink, text);
        }
        for (i, cell) in row.cells.iter().enumerate() {
            let x = left + i as f64 * step;
            draw_cell(canvas, cell.as_ref(), Area { left: x, top: y, right: x + step, bottom: y + ROW });
        }
    }
    legend(canvas, figure, left, top + figure.rows.len() as f64 * ROW + 16.0, area.right);
}

/// A name in one line, or in two where it is too long for one.
fn in_two_lines(canvas: &Canvas<'_>, name: &str, size: f64, most: f64) -> Vec<String> {
    let lines = canvas.ruler.wrap(name, size, false, most);
    match lines.len() {
        0..=2 => lines,
        _ => vec![lines[0].clone(), canvas.ruler.fit(&lines[1..].join(" "), size, false, most)],
    }
}

fn shade(canvas: &Canvas<'_>, shade: f64) -> Color {
    let colors = &canvas.theme.colors;
    let color = if shade < 0.0 { colors.unfavorable } else { colors.favorable };
    color.tint(shade.abs() * 0.85)
}

fn draw_cell(canvas: &mut Canvas<'_>, cell: Option<&HeatCell>, area: Area) {
    let theme = canvas.theme;
    let color = cell.and_then(|c| c.shade).map_or(theme.colors.background, |s| shade(canvas, s));
    canvas.rect((area.left, area.top), (area.right - 2.0, area.bottom - 2.0), theme.colors.grid);
    canvas.rect((area.left + 1.0, area.top + 1.0), (area.right - 3.0, area.bottom - 3.0), color);
    let ink = match cell {
        None => theme.colors.quiet,
        Some(_) => theme.ink_on(color),
    };
    let text = cell.map_or("–", |c| c.text.as_str());
    let face = canvas.face(theme.text.axis, ink);
    let text = canvas.ruler.fit(text, face.size, false, area.right - area.left - 6.0);
    let at =
        (f64::midpoint(area.left, area.right) - 1.0, f64::midpoint(area.top, area.bottom) + face.size * 0.33);
    canvas.text(at, Anchor::Middle, face, &text);
}

fn legend(canvas: &mut Canvas<'_>, figure: &Heat, left: f64, y: f64, right: f64) {
    const STEPS: usize = 9;
    let theme = canvas.theme;
    let face: Face = canvas.face(theme.text.axis, theme.colors.quiet);
    let width = 18.0;
    let bar = width * STEPS as f64;
    let room = (right - left - bar) / 2.0 - 10.0;
    let ends =
        [&figure.ends.0, &figure.ends.1].map(|t| canvas.ruler.fit(t, face.size, false, room.max(120.0)));
    let start = left + (right - left - bar) / 2.0;
    canvas.text((start - 8.0, y + 12.0), Anchor::End, face, &ends[0]);
    for i in 0..STEPS {
        let value = -1.0 + 2.0 * i as f64 / (STEPS - 1) as f64;
        let x = start + i as f64 * width;
        let color = shade(canvas, value);
        canvas.rect((x, y), (x + width, y + 14.0), color);
    }
    canvas.text((start + bar + 8.0, y + 12.0), Anchor::Start, face, &ends[1]);
}
