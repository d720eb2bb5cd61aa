//! The spellings of measures listed in the catalog, indexed by word, so a column's name is compared only with
//! the few spellings that share its words.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::Stat;

/// Shorter words (in bytes) never count as typos, because too many of them are real words.
const SHORTEST_TYPO: usize = 6;

/// Whether one word is another with one slip: a letter left out, added, replaced, or swapped with its neighbor. The
/// first letter is hardly ever wrong.
pub(super) fn is_typo(a: &str, b: &str) -> bool {
    a.len() >= SHORTEST_TYPO
        && b.len() >= SHORTEST_TYPO
        && a.chars().next() == b.chars().next()
        && strsim::osa_distance(a, b) == 1
}

/// One spelling of a measure's column name.
#[derive(Debug)]
pub(super) struct Spelling<'a> {
    /// The measure's id.
    pub(super) measure: &'a str,
    pub(super) words: Vec<String>,
    pub(super) stat: Stat,
    /// Whether it names the measure only next to a student group or a grade.
    pub(super) needs_group: bool,
    /// The grade that is part of it: the measure is about that grade by definition.
    pub(super) grade: Option<String>,
}

impl Spelling<'_> {
    /// The length of its words, in bytes.
    pub(super) fn letter_count(&self) -> usize {
        self.words.iter().map(String::len).sum()
    }
}

/// The position of a spelling in the vocabulary's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpellingId(pub(super) usize);

/// The position of a word in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WordId(usize);

/// A word and the spellings that contain it.
#[derive(Debug)]
struct IndexedWord {
    text: String,
    letters: LetterSet,
    /// Ascending.
    spellings: Vec<SpellingId>,
}

/// The words of all spellings.
#[derive(Debug, Default)]
pub(super) struct SpellingIndex {
    words: Vec<IndexedWord>,
    ids: BTreeMap<String, WordId>,
    /// How many distinct words each spelling has, by [`SpellingId`].
    word_counts: Vec<usize>,
    /// Words that mean something by themselves, and so are not typos of others.
    real_words: BTreeSet<String>,
}

impl SpellingIndex {
    /// The words of `spellings`. They and `real_words` are never typos.
    pub(super) fn new(spellings: &[Spelling<'_>], real_words: BTreeSet<String>) -> Self {
        let mut index = Self { real_words, ..Self::default() };
        for (position, spelling) in spellings.iter().enumerate() {
            let words: BTreeSet<&String> = spelling.words.iter().collect();
            index.word_counts.push(words.len());
            for word in words {
                index.add_word(word, SpellingId(position));
            }
        }
        index
    }

    fn add_word(&mut self, text: &str, spelling: SpellingId) {
        let id = self.ids.get(text).copied().unwrap_or(WordId(self.words.len()));
        match self.words.get_mut(id.0) {
            Some(word) => word.spellings.push(spelling),
            None => {
                let letters = LetterSet::of(text);
                self.words.push(IndexedWord { text: text.to_owned(), letters, spellings: vec![spelling] });
                self.ids.insert(text.to_owned(), id);
            }
        }
    }

    /// The spellings whose words are all among `words`, allowing typos; ascending.
    pub(super) fn covered_by(&self, words: &[String]) -> Vec<SpellingId> {
        let distinct: BTreeSet<&String> = words.iter().collect();
        let similar: BTreeSet<WordId> = distinct.into_iter().flat_map(|word| self.similar(word)).collect();
        let mut found_words: BTreeMap<SpellingId, usize> = BTreeMap::new();
        for spelling in similar.into_iter().flat_map(|word| &self.words[word.0].spellings) {
            *found_words.entry(*spelling).or_default() += 1;
        }
        found_words.retain(|spelling, count| *count == self.word_counts[spelling.0]);
        found_words.into_keys().collect()
    }

    /// Whether `typed` is a typo of `word`: a word that means something is none.
    pub(super) fn is_typo_of(&self, typed: &str, word: &str) -> bool {
        !self.is_real(typed) && is_typo(typed, word)
    }

    /// Whether a word is one of a spelling, or is known otherwise.
    pub(super) fn is_real(&self, word: &str) -> bool {
        self.ids.contains_key(word) || self.real_words.contains(word)
    }

    /// The spellings that contain at least one of `words` exactly.
    pub(super) fn sharing_a_word(&self, words: &[String]) -> BTreeSet<SpellingId> {
        let known = words.iter().filter_map(|word| self.ids.get(word));
        known.flat_map(|word| self.words[word.0].spellings.iter().copied()).collect()
    }

    /// The indexed words that equal `word` or are typos of it.
    fn similar(&self, word: &str) -> Vec<WordId> {
        let mut similar: Vec<WordId> = self.ids.get(word).copied().into_iter().collect();
        if word.len() >= SHORTEST_TYPO && !self.is_real(word) {
            let letters = LetterSet::of(word);
            for (position, indexed) in self.words.iter().enumerate() {
                if indexed.is_typo_of(word, letters) {
                    similar.push(WordId(position));
                }
            }
        }
        similar
    }
}

impl IndexedWord {
    /// Whether `word`, which has these letters, is a typo of this word.
    fn is_typo_of(&self, word: &str, letters: LetterSet) -> bool {
        self.text.len() >= SHORTEST_TYPO && letters.may_be_typo(self.letters) && is_typo(word, &self.text)
    }
}

/// The letters of a word, for quickly ruling out that it is a typo of another word.
#[derive(Debug, Clone, Copy)]
struct LetterSet {
    /// One bit per letter; letters 64 code points apart share a bit.
    bits: u64,
    count: u32,
}

impl LetterSet {
    fn of(word: &str) -> Self {
        let bits = word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64));
        Self { bits, count: word.chars().count() as u32 }
    }

    /// Whether the two words share enough letters for one to be a typo of the other. Never false if
    /// [`is_typo`] is true.
    const fn may_be_typo(self, other: Self) -> bool {
        self.count.abs_diff(other.count) <= 1 && self.lacking(other) <= 1 && other.lacking(self) <= 1
    }

    /// How many letters of this word are not in `other`, at least.
    const fn lacking(self, other: Self) -> u32 {
        (self.bits & !other.bits).count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::{LetterSet, SpellingId, is_typo};
    use crate::catalog::Catalog;
    use crate::survey::vocabulary::Vocabulary;

    #[test]
    fn what_is_a_slip_is_taken_for_one_at_a_glance() {
        let catalog = Catalog::embedded().unwrap();
        let vocabulary = Vocabulary::new(&catalog).unwrap();
        let words: Vec<&String> = vocabulary.spellings.iter().flat_map(|s| &s.words).collect();
        let mut slips = 0;
        for word in words.iter().filter(|word| word.is_ascii()) {
            for at in 0..word.len() {
                let (before, behind) = word.split_at(at);
                let typed = [
                    format!("{before}q{behind}"),
                    format!("{before}q{}", &behind[1..]),
                    format!("{before}{}", &behind[1..]),
                ];
                for typed in typed.iter().filter(|typed| is_typo(typed, word)) {
                    assert!(LetterSet::of(typed).may_be_typo(LetterSet::of(word)), "{typed} {word}");
                    slips += 1;
                }
            }
        }
        assert!(slips > 10_000, "{slips}");
    }

    #[test]
    fn a_name_finds_the_spellings_that_it_can_be_and_few_others() {
        let catalog = Catalog::embedded().unwrap();
        let vocabulary = Vocabulary::new(&catalog).unwrap();
        for (number, spelling) in vocabulary.spellings.iter().enumerate().filter(|(_, s)| !s.words.is_empty())
        {
            let mut words = spelling.words.clone();
            words.push("students".to_owned());
            assert!(vocabulary.index.covered_by(&words).contains(&SpellingId(number)), "{words:?}");
        }
        // Comparing 2,000 columns with all of them takes two million comparisons.
        let names =
            (0..2_000).map(|i| vocabulary.parse_name(&format!("Some measure number {i} of grade students")));
        let compared: usize = names.map(|name| vocabulary.index.covered_by(&name.words).len()).sum();
        let all = 2_000 * vocabulary.spellings.len();
        assert!(compared < all / 50, "{compared} of {all} comparisons");
    }
}
