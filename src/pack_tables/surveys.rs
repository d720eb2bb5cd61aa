//! `data/perception.csv` of a finished pack, read back.

use std::path::Path;

use super::TablesError;

/// The table.
const TABLE: &str = "perception.csv";
/// The columns that say what a row is about; rows with the same texts in all but the school are parts of one whole.
const ABOUT: [&str; 6] = ["survey", "wave", "respondent_group", "about", "construct", "item"];

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyRow {
    /// What it is about: survey, wave, group of respondents, and question.
    pub about: Vec<String>,
    /// The school; empty for the district.
    pub school: String,
    /// How many people; `None` if that is withheld.
    pub n: Option<u32>,
    /// Whether it has any figure beside n.
    pub has_figures: bool,
}

/// The rows of the pack in `folder`; none if it has no such table.
///
/// # Errors
/// If the table cannot be read, or lacks a column.
pub fn survey_rows(folder: &Path) -> Result<Vec<SurveyRow>, TablesError> {
    let path = folder.join("data").join(TABLE);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    read(&path).map_err(|message| TablesError { file: TABLE.to_owned(), message })
}

fn read(path: &Path) -> Result<Vec<SurveyRow>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|e| e.to_string())?;
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| e.to_string())?;
        let row = NamedCells { header: &header, record: &record };
        let about = ABOUT.iter().map(|column| row.text(column).map(str::to_owned));
        rows.push(SurveyRow {
            about: about.collect::<Result<_, _>>()?,
            school: row.text("school")?.to_owned(),
            n: row.text("n")?.parse().ok(),
            has_figures: !row.text("favorable")?.is_empty() || !row.text("mean")?.is_empty(),
        });
    }
    Ok(rows)
}

/// The cells of a row, by the names of their columns.
struct NamedCells<'a> {
    header: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl<'a> NamedCells<'a> {
    fn text(&self, column: &str) -> Result<&'a str, String> {
        let place = self.header.iter().position(|name| name.trim_start_matches('\u{feff}') == column);
        place.and_then(|place| self.record.get(place)).ok_or_else(|| column.to_owned())
    }
}
