//! Horizontal bars, two to a row: ours, and what it is compared with.

use super::axis::{self, AxisScale};
use super::canvas::{Anchor, Area, Canvas, Face};
use super::hatch::draw_hatched;
use super::legend::{self, LegendItem, Sample};
use super::row_names::RowNames;
use super::theme::Color;
use crate::exhibit::{BarRow, Bars};

const ROW_HEIGHT: f64 = 44.0;
/// The space above the bars, for the legend.
const LEGEND: f64 = 30.0;
/// The shares of the width that the names may take; the larger ones only where names would be cut.
const NAMES_SHARES: [f64; 3] = [0.36, 0.43, 0.5];

pub(super) fn height(figure: &Bars) -> f64 {
    figure.rows.len() as f64 * ROW_HEIGHT + LEGEND + 28.0
}

pub(super) fn draw(canvas: &mut Canvas<'_>, figure: &Bars, area: Area) {
    let labels: Vec<&str> = figure.rows.iter().map(|row| row.label.as_str()).collect();
    let names = RowNames::new(canvas, &labels, canvas.ink(), area.width(), ROW_HEIGHT, &NAMES_SHARES);
    let pairs = PairPlot::new(canvas, figure, &names, area);
    axis::horizontal(canvas, &pairs.scale, figure.unit, pairs.plot);
    for (index, row) in figure.rows.iter().enumerate() {
        pairs.draw_row(canvas, row, &names, index);
    }
    legend::draw(canvas, &legend_items(canvas, figure), area);
}

fn legend_items(canvas: &Canvas<'_>, figure: &Bars) -> Vec<LegendItem> {
    let colors = &canvas.theme.colors;
    let item = |color, label: &String| LegendItem { color, sample: Sample::Area, label: label.clone() };
    let mark = figure.mark.iter().map(|mark| item(colors.bar, mark));
    [item(colors.district, &figure.own)].into_iter().chain(mark).collect()
}

/// A laid-out chart of pairs.
struct PairPlot<'a> {
    figure: &'a Bars,
    scale: AxisScale,
    /// Where the bars are.
    plot: Area,
    /// Where the names end.
    names_right: f64,
    /// The distance from one row to the next.
    step: f64,
}

/// One bar of a pair.
struct PairBar {
    value: f64,
    top: f64,
    bottom: f64,
    color: Color,
    face: Face,
    is_hatched: bool,
}

impl<'a> PairPlot<'a> {
    fn new(canvas: &Canvas<'_>, figure: &'a Bars, names: &RowNames, area: Area) -> Self {
        let names_right = area.left + names.width(canvas);
        let bold = Face { bold: true, ..canvas.ink() };
        let values = figure.rows.iter().flat_map(|row| [row.value, row.mark]).flatten();
        let texts: Vec<String> = values.map(|value| figure.unit.format(value)).collect();
        let plot = Area {
            left: names_right + 14.0,
            right: area.right - canvas.widest(&texts, bold) - 14.0,
            top: area.top + LEGEND,
            bottom: area.bottom - 26.0,
        };
        let shown = figure.rows.iter().flat_map(|row| [row.value, row.mark]);
        Self {
            figure,
            scale: AxisScale::covering(shown.flatten(), true, 5),
            plot,
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
        names.draw(canvas, index, self.names_right, y);
        let (half, colors) = (self.step * 0.4, canvas.theme.colors.clone());
        if let Some(value) = row.value {
            let (face, is_hatched) = (Face { bold: true, color: colors.district, ..ink }, row.is_of_few);
            let bar =
                PairBar { value, top: y - half, bottom: y - 1.0, color: colors.district, face, is_hatched };
            self.draw_bar(canvas, &bar);
        } else if let Some(reason) = &row.absent {
            let quiet = canvas.label(colors.quiet);
            canvas.text((self.x(0.0) + 6.0, quiet.baseline(y - half * 0.5)), Anchor::Start, quiet, reason);
        }
        if let Some(value) = row.mark {
            let face = canvas.label(colors.quiet);
            let bar =
                PairBar { value, top: y + 1.0, bottom: y + half, color: colors.bar, face, is_hatched: false };
            self.draw_bar(canvas, &bar);
        }
    }

    /// A bar from zero to its value, with the value at its end.
    fn draw_bar(&self, canvas: &mut Canvas<'_>, bar: &PairBar) {
        let (zero, x) = (self.x(0.0), self.x(bar.value));
        let (from, to) = ((x.min(zero), bar.top), (x.max(zero), bar.bottom));
        if bar.is_hatched {
            draw_hatched(canvas, from, to, bar.color);
        } else {
            canvas.rect(from, to, bar.color);
        }
        let text = self.figure.unit.format(bar.value);
        let baseline = bar.face.baseline(f64::midpoint(bar.top, bar.bottom));
        canvas.text((x.max(zero) + 6.0, baseline), Anchor::Start, bar.face, &text);
    }
}
