//! The short codes of exhibits: a letter for the domain, and a number.

use std::collections::BTreeSet;

use super::Catalog;
use super::exhibit::ExhibitSpec;

impl Catalog {
    /// Completes every exhibit: its topic, its small charts, and its code if it has none.
    pub(super) fn complete_exhibits(&mut self) {
        let mut exhibits = std::mem::take(&mut self.exhibits);
        for exhibit in &mut exhibits {
            exhibit.complete();
        }
        let taken = exhibits.iter().map(|exhibit| exhibit.code.clone()).collect();
        self.give_codes(&mut exhibits, taken);
        self.exhibits = exhibits;
    }

    /// Gives each exhibit without a code the first number of its domain that is free.
    pub(crate) fn give_codes(&self, exhibits: &mut [ExhibitSpec], mut taken: BTreeSet<String>) {
        for exhibit in exhibits.iter_mut().filter(|exhibit| exhibit.code.is_empty()) {
            exhibit.code = self.free_code(&exhibit.domain, &taken);
            taken.insert(exhibit.code.clone());
        }
    }

    fn free_code(&self, domain: &str, taken: &BTreeSet<String>) -> String {
        let domain = self.domains.iter().find(|known| known.id == domain);
        let letter = domain.and_then(|domain| domain.codes.first()).map_or("", String::as_str);
        let codes = (1..).map(|number| format!("{letter}{number}"));
        codes.into_iter().find(|code| !taken.contains(code)).unwrap_or_default()
    }

    /// Whether a code is one of a domain's letters and a number without leading zeros.
    pub(super) fn is_code_of(&self, code: &str, domain: &str) -> bool {
        let mut numbers =
            self.code_letters(domain).iter().filter_map(|letter| code.strip_prefix(letter.as_str()));
        numbers.any(|number| {
            number.bytes().all(|digit| digit.is_ascii_digit())
                && !number.is_empty()
                && !number.starts_with('0')
        })
    }

    /// The letters with which the codes of a domain's exhibits begin; none of an unknown domain.
    pub(super) fn code_letters(&self, domain: &str) -> &[String] {
        self.domains.iter().find(|known| known.id == domain).map_or(&[], |known| &known.codes)
    }
}
