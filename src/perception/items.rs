//! The words of items, and which of them are one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::columns::AnswerColumns;
use super::counts::{SurveyConstruct, SurveyItem};
use super::roles::ItemColumn;
use crate::catalog::{PerceptionSpec, SurveyChoice};
use crate::diagnostic::Diagnostic;
use crate::form_export::plain;

/// A row of a grid, as Google Forms exports it: `Question [Row]`.
static GRID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(.*\S)\s*\[(.+)\]$").ok());
/// The number of a question.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(?:[Qq]\d+[.):]?|\d+[.):])\s+").ok());
/// What stands between a question and its row in the exports of Qualtrics.
const DASH: &str = " - ";
/// A row of a grid with this many words says itself what it is about.
const WORDS_OF_A_STATEMENT: usize = 3;
/// The most words of an item that its id has.
const WORDS_OF_AN_ID: usize = 9;

/// The words of each column's question: those of the row where it belongs to a grid.
pub(super) fn item_texts(columns: &AnswerColumns) -> Vec<String> {
    let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
    for column in &columns.all {
        if let Some((stem, _)) = column.heading.question.rsplit_once(DASH) {
            *stems.entry(stem).or_default() += 1;
        }
    }
    let all = columns.all.iter();
    all.map(|column| {
        let question = column.heading.question.as_str();
        if let Some(part) = &column.heading.part {
            return statement(question, part);
        }
        if let Some(parts) = GRID.as_ref().and_then(|grid| grid.captures(question)) {
            return statement(&parts[1], &parts[2]);
        }
        let of_grid =
            question.rsplit_once(DASH).filter(|(stem, _)| stems.get(stem).is_some_and(|count| *count > 1));
        of_grid.map_or_else(|| without_number(question), |(stem, row)| statement(stem, row))
    })
    .collect()
}

/// The row of a grid, with its question if it says too little.
fn statement(question: &str, row: &str) -> String {
    let row = without_number(row);
    if row.split_whitespace().count() >= WORDS_OF_A_STATEMENT {
        return row;
    }
    format!("{}: {row}", without_number(question).trim_end_matches(':'))
}

fn without_number(text: &str) -> String {
    let text = text.trim();
    NUMBER.as_ref().map_or_else(|| text.to_owned(), |number| number.replace(text, "").into_owned())
}

/// The items of all files.
#[derive(Debug, Default)]
pub(super) struct ItemList {
    pub(super) items: Vec<SurveyItem>,
    pub(super) constructs: Vec<SurveyConstruct>,
    /// The places of the items, by words and scale.
    known: BTreeMap<[String; 2], usize>,
    /// How many items have an id.
    ids: BTreeMap<String, usize>,
}

/// What the catalog and the project say of an item.
#[derive(Debug, Default)]
struct ItemKnowledge {
    construct: Option<SurveyConstruct>,
    reverse: bool,
}

impl ItemList {
    /// The place of a column's item.
    pub(super) fn place(
        &mut self,
        column: &ItemColumn,
        choice: &SurveyChoice,
        spec: &PerceptionSpec,
    ) -> usize {
        let words = plain(&column.text);
        let key = [words.clone(), column.scale.id.clone()];
        if let Some(place) = self.known.get(&key) {
            return *place;
        }
        let ItemKnowledge { construct, reverse } = knowledge(&words, choice, spec);
        let construct = construct.map(|construct| self.construct(construct));
        let scale = &column.scale;
        let id = self.free_id(&words);
        self.items.push(SurveyItem {
            id,
            text: column.text.clone(),
            scale: scale.id.clone(),
            low: scale.low,
            high: scale.high,
            favorable_from: scale.favorable_from,
            construct,
            reverse,
        });
        self.known.insert(key, self.items.len() - 1);
        self.items.len() - 1
    }

    fn construct(&mut self, construct: SurveyConstruct) -> usize {
        let known = self.constructs.iter().position(|known| known.id == construct.id);
        known.unwrap_or_else(|| {
            self.constructs.push(construct);
            self.constructs.len() - 1
        })
    }

    /// An id made of the first words, with a number if another item has it.
    fn free_id(&mut self, words: &str) -> String {
        let id: Vec<&str> = words.split(' ').take(WORDS_OF_AN_ID).collect();
        let id = id.join("-");
        let count = self.ids.entry(id.clone()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    }
}

/// What the project says of an item, or else the catalog.
fn knowledge(words: &str, choice: &SurveyChoice, spec: &PerceptionSpec) -> ItemKnowledge {
    let own = choice.constructs.iter().find(|(_, items)| has_item(items, words));
    let own =
        own.map(|(label, _)| SurveyConstruct { id: plain(label).replace(' ', "-"), label: label.clone() });
    let mut of_catalog =
        spec.construct.iter().flat_map(|construct| construct.item.iter().map(move |item| (construct, item)));
    let found = of_catalog.find(|(_, item)| plain(&item.text) == words);
    let reverse = has_item(&choice.reverse, words) || found.is_some_and(|(_, item)| item.reverse);
    let construct = own.or_else(|| {
        let (construct, _) = found?;
        Some(SurveyConstruct { id: construct.id.clone(), label: construct.label.clone() })
    });
    ItemKnowledge { construct, reverse }
}

/// Whether one of the texts has these words.
fn has_item(texts: &[String], words: &str) -> bool {
    texts.iter().any(|text| plain(text) == words)
}

/// A problem for each item that a survey of the project names and no file asks.
pub(super) fn unasked(choice: &SurveyChoice, items: &[SurveyItem]) -> Vec<Diagnostic> {
    let named = choice.reverse.iter().chain(choice.constructs.values().flatten());
    let asked: Vec<String> = items.iter().map(|item| plain(&item.text)).collect();
    let missing = named.filter(|text| !asked.contains(&plain(text)));
    missing.map(|text| Diagnostic::survey_item_unasked(&choice.path, text)).collect()
}
