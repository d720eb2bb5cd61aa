//! Whether the state of a district is known, on which breaks depend.

use crate::catalog::Catalog;
use crate::compare::{Comparison, Comparisons};
use crate::diagnostic::Diagnostic;

/// The problem that the district's state is unknown, if any state changed the test or definition of one of its measures
/// within the years that it has.
pub(super) fn unknown_state(comparisons: &Comparisons, catalog: &Catalog) -> Option<Diagnostic> {
    if comparisons.district.state.is_some() || catalog.states.none {
        return None;
    }
    let mut doubtful = comparisons.all.iter().filter(|comparison| may_break(comparison, catalog));
    let measure = catalog.measures.get(&doubtful.next()?.key.measure)?;
    Some(Diagnostic::state_unknown(&comparisons.district.name, &measure.label))
}

/// Whether any state changed the test or definition of a series between its first and last year.
fn may_break(comparison: &Comparison, catalog: &Catalog) -> bool {
    let mut years = comparison.reported().map(|(year, _)| year.end());
    let Some(first) = years.next() else { return false };
    years.last().is_some_and(|last| catalog.any_state_breaks(&comparison.key.measure, first, last))
}
