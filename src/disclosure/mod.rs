//! Disclosure control: decides which of the values read may be published.
//!
//! Later stages see only a [`Released`], so nothing they compute can depend on a suppressed value.
//!
//! Primary suppression ([`suppress::primary`], methods 10.1 and 10.2) withholds sensitive cells;
//! complementary suppression ([`suppress::complementary`], 10.3) withholds the cells of any measure that
//! would disclose them. It looks at all values of a district's year at once, as one [`model`] of counts of
//! people, and searches it for alternative solutions ([`solve`]). `audit` checks the result (10.4) with a
//! separate model. A computed value is public only if all its parts are. Values and masks that their
//! publisher has already made public are released as published. (FERPA, 34 CFR § 99.31(b).)

mod decision_coding;
#[cfg(test)]
pub(crate) mod for_tests;
mod model;
mod perception;
mod problems;
mod released;
mod solve;
mod suppress;

use polars::prelude::PolarsError;

use crate::catalog::Catalog;
use crate::measure::Estimates;
pub use crate::observation::{Frame, FrameRow, FrameView, KeyRun, Observed};
use crate::pack_tables::PackTables;
pub use crate::perception::{SurveyConstruct, SurveyItem};
pub(crate) use decision_coding::EncodedDecision;
pub use perception::{
    ConstructFigures, ItemFigures, Perception, ReleasedFigures, RespondentGroup, release_surveys,
};
pub use problems::{problems, whole_year_withheld};
pub use released::{KeyedRow, Released, UnevenTotal};
pub use suppress::SuppressionDecision;

/// Decides what of the estimates must be withheld, whatever readers have of earlier packs. `smallest_group` is the project's own,
/// if it has one.
///
/// # Errors
/// If a column has the wrong type, which never happens.
pub fn decide(
    estimates: &Estimates,
    catalog: &Catalog,
    smallest_group: Option<u32>,
) -> Result<SuppressionDecision, PolarsError> {
    suppress::decide(estimates, catalog, smallest_group)
}

/// Adds to what was decided what `earlier` makes necessary: the tables of an earlier pack of the project, which readers may also
/// have.
///
/// # Errors
/// If a column has the wrong type, which never happens.
pub fn decide_for_earlier_pack(
    estimates: &Estimates,
    catalog: &Catalog,
    smallest_group: Option<u32>,
    earlier: &PackTables,
    decision: &mut SuppressionDecision,
) -> Result<(), PolarsError> {
    suppress::suppress_for_earlier_pack(estimates, catalog, smallest_group, earlier, decision)
}

/// Releases what may be published.
///
/// # Errors
/// If polars rejects the columns, which it does not for columns of equal length.
pub fn release(estimates: Estimates, decision: SuppressionDecision) -> Result<Released, PolarsError> {
    let suppressed = decision.suppressed.iter().enumerate().filter(|(_, suppressed)| **suppressed);
    let rows: Vec<usize> = suppressed.map(|(row, _)| row).collect();
    Ok(Released {
        withheld: rows.len() as u64,
        frame: estimates.into_frame().withhold(&rows, &decision.without_value)?,
        uneven: decision.uneven,
        disclosed_by_public: decision.disclosed_by_public,
        unknown_base: decision.unknown_base,
        for_earlier_pack: decision.for_earlier_pack,
    })
}
