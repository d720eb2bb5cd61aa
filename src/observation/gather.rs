//! Combines the readings of all files: one list of terms, and one row per value, in which newer files take
//! precedence.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use polars::prelude::PolarsError;
use rayon::prelude::*;

use super::crosswalk::{Crosswalks, DistrictList};
use super::directory::{Directory, surveyed_district};
use super::file_cells::FileCells;
use super::frame::Frame;
use super::frame_builder::FrameBuilder;
use super::frame_row::Observed;
use super::incoming::IncomingRow;
use super::origins::Origins;
use super::past_join::PastJoiner;
use super::reading::FileReading;
use super::revision::{ConflictResolver, Revision};
use super::school_directory::{SchoolDirectory, SchoolNumbering, ToldSchools};
use super::school_names::NamedSchools;
use super::school_rates;
use super::school_sums::SchoolAdder;
use super::series_rows::{OrganizationCodes, PlacedRow, SeriesRange, SeriesRows};
use super::succession::Succession;
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::{Diagnostic, Place, SourceRead};
use crate::domain::{District, MeasureKey, School, SchoolScope, SchoolYear, Status, Terms};

/// How many rows are sorted at a time, over all threads; the series that crosses this limit is completed.
const ROWS_AT_A_TIME: usize = 1 << 19;

/// Everything that was published: one value per row, with its source. Only [`gather`] creates it.
#[derive(Debug, Clone)]
pub struct Observations(Frame);

impl Deref for Observations {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.0
    }
}

impl Observations {
    /// The observations with the values of `rows` missing, and their numerators and denominators.
    ///
    /// # Errors
    /// If polars rejects the columns, which it does not for columns of equal length.
    pub fn without(self, rows: &[usize]) -> Result<Self, PolarsError> {
        Ok(Self(self.0.clear(rows, &[], Status::Missing)?))
    }
}

/// The observations, and how they were read.
#[derive(Debug)]
pub struct Gathered {
    /// The observations.
    pub observations: Observations,
    /// What was read of each file, in the order of the sources.
    pub reports: Vec<SourceRead>,
    /// Values that a later file revised.
    pub revisions: Vec<Revision>,
    /// Problems, in the order of the sources.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a project is about.
#[derive(Debug, Clone, Default)]
pub struct GatherSubject<'a> {
    /// The district of a project that has surveys, by its id or name: it is there even if no table names any.
    pub surveyed: Option<&'a str>,
    /// Of which districts the single schools are kept.
    pub schools: SchoolScope,
}

impl GatherSubject<'_> {
    /// Of the schools of which districts problems are told.
    fn told(&self, districts: &[District]) -> ToldSchools {
        let Some(only) = self.schools.only() else { return ToldSchools::All };
        let code = districts.iter().position(|district| district.id == *only);
        code.map_or(ToldSchools::None, |code| ToldSchools::Of(code as u32))
    }
}

/// Combines the readings, which must be in the order of the project's sources: a later file's value replaces
/// an earlier one's. What was published about a district before it merged or changed its id is moved to its
/// successor, as given by `crosswalks`; the same of schools.
///
/// # Errors
/// If polars rejects the columns, which it does not for columns of equal length.
pub fn gather(
    mut readings: Vec<FileReading>,
    catalog: &Catalog,
    crosswalks: &Crosswalks,
    about: &GatherSubject<'_>,
) -> Result<Gathered, PolarsError> {
    let mut diagnostics: Vec<Diagnostic> =
        readings.iter_mut().flat_map(|reading| std::mem::take(&mut reading.diagnostics)).collect();
    diagnostics.extend(report_unread_sheets(&readings));
    let Directory { mut districts, codes, mut years } = Directory::new(&readings, catalog, &mut diagnostics);
    if districts.is_empty() {
        districts.extend(about.surveyed.and_then(|named| surveyed_district(named, catalog)));
        years.resize(districts.len(), None);
    }
    school_rates::weigh(&mut readings, &codes, catalog, &mut diagnostics);
    let told = about.told(&districts);
    let numbering = SchoolNumbering { first: districts.len() as u32, told };
    let SchoolDirectory { mut schools, codes: school_codes, places } =
        SchoolDirectory::new(&readings, &codes, catalog, numbering, &mut diagnostics);
    let named = NamedSchools { schools: &schools, places: &places, told };
    diagnostics.extend(named.doubles(&crosswalks.schools, &catalog.schools));
    let succession = crosswalks.succession(
        DistrictList { districts: &mut districts, years: &years },
        &mut schools,
        told,
        &mut diagnostics,
    );
    let mut terms = collect_terms(&readings, catalog, districts, schools);
    let codes = OrganizationCodes { districts: &codes, schools: &school_codes };
    let sources = GatheredSources { readings: &readings, catalog, codes, succession: &succession };
    let FrameRows { mut builder, mut revisions, origins } = sources.fill_frame(&terms, &mut diagnostics);
    retire_districts(&mut builder, &mut revisions, &mut terms, &succession);
    let observations = Observations(builder.finish(Arc::new(origins), Arc::new(terms))?);
    let reports = readings.into_iter().map(|reading| reading.report).collect();
    Ok(Gathered { observations, reports, revisions, diagnostics })
}

/// A note for each sheet that none of its file's layouts reads.
fn report_unread_sheets(readings: &[FileReading]) -> Vec<Diagnostic> {
    let sheets: Vec<(SheetName<'_>, Option<&str>)> = readings.iter().flat_map(sheets_of).collect();
    let read: BTreeSet<SheetName<'_>> =
        sheets.iter().filter(|(_, unread)| unread.is_none()).map(|(name, _)| *name).collect();
    let mut unread: BTreeMap<SheetName<'_>, &str> = BTreeMap::new();
    for (name, why) in sheets {
        if let Some(why) = why.filter(|_| !read.contains(&name)) {
            unread.insert(name, why);
        }
    }
    unread.into_iter().map(|(name, why)| Diagnostic::sheets_unread(name.place(), why)).collect()
}

/// A sheet, identified by its file and sheet names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SheetName<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
}

impl SheetName<'_> {
    fn place(self) -> Place {
        Place::sheet(self.file, self.sheet)
    }
}

/// The sheets of a file, each with the reason if it was not read.
fn sheets_of(reading: &FileReading) -> impl Iterator<Item = (SheetName<'_>, Option<&str>)> {
    let file = &reading.report.path;
    let reports = reading.report.sheets.iter();
    reports.map(move |report| (SheetName { file, sheet: report.sheet.as_deref() }, report.unread.as_deref()))
}

/// The terms for all codes: those in the readings, plus the measures computed from them.
fn collect_terms(
    readings: &[FileReading],
    catalog: &Catalog,
    districts: Vec<District>,
    schools: Vec<School>,
) -> Terms {
    let keys: BTreeSet<&MeasureKey> = readings.iter().flat_map(|reading| &reading.keys).collect();
    let computed =
        catalog.measures.values().filter(|measure| is_computed(measure)).map(|measure| &measure.id);
    Terms {
        measures: sorted_terms(keys.iter().map(|key| &key.measure).chain(computed)),
        groups: sorted_terms(keys.iter().map(|key| &key.group)),
        grades: sorted_terms(keys.iter().map(|key| &key.grade)),
        subjects: sorted_terms(keys.iter().map(|key| &key.subject)),
        districts,
        schools,
    }
}

fn is_computed(measure: &Measure) -> bool {
    measure.derive.is_some() || !measure.scored.is_empty()
}

/// The terms, sorted and without duplicates.
fn sorted_terms<'a, T: Ord + Clone + 'a>(terms: impl Iterator<Item = &'a T>) -> Vec<T> {
    terms.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

/// The data from which the rows of the frame are collected.
struct GatheredSources<'a> {
    readings: &'a [FileReading],
    catalog: &'a Catalog,
    codes: OrganizationCodes<'a>,
    succession: &'a Succession,
}

/// The rows of the frame.
struct FrameRows {
    builder: FrameBuilder,
    revisions: Vec<Revision>,
    origins: Origins,
}

impl GatheredSources<'_> {
    /// Collects the rows series by series, so there is never a second copy of all of them.
    fn fill_frame(&self, terms: &Terms, diagnostics: &mut Vec<Diagnostic>) -> FrameRows {
        let cells = FileCells::new(self.readings);
        let origins = cells.origins();
        let rows = SeriesRows::new(self.readings, self.codes, terms);
        let mut gatherer = SeriesGatherer {
            rows: &rows,
            cells: &cells,
            succession: self.succession,
            resolver: ConflictResolver::new(terms, self.readings, &cells, &origins),
            adder: SchoolAdder::new(self.readings, terms, self.catalog),
            joiner: PastJoiner::new(self.succession, terms, self.catalog),
            builder: FrameBuilder::with_capacity(rows.len(), rows.len()),
        };
        for batch in rows.batches(ROWS_AT_A_TIME) {
            gatherer.add_batch(batch);
        }
        let SeriesGatherer { resolver, adder, joiner, builder, .. } = gatherer;
        let (revisions, problems) = resolver.finish();
        diagnostics.extend(problems);
        diagnostics.extend(adder.finish());
        diagnostics.extend(joiner.finish());
        FrameRows { builder, revisions, origins }
    }
}

/// Fills the frame, one series after the other.
struct SeriesGatherer<'a> {
    rows: &'a SeriesRows<'a>,
    cells: &'a FileCells<'a>,
    succession: &'a Succession,
    resolver: ConflictResolver<'a>,
    adder: SchoolAdder<'a>,
    joiner: PastJoiner<'a>,
    builder: FrameBuilder,
}

impl SeriesGatherer<'_> {
    /// Adds some series, whose rows are sorted in parallel.
    fn add_batch(&mut self, batch: &[SeriesRange]) {
        let (rows, succession) = (self.rows, self.succession);
        let sorted: Vec<Vec<PlacedRow>> =
            batch.par_iter().map(|series| rows.sorted(series, succession)).collect();
        for (series, rows) in batch.iter().zip(sorted) {
            for same in rows.chunk_by(PlacedRow::is_same) {
                self.add_position(series, same);
            }
        }
    }

    /// Adds the rows of one series, district or school, and year.
    fn add_position(&mut self, series: &SeriesRange, placed: &[PlacedRow]) {
        let rows = self.rows;
        let mut incoming = placed.iter().map(|placed| rows.incoming(series.key, placed));
        // Usually there is nothing to decide and nothing to combine.
        if placed.len() == 1 && self.succession.is_empty() {
            if let Some(only) = incoming.next() {
                self.builder.push(&observed(&only), self.cells.behind(&only).into_iter());
            }
            return;
        }
        let resolved = self.resolver.resolve(incoming);
        let added = self.adder.add_up(&resolved, self.cells);
        for joined in self.joiner.join(added) {
            self.builder.push(&observed(&joined.row), joined.cells.into_iter());
        }
    }
}

fn observed(incoming: &IncomingRow) -> Observed {
    let [value, numerator, denominator] = incoming.row.numbers.get();
    Observed {
        key: incoming.key,
        district: incoming.district,
        year: incoming.row.year,
        value,
        numerator,
        denominator,
        status: incoming.row.status,
        derived: false,
        public: incoming.public,
        cells: 0..0,
    }
}

/// Removes from the terms the districts and schools that continue under another id and have no values of their own.
fn retire_districts(
    builder: &mut FrameBuilder,
    revisions: &mut [Revision],
    terms: &mut Terms,
    succession: &Succession,
) {
    if succession.is_empty() {
        return;
    }
    let used: BTreeSet<u32> = builder.districts_mut().iter().copied().collect();
    let mut retirement = Retirement { used: &used, succession, new_codes: Vec::new(), kept: 0 };
    let first_school = terms.first_school();
    let districts = std::mem::take(&mut terms.districts);
    terms.districts = retirement.keep(districts, 0);
    let schools = std::mem::take(&mut terms.schools);
    terms.schools = retirement.keep(schools, first_school);
    let new_codes = retirement.new_codes;
    for school in &mut terms.schools {
        // A school of a district that was taken over is a school of its successor.
        let district = SchoolYear::ending(school.last_year)
            .map_or(school.district, |year| succession.successor(school.district, year));
        school.district = new_codes[district as usize];
    }
    for code in builder.districts_mut() {
        *code = new_codes[*code as usize];
    }
    for revision in revisions {
        revision.district = new_codes[revision.district as usize];
    }
}

/// New codes without the organizations that have retired.
struct Retirement<'a> {
    used: &'a BTreeSet<u32>,
    succession: &'a Succession,
    /// The new code of each old one.
    new_codes: Vec<u32>,
    kept: u32,
}

impl Retirement<'_> {
    /// The organizations that have not retired; the old code of the first is `first`.
    fn keep<T>(&mut self, organizations: Vec<T>, first: u32) -> Vec<T> {
        let mut remaining = Vec::with_capacity(organizations.len());
        for (old_code, organization) in (first..).zip(organizations) {
            self.new_codes.push(self.kept);
            if self.used.contains(&old_code) || !self.succession.hands_over(old_code) {
                self.kept += 1;
                remaining.push(organization);
            }
        }
        remaining
    }
}
