//! Schools of other districts that are like one of ours: of the same type, about as large, and with about as many students of some
//! groups. Their median is beside the school's number. Nobody is ranked.
//!
//! Degenerate: nothing where the data has no schools of other districts, or fewer like ones than the catalog asks for.

use std::collections::{BTreeMap, BTreeSet};

use statistics::quantile::median_of;

use super::comparison::Comparison;
use super::schools::{SchoolComparison, published_grades, type_of};
use super::values::reported;
use crate::catalog::{Catalog, SimilarSpec};
use crate::disclosure::{FrameView, Released};
use crate::domain::{ALL, MeasureKey, SchoolYear};

/// What schools of other districts that are like a school have.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SimilarSchools {
    /// How many there are.
    pub schools: usize,
    /// The ids of the groups whose shares are alike.
    pub groups: Vec<String>,
    /// The medians of the school's series for all students, in its latest year of each.
    pub medians: Vec<SimilarMedian>,
}

/// The median of similar schools.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SimilarMedian {
    /// The series.
    pub key: MeasureKey,
    /// The school year.
    pub year: SchoolYear,
    /// The median of those that have a value, of which there are enough.
    pub median: f64,
}

impl SimilarSchools {
    /// The median of a series in a year.
    #[must_use]
    pub fn median(&self, key: &MeasureKey, year: SchoolYear) -> Option<f64> {
        self.medians.iter().find(|one| one.key == *key && one.year == year).map(|one| one.median)
    }
}

/// A series in a year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct SeriesInYear {
    key: MeasureKey,
    year: SchoolYear,
}

/// The values of schools by their codes.
type ValuesOfSchools = BTreeMap<u32, f64>;

/// The schools of other districts.
pub(super) struct StateSchools<'a> {
    released: &'a Released,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    /// The id of the type of each, by its code; those without a type are left out.
    types: BTreeMap<u32, &'a str>,
}

impl<'a> StateSchools<'a> {
    /// The schools of all districts but the one with this code.
    pub(super) fn of(
        released: &'a Released,
        view: FrameView<'a>,
        catalog: &'a Catalog,
        district: u32,
    ) -> Self {
        let terms = released.terms();
        let mut types = BTreeMap::new();
        for (code, school) in (terms.first_school()..).zip(&terms.schools) {
            let grades = published_grades(school);
            let of_type = type_of(catalog, school, grades.as_ref()).filter(|_| school.district != district);
            types.extend(of_type.map(|of_type| (code, of_type.id.as_str())));
        }
        Self { released, view, catalog, types }
    }

    /// Finds the similar schools of each school.
    pub(super) fn compare(&self, schools: &mut [SchoolComparison]) {
        if self.types.len() < self.spec().fewest || self.spec().fewest == 0 {
            return;
        }
        let wanted: BTreeSet<SeriesInYear> = schools.iter().flat_map(|school| self.wanted(school)).collect();
        let mut values: BTreeMap<SeriesInYear, ValuesOfSchools> = BTreeMap::new();
        for series in wanted {
            let own = self.values(&series);
            values.insert(series, own);
        }
        for school in schools {
            school.similar = self.similar(school, &values);
        }
    }

    const fn spec(&self) -> &'a SimilarSpec {
        &self.catalog.schools.similar
    }

    /// The series by which schools are alike in a year: the number of students, and the shares of groups.
    fn students(&self, year: SchoolYear) -> SeriesInYear {
        SeriesInYear { key: MeasureKey::whole(&self.catalog.schools.students), year }
    }

    fn share(&self, group: &str, year: SchoolYear) -> SeriesInYear {
        let whole = MeasureKey::whole(&self.spec().shares);
        SeriesInYear { key: MeasureKey { group: group.to_owned(), ..whole }, year }
    }

    /// The series and years of which the values of all schools are needed.
    fn wanted(&self, school: &SchoolComparison) -> Vec<SeriesInYear> {
        let mut wanted: Vec<SeriesInYear> = school.all.iter().filter_map(latest_of_all_students).collect();
        if let Some(year) = self.size(school).map(|size| size.year) {
            wanted.push(self.students(year));
            wanted.extend(self.spec().groups.iter().map(|group| self.share(group, year)));
        }
        wanted
    }

    fn size(&self, school: &SchoolComparison) -> Option<SchoolSize> {
        let students = school.get(&MeasureKey::whole(&self.catalog.schools.students))?.latest()?;
        Some(SchoolSize { year: students.year, students: students.value.filter(|value| *value > 0.0)? })
    }

    /// The values of the schools of other districts in a year.
    fn values(&self, series: &SeriesInYear) -> ValuesOfSchools {
        let Some(run) = self.released.run(&series.key) else { return ValuesOfSchools::new() };
        let rows = self.view.rows(run.schools.clone()).filter(|row| row.year == series.year.end());
        let known = rows.filter(|row| self.types.contains_key(&row.district));
        known.filter_map(|row| Some((row.district, reported(&row)?))).collect()
    }

    /// What the schools like one have; `None` if they are too few.
    fn similar(
        &self,
        school: &SchoolComparison,
        values: &BTreeMap<SeriesInYear, ValuesOfSchools>,
    ) -> Option<SimilarSchools> {
        let (spec, of_type, size) = (self.spec(), school.of_type.as_ref()?, self.size(school)?);
        let mut alike: Vec<u32> = Vec::new();
        for (code, students) in values.get(&self.students(size.year))? {
            let ratio = students / size.students;
            let is_about_as_large = (1.0 / spec.size..=spec.size).contains(&ratio);
            if is_about_as_large && self.types.get(code) == Some(&of_type.id.as_str()) {
                alike.push(*code);
            }
        }
        let mut groups = Vec::new();
        for group in &spec.groups {
            let series = self.share(group, size.year);
            let own = school.point(&series.key, size.year).and_then(|point| point.value);
            let Some((own, shares)) = own.zip(values.get(&series)) else { continue };
            if alike.iter().filter(|code| shares.contains_key(code)).count() >= spec.fewest {
                alike.retain(|code| shares.get(code).is_some_and(|share| (share - own).abs() <= spec.share));
                groups.push(group.clone());
            }
        }
        if alike.len() < spec.fewest {
            return None;
        }
        let series = school.all.iter().filter_map(latest_of_all_students);
        let medians = series.filter_map(|series| self.median(&series, &alike, values));
        Some(SimilarSchools { schools: alike.len(), groups, medians: medians.collect() })
    }

    /// The median of some schools; `None` if too few of them have a value.
    fn median(
        &self,
        series: &SeriesInYear,
        alike: &[u32],
        values: &BTreeMap<SeriesInYear, ValuesOfSchools>,
    ) -> Option<SimilarMedian> {
        let known = values.get(series)?;
        let own: Vec<f64> = alike.iter().filter_map(|code| known.get(code).copied()).collect();
        let is_enough = own.len() >= self.spec().fewest;
        let median = median_of(own).filter(|_| is_enough)?;
        Some(SimilarMedian { key: series.key.clone(), year: series.year, median })
    }
}

/// How many students a school has, and when.
struct SchoolSize {
    year: SchoolYear,
    students: f64,
}

/// A series for all students in all grades, in its latest year.
fn latest_of_all_students(series: &Comparison) -> Option<SeriesInYear> {
    let is_whole = series.key.group == ALL && series.key.grade.is_all();
    let year = series.latest()?.year;
    is_whole.then(|| SeriesInYear { key: series.key.clone(), year })
}
