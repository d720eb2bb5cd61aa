//! A file that is being read: its reading so far, and what its sheets share.

use std::collections::BTreeMap;

use super::reading::{FileDistrict, FileReading};
use super::rows::{FileDistrictIndex, KeyIndex, SheetIndex};
use super::schools::Schools;
use crate::catalog::Layout;
use crate::diagnostic::{Diagnostic, SourceRead};
use crate::domain::MeasureKey;
use sheets::SourceFile;

/// A file that is being read.
pub(super) struct FileProgress {
    pub(super) reading: FileReading,
    pub(super) schools: Schools,
    /// The indexes of the keys of the reading.
    keys: BTreeMap<MeasureKey, KeyIndex>,
    /// Length in bytes of the text of the reading's districts.
    district_bytes: usize,
}

/// A point in the reading of a file.
#[derive(Clone, Copy)]
pub(super) struct Checkpoint {
    pub(super) rows: usize,
    districts: usize,
    district_bytes: usize,
}

impl FileProgress {
    /// Nothing read yet.
    pub(super) fn new(file: &SourceFile, layout: &Layout) -> Self {
        let report = SourceRead {
            path: file.file.clone(),
            sha256: Some(file.sha256.clone()),
            bytes: Some(file.bytes),
            layout: layout.id.clone(),
            sheets: Vec::new(),
        };
        Self {
            reading: FileReading { public: layout.public, report, ..FileReading::default() },
            schools: Schools::default(),
            keys: BTreeMap::new(),
            district_bytes: 0,
        }
    }

    /// Adds a problem with the file's data.
    pub(super) fn report(&mut self, problem: Diagnostic) {
        self.reading.diagnostics.push(problem);
    }

    /// The index of a key in the reading's list; a new key is added.
    pub(super) fn key_index(&mut self, key: MeasureKey) -> KeyIndex {
        if let Some(index) = self.keys.get(&key) {
            return *index;
        }
        let index = KeyIndex(self.reading.keys.len() as u32);
        self.reading.keys.push(key.clone());
        self.keys.insert(key, index);
        index
    }

    /// Adds a district and returns its index in the reading's list.
    pub(super) fn add_district(&mut self, district: FileDistrict) -> FileDistrictIndex {
        self.district_bytes += district.text_bytes();
        self.reading.districts.push(district);
        FileDistrictIndex(self.reading.districts.len() as u32 - 1)
    }

    /// The sheet that is currently read.
    pub(super) fn current_sheet(&self) -> SheetIndex {
        SheetIndex((self.reading.sheets.len() - 1) as u16)
    }

    /// The reading's approximate size in bytes, including later copies of its text.
    pub(super) fn bytes(&self) -> usize {
        self.reading.bytes_with_texts(self.district_bytes + self.schools.text_bytes())
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            rows: self.reading.rows.len(),
            districts: self.reading.districts.len(),
            district_bytes: self.district_bytes,
        }
    }

    /// Removes the rows and districts read since `checkpoint`.
    pub(super) fn roll_back(&mut self, checkpoint: Checkpoint) {
        self.reading.rows.split_off(checkpoint.rows);
        self.reading.districts.truncate(checkpoint.districts);
        self.district_bytes = checkpoint.district_bytes;
    }

    /// The finished reading.
    pub(super) fn finish(self) -> FileReading {
        let (schools, repeated) = self.schools.finish();
        let mut reading = FileReading { schools, ..self.reading };
        reading.diagnostics.extend(repeated);
        reading
    }
}
