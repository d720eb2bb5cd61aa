//! Districts and schools that merge, split or change their id, according to a table in the project.
//!
//! The crosswalk has a row for each succession: `from_id`, `to_id`, `school_year` (the first in which it
//! applies) and a `note`. A merger lists every part, including the one that keeps its id. A changed id moves
//! the whole past to the new id. A merger moves the combined past of its parts: counts are added up and rates
//! weighted, but only for years in which every part has the value; a break is marked. A school that stays is a part of its merger
//! even without a row, if it had values beside the other part; this is noted. A split moves no past
//! to its parts, since nobody published it; a break is marked on the district that keeps the old id.

use std::collections::{BTreeMap, BTreeSet};

use super::school_directory::ToldSchools;
use super::succession::{Handover, Succession};
use super::text_match::{alike, folded};
use crate::diagnostic::{Diagnostic, Problems, Warned};
use crate::domain::{Break, District, DistrictId, LoneYear, School, SchoolId, SchoolYear};
use crate::wording::reading as wording;
use sheets::{Row, Sheet, SourceFile};

/// The table's columns.
const COLUMNS: [&str; 4] = ["from_id", "to_id", "school_year", "note"];

/// The successions of a project's districts or schools; empty if nothing changed.
#[derive(Debug, Clone, Default)]
pub struct Crosswalk {
    steps: Vec<CrosswalkRow>,
    file: String,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct CrosswalkRow {
    year: SchoolYear,
    from: DistrictId,
    to: DistrictId,
    note: String,
}

impl Crosswalk {
    /// Reads the table in `file`. A row that cannot be read is left out and reported.
    #[must_use]
    pub fn read(file: &SourceFile) -> Warned<Self> {
        let mut crosswalk = Self { steps: Vec::new(), file: file.file.clone() };
        let mut diagnostics = Vec::new();
        if let Some(sheet) = file.sheets.first() {
            match CrosswalkColumns::find(sheet) {
                Ok(columns) => crosswalk.steps = columns.read_rows(sheet, &mut diagnostics),
                Err(problem) => diagnostics.push(*problem),
            }
        }
        crosswalk.steps.sort();
        Warned { value: crosswalk, diagnostics }
    }

    /// The successions among some organizations, to which their breaks are added.
    pub(super) fn handovers<O: Organizations>(
        &self,
        organizations: &mut O,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Handover> {
        diagnostics.extend(self.unknown(organizations));
        let mut handovers = Vec::new();
        for of_year in self.steps.chunk_by(|a, b| a.year == b.year) {
            for mut change in changes(of_year, organizations.words()) {
                for stays in change.join_staying(organizations) {
                    diagnostics.push(Diagnostic::crosswalk_stays(&self.file, stays.as_str()));
                }
                change.mark_breaks(organizations);
                if !change.is_split {
                    handovers.extend(change.handovers(organizations));
                }
            }
        }
        handovers
    }

    /// Whether a school's past belongs to another one.
    pub(super) fn hands_over(&self, school: &SchoolId) -> bool {
        self.steps.iter().any(|step| step.from.as_str() == school.as_str() && step.from != step.to)
    }

    /// A problem for each id that is in no source.
    fn unknown<O: Organizations>(&self, organizations: &O) -> Problems {
        let mut problems = Problems::default();
        let ids: BTreeSet<&DistrictId> = self.steps.iter().flat_map(|step| [&step.from, &step.to]).collect();
        for id in ids {
            if organizations.code(id).is_none() {
                problems.push(Diagnostic::crosswalk_unknown(&self.file, id.as_str()));
            }
        }
        problems
    }
}

/// The successions of a project's districts, and those of its schools.
#[derive(Debug, Clone, Default)]
pub struct Crosswalks {
    /// Of districts.
    pub districts: Crosswalk,
    /// Of schools, whose ids are those within their district.
    pub schools: Crosswalk,
}

impl Crosswalks {
    /// The succession among districts and schools, whose codes follow those of the districts; of schools, among those of the
    /// districts that are `told`.
    pub(super) fn succession(
        &self,
        mut districts: DistrictList<'_>,
        schools: &mut [School],
        told: ToldSchools,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Succession {
        let first_school = districts.districts.len() as u32;
        let mut handovers = self.districts.handovers(&mut districts, diagnostics);
        let mut list = SchoolList { first_school, schools, told };
        handovers.extend(self.schools.handovers(&mut list, diagnostics));
        handovers.sort_by_key(|handover| handover.year);
        Succession::new(handovers)
    }
}

/// Why series break where a table gives no note.
#[derive(Clone, Copy)]
pub(super) struct BreakWords {
    split: &'static str,
    merged: &'static str,
}

/// The organizations that a crosswalk is about.
pub(super) trait Organizations {
    /// The code of the organization with this id; `None` if there is none, or more than one.
    fn code(&self, id: &DistrictId) -> Option<u32>;
    /// Adds a break to the organization with this code.
    fn add_break(&mut self, code: u32, found: Break);
    /// The first and last year of the values of the organization with this code; `None` if they are not known.
    fn years(&self, code: u32) -> Option<[i32; 2]>;
    /// Why their series break.
    fn words(&self) -> BreakWords;
}

/// Districts, sorted by id, with the first and last year of each.
pub(super) struct DistrictList<'a> {
    pub(super) districts: &'a mut [District],
    pub(super) years: &'a [Option<[i32; 2]>],
}

impl Organizations for DistrictList<'_> {
    fn code(&self, id: &DistrictId) -> Option<u32> {
        self.districts.binary_search_by(|district| district.id.cmp(id)).ok().map(|index| index as u32)
    }

    fn add_break(&mut self, code: u32, found: Break) {
        self.districts[code as usize].breaks.push(found);
    }

    fn years(&self, code: u32) -> Option<[i32; 2]> {
        self.years.get(code as usize).copied().flatten()
    }

    fn words(&self) -> BreakWords {
        BreakWords { split: wording::DISTRICT_SPLIT, merged: wording::DISTRICTS_MERGED }
    }
}

/// Schools, with the code of the first.
struct SchoolList<'a> {
    first_school: u32,
    schools: &'a mut [School],
    /// The districts whose schools the crosswalk is about.
    told: ToldSchools,
}

impl Organizations for SchoolList<'_> {
    fn code(&self, id: &DistrictId) -> Option<u32> {
        let mut found = (self.first_school..).zip(self.schools.iter());
        let mut found = found
            .by_ref()
            .filter(|(_, school)| school.id.as_str() == id.as_str() && self.told.has(school.district));
        let (code, _) = found.next()?;
        found.next().is_none().then_some(code)
    }

    fn add_break(&mut self, code: u32, found: Break) {
        self.schools[(code - self.first_school) as usize].breaks.push(found);
    }

    fn years(&self, code: u32) -> Option<[i32; 2]> {
        let school = self.schools.get((code - self.first_school) as usize)?;
        Some([school.first_year, school.last_year])
    }

    fn words(&self) -> BreakWords {
        BreakWords { split: wording::SCHOOL_SPLIT, merged: wording::SCHOOLS_MERGED }
    }
}

/// The positions of the table's columns.
struct CrosswalkColumns {
    from: u32,
    to: u32,
    year: u32,
    note: Option<u32>,
}

impl CrosswalkColumns {
    /// The columns according to the first row of `sheet`.
    ///
    /// # Errors
    /// If one is missing, the problem.
    fn find(sheet: &Sheet) -> Result<Self, Box<Diagnostic>> {
        let header = sheet.rows().next();
        let [from, to, year, note] = COLUMNS.map(|name| column_named(header.as_ref(), name));
        if let (Some(from), Some(to), Some(year)) = (from, to, year) {
            return Ok(Self { from, to, year, note });
        }
        let mut columns = COLUMNS.iter().zip([from, to, year, note]);
        let missing = columns.find(|(_, column)| column.is_none()).map_or("", |(name, _)| *name);
        Err(Box::new(Diagnostic::column_missing(sheet.place.clone(), &format!("{missing:?}"), "")))
    }

    /// The rows below the first one.
    fn read_rows(&self, sheet: &Sheet, diagnostics: &mut Vec<Diagnostic>) -> Vec<CrosswalkRow> {
        let mut rows = Vec::new();
        for row in sheet.rows().skip(1) {
            match self.read_row(sheet, &row) {
                Ok(step) => rows.push(step),
                Err(problem) => diagnostics.push(*problem),
            }
        }
        rows
    }

    fn read_row(&self, sheet: &Sheet, row: &Row<'_>) -> Result<CrosswalkRow, Box<Diagnostic>> {
        let year_text = text(row, self.year);
        let year = SchoolYear::parse(&year_text, LoneYear::End).map_err(|error| {
            let place = sheet.place.at(row.number, self.year);
            Diagnostic::crosswalk_year(place, &year_text, error)
        })?;
        let from = DistrictId::new(&text(row, self.from));
        let Some((from, to)) = from.zip(DistrictId::new(&text(row, self.to))) else {
            return Err(Box::new(Diagnostic::district_missing(sheet.place.at(row.number, self.from))));
        };
        let note = self.note.map(|column| text(row, column)).unwrap_or_default();
        Ok(CrosswalkRow { year, from, to, note })
    }
}

/// The position of the column with this name in the header.
fn column_named(header: Option<&Row<'_>>, name: &str) -> Option<u32> {
    header?.cells().find(|(_, cell)| alike(&cell.to_text(), name)).map(|(column, _)| column)
}

fn text(row: &Row<'_>, column: u32) -> String {
    folded(&row.cell(column).to_text())
}

/// One change: a merger, a split, or a changed id.
struct DistrictChange<'a> {
    year: SchoolYear,
    from: BTreeSet<&'a DistrictId>,
    to: BTreeSet<&'a DistrictId>,
    is_split: bool,
    /// Whether series break: not at a simple change of id.
    has_break: bool,
    /// Why series break.
    break_reason: String,
}

impl<'a> DistrictChange<'a> {
    /// The change that the rows of one year describe together.
    fn new(is_split: bool, rows: &[&'a CrosswalkRow], year: SchoolYear, words: BreakWords) -> Self {
        Self {
            year,
            from: rows.iter().map(|row| &row.from).collect(),
            to: rows.iter().map(|row| &row.to).collect(),
            is_split,
            has_break: is_split || rows.len() > 1,
            break_reason: break_reason(is_split, rows, words),
        }
    }

    /// Adds the organizations to a merger that stay, and had values beside the others before; returns them. In the year in which an
    /// id changes, both ids may have values.
    fn join_staying<O: Organizations>(&mut self, organizations: &O) -> Vec<&'a DistrictId> {
        if self.is_split {
            return Vec::new();
        }
        let years = self.from.iter().filter_map(|id| organizations.years(organizations.code(id)?));
        let Some([first, last]) = years.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]) else {
            return Vec::new();
        };
        let others = self.to.iter().filter(|id| !self.from.contains(*id));
        let stays = others.filter(|id| {
            let own = organizations.code(id).and_then(|code| organizations.years(code));
            own.is_some_and(|[begins, _]| begins < self.year.end() && (begins < last || begins <= first))
        });
        let stays: Vec<&DistrictId> = stays.copied().collect();
        self.from.extend(stays.iter().copied());
        self.has_break |= !stays.is_empty();
        stays
    }

    fn mark_breaks<O: Organizations>(&self, organizations: &mut O) {
        if !self.has_break {
            return;
        }
        let why = &self.break_reason;
        for to in &self.to {
            if let Some(code) = organizations.code(to) {
                organizations.add_break(code, Break { year: self.year.end(), why: why.clone() });
            }
        }
    }

    /// The change in codes, for each successor; unknown organizations are left out.
    fn handovers<O: Organizations>(&self, organizations: &O) -> Vec<Handover> {
        let from: BTreeSet<u32> = self.from.iter().filter_map(|id| organizations.code(id)).collect();
        let to = self.to.iter().filter_map(|id| organizations.code(id));
        to.map(|to| Handover { year: self.year, from: from.clone(), to }).collect()
    }
}

/// Why series break: the first note in the rows, or a default text.
fn break_reason(is_split: bool, rows: &[&CrosswalkRow], words: BreakWords) -> String {
    let note = rows.iter().map(|row| &row.note).find(|note| !note.is_empty());
    let default = if is_split { words.split } else { words.merged };
    note.map_or_else(|| default.to_owned(), String::clone)
}

/// The changes in one year, given by at least one row. Several rows from one district are a split. Of the
/// remaining rows, those to the same district are a merger or a change of id.
fn changes(of_year: &[CrosswalkRow], words: BreakWords) -> Vec<DistrictChange<'_>> {
    let mut ends: BTreeMap<&DistrictId, u32> = BTreeMap::new();
    for row in of_year {
        *ends.entry(&row.from).or_default() += 1;
    }
    // Mergers and changes of id come before splits.
    let mut changes: BTreeMap<(bool, &DistrictId), Vec<&CrosswalkRow>> = BTreeMap::new();
    for row in of_year {
        let is_split = ends.get(&row.from).is_some_and(|ends| *ends > 1);
        let shared = if is_split { &row.from } else { &row.to };
        changes.entry((is_split, shared)).or_default().push(row);
    }
    let year = of_year[0].year;
    changes
        .into_iter()
        .map(|((is_split, _), rows)| DistrictChange::new(is_split, &rows, year, words))
        .collect()
}
