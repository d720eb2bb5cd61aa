//! A file's reading as bytes and back, to be kept between runs.
//!
//! Words and reports are JSON; the rows are columns, since there may be millions: whole numbers as differences from
//! the row before (mostly one byte each), values as they are in memory. A checksum over all of it tells whether it is
//! whole.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::reading::{FileDistrict, FileReading};
use super::rows::{FileRow, Numbers, Rows, Sums};
use crate::catalog::Bounds;
use crate::diagnostic::{Diagnostic, Place, SourceRead};
use crate::domain::{DistrictId, Grade, MeasureKey, SchoolYear, Status};

const MAGIC: &[u8; 8] = b"retreat1";
const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];

/// All of a reading but its rows.
#[derive(Serialize, Deserialize)]
struct Words {
    keys: Vec<[String; 4]>,
    districts: Vec<KeptDistrict>,
    sheets: Vec<Place>,
    sums: Sums,
    schools: Vec<Vec<String>>,
    said: Vec<Bounds>,
    public: bool,
    report: SourceRead,
    /// With what makes each like others of its kind.
    diagnostics: Vec<(Diagnostic, String)>,
    rows: usize,
    /// How many bytes each column of the rows takes.
    columns: [usize; COLUMNS],
}

#[derive(Serialize, Deserialize)]
struct KeptDistrict {
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
    pub fn keep(&self) -> Vec<u8> {
        let key =
            |k: &MeasureKey| [k.measure.clone(), k.group.clone(), k.grade.id().to_owned(), k.subject.clone()];
        let district = |d: &FileDistrict| KeptDistrict {
            id: d.id.as_ref().map(|id| id.as_str().to_owned()),
            id_width: d.id_width,
            name: d.name.clone(),
            attributes: d.attributes.clone(),
            years: d.years.iter().map(|year| year.map(SchoolYear::end)).collect(),
            place: d.place.clone(),
        };
        let columns = columns(&self.rows);
        let words = Words {
            keys: self.keys.iter().map(key).collect(),
            districts: self.districts.iter().map(district).collect(),
            sheets: self.sheets.clone(),
            sums: self.sums.clone(),
            schools: self.schools.clone(),
            said: self.rows.said().to_vec(),
            public: self.public,
            report: self.report.clone(),
            diagnostics: self.diagnostics.as_slice().iter().map(|d| (d.clone(), d.like.clone())).collect(),
            rows: self.rows.len(),
            columns: columns.each_ref().map(Vec::len),
        };
        // Plain data always becomes JSON; if it did not, what is kept would not be recalled.
        let json = serde_json::to_vec(&words).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.extend((json.len() as u64).to_le_bytes());
        bytes.extend(json);
        columns.iter().for_each(|column| bytes.extend_from_slice(column));
        let check = crc32fast::hash(&bytes);
        bytes.extend(check.to_le_bytes());
        bytes
    }

    /// The reading that `bytes` hold; `None` where they are damaged or not of this kind.
    #[must_use]
    pub fn recall(bytes: &[u8]) -> Option<Self> {
        let (bytes, check) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
        if crc32fast::hash(bytes).to_le_bytes() != check {
            return None;
        }
        let rest = bytes.strip_prefix(MAGIC)?;
        let (length, rest) = rest.split_at_checked(8)?;
        let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
        let (json, rest) = rest.split_at_checked(length)?;
        let words: Words = serde_json::from_slice(json).ok()?;
        let rows = rows(rest, &words)?;
        let key = |[measure, group, grade, subject]: [String; 4]| {
            Some(MeasureKey { measure, group, grade: Grade::parse(&grade)?, subject })
        };
        let district = |d: KeptDistrict| {
            Some(FileDistrict {
                id: match d.id {
                    Some(id) => Some(DistrictId::new(&id)?),
                    None => None,
                },
                id_width: d.id_width,
                name: d.name,
                attributes: d.attributes,
                years: d.years.into_iter().map(|y| y.and_then(|y| SchoolYear::ending(y).ok())).collect(),
                place: d.place,
            })
        };
        let diagnostics = words.diagnostics.into_iter().map(|(problem, like)| Diagnostic { like, ..problem });
        Some(Self {
            keys: words.keys.into_iter().map(key).collect::<Option<_>>()?,
            districts: words.districts.into_iter().map(district).collect::<Option<_>>()?,
            rows,
            sheets: words.sheets,
            sums: words.sums,
            schools: words.schools,
            public: words.public,
            report: words.report,
            diagnostics: diagnostics.collect(),
        })
    }
}

/// Nine whole numbers and three values a row.
const WHOLE: usize = 9;
const COLUMNS: usize = WHOLE + 3;

fn columns(rows: &Rows) -> [Vec<u8>; COLUMNS] {
    let mut columns: [Vec<u8>; COLUMNS] = Default::default();
    let mut last = [0; WHOLE];
    for (i, row) in rows.from(0).enumerate() {
        let status = STATUSES.iter().position(|s| *s == row.status).unwrap_or(0) as u32;
        let sum = row.sum.map_or(0, NonZeroU32::get);
        let (sheet, year) = (u32::from(row.sheet), row.year.end() as u32);
        let whole = [
            row.key,
            row.district,
            row.row,
            u32::from(row.column),
            sum,
            sheet,
            year,
            status,
            rows.saying_of(i),
        ];
        for (column, (last, number)) in columns.iter_mut().zip(last.iter_mut().zip(whole)) {
            keep_whole(column, last, number);
        }
    }
    for (part, column) in columns[WHOLE..].iter_mut().enumerate() {
        keep_numbers(column, rows.from(0).map(|row| row.numbers.get()[part]));
    }
    columns
}

/// The rows, in one pass over all columns at once.
fn rows(mut bytes: &[u8], words: &Words) -> Option<Rows> {
    let count = words.rows;
    let mut columns = [[].as_slice(); COLUMNS];
    for (column, length) in columns.iter_mut().zip(&words.columns) {
        (*column, bytes) = bytes.split_at_checked(*length)?;
    }
    // Each row takes at least a byte in each column of whole numbers.
    if !bytes.is_empty() || columns[0].len() < count {
        return None;
    }
    let (whole, numbers) = columns.split_at(WHOLE);
    let mut whole: Vec<Wholes<'_>> = whole.iter().map(|bytes| Wholes::new(bytes)).collect();
    let mut numbers: Vec<Values<'_>> =
        numbers.iter().map(|bytes| Values::new(bytes, count)).collect::<Option<_>>()?;
    let mut rows = Rows::default();
    for i in 0..count {
        let mut next = [0; WHOLE];
        for (number, column) in next.iter_mut().zip(&mut whole) {
            *number = column.next()?;
        }
        let [key, district, row, column, sum, sheet, year, status, said] = next;
        rows.push(FileRow {
            numbers: Numbers::new([numbers[0].next(i)?, numbers[1].next(i)?, numbers[2].next(i)?]),
            key,
            district,
            row,
            column: u16::try_from(column).ok()?,
            sum: NonZeroU32::new(sum),
            sheet: u16::try_from(sheet).ok()?,
            year: SchoolYear::ending(year as i32).ok()?,
            status: *STATUSES.get(status as usize)?,
            bounds: match said.checked_sub(1) {
                Some(at) => Some(*words.said.get(at as usize)?),
                None => None,
            },
        });
    }
    Some(rows)
}

/// A whole number as its difference from the last, seven bits a byte, the least first, the sign in the lowest bit.
fn keep_whole(bytes: &mut Vec<u8>, last: &mut i64, number: u32) {
    let difference = i64::from(number) - *last;
    *last = i64::from(number);
    let mut rest = ((difference << 1) ^ (difference >> 63)) as u64;
    while rest >= 0x80 {
        bytes.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Whole numbers being read.
struct Wholes<'a> {
    bytes: &'a [u8],
    last: i64,
}

impl<'a> Wholes<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, last: 0 }
    }

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let mut rest = 0u64;
        for shift in (0..35).step_by(7) {
            let (byte, tail) = self.bytes.split_first()?;
            self.bytes = tail;
            rest |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                self.last += (rest >> 1) as i64 ^ -((rest & 1) as i64);
                return u32::try_from(self.last).ok();
            }
        }
        None
    }
}

/// Numbers, some of them absent: a bit for each that is there, then those that are.
fn keep_numbers(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = Option<f64>> + Clone) {
    let mut bits = 0u8;
    let mut count = 0;
    for number in numbers.clone() {
        bits |= u8::from(number.is_some()) << (count % 8);
        count += 1;
        if count % 8 == 0 {
            bytes.push(std::mem::take(&mut bits));
        }
    }
    if count % 8 != 0 {
        bytes.push(bits);
    }
    numbers.flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
}

/// Numbers being read.
struct Values<'a> {
    bits: &'a [u8],
    bytes: &'a [u8],
}

impl<'a> Values<'a> {
    fn new(bytes: &'a [u8], count: usize) -> Option<Self> {
        let (bits, bytes) = bytes.split_at_checked(count.div_ceil(8))?;
        Some(Self { bits, bytes })
    }

    /// The number of row `i`, which may be none; `None` where the bytes end too early.
    #[inline]
    fn next(&mut self, i: usize) -> Option<Option<f64>> {
        if self.bits[i / 8] >> (i % 8) & 1 == 0 {
            return Some(None);
        }
        let (number, tail) = self.bytes.split_first_chunk::<8>()?;
        self.bytes = tail;
        Some(Some(f64::from_le_bytes(*number)))
    }
}

#[cfg(test)]
mod tests {
    use super::{FileReading, Wholes, keep_whole};
    use crate::catalog::Catalog;

    fn reading() -> FileReading {
        let catalog = Catalog::embedded().unwrap();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/illinois");
        let file = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
        let mut files: Vec<_> = file.filter(|f| f.to_string_lossy().contains("iscipline")).collect();
        files.sort();
        let file = sheets::read(&sheets::Input::File(files[0].clone()), "discipline.xlsx").value;
        crate::observation::read_file(&file, &catalog.layouts["il-discipline"], &catalog).unwrap()
    }

    #[test]
    fn what_is_kept_is_recalled_whole() {
        let reading = reading();
        assert!(reading.rows.len() > 50 && !reading.sums.is_empty());
        let recalled = FileReading::recall(&reading.keep()).unwrap();
        assert_eq!(format!("{reading:?}"), format!("{recalled:?}"));
    }

    #[test]
    fn what_is_damaged_is_not() {
        let mut bytes = reading().keep();
        for at in (0..bytes.len()).step_by(97) {
            bytes[at] ^= 0x10;
            assert!(FileReading::recall(&bytes).is_none(), "byte {at}");
            bytes[at] ^= 0x10;
        }
        assert!(FileReading::recall(&bytes[..bytes.len() - 1]).is_none());
        assert!(FileReading::recall(&[]).is_none());
    }

    proptest::proptest! {
        #[test]
        fn whole_numbers_come_back(numbers: Vec<u32>) {
            let (mut bytes, mut last) = (Vec::new(), 0);
            numbers.iter().for_each(|number| keep_whole(&mut bytes, &mut last, *number));
            let mut recalled = Wholes::new(&bytes);
            for number in numbers {
                proptest::prop_assert_eq!(recalled.next(), Some(number));
            }
            proptest::prop_assert_eq!(recalled.next(), None);
        }
    }
}
