//! Upright bars, with a mark for comparison.

use super::axis::{self, AxisScale};
use super::canvas::{Anchor, Area, Canvas, Face, LineSpan};
use super::hatch::draw_hatched;
use super::legend::{self, LegendItem, Sample};
use crate::exhibit::{BarRow, Bars};

/// The height of the chart with its legend.
pub(super) const HEIGHT: f64 = 350.0;
/// The space above the columns, for the legend and the highest value.
const ABOVE: f64 = 46.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Bars, area: Area) {
    let shown = figure.rows.iter().flat_map(|row| [row.value, row.mark]);
    let scale = AxisScale::covering(shown.flatten(), true, 5);
    let plot = Area { top: area.top + ABOVE, bottom: area.bottom - 26.0, ..area };
    let margin = axis::vertical(canvas, &scale, figure.unit, plot);
    let columns = ColumnPlot::new(figure, scale, Area { left: plot.left + margin, ..plot });
    let labels: Vec<String> = figure.rows.iter().map(|row| row.label.clone()).collect();
    columns.draw_names(canvas, &labels, area.bottom - 6.0);
    for (index, row) in figure.rows.iter().enumerate() {
        columns.draw_column(canvas, row, index);
    }
    columns.draw_legend(canvas, area);
}

/// A laid-out chart of columns.
struct ColumnPlot<'a> {
    figure: &'a Bars,
    scale: AxisScale,
    plot: Area,
    /// The distance from one column to the next.
    step: f64,
}

impl<'a> ColumnPlot<'a> {
    fn new(figure: &'a Bars, scale: AxisScale, plot: Area) -> Self {
        Self { figure, scale, plot, step: plot.width() / figure.rows.len().max(1) as f64 }
    }

    fn center(&self, index: usize) -> f64 {
        self.plot.left + (index as f64 + 0.5) * self.step
    }

    fn y(&self, value: f64) -> f64 {
        self.scale.at(value, self.plot.bottom, self.plot.top)
    }

    /// The columns' names below them, without a first word that several of them share (`Grade 3`); the first of these keeps it where
    /// there is room. Names are smaller where they are too long, and cut only then.
    fn draw_names(&self, canvas: &mut Canvas<'_>, labels: &[String], baseline: f64) {
        let (room, shared) = (self.step, shared_first_word(labels));
        let small = canvas.face(canvas.theme.text.footer, canvas.theme.colors.quiet);
        let mut is_first = true;
        for (index, label) in labels.iter().enumerate() {
            let rest = shared.and_then(|word| label.strip_prefix(word)?.strip_prefix(' '));
            let name = match rest {
                Some(rest) if !is_first || canvas.width(label, small) > room => rest,
                _ => label,
            };
            is_first &= rest.is_none();
            let mut face = canvas.axis_face();
            if canvas.width(name, face) > room {
                face.size = canvas.theme.text.footer;
            }
            let fitted = canvas.ruler.fit(name, face.size, false, room);
            canvas.text((self.center(index), baseline), Anchor::Middle, face, &fitted);
        }
    }

    fn draw_column(&self, canvas: &mut Canvas<'_>, row: &BarRow, index: usize) {
        let (x, half) = (self.center(index), (self.step * 0.34).min(34.0));
        let zero = self.y(0.0);
        if let Some(value) = row.value {
            let y = self.y(value);
            let (from, to, color) =
                ((x - half, y.min(zero)), (x + half, y.max(zero)), canvas.theme.colors.district);
            if row.is_of_few {
                draw_hatched(canvas, from, to, color);
            } else {
                canvas.rect(from, to, color);
            }
            self.draw_value(canvas, row, x, y);
        } else {
            let quiet = canvas.label(canvas.theme.colors.quiet);
            canvas.text((x, zero - 6.0), Anchor::Middle, quiet, ABSENT);
        }
        if let Some(mark) = row.mark {
            let span = LineSpan { from: x - half - 3.0, to: x + half + 3.0 };
            canvas.horizontal_line(self.y(mark), span, canvas.theme.colors.background, MARK + EDGE);
            canvas.horizontal_line(self.y(mark), span, canvas.theme.colors.ink, MARK);
        }
    }

    /// The value above its column and above its mark, if there is room for it.
    fn draw_value(&self, canvas: &mut Canvas<'_>, row: &BarRow, x: f64, y: f64) {
        let Some(value) = row.value else { return };
        let text = self.figure.unit.format_axis((value * 10.0).round() / 10.0, self.scale.largest());
        let mut face = Face { bold: true, ..canvas.ink() };
        if canvas.width(&text, face) > self.step - 2.0 {
            face.size = canvas.theme.text.footer;
        }
        if canvas.width(&text, face) > self.step {
            return;
        }
        let mark = row.mark.map_or(y, |mark| self.y(mark));
        let is_near = mark < y && y - mark < face.size * 1.5;
        let top = if is_near { mark } else { y };
        canvas.text((x, top - 5.0), Anchor::Middle, face, &text);
    }

    fn draw_legend(&self, canvas: &mut Canvas<'_>, area: Area) {
        let Some(mark) = &self.figure.mark else { return };
        let colors = &canvas.theme.colors;
        let own = LegendItem { color: colors.district, sample: Sample::Area, label: self.figure.own.clone() };
        let line = Sample::Line { width: MARK, dashes: None };
        let mark = LegendItem { color: colors.ink, sample: line, label: mark.clone() };
        legend::draw(canvas, &[own, mark], area);
    }
}

/// The width of the mark for comparison, and of its light edge, without which it would be lost on a dark bar.
const MARK: f64 = 2.6;
const EDGE: f64 = 2.8;
/// Shown in place of a column that has no value.
const ABSENT: &str = "–";

/// The first word that several names share.
fn shared_first_word(labels: &[String]) -> Option<&str> {
    let words: Vec<&str> = labels.iter().filter_map(|label| Some(label.split_once(' ')?.0)).collect();
    words.iter().copied().find(|word| words.iter().filter(|other| *other == word).count() > 1)
}
