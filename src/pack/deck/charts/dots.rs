//! The district among its peers: sorted bars, ours colored, and the median among them.

use super::axis_span::AxisSpan;
use super::drawn::{ChartSize, DrawnChart};
use super::elements::{
    AXIS_TEXT, CategoryAxis, DataLabel, LABEL_TEXT, LabelLook, PlotFrame, ValueAxis, chart_space, data_labels,
};
use super::number_format::{label_format, workbook_format};
use super::series::{BarStand, FilledTrace, PointFill, bar_group};
use super::sheet::ChartSheet;
use crate::exhibit::Dots;
use crate::pack::deck::palette::Palette;
use crate::pack::deck::text_size::{fitted, text_width};

/// A bar of the chart.
struct RankedBar {
    label: String,
    value: f64,
    kind: BarKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BarKind {
    Own,
    Peer,
    Median,
}

pub(super) fn chart(figure: &Dots, size: ChartSize, palette: &Palette) -> DrawnChart {
    let bars = ranked(figure);
    let frame = frame(&bars, size);
    let room = frame.left - 0.2;
    let mut sheet =
        ChartSheet::new(bars.iter().map(|bar| fitted(&bar.label, AXIS_TEXT, false, room)).collect());
    let values: Vec<Option<f64>> = bars.iter().map(|bar| Some(bar.value)).collect();
    let column = sheet.add(
        figure.median.as_ref().map_or("", |(label, _)| label),
        &values,
        &workbook_format(figure.unit),
    );
    let mut trace = FilledTrace::new(column, Some(&palette.bar));
    trace.points = (0..bars.len()).filter_map(|point| point_fill(&bars, point, palette)).collect();
    let look = LabelLook {
        size: LABEL_TEXT,
        is_bold: false,
        color: palette.peers.clone(),
        format: label_format(figure.unit, size.label_span.unwrap_or_else(|| value_spread(&bars))),
    };
    let strong = LabelLook { is_bold: true, color: palette.district.clone(), ..look.clone() };
    let own: Vec<DataLabel> = (0..bars.len())
        .filter(|point| bars[*point].kind == BarKind::Own)
        .map(|point| DataLabel::of_value(point, "outEnd", &strong))
        .collect();
    trace.labels = data_labels(&own, Some((&look, Some("outEnd"))));
    let span = span(figure, &bars, &frame, size);
    let axes = [
        CategoryAxis { is_upright: true, every: 1 }.node(palette),
        ValueAxis { span, format: &look.format, is_level: true, is_shown: false }.node(palette),
    ];
    let drawn = [bar_group(&sheet, &[trace], BarStand { is_level: true, is_stacked: false, gap: 40 })];
    DrawnChart { xml: chart_space(&frame, drawn, axes, None), sheet }
}

/// The rows with the median among them, from the top. Our own schools are not sorted by value, and the district comes last.
fn ranked(figure: &Dots) -> Vec<RankedBar> {
    let mut bars: Vec<RankedBar> = figure
        .rows
        .iter()
        .map(|row| RankedBar {
            label: row.label.clone(),
            value: row.value,
            kind: if row.chosen { BarKind::Own } else { BarKind::Peer },
        })
        .collect();
    if let Some((label, value)) = &figure.median {
        let are_all_ours = figure.rows.iter().all(|row| row.chosen);
        let is_rising = bars.first().zip(bars.last()).is_some_and(|(first, last)| first.value < last.value);
        let after = |bar: &RankedBar| if is_rising { bar.value > *value } else { bar.value < *value };
        let at = bars.iter().position(after).filter(|_| !are_all_ours).unwrap_or(bars.len());
        bars.insert(at, RankedBar { label: label.clone(), value: *value, kind: BarKind::Median });
    }
    bars
}

/// The width of the longest name, in inches.
pub(in crate::pack::deck) fn widest_name(figure: &Dots) -> f64 {
    let names = figure.rows.iter().map(|row| &row.label).chain(figure.median.iter().map(|(label, _)| label));
    names.map(|name| text_width(name, AXIS_TEXT, false)).fold(0.0, f64::max)
}

fn point_fill(bars: &[RankedBar], point: usize, palette: &Palette) -> Option<PointFill> {
    let color = match bars[point].kind {
        BarKind::Own => &palette.district,
        BarKind::Median => &palette.peers,
        BarKind::Peer => return None,
    };
    Some(PointFill { point, color: color.clone(), is_hatched: false })
}

fn value_spread(bars: &[RankedBar]) -> f64 {
    let values = bars.iter().map(|bar| bar.value);
    values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
}

fn frame(bars: &[RankedBar], size: ChartSize) -> PlotFrame {
    let widest = bars.iter().map(|bar| text_width(&bar.label, AXIS_TEXT, false));
    let widest = widest.fold(size.names.unwrap_or(0.0), f64::max);
    let share = if size.is_small { 0.5 } else { 0.42 };
    let left = (widest + 0.25).min(size.width * share);
    PlotFrame { width: size.width, height: size.height, left, right: 0.15, top: 0.05, bottom: 0.05 }
}

/// From zero to what the longest bar and its label need.
fn span(figure: &Dots, bars: &[RankedBar], frame: &PlotFrame, size: ChartSize) -> AxisSpan {
    let beside = size.range.into_iter().chain(figure.range).flatten();
    let values = bars.iter().map(|bar| bar.value).chain(beside);
    let span = AxisSpan::covering(values.clone(), true);
    let widest = values.clone().map(|value| text_width(&figure.unit.format(value), LABEL_TEXT, true));
    let share = (widest.fold(0.0, f64::max) + 0.15) / frame.plot_width();
    let high = values.clone().fold(0.0, f64::max) / (1.0 - share).max(0.3);
    let low = values.fold(0.0, f64::min) / (1.0 - share).max(0.3);
    if high > low { AxisSpan { low, high, ..span } } else { span }
}
