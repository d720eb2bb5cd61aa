//! How surveys are read, and what is said about them: `catalog/perception.toml`, and `[[survey]]` of a project.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Threshold;
use super::perception_words::{HarmWords, HeadingNumbers};
use crate::domain::Quadrant;

/// How raw answers are read, what is computed from them, and what is said about it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PerceptionSpec {
    /// Answers from fewer people are withheld.
    pub smallest_group: u32,
    /// The share of the questions, 0–1, from which an answer counts.
    pub least_answered: f64,
    /// The share of a construct's items, 0–1, from which a person counts for it.
    pub least_of_construct: f64,
    /// The share of a question's answers, 0–1, that must be on a scale.
    pub least_fit: f64,
    /// The share from which a question without a scale is named.
    pub almost_fit: f64,
    /// The share of a group's responses, 0–1, that must answer a question for it to count as asked of the group.
    pub least_asked: f64,
    /// The share of a column's answers, 0–1, that must name a group of respondents.
    pub least_named: f64,
    /// The share of all numbers of a file, 0–1, from which a number is not a slip.
    pub least_used: f64,
    /// A column with more different answers than this has open answers.
    pub most_choices: usize,
    /// How many questions in a file must have numbers for these to be a scale.
    pub least_numeric: usize,
    /// Answers without a gap of this many days are of one wave.
    pub wave_gap_days: u32,
    /// The share of the answers on either side of such a gap, 0–1, that answers in it must exceed to bridge it.
    pub least_bridge: f64,
    /// Answers that go on for more days are not one wave.
    pub longest_wave_days: u32,
    /// How many answers decide the scale of a wave by themselves.
    pub enough_answers: u32,
    /// A message quotes an answer to the question of who is answering if at least this many people gave it.
    pub fewest_quoted: u32,
    /// How many of the highest and lowest items are shown.
    pub ends_shown: usize,
    /// The smallest difference that matters, in percentage points.
    pub meaningful_change: f64,
    /// What counts as no answer, in lowercase and without punctuation.
    pub no_answer: Vec<String>,
    /// What an author types to test a form.
    pub test_answers: Vec<String>,
    /// What columns are called.
    pub columns: SurveyColumns,
    /// What headings say of numbers.
    pub heading_numbers: HeadingNumbers,
    /// Questions with which it may be better to disagree.
    pub harm: HarmWords,
    /// When answers show that it may be better to disagree.
    pub opposed: OpposedAnswers,
    /// Who answers, by id.
    pub respondents: BTreeMap<String, Respondents>,
    /// Scales of words.
    pub scale: Vec<AnswerScale>,
    /// Scales of numbers, narrowest first.
    pub numbers: Vec<NumberScale>,
    /// What items ask about together.
    pub construct: Vec<Construct>,
    /// The id of the scale of the poll form.
    pub poll_scale: String,
    /// The ids of the groups who are asked on the poll form.
    pub poll_groups: Vec<String>,
    /// Which candidates are proposed.
    pub survey_rule: Vec<SurveyRule>,
}

/// What the columns of raw answers are called, in lowercase and without punctuation.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SurveyColumns {
    /// Words in a question that asks for the school.
    pub school: Vec<String>,
    /// The most words that such a question has.
    pub most_words: usize,
    /// Columns with the time of an answer.
    pub time: Vec<String>,
    /// Columns with an id that no other answer has.
    pub identity: Vec<String>,
}

/// When the answers to a question are opposed to those to the others of its subject, so that it may be better to disagree.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpposedAnswers {
    /// The highest correlation with the average of the others, −1 to 0.
    pub correlation: f64,
    /// How certain it must be that the correlation is below 0, 0–1.
    pub confidence: f64,
    /// How many people must have answered.
    pub answers: u32,
    /// With how many others a question without a construct is compared at least.
    pub others: usize,
}

/// A group of respondents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Respondents {
    /// Its name (`Families`).
    pub label: String,
    /// What its people are called after a number (`board members`); absent in a project's own groups, which have their name.
    #[serde(default)]
    pub people: Option<String>,
    /// What its answers are called in a sentence (`family answers`).
    pub answers: String,
    /// The percent of invited people who must answer before their answers represent the group.
    pub known_rate: f64,
}

/// A scale of words, from the least favorable answer to the most.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnswerScale {
    /// Stable kebab-case id.
    pub id: String,
    /// The point, from 1, from which an answer is favorable.
    pub favorable_from: usize,
    /// The words of each point.
    pub points: Vec<Vec<String>>,
    /// Its words in another language; empty if they are not known.
    #[serde(default)]
    pub other_words: Vec<Vec<String>>,
}

impl AnswerScale {
    /// Whether words in lowercase are one of its points, in any language.
    #[must_use]
    pub fn has_point(&self, words: &str) -> bool {
        let mut known = self.points.iter().chain(&self.other_words).flatten();
        known.any(|own| own == words)
    }
}

/// A scale of whole numbers, the highest of which is the most favorable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NumberScale {
    /// The least favorable number.
    pub low: u32,
    /// The most favorable number.
    pub high: u32,
    /// The number from which an answer is favorable.
    pub favorable_from: u32,
    /// Whether its answers may be those of the next wider scale, on which nobody gave the highest.
    #[serde(default)]
    pub may_be_wider: bool,
    /// Whether a question has it only if its heading or the project says so.
    #[serde(default)]
    pub only_stated: bool,
}

/// Items about one subject.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Construct {
    /// Stable kebab-case id.
    pub id: String,
    /// Its name (`Safety`).
    pub label: String,
    /// Its items.
    pub item: Vec<ConstructItem>,
}

/// An item of a construct.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConstructItem {
    /// Its exact words.
    pub text: String,
    /// Whether it is better to disagree.
    #[serde(default)]
    pub reverse: bool,
    /// The ids of the groups who are asked on the poll form; empty for all.
    #[serde(default)]
    pub ask: Vec<String>,
}

/// A rule for candidates from constructs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SurveyRule {
    /// Stable kebab-case id.
    pub id: String,
    /// The quadrant for which it proposes candidates.
    pub quadrant: Quadrant,
    /// What it looks for, in one sentence.
    pub looks_for: String,
    /// What it examines.
    pub fact: SurveyFact,
    /// How it is compared with the threshold.
    pub is: super::Operator,
    /// The threshold, in percent or percentage points.
    pub threshold: Threshold,
    /// A question for discussion.
    pub question: String,
}

/// What a rule examines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SurveyFact {
    /// The average share of favorable answers.
    Favorable,
    /// Its change since the wave before.
    Change,
    /// The largest difference between two groups of respondents.
    Gap,
}

/// What an exhibit of a survey shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SurveyView {
    /// Who answered.
    Response,
    /// The constructs by group of respondents.
    Constructs,
    /// The highest and the lowest items of a group.
    Items,
    /// What moved since the wave before.
    Changes,
    /// What groups see most differently.
    Differences,
}

/// `[[survey]]` of a project: raw answers, one row per response.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SurveyChoice {
    /// Path relative to the project, as that of a source.
    pub path: String,
    /// Name of the survey; surveys of other names are not compared.
    #[serde(default)]
    pub name: String,
    /// When it was taken (`2024-25`, `spring 2025`, `2025-03-14`); where absent, the answers say it.
    #[serde(default)]
    pub wave: Option<String>,
    /// The id of the group who answered; where absent, a question or the file's name says it.
    #[serde(default)]
    pub respondents: Option<String>,
    /// The question that says who answered, if its words do not show it.
    #[serde(default)]
    pub respondents_column: Option<String>,
    /// The question that says the school, if its words do not show it.
    #[serde(default)]
    pub school_column: Option<String>,
    /// How many people were invited, by the id of their group.
    #[serde(default)]
    pub invited: BTreeMap<String, u32>,
    /// The words of items with which it is better to disagree.
    #[serde(default)]
    pub reverse: Vec<String>,
    /// The words of items that look as if it were better to disagree, but are not so.
    #[serde(default)]
    pub not_reverse: Vec<String>,
    /// The words of items that are one item in several languages, those of the pack first.
    #[serde(default)]
    pub same: Vec<Vec<String>>,
    /// The least favorable number, where answers are numbers.
    #[serde(default)]
    pub worst: Option<u32>,
    /// The most favorable number, where answers are numbers.
    #[serde(default)]
    pub best: Option<u32>,
    /// The words of the items of constructs, by the name of the construct.
    #[serde(default)]
    pub constructs: BTreeMap<String, Vec<String>>,
}

impl NumberScale {
    /// Its lowest and highest number.
    #[must_use]
    pub const fn ends(self) -> [u32; 2] {
        [self.low, self.high]
    }

    /// Whether it has all numbers of another one.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }
}

/// What a table of constructs must not be mistaken for: people also write these lists below its heading.
const LISTS: [&str; 2] = ["reverse", "not-reverse"];

impl SurveyChoice {
    /// The items with which it is better to disagree, also where they are listed among the constructs.
    pub fn reversed(&self) -> impl Iterator<Item = &String> {
        self.reverse.iter().chain(self.listed(LISTS[0]))
    }

    /// The items that only look like it, also where they are listed among the constructs.
    pub fn not_reversed(&self) -> impl Iterator<Item = &String> {
        self.not_reverse.iter().chain(self.listed(LISTS[1]))
    }

    fn listed(&self, list: &'static str) -> impl Iterator<Item = &String> {
        let lists = self.constructs.iter().filter(move |(name, _)| list_named(name) == Some(list));
        lists.flat_map(|(_, items)| items)
    }

    /// The constructs of the project, with their items.
    pub fn own_constructs(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        self.constructs.iter().filter(|(name, _)| list_named(name).is_none())
    }

    /// The ends of the scale that the project names, lowest first; `None` if it names none.
    #[must_use]
    pub fn ends(&self) -> Option<[u32; 2]> {
        let (worst, best) = (self.worst?, self.best?);
        Some([worst.min(best), worst.max(best)])
    }
}

/// The list of items that a name among constructs stands for; `None` for a construct.
fn list_named(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase().replace(['_', ' '], "-");
    LISTS.into_iter().find(|list| *list == name)
}

impl SurveyRule {
    /// What a project's `[thresholds]` calls its threshold.
    #[must_use]
    pub fn threshold_name(&self) -> String {
        format!("{}.threshold", self.id)
    }
}

impl PerceptionSpec {
    /// Adds what another file contains: scales and constructs by id; numbers if it has them. The smallest group is never lowered.
    pub(super) fn add(&mut self, other: Self) {
        if self.scale.is_empty() && self.construct.is_empty() {
            *self = other;
            return;
        }
        self.smallest_group = self.smallest_group.max(other.smallest_group);
        for scale in other.scale {
            self.scale.retain(|known| known.id != scale.id);
            self.scale.push(scale);
        }
        for construct in other.construct {
            self.construct.retain(|known| known.id != construct.id);
            self.construct.push(construct);
        }
        self.respondents.extend(other.respondents);
        self.no_answer.extend(other.no_answer);
        self.test_answers.extend(other.test_answers);
    }

    /// What a project's `[thresholds]` calls the thresholds of its rules: `RULE.threshold`.
    #[must_use]
    pub fn threshold_names(&self) -> Vec<String> {
        self.survey_rule.iter().map(SurveyRule::threshold_name).collect()
    }

    /// The scale of numbers with these ends; `None` if the catalog has none.
    #[must_use]
    pub fn numbers_between(&self, ends: [u32; 2]) -> Option<NumberScale> {
        self.numbers.iter().copied().find(|scale| scale.ends() == ends)
    }

    /// The name of a group of respondents; its id if it has none.
    #[must_use]
    pub fn label<'a>(&'a self, respondents: &'a str) -> &'a str {
        self.respondents.get(respondents).map_or(respondents, |known| known.label.as_str())
    }

    /// What the people of a group are called after a number.
    #[must_use]
    pub fn people(&self, respondents: &str) -> String {
        let known = self.respondents.get(respondents).and_then(|known| known.people.clone());
        known.unwrap_or_else(|| self.label(respondents).to_lowercase())
    }

    /// What the answers of a group are called in a sentence.
    #[must_use]
    pub fn answers<'a>(&'a self, respondents: &'a str) -> &'a str {
        self.respondents.get(respondents).map_or(respondents, |known| known.answers.as_str())
    }
}
