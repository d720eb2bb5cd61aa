//! Statements: what, when, compared with what, since when. One sentence, no cause, no blame.

use super::clauses;
use super::projection;
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use crate::catalog::{Clause, RuleFact};
use crate::compare::Change;
use crate::wording::statement::{self as words, with_clause, with_projection, with_trend};

/// The maximum number of words in a statement.
const MOST_WORDS: usize = 25;

/// The statement of a rule on a series.
pub(super) fn statement(check: &RuleCheck<'_>) -> String {
    Statement { series: check.series, check: Some(check) }.sentence(&check.rule.say)
}

/// Whether the statement of the rule says both how the series has changed and where it stands among the peers.
pub(super) fn states_change_and_peers(check: &RuleCheck<'_>) -> bool {
    let statement = Statement { series: check.series, check: Some(check) };
    let opening = statement.opening(&check.rule.say);
    let composed = statement.composed(&opening, &check.rule.say, MOST_WORDS);
    opening.states_change && composed.clauses.contains(&Clause::Peers)
}

/// What a statement is made of.
pub(super) struct Statement<'a> {
    pub(super) series: MeasuredSeries<'a>,
    /// The rule that it is for; `None` for a sentence of no rule.
    pub(super) check: Option<&'a RuleCheck<'a>>,
}

/// How a sentence begins.
#[derive(Clone)]
struct Opening {
    text: String,
    /// Whether it states a change over the years, so that a trend need not be added.
    states_change: bool,
}

/// A sentence, and the clauses that follow its opening.
struct Composed {
    text: String,
    clauses: Vec<Clause>,
}

impl Statement<'_> {
    /// A sentence made of the given clauses. A clause without data is left out, and so is one that would make the sentence too
    /// long, unless it says why the rule fires.
    pub(super) fn sentence(&self, say: &[Clause]) -> String {
        let opening = self.opening(say);
        let composed = self.composed(&opening, say, MOST_WORDS);
        let trigger = self.trigger(say).filter(|trigger| !composed.clauses.contains(trigger));
        words::sentence(&match trigger {
            Some(trigger) => self.with_trigger(&opening, trigger).unwrap_or(composed.text),
            None => composed.text,
        })
    }

    /// The clause that says why the rule fires; `None` if the opening says it.
    fn trigger(&self, say: &[Clause]) -> Option<Clause> {
        let clause = clause_of(self.check?.first_fact()?)?;
        say.contains(&clause).then_some(clause)
    }

    /// The opening with this clause alone; with a shorter subject, or at last longer than others, if it must be. `None` if there
    /// is no data for the clause.
    fn with_trigger(&self, opening: &Opening, trigger: Clause) -> Option<String> {
        let short = clauses::level(&self.series.by_short_name())
            .filter(|_| !opening.states_change)
            .map(|text| Opening { text, states_change: false });
        let attempts =
            [(Some(opening.clone()), MOST_WORDS), (short.clone(), MOST_WORDS), (short, usize::MAX)];
        let last = (Some(opening.clone()), usize::MAX);
        attempts.into_iter().chain([last]).find_map(|(opening, most)| {
            let composed = self.composed(&opening?, &[trigger], most);
            (!composed.clauses.is_empty()).then_some(composed.text)
        })
    }

    /// The opening with the clauses that fit into this many words.
    fn composed(&self, opening: &Opening, say: &[Clause], most: usize) -> Composed {
        let mut composed = Composed { text: opening.text.clone(), clauses: Vec::new() };
        let mut has_comparison = false;
        for clause in say {
            let forms = self.longer(&composed.text, opening, *clause, has_comparison);
            if let Some(longer) = forms.into_iter().find(|longer| has_at_most(longer, most)) {
                has_comparison |= !matches!(clause, Clause::Trend | Clause::Projection);
                composed.text = longer;
                composed.clauses.push(*clause);
            }
        }
        composed
    }

    /// A text with a clause added, in each of its forms, the longest first.
    fn longer(&self, text: &str, opening: &Opening, clause: Clause, has_comparison: bool) -> Vec<String> {
        match clause {
            Clause::Trend if opening.states_change => Vec::new(),
            Clause::Trend => {
                let trend = clauses::trend(&self.series);
                trend.iter().map(|trend| with_trend(text, trend, has_comparison)).collect()
            }
            Clause::Projection => {
                let projection = projection::clause(&self.series);
                let goes_back = opening.states_change && self.projection_goes_back();
                projection.iter().map(|projection| with_projection(text, projection, goes_back)).collect()
            }
            clause => {
                let comparisons = self.comparisons(clause).into_iter();
                comparisons
                    .map(|comparison| {
                        with_clause(text, &comparison_after(clause, comparison, opening.states_change))
                    })
                    .collect()
            }
        }
    }

    /// The first clause that can open a sentence; otherwise the level, or the subject alone.
    fn opening(&self, say: &[Clause]) -> Opening {
        let names = [self.series, self.series.by_short_name()];
        for clause in say {
            let mut forms = names.iter().filter_map(|series| opening_clause(series, *clause));
            if let Some(text) = forms.find(|text| has_at_most(text, MOST_WORDS)) {
                return Opening { text, states_change: !matches!(clause, Clause::Level | Clause::Streak) };
            }
        }
        let text = clauses::level(&self.series).unwrap_or_else(|| self.series.subject().words);
        Opening { text, states_change: false }
    }

    /// What the value is compared with: in full, and in fewer words where it can be.
    fn comparisons(&self, clause: Clause) -> Vec<String> {
        match clause {
            Clause::Peers => {
                let forms = [clauses::peers, clauses::rank_among_peers, clauses::short_rank_among_peers];
                forms.iter().filter_map(|form| form(&self.series)).collect()
            }
            Clause::State => {
                let forms = [clauses::state, clauses::state_in_short];
                forms.iter().filter_map(|form| form(&self.series)).collect()
            }
            Clause::PlaceChange => clauses::place_changes(&self.series),
            Clause::BesidePeers => {
                let other = self.check.and_then(RuleCheck::series_beside);
                other.map_or_else(Vec::new, |other| clauses::beside_peers(&self.series, &other))
            }
            Clause::GapChange => clauses::gap_changes(&self.series),
            clause => self.comparison(clause).into_iter().collect(),
        }
    }

    /// Whether the projection goes the other way than the change that the statement begins with.
    fn projection_goes_back(&self) -> bool {
        let comparison = self.series.comparison;
        let say = self.check.and_then(|check| check.rule.say.first());
        let stated = match (say, &comparison.trend) {
            (Some(Clause::Change), Some(trend)) => Some(trend.real_change()),
            _ => self.stated_change().map(|change| change.size()),
        };
        let coming = comparison.projection.as_ref().and_then(|projection| projection.years.last());
        let latest = comparison.latest().and_then(|latest| latest.value);
        let ahead = coming.zip(latest).map(|(coming, latest)| coming.value - latest);
        stated.zip(ahead).is_some_and(|(stated, ahead)| stated * ahead < 0.0)
    }

    /// Whether the clause on the gap's change states the gap, too.
    fn says_crossing(&self) -> bool {
        let says_change = self.check.is_some_and(|check| check.rule.say.contains(&Clause::GapChange));
        says_change && clauses::gap_crosses(&self.series)
    }

    /// The change that the statement of the rule begins with.
    fn stated_change(&self) -> Option<Change> {
        let changes = &self.series.comparison.changes;
        match self.check.and_then(|check| check.rule.say.first()) {
            Some(Clause::FiveYears) => changes.five_years,
            Some(Clause::OneYear) => changes.one_year,
            _ => changes.since_base,
        }
    }

    /// What the value is compared with, in its only form.
    fn comparison(&self, clause: Clause) -> Option<String> {
        let series = &self.series;
        match clause {
            Clause::Expected => clauses::expected(series),
            Clause::GroupGap if self.says_crossing() => None,
            Clause::GroupGap => clauses::group_gap(series),
            Clause::RiskRatio => clauses::risk_ratio(series),
            Clause::StateChange => clauses::state_change(series, self.stated_change()?),
            Clause::Target => clauses::target(series, self.check?.target()?),
            Clause::Beside => clauses::beside(series, &self.check?.series_beside()?),
            Clause::BesideChange => clauses::beside_change(&self.check?.series_beside()?),
            Clause::Schools => clauses::schools(series),
            Clause::SchoolsThenAndNow => clauses::schools_then_and_now(series),
            Clause::NoMajority => Some(words::NO_MAJORITY.to_owned()),
            _ => None,
        }
    }
}

/// The beginning of a sentence that a clause gives; `None` for a clause that only follows one, or without its data.
fn opening_clause(series: &MeasuredSeries<'_>, clause: Clause) -> Option<String> {
    let changes = &series.comparison.changes;
    match clause {
        Clause::Level => clauses::level(series),
        Clause::Change => clauses::change(series),
        Clause::Streak => clauses::streak(series),
        Clause::SinceBase => clauses::change_between(series, changes.since_base?),
        Clause::FiveYears => clauses::change_between(series, changes.five_years?),
        Clause::OneYear => clauses::change_between(series, changes.one_year?),
        Clause::Recovery => clauses::recovery(series),
        Clause::Shift => clauses::shift(series),
        Clause::StreakOfChange => clauses::streak_of_change(series),
        _ => None,
    }
}

/// A comparison as it follows the opening: after a change, a rank is about where the change ended.
fn comparison_after(clause: Clause, comparison: String, states_change: bool) -> String {
    match clause {
        Clause::Peers | Clause::State if states_change => words::ending(&comparison),
        _ => comparison,
    }
}

fn has_at_most(text: &str, words: usize) -> bool {
    text.split([' ', '\u{a0}']).count() <= words
}

/// The clause that states a fact; `None` for those that the opening states, and for those that are about how much is known.
pub(super) const fn clause_of(fact: RuleFact) -> Option<Clause> {
    match fact {
        RuleFact::PeerPercentile
        | RuleFact::FavorablePeerPercentile
        | RuleFact::PeerGap
        | RuleFact::FavorablePeerGap
        | RuleFact::PeerClear => Some(Clause::Peers),
        RuleFact::StatePercentile | RuleFact::FavorableStatePercentile => Some(Clause::State),
        RuleFact::FavorableExpectedDistance => Some(Clause::Expected),
        RuleFact::FavorableGroupGap => Some(Clause::GroupGap),
        RuleFact::FavorableGapChange => Some(Clause::GapChange),
        RuleFact::RiskRatioYears => Some(Clause::RiskRatio),
        RuleFact::FavorablePlaceChange => Some(Clause::PlaceChange),
        RuleFact::FavorableTargetGap => Some(Clause::Target),
        RuleFact::ChangeBeside => Some(Clause::BesideChange),
        RuleFact::DifferenceBeside | RuleFact::PercentOfBeside => Some(Clause::Beside),
        RuleFact::SchoolsAhead | RuleFact::SchoolsBehind => Some(Clause::Schools),
        RuleFact::SchoolsApart => Some(Clause::SchoolsThenAndNow),
        RuleFact::LeadOverGroups => Some(Clause::NoMajority),
        RuleFact::ProjectedChangePercent => Some(Clause::Projection),
        RuleFact::ChangeBeyondState | RuleFact::FavorableChangeBeyondState => Some(Clause::StateChange),
        _ => None,
    }
}
