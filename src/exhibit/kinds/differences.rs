//! Grades and subjects by year, as differences from the peers' median.

use super::context::ExhibitContext;
use super::description::subject_label;
use super::draft::{ExhibitDraft, YearSpan, above};
use super::labels::year_labels;
use super::series::{ExhibitSeries, base_key, comparisons_of};
use super::split::single_grades;
use crate::catalog::Measure;
use crate::domain::{MeasureKey, SchoolYear};
use crate::exhibit::figure::{Figure, Heat, HeatCell, HeatRow};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::ChartInWords;
use crate::wording::exhibit as words;
use crate::wording::finding_parts;

/// The difference, in meaningful changes, from which on a cell has the strongest shade.
const STRONGEST: f64 = 4.0;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let shown = all_series(context);
    let latest = shown.iter().filter_map(ExhibitSeries::latest_year).max();
    let latest = latest.ok_or(words::NO_VALUE)?;
    let mut years: Vec<i32> = (latest + 1 - context.spec.years as i32..=latest).collect();
    years.retain(|year| shown.iter().any(|series| difference(series, *year).is_some()));
    let compared: Vec<&ExhibitSeries<'a>> =
        shown.iter().filter(|series| years.iter().any(|year| difference(series, *year).is_some())).collect();
    if compared.len() < 2 {
        return Err(words::TOO_FEW_PEERS_HAVE_VALUE.to_owned());
    }
    let span = YearSpan { first: years.first().copied().unwrap_or(latest), last: latest };
    let sub_line = sub_line(&compared, span);
    Ok(ExhibitDraft {
        figure: Figure::Heat(figure(&compared, &years)),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.table(),
        findings: above(&sub_line, finding(context, &compared, latest)),
        sub_line,
        table: table(&compared, &years),
        series: comparisons_of(&compared),
        years: span,
        notes: context.peers_note().into_iter().collect(),
    })
}

/// The series of each subject and grade: of the first measure that has any.
fn all_series<'a>(context: &ExhibitContext<'a>) -> Vec<ExhibitSeries<'a>> {
    for id in &context.spec.measures {
        let Some(measure) = context.catalog.measures.get(id) else { continue };
        let mut found = Vec::new();
        for subject in &context.spec.values {
            found.extend(series_of_subject(context, measure, subject));
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn series_of_subject<'a>(
    context: &ExhibitContext<'a>,
    measure: &'a Measure,
    subject: &str,
) -> Vec<ExhibitSeries<'a>> {
    let base = MeasureKey { subject: subject.to_owned(), ..base_key(context, &measure.id) };
    let name = subject_label(context.catalog, subject);
    let mut found = Vec::new();
    for grade in single_grades(context, &base) {
        let label = words::part_of(&name, &grade.label());
        found.extend(ExhibitSeries::new(context, measure, &MeasureKey { grade, ..base.clone() }, label));
    }
    found
}

/// The value minus the peers' median.
fn difference(series: &ExhibitSeries<'_>, year: i32) -> Option<f64> {
    Some(series.value(year)? - series.standing(year)?.peer_median?)
}

fn figure(shown: &[&ExhibitSeries<'_>], years: &[i32]) -> Heat {
    Heat {
        columns: year_labels(years),
        of_years: true,
        rows: shown.iter().map(|series| row(series, years)).collect(),
        ends: (words::BELOW_PEER_MEDIAN.to_owned(), words::ABOVE_PEER_MEDIAN.to_owned()),
    }
}

fn row(series: &ExhibitSeries<'_>, years: &[i32]) -> HeatRow {
    HeatRow { label: series.label.clone(), cells: years.iter().map(|year| cell(series, *year)).collect() }
}

fn cell(series: &ExhibitSeries<'_>, year: i32) -> Option<HeatCell> {
    let difference = difference(series, year)?;
    let size = difference / (STRONGEST * series.measure.meaningful_change);
    let shade = (series.measure.better.sign() * size).clamp(-1.0, 1.0);
    Some(HeatCell { text: words::signed(series.measure.unit, difference), shade: Some(shade) })
}

fn table(shown: &[&ExhibitSeries<'_>], years: &[i32]) -> Table {
    let mut columns = vec![words::GRADE_AND_SUBJECT.to_owned()];
    columns.extend(year_labels(years));
    Table { columns, rows: shown.iter().map(|series| table_row(series, years)).collect() }
}

fn table_row(series: &ExhibitSeries<'_>, years: &[i32]) -> Vec<ExhibitCell> {
    let mut row = vec![ExhibitCell::Text(series.label.clone())];
    for year in years {
        row.push(match difference(series, *year) {
            Some(difference) => ExhibitCell::Text(words::signed(series.measure.unit, difference)),
            None => series.cell_of(None, *year),
        });
    }
    row
}

/// In how many grades and subjects the district was above the peers' median in the latest year; `None` if its peers are not like
/// it.
fn finding(context: &ExhibitContext<'_>, shown: &[&ExhibitSeries<'_>], latest: i32) -> Option<String> {
    let differences: Vec<f64> = shown.iter().filter_map(|series| difference(series, latest)).collect();
    let above = differences.iter().filter(|difference| **difference > 0.0).count();
    let can_say = context.are_peers_alike() && differences.len() > 1;
    can_say.then(|| finding_parts::above_median_in(above, differences.len()))
}

fn sub_line(shown: &[&ExhibitSeries<'_>], span: YearSpan) -> String {
    let [Ok(first), Ok(last)] = [span.first, span.last].map(SchoolYear::ending) else { return String::new() };
    finding_parts::differences_in_years(shown.len(), first, last)
}
