//! Numbers of rows or columns, stored as ranges: a million hidden rows are usually a few.

use std::ops::Range;

/// A set of row or column numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IndexRanges(Vec<Range<u32>>);

impl IndexRanges {
    /// Adds all numbers of `range`, in any order; call [`Self::sort`] after the last.
    pub(super) fn add(&mut self, range: Range<u32>) {
        match self.0.last_mut() {
            _ if range.is_empty() => {}
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.0.push(range),
        }
    }

    /// Sorts the ranges and joins those that overlap.
    pub(super) fn sort(&mut self) {
        self.0.sort_unstable_by_key(|range| (range.start, range.end));
        self.0.dedup_by(|next, last| {
            let joins = next.start <= last.end;
            if joins {
                last.end = last.end.max(next.end);
            }
            joins
        });
    }

    /// Whether a number is among them; they must be sorted.
    pub(super) fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|range| range.start <= number);
        after > 0 && number < self.0[after - 1].end
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their size in bytes.
    pub(super) const fn bytes(&self) -> usize {
        size_of::<Range<u32>>() * self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::IndexRanges;

    #[test]
    fn a_number_is_found_in_whatever_order_it_was_added() {
        let mut ranges = IndexRanges::default();
        for range in [7..9, 9..10, 2..3, 4..4, 8..12] {
            ranges.add(range);
        }
        ranges.sort();
        let found: Vec<u32> = (0..20).filter(|number| ranges.contains(*number)).collect();
        assert_eq!(found, [2, 7, 8, 9, 10, 11]);
        assert!(!IndexRanges::default().contains(0));
    }
}
