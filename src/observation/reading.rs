//! What one file says, before it is gathered with the others.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::catalog::Bounds;
use crate::diagnostic::{Diagnostic, Place, SourceRead};
use crate::domain::{DistrictId, MeasureKey, SchoolYear, Status};

/// All that one file says, before it is gathered with the others.
#[derive(Debug, Clone, Default)]
pub struct FileReading {
    pub(super) keys: Vec<MeasureKey>,
    pub(super) districts: Vec<FileDistrict>,
    pub(super) rows: Vec<FileRow>,
    pub(super) sheets: Vec<Place>,
    /// The sums of its rows.
    pub(super) sums: Vec<Sum>,
    /// The schools behind the sums, each by its id and name where the table has both.
    pub(super) schools: Vec<Vec<String>>,
    /// What the marks of masked values say of them, by sheet, row and column.
    pub(super) bounds: BTreeMap<(u16, u32, u32), Bounds>,
    pub(super) public: bool,
    /// What was read and what was not.
    pub report: SourceRead,
    /// Problems met.
    pub diagnostics: Vec<Diagnostic>,
}

/// What was added up for one row.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sum {
    /// The cells, by row and column.
    pub(super) cells: Vec<(u32, u32)>,
    /// The schools that they are of, in the file's list; empty where the layout does not say which column names them.
    pub(super) schools: BTreeSet<u32>,
}

/// A district as one sheet names it.
#[derive(Debug, Clone)]
pub(super) struct FileDistrict {
    /// `None` where the table knows it by name only.
    pub(super) id: Option<DistrictId>,
    pub(super) id_width: usize,
    pub(super) name: Option<String>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) year: Option<SchoolYear>,
    pub(super) place: Place,
}

/// One observation of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileRow {
    pub(super) numbers: Numbers,
    pub(super) key: u32,
    pub(super) district: u32,
    pub(super) row: u32,
    pub(super) column: u32,
    /// For a sum: number, from 1, in the file's list of the cells that were added up.
    pub(super) sum: Option<NonZeroU32>,
    pub(super) sheet: u16,
    pub(super) year: SchoolYear,
    pub(super) status: Status,
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
