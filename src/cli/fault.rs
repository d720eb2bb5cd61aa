//! Panics, reported as bugs in this program; each costs only the work in which it happened.

use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::sync::{Mutex, Once, PoisonError};

use super::ending::CliError;
use crate::wording::run::STOPPED;

/// Message and location of the last panic.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Does `work`, and turns a panic in it into an error.
///
/// # Errors
/// The error of `work`, or [`CliError::Fault`].
pub(super) fn catch_panic<T>(work: impl FnOnce() -> Result<T, CliError>) -> Result<T, CliError> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| set_hook(Box::new(remember)));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let panic = LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
        Err(CliError::Fault(panic.unwrap_or_default()))
    })
}

/// Keeps the message and location of a panic instead of printing them.
fn remember(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or(STOPPED);
    let location = panic.location().map_or_else(String::new, |location| format!(" ({location})"));
    *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{message}{location}"));
}

#[cfg(test)]
mod tests {
    use super::catch_panic;
    use crate::cli::CliError;

    #[test]
    fn a_panic_is_said_to_be_a_fault_of_the_program() {
        let panics = || -> Result<(), CliError> { panic!("index out of bounds") };
        let fault = catch_panic(panics).unwrap_err();
        assert!(matches!(&fault, CliError::Fault(what) if what.contains("index out of bounds")), "{fault}");
        assert!(fault.to_string().contains("a bug in retreat"), "{fault}");
        assert_eq!(catch_panic(|| Ok(1)).unwrap(), 1);
    }
}
