//! Which districts succeed which others. Lookups take few steps even in long chains, since a crosswalk may
//! have hundreds of thousands of rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::SchoolYear;

/// Districts that continue as one. All districts are given by their codes.
#[derive(Debug)]
pub(super) struct Handover {
    /// The first year in which `to` replaces all of `from`.
    pub(super) year: SchoolYear,
    pub(super) from: BTreeSet<u32>,
    pub(super) to: u32,
}

/// Index of a handover in a succession.
type HandoverIndex = usize;

/// Which districts succeed which others, by their codes.
#[derive(Debug, Default)]
pub(super) struct Succession {
    /// Sorted by year.
    steps: Vec<Handover>,
    /// For each step, the district to which its series belong in the end, after all later steps.
    ends: Vec<u32>,
    /// For each district, the steps that lead away from it, in order.
    leaving: BTreeMap<u32, Vec<HandoverIndex>>,
    /// For each district, the steps that lead to it, in order.
    reaching: BTreeMap<u32, Vec<HandoverIndex>>,
}

/// A predecessor of a district, and the last step that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ReachedPart {
    step: HandoverIndex,
    district: u32,
}

impl Succession {
    /// The succession with these `steps`, which must be sorted by year.
    pub(super) fn new(steps: Vec<Handover>) -> Self {
        let mut succession = Self::default();
        for (i, step) in steps.iter().enumerate() {
            for from in &step.from {
                succession.leaving.entry(*from).or_default().push(i);
            }
            succession.reaching.entry(step.to).or_default().push(i);
        }
        succession.ends = steps.iter().map(|step| step.to).collect();
        for i in (0..steps.len()).rev() {
            if let Some(next) = succession.next_step(steps[i].to, i + 1) {
                succession.ends[i] = succession.ends[next];
            }
        }
        succession.steps = steps;
        succession
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether a district's past belongs to another district.
    pub(super) fn hands_over(&self, district: u32) -> bool {
        let mut steps = self.leaving.get(&district).into_iter().flatten();
        steps.any(|step| self.steps[*step].to != district)
    }

    /// The district to which a value of `district` for `year` belongs now.
    pub(super) fn successor(&self, district: u32, year: SchoolYear) -> u32 {
        self.next_step(district, self.first_after(year)).map_or(district, |step| self.ends[step])
    }

    /// The districts that made up `district` in `year`.
    fn parts(&self, district: u32, year: SchoolYear) -> BTreeSet<u32> {
        let first = self.first_after(year);
        let mut parts = BTreeSet::from([district]);
        let mut open: BTreeSet<ReachedPart> = BTreeSet::new();
        open.extend(self.last_step_to(district, first, self.steps.len()));
        while let Some(reached) = open.pop_last() {
            parts.remove(&reached.district);
            for from in &self.steps[reached.step].from {
                if parts.insert(*from) {
                    open.extend(self.last_step_to(*from, first, reached.step));
                }
            }
        }
        parts
    }

    /// The first step after `year`.
    fn first_after(&self, year: SchoolYear) -> HandoverIndex {
        self.steps.partition_point(|step| step.year <= year)
    }

    /// The first step at or after `first` that leads away from `district`.
    fn next_step(&self, district: u32, first: HandoverIndex) -> Option<HandoverIndex> {
        let leaving = self.leaving.get(&district)?;
        leaving.get(leaving.partition_point(|step| *step < first)).copied()
    }

    /// The last step at or after `first` and before `end` that leads to `district`.
    fn last_step_to(&self, district: u32, first: HandoverIndex, end: HandoverIndex) -> Option<ReachedPart> {
        let reaching = self.reaching.get(&district)?;
        let step = *reaching[..reaching.partition_point(|step| *step < end)].last()?;
        (step >= first).then_some(ReachedPart { step, district })
    }
}

/// A cache of the parts of districts by year: all series of a district need the same ones.
#[derive(Debug, Default)]
pub(super) struct SuccessionCache {
    known: BTreeMap<(u32, SchoolYear), BTreeSet<u32>>,
    /// How many parts are cached.
    held: usize,
}

impl SuccessionCache {
    /// The approximate limit of cached parts.
    const MOST: usize = 1 << 20;

    /// The districts that made up `district` in `year`.
    pub(super) fn parts(
        &mut self,
        succession: &Succession,
        district: u32,
        year: SchoolYear,
    ) -> &BTreeSet<u32> {
        if self.held > Self::MOST {
            self.known.clear();
            self.held = 0;
        }
        let held = &mut self.held;
        self.known.entry((district, year)).or_insert_with(|| {
            let parts = succession.parts(district, year);
            *held += parts.len();
            parts
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Handover, Succession};
    use crate::domain::SchoolYear;

    fn year(end: i32) -> SchoolYear {
        SchoolYear::ending(end).unwrap()
    }

    /// By the definition, step by step.
    fn successor(steps: &[Handover], district: u32, of: SchoolYear) -> u32 {
        steps.iter().fold(
            district,
            |now, step| {
                if of < step.year && step.from.contains(&now) { step.to } else { now }
            },
        )
    }

    fn parts(steps: &[Handover], district: u32, of: SchoolYear) -> BTreeSet<u32> {
        let mut parts = BTreeSet::from([district]);
        for step in steps.iter().rev() {
            if of < step.year && parts.remove(&step.to) {
                parts.extend(&step.from);
            }
        }
        parts
    }

    proptest::proptest! {
        #[test]
        fn lookups_follow_the_steps(
            all in proptest::collection::vec(
                (2000i32..2006, proptest::collection::btree_set(0u32..6, 1..4), 0u32..6), 0..9,
            )
        ) {
            let mut all = all;
            all.sort();
            let made = || all.iter().map(|(at, from, to)| Handover { year: year(*at), from: from.clone(), to: *to });
            let steps: Vec<Handover> = made().collect();
            let succession = Succession::new(made().collect());
            for district in 0..6 {
                for at in 1999..2007 {
                    let found = (succession.successor(district, year(at)), succession.parts(district, year(at)));
                    let expected = (successor(&steps, district, year(at)), parts(&steps, district, year(at)));
                    proptest::prop_assert_eq!(found, expected);
                }
            }
        }
    }

    #[test]
    fn a_long_chain_is_followed_quickly() {
        let step = |i: u32| Handover { year: year(2000), from: BTreeSet::from([i]), to: i + 1 };
        let succession = Succession::new((0..200_000).map(step).collect());
        assert!((0..200_000).all(|district| succession.successor(district, year(1999)) == 200_000));
    }
}
