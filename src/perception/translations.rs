//! Files of one survey that may ask the same questions in two languages: as many questions, in the same order, on the same scales. That
//! is not proof, so they are never joined; the program proposes what the project would have to say.

use std::collections::{BTreeMap, BTreeSet};

use super::counting::SurveyAnswers;
use super::doubts::heading_of;
use super::item_evidence::Translation;
use super::items::in_first_language;
use super::roles::{ColumnRole, ItemColumn};
use crate::diagnostic::Place;
use crate::form_export::plain;

/// With fewer questions, the same scales in the same order say little.
const FEWEST_QUESTIONS: usize = 3;

/// The sheets that may be translations of exactly one list of questions of their survey.
pub(super) fn translations(all: &[&SurveyAnswers<'_>]) -> Vec<Translation> {
    let mut found: BTreeMap<Place, Translation> = BTreeMap::new();
    for answers in all.iter().filter(|answers| answers.is_translated()) {
        let translated = questions(answers);
        let mut columns = answers.columns.all.iter().zip(&answers.roles);
        let first = columns.find(|(_, role)| matches!(role, ColumnRole::Item(_)));
        let Some((first, _)) = first.filter(|_| translated.len() >= FEWEST_QUESTIONS) else { continue };
        let originals = all.iter().copied().filter(|other| is_original(other, answers, &translated));
        let (own, others): (Vec<&SurveyAnswers<'_>>, Vec<&SurveyAnswers<'_>>) =
            originals.partition(|other| other.respondents == answers.respondents);
        // Other groups may be asked as many questions.
        let originals = if own.is_empty() { others } else { own };
        let texts: BTreeSet<Vec<String>> = originals.iter().map(|other| texts(&questions(other))).collect();
        let mut texts = texts.into_iter();
        let (Some(english), None) = (texts.next(), texts.next()) else { continue };
        let pairs = english.into_iter().zip(&translated).map(|(english, own)| [english, own.text.clone()]);
        let pairs: Vec<[String; 2]> = pairs.filter(|[english, own]| is_open(answers, english, own)).collect();
        if !pairs.is_empty() {
            let place = heading_of(answers, first);
            let path = answers.choice.path.clone();
            found.insert(answers.sheet.place.clone(), Translation { place, path, pairs });
        }
    }
    found.into_values().collect()
}

/// Whether a sheet in English of the same survey has as many questions on the same scales.
fn is_original(other: &SurveyAnswers<'_>, answers: &SurveyAnswers<'_>, translated: &[&ItemColumn]) -> bool {
    let same_survey = other.choice.name == answers.choice.name && !other.is_translated();
    let questions = questions(other);
    same_survey
        && questions.len() == translated.len()
        && questions.iter().zip(translated).all(|(one, own)| one.scale.id == own.scale.id)
}

/// Whether two questions differ, and the project does not join the second with another one yet.
fn is_open(answers: &SurveyAnswers<'_>, english: &str, own: &str) -> bool {
    plain(english) != plain(own) && in_first_language(own, answers.choice) == own
}

fn questions<'a>(answers: &'a SurveyAnswers<'_>) -> Vec<&'a ItemColumn> {
    let items = answers.roles.iter().filter_map(|role| match role {
        ColumnRole::Item(item) => Some(item),
        _ => None,
    });
    items.collect()
}

fn texts(questions: &[&ItemColumn]) -> Vec<String> {
    questions.iter().map(|question| question.text.clone()).collect()
}
