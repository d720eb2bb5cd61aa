//! What groups of respondents see most differently, in the same words.

use super::share_table::{in_words, share_table};
use super::views::{SurveyContext, SurveyDraft};
use crate::compare::{PerceptionGap, PerceptionSubject};
use crate::domain::Unit;
use crate::exhibit::figure::{Figure, Heat};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::perception as words;

/// How many questions are shown.
const SHOWN: usize = 6;

pub(super) fn draft(survey: SurveyContext<'_>) -> Result<SurveyDraft, String> {
    let of_items =
        survey.perception.gaps.iter().filter(|gap| matches!(gap.subject, PerceptionSubject::Item(_)));
    let mut gaps: Vec<&PerceptionGap> = of_items.collect();
    if gaps.is_empty() {
        return Err(words::NO_TWO_GROUPS.to_owned());
    }
    gaps.sort_by(|a, b| {
        let wider = b.difference.points.total_cmp(&a.difference.points);
        wider.then_with(|| a.subject.cmp(&b.subject))
    });
    gaps.truncate(SHOWN);
    let subjects: Vec<PerceptionSubject> = gaps.iter().map(|gap| gap.subject).collect();
    let mut groups = survey.perception.latest.clone();
    groups.retain(|group| {
        subjects.iter().any(|subject| survey.perception.favorable(*subject, *group).is_some())
    });
    let figure = share_table(survey, &subjects, &groups);
    Ok(SurveyDraft {
        findings: finding(survey, gaps[0]).into_iter().collect(),
        sub_line: words::LARGEST_DIFFERENCES.to_owned(),
        table: table(&gaps, &figure),
        alt: words::in_words(&survey.context.spec.title, &in_words(&figure)),
        figure: Figure::Heat(figure),
        groups,
        method: words::DIFFERENCE_METHOD,
        direction: "",
        notes: Vec::new(),
    })
}

/// How two groups differ, if that is clear and of many people.
fn finding(survey: SurveyContext<'_>, gap: &PerceptionGap) -> Option<String> {
    let is_told = gap.difference.is_clear()
        && survey.is_group_of_many(gap.higher)
        && survey.is_group_of_many(gap.lower);
    let [higher, lower] = [gap.higher, gap.lower].map(|place| survey.people(place));
    is_told.then(|| {
        words::differ_most(&higher, &lower, survey.short_subject(gap.subject), gap.difference.points)
    })
}

fn table(gaps: &[&PerceptionGap], figure: &Heat) -> Table {
    let mut columns = vec![words::QUESTION.to_owned()];
    columns.extend(figure.columns.iter().cloned());
    columns.extend([words::WIDEST, words::CLEAR].map(str::to_owned));
    let mut rows = Vec::new();
    for (gap, row) in gaps.iter().zip(&figure.rows) {
        let mut cells = vec![ExhibitCell::Text(row.label.clone())];
        for cell in &row.cells {
            cells.push(match cell {
                Some(cell) => ExhibitCell::Text(cell.text.clone()),
                None => ExhibitCell::Absent(words::NOT_ASKED.to_owned()),
            });
        }
        cells.push(ExhibitCell::Number(gap.difference.points, Unit::Ratio));
        cells.push(ExhibitCell::Text(words::yes_or_no(gap.difference.is_clear()).to_owned()));
        rows.push(cells);
    }
    Table { columns, rows }
}
