//! What an answer on a feedback form says: an opinion, or the group of who answers.

use std::collections::BTreeMap;

use super::respondents::{groups_named, is_denied};
use crate::catalog::RoomSpec;
use crate::form_export::plain;

/// Those who named no group that is known.
pub(super) const OTHERS: &str = "other";

/// One person's opinion of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opinion {
    Agrees,
    Disagrees,
    Neither,
}

/// What a cell below a question about an item says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpinionCell {
    Known(Opinion),
    /// A number of which nobody said what it means.
    Code,
    /// Other words.
    Unknown,
}

/// The group that an answer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupCell<'a> {
    Known(&'a str),
    /// It says that the person belongs to none of the groups.
    NoGroup,
    /// It names no group that is known, or several.
    Unclear,
}

/// How answers are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerRules<'a> {
    pub(super) spec: &'a RoomSpec,
    /// What answers mean, as the project says it: `agree` for `1`.
    pub(super) codes: &'a BTreeMap<String, String>,
    /// Which group answers mean, as the project says it.
    pub(super) groups: &'a BTreeMap<String, String>,
}

impl<'a> AnswerRules<'a> {
    /// The opinion that a text says. A number says one only if the project says what it means: 1 is the first choice of some forms,
    /// and the lowest point of others.
    pub(super) fn opinion(self, text: &str) -> OpinionCell {
        let meaning = meant(self.codes, text).unwrap_or(text);
        let words = plain(meaning);
        // A label may have its number beside it ("5 - Agree").
        let label: Vec<&str> = words.split(' ').filter(|word| !is_number(word)).collect();
        match self.opinion_in_words(&words).or_else(|| self.opinion_in_words(&label.join(" "))) {
            Some(opinion) => OpinionCell::Known(opinion),
            None if is_number(meaning) => OpinionCell::Code,
            None => OpinionCell::Unknown,
        }
    }

    fn opinion_in_words(self, words: &str) -> Option<Opinion> {
        let known = &self.spec.feedback;
        let lists = [
            (&known.agree, Opinion::Agrees),
            (&known.disagree, Opinion::Disagrees),
            (&known.neutral, Opinion::Neither),
        ];
        let found = lists.into_iter().find(|(list, _)| list.iter().any(|known| known == words));
        found.map(|(_, opinion)| opinion)
    }

    /// The group that a text names.
    pub(super) fn group(self, text: &str) -> GroupCell<'a> {
        if let Some(group) = meant(self.groups, text) {
            return GroupCell::Known(group);
        }
        let named = groups_named(text, self.spec);
        let is_no_group = self.spec.feedback.no_group.contains(&plain(text));
        let is_denied = is_denied(text, self.spec);
        match (named.len(), named.first()) {
            (1, Some(group)) if !is_denied => GroupCell::Known(group),
            (0, _) if is_no_group => GroupCell::NoGroup,
            _ => GroupCell::Unclear,
        }
    }
}

/// What a text means, as the project says it.
fn meant<'a>(meanings: &'a BTreeMap<String, String>, text: &str) -> Option<&'a str> {
    let found = meanings.iter().find(|(said, _)| is_same_answer(said, text));
    found.map(|(_, meaning)| meaning.as_str())
}

fn is_same_answer(one: &str, another: &str) -> bool {
    match (number(one), number(another)) {
        (Some(one), Some(another)) => one == another,
        _ => plain(one) == plain(another),
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn is_number(text: &str) -> bool {
    number(text).is_some()
}

/// Answers to one question that mean nothing that is known, with how many people gave each.
#[derive(Debug, Default)]
pub(super) struct UnclearAnswers {
    /// By column.
    columns: BTreeMap<u32, BTreeMap<String, usize>>,
}

impl UnclearAnswers {
    pub(super) fn add(&mut self, column: u32, text: &str) {
        *self.columns.entry(column).or_default().entry(text.trim().to_owned()).or_default() += 1;
    }

    /// Each column with its answers, most frequent first.
    pub(super) fn columns(self) -> BTreeMap<u32, Vec<UnclearAnswer>> {
        let mut columns = BTreeMap::new();
        for (column, texts) in self.columns {
            let mut answers: Vec<UnclearAnswer> =
                texts.into_iter().map(|(text, people)| UnclearAnswer { text, people }).collect();
            answers.sort_by_key(|answer| std::cmp::Reverse(answer.people));
            columns.insert(column, answers);
        }
        columns
    }
}

/// An answer that means nothing that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnclearAnswer {
    pub(super) text: String,
    pub(super) people: usize,
}

/// The most answers that a message lists.
const LISTED: usize = 8;

impl UnclearAnswer {
    /// The answers as a message lists them: `“4” (12)`.
    pub(super) fn listed(all: &[Self]) -> String {
        let shown = all.iter().take(LISTED);
        let mut listed: Vec<String> =
            shown.map(|answer| format!("“{}” ({})", answer.text, answer.people)).collect();
        listed.extend((all.len() > LISTED).then(|| "…".to_owned()));
        listed.join(", ")
    }
}
