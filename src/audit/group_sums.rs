//! Student groups that add up to all students.

use std::collections::{BTreeMap, BTreeSet};

use super::attacker::Attacker;
use super::catalog_links::PeopleRole;
use super::protected::PeopleOfCell;
use super::sum_evidence::{CountSum, SumEvidence};
use super::system::UnknownCount;
use crate::domain::{ALL, Grade, Interned};
use crate::pack_tables::CellKey;

/// The groups of one measure, school, grade and subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GroupRow {
    measure: Interned,
    school: Interned,
    grade: Grade,
    subject: Interned,
}

impl GroupRow {
    fn key(&self, group: Interned) -> CellKey {
        let Self { measure, school, ref grade, subject } = *self;
        CellKey { measure, school, group, grade: grade.clone(), subject }
    }
}

/// The groups of each school, grade and dimension that have anyone in any table.
type PopulatedDimensions = BTreeMap<GroupedStudents, BTreeSet<Interned>>;

/// The students of a school's grade by the groups of one dimension.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct GroupedStudents {
    school: Interned,
    grade: Grade,
    dimension: Interned,
}

impl Attacker<'_> {
    /// Adds all sums of groups, grades, subjects and schools.
    pub(super) fn add_sums(&mut self) {
        self.add_group_sums();
        self.add_grade_sums();
        self.add_subject_sums();
        self.add_school_sums();
    }

    fn add_group_sums(&mut self) {
        let keys: Vec<CellKey> = self.rows.values().flatten().cloned().collect();
        let populated = self.populated_dimensions(&keys);
        let mut rows: BTreeMap<GroupRow, BTreeSet<Interned>> = BTreeMap::new();
        for CellKey { measure, school, group, grade, subject } in keys {
            rows.entry(GroupRow { measure, school, grade, subject }).or_default().insert(group);
        }
        let all = Interned::new(ALL);
        for (row, groups) in rows.iter().filter(|(_, groups)| groups.contains(&all)) {
            for (dimension, listed) in self.by_dimension(groups) {
                let mut parts = listed.clone();
                let (school, grade) = (row.school, row.grade.clone());
                let others = populated.get(&GroupedStudents { school, grade, dimension });
                parts.extend(others.into_iter().flatten());
                self.add_group_row(row, &listed, &parts);
            }
        }
    }

    fn populated_dimensions(&self, keys: &[CellKey]) -> PopulatedDimensions {
        let mut populated = PopulatedDimensions::new();
        for key in keys {
            if let Some(dimension) = self.dimension(key.group).filter(|_| !self.is_nobody(key)) {
                let (school, grade) = (key.school, key.grade.clone());
                let population = GroupedStudents { school, grade, dimension };
                populated.entry(population).or_default().insert(key.group);
            }
        }
        populated
    }

    fn by_dimension(&self, groups: &BTreeSet<Interned>) -> BTreeMap<Interned, BTreeSet<Interned>> {
        let mut by_dimension: BTreeMap<Interned, BTreeSet<Interned>> = BTreeMap::new();
        for group in groups {
            if let Some(dimension) = self.dimension(*group) {
                by_dimension.entry(dimension).or_default().insert(*group);
            }
        }
        by_dimension
    }

    /// Whether a count is stated to be zero.
    fn is_nobody(&self, key: &CellKey) -> bool {
        let count = self.find(PeopleRole::Count, key);
        count.is_some_and(|count| self.system.stated(count).high == 0.0)
    }

    fn dimension(&self, group: Interned) -> Option<Interned> {
        self.knowledge.links.dimensions.get(&group).copied()
    }

    /// Adds the sum of the groups of one dimension: those `listed` in the row, and all `parts` in any of the
    /// year's tables.
    fn add_group_row(&mut self, row: &GroupRow, listed: &BTreeSet<Interned>, parts: &BTreeSet<Interned>) {
        let keys = parts.iter().map(|group| row.key(*group));
        self.rows.entry(row.measure).or_default().extend(keys);
        for role in self.roles_of(row.measure) {
            let total = self.count(*role, &row.key(Interned::new(ALL)));
            for group in listed {
                let part = self.count(*role, &row.key(*group));
                self.add_subset(part, total);
            }
            let parts: Vec<UnknownCount> =
                parts.iter().map(|group| self.count(*role, &row.key(*group))).collect();
            self.add_group_sum(
                &CountSum { total, parts },
                *role,
                listed.first().map(|group| row.key(*group)),
            );
        }
    }

    /// Adds a sum of groups, or the remainder that they leave, which is reported at the first listed group.
    fn add_group_sum(&mut self, sum: &CountSum, role: PeopleRole, first: Option<CellKey>) {
        match (self.sum_evidence(sum, sum.parts.len() > 1), first) {
            (SumEvidence::Complete, _) => self.add_sum(sum),
            (SumEvidence::Partial, Some(first)) => {
                self.add_remainder(sum, &first, PeopleOfCell::remainder_of(role));
            }
            _ => {}
        }
    }
}
