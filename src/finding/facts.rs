//! The facts that the conditions of rules are about.

use super::rule_check::RuleCheck;
use super::streaks::{YearValue, years_above_zero, years_below_zero, years_moving};
use super::trends::{course_word, direction_word, first_value, slope};
use crate::catalog::{Measure, RuleFact};
use crate::compare::{Change, Comparison, SeriesShape, ShiftKind, Standing, Trend};
use crate::domain::{MeasureKey, SchoolYear, Unit};

/// The value of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FactValue {
    Number(f64),
    Word(&'static str),
}

/// The value of a fact; `None` if unknown, in which case a condition on it does not hold.
pub(super) fn fact_value(fact: RuleFact, check: &RuleCheck<'_>) -> Option<FactValue> {
    FactSource::new(check)?.value_of(fact)
}

/// What facts are derived from.
struct FactSource<'a> {
    check: &'a RuleCheck<'a>,
    comparison: &'a Comparison,
    measure: &'a Measure,
    /// The latest value.
    value: f64,
    /// The number of people that it is based on.
    n: Option<f64>,
    /// 1 where higher is better, −1 where lower is, 0 where neither.
    sign: f64,
    /// The standing in the latest year.
    standing: Option<&'a Standing>,
    trend: Option<&'a Trend>,
}

impl<'a> FactSource<'a> {
    /// `None` for a series without a value.
    fn new(check: &'a RuleCheck<'a>) -> Option<Self> {
        let (comparison, measure) = (check.comparison(), check.measure());
        let latest = comparison.latest()?;
        Some(Self {
            check,
            comparison,
            measure,
            value: latest.value?,
            n: latest.n,
            sign: measure.better.sign(),
            standing: comparison.standing(),
            trend: comparison.trend.as_ref(),
        })
    }

    fn value_of(&self, fact: RuleFact) -> Option<FactValue> {
        let number = match fact {
            RuleFact::Direction => return Some(FactValue::Word(direction_word(self.shape()))),
            RuleFact::Course => {
                return Some(FactValue::Word(course_word(self.shape(), self.measure.better)));
            }
            RuleFact::PeerClear => return self.peer_clear(),
            RuleFact::GapSmall => {
                let is_small = self.comparison.gap_now()?.is_small();
                return Some(FactValue::Word(if is_small { "yes" } else { "no" }));
            }
            RuleFact::HasOthers => return Some(FactValue::Word(self.has_others())),
            RuleFact::WorseThanOthers => return self.worse_than_others(),
            RuleFact::SharedByOthers => return Some(FactValue::Word(self.shared_by_others())),
            RuleFact::Value => Some(self.value),
            RuleFact::N => self.n,
            RuleFact::Years => Some(self.trend?.n_years as f64),
            RuleFact::YearsSinceShift => self.years_since_shift(),
            RuleFact::YearsBelowZero => Some(years_below_zero(self.comparison) as f64),
            RuleFact::YearsAboveZero => Some(years_above_zero(self.comparison) as f64),
            RuleFact::YearsWorsening => Some(self.years_moving(-1.0)),
            RuleFact::YearsImproving => Some(self.years_moving(1.0)),
            RuleFact::RiskRatioYears => Some(self.comparison.gap_now()?.risk?.years_at_2 as f64),
            RuleFact::FavorableTargetGap => self.favorable_target_gap(),
            RuleFact::FavorableGroupGap => self.favorable_group_gap(),
            RuleFact::FavorableGapChange => self.favorable_gap_change(),
            RuleFact::GapN => self.gap_n(),
            RuleFact::LeadOverGroups => self.lead_over_groups(),
            RuleFact::SchoolsAhead => Some(self.comparison.schools.as_ref()?.ahead as f64),
            RuleFact::SchoolsBehind => Some(self.comparison.schools.as_ref()?.behind as f64),
            RuleFact::SchoolsApart => self.schools_apart(),
            RuleFact::ChangeBeside | RuleFact::DifferenceBeside | RuleFact::PercentOfBeside => {
                self.beside(fact)
            }
            RuleFact::FavorablePeerPercentileBeside => self.check.favorable_percentile_beside(),
            _ => self.standing_fact(fact).or_else(|| self.change_fact(fact)),
        };
        number.filter(|number| number.is_finite()).map(FactValue::Number)
    }

    /// What a reader sees in the series. A trend whose ends are about the same has no direction for those who see only these.
    fn shape(&self) -> SeriesShape {
        let ends_alike =
            self.trend.is_some_and(|trend| self.measure.is_about(trend.last, first_value(trend)));
        match self.comparison.shape {
            SeriesShape::Trend { .. } if ends_alike => SeriesShape::Unclear,
            shape => shape,
        }
    }

    /// A fact about where the latest value stands.
    fn standing_fact(&self, fact: RuleFact) -> Option<f64> {
        match fact {
            RuleFact::PeerPercentile => self.peers()?.peer_percentile,
            RuleFact::FavorablePeerPercentile => self.favorable_percentile(self.peers()?.peer_percentile?),
            RuleFact::PeerGap => self.peer_gap(),
            RuleFact::FavorablePeerGap => self.favorable_peer_gap(),
            RuleFact::FavorableExpectedDistance => self.favorable_expected_distance(),
            RuleFact::StatePercentile => self.standing?.state_percentile,
            RuleFact::FavorableStatePercentile => self.favorable_percentile(self.standing?.state_percentile?),
            RuleFact::PeerSlope => self.peer_slope(),
            RuleFact::FavorablePlaceChange => self.favorable_place_change(),
            _ => None,
        }
    }

    /// A fact about how the series has changed.
    fn change_fact(&self, fact: RuleFact) -> Option<f64> {
        let changes = &self.comparison.changes;
        match fact {
            RuleFact::Slope => Some(slope(self.trend?)),
            RuleFact::SlopePercent => percent(slope(self.trend?), first_value(self.trend?)),
            RuleFact::ChangeAll => Some(self.trend?.real_change()),
            RuleFact::ChangeAllPercent => percent(self.trend?.real_change(), first_value(self.trend?)),
            RuleFact::ChangeOneYear => Some(changes.one_year?.size()),
            RuleFact::FavorableChangeOneYear => self.favorable_change(changes.one_year?),
            RuleFact::ChangeFiveYearsPercent => changes.five_years?.percent(),
            RuleFact::FavorableChangeFiveYears => self.favorable_change(changes.five_years?),
            RuleFact::ChangeSinceBase => Some(changes.since_base?.size()),
            RuleFact::ChangeSinceBasePercent => changes.since_base?.percent(),
            RuleFact::FavorableChangeSinceBase => self.favorable_change(changes.since_base?),
            RuleFact::ChangeBeyondState => {
                let change = changes.since_base?;
                Some(change.size() - change.state_change?)
            }
            RuleFact::FavorableChangeBeyondState => {
                let change = changes.since_base?;
                let meaningful = self.measure.matters_from(change.judged_from());
                let beyond = self.sign * (change.size() - change.state_change?) / meaningful;
                self.is_judged().then_some(beyond)
            }
            RuleFact::RecoveredShare => Some(changes.recovery?.share),
            RuleFact::ProjectedChangePercent => {
                let coming = self.comparison.projection.as_ref()?.years.last()?;
                percent(coming.value - self.value, self.value)
            }
            _ => None,
        }
    }

    /// Whether the measure has a better direction.
    fn is_judged(&self) -> bool {
        self.sign != 0.0
    }

    /// The standing, if the peers are alike enough to be compared with.
    fn peers(&self) -> Option<&'a Standing> {
        self.check.series.standing_among_alike()
    }

    /// The percentile, reversed if lower is better, so that a high one is good.
    fn favorable_percentile(&self, percentile: f64) -> Option<f64> {
        self.is_judged().then_some(if self.sign > 0.0 { percentile } else { 100.0 - percentile })
    }

    fn peer_gap(&self) -> Option<f64> {
        Some(self.value - self.peers()?.peer_median?)
    }

    /// The difference from the peers' median in meaningful changes, positive if favorable.
    fn favorable_peer_gap(&self) -> Option<f64> {
        Some(self.sign * self.peer_gap()? / self.measure.matters_from(self.standing?.peer_median?))
    }

    /// Slope of the peers' median between its first and last year of the comparable run; of money in dollars of the last year.
    fn peer_slope(&self) -> Option<f64> {
        let from = self.comparison.run().next()?.0;
        let standings = self.comparison.standings.iter().filter(|standing| standing.year >= from);
        let mut medians = standings.filter_map(peer_median);
        let first = medians.next()?;
        let last = medians.next_back()?;
        let start = self.in_dollars_of(last.year, first.year, first.value)?;
        Some((last.value - start) / f64::from(last.year - first.year))
    }

    fn peer_clear(&self) -> Option<FactValue> {
        Some(FactValue::Word(if self.peers()?.peer_clear { "yes" } else { "no" }))
    }

    fn has_others(&self) -> &'static str {
        let is_among_others = self.standing.is_some_and(|standing| {
            standing.peer_percentile.is_some() || standing.state_percentile.is_some()
        });
        if is_among_others { "yes" } else { "no" }
    }

    fn worse_than_others(&self) -> Option<FactValue> {
        let within = self.check.series.catalog.findings.judging.as_in_state_within;
        let level = self.differs_from_most(false);
        let course = self.beyond_median().map(|beyond| beyond < -within);
        if level.is_none() && course.is_none() {
            return None;
        }
        let is_worse = level == Some(true) || course == Some(true);
        Some(FactValue::Word(if is_worse { "yes" } else { "no" }))
    }

    fn shared_by_others(&self) -> &'static str {
        let within = self.check.series.catalog.findings.judging.as_in_state_within;
        let is_shared = self.beyond_median().is_some_and(|beyond| beyond <= within);
        if is_shared && self.differs_from_most(true) != Some(true) { "yes" } else { "no" }
    }

    /// Whether the latest value is better, or worse, than in most peers, or in most districts; `None` for totals, which depend on how
    /// large districts are.
    fn differs_from_most(&self, for_the_better: bool) -> Option<bool> {
        let among_peers = self.peers().and_then(|peers| peers.peer_percentile.zip(peers.peer_median));
        let among_all = self.standing.and_then(|all| all.state_percentile.zip(all.state_median));
        let (percentile, median) = among_peers.or(among_all).filter(|_| !self.measure.adds_up())?;
        let percentile = self.favorable_percentile(percentile)?;
        let is_on_side = if for_the_better { percentile > 50.0 } else { percentile < 50.0 };
        Some(is_on_side && !self.measure.is_about(self.value, median))
    }

    /// The change over the years that the rule is about minus that of the median district, in meaningful changes, positive if
    /// favorable. Of a total, the median district changes by the same percent of its own value.
    fn beyond_median(&self) -> Option<f64> {
        let change = self.change_of_rule()?;
        let mut state = change.state_change?;
        if self.measure.adds_up() {
            state *= change.judged_from() / (self.standing?.state_median? - state);
        }
        let meaningful = self.measure.matters_from(change.judged_from());
        let beyond = self.sign * (change.size() - state) / meaningful;
        (self.is_judged() && beyond.is_finite()).then_some(beyond)
    }

    /// The change that the rule is about; that of the whole run if it is about none between two years.
    fn change_of_rule(&self) -> Option<Change> {
        match self.check.line().filter(|line| line.is_change()) {
            Some(line) => line.change(self.comparison),
            None => self.trend.map(|trend| Change {
                from_year: trend.first_year,
                to_year: trend.last_year,
                from: trend.first,
                to: trend.last,
                real_from: trend.real.map(|real| real.first),
                state_change: self.median_change(trend),
                test: None,
            }),
        }
    }

    /// The change of the median district over the run; for money in dollars of its last year.
    fn median_change(&self, trend: &Trend) -> Option<f64> {
        let [first, last] = [trend.first_year, trend.last_year].map(|year| self.median_in(year));
        let start = self.in_dollars_of(trend.last_year.end(), trend.first_year.end(), first?)?;
        Some(last? - start)
    }

    /// A value of an earlier year; money in dollars of a later one.
    fn in_dollars_of(&self, later: i32, year: i32, value: f64) -> Option<f64> {
        if self.measure.unit.is_money() {
            self.check.series.catalog.in_dollars_of(later, year, value)
        } else {
            Some(value)
        }
    }

    fn median_in(&self, year: SchoolYear) -> Option<f64> {
        self.comparison.standings.iter().find(|standing| standing.year == year)?.state_median
    }

    fn favorable_expected_distance(&self) -> Option<f64> {
        let expected = self.comparison.expected.as_ref().filter(|_| self.is_judged())?;
        Some(self.sign * expected.standardized())
    }

    fn favorable_place_change(&self) -> Option<f64> {
        let place = self.comparison.changes.place.filter(|_| self.is_judged())?;
        Some(self.sign * (place.to - place.from))
    }

    fn favorable_group_gap(&self) -> Option<f64> {
        let gap = self.comparison.gap_now().filter(|_| self.is_judged())?;
        Some(self.sign * gap.gap)
    }

    /// The value of a year.
    fn reported_in(&self, year: SchoolYear) -> Option<f64> {
        self.comparison.reported().find(|(reported, _)| *reported == year).map(|(_, value)| value)
    }

    fn favorable_gap_change(&self) -> Option<f64> {
        let gap = self.comparison.gap_now().filter(|_| self.is_judged())?;
        let change = self.sign * gap.clear_change()?;
        let trend = gap.trend.as_ref()?;
        let own = self.sign * (self.reported_in(trend.last_year)? - self.reported_in(trend.first_year)?);
        // A gap that closes because others fell is not a success of the group, and one that widens while it gains is not a failure.
        (change * own > 0.0 || change < 0.0 && own == 0.0).then_some(change)
    }

    fn years_since_shift(&self) -> Option<f64> {
        let SeriesShape::LevelShift(shift) = self.comparison.shape else { return None };
        match shift.kind {
            ShiftKind::Step => Some(f64::from(self.trend?.last_year.end() - shift.from_year)),
            ShiftKind::Cliff => Some(0.0),
        }
    }

    /// By how much the range of the schools has grown, in meaningful changes.
    fn schools_apart(&self) -> Option<f64> {
        let spread = self.comparison.schools.as_ref()?;
        let (_, earlier) = spread.earlier?;
        Some((spread.high - spread.low - earlier) / self.measure.matters_from(spread.high))
    }

    /// The number of people on the smaller side of the gap.
    fn gap_n(&self) -> Option<f64> {
        let gap = self.comparison.gap_now()?;
        Some(gap.n?.min(gap.beside?))
    }

    fn favorable_target_gap(&self) -> Option<f64> {
        let target = self.check.target().filter(|_| self.is_judged())?;
        Some(self.sign * (self.value - target.value))
    }

    fn years_moving(&self, favorable: f64) -> f64 {
        if self.is_judged() { years_moving(&self.check.series, favorable * self.sign) as f64 } else { 0.0 }
    }

    /// A change in meaningful changes, positive if favorable.
    fn favorable_change(&self, change: Change) -> Option<f64> {
        let meaningful = self.measure.matters_from(change.judged_from());
        (self.is_judged() && meaningful > 0.0).then(|| self.sign * change.size() / meaningful)
    }

    /// By how much it is larger than the largest other group of the dimension, if together they are nearly all students.
    fn lead_over_groups(&self) -> Option<f64> {
        let (key, groups) = (&self.comparison.key, &self.check.series.catalog.groups);
        let year = self.comparison.latest()?.year;
        let dimension = &groups.group(&key.group)?.dimension;
        let others =
            groups.groups.iter().filter(|group| group.dimension == *dimension && group.id != key.group);
        let values: Vec<f64> = others
            .filter_map(|group| {
                let other = MeasureKey { group: group.id.clone(), ..key.clone() };
                let mut reported = self.check.district.comparisons.get(&other)?.reported();
                Some(reported.find(|(other, _)| *other == year)?.1)
            })
            .collect();
        let largest = values.iter().copied().reduce(f64::max)?;
        let nearly_all = self.check.series.catalog.findings.judging.nearly_all;
        (self.value + values.iter().sum::<f64>() >= nearly_all).then_some(self.value - largest)
    }

    /// Whether this value or the one beside it counts so few people that one or two of them would change what is said.
    fn is_of_few(&self, beside: f64) -> bool {
        let fewest = f64::from(self.check.series.catalog.findings.fewest_in_findings);
        self.measure.unit == Unit::Count && self.value.min(beside) < fewest
    }

    /// A fact about the series beside this one.
    fn beside(&self, fact: RuleFact) -> Option<f64> {
        let other = self.check.beside()?;
        if fact == RuleFact::ChangeBeside {
            let (own, other) = (self.comparison.changes.five_years?, other.changes.five_years?);
            return (own.to_year == other.to_year).then_some(own.percent()? - other.percent()?);
        }
        let year = self.comparison.latest()?.year;
        let theirs = other.reported().find(|(other, _)| *other == year)?.1;
        match fact {
            RuleFact::DifferenceBeside => Some(self.value - theirs),
            _ => (theirs > 0.0 && !self.is_of_few(theirs)).then(|| 100.0 * self.value / theirs),
        }
    }
}

fn percent(change: f64, base: f64) -> Option<f64> {
    (base > 0.0).then(|| 100.0 * change / base)
}

fn peer_median(standing: &Standing) -> Option<YearValue> {
    Some(YearValue { year: standing.year.end(), value: standing.peer_median? })
}
