//! The catalog's words for a district's own indicators, in the form that names are compared in.

use std::collections::BTreeSet;

use super::vocabulary::Vocabulary;
use crate::catalog::OwnIndicators;

/// A set of words.
type Words = BTreeSet<String>;

/// The catalog's words for a district's own indicators.
#[derive(Debug, Default)]
pub(super) struct OwnWords {
    /// Those of indicators, and of the spellings of measures.
    indicators: Words,
    never: Words,
    pub(super) ranks: Words,
    pub(super) orders: Words,
    pub(super) averaged: Words,
    elsewhere: Words,
    places: Words,
    /// Those of them that are none at the beginning of a name.
    unless_first: Words,
    vague: Words,
    /// In a title: it is about a part of what it names.
    narrow: Words,
    /// In a title: nothing about what it names.
    neutral: Words,
    /// The same where staff are counted.
    neutral_of_staff: Words,
    /// The same beside the name of a student group.
    of_groups: Words,
    pub(super) percent: Words,
    pub(super) part: Words,
    pub(super) dollars: Words,
    pub(super) fte: Words,
    pub(super) points: Words,
    pub(super) ratio: Words,
    pub(super) years: Words,
    pub(super) mean: Words,
    pub(super) heads: Words,
    /// The domains, in the order in which they are tried.
    domains: Vec<DomainWords>,
}

/// A domain and its words.
#[derive(Debug)]
struct DomainWords {
    id: String,
    words: Words,
}

/// Whether any of a name's words is in a set.
pub(super) fn has_any(words: &[String], set: &Words) -> bool {
    words.iter().any(|word| set.contains(word))
}

impl OwnWords {
    /// The words of the catalog's list `own`, once the spellings of measures are known.
    pub(super) fn new(vocabulary: &Vocabulary<'_>, own: &OwnIndicators) -> Self {
        let standard = |list: &[String]| list.iter().flat_map(|text| vocabulary.words(text)).collect();
        let mut words = Self {
            indicators: standard(&own.indicators),
            never: standard(&own.never),
            ranks: standard(&own.ranks),
            orders: standard(&own.orders),
            averaged: standard(&own.averaged),
            elsewhere: standard(&own.elsewhere),
            places: standard(&own.places),
            unless_first: standard(&own.unless_first),
            vague: standard(&own.vague),
            narrow: standard(&own.narrow),
            neutral: standard(&own.neutral),
            neutral_of_staff: standard(&own.neutral_of_staff),
            of_groups: standard(&own.of_groups),
            percent: standard(&own.percent),
            part: standard(&own.part),
            dollars: standard(&own.dollars),
            fte: standard(&own.fte),
            points: standard(&own.points),
            ratio: standard(&own.ratio),
            years: standard(&own.years),
            mean: standard(&own.mean),
            heads: standard(&own.heads),
            domains: Vec::new(),
        };
        for domain in &own.domains {
            words.domains.push(DomainWords { id: domain.id.clone(), words: standard(&domain.words) });
        }
        words.indicators.extend(spelling_words(vocabulary));
        words.indicators = words.indicators.difference(&words.vague).cloned().collect();
        words
    }

    /// Whether a name is that of an indicator, and its number the one that it names.
    pub(super) fn is_indicator(&self, words: &[String]) -> bool {
        let is_elsewhere = has_any(words, &self.elsewhere) && !has_any(words, &self.dollars);
        has_any(words, &self.indicators)
            && !has_any(words, &self.never)
            && !self.names_place(words)
            && !is_elsewhere
    }

    /// Whether a name is that of a school or another place: `Grant School`, but not `School Safety`.
    fn names_place(&self, words: &[String]) -> bool {
        let rest = match words {
            [first, rest @ ..] if !rest.is_empty() && self.unless_first.contains(first) => rest,
            all => all,
        };
        has_any(rest, &self.places)
    }

    /// Whether one of these words means a number that is not to be read.
    pub(super) fn is_never_read(&self, words: &[String]) -> bool {
        has_any(words, &self.never)
    }

    /// Whether a word is one of indicators.
    pub(super) fn is_known(&self, word: &str) -> bool {
        self.indicators.contains(word)
    }

    /// Whether a word says in a title that it is about a part of what its other words name, or about something else.
    pub(super) fn narrows(&self, word: &str) -> bool {
        self.narrow.contains(word)
    }

    /// Whether a word says nothing in a title about what its other words name.
    pub(super) fn is_neutral(&self, word: &str) -> bool {
        self.neutral.contains(word)
    }

    /// The same in a title of a number of staff.
    pub(super) fn is_neutral_of_staff(&self, word: &str) -> bool {
        self.neutral_of_staff.contains(word)
    }

    /// Whether a word beside the name of a student group says only who belongs to the group.
    pub(super) fn belongs_to_groups(&self, word: &str) -> bool {
        self.of_groups.contains(word)
    }

    /// Whether a name can be that of a line in a table of amounts.
    pub(super) fn is_line(&self, words: &[String]) -> bool {
        !has_any(words, &self.never)
            && !self.names_place(words)
            && !words.iter().all(|word| self.vague.contains(word))
    }

    /// The domain that a name's words say; `None` if they say none.
    pub(super) fn domain(&self, words: &[String]) -> Option<&str> {
        let mut domains = self.domains.iter();
        domains.find(|domain| has_any(words, &domain.words)).map(|domain| domain.id.as_str())
    }

    /// The domain of what no other takes; `None` if the catalog has no domains.
    pub(super) fn last_domain(&self) -> Option<&str> {
        self.domains.last().map(|domain| domain.id.as_str())
    }
}

/// The words in the spellings of measures that say something.
fn spelling_words<'a>(vocabulary: &'a Vocabulary<'_>) -> impl Iterator<Item = String> + use<'a> {
    let left_over = &vocabulary.catalog.synonyms.left_over;
    let words = vocabulary.spellings.iter().flat_map(|spelling| &spelling.words);
    words.filter(|word| !left_over.harmless.contains(word) && word.len() > 2).cloned()
}
