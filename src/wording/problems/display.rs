//! How a problem is shown.

use std::fmt;

use crate::diagnostic::{Diagnostic, Severity};

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity}[{}] {}: {}", self.id, self.place, self.found)?;
        write!(f, "{}", self.others())?;
        write!(f, "\n  did: {}\n  hint: {}", self.done, self.hint)
    }
}

impl Diagnostic {
    /// The number of other similar problems and the cells of the next few: ` (and 29 more like it, in C5, C9 …)`; empty if
    /// there are none.
    #[must_use]
    pub fn others(&self) -> String {
        let more = self.count.saturating_sub(1);
        let listed = self.also.join(", ");
        match (more, self.also.len() as u64) {
            (0, _) => String::new(),
            (_, 0) => format!(" (and {more} more like it)"),
            (_, all) if all == more => format!(" (and {more} more like it, in {listed})"),
            _ => format!(" (and {more} more like it, in {listed} …)"),
        }
    }
}
