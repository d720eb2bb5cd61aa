//! Problems with single values.

use super::not_number::not_number_hint;
use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// A value that was revised, as text.
#[derive(Debug, Clone, Copy)]
pub struct RevisedTexts<'a> {
    /// The earlier value.
    pub older: &'a str,
    /// The cell of the earlier value.
    pub earlier: &'a str,
    /// The later value.
    pub newer: &'a str,
}

impl Diagnostic {
    /// A layout multiplies a number of people.
    #[must_use]
    pub fn people_multiplied(place: Place, times: f64, column: &str) -> Self {
        problem(
            Severity::Error,
            "people-multiplied",
            place,
            column,
            [
                format!("column {column:?} counts people, and its layout multiplies them by {times}"),
                "left the value out, since multiplying would hide how few people there are".to_owned(),
                "remove `times` from the layout; if a column has counts and percents, set `times` for the percents only"
                    .to_owned(),
            ],
        )
    }

    /// Id of [`Diagnostic::total_exceeded`].
    pub const TOTAL_EXCEEDED: &str = "total-exceeded";
    /// Id of [`Diagnostic::revised`].
    pub const REVISED: &str = "revised";

    /// The same problem without the values that it quotes, for readers who may not see the file.
    #[must_use]
    pub fn without_values(self) -> Self {
        let like = &self.like;
        let found = match self.id.as_ref() {
            "cell-not-number" => format!("a cell is not a number (column {like:?})"),
            "part-above-whole" => {
                format!("a cell has a part that is greater than its whole (column {like:?})")
            }
            "negative-code" => format!("a negative number cannot be a value of the column {like:?}"),
            "percent-among-shares" => "a percent is in a column of fractions".to_owned(),
            "read-as-shares" => {
                format!("the column {like:?} should have percents, but its values look like fractions")
            }
            "percents-or-shares" => {
                format!("the values of the column {like:?} are either small percents or fractions")
            }
            "footnote-mark" => format!("a number has a footnote mark (column {like:?})"),
            // If very many kinds of problems were merged into one, its subject is unknown.
            "two-values" if like.is_empty() => "a value differs from the one in an earlier cell".to_owned(),
            "two-values" => format!("{like} differs from its value in an earlier cell"),
            Self::TOTAL_EXCEEDED => format!("{like} does not equal the sum of its parts"),
            _ if self.quotes_judged_value() => format!("a value of {like} is impossible or unlikely"),
            Self::REVISED => "a value differs from the one in an earlier file".to_owned(),
            _ => return self,
        };
        Self { found, ..self }
    }

    /// A cell that should hold a number does not.
    #[must_use]
    pub fn cell_not_number(place: Place, text: &str, column: &str) -> Self {
        let hint = not_number_hint(text);
        problem(
            Severity::Error,
            "cell-not-number",
            place,
            column,
            [
                format!("{text:?} is not a number (column {column:?})"),
                "read it as missing".to_owned(),
                hint.to_owned(),
            ],
        )
    }

    /// A cell that should contain several numbers does not.
    #[must_use]
    pub fn cell_not_parts(place: Place, text: &str, parts: usize, column: &str) -> Self {
        problem(
            Severity::Error,
            "cell-not-number",
            place,
            column,
            [
                format!(
                    "{text:?} does not have the {parts} numbers that the layout expects (column {column:?})"
                ),
                "read it as missing".to_owned(),
                "correct the cell, or change `split` for the column in the layout".to_owned(),
            ],
        )
    }

    /// A part in a cell is greater than its whole.
    #[must_use]
    pub fn part_above_whole(place: Place, text: &str, column: &str) -> Self {
        problem(
            Severity::Error,
            "part-above-whole",
            place,
            column,
            [
                format!("{text:?} has a part that is greater than its whole (column {column:?})"),
                "read it as missing".to_owned(),
                "correct the cell; if the whole comes first, set `split = [\"denominator\", \"numerator\"]` for the \
                 column in the layout"
                    .to_owned(),
            ],
        )
    }

    /// A negative integer where a value cannot be negative.
    #[must_use]
    pub fn negative_code(place: Place, code: f64, column: &str) -> Self {
        problem(
            Severity::Warning,
            "negative-code",
            place,
            column,
            [
                format!("{code} cannot be a value of the column {column:?}, which is never negative"),
                "read it as a code for a hidden value (masked)".to_owned(),
                format!(
                    "if the publisher uses it for a missing value, set that in the layout: [markers] missing = \
                     [\"{code}\"]"
                ),
            ],
        )
    }

    /// A number too large for a share, in a column of shares.
    #[must_use]
    pub fn percent_among_shares(place: Place, number: f64) -> Self {
        problem(
            Severity::Warning,
            "percent-among-shares",
            place,
            "",
            [
                format!("{number} is in a column of fractions (0.95 for 95%)"),
                "read it as a percent and the others as fractions".to_owned(),
                "correct the cell, or set `times = 1` or `times = 100` for the column in the layout"
                    .to_owned(),
            ],
        )
    }

    /// A cell's formula was never calculated, so the file has no value for it.
    #[must_use]
    pub fn not_calculated(place: Place, column: &str) -> Self {
        problem(
            Severity::Error,
            "not-calculated",
            place,
            column,
            [
                format!("the cell has a formula but no stored value (column {column:?})"),
                "read it as missing".to_owned(),
                "open the workbook in a spreadsheet program, let it recalculate, and save it".to_owned(),
            ],
        )
    }

    /// A number is followed by a footnote mark.
    #[must_use]
    pub fn footnote_mark(place: Place, text: &str, column: &str) -> Self {
        problem(
            Severity::Note,
            "footnote-mark",
            place,
            column,
            [
                format!("{text:?} has a footnote mark (column {column:?})"),
                "read the number without it".to_owned(),
                "read the note below the table: it may say that the value is not comparable".to_owned(),
            ],
        )
    }

    /// The same observation is in one file twice with different values; `is_first_kept` says which one is kept.
    #[must_use]
    pub fn two_values(
        place: Place,
        what: &str,
        [first, second]: [&str; 2],
        other: &Place,
        is_first_kept: bool,
    ) -> Self {
        let other = match other.sheet == place.sheet {
            true => other.cell.clone().unwrap_or_default(),
            false => other.to_string(),
        };
        problem(
            Severity::Error,
            "two-values",
            place,
            what,
            [
                format!("{what} is {second} here, but {first} in {other}"),
                if is_first_kept { "kept the first" } else { "kept the second" }.to_owned(),
                "correct whichever of the two cells is wrong".to_owned(),
            ],
        )
    }

    /// A later file hides what an earlier one published.
    #[must_use]
    pub fn hidden_later(place: Place, what: &str, earlier: &Place, count: u64) -> Self {
        let mut hidden = problem(
            Severity::Note,
            "hidden-later",
            place,
            "",
            [
                format!("{what} was published in {earlier} and is hidden here"),
                "kept it hidden".to_owned(),
                "nothing to do; if the earlier file was right, list it after this one in retreat.toml"
                    .to_owned(),
            ],
        );
        hidden.count = count;
        hidden
    }

    /// A later file revises what an earlier one published.
    #[must_use]
    pub fn revised(place: Place, what: &str, texts: RevisedTexts<'_>, count: u64) -> Self {
        let RevisedTexts { older, earlier, newer } = texts;
        let mut revised = problem(
            Severity::Note,
            Self::REVISED,
            place,
            "",
            [
                format!("{what} was {older} in {earlier} and is {newer} here"),
                "kept the later file's value".to_owned(),
                "nothing to do; report.json lists the revisions for the district and its peers".to_owned(),
            ],
        );
        revised.count = count;
        revised
    }

    /// A later file has fewer schools for a district than an earlier one.
    #[must_use]
    pub fn schools_fewer(place: Place, what: &str, earlier: &str, school: &str, count: usize) -> Self {
        let schools = if count == 1 { "a school".to_owned() } else { format!("{count} schools") };
        problem(
            Severity::Warning,
            "schools-fewer",
            place,
            "",
            [
                format!("{what}: the sum now leaves out {schools} that {earlier} has ({school:?})"),
                "kept the later file's sum".to_owned(),
                "if the later file corrects only some schools, put all schools of the year in one file"
                    .to_owned(),
            ],
        )
    }

    /// In a source that is not public, the parts of a total of people add up to slightly more than the total.
    #[must_use]
    pub fn total_exceeded(place: Place, what: &str, whole: &str, sum: &str) -> Self {
        problem(
            Severity::Warning,
            Self::TOTAL_EXCEEDED,
            place,
            what,
            [
                format!("{what} is {whole}, but its parts add up to {sum}"),
                "kept both; withheld more of the parts, so that the difference does not reveal anybody"
                    .to_owned(),
                "check which of the cells is wrong; somebody may be counted twice".to_owned(),
            ],
        )
    }

    /// A withheld value can be worked out from public ones.
    #[must_use]
    pub fn disclosed_by_public(place: Place, what: &str) -> Self {
        problem(
            Severity::Warning,
            "told-by-public",
            place,
            "",
            [
                format!("{what} is about only a few people, and public values already reveal it, or nearly do"),
                "withheld it, but nothing else to protect it: public values cannot be taken back".to_owned(),
                "tell whoever published them; if the value itself is public, set `public = true` in its layout"
                    .to_owned(),
            ],
        )
    }

    /// A private value whose n is unknown. `is_column` if this applies to its whole measure, not only to a
    /// few values whose n is blank or masked.
    #[must_use]
    pub fn students_unknown(place: Place, what: &str, is_column: bool) -> Self {
        problem(
            if is_column { Severity::Warning } else { Severity::Note },
            "students-unknown",
            place,
            "",
            [
                format!("no file gives the number of students that {what} is based on, and it may be very small"),
                "withheld it".to_owned(),
                "name a column with the number of students as `weight` in the layout; if these figures are already \
                 published as they are, set `public = true` there; for a measure of your own that is a percent of all \
                 students, delete `some = true` from its `population`"
                    .to_owned(),
            ],
        )
    }
}
