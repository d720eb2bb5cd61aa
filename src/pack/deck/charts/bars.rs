//! Bars, each with a bar for comparison beside it.

use super::axis_span::AxisSpan;
use super::drawn::{ChartSize, DrawnChart};
use super::elements::{
    AXIS_TEXT, CategoryAxis, LABEL_TEXT, LabelLook, PlotFrame, ValueAxis, chart_space, data_labels, legend,
};
use super::number_format::{label_format, workbook_format};
use super::series::{BarStand, FilledTrace, PointFill, bar_group};
use super::sheet::{ChartSheet, absence};
use crate::exhibit::{BarLayout, BarRow, Bars};
use crate::pack::deck::palette::Palette;
use crate::pack::deck::text_size::{fitted, fitted_lines, text_width};
use crate::wording::deck as wording;

/// Rows at least this high have room for the labels of both bars.
const ROOM_FOR_TWO: f64 = 0.5;
/// Columns at least this wide have room for the labels of both bars.
const WIDTH_FOR_TWO: f64 = 1.5;
/// The height of the legend above the plot.
const LEGEND_HEIGHT: f64 = 0.42;
/// The largest share of the width that the names of rows take.
const NAMES_SHARE: f64 = 0.36;

/// A bar chart while it is put together.
struct BarChart<'a> {
    figure: &'a Bars,
    palette: &'a Palette,
    frame: PlotFrame,
    /// The ends of the axis.
    span: AxisSpan,
    /// How our labels look.
    look: LabelLook,
}

pub(super) fn chart(figure: &Bars, size: ChartSize, palette: &Palette) -> DrawnChart {
    let chart = BarChart::new(figure, size, palette);
    let names = figure.rows.iter().map(|row| chart.name(row)).collect();
    let mut sheet = ChartSheet::new(names);
    let bars = chart.traces(&mut sheet);
    let is_level = chart.is_level();
    let axes = [
        CategoryAxis { is_upright: is_level, every: 1 }.node(palette),
        ValueAxis { span: chart.span, format: &chart.look.format, is_level, is_shown: false }.node(palette),
    ];
    let stand = BarStand { is_level, is_stacked: false, gap: 45 };
    let key = figure.mark.as_ref().map(|_| legend("t", palette));
    DrawnChart { xml: chart_space(&chart.frame, [bar_group(&sheet, &bars, stand)], axes, key), sheet }
}

fn all_values(figure: &Bars) -> impl Iterator<Item = f64> + Clone {
    figure.rows.iter().flat_map(|row| [row.value, row.mark]).flatten().filter(|value| value.is_finite())
}

impl<'a> BarChart<'a> {
    fn new(figure: &'a Bars, size: ChartSize, palette: &'a Palette) -> Self {
        let values = all_values(figure);
        let range =
            values.clone().fold([f64::MAX, f64::MIN], |[low, high], value| [low.min(value), high.max(value)]);
        let frame = frame(figure, size);
        let covered = values.chain(size.range.into_iter().flatten());
        let span = with_label_room(AxisSpan::covering(covered.clone(), true), covered, figure, &frame);
        let look = LabelLook {
            size: LABEL_TEXT,
            is_bold: true,
            color: palette.district.clone(),
            format: label_format(figure.unit, size.label_span.unwrap_or(range[1] - range[0])),
        };
        Self { figure, palette, frame, span, look }
    }

    fn is_level(&self) -> bool {
        self.figure.layout != BarLayout::Columns
    }

    /// Our bars, and those of the values for comparison.
    fn traces(&self, sheet: &mut ChartSheet) -> Vec<FilledTrace> {
        let figure = self.figure;
        let format = workbook_format(figure.unit);
        let values: Vec<Option<f64>> = figure.rows.iter().map(|row| row.value).collect();
        let mut own =
            FilledTrace::new(sheet.add(&figure.own, &values, &format), Some(&self.palette.district));
        own.points = self.hatched();
        own.labels = data_labels(&[], Some((&self.look, Some("outEnd"))));
        let mut bars = vec![own];
        if let Some(mark) = &figure.mark {
            let marks: Vec<Option<f64>> = figure.rows.iter().map(|row| row.mark).collect();
            let column = sheet.add(mark, &marks, &format);
            bars.push(self.comparison(column));
        }
        bars
    }

    /// Our bars about few people.
    fn hatched(&self) -> Vec<PointFill> {
        let rows = self.figure.rows.iter().enumerate().filter(|(_, row)| row.is_of_few);
        let color = &self.palette.district;
        rows.map(|(point, _)| PointFill { point, color: color.clone(), is_hatched: true }).collect()
    }

    /// The bars of the values for comparison.
    fn comparison(&self, column: usize) -> FilledTrace {
        let mut bars = FilledTrace::new(column, Some(&self.palette.bar));
        let quiet = LabelLook { is_bold: false, color: self.palette.peers.clone(), ..self.look.clone() };
        bars.labels = data_labels(&[], self.has_room_for_two().then_some((&quiet, Some("outEnd"))));
        bars
    }

    fn has_room_for_two(&self) -> bool {
        let count = self.figure.rows.len().max(1) as f64;
        if self.is_level() {
            self.frame.plot_height() / count >= ROOM_FOR_TWO
        } else {
            self.frame.plot_width() / count >= WIDTH_FOR_TWO
        }
    }

    /// The name of a row, and why it has no bar.
    fn name(&self, row: &BarRow) -> String {
        let name = whole_name(row);
        if self.is_level() {
            return fitted(&name, AXIS_TEXT, false, (self.frame.left - 0.2) * 1.9);
        }
        let room = self.frame.plot_width() / self.figure.rows.len().max(1) as f64;
        let words: Vec<String> = name.split(' ').map(|word| hyphenated(word, room - 0.06)).collect();
        words.join(" ")
    }
}

fn whole_name(row: &BarRow) -> String {
    match &row.absent {
        Some(reason) => wording::without_value(&row.label, &absence(reason)),
        None => row.label.clone(),
    }
}

/// A word that is wider than the room for it, on two lines.
fn hyphenated(word: &str, room: f64) -> String {
    if text_width(word, AXIS_TEXT, false) <= room {
        return word.to_owned();
    }
    let letters: Vec<char> = word.chars().collect();
    let (first, second) = letters.split_at(letters.len().div_ceil(2));
    let halves = [first, second].map(|half| half.iter().collect::<String>());
    format!("{}-\n{}", halves[0], halves[1])
}

fn frame(figure: &Bars, size: ChartSize) -> PlotFrame {
    let top = if figure.mark.is_some() { LEGEND_HEIGHT } else { 0.1 };
    let names = figure.rows.iter().map(whole_name);
    if figure.layout == BarLayout::Columns {
        let room = (size.width - 0.3) / figure.rows.len().max(1) as f64;
        let is_wide = |name: &String| text_width(name, AXIS_TEXT, false) > room - 0.06;
        let lines = names
            .map(|name| {
                fitted_lines(&name, AXIS_TEXT, false, room - 0.1, 4).len() + usize::from(is_wide(&name))
            })
            .max();
        let bottom = 0.2 + 0.27 * lines.unwrap_or(1) as f64;
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
fn with_label_room(
    span: AxisSpan,
    values: impl Iterator<Item = f64> + Clone,
    figure: &Bars,
    frame: &PlotFrame,
) -> AxisSpan {
    let share = if figure.layout == BarLayout::Columns {
        0.0
    } else {
        let texts = values.clone().map(|value| text_width(&figure.unit.format(value), LABEL_TEXT, true));
        (texts.fold(0.0, f64::max) + 0.15) / frame.plot_width()
    };
    let longest = values.clone().fold(0.0, f64::max);
    let lowest = values.fold(0.0, f64::min);
    let high = longest / (1.0 - share).max(0.3);
    let low = lowest / (1.0 - share).max(0.3);
    if high > low { AxisSpan { low, high, ..span } } else { span }
}
