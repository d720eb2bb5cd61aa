//! Adding the breaks that the project and its layouts name to the catalog's measures.

use crate::catalog::{Catalog, Derivation, LayoutBreak, Measure};
use crate::domain::Break;

/// Adds breaks to their measures, each year once, and to the measures that are computed from these.
pub(super) fn add_breaks<'a>(catalog: &mut Catalog, breaks: impl Iterator<Item = &'a LayoutBreak>) {
    for found in breaks {
        if let Some(measure) = catalog.measures.get_mut(&found.measure) {
            add_break(measure, found.of_measure());
        }
    }
    pass_on_breaks(catalog);
}

/// Adds the breaks of measures to those that are computed from them: a share breaks where its amount does.
fn pass_on_breaks(catalog: &mut Catalog) {
    loop {
        let mut inherited: Vec<(String, Break)> = Vec::new();
        for measure in catalog.measures.values() {
            let new = inherited_breaks(measure, catalog);
            inherited.extend(new.into_iter().map(|found| (measure.id.clone(), found)));
        }
        if inherited.is_empty() {
            return;
        }
        for (id, found) in inherited {
            if let Some(measure) = catalog.measures.get_mut(&id) {
                add_break(measure, found);
            }
        }
    }
}

/// The breaks of the parts of a measure that it does not have itself.
fn inherited_breaks(measure: &Measure, catalog: &Catalog) -> Vec<Break> {
    let parts = measure.derive.iter().flat_map(Derivation::parts);
    let breaks = parts.filter_map(|id| catalog.measures.get(id)).flat_map(|part| &part.breaks);
    breaks.filter(|found| !has_break(measure, found.year)).cloned().collect()
}

/// Adds a break unless the measure has one in that year; its breaks stay sorted by year.
fn add_break(measure: &mut Measure, found: Break) {
    if !has_break(measure, found.year) {
        measure.breaks.push(found);
    }
    measure.breaks.sort_by_key(|own| own.year);
}

fn has_break(measure: &Measure, year: i32) -> bool {
    measure.breaks.iter().any(|own| own.year == year)
}
