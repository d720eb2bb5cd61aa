//! What all sheets of the workbook are made from.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cell::BookCell;
use super::live_peers::LivePeers;
use super::sheet::TableSheet;
use super::style::Styles;
use crate::exhibit::{Pack, SeriesFacts};
use crate::pack::report::Report;
use crate::wording::subject::capitalized;

/// What all sheets are made from.
pub(super) struct Book<'a> {
    pub(super) pack: &'a Pack,
    pub(super) report: &'a Report,
    pub(super) styles: Styles,
    /// What is printed at the bottom of every page.
    pub(super) footer: String,
    pub(super) live: LivePeers,
    /// Where each exhibit stands, by its code, as the target of a link.
    pub(super) exhibits: BTreeMap<String, String>,
}

impl Book<'_> {
    /// The facts that are at a glance, in their order.
    pub(super) fn at_a_glance(&self) -> impl Iterator<Item = &SeriesFacts> {
        self.pack.facts.iter().filter(|facts| facts.is_at_a_glance)
    }

    /// Heading of a domain.
    pub(super) fn domain_label(&self, id: &str) -> String {
        let section = self.pack.sections.iter().find(|section| section.id == id);
        section.map_or_else(|| capitalized(id), |section| section.label.clone())
    }

    /// The code of an exhibit, as a link to it.
    pub(super) fn code(&self, code: &str) -> BookCell {
        match self.exhibits.get(code) {
            Some(target) => BookCell::Link { text: code.to_owned(), target: target.clone() },
            None => BookCell::text(code),
        }
    }

    /// Writes a sheet that is one table.
    pub(super) fn write(&self, table: &TableSheet<'_>) -> Result<Worksheet, XlsxError> {
        table.write(&self.styles, &self.footer)
    }
}
