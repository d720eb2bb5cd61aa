//! Identifies the district that a row is about.

use std::collections::BTreeMap;

use super::header::Header;
use super::number::Number;
use super::plan::Plan;
use super::reading::FileDistrict;
use super::rows::FileDistrictIndex;
use super::slot::Slot;
use super::table_context::TableContext;
use super::table_row::TableRow;
use super::text_match::folded;
use crate::catalog::{IdPart, Layout, LayoutAttribute};
use crate::diagnostic::Diagnostic;
use crate::domain::{DistrictId, SchoolYear};
use crate::wording::reading as wording;

/// Marks after an id or a name that lead to notes. Those that are raised are no part of any text.
const NOTE_MARKS: [char; 5] = ['*', '†', '‡', '§', '¶'];

/// The columns that identify the district and school of a row.
pub(super) struct DistrictColumns<'a> {
    pub(super) id: Option<u32>,
    /// The columns that together are the id; empty if the id column alone is.
    id_parts: Vec<IdPartColumn>,
    pub(super) name: Option<u32>,
    /// The columns that identify the school.
    pub(super) schools: Vec<u32>,
    attributes: Vec<AttributeColumn<'a>>,
    /// The columns with attributes of the school.
    school_attributes: Vec<AttributeColumn<'a>>,
}

/// A column that is part of the id.
struct IdPartColumn {
    column: u32,
    /// The number of characters of its texts.
    width: usize,
}

impl IdPartColumn {
    fn find(part: &IdPart, header: &Header) -> Option<Self> {
        Some(Self { column: header.column(&part.column)?, width: part.width.min(DistrictId::WIDEST) })
    }

    /// The text of its cell, padded; `None` if the cell is blank.
    fn text(&self, row: &TableRow<'_>) -> Option<String> {
        let id = DistrictId::new(&row.text(self.column))?;
        Some(id.padded(self.width))
    }
}

/// A column with an attribute of the district.
struct AttributeColumn<'a> {
    spec: &'a LayoutAttribute,
    column: u32,
}

impl<'a> DistrictColumns<'a> {
    pub(super) fn new(layout: &'a Layout, header: &Header) -> Self {
        let schools = layout.school.iter().map(std::slice::from_ref);
        let attributes = layout.attributes.iter();
        Self {
            id: header.column(&layout.district.id),
            id_parts: layout
                .district
                .id_parts
                .iter()
                .filter_map(|part| IdPartColumn::find(part, header))
                .collect(),
            name: header.column(&layout.district.name),
            schools: schools.filter_map(|name| header.column(name)).collect(),
            attributes: attributes.filter_map(|spec| AttributeColumn::find(spec, header)).collect(),
            school_attributes: layout
                .school_attributes
                .iter()
                .filter_map(|spec| AttributeColumn::find(spec, header))
                .collect(),
        }
    }

    /// The column that distinguishes districts: the id column, or the name column if there is no id.
    pub(super) fn key(&self) -> Option<u32> {
        self.id.or(self.name)
    }

    /// The text of the id in a row; `None` if there is no id column, or if a part of the id is blank.
    fn published_id(&self, row: &TableRow<'_>) -> Option<String> {
        let id = self.id?;
        if self.id_parts.is_empty() {
            return Some(without_note_marks(row.text(id)));
        }
        let parts: Option<Vec<String>> = self.id_parts.iter().map(|part| part.text(row)).collect();
        Some(parts.map_or_else(String::new, |parts| parts.join("-")))
    }

    /// The number of characters of an id that is made of several columns; 0 for all other ids.
    fn parts_width(&self) -> usize {
        self.id_parts.iter().map(|part| part.width).sum()
    }

    /// The attributes of a row's district: id and text of each that is not blank.
    fn attributes(&self, row: &TableRow<'_>) -> Vec<(String, String)> {
        let attributes = self.attributes.iter();
        attributes.filter_map(|own| Some((own.spec.id.clone(), own.text(row)?))).collect()
    }

    /// The attributes of a row's school: id and text of each that is not blank.
    pub(super) fn school_attributes(&self, row: &TableRow<'_>) -> Vec<(String, String)> {
        let attributes = self.school_attributes.iter();
        attributes.filter_map(|own| Some((own.spec.id.clone(), own.text(row)?))).collect()
    }
}

impl<'a> AttributeColumn<'a> {
    fn find(spec: &'a LayoutAttribute, header: &Header) -> Option<Self> {
        Some(Self { spec, column: header.column(&spec.column)? })
    }

    fn text(&self, row: &TableRow<'_>) -> Option<String> {
        let published = row.folded_text(self.column);
        let text = self.spec.values.get(&published).unwrap_or(&published).trim_start_matches('\'');
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// The districts in one table, by the id or name in its rows.
pub(super) struct DistrictRegister<'t> {
    columns: &'t DistrictColumns<'t>,
    /// By published id, or by name if there is no id column: the district's entries, one for each year.
    known: BTreeMap<String, Vec<KnownYear>>,
}

/// A year in which a district occurs, and its entry for that year in the file's list.
struct KnownYear {
    year: Option<SchoolYear>,
    district: FileDistrictIndex,
}

/// How a row identifies its district.
struct DistrictMention {
    id: Option<DistrictId>,
    /// The text in the id column.
    published_id: Option<String>,
    /// The number of digits of an id with leading zeros, without what the layout's pattern cuts off; 0 for all others.
    padded_width: usize,
    name: Option<String>,
}

impl<'t> DistrictRegister<'t> {
    /// No districts yet.
    pub(super) const fn new(columns: &'t DistrictColumns<'t>) -> Self {
        Self { columns, known: BTreeMap::new() }
    }

    /// How many ids or names have been found.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// The column that distinguishes districts.
    pub(super) fn key_column(&self) -> Option<u32> {
        self.columns.key()
    }

    /// The district of a row for `year`, as an index into the file's list; `None` if the row has none and is
    /// left out.
    pub(super) fn identify(
        &mut self,
        context: &mut TableContext<'_>,
        row: &TableRow<'_>,
        year: Option<SchoolYear>,
        plan: &Plan,
    ) -> Option<FileDistrictIndex> {
        let mention = DistrictMention::read(context, self.columns, row);
        if mention.id.is_none() && (self.columns.id.is_some() || mention.name.is_none()) {
            self.leave_out(context, row, plan);
            return None;
        }
        if let Some(district) = self.known_in(mention.key(), year) {
            return Some(district);
        }
        let attributes = self.columns.attributes(row);
        let same = self.same_entry(context, &mention, &attributes);
        let district = match same {
            Some(index) => {
                context.progress.reading.district_mut(index).years.push(year);
                index
            }
            None => self.add(context, row, year, &mention, attributes),
        };
        self.known.entry(mention.key().to_owned()).or_default().push(KnownYear { year, district });
        Some(district)
    }

    /// Reports a row without a district, and whether values are lost.
    fn leave_out(&self, context: &mut TableContext<'_>, row: &TableRow<'_>, plan: &Plan) {
        if has_value(context, row, plan) {
            let place = context.cell_place(row.number, self.columns.key().unwrap_or(0));
            context.report_problem(Diagnostic::district_missing(place));
            context.report.leave_out_row(wording::NO_DISTRICT);
        } else {
            context.report.leave_out_row(wording::NO_VALUES);
        }
    }

    /// The entry of a district for a year in which it has been found.
    fn known_in(&self, key: &str, year: Option<SchoolYear>) -> Option<FileDistrictIndex> {
        let known = self.known.get(key)?.iter().find(|known| known.year == year)?;
        Some(known.district)
    }

    /// The entry of the same district for another year that has the same name and attributes.
    fn same_entry(
        &self,
        context: &TableContext<'_>,
        mention: &DistrictMention,
        attributes: &[(String, String)],
    ) -> Option<FileDistrictIndex> {
        let mut entries = self.known.get(mention.key())?.iter().map(|known| known.district);
        entries.find(|index| {
            let known = context.progress.reading.district(*index);
            known.name == mention.name && known.attributes == attributes
        })
    }

    /// Adds an entry to the file's list of districts.
    fn add(
        &self,
        context: &mut TableContext<'_>,
        row: &TableRow<'_>,
        year: Option<SchoolYear>,
        mention: &DistrictMention,
        attributes: Vec<(String, String)>,
    ) -> FileDistrictIndex {
        let stated_width = context.ready.layout.district.id_width;
        context.progress.add_district(FileDistrict {
            id: mention.id.clone(),
            id_width: match stated_width {
                0 => self.columns.parts_width().max(mention.padded_width),
                stated => mention.own_width().unwrap_or(stated),
            },
            name: mention.name.clone(),
            attributes,
            years: vec![year],
            place: context.sheet.place.at(row.number, self.columns.key().unwrap_or(0)),
        })
    }
}

impl DistrictMention {
    fn read(context: &TableContext<'_>, columns: &DistrictColumns<'_>, row: &TableRow<'_>) -> Self {
        let published_id = columns.published_id(row);
        let fixed = context.ready.layout.district.fixed.as_deref();
        let text = published_id.as_deref().and_then(|published| context.ready.id_text(published));
        let in_row = columns.name.map(|column| without_note_marks(row.folded_text(column)));
        let in_row = in_row.filter(|name| !name.is_empty());
        let in_row = in_row.map(|name| context.ready.district_name(name));
        Self {
            id: fixed.and_then(DistrictId::new).or_else(|| DistrictId::new(text?)),
            padded_width: padded_width(text),
            published_id,
            name: in_row.or_else(|| fixed.filter(|text| is_name(text)).map(folded)),
        }
    }

    /// The number of characters of an id that begins with a letter: no leading zeros can be missing. `None` for all other ids.
    fn own_width(&self) -> Option<usize> {
        let id = self.id.as_ref()?.as_str();
        let is_whole = self.published_id.as_deref()?.starts_with(char::is_alphabetic);
        (is_whole && id.starts_with(char::is_alphabetic)).then(|| id.chars().count())
    }

    /// The text that identifies the district in the table.
    fn key(&self) -> &str {
        self.published_id.as_deref().or(self.name.as_deref()).unwrap_or_default()
    }
}

/// Whether a district given in the layout is given by its name: in several words.
fn is_name(fixed: &str) -> bool {
    fixed.trim().contains(char::is_whitespace) && fixed.chars().any(char::is_alphabetic)
}

/// Whether a row has a number in one of the value columns.
fn has_value(context: &TableContext<'_>, row: &TableRow<'_>, plan: &Plan) -> bool {
    let mut columns = plan.slots.iter().flat_map(Slot::all_columns);
    columns.any(|column| {
        matches!(context.numbers.read(row.cell(column.column)), Number::Reported(_) | Number::Percent(_))
    })
}

/// The text of an id or a name without the marks at its end that lead to notes: `0105*` is 0105.
fn without_note_marks(text: String) -> String {
    let bare = text.trim_end_matches(NOTE_MARKS).trim_end();
    if bare.is_empty() || bare.len() == text.len() { text } else { bare.to_owned() }
}

/// The number of digits of an id that is published with leading zeros; 0 for all other ids.
fn padded_width(published: Option<&str>) -> usize {
    published.map(str::trim).filter(|id| is_padded(id)).map_or(0, str::len)
}

fn is_padded(id: &str) -> bool {
    id.starts_with('0')
        && (2..=DistrictId::WIDEST).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_digit())
}
