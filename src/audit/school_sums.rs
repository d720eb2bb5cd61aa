//! Schools that add up to their district.

use std::collections::BTreeMap;

use super::attacker::Attacker;
use super::protected::PeopleOfCell;
use super::sum_evidence::{KeySum, SumEvidence};
use crate::domain::Interned;
use crate::pack_tables::CellKey;

impl Attacker<'_> {
    /// Adds that the schools of a district add up to it, wherever both are listed. A school without a row has no such
    /// students, for all that an attacker knows.
    pub(super) fn add_school_sums(&mut self) {
        for sum in self.school_sums() {
            let is_complete = sum.parts.len() > 1;
            for role in self.roles_of(sum.total.measure) {
                let counts = self.count_sum(*role, &sum);
                counts.parts.iter().for_each(|part| self.add_subset(*part, counts.total));
                match self.sum_evidence(&counts, is_complete) {
                    SumEvidence::Complete => self.add_sum(&counts),
                    SumEvidence::Partial => {
                        self.add_remainder(&counts, &sum.total, PeopleOfCell::remainder_of(*role));
                    }
                    SumEvidence::Contradicted => {}
                }
            }
        }
    }

    /// The cells of the district and of its schools at each place where both have one.
    fn school_sums(&self) -> Vec<KeySum> {
        let mut sums: BTreeMap<CellKey, Vec<CellKey>> = BTreeMap::new();
        for key in self.rows.values().flatten().filter(|key| !key.school.is_empty()) {
            let total = CellKey { school: Interned::default(), ..key.clone() };
            sums.entry(total).or_default().push(key.clone());
        }
        sums.retain(|total, _| self.rows.get(&total.measure).is_some_and(|rows| rows.contains(total)));
        sums.into_iter().map(|(total, parts)| KeySum { total, parts }).collect()
    }
}
