//! Problems with the list of participants.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::counted;

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
                "no column in this list is called “Name”, or the column is empty".to_owned(),
                "built the pack without table assignments".to_owned(),
                "give the list a row of headings: Name, Role, and, if needed, Apart and Table".to_owned(),
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
                    "{name} must be kept apart from somebody at table {table}, and also from somebody at every other table"
                ),
                "seated them there".to_owned(),
                "add a table in [day] or change the “Apart” column".to_owned(),
            ],
        )
    }

    /// A row of the list without a name.
    #[must_use]
    pub fn participant_without_name(place: Place) -> Self {
        problem(
            Severity::Warning,
            "participant-without-name",
            place,
            "",
            [
                "this row of the list has no name".to_owned(),
                "did not assign a seat for it".to_owned(),
                "write a name or delete the row".to_owned(),
            ],
        )
    }

    /// A name that is on the list twice.
    #[must_use]
    pub fn participant_twice(place: Place) -> Self {
        problem(
            Severity::Warning,
            "participant-twice",
            place,
            "",
            [
                "this name is on the list twice".to_owned(),
                "gave both a seat".to_owned(),
                "if they are the same person, delete one of the rows".to_owned(),
            ],
        )
    }

    /// Somebody who must be apart from a person who is not on the list.
    #[must_use]
    pub fn apart_from_nobody(place: Place) -> Self {
        problem(
            Severity::Warning,
            "apart-from-nobody",
            place,
            "",
            [
                "this is neither a name on the list nor a word that somebody else has here".to_owned(),
                "did not use it to keep anybody apart".to_owned(),
                "write the name as it appears on the list, or write the same word next to both people"
                    .to_owned(),
            ],
        )
    }

    /// A table that the day does not have.
    #[must_use]
    pub fn table_beyond(place: Place, table: u32, tables: u32) -> Self {
        problem(
            Severity::Warning,
            "table-beyond",
            place,
            "",
            [
                format!(
                    "this person is assigned to table {table}, but there {} only {}",
                    if tables == 1 { "is" } else { "are" },
                    counted(tables as usize, "table")
                ),
                "seated the person at another table".to_owned(),
                "correct the table number or set `tables` in [day]".to_owned(),
            ],
        )
    }
}
