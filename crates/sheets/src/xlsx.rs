//! Workbooks in the current format (.xlsx, .xlsm). Each part is read once, cell by cell. [ECMA-376, part 1,
//! chapter 18]
//!
//! Parts are found by their relationships, and tags by their local names: the Open XML SDK writes `x:c` where
//! Excel writes `c`.

use quick_xml::events::{BytesStart, Event};

use super::collector::{ReadSheets, SheetCollector};
use super::error::ReadError;
use super::limits::MAX_SHEETS;
use super::number_format::{self, NumberFormat};
use super::package::{MAX_SMALL_PART, Package, Relationship};
use super::place::Place;
use super::sheet_builder::SheetBuilder;
use super::xlsx_notes;
use super::xlsx_sheet::XlsxSheetReader;
use super::xlsx_text::RichText;
use super::xml::{attribute, entity_text};

/// Reads every sheet of the workbook whose main part is at `main`. A sheet whose own part is damaged or missing is
/// skipped.
pub(super) fn read(package: &mut Package<'_>, main: &str, file: &str) -> Result<ReadSheets, ReadError> {
    let parts = package.relationships(main)?;
    let outline = WorkbookOutline::read(package, main)?;
    let shared = SharedParts::read(package, &parts, outline.counts_from_1904)?;
    if outline.sheets.is_empty() {
        return Err(ReadError::no_workbook());
    }
    let mut collector = SheetCollector::holding(package.size() + shared.texts.bytes());
    for sheet in outline.sheets {
        let place = Place::sheet(file, Some(&sheet.name));
        let builder = SheetBuilder::new(place.clone(), sheet.is_hidden);
        let part = parts.iter().find(|part| part.id == sheet.relationship);
        match read_sheet(package, part, XlsxSheetReader::new(&shared, &collector, builder)) {
            Ok(builder) => collector.add(builder)?,
            Err(error) => collector.skip(place, error)?,
        }
    }
    collector.into_sheets()
}

/// The path of the workbook's part of this type; Excel's default path if no relationship names one.
fn part_path(parts: &[Relationship], kind: &str) -> String {
    let part = parts.iter().find(|part| part.kind == kind);
    part.map_or_else(|| format!("xl/{kind}.xml"), |part| part.target.clone())
}

fn read_sheet(
    package: &mut Package<'_>,
    part: Option<&Relationship>,
    reader: XlsxSheetReader<'_>,
) -> Result<SheetBuilder, ReadError> {
    let part = part.ok_or_else(|| ReadError::damaged_part("the workbook has no part for it"))?;
    // A chart sheet has no cells.
    if part.kind != "worksheet" {
        return Ok(reader.into_builder());
    }
    let xml = package.xml(&part.target, u64::MAX)?;
    let xml = xml.ok_or_else(|| ReadError::damaged_part(&format!("{} is missing", part.target)))?;
    let mut builder = reader.read(xml)?;
    // Damaged notes are not a reason to do without the cells.
    builder.add_notes(xlsx_notes::read(package, &part.target).unwrap_or_default());
    Ok(builder)
}

/// The contents of the main part.
#[derive(Default)]
struct WorkbookOutline {
    sheets: Vec<SheetEntry>,
    /// Whether dates are counted from 1904.
    counts_from_1904: bool,
}

/// A sheet as the main part lists it.
struct SheetEntry {
    name: String,
    is_hidden: bool,
    /// The id of the relationship to its part.
    relationship: String,
}

impl WorkbookOutline {
    fn read(package: &mut Package<'_>, main: &str) -> Result<Self, ReadError> {
        let mut xml = package.xml(main, MAX_SMALL_PART)?.ok_or_else(ReadError::no_workbook)?;
        let mut outline = Self::default();
        loop {
            match xml.next()? {
                Event::Start(tag) | Event::Empty(tag) => outline.take_tag(&tag)?,
                Event::Eof => return Ok(outline),
                _ => {}
            }
        }
    }

    fn take_tag(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        match tag.local_name().as_ref() {
            "sheet" => {
                self.sheets.push(SheetEntry::of_tag(tag));
                if self.sheets.len() > MAX_SHEETS {
                    return Err(ReadError::bomb(&format!("more than {MAX_SHEETS} sheets")));
                }
            }
            "workbookPr" => {
                let date1904 = attribute(tag, "date1904");
                self.counts_from_1904 |= matches!(date1904.as_deref(), Some("1" | "true"));
            }
            _ => {}
        }
        Ok(())
    }
}

impl SheetEntry {
    fn of_tag(tag: &BytesStart<'_>) -> Self {
        let state = attribute(tag, "state").unwrap_or_default();
        Self {
            name: attribute(tag, "name").unwrap_or_default().into_owned(),
            is_hidden: !matches!(&*state, "" | "visible"),
            relationship: attribute(tag, "id").unwrap_or_default().into_owned(),
        }
    }
}

/// Data shared by the sheets.
pub(super) struct SharedParts {
    /// Whether dates are counted from 1904.
    pub(super) counts_from_1904: bool,
    pub(super) texts: SharedTexts,
    /// How each cell style displays a number.
    pub(super) styles: Vec<NumberFormat>,
}

impl SharedParts {
    fn read(
        package: &mut Package<'_>,
        parts: &[Relationship],
        counts_from_1904: bool,
    ) -> Result<Self, ReadError> {
        let texts = SharedTexts::read(package, &part_path(parts, "sharedStrings"))?;
        let styles = read_styles(package, &part_path(parts, "styles"))?;
        Ok(Self { counts_from_1904, texts, styles })
    }
}

/// The text of cells, concatenated, and where each ends.
#[derive(Default)]
pub(super) struct SharedTexts {
    text: String,
    ends: Vec<u32>,
}

impl SharedTexts {
    fn read(package: &mut Package<'_>, path: &str) -> Result<Self, ReadError> {
        let Some(mut xml) = package.xml(path, MAX_SMALL_PART)? else { return Ok(Self::default()) };
        let mut text = RichText::default();
        let mut ends = Vec::new();
        loop {
            match xml.next()? {
                Event::Start(tag) => text.open_tag(&tag),
                Event::Empty(tag) if tag.local_name().as_ref() != "si" => {
                    text.open_tag(&tag);
                    text.close_tag(tag.local_name().as_ref());
                }
                Event::End(tag) if tag.local_name().as_ref() != "si" => {
                    text.close_tag(tag.local_name().as_ref());
                }
                Event::Empty(_) | Event::End(_) => {
                    text.finish_from(ends.last().map_or(0, |end| *end as usize));
                    ends.push(text.text.len() as u32);
                }
                Event::Text(piece) => text.push(&piece.xml10_content()),
                Event::CData(piece) => text.push(&piece.xml10_content()),
                Event::GeneralRef(reference) => text.push(&entity_text(&reference)),
                Event::Eof => return Ok(Self { text: text.text, ends }),
                _ => {}
            }
        }
    }

    /// Their memory size in bytes.
    fn bytes(&self) -> usize {
        self.text.len() + size_of_val(&*self.ends)
    }

    /// The text with this index, which is given as in a cell; `None` if there is none.
    pub(super) fn get(&self, index: &str) -> Option<&str> {
        let index: usize = index.trim().parse().ok()?;
        let before = index.checked_sub(1);
        let start = before.map_or(0, |before| self.ends.get(before).copied().unwrap_or(0));
        self.text.get(start as usize..*self.ends.get(index)? as usize)
    }
}

fn read_styles(package: &mut Package<'_>, path: &str) -> Result<Vec<NumberFormat>, ReadError> {
    match package.xml(path, MAX_SMALL_PART)? {
        Some(xml) => number_format::read_styles(xml),
        None => Ok(Vec::new()),
    }
}
