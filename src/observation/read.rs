//! Reading one file by its layout: every sheet, every row, every slot of its plan.

use std::collections::BTreeMap;

use super::district::Naming;
use super::header::{self, Header, folded};
use super::number::{Number, NumberReader};
use super::plan::{Part, Plan, ReadyLayout, Slot, SlotColumn, plan};
use super::reading::FileReading;
use super::roll_up::roll_up;
use super::rows::{FileRow, Numbers};
use super::schools::Schools;
use super::share::{Scales, Written};
use super::spans::Spans;
use super::year::YearReader;
use crate::catalog::{Measure, RollUp, Stat};
use crate::diagnostic::{Diagnostic, SheetRead, SourceRead};
use crate::domain::{Grade, MeasureKey, SchoolYear, Status, Unit};
use sheets::{Cell, Sheet, SourceFile, UNCALCULATED};

/// What the layout reads in `file`.
pub(super) fn read(file: &SourceFile, ready: &ReadyLayout<'_>, numbers: &NumberReader) -> FileReading {
    let layout = ready.layout;
    let mut reading = FileReading {
        public: layout.public,
        report: SourceRead {
            path: file.file.clone(),
            sha256: Some(file.sha256.clone()),
            bytes: Some(file.bytes),
            layout: layout.id.clone(),
            sheets: Vec::new(),
        },
        ..FileReading::default()
    };
    let (mut keys, mut schools) = (BTreeMap::new(), Schools::default());
    let mut words = 0;
    for sheet in &file.sheets {
        let mut sheet_reader = SheetReader {
            ready,
            numbers,
            file,
            sheet,
            reading: &mut reading,
            keys: &mut keys,
            schools: &mut schools,
            words: &mut words,
            report: SheetRead { sheet: sheet.place.sheet.clone(), ..SheetRead::default() },
            names: BTreeMap::new(),
            too_large: None,
            state: None,
        };
        sheet_reader.read();
        let report = sheet_reader.report;
        reading.report.sheets.push(report);
    }
    reading.schools = schools.finish();
    reading
}

pub(super) struct SheetReader<'a> {
    pub(super) ready: &'a ReadyLayout<'a>,
    pub(super) numbers: &'a NumberReader,
    pub(super) file: &'a SourceFile,
    pub(super) sheet: &'a Sheet,
    pub(super) reading: &'a mut FileReading,
    keys: &'a mut BTreeMap<MeasureKey, u32>,
    pub(super) schools: &'a mut Schools,
    /// Bytes of the words of the file's districts.
    pub(super) words: &'a mut usize,
    pub(super) report: SheetRead,
    /// The names of the columns of the table being read.
    pub(super) names: BTreeMap<u32, String>,
    /// Why the sheet is read no further.
    too_large: Option<Diagnostic>,
    /// Where the table names districts only: the name by which the state stands among them.
    pub(super) state: Option<String>,
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
        for (why, rows) in &self.sheet.left_out {
            self.report.rows += rows;
            self.report.leave_out_rows(why, *rows);
        }
        self.report.header_row = headers.first().map(|h| u64::from(h.row) + 1);
        self.reading.sheets.push(place);
        let (first, districts) = (self.reading.rows.len(), self.reading.districts.len());
        let words = *self.words;
        let read = headers.iter().filter(|header| self.table(header)).count();
        if let Some(problem) = self.too_large.take() {
            self.reading.rows.split_off(first);
            self.reading.districts.truncate(districts);
            *self.words = words;
            let (sheet, unread) = (self.report.sheet.take(), Some(problem.found.clone()));
            self.report = SheetRead { sheet, unread, ..SheetRead::default() };
            self.reading.diagnostics.push(problem);
            return;
        }
        if read == 0 {
            self.report.unread = Some("its school year cannot be read".to_owned());
        }
        if self.ready.layout.roll_up == RollUp::Sum {
            roll_up(self.reading, first, self.schools, self.ready.layout.level, self.ready.catalog);
        }
        self.schools.next_sheet();
        self.report.observations = (self.reading.rows.len() - first) as u64;
    }

    /// Reads one table; whether its school year could be read, without which nothing can.
    fn table(&mut self, header: &Header) -> bool {
        if self.too_large.is_some() {
            return false;
        }
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
        self.reading.diagnostics.extend(std::mem::take(&mut plan.diagnostics));
        self.report.columns_read += plan.read;
        self.report.columns_ignored.append(&mut plan.ignored);
        self.report.columns_unread.append(&mut plan.unread);
        self.names.clone_from(&header.names);
        let first = self.reading.rows.len();
        let mut scales = Scales::new(&plan, self.ready);
        self.rows(header, &years, &plan, &mut scales);
        scales.settle(self.reading, first, (&place, header), self.ready.catalog);
        true
    }

    fn rows(&mut self, header: &Header, years: &YearReader<'_>, plan: &Plan, scales: &mut Scales) {
        let layout = self.ready.layout;
        let mut naming = Naming::new(layout, header);
        self.find_state(header, &naming, plan);
        let filters = self.ready.filter_columns(header);
        let width = self.sheet.rows().filter_map(|r| r.cells().last()).map(|(c, _)| c + 1).max().unwrap_or(0);
        let mut cells = vec![Cell::Empty; width as usize];
        let columns = header.columns();
        let (known, spans) = (self.ready.other_columns(header), Spans::new(self.sheet));
        for row in self.sheet.rows_between(header.data.clone()) {
            cells.fill(Cell::Empty);
            let own = row.cells().filter(|(column, cell)| columns.contains(column) && !cell.is_blank());
            let filled = own.map(|(column, cell)| cells[column as usize] = cell).count();
            if filled == 0 {
                continue;
            }
            // What says whose row it is may stand in a cell merged over several.
            known.iter().for_each(|column| cells[*column as usize] = spans.cell(&row, *column));
            self.report.rows += 1;
            if let Some(why) = self.left_out(&row, &cells, (&filters, &naming), filled) {
                self.tell_left_out(row.number, &naming, &why);
                self.report.leave_out_row(&why);
                continue;
            }
            let year = match years.of_row(row.number, |column| cells[column as usize]) {
                Ok(year) => year,
                Err(problem) => {
                    self.report.leave_out_row("its school year cannot be read");
                    self.reading.diagnostics.push(*problem);
                    continue;
                }
            };
            self.too_large = self.beyond_bounds(&naming);
            if self.too_large.is_some() {
                return;
            }
            let Some(district) = self.district(row.number, &mut naming, year, plan, &cells) else { continue };
            self.schools.meet((row.number, columns.start), &cells, &naming.schools);
            for (index, slot) in plan.slots.iter().enumerate() {
                if let Some(written) = self.observe(slot, &cells, (row.number, district, year)) {
                    scales.meet(index, written);
                }
            }
        }
    }

    /// Reads the observation of one slot in one row: how its value was written; `None` where there is none to keep.
    fn observe(
        &mut self,
        slot: &Slot,
        cells: &[Cell<'_>],
        (row, district, year): (u32, u32, Option<SchoolYear>),
    ) -> Option<Written> {
        let first = slot.columns.iter().flatten().next()?;
        let year = YearReader::of_slot(slot, year)?;
        let key = self.key(slot, cells, row)?;
        let measure = self.ready.catalog.measures.get(&self.reading.keys[key as usize].measure);
        let mut numbers = [None; 3];
        let mut statuses = [None; 3];
        let (mut bounds, mut written) = (None, Written::Plain);
        for (i, column) in slot.columns.iter().enumerate().filter_map(|(i, c)| Some((i, (*c)?))) {
            let cell = cells.get(column.column as usize).copied().unwrap_or(Cell::Empty);
            let times = column.times.unwrap_or(1.0);
            match self.number_as_written(cell, row, column, (i, measure)) {
                Number::Reported(number) => numbers[i] = Some(number * times),
                // As shown: whatever the layout says of plain numbers, this one has its percent sign.
                Number::Percent(percent) => {
                    numbers[i] = Some(percent);
                    written = if i == 0 { Written::AsShown } else { written };
                }
                Number::Absent(status, said) => {
                    statuses[i] = Some(status);
                    // What is said of how many people there are says nothing of their rate.
                    let of_people = measure.is_some_and(|m| m.unit != Unit::Count);
                    let said = said.filter(|said| i == 0 && !(said.people && of_people));
                    written = if said.is_some_and(|said| said.percent) { Written::AsShown } else { written };
                    bounds = bounds.or(said.map(|said| said.bounds(times)));
                }
                Number::Unreadable => statuses[i] = Some(Status::Missing),
            }
        }
        let parted = first.part.is_some() && measure.is_some_and(|m| m.unit == Unit::Percent);
        if parted
            && numbers[Stat::Numerator as usize] > numbers[Stat::Denominator as usize]
            && statuses == [None; 3]
        {
            let cell = cells.get(first.column as usize).copied().unwrap_or(Cell::Empty).to_text();
            let place = self.sheet.place.at(row, first.column);
            let what = self.names.get(&first.column).map_or("", String::as_str);
            self.reading.diagnostics.push(Diagnostic::part_above_whole(place, &cell, what));
            (numbers, statuses) = ([None; 3], [Some(Status::Missing); 3]);
        }
        let status = status_of(numbers, statuses);
        if status != Status::Reported {
            // A masked value must not come back through its parts.
            numbers = [None, None, numbers[2]];
        }
        let sheet = (self.reading.sheets.len() - 1) as u16;
        let column = first.column as u16;
        let bounds = bounds.filter(|_| status == Status::Masked);
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
            bounds,
        });
        Some(written)
    }

    /// Reads a cell as the number `stat` of `measure`, unless its layout multiplies people, which hides how few they are.
    fn number_as_written(
        &mut self,
        cell: Cell<'_>,
        row: u32,
        column: SlotColumn,
        (stat, measure): (usize, Option<&Measure>),
    ) -> Number {
        let times = column.times.unwrap_or(1.0);
        if times > 1.0 && measure.is_some_and(|m| m.unit == Unit::Count && m.protects_people()) {
            let place = self.sheet.place.at(row, column.column);
            let what = self.names.get(&column.column).map_or("", String::as_str);
            self.reading.diagnostics.push(Diagnostic::people_multiplied(place, times, what));
            return Number::Unreadable;
        }
        self.number(cell, row, column, (stat, measure))
    }

    /// Reads a cell as the number `stat` of `measure`.
    fn number(
        &mut self,
        cell: Cell<'_>,
        row: u32,
        column: SlotColumn,
        (stat, measure): (usize, Option<&Measure>),
    ) -> Number {
        let mut read = match column.part {
            Some(part) => self.numbers.read_part(cell, part),
            None => self.numbers.read(cell),
        };
        let place = || self.sheet.place.at(row, column.column);
        let what = || self.names.get(&column.column).cloned().unwrap_or_default();
        if read == Number::Unreadable
            && let Some(number) = self.numbers.read_footnoted(cell)
        {
            if !matches!(number, Number::Absent(..)) {
                self.reading.diagnostics.push(Diagnostic::footnote_mark(place(), &cell.to_text(), &what()));
            }
            read = number;
        }
        let may_be_negative = stat == Stat::Value as usize && measure.is_none_or(Measure::may_be_negative);
        if let Number::Reported(code) = read
            && !may_be_negative
            && code < 0.0
            && code.fract() == 0.0
        {
            self.reading.diagnostics.push(Diagnostic::negative_code(place(), code, &what()));
            read = Number::Absent(Status::Masked, None);
        }
        match read {
            Number::Reported(_) | Number::Percent(_) => self.report.cells_reported += 1,
            Number::Absent(Status::Masked, _) => self.report.cells_masked += 1,
            Number::Absent(..) => self.report.cells_missing += 1,
            // Of a cell of several numbers, once.
            Number::Unreadable
                if column.part.is_some_and(|(part, of)| {
                    part > 0 && self.numbers.read_part(cell, (0, of)) == Number::Unreadable
                }) => {}
            Number::Unreadable => {
                self.report.cells_not_numbers += 1;
                let problem = match (cell, column.part) {
                    (Cell::Error(UNCALCULATED), _) => Diagnostic::not_calculated(place(), &what()),
                    (_, Some((_, parts))) => {
                        Diagnostic::cell_not_parts(place(), &cell.to_text(), parts, &what())
                    }
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
    let of_hidden = statuses[Stat::Denominator as usize] == Some(Status::Masked);
    let computable = value.is_none() && statuses[0].is_none() && numerator.is_some() && !of_hidden;
    if value.is_some() || computable {
        return Status::Reported;
    }
    let masked = statuses.contains(&Some(Status::Masked));
    let first = statuses.iter().flatten().next().copied();
    if masked { Status::Masked } else { first.unwrap_or(Status::Missing) }
}
