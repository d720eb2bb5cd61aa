//! What one file says, before it is gathered with the others.

use super::rows::{Rows, Sums};
use crate::diagnostic::{Place, Problems, SheetRead, SourceRead};
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

impl FileReading {
    /// How many values it holds.
    #[must_use]
    pub const fn values(&self) -> usize {
        self.rows.len()
    }

    /// Whether its layout says that its values are public as they stand.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.public
    }

    /// About how many bytes of memory it takes, with what later stages make of its words.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let texts = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
        let key = |k: &MeasureKey| k.measure.len() + k.group.len() + k.grade.id().len() + k.subject.len();
        let sheet = |s: &SheetRead| {
            let ignored = s.columns_ignored.iter().map(|c| c.column.len() + c.why.len());
            texts(&s.columns_unread) + ignored.sum::<usize>()
        };
        let words = self.districts.iter().map(FileDistrict::words).sum::<usize>()
            + self.keys.iter().map(key).sum::<usize>()
            + self.schools.iter().map(|names| texts(names)).sum::<usize>()
            + self.report.sheets.iter().map(sheet).sum::<usize>();
        self.bytes_with(words)
    }
}

impl FileReading {
    /// The bytes of its values, and of so many bytes of words in all places that hold them.
    pub(super) const fn bytes_with(&self, words: usize) -> usize {
        self.rows.bytes()
            + self.sums.bytes()
            + self.districts.len() * size_of::<FileDistrict>()
            + COPIES * words
    }
}

/// In how many places what a file says in words is held later on: in lists, reports, tables and pages.
const COPIES: usize = 6;

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

impl FileDistrict {
    /// Bytes of its words.
    pub(super) fn words(&self) -> usize {
        let attributes = self.attributes.iter().map(|(id, text)| id.len() + text.len());
        let id = self.id.as_ref().map_or(0, |id| id.as_str().len());
        id + self.name.as_ref().map_or(0, String::len) + attributes.sum::<usize>()
    }
}
