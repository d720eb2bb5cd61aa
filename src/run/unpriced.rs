//! Years of money without a price index.

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::compare::Comparisons;
use crate::diagnostic::Diagnostic;
use crate::domain::SchoolYear;

/// The problem that amounts of some years cannot be adjusted for inflation; `None` if all can be.
pub(super) fn unpriced(comparisons: &Comparisons, catalog: &Catalog) -> Option<Diagnostic> {
    let mut years: BTreeSet<SchoolYear> = BTreeSet::new();
    let mut is_latest = false;
    for comparison in &comparisons.all {
        let measure = catalog.measures.get(&comparison.key.measure);
        if !measure.is_some_and(|measure| measure.unit.is_money()) {
            continue;
        }
        years.extend(comparison.reported().map(|(year, _)| year).filter(|year| is_unpriced(catalog, *year)));
        is_latest |= comparison.latest().is_some_and(|latest| is_unpriced(catalog, latest.year));
    }
    let last = years.last()?;
    let texts: Vec<String> = years.iter().map(ToString::to_string).collect();
    Some(Diagnostic::price_index_missing(&texts, *last, is_latest))
}

fn is_unpriced(catalog: &Catalog, year: SchoolYear) -> bool {
    catalog.price(year.end()).is_none()
}
