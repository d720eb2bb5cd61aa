//! A native chart of a part of an exhibit's table.

use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisLabelPosition, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartMarker, ChartMarkerType, ChartPoint, ChartRange, ChartSeries, ChartSolidFill, ChartType,
    Color, ObjectMovement,
};

use super::plot::{Plot, PlotKind, PlotSeries};
use super::style::{GRID, NumberLook, OWN, QUIET};
use crate::domain::Unit;
use crate::wording::alt::MOST_CHARACTERS;

/// Where a table is in its sheet.
#[derive(Clone, Copy)]
pub(super) struct TableGround<'a> {
    pub(super) sheet: &'a str,
    /// The row of its header, counted from 0.
    pub(super) header: u32,
    /// How many columns to the right the numbers of the chart stand: 0 if they are those of the table itself.
    pub(super) offset: u16,
}

impl TableGround<'_> {
    /// The first rows of one column.
    fn column(&self, column: u16, rows: usize) -> ChartRange {
        ChartRange::new_from_range(self.sheet, self.header + 1, column, self.header + rows as u32, column)
    }
}

/// The words of a chart.
pub(super) struct ChartWords {
    pub(super) title: String,
    pub(super) alt: String,
}

pub(super) fn chart(plot: &Plot, ground: TableGround<'_>, words: &ChartWords) -> Chart {
    let mut chart = Chart::new(chart_type(plot.kind));
    for series in &plot.series {
        chart.push_series(&chart_series(plot, series, ground));
    }
    let strong = font(11.0);
    chart.title().set_name(&words.title).set_font(&strong).set_overlay(false);
    match plot.series.len() {
        1 => chart.legend().set_hidden(),
        _ => chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0)),
    };
    dress(&mut chart, plot);
    chart.set_alt_text(words.alt.chars().take(MOST_CHARACTERS).collect::<String>());
    chart.set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    chart
}

const fn chart_type(kind: PlotKind) -> ChartType {
    match kind {
        PlotKind::Lines | PlotKind::Slopes => ChartType::Line,
        PlotKind::Bars => ChartType::Bar,
        PlotKind::Columns => ChartType::Column,
        PlotKind::Stacked => ChartType::ColumnStacked,
    }
}

fn chart_series(plot: &Plot, series: &PlotSeries, ground: TableGround<'_>) -> ChartSeries {
    let mut drawn = ChartSeries::new();
    let TableGround { sheet, header, offset } = ground;
    if plot.kind == PlotKind::Slopes {
        let row = header + 1 + series.place as u32;
        drawn.set_categories(&ChartRange::new_from_range(sheet, header, 1, header, 2));
        drawn.set_values(&ChartRange::new_from_range(sheet, row, 1, row, 2));
        drawn.set_name(&ChartRange::new_from_range(sheet, row, 0, row, 0));
    } else {
        let column = series.place as u16;
        drawn.set_categories(&ground.column(0, plot.rows));
        drawn.set_values(&ground.column(column + offset, plot.rows));
        match &series.name {
            Some(name) => drawn.set_name(name.as_str()),
            None => drawn.set_name(&ChartRange::new_from_range(sheet, header, column, header, column)),
        };
    }
    look(&mut drawn, plot, series);
    drawn
}

/// Colors, lines and labels of a series.
fn look(drawn: &mut ChartSeries, plot: &Plot, series: &PlotSeries) {
    let look = &series.look;
    match plot.kind {
        PlotKind::Lines | PlotKind::Slopes => {
            let line =
                ChartLine::new().set_color(look.color).set_width(look.width).set_dash_type(look.dash).clone();
            drawn.set_format(ChartFormat::new().set_line(&line));
            drawn.set_marker(
                ChartMarker::new()
                    .set_type(ChartMarkerType::Circle)
                    .set_size(4)
                    .set_format(&mut filled_with(look.color)),
            );
        }
        PlotKind::Bars | PlotKind::Columns | PlotKind::Stacked => {
            drawn.set_format(&mut filled_with(look.color));
            drawn.set_gap(if plot.kind == PlotKind::Bars { 40 } else { 60 });
        }
    }
    if plot.kind == PlotKind::Bars {
        let label = NumberLook::Value(plot.unit, plot.largest).code();
        drawn.set_data_label(ChartDataLabel::new().show_value().set_num_format(label).set_font(&font(8.0)));
    }
    if let Some(last) = look.own_rows.last() {
        let points: Vec<ChartPoint> = (0..=*last).map(|row| point(look.own_rows.contains(&row))).collect();
        drawn.set_points(&points);
    }
}

/// A bar in the district's color, or in that of its series.
fn point(is_own: bool) -> ChartPoint {
    let point = ChartPoint::new();
    if is_own { point.set_format(&mut filled_with(OWN)) } else { point }
}

fn filled_with(color: Color) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(color));
    format
}

/// The axes of a chart.
fn dress(chart: &mut Chart, plot: &Plot) {
    quiet_axis(chart.x_axis());
    quiet_axis(chart.y_axis());
    chart.x_axis().set_major_gridlines(false);
    chart.y_axis().set_major_gridlines(false);
    if plot.kind == PlotKind::Bars {
        // The categories of horizontal bars are on the vertical axis, the first on top. Their values stand at the bars.
        chart.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
        chart.x_axis().set_hidden(true);
        if plot.is_from_zero {
            chart.x_axis().set_min(0);
        }
        return;
    }
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    let values = chart.y_axis();
    values.set_num_format(NumberLook::of_axis(plot.unit)).set_major_gridlines(true);
    values.set_major_gridlines_line(ChartLine::new().set_color(GRID));
    if let Some([low, high]) = plot.axis {
        values.set_min(low).set_max(high);
    }
    if plot.kind == PlotKind::Stacked && plot.unit == Unit::Percent {
        values.set_min(0).set_max(100);
    }
}

fn quiet_axis(axis: &mut ChartAxis) {
    axis.set_font(&font(9.0));
    axis.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(GRID)));
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(size).set_color(QUIET).unset_bold();
    font
}
