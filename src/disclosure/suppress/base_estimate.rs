//! Estimates how many people a value is based on when its n is not stated.
//!
//! These are the people that the measure of its population counts for the same group, grade and year, or that
//! it is divided by, or the base of another value about the same students (`same` in
//! `catalog/disclosure.toml`). If that count is masked, its estimate is the lower end of the mask, since a
//! mask means few people. If the value covers only some of the people counted (students tested, out of all
//! enrolled), the count is the upper bound, and the catalog's `least-share` of it the lower bound. If nothing
//! counts them, the whole group and the whole grade are upper bounds; failing that, the estimate is the
//! largest n of another value about all students of the same group, grade and year. For a test of one grade
//! and subject, the largest n of another value with that grade and subject is used, if it is smaller.
//! Measures that only some students take (college entrance tests) say nothing about others.
//!
//! Degenerate: `None` if nothing of this is known, and nothing shows that they are few either. Unknown is not
//! safe, so the value is suppressed.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Measure, SameStudents};
use crate::domain::{ALL, Grade, KeyCode, SchoolYear, Status, Unit};
use crate::observation::{Frame, FrameRow, FrameView};
use statistics::linear_program::Interval;

/// The smallest number of people that a mask without a number can mean.
const LEAST_MASKED: f64 = 1.0;

/// Students of a district's or school's year, by the codes of the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct StudentsCode {
    district: u32,
    year: i32,
    group: u32,
    grade: u32,
    /// `None` for values about all students, whatever their subject.
    subject: Option<u32>,
}

impl StudentsCode {
    const fn of(key: KeyCode, row: &FrameRow, subject: Option<u32>) -> Self {
        Self { district: row.district, year: row.year, group: key.group, grade: key.grade, subject }
    }
}

/// The series that counts the people of another series.
struct CountingSeries {
    key: Option<KeyCode>,
    /// Whether the other series is divided by it.
    is_denominator: bool,
}

/// Estimates the bases of the values of a frame.
pub(super) struct BaseEstimator<'a> {
    frame: &'a Frame,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    /// The largest n among the values about the same students, for districts with any private value; computed
    /// on first use.
    largest: OnceCell<BTreeMap<StudentsCode, f64>>,
}

impl<'a> BaseEstimator<'a> {
    pub(super) const fn new(frame: &'a Frame, view: FrameView<'a>, catalog: &'a Catalog) -> Self {
        Self { frame, view, catalog, largest: OnceCell::new() }
    }

    /// Bounds on how many people a value without n is based on. `smallest_group` is the policy's s.
    pub(super) fn estimate(
        &self,
        key: KeyCode,
        measure: &Measure,
        row: &FrameRow,
        smallest_group: f64,
    ) -> Option<Interval> {
        let counting = self.counting_series(key, measure);
        let counted = counting.key.and_then(|key| self.count(key, row));
        if counting.is_denominator || measure.smallest_group <= 1 {
            return counted.map(Interval::exactly);
        }
        let of_population = counted.zip(least_share(measure));
        let of_population =
            of_population.map(|(count, share)| Interval { low: (share * count).floor(), high: count });
        let known = of_population.or_else(|| self.of_same_students(key, measure, row).map(Interval::exactly));
        // It is enough to know that they are few.
        let most = counting.key.and_then(|key| self.most_of(key, row));
        if let Some(high) = most.filter(|most| *most < smallest_group && known.is_none()) {
            return Some(Interval { low: 0.0, high });
        }
        let by_subject = self.largest_of_grade_and_subject(key, row).map(Interval::exactly);
        let fewest = known.into_iter().chain(by_subject).min_by(|a, b| a.low.total_cmp(&b.low));
        if fewest.is_some() || !is_of_all_students(measure) {
            return fewest;
        }
        self.largest(key, row, None).map(Interval::exactly)
    }

    /// The smallest of the counts of a series' group, of its grade, and of both together.
    fn most_of(&self, counting: KeyCode, row: &FrameRow) -> Option<f64> {
        let series = [self.whole_group(counting), self.whole_grade(counting), Some(counting)];
        series.into_iter().flatten().filter_map(|key| self.count(key, row)).min_by(f64::total_cmp)
    }

    /// The largest n of the same group, grade and subject, for a value of one grade and subject.
    fn largest_of_grade_and_subject(&self, key: KeyCode, row: &FrameRow) -> Option<f64> {
        let terms = self.frame.terms();
        let is_of_subject = terms.subjects.get(key.subject as usize).is_some_and(|subject| subject != ALL);
        let is_of_grade = terms.grades.get(key.grade as usize).is_some_and(|grade| !grade.is_all());
        if is_of_subject && is_of_grade { self.largest(key, row, Some(key.subject)) } else { None }
    }

    fn largest(&self, key: KeyCode, row: &FrameRow, subject: Option<u32>) -> Option<f64> {
        let largest = self.largest.get_or_init(|| self.largest_by_students());
        largest.get(&StudentsCode::of(key, row, subject)).copied()
    }

    /// The base of another value about the same students.
    fn of_same_students(&self, key: KeyCode, measure: &Measure, row: &FrameRow) -> Option<f64> {
        let mut all = self.catalog.disclosure.same.iter();
        let same = all.find(|same| same.n.contains(&measure.id))?;
        SchoolYear::ending(row.year).ok()?;
        self.count_of_same(same, key, row).or_else(|| self.n_of_same(same, key, row))
    }

    fn count_of_same(&self, same: &SameStudents, key: KeyCode, row: &FrameRow) -> Option<f64> {
        let subject = self.no_subject()?;
        same.count.iter().find_map(|id| self.row_of(id, KeyCode { subject, ..key }, row)?.value)
    }

    fn n_of_same(&self, same: &SameStudents, key: KeyCode, row: &FrameRow) -> Option<f64> {
        same.n.iter().find_map(|id| self.row_of(id, key, row)?.n)
    }

    /// The row of another measure in the same district and year.
    fn row_of(&self, measure: &str, key: KeyCode, row: &FrameRow) -> Option<FrameRow> {
        let key = KeyCode { measure: self.measure_code(measure)?, ..key };
        let year = SchoolYear::ending(row.year).ok()?;
        self.frame.find(&self.view, (key, row.district, year))
    }

    /// The series that counts the people of another series: its denominator or its population.
    fn counting_series(&self, key: KeyCode, measure: &Measure) -> CountingSeries {
        let quotient = measure.derive.as_ref().filter(|derive| derive.denominator.len() == 1);
        let counting = match (quotient, &measure.population) {
            (Some(derive), _) if derive.denominator_is_whole => self.all_students(&derive.denominator[0]),
            (Some(derive), _) => {
                self.measure_code(&derive.denominator[0]).map(|measure| KeyCode { measure, ..key })
            }
            (None, Some(population)) => {
                let codes = self.measure_code(&population.measure).zip(self.no_subject());
                codes.map(|(measure, subject)| KeyCode { measure, subject, ..key })
            }
            (None, None) => None,
        };
        let key = counting.filter(|key| self.is_count(*key));
        CountingSeries { key, is_denominator: quotient.is_some() }
    }

    /// The series of a measure for all students.
    fn all_students(&self, measure: &str) -> Option<KeyCode> {
        Some(KeyCode {
            measure: self.measure_code(measure)?,
            group: self.all_groups()?,
            grade: self.all_grades()?,
            subject: self.no_subject()?,
        })
    }

    fn is_count(&self, key: KeyCode) -> bool {
        self.measure(key).is_some_and(|measure| measure.unit == Unit::Count)
    }

    fn measure(&self, key: KeyCode) -> Option<&'a Measure> {
        self.catalog.measures.get(&self.frame.terms().measures[key.measure as usize])
    }

    /// The count of a series in the year of a row; if it is masked, the lower end of the mask.
    fn count(&self, key: KeyCode, row: &FrameRow) -> Option<f64> {
        let year = SchoolYear::ending(row.year).ok()?;
        let found = self.frame.find(&self.view, (key, row.district, year))?;
        if found.value.is_none() && found.status == Status::Masked {
            let least = self.frame.bounds(found.row).and_then(|bounds| bounds.low);
            return Some(least.unwrap_or(LEAST_MASKED).max(LEAST_MASKED));
        }
        found.value
    }

    fn whole_group(&self, key: KeyCode) -> Option<KeyCode> {
        self.all_grades().map(|grade| KeyCode { grade, ..key }).filter(|whole| *whole != key)
    }

    fn whole_grade(&self, key: KeyCode) -> Option<KeyCode> {
        self.all_groups().map(|group| KeyCode { group, ..key }).filter(|whole| *whole != key)
    }

    fn measure_code(&self, measure: &str) -> Option<u32> {
        let measures = &self.frame.terms().measures;
        measures.binary_search_by(|id| id.as_str().cmp(measure)).ok().map(|i| i as u32)
    }

    fn all_groups(&self) -> Option<u32> {
        self.frame.terms().groups.binary_search_by(|id| id.as_str().cmp(ALL)).ok().map(|i| i as u32)
    }

    fn all_grades(&self) -> Option<u32> {
        self.frame.terms().grades.iter().position(Grade::is_all).map(|i| i as u32)
    }

    fn no_subject(&self) -> Option<u32> {
        self.frame.terms().subjects.binary_search_by(|id| id.as_str().cmp(ALL)).ok().map(|i| i as u32)
    }

    fn largest_by_students(&self) -> BTreeMap<StudentsCode, f64> {
        let private = self.districts_with_private_values();
        let mut largest: BTreeMap<StudentsCode, f64> = BTreeMap::new();
        for run in self.frame.runs() {
            let is_of_all = self.measure(run.key).is_some_and(is_of_all_students);
            for row in self.view.rows(run.all()).filter(|row| private.contains(&row.district)) {
                let Some(n) = row.n.filter(|n| *n > 0.0) else { continue };
                let of_all = is_of_all.then_some(None);
                for subject in of_all.into_iter().chain([Some(run.key.subject)]) {
                    let known = largest.entry(StudentsCode::of(run.key, &row, subject)).or_insert(n);
                    *known = known.max(n);
                }
            }
        }
        largest
    }

    fn districts_with_private_values(&self) -> BTreeSet<u32> {
        let runs = self.frame.runs().iter();
        let rows = runs.flat_map(|run| self.view.rows(run.all()));
        rows.filter(|row| !row.public).map(|row| row.district).collect()
    }
}

/// The smallest share of the population that a measure is based on; `None` if unknown.
fn least_share(measure: &Measure) -> Option<f64> {
    let population = measure.population.as_ref()?;
    if population.some { population.least_share.map(|share| share / 100.0) } else { Some(1.0) }
}

/// Whether a measure covers all students of a group and grade, not just some of them.
fn is_of_all_students(measure: &Measure) -> bool {
    measure.population.as_ref().is_some_and(|population| !population.some)
}
