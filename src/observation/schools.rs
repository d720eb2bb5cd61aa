//! The schools of a file, as named in its rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rows::FileDistrictIndex;
use crate::diagnostic::{Diagnostic, Place};
use crate::domain::SchoolYear;

/// Index of a school in the list in a file's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct SchoolIndex(pub(super) u32);

/// The schools of a file that is being read.
#[derive(Debug, Default)]
pub(super) struct Schools {
    /// By district, and by the names of a school: its id and name if the table has both.
    known: BTreeMap<SchoolKey, SchoolIndex>,
    /// What the rows say of each school.
    schools: Vec<FileSchool>,
    /// The schools of the rows of the current sheet; `None` for a row that is about a whole district.
    rows: BTreeMap<TableRowStart, Option<SchoolIndex>>,
    /// The first district of each school id.
    districts_of_ids: BTreeMap<String, String>,
    /// The problem that an id occurs in several districts, if it does.
    repeated: Option<Diagnostic>,
    text_bytes: usize,
}

/// What tells schools apart: their district, and their names in the form used for comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct SchoolKey {
    district: String,
    names: Vec<String>,
}

/// What the rows of a file say of a school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileSchool {
    /// Its names in the form used for comparison: its id and name if the table has both.
    pub(super) names: Vec<String>,
    /// Its id as published; `None` if the table has none.
    pub(super) id: Option<String>,
    /// Its name as published.
    pub(super) name: String,
    /// Where it first occurs.
    pub(super) place: Place,
    /// The index of its district in the file's list.
    district: u32,
    /// Its attributes, by id, with the year of the row; a year is absent if the row has none.
    pub(super) attributes: Vec<SchoolAttribute>,
}

/// An attribute of a school in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct SchoolAttribute {
    pub(super) id: String,
    /// The end of the school year.
    pub(super) year: Option<i32>,
    pub(super) text: String,
}

impl FileSchool {
    /// The index of its district in the file's list.
    pub(super) const fn district(&self) -> FileDistrictIndex {
        FileDistrictIndex(self.district)
    }
}

/// A row of one of the tables of a sheet, which may be side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct TableRowStart {
    row: u32,
    /// The first column of the table.
    column: u32,
}

/// What a row says of its school.
pub(super) struct SchoolMention<'a> {
    /// The id of its district, or its name if it has no id.
    pub(super) district_key: &'a str,
    /// The index of its district in the file's list.
    pub(super) district: FileDistrictIndex,
    pub(super) year: Option<SchoolYear>,
    /// The texts of the columns that identify the school.
    pub(super) texts: Vec<String>,
    /// The attributes: id and text.
    pub(super) attributes: Vec<(String, String)>,
    /// Its sheet.
    pub(super) sheet: &'a Place,
    /// The first column that identifies the school.
    pub(super) named_in: u32,
    /// The first column of the row's table.
    pub(super) column: u32,
    pub(super) row: u32,
}

impl SchoolMention<'_> {
    /// The first cell that identifies the school.
    fn place(&self) -> Place {
        self.sheet.at(self.row, self.named_in)
    }
}

impl Schools {
    /// Records the school that is named in a row.
    pub(super) fn record(&mut self, mention: SchoolMention<'_>) {
        let texts: Vec<&String> = mention.texts.iter().filter(|text| !text.is_empty()).collect();
        let names: Vec<String> =
            texts.iter().map(|text| comparable(text)).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return;
        }
        let start = TableRowStart { row: mention.row, column: mention.column };
        let key = SchoolKey { district: mention.district_key.to_owned(), names };
        let school = match self.known.get(&key) {
            Some(school) => *school,
            None => self.add(key, &mention),
        };
        let year = mention.year.map(SchoolYear::end);
        let of_school = &mut self.schools[school.0 as usize].attributes;
        for (id, text) in mention.attributes {
            let attribute = SchoolAttribute { id, year, text };
            if !of_school.contains(&attribute) {
                self.text_bytes += attribute.id.len() + attribute.text.len();
                of_school.push(attribute);
            }
        }
        self.rows.insert(start, Some(school));
    }

    fn add(&mut self, key: SchoolKey, mention: &SchoolMention<'_>) -> SchoolIndex {
        let texts = mention.texts.iter().filter(|text| !text.is_empty());
        let (ids, names): (Vec<&String>, Vec<&String>) = texts.partition(|text| is_id(text));
        let id = ids.first().map(|id| (*id).clone());
        let name = names.first().or(ids.last()).map_or_else(String::new, |name| (*name).clone());
        if let Some(id) = &id {
            self.note_repeated(id, &key.district, mention);
        }
        let index = SchoolIndex(self.schools.len() as u32);
        self.text_bytes += key.names.iter().map(String::len).sum::<usize>();
        self.schools.push(FileSchool {
            names: key.names.clone(),
            id,
            name,
            place: mention.place(),
            district: mention.district.0,
            attributes: Vec::new(),
        });
        self.known.insert(key, index);
        index
    }

    /// Notes that a school id occurs in several districts.
    fn note_repeated(&mut self, id: &str, district: &str, mention: &SchoolMention<'_>) {
        let first = self.districts_of_ids.entry(comparable(id)).or_insert_with(|| district.to_owned());
        if first == district {
            return;
        }
        match &mut self.repeated {
            Some(problem) => problem.count += 1,
            None => self.repeated = Some(Diagnostic::school_id_repeats(mention.place(), id)),
        }
    }

    /// Records that a row of the table that begins in column `column` is about a whole district.
    pub(super) fn record_district(&mut self, row: u32, column: u32) {
        self.rows.insert(TableRowStart { row, column }, None);
    }

    /// What the rows say of a school.
    pub(super) fn get(&self, school: SchoolIndex) -> &FileSchool {
        &self.schools[school.0 as usize]
    }

    /// The school of a cell's row; `None` if no column names it.
    pub(super) fn of_cell(&self, row: u32, column: u32) -> Option<SchoolIndex> {
        self.recorded(row, column).flatten()
    }

    /// Whether a cell's row is about a whole district.
    pub(super) fn is_of_district(&self, row: u32, column: u32) -> bool {
        self.recorded(row, column) == Some(None)
    }

    /// What was recorded of a cell's row.
    fn recorded(&self, row: u32, column: u32) -> Option<Option<SchoolIndex>> {
        let range = TableRowStart { row, column: 0 }..=TableRowStart { row, column };
        self.rows.range(range).next_back().map(|(_, school)| *school)
    }

    /// Total length in bytes of the names of all schools found.
    pub(super) const fn text_bytes(&self) -> usize {
        self.text_bytes
    }

    /// Clears the rows of the sheet that was read last.
    pub(super) fn next_sheet(&mut self) {
        self.rows.clear();
    }

    /// What the rows say of each school, by its index; and the problem that ids occur in several districts.
    pub(super) fn finish(self) -> (Vec<FileSchool>, Option<Diagnostic>) {
        (self.schools, self.repeated)
    }
}

/// A school's id or name in lower case; an id is without leading zeros, which a spreadsheet may have removed.
fn comparable(name: &str) -> String {
    let lower = name.to_lowercase();
    let is_number = lower.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { lower.trim_start_matches('0').to_owned() } else { lower }
}

/// Whether a text is an id rather than a name: one word with a digit.
fn is_id(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && !text.trim().contains(char::is_whitespace)
}
