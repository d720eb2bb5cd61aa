//! Reading one file by its layout: every sheet, every row, every slot of its plan.

use std::collections::BTreeMap;

use super::district::Naming;
use super::header::{self, Header, folded};
use super::number::{Number, NumberReader};
use super::plan::{Part, Plan, ReadyLayout, Slot, SlotColumn, plan};
use super::reading::{FileReading, FileRow, Numbers};
use super::roll_up::roll_up;
use super::share::{Ranges, Seen};
use super::year::YearReader;
use crate::catalog::{Catalog, Layout, RollUp};
use crate::diagnostic::{Diagnostic, SheetRead, SourceRead};
use crate::domain::{Grade, MeasureKey, SchoolYear, Status};
use crate::source::{Cell, Row, Sheet, SourceFile, UNCALCULATED};

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

pub(super) struct SheetReader<'a> {
    pub(super) ready: &'a ReadyLayout<'a>,
    pub(super) numbers: &'a NumberReader,
    pub(super) sheet: &'a Sheet,
    pub(super) reading: &'a mut FileReading,
    keys: &'a mut BTreeMap<MeasureKey, u32>,
    pub(super) report: SheetRead,
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
        let headers = match header::find(self.sheet, self.ready.layout) {
            Ok(headers) => headers,
            Err(problem) => {
                self.report.unread = Some("no header was found".to_owned());
                self.reading.diagnostics.push(*problem);
                return;
            }
        };
        self.report.header_row = headers.first().map(|h| u64::from(h.row) + 1);
        self.reading.sheets.push(place);
        let first = self.reading.rows.len();
        let read = headers.iter().filter(|header| self.table(header)).count();
        if read == 0 {
            self.report.unread = Some("its school year cannot be read".to_owned());
        }
        if self.ready.layout.roll_up == RollUp::Sum {
            roll_up(self.reading, first, self.ready.layout.level, self.ready.catalog);
        }
        self.report.observations = (self.reading.rows.len() - first) as u64;
    }

    /// Reads one table; whether its school year could be read, without which nothing can.
    fn table(&mut self, header: &Header) -> bool {
        let years = match YearReader::new(self.ready, self.sheet, header) {
            Ok(years) => years,
            Err(problem) => {
                self.reading.diagnostics.push(*problem);
                return false;
            }
        };
        let place = self.sheet.place.clone();
        if let Some(filter) = self.ready.layout.rows.iter().find(|r| header.column(&r.column).is_none()) {
            let names = filter.column.iter().map(|n| format!("{n:?}")).collect::<Vec<_>>().join(" or ");
            self.reading.diagnostics.push(Diagnostic::filter_missing(place, &names, &filter.why));
            return true;
        }
        let mut plan = plan(self.ready, header, &self.ready.other_columns(header), &place);
        self.reading.diagnostics.append(&mut plan.diagnostics);
        self.report.columns_read += plan.read;
        self.report.columns_ignored.append(&mut plan.ignored);
        self.report.columns_unread.append(&mut plan.unread);
        let first = self.reading.rows.len();
        let mut ranges = Ranges::new(&plan, self.ready);
        self.rows(header, &years, &plan, &mut ranges);
        let problems = ranges.settle(&plan, &mut self.reading.rows[first..], &place, header);
        self.reading.diagnostics.extend(problems);
        true
    }

    fn rows(&mut self, header: &Header, years: &YearReader<'_>, plan: &Plan, ranges: &mut Ranges) {
        let layout = self.ready.layout;
        let mut naming = Naming::new(layout, header);
        let filters: Vec<Option<u32>> = layout.rows.iter().map(|r| header.column(&r.column)).collect();
        let width = self.sheet.rows().filter_map(|r| r.cells().last()).map(|(c, _)| c + 1).max().unwrap_or(0);
        let mut cells = vec![Cell::Empty; width as usize];
        let columns = header.columns();
        for row in self.sheet.rows_between(header.data.clone()) {
            cells.fill(Cell::Empty);
            let own = row.cells().filter(|(column, cell)| columns.contains(column) && !cell.is_blank());
            let filled = own.map(|(column, cell)| cells[column as usize] = cell).count();
            if filled == 0 {
                continue;
            }
            self.report.rows += 1;
            if let Some(why) = self.left_out(&row, &filters, &naming, filled) {
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
            let Some(district) = self.district(&row, &mut naming, year, plan, &cells) else { continue };
            for (index, slot) in plan.slots.iter().enumerate() {
                self.observe(slot, &cells, row.number, district, year, &mut |column| {
                    ranges.see(index, column)
                });
            }
        }
    }

    /// Why a row is left out: a filter of the layout says so, it adds up others, or it is a note.
    fn left_out(
        &self,
        row: &Row<'_>,
        filters: &[Option<u32>],
        naming: &Naming,
        filled: usize,
    ) -> Option<String> {
        for ((filter, keep, leave_out), column) in self.ready.rows.iter().zip(filters) {
            let Some(column) = column else { continue };
            let text = row.cell(*column).to_text();
            let kept = keep.as_ref().is_none_or(|p| p.is_match(&text));
            let left = leave_out.as_ref().is_some_and(|p| p.is_match(&text));
            if !kept || left {
                return Some(format!("the layout leaves it out: {}", filter.why));
            }
        }
        let named = [naming.id, naming.name].into_iter().flatten().chain(naming.schools.iter().copied());
        let total =
            |cell: Cell<'_>| matches!(cell, Cell::Text(text) if self.numbers.markers().is_total(text));
        if named.map(|column| row.cell(column)).any(total) {
            return Some("it adds up other rows (a total, or the state)".to_owned());
        }
        let alone = filled == 1 && naming.columns > 1;
        let text =
            || row.cells().any(|(_, cell)| matches!(cell, Cell::Text(text) if text.trim().contains(' ')));
        (alone && text()).then(|| "it is a note".to_owned())
    }

    /// Reads the observation of one slot in one row; `see` learns of each number that is there.
    fn observe(
        &mut self,
        slot: &Slot,
        cells: &[Cell<'_>],
        row: u32,
        district: u32,
        year: Option<SchoolYear>,
        see: &mut dyn FnMut(Seen),
    ) {
        let sheet = (self.reading.sheets.len() - 1) as u16;
        let mut numbers = [None; 3];
        let mut statuses = [None; 3];
        let mut bounds = None;
        for (i, column) in slot.columns.iter().enumerate().filter_map(|(i, c)| Some((i, (*c)?))) {
            let cell = cells.get(column.column as usize).copied().unwrap_or(Cell::Empty);
            match self.number(cell, row, column, slot) {
                Number::Reported(number) => {
                    numbers[i] = Some(number * column.times.unwrap_or(1.0));
                    see(Seen { stat: i, number, percent: false });
                }
                // As shown: whatever the layout says of plain numbers, this one has its percent sign.
                Number::Percent(percent) => {
                    numbers[i] = Some(percent);
                    see(Seen { stat: i, number: percent, percent: true });
                }
                Number::Absent(status, said) => {
                    statuses[i] = Some(status);
                    bounds = bounds.or(said.filter(|_| i == 0));
                }
                Number::Unreadable => statuses[i] = Some(Status::Missing),
            }
        }
        let first = slot.columns.iter().flatten().next();
        let (Some(first), Some(year)) = (first, YearReader::of_slot(slot, year)) else { return };
        let Some(key) = self.key(slot, cells, row) else { return };
        let status = status_of(numbers, statuses);
        if status != Status::Reported {
            // A masked value must not come back through its parts.
            numbers = [None, None, numbers[2]];
        }
        let column = first.column;
        if let Some(bounds) = bounds.filter(|_| status == Status::Masked) {
            self.reading.bounds.insert((sheet, row, column), bounds);
        }
        let numbers = Numbers::new(numbers);
        self.reading.rows.push(FileRow {
            numbers,
            key,
            district,
            row,
            column,
            sum: None,
            sheet,
            year,
            status,
        });
    }

    fn number(&mut self, cell: Cell<'_>, row: u32, column: SlotColumn, slot: &Slot) -> Number {
        let mut read = match column.part {
            Some(part) => self.numbers.read_part(cell, part),
            None => self.numbers.read(cell),
        };
        let place = || self.sheet.place.at(row, column.column);
        let what = || match &slot.key.measure {
            Part::Fixed(measure) => measure.clone(),
            Part::Column(_) => "value".to_owned(),
        };
        if read == Number::Unreadable
            && let Some(number) = self.numbers.read_footnoted(cell)
        {
            self.reading.diagnostics.push(Diagnostic::footnote_mark(place(), &cell.to_text(), &what()));
            read = number;
        }
        match read {
            Number::Reported(_) | Number::Percent(_) => self.report.cells_reported += 1,
            Number::Absent(Status::Masked, _) => self.report.cells_masked += 1,
            Number::Absent(..) => self.report.cells_missing += 1,
            Number::Unreadable => {
                self.report.cells_not_numbers += 1;
                let problem = match cell {
                    Cell::Error(UNCALCULATED) => Diagnostic::not_calculated(place(), &what()),
                    _ => Diagnostic::cell_not_number(place(), &cell.to_text(), &what()),
                };
                self.reading.diagnostics.push(problem);
            }
        }
        read
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
