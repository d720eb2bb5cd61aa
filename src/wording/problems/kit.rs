//! Problems with the list of people who take part.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// A list in which nobody is named.
    #[must_use]
    pub fn no_participants(file: &str) -> Self {
        problem(
            Severity::Warning,
            "no-participants",
            Place::file(file),
            "",
            [
                "no column of this list is called “Name”, or the column is empty".to_owned(),
                "built the pack without table assignments".to_owned(),
                "give the list a row of headings: Name, Role, and if needed, Apart and Table".to_owned(),
            ],
        )
    }

    /// Two people who must be apart sit at one table.
    #[must_use]
    pub fn not_apart(place: Place, name: &str, table: usize) -> Self {
        problem(
            Severity::Warning,
            "not-apart",
            place,
            "",
            [
                format!(
                    "{name} must be apart from somebody at table {table}, and no other table is free of such people"
                ),
                "placed them there".to_owned(),
                "add a table in [day], or change the column “Apart”".to_owned(),
            ],
        )
    }
}
