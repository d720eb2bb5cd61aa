//! Asking every rule of every comparison.

use std::collections::BTreeMap;

use super::candidate::{Confidence, Finding, Findings};
use super::facts::{Known, Line, direction, fact, line, line_test};
use super::merge::{Proposed, Same, merged};
use super::size::size;
use super::{evidence, statement};
use crate::catalog::{Catalog, Clause, Condition, Fact, Measure, Operator, Rule};
use crate::compare::{Comparison, Comparisons, Direction, GroupGap, OLD, SMALL_GROUP, Z95, wilson};
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
pub(super) struct Asked<'a> {
    pub(super) rule: &'a Rule,
    pub(super) comparison: &'a Comparison,
    pub(super) measure: &'a Measure,
    /// All comparisons of the district.
    all: &'a [Comparison],
    changed: &'a BTreeMap<String, f64>,
    /// The project's own year to compare with.
    base: Option<SchoolYear>,
    /// How many years older its latest value is than the newest of the district.
    age: i32,
}

impl Asked<'_> {
    fn is_asked(&self) -> bool {
        let (rule, key) = (self.rule, &self.comparison.key);
        let named = rule.measures.contains(&key.measure);
        // A total says first of all how large the district is: only a rule that names it may ask of it.
        let judged = self.measure.better.sign() != 0.0 && !self.measure.adds_up();
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

    pub(super) fn threshold(&self, name: &str) -> Option<f64> {
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
            score: size(self) * certainty(confidence) * if self.age >= OLD { 0.5 } else { 1.0 },
            rule: rule.id.clone(),
            evidence: evidence::speaks_for((rule, self.base), comparison, measure, |name| {
                self.threshold(name)
            }),
            counter_evidence: evidence::limits(comparison, measure, peers, self.age),
        })
    }

    /// The line of evidence that the rule speaks of: that of its first condition. `None` for a matter of record, a value
    /// held against a fixed threshold.
    pub(super) fn spoken(&self) -> Option<Line> {
        self.rule.when.first().and_then(|condition| line(condition.fact))
    }

    /// Moderate: the line that the rule speaks of passes in its family of tests, or the matter of record is beyond doubt.
    /// Strong: besides, it does not rest on few people, is not old, and a second line of evidence agrees: level and trend,
    /// or the level of another group or grade. (`methods.md` 7.)
    fn confidence(&self) -> Confidence {
        let passes = |line| line_test(self.comparison, line).is_some_and(|t| t.passes());
        let spoken = self.spoken();
        let holds = match spoken {
            None => self.is_of_record(),
            Some(Line::Level) => passes(Line::Level) && self.level_agrees(),
            Some(line) => passes(line),
        };
        let beside = match spoken {
            Some(Line::Trend) => self.trend_agrees(),
            _ => passes(Line::Trend) && self.trend_agrees() || self.level_elsewhere(),
        };
        let second = passes(Line::Level) && self.level_agrees() && beside;
        let few = match spoken {
            Some(Line::Gap) => self.comparison.gap_now().is_some_and(GroupGap::is_small),
            _ => false,
        };
        match (holds, second && !few && !is_small(self.comparison) && self.age < OLD) {
            (true, true) => Confidence::Strong,
            (true, false) => Confidence::Moderate,
            _ => Confidence::Tentative,
        }
    }

    /// Whether values against fixed thresholds are beyond doubt: a rate of people where its interval lies on the
    /// threshold's side, and what is no sample (dollars, staff). A rate whose n was not published has for an interval what
    /// its own years stray by; with too few years for that it is not beyond doubt.
    fn is_of_record(&self) -> bool {
        let mut asked = self.rule.when.iter().filter(|c| c.fact == Fact::Value).peekable();
        if asked.peek().is_none() || self.measure.unit != Unit::Percent {
            return true;
        }
        let Some((low, high)) = self.doubt() else { return false };
        asked.all(|condition| {
            let than = condition.than.as_deref().and_then(|name| self.threshold(name));
            match condition.is {
                Operator::AtLeast | Operator::Above => than.is_none_or(|t| low >= t),
                Operator::AtMost | Operator::Below => than.is_none_or(|t| high <= t),
                Operator::Is | Operator::IsNot => true,
            }
        })
    }

    /// Between what the latest value of a rate could lie, in percent (`methods.md` 1); `None` where that is not known.
    fn doubt(&self) -> Option<(f64, f64)> {
        let latest = self.comparison.latest()?;
        let value = latest.value?;
        if let Some((low, high)) = latest.n.and_then(|n| wilson(value / 100.0, n)) {
            return Some((100.0 * low, 100.0 * high));
        }
        let stray = match &self.measure.people {
            Some(_) => Z95 * self.comparison.spread()?,
            None => 0.0,
        };
        Some((value - stray, value + stray))
    }

    /// Whether the same measure passes for another group or grade of enough people, on the same side of the peers.
    fn level_elsewhere(&self) -> bool {
        let own = above_peers(self.comparison);
        let key = &self.comparison.key;
        let of_measure = self.all.iter().filter(|c| c.key.measure == key.measure && c.key != *key);
        let passes = |c: &&Comparison| c.tests.level.is_some_and(|t| t.passes()) && !is_small(c);
        let mut agreeing = of_measure.filter(passes).filter(|c| above_peers(c) == own);
        own.is_some() && agreeing.next().is_some()
    }

    /// Whether the level lies on the side of the peers that the rule speaks of.
    fn level_agrees(&self) -> bool {
        let above = above_peers(self.comparison);
        match self.rule.when.first().map(|c| (c.fact, c.is)) {
            Some((Fact::FavorableExpectedDistance, _)) => {
                above == self.comparison.expected.as_ref().map(|e| e.distance > 0.0)
            }
            Some((Fact::Value, is)) => above == Some(matches!(is, Operator::AtLeast | Operator::Above)),
            _ => true,
        }
    }

    /// Whether level and trend lie on the same side.
    fn trend_agrees(&self) -> bool {
        let level = self.comparison.standing().and_then(|s| s.peer_percentile).map(|p| p - 50.0);
        let rising = self.comparison.trend.as_ref().map(|t| direction(t) == Direction::Rising);
        match (level, rising) {
            (Some(level), Some(rising)) => (level > 0.0) == rising,
            _ => false,
        }
    }
}

/// Whether the latest value lies above the peers' median.
fn above_peers(comparison: &Comparison) -> Option<bool> {
    Some(comparison.latest()?.value? > comparison.standing()?.peer_median?)
}

/// Whether the latest value rests on few people.
fn is_small(comparison: &Comparison) -> bool {
    comparison.latest().and_then(|p| p.n).is_some_and(|n| n < SMALL_GROUP)
}

const fn certainty(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::Strong => 1.0,
        Confidence::Moderate => 0.7,
        Confidence::Tentative => 0.3,
    }
}
