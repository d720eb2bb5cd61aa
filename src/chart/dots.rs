//! The district among its peers on one axis.

use super::axis::{self, Scale};
use super::canvas::{Anchor, Area, Canvas, Face};
use crate::exhibit::Dots;

const ROW: f64 = 25.0;
const NAMES: f64 = 0.42;

pub(super) fn height(figure: &Dots) -> f64 {
    figure.rows.len() as f64 * ROW + 52.0
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Dots, area: Area) {
    let colors = &canvas.theme.colors;
    let (district, peers, quiet, grid, ink) =
        (colors.district, colors.bar, colors.peers, colors.grid, colors.ink);
    let size = canvas.theme.text.label;
    let most = (area.right - area.left) * NAMES;
    let face = |chosen: bool| Face { size, bold: chosen, color: if chosen { district } else { ink } };
    let names: Vec<String> =
        figure.rows.iter().map(|r| canvas.ruler.fit(&r.label, size, r.chosen, most)).collect();
    let widest =
        figure.rows.iter().zip(&names).map(|(r, n)| canvas.width(n, face(r.chosen))).fold(0.0, f64::max);
    let value_width = figure
        .rows
        .iter()
        .map(|r| canvas.width(&figure.unit.format(r.value), face(true)))
        .fold(0.0, f64::max);
    let plot = Area {
        left: area.left + widest + 22.0,
        right: area.right - value_width - 22.0,
        top: area.top + 24.0,
        bottom: area.bottom - 26.0,
    };
    let values = figure.rows.iter().map(|r| r.value).chain(figure.median.iter().map(|(_, m)| *m));
    let scale = Scale::of(values, false, 5);
    axis::horizontal(canvas, &scale, figure.unit, plot);
    if let Some((label, median)) = &figure.median {
        let x = scale.at(*median, plot.left, plot.right);
        canvas.dashed(&[(x, plot.top - 4.0), (x, plot.bottom)], quiet, 1.6, (6.0, 4.0));
        let text = format!("{label} {}", figure.unit.format(*median));
        let half = canvas.width(&text, face(false)) / 2.0;
        let at = x.clamp(area.left + half, area.right - half);
        canvas.text((at, plot.top - 10.0), Anchor::Middle, Face { color: quiet, ..face(false) }, &text);
    }
    for (i, (row, name)) in figure.rows.iter().zip(&names).enumerate() {
        let y = plot.top + (i as f64 + 0.5) * (plot.bottom - plot.top) / figure.rows.len() as f64;
        let x = scale.at(row.value, plot.left, plot.right);
        canvas.line(vec![(plot.left, y), (x, y)], grid, 1.0);
        let (radius, color) = if row.chosen { (7.0, district) } else { (5.0, peers) };
        canvas.circle((x, y), radius, color);
        canvas.text((plot.left - 12.0, y + size * 0.33), Anchor::End, face(row.chosen), name);
        let value = figure.unit.format(row.value);
        canvas.text((area.right, y + size * 0.33), Anchor::End, face(row.chosen), &value);
    }
}
