//! Which questions of a form ask for the quadrant of a new item.

use std::collections::BTreeMap;

use super::answer_words::{is_nothing, new_quadrant};
use super::form_question::{FormQuestion, asks_for_quadrant};
use crate::catalog::RoomSpec;
use crate::form_export::Typed;

/// The answers below each heading, by column.
pub(super) type AnswersBelow = BTreeMap<u32, Vec<String>>;

/// Finds the questions whose answers are quadrants, and that belong to a question for new items: the nearest one before, or else after.
pub(super) fn find_own_quadrants(
    headings: &[Typed],
    answers: &AnswersBelow,
    questions: &mut BTreeMap<u32, FormQuestion>,
    spec: &RoomSpec,
) {
    let found: Vec<u32> = headings
        .iter()
        .filter(|heading| are_quadrants(heading, answers, questions, spec))
        .map(|heading| heading.column)
        .collect();
    let mut own: Vec<u32> = questions
        .iter()
        .filter(|(column, question)| matches!(question, FormQuestion::Own(_)) && !found.contains(column))
        .map(|(column, _)| *column)
        .collect();
    for column in found {
        let before = own.iter().rev().find(|own| **own < column);
        if let Some(of) = before.or_else(|| own.first()).copied() {
            own.retain(|other| *other != of);
            questions.insert(column, FormQuestion::OwnQuadrant(of));
        }
    }
}

/// Whether most answers to a question are quadrants, and it asks for one; or all are, and it follows a question for new items.
fn are_quadrants(
    heading: &Typed,
    answers: &AnswersBelow,
    questions: &BTreeMap<u32, FormQuestion>,
    spec: &RoomSpec,
) -> bool {
    let said: Vec<&String> =
        answers.get(&heading.column).into_iter().flatten().filter(|text| !is_nothing(text, spec)).collect();
    let quadrants = said.iter().filter(|text| new_quadrant(text, spec).is_some()).count();
    let before = questions.range(..heading.column).next_back().map(|(_, question)| question);
    let follows = matches!(before, Some(FormQuestion::Own(_)));
    let asks = asks_for_quadrant(&heading.text, spec);
    let has_most = quadrants * 2 > said.len();
    match questions.get(&heading.column) {
        Some(FormQuestion::Own(_) | FormQuestion::NamingItems(_)) => asks && has_most,
        Some(FormQuestion::Other) => has_most && (asks || follows && quadrants == said.len()),
        _ => false,
    }
}
