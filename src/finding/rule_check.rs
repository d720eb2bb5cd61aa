//! A rule of the catalog applied to one series.

use super::choices::ProjectChoices;
use super::coverage::covers_measure;
use super::facts::{FactValue, fact_value};
use super::lines::EvidenceLine;
use super::series::{Bar, MeasuredSeries};
use crate::catalog::{Beside, Catalog, Condition, Measure, Operator, Rule, RuleFact, Target};
use crate::compare::{Comparison, Comparisons};
use crate::domain::{ALL, Grade, MeasureKey};

/// What all checks of a district share.
pub(super) struct DistrictContext<'a> {
    pub(super) comparisons: &'a Comparisons,
    /// The project's own thresholds and targets.
    choices: &'a ProjectChoices,
    /// Whether the peers are enough, and enough like the district, to compare it with them.
    pub(super) has_alike_peers: bool,
}

impl<'a> DistrictContext<'a> {
    /// A series of the district with its measure.
    pub(super) const fn series(
        &self,
        comparison: &'a Comparison,
        measure: &'a Measure,
        catalog: &'a Catalog,
    ) -> MeasuredSeries<'a> {
        let all_districts = self.comparisons.all_districts;
        MeasuredSeries {
            comparison,
            measure,
            catalog,
            has_alike_peers: self.has_alike_peers,
            all_districts,
            has_short_name: false,
        }
    }

    pub(super) fn new(comparisons: &'a Comparisons, choices: &'a ProjectChoices) -> Self {
        Self { comparisons, choices, has_alike_peers: comparisons.peers.are_alike() }
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

    /// Why nothing may be said of the series, though its value would meet every condition; `None` if something may.
    pub(super) fn bar(&self) -> Option<Bar> {
        self.series.bar(self.district.comparisons)
    }

    /// Whether the rule applies to the series.
    pub(super) fn covers(&self) -> bool {
        let key = &self.comparison().key;
        self.covers_group(key)
            && self.covers_part(key)
            && covers_measure(self.rule, self.measure(), self.series.catalog)
    }

    fn covers_group(&self, key: &MeasureKey) -> bool {
        match self.rule.groups.as_slice() {
            [] => key.group == ALL,
            [every] if every == "*" => key.group != ALL,
            listed => listed.contains(&key.group),
        }
    }

    fn covers_part(&self, key: &MeasureKey) -> bool {
        if !self.rule.grades.is_empty() {
            return self.rule.grades.iter().any(|grade| grade == key.grade.id());
        }
        self.rule.each_grade_and_subject || (key.grade.is_all() && key.subject == ALL)
    }

    /// The series that the rule compares this one with.
    pub(super) fn beside(&self) -> Option<&'a Comparison> {
        let Beside { measure, group, grade, subject } = self.rule.beside.as_ref()?;
        let mut key = self.comparison().key.clone();
        if let Some(measure) = measure {
            measure.clone_into(&mut key.measure);
        }
        if let Some(group) = group {
            group.clone_into(&mut key.group);
        }
        if let Some(subject) = subject {
            subject.clone_into(&mut key.subject);
        }
        if let Some(grade) = grade {
            key.grade = Grade::parse(grade)?;
        }
        self.district.comparisons.get(&key)
    }

    /// The same with its measure.
    pub(super) fn series_beside(&self) -> Option<MeasuredSeries<'a>> {
        let comparison = self.beside()?;
        let measure = self.series.catalog.measures.get(&comparison.key.measure)?;
        Some(MeasuredSeries { comparison, measure, ..self.series })
    }

    /// The percentile of the series beside this one among the peers, high if good; `None` unless both have a value in this year.
    pub(super) fn favorable_percentile_beside(&self) -> Option<f64> {
        let other = self.series_beside()?;
        let (latest, standing) = (other.comparison.latest()?, other.standing_among_alike()?);
        let (percentile, median) = standing.peer_percentile.zip(standing.peer_median)?;
        let sign = other.measure.better.sign();
        if latest.year != self.comparison().latest()?.year || sign == 0.0 {
            return None;
        }
        let is_same = other.measure.is_about(latest.value?, median);
        Some(if is_same { 50.0 } else { 50.0 + sign * (percentile - 50.0) })
    }

    /// The project's target for the series.
    pub(super) fn target(&self) -> Option<&'a Target> {
        self.district.choices.targets.get(&self.comparison().key.slug())
    }

    /// Whether the project's target for the series has been reached, or its year has come.
    pub(super) fn is_target_decided(&self) -> bool {
        let (target, latest) = (self.target(), self.comparison().latest());
        target.zip(latest).is_some_and(|(target, latest)| {
            let missing = latest.value.map(|value| self.measure().better.sign() * (target.value - value));
            let is_due = target.year.is_none_or(|year| year <= latest.year.end());
            is_due || missing.is_some_and(|missing| missing <= 0.0)
        })
    }

    /// Whether a condition holds; it does not if its fact is unknown.
    pub(super) fn holds(&self, condition: &Condition) -> bool {
        match fact_value(condition.fact, self) {
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
        let changed = self.district.choices.thresholds.get(&format!("{}.{name}", self.rule.id));
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

    /// By how many years the series' latest value is older than the newest of any district.
    pub(super) fn age(&self) -> i32 {
        self.series.age(self.district.comparisons.newest)
    }
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
