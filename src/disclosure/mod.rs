//! The only door between what was read and what may be shown.
//!
//! Below it, every stage sees a [`Released`] and nothing else. Primary rule (`methods.md` 10.1): a count of
//! students from 1 to s−1, and any rate resting on fewer than s students or counting 1 to s−1 of them, is withheld, s
//! being the measure's smallest group or the project's, whichever is larger. A computed value is public only where
//! all its parts are. What its publisher has already made public passes as
//! published, masks included. (FERPA, 34 CFR § 99.31(b).)

#[cfg(test)]
pub(crate) mod for_tests;

use std::ops::Deref;

use polars::prelude::PolarsError;

use crate::catalog::{Catalog, Measure};
use crate::domain::{KeyCode, SchoolYear, Unit};
use crate::measure::Estimates;
pub use crate::observation::{Frame, FrameView, KeyRun, Observed, Row};

/// The estimates that may be shown. Only [`release`] makes one.
#[derive(Debug, Clone)]
pub struct Released {
    frame: Frame,
    withheld: u64,
}

impl Deref for Released {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

impl Released {
    /// Whether the value at this place is one that its publisher had made public.
    #[must_use]
    pub fn is_public(&self, key: KeyCode, district: u32, year: SchoolYear) -> bool {
        let row = self.frame.view().ok().and_then(|view| self.frame.find(&view, (key, district, year)));
        row.is_some_and(|row| row.public && row.value.is_some())
    }

    /// How many values are withheld.
    #[must_use]
    pub const fn withheld(&self) -> u64 {
        self.withheld
    }
}

/// Lets through what may be shown. `smallest_group` is the project's own, if it has one.
///
/// # Errors
/// Where polars refuses the columns; it does not for columns of one length.
pub fn release(
    estimates: Estimates,
    catalog: &Catalog,
    smallest_group: Option<u32>,
) -> Result<Released, PolarsError> {
    let frame = estimates.into_frame();
    let smallest = |measure: &Measure| f64::from(measure.smallest_group.max(smallest_group.unwrap_or(0)));
    let hides = |row: &Row, measure: &Measure| !row.public && too_small(row, measure, smallest(measure));
    let view = frame.view()?;
    let hidden = frame.runs().iter().flat_map(|run| {
        let measure = catalog.measures.get(&frame.terms().measures[run.key.measure as usize]);
        let hidden = view.rows(run.rows.clone()).filter(move |row| measure.is_some_and(|m| hides(row, m)));
        hidden.map(|row| row.row)
    });
    let hidden: Vec<usize> = hidden.collect();
    Ok(Released { withheld: hidden.len() as u64, frame: frame.withhold(&hidden)? })
}

/// Whether a value tells too much about too few: a count of 1 to s−1 people, or a rate resting on fewer than s or
/// counting 1 to s−1 of them.
fn too_small(row: &Row, measure: &Measure, smallest: f64) -> bool {
    let Some(value) = row.value else { return false };
    let few = |count: f64| count > 0.0 && count < smallest;
    match measure.unit {
        Unit::Count => few(value),
        _ => row.n.is_some_and(few) || (row.n.is_some() && row.numerator.is_some_and(few)),
    }
}
