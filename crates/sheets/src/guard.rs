//! The boundary to the libraries that parse workbooks: where one of them panics on a damaged file, that file is
//! refused, and the run goes on.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::Refusal;

thread_local! {
    /// Whether this thread is in a parser, whose panics are not shown.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `parse` gives; a refusal where it panics.
pub(super) fn guarded<T>(parse: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let shown = take_hook();
        set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                shown(panic);
            }
        }));
    });
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(parse));
    GUARDED.set(before);
    result.unwrap_or_else(|_| {
        Err(Refusal::new(
            "it is damaged in a way that the reader cannot get past",
            "open it in a spreadsheet program and save it as .xlsx, or get it again from where it came",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::guarded;
    use crate::Refusal;

    #[test]
    fn a_panic_of_a_parser_is_a_refusal() {
        let refused: Result<(), Refusal> = guarded(|| panic!("index out of bounds"));
        assert!(refused.unwrap_err().reason.contains("damaged"));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }
}
