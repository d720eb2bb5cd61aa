//! The rows of a file as columns of bytes, since there may be millions of rows.

use std::num::NonZeroU32;

use super::number_coding::{DifferenceDecoder, OptionalDecoder, encode_difference, encode_optional};
use super::rows::{FileDistrictIndex, FileRow, FileRows, KeyIndex, PackedNumbers, SheetIndex};
use crate::catalog::Bounds;
use crate::domain::{SchoolYear, Status};

/// Columns of whole numbers.
const WHOLE: usize = 9;
/// Columns of a row: those with whole numbers, then value, numerator and denominator.
pub(super) const COLUMNS: usize = WHOLE + 3;

/// The statuses by their codes.
const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];

/// The whole numbers of a row; bounds are represented by their number (from 1) in the list of bounds, or 0.
struct WholeNumbers([u32; WHOLE]);

impl WholeNumbers {
    fn new(row: &FileRow, bounds: u32) -> Self {
        let status = STATUSES.iter().position(|status| *status == row.status).unwrap_or(0);
        Self([
            row.key.0,
            row.district.0,
            row.row,
            u32::from(row.column),
            row.sum.map_or(0, NonZeroU32::get),
            u32::from(row.sheet.0),
            row.year.end() as u32,
            status as u32,
            bounds,
        ])
    }

    /// The row with these whole numbers; `None` if one of them is out of range.
    fn row(&self, numbers: PackedNumbers, bounds: &[Bounds]) -> Option<FileRow> {
        let [key, district, row, column, sum, sheet, year, status, bounds_number] = self.0;
        Some(FileRow {
            numbers,
            key: KeyIndex(key),
            district: FileDistrictIndex(district),
            row,
            column: u16::try_from(column).ok()?,
            sum: NonZeroU32::new(sum),
            sheet: SheetIndex(u16::try_from(sheet).ok()?),
            year: SchoolYear::ending(year as i32).ok()?,
            status: *STATUSES.get(status as usize)?,
            bounds: match bounds_number.checked_sub(1) {
                Some(index) => Some(*bounds.get(index as usize)?),
                None => None,
            },
        })
    }
}

/// The columns of `rows`.
pub(super) fn encode_rows(rows: &FileRows) -> [Vec<u8>; COLUMNS] {
    let mut columns: [Vec<u8>; COLUMNS] = Default::default();
    let (whole_columns, number_columns) = columns.split_at_mut(WHOLE);
    let mut last = [0; WHOLE];
    for (i, row) in rows.from(0).enumerate() {
        let WholeNumbers(numbers) = WholeNumbers::new(&row, rows.bounds_number(i));
        for (column, (last, number)) in whole_columns.iter_mut().zip(last.iter_mut().zip(numbers)) {
            encode_difference(column, last, number);
        }
    }
    for (index, column) in number_columns.iter_mut().enumerate() {
        encode_optional(column, rows.numbers().map(|numbers| numbers.get()[index]));
    }
    columns
}

/// The `count` rows in `bytes`, whose columns have these `lengths`; `None` if the bytes are damaged.
pub(super) fn decode_rows(
    bytes: &[u8],
    lengths: &[usize; COLUMNS],
    count: usize,
    bounds: &[Bounds],
) -> Option<FileRows> {
    let mut decoder = RowDecoder::new(bytes, lengths, count)?;
    let mut rows = FileRows::default();
    for row in 0..count {
        rows.push(decoder.next(row, bounds)?);
    }
    Some(rows)
}

/// Decodes rows in one pass over all columns in parallel.
struct RowDecoder<'a> {
    whole: Vec<DifferenceDecoder<'a>>,
    numbers: Vec<OptionalDecoder<'a>>,
}

impl<'a> RowDecoder<'a> {
    fn new(bytes: &'a [u8], lengths: &[usize; COLUMNS], count: usize) -> Option<Self> {
        let mut rest = bytes;
        let mut columns = [[].as_slice(); COLUMNS];
        for (column, length) in columns.iter_mut().zip(lengths) {
            (*column, rest) = rest.split_at_checked(*length)?;
        }
        // Each row takes at least one byte in each column of whole numbers.
        if !rest.is_empty() || columns[0].len() < count {
            return None;
        }
        let (whole, numbers) = columns.split_at(WHOLE);
        Some(Self {
            whole: whole.iter().map(|bytes| DifferenceDecoder::new(bytes)).collect(),
            numbers: numbers.iter().map(|bytes| OptionalDecoder::new(bytes, count)).collect::<Option<_>>()?,
        })
    }

    fn next(&mut self, row: usize, bounds: &[Bounds]) -> Option<FileRow> {
        let mut whole = WholeNumbers([0; WHOLE]);
        for (number, column) in whole.0.iter_mut().zip(&mut self.whole) {
            *number = column.next()?;
        }
        let mut numbers = [None; 3];
        for (number, column) in numbers.iter_mut().zip(&mut self.numbers) {
            *number = column.next(row)?;
        }
        whole.row(PackedNumbers::new(numbers), bounds)
    }
}
