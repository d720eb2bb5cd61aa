//! Panics are reported as faults of retreat, and cost only the work that they happened in.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Mutex, Once, PoisonError};

use super::CliError;

/// What the last panic said, and where it was.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Does `work`; where it panics, that is an error like any other.
///
/// # Errors
/// That of `work`, or [`CliError::Fault`].
pub(super) fn watched<T>(work: impl FnOnce() -> Result<T, CliError>) -> Result<T, CliError> {
    static WATCHING: Once = Once::new();
    WATCHING.call_once(|| {
        set_hook(Box::new(|panic| {
            let what = panic.payload_as_str().unwrap_or("it stopped");
            let place = panic.location().map_or_else(String::new, |place| format!(" ({place})"));
            *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{what}{place}"));
        }));
    });
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let said = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        Err(CliError::Fault(said.unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::watched;
    use crate::cli::CliError;

    #[test]
    fn a_panic_is_said_to_be_a_fault_of_the_program() {
        let panics = || -> Result<(), CliError> { panic!("index out of bounds") };
        let fault = watched(panics).unwrap_err();
        assert!(matches!(&fault, CliError::Fault(what) if what.contains("index out of bounds")), "{fault}");
        assert!(fault.to_string().contains("a fault of retreat"), "{fault}");
        assert_eq!(watched(|| Ok(1)).unwrap(), 1);
    }
}
