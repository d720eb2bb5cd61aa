//! The words of items, and which of them are one.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::{SurveyConstruct, SurveyItem};
use super::item_evidence::{Opposition, Translation};
use super::roles::ItemColumn;
use crate::catalog::{PerceptionSpec, SurveyChoice};
use crate::diagnostic::{Diagnostic, Place};
use crate::form_export::{has_words, plain};

/// The most words of an item that its id has.
const WORDS_OF_AN_ID: usize = 9;

/// The items of all files.
#[derive(Debug, Default)]
pub(super) struct ItemList {
    pub(super) items: Vec<SurveyItem>,
    pub(super) constructs: Vec<SurveyConstruct>,
    /// The places of the items, by words and scale.
    known: BTreeMap<[String; 2], usize>,
    /// How many items have an id.
    ids: BTreeMap<String, usize>,
    /// Where each item was first asked, and what it looks like.
    met: Vec<MetItem>,
    /// The words of all questions on a scale, as they are in the files.
    asked: BTreeSet<String>,
    /// The words of items with which it is better to disagree, in any survey of the project.
    reversed: BTreeSet<String>,
    /// Those that only look like it.
    not_reversed: BTreeSet<String>,
    /// By the words of items: the construct that lists them, in any survey of the project.
    listed: BTreeMap<String, String>,
    /// By the words of items: that people answer them in the opposite way from the others in their subject.
    pub(super) opposed: BTreeMap<String, Opposition>,
    /// Sheets that may ask the questions of others in another language.
    pub(super) translations: Vec<Translation>,
}

/// What is known of a question before anybody is counted.
#[derive(Debug, Clone)]
pub(super) struct ItemStanding {
    /// Its words in the first of its languages, in lowercase and without punctuation.
    pub(super) words: String,
    /// The id of its construct.
    pub(super) construct: Option<String>,
    /// Whether it is better to disagree.
    pub(super) reverse: bool,
    /// Whether the catalog or the project says which answers are better.
    pub(super) is_settled: bool,
    /// Whether its words say that it may be better to disagree.
    pub(super) looks_reversed: bool,
}

/// Where an item was first asked.
#[derive(Debug)]
struct MetItem {
    place: Place,
    survey: String,
    words: String,
    looks_reversed: bool,
    /// Whether it was only asked in another language than English.
    is_translated: bool,
}

/// A question of a sheet that becomes an item.
#[derive(Clone, Copy)]
pub(super) struct SheetQuestion<'a> {
    pub(super) column: &'a ItemColumn,
    pub(super) choice: &'a SurveyChoice,
    /// The cell of its heading.
    pub(super) place: &'a Place,
    /// Whether most answers of the sheet are in another language than English.
    pub(super) is_translated: bool,
}

/// What the catalog and the project say of an item.
#[derive(Debug, Default)]
struct ItemKnowledge {
    construct: Option<SurveyConstruct>,
    reverse: bool,
    /// Whether the catalog or the project says which answers are better.
    is_settled: bool,
    /// Whether a construct of the project lists it.
    is_listed: bool,
}

impl ItemList {
    /// No items yet; what the surveys of a project say of them.
    pub(super) fn new(choices: &[&SurveyChoice]) -> Self {
        let (mut reversed, mut not_reversed) = (BTreeSet::new(), BTreeSet::new());
        let mut listed = BTreeMap::new();
        for choice in choices {
            for (label, items) in choice.own_constructs() {
                for text in items {
                    let words = plain(in_first_language(text, choice));
                    listed.entry(words).or_insert_with(|| label.clone());
                }
            }
            reversed.extend(choice.reversed().map(|text| plain(in_first_language(text, choice))));
            not_reversed.extend(choice.not_reversed().map(|text| plain(in_first_language(text, choice))));
        }
        Self { reversed, not_reversed, listed, ..Self::default() }
    }

    /// What is known of a question.
    pub(super) fn standing(
        &self,
        column: &ItemColumn,
        choice: &SurveyChoice,
        spec: &PerceptionSpec,
    ) -> ItemStanding {
        let words = plain(in_first_language(&column.text, choice));
        let ItemKnowledge { construct, reverse, is_settled, is_listed } =
            self.knowledge(&words, choice, spec);
        let looks_reversed = !is_settled && is_about_harm(&words, &column.scale.id, is_listed, spec);
        let construct = construct.map(|construct| construct.id);
        ItemStanding { words, construct, reverse, is_settled, looks_reversed }
    }

    /// The place of a question's item. An item whose scale or best answer is in doubt is in no construct.
    pub(super) fn place(&mut self, question: SheetQuestion<'_>, spec: &PerceptionSpec) -> usize {
        let SheetQuestion { column, choice, place, is_translated } = question;
        self.asked.insert(plain(&column.text));
        let text = in_first_language(&column.text, choice);
        let words = plain(text);
        let is_translated = is_translated && text == column.text;
        let key = [words.clone(), column.scale.id.clone()];
        let is_doubtful = column.numbers.is_some_and(|numbers| numbers.is_doubtful);
        let is_direction_stated = column.numbers.is_none_or(|numbers| numbers.lowest_is_best.is_some());
        if let Some(known) = self.known.get(&key).copied() {
            self.met[known].is_translated &= is_translated;
            let item = &mut self.items[known];
            item.is_settled &= !is_doubtful;
            item.is_direction_stated &= is_direction_stated;
            item.construct = item.construct.filter(|_| item.is_settled);
            return known;
        }
        let ItemKnowledge { construct, reverse, is_settled, is_listed } =
            self.knowledge(&words, choice, spec);
        let scale = &column.scale;
        let looks_reversed = !is_settled && is_about_harm(&words, &scale.id, is_listed, spec);
        let is_opposed = !is_settled && self.opposed.contains_key(&words);
        let is_settled = !is_doubtful && !looks_reversed && !is_opposed;
        let construct = construct.filter(|_| is_settled);
        let construct = construct.map(|construct| self.construct(construct));
        let id = self.free_id(&words);
        self.items.push(SurveyItem {
            id,
            text: text.to_owned(),
            scale: scale.id.clone(),
            low: scale.low,
            high: scale.high,
            favorable_from: scale.favorable_from,
            construct,
            reverse,
            is_settled,
            is_direction_stated,
        });
        let (place, survey) = (place.clone(), choice.name.clone());
        self.met.push(MetItem { place, survey, words, looks_reversed, is_translated });
        self.known.insert(key, self.items.len() - 1);
        self.items.len() - 1
    }

    /// The items that look as if it were better to disagree, and those that have several scales.
    pub(super) fn doubts(&self) -> Vec<Diagnostic> {
        let mut doubts = Vec::new();
        let mut by_words: BTreeMap<&str, &Place> = BTreeMap::new();
        for (item, met) in self.items.iter().zip(&self.met) {
            if met.looks_reversed {
                doubts.push(Diagnostic::survey_looks_reversed(met.place.clone(), &item.text));
            } else if let Some(Opposition { correlation, people }) = self.opposed.get(&met.words) {
                let place = met.place.clone();
                doubts.push(Diagnostic::survey_opposed(place, &item.text, *correlation, *people));
            }
            if let Some(first) = by_words.get(met.words.as_str()) {
                doubts.push(Diagnostic::survey_scales_differ(met.place.clone(), &item.text, first));
            }
            by_words.entry(&met.words).or_insert(&met.place);
        }
        doubts.extend(self.translated());
        doubts
    }

    /// The sheets that may be translations of others, and for each survey that also has items in English, its other items in another
    /// language.
    fn translated(&self) -> Vec<Diagnostic> {
        let mut doubts = Vec::new();
        let mut paired: BTreeSet<String> = BTreeSet::new();
        for Translation { place, path, pairs } in &self.translations {
            doubts.push(Diagnostic::survey_translation(place.clone(), path, pairs));
            paired.extend(pairs.iter().map(|[_, own]| plain(own)));
        }
        let mut by_survey: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let items = self.met.iter().enumerate();
        for (item, met) in items.filter(|(_, met)| met.is_translated && !paired.contains(&met.words)) {
            by_survey.entry(&met.survey).or_default().push(item);
        }
        for (survey, items) in by_survey {
            let has_english = self.met.iter().any(|met| met.survey == survey && !met.is_translated);
            if let Some(first) = items.first().filter(|_| has_english) {
                let (place, text) = (self.met[*first].place.clone(), &self.items[*first].text);
                doubts.push(Diagnostic::survey_other_language(place, items.len(), text));
            }
        }
        doubts
    }

    /// A problem for each item that a survey of the project names and no file asks.
    pub(super) fn unasked(&self, choice: &SurveyChoice) -> Vec<Diagnostic> {
        let in_constructs = choice.own_constructs().flat_map(|(_, items)| items);
        let named = choice.reversed().chain(choice.not_reversed()).chain(in_constructs);
        let named = named.chain(choice.same.iter().flatten());
        let known: BTreeSet<String> = self.items.iter().map(|item| plain(&item.text)).collect();
        let missing = named.filter(|text| {
            let words = plain(text);
            !self.asked.contains(&words) && !known.contains(&words)
        });
        missing.map(|text| Diagnostic::survey_item_unasked(&choice.path, text)).collect()
    }

    /// What the project says of an item, in its own survey or else in another one, or else the catalog.
    fn knowledge(&self, words: &str, choice: &SurveyChoice, spec: &PerceptionSpec) -> ItemKnowledge {
        let own = choice.own_constructs().find(|(_, items)| has_item(*items, words));
        let own = own.map(|(label, _)| label).or_else(|| self.listed.get(words));
        let own =
            own.map(|label| SurveyConstruct { id: plain(label).replace(' ', "-"), label: label.clone() });
        let is_listed = own.is_some();
        let of_catalog = spec.construct.iter();
        let mut of_catalog =
            of_catalog.flat_map(|construct| construct.item.iter().map(move |item| (construct, item)));
        let found = of_catalog.find(|(_, item)| plain(&item.text) == words);
        let is_reversed = self.reversed.contains(words);
        let construct = own.or_else(|| {
            let (construct, _) = found?;
            Some(SurveyConstruct { id: construct.id.clone(), label: construct.label.clone() })
        });
        ItemKnowledge {
            construct,
            reverse: is_reversed || found.is_some_and(|(_, item)| item.reverse),
            is_settled: is_reversed || found.is_some() || self.not_reversed.contains(words),
            is_listed,
        }
    }

    fn construct(&mut self, construct: SurveyConstruct) -> usize {
        let known = self.constructs.iter().position(|known| known.id == construct.id);
        known.unwrap_or_else(|| {
            self.constructs.push(construct);
            self.constructs.len() - 1
        })
    }

    /// An id made of the first words, with a number if another item has it.
    fn free_id(&mut self, words: &str) -> String {
        let id: Vec<&str> = words.split(' ').take(WORDS_OF_AN_ID).collect();
        let id = id.join("-");
        let count = self.ids.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    }
}

/// Whether one of the texts has these words.
fn has_item<'a>(texts: impl IntoIterator<Item = &'a String>, words: &str) -> bool {
    texts.into_iter().any(|text| plain(text) == words)
}

/// How many words before a word for harm may turn it around.
const WORDS_OF_A_NEGATION: usize = 3;
/// How many words before a word for harm may say that it is only the occasion for something.
const WORDS_OF_AN_OCCASION: usize = 4;

/// Whether an item on a scale is about harm, and not about what is done against it. Of one that the project lists with others, only
/// words that are sure say it.
fn is_about_harm(words: &str, scale: &str, is_listed: bool, spec: &PerceptionSpec) -> bool {
    let harm = &spec.harm;
    if harm.except_scales.iter().any(|known| known == scale) {
        return false;
    }
    let (mut sure, mut phrases) = (harm.sure.iter(), harm.words.iter());
    if sure.any(|phrase| says_harm(words, phrase, spec)) {
        return true;
    }
    !is_listed
        && !harm.unless.iter().any(|phrase| has_words(words, phrase))
        && phrases.any(|phrase| says_harm(words, phrase, spec))
}

/// Whether a question has words for harm, and nothing before them that turns them around or makes them an occasion.
fn says_harm(words: &str, phrase: &str, spec: &PerceptionSpec) -> bool {
    let padded = format!(" {words} ");
    let Some((before, _)) = padded.split_once(&format!(" {phrase} ")) else { return false };
    let (negations, occasions) = (&spec.harm.negations, &spec.harm.occasions);
    let near = last_words(before, WORDS_OF_A_NEGATION);
    // The words of the harm may begin in the occasion (“who feel alone”).
    let begin = phrase.split(' ').next().unwrap_or_default();
    let around = last_words(&format!("{before} {begin}"), WORDS_OF_AN_OCCASION + 1);
    !negations.iter().any(|negation| has_words(&near, negation))
        && !occasions.iter().any(|occasion| has_words(&around, occasion))
}

/// The last words of a text.
fn last_words(text: &str, count: usize) -> String {
    let last: Vec<&str> = text.split_whitespace().rev().take(count).collect();
    last.into_iter().rev().collect::<Vec<_>>().join(" ")
}

/// The words of an item in the first of its languages that the project lists.
pub(super) fn in_first_language<'a>(text: &'a str, choice: &'a SurveyChoice) -> &'a str {
    let words = plain(text);
    let mut same = choice.same.iter().filter(|same| has_item(*same, &words));
    same.next().and_then(|same| same.first()).map_or(text, String::as_str)
}

#[cfg(test)]
mod tests {
    use super::is_about_harm;
    use crate::catalog::Catalog;
    use crate::form_export::plain;

    #[test]
    fn questions_about_harm_are_told_from_those_about_what_is_done() {
        let spec = Catalog::embedded().unwrap().perception;
        for (question, scale, is_harm) in [
            ("How often are you bullied at school?", "frequency-5", true),
            ("My child has been bullied this year.", "1-5", true),
            ("I worry that my child is not safe.", "agreement-5", true),
            ("Fights are a problem at my school", "agreement-4", true),
            ("My child is never bullied.", "agreement-5", false),
            ("Students do not feel unsafe here.", "agreement-5", false),
            ("Staff stop bullying when they see it.", "agreement-5", false),
            ("How satisfied are you with how bullying is seen?", "satisfaction-5", false),
            ("How often do teachers help you?", "frequency-5", false),
            ("How often do you feel sad when nobody listens?", "frequency-5", true),
            ("I worry that teachers do not listen to my child.", "agreement-5", true),
            ("I feel unsafe at school.", "agreement-5", true),
            ("When I am at school, I feel unsafe.", "agreement-5", true),
            ("How often are you hit or pushed?", "frequency-5", true),
            ("How often are you teased?", "frequency-5", true),
            ("Students here hit their learning goals.", "agreement-5", false),
            ("I feel pushed to do my best.", "agreement-5", false),
            ("There is an adult I can go to when I am worried.", "agreement-5", false),
            ("Staff listen when students are upset.", "agreement-5", false),
            ("The school contacts me if there are problems with my child.", "agreement-5", false),
            ("Counselors support students with anxiety.", "agreement-5", false),
            ("The school has clear rules about drugs and weapons.", "agreement-5", false),
            ("Students who are left out are welcomed.", "agreement-5", false),
            ("When I have a problem, somebody listens.", "agreement-5", false),
            ("Staff stop students from being bullied at school.", "agreement-5", false),
            ("Staff notice students who feel alone.", "agreement-5", false),
            ("Students feel safe from violence.", "agreement-5", false),
        ] {
            assert_eq!(is_about_harm(&plain(question), scale, false, &spec), is_harm, "{question}");
        }
        // What a project lists with others is only doubted where it is sure.
        assert!(!is_about_harm("our halls are dirty", "agreement-5", true, &spec));
        assert!(is_about_harm("how often are you bullied at school", "frequency-5", true, &spec));
    }
}
