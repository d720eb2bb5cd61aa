//! Districts that merge, split or change their id, followed by a table of the project.
//!
//! The crosswalk has a row for each succession: `from_id`, `to_id`, `school_year` (the first in which it holds) and
//! a `note`. A merger names every part, the one that keeps its id too. A changed id carries the whole past to the new id. A merger carries the joint past of its parts: counts
//! added up, rates weighted, and only for years in which every part has the value; a break is marked. A split
//! carries no past to its parts, which nobody published; a break is marked on what goes on under the old id.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::RowCells;
use super::gather::Incoming;
use super::header::{alike, folded};
use super::roll_up::whole;
use super::rows::FileRow;
use super::succession::{Handover, PartsKnown, Succession};
use crate::catalog::{Catalog, Measure};
use crate::diagnostic::{Diagnostic, Problems, Warned};
use crate::domain::{Break, District, DistrictId, LoneYear, SchoolYear, Terms};
use sheets::SourceFile;

/// The table's columns.
const COLUMNS: [&str; 4] = ["from_id", "to_id", "school_year", "note"];

/// The successions of a project's districts; empty where nothing changed.
#[derive(Debug, Clone, Default)]
pub struct Crosswalk {
    steps: Vec<Step>,
    file: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    year: SchoolYear,
    from: DistrictId,
    to: DistrictId,
    note: String,
}

impl Crosswalk {
    /// Reads the table of `file`. A row that cannot be read is left out and said.
    #[must_use]
    pub fn read(file: &SourceFile) -> Warned<Self> {
        let mut crosswalk = Self { steps: Vec::new(), file: file.file.clone() };
        let mut diagnostics = Vec::new();
        let Some(sheet) = file.sheets.first() else { return Warned { value: crosswalk, diagnostics } };
        let mut rows = sheet.rows();
        let names: Vec<(u32, String)> =
            rows.next().map(|r| r.cells().map(|(c, v)| (c, v.to_text())).collect()).unwrap_or_default();
        let columns = COLUMNS.map(|wanted| names.iter().find(|(_, n)| alike(n, wanted)).map(|(c, _)| *c));
        let [Some(from), Some(to), Some(year), note] = columns else {
            let missing = COLUMNS.iter().zip(columns).find(|(_, c)| c.is_none()).map_or("", |(n, _)| *n);
            diagnostics.push(Diagnostic::column_missing(sheet.place.clone(), &format!("{missing:?}"), ""));
            return Warned { value: crosswalk, diagnostics };
        };
        for row in rows {
            let text = |column: u32| folded(&row.cell(column).to_text());
            let step = (
                SchoolYear::parse(&text(year), LoneYear::End),
                DistrictId::new(&text(from)),
                DistrictId::new(&text(to)),
            );
            match step {
                (Ok(year), Some(from), Some(to)) => {
                    let note = note.map(text).unwrap_or_default();
                    crosswalk.steps.push(Step { year, from, to, note });
                }
                (Err(e), ..) => diagnostics.push(Diagnostic::crosswalk_year(
                    sheet.place.at(row.number, year),
                    &text(year),
                    &e.to_string(),
                )),
                _ => diagnostics.push(Diagnostic::district_missing(sheet.place.at(row.number, from))),
            }
        }
        crosswalk.steps.sort();
        Warned { value: crosswalk, diagnostics }
    }

    /// The successions among `districts`, which learn of the breaks they mean.
    pub(super) fn succession(
        &self,
        districts: &mut [District],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Succession {
        let mut steps = Vec::new();
        let mut unknown = Problems::default();
        let code = |id: &DistrictId, known: &[District]| {
            known.binary_search_by(|d| d.id.cmp(id)).ok().map(|i| i as u32)
        };
        for id in self.steps.iter().flat_map(|s| [&s.from, &s.to]).collect::<BTreeSet<_>>() {
            if code(id, districts).is_none() {
                unknown.push(Diagnostic::crosswalk_unknown(&self.file, id.as_str()));
            }
        }
        diagnostics.extend(unknown);
        for event in self.steps.chunk_by(|a, b| a.year == b.year).flat_map(events) {
            let Event { year, from, to, why, carries_past } = event;
            let from: BTreeSet<u32> = from.iter().filter_map(|id| code(id, districts)).collect();
            let to: Vec<u32> = to.iter().filter_map(|id| code(id, districts)).collect();
            for to in to {
                if let Some(why) = &why {
                    districts[to as usize].breaks.push(Break { year: year.end(), why: why.clone() });
                }
                if carries_past {
                    steps.push(Handover { year, from: from.clone(), to });
                }
            }
        }
        Succession::new(steps)
    }
}

/// One change: some districts become others.
struct Event<'a> {
    year: SchoolYear,
    from: BTreeSet<&'a DistrictId>,
    to: BTreeSet<&'a DistrictId>,
    /// Why series break; `None` for a mere change of id.
    why: Option<String>,
    carries_past: bool,
}

/// The changes of one year: a merger is all rows to one district, a split all rows from one.
fn events(of_year: &[Step]) -> Vec<Event<'_>> {
    let mut ends: BTreeMap<&DistrictId, u32> = BTreeMap::new();
    of_year.iter().for_each(|s| *ends.entry(&s.from).or_default() += 1);
    let (split, whole): (Vec<&Step>, Vec<&Step>) =
        of_year.iter().partition(|s| ends.get(&s.from).is_some_and(|ends| *ends > 1));
    let mut by_end: BTreeMap<(bool, &DistrictId), Vec<&Step>> = BTreeMap::new();
    split.into_iter().for_each(|s| by_end.entry((true, &s.from)).or_default().push(s));
    whole.into_iter().for_each(|s| by_end.entry((false, &s.to)).or_default().push(s));
    let event = |((splits, _), steps): ((bool, &DistrictId), Vec<&'_ Step>)| {
        let note = steps.iter().map(|s| s.note.clone()).find(|note| !note.is_empty());
        let word = if splits { "the district split" } else { "districts merged" };
        let changes = splits || steps.len() > 1;
        (splits, changes.then(|| note.unwrap_or_else(|| word.to_owned())))
    };
    by_end
        .into_iter()
        .map(|(end, steps)| {
            let from = steps.iter().map(|s| &s.from).collect();
            let to = steps.iter().map(|s| &s.to).collect();
            let year = of_year[0].year;
            let (splits, why) = event((end, steps));
            Event { year, from, to, why, carries_past: !splits }
        })
        .collect()
}

/// Joins what several districts had before they became one, series by series.
pub(super) struct Join<'a> {
    succession: &'a Succession,
    terms: &'a Terms,
    catalog: &'a Catalog,
    known: PartsKnown,
    /// How many values of a district's past could not be joined.
    lost: BTreeMap<u32, u64>,
}

/// A row with the cells behind it.
#[derive(Clone)]
pub(super) struct Joined {
    pub(super) row: Incoming,
    pub(super) cells: RowCells,
}

impl Joined {
    /// The parts of a whole as one, with the cells of all; `None` for rates of which nothing says how many people they rest
    /// on. Nobody has published the whole: it is public only where all its parts are.
    pub(super) fn of(parts: &[Self], additive: bool) -> Option<Self> {
        let rows: Vec<FileRow> = parts.iter().map(|part| part.row.row).collect();
        let public = parts.iter().all(|part| part.row.public);
        let row = Incoming { row: whole(&rows, additive, public)?, public, ..parts.first()?.row };
        let cells = RowCells::Many(parts.iter().flat_map(|part| part.cells.clone()).collect());
        Some(Self { row, cells })
    }
}

impl<'a> Join<'a> {
    pub(super) fn new(succession: &'a Succession, terms: &'a Terms, catalog: &'a Catalog) -> Self {
        Self { succession, terms, catalog, known: PartsKnown::default(), lost: BTreeMap::new() }
    }

    /// The sorted rows of one series, those of one position joined.
    pub(super) fn rows(&mut self, rows: Vec<Joined>) -> Vec<Joined> {
        if self.succession.is_empty() {
            return rows;
        }
        let of_position = rows.chunk_by(|a, b| a.row.position() == b.row.position());
        of_position
            .filter_map(|same| if self.is_whole(same) { same.first().cloned() } else { self.one(same) })
            .collect()
    }

    /// Whether one row alone stands for its district.
    fn is_whole(&mut self, same: &[Joined]) -> bool {
        let first = same[0].row;
        let wanted = self.known.of(self.succession, first.district, first.row.year);
        same.len() == 1 && wanted.len() == 1 && wanted.contains(&first.origin)
    }

    /// The parts of a district as one row; `None`, and counted, where a part is missing or has no weight.
    fn one(&mut self, parts: &[Joined]) -> Option<Joined> {
        let first = parts[0].row;
        let wanted = self.known.of(self.succession, first.district, first.row.year);
        let complete = parts.iter().map(|part| &part.row.origin).eq(wanted);
        let measure = self.catalog.measures.get(&self.terms.measures[first.key.measure as usize]);
        let whole = Joined::of(parts, measure.is_none_or(Measure::adds_up)).filter(|_| complete);
        if whole.is_none() {
            *self.lost.entry(first.district).or_default() += 1;
        }
        whole
    }

    /// A note for each district of whose past something could not be joined.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let note = |(district, count): (u32, u64)| {
            Diagnostic::past_not_joined(&self.terms.districts[district as usize].name, count)
        };
        self.lost.into_iter().map(note).collect()
    }
}
