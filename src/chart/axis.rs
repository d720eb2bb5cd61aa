//! Scales and ticks.

use super::canvas::{Anchor, Area, Canvas};
use crate::domain::Unit;

/// A linear scale from values to pixels.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) ticks: Vec<f64>,
}

impl Scale {
    /// A scale with round ends that holds all `values`; from zero where `zero` asks for it.
    pub(super) fn of(values: impl Iterator<Item = f64>, zero: bool, ticks: usize) -> Self {
        let (mut low, mut high) = values
            .filter(|v| v.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        if !low.is_finite() || !high.is_finite() {
            (low, high) = (0.0, 1.0);
        }
        if zero {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if high - low <= high.abs().max(low.abs()) * 1e-9 {
            let half = (high.abs() * 0.1).max(1.0);
            (low, high) = if zero && high >= 0.0 { (0.0, high + half) } else { (low - half, high + half) };
        }
        let step = nice_step((high - low) / ticks.max(1) as f64);
        // Parts of a whole add up to a hair more than 100.
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let all = (first as i64..=last as i64).map(|i| i as f64 * step).collect();
        Self { low: first * step, high: last * step, ticks: all }
    }

    /// Where `value` lies between `from` (the low end) and `to`.
    pub(super) fn at(&self, value: f64, from: f64, to: f64) -> f64 {
        from + (value - self.low) / (self.high - self.low) * (to - from)
    }
}

/// The next of 1, 2 and 5 times a power of ten.
fn nice_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let nice = [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * power >= rough * 0.999).unwrap_or(10.0);
    nice * power
}

/// Draws horizontal gridlines with their values in the left margin of `area`, and gives the margin's width.
pub(super) fn vertical(canvas: &mut Canvas<'_>, scale: &Scale, unit: Unit, area: Area) -> f64 {
    let face = canvas.axis_face();
    let labels: Vec<String> = scale.ticks.iter().map(|t| unit.format_axis(*t)).collect();
    let margin = labels.iter().map(|l| canvas.width(l, face)).fold(0.0, f64::max) + 10.0;
    for (tick, label) in scale.ticks.iter().zip(labels) {
        let y = scale.at(*tick, area.bottom, area.top);
        let is_zero = *tick == 0.0;
        let color = if is_zero { canvas.theme.colors.axis } else { canvas.theme.colors.grid };
        canvas.line(vec![(area.left + margin, y), (area.right, y)], color, 1.0);
        canvas.text((area.left + margin - 8.0, y + face.size * 0.35), Anchor::End, face, &label);
    }
    margin
}

/// Draws vertical gridlines with their values below `area`.
pub(super) fn horizontal(canvas: &mut Canvas<'_>, scale: &Scale, unit: Unit, area: Area) {
    let face = canvas.axis_face();
    let labels: Vec<String> = scale.ticks.iter().map(|t| unit.format_axis(*t)).collect();
    let widest = labels.iter().map(|l| canvas.width(l, face)).fold(0.0, f64::max) + 14.0;
    let room = (area.right - area.left) / (scale.ticks.len().max(2) - 1) as f64;
    let every = (widest / room).ceil().max(1.0) as usize;
    for (i, (tick, label)) in scale.ticks.iter().zip(labels).enumerate() {
        let x = scale.at(*tick, area.left, area.right);
        let color = if *tick == 0.0 { canvas.theme.colors.axis } else { canvas.theme.colors.grid };
        canvas.line(vec![(x, area.top), (x, area.bottom)], color, 1.0);
        if i % every == 0 {
            canvas.text((x, area.bottom + 16.0), Anchor::Middle, face, &label);
        }
    }
}

/// Draws labels below `area`, one a position, leaving out as many between as do not fit; the last is always shown.
pub(super) fn below(canvas: &mut Canvas<'_>, labels: &[String], xs: &[f64], y: f64) {
    let face = canvas.axis_face();
    let widest = labels.iter().map(|l| canvas.width(l, face)).fold(0.0, f64::max) + 10.0;
    let room = xs.windows(2).map(|w| w[1] - w[0]).fold(f64::INFINITY, f64::min);
    let every = if room.is_finite() { (widest / room).ceil().max(1.0) as usize } else { 1 };
    for (i, (label, x)) in labels.iter().zip(xs).enumerate() {
        if (labels.len() - 1 - i).is_multiple_of(every) {
            canvas.text((*x, y), Anchor::Middle, face, label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ends_are_round_and_hold_all_values() {
        for (values, zero, expected) in [
            (vec![2037.0, 2431.0], false, vec![2000.0, 2100.0, 2200.0, 2300.0, 2400.0, 2500.0]),
            (vec![0.2, 100.000_000_000_1], true, vec![0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (vec![-5.5, 4.0], false, vec![-6.0, -4.0, -2.0, 0.0, 2.0, 4.0]),
        ] {
            assert_eq!(Scale::of(values.iter().copied(), zero, 5).ticks, expected);
        }
    }

    #[test]
    fn nothing_and_one_value_have_a_scale_too() {
        for values in [vec![], vec![7.0], vec![0.0, 0.0], vec![f64::NAN], vec![-3.0], vec![1e12]] {
            let scale = Scale::of(values.iter().copied(), true, 5);
            assert!(scale.high > scale.low && scale.ticks.len() >= 2, "{values:?}: {scale:?}");
            assert!(values.iter().filter(|v| v.is_finite()).all(|v| (scale.low..=scale.high).contains(v)));
        }
    }
}
