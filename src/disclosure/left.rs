//! What the parts of a line leave of its total: people whom no part lists.

use super::people::System;
use super::sums::Line;

/// Counts are whole: what is left of a total is above 0 from here on.
pub(super) const ANY: f64 = 0.5;

/// What the parts of a line leave of its total, if all of these are known.
pub(super) fn left_of(system: &System, line: &Line, counts: &[Option<f64>]) -> Option<f64> {
    let parts = line.parts.iter().map(|part| counts[*part]).sum::<Option<f64>>()?;
    let left = counts[line.total]? - parts;
    // Numbers behind rates leave what rounding does, unless there are people who could be left.
    let base = line.base.and_then(|base| left_of(system, &system.lines[base], counts));
    let is_noise = line.base.is_some() && base.is_none_or(|left| left <= ANY);
    Some(if is_noise { left.min(0.0) } else { left })
}

/// Whether the people of a line of numbers are all there are: who finds no rate of a group or grade takes it that nobody is there,
/// whether or not anybody counts them.
pub(super) fn leaves_nobody(system: &System, line: &Line, counts: &[Option<f64>]) -> bool {
    let left = line.base.and_then(|base| left_of(system, &system.lines[base], counts));
    left.is_some_and(|left| left.abs() <= ANY)
}

/// The most that the parts of a line of numbers can leave of their total: the people whom they leave, if these are `told`, else
/// those whom a fuller line lists besides, unless by the `truth` that leaves somebody too.
pub(super) fn most_left(
    system: &System,
    line: &Line,
    told: &[Option<f64>],
    truth: &[Option<f64>],
) -> Option<f64> {
    let base = &system.lines[line.base?];
    let others = || {
        let fuller = &system.lines[line.fuller?];
        let is_all = left_of(system, fuller, truth).is_none_or(|left| left <= ANY);
        let others = fuller.parts.iter().filter(|part| !base.parts.contains(part));
        others.map(|part| told[*part]).sum::<Option<f64>>().filter(|_| is_all)
    };
    left_of(system, base, told).or_else(others).map(|people| people.max(0.0))
}
