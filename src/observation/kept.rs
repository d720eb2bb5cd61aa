//! A file's reading as bytes and back, to be kept between runs.
//!
//! Words and reports are JSON; the rows are columns, since there may be millions: whole numbers as differences from
//! the row before (mostly one byte each), values as they are in memory. A checksum over all of it tells whether it is
//! whole.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::reading::{FileDistrict, FileReading, FileRow, Numbers};
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
    sums: Vec<Vec<(u32, u32)>>,
    bounds: Vec<((u16, u32, u32), Bounds)>,
    public: bool,
    report: SourceRead,
    /// With what makes each like others of its kind.
    diagnostics: Vec<(Diagnostic, String)>,
    rows: usize,
}

#[derive(Serialize, Deserialize)]
struct KeptDistrict {
    id: Option<String>,
    id_width: usize,
    name: Option<String>,
    attributes: Vec<(String, String)>,
    year: Option<i32>,
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
            year: d.year.map(SchoolYear::end),
            place: d.place.clone(),
        };
        let words = Words {
            keys: self.keys.iter().map(key).collect(),
            districts: self.districts.iter().map(district).collect(),
            sheets: self.sheets.clone(),
            sums: self.sums.clone(),
            bounds: self.bounds.iter().map(|(cell, bounds)| (*cell, *bounds)).collect(),
            public: self.public,
            report: self.report.clone(),
            diagnostics: self.diagnostics.iter().map(|d| (d.clone(), d.like.clone())).collect(),
            rows: self.rows.len(),
        };
        // Plain data always becomes JSON; if it did not, what is kept would not be recalled.
        let json = serde_json::to_vec(&words).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.extend((json.len() as u64).to_le_bytes());
        bytes.extend(json);
        for part in WHOLE {
            keep_whole(&mut bytes, self.rows.iter().map(part.get));
        }
        for part in 0..3 {
            keep_numbers(&mut bytes, self.rows.iter().map(|row| row.numbers.get()[part]));
        }
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
        let (json, mut rest) = rest.split_at_checked(length)?;
        let words: Words = serde_json::from_slice(json).ok()?;
        let rows = rows(&mut rest, words.rows)?;
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
                year: d.year.and_then(|y| SchoolYear::ending(y).ok()),
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
            bounds: words.bounds.into_iter().collect::<BTreeMap<_, _>>(),
            public: words.public,
            report: words.report,
            diagnostics: diagnostics.collect(),
        })
    }
}

/// A whole-number part of a row.
struct Whole {
    get: fn(&FileRow) -> u32,
    set: fn(&mut FileRow, u32) -> Option<()>,
}

const WHOLE: [Whole; 8] = [
    Whole {
        get: |row| row.key,
        set: |row, n| {
            row.key = n;
            Some(())
        },
    },
    Whole {
        get: |row| row.district,
        set: |row, n| {
            row.district = n;
            Some(())
        },
    },
    Whole {
        get: |row| row.row,
        set: |row, n| {
            row.row = n;
            Some(())
        },
    },
    Whole {
        get: |row| row.column,
        set: |row, n| {
            row.column = n;
            Some(())
        },
    },
    Whole {
        get: |row| row.sum.map_or(0, NonZeroU32::get),
        set: |row, n| {
            row.sum = NonZeroU32::new(n);
            Some(())
        },
    },
    Whole {
        get: |row| u32::from(row.sheet),
        set: |row, n| u16::try_from(n).ok().map(|sheet| row.sheet = sheet),
    },
    Whole {
        get: |row| row.year.end() as u32,
        set: |row, n| SchoolYear::ending(n as i32).ok().map(|year| row.year = year),
    },
    Whole {
        get: |row| STATUSES.iter().position(|s| *s == row.status).unwrap_or(0) as u32,
        set: |row, n| STATUSES.get(n as usize).map(|status| row.status = *status),
    },
];

fn rows(bytes: &mut &[u8], count: usize) -> Option<Vec<FileRow>> {
    // Each row takes at least one byte for each of its whole numbers.
    if count > bytes.len() {
        return None;
    }
    let blank = FileRow {
        numbers: Numbers::new([None; 3]),
        key: 0,
        district: 0,
        row: 0,
        column: 0,
        sum: None,
        sheet: 0,
        year: SchoolYear::ending(2000).ok()?,
        status: Status::Missing,
    };
    let mut rows = vec![blank; count];
    for part in WHOLE {
        let mut last = 0i64;
        for row in &mut rows {
            last += difference(bytes)?;
            (part.set)(row, u32::try_from(last).ok()?)?;
        }
    }
    for part in 0..3 {
        recall_numbers(bytes, &mut rows, part)?;
    }
    bytes.is_empty().then_some(rows)
}

/// Whole numbers as differences, seven bits a byte, the least first, the sign in the lowest bit.
fn keep_whole(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let mut last = 0i64;
    for number in numbers {
        let difference = i64::from(number) - last;
        last = i64::from(number);
        let mut rest = ((difference << 1) ^ (difference >> 63)) as u64;
        while rest >= 0x80 {
            bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
}

fn difference(bytes: &mut &[u8]) -> Option<i64> {
    let mut rest = 0u64;
    for shift in (0..35).step_by(7) {
        let (byte, tail) = bytes.split_first()?;
        *bytes = tail;
        rest |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some((rest >> 1) as i64 ^ -((rest & 1) as i64));
        }
    }
    None
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

fn recall_numbers(bytes: &mut &[u8], rows: &mut [FileRow], part: usize) -> Option<()> {
    let (bits, mut rest) = bytes.split_at_checked(rows.len().div_ceil(8))?;
    for (i, row) in rows.iter_mut().enumerate() {
        if bits[i / 8] >> (i % 8) & 1 == 1 {
            let (number, tail) = rest.split_first_chunk::<8>()?;
            rest = tail;
            row.numbers.set(part, f64::from_le_bytes(*number));
        }
    }
    *bytes = rest;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::{FileReading, difference, keep_whole};
    use crate::catalog::Catalog;
    use crate::source;

    fn reading() -> FileReading {
        let catalog = Catalog::embedded().unwrap();
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/illinois");
        let file = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
        let mut files: Vec<_> = file.filter(|f| f.to_string_lossy().contains("iscipline")).collect();
        files.sort();
        let file = source::read(&source::Input::File(files[0].clone()), "discipline.xlsx").value;
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
            let mut bytes = Vec::new();
            keep_whole(&mut bytes, numbers.iter().copied());
            let (mut rest, mut last) = (bytes.as_slice(), 0);
            for number in numbers {
                last += difference(&mut rest).unwrap();
                proptest::prop_assert_eq!(last, i64::from(number));
            }
            proptest::prop_assert!(rest.is_empty());
        }
    }
}
