//! Districts without ids that are called differently in some years: `Alder SD 1`, later `Alder School District 1`.

use std::collections::{BTreeMap, BTreeSet};

use super::EvidenceSearch;
use crate::catalog::Role;
use crate::wording::survey_rows as wording;

/// If at least one in this many names belongs to another district, the program asks; otherwise, it only adds a note.
const MANY: usize = 8;

/// A name and the years of its rows.
struct NamedYears<'a> {
    name: &'a str,
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
            by_core.entry(self.vocabulary.name_core(name)).or_default().push(NamedYears { name, years });
        }
        let mut pairs = Vec::new();
        for named in by_core.values() {
            for (position, one) in named.iter().enumerate() {
                let mut later = named[position + 1..].iter();
                if let Some(other) = later.find(|other| may_be_one(one, other)) {
                    pairs.push([one.name.to_owned(), other.name.to_owned()]);
                }
            }
        }
        pairs
    }
}

/// Whether two names have no year in common, and no different numbers.
fn may_be_one(one: &NamedYears<'_>, other: &NamedYears<'_>) -> bool {
    let [own, others] = [one, other].map(|named| numbers(named.name));
    one.years.is_disjoint(&other.years) && (own.is_empty() || others.is_empty() || own == others)
}

/// The numbers in a name.
fn numbers(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect()
}
