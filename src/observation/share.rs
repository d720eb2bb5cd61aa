//! Percents published as shares of 1: decided for each entry of the layout by all its values, and said.

use std::collections::BTreeMap;

use super::header::Header;
use super::plan::{Part, Plan, ReadyLayout};
use super::reading::{FileRow, Numbers};
use crate::catalog::Stat;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::Unit;

/// With fewer numbers than this in a column nothing can be told from their size.
const FEWEST: u32 = 3;

/// A number met in a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Which of the slot's numbers: a [`Stat`].
    pub(super) stat: usize,
    pub(super) number: f64,
    /// Whether it was shown with a percent sign.
    pub(super) percent: bool,
}

/// What is known of the values of each entry of the layout whose scale is left open, and which entry a slot is of.
#[derive(Debug)]
pub(super) struct Ranges {
    entries: BTreeMap<usize, Option<Range>>,
    slots: Vec<usize>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Range {
    numbers: u32,
    /// Greatest size.
    most: f64,
    /// Whether one is no whole number, so that the column is no list of zeros and ones.
    fraction: bool,
    /// Whether percents this small are usual for the measure.
    usually_small: bool,
}

impl Ranges {
    /// Nothing met yet. Open are the entries that hold percents and whose scale the layout does not say.
    pub(super) fn new(plan: &Plan, ready: &ReadyLayout<'_>) -> Self {
        let mut entries = BTreeMap::new();
        for slot in &plan.slots {
            let measure = match &slot.key.measure {
                Part::Fixed(measure) => ready.catalog.measures.get(measure),
                Part::Column(_) => None,
            };
            let value = slot.columns[Stat::Value as usize];
            let range = measure.zip(value).filter(|(m, v)| m.unit == Unit::Percent && v.times.is_none());
            let range = range.map(|(m, _)| Range { usually_small: m.usual.is_some(), ..Range::default() });
            let known = entries.entry(slot.entry).or_insert(range);
            match (known, range) {
                (Some(known), Some(range)) => known.usually_small |= range.usually_small,
                (known, _) => *known = None,
            }
        }
        Self { entries, slots: plan.slots.iter().map(|slot| slot.entry).collect() }
    }

    /// Learns of a number of slot `slot`.
    pub(super) fn see(&mut self, slot: usize, seen: Seen) {
        if seen.stat != Stat::Value as usize {
            return;
        }
        match self.entries.get_mut(&self.slots[slot]) {
            // One percent sign says what the columns are.
            Some(open) if seen.percent => *open = None,
            Some(Some(range)) => {
                range.numbers += 1;
                range.most = range.most.max(seen.number.abs());
                range.fraction |= seen.number.fract() != 0.0;
            }
            _ => {}
        }
    }

    /// Multiplies the shares among `rows`, the rows of the table, by 100; says so, and what stays in doubt.
    pub(super) fn settle(
        &self,
        plan: &Plan,
        rows: &mut [FileRow],
        place: &Place,
        header: &Header,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut shares: Vec<u32> = Vec::new();
        for slot in &plan.slots {
            let range = self.entries.get(&slot.entry).copied().flatten();
            let (Some(range), Some(value)) = (range, slot.columns[Stat::Value as usize]) else { continue };
            if range.numbers < FEWEST || range.most > 1.0 || !range.fraction {
                continue;
            }
            let name = header.names.get(&value.column).map_or("", String::as_str);
            let at = place.at(header.row, value.column);
            if range.usually_small {
                problems.push(Diagnostic::percents_or_shares(at, name, range.most));
            } else {
                problems.push(Diagnostic::read_as_shares(at, name, range.most));
                shares.push(value.column);
            }
        }
        if !shares.is_empty() {
            for row in rows.iter_mut().filter(|row| shares.contains(&row.column)) {
                let [value, numerator, denominator] = row.numbers.get();
                let percent = value.map(|share| (share * 1e12).round() / 1e10);
                row.numbers = Numbers::new([percent, numerator, denominator]);
            }
        }
        problems
    }
}
