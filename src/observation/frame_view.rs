//! The columns of a frame, borrowed for iterating over its rows.

use std::ops::Range;

use super::frame_row::{DERIVED, FrameRow, KeyRun, PUBLIC, STATUSES};

/// The columns of a [`super::Frame`], borrowed.
#[derive(Debug, Clone, Copy)]
pub struct FrameView<'a> {
    pub(super) district: &'a [u32],
    pub(super) year: &'a [u32],
    pub(super) status: &'a [u32],
    pub(super) flags: &'a [u32],
    pub(super) value: NumberColumn<'a>,
    pub(super) numerator: NumberColumn<'a>,
    pub(super) denominator: NumberColumn<'a>,
}

/// A number column in which some values may be absent; empty if all are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NumberColumn<'a> {
    pub(super) numbers: &'a [f64],
}

impl NumberColumn<'_> {
    fn get(self, row: usize) -> Option<f64> {
        self.numbers.get(row).copied().filter(|number| !number.is_nan())
    }
}

impl<'a> FrameView<'a> {
    /// Row `row`.
    #[must_use]
    pub fn row(&self, row: usize) -> FrameRow {
        FrameRow {
            row,
            district: self.district[row],
            year: self.year[row] as i32,
            value: self.value.get(row),
            numerator: self.numerator.get(row),
            n: self.denominator.get(row),
            status: STATUSES[self.status[row] as usize],
            derived: self.flags[row] & DERIVED != 0,
            public: self.flags[row] & PUBLIC != 0,
        }
    }

    /// The rows of a range, in order.
    pub fn rows(self, range: Range<usize>) -> impl Iterator<Item = FrameRow> + 'a {
        range.map(move |row| self.row(row))
    }

    /// The rows of one district or school within a run, sorted by year.
    #[must_use]
    pub fn of_district(&self, run: &KeyRun, district: u32) -> Range<usize> {
        let rows = run.all();
        let districts = &self.district[rows.clone()];
        let from = districts.partition_point(|known| *known < district);
        let to = districts.partition_point(|known| *known <= district);
        rows.start + from..rows.start + to
    }
}
