//! What the model and the suppression need to know of the policy.

use crate::catalog::Catalog;

/// The policy that a district's year is protected under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProtectionPolicy<'a> {
    /// The measures, and how their people are related.
    pub(crate) catalog: &'a Catalog,
    /// The protection level: how wide the feasibility interval of a suppressed count must be, in people.
    pub(crate) protection_level: f64,
}
