//! The only door between what was read and what may be shown.
//!
//! Below it, every stage sees a [`Released`] and nothing else: whatever is computed of what was withheld was never known to it.
//!
//! Primary (methods 10.1 and 10.2): a count of students from 1 to s−1, any value resting on fewer than s students, a rate that
//! counts 1 to s−1 of them or all but so many, and a rate near 0 or 100 percent for its n is withheld; s is the measure's
//! smallest group or the project's, whichever is larger. Complementary (10.3): so is what would tell it,
//! [`tables`] by [`complementary`]; and what was computed from a withheld count. A computed value is public only where all its
//! parts are. What its publisher has already made public passes as published, masks included.
//! (FERPA, 34 CFR § 99.31(b).)

mod audit;
mod bounds;
mod complementary;
#[cfg(test)]
pub(crate) mod for_tests;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use polars::prelude::PolarsError;
use rayon::prelude::*;

use crate::catalog::{Catalog, DisclosureSpec, Measure};
use crate::domain::{KeyCode, SchoolYear, Unit};
use crate::measure::Estimates;
pub use crate::observation::{Frame, FrameView, KeyRun, Observed, Row};
pub use audit::{Exposed, Shown, audit};

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
    let view = frame.view()?;
    let door = Door { frame: &frame, view, catalog, smallest_group };
    let hidden = door.hidden();
    let rows: Vec<usize> =
        hidden.iter().enumerate().filter(|(_, hidden)| **hidden).map(|(row, _)| row).collect();
    Ok(Released { withheld: rows.len() as u64, frame: frame.withhold(&rows)? })
}

/// Decides what is withheld.
struct Door<'a> {
    frame: &'a Frame,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    smallest_group: Option<u32>,
}

impl Door<'_> {
    /// Whether each row of the frame is withheld.
    fn hidden(&self) -> Vec<bool> {
        let mut hidden = vec![false; self.frame.len()];
        // Nearly all that is read is public: only the series that hold something else are looked at again.
        let mut private: Vec<&KeyRun> = Vec::new();
        for run in self.frame.runs() {
            let Some(measure) = self.measure(run.key) else { continue };
            let smallest = self.smallest(measure);
            for row in self.view.rows(run.rows.clone()).filter(|row| !row.public) {
                hidden[row.row] = hides(&row, measure, smallest, &self.catalog.disclosure);
                if private.last().is_none_or(|last| last.key != run.key) {
                    private.push(run);
                }
            }
        }
        if !private.is_empty() {
            // What was computed of withheld counts is a table of its own, in which more may have to go.
            self.complement(&private, &mut hidden);
            while self.pass_on(&private, &mut hidden) {
                self.complement(&private, &mut hidden);
            }
        }
        hidden
    }

    fn measure(&self, key: KeyCode) -> Option<&Measure> {
        self.catalog.measures.get(&self.frame.terms().measures[key.measure as usize])
    }

    fn smallest(&self, measure: &Measure) -> f64 {
        f64::from(measure.smallest_group.max(self.smallest_group.unwrap_or(0)))
    }

    /// Withholds what would tell a withheld value by how values add up.
    fn complement(&self, private: &[&KeyRun], hidden: &mut [bool]) {
        let wanted: BTreeSet<(u32, u32)> =
            private.iter().map(|run| (run.key.measure, run.key.subject)).collect();
        let mut by_table: BTreeMap<(u32, u32), Vec<KeyRun>> = BTreeMap::new();
        let of_wanted = |run: &&KeyRun| wanted.contains(&(run.key.measure, run.key.subject));
        for run in self.frame.runs().iter().filter(of_wanted) {
            by_table.entry((run.key.measure, run.key.subject)).or_default().push(run.clone());
        }
        let by_table: Vec<Vec<KeyRun>> = by_table.into_values().collect();
        let known: &[bool] = hidden;
        let also = |runs: &Vec<KeyRun>| self.also(runs, known);
        let also: Vec<usize> = by_table.par_iter().flat_map_iter(also).collect();
        also.into_iter().for_each(|row| hidden[row] = true);
    }

    /// The rows of one measure and subject that must be withheld beside those that are.
    fn also(&self, runs: &[KeyRun], hidden: &[bool]) -> Vec<usize> {
        let measure = runs.first().and_then(|run| self.measure(run.key)).filter(|m| m.smallest_group > 1);
        let Some(measure) = measure else { return Vec::new() };
        let smallest = self.smallest(measure);
        let tables =
            tables::tables(self.frame, &self.view, self.catalog, (measure, smallest), (runs, hidden));
        let mut also = Vec::new();
        for mut found in tables {
            let protected = complementary::protect(&mut found.table, smallest);
            also.extend(protected.also.into_iter().map(|cell| found.rows[cell]));
        }
        also
    }

    /// Withholds what was computed from withheld values and is not public itself; says whether there was any.
    fn pass_on(&self, private: &[&KeyRun], hidden: &mut [bool]) -> bool {
        let mut any = false;
        for run in private {
            let derived = self.measure(run.key).and_then(|m| m.derive.as_ref());
            let Some(derive) = derived else { continue };
            let parts = derive.numerator.iter().chain(&derive.minus).chain(&derive.denominator);
            let codes: Vec<KeyCode> = parts
                .filter_map(|id| self.frame.terms().measures.binary_search(id).ok())
                .map(|measure| KeyCode { measure: measure as u32, ..run.key })
                .collect();
            for row in self.view.rows(run.rows.clone()).filter(|row| row.derived && !row.public) {
                let tells = codes.iter().any(|key| {
                    let year = SchoolYear::ending(row.year).ok();
                    let part = year.and_then(|year| self.frame.find(&self.view, (*key, row.district, year)));
                    part.is_some_and(|part| hidden[part.row])
                });
                any |= tells && !hidden[row.row];
                hidden[row.row] |= tells;
            }
        }
        any
    }
}

/// Whether a value tells too much about too few.
fn hides(row: &Row, measure: &Measure, smallest: f64, policy: &DisclosureSpec) -> bool {
    let Some(value) = row.value else { return false };
    let few = |count: f64| count > 0.0 && count < smallest;
    if measure.unit == Unit::Count {
        return few(value);
    }
    let Some(n) = row.n else { return false };
    let counts_few = row.numerator.is_some_and(|x| few(x) || measure.unit == Unit::Percent && few(n - x));
    // Shares that only say who the students are tell of nobody how they did.
    let is_outcome =
        measure.unit == Unit::Percent && measure.smallest_group > 1 && measure.better.sign() != 0.0;
    let near_an_end = is_outcome && policy.is_near_an_end(value, n);
    few(n) || counts_few || near_an_end
}
