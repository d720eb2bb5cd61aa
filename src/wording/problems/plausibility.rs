//! Problems with values that were read but are impossible or unlikely.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};

impl Diagnostic {
    /// Ids of the problems that quote a value which may be private.
    const JUDGED: [&str; 5] =
        ["implausible-value", "unit-jump", "total-differs", "zero-year", Self::IMPOSSIBLE_COMPUTED];
    /// Id of [`Diagnostic::impossible_computed`].
    pub const IMPOSSIBLE_COMPUTED: &str = "impossible-computed";
    /// Id of [`Diagnostic::total_differs`].
    pub const TOTAL_DIFFERS: &str = "total-differs";

    /// Whether it quotes a value that was judged.
    pub(super) fn quotes_judged_value(&self) -> bool {
        Self::JUDGED.contains(&self.id.as_ref())
    }

    /// A value is impossible for its unit or outside the measure's plausible range.
    #[must_use]
    pub fn implausible(place: Place, what: &str, shown: &str, [low, high]: [&str; 2]) -> Self {
        problem(
            Severity::Warning,
            "implausible-value",
            place,
            what,
            [
                format!("{what} is {shown}, outside the plausible range of {low} to {high}"),
                "kept it as published".to_owned(),
                "check it against its source: is the unit wrong, or is there a typo?".to_owned(),
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
                format!(
                    "{what} is {shown}, which differs from other years ({near}) by a factor of about {factor}"
                ),
                "kept it as published".to_owned(),
                "check that year's values: are they in thousands or written as fractions, or is there an extra digit?"
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
                    "in {year}, the median district's value of “{measure}” was {ratio:.2} times its value the year before (among \
                     {districts} districts)"
                ),
                "compared the years anyway".to_owned(),
                "if the definition or the test changed, declare a break in that year; if an event affected everybody, \
                 tell the room"
                    .to_owned(),
            ],
        )
    }

    /// The parts of a total add up to a different number.
    #[must_use]
    pub fn total_differs(place: Place, what: &str, whole: &str, parts: &str, sum: &str) -> Self {
        problem(
            Severity::Warning,
            Self::TOTAL_DIFFERS,
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

    /// A value is zero, although it is far from zero in all other years; other values of that year are not.
    #[must_use]
    pub fn unlikely_zero(place: Place, what: &str) -> Self {
        problem(
            Severity::Warning,
            "unlikely-zero",
            place,
            what,
            [
                format!("{what} is 0, although it is far from 0 in all other years"),
                "kept it as published; if it is the latest value, no conclusions are drawn from it"
                    .to_owned(),
                "if it has not been counted yet, leave the cell blank".to_owned(),
            ],
        )
    }

    /// All of a district's values of a measure in a year are zero, although they are far from zero in other years.
    #[must_use]
    pub fn zero_year(place: Place, what: &str) -> Self {
        problem(
            Severity::Error,
            "zero-year",
            place,
            what,
            [
                format!(
                    "{what} is 0, as are all of the district's values for this measure that year, but other years are far from 0"
                ),
                "left the zeros out: that year does not seem to have been counted yet".to_owned(),
                "if nothing was counted that year, leave its cells blank or take the year out of the file"
                    .to_owned(),
            ],
        )
    }

    /// A value is of a year in which its measure was not counted as in other years.
    #[must_use]
    pub fn odd_year(place: Place, what: &str, why: &str) -> Self {
        problem(
            Severity::Note,
            "odd-year",
            place,
            what,
            [
                format!("{what} cannot be compared with other years: {why}"),
                "left it out".to_owned(),
                "there is nothing to do; the published number is still in its file".to_owned(),
            ],
        )
    }

    /// A value computed from several cells cannot be true. `others` are the cells besides the one at `place`.
    #[must_use]
    pub fn impossible_computed(
        place: Place,
        measure: &str,
        shown: &str,
        [low, high]: [&str; 2],
        others: &[String],
    ) -> Self {
        let with = if others.is_empty() { String::new() } else { format!(" with {}", others.join(", ")) };
        problem(
            Severity::Error,
            Self::IMPOSSIBLE_COMPUTED,
            place,
            measure,
            [
                format!("{measure} would be {shown}{with}, far outside the range of {low} to {high}"),
                "left the value out, because it cannot be true".to_owned(),
                "check these cells: one of them may be in thousands or about different students".to_owned(),
            ],
        )
    }

    /// The same problem of a value that cannot be true.
    #[must_use]
    pub fn left_out(self) -> Self {
        let done = "left the value out, because it cannot be true".to_owned();
        Self { severity: Severity::Error, done, ..self }
    }
}
