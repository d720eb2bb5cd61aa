//! What the charts of every kind are built from.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, ExhibitSpec, Target};
use crate::compare::{Comparison, Comparisons};
use crate::domain::District;
use crate::exhibit::publishers::Publishers;
use crate::wording;

/// An exhibit's specification, with the data that it is built from.
#[derive(Clone, Copy)]
pub(super) struct ExhibitContext<'a> {
    pub(super) spec: &'a ExhibitSpec,
    pub(super) comparisons: &'a Comparisons,
    pub(super) catalog: &'a Catalog,
    pub(super) publishers: &'a Publishers,
    /// The district's targets, by the slug of their series.
    pub(super) targets: &'a BTreeMap<String, Target>,
}

impl<'a> ExhibitContext<'a> {
    /// The chosen district's name, as charts show it: a long one would be cut in each of them, and a code says nothing.
    pub(super) fn district(&self) -> String {
        let District { name, shown_id, .. } = &self.comparisons.district;
        let is_unknown = *name == wording::exhibit::district_of_code(shown_id);
        let name = self.short_name(name);
        if is_unknown || self.catalog.district_names.is_too_long(&name) {
            return wording::exhibit::OUR_DISTRICT.to_owned();
        }
        name
    }

    /// The district's target for a series.
    pub(super) fn target(&self, series: &Comparison) -> Option<&'a Target> {
        self.targets.get(&series.key.slug())
    }

    /// A district's name, as charts show it.
    pub(super) fn short_name(&self, name: &str) -> String {
        self.catalog.district_names.short(name)
    }

    /// Whether the peers are like the district, so that it may be compared with them in words.
    pub(super) fn are_peers_alike(&self) -> bool {
        self.comparisons.peers.are_alike()
    }

    /// The sentence that says which districts the peers are; `None` where there are none.
    pub(super) fn peers_note(&self) -> Option<String> {
        let group = &self.comparisons.peers;
        let year = group.year?;
        let variables: Vec<String> = group.variables.iter().map(|variable| variable.label.clone()).collect();
        Some(wording::chart_note::peers(group.peers.len(), &variables, year))
    }
}
