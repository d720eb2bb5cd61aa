//! Schools that may be one, by their names. They are never joined here: the project's crosswalk says what continues as what.

use std::collections::BTreeMap;

use super::crosswalk::Crosswalk;
use super::school_directory::ToldSchools;
use crate::catalog::SchoolSpec;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::School;

/// The most years between the last value of a school and the first of the one that it may continue as.
const MOST_YEARS_BETWEEN: i32 = 2;

/// Schools, each with the cell that names it.
#[derive(Clone, Copy)]
pub(super) struct NamedSchools<'a> {
    pub(super) schools: &'a [School],
    pub(super) places: &'a [Place],
    /// Which of them are told.
    pub(super) told: ToldSchools,
}

impl NamedSchools<'_> {
    /// A problem for each school that begins where one of the same district with a like name ends, or that has values beside it.
    pub(super) fn doubles(self, crosswalk: &Crosswalk, spec: &SchoolSpec) -> Vec<Diagnostic> {
        let mut by_name: BTreeMap<(u32, String), Vec<usize>> = BTreeMap::new();
        let told = self.schools.iter().enumerate().filter(|(_, school)| self.told.has(school.district));
        for (place, school) in told {
            let name = spec.comparable(&school.name);
            if !name.is_empty() {
                by_name.entry((school.district, name)).or_default().push(place);
            }
        }
        let mut doubles = Vec::new();
        for mut alike in by_name.into_values() {
            alike.sort_by_key(|place| self.schools[*place].first_year);
            for [earlier, later] in alike.array_windows() {
                doubles.extend(self.double(*earlier, *later, crosswalk, spec));
            }
        }
        doubles
    }

    fn double(
        self,
        earlier: usize,
        later: usize,
        crosswalk: &Crosswalk,
        spec: &SchoolSpec,
    ) -> Option<Diagnostic> {
        let [one, other] = [&self.schools[earlier], &self.schools[later]];
        let place = self.places[later].clone();
        if crosswalk.hands_over(&one.id) {
            return None;
        }
        if other.first_year > one.last_year {
            let is_near = other.first_year - one.last_year <= MOST_YEARS_BETWEEN;
            return is_near.then(|| Diagnostic::school_may_continue(place, one, other));
        }
        // Two ids beside each other are two schools.
        let is_by_name = is_known_by_name(one, spec) || is_known_by_name(other, spec);
        is_by_name.then(|| Diagnostic::school_names_alike(place, &one.name, &other.name))
    }
}

/// Whether no file gives a school an id, so that its name stands for it.
fn is_known_by_name(school: &School, spec: &SchoolSpec) -> bool {
    spec.comparable(&school.shown_id) == spec.comparable(&school.name)
}
