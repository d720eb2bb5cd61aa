//! Problems with the scales of surveys: numbers, doubtful scales, and questions with which it may be better to disagree.

use super::problem;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::wording::listing::{count, counted};

impl Diagnostic {
    /// Answers that are numbers, with nothing that says which end is best.
    #[must_use]
    pub fn survey_numbers(place: Place, [low, high]: [u32; 2]) -> Self {
        problem(
            Severity::Warning,
            "survey-in-numbers",
            place,
            &format!("{low}-{high}"),
            [
                format!("the answers are numbers from {low} to {high}, and nothing says which end is best"),
                format!("read {high} as the most favorable answer"),
                format!(
                    "add worst = {low} and best = {high} to the [[survey]], or worst = {high} and best = {low} if it is the other way around"
                ),
            ],
        )
    }

    /// Answers that are numbers, with their best end.
    #[must_use]
    pub fn survey_numbers_stated(place: Place, [low, high]: [u32; 2], lowest_is_best: bool) -> Self {
        let best = if lowest_is_best { low } else { high };
        problem(
            Severity::Note,
            "survey-in-numbers",
            place,
            &format!("{low}-{high}-{best}"),
            [
                format!("the answers are numbers from {low} to {high}, and {best} is said to be the best"),
                if lowest_is_best {
                    format!(
                        "read {low} as the most favorable answer, and reversed the numbers: {low} counts as {high}"
                    )
                } else {
                    format!("read {high} as the most favorable answer")
                },
                "nothing to do".to_owned(),
            ],
        )
    }

    /// Questions that have the legend of another one; `cells` are their headings.
    #[must_use]
    pub fn survey_legend_carried(
        place: Place,
        cells: &[String],
        [low, high]: [u32; 2],
        lowest_is_best: bool,
    ) -> Self {
        let best = if lowest_is_best { low } else { high };
        let other = if lowest_is_best { high } else { low };
        let severity = if lowest_is_best { Severity::Warning } else { Severity::Note };
        let others = counted(cells.len(), "more question");
        let named = match cells {
            [] => String::new(),
            [only] => format!(" ({only})"),
            [first, .., last] => format!(" ({first} to {last})"),
        };
        problem(
            severity,
            "survey-legend-carried",
            place,
            "",
            [
                format!(
                    "this heading says what the numbers from {low} to {high} stand for, but there is no such explanation for {others} after it{named}"
                ),
                format!("read their answers in the same way, with {best} as the most favorable"),
                format!(
                    "if their numbers mean something else, add worst = {other} and best = {best} to the [[survey]], or the other \
                     way around"
                ),
            ],
        )
    }

    /// Numbers that may be on another scale.
    #[must_use]
    pub fn survey_numbers_doubtful(place: Place, question: &str, [low, high]: [u32; 2]) -> Self {
        problem(
            Severity::Warning,
            "survey-scale-doubtful",
            place,
            question,
            [
                format!(
                    "the answers to “{question}” fit a scale from {low} to {high}, but the scale may be a different one"
                ),
                format!(
                    "read them as {low} to {high}, and left questions like this out of subjects and comparisons"
                ),
                format!(
                    "add the ends of the scale to the [[survey]], such as worst = {low} and best = {high}, or to the column heading"
                ),
            ],
        )
    }

    /// Numbers that fit no scale of the other questions.
    #[must_use]
    pub fn survey_numbers_unclear(place: Place, question: &str) -> Self {
        problem(
            Severity::Warning,
            "survey-numbers-unclear",
            place,
            question,
            [
                format!("the numbers under “{question}” do not fit the scale of the other questions"),
                "did not read the question".to_owned(),
                "if they are ratings, add their scale to the column heading, such as (0-10); otherwise, there is nothing to do"
                    .to_owned(),
            ],
        )
    }

    /// An item that looks as if it were better to disagree.
    #[must_use]
    pub fn survey_looks_reversed(place: Place, question: &str) -> Self {
        problem(
            Severity::Warning,
            "survey-looks-reversed",
            place,
            question,
            [
                format!("for “{question}”, the lowest answer seems to be the best one"),
                "read the highest answer as favorable, and left the question out of subjects and comparisons".to_owned(),
                "list it under `reverse` in the [[survey]], or under `not-reverse` if its highest answer is the best"
                    .to_owned(),
            ],
        )
    }

    /// An item whose answers are opposed to those to the others of its subject.
    #[must_use]
    pub fn survey_opposed(place: Place, question: &str, correlation: f64, people: u32) -> Self {
        problem(
            Severity::Warning,
            "survey-looks-reversed",
            place,
            question,
            [
                format!(
                    "people with high answers to “{question}” tend to give low answers to related questions (correlation −{:.2}, {} people)",
                    correlation.abs(),
                    count(people as usize)
                ),
                "read the highest answer as favorable, and left the question out of subjects and comparisons".to_owned(),
                "if disagreeing is the better answer, list it under `reverse` in the [[survey]], or otherwise under `not-reverse`"
                    .to_owned(),
            ],
        )
    }

    /// An item that was asked on another scale elsewhere.
    #[must_use]
    pub fn survey_scales_differ(place: Place, question: &str, other: &Place) -> Self {
        problem(
            Severity::Note,
            "survey-scales-differ",
            place,
            "",
            [
                format!("the answers to “{question}” are on a different scale than in {other}"),
                "showed both, but did not compare them".to_owned(),
                "nothing to do if the answer choices were changed".to_owned(),
            ],
        )
    }
}
