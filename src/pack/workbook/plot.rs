//! What a native chart draws: which columns and rows of an exhibit's table, and how.

use std::ops::Range;

use rust_xlsxwriter::{ChartLineDashType, Color};

use super::style::{OTHER, OWN, PARTS, PEER, STATE, TARGET};
use crate::domain::Unit;
use crate::exhibit::{BarLayout, Bars, Dots, Exhibit, Figure, Line, LineRole, SlopeChart, Stacked, Table};

/// One native chart.
pub(super) struct Plot {
    /// What it shows, if it is one of several charts.
    pub(super) title: Option<String>,
    pub(super) kind: PlotKind,
    pub(super) unit: Unit,
    /// The rows of the table that it draws, counted from its first.
    pub(super) rows: Range<usize>,
    /// The column of the categories.
    pub(super) categories: usize,
    pub(super) series: Vec<PlotSeries>,
    /// Whether no value of its bars is below zero.
    pub(super) is_from_zero: bool,
    /// The ends of the axis of its lines.
    pub(super) axis: Option<[f64; 2]>,
    /// The largest value of its bars, by which its labels are formatted.
    pub(super) largest: f64,
}

/// The kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlotKind {
    /// Lines over the rows.
    Lines,
    /// Lines over two columns, one for each row.
    Slopes,
    /// Horizontal bars.
    Bars,
    /// Upright bars.
    Columns,
    /// Upright bars on top of each other.
    Stacked,
}

/// One series of a chart.
pub(super) struct PlotSeries {
    /// Its column of the table; for slopes, its row.
    pub(super) place: usize,
    /// Its name, if it is not the heading of its column.
    pub(super) name: Option<String>,
    pub(super) look: SeriesLook,
}

/// How a series is drawn.
#[derive(Clone, Copy)]
pub(super) struct SeriesLook {
    pub(super) color: Color,
    /// Of a line, in points.
    pub(super) width: f64,
    pub(super) dash: ChartLineDashType,
    /// The row that is drawn in the district's color.
    pub(super) own_row: Option<usize>,
}

impl SeriesLook {
    const fn solid(color: Color, width: f64) -> Self {
        Self { color, width, dash: ChartLineDashType::Solid, own_row: None }
    }

    const fn dashed(color: Color, width: f64) -> Self {
        Self { dash: ChartLineDashType::Dash, ..Self::solid(color, width) }
    }

    fn part(index: usize) -> Self {
        Self::solid(PARTS[index % PARTS.len()], 2.25)
    }
}

/// The charts of an exhibit; none for shaded cells.
pub(super) fn plots(exhibit: &Exhibit) -> Vec<Plot> {
    let table = &exhibit.table;
    let whole = TablePart { table, rows: 0..table.rows.len(), first_column: 0 };
    let Figure::Panels(panels) = &exhibit.figure else {
        return plot(&exhibit.figure, &whole).into_iter().collect();
    };
    let mut plots = Vec::new();
    for panel in panels {
        let of_panel = whole.rows_of(&panel.title);
        plots.extend(
            plot(&panel.figure, &of_panel).map(|plot| Plot { title: Some(panel.title.clone()), ..plot }),
        );
    }
    plots
}

/// The rows of a table that a figure draws.
struct TablePart<'a> {
    table: &'a Table,
    rows: Range<usize>,
    /// The column that the figure's own table begins with.
    first_column: usize,
}

impl TablePart<'_> {
    /// The rows of a small chart, which stand together and begin with its title.
    fn rows_of(&self, title: &str) -> Self {
        let is_titled = |row: &&Vec<_>| {
            row.first().is_some_and(|cell: &crate::exhibit::ExhibitCell| cell.text() == title)
        };
        let before = self.table.rows.iter().take_while(|row| !is_titled(row)).count();
        let own = self.table.rows.iter().skip(before).take_while(is_titled).count();
        Self { table: self.table, rows: before..before + own, first_column: 1 }
    }

    /// The column with a heading; otherwise the one in which a figure's table has it.
    fn column(&self, heading: &str, otherwise: usize) -> usize {
        let known = self.table.columns.iter().skip(self.first_column + 1).position(|name| name == heading);
        known.map_or(otherwise, |place| place) + self.first_column + 1
    }

    /// The first column in which the part's rows have numbers.
    fn first_numbers(&self) -> usize {
        let Some(row) = self.table.rows.get(self.rows.start) else { return self.first_column + 1 };
        let is_number =
            |cell: &crate::exhibit::ExhibitCell| matches!(cell, crate::exhibit::ExhibitCell::Number(..));
        row.iter().position(is_number).unwrap_or(self.first_column + 1)
    }
}

fn plot(figure: &Figure, part: &TablePart<'_>) -> Option<Plot> {
    let plot = match figure {
        Figure::Line(line) => lines(line, part),
        Figure::Dots(dots) => sorted_bars(dots, part),
        Figure::Slope(slope) => slopes(slope, part),
        Figure::Stacked(stacked) => stack(stacked, part),
        Figure::Bars(bars) => bars_beside(bars, part),
        Figure::Heat(_) | Figure::Panels(_) => return None,
    };
    (!plot.rows.is_empty() && !plot.series.is_empty()).then_some(plot)
}

fn lines(line: &Line, part: &TablePart<'_>) -> Plot {
    let mut series = Vec::new();
    let mut parts = 0;
    for (index, one) in line.series.iter().enumerate() {
        let look = match one.role {
            LineRole::District => SeriesLook::solid(OWN, 3.0),
            LineRole::PeerMedian => SeriesLook::dashed(PEER, 2.0),
            LineRole::State => {
                SeriesLook { dash: ChartLineDashType::RoundDot, ..SeriesLook::solid(STATE, 2.0) }
            }
            LineRole::Published => SeriesLook::solid(OTHER, 1.25),
            LineRole::Target => SeriesLook::solid(TARGET, 1.25),
            LineRole::Projected => SeriesLook::dashed(OWN, 2.5),
            LineRole::Part => {
                parts += 1;
                SeriesLook::part(parts - 1)
            }
        };
        series.push(PlotSeries {
            place: part.column(&one.label, index),
            name: Some(one.label.clone()),
            look,
        });
    }
    let values: Vec<f64> = line.series.iter().flat_map(|one| &one.values).copied().flatten().collect();
    let axis = axis(&values, line.least_span, line.unit);
    Plot { series, axis, ..of_columns(PlotKind::Lines, line.unit, part) }
}

fn stack(stacked: &Stacked, part: &TablePart<'_>) -> Plot {
    let mut series = Vec::new();
    for (index, one) in stacked.parts.iter().enumerate() {
        let place = part.column(&one.label, index);
        series.push(PlotSeries { place, name: None, look: SeriesLook::part(index) });
    }
    Plot { series, ..of_columns(PlotKind::Stacked, stacked.unit, part) }
}

/// The district and its peers by value, without the row of the median.
fn sorted_bars(dots: &Dots, part: &TablePart<'_>) -> Plot {
    let own_row = dots.rows.iter().position(|row| row.chosen);
    let look = SeriesLook { own_row, ..SeriesLook::solid(OTHER, 1.0) };
    let series = vec![PlotSeries { place: part.first_numbers(), name: None, look }];
    let rows = part.rows.start..part.rows.start + dots.rows.len().min(part.rows.len());
    let values = dots.rows.iter().map(|row| row.value).collect::<Vec<_>>();
    Plot { series, rows, ..bars_of(&values, of_columns(PlotKind::Bars, dots.unit, part)) }
}

fn bars_beside(bars: &Bars, part: &TablePart<'_>) -> Plot {
    let kind = if bars.layout == BarLayout::Columns { PlotKind::Columns } else { PlotKind::Bars };
    let first = part.first_column + 1;
    let own = PlotSeries { place: first, name: Some(bars.own.clone()), look: SeriesLook::solid(OWN, 1.0) };
    let mut series = vec![own];
    if let Some(mark) = &bars.mark {
        let look = SeriesLook::solid(OTHER, 1.0);
        series.push(PlotSeries { place: first + 1, name: Some(mark.clone()), look });
    }
    let values = bars.rows.iter().flat_map(|row| [row.value, row.mark]).flatten().collect::<Vec<_>>();
    Plot { series, ..bars_of(&values, of_columns(kind, bars.unit, part)) }
}

fn slopes(slope: &SlopeChart, part: &TablePart<'_>) -> Plot {
    let mut series = Vec::new();
    for (index, row) in slope.rows.iter().enumerate() {
        let look = if row.strong { SeriesLook::solid(OWN, 3.5) } else { SeriesLook::part(index) };
        series.push(PlotSeries { place: part.rows.start + index, name: None, look });
    }
    Plot { series, ..of_columns(PlotKind::Slopes, slope.unit, part) }
}

/// How many steps an axis has, at least.
const STEPS: f64 = 4.0;

/// The ends of an axis with round steps, around these values, at least as far apart as `least_span`.
fn axis(values: &[f64], least_span: f64, unit: Unit) -> Option<[f64; 2]> {
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    let missing = (least_span - (high - low)).max(0.0) / 2.0;
    let step = round_step((high - low + 2.0 * missing) / STEPS)?;
    let most = if unit == Unit::Percent && high <= 100.0 { 100.0 } else { f64::INFINITY };
    let least = if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    let ends = [((low - missing) / step).floor() * step, ((high + missing) / step).ceil() * step];
    Some([ends[0].max(least), ends[1].min(most)])
}

/// The smallest of 1, 2, 5, 10 … that is not below a size; `None` for no size.
fn round_step(size: f64) -> Option<f64> {
    if !size.is_normal() {
        return None;
    }
    let ten = 10f64.powf(size.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * ten).find(|step| *step >= size * (1.0 - 1e-9))
}

/// A chart of bars with these values.
fn bars_of(values: &[f64], plot: Plot) -> Plot {
    let is_from_zero = values.iter().all(|value| *value >= 0.0);
    Plot { is_from_zero, largest: values.iter().copied().fold(0.0, f64::max), ..plot }
}

/// A chart without series.
fn of_columns(kind: PlotKind, unit: Unit, part: &TablePart<'_>) -> Plot {
    Plot {
        title: None,
        kind,
        unit,
        rows: part.rows.clone(),
        categories: part.first_column,
        series: Vec::new(),
        is_from_zero: false,
        axis: None,
        largest: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::axis;
    use crate::domain::Unit;

    #[test]
    fn an_axis_is_round_and_wide_enough() {
        assert_eq!(axis(&[41.0, 43.0], 12.0, Unit::Percent), Some([35.0, 50.0]));
        assert_eq!(axis(&[97.0, 99.0], 12.0, Unit::Percent), Some([90.0, 100.0]));
        assert_eq!(axis(&[1.0, 3.0], 12.0, Unit::Count), Some([0.0, 10.0]));
        assert_eq!(axis(&[-0.02, 0.03], 0.0, Unit::Ratio), Some([-0.02, 0.04]));
        assert_eq!(axis(&[5.0], 0.0, Unit::Count), None);
        assert_eq!(axis(&[], 1.0, Unit::Count), None);
    }
}
