//! The rows of a frame, as they are added and as later stages see them.

use std::ops::Range;

use crate::domain::{KeyCode, SchoolYear, Status};

/// A row to be added to a frame: one value for one district or school, year, measure, group, grade and subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The series that it belongs to.
    pub key: KeyCode,
    /// Code of the district or school.
    pub district: u32,
    /// School year.
    pub year: SchoolYear,
    /// The value; `None` unless `status` is reported.
    pub value: Option<f64>,
    /// Numerator of a rate, where published or computed.
    pub numerator: Option<f64>,
    /// Denominator of a rate: the number of people that it is a rate of; `None` if not published.
    pub denominator: Option<f64>,
    /// Whether there is a value, and if not, why.
    pub status: Status,
    /// Whether it was computed by this program.
    pub derived: bool,
    /// Whether its source published it as it is.
    pub public: bool,
    /// The cells that it comes from: a range of a list of cells stored separately.
    pub cells: Range<u32>,
}

impl Observed {
    /// The sort key of a frame.
    #[must_use]
    pub const fn position(&self) -> (KeyCode, u32, SchoolYear) {
        (self.key, self.district, self.year)
    }
}

/// The rows of one series, sorted by district, then year; those of schools follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRun {
    /// The key of the series.
    pub key: KeyCode,
    /// Its rows about districts.
    pub rows: Range<usize>,
    /// Its rows about schools, which follow those about districts.
    pub schools: Range<usize>,
}

impl KeyRun {
    /// Its rows about districts and schools.
    #[must_use]
    pub const fn all(&self) -> Range<usize> {
        self.rows.start..self.schools.end
    }
}

/// One row of a series, as later stages see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrameRow {
    /// Index in the frame, for [`super::Frame::places`].
    pub row: usize,
    /// Code of the district or school; of a district in [`KeyRun::rows`], of a school in [`KeyRun::schools`].
    pub district: u32,
    /// School year, by its end.
    pub year: i32,
    /// The value; `None` unless reported.
    pub value: Option<f64>,
    /// Numerator of a rate, where known.
    pub numerator: Option<f64>,
    /// Number of people on whom the value is based, where known.
    pub n: Option<f64>,
    /// Whether there is a value, and if not, why.
    pub status: Status,
    /// Whether it was computed by this program.
    pub derived: bool,
    /// Whether its source published it as it is.
    pub public: bool,
}

/// The statuses by their codes in a frame.
pub(super) const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];

/// The code of a status in a frame.
pub(super) fn status_code(status: Status) -> u32 {
    STATUSES.iter().position(|known| *known == status).unwrap_or(0) as u32
}

/// Flag of a row that was computed by this program.
pub(super) const DERIVED: u32 = 1;
/// Flag of a row that its source published as it is.
pub(super) const PUBLIC: u32 = 2;
