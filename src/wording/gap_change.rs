//! How the gap of a student group to other students has changed, as a clause of a statement.

use crate::domain::{SchoolYear, Unit};

/// How a gap to other students has changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GapChangeText<'a> {
    pub(crate) unit: Unit,
    pub(crate) widened: bool,
    pub(crate) change: f64,
    pub(crate) since: SchoolYear,
    /// The students that the gap is to.
    pub(crate) students: &'a str,
}

/// `with the gap to all students 13.2 percentage points wider than in 2018-19`.
pub(crate) fn gap_change(gap: &GapChangeText<'_>) -> String {
    format!("with the gap to {} {}", gap.students, gap_size(gap))
}

/// `with a gap 13.2 percentage points wider than in 2018-19`.
pub(crate) fn gap_change_in_short(gap: &GapChangeText<'_>) -> String {
    format!("with a gap {}", gap_size(gap))
}

/// A gap to other students that is on the other side now, or has appeared or closed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GapCrossingText<'a> {
    pub(crate) unit: Unit,
    pub(crate) first: f64,
    pub(crate) last: f64,
    pub(crate) since: SchoolYear,
    /// The students that the gap is to.
    pub(crate) students: &'a str,
}

/// `7.8 percentage points below all students (3.1 percentage points above in 2018-19)`.
pub(crate) fn gap_crossing(gap: &GapCrossingText<'_>) -> String {
    let now = gap_side(gap.unit, gap.last).unwrap_or_else(|| "level with".to_owned());
    let then = gap_side(gap.unit, gap.first).unwrap_or_else(|| "level with them".to_owned());
    format!("{now} {} ({then} in {})", gap.students, gap.since)
}

/// `7.8 percentage points below`; `None` for a gap that is displayed as zero.
fn gap_side(unit: Unit, gap: f64) -> Option<String> {
    let size = unit.format_change(gap);
    let side = if gap < 0.0 { "below" } else { "above" };
    (size != unit.format_change(0.0)).then(|| format!("{size} {side}"))
}

fn gap_size(gap: &GapChangeText<'_>) -> String {
    let side = if gap.widened { "wider" } else { "narrower" };
    format!("{} {side} than in {}", gap.unit.format_change(gap.change), gap.since)
}
