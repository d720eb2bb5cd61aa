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
        place,
        found,
        done,
        hint,
        count: 1,
        also: Vec::new(),
        like: like.to_owned(),
    }
}
