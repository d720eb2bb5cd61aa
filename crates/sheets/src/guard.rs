//! The boundary to the libraries that parse workbooks: a panic in one of them on a damaged file becomes an
//! error for that file, and the program continues.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::error::ReadError;

thread_local! {
    /// Whether this thread is inside a parser; panics there are not printed.
    static IN_PARSER: Cell<bool> = const { Cell::new(false) };
}

/// The result of `parse`; an error if it panics.
pub(super) fn catch_panics<T>(parse: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let shown = take_hook();
        set_hook(Box::new(move |panic| {
            if !IN_PARSER.get() {
                shown(panic);
            }
        }));
    });
    let before = IN_PARSER.replace(true);
    let result = catch_unwind(AssertUnwindSafe(parse));
    IN_PARSER.set(before);
    result.unwrap_or_else(|_| {
        Err(ReadError::new(
            "it is so badly damaged that it cannot be read",
            "open it in a spreadsheet program and save it as .xlsx, or get a new copy of it",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::catch_panics;
    use crate::error::ReadError;

    #[test]
    fn a_panic_in_a_parser_becomes_an_error() {
        let refused: Result<(), ReadError> = catch_panics(|| panic!("index out of bounds"));
        assert!(refused.unwrap_err().reason.contains("damaged"));
        assert_eq!(catch_panics(|| Ok(1)), Ok(1));
    }
}
