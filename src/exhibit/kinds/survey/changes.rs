//! What changed since the wave before, in the same words.

use super::{SurveyContext, SurveyDraft};
use crate::compare::{PerceptionChange, PerceptionSubject};
use crate::domain::Unit;
use crate::exhibit::figure::{Figure, SlopeChart, SlopeRow};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::exhibit::{self as shared, from_to};
use crate::wording::perception as words;

/// How many changes are shown.
const SHOWN: usize = 7;

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
    let mut clear = changes.iter().filter(|change| is_told(survey, change));
    let finding = match clear.find(|change| survey.short_subject(change.subject).is_some()) {
        Some(change) => told(survey, change, &from),
        None => changes
            .iter()
            .find(|change| is_told(survey, change))
            .map_or_else(|| words::nothing_changed(&from), |change| told(survey, change, &from)),
    };
    let ends = figure.rows.iter().take(2).map(|row| {
        words::of_group(&row.label, &from_to(&Unit::Percent.format(row.from), &Unit::Percent.format(row.to)))
    });
    Ok(SurveyDraft {
        alt: words::in_words(&survey.context.spec.title, &ends.collect::<Vec<_>>()),
        findings: vec![finding],
        sub_line: words::largest_changes(&from, &to),
        table: table(survey, &changes, &figure),
        figure: Figure::Slope(figure),
        groups,
        method: words::DIFFERENCE_METHOD,
        direction: shared::HIGHER_IS_BETTER,
        notes: Vec::new(),
    })
}

fn told(survey: SurveyContext<'_>, change: &PerceptionChange, from: &str) -> String {
    let subject = survey.short_subject(change.subject);
    words::changed(survey.label(change.later), subject, change.difference.points, from)
}

/// Whether a change is clear, matters, and is of many people in both waves.
fn is_told(survey: SurveyContext<'_>, change: &PerceptionChange) -> bool {
    let least = survey.context.catalog.perception.meaningful_change;
    let many = |place: usize| survey.group(place).people.is_some_and(|n| survey.is_of_many(n));
    change.difference.is_clear()
        && change.difference.points.abs() >= least
        && many(change.later)
        && many(change.earlier)
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

/// The changes between two waves that are shown: all constructs if they are few, then the largest clear changes of items.
fn shown<'a>(survey: SurveyContext<'a>, waves: &[String; 2]) -> Vec<&'a PerceptionChange> {
    let between = survey.perception.changes.iter().filter(|change| waves_of(survey, change) == *waves);
    let mut changes: Vec<&PerceptionChange> = between.collect();
    changes.sort_by(|a, b| {
        let is_item = |change: &PerceptionChange| matches!(change.subject, PerceptionSubject::Item(_));
        let size = |change: &PerceptionChange| change.difference.points.abs();
        (!is_told(survey, a))
            .cmp(&!is_told(survey, b))
            .then_with(|| is_item(a).cmp(&is_item(b)))
            .then_with(|| size(b).total_cmp(&size(a)))
            .then_with(|| (a.subject, a.later).cmp(&(b.subject, b.later)))
    });
    changes.truncate(SHOWN);
    changes
}

fn slope(survey: SurveyContext<'_>, change: &PerceptionChange) -> Option<SlopeRow> {
    let share = |place: usize| Some(survey.perception.favorable(change.subject, place)? * 100.0);
    Some(SlopeRow {
        label: words::of_group(survey.label(change.later), &survey.chart_label(change.subject)),
        from: share(change.earlier)?,
        to: share(change.later)?,
        strong: false,
    })
}

fn table(survey: SurveyContext<'_>, changes: &[&PerceptionChange], figure: &SlopeChart) -> Table {
    let columns = [
        words::WHO.to_owned(),
        words::QUESTION.to_owned(),
        figure.from.clone(),
        figure.to.clone(),
        words::CHANGE.to_owned(),
        words::LOW.to_owned(),
        words::HIGH.to_owned(),
        words::CLEAR.to_owned(),
    ];
    let percent = |change: &PerceptionChange, place: usize| {
        let share = survey.perception.favorable(change.subject, place).map(|share| share * 100.0);
        ExhibitCell::number_or_absent(share, Unit::Percent, || shared::WITHHELD.to_owned())
    };
    let row = |change: &&PerceptionChange| {
        vec![
            ExhibitCell::Text(survey.label(change.later).to_owned()),
            ExhibitCell::Text(survey.subject(change.subject).to_owned()),
            percent(change, change.earlier),
            percent(change, change.later),
            ExhibitCell::Text(words::signed_points(change.difference.points)),
            ExhibitCell::Text(words::signed_points(change.difference.interval[0])),
            ExhibitCell::Text(words::signed_points(change.difference.interval[1])),
            ExhibitCell::Text(words::yes_or_no(change.difference.is_clear()).to_owned()),
        ]
    };
    Table { columns: columns.to_vec(), rows: changes.iter().map(row).collect() }
}
