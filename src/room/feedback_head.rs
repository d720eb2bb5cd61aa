//! The headings of a file of feedback, as Google Forms, Microsoft Forms, SurveyMonkey, and Qualtrics export them: one to three rows.

use std::collections::BTreeMap;

use sheets::Sheet;

use super::asked_statement::AskedStatement;
use crate::catalog::{FormWords, RoomSpec};
use crate::diagnostic::Place;
use crate::form_export::{ExportHead, ExportQuestions, has_words, plain};

/// A statement with fewer words may stand in a question by chance.
const FEWEST_WORDS: usize = 3;

/// What a column of feedback holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FeedbackQuestion {
    /// Who answers.
    Group,
    /// Something about the answer: when, by whom, from where. It is not read.
    Metadata,
    /// Whether one agrees with the item of this number.
    Agree(String),
    /// A comment on the item of this number, or on none.
    Comment(String),
}

/// The questions of a file.
#[derive(Debug, Clone)]
pub(super) struct FeedbackHead {
    /// The first row of an answer.
    pub(super) first: u32,
    /// The row in which the questions stand.
    row: u32,
    /// The questions that ask for a name, an address, or a number of a person.
    pub(super) personal: Vec<Place>,
    questions: BTreeMap<u32, FeedbackQuestion>,
}

impl FeedbackHead {
    /// The questions of a sheet; `None` if none of them is about an item.
    pub(super) fn find(sheet: &Sheet, asked: &[AskedStatement], spec: &RoomSpec) -> Option<Self> {
        let head = ExportHead::find(sheet, &spec.forms)?;
        let mut questions = BTreeMap::new();
        let mut personal = Vec::new();
        for (column, heading) in &head.headings {
            let heading = heading.joined();
            let question = question(&heading, asked, spec);
            let is_of_service = spec.forms.metadata.contains(&plain(&heading));
            if question == FeedbackQuestion::Metadata && !is_of_service {
                personal.push(sheet.place.at(head.row, *column));
            }
            questions.insert(*column, question);
        }
        let is_about_items =
            questions.values().any(|question| matches!(question, FeedbackQuestion::Agree(_)));
        is_about_items.then_some(Self { first: head.first, row: head.row, personal, questions })
    }

    /// Where the heading of a column stands.
    pub(super) fn place(&self, sheet: &Sheet, column: u32) -> Place {
        sheet.place.at(self.row, column)
    }

    /// The questions as they are compared with those of other exports.
    pub(super) fn exported(&self, sheet: &Sheet, forms: &FormWords) -> ExportQuestions {
        let mut questions = ExportQuestions::of(&sheet.place, forms);
        let Some(head) = ExportHead::find(sheet, forms) else { return questions };
        for (column, heading) in &head.headings {
            let is_identity = self.of(*column) == FeedbackQuestion::Metadata;
            questions.add(*column, &heading.joined(), is_identity, forms);
        }
        questions
    }

    /// What a column holds; a column without a heading holds comments.
    pub(super) fn of(&self, column: u32) -> FeedbackQuestion {
        self.questions.get(&column).cloned().unwrap_or(FeedbackQuestion::Comment(String::new()))
    }
}

fn question(heading: &str, statements: &[AskedStatement], spec: &RoomSpec) -> FeedbackQuestion {
    let (words, known) = (plain(heading), &spec.feedback);
    if spec.forms.metadata.contains(&words) {
        return FeedbackQuestion::Metadata;
    }
    let item = asked_statement(&words, statements);
    if item.is_none() && spec.has_personal_word(&words) {
        return FeedbackQuestion::Metadata;
    }
    let asked = item.map_or_else(|| words.clone(), |one| without_statement(&words, one));
    // After the number of an item stand its words, perhaps older ones; what is asked comes last.
    let is_numbered = item.is_some_and(|one| begins_with(&words, &plain(&one.number)));
    let asked = if is_numbered { last_words(&asked) } else { asked };
    let is_comment = known.comment.iter().any(|word| has_words(&asked, word));
    match item {
        Some(one) if is_comment => FeedbackQuestion::Comment(one.number.clone()),
        Some(one) => FeedbackQuestion::Agree(one.number.clone()),
        None if is_comment => FeedbackQuestion::Comment(String::new()),
        None if known.group.iter().any(|word| has_words(&asked, word)) => FeedbackQuestion::Group,
        None => FeedbackQuestion::Comment(String::new()),
    }
}

/// The item that a question is about: the one whose words it has, since the numbers of people's own items may have changed since the
/// form was made; or else the one whose number it begins with, or has. The longest wins.
fn asked_statement<'s>(words: &str, statements: &'s [AskedStatement]) -> Option<&'s AskedStatement> {
    let stated = statements.iter().map(|one| (plain(&one.words), one));
    let stated = stated
        .filter(|(statement, _)| statement.split(' ').count() >= FEWEST_WORDS && has_words(words, statement));
    let numbered = statements.iter().map(|one| (plain(&one.number), one));
    let length = |(text, _): &(String, &AskedStatement)| text.len();
    let first = numbered.clone().filter(|(number, _)| begins_with(words, number)).max_by_key(length);
    // Of two items with the same words, the number decides.
    let found =
        stated.max_by_key(|(text, one)| (text.len(), begins_with(words, &plain(&one.number)))).or(first);
    let found = found.or_else(|| numbered.filter(|(number, _)| has_words(words, number)).max_by_key(length));
    found.map(|(_, one)| one)
}

fn begins_with(words: &str, number: &str) -> bool {
    words.strip_prefix(number).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The last four words.
fn last_words(words: &str) -> String {
    let words: Vec<&str> = words.split(' ').collect();
    words[words.len().saturating_sub(4)..].join(" ")
}

/// What a question asks beside the words of the item.
fn without_statement(words: &str, asked: &AskedStatement) -> String {
    words.replacen(&plain(&asked.words), "", 1)
}
