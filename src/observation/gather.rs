//! Gathering what all files say: one list of words, one row for each value, the newer file before the older.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use polars::prelude::PolarsError;
use rayon::prelude::*;

use super::cells::{self, Cells};
use super::crosswalk::{Crosswalk, Join};
use super::directory::directory;
use super::frame::{Filling, Frame, Observed};
use super::judge::{Judge, Revision};
use super::keyed::{Keyed, Placed};
use super::reading::FileReading;
use super::rows::FileRow;
use super::schools::Adding;
use super::succession::Succession;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Place, Problems, SourceRead};
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
    let mut terms = terms(&readings, catalog, districts);
    let (origins, offsets) = cells::origins(&readings);
    let cells = Cells::new(&readings, offsets);
    let keyed = Keyed::new(&readings, &codes, &terms);
    let mut filling = Filling::with_capacity(keyed.len(), keyed.len());
    let mut join = Join::new(&succession, &terms, catalog);
    let mut adding = Adding { readings: &readings, terms: &terms, catalog, problems: Problems::default() };
    let mut judge = Judge::new(&terms, &readings, &cells, &origins);
    // Series by series, so that there is never a second copy of all rows.
    for series in keyed.batches(ROWS_AT_A_TIME) {
        let sorted: Vec<Vec<Placed>> = series.par_iter().map(|s| keyed.sorted(s, &succession)).collect();
        for ((key, _), rows) in series.iter().zip(sorted) {
            for same in rows.chunk_by(Placed::is_same) {
                let rows = same.iter().map(|placed| keyed.row(*key, placed));
                // Mostly there is nothing to decide and nothing to join.
                if let ([_], true, Some(only)) = (same, succession.is_empty(), rows.clone().next()) {
                    filling.push(&observed(&only), cells.of(&only).into_iter());
                    continue;
                }
                for joined in join.rows(adding.rows(&judge.settle(rows), &cells)) {
                    filling.push(&observed(&joined.row), joined.cells.into_iter());
                }
            }
        }
    }
    let (mut revisions, problems) = judge.finish();
    diagnostics.extend(problems);
    diagnostics.extend(adding.problems);
    diagnostics.extend(join.finish());
    retire(&mut filling, &mut revisions, &mut terms, &succession);
    let observations = Observations(filling.finish(Arc::new(origins), Arc::new(terms))?);
    let reports = readings.into_iter().map(|r| r.report).collect();
    Ok(Gathered { observations, reports, revisions, diagnostics })
}

/// How many rows are sorted at once, over all threads, and those of the series that goes beyond.
const ROWS_AT_A_TIME: usize = 1 << 19;

/// Takes districts that live on under another id out of the list.
fn retire(filling: &mut Filling, revisions: &mut [Revision], terms: &mut Terms, succession: &Succession) {
    if succession.is_empty() {
        return;
    }
    let used: BTreeSet<u32> = filling.districts_mut().iter().copied().collect();
    let stays = |code: u32| used.contains(&code) || !succession.hands_over(code);
    let mut codes = Vec::with_capacity(terms.districts.len());
    let mut next = 0;
    for old in 0..terms.districts.len() as u32 {
        codes.push(next);
        next += u32::from(stays(old));
    }
    let mut old = 0..;
    terms.districts.retain(|_| old.next().is_some_and(stays));
    let renumber = |district: &mut u32| *district = codes[*district as usize];
    filling.districts_mut().iter_mut().for_each(renumber);
    revisions.iter_mut().map(|revision| &mut revision.district).for_each(renumber);
}

fn observed(incoming: &Incoming) -> Observed {
    let Incoming { key, district, public, .. } = *incoming;
    let FileRow { year, status, numbers, .. } = incoming.row;
    let [value, numerator, denominator] = numbers.get();
    Observed {
        key,
        district,
        year,
        value,
        numerator,
        denominator,
        status,
        derived: false,
        public,
        cells: 0..0,
    }
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
    let derived =
        catalog.measures.values().filter(|m| m.derive.is_some() || !m.scored.is_empty()).map(|m| &m.id);
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
