//! The formats that were chosen for a pack.

use std::collections::BTreeSet;

use crate::domain::Format;

/// The chosen formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats(BTreeSet<Format>);

impl Formats {
    /// Every format but those that are chosen only if asked for.
    #[must_use]
    pub fn all() -> Self {
        Format::ALL.into_iter().filter(|format| !format.is_on_request()).collect()
    }

    /// These formats and another one.
    #[must_use]
    pub fn with(mut self, format: Format) -> Self {
        self.0.insert(format);
        self
    }

    /// Whether `format` was chosen.
    #[must_use]
    pub fn has(&self, format: Format) -> bool {
        self.0.contains(&format)
    }

    /// Whether nothing for people to look at was chosen, so that the pack holds only tables, candidates and the report.
    #[must_use]
    pub fn is_only_data(&self) -> bool {
        self.0.iter().all(|format| *format == Format::Data)
    }

    /// Whether the documents to print were chosen, as such or as PDF.
    #[must_use]
    pub fn has_paper(&self) -> bool {
        self.has(Format::Print) || self.has(Format::Pdf)
    }
}

impl FromIterator<Format> for Formats {
    fn from_iter<I: IntoIterator<Item = Format>>(formats: I) -> Self {
        Self(formats.into_iter().collect())
    }
}
