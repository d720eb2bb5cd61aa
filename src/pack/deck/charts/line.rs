//! Lines over the school years: a series for each stretch between breaks, labels at the ends, and the band behind.

use super::axis_span::AxisSpan;
use super::band::{BandPlace, add_band, band_label};
use super::drawn::{ChartSize, DrawnChart};
use super::elements::{
    AXIS_TEXT, CategoryAxis, DataLabel, LABEL_TEXT, LabelLook, PlotFrame, ValueAxis, chart_space,
    label_interval,
};
use super::end_labels::{LineEndLabel, beside_point, labels_width, place};
use super::number_format::{axis_format, label_format, workbook_format};
use super::series::{LineStyle, LineTrace, line_group};
use super::sheet::ChartSheet;
use crate::domain::SchoolYear;
use crate::exhibit::{Line, LineRole, LineSeries};
use crate::pack::deck::palette::Palette;
use crate::pack::deck::text_size::{fitted_lines, text_width};
use crate::wording::deck as wording;

/// The height of a line of a break's reason, in inches.
const REASON_HEIGHT: f64 = 0.3;

/// Charts at least this wide give the reason for a break on one line.
const WIDE: f64 = 10.0;
/// Charts at least this wide give it on two lines, others on three.
const NARROW: f64 = 5.0;

/// A line chart while it is put together.
pub(super) struct LineChart<'a> {
    pub(super) figure: &'a Line,
    pub(super) palette: &'a Palette,
    pub(super) size: ChartSize,
    pub(super) span: AxisSpan,
    pub(super) sheet: ChartSheet,
    pub(super) lines: Vec<LineTrace>,
    /// What stands at the ends of the lines.
    pub(super) ends: Vec<LineEndLabel>,
}

pub(super) fn chart(figure: &Line, size: ChartSize, palette: &Palette) -> DrawnChart {
    let mut chart = LineChart::new(figure, size, palette);
    for index in 0..figure.series.len() {
        chart.add_series(index);
    }
    let band = figure.band.as_ref().map(|band| add_band(&mut chart, band));
    let label = figure.band.as_ref().and_then(|band| band_label(&mut chart, band));
    chart.ends.extend(label);
    let frame = chart.frame();
    chart.keep_first_values_inside(&frame);
    chart.add_breaks(&frame);
    chart.label_ends(&frame);
    let every = chart.year_interval(&frame);
    chart.sheet.label_every(every);
    let drawn = band
        .into_iter()
        .map(|band: BandPlace| band.node(&chart.sheet))
        .chain(line_group(&chart.sheet, &chart.lines));
    let format = axis_format(figure.unit, chart.span.step);
    let axes = [
        CategoryAxis { is_upright: false, every }.node(palette),
        ValueAxis { span: chart.span, format: &format, is_level: false, is_shown: true }.node(palette),
    ];
    let xml = chart_space(&frame, drawn, axes, None);
    DrawnChart { xml, sheet: chart.sheet }
}

impl<'a> LineChart<'a> {
    fn new(figure: &'a Line, size: ChartSize, palette: &'a Palette) -> Self {
        let values = figure.series.iter().flat_map(|series| series.values.iter().flatten().copied());
        let band = figure.band.iter().flat_map(|band| band.values.iter().flatten());
        let span =
            AxisSpan::around(values.chain(band.flat_map(|(low, high)| [*low, *high])), figure.least_span);
        let sheet = ChartSheet::new(figure.years.iter().map(|year| SchoolYear::text_of(*year)).collect());
        Self { figure, palette, size, span, sheet, lines: Vec::new(), ends: Vec::new() }
    }

    /// Adds a line: a series of the chart for each stretch between breaks.
    fn add_series(&mut self, index: usize) {
        let series = &self.figure.series[index];
        let stretches = self.stretches(&series.values);
        let last = stretches.len().saturating_sub(1);
        for (at, values) in stretches.iter().enumerate() {
            let name =
                if at == last { self.name(series) } else { wording::earlier_stretch(&series.label, at + 1) };
            let column = self.sheet.add(name, values, &workbook_format(self.figure.unit));
            let mut labels = Vec::new();
            labels.extend(self.first_label(index, at, values));
            self.lines.push(LineTrace { column, style: self.style(index), labels, drop: None });
        }
        let Some(end) = stretches.last().and_then(|values| self.end_label(series, values, index)) else {
            return;
        };
        match self.goes_on_below(series, &end) {
            Some(is_below) => self.label_point(&end, is_below),
            None => self.ends.push(end),
        }
    }

    /// Whether a projection goes on from the end of our line below it, or above; `None` without one. The label then stands at its
    /// own point: at the end of the projection, it would name the projected value.
    fn goes_on_below(&self, series: &LineSeries, end: &LineEndLabel) -> Option<bool> {
        let projected = self.figure.series.iter().find(|one| one.role == LineRole::Projected)?;
        let next = projected.values.iter().skip(end.point + 1).flatten().next()?;
        (series.role == LineRole::District).then_some(*next <= end.value)
    }

    fn label_point(&mut self, end: &LineEndLabel, is_above: bool) {
        let label = beside_point(end, is_above, self.size.height);
        if let Some(line) = self.lines.get_mut(end.line) {
            line.labels.retain(|other| other.point != end.point);
            line.labels.push(label);
        }
    }

    /// The name of a series, on lines short enough for a label.
    fn name(&self, series: &LineSeries) -> String {
        let is_bold = series.role == LineRole::District;
        self.size.label_lines(&series.label, is_bold).join("\n")
    }

    /// The values of a series between breaks, each as long as the years. There is at least one stretch.
    fn stretches(&self, values: &[Option<f64>]) -> Vec<Vec<Option<f64>>> {
        let mut all = vec![vec![None; values.len()]];
        for (index, value) in values.iter().enumerate() {
            let is_break = self.figure.breaks.iter().any(|(year, _)| *year == self.figure.years[index]);
            let has_values = all.last().is_some_and(|stretch| stretch.iter().any(Option::is_some));
            if is_break && has_values && values[index..].iter().any(Option::is_some) {
                all.push(vec![None; values.len()]);
            }
            if let Some(stretch) = all.last_mut() {
                stretch[index] = *value;
            }
        }
        all
    }

    pub(super) fn style(&self, index: usize) -> LineStyle {
        let (color, width, dash, dots) = match self.figure.series[index].role {
            LineRole::District => (&self.palette.district, 3.5, None, 8),
            LineRole::PeerMedian => (&self.palette.peers, 2.0, Some("dash"), 0),
            LineRole::State => (&self.palette.state, 2.0, Some("sysDot"), 0),
            LineRole::Published => (&self.palette.district, 1.25, None, 0),
            LineRole::Projected => (&self.palette.district, 3.0, Some("sysDash"), 0),
            LineRole::Target => (&self.palette.target, 1.25, None, 0),
            LineRole::Part => return self.part_style(index),
        };
        LineStyle { color: color.clone(), width, dash, dots }
    }

    fn part_style(&self, index: usize) -> LineStyle {
        let before =
            self.figure.series[..index].iter().filter(|series| series.role == LineRole::Part).count();
        LineStyle { color: self.palette.part(before).to_owned(), width: 2.5, dash: None, dots: 6 }
    }

    pub(super) fn label_look(&self, index: usize) -> LabelLook {
        LabelLook {
            size: LABEL_TEXT,
            is_bold: self.figure.series[index].role == LineRole::District,
            color: self.style(index).color,
            format: label_format(self.figure.unit, self.span.high - self.span.low),
        }
    }

    /// The first value of the district's line, above it if it falls and below it if it rises.
    fn first_label(&self, index: usize, stretch: usize, values: &[Option<f64>]) -> Option<DataLabel> {
        let known: Vec<usize> = (0..values.len()).filter(|at| values[*at].is_some()).collect();
        let is_first = stretch == 0 && self.figure.series[index].role == LineRole::District;
        let [first, next, ..] = known.as_slice() else { return None };
        let (start, after) = (values[*first]?, values[*next]?);
        let position = if after <= start { "t" } else { "b" };
        let is_free = self.has_room(index, *first, start, position == "t");
        // Small charts have no room left of their first value.
        (is_first && is_free && !self.size.is_small)
            .then(|| DataLabel::of_value(*first, position, &self.label_look(index)))
    }

    /// Moves the first values of the district's line to the right if they would hang over the values of the axis.
    fn keep_first_values_inside(&mut self, frame: &PlotFrame) {
        let step = frame.plot_width() / self.figure.years.len().max(1) as f64;
        let own = self.figure.series.iter().find(|series| series.role == LineRole::District);
        for label in self.lines.iter_mut().flat_map(|line| &mut line.labels) {
            let Some(value) = own.and_then(|own| own.values[label.point]) else { continue };
            let width = text_width(&self.figure.unit.format(value), LABEL_TEXT, true) + 0.1;
            let beyond = width / 2.0 - (label.point as f64 + 0.5) * step;
            if beyond > 0.0 {
                label.offset = Some([beyond / frame.width, 0.0]);
            }
        }
    }

    /// Whether no other line passes where a label above or below a point would stand.
    fn has_room(&self, index: usize, point: usize, value: f64, is_above: bool) -> bool {
        let height = 0.6 / self.size.height * (self.span.high - self.span.low);
        let (low, high) = if is_above { (value, value + height) } else { (value - height, value) };
        let others = self.figure.series.iter().enumerate().filter(|(other, _)| *other != index);
        let mut values = others.filter_map(|(_, series)| series.values[point]);
        values.all(|other| other < low || other > high)
    }

    fn end_label(&self, series: &LineSeries, values: &[Option<f64>], index: usize) -> Option<LineEndLabel> {
        let point = values.iter().rposition(Option::is_some)?;
        let look = self.label_look(index);
        let value_text = self.figure.unit.format(values[point]?);
        Some(LineEndLabel {
            line: self.lines.len() - 1,
            point,
            value: values[point]?,
            name: self.name(series),
            shows_name: !self.size.is_small,
            value_text: Some(value_text),
            look,
        })
    }

    /// The frame of the plot: right of it stand the labels of the lines, above it the reasons for breaks.
    fn frame(&self) -> PlotFrame {
        let format = self.figure.unit;
        let ticks = self.span.ticks();
        let widest = ticks
            .iter()
            .map(|tick| text_width(&format.format_axis(*tick, self.span.high), AXIS_TEXT, false))
            .fold(0.0, f64::max);
        PlotFrame {
            width: self.size.width,
            height: self.size.height,
            left: widest + 0.3,
            right: labels_width(&self.ends) + 0.1,
            top: 0.18 + self.figure.breaks.len() as f64 * self.reason_height(),
            bottom: 0.42,
        }
    }

    /// On how many lines the reason for a break may stand.
    fn reason_lines(&self) -> usize {
        match self.size.width {
            width if width >= WIDE => 1,
            width if width >= NARROW => 2,
            _ => 3,
        }
    }

    fn reason_height(&self) -> f64 {
        REASON_HEIGHT * self.reason_lines() as f64
    }

    fn year_interval(&self, frame: &PlotFrame) -> usize {
        let count = self.figure.years.len();
        let widest =
            self.figure.years.iter().map(|year| text_width(&SchoolYear::text_of(*year), AXIS_TEXT, false));
        label_interval(widest.fold(0.0, f64::max), frame.plot_width() / count.max(1) as f64, count)
    }

    /// A dotted line with the reason at each break.
    fn add_breaks(&mut self, frame: &PlotFrame) {
        let figure = self.figure;
        for (row, (year, reason)) in figure.breaks.iter().enumerate() {
            let Some(point) = figure.years.iter().position(|shown| shown == year) else { continue };
            let mut values = vec![None; figure.years.len()];
            values[point] = Some(self.span.high);
            let share = (point as f64 + 0.5) / figure.years.len() as f64;
            let is_left = share < 0.5;
            let room = frame.plot_width() * if is_left { 1.0 - share } else { share };
            let lines = fitted_lines(reason, AXIS_TEXT, false, room - 0.1, self.reason_lines());
            let column = self.sheet.add(lines.join("\n"), &values, &workbook_format(figure.unit));
            let up = self.reason_height() * (row as f64 + 0.5);
            self.lines.push(self.break_trace(column, point, is_left, up));
        }
    }

    fn break_trace(&self, column: usize, point: usize, is_left: bool, up: f64) -> LineTrace {
        let color = self.palette.quiet.clone();
        let look =
            LabelLook { size: AXIS_TEXT, is_bold: false, color: color.clone(), format: "0".to_owned() };
        let label = DataLabel {
            offset: Some([0.0, -up / self.size.height]),
            shows_value: false,
            shows_name: true,
            ..DataLabel::of_value(point, if is_left { "r" } else { "l" }, &look)
        };
        let style = LineStyle { color, width: 0.0, dash: None, dots: 0 };
        LineTrace { column, style, labels: vec![label], drop: Some(self.span.high - self.span.low) }
    }

    fn label_ends(&mut self, frame: &PlotFrame) {
        let span = self.span;
        for placed in place(&self.ends, frame, &span, self.figure.years.len()) {
            if let Some(line) = self.lines.get_mut(placed.line) {
                line.labels.retain(|label| label.point != placed.label.point);
                line.labels.push(placed.label);
            }
        }
    }
}
