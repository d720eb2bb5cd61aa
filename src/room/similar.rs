//! Items that may be one, for a person to confirm.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::ItemPair;
use crate::catalog::RoomSpec;
use crate::form_export::plain;

/// Two items whose words are much alike.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarPair {
    /// The two items.
    pub pair: ItemPair,
    /// The share of their words in common, from 0 to 1.
    pub alike: f64,
}

/// An item to compare.
#[derive(Debug, Clone)]
pub(super) struct ComparedItem {
    pub(super) label: String,
    /// Whether a table added it. Two items of the program are never one.
    pub(super) is_added: bool,
    stems: BTreeSet<String>,
}

impl ComparedItem {
    pub(super) fn new(label: &str, statement: &str, is_added: bool, spec: &RoomSpec) -> Self {
        let words = plain(statement);
        let stems = words.split(' ').filter(|word| !spec.similar.small.iter().any(|small| small == word));
        let stems = stems.map(|word| word.chars().take(spec.stem).collect());
        Self { label: label.to_owned(), is_added, stems: stems.collect() }
    }

    /// Twice the words in common, divided by the words of both.
    fn alike(common: usize, one: &Self, another: &Self) -> f64 {
        2.0 * common as f64 / (one.stems.len() + another.stems.len()).max(1) as f64
    }
}

/// Each added item with the earlier one that it is most like, if they are alike enough.
pub(super) fn similar_pairs(items: &[ComparedItem], spec: &RoomSpec) -> Vec<SimilarPair> {
    let mut with_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for stem in &item.stems {
            for other in with_stem.get(stem.as_str()).into_iter().flatten() {
                *common.entry(*other).or_default() += 1;
            }
            with_stem.entry(stem).or_default().push(index);
        }
        let likeness =
            common.into_iter().map(|(other, count)| (other, ComparedItem::alike(count, item, &items[other])));
        let best = likeness.filter(|(_, alike)| item.is_added && *alike >= spec.alike);
        // Of equals, the first.
        if let Some((other, alike)) = best.reduce(|best, next| if next.1 > best.1 { next } else { best }) {
            pairs.push(SimilarPair { pair: ItemPair::new(&item.label, &items[other].label), alike });
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::{ComparedItem, similar_pairs};
    use crate::catalog::Catalog;

    #[test]
    fn items_in_other_words_are_proposed_and_those_about_something_else_are_not() {
        let spec = Catalog::embedded().unwrap().room;
        let item = |label: &str, text: &str| ComparedItem::new(label, text, label.starts_with('A'), &spec);
        let items = [
            item("S1", "Teachers stay: turnover is lower than in 9 of 10 peers."),
            item("A1-1", "The buildings are old and need repair"),
            item("A2-1", "Old buildings need repairs"),
            item("A3-1", "Parents trust our schools"),
        ];
        let pairs = similar_pairs(&items, &spec);
        assert_eq!(pairs.len(), 1, "{pairs:?}");
        assert_eq!((pairs[0].pair.first.as_str(), pairs[0].pair.second.as_str()), ("A1-1", "A2-1"));
    }
}
