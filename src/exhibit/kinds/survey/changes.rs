//! What changed since the wave before, in the same words.

use super::views::{SurveyContext, SurveyDraft};
use crate::compare::{PerceptionChange, PerceptionSubject};
use crate::domain::Unit;
use crate::exhibit::figure::{Figure, SlopeChart, SlopeRow};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::more_lines;
use crate::wording::exhibit::{HIGHER_IS_BETTER, from_to};
use crate::wording::perception as words;

/// How many lines are described for readers who cannot see them.
const LINES_IN_WORDS: usize = 2;

/// How many changes are shown.
const SHOWN: usize = 7;
/// The fewest constructs that are shown without items.
const FEWEST_CONSTRUCTS: usize = 3;

pub(super) fn draft(survey: SurveyContext<'_>) -> Result<SurveyDraft, String> {
    let Some([from, to]) = waves_shown(survey) else { return Err(words::NO_EARLIER_WAVE.to_owned()) };
    let changes = shown(survey, &[from.clone(), to.clone()]);
    let figure = SlopeChart {
        unit: Unit::Percent,
        rows: changes.iter().filter_map(|change| slope(survey, change)).collect(),
        from: from.clone(),
        to: to.clone(),
    };
    let mut groups: Vec<usize> = changes.iter().flat_map(|change| [change.earlier, change.later]).collect();
    groups.sort_unstable();
    groups.dedup();
    // What is told comes first, constructs before items.
    let told = changes.first().filter(|change| is_told(survey, change));
    let finding =
        told.map_or_else(|| words::NOTHING_CHANGED.to_owned(), |change| told_change(survey, change));
    let ends = figure.rows.iter().take(LINES_IN_WORDS).map(|row| {
        words::of_group(&row.label, &from_to(&Unit::Percent.format(row.from), &Unit::Percent.format(row.to)))
    });
    Ok(SurveyDraft {
        alt: words::in_words(
            &survey.context.spec.title,
            &ends.chain(more_lines(figure.rows.len(), LINES_IN_WORDS)).collect::<Vec<_>>(),
        ),
        findings: vec![finding],
        sub_line: words::largest_changes(&from, &to),
        table: table(survey, &changes, &figure),
        figure: Figure::Slope(figure),
        groups,
        method: words::DIFFERENCE_METHOD,
        direction: HIGHER_IS_BETTER,
        notes: Vec::new(),
    })
}

fn told_change(survey: SurveyContext<'_>, change: &PerceptionChange) -> String {
    let subject = survey.short_subject(change.subject);
    words::changed(&survey.people(change.later), subject, change.difference.points)
}

/// Whether a change is clear, matters, and is of many people in both waves.
fn is_told(survey: SurveyContext<'_>, change: &PerceptionChange) -> bool {
    let least = survey.context.catalog.perception.meaningful_change;
    change.difference.is_clear()
        && change.difference.points.abs() >= least
        && survey.is_group_of_many(change.later)
        && survey.is_group_of_many(change.earlier)
}

fn waves_of(survey: SurveyContext<'_>, change: &PerceptionChange) -> [String; 2] {
    [change.earlier, change.later].map(|place| words::wave(survey.group(place).wave))
}

/// The two waves of most changes; `None` if there is no change.
fn waves_shown(survey: SurveyContext<'_>) -> Option<[String; 2]> {
    let all: Vec<[String; 2]> =
        survey.perception.changes.iter().map(|change| waves_of(survey, change)).collect();
    all.iter().max_by_key(|waves| all.iter().filter(|other| other == waves).count()).cloned()
}

/// The changes between two waves that are shown: the largest ones of constructs, or of items too if there are few constructs.
fn shown<'a>(survey: SurveyContext<'a>, waves: &[String; 2]) -> Vec<&'a PerceptionChange> {
    let between = survey.perception.changes.iter().filter(|change| waves_of(survey, change) == *waves);
    let mut changes: Vec<&PerceptionChange> = between.collect();
    changes.sort_by(|a, b| {
        let larger = b.difference.points.abs().total_cmp(&a.difference.points.abs());
        rank(survey, a)
            .cmp(&rank(survey, b))
            .then(larger)
            .then_with(|| (a.subject, a.later).cmp(&(b.subject, b.later)))
    });
    if changes.iter().filter(|change| is_of_construct(change)).count() >= FEWEST_CONSTRUCTS {
        changes.retain(|change| is_of_construct(change));
    }
    changes.truncate(SHOWN);
    changes
}

fn is_of_construct(change: &PerceptionChange) -> bool {
    matches!(change.subject, PerceptionSubject::Construct(_))
}

/// What is mentioned comes first, and constructs before items.
fn rank(survey: SurveyContext<'_>, change: &PerceptionChange) -> (bool, bool) {
    (!is_told(survey, change), !is_of_construct(change))
}

fn slope(survey: SurveyContext<'_>, change: &PerceptionChange) -> Option<SlopeRow> {
    let [from, to] =
        [change.earlier, change.later].map(|place| survey.perception.favorable(change.subject, place));
    Some(SlopeRow {
        label: words::of_group(survey.label(change.later), &survey.chart_label(change.subject)),
        from: from? * 100.0,
        to: to? * 100.0,
        strong: false,
    })
}

fn table(survey: SurveyContext<'_>, changes: &[&PerceptionChange], figure: &SlopeChart) -> Table {
    let columns =
        [words::WHO_AND_WHAT, &figure.from, &figure.to, words::CHANGE, words::LOW, words::HIGH, words::CLEAR];
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: changes.iter().map(|change| table_row(survey, change)).collect(),
    }
}

fn table_row(survey: SurveyContext<'_>, change: &PerceptionChange) -> Vec<ExhibitCell> {
    let [from, to] =
        [change.earlier, change.later].map(|place| survey.perception.favorable(change.subject, place));
    let [low, high] = change.difference.interval;
    let points = [change.difference.points, low, high];
    let mut cells = vec![
        ExhibitCell::Text(words::of_group(survey.label(change.later), survey.subject(change.subject))),
        survey.percent(from),
        survey.percent(to),
    ];
    cells.extend(points.map(|points| ExhibitCell::Text(words::signed_points(points))));
    cells.push(ExhibitCell::Text(words::yes_or_no(change.difference.is_clear()).to_owned()));
    cells
}
