//! Checks the ids and patterns in catalog entries.

use super::{Catalog, CatalogError};
use crate::domain::{ALL, Grade};

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
    let hint = did_you_mean(name, all.map(String::as_str));
    Err(CatalogError::new(file, format!("no {what} is called {name:?}{hint}")))
}

/// `; did you mean "x"?` if a name is similar enough, otherwise empty.
pub(crate) fn did_you_mean<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> String {
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
    nearest.map_or_else(String::new, |(_, known)| format!("; did you mean {known:?}?"))
}

/// Checks the ids and patterns in one catalog entry.
pub(super) struct EntryChecker<'a> {
    pub(super) catalog: &'a Catalog,
    /// The location of the entry, for errors.
    file: String,
}

impl<'a> EntryChecker<'a> {
    pub(super) fn new(catalog: &'a Catalog, file: impl Into<String>) -> Self {
        Self { catalog, file: file.into() }
    }

    /// An error about the entry.
    pub(super) fn error(&self, message: impl Into<String>) -> CatalogError {
        CatalogError::new(&*self.file, message)
    }

    pub(super) fn known<'n>(
        &self,
        what: &str,
        name: &str,
        all: impl Iterator<Item = &'n String> + Clone,
    ) -> Result<(), CatalogError> {
        check_known(&self.file, what, name, all)
    }

    pub(super) fn measure(&self, id: &str) -> Result<(), CatalogError> {
        self.known("measure", id, self.catalog.measures.keys())
    }

    pub(super) fn measures<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Result<(), CatalogError> {
        ids.into_iter().try_for_each(|id| self.measure(id))
    }

    pub(super) fn group(&self, id: &str) -> Result<(), CatalogError> {
        if id == ALL {
            return Ok(());
        }
        self.known("student group", id, self.catalog.groups.groups.iter().map(|group| &group.id))
    }

    pub(super) fn groups<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Result<(), CatalogError> {
        ids.into_iter().try_for_each(|id| self.group(id))
    }

    pub(super) fn subject(&self, id: &str) -> Result<(), CatalogError> {
        if id == ALL {
            return Ok(());
        }
        self.known("subject", id, self.catalog.groups.subjects.iter().map(|subject| &subject.id))
    }

    pub(super) fn subjects<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Result<(), CatalogError> {
        ids.into_iter().try_for_each(|id| self.subject(id))
    }

    pub(super) fn domain(&self, id: &str) -> Result<(), CatalogError> {
        self.known("domain", id, self.catalog.domains.iter().map(|domain| &domain.id))
    }

    pub(super) fn domains<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Result<(), CatalogError> {
        ids.into_iter().try_for_each(|id| self.domain(id))
    }

    pub(super) fn grade(&self, id: &str) -> Result<(), CatalogError> {
        match Grade::parse(id) {
            Some(_) => Ok(()),
            None => Err(self.error(format!("{id:?} is not a grade (such as KG, 03, 09-12)"))),
        }
    }

    pub(super) fn grades<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Result<(), CatalogError> {
        ids.into_iter().try_for_each(|id| self.grade(id))
    }

    /// Checks a regular expression: its named captures must be in `parts`.
    pub(super) fn pattern(&self, text: &str, parts: &[&str]) -> Result<(), CatalogError> {
        let regex = super::pattern(text).map_err(|e| self.error(format!("{text:?}: {e}")))?;
        match regex.capture_names().flatten().find(|name| !parts.contains(name)) {
            Some(name) => {
                let hint = did_you_mean(name, parts.iter().copied());
                Err(self.error(format!("{text:?}: a part is called {name:?}{hint}")))
            }
            None => Ok(()),
        }
    }

    pub(super) fn patterns<'i>(
        &self,
        texts: impl IntoIterator<Item = &'i String>,
        parts: &[&str],
    ) -> Result<(), CatalogError> {
        texts.into_iter().try_for_each(|text| self.pattern(text, parts))
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
