//! How participation in a test limits what its results say: where more students take it, results fall by that alone.

use super::candidate::Evidence;
use super::clauses;
use super::evidence::without_sources;
use super::lines::EvidenceLine;
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use super::short_subject::finding_subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, Comparisons};
use crate::domain::{ALL, Grade, MeasureKey, SchoolYear};
use crate::wording::caveat;

/// The years that a candidate compares.
struct ComparedYears {
    from: SchoolYear,
    to: SchoolYear,
}

/// What participation says against a candidate about results: that it moved the other way over the same years, or that it is as
/// unusual as the level. `None` if it did not, or is unknown.
pub(super) fn participation(check: &RuleCheck<'_>) -> Option<Evidence> {
    let found = participation_in(check.district.comparisons, check.comparison(), check.series.catalog)?;
    let taken = MeasuredSeries { comparison: found.comparison, measure: found.measure, ..check.series };
    let text = match compared_years(check) {
        Some(years) => moved_against(check.comparison(), &found, &years)
            .map(|moved| caveat::participation_moved(&taken.subject(), taken.measure.unit, moved)),
        None => stands_against(check, &taken),
    };
    text.map(without_sources)
}

/// What a chart of results must say about participation: that it moved the other way between two years. `None` if it did not, or is
/// unknown.
pub(crate) fn participation_on_chart(
    district: &Comparisons,
    results: &Comparison,
    catalog: &Catalog,
    [from, to]: [SchoolYear; 2],
) -> Option<String> {
    let found = participation_in(district, results, catalog)?;
    let moved = moved_against(results, &found, &ComparedYears { from, to })?;
    let words = finding_subject(&found.comparison.key, found.measure, catalog, false).name;
    Some(caveat::participation_on_chart(&words, found.measure.unit, moved))
}

/// Participation in a test.
struct Participation<'a> {
    comparison: &'a Comparison,
    measure: &'a Measure,
}

/// Participation in the test that results are of: that of the same students in the same subject, or else in all subjects.
fn participation_in<'a>(
    district: &'a Comparisons,
    results: &Comparison,
    catalog: &'a Catalog,
) -> Option<Participation<'a>> {
    let rate = catalog.findings.participation_in(&results.key.measure)?;
    let measure = catalog.measures.get(rate)?;
    let same = MeasureKey { measure: rate.to_owned(), ..results.key.clone() };
    let of_all_subjects = MeasureKey { subject: ALL.to_owned(), ..same.clone() };
    let of_all_grades = MeasureKey { grade: Grade::all(), ..of_all_subjects.clone() };
    let keys = [same, of_all_subjects, of_all_grades];
    let comparison = keys.iter().find_map(|key| district.get(key))?;
    Some(Participation { comparison, measure })
}

/// The years between which the rule sees a change; `None` if it is about a level.
fn compared_years(check: &RuleCheck<'_>) -> Option<ComparedYears> {
    let comparison = check.comparison();
    let to = comparison.latest()?.year;
    let from = match check.line()? {
        EvidenceLine::Trend => comparison.trend.as_ref()?.first_year,
        line => line.change(comparison)?.from_year,
    };
    Some(ComparedYears { from, to })
}

/// By how much participation moved, if that matters and the results moved the other way.
fn moved_against(results: &Comparison, taken: &Participation<'_>, years: &ComparedYears) -> Option<f64> {
    let moved = change_between(taken.comparison, years)?;
    let matters = moved.abs() >= taken.measure.matters_from(value_in(taken.comparison, years.from)?);
    (matters && moved * change_between(results, years)? < 0.0).then_some(moved)
}

/// That participation is among the highest of all districts where the results are in the lower half, or the reverse.
fn stands_against(check: &RuleCheck<'_>, taken: &MeasuredSeries<'_>) -> Option<String> {
    let results = check.comparison().standing()?;
    let standing = taken.comparison.standing().filter(|standing| standing.year == results.year)?;
    let (taken_at, results_at) = (standing.state_percentile?, results.state_percentile?);
    let limits = &check.series.catalog.findings.unusual_participation;
    let is_high = taken_at >= limits.high && results_at < 50.0;
    let is_low = taken_at <= limits.low && results_at > 50.0;
    if !is_high && !is_low {
        return None;
    }
    Some(caveat::participation_unusual(&clauses::level(taken)?, &clauses::state(taken)?, is_high))
}

fn change_between(comparison: &Comparison, years: &ComparedYears) -> Option<f64> {
    Some(value_in(comparison, years.to)? - value_in(comparison, years.from)?)
}

/// The value of a year of the comparable run.
fn value_in(comparison: &Comparison, year: SchoolYear) -> Option<f64> {
    comparison.run().find(|(reported, _)| *reported == year).map(|(_, value)| value)
}
