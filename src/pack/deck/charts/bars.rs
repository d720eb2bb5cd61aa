//! Bars, each beside the value for comparison.

use super::axis_span::AxisSpan;
use super::elements::{
    AXIS_TEXT, CategoryAxis, LABEL_TEXT, LabelLook, PlotFrame, ValueAxis, chart_space, data_labels, legend,
};
use super::number_format::{label_format, workbook_format};
use super::series::{BarStand, FilledTrace, bar_group};
use super::sheet::{ChartSheet, absence};
use super::{ChartSize, DrawnChart};
use crate::exhibit::{BarLayout, BarRow, Bars};
use crate::pack::deck::palette::Palette;
use crate::pack::deck::text_size::{fitted, fitted_lines, text_width};
use crate::wording::deck as wording;

/// Rows at least this high have room for the labels of both bars.
const ROOM_FOR_TWO: f64 = 0.5;
/// The height of the legend above the plot.
const LEGEND_HEIGHT: f64 = 0.42;
/// The largest share of the width that the names of rows take.
const NAMES_SHARE: f64 = 0.36;

pub(super) fn chart(figure: &Bars, size: ChartSize, palette: &Palette) -> DrawnChart {
    let is_level = figure.layout != BarLayout::Columns;
    let values = figure.rows.iter().flat_map(|row| [row.value, row.mark]).flatten();
    let span = AxisSpan::covering(values.clone(), true);
    let frame = frame(figure, size, is_level);
    let names: Vec<String> = figure.rows.iter().map(|row| name(row, &frame, is_level)).collect();
    let mut sheet = ChartSheet::new(names);
    let spread = values.fold([f64::MAX, f64::MIN], |[low, high], value| [low.min(value), high.max(value)]);
    let look = LabelLook {
        size: LABEL_TEXT,
        is_bold: true,
        color: palette.district.clone(),
        format: label_format(figure.unit, spread[1] - spread[0]),
    };
    let bars = traces(figure, &mut sheet, &look, palette, &frame);
    let room = if is_level { with_label_room(span, figure, &frame) } else { span };
    let format = look.format.as_str();
    let axes = [
        CategoryAxis { is_upright: is_level, every: 1 }.node(palette),
        ValueAxis { span: room, format, is_level, is_shown: false }.node(palette),
    ];
    let gap = if figure.mark.is_some() { 45 } else { 55 };
    let drawn = [bar_group(&sheet, &bars, BarStand { is_level, is_stacked: false, gap })];
    let key = figure.mark.as_ref().map(|_| legend("t", palette));
    DrawnChart { xml: chart_space(&frame, drawn, axes, key), sheet }
}

/// Our bars, and those of the values for comparison.
fn traces(
    figure: &Bars,
    sheet: &mut ChartSheet,
    look: &LabelLook,
    palette: &Palette,
    frame: &PlotFrame,
) -> Vec<FilledTrace> {
    let format = workbook_format(figure.unit);
    let own: Vec<Option<f64>> = figure.rows.iter().map(|row| row.value).collect();
    let mut bars = vec![FilledTrace::new(sheet.add(&figure.own, &own, &format), Some(&palette.district))];
    bars[0].labels = data_labels(&[], Some((look, Some("outEnd"))));
    if let Some(mark) = &figure.mark {
        let marks: Vec<Option<f64>> = figure.rows.iter().map(|row| row.mark).collect();
        let mut beside = FilledTrace::new(sheet.add(mark, &marks, &format), Some(&palette.bar));
        let quiet = LabelLook { is_bold: false, color: palette.peers.clone(), ..look.clone() };
        beside.labels = data_labels(&[], has_room_for_two(figure, frame).then_some((&quiet, Some("outEnd"))));
        bars.push(beside);
    }
    bars
}

fn has_room_for_two(figure: &Bars, frame: &PlotFrame) -> bool {
    let count = figure.rows.len().max(1) as f64;
    match figure.layout {
        BarLayout::Columns => frame.plot_width() / count >= 1.6,
        _ => frame.plot_height() / count >= ROOM_FOR_TWO,
    }
}

/// The name of a row, and why it has no bar.
fn name(row: &BarRow, frame: &PlotFrame, is_level: bool) -> String {
    let width = if is_level { frame.left - 0.2 } else { 3.0 };
    let name = match &row.absent {
        Some(reason) => wording::without_value(&row.label, &absence(reason)),
        None => row.label.clone(),
    };
    if is_level { fitted(&name, AXIS_TEXT, false, width * 1.9) } else { name }
}

fn frame(figure: &Bars, size: ChartSize, is_level: bool) -> PlotFrame {
    let top = if figure.mark.is_some() { LEGEND_HEIGHT } else { 0.1 };
    let names = figure.rows.iter().map(|row| match &row.absent {
        Some(reason) => wording::without_value(&row.label, &absence(reason)),
        None => row.label.clone(),
    });
    if !is_level {
        let room = size.width / figure.rows.len().max(1) as f64;
        let lines =
            names.map(|name| fitted_lines(&name, AXIS_TEXT, false, room - 0.1, 4).len()).max().unwrap_or(1);
        let bottom = 0.2 + 0.27 * lines as f64;
        return PlotFrame {
            width: size.width,
            height: size.height,
            left: 0.15,
            right: 0.15,
            top: top + 0.3,
            bottom,
        };
    }
    let widest = names.map(|name| text_width(&name, AXIS_TEXT, false)).fold(0.0, f64::max);
    let left = (widest + 0.25).min(size.width * NAMES_SHARE);
    PlotFrame { width: size.width, height: size.height, left, right: 0.15, top, bottom: 0.05 }
}

/// The span, longer by what the labels need beyond the longest bars.
fn with_label_room(span: AxisSpan, figure: &Bars, frame: &PlotFrame) -> AxisSpan {
    let values = figure.rows.iter().flat_map(|row| [row.value, row.mark]).flatten();
    let widest = values.clone().map(|value| text_width(&figure.unit.format(value), LABEL_TEXT, true));
    let share = (widest.fold(0.0, f64::max) + 0.15) / frame.plot_width();
    let longest = values.clone().fold(0.0, f64::max);
    let lowest = values.fold(0.0, f64::min);
    let high = if longest > 0.0 { longest / (1.0 - share).max(0.3) } else { 0.0 };
    let low = if lowest < 0.0 { lowest / (1.0 - share).max(0.3) } else { 0.0 };
    if high > low { AxisSpan { low, high, ..span } } else { span }
}
