//! Words for columns of codes: of student groups, tests, and subjects.

use serde::Deserialize;

use crate::domain::ALL;

/// `[codes]` of `catalog/synonyms.toml`. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CodeWords {
    /// Words in the name of a column that say that it holds codes: `Subgroup Code`.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words in the name of a column that say that it holds answers: `SPED Flag`.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Words in the name of a column with the names of what codes stand for: `Subgroup Name`.
    #[serde(default)]
    pub names: Vec<String>,
    /// Words in the name of a column that tells student groups apart.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Words with which such a name is about something other than students: `Peer Group`.
    #[serde(default)]
    pub not_groups: Vec<String>,
    /// Words in the name of a column that tells tests or subjects apart, if it also has one of `words` or `answers`.
    #[serde(default)]
    pub tests: Vec<String>,
    /// Words in the name of a column whose texts are not student groups, whatever they look like.
    #[serde(default)]
    pub others: Vec<String>,
    /// Codes for everybody.
    #[serde(default)]
    pub all: Vec<String>,
    /// Letters that mean a student group only in a column named with one of `letter_columns`, or beside each other.
    #[serde(default)]
    pub letters: Vec<String>,
    /// Words in the name of a column in which they do.
    #[serde(default)]
    pub letter_columns: Vec<String>,
}

impl CodeWords {
    /// Whether a text is a letter that means a student group in some columns only.
    #[must_use]
    pub fn is_letter(&self, text: &str) -> bool {
        self.letters.contains(&text.trim().to_lowercase())
    }

    /// Whether a text is a code for everybody.
    #[must_use]
    pub fn means_all(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        text == ALL || self.all.contains(&text)
    }
}
