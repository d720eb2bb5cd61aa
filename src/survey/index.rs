//! Which spellings of measures a name can stand for: looked up by its words, so that a name is compared with the few that have
//! them and not with all.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Spelling;

/// Names this like are the same name with a slip of the keyboard.
const SLIP: f64 = 0.93;
/// Jaro's likeness that words as like as that have at least: the same four letters at their beginnings add 0.4 of the rest.
const LEAST_JARO: f64 = (SLIP - 0.4) / 0.6;
/// Shorter words have no slips: too many of them are words of their own.
const SHORTEST_SLIP: usize = 6;

/// Whether one word is the other with a slip of the keyboard.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    a.len() >= SHORTEST_SLIP && b.len() >= SHORTEST_SLIP && strsim::jaro_winkler(a, b) >= SLIP
}

/// The letters of a word, as far as they tell at a glance that it is nothing like another.
#[derive(Debug, Clone, Copy)]
struct Letters {
    /// A bit for each letter; some share one.
    bits: u64,
    count: u32,
}

impl Letters {
    fn of(word: &str) -> Self {
        let bits = word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64));
        Self { bits, count: word.chars().count() as u32 }
    }

    /// Whether enough letters may be in both words for one to be a slip of the other.
    fn may_be_slip(self, other: Self) -> bool {
        let shared = |a: Self, b: Self| a.count - (a.bits & !b.bits).count_ones();
        let shared = f64::from(shared(self, other).min(shared(other, self)));
        let most = (shared / f64::from(self.count) + shared / f64::from(other.count) + 1.0) / 3.0;
        most >= LEAST_JARO - 1e-9
    }
}

/// A word that spellings have.
#[derive(Debug)]
struct Word {
    text: String,
    letters: Letters,
    /// The spellings that have it, by their numbers, ascending.
    spellings: Vec<usize>,
}

/// The words of all spellings.
#[derive(Debug, Default)]
pub(super) struct SpellingIndex {
    words: Vec<Word>,
    /// Number of each word in that list.
    by_text: BTreeMap<String, usize>,
    /// How many different words each spelling has.
    sizes: Vec<usize>,
}

impl SpellingIndex {
    pub(super) fn new(spellings: &[Spelling<'_>]) -> Self {
        let mut index = Self::default();
        for (number, spelling) in spellings.iter().enumerate() {
            let words: BTreeSet<&String> = spelling.words.iter().collect();
            index.sizes.push(words.len());
            for word in words {
                let next = index.words.len();
                let at = *index.by_text.entry(word.clone()).or_insert(next);
                if at == next {
                    let letters = Letters::of(word);
                    index.words.push(Word { text: word.clone(), letters, spellings: Vec::new() });
                }
                index.words[at].spellings.push(number);
            }
        }
        index
    }

    /// The spellings of which every word is one of `words`, or one of them with a slip; by their numbers, ascending.
    pub(super) fn of_words(&self, words: &[String]) -> Vec<usize> {
        let different: BTreeSet<&String> = words.iter().collect();
        let met: BTreeSet<usize> = different.into_iter().flat_map(|word| self.like(word)).collect();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for spelling in met.into_iter().flat_map(|word| &self.words[word].spellings) {
            *counts.entry(*spelling).or_default() += 1;
        }
        counts
            .into_iter()
            .filter(|(spelling, count)| *count == self.sizes[*spelling])
            .map(|(s, _)| s)
            .collect()
    }

    /// The spellings that have one of `words` at least; by their numbers, ascending.
    pub(super) fn with_any(&self, words: &[String]) -> BTreeSet<usize> {
        let known = words.iter().filter_map(|word| self.by_text.get(word));
        known.flat_map(|word| self.words[*word].spellings.iter().copied()).collect()
    }

    /// The numbers of the words that are `word`, or of which it is a slip.
    fn like(&self, word: &str) -> Vec<usize> {
        let mut like: Vec<usize> = self.by_text.get(word).copied().into_iter().collect();
        if word.len() >= SHORTEST_SLIP {
            let letters = Letters::of(word);
            let slips = self.words.iter().enumerate().filter(|(_, known)| {
                known.text.len() >= SHORTEST_SLIP
                    && letters.may_be_slip(known.letters)
                    && is_slip(word, &known.text)
            });
            like.extend(slips.map(|(number, _)| number));
        }
        like
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, is_slip};
    use crate::catalog::Catalog;
    use crate::survey::words::Vocabulary;

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
                for typed in typed.iter().filter(|typed| is_slip(typed, word)) {
                    assert!(Letters::of(typed).may_be_slip(Letters::of(word)), "{typed} {word}");
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
            assert!(vocabulary.index.of_words(&words).contains(&number), "{words:?}");
        }
        // Compared with all of them, 2,000 columns are two million comparisons.
        let names =
            (0..2_000).map(|i| vocabulary.name(&format!("Some measure number {i} of grade students"), false));
        let compared: usize = names.map(|name| vocabulary.index.of_words(&name.words).len()).sum();
        let all = 2_000 * vocabulary.spellings.len();
        assert!(compared < all / 50, "{compared} of {all} comparisons");
    }
}
