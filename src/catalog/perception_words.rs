//! Words in the headings of surveys: the ends of scales of numbers, and harm.

use serde::Deserialize;

/// What the headings of questions with numbers say, in lowercase and without punctuation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HeadingNumbers {
    /// Words of headings whose numbers count something.
    pub counts: Vec<String>,
    /// Words between a number and what it stands for.
    pub connectors: Vec<String>,
    /// Words between the two ends of a scale.
    pub joiners: Vec<String>,
    /// Words for the best end of a scale.
    pub best: Vec<String>,
    /// Words for the worst end of a scale.
    pub worst: Vec<String>,
}

/// Words of questions with which it may be better to disagree.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HarmWords {
    /// Words for harm.
    pub words: Vec<String>,
    /// Words of questions that ask what is done about harm.
    pub unless: Vec<String>,
    /// Words that ask about harm, whatever else a question says.
    pub sure: Vec<String>,
    /// Words shortly before harm that is only the occasion for something.
    pub occasions: Vec<String>,
    /// Words that turn the harm around if they stand just before it.
    pub negations: Vec<String>,
    /// The ids of scales on which the highest answer is the best, whatever is rated.
    pub except_scales: Vec<String>,
}

impl HeadingNumbers {
    /// All of its words.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        let ends = self.best.iter().chain(&self.worst);
        self.counts.iter().chain(&self.connectors).chain(&self.joiners).chain(ends)
    }
}

impl HarmWords {
    /// All of its words.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        let about = self.words.iter().chain(&self.sure);
        about.chain(&self.unless).chain(&self.occasions).chain(&self.negations)
    }
}
