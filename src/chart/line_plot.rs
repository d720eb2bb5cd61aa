//! The layout of a line chart: where its years and values are, and what its series look like.

use super::axis::AxisScale;
use super::canvas::{Area, Canvas, Dashes, Face};
use super::theme::Color;
use crate::exhibit::{Line, LineRole};

/// A laid-out line chart.
pub(super) struct LinePlot<'a> {
    pub(super) figure: &'a Line,
    pub(super) scale: AxisScale,
    pub(super) plot: Area,
}

/// A value with the index of its year in the figure's years.
#[derive(Clone, Copy)]
pub(super) struct IndexedValue<T> {
    pub(super) index: usize,
    pub(super) value: T,
}

impl LinePlot<'_> {
    /// The position of the year with this index.
    pub(super) fn x(&self, index: usize) -> f64 {
        let last = self.figure.years.len().max(2) - 1;
        self.plot.left + 12.0 + (self.plot.width() - 24.0) * index as f64 / last as f64
    }

    /// The position of a value.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.scale.at(value, self.plot.bottom, self.plot.top)
    }

    /// The value that a line has at a position between two years; `None` beyond its ends and in its gaps.
    pub(super) fn value_at(&self, values: &[Option<f64>], x: f64) -> Option<f64> {
        let after = (0..values.len()).find(|index| self.x(*index) >= x)?;
        let before = after.checked_sub(1)?;
        let (from, to) = (self.x(before), self.x(after));
        let share = (x - from) / (to - from);
        Some(values[before]? + (values[after]? - values[before]?) * share)
    }

    /// The values in stretches without gaps or breaks.
    pub(super) fn unbroken_runs<T: Copy>(&self, values: &[Option<T>]) -> Vec<Vec<IndexedValue<T>>> {
        let mut runs = vec![Vec::new()];
        for (index, value) in values.iter().enumerate() {
            if value.is_none() || self.is_break(index) {
                runs.push(Vec::new());
            }
            if let (Some(value), Some(run)) = (*value, runs.last_mut()) {
                run.push(IndexedValue { index, value });
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Whether no line may be drawn to this year from the one before.
    fn is_break(&self, index: usize) -> bool {
        self.figure.breaks.iter().any(|(year, _)| *year == self.figure.years[index])
    }
}

/// The last value of a series.
pub(super) fn last_value(values: &[Option<f64>]) -> Option<IndexedValue<f64>> {
    let index = values.iter().rposition(Option::is_some)?;
    Some(IndexedValue { index, value: values[index]? })
}

/// What the label of a series looks like.
pub(super) fn label_face(canvas: &Canvas<'_>, figure: &Line, series: usize) -> Face {
    let bold = figure.series[series].role == LineRole::District;
    Face { size: canvas.theme.text.label, bold, color: color(canvas, figure, series) }
}

/// The color of a series.
pub(super) fn color(canvas: &Canvas<'_>, figure: &Line, series: usize) -> Color {
    let colors = &canvas.theme.colors;
    match figure.series[series].role {
        LineRole::District | LineRole::Published | LineRole::Projected => colors.district,
        LineRole::PeerMedian => colors.peers,
        LineRole::State => colors.state,
        LineRole::Target => colors.target,
        LineRole::Part => canvas.theme.part(parts_before(figure, series)),
    }
}

/// The width of the lines of a role.
pub(super) const fn width(role: LineRole) -> f64 {
    match role {
        LineRole::District => 3.4,
        LineRole::Published | LineRole::Target => 1.2,
        LineRole::PeerMedian | LineRole::State | LineRole::Part | LineRole::Projected => 2.0,
    }
}

/// How the lines of a role are dashed; `None` for a solid line.
pub(super) const fn dashes(role: LineRole) -> Option<Dashes> {
    match role {
        LineRole::PeerMedian => Some(Dashes { dash: 7.0, gap: 4.0 }),
        LineRole::State => Some(Dashes { dash: 2.0, gap: 3.5 }),
        LineRole::Projected => Some(Dashes { dash: 6.0, gap: 5.0 }),
        LineRole::District | LineRole::Published | LineRole::Part | LineRole::Target => None,
    }
}

/// The upright line before a break.
pub(super) const BREAK: Dashes = Dashes { dash: 2.0, gap: 4.0 };

/// The number of parts before a series.
fn parts_before(figure: &Line, series: usize) -> usize {
    figure.series[..series].iter().filter(|other| other.role == LineRole::Part).count()
}
