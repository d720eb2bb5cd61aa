//! Gathering what all files say: one list of words, one row for each value, the newer file before the older.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use polars::prelude::PolarsError;
use rayon::prelude::*;

use super::crosswalk::{Crosswalk, Succession};
use super::directory::directory;
use super::frame::{CellRef, Frame, Observed, Origins};
use super::judge::{Judge, Revision};
use super::reading::{FileReading, FileRow};
use crate::catalog::{Bounds, Catalog};
use crate::diagnostic::{Diagnostic, Place, SourceRead};
use crate::domain::{District, KeyCode, MeasureKey, SchoolYear, Terms};

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
    /// The values that a later file revised.
    pub revisions: Vec<Revision>,
    /// Problems, in the order of the sources.
    pub diagnostics: Vec<Diagnostic>,
}

/// One row on its way into the frame.
#[derive(Clone, Copy)]
pub(super) struct Incoming {
    pub(super) key: KeyCode,
    pub(super) district: u32,
    /// The district that published it, where the crosswalk hands it to another.
    pub(super) origin: u32,
    pub(super) file: u32,
    /// Whether its publisher had made it public as it stands.
    pub(super) public: bool,
    pub(super) row: FileRow,
}

impl Incoming {
    pub(super) const fn position(&self) -> (KeyCode, u32, SchoolYear) {
        (self.key, self.district, self.row.year)
    }
}

/// Gathers the readings, which must come in the order of the project's sources: a later file's value takes the
/// place of an earlier one's. What was published of a district before it merged or changed its id is handed to its
/// successor, as `crosswalk` says.
///
/// # Errors
/// Where polars refuses the columns; it does not for columns of one length.
pub fn gather(
    mut readings: Vec<FileReading>,
    catalog: &Catalog,
    crosswalk: &Crosswalk,
) -> Result<Gathered, PolarsError> {
    let mut diagnostics: Vec<Diagnostic> =
        readings.iter_mut().flat_map(|r| std::mem::take(&mut r.diagnostics)).collect();
    diagnostics.extend(sheets_unread(&readings));
    let (mut districts, codes) = directory(&readings, &mut diagnostics);
    let succession = crosswalk.succession(&mut districts, &mut diagnostics);
    let mut terms = Arc::new(terms(&readings, catalog, districts));
    let mut rows: Vec<Incoming> = Vec::with_capacity(readings.iter().map(|r| r.rows.len()).sum());
    for (file, reading) in readings.iter_mut().enumerate() {
        let keys: Vec<KeyCode> = reading.keys.iter().filter_map(|k| terms.code(k)).collect();
        let codes = &codes[file];
        rows.extend(std::mem::take(&mut reading.rows).into_iter().filter_map(|row| {
            let origin = codes[row.district as usize]?;
            let district = succession.successor(origin, row.year);
            let key = keys[row.key as usize];
            Some(Incoming { key, district, origin, file: file as u32, public: reading.public, row })
        }));
    }
    let order = |r: &Incoming| (r.position(), r.origin, r.file, r.row.sheet, r.row.row, r.row.column);
    rows.par_sort_unstable_by_key(order);
    let mut judge =
        Judge { terms: &terms, readings: &readings, diagnostics: &mut diagnostics, revisions: Vec::new() };
    rows.dedup_by(|next, kept| {
        let same = (next.position(), next.origin) == (kept.position(), kept.origin);
        if same && judge.takes_over(kept, next) {
            std::mem::swap(kept, next);
        }
        same
    });
    let mut revisions = judge.finish();
    if !succession.is_empty() {
        rows = succession.join(rows, &mut readings, &terms, catalog, &mut diagnostics);
        retire(&mut rows, &mut revisions, Arc::make_mut(&mut terms), &succession);
    }
    let observations = frame(rows, &readings, terms)?;
    let reports = readings.into_iter().map(|r| r.report).collect();
    Ok(Gathered { observations, reports, revisions, diagnostics })
}

/// Takes districts that live on under another id out of the list.
fn retire(rows: &mut [Incoming], revisions: &mut [Revision], terms: &mut Terms, succession: &Succession) {
    let used: BTreeSet<u32> = rows.iter().map(|r| r.district).collect();
    let stays = |code: u32| used.contains(&code) || !succession.hands_over(code);
    let mut codes = Vec::with_capacity(terms.districts.len());
    let mut next = 0;
    for old in 0..terms.districts.len() as u32 {
        codes.push(next);
        next += u32::from(stays(old));
    }
    let mut old = 0..;
    terms.districts.retain(|_| old.next().is_some_and(stays));
    rows.iter_mut().for_each(|row| row.district = codes[row.district as usize]);
    revisions.iter_mut().for_each(|revision| revision.district = codes[revision.district as usize]);
}

fn frame(
    rows: Vec<Incoming>,
    readings: &[FileReading],
    terms: Arc<Terms>,
) -> Result<Observations, PolarsError> {
    let mut offsets = Vec::with_capacity(readings.len());
    let mut origins = Origins::default();
    for reading in readings {
        let offset = origins.sheets.len() as u32;
        offsets.push(offset);
        origins.sheets.extend(reading.sheets.iter().cloned());
        let placed = |(&(sheet, row, column), bounds): (&(u16, u32, u32), &Bounds)| {
            (CellRef { sheet: offset + u32::from(sheet), row, column }, *bounds)
        };
        origins.bounds.extend(reading.bounds.iter().map(placed));
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
        let Incoming { key, district, public, .. } = incoming;
        Observed { key, district, year, value, numerator, denominator, status, derived: false, public, cells }
    });
    Frame::new(observed, &cells, Arc::new(origins), terms).map(Observations)
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
