//! Subjects that add up to all subjects.

use std::collections::{BTreeMap, BTreeSet};

use super::attacker::Attacker;
use super::sum_evidence::{CountSum, ENOUGH_PLACES, KeySum};
use crate::domain::{ALL, Grade, Interned};
use crate::pack_tables::CellKey;

/// The sums of a measure's subjects in one school, or in the district itself.
struct SchoolSums {
    school: Interned,
    sums: Vec<CountSum>,
}

impl Attacker<'_> {
    /// Adds that subjects add up to all subjects, if the tables confirm it.
    pub(super) fn add_subject_sums(&mut self) {
        for (measure, schools) in self.subject_sums() {
            let mut adding_up: Option<BTreeSet<Interned>> = None;
            for role in self.roles_of(measure) {
                let mut all = Vec::new();
                for (school, sums) in &schools {
                    let sums = sums.iter().map(|sum| self.count_sum(*role, sum)).collect();
                    all.push(SchoolSums { school: *school, sums });
                }
                let adding_up = adding_up.get_or_insert_with(|| self.borne_out(&all));
                for school in all.iter().filter(|school| adding_up.contains(&school.school)) {
                    school.sums.iter().for_each(|sum| self.add_sum(sum));
                }
            }
        }
    }

    /// The sums of at least two subjects, by measure and school.
    fn subject_sums(&self) -> BTreeMap<Interned, BTreeMap<Interned, Vec<KeySum>>> {
        let mut tables: BTreeMap<(Interned, Interned, Interned, Grade), Vec<&CellKey>> = BTreeMap::new();
        for key in self.rows.values().flatten() {
            let CellKey { measure, school, group, grade, .. } = key.clone();
            tables.entry((measure, school, group, grade)).or_default().push(key);
        }
        let mut sums: BTreeMap<Interned, BTreeMap<Interned, Vec<KeySum>>> = BTreeMap::new();
        for ((measure, school, ..), keys) in tables {
            let (total, parts): (Vec<&CellKey>, Vec<&CellKey>) =
                keys.into_iter().partition(|key| key.subject == ALL);
            if let (Some(total), true) = (total.first(), parts.len() > 1) {
                let sum = KeySum { total: (*total).clone(), parts: parts.into_iter().cloned().collect() };
                sums.entry(measure).or_default().entry(school).or_default().push(sum);
            }
        }
        sums
    }

    /// The schools in which sums could add up everywhere, if they do in enough places where everything is published.
    fn borne_out(&self, all: &[SchoolSums]) -> BTreeSet<Interned> {
        let possible = all.iter().filter(|school| school.sums.iter().all(|sum| self.may_add_up(sum)));
        let possible: Vec<&SchoolSums> = possible.collect();
        let sums = possible.iter().flat_map(|school| &school.sums);
        if sums.filter(|sum| self.is_stated_sum(sum)).count() < ENOUGH_PLACES {
            return BTreeSet::new();
        }
        possible.into_iter().map(|school| school.school).collect()
    }
}
