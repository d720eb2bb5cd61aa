//! Candidates from surveys: about constructs, each of one group of respondents. Single items are never candidates.

use super::candidate::{Confidence, Evidence, Finding};
use super::choices::ProjectChoices;
use super::merge::{ItemKey, Proposal};
use super::propose::weight;
use super::size::bounded;
use crate::catalog::{Catalog, Operator, SurveyFact, SurveyRule};
use crate::compare::{
    Comparisons, ConstructFigures, PerceptionComparison, PerceptionDifference, PerceptionGap,
    PerceptionSubject, RespondentGroup,
};
use crate::domain::{ALL, Grade, ItemNumber, MeasureKey, SchoolYear, Unit};
use crate::wording::{brief, perception as words};

/// The candidates of all rules for surveys.
pub(super) fn proposals(
    comparisons: &Comparisons,
    catalog: &Catalog,
    choices: &ProjectChoices,
) -> Vec<Proposal> {
    let perception = &comparisons.perception;
    let mut proposals = Vec::new();
    for group in perception.latest.iter().copied() {
        for construct in 0..perception.perception.constructs.len() {
            let one = SurveyedConstruct { comparisons, catalog, perception, group, construct };
            proposals.extend(one.proposals(choices));
        }
    }
    proposals
}

/// A construct in the latest answers of a group.
#[derive(Clone, Copy)]
struct SurveyedConstruct<'a> {
    comparisons: &'a Comparisons,
    catalog: &'a Catalog,
    perception: &'a PerceptionComparison,
    /// The place of the group.
    group: usize,
    /// The place of the construct.
    construct: usize,
}

/// What a rule found.
struct SurveyFound {
    /// In percent or percentage points.
    value: f64,
    /// How far it is beyond what matters, in meaningful changes.
    size: f64,
    /// Whether it is statistically clear.
    is_clear: bool,
    statement: String,
    /// What it says without its numbers.
    claim: &'static str,
    evidence: String,
}

/// The aspect of candidates on how groups of respondents differ.
const GAP: &str = "gap";

impl<'a> SurveyedConstruct<'a> {
    const fn subject(&self) -> PerceptionSubject {
        PerceptionSubject::Construct(self.construct)
    }

    fn group(&self) -> &'a RespondentGroup {
        self.perception.group(self.group)
    }

    /// The figures, if enough people answered, not too long ago.
    fn figures(&self) -> Option<&'a ConstructFigures> {
        let figures = self.group().construct(self.construct)?;
        let limits = &self.catalog.findings;
        let behind = self.comparisons.newest.map_or(0, SchoolYear::end) - self.year()?.end();
        (figures.n >= limits.fewest_in_findings && behind < limits.silent_from).then_some(figures)
    }

    fn year(&self) -> Option<SchoolYear> {
        self.group().wave.map(|wave| wave.year)
    }

    fn label(&self) -> &'a str {
        &self.perception.perception.constructs[self.construct].label
    }

    /// Who answered, and about what.
    fn topic(&self) -> String {
        brief::survey_topic(self.catalog.perception.label(&self.group().respondents), self.label())
    }

    fn answers(&self, group: usize) -> &'a str {
        self.catalog.perception.answers(&self.perception.group(group).respondents)
    }

    /// Its candidates. How it differs from other groups is one only where nothing else is: a group that is low by itself is not
    /// low because another is high.
    fn proposals(&self, choices: &ProjectChoices) -> Vec<Proposal> {
        let rules = &self.catalog.perception.survey_rule;
        let (gaps, others): (Vec<&SurveyRule>, Vec<&SurveyRule>) =
            rules.iter().partition(|rule| rule.fact == SurveyFact::Gap);
        let [gaps, mut others] = [gaps, others]
            .map(|rules| rules.iter().filter_map(|rule| self.proposal(rule, choices)).collect::<Vec<_>>());
        match others.first_mut() {
            None => gaps,
            Some(first) => {
                for gap in gaps {
                    let text = gap.finding.statement;
                    first.finding.evidence.push(Evidence { text, sources: Vec::new() });
                }
                others
            }
        }
    }

    fn proposal(&self, rule: &SurveyRule, choices: &ProjectChoices) -> Option<Proposal> {
        let figures = self.figures()?;
        let limit = choices.thresholds.get(&rule.threshold_name()).copied().unwrap_or(rule.threshold.value);
        let found = match rule.fact {
            SurveyFact::Favorable => self.level(rule, figures, limit),
            SurveyFact::Change => self.change(rule, figures, limit),
            SurveyFact::Gap => self.gap(rule, limit),
        }?;
        let story = self.measure();
        let aspect = if rule.fact == SurveyFact::Gap { GAP } else { "" };
        let item = ItemKey { story, group: ALL.to_owned(), aspect: aspect.to_owned() };
        Some(Proposal {
            item,
            is_share: false,
            is_target: false,
            participation: None,
            finding: self.finding(rule, figures, found)?,
        })
    }

    fn level(&self, rule: &SurveyRule, figures: &ConstructFigures, limit: f64) -> Option<SurveyFound> {
        let share = figures.favorable * 100.0;
        if !holds(rule.is, share, limit) {
            return None;
        }
        let [low, high] = figures.interval.map(|end| end * 100.0);
        let when = words::wave(self.group().wave);
        Some(SurveyFound {
            value: share,
            size: self.size(share - limit),
            is_clear: low > limit || high < limit,
            statement: words::level(&when, share, self.answers(self.group), self.label()),
            claim: brief::favorable(share >= HALF),
            evidence: words::share_interval(share, [low, high], figures.n, self.answers(self.group)),
        })
    }

    fn change(&self, rule: &SurveyRule, figures: &ConstructFigures, limit: f64) -> Option<SurveyFound> {
        let change = self.perception.change(self.subject(), self.group)?;
        let points = change.difference.points;
        if !holds(rule.is, points, limit) || !self.is_of_many(change.earlier) {
            return None;
        }
        let since = words::wave(self.perception.group(change.earlier).wave);
        let (label, answers) = (self.label(), self.answers(self.group));
        Some(SurveyFound {
            value: figures.favorable * 100.0,
            size: self.size(points),
            is_clear: change.difference.is_clear(),
            claim: brief::than_last_time(points > 0.0),
            statement: words::change(label, answers, [figures.favorable * 100.0, points], &since),
            evidence: difference_evidence(change.difference),
        })
    }

    /// The gap in which this group is the less favorable one.
    fn gap(&self, rule: &SurveyRule, limit: f64) -> Option<SurveyFound> {
        let gaps = self.perception.gaps.iter();
        let gap: &PerceptionGap = gaps.into_iter().find(|gap| gap.subject == self.subject())?;
        let points = gap.difference.points;
        if gap.lower != self.group || !holds(rule.is, points, limit) || !self.is_of_many(gap.higher) {
            return None;
        }
        let [high, low] =
            [gap.higher, gap.lower].map(|group| self.perception.favorable(self.subject(), group));
        let shares = [high? * 100.0, low? * 100.0];
        let answers = [gap.higher, gap.lower].map(|group| self.answers(group));
        Some(SurveyFound {
            value: shares[1],
            size: self.size(points),
            is_clear: gap.difference.is_clear(),
            claim: brief::LESS_THAN_OTHERS,
            statement: words::gap(&words::wave(self.group().wave), self.label(), answers, shares),
            evidence: difference_evidence(gap.difference),
        })
    }

    fn is_of_many(&self, group: usize) -> bool {
        let n = self.perception.group(group).construct(self.construct).map_or(0, |figures| figures.n);
        n >= self.catalog.findings.fewest_in_findings
    }

    fn size(&self, difference: f64) -> f64 {
        bounded(difference.abs() / self.catalog.perception.meaningful_change)
    }

    /// The id by which files call the construct.
    fn measure(&self) -> String {
        format!("survey-{}", self.perception.perception.constructs[self.construct].id)
    }

    fn finding(&self, rule: &SurveyRule, figures: &ConstructFigures, found: SurveyFound) -> Option<Finding> {
        let group = self.group();
        let key = MeasureKey {
            measure: self.measure(),
            group: group.respondents.clone(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        };
        let counter_evidence = self.doubts(&found);
        let confidence = self.confidence(&found);
        let rate = group.response_rate();
        Some(Finding {
            id: format!("{}.{}", rule.id, key.slug()),
            number: ItemNumber { quadrant: rule.quadrant, rank: 0 },
            quadrant: rule.quadrant,
            statement: found.statement,
            brief: brief::brief(&self.topic(), Some(found.claim)),
            evidence_line: words::evidence_line(figures.n, self.answers(self.group), rate, &group.files),
            doubt_line: String::new(),
            question: rule.question.clone(),
            domain: self.domain()?,
            story: key.measure.clone(),
            key,
            value: found.value,
            unit: Unit::Percent,
            year: self.year()?,
            comparison: String::new(),
            trend: String::new(),
            confidence,
            score: found.size * weight(confidence),
            rule: rule.id.clone(),
            evidence: self.evidence(found.evidence, figures),
            counter_evidence,
            absorbed: Vec::new(),
            is_shown: false,
        })
    }

    /// The domain of the exhibits of surveys.
    fn domain(&self) -> Option<String> {
        let of_survey = self.catalog.exhibits.iter().find(|exhibit| exhibit.survey.is_some());
        of_survey.map(|exhibit| exhibit.domain.clone())
    }

    /// Whether enough of those who were asked answered to represent their group.
    fn is_rate_known(&self) -> bool {
        let group = self.group();
        let least = self.catalog.perception.respondents.get(&group.respondents).map(|known| known.known_rate);
        group.response_rate().zip(least).is_some_and(|(rate, least)| rate >= least)
    }

    /// Only answers of enough of those who were asked make anything certain.
    fn confidence(&self, found: &SurveyFound) -> Confidence {
        match (found.is_clear, self.is_rate_known(), self.has_second_line(found)) {
            (true, true, true) => Confidence::Strong,
            (true, true, false) => Confidence::Moderate,
            _ => Confidence::Tentative,
        }
    }

    /// Whether the change since the wave before goes clearly away from half of the answers, as the level does.
    fn has_second_line(&self, found: &SurveyFound) -> bool {
        let change = self.perception.change(self.subject(), self.group);
        change.is_some_and(|change| {
            change.difference.is_clear() && (change.difference.points < 0.0) == (found.value < HALF)
        })
    }

    /// The interval, and the items behind the construct.
    fn evidence(&self, first: String, figures: &ConstructFigures) -> Vec<Evidence> {
        let group = self.group();
        let items = figures.items.iter().filter_map(|place| {
            let item = group.item(*place)?;
            Some(words::of_group(
                &self.perception.perception.items[*place].text,
                &words::whole_percent(item.favorable),
            ))
        });
        let items = words::items_behind(&items.collect::<Vec<_>>());
        [first, items].map(|text| Evidence { text, sources: group.files.clone() }).to_vec()
    }

    fn doubts(&self, found: &SurveyFound) -> Vec<Evidence> {
        let mut doubts = Vec::new();
        match self.group().response_rate() {
            None => doubts.push(words::RATE_UNKNOWN.to_owned()),
            Some(rate) if !self.is_rate_known() => doubts.push(words::low_rate(rate)),
            Some(_) => {}
        }
        if !found.is_clear {
            doubts.push(words::NOT_CLEAR.to_owned());
        }
        doubts.push(words::OTHERS_MAY_DIFFER.to_owned());
        doubts.into_iter().map(|text| Evidence { text, sources: Vec::new() }).collect()
    }
}

/// Half of the answers, in percent.
const HALF: f64 = 50.0;

fn holds(operator: Operator, value: f64, limit: f64) -> bool {
    match operator {
        Operator::AtLeast => value >= limit,
        Operator::AtMost => value <= limit,
        Operator::Above => value > limit,
        Operator::Below => value < limit,
        Operator::Is | Operator::IsNot => false,
    }
}

fn difference_evidence(difference: PerceptionDifference) -> String {
    words::difference_interval(difference.points, difference.interval, difference.adjusted)
}
