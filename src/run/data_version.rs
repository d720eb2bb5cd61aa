//! What released data depends on, as hashes: data of the same version is the same.

use std::collections::BTreeSet;

use super::cache::hash;
use crate::pack_tables::DistrictYear;

/// A version of released data.
#[derive(Debug, Clone)]
pub(super) struct DataVersion {
    /// A hash of everything but an earlier pack, and what an audit found.
    pub(super) inputs: String,
    /// A hash of everything.
    pub(super) released: String,
}

impl DataVersion {
    /// `earlier` is a hash of the packs that readers have.
    pub(super) fn new(inputs: String, earlier: &str) -> Self {
        let released = hash(&["released", &inputs, earlier]);
        Self { inputs, released }
    }

    /// The version without what is private in these years.
    pub(super) fn without(&self, years: &BTreeSet<DistrictYear>) -> Self {
        let mut parts = vec![self.released.clone()];
        for DistrictYear { district, year } in years {
            parts.push(district.clone());
            parts.push(year.to_string());
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Self { inputs: self.inputs.clone(), released: hash(&parts) }
    }
}
