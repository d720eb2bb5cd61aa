//! What is withheld because something else is, whatever can be told of it.

use std::collections::BTreeMap;

use super::model::{Cell, Place};
use crate::catalog::Derivation;
use crate::domain::{ALL, Unit};

/// Withholds what was computed from withheld cells; says whether it did.
pub(super) fn pass_on(cells: &[Cell<'_>], places: &BTreeMap<Place<'_>, usize>, hidden: &mut [bool]) -> bool {
    let mut any = false;
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.computed && !cell.public) {
        let at = |id: &String| places.get(&Place { measure: id, ..Place::of(cell) }).copied();
        let mut parts = cell.measure.derive.iter().flat_map(Derivation::parts).filter_map(at);
        if !hidden[i] && parts.any(|part| hidden[part]) {
            hidden[i] = true;
            any = true;
        }
    }
    any
}

/// Withholds the rates without n of people whose count is withheld, of whom its decimals may tell that (52.2 % of up to 30 are 12 of
/// 23); says whether it did.
pub(super) fn go_with_counts(
    cells: &[Cell<'_>],
    places: &BTreeMap<Place<'_>, usize>,
    hidden: &mut [bool],
) -> bool {
    let mut any = false;
    for (i, cell) in cells.iter().enumerate() {
        let is_bare = cell.n.is_none() && cell.value.is_some() && !cell.public && !hidden[i];
        let is_rate = cell.measure.unit == Unit::Percent && cell.measure.smallest_group > 1;
        let Some(population) = cell.measure.population.as_ref().filter(|of| !of.not_counted) else {
            continue;
        };
        let place = Place { measure: &population.measure, subject: ALL, ..Place::of(cell) };
        if is_bare && is_rate && places.get(&place).is_some_and(|count| hidden[*count]) {
            hidden[i] = true;
            any = true;
        }
    }
    any
}
