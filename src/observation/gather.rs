//! Gathering what all files say: one list of words, one row for each value, the newer file before the older.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use polars::prelude::PolarsError;
use rayon::prelude::*;

use super::frame::{CellRef, Frame, Observed};
use super::reading::{FileDistrict, FileReading, FileRow};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Place, SourceRead};
use crate::domain::{District, DistrictId, KeyCode, MeasureKey, SchoolYear, Status, Terms};

/// All that was published: one value a row, with its source. Only [`gather`] makes one.
#[derive(Debug, Clone)]
pub struct Observations(Frame);

impl Deref for Observations {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.0
    }
}

/// The observations, with what is known of how they were read.
#[derive(Debug)]
pub struct Gathered {
    /// The observations.
    pub observations: Observations,
    /// What was read of each file, in the order of the sources.
    pub reports: Vec<SourceRead>,
    /// How many values a later file revised.
    pub revised: u64,
    /// Problems, in the order of the sources.
    pub diagnostics: Vec<Diagnostic>,
}

/// One row on its way into the frame.
struct Incoming {
    key: KeyCode,
    district: u32,
    file: u32,
    row: FileRow,
}

impl Incoming {
    const fn place_in_frame(&self) -> (KeyCode, u32, SchoolYear) {
        (self.key, self.district, self.row.year)
    }
}

/// Gathers the readings, which must come in the order of the project's sources: a later file's value takes the
/// place of an earlier one's.
///
/// # Errors
/// Where polars refuses the columns; it does not for columns of one length.
pub fn gather(mut readings: Vec<FileReading>, catalog: &Catalog) -> Result<Gathered, PolarsError> {
    let mut diagnostics: Vec<Diagnostic> =
        readings.iter_mut().flat_map(|r| std::mem::take(&mut r.diagnostics)).collect();
    diagnostics.extend(sheets_unread(&readings));
    let (districts, codes) = directory(&readings, &mut diagnostics);
    let terms = Arc::new(terms(&readings, catalog, districts));
    let mut rows: Vec<Incoming> = Vec::with_capacity(readings.iter().map(|r| r.rows.len()).sum());
    for (file, reading) in readings.iter_mut().enumerate() {
        let keys: Vec<KeyCode> = reading.keys.iter().filter_map(|k| terms.code(k)).collect();
        let codes = &codes[file];
        rows.extend(std::mem::take(&mut reading.rows).into_iter().filter_map(|row| {
            let district = codes[row.district as usize]?;
            Some(Incoming { key: keys[row.key as usize], district, file: file as u32, row })
        }));
    }
    rows.par_sort_unstable_by_key(|r| (r.place_in_frame(), r.file, r.row.sheet, r.row.row, r.row.column));
    let mut judge =
        Judge { terms: &terms, readings: &readings, diagnostics: &mut diagnostics, revised: BTreeMap::new() };
    rows.dedup_by(|next, kept| {
        let same = next.place_in_frame() == kept.place_in_frame();
        if same && judge.takes_over(kept, next) {
            std::mem::swap(kept, next);
        }
        same
    });
    let revised = judge.finish();
    let observations = frame(rows, &readings, terms)?;
    let reports = readings.into_iter().map(|r| r.report).collect();
    Ok(Gathered { observations, reports, revised, diagnostics })
}

fn frame(
    rows: Vec<Incoming>,
    readings: &[FileReading],
    terms: Arc<Terms>,
) -> Result<Observations, PolarsError> {
    let mut offsets = Vec::with_capacity(readings.len());
    let mut sheets: Vec<Place> = Vec::new();
    for reading in readings {
        offsets.push(sheets.len() as u32);
        sheets.extend(reading.sheets.iter().cloned());
    }
    let mut cells: Vec<CellRef> = Vec::with_capacity(rows.len());
    let mut ends = Vec::with_capacity(rows.len());
    for incoming in &rows {
        let FileRow { sheet, row, column, sum, .. } = incoming.row;
        let reading = &readings[incoming.file as usize];
        let sheet = offsets[incoming.file as usize] + u32::from(sheet);
        match sum.and_then(|n| reading.sums.get(n.get() as usize - 1)) {
            Some(parts) => {
                cells.extend(parts.iter().map(|(row, column)| CellRef { sheet, row: *row, column: *column }))
            }
            None => cells.push(CellRef { sheet, row, column }),
        }
        ends.push(cells.len() as u32);
    }
    let mut start = 0;
    let observed = rows.into_iter().zip(ends).map(|(incoming, end)| {
        let cells = std::mem::replace(&mut start, end)..end;
        let FileRow { year, status, numbers, .. } = incoming.row;
        let [value, numerator, denominator] = numbers.get();
        let public = readings[incoming.file as usize].public;
        let Incoming { key, district, .. } = incoming;
        Observed { key, district, year, value, numerator, denominator, status, derived: false, public, cells }
    });
    Frame::new(observed, &cells, Arc::new(sheets), terms).map(Observations)
}

/// A note for each sheet that no layout of its file reads.
fn sheets_unread(readings: &[FileReading]) -> Vec<Diagnostic> {
    let sheets =
        || readings.iter().flat_map(|r| r.report.sheets.iter().map(move |s| ((&r.report.path, &s.sheet), s)));
    let read: BTreeSet<_> = sheets().filter(|(_, s)| s.unread.is_none()).map(|(name, _)| name).collect();
    let unread: BTreeMap<_, &String> = sheets()
        .filter(|(name, _)| !read.contains(name))
        .filter_map(|(name, s)| Some((name, s.unread.as_ref()?)))
        .collect();
    let place = |(file, sheet): (&String, &Option<String>)| Place::sheet(file.clone(), sheet.as_deref());
    unread.into_iter().map(|(name, why)| Diagnostic::sheets_unread(place(name), why)).collect()
}

fn terms(readings: &[FileReading], catalog: &Catalog, districts: Vec<District>) -> Terms {
    let derived = catalog.measures.values().filter(|m| m.derive.is_some()).map(|m| &m.id);
    let keys = || readings.iter().flat_map(|r| &r.keys);
    let words =
        |part: fn(&MeasureKey) -> &String| keys().map(part).collect::<BTreeSet<_>>().into_iter().cloned();
    Terms {
        measures: keys()
            .map(|k| &k.measure)
            .chain(derived)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .cloned()
            .collect(),
        groups: words(|k| &k.group).collect(),
        grades: keys().map(|k| &k.grade).collect::<BTreeSet<_>>().into_iter().cloned().collect(),
        subjects: words(|k| &k.subject).collect(),
        districts,
    }
}

/// All districts, sorted by id, and for each file the code of each of its districts (`None` where unknown).
fn directory(
    readings: &[FileReading],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<District>, Vec<Vec<Option<u32>>>) {
    let mut newest: BTreeMap<&DistrictId, Newest<'_>> = BTreeMap::new();
    let mut names: BTreeMap<String, BTreeSet<&DistrictId>> = BTreeMap::new();
    for (file, district) in
        readings.iter().enumerate().flat_map(|(i, r)| r.districts.iter().map(move |d| (i, d)))
    {
        let Some(id) = &district.id else { continue };
        newest.entry(id).or_default().learn(file, district);
        if let Some(name) = &district.name {
            names.entry(name.to_lowercase()).or_default().insert(id);
        }
    }
    let ids: Vec<&DistrictId> = newest.keys().copied().collect();
    let districts = newest.iter().map(|(id, known)| known.district(id)).collect();
    let position = |id: &DistrictId| ids.binary_search(&id).ok().map(|i| i as u32);
    let mut find = |district: &FileDistrict| match (&district.id, &district.name) {
        (Some(id), _) => position(id),
        (None, Some(name)) => {
            let ids = names.get(&name.to_lowercase());
            let one = ids.filter(|ids| ids.len() == 1).and_then(BTreeSet::first);
            if one.is_none() {
                let why = if ids.is_none() {
                    "is known to no other source"
                } else {
                    "is the name of several districts"
                };
                diagnostics.push(Diagnostic::district_unknown(district.place.clone(), name, why));
            }
            position(one?)
        }
        (None, None) => None,
    };
    let codes = readings.iter().map(|r| r.districts.iter().map(&mut find).collect()).collect();
    (districts, codes)
}

/// What the newest source says of a district.
#[derive(Default)]
struct Newest<'a> {
    width: usize,
    name: Option<((Option<SchoolYear>, usize), &'a str)>,
    attributes: BTreeMap<&'a str, ((Option<SchoolYear>, usize), &'a str)>,
}

impl<'a> Newest<'a> {
    fn learn(&mut self, file: usize, district: &'a FileDistrict) {
        let age = (district.year, file);
        self.width = self.width.max(district.id_width);
        if let Some(name) = &district.name
            && self.name.as_ref().is_none_or(|(known, _)| *known <= age)
        {
            self.name = Some((age, name));
        }
        for (id, text) in &district.attributes {
            let known = self.attributes.entry(id).or_insert((age, text));
            if known.0 <= age {
                *known = (age, text);
            }
        }
    }

    fn district(&self, id: &DistrictId) -> District {
        let shown_id = id.padded(self.width);
        District {
            id: id.clone(),
            name: self.name.map_or_else(|| shown_id.clone(), |(_, name)| name.to_owned()),
            shown_id,
            attributes: self
                .attributes
                .iter()
                .map(|(k, (_, v))| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        }
    }
}

/// Decides between two values for the same thing, and keeps book of it.
struct Judge<'a> {
    terms: &'a Terms,
    readings: &'a [FileReading],
    diagnostics: &'a mut Vec<Diagnostic>,
    revised: BTreeMap<u32, (u64, Diagnostic)>,
}

impl Judge<'_> {
    /// Whether `next`, which is of the same file or a later one, takes the place of `kept`.
    ///
    /// A later file's number or mask does; a later file's missing value does not. Within one file the first
    /// number stays.
    fn takes_over(&mut self, kept: &Incoming, next: &Incoming) -> bool {
        let reported = |r: &Incoming| r.row.status == Status::Reported;
        let differ = reported(kept) && reported(next) && kept.row.numbers.value() != next.row.numbers.value();
        let (older, newer) = (self.shown(kept), self.shown(next));
        if kept.file == next.file {
            if differ {
                let place = self.place(next);
                let first = self.place(kept);
                let other = first.cell.clone().unwrap_or_default();
                let problem = Diagnostic::two_values(place, &self.what(next), &older, &newer, &other);
                self.diagnostics.push(problem);
            }
            return !reported(kept) && reported(next);
        }
        if differ {
            let problem = Diagnostic::revised(self.place(next), &self.what(next), &older, &newer, 1);
            self.revised.entry(next.file).or_insert((0, problem)).0 += 1;
        }
        reported(next) || (next.row.status == Status::Masked)
    }

    fn finish(self) -> u64 {
        let total = self.revised.values().map(|(count, _)| count).sum();
        self.diagnostics
            .extend(self.revised.into_values().map(|(count, problem)| Diagnostic { count, ..problem }));
        total
    }

    fn place(&self, row: &Incoming) -> Place {
        self.readings[row.file as usize].sheets[row.row.sheet as usize].at(row.row.row, row.row.column)
    }

    fn shown(&self, row: &Incoming) -> String {
        row.row.numbers.value().map_or_else(|| row.row.status.id().to_owned(), |n| n.to_string())
    }

    fn what(&self, row: &Incoming) -> String {
        let key = self.terms.key(row.key);
        let district = &self.terms.districts[row.district as usize];
        format!("{} of {} in {}", key.slug(), district.name, row.row.year)
    }
}
