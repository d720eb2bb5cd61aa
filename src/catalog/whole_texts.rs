//! Texts that mean everybody or everything, and answers that say whether a row is about a group.

use std::collections::BTreeSet;

use serde::Deserialize;

/// Texts for everybody, or for everything.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WholeTexts {
    /// The texts.
    pub texts: Vec<String>,
    /// The first word, in lower case, of other such texts: `all` in `All Genders`.
    #[serde(default)]
    pub first: BTreeSet<String>,
    /// The words, in lower case, that may follow it.
    #[serde(default)]
    pub of: BTreeSet<String>,
    /// The first word, in lower case, of texts that otherwise have only words of their column's name: `total` in `Total Staff`.
    #[serde(default)]
    pub first_in_column: BTreeSet<String>,
}

/// Answers in a column next to that of a group, in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The row is about the students in the group.
    pub yes: BTreeSet<String>,
    /// It is about the others.
    pub no: BTreeSet<String>,
}
