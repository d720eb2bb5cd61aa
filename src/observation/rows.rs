//! The rows of a file, stored compactly: there may be ten million.

use std::fmt;
use std::num::NonZeroU32;

use crate::catalog::Bounds;
use crate::domain::{SchoolYear, Status};

/// The most values in one file, and in all files of a project together: later stages need up to two hundred
/// bytes for each. The files of the states and of the whole country have fewer than four million.
pub const VALUES: usize = 5_000_000;

/// The most values that are not public: what may be published of them is decided for all values of a
/// district's year at once, which takes ten times the memory. No district has that many.
pub const PRIVATE_VALUES: usize = 1_000_000;

/// The most bytes of values and text in one file, and in all files of a project together: as many as
/// [`VALUES`] values take with two other numbers each. Text is counted once for each copy in later stages.
pub const BYTES: usize = VALUES * 64;

/// Index of a key in the list in a file's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyIndex(pub(super) u32);

/// Index of a district in the list in a file's reading; not the district's code in the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileDistrictIndex(pub(super) u32);

/// Index of a sheet in the list in a file's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SheetIndex(pub(super) u16);

/// One observation in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileRow {
    pub(super) numbers: PackedNumbers,
    pub(super) key: KeyIndex,
    pub(super) district: FileDistrictIndex,
    pub(super) row: u32,
    /// Sixteen bits are enough: no spreadsheet has more columns.
    pub(super) column: u16,
    /// For a sum, its number (from 1) in the file's list of sums.
    pub(super) sum: Option<NonZeroU32>,
    pub(super) sheet: SheetIndex,
    pub(super) year: SchoolYear,
    pub(super) status: Status,
    /// The bounds that the marker of a masked value gives.
    pub(super) bounds: Option<Bounds>,
}

/// Value, numerator and denominator; an absent number takes no more space than a present one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PackedNumbers([f64; 3]);

impl PackedNumbers {
    pub(super) fn new(numbers: [Option<f64>; 3]) -> Self {
        Self(numbers.map(|number| number.unwrap_or(f64::NAN)))
    }

    pub(super) fn get(self) -> [Option<f64>; 3] {
        self.0.map(|number| Some(number).filter(|number| !number.is_nan()))
    }

    pub(super) fn value(self) -> Option<f64> {
        self.get()[0]
    }
}

/// The rows of a file. A row takes 32 bytes if it has only a value, or if its extras equal those of the
/// previous row.
#[derive(Clone, Default)]
pub(super) struct FileRows {
    rows: Vec<PackedRow>,
    extras: Vec<RowExtras>,
    /// Bounds of masked values, as given by their markers.
    mark_bounds: Vec<Bounds>,
}

/// A row as stored in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct PackedRow {
    value: f64,
    pub(super) key: KeyIndex,
    pub(super) district: FileDistrictIndex,
    pub(super) row: u32,
    /// Number (from 1) in the list of extras.
    extras: Option<NonZeroU32>,
    pub(super) column: u16,
    pub(super) sheet: SheetIndex,
    pub(super) year: SchoolYear,
    status: Status,
}

/// What a row has in addition to its value.
#[derive(Debug, Clone, Copy)]
struct RowExtras {
    numerator: f64,
    denominator: f64,
    sum: Option<NonZeroU32>,
    /// Number (from 1) in the list of bounds.
    bounds: Option<NonZeroU32>,
}

impl RowExtras {
    const NONE: Self = Self { numerator: f64::NAN, denominator: f64::NAN, sum: None, bounds: None };

    /// Whether both are equal bit for bit: absent numbers are NaN, which never equals itself as a number.
    fn is_same(self, other: Self) -> bool {
        (self.number_bits(), self.sum, self.bounds) == (other.number_bits(), other.sum, other.bounds)
    }

    fn number_bits(self) -> [u64; 2] {
        [self.numerator, self.denominator].map(f64::to_bits)
    }
}

impl FileRows {
    /// How many of the most recent bounds are searched for an equal one.
    const RECENT: usize = 256;

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Their approximate memory size in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.rows.len() * size_of::<PackedRow>()
            + self.extras.len() * size_of::<RowExtras>()
            + self.mark_bounds.len() * size_of::<Bounds>()
    }

    pub(super) fn push(&mut self, row: FileRow) {
        let packed = self.pack(&row);
        self.rows.push(packed);
    }

    /// Replaces row `i`, which must exist.
    pub(super) fn set(&mut self, i: usize, row: &FileRow) {
        self.rows[i] = self.pack(row);
    }

    /// Row `i`, which must exist, in its packed form.
    pub(super) fn packed(&self, i: usize) -> &PackedRow {
        &self.rows[i]
    }

    /// Row `i`, which must exist.
    pub(super) fn get(&self, i: usize) -> FileRow {
        self.unpack(&self.rows[i])
    }

    /// The rows from `first` on.
    pub(super) fn from(&self, first: usize) -> impl Iterator<Item = FileRow> + Clone {
        self.rows[first..].iter().map(|row| self.unpack(row))
    }

    /// The numbers of all rows.
    pub(super) fn numbers(&self) -> impl Iterator<Item = PackedNumbers> + Clone {
        self.rows.iter().map(|row| {
            let RowExtras { numerator, denominator, .. } = self.extras(row);
            PackedNumbers([row.value, numerator, denominator])
        })
    }

    /// All bounds that markers give.
    pub(super) fn mark_bounds(&self) -> &[Bounds] {
        &self.mark_bounds
    }

    /// The number (from 1), in the list of bounds, of the bounds of row `i`, which must exist; 0 if it has
    /// none.
    pub(super) fn bounds_number(&self, i: usize) -> u32 {
        self.extras(&self.rows[i]).bounds.map_or(0, NonZeroU32::get)
    }

    fn pack(&mut self, row: &FileRow) -> PackedRow {
        let PackedNumbers([value, numerator, denominator]) = row.numbers;
        let bounds = row.bounds.and_then(|bounds| self.add_bounds(bounds));
        PackedRow {
            value,
            key: row.key,
            district: row.district,
            row: row.row,
            extras: self.add_extras(RowExtras { numerator, denominator, sum: row.sum, bounds }),
            column: row.column,
            sheet: row.sheet,
            year: row.year,
            status: row.status,
        }
    }

    /// The number of `extras`, which are added unless they equal the last ones; `None` if there are none.
    fn add_extras(&mut self, extras: RowExtras) -> Option<NonZeroU32> {
        if extras.is_same(RowExtras::NONE) {
            return None;
        }
        if self.extras.last().is_none_or(|last| !last.is_same(extras)) {
            self.extras.push(extras);
        }
        NonZeroU32::new(self.extras.len() as u32)
    }

    /// The number of `bounds`, which are added unless they are among the recent ones.
    fn add_bounds(&mut self, bounds: Bounds) -> Option<NonZeroU32> {
        let recent = self.mark_bounds.len().saturating_sub(Self::RECENT);
        let known = self.mark_bounds[recent..].iter().position(|known| *known == bounds);
        let index = match known {
            Some(i) => recent + i,
            None => {
                self.mark_bounds.push(bounds);
                self.mark_bounds.len() - 1
            }
        };
        NonZeroU32::new(index as u32 + 1)
    }

    fn unpack(&self, packed: &PackedRow) -> FileRow {
        let extras = self.extras(packed);
        FileRow {
            numbers: PackedNumbers([packed.value, extras.numerator, extras.denominator]),
            key: packed.key,
            district: packed.district,
            row: packed.row,
            column: packed.column,
            sum: extras.sum,
            sheet: packed.sheet,
            year: packed.year,
            status: packed.status,
            bounds: extras.bounds.map(|number| self.mark_bounds[number.get() as usize - 1]),
        }
    }

    fn extras(&self, packed: &PackedRow) -> RowExtras {
        packed.extras.map_or(RowExtras::NONE, |number| self.extras[number.get() as usize - 1])
    }

    /// Removes the rows from `first` on and returns them in order.
    pub(super) fn split_off(&mut self, first: usize) -> Self {
        let mut rows = self.rows.split_off(first);
        let least = rows.iter().filter_map(|row| row.extras).min();
        let before = least.map_or(self.extras.len(), |least| least.get() as usize - 1);
        let extras = self.extras[before..].to_vec();
        let greatest = self.rows.iter().filter_map(|row| row.extras).max();
        self.extras.truncate(greatest.map_or(0, |greatest| greatest.get() as usize));
        for row in &mut rows {
            row.extras = row.extras.and_then(|number| NonZeroU32::new(number.get() - before as u32));
        }
        Self { rows, extras, mark_bounds: self.mark_bounds.clone() }
    }
}

impl fmt::Debug for FileRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.from(0)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{FileDistrictIndex, FileRow, FileRows, KeyIndex, PackedNumbers, SheetIndex};
    use crate::catalog::Bounds;
    use crate::domain::{SchoolYear, Status};

    fn row(number: u32) -> FileRow {
        let n = f64::from(number);
        FileRow {
            numbers: PackedNumbers::new([
                Some(n),
                (number % 3 == 1).then_some(n),
                (!number.is_multiple_of(3)).then_some(2.0 * n),
            ]),
            key: KeyIndex(number % 5),
            district: FileDistrictIndex(number),
            row: number,
            column: 7,
            sum: std::num::NonZeroU32::new(number / 10),
            sheet: SheetIndex(1),
            year: SchoolYear::ending(2024).unwrap(),
            status: Status::Reported,
            bounds: number
                .is_multiple_of(4)
                .then_some(Bounds { low: None, high: Some(f64::from(number / 8)) }),
        }
    }

    fn shown(rows: impl Iterator<Item = FileRow>) -> Vec<String> {
        rows.map(|row| format!("{row:?}")).collect()
    }

    #[test]
    fn rows_read_back_unchanged_on_both_sides_of_every_cut() {
        for cut in 0..=30 {
            let mut rows = FileRows::default();
            (0..30).for_each(|number| rows.push(row(29 - number)));
            (0..30).for_each(|number| rows.set(number, &row(number as u32)));
            let rest = rows.split_off(cut);
            assert_eq!(shown(rows.from(0)), shown((0..cut as u32).map(row)), "before {cut}");
            assert_eq!(shown(rest.from(0)), shown((cut as u32..30).map(row)), "behind {cut}");
        }
    }

    #[test]
    fn a_row_with_only_a_value_takes_32_bytes() {
        assert_eq!(size_of::<super::PackedRow>(), 32);
    }
}
