//! Where a row's school year comes from.

use super::header::{Header, folded};
use super::plan::{ReadyLayout, Slot};
use crate::catalog::YearFrom;
use crate::diagnostic::Diagnostic;
use crate::domain::{SchoolYear, YearError};
use sheets::{Cell, Sheet};

/// Reads the school year of the rows of one sheet.
pub(super) struct YearReader<'a> {
    ready: &'a ReadyLayout<'a>,
    sheet: &'a Sheet,
    /// The column, for `from = "column"`.
    column: Option<u32>,
    /// The sheet's own year, for all other places; `None` where only the columns' headers have one.
    year: Option<SchoolYear>,
}

impl<'a> YearReader<'a> {
    /// The reader of `sheet`'s years.
    ///
    /// # Errors
    /// Where the sheet's year, or the column that should hold it, is not found.
    pub(super) fn new(
        ready: &'a ReadyLayout<'a>,
        sheet: &'a Sheet,
        header: &Header,
    ) -> Result<Self, Box<Diagnostic>> {
        let spec = &ready.layout.year;
        let mut reader = Self { ready, sheet, column: None, year: None };
        let name = sheet.place.sheet.clone().unwrap_or_default();
        let file = sheet.place.file.rsplit('/').next().unwrap_or_default().to_owned();
        match spec.from {
            YearFrom::Column => {
                let column = header.column(&spec.column).ok_or_else(|| {
                    let wanted = spec.column.join(" or ");
                    Diagnostic::year_unreadable(
                        sheet.place.clone(),
                        &wanted,
                        "no column of it",
                        "left the sheet out",
                    )
                })?;
                reader.column = Some(column);
            }
            YearFrom::Fixed => {
                let year = spec.year.ok_or(YearError::NotAYear).and_then(SchoolYear::ending);
                reader.year = Some(year.map_err(|e| reader.problem("", e))?);
            }
            YearFrom::Sheet => reader.year = Some(reader.text_year(&name)?),
            YearFrom::File => reader.year = Some(reader.text_year(&file)?),
            YearFrom::Title => reader.year = Some(reader.title_year(header)?),
            YearFrom::Header => {
                let matches = |text: &str| ready.year_pattern.as_ref().is_some_and(|p| p.is_match(text));
                let text = [&name, &file].into_iter().find(|text| matches(text));
                reader.year = text.map(|text| reader.text_year(text)).transpose()?;
            }
        }
        Ok(reader)
    }

    fn text_year(&self, text: &str) -> Result<SchoolYear, Box<Diagnostic>> {
        let part = match &self.ready.year_pattern {
            Some(pattern) => pattern
                .captures(text)
                .and_then(|c| c.name("year"))
                .map(|m| m.as_str())
                .ok_or_else(|| self.problem(text, YearError::NotAYear))?,
            None => text,
        };
        self.parse(part).map_err(|e| self.problem(text, e))
    }

    fn title_year(&self, header: &Header) -> Result<SchoolYear, Box<Diagnostic>> {
        let above = self.sheet.rows_between(header.title.clone());
        let cells = above.flat_map(|r| r.cells().map(|(_, c)| folded(&c.to_text())).collect::<Vec<_>>());
        // A title may be split over cells, and beside a year stand other numbers.
        let texts = header.title_texts(self.sheet).into_iter().chain(cells);
        let matches = |text: &String| self.ready.year_pattern.as_ref().is_none_or(|p| p.is_match(text));
        let mut problem = None;
        for text in texts.filter(matches).take(if self.ready.year_pattern.is_some() { usize::MAX } else { 1 })
        {
            match self.text_year(&text) {
                Ok(year) => return Ok(year),
                Err(wrong) => _ = problem.get_or_insert(wrong),
            }
        }
        Err(problem.unwrap_or_else(|| self.problem("the title", YearError::NotAYear)))
    }

    fn parse(&self, text: &str) -> Result<SchoolYear, YearError> {
        let spec = &self.ready.layout.year;
        SchoolYear::parse(text, spec.means)?.plus(spec.offset)
    }

    fn problem(&self, found: &str, error: YearError) -> Box<Diagnostic> {
        let place = self.sheet.place.clone();
        Box::new(Diagnostic::year_unreadable(place, found, &error.to_string(), "left the sheet out"))
    }

    /// The year of row `row`, of which `cell` gives the cell in a column; `None` where only the columns' headers have one.
    ///
    /// # Errors
    /// Where the row's cell is no year.
    pub(super) fn of_row<'c>(
        &self,
        row: u32,
        cell: impl Fn(u32) -> Cell<'c>,
    ) -> Result<Option<SchoolYear>, Box<Diagnostic>> {
        let Some(column) = self.column else { return Ok(self.year) };
        let text = cell(column).to_text();
        let wrong = |e: YearError| {
            let place = self.sheet.place.at(row, column);
            Box::new(Diagnostic::year_unreadable(place, &text, &e.to_string(), "left the row out"))
        };
        self.parse(&text).map(Some).map_err(wrong)
    }

    /// The year of a slot in a row of `year`.
    pub(super) fn of_slot(slot: &Slot, year: Option<SchoolYear>) -> Option<SchoolYear> {
        slot.key.year.or_else(|| year?.plus(slot.key.year_offset).ok())
    }
}
