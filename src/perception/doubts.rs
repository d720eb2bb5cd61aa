//! What is not known of a sheet, and what was concluded from its numbers.

use std::collections::BTreeMap;

use super::columns::{AnswerColumn, Choice};
use super::counting::SurveyAnswers;
use super::numbers::NumberReading;
use super::roles::{ColumnRole, ItemColumn, RoleContext};
use super::scales::is_almost_on_scale;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Place};
use crate::form_export::plain;

/// What is not known of the columns of a sheet.
pub(super) fn doubts_of_columns(answers: &SurveyAnswers<'_>, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut doubts = Vec::new();
    for (column, role) in answers.columns.all.iter().zip(&answers.roles) {
        let at = heading_of(answers, column);
        let question = column.heading.joined();
        match role {
            ColumnRole::Other if is_almost_on_scale(column, &catalog.perception) => {
                doubts.push(Diagnostic::survey_scale_unclear(at, &question));
            }
            ColumnRole::UnclearNumbers => doubts.push(Diagnostic::survey_numbers_unclear(at, &question)),
            _ => {}
        }
    }
    doubts.extend(doubts_of_numbers(answers));
    doubts.extend(carried_legends(answers));
    doubts
}

/// For each heading that says for other questions too what their numbers stand for: those questions.
fn carried_legends(answers: &SurveyAnswers<'_>) -> Vec<Diagnostic> {
    let mut cells: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut readings: BTreeMap<usize, NumberReading> = BTreeMap::new();
    for (column, role) in answers.columns.all.iter().zip(&answers.roles) {
        let ColumnRole::Item(ItemColumn { numbers: Some(numbers), .. }) = role else { continue };
        if let Some(legend) = numbers.legend {
            cells.entry(legend).or_default().extend(heading_of(answers, column).cell);
            readings.insert(legend, *numbers);
        }
    }
    let mut doubts = Vec::new();
    for (legend, reading) in readings {
        let at = heading_of(answers, &answers.columns.all[legend]);
        let lowest_is_best = reading.lowest_is_best.unwrap_or_default();
        let ends = reading.scale.ends();
        doubts.push(Diagnostic::survey_legend_carried(at, &cells[&legend], ends, lowest_is_best));
    }
    doubts
}

/// The first question with numbers of each kind, and the first with a doubtful scale.
fn doubts_of_numbers(answers: &SurveyAnswers<'_>) -> Vec<Diagnostic> {
    let (mut met, mut doubts): (Vec<NumberReading>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
    for (column, role) in answers.columns.all.iter().zip(&answers.roles) {
        let ColumnRole::Item(item) = role else { continue };
        let Some(numbers) = item.numbers.filter(|numbers| !met.iter().any(|known| known.is_alike(*numbers)))
        else {
            continue;
        };
        met.push(numbers);
        let at = heading_of(answers, column);
        let ends = numbers.scale.ends();
        let is_known = met.iter().any(|known| *known != numbers && known.has_direction_of(numbers));
        if !is_known {
            doubts.push(match numbers.lowest_is_best {
                Some(lowest_is_best) => Diagnostic::survey_numbers_stated(at.clone(), ends, lowest_is_best),
                None => Diagnostic::survey_numbers(at.clone(), ends),
            });
        }
        if numbers.is_doubtful {
            doubts.push(Diagnostic::survey_numbers_doubtful(at, &item.text, ends));
        }
    }
    doubts
}

/// That it is not known who answered a sheet, or that some answers to that question name no known group.
pub(super) fn doubts_of_respondents(
    answers: &SurveyAnswers<'_>,
    context: RoleContext<'_>,
) -> Vec<Diagnostic> {
    if answers.respondents.is_some() {
        return Vec::new();
    }
    let mut doubts = Vec::new();
    let mut has_column = false;
    for (column, role) in answers.columns.all.iter().zip(&answers.roles) {
        let groups = match role {
            ColumnRole::Respondents(groups) => Some(groups.clone()),
            ColumnRole::Other => context.groups(column, &plain(&column.heading.joined())),
            _ => None,
        };
        let Some(groups) = groups.filter(|groups| groups.iter().any(Option::is_some)) else { continue };
        has_column = true;
        if groups.contains(&None) {
            let is_read = matches!(role, ColumnRole::Respondents(_));
            doubts.push(unknown_groups(answers, column, &groups, is_read, context));
        }
    }
    if !has_column {
        doubts.push(Diagnostic::survey_respondents_unknown(answers.sheet.place.clone()));
    }
    doubts
}

/// That some answers to the question who somebody is name no known group. Only what several people answered is quoted.
fn unknown_groups(
    answers: &SurveyAnswers<'_>,
    column: &AnswerColumn,
    groups: &[Option<String>],
    is_read: bool,
    context: RoleContext<'_>,
) -> Diagnostic {
    let fewest = context.catalog.perception.fewest_quoted;
    let unknown = column.choices.iter().zip(groups).filter(|(_, group)| group.is_none());
    let unknown: Vec<&Choice> = unknown.map(|(choice, _)| choice).collect();
    let quoted = unknown.iter().filter(|choice| choice.count >= fewest);
    let quoted: Vec<String> = quoted.map(|choice| choice.text.clone()).collect();
    let cells = unknown.iter().filter(|choice| choice.count < fewest);
    let cells = cells.filter_map(|choice| {
        let row = answers.columns.rows.get(choice.first)?;
        answers.sheet.place.at(row.number, column.number).cell
    });
    let cells: Vec<String> = cells.collect();
    let question = column.heading.joined();
    let at = heading_of(answers, column);
    if is_read {
        Diagnostic::survey_groups_unknown(at, &question, &quoted, &cells)
    } else {
        Diagnostic::survey_group_column_unread(at, &question, &quoted, &cells)
    }
}

/// The cell of a question's heading.
pub(super) fn heading_of(answers: &SurveyAnswers<'_>, column: &AnswerColumn) -> Place {
    answers.sheet.place.at(answers.columns.heading_row, column.number)
}
