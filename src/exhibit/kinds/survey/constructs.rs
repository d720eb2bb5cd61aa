//! The subjects of surveys by group of respondents.

use super::share_table::{in_words, share_table};
use super::views::{SurveyContext, SurveyDraft};
use crate::compare::PerceptionSubject;
use crate::domain::Unit;
use crate::exhibit::figure::Figure;
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::exhibit::HIGHER_IS_BETTER;
use crate::wording::perception as words;

/// The average share of a subject over the groups that were asked.
struct SubjectShare {
    subject: PerceptionSubject,
    average: f64,
    /// Whether every group has a share, and many people.
    is_of_all: bool,
}

pub(super) fn draft(survey: SurveyContext<'_>) -> Result<SurveyDraft, String> {
    let all = (0..survey.perception.perception.constructs.len()).map(PerceptionSubject::Construct);
    let mut shares: Vec<SubjectShare> = all.filter_map(|subject| share(survey, subject)).collect();
    if shares.len() < 2 {
        return Err(words::NO_CONSTRUCTS.to_owned());
    }
    shares.sort_by(|a, b| b.average.total_cmp(&a.average));
    let subjects: Vec<PerceptionSubject> = shares.iter().map(|share| share.subject).collect();
    let groups: Vec<usize> =
        survey.perception.latest.iter().copied().filter(|group| has_any(survey, &subjects, *group)).collect();
    let figure = share_table(survey, &subjects, &groups);
    let ends = [shares.first(), shares.last()].map(|share| share.filter(|share| share.is_of_all));
    let finding = match ends {
        [Some(highest), Some(lowest)] => {
            Some(words::most_and_least(survey.subject(highest.subject), survey.subject(lowest.subject)))
        }
        _ => None,
    };
    Ok(SurveyDraft {
        sub_line: words::share_by_group(&survey.waves(&groups)),
        findings: finding.into_iter().collect(),
        table: table(survey, &subjects, &groups),
        alt: words::in_words(&survey.context.spec.title, &in_words(&figure)),
        figure: Figure::Heat(figure),
        groups,
        method: words::CONSTRUCT_METHOD,
        direction: HIGHER_IS_BETTER,
        notes: Vec::new(),
    })
}

fn has_any(survey: SurveyContext<'_>, subjects: &[PerceptionSubject], group: usize) -> bool {
    subjects.iter().any(|subject| survey.perception.favorable(*subject, group).is_some())
}

/// The average of a subject; `None` if no group has a share.
fn share(survey: SurveyContext<'_>, subject: PerceptionSubject) -> Option<SubjectShare> {
    let groups = survey.perception.latest.iter();
    let shares: Vec<f64> =
        groups.clone().filter_map(|group| survey.perception.favorable(subject, *group)).collect();
    let is_of_many =
        groups.clone().all(|group| survey.group(*group).people.is_some_and(|n| survey.is_of_many(n)));
    let average = shares.iter().sum::<f64>() / shares.len() as f64;
    let is_of_all = is_of_many && shares.len() == groups.len();
    (!shares.is_empty()).then_some(SubjectShare { subject, average, is_of_all })
}

fn table(survey: SurveyContext<'_>, subjects: &[PerceptionSubject], groups: &[usize]) -> Table {
    let mut rows = Vec::new();
    for subject in subjects {
        for group in groups {
            rows.push(row(survey, *subject, *group));
        }
    }
    let columns = [words::SUBJECT, words::WHO, words::FAVORABLE, words::LOW, words::HIGH, words::PEOPLE];
    Table { columns: columns.map(str::to_owned).to_vec(), rows }
}

fn row(survey: SurveyContext<'_>, subject: PerceptionSubject, group: usize) -> Vec<ExhibitCell> {
    let PerceptionSubject::Construct(place) = subject else { return Vec::new() };
    let figures = survey.group(group).construct(place);
    vec![
        ExhibitCell::Text(survey.subject(subject).to_owned()),
        ExhibitCell::Text(survey.label(group).to_owned()),
        survey.percent(figures.map(|figures| figures.favorable)),
        survey.percent(figures.map(|figures| figures.interval[0])),
        survey.percent(figures.map(|figures| figures.interval[1])),
        ExhibitCell::number_or_absent(figures.map(|figures| f64::from(figures.n)), Unit::Count, || {
            survey.withheld()
        }),
    ]
}
