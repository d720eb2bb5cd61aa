//! The texts of all problems, one function each: what was found, what was done, what to do.

use super::{Diagnostic, Place, Severity};

fn problem(
    severity: Severity,
    id: &'static str,
    place: Place,
    like: &str,
    [found, done, hint]: [String; 3],
) -> Diagnostic {
    Diagnostic { severity, id, place, found, done, hint, count: 1, like: like.to_owned() }
}

impl Diagnostic {
    /// No file matches a source's path.
    #[must_use]
    pub fn source_missing(pattern: &str) -> Self {
        problem(
            Severity::Error,
            "source-missing",
            Place::file(pattern),
            "",
            [
                "no file is found there".to_owned(),
                "went on without it".to_owned(),
                "check the path in retreat.toml; it is relative to the project's folder, and capitals count"
                    .to_owned(),
            ],
        )
    }

    /// A file cannot be opened or is not what its content must be.
    #[must_use]
    pub fn file_unreadable(file: &str, why: &str, hint: &str) -> Self {
        problem(
            Severity::Error,
            "file-unreadable",
            Place::file(file),
            "",
            [why.to_owned(), "left the file out".to_owned(), hint.to_owned()],
        )
    }

    /// A file or sheet has no cells.
    #[must_use]
    pub fn nothing_there(place: Place) -> Self {
        problem(
            Severity::Warning,
            "nothing-there",
            place,
            "",
            [
                "it is empty".to_owned(),
                "left it out".to_owned(),
                "if it should have data, open it and save it again".to_owned(),
            ],
        )
    }

    /// No row of the sheet holds the layout's district column.
    #[must_use]
    pub fn header_not_found(place: Place, wanted: &str, nearest: &str) -> Self {
        problem(
            Severity::Error,
            "header-not-found",
            place,
            "",
            [
                format!("no row holds a column called {wanted}{nearest}"),
                "left the sheet out".to_owned(),
                "check that this is the table that the layout is for, or name the column in the layout"
                    .to_owned(),
            ],
        )
    }

    /// A column that the layout needs is not in the sheet.
    #[must_use]
    pub fn column_missing(place: Place, column: &str, nearest: &str) -> Self {
        problem(
            Severity::Warning,
            "column-missing",
            place,
            column,
            [
                format!("there is no column {column}{nearest}"),
                "read the other columns".to_owned(),
                "if it has another name this year, add that name to the layout".to_owned(),
            ],
        )
    }

    /// The school year of a sheet, row or column cannot be read.
    #[must_use]
    pub fn year_unreadable(place: Place, found: &str, why: &str, done: &str) -> Self {
        problem(
            Severity::Error,
            "year-unreadable",
            place,
            "",
            [
                format!("{found:?} is {why}"),
                done.to_owned(),
                "write the school year as 2023-24, or say in the layout where it stands".to_owned(),
            ],
        )
    }

    /// A row has no district id.
    #[must_use]
    pub fn district_missing(place: Place) -> Self {
        problem(
            Severity::Warning,
            "district-missing",
            place,
            "",
            [
                "the row has values but no district id".to_owned(),
                "left the row out".to_owned(),
                "fill in the id; if the row is a total or a note, leave it out in the layout ([[row]])"
                    .to_owned(),
            ],
        )
    }

    /// A row names a district that no other source knows.
    #[must_use]
    pub fn district_unknown(place: Place, name: &str, why: &str) -> Self {
        problem(
            Severity::Warning,
            "district-unknown",
            place,
            why,
            [
                format!("the district {name:?} {why}"),
                "left its rows out".to_owned(),
                "spell it as in the project's other files".to_owned(),
            ],
        )
    }

    /// A cell that should be a number is not one.
    #[must_use]
    pub fn cell_not_number(place: Place, text: &str, column: &str) -> Self {
        let letters = text.contains(['O', 'o', 'l', 'I']) && text.contains(|c: char| c.is_ascii_digit());
        let hint = if letters {
            "is a letter O or l typed for a 0 or 1? correct the cell"
        } else {
            "correct the cell, or, if it means that a value is hidden or missing, add it to the layout's markers"
        };
        problem(
            Severity::Error,
            "cell-not-number",
            place,
            column,
            [
                format!("{text:?} is not a number (column {column:?})"),
                "left it out (missing)".to_owned(),
                hint.to_owned(),
            ],
        )
    }

    /// A column's header names a group, grade, subject or measure that the catalog does not know.
    #[must_use]
    pub fn part_unknown(place: Place, part: &str, text: &str, nearest: &str) -> Self {
        problem(
            Severity::Warning,
            "part-unknown",
            place,
            text,
            [
                format!("no {part} is known as {text:?}{nearest}"),
                "left it unread".to_owned(),
                format!("add the spelling to the layout's [{part}s] or to groups.toml"),
            ],
        )
    }

    /// Two columns hold the same thing.
    #[must_use]
    pub fn columns_alike(place: Place, column: &str, first: &Place) -> Self {
        problem(
            Severity::Warning,
            "columns-alike",
            place,
            column,
            [
                format!(
                    "the column {column:?} holds the same as the one in {}",
                    first.cell.as_deref().unwrap_or("?")
                ),
                "read the first".to_owned(),
                "say in the layout which is which (`occurrence`)".to_owned(),
            ],
        )
    }

    /// Columns of a sheet that no line of the layout names.
    #[must_use]
    pub fn columns_unread(place: Place, columns: &[String]) -> Self {
        let shown = columns.iter().take(8).map(|c| format!("{c:?}")).collect::<Vec<_>>().join(", ");
        let more = columns.len().saturating_sub(8);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        let noun = if columns.len() == 1 { "column is" } else { "columns are" };
        problem(
            Severity::Note,
            "columns-unread",
            place,
            "",
            [
                format!("{} {noun} not in the layout: {shown}{tail}", columns.len()),
                "left them unread; report.json lists them all".to_owned(),
                "to use one, add a [[column]] for it to the layout".to_owned(),
            ],
        )
    }

    /// The same observation stands twice in one file with different values.
    #[must_use]
    pub fn two_values(place: Place, what: &str, first: &str, second: &str, other: &str) -> Self {
        problem(
            Severity::Error,
            "two-values",
            place,
            what,
            [
                format!("{what} is {second} here, but {first} in {other}"),
                "kept the first".to_owned(),
                "correct the wrong one of the two cells".to_owned(),
            ],
        )
    }

    /// A later file revises what an earlier one published.
    #[must_use]
    pub fn revised(place: Place, what: &str, older: &str, newer: &str, count: u64) -> Self {
        let mut revised = problem(
            Severity::Note,
            "revised",
            place,
            "",
            [
                format!("{what} was {older} in an earlier file and is {newer} here"),
                "kept the later file's value".to_owned(),
                "nothing to do; report.json counts the revisions".to_owned(),
            ],
        );
        revised.count = count;
        revised
    }

    /// Sheets of a workbook that the layout does not read.
    #[must_use]
    pub fn sheets_unread(place: Place, why: &str) -> Self {
        problem(
            Severity::Note,
            "sheet-unread",
            place,
            "",
            [
                why.to_owned(),
                "left the sheet unread".to_owned(),
                "if it has data you need, name it in the layout's [sheets]".to_owned(),
            ],
        )
    }

    /// A value that is impossible for its unit or outside the measure's plausible range.
    #[must_use]
    pub fn implausible(place: Place, what: &str, shown: &str, range: &str) -> Self {
        problem(
            Severity::Warning,
            "implausible-value",
            place,
            what,
            [
                format!("{what} is {shown}, outside {range}"),
                "kept it as published".to_owned(),
                "check it against its source: a wrong unit or a slip of the keyboard?".to_owned(),
            ],
        )
    }

    /// A bare zero denominator or other arithmetic that cannot be done.
    #[must_use]
    pub fn not_computed(measure: &str, why: &str, count: u64) -> Self {
        let mut problem = problem(
            Severity::Note,
            "not-computed",
            Place::file(measure),
            measure,
            [why.to_owned(), "left the value out".to_owned(), "nothing to do".to_owned()],
        );
        problem.count = count;
        problem
    }

    /// Too few districts or variables to choose peers by.
    #[must_use]
    pub fn no_peers(why: &str) -> Self {
        problem(
            Severity::Warning,
            "no-peers",
            Place::file("retreat.toml"),
            "",
            [
                why.to_owned(),
                "built the pack without peer comparisons".to_owned(),
                "add sources that cover other districts, or change [peers]".to_owned(),
            ],
        )
    }

    /// A matching variable of `[peers]` that no district can be matched by.
    #[must_use]
    pub fn match_left_out(variable: &str, why: &str) -> Self {
        problem(
            Severity::Warning,
            "peers-match-left-out",
            Place::file("retreat.toml"),
            variable,
            [
                format!("districts cannot be matched by {variable:?}: {why}"),
                "chose the peers by the other variables".to_owned(),
                "add a source that has it, or take it out of match in [peers]".to_owned(),
            ],
        )
    }

    /// The year whose values choose the peers covers fewer districts than it should.
    #[must_use]
    pub fn peers_year_thin(year: &str, complete: usize, active: usize, wanted: f64) -> Self {
        problem(
            Severity::Warning,
            "peers-year-thin",
            Place::file("retreat.toml"),
            "",
            [
                format!(
                    "no school year has all matching variables for this district and for {wanted} % of the \
                     districts it may be matched with"
                ),
                format!("chose the peers by {year}, which has them for {complete} of {active} districts"),
                "take out of match in [peers] what few districts report, or add sources".to_owned(),
            ],
        )
    }

    /// An exhibit has nothing to show.
    #[must_use]
    pub fn exhibit_empty(exhibit: &str, why: &str) -> Self {
        problem(
            Severity::Note,
            "exhibit-left-out",
            Place::file(format!("exhibits, {exhibit}")),
            exhibit,
            [
                why.to_owned(),
                "left the exhibit out".to_owned(),
                "add a source that has the measure".to_owned(),
            ],
        )
    }
}
