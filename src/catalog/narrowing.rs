//! Words that say that numbers are those of a part of a district: of a fund, a program, a cohort, a season.

use serde::Deserialize;

/// `[whom.narrows]` of `catalog/synonyms.toml`. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NarrowingWords {
    /// Words in the name of a column whose text says which part its rows are about.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What such a column tells apart, if its name also has a word for kinds: `Staff Type`.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The words for kinds.
    #[serde(default)]
    pub words_for_kinds: Vec<String>,
    /// Words in the name of a column that may say that its rows are about the state.
    #[serde(default)]
    pub places: Vec<String>,
    /// Phrases that narrow in a column of any name, if the text has few other words.
    #[serde(default)]
    pub texts: Vec<String>,
    /// The most words of such a text.
    #[serde(default)]
    pub most_words: usize,
    /// Words of texts that mean the whole.
    #[serde(default)]
    pub whole: Vec<String>,
    /// Texts that mean no part where all measures are about the upper grades by definition.
    #[serde(default)]
    pub upper_grades: Vec<String>,
    /// Words in the name of a sheet or file that says which part its table is about.
    #[serde(default)]
    pub names: Vec<String>,
    /// Words next to a number that make it that of a part: `grade 3`, `4 year`.
    #[serde(default)]
    pub numbered: Vec<String>,
    /// Such words with the number that measures usually have, which is not a part.
    #[serde(default)]
    pub usual: Vec<String>,
    /// Words in a title that say that some of the years are projections.
    #[serde(default)]
    pub projected: Vec<String>,
    /// Words in another text around the table that say that all of its years are past.
    #[serde(default)]
    pub past: Vec<String>,
    /// The same, if the text stands nearer to the table.
    #[serde(default)]
    pub history: Vec<String>,
    /// Words in the name of a column, or in a cell, that tell which ones are.
    #[serde(default)]
    pub told_apart: Vec<String>,
}
