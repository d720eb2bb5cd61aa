//! The parts of the policy that the model and the suppression need.

use crate::catalog::Catalog;

/// The policy that a district's year is protected under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProtectionPolicy<'a> {
    /// The measures, and how the people they count are related.
    pub(crate) catalog: &'a Catalog,
    /// The protection level: how wide the feasibility interval of a suppressed count must be, in people.
    pub(crate) protection_level: f64,
}
