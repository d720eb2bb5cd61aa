//! Scales and ticks.

use super::canvas::{Anchor, Area, Canvas, LineSpan};
use super::theme::Color;
use crate::domain::Unit;

/// The room beyond the outermost values, as a share of their range.
const EDGE: f64 = 0.04;

/// A linear scale from values to pixels.
#[derive(Debug, Clone)]
pub(super) struct AxisScale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<f64>,
}

impl AxisScale {
    /// Its largest absolute value.
    pub(super) fn largest(&self) -> f64 {
        self.low.abs().max(self.high.abs())
    }

    /// A scale with round ends that covers all `values`, and zero if `from_zero`. It has about `steps` steps.
    pub(super) fn covering(values: impl Iterator<Item = f64>, from_zero: bool, steps: usize) -> Self {
        let range = ValueRange::of(values, from_zero).widened(from_zero);
        let step = nice_step((range.high - range.low) / steps.max(1) as f64);
        // Parts of a whole may add up to slightly more than 100.
        let (first, last) = ((range.low / step + 1e-9).floor(), (range.high / step - 1e-9).ceil());
        let ticks = (first as i64..=last as i64).map(|i| i as f64 * step).collect();
        Self { low: first * step, high: last * step, ticks }
    }

    /// A scale with round ends that covers all `values` with some room at both ends, and spans at least `least`. It goes below zero
    /// only if a value does.
    pub(super) fn around(values: impl Iterator<Item = f64>, least: f64, steps: usize) -> Self {
        let range = ValueRange::of(values, false).widened(false);
        let half = ((range.high - range.low) * (0.5 + EDGE)).max(least / 2.0);
        let middle = f64::midpoint(range.low, range.high);
        let low = if range.low >= 0.0 { (middle - half).max(0.0) } else { middle - half };
        Self::covering([low, middle + half].into_iter(), false, steps)
    }

    /// The position of `value` between `from` (the low end) and `to`.
    pub(super) fn at(&self, value: f64, from: f64, to: f64) -> f64 {
        from + (value - self.low) / (self.high - self.low) * (to - from)
    }
}

/// The least and the greatest of some values.
#[derive(Clone, Copy)]
struct ValueRange {
    low: f64,
    high: f64,
}

impl ValueRange {
    /// The range of the finite values, including zero if `from_zero`; from 0 to 1 if there are none.
    fn of(values: impl Iterator<Item = f64>, from_zero: bool) -> Self {
        let mut range = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
        for value in values.filter(|value| value.is_finite()) {
            range = range.including(value);
        }
        if !range.low.is_finite() || !range.high.is_finite() {
            range = Self { low: 0.0, high: 1.0 };
        }
        if from_zero { range.including(0.0) } else { range }
    }

    fn including(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value) }
    }

    /// The range, widened if it is a single value.
    fn widened(self, from_zero: bool) -> Self {
        let Self { low, high } = self;
        if high - low > high.abs().max(low.abs()) * 1e-9 {
            return self;
        }
        let half = (high.abs() * 0.1).max(1.0);
        if from_zero && high >= 0.0 {
            Self { low: 0.0, high: high + half }
        } else {
            Self { low: low - half, high: high + half }
        }
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn nice_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let nice = [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * power >= rough * 0.999).unwrap_or(10.0);
    nice * power
}

/// Draws horizontal gridlines with their values in the left margin of `area`, and returns the margin's width.
pub(super) fn vertical(canvas: &mut Canvas<'_>, scale: &AxisScale, unit: Unit, area: Area) -> f64 {
    let face = canvas.axis_face();
    let labels = tick_labels(scale, unit);
    let margin = canvas.widest(&labels, face) + 10.0;
    let span = LineSpan { from: area.left + margin, to: area.right };
    for (tick, label) in scale.ticks.iter().zip(&labels) {
        let y = scale.at(*tick, area.bottom, area.top);
        canvas.horizontal_line(y, span, tick_color(canvas, *tick), 1.0);
        canvas.text((span.from - 8.0, y + face.size * 0.35), Anchor::End, face, label);
    }
    margin
}

/// Draws vertical gridlines with their values below `area`, leaving out values that do not fit.
pub(super) fn horizontal(canvas: &mut Canvas<'_>, scale: &AxisScale, unit: Unit, area: Area) {
    let face = canvas.axis_face();
    let labels = tick_labels(scale, unit);
    let room = area.width() / (scale.ticks.len().max(2) - 1) as f64;
    let every = label_interval(canvas.widest(&labels, face) + 14.0, room);
    let span = LineSpan { from: area.top, to: area.bottom };
    for (index, (tick, label)) in scale.ticks.iter().zip(&labels).enumerate() {
        let x = scale.at(*tick, area.left, area.right);
        canvas.vertical_line(x, span, tick_color(canvas, *tick), 1.0);
        if index % every == 0 {
            canvas.text((x, area.bottom + 16.0), Anchor::Middle, face, label);
        }
    }
}

/// Draws labels below the plot, one at each of `xs`, leaving out those that do not fit; the last is always shown.
pub(super) fn below(canvas: &mut Canvas<'_>, labels: &[String], xs: &[f64], y: f64) {
    let face = canvas.axis_face();
    let every = label_interval(canvas.widest(labels, face) + 10.0, least_distance(xs));
    for (index, (label, x)) in labels.iter().zip(xs).enumerate() {
        if (labels.len() - 1 - index).is_multiple_of(every) {
            canvas.text((*x, y), Anchor::Middle, face, label);
        }
    }
}

fn tick_labels(scale: &AxisScale, unit: Unit) -> Vec<String> {
    scale.ticks.iter().map(|tick| unit.format_axis(*tick, scale.largest())).collect()
}

/// Zero is drawn more strongly than the rest of the grid.
fn tick_color(canvas: &Canvas<'_>, tick: f64) -> Color {
    if tick == 0.0 { canvas.theme.colors.axis } else { canvas.theme.colors.grid }
}

/// The smallest distance between neighboring positions; infinite if there is only one.
fn least_distance(xs: &[f64]) -> f64 {
    xs.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min)
}

/// The interval at which labels fit: every label (1), every second one (2) and so on, each with this much
/// `room`.
fn label_interval(widest: f64, room: f64) -> usize {
    (widest / room).ceil().max(1.0) as usize
}

#[cfg(test)]
mod tests {
    use super::AxisScale;

    #[test]
    fn ends_are_round_and_include_all_values() {
        for (values, zero, expected) in [
            (vec![2037.0, 2431.0], false, vec![2000.0, 2100.0, 2200.0, 2300.0, 2400.0, 2500.0]),
            (vec![0.2, 100.000_000_000_1], true, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (vec![-5.5, 4.0], false, vec![-6.0, -4.0, -2.0, 0.0, 2.0, 4.0]),
        ] {
            assert_eq!(AxisScale::covering(values.iter().copied(), zero, 5).ticks, expected);
        }
    }

    #[test]
    fn no_values_and_one_value_have_a_scale_too() {
        for values in [vec![], vec![7.0], vec![0.0, 0.0], vec![f64::NAN], vec![-3.0], vec![1e12]] {
            let scale = AxisScale::covering(values.iter().copied(), true, 5);
            assert!(scale.high > scale.low && scale.ticks.len() >= 2, "{values:?}: {scale:?}");
            assert!(values.iter().filter(|v| v.is_finite()).all(|v| (scale.low..=scale.high).contains(v)));
        }
    }
}
