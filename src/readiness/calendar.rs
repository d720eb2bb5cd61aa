//! What is to be done before the day of the retreat, and by when.

use serde::Serialize;

use crate::catalog::PlanSpec;
use crate::domain::CalendarDate;
use crate::wording::readiness as wording;

/// Something to be done before the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarLine {
    /// How many days before the day.
    pub days: u32,
    /// By when: a date if that of the day is known, or else how long before it.
    pub when: String,
    /// What.
    pub what: String,
}

/// The calendar, counted back from the day.
pub(super) fn calendar(spec: &PlanSpec, day: Option<CalendarDate>) -> Vec<CalendarLine> {
    let lines = spec.before.iter().map(|task| CalendarLine {
        days: task.days,
        when: day.map_or_else(|| wording::days_before(task.days), |day| day.before(task.days).to_string()),
        what: task.what.clone(),
    });
    lines.collect()
}
