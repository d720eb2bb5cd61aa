//! The result of a projection: the coming years, and what they are judged by.

use crate::domain::SchoolYear;

/// A series carried forward.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// `cohort-survival` or `roll-forward`.
    pub method: &'static str,
    /// The first year that it is made of.
    pub first: SchoolYear,
    /// The last year that is known.
    pub from: SchoolYear,
    /// The coming years, ascending.
    pub years: Vec<ProjectedYear>,
    /// What the band is based on.
    pub record: ProjectionRecord,
}

/// One coming year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProjectedYear {
    /// School year.
    pub year: SchoolYear,
    /// The value, in the measure's unit.
    pub value: f64,
    /// Lower end of the band.
    pub low: f64,
    /// Upper end of the band.
    pub high: f64,
    /// ErrorSource past projections make the band, and how many; `None` where it is made of flows.
    pub band_of: Option<(ErrorSource, usize)>,
}

/// ErrorSource past projections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorSource {
    /// The district's own.
    Own,
    /// Those of the state's districts of like size.
    LikeSize,
}

/// What a projection is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ProjectionRecord {
    /// Earlier projections by the same method.
    Errors {
        /// ErrorSource.
        whose: ErrorSource,
        /// How many errors there are, all horizons together.
        n: usize,
        /// The mean absolute relative error of the method.
        mean: f64,
        /// The same of "as many as now".
        mean_same: f64,
    },
    /// The least and the most of the last years' flows.
    Flows {
        /// Mean flow a year.
        mean: f64,
    },
}
