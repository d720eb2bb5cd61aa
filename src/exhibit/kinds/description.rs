//! What is said of an exhibit's measures: which direction is better, what they are, and how old their values are.

use super::context::ExhibitContext;
use super::draft::YearSpan;
use crate::catalog::{Catalog, Measure};
use crate::compare::Comparison;
use crate::domain::{Better, SchoolYear};
use crate::wording::exhibit as words;
use crate::wording::finding_parts::data_of;

/// Values that are this many years older than the newest of any district carry a badge.
const OLD: i32 = 2;

/// The badge of old values; empty if they are not old.
pub(super) fn age(context: &ExhibitContext<'_>, years: YearSpan) -> String {
    let newest = context.comparisons.newest.map(SchoolYear::end);
    let is_old = newest.is_some_and(|newest| newest - years.last >= OLD);
    SchoolYear::ending(years.last).ok().filter(|_| is_old).map(data_of).unwrap_or_default()
}

/// Which direction is better for all measures that are shown.
pub(super) fn direction(catalog: &Catalog, series: &[&Comparison]) -> &'static str {
    let measures = measures(catalog, series);
    let all = |better| !measures.is_empty() && measures.iter().all(|measure| measure.better == better);
    match (all(Better::Higher), all(Better::Lower)) {
        (true, _) => words::HIGHER_IS_BETTER,
        (_, true) => words::LOWER_IS_BETTER,
        _ => "",
    }
}

/// The definitions of the measures that are shown, with their names if there are several.
pub(super) fn definition(catalog: &Catalog, series: &[&Comparison]) -> String {
    let measures = measures(catalog, series);
    if let [only] = measures.as_slice() {
        return only.definition.clone();
    }
    let named = measures.iter().map(|measure| words::defined(&measure.label, &measure.definition));
    named.collect::<Vec<_>>().join(" ")
}

/// The measures of the series, each once, in the order of the series.
fn measures<'a>(catalog: &'a Catalog, series: &[&Comparison]) -> Vec<&'a Measure> {
    let mut measures: Vec<&Measure> = Vec::new();
    for one in series {
        if let Some(measure) = catalog.measures.get(&one.key.measure)
            && !measures.iter().any(|known| known.id == measure.id)
        {
            measures.push(measure);
        }
    }
    measures
}
