//! A rule of the catalog applied to one series.

use std::collections::BTreeMap;

use super::facts::{FactValue, fact_value};
use super::lines::EvidenceLine;
use super::series::MeasuredSeries;
use crate::catalog::{Condition, Measure, Operator, Rule, RuleFact};
use crate::compare::{Comparison, Comparisons};
use crate::domain::{ALL, MeasureKey, SchoolYear};

/// What all checks of a district share.
pub(super) struct DistrictContext<'a> {
    pub(super) comparisons: &'a Comparisons,
    /// The project's own thresholds, by `RULE.NAME`.
    changed_thresholds: &'a BTreeMap<String, f64>,
    /// The newest year in which any series has a value.
    newest: Option<SchoolYear>,
}

impl<'a> DistrictContext<'a> {
    pub(super) fn new(comparisons: &'a Comparisons, changed_thresholds: &'a BTreeMap<String, f64>) -> Self {
        let latest = comparisons.all.iter().filter_map(Comparison::latest);
        Self { comparisons, changed_thresholds, newest: latest.map(|point| point.year).max() }
    }
}

/// A rule applied to a series of a district.
pub(super) struct RuleCheck<'a> {
    pub(super) rule: &'a Rule,
    pub(super) series: MeasuredSeries<'a>,
    pub(super) district: &'a DistrictContext<'a>,
}

impl<'a> RuleCheck<'a> {
    pub(super) const fn comparison(&self) -> &'a Comparison {
        self.series.comparison
    }

    pub(super) const fn measure(&self) -> &'a Measure {
        self.series.measure
    }

    /// Whether the rule applies to the series, and all its conditions hold.
    pub(super) fn passes(&self) -> bool {
        self.covers() && self.rule.when.iter().all(|condition| self.holds(condition))
    }

    /// Whether the rule applies to the series.
    pub(super) fn covers(&self) -> bool {
        let key = &self.comparison().key;
        covers_measure(self.rule, self.measure()) && self.covers_group(key) && self.covers_part(key)
    }

    fn covers_group(&self, key: &MeasureKey) -> bool {
        match self.rule.groups.as_slice() {
            [] => key.group == ALL,
            [every] if every == "*" => key.group != ALL,
            listed => listed.contains(&key.group),
        }
    }

    fn covers_part(&self, key: &MeasureKey) -> bool {
        self.rule.each_grade_and_subject || (key.grade.is_all() && key.subject == ALL)
    }

    /// Whether a condition holds; it does not if its fact is unknown.
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        match fact_value(condition.fact, self.comparison(), self.measure()) {
            Some(FactValue::Number(number)) => match self.limit(condition) {
                Some(limit) => number_holds(number, condition.is, limit),
                None => false,
            },
            Some(FactValue::Word(word)) => match &condition.word {
                Some(wanted) => word_holds(word, condition.is, wanted),
                None => false,
            },
            None => false,
        }
    }

    /// The threshold that a condition names.
    pub(super) fn limit(&self, condition: &Condition) -> Option<f64> {
        self.threshold(condition.than.as_deref()?)
    }

    /// A threshold of the rule: the project's, or else the catalog's.
    fn threshold(&self, name: &str) -> Option<f64> {
        let changed = self.district.changed_thresholds.get(&format!("{}.{name}", self.rule.id));
        changed.copied().or_else(|| Some(self.rule.thresholds.get(name)?.value))
    }

    /// The fact of the rule's first condition: what the rule is about.
    pub(super) fn first_fact(&self) -> Option<RuleFact> {
        Some(self.rule.when.first()?.fact)
    }

    /// The line of evidence that the rule is about: that of its first condition. `None` for a value compared with a fixed
    /// threshold.
    pub(super) fn line(&self) -> Option<EvidenceLine> {
        self.first_fact().and_then(EvidenceLine::of)
    }

    /// By how many years the series' latest value is older than the district's newest.
    pub(super) fn age(&self) -> i32 {
        match (self.comparison().latest(), self.district.newest) {
            (Some(latest), Some(newest)) => newest.end() - latest.year.end(),
            _ => 0,
        }
    }
}

/// Whether the rule names the measure, or its domain. A total mainly says how large the district is, so only a rule that
/// names it covers it.
pub(super) fn covers_measure(rule: &Rule, measure: &Measure) -> bool {
    let is_judged = measure.better.sign() != 0.0 && !measure.adds_up();
    rule.measures.contains(&measure.id) || (is_judged && rule.domains.contains(&measure.domain))
}

fn number_holds(number: f64, operator: Operator, limit: f64) -> bool {
    match operator {
        Operator::AtLeast => number >= limit,
        Operator::AtMost => number <= limit,
        Operator::Above => number > limit,
        Operator::Below => number < limit,
        Operator::Is | Operator::IsNot => false,
    }
}

fn word_holds(word: &str, operator: Operator, wanted: &str) -> bool {
    match operator {
        Operator::Is => word == wanted,
        Operator::IsNot => word != wanted,
        Operator::AtLeast | Operator::AtMost | Operator::Above | Operator::Below => false,
    }
}
