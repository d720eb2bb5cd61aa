//! Two years joined by lines, labeled at both ends.

use super::axis_span::AxisSpan;
use super::drawn::{ChartSize, DrawnChart};
use super::elements::{
    AXIS_TEXT, CategoryAxis, DataLabel, LABEL_TEXT, LabelLook, PlotFrame, ValueAxis, chart_space,
};
use super::end_labels::{LineEndLabel, labels_width, place};
use super::number_format::{axis_format, label_format, workbook_format};
use super::series::{LineStyle, LineTrace, line_group};
use super::sheet::ChartSheet;
use crate::exhibit::{SlopeChart, SlopeRow};
use crate::pack::deck::palette::Palette;
use crate::pack::deck::text_size::{lines_height, spread, text_width};

pub(super) fn chart(figure: &SlopeChart, size: ChartSize, palette: &Palette) -> DrawnChart {
    let values = figure.rows.iter().flat_map(|row| [row.from, row.to]);
    let span = AxisSpan::around(values, 0.0);
    let mut sheet = ChartSheet::new(vec![figure.from.clone(), figure.to.clone()]);
    let mut lines = Vec::new();
    let mut ends = Vec::new();
    for (index, row) in figure.rows.iter().enumerate() {
        let name = size.label_lines(&row.label, row.strong).join("\n");
        let column = sheet.add(name.clone(), &[Some(row.from), Some(row.to)], &workbook_format(figure.unit));
        let parts = figure.rows[..index].iter().filter(|row| !row.strong).count();
        let style = style(row, parts, palette);
        ends.push(end(figure, row, index, name, &style, span));
        lines.push(LineTrace { column, style, labels: Vec::new(), drop: None });
    }
    let frame = frame(figure, size, &span, &ends);
    label_starts(figure, &mut lines, &ends, &frame, &span);
    for placed in place(&ends, &frame, &span, 2) {
        lines[placed.line].labels.push(placed.label);
    }
    let format = axis_format(figure.unit, span.step);
    let axes = [
        CategoryAxis { is_upright: false, every: 1 }.node(palette),
        ValueAxis { span, format: &format, is_level: false, is_shown: true }.node(palette),
    ];
    DrawnChart { xml: chart_space(&frame, line_group(&sheet, &lines), axes, None), sheet }
}

/// `part` is how many rows before this one are not strong.
fn style(row: &SlopeRow, part: usize, palette: &Palette) -> LineStyle {
    if row.strong {
        return LineStyle { color: palette.district.clone(), width: 3.5, dash: None, dots: 9 };
    }
    LineStyle { color: palette.part(part).to_owned(), width: 2.0, dash: None, dots: 7 }
}

fn end(
    figure: &SlopeChart,
    row: &SlopeRow,
    line: usize,
    name: String,
    style: &LineStyle,
    span: AxisSpan,
) -> LineEndLabel {
    let format = label_format(figure.unit, span.high - span.low);
    let size = if figure.rows.len() > 9 { AXIS_TEXT } else { LABEL_TEXT };
    let look = LabelLook { size, is_bold: row.strong, color: style.color.clone(), format };
    LineEndLabel {
        line,
        point: 1,
        value: row.to,
        name,
        shows_name: true,
        value_text: Some(figure.unit.format(row.to)),
        look,
    }
}

fn frame(figure: &SlopeChart, size: ChartSize, span: &AxisSpan, ends: &[LineEndLabel]) -> PlotFrame {
    let ticks = span.ticks();
    let texts = ticks.iter().map(|tick| figure.unit.format_axis(*tick, span.high));
    let widest = texts.map(|text| text_width(&text, AXIS_TEXT, false)).fold(0.0, f64::max);
    let right = labels_width(ends) + 0.1;
    PlotFrame { width: size.width, height: size.height, left: widest + 0.3, right, top: 0.18, bottom: 0.42 }
}

/// The values at the left ends, kept apart.
fn label_starts(
    figure: &SlopeChart,
    lines: &mut [LineTrace],
    ends: &[LineEndLabel],
    frame: &PlotFrame,
    span: &AxisSpan,
) {
    let wanted: Vec<f64> = figure.rows.iter().map(|row| frame.y(span, row.from)).collect();
    let heights: Vec<f64> = ends.iter().map(|end| lines_height(1, end.look.size)).collect();
    let placed = spread(&wanted, &heights, 0.0, frame.height - frame.bottom + 0.06);
    for (index, line) in lines.iter_mut().enumerate() {
        let moved = placed[index] - wanted[index];
        let offset = (moved.abs() > 0.02).then(|| [0.0, moved / frame.height]);
        line.labels.push(DataLabel { offset, ..DataLabel::of_value(0, "l", &ends[index].look) });
    }
}
