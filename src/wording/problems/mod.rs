//! The texts of all problems, one function each: what was found, what was done, and what to do.

mod appearance;
mod column_sums;
mod display;
mod feedback;
mod header;
mod kit;
mod later;
mod not_number;
mod perception;
mod plan;
mod plausibility;
mod print;
mod room;
mod room_files;
mod room_forms;
mod room_tables;
mod schools;
mod settings;
mod source;
mod sums;
mod survey_scales;
mod table;
mod value;
mod year;
mod year_scales;

pub use sums::SumTexts;
pub use value::RevisedTexts;

use crate::diagnostic::{Diagnostic, Place, Severity};

/// A problem of kind `id`, grouped with others of its sheet that have the same subject `like`.
fn problem(
    severity: Severity,
    id: &'static str,
    place: Place,
    like: &str,
    [found, done, hint]: [String; 3],
) -> Diagnostic {
    Diagnostic {
        severity,
        id: id.into(),
        place: Place { file: clipped(place.file), sheet: place.sheet.map(clipped), cell: place.cell },
        found: clipped(found),
        done: clipped(done),
        hint: clipped(hint),
        count: 1,
        also: Vec::new(),
        like: clipped(like.to_owned()),
    }
}

/// The maximum length of a text in bytes. A longer one does not help the reader, and each of a million cells
/// may have a problem.
const LONGEST: usize = 2_000;

/// `text`, or its beginning and end if it is too long for a message, because it may quote the content of a
/// file or a path.
fn clipped(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let beginning: String = text.chars().take(LONGEST / 2).collect();
    let end: Vec<char> = text.chars().rev().take(LONGEST / 4).collect();
    format!("{beginning} … {}", end.into_iter().rev().collect::<String>())
}
