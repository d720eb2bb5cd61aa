//! What a chart of one series says: the facts that hold for the values that it draws, the most telling first.
//!
//! In this order: it left its level, it turned, it went one way, it differs from the base year, it differs from the peers, it
//! is like the peers, it has hardly changed. The shape is that of the whole comparable run, so each fact is checked
//! again on the values drawn: a word of change never contradicts the ends that a reader sees.

use super::series::is_credible;
use super::short_subject::finding_subject;
use crate::catalog::{Catalog, Measure};
use crate::compare::{Change, Comparison, LevelShift, SeriesShape, Standing, TurningPoint};
use crate::domain::{AllDistricts, SchoolYear, Unit};
use crate::wording::finding::{CameBack, ChartText, DrawnChange, DrawnTurn, PeersOnOneSide, SeriesFact};
use crate::wording::finding_parts::{self as words, SeriesEnds, YearValueText};

/// The fewest values that can go up and down.
const FEWEST_VALUES: usize = 4;

/// A series as a chart shows it.
#[derive(Clone, Copy)]
pub(crate) struct ShownSeries<'a> {
    pub(crate) comparison: &'a Comparison,
    pub(crate) measure: &'a Measure,
    pub(crate) catalog: &'a Catalog,
    /// The values drawn, ascending. A chart of one year has one.
    pub(crate) values: &'a [DrawnValue],
    /// Whether they are in dollars of the latest year.
    pub(crate) is_after_inflation: bool,
    /// Whether the chart shows peers that are like the district.
    pub(crate) has_peers: bool,
    /// Whether it shows the state's median.
    pub(crate) has_state: bool,
    /// What all districts are.
    pub(crate) all_districts: AllDistricts,
    /// Whether the finding must name the measure, because the chart shows others as well.
    pub(crate) is_named: bool,
}

/// A value that a chart draws.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawnValue {
    pub(crate) year: SchoolYear,
    pub(crate) value: f64,
    /// The people whom it is about; `None` if unknown.
    pub(crate) n: Option<f64>,
}

impl ShownSeries<'_> {
    /// Everything that the chart can say, the most telling first.
    pub(crate) fn findings(&self) -> Vec<ChartText> {
        let subject =
            finding_subject(&self.comparison.key, self.measure, self.catalog, self.is_after_inflation);
        let mut said = Vec::new();
        for fact in self.facts() {
            let finding = if self.is_named { subject.say_named(fact) } else { subject.say(fact) };
            if let Some(finding) = finding {
                let sub_line = self.sub_line_since(fact.since());
                said.push(ChartText { finding, sub_line, rank: fact.rank() });
            }
        }
        said
    }

    /// The ends of the series, and what the last is compared with.
    pub(crate) fn sub_line(&self) -> String {
        self.sub_line_since(None)
    }

    /// The value of a year (or the first), the last, and what that is compared with.
    fn sub_line_since(&self, year: Option<SchoolYear>) -> String {
        let mut run = self.run();
        run.retain(|drawn| year.is_none_or(|year| drawn.year >= year));
        let Some(last) = run.last() else { return String::new() };
        let standing = self.standing(last.year);
        words::series_ends(&SeriesEnds {
            unit: self.measure.unit,
            first: run.first().filter(|first| first.year < last.year).map(|first| text(*first)),
            last: text(*last),
            is_after_inflation: self.is_after_inflation,
            peers: standing.filter(|_| self.has_peers).and_then(|standing| standing.peer_median),
            state: standing.filter(|_| self.has_state).and_then(|standing| standing.state_median),
            all_districts: self.all_districts,
        })
    }

    /// Where the district stands in a year.
    fn standing(&self, year: SchoolYear) -> Option<&Standing> {
        self.comparison.standings.iter().find(|standing| standing.year == year)
    }

    fn facts(&self) -> Vec<SeriesFact> {
        let run = self.run();
        let Some(latest) = run.last().filter(|latest| self.is_of_many(**latest)) else { return Vec::new() };
        if !is_credible(self.comparison, self.measure, self.catalog) {
            return Vec::new();
        }
        let mut facts = Vec::new();
        if run.len() > 1 && self.judges_changes() {
            facts.extend(self.shape(&run));
            facts.extend(self.since_base(&run));
        }
        facts.extend(self.among_peers(*latest, run.len() > 1));
        if run.len() > 1 && self.judges_changes() {
            facts.extend(self.otherwise(&run));
        }
        facts
    }

    /// The values drawn of the latest comparable run.
    fn run(&self) -> Vec<DrawnValue> {
        let first = self.comparison.run().next().map(|(year, _)| year);
        self.values.iter().copied().filter(|drawn| Some(drawn.year) >= first).collect()
    }

    /// Changes of money are judged after inflation, so they can only be stated of values after inflation.
    fn judges_changes(&self) -> bool {
        let is_real = self.comparison.trend.as_ref().is_some_and(|trend| trend.real.is_some());
        if self.measure.unit.is_money() { is_real && self.is_after_inflation } else { true }
    }

    /// Whether a value is about enough people for a finding.
    fn is_of_many(&self, drawn: DrawnValue) -> bool {
        are_at_least(self.catalog.findings.fewest_in_findings, self.measure, drawn.value, drawn.n)
    }

    /// Whether a difference from a value matters.
    fn matters(&self, difference: f64, level: f64) -> bool {
        !self.measure.is_about(level + difference, level)
    }

    fn shape(&self, run: &[DrawnValue]) -> Option<SeriesFact> {
        match self.comparison.shape {
            SeriesShape::LevelShift(shift) => self.shift(run, shift),
            SeriesShape::Turn(turn) => self.turn(run, turn),
            SeriesShape::Trend { rising } => self.moved(run, rising),
            SeriesShape::Steady | SeriesShape::Unclear | SeriesShape::TooFew => None,
        }
    }

    /// From the last year of the old level to the latest.
    fn shift(&self, run: &[DrawnValue], shift: LevelShift) -> Option<SeriesFact> {
        let before = run.iter().find(|drawn| drawn.year.end() == shift.from_year)?;
        let change = self.change(*before, *run.last()?)?;
        let whole = run.last()?.value - run.first()?.value;
        let is_one_way = change.size() * shift.change() > 0.0 && change.size() * whole > 0.0;
        is_one_way.then_some(SeriesFact::Shifted(change))
    }

    /// The extreme must be one of the values drawn, with a way there and a way back that both matter.
    fn turn(&self, run: &[DrawnValue], turn: TurningPoint) -> Option<SeriesFact> {
        let extreme = run.iter().find(|drawn| drawn.year.end() == turn.year)?;
        let (first, last) = (run.first()?, run.last()?);
        let (there, back) = (self.change(*first, *extreme)?.size(), self.change(*extreme, *last)?.size());
        if there * back >= 0.0 || (there < 0.0) != turn.is_low {
            return None;
        }
        let share = (back / there).abs();
        let back = match share {
            _ if !self.matters(last.value - first.value, first.value) => CameBack::WhereItWas,
            share if share > 1.0 => CameBack::Beyond,
            share => CameBack::Part(share),
        };
        Some(SeriesFact::Turned(DrawnTurn { value: extreme.value, year: extreme.year, change: there, back }))
    }

    fn moved(&self, run: &[DrawnValue], rising: bool) -> Option<SeriesFact> {
        let change = self.change(*run.first()?, *run.last()?)?;
        ((change.size() > 0.0) == rising).then_some(SeriesFact::Moved(change))
    }

    /// The change since the base year, unless it may be chance, or goes against the ends drawn.
    fn since_base(&self, run: &[DrawnValue]) -> Option<SeriesFact> {
        let base = self.comparison.changes.since_base?;
        if base.test.is_some_and(|test| !test.passes()) {
            return None;
        }
        let (first, last) = (run.first()?, run.last()?);
        let change = self.change(*run.iter().find(|drawn| drawn.year == base.from_year)?, *last)?;
        let whole = last.value - first.value;
        let is_against_ends = change.size() * whole < 0.0;
        (!is_against_ends).then(|| SeriesFact::Since { change, as_in: self.as_in(base, change) })
    }

    /// What all districts are, if their median has changed about as much.
    fn as_in(&self, base: Change, change: DrawnChange) -> Option<AllDistricts> {
        let state = base.state_change.filter(|state| self.has_state && state * change.size() > 0.0)?;
        (!self.matters(change.size() - state, change.from)).then_some(self.all_districts)
    }

    /// A change that matters, between values about enough people.
    fn change(&self, from: DrawnValue, to: DrawnValue) -> Option<DrawnChange> {
        let is_told =
            self.is_of_many(from) && self.is_of_many(to) && self.matters(to.value - from.value, from.value);
        is_told.then_some(DrawnChange { from: from.value, from_year: from.year, to: to.value })
    }

    /// Where the latest value is among the peers. A chart of one year can count them.
    fn among_peers(&self, latest: DrawnValue, has_years: bool) -> Vec<SeriesFact> {
        let standing = self.standing(latest.year).filter(|_| self.has_peers);
        let Some(standing) = standing else { return Vec::new() };
        let Some(median) = standing.peer_median else { return Vec::new() };
        if self.measure.is_about(latest.value, median) {
            let range = self.peer_range().filter(|_| !has_years).map(SeriesFact::PeerRange);
            return [SeriesFact::Alike].into_iter().chain(range).collect();
        }
        let compared = standing
            .peer_clear
            .then_some(SeriesFact::Apart(self.measure.unit.shown_difference(latest.value, median)));
        let ranked = (!has_years).then_some(SeriesFact::Ranked(rank(standing)));
        compared.into_iter().chain(ranked).collect()
    }

    /// The lowest and the highest latest value of the peers.
    fn peer_range(&self) -> Option<[f64; 2]> {
        let values: Vec<f64> = self.comparison.peer_values.iter().map(|peer| peer.1).collect();
        let ends = [values.iter().copied().reduce(f64::min)?, values.iter().copied().reduce(f64::max)?];
        Some(ends)
    }

    /// Little change, changes in both directions, or the two ends of few values.
    fn otherwise(&self, run: &[DrawnValue]) -> Option<SeriesFact> {
        let (first, last) = (run.first()?, run.last()?);
        let low = run.iter().map(|drawn| drawn.value).fold(f64::INFINITY, f64::min);
        let high = run.iter().map(|drawn| drawn.value).fold(f64::NEG_INFINITY, f64::max);
        let is_back = !self.matters(last.value - first.value, first.value);
        if is_back && high - low <= 2.0 * self.measure.matters_from(first.value) {
            return Some(SeriesFact::Little(first.year));
        }
        let goes_both_ways = run.windows(2).any(|pair| pair[1].value > pair[0].value)
            && run.windows(2).any(|pair| pair[1].value < pair[0].value);
        if run.len() >= FEWEST_VALUES && goes_both_ways {
            return Some(SeriesFact::UpAndDown(first.year));
        }
        self.change(*first, *last).map(|change| SeriesFact::Ends { change, year: last.year })
    }
}

/// How many peers are on the side of the district where more of them are.
const fn rank(standing: &Standing) -> PeersOnOneSide {
    let (above, below) = (standing.peers_above(), standing.peers_below);
    let are_higher = above >= below;
    PeersOnOneSide { are_higher, districts: if are_higher { above } else { below }, of: standing.peer_n }
}

/// Whether a value is about at least this many people. A count is itself the number of people; where the number is unknown, it is
/// taken to be enough.
pub(crate) fn are_at_least(fewest: u32, measure: &Measure, value: f64, n: Option<f64>) -> bool {
    let n = if measure.unit == Unit::Count { Some(value) } else { n };
    n.is_none_or(|n| n >= f64::from(fewest))
}

const fn text(drawn: DrawnValue) -> YearValueText {
    YearValueText { value: drawn.value, year: drawn.year }
}
