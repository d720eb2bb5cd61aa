//! The scale of a question, recognized by its answers.

use std::collections::BTreeMap;

use super::columns::{AnswerColumn, AnswerColumns, Choice};
use crate::catalog::{AnswerScale, NumberScale, PerceptionSpec};

/// The scale of a question, and what its choices are on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FittedScale {
    /// Id of the scale.
    pub(super) id: String,
    /// The number of its least favorable answer.
    pub(super) low: u32,
    /// The number of its most favorable answer.
    pub(super) high: u32,
    /// The number from which an answer is favorable.
    pub(super) favorable_from: u32,
    /// What each choice of the column is.
    pub(super) choices: Vec<ChoiceMeaning>,
}

/// What a choice is on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChoiceMeaning {
    /// A point, from 0 at the lowest.
    Point(usize),
    /// A point, in words of another language.
    OtherLanguage(usize),
    /// No answer, such as “don't know”.
    NoAnswer,
    /// Not on the scale.
    Outside,
}

impl ChoiceMeaning {
    /// The point, from 0 at the lowest.
    pub(super) const fn point(self) -> Option<usize> {
        match self {
            Self::Point(point) | Self::OtherLanguage(point) => Some(point),
            Self::NoAnswer | Self::Outside => None,
        }
    }
}

impl FittedScale {
    fn of_words(scale: &AnswerScale, column: &AnswerColumn, spec: &PerceptionSpec) -> Self {
        Self {
            id: scale.id.clone(),
            low: 1,
            high: scale.points.len() as u32,
            favorable_from: scale.favorable_from as u32,
            choices: column.choices.iter().map(|choice| meaning_of_words(scale, choice, spec)).collect(),
        }
    }

    fn of_numbers(scale: NumberScale, column: &AnswerColumn, spec: &PerceptionSpec) -> Self {
        let NumberScale { low, high, favorable_from } = scale;
        let choices = column.choices.iter().map(|choice| meaning_of_number(scale, choice, spec)).collect();
        Self { id: format!("{low}-{high}"), low, high, favorable_from, choices }
    }

    /// The share of the answers that are on the scale, of those that could be; 0 if there is none.
    fn fit(&self, column: &AnswerColumn) -> f64 {
        let (mut on, mut off) = (0, 0);
        for (choice, meaning) in column.choices.iter().zip(&self.choices) {
            match meaning {
                ChoiceMeaning::Point(_) | ChoiceMeaning::OtherLanguage(_) => on += choice.count,
                ChoiceMeaning::Outside => off += choice.count,
                ChoiceMeaning::NoAnswer => {}
            }
        }
        if on == 0 { 0.0 } else { f64::from(on) / f64::from(on + off) }
    }
}

fn meaning_of_words(scale: &AnswerScale, choice: &Choice, spec: &PerceptionSpec) -> ChoiceMeaning {
    if spec.no_answer.contains(&choice.words) {
        return ChoiceMeaning::NoAnswer;
    }
    let words = without_number(&choice.words);
    match (place_of(words, &scale.points), place_of(words, &scale.other_words)) {
        (Some(point), _) => ChoiceMeaning::Point(point),
        (None, Some(point)) => ChoiceMeaning::OtherLanguage(point),
        (None, None) => ChoiceMeaning::Outside,
    }
}

/// The place of the point that has these words.
fn place_of(words: &str, points: &[Vec<String>]) -> Option<usize> {
    points.iter().position(|point| point.iter().any(|known| known == words))
}

fn meaning_of_number(scale: NumberScale, choice: &Choice, spec: &PerceptionSpec) -> ChoiceMeaning {
    if spec.no_answer.contains(&choice.words) {
        return ChoiceMeaning::NoAnswer;
    }
    let number = choice.words.parse::<u32>().ok().filter(|n| (scale.low..=scale.high).contains(n));
    number.map_or(ChoiceMeaning::Outside, |number| ChoiceMeaning::Point((number - scale.low) as usize))
}

/// Words without the number before or after them (`5 strongly agree`).
fn without_number(words: &str) -> &str {
    if let Some((_, rest)) = words.split_once(' ').filter(|(first, _)| is_number(first)) {
        return rest;
    }
    let before = words.rsplit_once(' ').filter(|(_, last)| is_number(last));
    before.map_or(words, |(rest, _)| rest)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What all files together say of scales: the answers of one column may be on several.
#[derive(Debug, Default)]
pub(super) struct ScaleEvidence {
    /// By id of a scale of words: how many columns are on no other.
    only: BTreeMap<String, usize>,
}

impl ScaleEvidence {
    /// Looks at the columns of a sheet.
    pub(super) fn add(&mut self, columns: &AnswerColumns, spec: &PerceptionSpec) {
        for column in &columns.all {
            if let [only] = word_scales(column, spec).as_slice() {
                *self.only.entry(only.id.clone()).or_default() += 1;
            }
        }
    }

    /// The scale of words of a column: of several, the one that most columns are on and on no other; then the one with the fewest
    /// points. `None` if it is on none.
    fn word_scale(&self, column: &AnswerColumn, spec: &PerceptionSpec) -> Option<FittedScale> {
        let scales = word_scales(column, spec).into_iter();
        scales.min_by_key(|scale| {
            let others = std::cmp::Reverse(self.only.get(&scale.id).copied().unwrap_or_default());
            (others, scale.high, scale.id.clone())
        })
    }
}

/// The scales of words that a column is on.
fn word_scales(column: &AnswerColumn, spec: &PerceptionSpec) -> Vec<FittedScale> {
    if column.is_open {
        return Vec::new();
    }
    let all = spec.scale.iter().map(|scale| FittedScale::of_words(scale, column, spec));
    all.filter(|scale| scale.fit(column) >= spec.least_fit).collect()
}

/// The scale of a sheet's columns of numbers; `None` if it has too few of them.
pub(super) fn number_scale(columns: &[&AnswerColumn], spec: &PerceptionSpec) -> Option<NumberScale> {
    let widest = spec.numbers.iter().copied().reduce(|a, b| NumberScale {
        low: a.low.min(b.low),
        high: a.high.max(b.high),
        ..a
    })?;
    let numeric = columns.iter().filter(|column| {
        !column.is_open && FittedScale::of_numbers(widest, column, spec).fit(column) >= spec.least_fit
    });
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    let mut questions = 0;
    for column in numeric {
        questions += 1;
        for choice in &column.choices {
            if let Ok(number) = choice.words.parse::<u32>() {
                *counts.entry(number).or_default() += choice.count;
            }
        }
    }
    let least = f64::from(counts.values().sum::<u32>()) * spec.least_used;
    let mut used = counts.iter().filter(|(_, count)| f64::from(**count) > least).map(|(number, _)| *number);
    let lowest = used.next()?;
    let highest = used.next_back().unwrap_or(lowest);
    let fitting = spec.numbers.iter().find(|scale| scale.low <= lowest && highest <= scale.high);
    fitting.copied().filter(|_| questions >= spec.least_numeric)
}

/// The scale of a column, in words or in the numbers of its sheet; `None` if it has none.
pub(super) fn scale_of(
    column: &AnswerColumn,
    evidence: &ScaleEvidence,
    numbers: Option<NumberScale>,
    spec: &PerceptionSpec,
) -> Option<FittedScale> {
    if column.is_open {
        return None;
    }
    evidence.word_scale(column, spec).or_else(|| {
        let scale = FittedScale::of_numbers(numbers?, column, spec);
        (scale.fit(column) >= spec.least_fit).then_some(scale)
    })
}

/// Whether most answers of a column are on some scale, but too few for it to have that scale.
pub(super) fn is_almost_on_scale(column: &AnswerColumn, spec: &PerceptionSpec) -> bool {
    let best = spec.scale.iter().map(|scale| FittedScale::of_words(scale, column, spec).fit(column));
    !column.is_open && best.fold(0.0, f64::max) >= spec.almost_fit
}
