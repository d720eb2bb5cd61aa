//! What one file says, before it is gathered with the others.

use super::rows::{Rows, Sums};
use crate::diagnostic::{Place, Problems, SourceRead};
use crate::domain::{DistrictId, MeasureKey, SchoolYear};

/// All that one file says, before it is gathered with the others.
#[derive(Debug, Clone, Default)]
pub struct FileReading {
    pub(super) keys: Vec<MeasureKey>,
    pub(super) districts: Vec<FileDistrict>,
    pub(super) rows: Rows,
    pub(super) sheets: Vec<Place>,
    /// The sums of its rows.
    pub(super) sums: Sums,
    /// The schools behind the sums, each by its id and name where the table has both.
    pub(super) schools: Vec<Vec<String>>,
    pub(super) public: bool,
    /// What was read and what was not.
    pub report: SourceRead,
    /// Problems met.
    pub diagnostics: Problems,
}

/// A district as the rows of one table name it: one for each name and set of attributes that it has had there.
#[derive(Debug, Clone)]
pub(super) struct FileDistrict {
    /// `None` where the table knows it by name only.
    pub(super) id: Option<DistrictId>,
    pub(super) id_width: usize,
    pub(super) name: Option<String>,
    pub(super) attributes: Vec<(String, String)>,
    /// The years in which it went by these, each once; `None` for a table that says none for the row.
    pub(super) years: Vec<Option<SchoolYear>>,
    /// Where it was met first.
    pub(super) place: Place,
}
