//! The words of each question of a sheet, without what belongs to its grid, its number, or its scale.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::columns::AnswerColumns;
use super::heading_scale::HeadingScale;
use crate::catalog::{AnswerScale, PerceptionSpec};
use crate::form_export::plain;

/// A row of a grid, as Google Forms exports it: `Question [Row]`.
static GRID: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(.*\S)\s*\[(.+)\]$").ok());
/// The number of a question.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(?:[Qq]\d+[.):]?|\d+[.):])\s+").ok());
/// What stands between a question and its row in the exports of Qualtrics.
const DASH: &str = " - ";
/// A row of a grid with this many words says itself what it is about.
const WORDS_OF_A_STATEMENT: usize = 3;

/// The words of each column's question: those of the row where it belongs to a grid. Brackets that only state a scale are not a row.
pub(super) fn item_texts(columns: &AnswerColumns, spec: &PerceptionSpec) -> Vec<String> {
    let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
    for column in &columns.all {
        if let Some((stem, _)) = column.heading.question.rsplit_once(DASH) {
            *stems.entry(stem).or_default() += 1;
        }
    }
    let remarks = remarks(columns);
    let all = columns.all.iter();
    all.map(|column| {
        let question = column.heading.question.as_str();
        if let Some(part) = &column.heading.part {
            return statement(question, part);
        }
        if let Some(parts) = GRID.as_ref().and_then(|grid| grid.captures(question)) {
            let is_scale = is_scale_of_words(&parts[2], spec) || is_scale(&parts[2], spec);
            if is_scale && has_one_row(&parts[1], columns) {
                return without_number(&parts[1]);
            }
            if remarks.contains(&parts[2]) {
                return without_number(question);
            }
            return statement(&parts[1], &parts[2]);
        }
        let of_grid =
            question.rsplit_once(DASH).filter(|(stem, _)| stems.get(stem).is_some_and(|count| *count > 1));
        of_grid.map_or_else(|| without_number(question), |(stem, row)| statement(stem, row))
    })
    .collect()
}

/// Whether words in brackets state a scale of numbers.
fn is_scale(words: &str, spec: &PerceptionSpec) -> bool {
    HeadingScale::of(&plain(words), spec).scale.is_some()
}

/// The fewest points that words in brackets name if they state a scale.
const FEWEST_POINTS: usize = 2;
/// What stands between the points of a scale.
const BETWEEN_POINTS: [char; 9] = [',', ';', '/', '|', '…', '–', '—', '-', '.'];

/// Whether words in brackets state a scale of words (`Strongly agree … Strongly disagree`): all of them are points of one.
fn is_scale_of_words(words: &str, spec: &PerceptionSpec) -> bool {
    let parts: Vec<String> = words.split(BETWEEN_POINTS).map(plain).filter(|part| !part.is_empty()).collect();
    spec.scale.iter().any(|scale| {
        let points: Option<Vec<usize>> = parts.iter().map(|part| points_of(part, scale, spec)).collect();
        points.is_some_and(|points| points.iter().sum::<usize>() >= FEWEST_POINTS)
    })
}

/// How many points of a scale words name, also with a word between them (`always to never`); `None` if they say anything else.
fn points_of(words: &str, scale: &AnswerScale, spec: &PerceptionSpec) -> Option<usize> {
    if scale.has_point(words) {
        return Some(1);
    }
    let words: Vec<&str> = words.split(' ').collect();
    let joiners = &spec.heading_numbers.joiners;
    let parts = words.split(|word| joiners.iter().any(|joiner| joiner == word));
    let parts: Vec<String> = parts.map(|part| part.join(" ")).filter(|part| !part.is_empty()).collect();
    parts.iter().all(|part| scale.has_point(part)).then_some(parts.len())
}

/// What is in brackets after several questions, and only once after each: a remark (`choose one`) and not a row of a grid.
fn remarks(columns: &AnswerColumns) -> BTreeSet<String> {
    let Some(grid) = GRID.as_ref() else { return BTreeSet::new() };
    let mut questions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for column in &columns.all {
        if let Some(parts) = grid.captures(&column.heading.question) {
            questions.entry(parts[2].to_owned()).or_default().insert(parts[1].to_owned());
        }
    }
    let mut remarks = BTreeSet::new();
    for (words, after) in questions {
        if after.len() > 1 && after.iter().all(|question| has_one_row(question, columns)) {
            remarks.insert(words);
        }
    }
    remarks
}

/// Whether only one column has this question with a row in brackets.
fn has_one_row(question: &str, columns: &AnswerColumns) -> bool {
    let Some(grid) = GRID.as_ref() else { return false };
    let all = columns.all.iter().filter_map(|column| grid.captures(&column.heading.question));
    all.filter(|parts| &parts[1] == question).count() == 1
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
