//! Reads the school year of rows.

use super::header::Header;
use super::ready_layout::ReadyLayout;
use super::slot::Slot;
use super::text_match::folded;
use super::typed_year::{CELLS_EXAMINED, DateEvidence, typed_year};
use crate::catalog::YearFrom;
use crate::diagnostic::Diagnostic;
use crate::domain::{SchoolYear, YearError};
use crate::wording::reading as wording;
use sheets::{Cell, Sheet, without_raised_marks};

/// Reads the school years of the rows of one table.
pub(super) struct YearReader<'a> {
    ready: &'a ReadyLayout<'a>,
    sheet: &'a Sheet,
    /// The column, for `from = "column"`.
    column: Option<u32>,
    /// Whether dates in the column are school years that a spreadsheet program took for dates.
    dates_are_years: bool,
    /// The sheet's year, for all other places; `None` if only the column headers have one.
    year: Option<SchoolYear>,
}

impl<'a> YearReader<'a> {
    /// A reader for the years in a table of `sheet`.
    ///
    /// # Errors
    /// If the sheet's year, or the column that should contain it, is not found.
    pub(super) fn new(
        ready: &'a ReadyLayout<'a>,
        sheet: &'a Sheet,
        header: &Header,
    ) -> Result<Self, Box<Diagnostic>> {
        let mut reader = Self { ready, sheet, column: None, dates_are_years: false, year: None };
        let sheet_name = sheet.place.sheet.as_deref().unwrap_or_default();
        let file_name = sheet.place.file.rsplit('/').next().unwrap_or_default();
        match ready.layout.year.from {
            YearFrom::Column => {
                let column = reader.find_column(header)?;
                let rows = sheet.rows_between(header.data.clone()).take(CELLS_EXAMINED);
                let evidence = DateEvidence::of_cells(rows.map(|row| row.cell(column)));
                (reader.column, reader.dates_are_years) = (Some(column), evidence.are_years());
            }
            YearFrom::Fixed => reader.year = Some(reader.fixed_year()?),
            YearFrom::Sheet => reader.year = Some(reader.year_in(sheet_name)?),
            YearFrom::File => reader.year = Some(reader.year_of_file(file_name)?),
            YearFrom::Title => reader.year = Some(reader.title_year(header)?),
            YearFrom::Header => {
                let text = [sheet_name, file_name].into_iter().find(|text| reader.matches_pattern(text));
                reader.year = text.map(|text| reader.year_in(text)).transpose()?;
            }
        }
        Ok(reader)
    }

    fn find_column(&self, header: &Header) -> Result<u32, Box<Diagnostic>> {
        let names = &self.ready.layout.year.column;
        header.column(names).ok_or_else(|| {
            Box::new(Diagnostic::year_column_missing(self.sheet.place.clone(), &wording::any_of(names)))
        })
    }

    fn fixed_year(&self) -> Result<SchoolYear, Box<Diagnostic>> {
        let year = self.ready.layout.year.year.ok_or(YearError::NotAYear).and_then(SchoolYear::ending);
        year.map_err(|error| self.year_problem("", error))
    }

    /// The first readable year in the title. A title may be split over cells, and there may be other numbers
    /// next to a year.
    fn title_year(&self, header: &Header) -> Result<SchoolYear, Box<Diagnostic>> {
        let mut texts = header.title_texts(self.sheet);
        for row in self.sheet.rows_between(header.title.clone()) {
            texts.extend(row.cells().map(|(_, cell)| folded(&cell.to_text())));
        }
        let mut first_problem = None;
        // Without a pattern any text matches, and the first one is the title.
        let has_pattern = self.ready.year_pattern.is_some();
        let candidates = if has_pattern { usize::MAX } else { 1 };
        for text in texts.iter().filter(|text| !has_pattern || self.matches_pattern(text)).take(candidates) {
            match self.year_in(text) {
                Ok(year) => return Ok(year),
                Err(problem) => _ = first_problem.get_or_insert(problem),
            }
        }
        let place = self.sheet.place.clone();
        Err(first_problem.unwrap_or_else(|| Box::new(Diagnostic::no_year_in_title(place))))
    }

    /// The year in the name of the file, or else in that of its folder.
    fn year_of_file(&self, name: &str) -> Result<SchoolYear, Box<Diagnostic>> {
        let folder = self.sheet.place.file.rsplit('/').nth(1);
        self.year_in(name)
            .or_else(|problem| folder.and_then(|folder| self.year_in(folder).ok()).ok_or(problem))
    }

    fn matches_pattern(&self, text: &str) -> bool {
        self.ready.year_pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    /// The year in a text: the named capture `year` of the layout's pattern, or the whole text if there is no
    /// pattern.
    fn year_in(&self, text: &str) -> Result<SchoolYear, Box<Diagnostic>> {
        let part = match &self.ready.year_pattern {
            Some(pattern) => {
                let year = pattern.captures(text).and_then(|captures| captures.name("year"));
                year.ok_or_else(|| self.year_problem(text, YearError::NotAYear))?.as_str()
            }
            None => text,
        };
        self.parse(part).map_err(|error| self.year_problem(text, error))
    }

    fn parse(&self, text: &str) -> Result<SchoolYear, YearError> {
        let spec = &self.ready.layout.year;
        SchoolYear::parse(text, spec.means)?.plus(spec.offset)
    }

    fn year_problem(&self, text: &str, error: YearError) -> Box<Diagnostic> {
        Box::new(Diagnostic::sheet_year_unreadable(self.sheet.place.clone(), text, error))
    }

    /// The year of row `row`; `cell` returns its cell in a column. `None` if only the column headers have a
    /// year.
    ///
    /// # Errors
    /// If the row's cell is not a year.
    pub(super) fn of_row<'c>(
        &self,
        row: u32,
        cell: impl Fn(u32) -> Cell<'c>,
    ) -> Result<Option<SchoolYear>, Box<Diagnostic>> {
        let Some(column) = self.column else { return Ok(self.year) };
        if self.dates_are_years
            && let Some(year) = typed_year(cell(column))
        {
            return year
                .plus(self.ready.layout.year.offset)
                .map(Some)
                .map_err(|error| self.year_problem("", error));
        }
        let text = cell(column).to_text();
        let text = without_raised_marks(&text).unwrap_or(text);
        self.parse(&text).map(Some).map_err(|error| {
            let place = self.sheet.place.at(row, column);
            Box::new(Diagnostic::row_year_unreadable(place, &text, error))
        })
    }

    /// What is said about the year of row `row` if a spreadsheet program may have mistaken it for a date.
    pub(super) fn doubt<'c>(&self, row: u32, cell: impl Fn(u32) -> Cell<'c>) -> Option<Diagnostic> {
        let column = self.column?;
        let cell = cell(column);
        let (year, place) = (typed_year(cell)?.to_string(), self.sheet.place.at(row, column));
        match cell {
            _ if self.dates_are_years => Some(Diagnostic::year_typed_as_date(place, &cell.to_text(), &year)),
            Cell::Date(date) => Some(Diagnostic::date_may_be_year(place, date, &year)),
            _ => None,
        }
    }

    /// The year of a slot in a row of `year`; `None` if there is none, or the slot's offset leads out of
    /// range.
    pub(super) fn of_slot(slot: &Slot, year: Option<SchoolYear>) -> Option<SchoolYear> {
        slot.key.year.or_else(|| year?.plus(slot.key.year_offset).ok())
    }
}
