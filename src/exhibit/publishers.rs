//! Who published the files.

use std::collections::{BTreeMap, BTreeSet};

/// The publishers of the files that were read, by the files' paths.
#[derive(Debug, Clone, Default)]
pub struct Publishers(BTreeMap<String, String>);

impl Publishers {
    /// Of files with the authorities that their layouts name.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(files.into_iter().map(|(file, authority)| (file, short(&authority))).collect())
    }

    /// The publishers of some files, each once, in order; a body alone is left out beside one of its publications.
    pub(super) fn of<'f>(&self, files: impl IntoIterator<Item = &'f str>) -> Vec<&str> {
        let known: BTreeSet<&str> =
            files.into_iter().filter_map(|file| self.0.get(file)).map(String::as_str).collect();
        let is_longer = |name: &str| known.iter().any(|other| *other != name && other.starts_with(name));
        known.iter().copied().filter(|name| !is_longer(name)).collect()
    }
}

/// An authority as a chart's source line names it: the body, and the acronym of the publication
/// (`Texas Education Agency, TAPR`).
fn short(authority: &str) -> String {
    let (body, publication) = authority.split_once(", ").unwrap_or((authority, ""));
    let acronym = publication.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    match acronym {
        Some((acronym, _)) => format!("{body}, {acronym}"),
        None => body.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn an_authority_is_shortened_to_body_and_acronym() {
        let tapr = "Texas Education Agency, Texas Academic Performance Reports (TAPR), district profile";
        assert_eq!(short(tapr), "Texas Education Agency, TAPR");
        assert_eq!(short("the district"), "the district");
        assert_eq!(
            short("Illinois State Board of Education, Report Card data"),
            "Illinois State Board of Education"
        );
    }
}
