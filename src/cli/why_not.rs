//! `retreat swot --why-not RULE`: why a rule proposed no candidate, or as which candidate.

use super::ending::CliError;
use super::text::WrappedText;
use crate::catalog::{Catalog, Rule, SurveyRule, did_you_mean};
use crate::finding::{Bar, ConditionFailure, RuleOutcome, SeriesFate, SeriesOutcome, SurveyOutcome};
use crate::wording::why_not::{self as wording, failure};

/// Width of the text, in columns.
const WIDTH: usize = 100;
/// How many series are listed.
const SERIES_LISTED: usize = 20;
/// How many measures without data are listed.
const MEASURES_LISTED: usize = 12;

/// The rule with this id.
///
/// # Errors
/// If there is none: the message suggests the id nearest to it.
pub(super) fn find_rule<'a>(catalog: &'a Catalog, id: &str) -> Result<&'a Rule, CliError> {
    catalog.rules.iter().find(|rule| rule.id == id).ok_or_else(|| {
        let of_surveys = catalog.perception.survey_rule.iter().map(|rule| rule.id.as_str());
        let all = catalog.rules.iter().map(|rule| rule.id.as_str()).chain(of_surveys);
        let suggestion = did_you_mean(id, all);
        CliError::Unknown(wording::no_rule(id, &suggestion))
    })
}

/// What became of a rule: complete, or only the first series.
pub(super) fn outcome_text(outcome: &RuleOutcome<'_>, is_whole: bool) -> String {
    let RuleOutcome { rule, series, without_data } = outcome;
    let candidates = series.iter().filter(|series| matches!(series.fate, SeriesFate::Proposed(_))).count();
    let mut text = WrappedText::new(WIDTH);
    for line in wording::heading(&rule.id, &rule.looks_for, candidates).lines() {
        text.paragraph(0, line);
    }
    if series.is_empty() {
        text.paragraph(2, wording::NOTHING_COVERED);
    }
    let limit = if is_whole { series.len() } else { SERIES_LISTED };
    for series in series.iter().take(limit) {
        add_series(&mut text, series, rule);
    }
    if series.len() > limit {
        text.paragraph(2, &wording::more_series(series.len() - limit));
    }
    if !without_data.is_empty() {
        let listed = without_data.iter().take(MEASURES_LISTED).map(|label| (*label).to_owned());
        let more = without_data.len().saturating_sub(MEASURES_LISTED);
        text.paragraph(2, &wording::without_data(&listed.collect::<Vec<_>>(), more));
    }
    text.into_string()
}

/// What became of a rule for surveys.
pub(super) fn survey_outcomes_text(rule: &SurveyRule, outcomes: &[SurveyOutcome]) -> String {
    let candidates = outcomes.iter().filter(|outcome| outcome.candidate.is_some()).count();
    let mut text = WrappedText::new(WIDTH);
    for line in wording::heading(&rule.id, &rule.looks_for, candidates).lines() {
        text.paragraph(0, line);
    }
    if outcomes.is_empty() {
        text.paragraph(2, wording::NOTHING_COVERED);
    }
    for SurveyOutcome { subject, value, limit, candidate } in outcomes {
        text.paragraph(2, &wording::of_survey(subject, *value, *limit, candidate.as_deref()));
    }
    text.into_string()
}

/// Adds what became of a series, and below it the conditions that it does not meet.
fn add_series(text: &mut WrappedText, series: &SeriesOutcome, rule: &Rule) {
    let subject = &series.subject;
    let line = match &series.fate {
        SeriesFate::Proposed(id) => wording::proposed(subject, id),
        SeriesFate::Absorbed(id) => wording::absorbed(subject, id),
        SeriesFate::InOtherQuadrant(id) => wording::in_other_quadrant(subject, id),
        SeriesFate::Barred(Bar::Old(years)) => wording::too_old(subject, *years),
        SeriesFate::Barred(Bar::Implausible) => wording::implausible(subject),
        SeriesFate::Barred(Bar::FewPeople(people)) => wording::few_people(subject, *people),
        SeriesFate::WithoutValue => wording::without_value(subject),
        SeriesFate::ConditionsFailed { failed, .. } => {
            wording::conditions_failed(subject, *failed, rule.when.len())
        }
    };
    text.paragraph(2, &line);
    if let SeriesFate::ConditionsFailed { reasons, .. } = &series.fate {
        for reason in reasons {
            text.paragraph(4, &failure_text(reason));
        }
    }
}

fn failure_text(reason: &ConditionFailure) -> String {
    match reason {
        ConditionFailure::NotMet(condition) => failure::not_met(condition),
        ConditionFailure::TooFewYears(years) => failure::too_few_years(*years),
        ConditionFailure::NoPriceIndex(year) => failure::no_price_index(*year),
        ConditionFailure::TooSmall { difference, meaningful } => failure::too_small(difference, meaningful),
        ConditionFailure::NotClear(Some(adjusted)) => failure::not_significant(*adjusted),
        ConditionFailure::NotClear(None) => failure::NOT_CLEAR.to_owned(),
        ConditionFailure::NotTested => failure::NOT_TESTED.to_owned(),
        ConditionFailure::NoEarlierValue => failure::NO_EARLIER_VALUE.to_owned(),
        ConditionFailure::TooFewPeers => failure::TOO_FEW_PEERS.to_owned(),
        ConditionFailure::TooFewDistricts => failure::TOO_FEW_DISTRICTS.to_owned(),
        ConditionFailure::NothingExpected => failure::NOTHING_EXPECTED.to_owned(),
        ConditionFailure::NoBetterDirection => failure::NO_BETTER_DIRECTION.to_owned(),
        ConditionFailure::NoTarget => failure::NO_TARGET.to_owned(),
        ConditionFailure::NothingBeside => failure::NOTHING_BESIDE.to_owned(),
        ConditionFailure::NoReferenceGroup => failure::NO_REFERENCE_GROUP.to_owned(),
        ConditionFailure::NoRiskRatio => failure::NO_RISK_RATIO.to_owned(),
        ConditionFailure::NoShift => failure::NO_SHIFT.to_owned(),
        ConditionFailure::NoGapChange => failure::NO_GAP_CHANGE.to_owned(),
        ConditionFailure::NoRecovery => failure::NO_RECOVERY.to_owned(),
        ConditionFailure::NoPlaceBefore => failure::NO_PLACE_BEFORE.to_owned(),
        ConditionFailure::TooFewSchools => failure::TOO_FEW_SCHOOLS.to_owned(),
        ConditionFailure::GroupsIncomplete => failure::GROUPS_INCOMPLETE.to_owned(),
        ConditionFailure::NoProjection => failure::NO_PROJECTION.to_owned(),
        ConditionFailure::UnknownPeople => failure::UNKNOWN_PEOPLE.to_owned(),
        ConditionFailure::Unknown => failure::UNKNOWN.to_owned(),
    }
}
