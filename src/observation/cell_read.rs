//! What a layout made of each cell, for people who check it.

use serde::Serialize;

use super::reading::FileReading;
use super::rows::FileRow;
use sheets::SourceFile;

/// What was read from one cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellRead<'a> {
    /// The sheet's name; absent for a text file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<&'a str>,
    /// The cell; if several were added up, the first one. If numerator and denominator have their own cells, that of the
    /// value.
    pub cell: String,
    /// What the cell shows.
    pub shown: String,
    /// The district's id, padded as for display; absent if only its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district_id: Option<String>,
    /// The district's name; absent if only its id is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district_name: Option<&'a str>,
    /// The school year, as in `2023-24`.
    pub school_year: String,
    /// Measure id.
    pub measure: &'a str,
    /// Student group id, or `all`.
    pub group: &'a str,
    /// Grade, or `all`.
    pub grade: &'a str,
    /// Subject id, or `all`.
    pub subject: &'a str,
    /// The value; absent unless the status is `reported`.
    pub value: Option<f64>,
    /// The numerator of a rate; absent if unknown.
    pub numerator: Option<f64>,
    /// The denominator of a rate; absent if unknown.
    pub denominator: Option<f64>,
    /// `reported`, `masked`, `missing`, or `not-applicable`.
    pub status: &'static str,
    /// The least value that the mark of a masked one allows; absent if the mark does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masked_from: Option<f64>,
    /// The greatest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masked_to: Option<f64>,
    /// How many cells were added up; absent if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_up: Option<usize>,
}

impl FileReading {
    /// What was read from each cell, in the order of the file's sheets and rows. `file` is the file that was read.
    pub fn cells<'a>(&'a self, file: &'a SourceFile) -> impl Iterator<Item = CellRead<'a>> {
        self.rows.from(0).map(|row| self.cell_read(&row, file))
    }

    fn cell_read<'a>(&'a self, row: &FileRow, file: &'a SourceFile) -> CellRead<'a> {
        let place = &self.sheets[usize::from(row.sheet.0)];
        let district = self.district(row.district);
        let [value, numerator, denominator] = row.numbers.get();
        let key = self.key(row.key);
        let sum = row.sum.and_then(|number| self.sums.cells(number));
        CellRead {
            sheet: place.sheet.as_deref(),
            cell: sheets::cell_name(row.row, u32::from(row.column)),
            shown: shown(file, place, row),
            district_id: district.id.as_ref().map(|id| id.padded(district.id_width)),
            district_name: district.name.as_deref(),
            school_year: row.year.to_string(),
            measure: &key.measure,
            group: &key.group,
            grade: key.grade.id(),
            subject: &key.subject,
            value,
            numerator,
            denominator,
            status: row.status.id(),
            masked_from: row.bounds.and_then(|bounds| bounds.low),
            masked_to: row.bounds.and_then(|bounds| bounds.high),
            added_up: sum.map(<[_]>::len),
        }
    }
}

/// The text of a row's cell.
fn shown(file: &SourceFile, place: &sheets::Place, row: &FileRow) -> String {
    let sheet = file.sheets.iter().find(|sheet| sheet.place == *place);
    let cells = sheet.and_then(|sheet| sheet.row(row.row));
    cells.map(|cells| cells.cell(u32::from(row.column)).to_text()).unwrap_or_default()
}
