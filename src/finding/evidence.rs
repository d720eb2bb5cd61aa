//! The evidence for a candidate, in plain words with the cells behind it.

use std::collections::BTreeSet;

use super::candidate::Evidence;
use super::clauses;
use super::conditions::condition_text;
use super::confidence::SecondLine;
use super::facts::fact_value;
use super::lines::EvidenceLine;
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use crate::catalog::Rule;
use crate::compare::{Change, Comparison, Direction, Expected, GroupGap, TestResult, Trend, wilson};
use crate::domain::Unit;
use crate::wording::evidence::{self as words, ChangeDollars, ExpectedBasis, GapCourse, TestedResult};

/// The most cells that are listed for one piece of evidence.
const MOST_CELLS: usize = 12;

/// Every condition of the rule with the value of its fact (the first with the cells of the latest value), what the values are
/// based on, and a second line of evidence.
pub(super) fn supporting(check: &RuleCheck<'_>, second: Option<&SecondLine<'_>>) -> Vec<Evidence> {
    let mut evidence = condition_evidence(check);
    evidence.extend(basis_texts(check).into_iter().map(without_sources));
    evidence.extend(second.map(|second| second_line_evidence(check, second)));
    evidence
}

/// A piece of evidence without cells.
pub(super) fn without_sources(text: String) -> Evidence {
    Evidence { text, sources: Vec::new() }
}

fn condition_evidence(check: &RuleCheck<'_>) -> Vec<Evidence> {
    let mut sources = cells(check.comparison());
    let mut evidence = Vec::new();
    for condition in &check.rule.when {
        let Some(value) = fact_value(condition.fact, check) else { continue };
        let text = condition_text(check, condition, value);
        evidence.push(Evidence { text, sources: std::mem::take(&mut sources) });
    }
    evidence
}

/// The cells of the latest value and of the first value of the run.
fn cells(comparison: &Comparison) -> Vec<String> {
    let latest = comparison.latest();
    let first_year = comparison.trend.as_ref().map(|trend| trend.first_year);
    let first = comparison.points.iter().find(|point| Some(point.year) == first_year);
    let first = first.filter(|point| Some(point.year) != latest.map(|latest| latest.year));
    let points = latest.into_iter().chain(first);
    points.flat_map(|point| &point.sources).take(MOST_CELLS).map(ToString::to_string).collect()
}

/// The uncertainty of the facts that the rule is about: intervals, tests, expected values, and the change
/// since the project's base year.
fn basis_texts(check: &RuleCheck<'_>) -> Vec<String> {
    let series = &check.series;
    let mut texts: Vec<String> = interval_text(series).into_iter().collect();
    let lines = lines_of(check.rule);
    texts.extend(lines.iter().filter_map(|line| test_text(series.comparison, *line)));
    if lines.contains(&EvidenceLine::Gap) {
        texts.extend(series.comparison.gap.iter().flat_map(|gap| gap_texts(series, gap)));
    }
    if lines.contains(&EvidenceLine::Level) {
        texts
            .extend(series.comparison.expected.as_ref().and_then(|expected| expected_text(series, expected)));
    }
    texts.extend(
        series.comparison.changes.since_base.map(|change| change_since_text(series.measure.unit, change)),
    );
    texts
}

/// The lines of evidence that the rule's facts belong to.
fn lines_of(rule: &Rule) -> BTreeSet<EvidenceLine> {
    rule.when.iter().filter_map(|condition| EvidenceLine::of(condition.fact)).collect()
}

/// The confidence interval of a rate whose n is known.
fn interval_text(series: &MeasuredSeries<'_>) -> Option<String> {
    let latest = series.comparison.latest()?;
    let n = latest.n?;
    let (low, high) = wilson(latest.value? / 100.0, n).filter(|_| series.measure.unit == Unit::Percent)?;
    let people = series.measure.people.as_deref().unwrap_or(words::PEOPLE);
    Some(words::rate_interval([100.0 * low, 100.0 * high], n, people))
}

fn test_text(comparison: &Comparison, line: EvidenceLine) -> Option<String> {
    let test = line.test(comparison)?;
    let what = match line {
        EvidenceLine::Level => words::DIFFERENCE_FROM_PEERS,
        EvidenceLine::Trend => words::TREND,
        EvidenceLine::Gap => words::GAP,
        EvidenceLine::Place => return None,
        EvidenceLine::SinceBase => words::CHANGE_SINCE_BASE,
        EvidenceLine::FiveYears => words::CHANGE_FIVE_YEARS,
        EvidenceLine::OneYear => words::CHANGE_ONE_YEAR,
    };
    let TestResult { p, adjusted } = test;
    Some(words::tested(what, TestedResult { p, adjusted, is_clear: test.passes() }))
}

/// The interval of a gap, the number of people on both sides, and its trend: one sentence for each that is
/// known.
fn gap_texts(series: &MeasuredSeries<'_>, gap: &GroupGap) -> Vec<String> {
    let trend = gap.trend.as_ref().and_then(|trend| gap_trend_text(gap, trend));
    [gap_interval_text(series, gap), gap_people_text(gap), trend].into_iter().flatten().collect()
}

fn gap_interval_text(series: &MeasuredSeries<'_>, gap: &GroupGap) -> Option<String> {
    let (low, high) = gap.interval?;
    Some(words::gap_interval(series.measure.unit, [low, high]))
}

fn gap_people_text(gap: &GroupGap) -> Option<String> {
    Some(words::gap_people(gap.n?, gap.beside?))
}

fn gap_trend_text(gap: &GroupGap, trend: &Trend) -> Option<String> {
    let has_changed_sign = trend.first * trend.last < 0.0;
    let course = match trend.direction {
        Direction::Rising | Direction::Falling if has_changed_sign => GapCourse::Reversed,
        Direction::Rising if gap.gap < 0.0 => GapCourse::Narrowed,
        Direction::Falling if gap.gap < 0.0 => GapCourse::Widened,
        Direction::Rising => GapCourse::Widened,
        Direction::Falling => GapCourse::Narrowed,
        Direction::Steady => GapCourse::Steady,
        Direction::NoClearDirection => GapCourse::Unclear,
        Direction::TooFewYears => return None,
    };
    Some(words::gap_trend(course, trend.first_year))
}

/// The difference from the expected value, if it is large.
fn expected_text(series: &MeasuredSeries<'_>, expected: &Expected) -> Option<String> {
    let difference = clauses::expected(series)?;
    let basis = ExpectedBasis {
        matched_in: expected.matched_in,
        districts: expected.n,
        r_squared: expected.r_squared,
    };
    Some(words::expected(&difference, basis))
}

/// The change since the base year. Money is in constant dollars, or has a remark that it is not.
fn change_since_text(unit: Unit, change: Change) -> String {
    let dollars = match change.real_from {
        Some(_) => ChangeDollars::AfterInflation,
        None if unit.is_money() => ChangeDollars::NotAdjusted,
        None => ChangeDollars::None,
    };
    words::change_since(change.from_year, unit, change.size(), dollars)
}

/// What agrees with the rule's line of evidence.
fn second_line_evidence(check: &RuleCheck<'_>, second: &SecondLine<'_>) -> Evidence {
    let tests = &check.comparison().tests;
    match second {
        SecondLine::Level => without_sources(words::level_agrees(adjusted_p(tests.level))),
        SecondLine::Trend => without_sources(words::trend_agrees(adjusted_p(tests.trend))),
        SecondLine::OtherSeries(other) => {
            let subject = MeasuredSeries { comparison: other, ..check.series }.subject();
            let text = words::other_series_agrees(&subject, adjusted_p(other.tests.level));
            Evidence { text, sources: cells(other) }
        }
    }
}

fn adjusted_p(test: Option<TestResult>) -> Option<f64> {
    Some(test?.adjusted)
}
