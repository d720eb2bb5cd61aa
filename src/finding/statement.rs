//! Statements: what, when, compared with what, since when. One sentence, no cause, no blame.

use super::clauses;
use super::projection;
use super::rule_check::RuleCheck;
use super::series::MeasuredSeries;
use crate::catalog::Clause;
use crate::compare::Change;
use crate::wording::statement::{self as words, with_clause, with_projection, with_trend};

/// The maximum number of words in a statement.
const MOST_WORDS: usize = 25;

/// The statement of a rule on a series.
pub(super) fn statement(check: &RuleCheck<'_>) -> String {
    Statement { series: check.series, check: Some(check) }.sentence(&check.rule.say)
}

/// What a statement is made of.
pub(super) struct Statement<'a> {
    pub(super) series: MeasuredSeries<'a>,
    /// The rule that it is for; `None` for a sentence of no rule.
    pub(super) check: Option<&'a RuleCheck<'a>>,
}

/// How a sentence begins.
struct Opening {
    text: String,
    /// Whether it states a change over the years, so that a trend need not be added.
    states_change: bool,
}

impl Statement<'_> {
    /// A sentence made of the given clauses. A clause without data is left out, and so is one that would make the sentence too
    /// long.
    pub(super) fn sentence(&self, say: &[Clause]) -> String {
        let opening = self.opening(say);
        let mut text = opening.text;
        let mut has_comparison = false;
        for clause in say {
            let longer = match clause {
                Clause::Trend if opening.states_change => None,
                Clause::Trend => {
                    clauses::trend(&self.series).map(|trend| with_trend(&text, &trend, has_comparison))
                }
                Clause::Projection => {
                    projection::clause(&self.series).map(|projection| with_projection(&text, &projection))
                }
                clause => {
                    let mut forms = self.comparisons(*clause).into_iter().map(|comparison| {
                        with_clause(&text, &comparison_after(*clause, comparison, opening.states_change))
                    });
                    let fitting = forms.find(|longer| is_short(longer));
                    has_comparison |= fitting.is_some();
                    fitting
                }
            };
            if let Some(longer) = longer.filter(|longer| is_short(longer)) {
                text = longer;
            }
        }
        words::sentence(&text)
    }

    /// The first clause that can open a sentence; otherwise the level, or the subject alone.
    fn opening(&self, say: &[Clause]) -> Opening {
        for clause in say {
            if let Some(text) = self.opening_clause(*clause).filter(|text| is_short(text)) {
                return Opening { text, states_change: !matches!(clause, Clause::Level | Clause::Streak) };
            }
        }
        let text = clauses::level(&self.series).unwrap_or_else(|| self.series.subject().words);
        Opening { text, states_change: false }
    }

    fn opening_clause(&self, clause: Clause) -> Option<String> {
        let (series, changes) = (&self.series, &self.series.comparison.changes);
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

    /// What the value is compared with: in full, and in fewer words where it can be.
    fn comparisons(&self, clause: Clause) -> Vec<String> {
        match clause {
            Clause::Peers => {
                let forms = [clauses::peers, clauses::rank_among_peers, clauses::short_rank_among_peers];
                forms.iter().filter_map(|form| form(&self.series)).collect()
            }
            Clause::PlaceChange => clauses::place_changes(&self.series),
            Clause::GapChange => clauses::gap_changes(&self.series),
            clause => self.comparison(clause).into_iter().collect(),
        }
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
            Clause::State => clauses::state(series),
            Clause::Expected => clauses::expected(series),
            Clause::GroupGap => clauses::group_gap(series),
            Clause::RiskRatio => clauses::risk_ratio(series),
            Clause::StateChange => clauses::state_change(series, self.stated_change()?),
            Clause::Target => clauses::target(series, self.check?.target()?),
            Clause::Beside => clauses::beside(series, &self.check?.series_beside()?),
            Clause::BesideChange => clauses::beside_change(&self.check?.series_beside()?),
            Clause::Schools => clauses::schools(series),
            Clause::SchoolsThenAndNow => clauses::schools_then_and_now(series),
            _ => None,
        }
    }
}

/// A comparison as it follows the opening: after a change, a rank is about where the change ended.
fn comparison_after(clause: Clause, comparison: String, states_change: bool) -> String {
    match clause {
        Clause::Peers | Clause::State if states_change => words::ending(&comparison),
        _ => comparison,
    }
}

/// Whether a text is short enough for a statement.
fn is_short(text: &str) -> bool {
    text.split([' ', '\u{a0}']).count() <= MOST_WORDS
}
