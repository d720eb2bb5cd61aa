//! Asking every rule of every comparison.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Confidence, Finding, Findings};
use super::facts::{Known, Line, direction, fact, line, line_test, meaningful};
use super::merge::{Proposed, Same, merged};
use super::{evidence, statement};
use crate::catalog::{Catalog, Clause, Condition, Fact, Measure, Operator, Rule};
use crate::compare::{Comparison, Comparisons, Direction, wilson};
use crate::domain::{ALL, SchoolYear, Unit};

/// Proposes the candidates of a district. `changed` are the project's thresholds, by `RULE.NAME`.
#[must_use]
pub fn propose(comparisons: &Comparisons, catalog: &Catalog, changed: &BTreeMap<String, f64>) -> Findings {
    let mut all = Vec::new();
    let newest = comparisons.all.iter().filter_map(|c| Some(c.latest()?.year)).max();
    for rule in &catalog.rules {
        for comparison in &comparisons.all {
            let Some(measure) = catalog.measures.get(&comparison.key.measure) else { continue };
            let age = comparison.latest().zip(newest).map_or(0, |(l, newest)| newest.end() - l.year.end());
            let base = comparisons.base_year;
            let asked = Asked { rule, comparison, measure, all: &comparisons.all, changed, age, base };
            if asked.is_asked() && rule.when.iter().all(|c| asked.holds(c)) {
                let finding = asked.finding(catalog, comparisons.peers.peers.len());
                all.extend(finding.map(|finding| Proposed { same: asked.same(catalog), finding }));
            }
        }
    }
    Findings { all: merged(all) }
}

/// Whether every changed threshold belongs to a rule.
///
/// # Errors
/// The first that does not, with the nearest name.
pub fn check_thresholds(catalog: &Catalog, changed: &BTreeMap<String, f64>) -> Result<(), String> {
    let known: Vec<String> = catalog
        .rules
        .iter()
        .flat_map(|r| r.thresholds.keys().map(move |t| format!("{}.{t}", r.id)))
        .collect();
    changed.keys().try_for_each(|name| {
        crate::catalog::known("[thresholds]", "rule's threshold", name, known.iter())
            .map_err(|e| e.to_string())
    })
}

/// A rule asked of a comparison.
struct Asked<'a> {
    rule: &'a Rule,
    comparison: &'a Comparison,
    measure: &'a Measure,
    /// All comparisons of the district.
    all: &'a [Comparison],
    changed: &'a BTreeMap<String, f64>,
    /// The project's own year to compare with.
    base: Option<SchoolYear>,
    /// How many years older its latest value is than the newest of the district.
    age: i32,
}

/// With fewer people a value grounds nothing more than a tentative candidate.
const SMALL_GROUP: f64 = 20.0;

/// From this age on a value is old: it tells of what was, and ranks behind what is.
const OLD: i32 = 4;

impl Asked<'_> {
    fn is_asked(&self) -> bool {
        let (rule, key) = (self.rule, &self.comparison.key);
        let named = rule.measures.contains(&key.measure);
        // A total says first of all how large the district is: only a rule that names it may ask of it.
        let is_total = matches!(self.measure.unit, Unit::Count | Unit::Fte | Unit::Dollars);
        let judged = self.measure.better.sign() != 0.0 && !is_total;
        let of_domain = judged && rule.domains.contains(&self.measure.domain);
        let of_group = match rule.groups.as_slice() {
            [] => key.group == ALL,
            [every] if every == "*" => key.group != ALL,
            listed => listed.contains(&key.group),
        };
        let of_part = rule.each_grade_and_subject || (key.grade.is_all() && key.subject == ALL);
        (named || of_domain) && of_group && of_part
    }

    /// What the candidate is joined by. A rule of the family `group-level` follows the groups of one subject along
    /// with all students, one of `part-level` the subjects too.
    fn same(&self, catalog: &Catalog) -> Same {
        let key = &self.comparison.key;
        // A share of one judged amount (the surplus, the fund balance) is that amount told another way.
        let amount = self
            .measure
            .derive
            .as_ref()
            .filter(|d| d.minus.is_empty() && d.numerator.len() == 1 && !d.denominator.is_empty())
            .and_then(|d| catalog.measures.get(d.numerator.first()?))
            .filter(|amount| amount.better == self.measure.better && amount.better.sign() != 0.0);
        let measure = amount.map_or(&self.measure.id, |amount| &amount.id).clone();
        let (group, subject) = match self.rule.family.as_str() {
            "group-level" => (ALL, key.subject.as_str()),
            "part-level" => (ALL, ALL),
            _ => (key.group.as_str(), key.subject.as_str()),
        };
        Same { measure, subject: subject.to_owned(), group: group.to_owned() }
    }

    fn threshold(&self, name: &str) -> Option<f64> {
        let changed = self.changed.get(&format!("{}.{name}", self.rule.id));
        changed.copied().or_else(|| self.rule.thresholds.get(name).map(|t| t.value))
    }

    fn holds(&self, condition: &Condition) -> bool {
        let known = fact(condition.fact, self.comparison, self.measure);
        let than = condition.than.as_deref().and_then(|name| self.threshold(name));
        match (known, than, &condition.word) {
            (Some(Known::Number(n)), Some(than), _) => match condition.is {
                Operator::AtLeast => n >= than,
                Operator::AtMost => n <= than,
                Operator::Above => n > than,
                Operator::Below => n < than,
                Operator::Is | Operator::IsNot => false,
            },
            (Some(Known::Word(is)), _, Some(word)) => match condition.is {
                Operator::Is => is == word,
                Operator::IsNot => is != word,
                _ => false,
            },
            _ => false,
        }
    }

    fn finding(&self, catalog: &Catalog, peers: usize) -> Option<Finding> {
        let (rule, comparison, measure) = (self.rule, self.comparison, self.measure);
        let latest = comparison.latest()?;
        let value = latest.value?;
        let confidence = self.confidence();
        let says = |clause| rule.say.contains(&clause);
        let text = |wanted: bool, text: Option<String>| text.filter(|_| wanted).unwrap_or_default();
        Some(Finding {
            id: format!("{}.{}", rule.id, comparison.key.slug()),
            quadrant: rule.quadrant,
            statement: statement::sentence(comparison, measure, catalog, &rule.say),
            question: rule.question.clone(),
            domain: measure.domain.clone(),
            key: comparison.key.clone(),
            value,
            unit: measure.unit,
            year: latest.year,
            comparison: text(says(Clause::Peers), statement::peers(comparison, measure)),
            trend: text(true, statement::trend(comparison, measure)),
            confidence,
            score: self.size() * certainty(confidence) * if self.age >= OLD { 0.5 } else { 1.0 },
            rule: rule.id.clone(),
            evidence: evidence::speaks_for((rule, self.base), comparison, measure, |name| {
                self.threshold(name)
            }),
            counter_evidence: evidence::limits(comparison, measure, peers, self.age),
        })
    }

    /// Moderate: what the rule rests on passes in its family of tests, or is a matter of record (a threshold that the
    /// value itself is beyond, whatever the peers have). Strong: it does not
    /// rest on few people, is not old, and a second line of evidence agrees: level and trend, or the level of another
    /// group or grade. (`methods.md` 7.)
    fn confidence(&self) -> Confidence {
        let passes = |line| line_test(self.comparison, line).is_some_and(|t| t.passes());
        let lines: BTreeSet<Line> = self.rule.when.iter().filter_map(|c| line(c.fact)).collect();
        let asks_value = self.rule.when.iter().any(|c| c.fact == Fact::Value);
        let of_record = (lines.is_empty() || asks_value) && self.is_of_record();
        let holds = of_record || lines.iter().any(|l| passes(*l));
        let small = self.comparison.latest().and_then(|p| p.n).is_some_and(|n| n < SMALL_GROUP);
        let second = passes(Line::Level) && (passes(Line::Trend) && self.agree() || self.level_elsewhere());
        match (holds && !small, second && self.age < OLD) {
            (true, true) => Confidence::Strong,
            (true, false) => Confidence::Moderate,
            _ => Confidence::Tentative,
        }
    }

    /// Whether values against fixed thresholds are beyond doubt: a rate of known n where its Wilson interval lies on the
    /// threshold's side, and what is no sample (dollars, staff, a rate whose n was not published).
    fn is_of_record(&self) -> bool {
        let latest = self.comparison.latest();
        let rate = latest.filter(|_| self.measure.unit == Unit::Percent);
        let interval = rate.and_then(|p| wilson(p.value? / 100.0, p.n?));
        let Some((low, high)) = interval else { return true };
        self.rule.when.iter().filter(|c| c.fact == Fact::Value).all(|condition| {
            let than = condition.than.as_deref().and_then(|name| self.threshold(name)).map(|t| t / 100.0);
            match condition.is {
                Operator::AtLeast | Operator::Above => than.is_none_or(|t| low >= t),
                Operator::AtMost | Operator::Below => than.is_none_or(|t| high <= t),
                Operator::Is | Operator::IsNot => true,
            }
        })
    }

    /// Whether the same measure passes for another group or grade, on the same side of the peers.
    fn level_elsewhere(&self) -> bool {
        let side = |c: &Comparison| Some(c.latest()?.value? > c.standing()?.peer_median?);
        let own = side(self.comparison);
        let key = &self.comparison.key;
        let of_measure = self.all.iter().filter(|c| c.key.measure == key.measure && c.key != *key);
        let mut agreeing = of_measure.filter(|c| c.tests.level.is_some_and(|t| t.passes()) && side(c) == own);
        own.is_some() && agreeing.next().is_some()
    }

    /// Whether level and trend lie on the same side.
    fn agree(&self) -> bool {
        let level = self.comparison.standing().and_then(|s| s.peer_percentile).map(|p| p - 50.0);
        let rising = self.comparison.trend.as_ref().map(|t| direction(t) == Direction::Rising);
        match (level, rising) {
            (Some(level), Some(rising)) => (level > 0.0) == rising,
            _ => false,
        }
    }

    /// The difference from what it is compared with, in meaningful changes, at most 5 (`methods.md` 8): the
    /// largest of the differences from the peers, from all students, and over the run, whichever the rule says.
    fn size(&self) -> f64 {
        let comparison = self.comparison;
        let value = comparison.latest().and_then(|p| p.value).unwrap_or_default();
        let unit = meaningful(self.measure, value).max(f64::MIN_POSITIVE);
        let peers = comparison.standing().and_then(|s| s.peer_median).map(|m| value - m);
        let run = comparison.trend.as_ref().map(|t| t.change_all);
        let gap = comparison.gap.as_ref().map(|g| g.gap);
        let differences = self.rule.say.iter().filter_map(|clause| match clause {
            Clause::Peers => peers,
            Clause::GroupGap => gap,
            Clause::Change => run,
            Clause::Trend if !self.rule.say.contains(&Clause::Peers) => run,
            Clause::Streak => Some(value),
            _ => None,
        });
        let largest = differences.map(f64::abs).fold(0.0, f64::max);
        (largest / unit).min(5.0)
    }
}

const fn certainty(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::Strong => 1.0,
        Confidence::Moderate => 0.7,
        Confidence::Tentative => 0.3,
    }
}
