//! One year of a gap: a group's value and that of its reference.

use std::collections::BTreeMap;

use statistics::newcombe::Proportion;

use crate::catalog::Measure;

/// A value with the number of people it is based on.
#[derive(Debug, Clone, Copy)]
pub(in crate::compare) struct GroupValue {
    /// The value in the measure's unit.
    pub(in crate::compare) value: f64,
    /// How many people; `None` if not published.
    pub(in crate::compare) n: Option<f64>,
}

/// Values by the year in which the school year ends.
pub(in crate::compare) type GroupValues = BTreeMap<i32, GroupValue>;

/// What a group is compared with.
#[derive(Debug)]
pub(in crate::compare) struct Reference {
    /// Its group id.
    pub(in crate::compare) group: String,
    /// Whether the group is part of it.
    pub(in crate::compare) includes_group: bool,
    /// Its values.
    pub(in crate::compare) by_year: GroupValues,
}

/// A year in which both the group and its reference have a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct GapYear {
    /// The year in which the school year ends.
    pub(super) year: i32,
    pub(super) group: GroupValue,
    pub(super) reference: GroupValue,
    /// Whether the group is part of the reference.
    pub(super) includes_group: bool,
}

/// The rates (1 is 100%) of a group and of the others: the reference without the group.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupRates {
    pub(super) group: Proportion,
    pub(super) others: Proportion,
}

impl GroupRates {
    /// The people of two years, pooled.
    pub(super) fn pooled_with(self, earlier: Self) -> Self {
        Self { group: self.group.pooled_with(earlier.group), others: self.others.pooled_with(earlier.others) }
    }
}

impl GapYear {
    /// Group minus reference, in the measure's unit.
    pub(super) fn difference(self) -> f64 {
        self.group.value - self.reference.value
    }

    /// The number of people in the others.
    pub(super) fn others_n(self) -> Option<f64> {
        if self.includes_group {
            self.reference.n.zip(self.group.n).map(|(all, own)| all - own)
        } else {
            self.reference.n
        }
    }

    /// Whether neither side is known to have fewer people than the smallest group of the measure.
    pub(super) fn has_enough_people(self, measure: &Measure) -> bool {
        let smallest = f64::from(measure.smallest_group);
        [self.group.n, self.others_n()].into_iter().flatten().all(|n| n >= smallest)
    }

    /// The rates of values that are percentages or per 100; they may be outside 0–1. `None` if an n is
    /// unknown.
    pub(super) fn rates(self) -> Option<GroupRates> {
        let group = Proportion { p: self.group.value / 100.0, n: self.group.n? };
        let reference = Proportion { p: self.reference.value / 100.0, n: self.reference.n? };
        let others = if self.includes_group { without(reference, group) } else { reference };
        Some(GroupRates { group, others })
    }

    /// The rates as proportions of people, clamped to 0–1; `None` if either side has nobody.
    pub(super) fn proportions(self) -> Option<GroupRates> {
        let GroupRates { group, others } = self.rates()?;
        Some(GroupRates { group: as_proportion(group)?, others: as_proportion(others)? })
    }
}

/// The rate of those of `all` who are not in `part`.
fn without(all: Proportion, part: Proportion) -> Proportion {
    let n = all.n - part.n;
    Proportion { p: (all.p * all.n - part.p * part.n) / n, n }
}

fn as_proportion(rate: Proportion) -> Option<Proportion> {
    Some(Proportion { p: rate.p.clamp(0.0, 1.0), ..rate }).filter(|_| rate.n > 0.0)
}
