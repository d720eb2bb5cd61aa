//! Who succeeds whom among districts, found in few steps however long the chain: a table may name hundreds of thousands.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::SchoolYear;

/// Some districts that live on as one, in codes.
#[derive(Debug)]
pub(super) struct Handover {
    /// From which year on `to` stands for all of `from`.
    pub(super) year: SchoolYear,
    pub(super) from: BTreeSet<u32>,
    pub(super) to: u32,
}

/// Who succeeds whom, in codes.
#[derive(Debug, Default)]
pub(super) struct Succession {
    /// In the order of their years.
    steps: Vec<Handover>,
    /// For each step, whose series it leads to in the end, through all later ones.
    ends: Vec<u32>,
    /// For each district, the steps that it hands over in, and those that lead to it, in their order.
    leaving: BTreeMap<u32, Vec<usize>>,
    reaching: BTreeMap<u32, Vec<usize>>,
}

impl Succession {
    /// The succession by `steps`, which must be in the order of their years.
    pub(super) fn new(steps: Vec<Handover>) -> Self {
        let (mut leaving, mut reaching): (BTreeMap<u32, Vec<usize>>, BTreeMap<u32, Vec<usize>>) =
            Default::default();
        for (i, step) in steps.iter().enumerate() {
            step.from.iter().for_each(|from| leaving.entry(*from).or_default().push(i));
            reaching.entry(step.to).or_default().push(i);
        }
        let mut ends: Vec<u32> = steps.iter().map(|step| step.to).collect();
        for i in (0..steps.len()).rev() {
            if let Some(next) = leaving.get(&steps[i].to).and_then(|all| after(all, i + 1)) {
                ends[i] = ends[next];
            }
        }
        Self { steps, ends, leaving, reaching }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Whether a district's past belongs to another.
    pub(super) fn hands_over(&self, district: u32) -> bool {
        let mut steps = self.leaving.get(&district).into_iter().flatten();
        steps.any(|step| self.steps[*step].to != district)
    }

    /// Whose series a value of `district` in `year` belongs to now.
    pub(super) fn successor(&self, district: u32, year: SchoolYear) -> u32 {
        let first = self.leaving.get(&district).and_then(|all| after(all, self.first_after(year)));
        first.map_or(district, |step| self.ends[step])
    }

    /// The first step of a year after `year`.
    fn first_after(&self, year: SchoolYear) -> usize {
        self.steps.partition_point(|step| step.year <= year)
    }

    /// Which districts stand behind `district` in `year`.
    fn parts(&self, district: u32, year: SchoolYear) -> BTreeSet<u32> {
        let first = self.first_after(year);
        // The last step, before the one that is looked at, that led to a part.
        let before = |part: u32, end: usize| {
            let all = self.reaching.get(&part)?;
            let step = *all[..all.partition_point(|step| *step < end)].last()?;
            (step >= first).then_some((step, part))
        };
        let mut parts = BTreeSet::from([district]);
        let mut open: BTreeSet<(usize, u32)> = before(district, self.steps.len()).into_iter().collect();
        while let Some((step, part)) = open.pop_last() {
            parts.remove(&part);
            for from in &self.steps[step].from {
                if parts.insert(*from) {
                    open.extend(before(*from, step));
                }
            }
        }
        parts
    }
}

/// The first of the steps `all`, which are in order, from step `from` on.
fn after(all: &[usize], from: usize) -> Option<usize> {
    all.get(all.partition_point(|step| *step < from)).copied()
}

/// The parts of districts, by year, as they have been looked up: the series of a district ask for the same ones.
#[derive(Debug, Default)]
pub(super) struct PartsKnown {
    known: BTreeMap<(u32, SchoolYear), BTreeSet<u32>>,
    held: usize,
}

impl PartsKnown {
    /// So many parts are held at once.
    const MOST: usize = 1 << 20;

    /// Which districts stand behind `district` in `year`.
    pub(super) fn of(&mut self, of: &Succession, district: u32, year: SchoolYear) -> &BTreeSet<u32> {
        if self.held > Self::MOST {
            self.known.clear();
            self.held = 0;
        }
        let held = &mut self.held;
        self.known.entry((district, year)).or_insert_with(|| {
            let parts = of.parts(district, year);
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
        fn what_is_looked_up_is_what_the_steps_say(
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
    fn a_long_chain_is_followed_at_once() {
        let step = |i: u32| Handover { year: year(2000), from: BTreeSet::from([i]), to: i + 1 };
        let succession = Succession::new((0..200_000).map(step).collect());
        assert!((0..200_000).all(|district| succession.successor(district, year(1999)) == 200_000));
    }
}
