//! Combines the values that several districts had before they became one, series by series.

use std::collections::BTreeMap;

use super::incoming::TracedRow;
use super::succession::{Succession, SuccessionCache};
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::Diagnostic;
use crate::domain::Terms;

/// Combines the values that several districts had before they became one.
pub(super) struct PastJoiner<'a> {
    succession: &'a Succession,
    terms: &'a Terms,
    catalog: &'a Catalog,
    cache: SuccessionCache,
    /// How many past values of each district could not be combined.
    not_joined: BTreeMap<u32, u64>,
}

impl<'a> PastJoiner<'a> {
    pub(super) fn new(succession: &'a Succession, terms: &'a Terms, catalog: &'a Catalog) -> Self {
        Self { succession, terms, catalog, cache: SuccessionCache::default(), not_joined: BTreeMap::new() }
    }

    /// The sorted rows of one series, with those at the same position combined.
    pub(super) fn join(&mut self, rows: Vec<TracedRow>) -> Vec<TracedRow> {
        if self.succession.is_empty() {
            return rows;
        }
        let mut joined = Vec::with_capacity(rows.len());
        for parts in rows.chunk_by(|a, b| a.row.position() == b.row.position()) {
            joined.extend(self.join_parts(parts));
        }
        joined
    }

    /// The parts of a district as one row; `None` (and counted) if a part is missing or has no denominator.
    fn join_parts(&mut self, parts: &[TracedRow]) -> Option<TracedRow> {
        let first = parts[0].row;
        let wanted = self.cache.parts(self.succession, first.district, first.row.year);
        if parts.len() == 1 && wanted.len() == 1 && wanted.contains(&first.origin) {
            return Some(parts[0].clone());
        }
        let is_complete = parts.iter().map(|part| &part.row.origin).eq(wanted);
        let measure = self.catalog.measures.get(&self.terms.measures[first.key.measure as usize]);
        let is_additive = measure.is_none_or(Measure::adds_up);
        let whole = TracedRow::combine(parts, is_additive).filter(|_| is_complete);
        if whole.is_none() {
            *self.not_joined.entry(first.district).or_default() += 1;
        }
        whole
    }

    /// A note for each district with past values that could not be combined.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut notes = Vec::with_capacity(self.not_joined.len());
        for (district, count) in self.not_joined {
            let name = self.terms.organization(district).name();
            notes.push(Diagnostic::past_not_joined(name, count));
        }
        notes
    }
}
