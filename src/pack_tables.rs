//! The tables of a finished pack, read back as anyone with its folder can read them.
//!
//! `data/observations.csv` and `data/measures.csv` hold every value that the pack publishes for the district
//! and its peers, and `data/schools.csv` those of its schools; charts, page, candidates and report are taken or computed from these. A cell that occurs in
//! both files is merged.

mod encoding;
mod rows;
mod surveys;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use crate::domain::{Grade, Interned, MeasureKey, Status};

pub use encoding::EncodedTables;
use rows::{PackTableRow, RowTexts, TableColumns};
pub use surveys::{SurveyRow, survey_rows};

/// The tables that hold values of districts, each with the name of its column for the number of people that a
/// value is based on.
const TABLES: [(&str, &str); 2] = [("observations.csv", "denominator"), ("measures.csv", "n")];
/// The same of the table that holds values of schools; a pack may have none.
const SCHOOLS: (&str, &str) = ("schools.csv", "n");
/// A district and a school year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct DistrictYear {
    /// The district's id, as the tables show it.
    pub district: String,
    /// The year in which the school year ends.
    pub year: i32,
}

/// The cells of one district's year and of its schools.
pub type PackCells = BTreeMap<CellKey, PackCell>;

/// What a cell of a district's year is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct CellKey {
    /// Id of the measure.
    pub measure: Interned,
    /// Id of the school, in the form used for comparison; empty for the district itself.
    pub school: Interned,
    /// Id of the student group, or `all`.
    pub group: Interned,
    /// The grade, or `all`.
    pub grade: Grade,
    /// Id of the subject, or `all`.
    pub subject: Interned,
}

impl CellKey {
    /// The series of a district.
    #[must_use]
    pub fn of_district(key: &MeasureKey) -> Self {
        let MeasureKey { measure, group, grade, subject } = key;
        let [measure, group, subject] = [measure, group, subject].map(|text| Interned::new(text));
        Self { measure, school: Interned::default(), group, grade: grade.clone(), subject }
    }

    /// All students, grades and subjects of a school, or of the district if the school is empty.
    #[must_use]
    pub fn whole(measure: &str, school: &str) -> Self {
        Self { school: Interned::new(school), ..Self::of_district(&MeasureKey::whole(measure)) }
    }

    /// A short stable text: that of the series, then the school.
    #[must_use]
    pub fn slug(&self) -> String {
        let series = self.series().slug();
        if self.school.is_empty() { series } else { format!("{series}-school-{}", self.school) }
    }

    /// The series, whatever it is about.
    #[must_use]
    pub fn series(&self) -> MeasureKey {
        let [measure, group, subject] = [self.measure, self.group, self.subject].map(|text| text.to_string());
        MeasureKey { measure, group, grade: self.grade.clone(), subject }
    }
}

/// The tables of a pack.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PackTables {
    years: BTreeMap<DistrictYear, PackCells>,
}

/// A number with the precision with which a table writes it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WrittenNumber {
    /// The number.
    pub number: f64,
    /// The number of decimal places, trailing zeros excluded.
    pub decimals: usize,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum ValueOrigin {
    /// It was published as is.
    #[default]
    Published,
    /// It was aggregated from several published ones (of schools).
    RolledUp,
    /// It was computed from other measures.
    Computed,
}

/// One cell of the tables.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PackCell {
    /// The value; `None` if suppressed, masked or missing.
    pub value: Option<WrittenNumber>,
    /// The numerator of a rate, if stated.
    pub numerator: Option<f64>,
    /// The number of people that the value is based on, if stated.
    pub n: Option<f64>,
    /// The lowest that a masked value can be, if its mask states it.
    pub masked_from: Option<f64>,
    /// The highest that a masked value can be, if its mask states it.
    pub masked_to: Option<f64>,
    /// Whether there is a value, and if not, why not; `None` if the tables state no known status.
    pub status: Option<Status>,
    /// Where the value comes from.
    pub origin: ValueOrigin,
    /// The file that it was read from; empty if the tables name none.
    pub source: Interned,
}

impl PackCell {
    /// Whether the pack suppresses the value.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        self.status == Some(Status::Withheld)
    }

    /// Whether the publisher masks the value.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.status == Some(Status::Masked)
    }

    /// Adds what another table states about the same cell.
    fn merge(&mut self, other: Self) {
        self.value = self.value.or(other.value);
        self.numerator = self.numerator.or(other.numerator);
        self.n = self.n.or(other.n);
        self.masked_from = self.masked_from.or(other.masked_from);
        self.masked_to = self.masked_to.or(other.masked_to);
        self.status = self.status.or(other.status);
        if self.origin == ValueOrigin::Published {
            self.origin = other.origin;
        }
        if self.source.is_empty() {
            self.source = other.source;
        }
    }
}

/// Why tables cannot be read back.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {message}")]
pub struct TablesError {
    /// The table.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

/// The files of the tables of the pack in `folder`.
pub(crate) fn table_files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let tables = TABLES.into_iter().map(move |(table, _)| folder.join("data").join(table));
    tables.chain(schools_table(folder))
}

/// The table of a pack's schools; `None` if it has none.
fn schools_table(folder: &Path) -> Option<PathBuf> {
    Some(folder.join("data").join(SCHOOLS.0)).filter(|table| table.is_file())
}

/// Whether a folder has the tables of a pack.
#[must_use]
pub fn has_tables(folder: &Path) -> bool {
    TABLES.iter().all(|(name, _)| folder.join("data").join(name).is_file())
}

impl PackTables {
    /// Reads the districts' years that are `wanted` from the tables of the pack in `folder`.
    ///
    /// # Errors
    /// If one of the tables is missing, is not a CSV file, or lacks a column that identifies its values.
    pub fn read(folder: &Path, wanted: impl Fn(&DistrictYear) -> bool) -> Result<Self, TablesError> {
        let mut tables = Self::default();
        for (name, n_column) in TABLES {
            tables
                .add(&folder.join("data").join(name), n_column, &wanted)
                .map_err(|message| TablesError { file: name.to_owned(), message })?;
        }
        if let Some(schools) = schools_table(folder) {
            let (name, n_column) = SCHOOLS;
            tables
                .add(&schools, n_column, &wanted)
                .map_err(|message| TablesError { file: name.to_owned(), message })?;
        }
        Ok(tables)
    }

    /// Adds the cells of other tables.
    pub fn merge(&mut self, other: Self) {
        for (at, cells) in other.years {
            cells.into_iter().for_each(|(key, cell)| self.insert(&at, key, cell));
        }
    }

    /// The districts' years, in order.
    #[must_use]
    pub const fn years(&self) -> &BTreeMap<DistrictYear, PackCells> {
        &self.years
    }

    /// Adds a cell, merged with what is already known about it.
    pub fn insert(&mut self, at: &DistrictYear, key: CellKey, cell: PackCell) {
        let cells = match self.years.get_mut(at) {
            Some(cells) => cells,
            None => self.years.entry(at.clone()).or_default(),
        };
        match cells.entry(key) {
            Entry::Vacant(entry) => _ = entry.insert(cell),
            Entry::Occupied(mut entry) => entry.get_mut().merge(cell),
        }
    }

    fn add(
        &mut self,
        path: &Path,
        n_column: &str,
        wanted: &impl Fn(&DistrictYear) -> bool,
    ) -> Result<(), String> {
        let mut reader = csv::Reader::from_path(path).map_err(|e| e.to_string())?;
        let header = reader.headers().map_err(|e| e.to_string())?.clone();
        let columns = TableColumns::find(&header, n_column)?;
        let (mut record, mut texts) = (csv::StringRecord::new(), RowTexts::default());
        let mut at = DistrictYear { district: String::new(), year: 0 };
        while reader.read_record(&mut record).map_err(|e| e.to_string())? {
            let row = PackTableRow { record: &record, columns: &columns };
            row.read_texts(&mut texts)?;
            row.read_district_year(&mut at)?;
            if wanted(&at) {
                self.insert(&at, texts.key(), row.cell(texts.source.interned));
            }
        }
        Ok(())
    }
}
