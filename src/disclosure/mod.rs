//! The only door between what was read and what may be shown.
//!
//! Below it, every stage sees a [`Released`] and nothing else: whatever is computed of what was withheld was never known to it.
//!
//! [`primary`] (methods 10.1 and 10.2): values that tell of few people are withheld. [`suppress`] (10.3): so is what would tell
//! such a value, in whichever measure it stands. It looks at all values of a district's year at once, as one [`model`] of counts of
//! people; the room `audit` checks what was made of it (10.4), by a model of its own. A computed value is public only where all its parts
//! are. What its publisher has already made public passes as published, masks included.
//! (FERPA, 34 CFR § 99.31(b).)

mod cell_state;
mod completion;
mod door;
mod earlier;
mod explore;
mod feasible;
#[cfg(test)]
pub(crate) mod for_tests;
mod go_along;
mod model;
mod names;
mod primary;
mod rests_on;
mod spans;
mod sums;
mod suppress;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Deref;

use polars::prelude::PolarsError;

use crate::catalog::{Catalog, Derivation, Measure};
use crate::domain::{KeyCode, SchoolYear, Status};
use crate::measure::Estimates;
pub use crate::observation::{Frame, FrameRow as Row, FrameView, KeyRun, Observed};
use crate::pack_tables::{DistrictYear, PackTables};

/// The estimates that may be shown. Only [`release`] makes one.
#[derive(Debug, Clone)]
pub struct Released {
    frame: Frame,
    withheld: u64,
    uneven: Vec<Uneven>,
    told: Vec<Told>,
    unknown: Vec<Told>,
    for_earlier: u64,
}

/// A withheld value that what is public tells within less than the policy allows.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What it is of.
    pub key: KeyCode,
    /// Where it stands, as it was before anything was withheld.
    pub row: Row,
}

/// A total of people that is a little less than its parts, in values that are not public: a slip in one of them, or people who
/// are counted twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Uneven {
    /// What the total is of.
    pub key: KeyCode,
    /// The total, as it was before anything was withheld.
    pub total: Row,
    /// What the parts come to.
    pub parts: f64,
}

impl Deref for Released {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

impl Released {
    /// Whether what stands at this place is as its publisher had made it public: a value, a mask or a blank.
    #[must_use]
    pub fn is_public(&self, key: KeyCode, district: u32, year: SchoolYear) -> bool {
        let row = self.frame.view().ok().and_then(|view| self.frame.find(&view, (key, district, year)));
        row.is_some_and(|row| row.public)
    }

    /// The totals that do not quite add up; more is withheld for them.
    #[must_use]
    pub fn uneven(&self) -> &[Uneven] {
        &self.uneven
    }

    /// The withheld values that what is public tells anyhow.
    #[must_use]
    pub fn told_by_public(&self) -> &[Told] {
        &self.told
    }

    /// The values that are withheld because nobody knows on how many students they rest.
    #[must_use]
    pub fn resting_on_unknown(&self) -> &[Told] {
        &self.unknown
    }

    /// How many values are withheld because an earlier pack would tell of others together with them.
    #[must_use]
    pub const fn withheld_for_earlier(&self) -> u64 {
        self.for_earlier
    }

    /// The values without those about students in some districts' years that are not public, and without what was computed from them.
    ///
    /// # Errors
    /// Where polars refuses the columns; it does not for columns of one length.
    pub fn without(&self, years: &BTreeSet<DistrictYear>, catalog: &Catalog) -> Result<Self, PolarsError> {
        let (frame, view) = (&self.frame, self.frame.view()?);
        let (terms, mut rows) = (frame.terms(), Vec::new());
        for run in frame.runs() {
            let measure = catalog.measures.get(&terms.measures[run.key.measure as usize]);
            if !measure.is_some_and(|measure| tells_of_students(measure, catalog)) {
                continue;
            }
            let is_there = |row: &Row| row.value.is_some() || row.status == Status::Masked;
            for row in view.rows(run.rows.clone()).filter(|row| !row.public && is_there(row)) {
                let district = terms.districts[row.district as usize].shown_id.clone();
                if years.contains(&DistrictYear { district, year: row.year }) {
                    rows.push(row.row);
                }
            }
        }
        let frame = self.frame.clone().withhold(&rows, &[])?;
        Ok(Self { withheld: self.withheld + rows.len() as u64, frame, ..self.clone() })
    }

    /// How many values are withheld.
    #[must_use]
    pub const fn withheld(&self) -> u64 {
        self.withheld
    }
}

/// Whether a measure is about students, or computed from one that is.
fn tells_of_students(measure: &Measure, catalog: &Catalog) -> bool {
    let is_about_students = |measure: &Measure| measure.smallest_group > 1;
    let mut parts =
        measure.derive.iter().flat_map(Derivation::parts).filter_map(|id| catalog.measures.get(id));
    is_about_students(measure) || parts.any(is_about_students)
}

/// Lets through what may be shown. `smallest_group` is the project's own, if it has one; `earlier` is what an earlier pack of the
/// project shows, which readers may have, too.
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
    let door::Decided { hidden, unsaid, uneven, told, unknown, for_earlier } =
        door::hidden(&frame, catalog, smallest_group, earlier)?;
    let rows: Vec<usize> =
        hidden.iter().enumerate().filter(|(_, hidden)| **hidden).map(|(row, _)| row).collect();
    Ok(Released {
        withheld: rows.len() as u64,
        frame: frame.withhold(&rows, &unsaid)?,
        uneven,
        told,
        unknown,
        for_earlier,
    })
}
