//! The result of a projection: the coming years, and the track record behind them.

use std::borrow::Cow;

use crate::domain::SchoolYear;

/// The projection of a series.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Projection {
    /// `cohort-survival` or `roll-forward`.
    pub method: Cow<'static, str>,
    /// The first year that it is computed from.
    pub first: SchoolYear,
    /// The last year that is known.
    pub from: SchoolYear,
    /// The coming years, ascending.
    pub years: Vec<ProjectedYear>,
    /// What the band is based on.
    pub record: ProjectionRecord,
}

/// One coming year.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ProjectedYear {
    /// School year.
    pub year: SchoolYear,
    /// The value, in the measure's unit.
    pub value: f64,
    /// Lower end of the band.
    pub low: f64,
    /// Upper end of the band.
    pub high: f64,
    /// Whose past projections determine the band, and how many there are; `None` if it is based on flows.
    pub band_of: Option<(ErrorSource, usize)>,
}

/// Whose past projections are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ErrorSource {
    /// The district's own.
    Own,
    /// Those of the state's districts of similar size.
    LikeSize,
}

/// What a projection is judged by.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum ProjectionRecord {
    /// Earlier projections by the same method.
    Errors {
        /// Whose projections they are.
        whose: ErrorSource,
        /// How many errors there are over all horizons.
        n: usize,
        /// The mean absolute relative error of the method.
        mean: f64,
        /// The mean absolute relative error of "as many as now".
        mean_same: f64,
    },
    /// The minimum and maximum of the last years' flows.
    Flows {
        /// The mean flow per year.
        mean: f64,
    },
}
