//! The rows of a file, and the cells behind its sums, in little memory: there may be ten million.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::catalog::Bounds;
use crate::domain::{SchoolYear, Status};

/// Values of one file, and of all files of a project together: later stages hold up to two hundred bytes for each. The
/// states' and the country's own files have fewer than four million.
pub const VALUES: usize = 5_000_000;

/// Of those values, the ones that are not public: what may be shown of them is decided over all values of a district's year
/// at once, which takes ten times the memory. No district has as many.
pub const PRIVATE_VALUES: usize = 1_000_000;

/// Bytes that the values and words of one file, and of all files of a project together, may take: as many as so many values
/// take, each with two numbers beside it. Words are counted in each place that later stages hold them in.
pub const BYTES: usize = VALUES * 64;

/// One observation of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileRow {
    pub(super) numbers: Numbers,
    pub(super) key: u32,
    pub(super) district: u32,
    pub(super) row: u32,
    /// No spreadsheet has more columns than 16 bits count.
    pub(super) column: u16,
    /// For a sum: its number, from 1, in the file's list of sums.
    pub(super) sum: Option<NonZeroU32>,
    pub(super) sheet: u16,
    pub(super) year: SchoolYear,
    pub(super) status: Status,
    /// What the mark of a masked value says of it.
    pub(super) bounds: Option<Bounds>,
}

/// Value, numerator and denominator; one that is not there takes no more room than one that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numbers([f64; 3]);

impl Numbers {
    pub(super) fn new(numbers: [Option<f64>; 3]) -> Self {
        Self(numbers.map(|n| n.unwrap_or(f64::NAN)))
    }

    pub(super) fn get(self) -> [Option<f64>; 3] {
        self.0.map(|n| Some(n).filter(|n| !n.is_nan()))
    }

    pub(super) fn value(self) -> Option<f64> {
        self.get()[0]
    }
}

/// Rows, those with a value alone in 32 bytes each, as those that have the same beside it as the row before.
#[derive(Clone, Default)]
pub(super) struct Rows {
    rows: Vec<Packed>,
    more: Vec<More>,
    /// What marks say of masked values.
    said: Vec<Bounds>,
}

/// A row as it is held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed {
    value: f64,
    key: u32,
    pub(super) district: u32,
    pub(super) row: u32,
    /// Number, from 1, in the list of what rows have beside their value.
    more: Option<NonZeroU32>,
    pub(super) column: u16,
    pub(super) sheet: u16,
    pub(super) year: SchoolYear,
    status: Status,
}

/// What a row has beside its value.
#[derive(Debug, Clone, Copy)]
struct More {
    numerator: f64,
    denominator: f64,
    sum: Option<NonZeroU32>,
    /// Number, from 1, in the list of what marks say.
    said: Option<NonZeroU32>,
}

impl More {
    const NONE: Self = Self { numerator: f64::NAN, denominator: f64::NAN, sum: None, said: None };

    /// Whether both are the same to the bit, as numbers that are not there are not equal to each other.
    fn is(self, other: Self) -> bool {
        let bits = |more: Self| [more.numerator, more.denominator].map(f64::to_bits);
        (bits(self), self.sum, self.said) == (bits(other), other.sum, other.said)
    }
}

impl Rows {
    /// So many of the marks' last sayings are looked through for the same.
    const RECENT: usize = 256;

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// About how many bytes of memory they take.
    pub(super) const fn bytes(&self) -> usize {
        self.rows.len() * size_of::<Packed>()
            + self.more.len() * size_of::<More>()
            + self.said.len() * size_of::<Bounds>()
    }

    pub(super) fn push(&mut self, row: FileRow) {
        let packed = self.packed(&row);
        self.rows.push(packed);
    }

    /// Puts another row in the place of row `i`, which must be there.
    pub(super) fn set(&mut self, i: usize, row: &FileRow) {
        self.rows[i] = self.packed(row);
    }

    fn packed(&mut self, row: &FileRow) -> Packed {
        let Numbers([value, numerator, denominator]) = row.numbers;
        let FileRow { key, district, row: number, column, sum, sheet, year, status, bounds, .. } = *row;
        let more = More { numerator, denominator, sum, said: bounds.and_then(|bounds| self.saying(bounds)) };
        let is_more = !more.is(More::NONE);
        if is_more && self.more.last().is_none_or(|last| !last.is(more)) {
            self.more.push(more);
        }
        let more = NonZeroU32::new(self.more.len() as u32).filter(|_| is_more);
        Packed { value, key, district, row: number, more, column, sheet, year, status }
    }

    fn saying(&mut self, bounds: Bounds) -> Option<NonZeroU32> {
        let recent = self.said.len().saturating_sub(Self::RECENT);
        let known = self.said[recent..].iter().position(|said| *said == bounds).map(|i| recent + i);
        let at = known.unwrap_or(self.said.len());
        if known.is_none() {
            self.said.push(bounds);
        }
        NonZeroU32::new(at as u32 + 1)
    }

    /// Where row `i`, which must be there, belongs.
    pub(super) fn at(&self, i: usize) -> &Packed {
        &self.rows[i]
    }

    /// Row `i`, which must be there.
    pub(super) fn get(&self, i: usize) -> FileRow {
        self.unpacked(&self.rows[i])
    }

    fn unpacked(&self, packed: &Packed) -> FileRow {
        let Packed { value, key, district, row, column, sheet, year, status, more } = *packed;
        let more = more.map_or(More::NONE, |number| self.more[number.get() as usize - 1]);
        let bounds = more.said.map(|number| self.said[number.get() as usize - 1]);
        let numbers = Numbers([value, more.numerator, more.denominator]);
        FileRow { numbers, key, district, row, column, sum: more.sum, sheet, year, status, bounds }
    }

    /// The rows from `first` on.
    pub(super) fn from(&self, first: usize) -> impl Iterator<Item = FileRow> + Clone {
        self.rows[first..].iter().map(|row| self.unpacked(row))
    }

    /// All that marks say of masked values.
    pub(super) fn said(&self) -> &[Bounds] {
        &self.said
    }

    /// Which of them the mark of row `i`, which must be there, says: its number, from 1; 0 where it says nothing.
    pub(super) fn saying_of(&self, i: usize) -> u32 {
        let more = self.rows[i].more.map(|number| self.more[number.get() as usize - 1]);
        more.and_then(|more| more.said).map_or(0, NonZeroU32::get)
    }

    /// Takes the rows from `first` on away, in their order.
    pub(super) fn split_off(&mut self, first: usize) -> Self {
        let mut rows = self.rows.split_off(first);
        let least = rows.iter().filter_map(|row| row.more).min();
        let before = least.map_or(self.more.len(), |least| least.get() as usize - 1);
        let more = self.more[before..].to_vec();
        let most = self.rows.iter().filter_map(|row| row.more).max();
        self.more.truncate(most.map_or(0, |most| most.get() as usize));
        for row in &mut rows {
            row.more = row.more.and_then(|number| NonZeroU32::new(number.get() - before as u32));
        }
        Self { rows, more, said: self.said.clone() }
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.from(0)).finish()
    }
}

/// What was added up for the sums of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sums {
    /// The cells of all, by row and column, one sum after the other.
    cells: Vec<(u32, u16)>,
    /// The schools of all that they are of, each once in a sum, in the file's list; none of a sum whose layout does not say which column
    /// names them.
    schools: Vec<u32>,
    /// Where the cells and the schools of each end.
    ends: Vec<(u32, u32)>,
}

impl Sums {
    /// Adds a sum and gives its number, from 1.
    pub(super) fn push(
        &mut self,
        cells: impl Iterator<Item = (u32, u16)>,
        schools: impl Iterator<Item = u32>,
    ) -> Option<NonZeroU32> {
        let first = self.schools.len();
        self.cells.extend(cells);
        self.schools.extend(schools);
        self.schools[first..].sort_unstable();
        let mut own = self.schools.split_off(first);
        own.dedup();
        self.schools.append(&mut own);
        self.ends.push((self.cells.len() as u32, self.schools.len() as u32));
        NonZeroU32::new(self.ends.len() as u32)
    }

    /// The cells of a sum; `None` where there is no such sum.
    pub(super) fn cells(&self, number: NonZeroU32) -> Option<&[(u32, u16)]> {
        self.cells.get(self.range(number, |end| end.0)?)
    }

    /// The schools of a sum, each once; none where there is no such sum.
    pub(super) fn schools(&self, number: NonZeroU32) -> &[u32] {
        self.range(number, |end| end.1).and_then(|range| self.schools.get(range)).unwrap_or_default()
    }

    fn range(&self, number: NonZeroU32, of: fn(&(u32, u32)) -> u32) -> Option<Range<usize>> {
        let at = number.get() as usize - 1;
        let from = at.checked_sub(1).map_or(0, |before| of(&self.ends[before]));
        Some(from as usize..of(self.ends.get(at)?) as usize)
    }

    /// About how many bytes of memory they take.
    pub(super) const fn bytes(&self) -> usize {
        self.cells.len() * size_of::<(u32, u16)>() + self.schools.len() * 4 + self.ends.len() * 8
    }

    #[cfg(test)]
    pub(super) const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{FileRow, Numbers, Rows};
    use crate::catalog::Bounds;
    use crate::domain::{SchoolYear, Status};

    fn row(number: u32) -> FileRow {
        let n = f64::from(number);
        FileRow {
            numbers: Numbers::new([
                Some(n),
                (number % 3 == 1).then_some(n),
                (!number.is_multiple_of(3)).then_some(2.0 * n),
            ]),
            key: number % 5,
            district: number,
            row: number,
            column: 7,
            sum: std::num::NonZeroU32::new(number / 10),
            sheet: 1,
            year: SchoolYear::ending(2024).unwrap(),
            status: Status::Reported,
            bounds: number
                .is_multiple_of(4)
                .then_some(Bounds { low: None, high: Some(f64::from(number / 8)) }),
        }
    }

    fn told(rows: impl Iterator<Item = FileRow>) -> Vec<String> {
        rows.map(|row| format!("{row:?}")).collect()
    }

    #[test]
    fn rows_come_back_as_they_were_before_and_behind_every_cut() {
        for cut in 0..=30 {
            let mut rows = Rows::default();
            (0..30).for_each(|number| rows.push(row(29 - number)));
            (0..30).for_each(|number| rows.set(number, &row(number as u32)));
            let rest = rows.split_off(cut);
            assert_eq!(told(rows.from(0)), told((0..cut as u32).map(row)), "before {cut}");
            assert_eq!(told(rest.from(0)), told((cut as u32..30).map(row)), "behind {cut}");
        }
    }

    #[test]
    fn a_row_with_a_value_alone_takes_32_bytes() {
        assert_eq!(size_of::<super::Packed>(), 32);
    }
}
