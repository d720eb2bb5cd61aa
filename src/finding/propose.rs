//! Applying every rule to every series.

use super::candidate::{Confidence, Finding, Findings};
use super::choices::ProjectChoices;
use super::confidence::{SecondLine, confidence, second_line};
use super::coverage::covers_measure;
use super::merge::{ItemKey, Proposal, folded};
use super::noticing::worth_noticing;
use super::participation::participation;
use super::ranking::ranked;
use super::rule_check::{DistrictContext, RuleCheck};
use super::size::size;
use super::{brief, caveats, clauses, evidence, evidence_line, statement};
use crate::catalog::{Catalog, Clause, Measure, Rule, RuleFact};
use crate::compare::{Comparison, Comparisons};
use crate::domain::{ALL, ItemNumber, MeasureKey, SchoolYear};

/// Proposes the candidates of a district.
#[must_use]
pub fn propose(comparisons: &Comparisons, catalog: &Catalog, choices: &ProjectChoices) -> Findings {
    let district = DistrictContext::new(comparisons, choices);
    let mut proposals = super::perception::proposals(comparisons, catalog, choices);
    if ended(comparisons, catalog).is_some() {
        return Findings {
            all: ranked(folded(proposals, &catalog.findings), &catalog.findings),
            worth_noticing: Vec::new(),
        };
    }
    for (measure, all) in by_measure(&comparisons.all, catalog) {
        let rules: Vec<&Rule> =
            catalog.rules.iter().filter(|rule| covers_measure(rule, measure, catalog)).collect();
        for comparison in all {
            let series = district.series(comparison, measure, catalog);
            for rule in &rules {
                proposals.extend(proposal(&RuleCheck { rule, series, district: &district }));
            }
        }
    }
    let all = ranked(folded(proposals, &catalog.findings), &catalog.findings);
    let worth_noticing = worth_noticing(comparisons, catalog, &all);
    Findings { all, worth_noticing }
}

/// The last school year of a district that has merged, closed, or stopped reporting; `None` if it is as new as the others.
#[must_use]
pub fn ended(comparisons: &Comparisons, catalog: &Catalog) -> Option<SchoolYear> {
    let last = comparisons.all.iter().filter_map(|one| Some(one.latest()?.year)).max()?;
    let age = comparisons.newest?.end() - last.end();
    (age > catalog.findings.ended_after).then_some(last)
}

/// The series of each measure; all of one measure stand together.
fn by_measure<'a>(
    all: &'a [Comparison],
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a Measure, &'a [Comparison])> {
    let groups = all.chunk_by(|a, b| a.key.measure == b.key.measure);
    groups.filter_map(|group| Some((catalog.measures.get(&group.first()?.key.measure)?, group)))
}

/// The candidate of a rule; `None` where the rule does not apply.
fn proposal(check: &RuleCheck<'_>) -> Option<Proposal> {
    if !check.passes() || check.bar().is_some() {
        return None;
    }
    let is_share = amount_of_share(check.measure(), check.series.catalog).is_some();
    let is_target = check.first_fact() == Some(RuleFact::FavorableTargetGap) && check.is_target_decided();
    let participation = participation(check);
    Some(Proposal { item: item_key(check), is_share, is_target, participation, finding: finding(check)? })
}

/// Which candidates form one item.
fn item_key(check: &RuleCheck<'_>) -> ItemKey {
    let (key, measure) = (&check.comparison().key, check.measure());
    let story = check.series.catalog.findings.story_of(&measure.id);
    let is_judged = measure.better.sign() != 0.0;
    ItemKey {
        story: check.rule.story.as_ref().or(story.map(|story| &story.id)).unwrap_or(&measure.id).clone(),
        group: if is_judged || story.is_some() { ALL.to_owned() } else { key.group.clone() },
        aspect: check.series.catalog.findings.aspect_of(&check.rule.family).to_owned(),
    }
}

/// The amount that a measure is a share of, if both are judged alike (the surplus, the fund balance), so that
/// both state the same thing.
fn amount_of_share<'a>(measure: &Measure, catalog: &'a Catalog) -> Option<&'a Measure> {
    let derive = measure.derive.as_ref()?;
    let is_share = derive.minus.is_empty() && derive.numerator.len() == 1 && !derive.denominator.is_empty();
    let amount = catalog.measures.get(derive.numerator.first().filter(|_| is_share)?)?;
    let is_judged_alike = amount.better == measure.better && amount.better.sign() != 0.0;
    is_judged_alike.then_some(amount)
}

/// The id of a rule's candidate on a series: `RULE.KEY-SLUG`.
pub(super) fn candidate_id(rule: &Rule, key: &MeasureKey) -> String {
    format!("{}.{}", rule.id, key.slug())
}

fn finding(check: &RuleCheck<'_>) -> Option<Finding> {
    let (rule, series, comparison) = (check.rule, &check.series, check.comparison());
    let latest = comparison.latest()?;
    let confidence = confidence(check);
    Some(Finding {
        id: candidate_id(rule, &comparison.key),
        number: ItemNumber { quadrant: rule.quadrant, rank: 0 },
        quadrant: rule.quadrant,
        statement: statement::statement(check),
        brief: brief::brief(check),
        evidence_line: evidence_line::evidence_line(series),
        doubt_line: String::new(),
        question: rule.question.clone(),
        domain: series.measure.domain.clone(),
        key: comparison.key.clone(),
        value: latest.value?,
        unit: series.measure.unit,
        year: latest.year,
        comparison: peers_text(check),
        trend: clauses::trend(series).unwrap_or_default(),
        confidence,
        score: size(check) * weight(confidence),
        rule: rule.id.clone(),
        evidence: evidence::supporting(check, second_line_of_strong(check, confidence).as_ref()),
        counter_evidence: caveats::caveats(check),
        absorbed: Vec::new(),
        story: item_key(check).story,
        is_shown: false,
    })
}

/// The comparison with the peers in words, if the rule's statement includes it.
fn peers_text(check: &RuleCheck<'_>) -> String {
    if !check.rule.say.contains(&Clause::Peers) {
        return String::new();
    }
    clauses::peers(&check.series).unwrap_or_default()
}

/// A second line of evidence is listed only for a strong candidate.
fn second_line_of_strong<'a>(check: &RuleCheck<'a>, confidence: Confidence) -> Option<SecondLine<'a>> {
    second_line(check).filter(|_| confidence == Confidence::Strong)
}

/// The factor by which confidence scales a candidate's score.
pub(super) const fn weight(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::Strong => 1.0,
        Confidence::Moderate => 0.7,
        Confidence::Tentative => 0.3,
    }
}
