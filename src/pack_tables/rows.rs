//! The rows of a pack's tables.

use super::{CellKey, DistrictYear, PackCell, ValueOrigin, WrittenNumber};
use crate::domain::{Grade, Interned, SchoolId, Status};
use crate::wording::method::is_of_cells;
use crate::wording::pack_tables as wording;

/// The statuses that a table can state for a cell.
const STATUSES: [Status; 5] =
    [Status::Reported, Status::Masked, Status::Withheld, Status::Missing, Status::NotApplicable];

/// The indexes of the columns of a table.
pub(super) struct TableColumns {
    district: usize,
    year: usize,
    measure: usize,
    group: usize,
    grade: usize,
    subject: usize,
    value: usize,
    n: usize,
    status: usize,
    numerator: Option<usize>,
    masked_from: Option<usize>,
    masked_to: Option<usize>,
    derived: Option<usize>,
    method: Option<usize>,
    source: Option<usize>,
    school: Option<usize>,
}

impl TableColumns {
    pub(super) fn find(header: &csv::StringRecord, n_column: &str) -> Result<Self, String> {
        let header = TableHeader(header);
        Ok(Self {
            district: header.required("district_id")?,
            year: header.required("school_year")?,
            measure: header.required("measure")?,
            group: header.required("group")?,
            grade: header.required("grade")?,
            subject: header.required("subject")?,
            value: header.required("value")?,
            n: header.required(n_column)?,
            status: header.required("status")?,
            numerator: header.position("numerator"),
            masked_from: header.position("masked_from"),
            masked_to: header.position("masked_to"),
            derived: header.position("derived"),
            method: header.position("method"),
            source: header.position("source_file"),
            school: header.position("school_id"),
        })
    }
}

/// The header of a table; there may be a byte order mark before its first name.
struct TableHeader<'a>(&'a csv::StringRecord);

impl TableHeader<'_> {
    fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column.trim_start_matches('\u{feff}') == name)
    }

    fn required(&self, name: &str) -> Result<usize, String> {
        self.position(name).ok_or_else(|| wording::column_missing(name))
    }
}

/// A text of a row, as it is written and kept. Many rows in a row have the same.
#[derive(Default)]
pub(super) struct RowText {
    written: String,
    pub(super) interned: Interned,
}

impl RowText {
    fn read(&mut self, text: &str) {
        if self.written != text {
            text.clone_into(&mut self.written);
            self.interned = Interned::new(text);
        }
    }
}

/// The texts of a row that say what it is about, and its file.
#[derive(Default)]
pub(super) struct RowTexts {
    measure: RowText,
    school: RowText,
    group: RowText,
    grade: RowText,
    parsed_grade: Option<Grade>,
    subject: RowText,
    pub(super) source: RowText,
}

impl RowTexts {
    pub(super) fn key(&self) -> CellKey {
        CellKey {
            measure: self.measure.interned,
            school: SchoolId::new(&self.school.written)
                .map_or_else(Interned::default, |id| Interned::new(id.as_str())),
            group: self.group.interned,
            grade: self.parsed_grade.clone().unwrap_or_else(Grade::all),
            subject: self.subject.interned,
        }
    }
}

/// A row of a table.
pub(super) struct PackTableRow<'a> {
    pub(super) record: &'a csv::StringRecord,
    pub(super) columns: &'a TableColumns,
}

impl PackTableRow<'_> {
    fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    fn optional(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.text(column))
    }

    fn number(&self, column: Option<usize>) -> Option<f64> {
        self.optional(column).parse().ok()
    }

    pub(super) fn read_district_year(&self, at: &mut DistrictYear) -> Result<(), String> {
        let year = self.text(self.columns.year);
        at.year = year.parse().map_err(|_| wording::not_a_year(year))?;
        let district = self.text(self.columns.district);
        if at.district != district {
            district.clone_into(&mut at.district);
        }
        Ok(())
    }

    /// Takes over the texts that differ from those of the row before.
    pub(super) fn read_texts(&self, texts: &mut RowTexts) -> Result<(), String> {
        let columns = self.columns;
        texts.measure.read(self.text(columns.measure));
        texts.school.read(self.optional(columns.school));
        texts.group.read(self.text(columns.group));
        texts.subject.read(self.text(columns.subject));
        texts.source.read(self.optional(columns.source));
        let grade = self.text(columns.grade);
        if texts.parsed_grade.is_none() || texts.grade.written != grade {
            texts.grade.read(grade);
            texts.parsed_grade = Some(Grade::parse(grade).ok_or_else(|| wording::not_a_grade(grade))?);
        }
        Ok(())
    }

    pub(super) fn cell(&self, source: Interned) -> PackCell {
        let columns = self.columns;
        let status = self.text(columns.status);
        PackCell {
            value: written_number(self.text(columns.value)),
            numerator: self.number(columns.numerator),
            n: self.number(Some(columns.n)),
            masked_from: self.number(columns.masked_from),
            masked_to: self.number(columns.masked_to),
            status: STATUSES.into_iter().find(|known| known.id() == status),
            origin: self.origin(),
            source,
        }
    }

    fn origin(&self) -> ValueOrigin {
        match (self.optional(self.columns.derived), self.optional(self.columns.method)) {
            ("yes", _) => ValueOrigin::Computed,
            (_, method) if is_of_cells(method) => ValueOrigin::RolledUp,
            _ => ValueOrigin::Published,
        }
    }
}

fn written_number(text: &str) -> Option<WrittenNumber> {
    let number = text.parse().ok()?;
    let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals.trim_end_matches('0'));
    Some(WrittenNumber { number, decimals: decimals.len() })
}
