//! Problems with the schools of districts.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::domain::{School, SchoolYear};
use crate::wording::listing::{counted, joined_with_and};

impl Diagnostic {
    /// A table lists a school with 0 students, and nothing else but zeros. `rows`: how many of its rows are about these years.
    #[must_use]
    pub fn school_closed(
        place: Place,
        name: &str,
        id: Option<&str>,
        years: &[SchoolYear],
        rows: usize,
    ) -> Self {
        let named = match id {
            Some(id) if id != name => format!("{name:?} (id {id})"),
            _ => format!("{name:?}"),
        };
        problem(
            Severity::Note,
            "school-closed",
            place,
            name,
            [
                format!("the school {named} has 0 students and no number above 0 in {}", spans(years)),
                format!("treated it as closed or not yet open in these years and left out {}", counted(rows, "row")),
                "if it was open, correct its number of students; if it merged or has a new id, add it to the crosswalk under \
                 [schools]"
                    .to_owned(),
            ],
        )
    }

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

    /// Two schools of a district have one id.
    #[must_use]
    pub fn school_id_shared(place: Place, one: &str, other: &str) -> Self {
        problem(
            Severity::Error,
            "school-id-shared",
            place,
            "",
            [
                format!("the schools {one:?} and {other:?} have the same id in the same year"),
                "included both in the district's values but did not show either one separately".to_owned(),
                "give each of them its own id".to_owned(),
            ],
        )
    }

    /// A school has one id and two spellings in one file and year.
    #[must_use]
    pub fn school_spelled_twice(place: Place, one: &str, other: &str) -> Self {
        problem(
            Severity::Warning,
            "school-spelled-twice",
            place,
            "",
            [
                format!("{one:?} and {other:?} have the same id and values for the same year; they may be the same school"),
                "included both in the district's values but did not show either one separately".to_owned(),
                "if they are the same school, keep only one of its rows for each year; otherwise, give each school its own id"
                    .to_owned(),
            ],
        )
    }

    /// A school has values from the year on in which another one with a like name has none.
    #[must_use]
    pub fn school_may_continue(place: Place, one: &School, other: &School) -> Self {
        let [last, first] = [one.last_year, other.first_year].map(SchoolYear::text_of);
        let ids = [one, other].map(|school| crosswalk_id(&school.shown_id));
        problem(
            Severity::Warning,
            "school-may-continue",
            place,
            &other.name,
            [
                format!(
                    "{} has values through {last}, and {} has values starting in {first}; they may be the same school",
                    with_id(one),
                    with_id(other)
                ),
                "read them as two schools".to_owned(),
                format!(
                    "if they are the same school, add this line to the crosswalk under [schools]: {},{},{first},",
                    ids[0], ids[1]
                ),
            ],
        )
    }

    /// Two schools without ids have like names and values for the same years.
    #[must_use]
    pub fn school_names_alike(place: Place, one: &str, other: &str) -> Self {
        problem(
            Severity::Warning,
            "school-names-alike",
            place,
            other,
            [
                format!("{one:?} and {other:?} may be one school whose name is spelled two ways"),
                "read them as two schools".to_owned(),
                "if they are the same school, spell the name the same way everywhere, or add the column with the school's \
                 id".to_owned(),
            ],
        )
    }

    /// A row about a whole district has a smaller count than one of its schools.
    #[must_use]
    pub fn district_smaller_than_school(place: Place, measure: &str) -> Self {
        problem(
            Severity::Warning,
            "district-smaller-than-school",
            place,
            measure,
            [
                format!("{measure} is smaller for the whole district than for one of its schools"),
                "treated the row as students who are not in any school and added it to the schools".to_owned(),
                "if it is the district's total, correct the number; if it repeats the schools, leave out the row in the layout"
                    .to_owned(),
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
                format!(
                    "a second row for the same school has {measure}, and there is no count to weight the rows by"
                ),
                "left the school's value out".to_owned(),
                "keep one row for each school and year, or add the column that distinguishes the rows to the layout"
                    .to_owned(),
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
                "read them as one school, based on the id, and used the newest name".to_owned(),
                "if they are two schools, give them different ids".to_owned(),
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
                "read it as a separate school".to_owned(),
                "spell the name as it appears in the other files, or add the column with the school's id"
                    .to_owned(),
            ],
        )
    }

    /// The project gives a capacity to a school that no file has.
    #[must_use]
    pub fn capacity_unknown(named: &str) -> Self {
        problem(
            Severity::Warning,
            "capacity-unknown",
            Place::file("retreat.toml"),
            named,
            [
                format!(
                    "`[schools] capacity` lists {named:?}, but no school with values has that id or name"
                ),
                "left it out".to_owned(),
                "write the id or the name as it appears in data/schools.csv".to_owned(),
            ],
        )
    }

    /// Pages of schools are asked for, and there are none.
    #[must_use]
    pub fn school_pages_missing(district: &str) -> Self {
        problem(
            Severity::Warning,
            "school-pages-missing",
            Place::file("retreat.toml"),
            district,
            [
                format!("fewer than two schools in {district} have recent values"),
                "left out print/schools.html".to_owned(),
                "add a table of schools, with `level = \"school\"` in its layout".to_owned(),
            ],
        )
    }

    /// Values of single schools of one group within one grade are not shown.
    #[must_use]
    pub fn school_details_withheld(place: Place, count: u64) -> Self {
        let mut found = problem(
            Severity::Note,
            "school-details-withheld",
            place,
            "",
            [
                "the files have values for one student group within one grade of a school".to_owned(),
                "withheld them; each group and each grade of a school is shown where its size allows"
                    .to_owned(),
                "nothing to do; they are still included in the district's values".to_owned(),
            ],
        );
        found.count = count;
        found
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
                format!("several schools in the district are called {name:?}"),
                "left the school out here; its values are still included in the district's".to_owned(),
                "add the column with the school's id".to_owned(),
            ],
        )
    }
}

/// School years, with those that follow each other in one span: `2015-16, and 2019-20 to 2024-25`.
fn spans(years: &[SchoolYear]) -> String {
    let spans = years.chunk_by(|year, next| next.end() == year.end() + 1);
    let spans: Vec<String> = spans
        .filter_map(|span| match span {
            [] => None,
            [year] => Some(year.to_string()),
            [first, .., last] => Some(format!("{first} to {last}")),
        })
        .collect();
    joined_with_and(&spans)
}

/// An id as a crosswalk has it.
fn crosswalk_id(id: &str) -> String {
    if id.contains(',') { format!("\"{id}\"") } else { id.to_owned() }
}

/// A school by its name, with its id if that is something else.
fn with_id(school: &School) -> String {
    if school.name.eq_ignore_ascii_case(&school.shown_id) {
        format!("{:?}", school.name)
    } else {
        format!("{:?} (id {})", school.name, school.shown_id)
    }
}
