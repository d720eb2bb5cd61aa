//! Reading one file by its layout: every sheet, every row, every slot of its plan.

use std::collections::BTreeMap;

use super::header::{self, Header, folded};
use super::number::{Number, NumberReader};
use super::plan::{Part, Plan, ReadyLayout, Slot, plan};
use super::roll_up::sum_up;
use super::year::YearReader;
use crate::catalog::{Attribute, Catalog, Layout, RollUp};
use crate::diagnostic::{Diagnostic, Place, SheetRead, SourceRead};
use crate::domain::{DistrictId, Grade, MeasureKey, SchoolYear, Status};
use crate::source::{Cell, Row, Sheet, SourceFile};

/// All that one file says, before it is gathered with the others.
#[derive(Debug, Clone, Default)]
pub struct FileReading {
    pub(super) keys: Vec<MeasureKey>,
    pub(super) districts: Vec<FileDistrict>,
    pub(super) rows: Vec<FileRow>,
    pub(super) sheets: Vec<Place>,
    /// The cells (row, column) of each sum.
    pub(super) sums: Vec<Vec<(u32, u32)>>,
    pub(super) public: bool,
    /// What was read and what was not.
    pub report: SourceRead,
    /// Problems met.
    pub diagnostics: Vec<Diagnostic>,
}

/// A district as one sheet names it.
#[derive(Debug, Clone)]
pub(super) struct FileDistrict {
    /// `None` where the table knows it by name only.
    pub(super) id: Option<DistrictId>,
    pub(super) id_width: usize,
    pub(super) name: Option<String>,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) year: Option<SchoolYear>,
    pub(super) place: Place,
}

/// One observation of a file.
#[derive(Debug, Clone)]
pub(super) struct FileRow {
    pub(super) key: u32,
    pub(super) district: u32,
    pub(super) year: SchoolYear,
    pub(super) status: Status,
    /// Value, numerator, denominator.
    pub(super) numbers: [Option<f64>; 3],
    pub(super) sheet: u32,
    pub(super) row: u32,
    pub(super) column: u32,
    /// For a sum: index into the file's list of the cells that were added up.
    pub(super) sum: Option<u32>,
}

/// Reads `file` by `layout`.
///
/// # Errors
/// A pattern of the layout that cannot be read; a checked layout has none.
pub fn read_file(file: &SourceFile, layout: &Layout, catalog: &Catalog) -> Result<FileReading, regex::Error> {
    let ready = ReadyLayout::new(layout, catalog)?;
    let numbers = NumberReader::new(&layout.markers, &catalog.markers)?;
    let mut reading = FileReading {
        public: layout.public,
        report: SourceRead {
            path: file.file.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            layout: layout.id.clone(),
            sheets: Vec::new(),
        },
        ..FileReading::default()
    };
    let mut keys = BTreeMap::new();
    for sheet in &file.sheets {
        let mut sheet_reader = SheetReader {
            ready: &ready,
            numbers: &numbers,
            sheet,
            reading: &mut reading,
            keys: &mut keys,
            report: SheetRead { sheet: sheet.place.sheet.clone(), ..SheetRead::default() },
        };
        sheet_reader.read();
        let report = sheet_reader.report;
        reading.report.sheets.push(report);
    }
    Ok(reading)
}

struct SheetReader<'a> {
    ready: &'a ReadyLayout<'a>,
    numbers: &'a NumberReader,
    sheet: &'a Sheet,
    reading: &'a mut FileReading,
    keys: &'a mut BTreeMap<MeasureKey, u32>,
    report: SheetRead,
}

/// The columns that say whose row it is.
struct Naming {
    id: Option<u32>,
    name: Option<u32>,
    attributes: Vec<(usize, u32)>,
    /// Which district (in the file's list) the last rows were of, by its id's or name's text.
    known: BTreeMap<(String, Option<SchoolYear>), u32>,
}

impl SheetReader<'_> {
    fn read(&mut self) {
        let place = self.sheet.place.clone();
        if let Err(why) = self.ready.reads_sheet(place.sheet.as_deref(), self.sheet.hidden) {
            self.report.unread = Some(why.to_owned());
            return;
        }
        if self.sheet.row_count() == 0 {
            self.report.unread = Some("the sheet is empty".to_owned());
            return;
        }
        let header = match header::find(self.sheet, self.ready.layout) {
            Ok(header) => header,
            Err(problem) => {
                self.report.unread = Some("no header was found".to_owned());
                self.reading.diagnostics.push(*problem);
                return;
            }
        };
        self.report.header_row = Some(u64::from(header.row) + 1);
        let years = match YearReader::new(self.ready, self.sheet, &header) {
            Ok(years) => years,
            Err(problem) => {
                self.report.unread = Some("its school year cannot be read".to_owned());
                self.reading.diagnostics.push(*problem);
                return;
            }
        };
        let mut plan = plan(self.ready, &header, &self.ready.other_columns(&header), &place);
        self.reading.diagnostics.append(&mut plan.diagnostics);
        self.report.columns_read = plan.read;
        self.report.columns_ignored = std::mem::take(&mut plan.ignored);
        self.report.columns_unread = std::mem::take(&mut plan.unread);
        let first = self.reading.rows.len();
        self.rows(&header, &years, &plan);
        if self.ready.layout.roll_up == RollUp::Sum {
            sum_up(self.reading, first);
        }
        self.report.observations = (self.reading.rows.len() - first) as u64;
    }

    fn rows(&mut self, header: &Header, years: &YearReader<'_>, plan: &Plan) {
        let sheet_number = self.reading.sheets.len() as u32;
        self.reading.sheets.push(self.sheet.place.clone());
        let layout = self.ready.layout;
        let mut naming = Naming::new(layout, header);
        let filters: Vec<Option<u32>> = layout.rows.iter().map(|r| header.column(&r.column)).collect();
        let width = self.sheet.rows().filter_map(|r| r.cells().last()).map(|(c, _)| c + 1).max().unwrap_or(0);
        let mut cells = vec![Cell::Empty; width as usize];
        for row in self.sheet.rows().filter(|r| r.number > header.row) {
            if row.cells().all(|(_, cell)| cell.is_blank()) {
                continue;
            }
            self.report.rows += 1;
            if let Some(why) = self.left_out(&row, &filters) {
                self.report.leave_out_row(&why);
                continue;
            }
            let year = match years.of_row(&row) {
                Ok(year) => year,
                Err(problem) => {
                    self.report.leave_out_row("its school year cannot be read");
                    self.reading.diagnostics.push(*problem);
                    continue;
                }
            };
            cells.fill(Cell::Empty);
            row.cells().for_each(|(column, cell)| cells[column as usize] = cell);
            let Some(district) = self.district(&row, &mut naming, year, plan, &cells) else { continue };
            for slot in &plan.slots {
                self.observe(slot, &cells, row.number, (district, sheet_number), year);
            }
        }
    }

    /// Why a row is left out, if a filter of the layout says so.
    fn left_out(&self, row: &Row<'_>, filters: &[Option<u32>]) -> Option<String> {
        for ((filter, keep, leave_out), column) in self.ready.rows.iter().zip(filters) {
            let Some(column) = column else { continue };
            let text = row.cell(*column).to_text();
            let kept = keep.as_ref().is_none_or(|p| p.is_match(&text));
            let left = leave_out.as_ref().is_some_and(|p| p.is_match(&text));
            if !kept || left {
                return Some(format!("the layout leaves it out: {}", filter.why));
            }
        }
        None
    }

    /// The district of a row, as an index into the file's list; `None` where the row has none and is left out.
    fn district(
        &mut self,
        row: &Row<'_>,
        naming: &mut Naming,
        year: Option<SchoolYear>,
        plan: &Plan,
        cells: &[Cell<'_>],
    ) -> Option<u32> {
        let name = naming.name.map(|c| folded(&row.cell(c).to_text())).filter(|n| !n.is_empty());
        let published = naming.id.map(|c| row.cell(c).to_text());
        let id = published.as_deref().and_then(|text| self.ready.district_id(text));
        if id.is_none() && (naming.id.is_some() || name.is_none()) {
            let values = plan.slots.iter().flat_map(|s| s.columns).flatten();
            let has_value = values.into_iter().any(|(c, _)| {
                cells
                    .get(c as usize)
                    .is_some_and(|cell| matches!(self.numbers.read(*cell), Number::Reported(_)))
            });
            if has_value {
                let column = naming.id.or(naming.name).unwrap_or(0);
                let place = self.sheet.place.at(row.number, column);
                self.reading.diagnostics.push(Diagnostic::district_missing(place));
            }
            let why = if has_value { "it names no district" } else { "it has no values (a note, mostly)" };
            self.report.leave_out_row(why);
            return None;
        }
        let key = (published.or_else(|| name.clone()).unwrap_or_default(), year);
        if let Some(known) = naming.known.get(&key) {
            return Some(*known);
        }
        let layout = self.ready.layout;
        let attributes = naming.attributes.iter().filter_map(|(i, column)| {
            let spec = &layout.attributes[*i];
            let text = folded(&row.cell(*column).to_text());
            let kept = spec.values.get(&text).cloned().unwrap_or(text);
            let bare = kept.trim_start_matches('\'').to_owned();
            (!bare.is_empty()).then(|| (spec.id.clone(), bare))
        });
        let column = naming.id.or(naming.name).unwrap_or(0);
        self.reading.districts.push(FileDistrict {
            id,
            id_width: layout.district.id_width,
            name,
            attributes: attributes.collect(),
            year,
            place: self.sheet.place.at(row.number, column),
        });
        let index = self.reading.districts.len() as u32 - 1;
        naming.known.insert(key, index);
        Some(index)
    }

    /// Reads the observation of one slot in one row.
    fn observe(
        &mut self,
        slot: &Slot,
        cells: &[Cell<'_>],
        row: u32,
        (district, sheet): (u32, u32),
        year: Option<SchoolYear>,
    ) {
        let mut numbers = [None; 3];
        let mut statuses = [None; 3];
        for (i, (column, times)) in slot.columns.iter().enumerate().filter_map(|(i, c)| Some((i, (*c)?))) {
            let cell = cells.get(column as usize).copied().unwrap_or(Cell::Empty);
            let read = self.number(cell, row, column, slot);
            match read {
                Ok(number) => numbers[i] = Some(number * times),
                Err(status) => statuses[i] = Some(status),
            }
        }
        let first = slot.columns.iter().flatten().next();
        let (Some((column, _)), Some(year)) = (first, YearReader::of_slot(slot, year)) else { return };
        let Some(key) = self.key(slot, cells, row) else { return };
        let status = status_of(numbers, statuses);
        if status != Status::Reported {
            // A masked value must not come back through its parts.
            numbers = [None, None, numbers[2]];
        }
        let row = FileRow { key, district, year, status, numbers, sheet, row, column: *column, sum: None };
        self.reading.rows.push(row);
    }

    fn number(&mut self, cell: Cell<'_>, row: u32, column: u32, slot: &Slot) -> Result<f64, Status> {
        match self.numbers.read(cell) {
            Number::Reported(number) => {
                self.report.cells_reported += 1;
                Ok(number)
            }
            Number::Absent(status) => {
                let masked = status == Status::Masked;
                *(if masked { &mut self.report.cells_masked } else { &mut self.report.cells_missing }) += 1;
                Err(status)
            }
            Number::Unreadable => {
                self.report.cells_not_numbers += 1;
                let what = match &slot.key.measure {
                    Part::Fixed(measure) => measure.clone(),
                    Part::Column(_) => "value".to_owned(),
                };
                let place = self.sheet.place.at(row, column);
                self.reading.diagnostics.push(Diagnostic::cell_not_number(place, &cell.to_text(), &what));
                Err(Status::Missing)
            }
        }
    }

    /// The code of a slot's key in the file's list; `None` where a part in the row is not known.
    fn key(&mut self, slot: &Slot, cells: &[Cell<'_>], row: u32) -> Option<u32> {
        let mut parts = Vec::with_capacity(4);
        let named = [
            ("measure", &slot.key.measure),
            ("group", &slot.key.group),
            ("grade", &slot.key.grade),
            ("subject", &slot.key.subject),
        ];
        for (part, source) in named {
            parts.push(match source {
                Part::Fixed(id) => id.clone(),
                Part::Column(column) => {
                    let text = folded(&cells.get(*column as usize).copied().unwrap_or(Cell::Empty).to_text());
                    let Some(id) = self.ready.resolve(part, &text) else {
                        let place = self.sheet.place.at(row, *column);
                        self.reading.diagnostics.push(Diagnostic::part_unknown(place, part, &text, ""));
                        self.report.leave_out_row("a value names an unknown group, grade or subject");
                        return None;
                    };
                    id
                }
            });
        }
        let [measure, group, grade, subject]: [String; 4] = parts.try_into().ok()?;
        let grade = Grade::parse(&grade).unwrap_or_else(Grade::all);
        let key = MeasureKey { measure, group, grade, subject };
        if let Some(code) = self.keys.get(&key) {
            return Some(*code);
        }
        let code = self.reading.keys.len() as u32;
        self.reading.keys.push(key.clone());
        self.keys.insert(key, code);
        Some(code)
    }
}

/// The status of an observation, by its value or, where none is published, by its numerator and denominator.
fn status_of(numbers: [Option<f64>; 3], statuses: [Option<Status>; 3]) -> Status {
    let [value, numerator, _] = numbers;
    let computable = value.is_none() && statuses[0].is_none() && numerator.is_some();
    if value.is_some() || computable {
        return Status::Reported;
    }
    let masked = statuses.contains(&Some(Status::Masked));
    let first = statuses.iter().flatten().next().copied();
    if masked { Status::Masked } else { first.unwrap_or(Status::Missing) }
}

impl Naming {
    fn new(layout: &Layout, header: &Header) -> Self {
        let attribute = |(i, a): (usize, &Attribute)| Some((i, header.column(&a.column)?));
        Self {
            id: header.column(&layout.district.id),
            name: header.column(&layout.district.name),
            attributes: layout.attributes.iter().enumerate().filter_map(attribute).collect(),
            known: BTreeMap::new(),
        }
    }
}

impl ReadyLayout<'_> {
    /// The id in a published text, by the layout's pattern.
    pub(super) fn district_id(&self, published: &str) -> Option<DistrictId> {
        match &self.id_pattern {
            Some(pattern) => {
                let captures = pattern.captures(published.trim())?;
                DistrictId::new(captures.name("id").map_or(published, |m| m.as_str()))
            }
            None => DistrictId::new(published),
        }
    }
}
