//! Public files that a district can compare itself with: `catalog/sources.toml`.

use serde::Deserialize;

/// A publication, and the page from which its files are downloaded.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicSource {
    /// Code of the state that publishes it; absent if it is national.
    #[serde(default)]
    pub state: Option<String>,
    /// Title, as its publisher calls it.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The page from which its files are downloaded.
    pub address: String,
    /// Whether a public source gives the address; if not, it is from memory.
    pub confirmed: bool,
    /// Ids of the domains that it has data for.
    pub domains: Vec<String>,
    /// Ids of the layouts that read its files; empty if there is none.
    #[serde(default)]
    pub layout: Vec<String>,
    /// What its rows are about.
    pub levels: Vec<SourceLevel>,
    /// First school year of its files, by its end; absent if it is not known.
    #[serde(default)]
    pub since: Option<i32>,
    /// A short remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// How many levels there are.
const LEVELS: usize = 3;

/// What a row of a publication is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceLevel {
    /// A state.
    State,
    /// A district.
    District,
    /// A school.
    School,
}

/// What a project lacks.
#[derive(Debug, Clone, Copy)]
pub struct SourceGap<'a> {
    /// Code of the project's state; `None` if it is unknown.
    pub state: Option<&'a str>,
    /// Ids of the domains in which something is missing, most important first.
    pub domains: &'a [&'a str],
}

impl PublicSource {
    /// Whether it is about the districts of a state, or of all if it is `None`, and has data for a domain.
    pub(super) fn is_for(&self, domain: &str, state: Option<&str>) -> bool {
        self.state.as_deref() == state
            && self.levels.contains(&SourceLevel::District)
            && self.domains.iter().any(|id| id == domain)
    }

    /// How useful it is for a gap in these domains; the least is the most useful.
    pub(super) fn rank(&self, domains: &[&str]) -> (bool, usize, bool, usize) {
        let filled = self.domains.iter().filter(|id| domains.contains(&id.as_str())).count();
        (
            self.layout.is_empty(),
            domains.len() - filled.min(domains.len()),
            !self.confirmed,
            LEVELS.saturating_sub(self.levels.len()),
        )
    }
}

/// `catalog/sources.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourcesFile {
    #[serde(default)]
    pub(super) source: Vec<PublicSource>,
}
