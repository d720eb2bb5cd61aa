//! The model itself: which counts the cells are about, and everything that constrains them.

use std::collections::BTreeMap;

use super::cell::CellCounts;
use super::rate::RateWithoutBase;
use super::system::{CellIndex, ConstraintSystem, CountIndex};

/// The count of people in a total who are in none of its listed parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RemainderCount {
    /// The count.
    pub(crate) count: CountIndex,
    /// The cell of the total; `None` if the total is not a single cell.
    pub(crate) total: Option<CellIndex>,
}

/// A total that is slightly smaller than the sum of its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TotalExcess {
    /// The cell of the total.
    pub(crate) total: CellIndex,
    /// The sum of the parts, in people.
    pub(crate) parts: f64,
}

/// All counts of a district's year, with everything known about them if every cell is published.
#[derive(Debug, Default)]
pub(crate) struct CountModel {
    /// The counts that each cell is about.
    pub(crate) cells: Vec<CellCounts>,
    /// The counts and their constraints.
    pub(crate) system: ConstraintSystem,
    /// The remainders of totals that are not entirely public.
    pub(crate) remainders: Vec<RemainderCount>,
    /// The totals that are slightly smaller than the sums of their parts.
    pub(crate) excesses: Vec<TotalExcess>,
    /// The base of each numerator and each complement of a rate.
    pub(crate) base_of: BTreeMap<CountIndex, CountIndex>,
    /// For each base, the published rates that do not state it.
    pub(crate) rates_of: BTreeMap<CountIndex, Vec<RateWithoutBase>>,
}

impl CountModel {
    /// The counts that a cell is about.
    pub(super) fn counts_of(&self, CellIndex(cell): CellIndex) -> CellCounts {
        self.cells[cell]
    }

    /// Records the base of a numerator and of its complement, if it has one.
    pub(super) fn record_base(
        &mut self,
        counted: CountIndex,
        complement: Option<CountIndex>,
        base: CountIndex,
    ) {
        self.base_of.insert(counted, base);
        self.base_of.extend(complement.map(|complement| (complement, base)));
    }
}
