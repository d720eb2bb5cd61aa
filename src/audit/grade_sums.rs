//! Grades and grade spans that add up to longer spans and to all grades.

use std::collections::{BTreeMap, BTreeSet};

use super::attacker::Attacker;
use super::catalog_links::PeopleRole;
use super::grade_intervals::{GradeInterval, elementary_intervals};
use super::protected::PeopleOfCell;
use super::sum_evidence::{CountSum, KeySum, SumEvidence};
use crate::domain::Interned;
use crate::pack_tables::CellKey;

/// The cells of a measure, school and subject, with their elementary grade intervals.
struct GradeTable {
    measure: Interned,
    school: Interned,
    keys: BTreeSet<CellKey>,
    intervals: Vec<GradeInterval>,
}

/// What tells the tables of grades apart.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct TablePlace {
    measure: Interned,
    school: Interned,
    subject: Interned,
}

impl TablePlace {
    fn of(key: &CellKey) -> Self {
        let CellKey { measure, school, subject, .. } = *key;
        Self { measure, school, subject }
    }
}

/// A sum of grades in a role.
struct GradeSum<'k> {
    total: &'k CellKey,
    counts: CountSum,
}

impl GradeTable {
    fn new(place: TablePlace, keys: BTreeSet<CellKey>) -> Self {
        let TablePlace { measure, school, .. } = place;
        let labels: BTreeSet<GradeInterval> =
            keys.iter().filter_map(|key| GradeInterval::of(&key.grade)).collect();
        Self { measure, school, keys, intervals: elementary_intervals(&labels) }
    }

    /// The cells of the groups that the table breaks down by grade.
    fn keys_by_grade(&self) -> Vec<&CellKey> {
        let groups = self.groups_by_grade();
        self.keys.iter().filter(|key| groups.contains(&key.group)).collect()
    }

    fn groups_by_grade(&self) -> BTreeSet<Interned> {
        let by_grade = self.keys.iter().filter(|key| !key.grade.is_all());
        by_grade.map(|key| key.group).collect()
    }

    /// The sums of elementary intervals, for each cell that spans several.
    fn sums(&self) -> Vec<KeySum> {
        let mut sums = Vec::new();
        for total in self.keys_by_grade() {
            let within = GradeInterval::of(&total.grade);
            let inside = self.intervals.iter();
            let inside =
                inside.filter(|interval| within.as_ref().is_none_or(|within| within.contains(interval)));
            let parts: Vec<CellKey> = inside.map(|interval| at_grade(total, interval)).collect();
            if parts.first() != Some(total) {
                sums.push(KeySum { total: total.clone(), parts });
            }
        }
        sums
    }

    /// The cells of all elementary intervals, listed or not.
    fn elementary_keys(&self) -> Vec<CellKey> {
        let keys = self.keys_by_grade().into_iter();
        keys.flat_map(|key| self.intervals.iter().map(|interval| at_grade(key, interval))).collect()
    }

    /// Whether the table has every grade of an interval that any table lists, and there is at least one.
    fn covers(&self, limit: &GradeInterval, all_grades: &BTreeSet<i8>) -> bool {
        let mut inside = all_grades.iter().filter(|grade| limit.contains_grade(**grade)).peekable();
        inside.peek().is_some() && inside.all(|grade| self.contains_grade(*grade))
    }

    fn contains_grade(&self, grade: i8) -> bool {
        self.intervals.iter().any(|interval| interval.contains_grade(grade))
    }
}

fn at_grade(key: &CellKey, interval: &GradeInterval) -> CellKey {
    CellKey { grade: interval.grade.clone(), ..key.clone() }
}

impl Attacker<'_> {
    pub(super) fn add_grade_sums(&mut self) {
        let mut tables: BTreeMap<TablePlace, BTreeSet<CellKey>> = BTreeMap::new();
        for key in self.rows.values().flatten() {
            tables.entry(TablePlace::of(key)).or_default().insert(key.clone());
        }
        let listed = self.listed_grades();
        for (place, keys) in tables {
            let table = GradeTable::new(place, keys);
            if let Some(all_grades) = listed.get(&table.school).filter(|_| !table.intervals.is_empty()) {
                self.add_grade_table(&table, all_grades);
            }
        }
    }

    /// The grades that any table of the year lists, of each school.
    fn listed_grades(&self) -> BTreeMap<Interned, BTreeSet<i8>> {
        let mut listed: BTreeMap<Interned, BTreeSet<i8>> = BTreeMap::new();
        for key in self.rows.values().flatten() {
            if let Some(interval) = GradeInterval::of(&key.grade) {
                listed.entry(key.school).or_default().extend(interval.grades());
            }
        }
        listed
    }

    /// Whether a table has all grades that its measure can cover, among those that any table lists.
    fn covers_grades(&self, table: &GradeTable, all_grades: &BTreeSet<i8>) -> bool {
        let Some(limits) = self.knowledge.links.grade_limits.get(&table.measure) else {
            return all_grades.iter().all(|grade| table.contains_grade(*grade));
        };
        limits.iter().filter_map(GradeInterval::of).any(|limit| table.covers(&limit, all_grades))
    }

    fn add_grade_table(&mut self, table: &GradeTable, all_grades: &BTreeSet<i8>) {
        let covers = self.covers_grades(table, all_grades) && table.intervals.len() > 1;
        let key_sums = table.sums();
        let mut is_complete = None;
        for role in self.roles_of(table.measure) {
            let sums = self.grade_sums(*role, &key_sums);
            // What holds for the base of a rate also holds for those it counts.
            let is_complete = *is_complete.get_or_insert_with(|| self.has_all_grades(&sums, covers));
            for sum in &sums {
                self.add_grade_sum(*role, sum, is_complete || !sum.total.grade.is_all());
            }
        }
        let rows = self.rows.entry(table.measure).or_default();
        rows.extend(table.elementary_keys());
    }

    fn grade_sums<'k>(&mut self, role: PeopleRole, sums: &'k [KeySum]) -> Vec<GradeSum<'k>> {
        let sums = sums.iter();
        sums.map(|sum| GradeSum { total: &sum.total, counts: self.count_sum(role, sum) }).collect()
    }

    /// Whether the grades of a table are all grades: they cover what its measure can cover, or they add up
    /// wherever everything is published and never leave a remainder.
    fn has_all_grades(&self, sums: &[GradeSum<'_>], covers: bool) -> bool {
        let of_all: Vec<&GradeSum<'_>> = sums.iter().filter(|sum| sum.total.grade.is_all()).collect();
        let is_borne_out =
            of_all.iter().any(|sum| self.is_stated_sum(&sum.counts) && self.may_add_up(&sum.counts));
        let leaves_nobody =
            of_all.iter().all(|sum| self.sum_evidence(&sum.counts, true) != SumEvidence::Partial);
        (covers || is_borne_out) && leaves_nobody
    }

    fn add_grade_sum(&mut self, role: PeopleRole, sum: &GradeSum<'_>, is_complete: bool) {
        match self.sum_evidence(&sum.counts, is_complete) {
            SumEvidence::Complete => self.add_sum(&sum.counts),
            SumEvidence::Partial => {
                self.add_remainder(&sum.counts, sum.total, PeopleOfCell::remainder_of(role));
            }
            SumEvidence::Contradicted => {}
        }
    }
}
