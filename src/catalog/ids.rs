//! Checks the ids and patterns in catalog entries.

use regex::Regex;

use super::fault::{EntryPlace, Faults};
use super::{Catalog, CatalogError, CatalogFault};
use crate::domain::{ALL, Grade};
use crate::wording::{Explained, catalog as say};

/// The longest name, in bytes, that is compared with others: the time for a comparison grows with the product
/// of both lengths.
const LONGEST_NAME: usize = 256;
/// Names with at least this Jaro–Winkler similarity are suggested.
const LEAST_SIMILARITY: f64 = 0.8;

/// An error unless `name` is in `all`; it suggests the most similar one. `what` describes the name.
pub(crate) fn check_known<'a>(
    file: &str,
    what: &str,
    name: &str,
    all: impl Iterator<Item = &'a String> + Clone,
) -> Result<(), CatalogError> {
    if all.clone().any(|known| known == name) {
        return Ok(());
    }
    let all: Vec<&str> = all.map(String::as_str).collect();
    let nearest = nearest(name, all.iter().copied());
    Err(CatalogFault::new(file, None, say::unknown(what, name, nearest, &all)).into())
}

/// `; did you mean "x"?` if a name is similar enough, otherwise empty.
pub(crate) fn did_you_mean<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> String {
    nearest(name, all).map_or_else(String::new, say::did_you_mean)
}

/// The most similar name, if one is similar enough.
pub(crate) fn nearest<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut nearest: Option<(f64, &str)> = None;
    for known in all {
        if known.len().max(name.len()) > LONGEST_NAME {
            continue;
        }
        let similarity = strsim::jaro_winkler(name, known);
        let is_nearer = nearest.is_none_or(|(best, best_name)| {
            similarity.total_cmp(&best).then_with(|| best_name.cmp(known)).is_ge()
        });
        if similarity > LEAST_SIMILARITY && is_nearer {
            nearest = Some((similarity, known));
        }
    }
    nearest.map(|(_, known)| known)
}

/// Checks the ids and patterns in one entry of the catalog or of `retreat.toml`.
pub(crate) struct EntryChecker<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) place: EntryPlace<'a>,
    pub(crate) faults: &'a mut Faults,
}

impl EntryChecker<'_> {
    /// Reports a fault at a key or text in the entry.
    pub(crate) fn report(&mut self, at: &str, explained: Explained) {
        self.faults.push(self.place.fault(at, explained));
    }

    /// The same checker for a part of the entry.
    pub(crate) fn part<'s>(&'s mut self, place: EntryPlace<'s>) -> EntryChecker<'s> {
        EntryChecker { catalog: self.catalog, place, faults: self.faults }
    }

    /// Reports `name` unless it is in `all`, or its own entry cannot be read. `what` describes the name.
    pub(crate) fn known<'n>(&mut self, what: &str, name: &str, all: impl Iterator<Item = &'n str> + Clone) {
        if all.clone().all(|known| known != name) && !self.faults.is_lost(name) {
            let all: Vec<&str> = all.collect();
            let nearest = nearest(name, all.iter().copied());
            self.report(name, say::unknown(what, name, nearest, &all));
        }
    }

    /// Reports a `question` for the room that is none.
    pub(crate) fn question(&mut self, text: &str) {
        if !text.trim_end().ends_with('?') {
            self.report("question", say::not_a_question(text));
        }
    }

    pub(crate) fn measure(&mut self, id: &str) {
        let measures = &self.catalog.measures;
        if !measures.contains_key(id) && !self.faults.is_lost(id) {
            let nearest = nearest(id, measures.keys().map(String::as_str));
            self.report(id, say::unknown_measure(id, nearest));
        }
    }

    pub(super) fn measures<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids {
            self.measure(id);
        }
    }

    pub(super) fn stories<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) {
        let catalog = self.catalog;
        for id in ids {
            self.known(say::STORY, id, catalog.findings.story.iter().map(|story| story.id.as_str()));
        }
    }

    pub(super) fn group(&mut self, id: &str) {
        if id != ALL {
            let groups = self.catalog.groups.groups.iter();
            self.known("student group", id, groups.map(|group| group.id.as_str()));
        }
    }

    pub(super) fn groups<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids {
            self.group(id);
        }
    }

    pub(super) fn subject(&mut self, id: &str) {
        if id != ALL {
            let subjects = self.catalog.groups.subjects.iter();
            self.known("subject", id, subjects.map(|subject| subject.id.as_str()));
        }
    }

    pub(super) fn subjects<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids {
            self.subject(id);
        }
    }

    pub(super) fn domain(&mut self, id: &str) {
        self.known("domain", id, self.catalog.domains.iter().map(|domain| domain.id.as_str()));
    }

    pub(super) fn domains<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids {
            self.domain(id);
        }
    }

    pub(super) fn grade(&mut self, id: &str) {
        if Grade::parse(id).is_none() {
            self.report(id, say::not_a_grade(id));
        }
    }

    pub(super) fn grades<'i>(&mut self, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids {
            self.grade(id);
        }
    }

    /// Checks a regular expression: its named captures must be in `parts`.
    pub(crate) fn pattern(&mut self, text: &str, parts: &[&str]) {
        let Some(regex) = self.compiled(text, super::pattern) else { return };
        for name in regex.capture_names().flatten().filter(|name| !parts.contains(name)) {
            let nearest = nearest(name, parts.iter().copied());
            self.report(text, say::unknown_capture(text, name, nearest, parts));
        }
    }

    /// Checks that a regular expression compiles.
    pub(super) fn compiles(&mut self, text: &str, compile: fn(&str) -> Result<Regex, regex::Error>) {
        self.compiled(text, compile);
    }

    /// The compiled pattern; an invalid one is reported. Compiling the patterns of all built-in layouts took half of
    /// the processor time of a small build, so those are only compiled where they are used; a test checks them.
    fn compiled(&mut self, text: &str, compile: fn(&str) -> Result<Regex, regex::Error>) -> Option<Regex> {
        if self.place.is_built_in() && !cfg!(debug_assertions) {
            return None;
        }
        compile(text).map_err(|error| self.bad_pattern(text, &error)).ok()
    }

    pub(super) fn patterns<'i>(&mut self, texts: impl IntoIterator<Item = &'i String>, parts: &[&str]) {
        for text in texts {
            self.pattern(text, parts);
        }
    }

    fn bad_pattern(&mut self, text: &str, error: &regex::Error) {
        let error = error.to_string();
        // Before its last line, the error shows the pattern.
        let reason = error.lines().last().unwrap_or_default();
        self.report(text, say::bad_pattern(text, reason.trim_start_matches("error: ")));
    }
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn only_names_that_can_be_one_are_compared() {
        let known = ["enrollment", "attendance"];
        assert_eq!(did_you_mean("enrolment", known.into_iter()), "; did you mean \"enrollment\"?");
        let long = ["9".repeat(65_536), "9".repeat(65_535), "9".repeat(256)];
        assert_eq!(did_you_mean(&long[0], long[1..].iter().map(String::as_str)), "");
    }
}
