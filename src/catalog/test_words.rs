//! Words for tests and for levels of achievement.

use serde::Deserialize;

/// `[tests]` of `catalog/synonyms.toml`. Phrases are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TestWords {
    /// Phrases in a title, or in the name of a sheet, file, or column: the table is about a test.
    #[serde(default)]
    pub about: Vec<String>,
    /// The domain of measures of tests.
    #[serde(default)]
    pub domain: String,
    /// Ids of rates of those who took the test.
    #[serde(default)]
    pub rates_of_takers: Vec<String>,
    /// Ids of measures that count all students, of whom none belongs to one subject.
    #[serde(default)]
    pub all_students: Vec<String>,
    /// Ids of rates of those who were enrolled when the test was taken.
    #[serde(default)]
    pub rates_of_enrolled: Vec<String>,
    /// Phrases before the name of another test: the results include it or leave it out, but are not its own.
    #[serde(default)]
    pub beside_before: Vec<String>,
    /// The same, after its name.
    #[serde(default)]
    pub beside_after: Vec<String>,
    /// Tests that are not those of all students.
    #[serde(default)]
    pub other: Vec<OtherTest>,
}

/// A test that not all students take, so that its results are not those of the state test.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OtherTest {
    /// Phrases in a title, or in the name of a sheet or file.
    pub names: Vec<String>,
    /// What it tests, for messages.
    pub label: String,
    /// Ids of the measures that its results are not.
    pub measures: Vec<String>,
}

/// `[levels]` of `catalog/synonyms.toml`: levels of achievement that add up to all who took a test.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelWords {
    /// Ids of the measures of those at or above a level.
    #[serde(default)]
    pub at_or_above: Vec<String>,
    /// Words, after replacement by synonyms, for a level above such a level.
    #[serde(default)]
    pub above: Vec<String>,
    /// Words, after replacement by synonyms, in the name of a level that counts as proficient, unless it has one of `below`.
    #[serde(default)]
    pub reached: Vec<String>,
    /// Words in the name of a level that does not count as proficient.
    #[serde(default)]
    pub below: Vec<String>,
    /// Words before the number of a level.
    #[serde(default)]
    pub numbered: Vec<String>,
    /// Other words that the name of a level may have.
    #[serde(default)]
    pub neutral: Vec<String>,
    /// Phrases, in lower case, in the name of a column with several levels together.
    #[serde(default)]
    pub cumulative: Vec<String>,
    /// In the name of a column whose numbers are the sums of the levels: it counts people.
    #[serde(default)]
    pub people: Vec<String>,
    /// The measure of those at the levels that count as proficient.
    #[serde(default)]
    pub together: Option<String>,
    /// The lowest level that usually counts as proficient where levels only have numbers, for a proposal.
    #[serde(default)]
    pub usual_number: u32,
}
