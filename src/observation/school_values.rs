//! What single schools have, kept until all files are read: rates that have no weight in their own row, and the counts that
//! may be their weights.

use serde::{Deserialize, Serialize};

use super::rows::{FileDistrictIndex, FileRow, KeyIndex, PackedNumbers, SheetIndex};
use super::schools::SchoolIndex;
use crate::domain::{SchoolYear, Status, YearError};

/// The most counts of a file that are kept; a file with more weighs no rates of other files.
const MOST: usize = 1_000_000;

/// What single schools of a file have.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct SchoolValues {
    /// Rates without a weight, those of one district's sum together.
    pub(super) rates: Vec<SchoolValue>,
    /// Counts that may be weights.
    pub(super) counts: Vec<SchoolValue>,
    /// Whether there were too many counts, so that none is kept.
    is_full: bool,
}

impl SchoolValues {
    /// Keeps a count.
    pub(super) fn push_count(&mut self, count: SchoolValue) {
        if self.counts.len() >= MOST {
            self.is_full = true;
            self.counts = Vec::new();
        }
        if !self.is_full {
            self.counts.push(count);
        }
    }

    /// Their approximate memory size in bytes.
    pub(super) const fn bytes(&self) -> usize {
        (self.rates.len() + self.counts.len()) * size_of::<SchoolValue>()
    }
}

/// The number of one cell that is about a school.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "PlainValue", into = "PlainValue")]
pub(super) struct SchoolValue {
    pub(super) key: KeyIndex,
    pub(super) district: FileDistrictIndex,
    pub(super) year: SchoolYear,
    pub(super) sheet: SheetIndex,
    pub(super) row: u32,
    pub(super) column: u16,
    /// `None` if no column names the school.
    pub(super) school: Option<SchoolIndex>,
    pub(super) value: f64,
}

/// The same as plain numbers.
type PlainValue = (u32, u32, i32, u16, u32, u16, Option<u32>, f64);

impl From<SchoolValue> for PlainValue {
    fn from(own: SchoolValue) -> Self {
        let SchoolValue { key, district, year, sheet, row, column, school, value } = own;
        (key.0, district.0, year.end(), sheet.0, row, column, school.map(|school| school.0), value)
    }
}

impl TryFrom<PlainValue> for SchoolValue {
    type Error = YearError;

    fn try_from(plain: PlainValue) -> Result<Self, YearError> {
        let (key, district, year, sheet, row, column, school, value) = plain;
        Ok(Self {
            key: KeyIndex(key),
            district: FileDistrictIndex(district),
            year: SchoolYear::ending(year)?,
            sheet: SheetIndex(sheet),
            row,
            column,
            school: school.map(SchoolIndex),
            value,
        })
    }
}

impl SchoolValue {
    /// The number of a row about a school; `None` if it has none.
    pub(super) fn of(row: &FileRow, school: Option<SchoolIndex>) -> Option<Self> {
        let FileRow { key, district, year, sheet, row, column, numbers, .. } = *row;
        Some(Self { key, district, year, sheet, row, column, school, value: numbers.value()? })
    }

    /// The row again, with a weight.
    pub(super) fn weighted(&self, weight: f64) -> FileRow {
        let Self { key, district, year, sheet, row, column, value, .. } = *self;
        let numbers = PackedNumbers::new([Some(value), None, Some(weight)]);
        FileRow {
            numbers,
            key,
            district,
            row,
            column,
            sum: None,
            sheet,
            year,
            status: Status::Reported,
            bounds: None,
        }
    }

    /// Whether both are parts of the same sum.
    pub(super) fn is_same_sum(&self, other: &Self) -> bool {
        (self.key, self.district, self.year) == (other.key, other.district, other.year)
    }
}
