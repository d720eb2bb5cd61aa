//! Problems with a table's header, columns and rows.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::count;

/// A row whose district is not known, grouped with others of its sheet that have the same reason `like`.
fn unknown_district(place: Place, like: &str, found: String) -> Diagnostic {
    problem(
        Severity::Warning,
        "district-unknown",
        place,
        like,
        [
            found,
            "left its rows out".to_owned(),
            "spell the name as it appears in the project's other files".to_owned(),
        ],
    )
}

impl Diagnostic {
    /// The column that the layout filters rows by is not in the sheet.
    #[must_use]
    pub fn filter_missing(place: Place, column: &str, why: &str) -> Self {
        problem(
            Severity::Error,
            "filter-missing",
            place,
            column,
            [
                format!("there is no column {column}, which the layout needs to leave rows out ({why})"),
                "left the whole table out, since there is no way to tell which rows to leave out".to_owned(),
                "if the column has another name this year, add that name to [[row]] in the layout".to_owned(),
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
                "fill in the id; if the row is a total or a note, exclude it in the layout ([[row]])"
                    .to_owned(),
            ],
        )
    }

    /// A sheet names more districts than allowed.
    #[must_use]
    pub fn districts_beyond_number(place: Place, most: usize, column: &str) -> Self {
        let most = count(most);
        problem(
            Severity::Error,
            "districts-beyond-number",
            place,
            "",
            [
                format!("it names more than {most} districts"),
                "left the sheet out".to_owned(),
                format!(
                    "check the layout's district column: {column:?} may contain something else, such as students"
                ),
            ],
        )
    }

    /// A file contains more values than are read from one file.
    #[must_use]
    pub fn values_beyond_number(place: Place, most: usize, is_public: bool) -> Self {
        let most = count(most);
        let private = if is_public { "" } else { " that are not public" };
        problem(
            Severity::Error,
            "values-beyond-number",
            place,
            "",
            [
                format!("with this sheet, the file has more than {most} values{private}"),
                "left the sheet out".to_owned(),
                "split the file, for example by year, or keep only the rows and columns that you need"
                    .to_owned(),
            ],
        )
    }

    /// The names in a file are longer in total than allowed.
    #[must_use]
    pub fn words_beyond_number(place: Place, most: usize) -> Self {
        problem(
            Severity::Error,
            "words-beyond-number",
            place,
            "",
            [
                format!("with this sheet, the file's values and names take up more than {most} MB"),
                "left the sheet out".to_owned(),
                "check which columns the layout uses for names and attributes: one of them may contain long notes".to_owned(),
            ],
        )
    }

    /// A spreadsheet program has rounded a district id.
    #[must_use]
    pub fn id_cut(place: Place) -> Self {
        problem(
            Severity::Error,
            "id-cut",
            place,
            "",
            [
                "the district id looks like 1.0001E+14: a spreadsheet program rounded it, and its last digits are lost"
                    .to_owned(),
                "left the row out, since other districts' ids may start with the same digits".to_owned(),
                "get the file again as .xlsx, or set the id column to text when you open the file, before you save it as .csv"
                    .to_owned(),
            ],
        )
    }

    /// A row of a table of schools names no school.
    #[must_use]
    pub fn school_missing(place: Place) -> Self {
        problem(
            Severity::Warning,
            "school-missing",
            place,
            "",
            [
                "the row has values but no school".to_owned(),
                "read it as a total and left it out, so that nothing is counted twice".to_owned(),
                "if it is a total, there is nothing to do; if it is a school, fill in its name".to_owned(),
            ],
        )
    }

    /// The only row with the name of a state, in a table that identifies districts only by name.
    #[must_use]
    pub fn state_left_out(place: Place, name: &str) -> Self {
        problem(
            Severity::Warning,
            "state-left-out",
            place,
            "",
            [
                format!(
                    "{name:?} is the name of a state, and no column here has ids to show that it is a district"
                ),
                "read it as the state, not as a district, and left its rows out".to_owned(),
                "if it is a district, write its full name or add a column of district ids".to_owned(),
            ],
        )
    }

    /// A row names a district that no other source has.
    #[must_use]
    pub fn district_unknown(place: Place, name: &str) -> Self {
        unknown_district(place, "no source", format!("no other source has a district named {name:?}"))
    }

    /// A row names a district by a name that several have.
    #[must_use]
    pub fn district_ambiguous(place: Place, name: &str) -> Self {
        unknown_district(place, "several", format!("several districts are named {name:?}"))
    }

    /// A column of percents has no value above 1.
    #[must_use]
    pub fn read_as_shares(place: Place, column: &str, most: f64) -> Self {
        problem(
            Severity::Warning,
            "read-as-shares",
            place,
            column,
            [
                format!("the column {column:?} should have percents, but its values look like fractions (up to {most})"),
                "read them as fractions and multiplied them by 100".to_owned(),
                "if they are percents, set `times = 1` for the column in the layout; if not, set `times = 100`"
                    .to_owned(),
            ],
        )
    }

    /// A column's percents are so small that they may be shares of 1.
    #[must_use]
    pub fn percents_or_shares(place: Place, column: &str, most: f64) -> Self {
        problem(
            Severity::Warning,
            "percents-or-shares",
            place,
            column,
            [
                format!("the column {column:?} has no value above {most}: its values are either small percents or fractions"),
                "read them as percents".to_owned(),
                "if they are fractions, set `times = 100` for the column in the layout; if not, set `times = 1`"
                    .to_owned(),
            ],
        )
    }

    /// Schools' rates cannot be aggregated to the district.
    #[must_use]
    pub fn rate_without_weight(place: Place, measure: &str, districts: u64) -> Self {
        let mut problem = problem(
            Severity::Error,
            "rate-without-weight",
            place,
            measure,
            [
                format!("{measure} is a rate for each school, and no column gives the number of people it is based on"),
                "left it out, since a simple average of schools would be wrong".to_owned(),
                "add a file with the number of students in each school, or the district's own rates; or name a `weight` column"
                    .to_owned(),
            ],
        );
        problem.count = districts;
        problem
    }

    /// Some districts' sums leave out schools without a number.
    #[must_use]
    pub fn sum_with_holes(place: Place, measure: &str, sums: u64) -> Self {
        let mut problem = problem(
            Severity::Note,
            "sum-with-holes",
            place,
            measure,
            [
                format!(
                    "{measure} has no number in some rows of a district but has numbers in its other rows"
                ),
                "added up the other rows; the cells that were added are listed with the value".to_owned(),
                "if an empty cell hides a number here, set `masked = [\"\"]` under [markers] in the layout"
                    .to_owned(),
            ],
        );
        problem.count = sums;
        problem
    }

    /// A column's header names a group, grade, subject or measure that the catalog does not know.
    #[must_use]
    pub fn part_unknown(place: Place, part: &str, text: &str, nearest: &str) -> Self {
        let [found, hint] = if text.trim().is_empty() {
            [
                format!("this cell is blank, so it does not name a {part}"),
                "fill in the cell, or leave the row out in the layout ([[row]])".to_owned(),
            ]
        } else {
            [
                format!("{text:?} is not a known {part}{nearest}"),
                format!("add the spelling to the layout's [{part}s] or to groups.toml"),
            ]
        };
        problem(Severity::Warning, "part-unknown", place, text, [found, "did not read it".to_owned(), hint])
    }

    /// Two columns hold the same measure or attribute.
    #[must_use]
    pub fn columns_alike(place: Place, column: &str, first: &Place) -> Self {
        problem(
            Severity::Warning,
            "columns-alike",
            place,
            column,
            [
                format!(
                    "the column {column:?} has the same measure or attribute as the one in {}",
                    first.cell.as_deref().unwrap_or("?")
                ),
                "read only the first".to_owned(),
                "set `occurrence` in the layout to distinguish the two".to_owned(),
            ],
        )
    }

    /// The layout does not name some columns of a sheet.
    #[must_use]
    pub fn columns_unread(place: Place, columns: &[String]) -> Self {
        let shown = columns.iter().take(8).map(|c| format!("{c:?}")).collect::<Vec<_>>().join(", ");
        let more = columns.len().saturating_sub(8);
        let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
        let [noun, used] = if columns.len() == 1 { ["column is", "it"] } else { ["columns are", "one"] };
        problem(
            Severity::Note,
            "columns-unread",
            place,
            "",
            [
                format!("{} {noun} not in the layout: {shown}{tail}", columns.len()),
                "read only the columns in the layout; report.json lists the rest".to_owned(),
                format!("to use {used}, add a [[column]] for it to the layout"),
            ],
        )
    }

    /// The crosswalk names a district that no source has.
    #[must_use]
    pub fn crosswalk_unknown(file: &str, id: &str) -> Self {
        problem(
            Severity::Warning,
            "crosswalk-unknown",
            Place::file(file),
            id,
            [
                format!("the crosswalk names the district {id}, but no source has it"),
                "left it out of the crosswalk".to_owned(),
                "check its id or add the source that has its earlier data".to_owned(),
            ],
        )
    }

    /// A district or school takes in another one and stays, and the crosswalk has no row for it.
    #[must_use]
    pub fn crosswalk_stays(file: &str, id: &str) -> Self {
        problem(
            Severity::Note,
            "crosswalk-stays",
            Place::file(file),
            id,
            [
                format!("the crosswalk merges another id into {id}, which had values of its own before then"),
                "added up both for earlier years, as in a merger".to_owned(),
                format!("to say so in the crosswalk, add a row from {id} to {id} for that year"),
            ],
        )
    }

    /// Values of the parts of a merged district cannot be combined.
    #[must_use]
    pub fn past_not_joined(district: &str, values: u64) -> Self {
        let values = count(values as usize);
        let mut problem = problem(
            Severity::Note,
            "past-not-joined",
            Place::file("retreat.toml"),
            district,
            [
                format!(
                    "earlier values for {district} ({values} in all) cannot be combined: a part has no value, a rate's \
                     weights are unknown, or the crosswalk lacks a district"
                ),
                "left those years out of its series".to_owned(),
                "name every part in the crosswalk, including the one that keeps its id".to_owned(),
            ],
        );
        problem.count = 1;
        problem
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Place};

    fn found(text: &str) -> String {
        Diagnostic::part_unknown(Place::file("a.csv"), "grade", text, "").found
    }

    #[test]
    fn a_blank_cell_is_called_blank() {
        assert_eq!(found(""), "this cell is blank, so it does not name a grade");
        assert_eq!(found("UE"), "\"UE\" is not a known grade");
    }
}
