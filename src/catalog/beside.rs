//! Columns next to which a name means another measure.

use serde::Deserialize;

/// `[[beside]]` of `catalog/synonyms.toml`: next to columns with these names, the usual names of measures mean something else.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OtherMeaning {
    /// The ids of the measures.
    pub measures: Vec<String>,
    /// Names of columns.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Phrases in the text around the table with which the name means something else too, in lower case.
    #[serde(default)]
    pub around: Vec<String>,
    /// The same if they are the whole text, apart from numbers and words that say nothing.
    #[serde(default)]
    pub alone: Vec<String>,
    /// Lists of words, in lower case, that take the meaning back where a text has all of one list: all levels of school.
    #[serde(default)]
    pub unless_all: Vec<Vec<String>>,
    /// Whether the phrases name a part of the district, such as a level of school. Then the measure is still the one to propose,
    /// and columns of schools, grades, or parts say more than the phrases.
    #[serde(default)]
    pub part: bool,
    /// Whether this is so only for a name that does not say which people are counted.
    #[serde(default)]
    pub bare: bool,
    /// Words, after replacement by synonyms, in the measure's own column, or phrases in the text around the table, with which it
    /// means the measure all the same.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Why it is not the measure, in words.
    pub why: String,
}

/// `[[subject-not-group]]` of `catalog/synonyms.toml`: a name that means a student group, but results in a subject next to a column
/// of the same measure in another subject.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SubjectNotGroup {
    /// The words of the name, in lower case.
    pub phrase: String,
    /// The group's id.
    pub group: String,
    /// The measure's id.
    pub measure: String,
    /// The subject's id.
    pub subject: String,
}
