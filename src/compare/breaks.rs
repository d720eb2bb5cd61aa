//! The breaks in comparability of each district's series.
//!
//! A series breaks where its measure does in the district's state, by the layouts that name the district, or everywhere. A
//! series that this program computed also breaks where the series that it is computed from do, because only then a part of
//! its own data changed. A published series does not, even if its measure could be computed.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, Derivation, Measure, add_break};
use crate::disclosure::{FrameView, Released};
use crate::domain::{ALL, Break, Grade, KeyCode, MeasureKey};

/// Finds the breaks of series.
#[derive(Debug)]
pub struct SeriesBreaks<'a> {
    released: &'a Released,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    /// Ids of the measures that break in any state or layout, or whose parts do.
    breaking: BTreeSet<&'a str>,
}

impl<'a> SeriesBreaks<'a> {
    /// For the series of `released`, whose columns are `view`.
    #[must_use]
    pub fn new(released: &'a Released, view: FrameView<'a>, catalog: &'a Catalog) -> Self {
        Self { released, view, catalog, breaking: breaking_measures(catalog) }
    }

    /// The breaks of one series of the district with this code, those of its measure and parts by year, then those of the
    /// district itself.
    #[must_use]
    pub fn of(&self, key: KeyCode, district: u32) -> Vec<Break> {
        let mut breaks = Vec::new();
        self.add(key, district, &mut breaks);
        breaks.extend(self.released.terms().organization(district).breaks().iter().cloned());
        breaks
    }

    /// Adds the breaks of a series, and those of its parts if it was computed.
    fn add(&self, key: KeyCode, district: u32, breaks: &mut Vec<Break>) {
        let terms = self.released.terms();
        let id = &terms.measures[key.measure as usize];
        let Some(measure) = self.catalog.measures.get(id).filter(|_| self.breaking.contains(id.as_str()))
        else {
            return;
        };
        let subject = &terms.subjects[key.subject as usize];
        let own_district = &terms.districts[terms.district_of(district) as usize];
        for found in self.catalog.breaks(measure, subject, own_district) {
            add_break(breaks, found);
        }
        if self.is_computed(key, district) {
            for part in self.parts(measure, key) {
                self.add(part, district, breaks);
            }
        }
    }

    /// Whether this program computed any value of a series.
    fn is_computed(&self, key: KeyCode, district: u32) -> bool {
        let runs = self.released.runs();
        let Ok(position) = runs.binary_search_by(|run| run.key.cmp(&key)) else { return false };
        self.view.rows(self.view.of_district(&runs[position], district)).any(|row| row.derived)
    }

    /// The series from which a measure's series is computed.
    fn parts(&self, measure: &Measure, key: KeyCode) -> Vec<KeyCode> {
        let Some(derivation) = &measure.derive else { return Vec::new() };
        let whole = derivation.denominator_is_whole.then(|| self.whole(&measure.id)).flatten();
        let above = derivation.numerator.iter().chain(&derivation.minus).map(|id| self.of_part(id, key));
        let below = derivation.denominator.iter().map(|id| self.of_part(id, whole.unwrap_or(key)));
        above.chain(below).flatten().collect()
    }

    fn of_part(&self, id: &String, key: KeyCode) -> Option<KeyCode> {
        let measure = self.released.terms().measures.binary_search(id).ok()? as u32;
        Some(KeyCode { measure, ..key })
    }

    /// The series of a measure for all students, grades and subjects.
    fn whole(&self, measure: &str) -> Option<KeyCode> {
        self.released.terms().code(&MeasureKey {
            measure: measure.to_owned(),
            group: ALL.to_owned(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        })
    }
}

/// Ids of the measures that have a break, or that are computed from one that does.
fn breaking_measures(catalog: &Catalog) -> BTreeSet<&str> {
    let own = catalog.measures.values().filter(|measure| catalog.has_breaks(measure));
    let mut breaking: BTreeSet<&str> = own.map(|measure| measure.id.as_str()).collect();
    loop {
        let known = breaking.len();
        for measure in catalog.measures.values() {
            let mut parts = measure.derive.iter().flat_map(Derivation::parts);
            if parts.any(|part| breaking.contains(part.as_str())) {
                breaking.insert(&measure.id);
            }
        }
        if breaking.len() == known {
            return breaking;
        }
    }
}
