//! The only door between what was read and what may be shown.
//!
//! Below it, every stage sees a [`Released`] and nothing else. Primary rule (`methods.md` 10.1): a count of
//! students from 1 to s−1, and any rate resting on fewer than s students, is withheld, s being the measure's
//! smallest group or the project's, whichever is larger. What its publisher has already made public passes as
//! published, masks included. (FERPA, 34 CFR § 99.31(b).)

#[cfg(test)]
pub(crate) mod for_tests;

use std::ops::Deref;

use crate::measure::Estimates;

pub use crate::measure::{EstimateView, KeyRun, Row};

/// The estimates that may be shown. Only this module can make one.
#[derive(Debug, Clone)]
pub struct Released(Estimates);

impl Deref for Released {
    type Target = Estimates;

    fn deref(&self) -> &Estimates {
        &self.0
    }
}
