//! Asking every rule of every comparison.

use std::collections::BTreeMap;

use super::candidate::{Confidence, Finding, Findings};
use super::facts::{Known, Line, direction, fact, line, line_test};
use super::merge::{Proposed, Same, merged};
use super::size::size;
use super::{evidence, statement};
use crate::catalog::{Catalog, Clause, Condition, Measure, Operator, Rule, RuleFact};
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
        crate::catalog::check_known("[thresholds]", "rule's threshold", name, known.iter())
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
        let second = self.second().filter(|_| confidence == Confidence::Strong);
        let second = second.map(|second| evidence::second(&second, comparison, (measure, catalog)));
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
            evidence: evidence::speaks_for((rule, self.base), (comparison, measure), catalog, |name| {
                self.threshold(name)
            })
            .into_iter()
            .chain(second)
            .collect(),
            counter_evidence: evidence::limits(comparison, measure, peers, self.age),
        })
    }

    /// The line of evidence that the rule speaks of: that of its first condition. `None` for a matter of record, a value
    /// held against a fixed threshold.
    pub(super) fn spoken(&self) -> Option<Line> {
        self.rule.when.first().and_then(|condition| line(condition.fact))
    }

    /// Moderate: the line that the rule speaks of passes in its family of tests, or the matter of record is beyond doubt, and the
    /// value is a plausible one. Strong: besides, it does not rest on few people, is not old, and a second line of evidence
    /// agrees: level and trend, or the level of another group or grade. (`methods.md` 7.)
    fn confidence(&self) -> Confidence {
        let spoken = self.spoken();
        let holds = match spoken {
            None => self.is_of_record(),
            Some(Line::Level) => self.passes(Line::Level) && self.level_agrees(),
            Some(line) => self.passes(line),
        };
        let value = self.comparison.latest().and_then(|latest| latest.value);
        let holds = holds && value.is_some_and(|value| self.measure.is_plausible(value));
        let few = match spoken {
            Some(Line::Gap) => self.comparison.gap_now().is_some_and(GroupGap::is_small),
            _ => false,
        };
        let is_sure = self.second().is_some() && !few && !is_small(self.comparison) && self.age < OLD;
        match (holds, is_sure) {
            (true, true) => Confidence::Strong,
            (true, false) => Confidence::Moderate,
            _ => Confidence::Tentative,
        }
    }

    fn passes(&self, line: Line) -> bool {
        line_test(self.comparison, line).is_some_and(|test| test.passes())
    }

    /// What agrees with a level that passes, and with what the rule speaks of.
    fn second(&self) -> Option<Second<'_>> {
        if !self.passes(Line::Level) || !self.level_agrees() {
            return None;
        }
        match self.spoken() {
            Some(Line::Trend) => self.trend_agrees().then_some(Second::Level),
            _ if self.passes(Line::Trend) && self.trend_agrees() => Some(Second::Trend),
            _ => self.level_elsewhere().map(Second::Elsewhere),
        }
    }

    /// Whether values against fixed thresholds are beyond doubt: a rate of people where its interval lies on the
    /// threshold's side, and what is no sample (dollars, staff). A rate whose n was not published has for an interval what
    /// its own years stray by; with too few years for that it is not beyond doubt.
    fn is_of_record(&self) -> bool {
        let mut asked = self.rule.when.iter().filter(|c| c.fact == RuleFact::Value).peekable();
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

    /// Another group or grade of enough people for which the same measure passes, in the same year and on the same side of the
    /// peers.
    fn level_elsewhere(&self) -> Option<&Comparison> {
        let own = above_peers(self.comparison)?;
        let (key, year) = (&self.comparison.key, self.comparison.latest()?.year);
        let of_measure = self.all.iter().filter(|c| c.key.measure == key.measure && c.key != *key);
        let mut of_year = of_measure.filter(|c| c.latest().is_some_and(|latest| latest.year == year));
        let passes = |c: &&Comparison| c.tests.level.is_some_and(|t| t.passes()) && !is_small(c);
        of_year.find(|c| passes(c) && above_peers(c) == Some(own))
    }

    /// Whether the level lies on the side of the peers that the rule speaks of. Of a trend [`trend_agrees`](Self::trend_agrees)
    /// tells it.
    fn level_agrees(&self) -> bool {
        let above = above_peers(self.comparison);
        let Some(Condition { fact, is, .. }) = self.rule.when.first() else { return false };
        match (is, upward(*fact, self.measure)) {
            (Operator::AtLeast | Operator::Above, Some(upward)) => above == Some(upward),
            (Operator::AtMost | Operator::Below, Some(upward)) => above == Some(!upward),
            _ => *fact == RuleFact::PeerClear || line(*fact) == Some(Line::Trend),
        }
    }

    /// Whether the series goes to the side of the peers on which its level lies.
    fn trend_agrees(&self) -> bool {
        let trend = self.comparison.trend.as_ref().map(direction);
        match (above_peers(self.comparison), trend) {
            (Some(above), Some(Direction::Rising)) => above,
            (Some(above), Some(Direction::Falling)) => !above,
            _ => false,
        }
    }
}

/// A second line of evidence.
pub(super) enum Second<'c> {
    /// The level, of what speaks of a trend.
    Level,
    /// The trend.
    Trend,
    /// The level of another group or grade.
    Elsewhere(&'c Comparison),
}

/// Whether more of a fact comes of a higher value, or of a lower; `None` where neither.
fn upward(fact: RuleFact, measure: &Measure) -> Option<bool> {
    match fact {
        RuleFact::Value
        | RuleFact::PeerPercentile
        | RuleFact::PeerGap
        | RuleFact::StatePercentile
        | RuleFact::RiskRatioYears => Some(true),
        RuleFact::YearsBelowZero => Some(false),
        RuleFact::FavorablePeerPercentile
        | RuleFact::FavorablePeerGap
        | RuleFact::FavorableStatePercentile
        | RuleFact::FavorableExpectedDistance
        | RuleFact::FavorableGroupGap => {
            (measure.better.sign() != 0.0).then_some(measure.better.sign() > 0.0)
        }
        _ => None,
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
