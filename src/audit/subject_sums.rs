//! Subjects that add up to all subjects.

use std::collections::BTreeMap;

use super::attacker::Attacker;
use super::sum_evidence::{CountSum, ENOUGH_PLACES, KeySum};
use crate::domain::{ALL, Grade, MeasureKey};

impl Attacker<'_> {
    /// Adds that subjects add up to all subjects, if the tables confirm it.
    pub(super) fn add_subject_sums(&mut self) {
        for (measure, sums) in self.subject_sums() {
            let mut adds_up = None;
            for role in self.roles_of(&measure) {
                let sums: Vec<CountSum> = sums.iter().map(|sum| self.count_sum(*role, sum)).collect();
                if *adds_up.get_or_insert_with(|| self.is_borne_out(&sums)) {
                    sums.iter().for_each(|sum| self.add_sum(sum));
                }
            }
        }
    }

    /// The sums of at least two subjects, by measure.
    fn subject_sums(&self) -> BTreeMap<String, Vec<KeySum>> {
        let mut tables: BTreeMap<(String, String, Grade), Vec<&MeasureKey>> = BTreeMap::new();
        for key in self.rows.values().flatten() {
            let place = (key.measure.clone(), key.group.clone(), key.grade.clone());
            tables.entry(place).or_default().push(key);
        }
        let mut sums: BTreeMap<String, Vec<KeySum>> = BTreeMap::new();
        for ((measure, ..), keys) in tables {
            let (total, parts): (Vec<&MeasureKey>, Vec<&MeasureKey>) =
                keys.into_iter().partition(|key| key.subject == ALL);
            if let (Some(total), true) = (total.first(), parts.len() > 1) {
                let parts = parts.into_iter().cloned().collect();
                sums.entry(measure).or_default().push(KeySum { total: (*total).clone(), parts });
            }
        }
        sums
    }

    /// Whether sums add up in enough places where everything is published, and could add up everywhere else.
    fn is_borne_out(&self, sums: &[CountSum]) -> bool {
        let stated = sums.iter().filter(|sum| self.is_stated_sum(sum));
        sums.iter().all(|sum| self.may_add_up(sum)) && stated.count() >= ENOUGH_PLACES
    }
}
