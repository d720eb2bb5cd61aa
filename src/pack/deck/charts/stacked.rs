//! Parts of a whole in stacked columns. The names of the parts stand right of the last column.

use super::axis_span::AxisSpan;
use super::drawn::{ChartSize, DrawnChart};
use super::elements::{
    AXIS_TEXT, CategoryAxis, DataLabel, LABEL_TEXT, LabelLook, PlotFrame, ValueAxis, chart_space,
    data_labels, label_interval,
};
use super::number_format::{axis_format, label_format, workbook_format};
use super::series::{BarStand, FilledTrace, bar_group};
use super::sheet::ChartSheet;
use crate::domain::Unit;
use crate::exhibit::Stacked;
use crate::pack::deck::palette::{Palette, WHITE};
use crate::pack::deck::text_size::{lines_height, spread, text_width};

/// The gap between columns, in percent of their width.
const GAP: u32 = 45;

/// A stacked chart while it is put together.
struct StackedChart<'a> {
    figure: &'a Stacked,
    palette: &'a Palette,
    span: AxisSpan,
    frame: PlotFrame,
    /// The names of the parts, with line breaks.
    names: Vec<String>,
}

pub(super) fn chart(figure: &Stacked, size: ChartSize, palette: &Palette) -> DrawnChart {
    let totals = (0..figure.columns.len()).map(|column| total(figure, column));
    let mut span = AxisSpan::covering(totals, true);
    if figure.unit == Unit::Percent && span.high > 100.0 && span.high <= 125.0 {
        span.high = 100.0;
    }
    let names: Vec<String> =
        figure.parts.iter().map(|part| size.label_lines(&part.label, false).join("\n")).collect();
    let frame = frame(figure, size, &span, &names);
    let chart = StackedChart { figure, palette, span, frame, names };
    let mut sheet = ChartSheet::new(figure.columns.clone());
    let widest = figure.columns.iter().map(|name| text_width(name, AXIS_TEXT, false)).fold(0.0, f64::max);
    let every = label_interval(widest, chart.column_room(), figure.columns.len());
    sheet.label_every(every);
    let bars = chart.traces(&mut sheet);
    let format = axis_format(figure.unit, span.step);
    let axes = [
        CategoryAxis { is_upright: false, every }.node(palette),
        ValueAxis { span, format: &format, is_level: false, is_shown: true }.node(palette),
    ];
    let drawn = [bar_group(&sheet, &bars, BarStand { is_level: false, is_stacked: true, gap: GAP })];
    DrawnChart { xml: chart_space(&chart.frame, drawn, axes, None), sheet }
}

fn total(figure: &Stacked, column: usize) -> f64 {
    figure.parts.iter().filter_map(|part| part.values.get(column).copied().flatten()).sum()
}

fn frame(figure: &Stacked, size: ChartSize, span: &AxisSpan, names: &[String]) -> PlotFrame {
    let ticks = span.ticks();
    let texts = ticks.iter().map(|tick| figure.unit.format_axis(*tick, span.high));
    let widest = texts.map(|text| text_width(&text, AXIS_TEXT, false)).fold(0.0, f64::max);
    let values = figure.parts.iter().filter_map(|part| part.values.last().copied().flatten());
    let value =
        values.map(|value| text_width(&figure.unit.format(value), LABEL_TEXT, false)).fold(0.0, f64::max);
    let name = names.iter().flat_map(|name| name.lines());
    let name = name.map(|line| text_width(line, LABEL_TEXT, false)).fold(0.0, f64::max);
    PlotFrame {
        width: size.width,
        height: size.height,
        left: widest + 0.3,
        right: name + value + 0.3,
        top: 0.15,
        bottom: 0.42,
    }
}

impl StackedChart<'_> {
    fn column_room(&self) -> f64 {
        self.frame.plot_width() / self.figure.columns.len().max(1) as f64
    }

    fn column_width(&self) -> f64 {
        self.column_room() / (1.0 + f64::from(GAP) / 100.0)
    }

    fn traces(&self, sheet: &mut ChartSheet) -> Vec<FilledTrace> {
        let moved = self.moved_labels();
        let mut bars = Vec::new();
        for (index, part) in self.figure.parts.iter().enumerate() {
            let column = sheet.add(&self.names[index], &part.values, &workbook_format(self.figure.unit));
            let mut bar = FilledTrace::new(column, Some(self.palette.part(index)));
            bar.edge = Some(WHITE.to_owned());
            let mut labels = self.inner_labels(index);
            labels.extend(self.outer_label(index, &moved));
            bar.labels = data_labels(&labels, None);
            bars.push(bar);
        }
        bars
    }

    /// The values inside the columns before the last, where they fit.
    fn inner_labels(&self, index: usize) -> Vec<DataLabel> {
        let fill = self.palette.part(index);
        let look =
            LabelLook { color: self.palette.text_on(fill).to_owned(), size: AXIS_TEXT, ..self.look(index) };
        let values = &self.figure.parts[index].values;
        let last = self.figure.columns.len().saturating_sub(1);
        (0..values.len())
            .filter(|point| *point != last && values[*point].is_some_and(|value| self.fits(value)))
            .map(|point| DataLabel::of_value(point, "ctr", &look))
            .collect()
    }

    /// Whether a value fits into its part of a column.
    fn fits(&self, value: f64) -> bool {
        let height = value / (self.span.high - self.span.low) * self.frame.plot_height();
        let width = text_width(&self.figure.unit.format(value), AXIS_TEXT, false);
        height >= lines_height(1, AXIS_TEXT) && width <= self.column_width() + 0.05
    }

    fn look(&self, index: usize) -> LabelLook {
        let format = label_format(self.figure.unit, self.span.high - self.span.low);
        LabelLook { size: LABEL_TEXT, is_bold: false, color: self.palette.part(index).to_owned(), format }
    }

    /// How far down the label of each part is moved, so that none overlaps another.
    fn moved_labels(&self) -> Vec<f64> {
        let last = self.figure.columns.len().saturating_sub(1);
        let mut below = 0.0;
        let mut wanted = Vec::new();
        for part in &self.figure.parts {
            let value = part.values.get(last).copied().flatten().unwrap_or(0.0);
            wanted.push(self.frame.y(&self.span, below + value / 2.0));
            below += value;
        }
        let heights: Vec<f64> =
            self.names.iter().map(|name| lines_height(name.lines().count().max(1), LABEL_TEXT)).collect();
        let placed = spread(&wanted, &heights, 0.0, self.frame.height - self.frame.bottom + 0.06);
        wanted.iter().zip(placed).map(|(wanted, placed)| placed - wanted).collect()
    }

    /// The name and the last value of a part, right of the last column.
    fn outer_label(&self, index: usize, moved: &[f64]) -> Option<DataLabel> {
        let last = self.figure.columns.len().checked_sub(1)?;
        let value = self.figure.parts[index].values.get(last).copied().flatten()?;
        let look = self.look(index);
        let text = format!("{} {}", self.names[index], rounded(self.figure.unit, value));
        let width = text.lines().map(|line| text_width(line, LABEL_TEXT, false)).fold(0.0, f64::max);
        let gap = (self.column_room() - self.column_width()) / 2.0;
        let right = self.column_width() / 2.0 + gap.min(0.15) + width / 2.0;
        let offset = Some([right / self.frame.width, moved[index] / self.frame.height]);
        Some(DataLabel { offset, shows_name: true, ..DataLabel::of_value(last, "ctr", &look) })
    }
}

/// A value as long as its label.
fn rounded(unit: Unit, value: f64) -> String {
    if unit == Unit::Percent { format!("{value:.0}%") } else { unit.format(value) }
}
