//! What the templates receive of a part of the day, and of the texts that explain numbers.

use minijinja::{Value, context};

use super::group::DayGroup;
use crate::pack::report::{ExplanationText, Report};
use crate::wording::page_counts;
use crate::wording::paper as wording;

/// A group without its exhibits.
pub(super) fn heading(group: &DayGroup<'_>) -> Value {
    let codes: Vec<&str> = group.exhibits.iter().map(|shown| shown.exhibit.code.as_str()).collect();
    context! {
        label => group.label,
        letter => &group.letter,
        questions => group.questions.iter().map(|question| (*question).to_owned()).collect::<Value>(),
        codes => wording::codes(&codes),
        count => group.exhibits.len(),
    }
}

/// How strong the evidence of a candidate is.
pub(super) fn strength(confidence: &str) -> String {
    page_counts::strength(confidence)
}

/// The texts that explain the numbers to people who are not statisticians.
pub(super) fn explanations(report: &Report) -> Value {
    report.explanations.iter().map(explanation).collect()
}

fn explanation(explanation: &ExplanationText) -> Value {
    context! { title => &explanation.title, text => &explanation.text, points => &explanation.points }
}
