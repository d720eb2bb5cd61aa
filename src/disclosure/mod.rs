//! The only door between what was read and what may be published.
//!
//! Below it, every stage sees a [`Released`] and nothing else: nothing that later stages compute can depend on a suppressed value.
//!
//! Primary suppression ([`suppress::primary`], methods 10.1 and 10.2) withholds sensitive cells; complementary suppression
//! ([`suppress::complementary`], 10.3) withholds what would disclose them, in whichever measure it stands. It looks at all values
//! of a district's year at once, as one [`model`] of counts of people, and searches it for alternative solutions ([`solve`]).
//! `audit` checks the result (10.4), by a model of its own. A computed value is public only where all its parts are. What its
//! publisher has already made public passes as published, masks included. (FERPA, 34 CFR § 99.31(b).)

#[cfg(test)]
pub(crate) mod for_tests;
mod model;
mod problems;
mod released;
mod solve;
mod suppress;

use polars::prelude::PolarsError;

use crate::catalog::Catalog;
use crate::measure::Estimates;
pub use crate::observation::{Frame, FrameRow, FrameView, KeyRun, Observed};
use crate::pack_tables::PackTables;
pub use problems::{problems, whole_year_withheld};
pub use released::{KeyedRow, Released, UnevenTotal};

/// Releases what may be published. `smallest_group` is the project's own, if it has one; `earlier` are the tables of an earlier pack
/// of the project, which readers may have, too.
///
/// # Errors
/// Where polars refuses the columns; it does not for columns of one length.
pub fn release(
    estimates: Estimates,
    catalog: &Catalog,
    smallest_group: Option<u32>,
    earlier: &PackTables,
) -> Result<Released, PolarsError> {
    let frame = estimates.into_frame();
    let decision = suppress::decide(&frame, catalog, smallest_group, earlier)?;
    let suppressed = decision.suppressed.iter().enumerate().filter(|(_, suppressed)| **suppressed);
    let rows: Vec<usize> = suppressed.map(|(row, _)| row).collect();
    Ok(Released {
        withheld: rows.len() as u64,
        frame: frame.withhold(&rows, &decision.without_value)?,
        uneven: decision.uneven,
        disclosed_by_public: decision.disclosed_by_public,
        unknown_base: decision.unknown_base,
        for_earlier_pack: decision.for_earlier_pack,
    })
}
