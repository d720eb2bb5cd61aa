//! Computed values that cannot be true, although each of their parts may be.

use std::ops::Range;

use crate::catalog::Measure;
use crate::diagnostic::{Diagnostic, Place};

/// The values of one measure that are left out because they are impossible.
#[derive(Debug, Default)]
pub(super) struct ImpossibleValues {
    count: u64,
    /// The first value, and the cells that it would be computed from.
    first: Option<(f64, Vec<Range<u32>>)>,
}

impl ImpossibleValues {
    pub(super) fn add(&mut self, value: f64, cells: Vec<Range<u32>>) {
        self.count += 1;
        self.first.get_or_insert((value, cells));
    }

    /// The problem with the first of them, counting the others; `None` if there are none. `place_of` gives the place of the
    /// first of some cells.
    pub(super) fn problem(
        self,
        measure: &Measure,
        place_of: impl Fn(&Range<u32>) -> Option<Place>,
    ) -> Option<Diagnostic> {
        let ((value, cells), [low, high]) = (self.first?, measure.plausible?);
        let [value, low, high] = [value, low, high].map(|number| measure.unit.format(number));
        let places: Vec<Place> = cells.iter().filter_map(place_of).collect();
        let place = places.first().cloned().unwrap_or_default();
        let others: Vec<String> = places.iter().skip(1).map(ToString::to_string).collect();
        let mut problem =
            Diagnostic::impossible_computed(place, &measure.label, &value, [&low, &high], &others);
        problem.count = self.count;
        Some(problem)
    }
}
