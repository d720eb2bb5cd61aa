//! Follow-on suppression: cells suppressed because others are, whether or not they disclose those.

use super::super::model::system::CellIndex;
use super::super::model::{CellPlace, CellsByPlace, ModelCell};
use crate::catalog::Derivation;
use crate::domain::{ALL, Unit};

/// Suppresses cells computed from suppressed cells; returns whether there were any.
pub(super) fn suppress_computed(
    cells: &[ModelCell<'_>],
    by_place: &CellsByPlace<'_>,
    suppressed: &mut [bool],
) -> bool {
    let mut has_changed = false;
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.is_computed && !cell.is_public) {
        if !suppressed[i] && has_suppressed_part(cell, by_place, suppressed) {
            suppressed[i] = true;
            has_changed = true;
        }
    }
    has_changed
}

fn has_suppressed_part(cell: &ModelCell<'_>, by_place: &CellsByPlace<'_>, suppressed: &[bool]) -> bool {
    let mut parts = cell.measure.derive.iter().flat_map(Derivation::parts);
    parts.any(|part| is_suppressed_at(CellPlace::of(cell).of_measure(part), by_place, suppressed))
}

fn is_suppressed_at(place: CellPlace<'_>, by_place: &CellsByPlace<'_>, suppressed: &[bool]) -> bool {
    by_place.get(&place).is_some_and(|CellIndex(cell)| suppressed[*cell])
}

/// Suppresses rates without n whose population is suppressed, because their decimals may disclose it (52.2%
/// of at most 30 is 12 of 23). Returns whether there were any.
pub(super) fn suppress_rates_of_suppressed_counts(
    cells: &[ModelCell<'_>],
    by_place: &CellsByPlace<'_>,
    suppressed: &mut [bool],
) -> bool {
    let mut has_changed = false;
    for (i, cell) in cells.iter().enumerate().filter(|(_, cell)| is_rate_without_n(cell)) {
        let population = population_place(cell);
        let is_disclosing = population.is_some_and(|place| is_suppressed_at(place, by_place, suppressed));
        if !suppressed[i] && is_disclosing {
            suppressed[i] = true;
            has_changed = true;
        }
    }
    has_changed
}

/// The place of the cell that counts the population of a rate.
fn population_place<'a>(cell: &ModelCell<'a>) -> Option<CellPlace<'a>> {
    let population = cell.measure.population.as_ref().filter(|population| !population.not_counted)?;
    Some(CellPlace { measure: &population.measure, subject: ALL, ..CellPlace::of(cell) })
}

fn is_rate_without_n(cell: &ModelCell<'_>) -> bool {
    let is_rate = cell.measure.unit == Unit::Percent && cell.measure.smallest_group > 1;
    is_rate && cell.n.is_none() && cell.value.is_some() && !cell.is_public
}
