//! To how many decimals rates are rounded, as far as a reader sees it.

use std::collections::BTreeMap;

use crate::pack_tables::{PackCell, PackCells, ValueOrigin};

/// So many values show to how many decimals a measure's are written; of fewer all may end in a nought by chance.
const ENOUGH: usize = 4;
/// More decimals than anybody rounds to: the value is as exact as the computer had it.
const EXACT: usize = 7;
/// To how many decimals is rounded where no published value shows it.
const USUAL: usize = 1;
/// How far a computed value may be off, as a share of itself.
const FLOATING: f64 = 1e-9;

/// How values are rounded, by the file that they are from and the measure.
#[derive(Debug, Default)]
pub(super) struct Rounding<'a> {
    of_measure: BTreeMap<(&'a str, &'a str), Decimals>,
    of_file: BTreeMap<&'a str, Decimals>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Decimals {
    most: usize,
    values: usize,
}

impl Decimals {
    fn see(&mut self, decimals: usize) {
        self.most = self.most.max(decimals);
        self.values += 1;
    }
}

impl<'a> Rounding<'a> {
    /// Looks at values as they were published; those that are not `rounded` (counts) are passed over.
    pub(super) fn of(years: impl Iterator<Item = &'a PackCells>, rounded: impl Fn(&str) -> bool) -> Self {
        let mut rounding = Self::default();
        for (key, cell) in years.flatten() {
            let published =
                cell.value.filter(|_| cell.origin == ValueOrigin::Published && rounded(&key.measure));
            if let Some(value) = published {
                rounding.of_measure.entry((&cell.source, &key.measure)).or_default().see(value.decimals);
                rounding.of_file.entry(&cell.source).or_default().see(value.decimals);
            }
        }
        rounding
    }

    /// How far a shown value of a measure may be from the true one, in its own unit. `parts` is of how many rounded ones a
    /// computed value is the sum.
    pub(super) fn half_step(&self, measure: &str, cell: &PackCell, parts: usize) -> f64 {
        let value = cell.value.map_or(0.0, |value| value.number.abs());
        let exact = FLOATING * value.max(1.0);
        let half = 0.5 * self.step(measure, cell);
        exact
            + match cell.origin {
                ValueOrigin::Published => half,
                // Its parts were rounded, in files that the pack does not have.
                ValueOrigin::RolledUp => 2.0 * half,
                ValueOrigin::Computed => parts as f64 * half,
            }
    }

    fn step(&self, measure: &str, cell: &PackCell) -> f64 {
        let source = cell.source.as_str();
        let of_measure = self.of_measure.get(&(source, measure)).filter(|seen| seen.values >= ENOUGH);
        let seen = of_measure.or_else(|| self.of_file.get(source));
        match seen.map_or(USUAL, |seen| seen.most) {
            EXACT.. => 0.0,
            decimals => 0.1_f64.powi(decimals as i32),
        }
    }
}
