//! Which measures are related, so that the values of one can disclose values of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Derivation, Measure};
use crate::domain::Unit;

/// The measures that a measure is computed from.
fn parts_of(measure: &Measure) -> impl Iterator<Item = &str> {
    measure.derive.iter().flat_map(Derivation::parts).map(String::as_str)
}

/// The connected components of measures related by populations, derivations and wholes.
#[derive(Debug)]
pub(super) struct MeasureFamilies<'c> {
    /// The first measure of each measure's component.
    first_of: BTreeMap<&'c str, &'c str>,
}

impl<'c> MeasureFamilies<'c> {
    /// The families of a catalog's measures.
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let first_of = catalog.measures.keys().map(|id| (id.as_str(), id.as_str())).collect();
        let mut families = Self { first_of };
        for measure in catalog.measures.values() {
            let population = measure.population.iter().map(|of| of.measure.as_str());
            parts_of(measure).chain(population).for_each(|other| families.join(&measure.id, other));
        }
        for whole in &catalog.disclosure.whole {
            whole.parts.windows(2).for_each(|pair| families.join(&pair[0], &pair[1]));
        }
        families
    }

    /// The first measure of a measure's family, which identifies it.
    pub(super) fn family(&self, measure: &Measure) -> Option<&'c str> {
        self.first_of.get(measure.id.as_str()).copied()
    }

    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.first_of.get(one).copied(), self.first_of.get(other).copied());
        let (Some(one), Some(other)) = (one, other) else { return };
        let (first, second) = (one.min(other), one.max(other));
        self.first_of.values_mut().filter(|family| **family == second).for_each(|family| *family = first);
    }
}

/// The measures whose values can disclose those of `private` measures, or be disclosed by them. These are the
/// private measures; what they are computed from or count some of; everything computed from them, about their
/// people or part of one whole with them; and what that is computed from. For all other measures, the
/// publisher has already released everything.
pub(super) fn related_measures<'c>(private: &BTreeSet<&'c str>, catalog: &'c Catalog) -> BTreeSet<&'c str> {
    let mut related = private.clone();
    for measure in private.iter().filter_map(|id| catalog.measures.get(*id)) {
        related.extend(counted_population(measure));
        related.extend(parts_of(measure));
    }
    let disclosing = catalog.measures.values().filter(|measure| can_disclose(measure, private, catalog));
    related.extend(disclosing.map(|measure| measure.id.as_str()));
    let measures: Vec<&Measure> = related.iter().filter_map(|id| catalog.measures.get(*id)).collect();
    related.extend(measures.into_iter().flat_map(parts_of));
    related
}

/// The measure that counts the people of a measure, or for a count, the people it counts some of.
fn counted_population(measure: &Measure) -> Option<&str> {
    let population = measure.population.as_ref();
    let population = population.filter(|of| !of.some || measure.unit == Unit::Count)?;
    Some(&population.measure)
}

/// Whether a measure is computed from private ones, is part of one whole with them, or is about their people.
fn can_disclose(measure: &Measure, private: &BTreeSet<&str>, catalog: &Catalog) -> bool {
    let mut wholes = catalog.disclosure.whole.iter().filter(|whole| whole.parts.contains(&measure.id));
    parts_of(measure).any(|part| private.contains(part))
        || wholes.any(|whole| whole.parts.iter().any(|part| private.contains(part.as_str())))
        || measure.population.as_ref().is_some_and(|of| private.contains(of.measure.as_str()))
}
