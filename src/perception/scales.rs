//! The scale of a question, recognized by its answers.

use std::collections::BTreeMap;

use super::columns::{AnswerColumn, AnswerColumns, Choice};
use super::numbers::{ColumnNumbers, NumberEvidence};
use crate::catalog::{AnswerScale, NumberScale, PerceptionSpec};
use crate::domain::SurveyWave;
use crate::form_export::{has_words, plain};

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
    /// Whether its answers are words with others between the worst and the best, unlike yes and no.
    pub(super) fn has_words_between(&self) -> bool {
        !self.is_of_numbers() && self.high > self.low + 1
    }

    fn of_words(scale: &AnswerScale, column: &AnswerColumn, spec: &PerceptionSpec) -> Self {
        Self {
            id: scale.id.clone(),
            low: 1,
            high: scale.points.len() as u32,
            favorable_from: scale.favorable_from as u32,
            choices: column.choices.iter().map(|choice| meaning_of_words(scale, choice, spec)).collect(),
        }
    }

    /// A scale of numbers; where the lowest is the best, its points are turned round, so that the last one is always the best.
    pub(super) fn of_numbers(
        scale: NumberScale,
        lowest_is_best: bool,
        column: &AnswerColumn,
        spec: &PerceptionSpec,
    ) -> Self {
        let NumberScale { low, high, favorable_from, .. } = scale;
        let all = column.choices.iter();
        let choices = all.map(|choice| meaning_of_number(scale, lowest_is_best, choice, spec)).collect();
        Self { id: format!("{low}-{high}"), low, high, favorable_from, choices }
    }

    /// Whether it is a scale of numbers.
    pub(super) fn is_of_numbers(&self) -> bool {
        self.id == format!("{}-{}", self.low, self.high)
    }

    /// The share of the answers that are on the scale, of those that could be; 0 if there is none.
    pub(super) fn fit(&self, column: &AnswerColumn) -> f64 {
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

    /// How many answers are on the scale.
    fn answers(&self, column: &AnswerColumn) -> u32 {
        let all = column.choices.iter().zip(&self.choices);
        all.filter(|(_, meaning)| meaning.point().is_some()).map(|(choice, _)| choice.count).sum()
    }
}

fn meaning_of_words(scale: &AnswerScale, choice: &Choice, spec: &PerceptionSpec) -> ChoiceMeaning {
    match meaning_of(scale, &choice.words, spec) {
        ChoiceMeaning::Outside => meaning_of_parts(scale, &choice.text, spec),
        known => known,
    }
}

fn meaning_of(scale: &AnswerScale, words: &str, spec: &PerceptionSpec) -> ChoiceMeaning {
    if spec.no_answer.iter().any(|known| known == words) {
        return ChoiceMeaning::NoAnswer;
    }
    let words = without_number(words);
    match (place_of(words, &scale.points), place_of(words, &scale.other_words)) {
        (Some(point), _) => ChoiceMeaning::Point(point),
        (None, Some(point)) => ChoiceMeaning::OtherLanguage(point),
        (None, None) => ChoiceMeaning::Outside,
    }
}

/// What an answer in two languages is (`Agree / De acuerdo`): what either says, unless one says something else.
fn meaning_of_parts(scale: &AnswerScale, text: &str, spec: &PerceptionSpec) -> ChoiceMeaning {
    let parts = text.split(['/', '|', '\n']).flat_map(|part| part.split(" - "));
    let parts: Vec<String> = parts.map(plain).filter(|part| !part.is_empty()).collect();
    let mut found = ChoiceMeaning::Outside;
    if parts.len() < 2 {
        return found;
    }
    for part in parts {
        let meaning = meaning_of(scale, &part, spec);
        if meaning == ChoiceMeaning::Outside {
            // “Neither agree / disagree” is one answer.
            if has_point(scale, &part) {
                return ChoiceMeaning::Outside;
            }
        } else if found == ChoiceMeaning::Outside {
            found = meaning;
        } else if found.point() != meaning.point() {
            return ChoiceMeaning::Outside;
        }
    }
    found
}

/// Whether words have those of a point among others.
fn has_point(scale: &AnswerScale, words: &str) -> bool {
    let mut known = scale.points.iter().chain(&scale.other_words).flatten();
    known.any(|own| has_words(words, own))
}

/// The place of the point that has these words.
fn place_of(words: &str, points: &[Vec<String>]) -> Option<usize> {
    points.iter().position(|point| point.iter().any(|known| known == words))
}

fn meaning_of_number(
    scale: NumberScale,
    lowest_is_best: bool,
    choice: &Choice,
    spec: &PerceptionSpec,
) -> ChoiceMeaning {
    if spec.no_answer.contains(&choice.words) {
        return ChoiceMeaning::NoAnswer;
    }
    let number = choice.words.parse::<u32>().ok().filter(|n| (scale.low..=scale.high).contains(n));
    number.map_or(ChoiceMeaning::Outside, |number| {
        let point = if lowest_is_best { scale.high - number } else { number - scale.low };
        ChoiceMeaning::Point(point as usize)
    })
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

/// What the questions of a sheet, a wave, or all files say of the scales of words: the answers to one question may be on several.
#[derive(Debug, Clone, Default)]
pub(super) struct WordEvidence {
    /// By id of a scale: how many columns are on no other.
    only: BTreeMap<String, usize>,
    /// By id of a scale: how many answers are in columns that may have it.
    answers: BTreeMap<String, u32>,
}

impl WordEvidence {
    /// What the columns of a sheet say.
    pub(super) fn of(columns: &AnswerColumns, spec: &PerceptionSpec) -> Self {
        let mut found = Self::default();
        for column in &columns.all {
            let scales = word_scales(column, spec);
            for scale in &scales {
                *found.answers.entry(scale.id.clone()).or_default() += column.answered;
            }
            if let [only] = scales.as_slice() {
                *found.only.entry(only.id.clone()).or_default() += 1;
            }
        }
        found
    }

    fn add(&mut self, other: &Self) {
        for (id, columns) in &other.only {
            *self.only.entry(id.clone()).or_default() += columns;
        }
        for (id, answers) in &other.answers {
            *self.answers.entry(id.clone()).or_default() += answers;
        }
    }

    /// Whether it decides between scales: a column has only one of them, or enough answers fit that a further point would have been
    /// chosen.
    fn decides(&self, scales: &[FittedScale], spec: &PerceptionSpec) -> bool {
        scales.iter().any(|scale| {
            self.only.contains_key(&scale.id)
                || self.answers.get(&scale.id).is_some_and(|answers| *answers >= spec.enough_answers)
        })
    }
}

/// A survey and one of its waves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SurveyTime {
    pub(super) survey: String,
    pub(super) wave: Option<SurveyWave>,
}

/// What all files together say of scales.
#[derive(Debug, Default)]
pub(super) struct ScaleEvidence {
    waves: BTreeMap<SurveyTime, WordEvidence>,
    all: WordEvidence,
    pub(super) numbers: NumberEvidence,
}

impl ScaleEvidence {
    /// Adds what the words of a sheet's columns say.
    pub(super) fn add(&mut self, time: &SurveyTime, words: &WordEvidence) {
        self.waves.entry(time.clone()).or_default().add(words);
        self.all.add(words);
    }

    /// The scale of words of a column: of several, the one that most columns are on and on no other; then the one with the fewest
    /// points. The questions of its own sheet decide, or else those of the wave, or else all. `None` if it is on none.
    fn word_scale(
        &self,
        column: &AnswerColumn,
        sheet: SheetScale<'_>,
        spec: &PerceptionSpec,
    ) -> Option<FittedScale> {
        let scales = word_scales(column, spec);
        let mut near = [Some(sheet.words), self.waves.get(sheet.time)].into_iter().flatten();
        let evidence = near.find(|words| words.decides(&scales, spec)).unwrap_or(&self.all);
        scales.into_iter().min_by_key(|scale| {
            let others = std::cmp::Reverse(evidence.only.get(&scale.id).copied().unwrap_or_default());
            (others, scale.high, scale.id.clone())
        })
    }
}

/// What a sheet says of the scales of its columns.
#[derive(Clone, Copy)]
pub(super) struct SheetScale<'a> {
    pub(super) time: &'a SurveyTime,
    pub(super) words: &'a WordEvidence,
}

/// The scales of words that a column is on: those with the most of its answers, so that a point which only a longer scale has decides
/// for that one.
fn word_scales(column: &AnswerColumn, spec: &PerceptionSpec) -> Vec<FittedScale> {
    if column.is_open {
        return Vec::new();
    }
    let all = spec.scale.iter().map(|scale| FittedScale::of_words(scale, column, spec));
    let mut fitting: Vec<FittedScale> = all.filter(|scale| scale.fit(column) >= spec.least_fit).collect();
    let most = fitting.iter().map(|scale| scale.answers(column)).max();
    fitting.retain(|scale| Some(scale.answers(column)) == most);
    fitting
}

/// The scale of a column, in words or in numbers; `None` if it has none.
pub(super) fn scale_of(
    column: &AnswerColumn,
    evidence: &ScaleEvidence,
    sheet: SheetScale<'_>,
    numbers: ColumnNumbers,
    spec: &PerceptionSpec,
) -> Option<FittedScale> {
    if column.is_open {
        return None;
    }
    evidence.word_scale(column, sheet, spec).or_else(|| {
        let ColumnNumbers::Scale(reading) = numbers else { return None };
        let lowest_is_best = reading.lowest_is_best.unwrap_or_default();
        Some(FittedScale::of_numbers(reading.scale, lowest_is_best, column, spec))
    })
}

/// Whether most answers of a column are on some scale, but too few for it to have that scale.
pub(super) fn is_almost_on_scale(column: &AnswerColumn, spec: &PerceptionSpec) -> bool {
    let best = spec.scale.iter().map(|scale| FittedScale::of_words(scale, column, spec).fit(column));
    !column.is_open && best.fold(0.0, f64::max) >= spec.almost_fit
}
