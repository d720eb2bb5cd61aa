//! All that one file says, before it is gathered with the other files.

use super::rows::{FileDistrictIndex, FileRow, FileRows, KeyIndex, SheetIndex};
use super::sum_parts::SumParts;
use crate::diagnostic::{Place, Problems, SheetRead, SourceRead};
use crate::domain::{DistrictId, MeasureKey, SchoolYear};

/// In how many places a file's texts are held later on: in lists, reports, tables and pages.
const COPIES: usize = 6;

/// All that one file says, before it is gathered with the other files.
#[derive(Debug, Clone, Default)]
pub struct FileReading {
    pub(super) keys: Vec<MeasureKey>,
    pub(super) districts: Vec<FileDistrict>,
    pub(super) rows: FileRows,
    pub(super) sheets: Vec<Place>,
    /// What was added up for those rows that are sums.
    pub(super) sums: SumParts,
    /// The names of the schools behind the sums: for each its id and name where the table has both.
    pub(super) schools: Vec<Vec<String>>,
    pub(super) public: bool,
    /// What was read and what was not.
    pub report: SourceRead,
    /// Problems in the file's data.
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

    /// About how many bytes of memory it takes, with what later stages make of its texts.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let districts: usize = self.districts.iter().map(FileDistrict::text_bytes).sum();
        let keys: usize = self.keys.iter().map(key_bytes).sum();
        let schools: usize = self.schools.iter().map(|names| total_bytes(names)).sum();
        let sheets: usize = self.report.sheets.iter().map(report_bytes).sum();
        self.bytes_with_texts(districts + keys + schools + sheets)
    }

    /// The bytes of its values, and of so many bytes of texts in all places that hold them.
    pub(super) const fn bytes_with_texts(&self, texts: usize) -> usize {
        self.rows.bytes()
            + self.sums.bytes()
            + self.districts.len() * size_of::<FileDistrict>()
            + COPIES * texts
    }

    /// The key at an index of its list.
    pub(super) fn key(&self, index: KeyIndex) -> &MeasureKey {
        &self.keys[index.0 as usize]
    }

    /// The district at an index of its list.
    pub(super) fn district(&self, index: FileDistrictIndex) -> &FileDistrict {
        &self.districts[index.0 as usize]
    }

    pub(super) fn district_mut(&mut self, index: FileDistrictIndex) -> &mut FileDistrict {
        &mut self.districts[index.0 as usize]
    }

    /// The place of a row's cell.
    pub(super) fn place(&self, row: &FileRow) -> Place {
        let SheetIndex(sheet) = row.sheet;
        self.sheets[sheet as usize].at(row.row, u32::from(row.column))
    }
}

fn key_bytes(key: &MeasureKey) -> usize {
    key.measure.len() + key.group.len() + key.grade.id().len() + key.subject.len()
}

fn report_bytes(sheet: &SheetRead) -> usize {
    let ignored = sheet.columns_ignored.iter().map(|ignored| ignored.column.len() + ignored.why.len());
    total_bytes(&sheet.columns_unread) + ignored.sum::<usize>()
}

fn total_bytes(texts: &[String]) -> usize {
    texts.iter().map(String::len).sum()
}

/// A district as the rows of one table name it: one entry for each name and set of attributes that it has had there.
#[derive(Debug, Clone)]
pub(super) struct FileDistrict {
    /// `None` where the table knows the district by name only.
    pub(super) id: Option<DistrictId>,
    /// Digits to which the id is padded when shown.
    pub(super) id_width: usize,
    pub(super) name: Option<String>,
    /// Ids of attributes and their texts.
    pub(super) attributes: Vec<(String, String)>,
    /// The years in which it had this name and these attributes, each once; `None` for rows without a year.
    pub(super) years: Vec<Option<SchoolYear>>,
    /// Where it was met first.
    pub(super) place: Place,
}

impl FileDistrict {
    /// Bytes of its texts.
    pub(super) fn text_bytes(&self) -> usize {
        let attributes = self.attributes.iter().map(|(id, text)| id.len() + text.len());
        let id = self.id.as_ref().map_or(0, |id| id.as_str().len());
        id + self.name.as_ref().map_or(0, String::len) + attributes.sum::<usize>()
    }
}
