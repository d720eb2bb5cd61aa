//! The formats that were chosen for a pack.

use std::collections::BTreeSet;

use crate::domain::Format;

/// The chosen formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats(BTreeSet<Format>);

impl Formats {
    /// Every format.
    #[must_use]
    pub fn all() -> Self {
        Format::ALL.into_iter().collect()
    }

    /// Whether `format` was chosen.
    #[must_use]
    pub fn has(&self, format: Format) -> bool {
        self.0.contains(&format)
    }
}

impl FromIterator<Format> for Formats {
    fn from_iter<I: IntoIterator<Item = Format>>(formats: I) -> Self {
        Self(formats.into_iter().collect())
    }
}
