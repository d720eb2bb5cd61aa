//! Questions that people answer in the opposite way from the other questions in their subject: it may be better to disagree with them,
//! although no word of theirs says so.
//!
//! The answers of each person to a question are compared with the average of the person's answers to the others: those of the same
//! construct, or of a question without one, all others without one. A correlation that is clearly and strongly negative is not proof,
//! so the program asks.

use std::collections::BTreeMap;

use statistics::correlation::CorrelationSums;

use super::columns::AnswerColumn;
use super::counting::SurveyAnswers;
use super::item_evidence::Opposition;
use super::items::{ItemList, ItemStanding};
use super::roles::{ColumnRole, ItemColumn};
use crate::catalog::PerceptionSpec;

/// A question on a scale with what is known of it.
struct ScoredColumn<'a> {
    column: &'a AnswerColumn,
    standing: ItemStanding,
    /// The score of each choice, from 0 at the least favorable to 1; `None` if it is not an answer on the scale.
    scores: Vec<Option<f64>>,
}

/// The questions that are opposed to the others, by their words. `list` has what the project says of questions.
pub(super) fn opposed_items(
    all: &[&SurveyAnswers<'_>],
    list: &ItemList,
    spec: &PerceptionSpec,
) -> BTreeMap<String, Opposition> {
    let mut sums: BTreeMap<String, CorrelationSums> = BTreeMap::new();
    for answers in all {
        let mut of_constructs: BTreeMap<Option<String>, Vec<ScoredColumn<'_>>> = BTreeMap::new();
        for scored in scored_columns(answers, list, spec) {
            of_constructs.entry(scored.standing.construct.clone()).or_default().push(scored);
        }
        for (construct, columns) in of_constructs {
            let fewest = if construct.is_some() { 1 } else { spec.opposed.others };
            add_people(&columns, answers.columns.rows.len(), fewest, &mut sums);
        }
    }
    sums.into_iter().filter_map(|(words, sums)| Some((words, opposition(&sums, spec)?))).collect()
}

/// The questions of a sheet that others can be compared with: not those whose best answer is in doubt already.
fn scored_columns<'a>(
    answers: &'a SurveyAnswers<'_>,
    list: &ItemList,
    spec: &PerceptionSpec,
) -> Vec<ScoredColumn<'a>> {
    let mut scored = Vec::new();
    for (column, role) in answers.columns.all.iter().zip(&answers.roles) {
        let ColumnRole::Item(item) = role else { continue };
        let standing = list.standing(item, answers.choice, spec);
        let is_doubtful = item.numbers.is_some_and(|numbers| numbers.is_doubtful);
        if !is_doubtful && !standing.looks_reversed {
            let scores = scores(item, standing.reverse);
            scored.push(ScoredColumn { column, standing, scores });
        }
    }
    scored
}

fn scores(item: &ItemColumn, reverse: bool) -> Vec<Option<f64>> {
    let steps = f64::from(item.scale.high - item.scale.low).max(1.0);
    let points = item.scale.choices.iter().map(|choice| choice.point());
    points
        .map(|point| {
            let score = point? as f64 / steps;
            Some(if reverse { 1.0 - score } else { score })
        })
        .collect()
}

impl ScoredColumn<'_> {
    /// The score of a row; `None` if it has no answer on the scale.
    fn score(&self, row: usize) -> Option<f64> {
        self.scores[self.column.choice(row)?]
    }
}

/// Adds each person's answer to a question that nothing is said about, with the average of the person's other answers, if there are at
/// least `fewest`.
fn add_people(
    columns: &[ScoredColumn<'_>],
    rows: usize,
    fewest: usize,
    sums: &mut BTreeMap<String, CorrelationSums>,
) {
    for row in 0..rows {
        let own: Vec<Option<f64>> = columns.iter().map(|column| column.score(row)).collect();
        let total: f64 = own.iter().flatten().sum();
        let others = own.iter().flatten().count().saturating_sub(1);
        if others < fewest {
            continue;
        }
        for (column, score) in columns.iter().zip(&own).filter(|(column, _)| !column.standing.is_settled) {
            let Some(score) = score else { continue };
            let average = (total - score) / others as f64;
            match sums.get_mut(&column.standing.words) {
                Some(known) => known.add(*score, average),
                None => sums.entry(column.standing.words.clone()).or_default().add(*score, average),
            }
        }
    }
}

/// How a question is opposed to the others; `None` if it is not, clearly and strongly.
fn opposition(sums: &CorrelationSums, spec: &PerceptionSpec) -> Option<Opposition> {
    let limits = &spec.opposed;
    let correlation = sums.correlation()?;
    let is_strong = correlation <= limits.correlation && sums.pairs() >= f64::from(limits.answers);
    let is_clear = sums.upper_end(limits.confidence)? < 0.0;
    (is_strong && is_clear).then_some(Opposition { correlation, people: sums.pairs() as u32 })
}
