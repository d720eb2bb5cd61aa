//! The texts of all problems, one function each: what was found, what was done, what to do.

mod later;
mod source;
mod table;
mod value;

use super::{Diagnostic, Place, Severity};

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

/// A longer text is no help to who reads it, and there may be a problem in each of a million cells.
const LONGEST: usize = 2_000;

/// `text`, or its beginning and its end where it is longer than a message can be: what a file or path holds may stand
/// in it.
fn clipped(text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let beginning: String = text.chars().take(LONGEST / 2).collect();
    let end: Vec<char> = text.chars().rev().take(LONGEST / 4).collect();
    format!("{beginning} … {}", end.into_iter().rev().collect::<String>())
}
