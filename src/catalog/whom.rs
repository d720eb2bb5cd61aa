//! Words for what a row or a table is about: a district, a school, the state, or several districts together.

use serde::Deserialize;

use super::narrowing::NarrowingWords;

/// `[whom]` of `catalog/synonyms.toml`. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WhomWords {
    /// Regular expressions for the label of a row about the state, the nation, or a region, in a column of schools.
    #[serde(default)]
    pub beyond: Vec<String>,
    /// Regular expressions for the name of a row about several districts together, in a column of districts: an average, the
    /// best tenth.
    #[serde(default)]
    pub compared: Vec<String>,
    /// Regular expressions for the name of a whole district in a column of schools.
    #[serde(default)]
    pub own: Vec<String>,
    /// How a table shows that it is about a part of each district.
    #[serde(default)]
    pub narrows: NarrowingWords,
    /// Words for the kind of district, which may or may not be part of its name: `Alder`, `Alder Public Schools`.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Words in the name of a sheet about a region, the nation, or other districts.
    #[serde(default)]
    pub others: Vec<String>,
    /// Words that may be next to those.
    #[serde(default)]
    pub others_beside: Vec<String>,
    /// Phrases in a title or in the name of a file about a region, the nation, or other districts.
    #[serde(default)]
    pub around: Vec<String>,
    /// Words that mean the same in a title or in the name of a file whose other words are all known.
    #[serde(default)]
    pub around_alone: Vec<String>,
    /// Words with which a title or a file's name only mentions others.
    #[serde(default)]
    pub around_unless: Vec<String>,
}
