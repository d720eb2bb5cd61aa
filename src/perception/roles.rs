//! What the columns of a sheet hold.

use super::columns::{AnswerColumn, AnswerColumns, Choice};
use super::heading_scale::HeadingScale;
use super::item_texts::item_texts;
use super::numbers::{ColumnNumbers, NumberQuestion, NumberReading, NumberSheet, doubtful_answers};
use super::scales::{FittedScale, ScaleEvidence, SheetScale, SurveyTime, WordEvidence, scale_of};
use crate::catalog::{Catalog, SurveyChoice};
use crate::form_export::{has_words, plain};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// When the answer was given.
    Time,
    /// An id that no other answer has.
    Identity,
    /// Anything else about the answer or the person: not read.
    Personal,
    /// The school.
    School,
    /// Who answers; the group that each choice names.
    Respondents(Vec<Option<String>>),
    /// An item with its words and scale.
    Item(ItemColumn),
    /// Open answers, which are counted.
    Open,
    /// A question without a scale: not read.
    Other,
    /// A question with numbers that fit no scale of the other questions: not read.
    UnclearNumbers,
}

impl ColumnRole {
    /// Whether nothing is read of the column.
    pub(super) const fn is_unread(&self) -> bool {
        matches!(self, Self::Other | Self::UnclearNumbers)
    }
}

/// A question on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ItemColumn {
    /// Its words.
    pub(super) text: String,
    pub(super) scale: FittedScale,
    /// What its numbers mean; `None` if its answers are words.
    pub(super) numbers: Option<NumberReading>,
}

/// What the headings of columns are understood with.
#[derive(Clone, Copy)]
pub(super) struct RoleContext<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) choice: &'a SurveyChoice,
}

/// The role of each column of a sheet in a wave, in the order of its columns.
pub(super) fn roles(
    columns: &AnswerColumns,
    context: RoleContext<'_>,
    evidence: &ScaleEvidence,
    time: &SurveyTime,
) -> Vec<ColumnRole> {
    let spec = &context.catalog.perception;
    let all_numbers = column_numbers(columns, context);
    let has_enough = doubtful_answers(columns, &all_numbers) >= spec.enough_answers;
    let sheet = SheetScale { time, words: &WordEvidence::of(columns, spec) };
    let mut roles = Vec::with_capacity(columns.all.len());
    let mut has = FoundRoles::default();
    for ((column, text), numbers) in columns.all.iter().zip(item_texts(columns, spec)).zip(all_numbers) {
        let heading = plain(&column.heading.joined());
        let question = NumberQuestion { text: &text, time, has_enough };
        let numbers = evidence.numbers.settle(numbers, question, spec);
        let scale = scale_of(column, evidence, sheet, numbers, spec);
        // "Teachers know my name" asks for no name if people agree or disagree.
        let is_rated = scale.as_ref().is_some_and(FittedScale::has_words_between);
        let role = match (context.about(&heading), scale) {
            (Some(role), _) if role != ColumnRole::Personal || !is_rated => role,
            (_, Some(scale)) => {
                ColumnRole::Item(ItemColumn { text, numbers: reading_of(&scale, numbers), scale })
            }
            _ => context.question(column, &heading, numbers, &mut has),
        };
        roles.push(role);
    }
    roles
}

/// What the numbers of each column of a sheet are.
pub(super) fn column_numbers(columns: &AnswerColumns, context: RoleContext<'_>) -> Vec<ColumnNumbers> {
    let headings = columns.all.iter().map(|column| plain(&column.heading.joined()));
    let headings: Vec<Option<String>> =
        headings.map(|heading| Some(heading).filter(|heading| context.about(heading).is_none())).collect();
    let RoleContext { catalog, choice } = context;
    NumberSheet { columns, headings: &headings, choice, spec: &catalog.perception }.read()
}

/// What numbers mean, if a scale is of numbers.
fn reading_of(scale: &FittedScale, numbers: ColumnNumbers) -> Option<NumberReading> {
    let ColumnNumbers::Scale(reading) = numbers else { return None };
    Some(reading).filter(|_| scale.is_of_numbers())
}

/// Which roles that only one column can have were given.
#[derive(Default)]
struct FoundRoles {
    school: bool,
    respondents: bool,
}

impl RoleContext<'_> {
    /// What a column about the answer or the person holds; `None` for a question.
    pub(super) fn about(&self, heading: &str) -> Option<ColumnRole> {
        let (columns, room) = (&self.catalog.perception.columns, &self.catalog.room);
        if self.is_school(heading) || self.is_named(self.choice.respondents_column.as_ref(), heading) {
            return None;
        }
        if columns.time.iter().any(|known| known == heading) {
            return Some(ColumnRole::Time);
        }
        if columns.identity.iter().any(|known| known == heading) {
            return Some(ColumnRole::Identity);
        }
        // A long question may well have the word “name” in it.
        let is_short = heading.split(' ').count() <= columns.most_words;
        let is_about_the_person = is_short && room.is_about_the_person(heading);
        // “How many teachers know your name? (1 = none, 5 = all)” is a question with a scale.
        let says_scale = HeadingScale::of(heading, &self.catalog.perception).lowest_is_best.is_some();
        (is_about_the_person && !says_scale).then_some(ColumnRole::Personal)
    }

    fn is_named(&self, named: Option<&String>, heading: &str) -> bool {
        named.is_some_and(|named| plain(named) == heading)
    }

    /// Whether a question asks for the school.
    fn is_school(&self, heading: &str) -> bool {
        let columns = &self.catalog.perception.columns;
        let is_short = heading.split(' ').count() <= columns.most_words;
        self.is_named(self.choice.school_column.as_ref(), heading)
            || self.choice.school_column.is_none()
                && is_short
                && columns.school.iter().any(|words| has_words(heading, words))
    }

    /// What a question without a scale holds.
    fn question(
        &self,
        column: &AnswerColumn,
        heading: &str,
        numbers: ColumnNumbers,
        has: &mut FoundRoles,
    ) -> ColumnRole {
        if let Some(groups) = self.respondents(column, heading).filter(|_| !has.respondents) {
            has.respondents = true;
            return ColumnRole::Respondents(groups);
        }
        if !column.is_open && self.is_school(heading) && !has.school {
            has.school = true;
            return ColumnRole::School;
        }
        let asks_for_words = &self.catalog.room.feedback.comment;
        let is_open = column.is_open || asks_for_words.iter().any(|words| has_words(heading, words));
        match numbers {
            _ if is_open => ColumnRole::Open,
            ColumnNumbers::Unclear => ColumnRole::UnclearNumbers,
            _ => ColumnRole::Other,
        }
    }

    /// The group of respondents that each choice of a column names; `None` if it does not say who answers.
    fn respondents(&self, column: &AnswerColumn, heading: &str) -> Option<Vec<Option<String>>> {
        let groups = self.groups(column, heading)?;
        let known = column.choices.iter().zip(&groups).filter(|(_, group)| group.is_some());
        let known: u32 = known.map(|(choice, _)| choice.count).sum();
        let share = f64::from(known) / f64::from(column.answered.max(1));
        let is_named = self.choice.respondents_column.is_some();
        (is_named || share >= self.catalog.perception.least_named).then_some(groups)
    }

    /// The group of respondents that each choice of a column names, if its heading may ask who answers.
    pub(super) fn groups(&self, column: &AnswerColumn, heading: &str) -> Option<Vec<Option<String>>> {
        let named = self.choice.respondents_column.as_ref();
        let asks = &self.catalog.room.feedback.group;
        let may_say = match named {
            Some(_) => self.is_named(named, heading),
            None => asks.iter().any(|words| has_words(heading, words)),
        };
        let choices = column.choices.iter().map(|choice| self.group_of_choice(choice));
        (may_say && !column.is_open).then(|| choices.collect())
    }

    /// The group that a choice names, also with a remark in brackets (“Staff member (non-teaching)”) that names no other group.
    fn group_of_choice(&self, choice: &Choice) -> Option<String> {
        self.group_named(&choice.words).or_else(|| {
            let (before, remark) = choice.text.split_once('(')?;
            let (group, other) = (self.group_named(&plain(before))?, self.group_named(&plain(remark)));
            Some(group).filter(|group| other.is_none_or(|other| other == *group))
        })
    }

    /// The group that people call by these words.
    fn group_named(&self, words: &str) -> Option<String> {
        let known = &self.catalog.room.respondents;
        known.iter().find(|(_, names)| names.iter().any(|name| name == words)).map(|(id, _)| id.clone())
    }
}

/// The group of respondents that a file's name or a sheet's name has a word for; `None` if it has none, or words for several.
pub(super) fn group_in_name(name: &str, catalog: &Catalog) -> Option<String> {
    let words = plain(name.rsplit('/').next().unwrap_or(name));
    let mut found = None;
    for (id, names) in &catalog.room.respondents {
        if names.iter().any(|name| has_words(&words, name)) {
            if found.is_some() {
                return None;
            }
            found = Some(id.clone());
        }
    }
    found
}
