//! The catalog's synonyms, prepared for comparing names word by word.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::compiled_patterns::{CompiledPatterns, any_match};
use super::own_words::OwnWords;
use super::spelling::{Spelling, SpellingId, SpellingIndex};
use super::tokens::tokenize;
use crate::catalog::{Catalog, MeasureNames, Role, Stat};

/// The catalog's synonyms, prepared for comparing names word by word.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) spellings: Vec<Spelling<'a>>,
    pub(super) index: SpellingIndex,
    pub(super) patterns: Arc<CompiledPatterns>,
    /// The words for a district's own indicators.
    pub(super) own: OwnWords,
    /// The names in the catalog's lists by their joined words, computed once because every column's name is compared with them.
    listed_names: BTreeMap<String, BTreeSet<&'a str>>,
    /// The joined words of texts that were looked up before: files of one kind have the same names of columns.
    known_texts: Mutex<BTreeMap<String, String>>,
}

/// How many texts are remembered with their words, and how long they may be, in bytes.
const MOST_KNOWN_TEXTS: usize = 20_000;
const LONGEST_KNOWN_TEXT: usize = 256;

impl<'a> Vocabulary<'a> {
    pub(super) fn new(catalog: &'a Catalog) -> Result<Self, regex::Error> {
        let mut vocabulary = Self {
            catalog,
            spellings: Vec::new(),
            index: SpellingIndex::default(),
            patterns: CompiledPatterns::of(&catalog.synonyms)?,
            own: OwnWords::default(),
            listed_names: BTreeMap::new(),
            known_texts: Mutex::default(),
        };
        for name in listed_names(catalog) {
            let words = vocabulary.joined_words(name);
            vocabulary.listed_names.entry(words).or_default().insert(name);
        }
        for (measure, names) in &catalog.synonyms.measures {
            let spellings = vocabulary.spellings_of(measure, names);
            vocabulary.spellings.extend(spellings);
        }
        vocabulary.index = SpellingIndex::new(&vocabulary.spellings, real_words(catalog));
        vocabulary.own = OwnWords::new(&vocabulary, &catalog.synonyms.own);
        Ok(vocabulary)
    }

    /// All spellings of a measure: those in the catalog, then its label.
    fn spellings_of(&self, measure: &'a str, names: &MeasureNames) -> Vec<Spelling<'a>> {
        let label = self.catalog.measures.get(measure).map(|defined| &defined.label);
        let lists = [
            (&names.spellings[..], Stat::Value, false),
            (&names.with_group[..], Stat::Value, true),
            (&names.denominator[..], Stat::Denominator, false),
            (&names.numerator[..], Stat::Numerator, false),
            (label.map_or(&[][..], std::slice::from_ref), Stat::Value, false),
        ];
        let mut spellings = Vec::new();
        for (list, stat, needs_group) in lists {
            for text in list {
                // A grade in a spelling must be in the name too.
                let (parsed, rest) = self.take_year_and_grade(text);
                let words = if parsed.grade.is_some() { self.words(&rest) } else { self.words(text) };
                spellings.push(Spelling { measure, words, stat, needs_group, grade: parsed.grade });
            }
        }
        spellings
    }

    pub(super) fn spelling(&self, id: SpellingId) -> &Spelling<'a> {
        &self.spellings[id.0]
    }

    /// The words of a text, each replaced by its synonym, without the words that the catalog ignores.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        self.canonical_words(&tokenize(text))
    }

    /// A name without what a pivot table writes around it: "Sum of Enrollment" is "Enrollment".
    pub(super) fn without_pivot<'t>(&self, text: &'t str) -> &'t str {
        let mut found = self.patterns.pivots.iter().filter_map(|pattern| pattern.captures(text.trim()));
        found.find_map(|captures| captures.name("name")).map_or(text, |name| name.as_str())
    }

    /// A name without remarks that say nothing about its meaning.
    pub(super) fn without_remarks<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut rest = Cow::Borrowed(text);
        if !text.contains(['(', '[']) {
            return rest;
        }
        for pattern in &self.patterns.remarks {
            if pattern.is_match(&rest) {
                rest = Cow::Owned(pattern.replace_all(&rest, "$before ").into_owned());
            }
        }
        rest
    }

    /// The tokens, each replaced by its synonym, without the words that the catalog ignores.
    pub(super) fn canonical_words(&self, tokens: &[String]) -> Vec<String> {
        let ignored = &self.catalog.synonyms.left_over.stop;
        let mut words: Vec<String> = tokens.iter().map(|token| self.canonical_word(token)).collect();
        words.retain(|word| !ignored.contains(word));
        words
    }

    /// The synonym of a token or of its singular; the singular if there is none.
    fn canonical_word(&self, token: &str) -> String {
        let synonyms = &self.catalog.synonyms.words;
        if let Some(word) = synonyms.get(token) {
            return word.clone();
        }
        let is_plural = token.len() > 3 && token.ends_with('s') && !token.ends_with("ss");
        let singular = if is_plural { &token[..token.len() - 1] } else { token };
        synonyms.get(singular).map_or(singular, String::as_str).to_owned()
    }

    /// The words of a text joined by spaces, for comparing whole names.
    pub(super) fn joined_words(&self, text: &str) -> String {
        if text.len() > LONGEST_KNOWN_TEXT {
            return self.words(&self.without_remarks(text)).join(" ");
        }
        if let Some(words) = self.known_texts().get(text) {
            return words.clone();
        }
        let words = self.words(&self.without_remarks(text)).join(" ");
        let mut known = self.known_texts();
        if known.len() < MOST_KNOWN_TEXTS {
            known.insert(text.to_owned(), words.clone());
        }
        words
    }

    fn known_texts(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.known_texts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether `text` is one of `names`, a list of the catalog, compared word by word.
    pub(super) fn is_one_of(&self, text: &str, names: &[String]) -> bool {
        self.position(text, names).is_some()
    }

    /// The index in `names`, a list of the catalog, of the first that equals `text`, compared word by word.
    pub(super) fn position(&self, text: &str, names: &[String]) -> Option<usize> {
        let words = self.joined_words(text);
        if words.is_empty() { None } else { self.position_of_words(&words, names) }
    }

    /// Whether a column's name is one of the names for a role.
    pub(super) fn is_role_name(&self, role: Role, text: &str) -> bool {
        self.catalog.synonyms.roles.get(&role).is_some_and(|names| self.is_one_of(text, names))
    }

    /// Whether a column's name says that it holds ids: its last word does.
    pub(super) fn is_called_id(&self, text: &str) -> bool {
        let words = &self.catalog.synonyms.id_parts.words;
        self.words(text).last().is_some_and(|word| words.contains(word))
    }

    /// Whether a column's name is one for any role.
    pub(super) fn names_role(&self, text: &str) -> bool {
        self.catalog.synonyms.roles.keys().any(|role| self.is_role_name(*role, text))
    }

    /// Whether columns with this name are never read.
    pub(super) fn is_unread_name(&self, text: &str) -> bool {
        self.is_one_of(text, &self.catalog.synonyms.unread.names)
    }

    /// Whether any of the catalog's `names` consists of these words.
    pub(super) fn any_has_words(&self, names: &[String], words: &str) -> bool {
        self.position_of_words(words, names).is_some()
    }

    /// Whether a name is in one of the lists that can be searched.
    fn is_listed(&self, name: &str) -> bool {
        let words = self.joined_words(name);
        words.is_empty() || self.listed_names.get(&words).is_some_and(|same| same.contains(name))
    }

    /// The index of the first of the catalog's `names` that consists of these words.
    fn position_of_words(&self, words: &str, names: &[String]) -> Option<usize> {
        debug_assert!(names.iter().all(|name| self.is_listed(name)), "`listed_names` lacks {names:?}");
        let same = self.listed_names.get(words)?;
        names.iter().position(|name| same.contains(name.as_str()))
    }

    /// Whether `text` says that its number is a percent or a rate.
    pub(super) fn says_rate(&self, text: &str) -> bool {
        self.has_percent_word(&self.words(text))
    }

    /// Whether one of these words says that the number is a percent or a rate.
    pub(super) fn has_percent_word(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.catalog.synonyms.left_over.percent.contains(word))
    }

    /// Whether `text` means everybody.
    pub(super) fn means_all(&self, text: &str) -> bool {
        let all = &self.catalog.synonyms.all;
        self.is_one_of(text, &all.texts)
            || begins_with(text, &all.first) && self.has_only_after_first(text, &all.of)
    }

    /// Whether `text` means everybody or everything in a column with this name: `All Funds` in the column `Fund`.
    pub(super) fn means_all_of(&self, name: &str, text: &str) -> bool {
        self.is_everybody(text)
            || begins_with(text, &self.catalog.synonyms.all.first_in_column)
                && self.has_only_after_first(text, &self.words(name).into_iter().collect())
    }

    /// Whether `text` has words after the first, and all of them are among these.
    fn has_only_after_first(&self, text: &str, of: &BTreeSet<String>) -> bool {
        let tokens = tokenize(text);
        tokens.len() > 1
            && tokens
                .iter()
                .skip(1)
                .all(|token| of.contains(token) || of.contains(&self.canonical_word(token)))
    }

    /// The factor for amounts of money below a title, as it states: 1,000 or 1,000,000.
    pub(super) fn money_factor(&self, title: &str) -> Option<f64> {
        let patterns = &self.patterns;
        match (any_match(&patterns.thousands, title), any_match(&patterns.millions, title)) {
            (true, false) => Some(1e3),
            (false, true) => Some(1e6),
            _ => None,
        }
    }

    /// `name` without the parentheses that say that amounts are in thousands or millions.
    pub(super) fn without_money_factor(&self, name: &str) -> String {
        let Some((before, rest)) = name.split_once('(') else { return name.to_owned() };
        match rest.split_once(')') {
            Some((within, after)) if self.money_factor(within).is_some() => format!("{before}{after}"),
            _ => name.to_owned(),
        }
    }
}

/// The names in the catalog's lists that are compared as a whole with column names and cell texts: in all of them.
fn listed_names(catalog: &Catalog) -> Vec<&String> {
    let synonyms = &catalog.synonyms;
    let stats = [&synonyms.stats.denominator, &synonyms.stats.numerator];
    let types = &synonyms.row_types;
    let row_types = [&types.district, &types.school, &types.beyond];
    let others = [&synonyms.all.texts, &synonyms.unread.names];
    let columns = synonyms.roles.values().chain(synonyms.attributes.values());
    let beside = synonyms.beside.iter().map(|other| &other.columns);
    let around = [&synonyms.around.flags, &synonyms.around.unit_columns];
    let more = [&synonyms.categories.names, &synonyms.id_parts.names].into_iter().chain(around);
    let unsure = synonyms.measures.values().map(|measure| &measure.unsure);
    let lists = columns.chain(stats).chain(row_types).chain(others).chain(beside).chain(more).chain(unsure);
    lists.flatten().collect()
}

/// Whether the first word of a text that is no note is one of these, in lower case.
fn begins_with(text: &str, first: &BTreeSet<String>) -> bool {
    let begin = text.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    text.len() <= LONGEST_KNOWN_TEXT && first.contains(&begin.to_lowercase())
}

/// The words of the catalog that are not in a measure's spelling, and those that it lists because they are a letter
/// away from one that is.
fn real_words(catalog: &Catalog) -> BTreeSet<String> {
    let synonyms = &catalog.synonyms;
    let left_over = &synonyms.left_over;
    let mut words: BTreeSet<String> = synonyms.real_words.words.iter().cloned().collect();
    words.extend([&left_over.harmless, &left_over.other, &left_over.percent].into_iter().flatten().cloned());
    let groups = catalog.groups.groups.iter().flat_map(|group| &group.also);
    let subjects = catalog.groups.subjects.iter().flat_map(|subject| &subject.also);
    let tests = &synonyms.tests.about;
    words.extend(groups.chain(subjects).chain(tests).flat_map(|name| tokenize(name)));
    words
}
