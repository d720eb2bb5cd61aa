//! The contents of one file, before they are combined with other files.

use super::rows::{FileDistrictIndex, FileRow, FileRows, KeyIndex, PackedRow, SheetIndex};
use super::school_rows::SchoolRows;
use super::school_values::SchoolValues;
use super::schools::{FileSchool, SchoolIndex};
use super::sum_parts::SumParts;
use crate::diagnostic::{Place, Problems, SheetRead, SourceRead};
use crate::domain::{DistrictId, MeasureKey, SchoolYear};

/// How many copies of a file's text exist in later stages: in lists, reports, tables and pages.
const COPIES: usize = 6;

/// The contents of one file, before they are combined with other files.
#[derive(Debug, Clone, Default)]
pub struct FileReading {
    pub(super) keys: Vec<MeasureKey>,
    pub(super) districts: Vec<FileDistrict>,
    pub(super) rows: FileRows,
    pub(super) sheets: Vec<Place>,
    /// What was added up for rows that are sums.
    pub(super) sums: SumParts,
    /// The schools behind the sums and the rows of schools.
    pub(super) schools: Vec<FileSchool>,
    /// The rows about single schools.
    pub(super) school_rows: SchoolRows,
    /// What single schools have, by which districts' rates are weighed.
    pub(super) school_values: SchoolValues,
    pub(super) public: bool,
    /// What was read and what was not.
    pub report: SourceRead,
    /// Problems in the file's data.
    pub diagnostics: Problems,
}

impl FileReading {
    /// How many values it has.
    #[must_use]
    pub const fn values(&self) -> usize {
        self.rows.len() + self.school_rows.len()
    }

    /// Whether its layout says that its values are public as they are.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.public
    }

    /// Its approximate size in bytes, including later copies of its text.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let districts: usize = self.districts.iter().map(FileDistrict::text_bytes).sum();
        let keys: usize = self.keys.iter().map(key_bytes).sum();
        let schools: usize = self.schools.iter().map(|school| total_bytes(&school.names)).sum();
        let sheets: usize = self.report.sheets.iter().map(report_bytes).sum();
        self.bytes_with_texts(districts + keys + schools + sheets)
    }

    /// The size in bytes of its values, and of this much text in all its copies.
    pub(super) const fn bytes_with_texts(&self, texts: usize) -> usize {
        self.rows.bytes()
            + self.school_rows.bytes()
            + self.sums.bytes()
            + self.school_values.bytes()
            + self.districts.len() * size_of::<FileDistrict>()
            + COPIES * texts
    }

    /// Whether a row adds up other rows, such as those of schools.
    pub(super) fn is_sum_of_rows(&self, row: &FileRow) -> bool {
        row.sum.is_some_and(|number| self.sums.is_of_rows(number))
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

    /// A row, which must exist: those about schools follow those about districts.
    pub(super) fn row(&self, i: usize) -> FileRow {
        match i.checked_sub(self.rows.len()) {
            Some(of_schools) => self.school_rows.rows.get(of_schools),
            None => self.rows.get(i),
        }
    }

    /// The same row in its packed form.
    pub(super) fn packed(&self, i: usize) -> &PackedRow {
        match i.checked_sub(self.rows.len()) {
            Some(of_schools) => self.school_rows.packed(of_schools),
            None => self.rows.packed(i),
        }
    }

    /// The school that a row is about; `None` if it is about a district.
    pub(super) fn school_of(&self, i: usize) -> Option<SchoolIndex> {
        i.checked_sub(self.rows.len()).map(|of_schools| self.school_rows.schools[of_schools])
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

/// A district as named in the rows of one table: one entry for each name and set of attributes that it has
/// there.
#[derive(Debug, Clone)]
pub(super) struct FileDistrict {
    /// `None` if the table identifies the district only by name.
    pub(super) id: Option<DistrictId>,
    /// Number of digits to which the id is padded for display.
    pub(super) id_width: usize,
    pub(super) name: Option<String>,
    /// Attribute ids and texts.
    pub(super) attributes: Vec<(String, String)>,
    /// The years in which it had this name and these attributes, without duplicates; `None` for rows without
    /// a year.
    pub(super) years: Vec<Option<SchoolYear>>,
    /// Where it first occurs.
    pub(super) place: Place,
}

impl FileDistrict {
    /// What tells it from other districts: its id, or its name if it has none.
    pub(super) fn key(&self) -> &str {
        self.id.as_ref().map(DistrictId::as_str).or(self.name.as_deref()).unwrap_or_default()
    }

    /// Length of its text in bytes.
    pub(super) fn text_bytes(&self) -> usize {
        let attributes = self.attributes.iter().map(|(id, text)| id.len() + text.len());
        let id = self.id.as_ref().map_or(0, |id| id.as_str().len());
        id + self.name.as_ref().map_or(0, String::len) + attributes.sum::<usize>()
    }
}
