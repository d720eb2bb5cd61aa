//! What a column of a form asks.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::respondents::groups_named;
use super::table_label::TableLabel;
use crate::catalog::{BallotColumn, RoomSpec};
use crate::domain::{ItemNumber, Quadrant};
use crate::form_export::{has_words, plain};

/// What a column of a form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FormQuestion {
    /// The table.
    Table,
    /// Perhaps the table: the answers must show it.
    PerhapsTable,
    /// Who answered, and when: not read.
    Identity,
    /// A question about the item with this number.
    OfItem(ItemNumber, Option<BallotColumn>),
    /// A question whose answers name items: to give them dots, to keep or to drop them, or to say something of each.
    NamingItems(NamedFor),
    /// An item of one's own, of this quadrant if the question says it.
    Own(Option<Quadrant>),
    /// The quadrant of the item of one's own that is in this column.
    OwnQuadrant(u32),
    /// Anything else.
    Other,
}

/// For what answers name items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedFor {
    Dots,
    Keep,
    Drop,
    Objection,
    Reword,
    Move,
    Note,
}

/// A number of an item in a question.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b([SWOT])-?(\d{1,3})\b").ok());

/// The numbers of items that a question names, in its order.
fn item_numbers(text: &str) -> Vec<ItemNumber> {
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    pattern.find_iter(text).filter_map(|found| ItemNumber::parse(found.as_str())).collect()
}

/// The columns about which a question can ask, each looked for after the one before.
const ASKED: [BallotColumn; 6] = [
    BallotColumn::MoveTo,
    BallotColumn::Objection,
    BallotColumn::Reworded,
    BallotColumn::Dots,
    BallotColumn::Keep,
    BallotColumn::Note,
];

impl FormQuestion {
    /// Whether a sheet with some of these questions is a form.
    pub(super) const fn is_known(&self) -> bool {
        matches!(self, Self::Table | Self::PerhapsTable | Self::Identity | Self::OfItem(..) | Self::Own(_))
    }

    /// Whether its answers count for the items that they name.
    pub(super) const fn is_of_items(&self) -> bool {
        matches!(self, Self::NamingItems(asked) if !matches!(asked, NamedFor::Note))
    }

    /// What the column with this heading asks.
    pub(super) fn of(heading: &str, spec: &RoomSpec) -> Self {
        let words = plain(heading);
        match spec.column(&words) {
            Some(BallotColumn::Table) if is_table(&words, spec) => return Self::Table,
            Some(BallotColumn::Table) => return Self::PerhapsTable,
            Some(BallotColumn::Identity) => return Self::Identity,
            Some(BallotColumn::Own) => return Self::Own(None),
            _ => {}
        }
        if let Some(number) = item_numbers(heading).first() {
            return Self::OfItem(*number, asked(&words, spec));
        }
        if asks(&words, BallotColumn::Own, spec) {
            return Self::Own(named_quadrant(&words, spec));
        }
        if perhaps_asks_for_table(&words, spec) {
            return Self::PerhapsTable;
        }
        if spec.is_about_the_person(&words) {
            return Self::Identity;
        }
        general(&words, spec).map_or(Self::Other, Self::NamingItems)
    }
}

/// Whether a heading says "table". A group may also be one of parents or teachers.
fn is_table(words: &str, spec: &RoomSpec) -> bool {
    spec.table_question.clear.iter().any(|word| has_words(words, word))
}

/// Whether a question may ask for the table.
fn perhaps_asks_for_table(words: &str, spec: &RoomSpec) -> bool {
    let known = &spec.table_question;
    let has_word = known.clear.iter().chain(&known.doubtful).any(|word| has_words(words, word));
    let is_other = known.about_something_else.iter().any(|word| has_words(words, word));
    has_word && !is_other && asked(words, spec).is_none()
}

/// Whether the answers to a question are tables: most are numbers, or all are names of few words, and none is the name of a group
/// such as parents. If no known heading is in the question, several people must give each name.
pub(super) fn are_tables(heading: &str, answers: &[String], spec: &RoomSpec) -> bool {
    let tables: Vec<TableLabel> = answers.iter().map(|answer| TableLabel::read(answer, spec)).collect();
    let numbers = tables.iter().filter(|table| matches!(table, TableLabel::Number(_))).count();
    if numbers * 2 > answers.len() {
        return true;
    }
    let different: BTreeSet<&TableLabel> = tables.iter().collect();
    let is_likely = asks(&plain(heading), BallotColumn::Table, spec) || different.len() * 2 <= answers.len();
    is_likely && answers.iter().all(|answer| is_table_name(answer, spec))
}

/// Whether a text can be the name that a table gave itself.
fn is_table_name(answer: &str, spec: &RoomSpec) -> bool {
    answer.split_whitespace().count() <= spec.table_question.name_words
        && groups_named(answer, spec).is_empty()
}

/// For what the answers to a question without the number of an item name items; `None` if it does not say.
fn general(words: &str, spec: &RoomSpec) -> Option<NamedFor> {
    let known = &spec.general_questions;
    match asked(words, spec) {
        Some(BallotColumn::MoveTo) => Some(NamedFor::Move),
        Some(BallotColumn::Objection) => Some(NamedFor::Objection),
        Some(BallotColumn::Reworded) => Some(NamedFor::Reword),
        Some(BallotColumn::Dots) => Some(NamedFor::Dots),
        Some(BallotColumn::Keep) => Some(named_for(words, spec)),
        _ if has_one(words, &known.move_to) => Some(NamedFor::Move),
        _ if has_one(words, &known.reworded) => Some(NamedFor::Reword),
        _ if has_one(words, &known.objection) => Some(NamedFor::Objection),
        _ if has_one(words, &known.drop) => Some(NamedFor::Drop),
        Some(BallotColumn::Note) => Some(NamedFor::Note),
        _ => None,
    }
}

/// Whether a question has one of these words.
fn has_one(words: &str, known: &[String]) -> bool {
    known.iter().any(|word| has_words(words, word))
}

/// Whether a question asks for a quadrant.
pub(super) fn asks_for_quadrant(heading: &str, spec: &RoomSpec) -> bool {
    asks(&plain(heading), BallotColumn::Quadrant, spec) || asks(&plain(heading), BallotColumn::MoveTo, spec)
}

/// Whether a text names an item by its number.
pub(super) fn names_item(text: &str) -> bool {
    !item_numbers(text).is_empty()
}

/// Whether a question asks which items to keep, or which to drop.
fn named_for(words: &str, spec: &RoomSpec) -> NamedFor {
    let answers = &spec.answers;
    if says(words, &answers.no) && !says(words, &answers.yes) { NamedFor::Drop } else { NamedFor::Keep }
}

/// Whether a question has one of these words.
fn says(words: &str, answers: &[String]) -> bool {
    answers.iter().any(|word| word.len() > 1 && has_words(words, word))
}

fn asked(words: &str, spec: &RoomSpec) -> Option<BallotColumn> {
    ASKED.into_iter().find(|column| asks(words, *column, spec))
}

fn asks(words: &str, column: BallotColumn, spec: &RoomSpec) -> bool {
    spec.headings.get(&column).is_some_and(|names| names.iter().any(|name| has_words(words, name)))
}

/// The quadrant that a question names in a word of its own.
fn named_quadrant(words: &str, spec: &RoomSpec) -> Option<Quadrant> {
    words.split(' ').filter(|word| word.len() > 1).find_map(|word| spec.quadrant(word))
}
