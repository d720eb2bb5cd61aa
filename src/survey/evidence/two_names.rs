//! Districts without ids that are called differently in some years: `Alder SD 1`, later `Alder School District 1`.

use std::collections::{BTreeMap, BTreeSet};

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

/// If at least one in this many names belongs to another district, the program asks; otherwise, it only adds a note.
const MANY: usize = 8;

/// A name, the numbers in it, and the years of its rows.
struct NamedYears<'a> {
    name: &'a str,
    numbers: Vec<&'a str>,
    years: BTreeSet<&'a str>,
}

impl EvidenceSearch<'_> {
    /// Asks whether two names are those of one district, if they differ only in the words for its kind and never occur in
    /// the same year.
    pub(super) fn compare_names(&mut self) {
        if self.column_of(Role::DistrictId).is_some() {
            return;
        }
        let (Some(name), Some(year)) = (self.column_of(Role::DistrictName), self.column_of(Role::SchoolYear))
        else {
            return;
        };
        let mut years: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in self.rows_read() {
            let text = self.texts.text(name, row);
            if !text.is_empty() {
                years.entry(text).or_default().insert(self.texts.text(year, row));
            }
        }
        let names = years.len();
        let pairs = self.pairs_of_names(years);
        let Some(first) = pairs.first() else { return };
        let said = wording::two_names_of_one(first, pairs.len());
        if pairs.len() * MANY >= names {
            self.found.problem.get_or_insert(said);
        } else {
            self.found.notes.push(said);
        }
    }

    /// The pairs of names that may be those of one district, in the order of the alphabet.
    fn pairs_of_names(&self, years: BTreeMap<&str, BTreeSet<&str>>) -> Vec<[String; 2]> {
        let mut by_core: BTreeMap<String, Vec<NamedYears<'_>>> = BTreeMap::new();
        for (name, years) in years {
            let named = NamedYears { name, numbers: numbers(name), years };
            by_core.entry(self.vocabulary.name_core(name)).or_default().push(named);
        }
        by_core.values().flat_map(|named| pairs_among(named)).collect()
    }
}

/// The pairs of names with one core that may be those of one district: they have no year in common, and no different numbers.
fn pairs_among(named: &[NamedYears<'_>]) -> Vec<[String; 2]> {
    let mut by_numbers: BTreeMap<&[&str], Vec<usize>> = BTreeMap::new();
    for (position, one) in named.iter().enumerate() {
        by_numbers.entry(&one.numbers).or_default().push(position);
    }
    let mut pairs = Vec::new();
    for (position, one) in named.iter().enumerate() {
        let alike: Vec<&Vec<usize>> = match one.numbers.as_slice() {
            [] => by_numbers.values().collect(),
            own => [own, &[]].into_iter().filter_map(|numbers| by_numbers.get(numbers)).collect(),
        };
        let first_in = alike.into_iter().filter_map(|positions| {
            let mut later = positions.iter().filter(|other| **other > position);
            later.find(|other| one.years.is_disjoint(&named[**other].years))
        });
        if let Some(other) = first_in.min() {
            pairs.push([one.name.to_owned(), named[*other].name.to_owned()]);
        }
    }
    pairs
}

/// The numbers in a name.
fn numbers(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect()
}
