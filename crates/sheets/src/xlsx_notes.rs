//! Notes and threaded comments at the cells of an .xlsx workbook. [ECMA-376, part 1, 18.7; MS-XLSX 2.6.206]

use std::collections::BTreeSet;

use quick_xml::events::Event;

use super::cell_address::CellAddress;
use super::error::ReadError;
use super::package::{MAX_SMALL_PART, Package};
use super::sheet::CellNote;
use super::xlsx_text::RichText;
use super::xml::{attribute, entity_text};

/// The most notes of a sheet that are read.
const MAX_NOTES: usize = 100_000;

/// The notes of the sheet whose part is at `path`. For each threaded comment, workbooks also have a note that repeats it after an
/// explanation, so notes at the same cells are left out.
pub(super) fn read(package: &mut Package<'_>, path: &str) -> Result<Vec<CellNote>, ReadError> {
    let parts = package.relationships(path)?;
    let mut notes = Vec::new();
    for part in parts.iter().filter(|part| part.kind == "threadedComment") {
        read_part(package, &part.target, "threadedComment", &mut notes)?;
    }
    let threaded: BTreeSet<CellAddress> = notes.iter().map(address).collect();
    let mut older = Vec::new();
    for part in parts.iter().filter(|part| part.kind == "comments") {
        read_part(package, &part.target, "comment", &mut older)?;
    }
    notes.extend(older.into_iter().filter(|note| !threaded.contains(&address(note))));
    Ok(notes)
}

fn address(note: &CellNote) -> CellAddress {
    CellAddress { row: note.row, column: note.column }
}

/// The address in the explanation before the words of a threaded comment in the note that repeats it, in every language.
const EXPLANATION: &str = "linkid=870924";

/// A note without the explanation and the label ("Comment:") in front of the words of a threaded comment. Programs that do not know
/// threaded comments keep only this note.
fn without_explanation(text: &str) -> &str {
    let Some((_, words)) = text.split_once(EXPLANATION) else { return text };
    let words = words.trim_start();
    match words.split_once(':') {
        Some((label, rest)) if label.trim_end().chars().all(char::is_alphabetic) => rest.trim_start(),
        _ => words,
    }
}

/// Adds the notes of a part, in which each is an element with this name.
fn read_part(
    package: &mut Package<'_>,
    path: &str,
    element: &str,
    notes: &mut Vec<CellNote>,
) -> Result<(), ReadError> {
    let Some(mut xml) = package.xml(path, MAX_SMALL_PART)? else { return Ok(()) };
    let mut text = RichText::default();
    let mut place = None;
    // A note has its text in runs, a threaded comment in one element.
    let mut in_text = false;
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.local_name().as_ref() == element => {
                place = attribute(&tag, "ref").and_then(|place| CellAddress::parse(&place));
                text.clear();
            }
            Event::Start(tag) => {
                in_text |= tag.local_name().as_ref() == "text";
                text.open_tag(&tag);
            }
            Event::End(tag) if tag.local_name().as_ref() == element => {
                if let Some(place) = place.take().filter(|_| notes.len() < MAX_NOTES) {
                    notes.extend(CellNote::new(place.row, place.column, without_explanation(&text.text)));
                }
            }
            Event::End(tag) => {
                in_text &= tag.local_name().as_ref() != "text";
                text.close_tag(tag.local_name().as_ref());
            }
            Event::Text(piece) if in_text => push(&mut text, element, &piece.xml10_content()),
            Event::CData(piece) if in_text => push(&mut text, element, &piece.xml10_content()),
            Event::GeneralRef(reference) if in_text => push(&mut text, element, &entity_text(&reference)),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Adds a piece of text. That of a threaded comment is in no run.
fn push(text: &mut RichText, element: &str, piece: &str) {
    if element == "comment" { text.push(piece) } else { text.text.push_str(piece) }
}
