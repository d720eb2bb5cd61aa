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
    /// A layout multiplies a number of people by a factor.
    #[must_use]
    pub fn people_multiplied(place: Place, times: f64, column: &str) -> Self {
        problem(
            Severity::Error,
            "people-multiplied",
            place,
            column,
            [
                format!("column {column:?} counts people, and its layout multiplies them by {times}"),
                "left the value out: it would hide how few they are".to_owned(),
                "take `times` out of the layout; where a column holds counts and percents, say `times` of the latter only"
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
            "part-above-whole" => format!("a cell counts more than there are (column {like:?})"),
            "negative-code" => format!("a number below zero cannot be a value of the column {like:?}"),
            "percent-among-shares" => "a percent stands in a column of shares of 1".to_owned(),
            "read-as-shares" => {
                format!("the column {like:?} should hold percents, but looks like shares of 1")
            }
            "percents-or-shares" => format!("the column {like:?} holds small percents, or shares of 1"),
            "footnote-mark" => format!("a number has a footnote mark (column {like:?})"),
            // If very many kinds of problems were merged into one, its subject is unknown.
            "two-values" if like.is_empty() => "a value is another here than in an earlier cell".to_owned(),
            "two-values" => format!("{like} has another value here than in an earlier cell"),
            Self::TOTAL_EXCEEDED => format!("{like} does not come to what its parts add up to"),
            Self::REVISED => "a value is another here than in an earlier file".to_owned(),
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
                "left it out (missing)".to_owned(),
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
                format!("{text:?} does not hold {parts} numbers as the layout says (column {column:?})"),
                "left it out (missing)".to_owned(),
                "correct the cell, or `split` in the column's entry of the layout".to_owned(),
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
                format!("{text:?} counts more than there are (column {column:?})"),
                "left it out (missing)".to_owned(),
                "correct the cell; or, if the whole stands first, write `split = [\"denominator\", \"numerator\"]` in \
                 the column's entry of the layout"
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
                format!("{code} cannot be a value of the column {column:?}, which is never below zero"),
                "took it for the mark of a hidden value (masked)".to_owned(),
                format!(
                    "if the publisher means something else by it, say so in the layout: [markers] missing = \
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
                format!("{number} stands in a column of shares of 1"),
                "took it for a percent, and the others for shares".to_owned(),
                "correct the cell, or say in the column's entry of the layout what it holds (times = 1 or times = 100)"
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
                format!("the cell has a formula, but no value was stored for it (column {column:?})"),
                "left it out (missing)".to_owned(),
                "open the workbook in a spreadsheet program, let it calculate, and save it".to_owned(),
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

    /// The same observation is in one file twice with different values; `which` says which one is kept.
    #[must_use]
    pub fn two_values(
        place: Place,
        what: &str,
        [first, second]: [&str; 2],
        other: &Place,
        which: &str,
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
                format!("kept {which}"),
                "correct the wrong one of the two cells".to_owned(),
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
                "nothing to do, unless the earlier file was right: then name it after this one in retreat.toml"
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
                "nothing to do; report.json lists the revisions of the district and its peers".to_owned(),
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
                format!("{what} is added up without {schools} of {earlier} ({school:?})"),
                "kept the later file's sum".to_owned(),
                "if the later file corrects some schools only, put all schools of the year into one file"
                    .to_owned(),
            ],
        )
    }

    /// A value is impossible for its unit or outside the measure's plausible range.
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

    /// A value differs from those of other years by the ratio of two units.
    #[must_use]
    pub fn unit_jump(place: Place, what: &str, shown: &str, near: &str, factor: f64) -> Self {
        problem(
            Severity::Warning,
            "unit-jump",
            place,
            what,
            [
                format!("{what} is {shown}, about {factor} times more or less than in other years ({near})"),
                "kept it as published".to_owned(),
                "check the unit of that year: thousands, a share instead of a percent, a digit too many?"
                    .to_owned(),
            ],
        )
    }

    /// A measure shifts in most districts at once.
    #[must_use]
    pub fn level_shift(place: Place, measure: &str, year: &str, ratio: f64, districts: usize) -> Self {
        problem(
            Severity::Warning,
            "level-shift",
            place,
            measure,
            [
                format!(
                    "{measure} is {ratio:.2} times that of the year before in the middle one of {districts} districts \
                     in {year}"
                ),
                "compared the years all the same".to_owned(),
                "if the definition or the test changed, declare a break in that year; if an event hit all, say so \
                 in the room"
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
                "kept both; withheld more of the parts, so that the difference tells of nobody".to_owned(),
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
                format!("{what} rests on few, and what is published already tells it nearly or wholly"),
                "withheld it, and nothing more for it: what is public cannot be taken back".to_owned(),
                "tell whoever published it; if it was public itself, say `public = true` in its layout"
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
                format!("no file says how many students {what} rests on, and it may be very few"),
                "withheld it".to_owned(),
                "add a column with the number of students and name it as `weight` in the layout; or say `public = true` \
                 there if the figures are already published as they stand"
                    .to_owned(),
            ],
        )
    }

    /// The parts of a total add up to a different number.
    #[must_use]
    pub fn total_differs(place: Place, what: &str, whole: &str, parts: &str, sum: &str) -> Self {
        problem(
            Severity::Warning,
            "total-differs",
            place,
            what,
            [
                format!("{what} is {whole}, but {parts} add up to {sum}"),
                "kept both as published".to_owned(),
                "check which of the cells is wrong; a group or grade may be counted twice or left out"
                    .to_owned(),
            ],
        )
    }
}
