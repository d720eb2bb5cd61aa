//! The district among its peers on one axis.

use super::axis::{self, AxisScale};
use super::canvas::{Anchor, Area, Canvas, Dashes, Face, LineSpan};
use super::row_names::RowNames;
use crate::exhibit::{DotRow, Dots};

const ROW_HEIGHT: f64 = 25.0;
/// The shares of the width that the names may take; the larger ones only where names would be cut.
const NAMES_SHARES: [f64; 3] = [0.42, 0.5, 0.54];

pub(super) fn height(figure: &Dots) -> f64 {
    figure.rows.len() as f64 * ROW_HEIGHT + 52.0
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Dots, area: Area) {
    let labels: Vec<&str> = figure.rows.iter().map(|row| row.label.as_str()).collect();
    // The district's own name is bold.
    let names = RowNames::new(canvas, &labels, face(canvas, true), area.width(), ROW_HEIGHT, &NAMES_SHARES);
    let dots = DotPlot { figure, scale: scale(figure), plot: plot_area(canvas, figure, &names, area), area };
    axis::horizontal(canvas, &dots.scale, figure.unit, dots.plot);
    dots.draw_median(canvas);
    for (index, row) in figure.rows.iter().enumerate() {
        dots.draw_row(canvas, row, &names, index);
    }
}

fn scale(figure: &Dots) -> AxisScale {
    let values = figure.rows.iter().map(|row| row.value);
    let median = figure.median.iter().map(|(_, median)| *median);
    let beside = figure.range.into_iter().flatten();
    AxisScale::around(values.chain(median).chain(beside), 0.0, 5)
}

/// The part of `area` between the names and the values.
fn plot_area(canvas: &Canvas<'_>, figure: &Dots, names: &RowNames, area: Area) -> Area {
    let mut names_width = 0.0f64;
    let mut values_width = 0.0f64;
    for (index, row) in figure.rows.iter().enumerate() {
        names_width = names_width.max(names.width_of(canvas, index, face(canvas, row.chosen)));
        values_width = values_width.max(canvas.width(&figure.unit.format(row.value), face(canvas, true)));
    }
    Area {
        left: area.left + names_width + 22.0,
        right: area.right - values_width - 22.0,
        top: area.top + 24.0,
        bottom: area.bottom - 26.0,
    }
}

fn face(canvas: &Canvas<'_>, is_chosen: bool) -> Face {
    let colors = &canvas.theme.colors;
    let color = if is_chosen { colors.district } else { colors.ink };
    Face { size: canvas.theme.text.label, bold: is_chosen, color }
}

/// A laid-out dot plot.
struct DotPlot<'a> {
    figure: &'a Dots,
    scale: AxisScale,
    plot: Area,
    /// The plot with its names and values.
    area: Area,
}

impl DotPlot<'_> {
    fn x(&self, value: f64) -> f64 {
        self.scale.at(value, self.plot.left, self.plot.right)
    }

    fn row_center(&self, index: usize) -> f64 {
        self.plot.top + (index as f64 + 0.5) * self.plot.height() / self.figure.rows.len() as f64
    }

    /// The peers' median, as a dashed line with its label above.
    fn draw_median(&self, canvas: &mut Canvas<'_>) {
        let Some((label, median)) = &self.figure.median else { return };
        let face = Face { color: canvas.theme.colors.peers, ..face(canvas, false) };
        let (x, plot) = (self.x(*median), self.plot);
        let dashes = Dashes { dash: 6.0, gap: 4.0 };
        canvas.dashed(&[(x, plot.top - 4.0), (x, plot.bottom)], face.color, 1.6, dashes);
        let text = format!("{label} {}", self.figure.unit.format(*median));
        canvas.text_within(self.area, x, plot.top - 10.0, face, &text);
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, row: &DotRow, names: &RowNames, index: usize) {
        let y = self.row_center(index);
        self.draw_dot(canvas, row, y);
        let face = face(canvas, row.chosen);
        let baseline = face.baseline(y);
        names.draw_as(canvas, index, face, self.plot.left - 12.0, y);
        let value = self.figure.unit.format(row.value);
        canvas.text((self.area.right, baseline), Anchor::End, face, &value);
    }

    /// A dot at the end of a line from the left.
    fn draw_dot(&self, canvas: &mut Canvas<'_>, row: &DotRow, y: f64) {
        let colors = &canvas.theme.colors;
        let x = self.x(row.value);
        canvas.horizontal_line(y, LineSpan { from: self.plot.left, to: x }, colors.grid, 1.0);
        if row.chosen {
            canvas.circle((x, y), 7.0, colors.district);
        } else {
            canvas.circle((x, y), 5.0, colors.bar);
        }
    }
}
