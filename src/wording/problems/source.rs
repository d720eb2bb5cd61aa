//! Problems with files and sheets.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::count;

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
                "no file was found there".to_owned(),
                "continued without it".to_owned(),
                "check the path in retreat.toml: it is relative to the project's folder, capital letters matter, and `/` \
                 separates folders (in TOML, a backslash means something else)"
                    .to_owned(),
            ],
        )
    }

    /// A source's path matches only files that this program wrote.
    #[must_use]
    pub fn own_output(pattern: &str) -> Self {
        problem(
            Severity::Error,
            "own-output",
            Place::file(pattern),
            "",
            [
                "retreat wrote everything that was found there (a pack or a readiness report), or moved it out of such a folder".to_owned(),
                "did not read it, since it would override the spreadsheets that it was made from".to_owned(),
                "name the spreadsheets themselves; if you keep one in such a folder, move it out".to_owned(),
            ],
        )
    }

    /// A file cannot be opened, or its content is not of the expected kind.
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

    /// A source's path names an environment variable that is not set.
    #[must_use]
    pub fn variable_not_set(pattern: &str, variable: &str) -> Self {
        Self::file_unreadable(
            pattern,
            &format!("the environment variable {variable} is not set"),
            &format!("set it to the data folder: {variable}=/folder retreat build …"),
        )
    }

    /// The part of a workbook that contains a sheet is damaged or missing.
    #[must_use]
    pub fn sheet_unreadable(place: Place, why: &str, hint: &str) -> Self {
        problem(
            Severity::Error,
            "sheet-unreadable",
            place,
            "",
            [why.to_owned(), "left the sheet out and read the others".to_owned(), hint.to_owned()],
        )
    }

    /// A source's path, or a link in it, leads out of the project's folder.
    #[must_use]
    pub fn path_outside(path: &str) -> Self {
        problem(
            Severity::Error,
            "path-outside",
            Place::file(path),
            "",
            [
                "the path points outside the project's folder".to_owned(),
                "did not read it".to_owned(),
                "copy the file into the project, or name its folder with an environment variable: ${DATA}/file.csv"
                    .to_owned(),
            ],
        )
    }

    /// Files of a folder or archive are not spreadsheets.
    #[must_use]
    pub fn not_spreadsheets(place: &str, names: &[String]) -> Self {
        let shown = names.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let more = names.len().saturating_sub(5);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        let [found, object, hint] = if names.len() == 1 {
            ["one file there is not a spreadsheet", "it", "if it"]
        } else {
            ["some files there are not spreadsheets", "them", "if one of them"]
        };
        problem(
            Severity::Note,
            "not-spreadsheets",
            Place::file(place),
            "",
            [
                format!("{found}: {shown}{tail}"),
                format!("left {object} out"),
                format!("nothing to do; {hint} contains a table, save it as .xlsx or .csv"),
            ],
        )
    }

    /// Only the first rows of a large table were surveyed.
    #[must_use]
    pub fn rows_not_looked_at(place: Place, rows: u64) -> Self {
        let rows = count(rows as usize);
        problem(
            Severity::Note,
            "rows-not-looked-at",
            place,
            "",
            [
                format!("the table is large: {rows} rows after the first ones were not checked"),
                "judged the table by its first rows".to_owned(),
                "nothing to do; a build reads all rows that the layout keeps ([[row]])".to_owned(),
            ],
        )
    }

    /// A cell has more text than a spreadsheet's cell can hold.
    #[must_use]
    pub fn text_too_long(place: Place, most: usize) -> Self {
        let most = count(most);
        problem(
            Severity::Error,
            "text-too-long",
            place,
            "",
            [
                format!("the cell has more than {most} characters, more than a spreadsheet cell can hold"),
                "read the cell as empty".to_owned(),
                "check the cell: in a text file, there may be an opening quotation mark that is never closed"
                    .to_owned(),
            ],
        )
    }

    /// With this file, the project's files would hold more than a project may.
    #[must_use]
    pub fn project_too_large(file: &str, values: usize, before: usize, [most, private]: [usize; 2]) -> Self {
        let [values, before, most, private] = [values, before, most, private].map(count);
        problem(
            Severity::Error,
            "project-too-large",
            Place::file(file),
            "",
            [
                format!(
                    "it has {values} values, and the sources before it have {before}. With their names and notes, this \
                     exceeds a project's limit: {most} values, at most {private} of them not public"
                ),
                "left the file out and kept those before it".to_owned(),
                "keep only the rows, columns, and years that you need ([[row]] in the layout leaves rows out), or split \
                 the project in two"
                    .to_owned(),
            ],
        )
    }

    /// A file has no cells.
    #[must_use]
    pub fn file_empty(file: &str) -> Self {
        Self { severity: Severity::Error, ..Self::sheet_empty(Place::file(file)) }
    }

    /// A file has no row that a layout reads.
    #[must_use]
    pub fn no_rows(file: &str) -> Self {
        problem(
            Severity::Error,
            "no-rows",
            Place::file(file),
            "",
            [
                "it has no rows of data that a layout reads".to_owned(),
                "continued without it".to_owned(),
                "if it was emptied by mistake, get it again from its publisher; if it should be empty, remove it from \
                 the project"
                    .to_owned(),
            ],
        )
    }

    /// None of a source's files has a row that its layout reads.
    #[must_use]
    pub fn source_without_rows(pattern: &str, layout: &str) -> Self {
        problem(
            Severity::Error,
            "source-without-rows",
            Place::file(pattern),
            layout,
            [
                format!("no file in this source has a row that the layout {layout} reads"),
                "continued without it".to_owned(),
                "check that the source names the right layout and that the layout reads the right sheets ([sheets])"
                    .to_owned(),
            ],
        )
    }

    /// A sheet has no cells.
    #[must_use]
    pub fn sheet_empty(place: Place) -> Self {
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

    /// The layout does not read a sheet of a workbook.
    #[must_use]
    pub fn sheets_unread(place: Place, why: &str) -> Self {
        problem(
            Severity::Note,
            "sheet-unread",
            place,
            "",
            [
                why.to_owned(),
                "did not read the sheet".to_owned(),
                "if it has data you need, name it in the layout's [sheets]".to_owned(),
            ],
        )
    }
}
