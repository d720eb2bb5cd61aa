//! What is told of values that are withheld, or withheld in vain, as problems.

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Place};
use crate::disclosure::{FrameRow, KeyRun, KeyedRow, Released, UnevenTotal};
use crate::domain::{KeyCode, SchoolYear};
use crate::pack_tables::DistrictYear;

/// All that is said of what is withheld.
pub(super) fn problems(released: &Released, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut problems = uneven(released, catalog);
    problems.extend(told_by_public(released));
    problems.extend(resting_on_unknown(released));
    problems.extend(for_earlier_pack(released));
    problems
}

/// The totals that do not quite add up, as problems.
fn uneven(released: &Released, catalog: &Catalog) -> Vec<Diagnostic> {
    let terms = released.terms();
    let one = |uneven: &UnevenTotal| {
        let (key, row) = (terms.key(uneven.key), &uneven.total);
        let unit = catalog.measures.get(&key.measure)?.unit;
        let (place, what) = described(released, uneven.key, row)?;
        Some(Diagnostic::total_exceeded(place, &what, &unit.format(row.value?), &unit.format(uneven.parts)))
    };
    released.uneven().iter().filter_map(one).collect()
}

/// The withheld values that what is public tells anyhow, as problems.
fn told_by_public(released: &Released) -> Vec<Diagnostic> {
    let one = |told: &KeyedRow| {
        let (place, what) = described(released, told.key, &told.row)?;
        Some(Diagnostic::told_by_public(place, &what))
    };
    released.disclosed_by_public().iter().filter_map(one).collect()
}

/// The values that are withheld because nobody knows on how many students they rest, as problems.
fn resting_on_unknown(released: &Released) -> Vec<Diagnostic> {
    let with_n = measures_with_n(released);
    let one = |unknown: &KeyedRow| {
        let (place, what) = described(released, unknown.key, &unknown.row)?;
        Some(Diagnostic::students_unknown(place, &what, !with_n.contains(&unknown.key.measure)))
    };
    released.with_unknown_base().iter().filter(|unknown| !unknown.row.derived).filter_map(one).collect()
}

/// The measures of which some value that may be shown says on how many people it rests.
fn measures_with_n(released: &Released) -> BTreeSet<u32> {
    let Ok(view) = released.view() else { return BTreeSet::new() };
    let has_n = |run: &&KeyRun| view.rows(run.rows.clone()).any(|row| row.n.is_some());
    released.runs().iter().filter(has_n).map(|run| run.key.measure).collect()
}

/// Where a row of the frame stands, and what it is of.
fn described(released: &Released, key: KeyCode, row: &FrameRow) -> Option<(Place, String)> {
    let terms = released.terms();
    let year = SchoolYear::ending(row.year).ok()?;
    let of = &terms.districts[row.district as usize].name;
    let place = released.places(row.row).into_iter().next().unwrap_or_default();
    Some((place, format!("{} of {of} in {year}", terms.key(key).slug())))
}

/// That values are withheld because an earlier pack would tell of others together with them.
fn for_earlier_pack(released: &Released) -> Option<Diagnostic> {
    let count = released.withheld_for_earlier_pack();
    (count > 0).then(|| Diagnostic::withheld_for_earlier_pack(count))
}

/// That all of a district's year is withheld, because its pack's audit asked for it.
pub(super) fn whole_year(at: &DistrictYear) -> Diagnostic {
    let year = SchoolYear::ending(at.year).map_or_else(|_| at.year.to_string(), |year| year.to_string());
    Diagnostic::year_withheld(&at.district, &year)
}
