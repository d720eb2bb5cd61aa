//! Problems with the schools of districts.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// The same school id occurs in several districts.
    #[must_use]
    pub fn school_id_repeats(place: Place, id: &str) -> Self {
        problem(
            Severity::Note,
            "school-id-repeats",
            place,
            "",
            [
                format!("the school id {id} also occurs in another district"),
                "read them as different schools".to_owned(),
                "nothing to do, unless the district ids are wrong".to_owned(),
            ],
        )
    }

    /// Several rows of a school have the same rate, and nothing by which they could be weighted.
    #[must_use]
    pub fn school_rows_repeat(place: Place, measure: &str) -> Self {
        problem(
            Severity::Warning,
            "school-rows-repeat",
            place,
            measure,
            [
                format!("a second row of the same school has {measure}, and no count to weight them by"),
                "left the school's value out".to_owned(),
                "keep one row for each school and year, or read what tells the rows apart".to_owned(),
            ],
        )
    }

    /// Files give one school different names.
    #[must_use]
    pub fn school_names_differ(place: Place, name: &str, other: &str, where_other: &Place) -> Self {
        problem(
            Severity::Note,
            "school-names-differ",
            place,
            name,
            [
                format!("the school {name:?} is called {other:?} in {where_other}"),
                "read them as one school, by the id, and used the newest name".to_owned(),
                "if they are two schools, give them two ids".to_owned(),
            ],
        )
    }

    /// A file names a school without its id, and no other file has this name.
    #[must_use]
    pub fn school_without_id(place: Place, name: &str) -> Self {
        problem(
            Severity::Warning,
            "school-without-id",
            place,
            name,
            [
                format!("the school {name:?} has no id here, and no file gives this name an id"),
                "read it as a school of its own".to_owned(),
                "spell the name as in the other files, or add the column with the school's id".to_owned(),
            ],
        )
    }

    /// A file names a school by a name that several ids have.
    #[must_use]
    pub fn school_ambiguous(place: Place, name: &str) -> Self {
        problem(
            Severity::Warning,
            "school-ambiguous",
            place,
            name,
            [
                format!("several schools of the district are called {name:?}"),
                "left the school out here; its values still count for the district".to_owned(),
                "add the column with the school's id".to_owned(),
            ],
        )
    }
}
