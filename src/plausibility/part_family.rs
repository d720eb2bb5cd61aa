//! Which series are parts of which: groups of a dimension, grades, and measures that the catalog adds up.

use std::collections::BTreeMap;

use super::series::JudgedData;
use crate::catalog::Measure;
use crate::domain::{ALL, KeyCode};
use crate::wording::readiness as wording;

/// With fewer grades than this, a whole is not considered completely divided into grades.
const LEAST_GRADES: usize = 3;

/// Parts of one kind.
#[derive(Default)]
pub(super) struct PartFamily {
    /// The keys of each whole's parts, by the key of the whole.
    pub(super) parts: BTreeMap<KeyCode, Vec<KeyCode>>,
    /// With fewer parts than this, a whole is not considered completely divided.
    pub(super) least_parts: usize,
}

/// The families of parts, by their names.
pub(super) fn part_families(data: &JudgedData<'_>) -> BTreeMap<String, PartFamily> {
    let terms = data.frame.terms();
    let mut finder = PartFinder {
        data,
        all_students: code_of(terms.groups.iter().map(String::as_str), ALL),
        all_grades: code_of(terms.grades.iter().map(|grade| grade.id()), ALL),
        families: BTreeMap::new(),
    };
    for run in data.frame.runs() {
        finder.add(run.key);
    }
    finder.families
}

/// The code of a term: its position among all.
fn code_of<'a>(mut terms: impl Iterator<Item = &'a str>, term: &str) -> Option<u32> {
    terms.position(|other| other == term).map(|position| position as u32)
}

/// Finds what each series is a part of.
struct PartFinder<'a> {
    data: &'a JudgedData<'a>,
    /// The code of the group of all students; `None` if no value is about all.
    all_students: Option<u32>,
    /// The code of all grades; `None` if no value is about all.
    all_grades: Option<u32>,
    families: BTreeMap<String, PartFamily>,
}

impl PartFinder<'_> {
    /// Adds a series to the families that it is a part of.
    fn add(&mut self, key: KeyCode) {
        let measure = &self.data.frame.terms().measures[key.measure as usize];
        if self.data.catalog.measures.get(measure).is_some_and(Measure::adds_up) {
            self.add_group(key);
            self.add_grade(key);
        }
        self.add_measure(key, measure);
    }

    fn add_group(&mut self, key: KeyCode) {
        let groups = &self.data.catalog.groups;
        let id = &self.data.frame.terms().groups[key.group as usize];
        if let (Some(group), Some(own)) = (self.all_students, groups.group(id)) {
            let all = groups.groups.iter().filter(|group| group.dimension == own.dimension).count();
            let name = wording::groups_of_dimension(&own.dimension);
            self.add_part(name, all.div_ceil(2).max(2), key, KeyCode { group, ..key });
        }
    }

    fn add_grade(&mut self, key: KeyCode) {
        if let Some(grade) = self.all_grades
            && grade != key.grade
        {
            self.add_part(wording::GRADES.to_owned(), LEAST_GRADES, key, KeyCode { grade, ..key });
        }
    }

    /// Adds a series to the sums in the catalog that its measure is a part of.
    fn add_measure(&mut self, key: KeyCode, id: &String) {
        let terms = self.data.frame.terms();
        for sum in self.data.catalog.readiness.totals.sum.iter().filter(|sum| sum.parts.contains(id)) {
            if let Some(measure) = code_of(terms.measures.iter().map(String::as_str), &sum.whole) {
                let name = wording::parts_of_sum(sum.parts.len());
                self.add_part(name, sum.parts.len(), key, KeyCode { measure, ..key });
            }
        }
    }

    fn add_part(&mut self, name: String, least_parts: usize, part: KeyCode, whole: KeyCode) {
        let family = self.families.entry(name).or_default();
        family.least_parts = least_parts;
        family.parts.entry(whole).or_default().push(part);
    }
}
