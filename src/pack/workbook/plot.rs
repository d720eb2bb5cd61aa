//! What a native chart draws: which columns and rows of an exhibit's table, and how.

use rust_xlsxwriter::{ChartLineDashType, Color};

use super::part::ExhibitPart;
use super::style::{OTHER, OWN, PARTS, PEER, STATE, TARGET};
use crate::domain::Unit;
use crate::exhibit::{BarLayout, Bars, Dots, Figure, Line, LineRole, SlopeChart, Stacked};

/// One native chart.
pub(super) struct Plot {
    pub(super) kind: PlotKind,
    pub(super) unit: Unit,
    /// How many rows of the table it draws, from the first on. The first column has the categories.
    pub(super) rows: usize,
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
#[derive(Clone)]
pub(super) struct SeriesLook {
    pub(super) color: Color,
    /// Of a line, in points.
    pub(super) width: f64,
    pub(super) dash: ChartLineDashType,
    /// The rows that are drawn in the district's color: ours, or our schools.
    pub(super) own_rows: Vec<usize>,
}

impl SeriesLook {
    const fn solid(color: Color, width: f64) -> Self {
        Self { color, width, dash: ChartLineDashType::Solid, own_rows: Vec::new() }
    }

    fn dashed(color: Color, width: f64) -> Self {
        Self { dash: ChartLineDashType::Dash, ..Self::solid(color, width) }
    }

    fn part(index: usize) -> Self {
        Self::solid(PARTS[index % PARTS.len()], 2.25)
    }
}

/// The chart of a part; none for shaded cells, or if there is nothing to draw.
pub(super) fn plot(part: &ExhibitPart<'_>) -> Option<Plot> {
    let plot = match part.figure {
        Figure::Line(line) => lines(line, part),
        Figure::Dots(dots) => sorted_bars(dots, part),
        Figure::Slope(slope) => slopes(slope, part),
        Figure::Stacked(stacked) => stack(stacked, part),
        Figure::Bars(bars) => bars_beside(bars, part),
        Figure::Heat(_) | Figure::Panels(_) => return None,
    };
    (plot.rows > 0 && !plot.series.is_empty()).then_some(plot)
}

/// The column of a series: the one with its name, or else the one at its place.
fn column(part: &ExhibitPart<'_>, name: &str, index: usize) -> usize {
    part.columns.iter().position(|heading| *heading == name).unwrap_or(index + 1)
}

fn lines(line: &Line, part: &ExhibitPart<'_>) -> Plot {
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
            place: column(part, &one.label, index),
            name: Some(one.label.clone()),
            look,
        });
    }
    let values: Vec<f64> = line.series.iter().flat_map(|one| &one.values).copied().flatten().collect();
    let axis = axis(&values, line.least_span, line.unit);
    Plot { series, axis, ..without_series(PlotKind::Lines, line.unit, part) }
}

fn stack(stacked: &Stacked, part: &ExhibitPart<'_>) -> Plot {
    let mut series = Vec::new();
    for (index, one) in stacked.parts.iter().enumerate() {
        let place = column(part, &one.label, index);
        series.push(PlotSeries { place, name: None, look: SeriesLook::part(index) });
    }
    Plot { series, ..without_series(PlotKind::Stacked, stacked.unit, part) }
}

/// The district and its peers by value, without the row of the median; or our schools, with the row of the district.
fn sorted_bars(dots: &Dots, part: &ExhibitPart<'_>) -> Plot {
    let own_rows: Vec<usize> = (0..dots.rows.len()).filter(|row| dots.rows[*row].chosen).collect();
    let are_all_ours = !own_rows.is_empty() && own_rows.len() == dots.rows.len();
    let look = SeriesLook { own_rows, ..SeriesLook::solid(OTHER, 1.0) };
    let series = vec![PlotSeries { place: 1, name: None, look }];
    let rows = if are_all_ours { part.rows.len() } else { dots.rows.len().min(part.rows.len()) };
    let values: Vec<f64> = dots.rows.iter().map(|row| row.value).collect();
    Plot { series, rows, ..bars_of(&values, without_series(PlotKind::Bars, dots.unit, part)) }
}

fn bars_beside(bars: &Bars, part: &ExhibitPart<'_>) -> Plot {
    let kind = if bars.layout == BarLayout::Columns { PlotKind::Columns } else { PlotKind::Bars };
    let mark = bars.mark.as_ref().map(|mark| column(part, mark, 1));
    let own = if mark == Some(1) { 2 } else { 1 };
    let mut series =
        vec![PlotSeries { place: own, name: Some(bars.own.clone()), look: SeriesLook::solid(OWN, 1.0) }];
    if let Some(place) = mark {
        series.push(PlotSeries { place, name: bars.mark.clone(), look: SeriesLook::solid(OTHER, 1.0) });
    }
    let values: Vec<f64> = bars.rows.iter().flat_map(|row| [row.value, row.mark]).flatten().collect();
    Plot { series, ..bars_of(&values, without_series(kind, bars.unit, part)) }
}

fn slopes(slope: &SlopeChart, part: &ExhibitPart<'_>) -> Plot {
    let mut series = Vec::new();
    for (place, row) in slope.rows.iter().enumerate() {
        let parts = slope.rows[..place].iter().filter(|row| !row.strong).count();
        let look = if row.strong { SeriesLook::solid(OWN, 3.5) } else { SeriesLook::part(parts) };
        series.push(PlotSeries { place, name: None, look });
    }
    Plot { series, ..without_series(PlotKind::Slopes, slope.unit, part) }
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
fn without_series(kind: PlotKind, unit: Unit, part: &ExhibitPart<'_>) -> Plot {
    Plot {
        kind,
        unit,
        rows: part.rows.len(),
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
