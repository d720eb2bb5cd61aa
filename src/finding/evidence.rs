//! What speaks for a candidate and what limits it, in plain words with the cells behind it.

use std::collections::BTreeSet;

use super::candidate::Evidence;
use super::facts::{Known, Line, direction, fact, line, line_test};
use super::propose::Second;
use super::statement;
use crate::catalog::{Catalog, Condition, Measure, Operator, Rule, RuleFact};
use crate::compare::{Comparison, Direction, GroupGap, Point, SMALL_GROUP, Tested, wilson};
use crate::domain::{Better, Break, SchoolYear, Unit};

/// The most cells that are listed for one piece of evidence.
const CELLS: usize = 12;

/// Every condition of the rule with the fact's value; the cells of the latest value with the first.
pub(super) fn speaks_for(
    (rule, base): (&Rule, Option<SchoolYear>),
    (comparison, measure): (&Comparison, &Measure),
    catalog: &Catalog,
    threshold: impl Fn(&str) -> Option<f64>,
) -> Vec<Evidence> {
    let mut sources = cells(comparison);
    let conditions = rule.when.iter().filter_map(|condition| {
        let known = fact(condition.fact, comparison, measure)?;
        let text = condition_text(condition, known, measure, &threshold);
        Some(Evidence { text, sources: std::mem::take(&mut sources) })
    });
    let since = base.and_then(|base| since(base, comparison, measure, catalog));
    let rests_on = rests_on(rule, comparison, measure).into_iter().chain(since);
    conditions.chain(rests_on.map(|text| Evidence { text, sources: Vec::new() })).collect()
}

/// What agrees with a strong candidate beside what its rule speaks of.
pub(super) fn second(
    second: &Second<'_>,
    comparison: &Comparison,
    (measure, catalog): (&Measure, &Catalog),
) -> Evidence {
    let tested = |test: Option<Tested>| {
        test.map_or_else(String::new, |test| format!(" (adjusted p {})", probability(test.adjusted)))
    };
    let text = match second {
        Second::Level => {
            format!("the level is on the same side of the peers{}", tested(comparison.tests.level))
        }
        Second::Trend => format!("the trend goes to the same side{}", tested(comparison.tests.trend)),
        Second::Elsewhere(other) => format!(
            "{} stands on the same side of its peers{}",
            statement::subject(&other.key, measure, catalog),
            tested(other.tests.level)
        ),
    };
    let sources = match second {
        Second::Elsewhere(other) => cells(other),
        Second::Level | Second::Trend => Vec::new(),
    };
    Evidence { text: format!("A second line of evidence: {text}"), sources }
}

/// The change since the project's own year; of money in constant dollars, or it says that it is not.
fn since(base: SchoolYear, comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> Option<String> {
    let nominal = comparison.change_since(base)?;
    let (change, dollars) = match comparison.real_change_since(base, &catalog.prices) {
        Some(real) => (real, " after inflation"),
        None if measure.unit.is_money() => (nominal, " in dollars of each year"),
        None => (nominal, ""),
    };
    let went = if change < 0.0 { "down" } else { "up" };
    Some(format!("Since {base} it is {went} by {}{dollars}", measure.unit.format_change(change)))
}

/// The doubt of what the rule looks at: its interval, its tests, what districts with similar students have.
fn rests_on(rule: &Rule, comparison: &Comparison, measure: &Measure) -> Vec<String> {
    let mut texts = Vec::new();
    let latest = comparison.latest();
    if let Some((low, high)) = latest.and_then(|p| interval(p, measure)) {
        let n = latest.and_then(|p| p.n).unwrap_or_default();
        texts.push(format!(
            "By chance alone the value could lie between {} and {} (95 % interval, Wilson; {} {})",
            measure.unit.format(low),
            measure.unit.format(high),
            Unit::Count.format(n),
            measure.people.as_deref().unwrap_or("people")
        ));
    }
    let lines: BTreeSet<Line> = rule.when.iter().filter_map(|c| line(c.fact)).collect();
    for line in lines {
        let Some(test) = line_test(comparison, line) else { continue };
        let what = match line {
            Line::Level => "Distance from the peers",
            Line::Trend => "Trend",
            Line::Gap => "Gap",
        };
        let passes = if test.passes() { "more than" } else { "not more than" };
        texts.push(format!(
            "{what}: {passes} chance brings among all that was tested (p {}, adjusted {})",
            probability(test.p),
            probability(test.adjusted)
        ));
    }
    if rule.when.iter().any(|c| line(c.fact) == Some(Line::Gap)) {
        texts.extend(comparison.gap.iter().flat_map(|gap| gap_texts(gap, measure)));
    }
    if lines_at_level(rule)
        && let Some(expected) = comparison.expected.as_ref()
    {
        texts.extend(statement::expected(comparison, measure).map(|text| {
            format!(
                "The value is {text}: what their students in {} let expect, by the {} districts that it can be matched with \
                 (robust regression, R² {:.2})",
                expected.matched_in, expected.n, expected.r_squared
            )
        }));
    }
    texts
}

/// The doubt of a gap, the people on both sides, and its course: a sentence each, for what is known.
fn gap_texts(gap: &GroupGap, measure: &Measure) -> Vec<String> {
    let signed = |v: f64| format!("{}{}", if v < 0.0 { "−" } else { "" }, measure.unit.format_change(v));
    let doubt = gap.interval.map(|(low, high)| {
        format!(
            "The gap could lie between {} and {} by chance alone (95 % interval, Newcombe)",
            signed(low),
            signed(high)
        )
    });
    let people = gap.n.zip(gap.beside).map(|(own, beside)| {
        let [own, beside] = [own, beside].map(|n| Unit::Count.format(n));
        format!("The gap rests on {own} people and {beside} others")
    });
    let course = gap.trend.as_ref().and_then(|t| {
        let is_turned = t.first * t.last < 0.0;
        let word = match direction(t) {
            Direction::Rising | Direction::Falling if is_turned => "has turned to the other side",
            Direction::Rising if gap.gap < 0.0 => "has narrowed",
            Direction::Falling if gap.gap < 0.0 => "has widened",
            Direction::Rising => "has widened",
            Direction::Falling => "has narrowed",
            Direction::Steady => "has been steady",
            Direction::NoClearDirection => "has shown no clear direction",
            Direction::TooFewYears => return None,
        };
        Some(format!("The gap {word} since {}", t.first_year))
    });
    [doubt, people, course].into_iter().flatten().collect()
}

fn lines_at_level(rule: &Rule) -> bool {
    rule.when.iter().any(|c| line(c.fact) == Some(Line::Level))
}

/// The Wilson interval of a rate whose n is known, in percent.
fn interval(point: &Point, measure: &Measure) -> Option<(f64, f64)> {
    let (low, high) = wilson(point.value? / 100.0, point.n?).filter(|_| measure.unit == Unit::Percent)?;
    Some((100.0 * low, 100.0 * high))
}

/// A probability as it is usually told.
fn probability(p: f64) -> String {
    if p < 0.001 { "under 0.001".to_owned() } else { format!("{p:.3}") }
}

/// The cells of the latest value and of the run's first.
fn cells(comparison: &Comparison) -> Vec<String> {
    let first = comparison.trend.as_ref().map(|t| t.first_year);
    let earlier = comparison.points.iter().find(|p| Some(p.year) == first);
    let points = comparison
        .latest()
        .into_iter()
        .chain(earlier.filter(|p| Some(p.year) != comparison.latest().map(|l| l.year)));
    points.flat_map(|p| &p.sources).take(CELLS).map(ToString::to_string).collect()
}

fn condition_text(
    condition: &Condition,
    known: Known,
    measure: &Measure,
    threshold: impl Fn(&str) -> Option<f64>,
) -> String {
    let name = fact_name(condition.fact);
    let shown = |n: f64| fact_value(condition.fact, n, measure.unit);
    let asked = match (&condition.than, &condition.word) {
        (Some(name), _) => threshold(name).map_or_else(|| name.clone(), shown),
        (None, word) => word.clone().unwrap_or_default(),
    };
    let is = match known {
        Known::Number(n) => shown(n),
        Known::Word(word) => word.replace('-', " "),
    };
    let asks = match condition.is {
        Operator::AtLeast => "at least ",
        Operator::AtMost => "at most ",
        Operator::Above => "above ",
        Operator::Below => "below ",
        Operator::Is => "",
        Operator::IsNot => "not ",
    };
    format!("{name}: {is} (the rule asks for {asks}{})", asked.replace('-', " "))
}

const fn fact_name(fact: RuleFact) -> &'static str {
    match fact {
        RuleFact::Value => "Latest value",
        RuleFact::N => "People it rests on",
        RuleFact::GapN => "People that the gap rests on, on the side with fewer",
        RuleFact::PeerPercentile => "Percentile among the peers",
        RuleFact::FavorablePeerPercentile => "Percentile among the peers, high is good",
        RuleFact::PeerGap => "Difference from the peers' median",
        RuleFact::FavorablePeerGap => {
            "Difference from the peers' median in meaningful changes, positive is good"
        }
        RuleFact::PeerClear => "Meaningfully apart from the peers",
        RuleFact::FavorableExpectedDistance => {
            "How far it is from what districts with similar students have; 1 is how far such districts usually are, positive is good"
        }
        RuleFact::StatePercentile => "Percentile in the state",
        RuleFact::FavorableStatePercentile => "Percentile in the state, high is good",
        RuleFact::Direction => "Trend",
        RuleFact::Course => "Course",
        RuleFact::Slope => "Slope a year",
        RuleFact::SlopePercent => "Slope a year, percent of the first value",
        RuleFact::ChangeOneYear => "Change in the last year",
        RuleFact::ChangeAll => "Change over all years",
        RuleFact::ChangeAllPercent => "Change over all years, percent",
        RuleFact::ChangeFiveYearsPercent => "Change over the last five years, percent",
        RuleFact::Years => "Years with a value",
        RuleFact::YearsBelowZero => "Years in a row below zero",
        RuleFact::YearsWorsening => "Years in a row that went the wrong way",
        RuleFact::FavorableGroupGap => "Difference from the reference group, positive is good",
        RuleFact::RiskRatioYears => "Years in a row with a risk ratio of 2 or more",
        RuleFact::PeerSlope => "Slope of the peers' median a year",
    }
}

fn fact_value(fact: RuleFact, n: f64, unit: Unit) -> String {
    match fact {
        RuleFact::Value => unit.format(n),
        RuleFact::PeerGap
        | RuleFact::Slope
        | RuleFact::ChangeOneYear
        | RuleFact::ChangeAll
        | RuleFact::FavorableGroupGap
        | RuleFact::PeerSlope => {
            let sign = if n < 0.0 { "−" } else { "" };
            format!("{sign}{}", unit.format_change(n))
        }
        RuleFact::SlopePercent | RuleFact::ChangeAllPercent | RuleFact::ChangeFiveYearsPercent => {
            Unit::Percent.format(n)
        }
        RuleFact::FavorablePeerGap | RuleFact::FavorableExpectedDistance => Unit::Ratio.format(n),
        _ => Unit::Count.format(n),
    }
}

fn school_year(found: &Break) -> String {
    SchoolYear::ending(found.year).map_or_else(|_| found.year.to_string(), |year| year.to_string())
}

/// What limits a candidate or speaks against it.
/// `age`: how many years older the latest value is than the newest of the district.
pub(super) fn limits(comparison: &Comparison, measure: &Measure, peers: usize, age: i32) -> Vec<Evidence> {
    let mut texts = Vec::new();
    if age >= 2 {
        texts.push(format!("Old: other measures have values that are {age} years newer."));
    }
    texts.extend(against_trend(comparison, measure));
    texts.extend(against_few(comparison, measure));
    texts.extend(implausible(comparison, measure));
    match comparison.standing() {
        Some(s) if s.peer_n < peers && s.peer_median.is_some() => {
            texts.push(format!("Only {} of the {peers} peers have a value in that year.", s.peer_n));
        }
        Some(s) if s.peer_median.is_none() && peers > 0 => {
            texts.push("Too few peers have a value in that year to compare with.".to_owned());
        }
        _ => {}
    }
    let broken = comparison.after_break();
    texts.extend(broken.map(|b| format!("Not comparable with years before {}: {}.", school_year(b), b.why)));
    let comparable = if broken.is_some() { "comparable " } else { "" };
    match &comparison.trend {
        Some(t) if t.direction == Direction::TooFewYears => {
            texts.push(format!("Only {} {comparable}years of data: too few for a trend.", t.n_years));
        }
        Some(_) => {}
        None => texts.push(format!("Only one {comparable}year of data.")),
    }
    texts.into_iter().map(|text| Evidence { text, sources: Vec::new() }).collect()
}

/// That the latest value is hardly possible.
fn implausible(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let value = comparison.latest()?.value?;
    let [low, high] = measure.plausible.filter(|_| !measure.is_plausible(value))?;
    let [low, high] = [low, high].map(|end| measure.unit.format(end));
    Some(format!("The latest value is outside {low} to {high}: check it against its source."))
}

/// That a rate rests on few people, or on how many was not published.
fn against_few(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let people = measure.people.as_deref().filter(|_| measure.unit == Unit::Percent)?;
    match comparison.latest()?.n {
        Some(n) if n < SMALL_GROUP => {
            Some(format!("Small group: the latest value rests on {} {people}.", Unit::Count.format(n)))
        }
        Some(_) => None,
        None => {
            let strays = comparison.spread().filter(|spread| *spread > 0.0).map(|spread| {
                format!("; its years usually lie {} from their trend", measure.unit.format_change(spread))
            });
            let strays = strays.unwrap_or_default();
            Some(format!("How many {people} the value rests on was not published{strays}."))
        }
    }
}

/// The quarters of the peers, from the better end: outside the middle half a level is better or worse than most.
const QUARTER: f64 = 25.0;

/// A level outside the middle half of the peers and a trend that point to different sides.
fn against_trend(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let sign = measure.better.sign();
    let from_middle = sign * (comparison.standing()?.peer_percentile? - 50.0);
    if from_middle.abs() < 50.0 - QUARTER {
        return None;
    }
    let good_level = from_middle > 0.0;
    let trend = comparison.trend.as_ref()?;
    let good_trend = match (direction(trend), measure.better) {
        (Direction::Rising, Better::Higher) | (Direction::Falling, Better::Lower) => true,
        (Direction::Rising, Better::Lower) | (Direction::Falling, Better::Higher) => false,
        _ => return None,
    };
    let said = statement::trend(comparison, measure)?;
    match (good_level, good_trend) {
        (true, false) => Some(format!("Better than most peers, but it {said}.")),
        (false, true) => Some(format!("Worse than most peers, but it {said}.")),
        _ => None,
    }
}
