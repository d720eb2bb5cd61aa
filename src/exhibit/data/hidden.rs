//! How many values are hidden: by their publisher (masked) or here (withheld).

use crate::compare::Point;
use crate::domain::{SchoolYear, Status};

/// A number of hidden values or years.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HiddenCounts {
    /// Masked by their publisher.
    pub(super) masked: usize,
    /// Withheld from the pack.
    pub(super) withheld: usize,
}

impl HiddenCounts {
    /// How many of the points are hidden.
    pub(super) fn of_points(points: &[&Point]) -> Self {
        Self {
            masked: with_status(points, Status::Masked).count(),
            withheld: with_status(points, Status::Withheld).count(),
        }
    }

    /// The number of distinct years in which any of the points is hidden.
    pub(super) fn of_years(points: &[&Point]) -> Self {
        Self {
            masked: distinct_years(points, Status::Masked),
            withheld: distinct_years(points, Status::Withheld),
        }
    }
}

fn with_status<'a>(points: &'a [&Point], status: Status) -> impl Iterator<Item = &'a Point> {
    points.iter().copied().filter(move |point| point.status == status)
}

fn distinct_years(points: &[&Point], status: Status) -> usize {
    let mut years: Vec<SchoolYear> = with_status(points, status).map(|point| point.year).collect();
    years.sort_unstable();
    years.dedup();
    years.len()
}

/// Whether a value exists, but is hidden.
pub(super) const fn is_hidden(status: Status) -> bool {
    matches!(status, Status::Masked | Status::Withheld)
}
