//! Problems to report about suppression: what is withheld, why, and what public values disclose anyway.

use std::collections::BTreeSet;

use super::released::{KeyedRow, Released, UnevenTotal};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::{KeyCode, SchoolYear, Status};
use crate::observation::{FrameRow, FrameView, KeyRun};
use crate::pack_tables::DistrictYear;
use crate::wording::reading as wording;

/// All problems to report about what was withheld.
#[must_use]
pub fn problems(released: &Released, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut problems = exceeded_totals(released, catalog);
    problems.extend(disclosed_by_public_values(released));
    problems.extend(of_unknown_n(released));
    problems.extend(withheld_for_earlier_pack(released));
    problems.extend(school_details(released));
    problems
}

/// The problems of totals that are less than the sum of their parts.
fn exceeded_totals(released: &Released, catalog: &Catalog) -> Vec<Diagnostic> {
    released.uneven().iter().filter_map(|uneven| exceeded_total(released, catalog, uneven)).collect()
}

fn exceeded_total(released: &Released, catalog: &Catalog, uneven: &UnevenTotal) -> Option<Diagnostic> {
    let key = released.terms().key(uneven.key);
    let unit = catalog.measures.get(&key.measure)?.unit;
    let (place, description) = described(released, uneven.key, &uneven.total)?;
    let (total, sum) = (unit.format(uneven.total.value?), unit.format(uneven.parts));
    Some(Diagnostic::total_exceeded(place, &description, &total, &sum))
}

/// The problems of withheld values that can be worked out from public ones.
fn disclosed_by_public_values(released: &Released) -> Vec<Diagnostic> {
    released.disclosed_by_public().iter().filter_map(|value| disclosed_by_public(released, value)).collect()
}

fn disclosed_by_public(released: &Released, value: &KeyedRow) -> Option<Diagnostic> {
    let (place, description) = described(released, value.key, &value.row)?;
    Some(Diagnostic::disclosed_by_public(place, &description))
}

/// The problems of values that are withheld because the number of students they are based on is unknown.
fn of_unknown_n(released: &Released) -> Vec<Diagnostic> {
    let with_n = measures_with_n(released);
    let values = released.with_unknown_base().iter().filter(|value| !value.row.derived);
    values.filter_map(|value| students_unknown(released, &with_n, value)).collect()
}

fn students_unknown(released: &Released, with_n: &BTreeSet<u32>, value: &KeyedRow) -> Option<Diagnostic> {
    let (place, description) = described(released, value.key, &value.row)?;
    let is_column = !with_n.contains(&value.key.measure);
    Some(Diagnostic::students_unknown(place, &description, is_column))
}

/// The codes of the measures of which some published value has its n.
fn measures_with_n(released: &Released) -> BTreeSet<u32> {
    let Ok(view) = released.view() else { return BTreeSet::new() };
    let runs = released.runs().iter().filter(|run| has_n(run, view));
    runs.map(|run| run.key.measure).collect()
}

fn has_n(run: &KeyRun, view: FrameView<'_>) -> bool {
    view.rows(run.all()).any(|row| row.n.is_some())
}

/// Where the value of a row is in the files, and a description of it for people.
fn described(released: &Released, key: KeyCode, row: &FrameRow) -> Option<(Place, String)> {
    let terms = released.terms();
    let year = SchoolYear::ending(row.year).ok()?;
    let district = terms.organization(row.district).name();
    let place = released.places(row.row).into_iter().next().unwrap_or_default();
    Some((place, wording::value_name(&terms.key(key).slug(), district, &year.to_string())))
}

/// The problem that values are withheld because an earlier pack would disclose others together with them.
fn withheld_for_earlier_pack(released: &Released) -> Option<Diagnostic> {
    let count = released.withheld_for_earlier_pack();
    (count > 0).then(|| Diagnostic::withheld_for_earlier_pack(count))
}

/// The problem that values of one group within one grade of a school are withheld; `None` if there are none.
fn school_details(released: &Released) -> Option<Diagnostic> {
    let (terms, view) = (released.terms(), released.view().ok()?);
    let detailed = released.runs().iter().filter(|run| terms.is_group_within_grade(run.key));
    let rows = detailed.flat_map(|run| view.rows(run.schools.clone()));
    let mut withheld = rows.filter(|row| row.status == Status::Withheld && !row.derived);
    let first = withheld.next()?;
    let place = released.places(first.row).into_iter().next().unwrap_or_default();
    Some(Diagnostic::school_details_withheld(place, 1 + withheld.count() as u64))
}

/// The problem that a whole year of a district is withheld because the audit of its pack found disclosed values.
#[must_use]
pub fn whole_year_withheld(at: &DistrictYear) -> Diagnostic {
    let year = SchoolYear::text_of(at.year);
    Diagnostic::year_withheld(&at.district, &year)
}
