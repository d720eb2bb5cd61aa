//! The tables of a finished pack, read back as anybody may who has its folder.
//!
//! `data/observations.csv` and `data/measures.csv` hold every value of the district and its peers that the pack shows; what
//! charts, page, candidates and report tell is taken or computed from these. A cell that stands in both files is joined.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domain::{Grade, MeasureKey, Status};

/// The tables that hold values of districts, each with the column of how many people they rest on.
const TABLES: [(&str, &str); 2] = [("observations.csv", "denominator"), ("measures.csv", "n")];
/// The states of a cell, of which a table names one.
const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];

/// Whose values, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DistrictYear {
    /// The district's id, as the tables show it.
    pub district: String,
    /// The year in which the school year ends.
    pub year: i32,
}

/// The cells of one district's year, by what they are of.
pub type Cells = BTreeMap<MeasureKey, TableCell>;

/// The tables of a pack.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PackTables {
    years: BTreeMap<DistrictYear, Cells>,
}

/// A number as a table writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    /// The number.
    pub number: f64,
    /// How many decimals are written, without noughts at the end.
    pub decimals: usize,
}

/// How a value came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Made {
    /// It was published as it stands.
    #[default]
    Published,
    /// It was put together of several published ones (of schools).
    RolledUp,
    /// It was computed from other measures.
    Computed,
}

/// One cell of the tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableCell {
    /// The value; absent where it is withheld, masked or missing.
    pub value: Option<Written>,
    /// How many a rate counts, where that is said.
    pub numerator: Option<f64>,
    /// On how many people the value rests, where that is said.
    pub n: Option<f64>,
    /// The least that a masked value can be, where its mask says so.
    pub masked_from: Option<f64>,
    /// The most that a masked value can be, where its mask says so.
    pub masked_to: Option<f64>,
    /// Whether the value is there, and if not, why not; absent where the tables name no state that there is.
    pub status: Option<Status>,
    /// How it came about.
    pub made: Made,
    /// The file that it was read from; empty where none is named.
    pub source: String,
}

impl TableCell {
    /// Whether this program withholds the value.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        self.status == Some(Status::Withheld)
    }

    /// Whether the source masks the value.
    #[must_use]
    pub fn is_masked(&self) -> bool {
        self.status == Some(Status::Masked)
    }

    /// What both tables say of one cell.
    fn join(&mut self, other: Self) {
        self.value = self.value.or(other.value);
        self.numerator = self.numerator.or(other.numerator);
        self.n = self.n.or(other.n);
        self.masked_from = self.masked_from.or(other.masked_from);
        self.masked_to = self.masked_to.or(other.masked_to);
        self.status = self.status.or(other.status);
        if self.made == Made::Published {
            self.made = other.made;
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

/// Whether a folder has the tables of a pack.
#[must_use]
pub fn has_tables(folder: &Path) -> bool {
    TABLES.iter().all(|(name, _)| folder.join("data").join(name).is_file())
}

impl PackTables {
    /// Reads of the tables of the pack in `folder` the districts' years that are `wanted`.
    ///
    /// # Errors
    /// Where one of them is not there, is no CSV, or lacks a column that says what a value is of.
    pub fn read(folder: &Path, wanted: impl Fn(&DistrictYear) -> bool) -> Result<Self, TablesError> {
        let mut tables = Self::default();
        for (name, people) in TABLES {
            let wrong = |message: String| TablesError { file: name.to_owned(), message };
            tables.add(&folder.join("data").join(name), people, &wanted).map_err(wrong)?;
        }
        Ok(tables)
    }

    /// Puts in what other tables show.
    pub fn join(&mut self, other: Self) {
        for (at, cells) in other.years {
            cells.into_iter().for_each(|(key, cell)| self.put(at.clone(), key, cell));
        }
    }

    /// The districts' years, in order.
    #[must_use]
    pub const fn years(&self) -> &BTreeMap<DistrictYear, Cells> {
        &self.years
    }

    /// Puts in a cell, joined with what is already there.
    pub fn put(&mut self, at: DistrictYear, key: MeasureKey, cell: TableCell) {
        match self.years.entry(at).or_default().entry(key) {
            std::collections::btree_map::Entry::Vacant(place) => _ = place.insert(cell),
            std::collections::btree_map::Entry::Occupied(mut there) => there.get_mut().join(cell),
        }
    }

    fn add(
        &mut self,
        path: &Path,
        people: &str,
        wanted: &impl Fn(&DistrictYear) -> bool,
    ) -> Result<(), String> {
        let mut reader = csv::Reader::from_path(path).map_err(|e| e.to_string())?;
        let header = reader.headers().map_err(|e| e.to_string())?.clone();
        let columns = Columns::find(&header, people)?;
        for record in reader.records() {
            let row = Row { record: record.map_err(|e| e.to_string())?, columns: &columns };
            let (at, key) = row.place()?;
            if wanted(&at) {
                self.put(at, key, row.cell());
            }
        }
        Ok(())
    }
}

/// Where the columns of a table are.
struct Columns {
    district: usize,
    year: usize,
    measure: usize,
    group: usize,
    grade: usize,
    subject: usize,
    value: usize,
    n: usize,
    status: usize,
    numerator: Option<usize>,
    masked_from: Option<usize>,
    masked_to: Option<usize>,
    derived: Option<usize>,
    method: Option<usize>,
    source: Option<usize>,
}

impl Columns {
    fn find(header: &csv::StringRecord, people: &str) -> Result<Self, String> {
        let known =
            |name: &str| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
        let needed = |name: &str| known(name).ok_or_else(|| format!("it has no column {name:?}"));
        Ok(Self {
            district: needed("district_id")?,
            year: needed("school_year")?,
            measure: needed("measure")?,
            group: needed("group")?,
            grade: needed("grade")?,
            subject: needed("subject")?,
            value: needed("value")?,
            n: needed(people)?,
            status: needed("status")?,
            numerator: known("numerator"),
            masked_from: known("masked_from"),
            masked_to: known("masked_to"),
            derived: known("derived"),
            method: known("method"),
            source: known("source_file"),
        })
    }
}

struct Row<'a> {
    record: csv::StringRecord,
    columns: &'a Columns,
}

impl Row<'_> {
    fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    fn optional(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.text(column))
    }

    fn number(&self, column: Option<usize>) -> Option<f64> {
        self.optional(column).parse().ok()
    }

    fn place(&self) -> Result<(DistrictYear, MeasureKey), String> {
        let columns = self.columns;
        let (year, grade) = (self.text(columns.year), self.text(columns.grade));
        let year = year.parse().map_err(|_| format!("{year:?} is no year"))?;
        let key = MeasureKey {
            measure: self.text(columns.measure).to_owned(),
            group: self.text(columns.group).to_owned(),
            grade: Grade::parse(grade).ok_or_else(|| format!("{grade:?} is no grade"))?,
            subject: self.text(columns.subject).to_owned(),
        };
        Ok((DistrictYear { district: self.text(columns.district).to_owned(), year }, key))
    }

    fn cell(&self) -> TableCell {
        let columns = self.columns;
        let status = self.text(columns.status);
        TableCell {
            value: written(self.text(columns.value)),
            numerator: self.number(columns.numerator),
            n: self.number(Some(columns.n)),
            masked_from: self.number(columns.masked_from),
            masked_to: self.number(columns.masked_to),
            status: STATUSES.into_iter().find(|known| known.id() == status),
            made: self.made(),
            source: self.optional(columns.source).to_owned(),
        }
    }

    fn made(&self) -> Made {
        match (self.optional(self.columns.derived), self.optional(self.columns.method)) {
            ("yes", _) => Made::Computed,
            (_, method) if method.contains(" cells") => Made::RolledUp,
            _ => Made::Published,
        }
    }
}

fn written(text: &str) -> Option<Written> {
    let number = text.parse().ok()?;
    let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals.trim_end_matches('0'));
    Some(Written { number, decimals: decimals.len() })
}
