//! What people write on ballots and forms, how it is read, and how it is counted: `catalog/room.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::room_lists::{GeneralQuestions, ListWords};
use crate::domain::Quadrant;

/// How ballots are read and counted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RoomSpec {
    /// How many dots each person has.
    #[serde(default)]
    pub dots: u32,
    /// How many of them may go on one item.
    #[serde(default)]
    pub dots_on_one_item: u32,
    /// Empty rows on a ballot for a table's own items.
    #[serde(default)]
    pub own_rows: u32,
    /// The percent of the tables that must keep an item in one quadrant for most to agree on it.
    #[serde(default)]
    pub most: f64,
    /// The share of words that two items must have in common to be proposed as one.
    #[serde(default)]
    pub alike: f64,
    /// By how many of their first letters words are compared.
    #[serde(default)]
    pub stem: usize,
    /// If there are more items than this, none are proposed as one.
    #[serde(default)]
    pub compared: usize,
    /// A table that adds more items than this is named.
    #[serde(default)]
    pub many_added: usize,
    /// What the columns are called, in lowercase and without punctuation.
    #[serde(default)]
    pub headings: BTreeMap<BallotColumn, Vec<String>>,
    /// Words of questions about who answers.
    #[serde(default)]
    pub personal: Vec<String>,
    /// Which question of a form asks for the table.
    #[serde(default)]
    pub table_question: TableQuestionWords,
    /// What counts as an answer.
    #[serde(default)]
    pub answers: AnswerWords,
    /// What says nothing in one column only, in lowercase and without punctuation.
    #[serde(default)]
    pub nothing_in: BTreeMap<BallotColumn, Vec<String>>,
    /// Texts that say nothing, in several words.
    #[serde(default)]
    pub empty_words: EmptyWords,
    /// What people call the quadrants.
    #[serde(default)]
    pub quadrants: BTreeMap<Quadrant, Vec<String>>,
    /// What else people call them where an item is moved.
    #[serde(default)]
    pub new_quadrants: BTreeMap<Quadrant, Vec<String>>,
    /// Questions without the number of an item.
    #[serde(default)]
    pub general_questions: GeneralQuestions,
    /// How answers that list items are read.
    #[serde(default)]
    pub lists: ListWords,
    /// How people write numbers.
    #[serde(default)]
    pub numbers: NumberWords,
    /// How items are compared.
    #[serde(default)]
    pub similar: SimilarWords,
    /// How feedback is read.
    #[serde(default)]
    pub feedback: FeedbackWords,
    /// How services for forms export answers.
    #[serde(default)]
    pub forms: FormWords,
    /// What people call the groups who give feedback; the first word is on forms.
    #[serde(default)]
    pub respondents: BTreeMap<String, Vec<String>>,
    /// How the list of participants is read.
    #[serde(default)]
    pub participants: ParticipantHeadings,
}

/// What the columns of a list of participants are called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipantHeadings {
    /// Who it is.
    #[serde(default)]
    pub name: Vec<String>,
    /// Whom they stand for, such as teachers or families.
    #[serde(default)]
    pub role: Vec<String>,
    /// Whom they must not sit with: a name, or a mark that others have too.
    #[serde(default)]
    pub apart: Vec<String>,
    /// The table, if it is already decided.
    #[serde(default)]
    pub table: Vec<String>,
}

/// Everybody who answered, as a group.
pub const EVERYBODY: &str = "all";

/// How feedback on the consensus is read.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FeedbackWords {
    /// Answers from fewer people are withheld.
    #[serde(default)]
    pub fewest: u32,
    /// The longest comment that the form requests, in characters.
    #[serde(default)]
    pub comment_letters: usize,
    /// Words in a question about who answers.
    #[serde(default)]
    pub group: Vec<String>,
    /// Words in the name of a group after which it says something else.
    #[serde(default)]
    pub group_ends: Vec<String>,
    /// Words that say what somebody is not, or no longer is.
    #[serde(default)]
    pub denies: Vec<String>,
    /// What belongs to the name of a group although it has such a word.
    #[serde(default)]
    pub denied_parts: Vec<String>,
    /// What people choose who belong to no group.
    #[serde(default)]
    pub no_group: Vec<String>,
    /// Words in a question that asks for a comment.
    #[serde(default)]
    pub comment: Vec<String>,
    /// Answers that agree.
    #[serde(default)]
    pub agree: Vec<String>,
    /// Answers that disagree.
    #[serde(default)]
    pub disagree: Vec<String>,
    /// Answers that do neither.
    #[serde(default)]
    pub neutral: Vec<String>,
}

/// How services for forms export answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormWords {
    /// What a second row of headings contains.
    #[serde(default)]
    pub second_row: Vec<String>,
    /// How the cells of a row begin that ends the headings.
    #[serde(default)]
    pub import_row: String,
    /// Columns that describe a response but are not part of it.
    #[serde(default)]
    pub metadata: Vec<String>,
    /// Columns about a response that many people have in common.
    #[serde(default)]
    pub shared: Vec<String>,
    /// Columns whose values are different for every response.
    #[serde(default)]
    pub unique: Vec<String>,
    /// Columns that may number the answers of one export from 1 on, so that a small number does not show whose they are.
    #[serde(default)]
    pub counting: Vec<String>,
    /// What marks a test answer.
    #[serde(default)]
    pub preview: Vec<String>,
    /// When rows of two exports without times or names are the same answers.
    pub copies: CopiedRows,
}

/// When rows of two exports that say neither who answered nor when are the same answers, and not alike by chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CopiedRows {
    /// Of fewer rows that are alike in the same order, nothing is said.
    pub fewest_alike: usize,
    /// Fewer rows at the beginning of a longer export may be alike by chance.
    pub fewest_copied: usize,
    /// This many different rows in the same order are not due to chance.
    pub fewest_different: usize,
    /// If there are fewer different rows, this many changes from one to the next are not due to chance.
    pub fewest_changes: usize,
    /// A number with at most this many digits may count the answers of one export.
    pub counting_digits: usize,
}

impl CopiedRows {
    /// Its numbers with their keys; all are above zero.
    pub(super) const fn numbers(&self) -> [(&'static str, usize); 5] {
        [
            ("fewest-alike", self.fewest_alike),
            ("fewest-copied", self.fewest_copied),
            ("fewest-different", self.fewest_different),
            ("fewest-changes", self.fewest_changes),
            ("counting-digits", self.counting_digits),
        ]
    }
}

/// A column of a ballot or a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotColumn {
    /// The number of an item.
    Item,
    /// Its quadrant.
    Quadrant,
    /// Its text.
    Statement,
    /// What it is based on.
    Evidence,
    /// Whether to keep it: yes, no, or change.
    Keep,
    /// The quadrant to move it to.
    MoveTo,
    /// Its text in the table's words.
    Reworded,
    /// Dots.
    Dots,
    /// Objections to it.
    Objection,
    /// Anything else.
    Note,
    /// The hidden id of the candidate.
    Key,
    /// The table.
    Table,
    /// How many people sit at the table.
    People,
    /// An item of one's own, on a form.
    Own,
    /// Who answered a form, and when; not read.
    Identity,
}

/// What counts as an answer in the column "keep".
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AnswerWords {
    /// The item stays.
    #[serde(default)]
    pub yes: Vec<String>,
    /// It is dropped.
    #[serde(default)]
    pub no: Vec<String>,
    /// It stays in other words.
    #[serde(default)]
    pub change: Vec<String>,
    /// It moves.
    #[serde(default, rename = "move")]
    pub moves: Vec<String>,
    /// No answer.
    #[serde(default)]
    pub nothing: Vec<String>,
    /// Words that lead from an answer to its reason.
    #[serde(default)]
    pub before_reason: Vec<String>,
    /// Answers that say what becomes of one item, and nothing about a pair of items.
    #[serde(default)]
    pub of_one_item: Vec<String>,
    /// Words that may stand before a quadrant after an answer, as in "yes but as a threat".
    #[serde(default)]
    pub before_quadrant: Vec<String>,
}

/// Words of texts that say nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EmptyWords {
    /// One of these must be in the text.
    #[serde(default)]
    pub says_no: Vec<String>,
    /// Words that agree.
    #[serde(default)]
    pub agrees: Vec<String>,
    /// Words that turn agreement around.
    #[serde(default)]
    pub denies: Vec<String>,
    /// Words that name an objection, or what could be added.
    #[serde(default)]
    pub objects: Vec<String>,
    /// How a text begins that says something of nobody.
    #[serde(default)]
    pub nobody: Vec<String>,
    /// What such a text says of nobody.
    #[serde(default)]
    pub claims: Vec<String>,
    /// Words with which a sentence begins after "no".
    #[serde(default)]
    pub subjects: Vec<String>,
    /// How a text begins that has no objection, whatever follows.
    #[serde(default)]
    pub begins: Vec<String>,
    /// The other words that it may have.
    #[serde(default)]
    pub others: Vec<String>,
}

/// How the question for the table is recognized.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableQuestionWords {
    /// Words that only a question for the table has, if it is a known heading.
    #[serde(default)]
    pub clear: Vec<String>,
    /// Words that other questions have too.
    #[serde(default)]
    pub doubtful: Vec<String>,
    /// How many words the name of a table has at most.
    #[serde(default)]
    pub name_words: usize,
    /// Words that it does not have.
    #[serde(default)]
    pub about_something_else: Vec<String>,
}

/// How people write numbers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NumberWords {
    /// The words for zero, one, and so on.
    #[serde(default)]
    pub words: Vec<String>,
    /// Marks that each count as one dot.
    #[serde(default)]
    pub marks: String,
    /// Words beside a number of people that do not change it.
    #[serde(default)]
    pub beside_people: Vec<String>,
}

/// How items are compared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SimilarWords {
    /// Words that are ignored.
    #[serde(default)]
    pub small: Vec<String>,
}

impl RoomSpec {
    /// What forms offer to those who say who they are: a word for each group.
    #[must_use]
    pub fn groups_on_forms(&self) -> Vec<&str> {
        self.respondents.iter().map(|(group, words)| words.first().unwrap_or(group).as_str()).collect()
    }

    /// Whether a question is about who answers, when, or from where, and is not read. `words` are in lowercase and without punctuation.
    #[must_use]
    pub fn is_about_the_person(&self, words: &str) -> bool {
        self.is_added_by_service(words) || self.has_personal_word(words)
    }

    /// Whether a question has a word that asks for a name, an address, or a number of a person.
    #[must_use]
    pub fn has_personal_word(&self, words: &str) -> bool {
        let mut parts = words.split(' ');
        parts.any(|part| self.personal.iter().any(|word| word == part))
    }

    /// Whether a service for forms adds a column with this heading on its own. `words` are in lowercase and without punctuation.
    #[must_use]
    pub fn is_added_by_service(&self, words: &str) -> bool {
        let is_identity = self.column(words) == Some(BallotColumn::Identity);
        is_identity || self.forms.metadata.iter().any(|heading| heading == words)
    }

    /// The column with this heading, in lowercase and without punctuation; `None` if it is none.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<BallotColumn> {
        let known = self.headings.iter().find(|(_, names)| names.iter().any(|name| name == heading));
        known.map(|(column, _)| *column)
    }

    /// The quadrant that people call by this word where they move an item there; `None` if it is none.
    #[must_use]
    pub fn new_quadrant(&self, word: &str) -> Option<Quadrant> {
        let known = self.new_quadrants.iter().find(|(_, names)| names.iter().any(|name| name == word));
        known.map(|(quadrant, _)| *quadrant).or_else(|| self.quadrant(word))
    }

    /// The quadrant that people call by this word; `None` if it is none.
    #[must_use]
    pub fn quadrant(&self, word: &str) -> Option<Quadrant> {
        let known = self.quadrants.iter().find(|(_, names)| names.iter().any(|name| name == word));
        known.map(|(quadrant, _)| *quadrant)
    }
}
