//! Encodes a file's reading as bytes and decodes it, so that it can be cached between runs.
//!
//! Text and reports are JSON, and the rows are columns of numbers.

use serde::{Deserialize, Serialize};

use super::reading::{FileDistrict, FileReading};
use super::row_coding::{COLUMNS, decode_rows, encode_rows};
use super::school_rows::SchoolRows;
use super::school_values::SchoolValues;
use super::schools::{FileSchool, SchoolIndex};
use super::sealed::{Sealed, Sign, seal, unseal};
use super::sum_parts::SumParts;
use crate::catalog::Bounds;
use crate::diagnostic::{Diagnostic, Place, SourceRead};
use crate::domain::{DistrictId, Grade, MeasureKey, SchoolYear};

/// The first bytes of each encoded reading.
const SIGN: &Sign = b"retreat1";

/// A reading without its rows.
#[derive(Serialize, Deserialize)]
struct EncodedReading {
    keys: Vec<[String; 4]>,
    districts: Vec<EncodedDistrict>,
    sheets: Vec<Place>,
    sums: SumParts,
    schools: Vec<FileSchool>,
    school_values: SchoolValues,
    #[serde(rename = "said")]
    mark_bounds: Vec<Bounds>,
    /// The school of each row about a school, and the bounds of these rows.
    schools_of_rows: Vec<SchoolIndex>,
    school_bounds: Vec<Bounds>,
    public: bool,
    report: SourceRead,
    /// With the text by which problems of the same kind are combined.
    diagnostics: Vec<(Diagnostic, String)>,
    rows: usize,
    /// Length of each column of the rows in bytes.
    columns: [usize; COLUMNS],
    /// The same of the rows about schools, which follow.
    school_columns: [usize; COLUMNS],
}

#[derive(Serialize, Deserialize)]
struct EncodedDistrict {
    id: Option<String>,
    id_width: usize,
    name: Option<String>,
    attributes: Vec<(String, String)>,
    years: Vec<Option<i32>>,
    place: Place,
}

impl FileReading {
    /// The reading as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let columns = [encode_rows(&self.rows), encode_rows(&self.school_rows.rows)];
        let [of_rows, of_schools] = columns.each_ref().map(|columns| columns.each_ref().map(Vec::len));
        let encoded = EncodedReading::new(self, of_rows, of_schools);
        // Plain data can always be converted to JSON; if not, the bytes would not be read back.
        let json = serde_json::to_vec(&encoded).unwrap_or_default();
        seal(SIGN, &json, columns.iter().flatten().map(Vec::as_slice))
    }

    /// The reading encoded in `bytes`; `None` if they are damaged or in another format.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let Sealed { json, columns } = unseal(SIGN, bytes)?;
        let encoded: EncodedReading = serde_json::from_slice(json).ok()?;
        encoded.decode(columns)
    }
}

impl EncodedReading {
    fn new(reading: &FileReading, columns: [usize; COLUMNS], school_columns: [usize; COLUMNS]) -> Self {
        let diagnostics = reading.diagnostics.as_slice().iter();
        Self {
            keys: reading.keys.iter().map(encode_key).collect(),
            districts: reading.districts.iter().map(EncodedDistrict::new).collect(),
            sheets: reading.sheets.clone(),
            sums: reading.sums.clone(),
            schools: reading.schools.clone(),
            school_values: reading.school_values.clone(),
            mark_bounds: reading.rows.mark_bounds().to_vec(),
            schools_of_rows: reading.school_rows.schools.clone(),
            school_bounds: reading.school_rows.rows.mark_bounds().to_vec(),
            public: reading.public,
            report: reading.report.clone(),
            diagnostics: diagnostics.map(|problem| (problem.clone(), problem.like.clone())).collect(),
            rows: reading.rows.len(),
            columns,
            school_columns,
        }
    }

    /// The reading, with its rows from `bytes`.
    fn decode(self, bytes: &[u8]) -> Option<FileReading> {
        let diagnostics = self.diagnostics.into_iter().map(|(problem, like)| Diagnostic { like, ..problem });
        let (of_rows, of_schools) = bytes.split_at_checked(self.columns.iter().sum())?;
        let school_rows = SchoolRows {
            rows: decode_rows(
                of_schools,
                &self.school_columns,
                self.schools_of_rows.len(),
                &self.school_bounds,
            )?,
            schools: self.schools_of_rows,
        };
        Some(FileReading {
            keys: self.keys.into_iter().map(decode_key).collect::<Option<_>>()?,
            districts: self.districts.into_iter().map(EncodedDistrict::decode).collect::<Option<_>>()?,
            rows: decode_rows(of_rows, &self.columns, self.rows, &self.mark_bounds)?,
            school_rows,
            sheets: self.sheets,
            sums: self.sums,
            schools: self.schools,
            school_values: self.school_values,
            public: self.public,
            report: self.report,
            diagnostics: diagnostics.collect(),
        })
    }
}

fn encode_key(key: &MeasureKey) -> [String; 4] {
    [key.measure.clone(), key.group.clone(), key.grade.id().to_owned(), key.subject.clone()]
}

fn decode_key(key: [String; 4]) -> Option<MeasureKey> {
    let [measure, group, grade, subject] = key;
    Some(MeasureKey { measure, group, grade: Grade::parse(&grade)?, subject })
}

impl EncodedDistrict {
    fn new(district: &FileDistrict) -> Self {
        Self {
            id: district.id.as_ref().map(|id| id.as_str().to_owned()),
            id_width: district.id_width,
            name: district.name.clone(),
            attributes: district.attributes.clone(),
            years: district.years.iter().map(|year| year.map(SchoolYear::end)).collect(),
            place: district.place.clone(),
        }
    }

    fn decode(self) -> Option<FileDistrict> {
        let id = match self.id {
            Some(id) => Some(DistrictId::new(&id)?),
            None => None,
        };
        Some(FileDistrict {
            id,
            id_width: self.id_width,
            name: self.name,
            attributes: self.attributes,
            years: self.years.into_iter().map(decode_year).collect(),
            place: self.place,
        })
    }
}

fn decode_year(end: Option<i32>) -> Option<SchoolYear> {
    SchoolYear::ending(end?).ok()
}

#[cfg(test)]
mod tests {
    use super::FileReading;
    use crate::catalog::Catalog;
    use crate::domain::SchoolScope;
    use crate::observation::LayoutReader;
    use sheets;

    fn reading() -> FileReading {
        let catalog = Catalog::embedded().unwrap();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/illinois");
        let file = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
        let mut files: Vec<_> = file.filter(|f| f.to_string_lossy().contains("iscipline")).collect();
        files.sort();
        let file = sheets::read(&sheets::Input::File(files[0].clone()), "discipline.xlsx").value;
        let layout = &catalog.layouts["il-discipline"];
        let reader = LayoutReader::new(layout, &catalog).unwrap();
        reader.with_schools(SchoolScope::EveryDistrict).read(&file)
    }

    #[test]
    fn a_stored_reading_loads_unchanged() {
        let reading = reading();
        assert!(reading.rows.len() > 50 && !reading.sums.is_empty());
        let recalled = FileReading::from_bytes(&reading.to_bytes()).unwrap();
        assert_eq!(format!("{reading:?}"), format!("{recalled:?}"));
    }

    #[test]
    fn a_damaged_entry_does_not_load() {
        let mut bytes = reading().to_bytes();
        for at in (0..bytes.len()).step_by(97) {
            bytes[at] ^= 0x10;
            assert!(FileReading::from_bytes(&bytes).is_none(), "byte {at}");
            bytes[at] ^= 0x10;
        }
        assert!(FileReading::from_bytes(&bytes[..bytes.len() - 1]).is_none());
        assert!(FileReading::from_bytes(&[]).is_none());
    }
}
