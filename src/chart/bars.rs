//! Horizontal bars, with a mark for comparison.

use super::axis::{self, AxisScale};
use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use super::hatch::draw_hatched;
use super::row_names::RowNames;
use crate::exhibit::{BarRow, Bars};

const ROW_HEIGHT: f64 = 27.0;
/// The width of the mark for comparison, and of its light edge.
const MARK: f64 = 2.6;
const EDGE: f64 = 2.8;
/// The shares of the width that the names may take; the larger ones only where names would be cut.
const NAMES_SHARES: [f64; 3] = [0.38, 0.43, 0.5];

pub(super) fn height(figure: &Bars) -> f64 {
    figure.rows.len() as f64 * ROW_HEIGHT + 54.0
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Bars, area: Area) {
    let labels: Vec<&str> = figure.rows.iter().map(|row| row.label.as_str()).collect();
    let names = RowNames::new(canvas, &labels, canvas.ink(), area.width(), ROW_HEIGHT, &NAMES_SHARES);
    let bars = BarPlot::new(canvas, figure, &names, area);
    axis::horizontal(canvas, &bars.scale, figure.unit, bars.plot);
    for (index, row) in figure.rows.iter().enumerate() {
        bars.draw_row(canvas, row, &names, index);
    }
    bars.draw_legend(canvas);
}

/// The values, formatted for display; none for bars without a value.
fn value_texts(figure: &Bars) -> Vec<String> {
    figure.rows.iter().filter_map(|row| Some(figure.unit.format(row.value?))).collect()
}

fn scale(figure: &Bars) -> AxisScale {
    let shown = figure.rows.iter().flat_map(|row| [row.value, row.mark]);
    AxisScale::covering(shown.flatten(), true, 5)
}

/// A laid-out bar chart.
struct BarPlot<'a> {
    figure: &'a Bars,
    scale: AxisScale,
    /// Where the bars are.
    plot: Area,
    /// The plot with its names and values.
    area: Area,
    /// Where the names end.
    names_right: f64,
    /// The distance from one bar to the next.
    step: f64,
}

impl<'a> BarPlot<'a> {
    fn new(canvas: &Canvas<'_>, figure: &'a Bars, names: &RowNames, area: Area) -> Self {
        let names_right = area.left + names.width(canvas);
        let plot = Area {
            left: names_right + 14.0,
            right: area.right - canvas.widest(&value_texts(figure), value_face(canvas)) - 14.0,
            top: area.top + 26.0,
            bottom: area.bottom - 26.0,
        };
        Self {
            figure,
            scale: scale(figure),
            plot,
            area,
            names_right,
            step: plot.height() / figure.rows.len().max(1) as f64,
        }
    }

    fn x(&self, value: f64) -> f64 {
        self.scale.at(value, self.plot.left, self.plot.right)
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, row: &BarRow, names: &RowNames, index: usize) {
        let y = self.plot.top + (index as f64 + 0.5) * self.step;
        let ink = canvas.ink();
        let baseline = ink.baseline(y);
        names.draw(canvas, index, self.names_right, y);
        if let Some(value) = row.value {
            self.draw_bar(canvas, y, row);
            let text = self.figure.unit.format(value);
            canvas.text((self.area.right, baseline), Anchor::End, value_face(canvas), &text);
        } else if let Some(reason) = &row.absent {
            let quiet = canvas.label(canvas.theme.colors.quiet);
            canvas.text((self.x(0.0) + 6.0, baseline), Anchor::Start, quiet, reason);
        }
        if let Some(mark) = row.mark {
            self.draw_mark(canvas, mark, y);
        }
    }

    /// A bar from zero to its value.
    fn draw_bar(&self, canvas: &mut Canvas<'_>, y: f64, row: &BarRow) {
        let (zero, half, color) = (self.x(0.0), self.half_height(), canvas.theme.colors.district);
        let x = self.x(row.value.unwrap_or_default());
        let (from, to) = ((x.min(zero), y - half), (x.max(zero), y + half));
        if row.is_of_few { draw_hatched(canvas, from, to, color) } else { canvas.rect(from, to, color) }
    }

    fn draw_mark(&self, canvas: &mut Canvas<'_>, mark: f64, y: f64) {
        let half = self.half_height();
        let span = LineSpan { from: y - half - 3.0, to: y + half + 3.0 };
        // On a dark bar, the mark would be lost without a light edge.
        canvas.vertical_line(self.x(mark), span, canvas.theme.colors.background, MARK + EDGE);
        canvas.vertical_line(self.x(mark), span, canvas.theme.colors.ink, MARK);
    }

    /// Half the height of a bar.
    fn half_height(&self) -> f64 {
        self.step * 0.32
    }

    /// The meaning of the mark, above the first bar that has one.
    fn draw_legend(&self, canvas: &mut Canvas<'_>) {
        let Some(label) = &self.figure.mark else { return };
        let Some(index) = self.figure.rows.iter().position(|row| row.mark.is_some()) else { return };
        let Some(mark) = self.figure.rows[index].mark else { return };
        let face = canvas.face(canvas.theme.text.axis, canvas.theme.colors.ink);
        let x = self.x(mark);
        canvas.text_within(self.area, x, self.plot.top - 12.0, face, label);
        if index == 0 {
            let span = LineSpan { from: self.plot.top - 8.0, to: self.plot.top };
            canvas.vertical_line(x, span, face.color, 1.0);
        }
    }
}

fn value_face(canvas: &Canvas<'_>) -> Face {
    Face { bold: true, ..canvas.ink() }
}
