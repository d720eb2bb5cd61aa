//! Whose row it is.

use std::collections::BTreeMap;

use super::header::{Header, folded};
use super::number::Number;
use super::plan::{Plan, ReadyLayout};
use super::read::SheetReader;
use super::reading::FileDistrict;
use super::rows::{BYTES, PRIVATE_VALUES, VALUES};
use crate::catalog::{Layout, LayoutAttribute};
use crate::diagnostic::Diagnostic;
use crate::domain::{DistrictId, SchoolYear};
use crate::source::Cell;

/// Districts of one table. The United States have some 19,500 (NCES, Common Core of Data): a table with more than twice as
/// many is one of something else.
const DISTRICTS: usize = 50_000;
/// Names and other attributes that those of a file have had.
const NAMES: usize = 4 * DISTRICTS;

/// The columns that say whose row it is.
pub(super) struct Naming {
    pub(super) id: Option<u32>,
    pub(super) name: Option<u32>,
    /// Columns that name the school.
    pub(super) schools: Vec<u32>,
    attributes: Vec<(usize, u32)>,
    /// How many columns the table has.
    pub(super) columns: usize,
    /// By a district's id or name, as the rows write it: its years met so far, and under which number of the file's list.
    known: BTreeMap<String, Vec<(Option<SchoolYear>, u32)>>,
}

impl SheetReader<'_> {
    /// The file names more districts, or holds more values or longer words, than any can that is a table of districts.
    pub(super) fn beyond_bounds(&self, naming: &Naming) -> Option<Diagnostic> {
        let place = || self.sheet.place.clone();
        self.file.reserve(self.reading.rows.bytes());
        let most = if self.reading.public { VALUES } else { PRIVATE_VALUES };
        if self.reading.rows.len() > most {
            return Some(Diagnostic::values_beyond_number(place(), most, self.reading.public));
        }
        if self.reading.bytes_with(*self.words + self.schools.words()) > BYTES {
            return Some(Diagnostic::words_beyond_number(place(), BYTES >> 20));
        }
        let column = naming.id.or(naming.name).and_then(|column| self.names.get(&column));
        let name = || column.map_or("", String::as_str);
        (naming.known.len() > DISTRICTS || self.reading.districts.len() > NAMES)
            .then(|| Diagnostic::districts_beyond_number(place(), DISTRICTS, name()))
    }

    /// The district of a row, as an index into the file's list; `None` where the row has none and is left out.
    pub(super) fn district(
        &mut self,
        row: u32,
        naming: &mut Naming,
        year: Option<SchoolYear>,
        plan: &Plan,
        cells: &[Cell<'_>],
    ) -> Option<u32> {
        let name = naming.name.map(|c| folded(&cells[c as usize].to_text())).filter(|n| !n.is_empty());
        let published = naming.id.map(|c| cells[c as usize].to_text());
        let fixed = self.ready.layout.district.fixed.as_deref().and_then(DistrictId::new);
        let id = fixed.or_else(|| self.ready.district_id(published.as_deref()?));
        if id.is_none() && (naming.id.is_some() || name.is_none()) {
            let values = plan.slots.iter().flat_map(|s| s.columns).flatten();
            let has_value = values.into_iter().any(|c| {
                cells.get(c.column as usize).is_some_and(|cell| {
                    matches!(self.numbers.read(*cell), Number::Reported(_) | Number::Percent(_))
                })
            });
            if has_value {
                let column = naming.id.or(naming.name).unwrap_or(0);
                let place = self.sheet.place.at(row, column);
                self.reading.diagnostics.push(Diagnostic::district_missing(place));
            }
            let why = if has_value { "it names no district" } else { "it has no values (a note, mostly)" };
            self.report.leave_out_row(why);
            return None;
        }
        let text = published.as_deref().or(name.as_deref()).unwrap_or_default();
        if !naming.known.contains_key(text) {
            naming.known.insert(text.to_owned(), Vec::new());
        }
        let met = naming.known.get_mut(text)?;
        if let Some((_, known)) = met.iter().find(|(of, _)| *of == year) {
            return Some(*known);
        }
        let layout = self.ready.layout;
        let attributes = naming.attributes.iter().filter_map(|(i, column)| {
            let spec = &layout.attributes[*i];
            let text = folded(&cells[*column as usize].to_text());
            let kept = spec.values.get(&text).cloned().unwrap_or(text);
            let bare = kept.trim_start_matches('\'').to_owned();
            (!bare.is_empty()).then(|| (spec.id.clone(), bare))
        });
        let attributes: Vec<_> = attributes.collect();
        let districts = &mut self.reading.districts;
        let same = met.iter().map(|(_, index)| *index).find(|index| {
            let known = &districts[*index as usize];
            (&known.name, &known.attributes) == (&name, &attributes)
        });
        let index = same.unwrap_or(districts.len() as u32);
        match same {
            Some(index) => districts[index as usize].years.push(year),
            None => {
                let new = FileDistrict {
                    id,
                    id_width: layout.district.id_width.max(width_of(published.as_deref())),
                    name,
                    attributes,
                    years: vec![year],
                    place: self.sheet.place.at(row, naming.id.or(naming.name).unwrap_or(0)),
                };
                *self.words += new.words();
                districts.push(new);
            }
        }
        met.push((year, index));
        Some(index)
    }
}

/// Digits of an id that is published with leading zeros; 0 for all others.
fn width_of(published: Option<&str>) -> usize {
    let padded = |id: &&str| {
        id.starts_with('0')
            && (2..=DistrictId::WIDEST).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_digit())
    };
    published.map(str::trim).filter(padded).map_or(0, str::len)
}

impl Naming {
    pub(super) fn new(layout: &Layout, header: &Header) -> Self {
        let attribute = |(i, a): (usize, &LayoutAttribute)| Some((i, header.column(&a.column)?));
        Self {
            id: header.column(&layout.district.id),
            name: header.column(&layout.district.name),
            schools: layout.school.iter().filter_map(|n| header.column(std::slice::from_ref(n))).collect(),
            attributes: layout.attributes.iter().enumerate().filter_map(attribute).collect(),
            columns: header.names.len(),
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
