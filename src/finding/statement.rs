//! The wording of statements: what, when, compared with what, since when. One sentence, no cause, no blame.

use super::facts::{direction, slope, years_below_zero};
use crate::catalog::{Catalog, Clause, Measure};
use crate::compare::{Comparison, Direction, Projection, Record, Trend, Whose};
use crate::domain::{ALL, MeasureKey, Unit};

/// The longest that a statement may be (`methods.md` 11).
const MOST_WORDS: usize = 45;

/// A chart's headline: level, peers and trend in one sentence, without a full stop.
#[must_use]
pub fn headline(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> String {
    let said = sentence(comparison, measure, catalog, &[Clause::Level, Clause::Peers, Clause::Trend]);
    said.trim_end_matches('.').to_owned()
}

/// A sentence of the given clauses; a clause that the data does not carry is left out, and so is a trend that would
/// make it too long.
pub(super) fn sentence(
    comparison: &Comparison,
    measure: &Measure,
    catalog: &Catalog,
    say: &[Clause],
) -> String {
    let subject = subject(&comparison.key, measure, catalog);
    // Over years, dollars as published tell of prices as much as of the district: their level is told instead.
    let tells_change = say.contains(&Clause::Change) && !measure.unit.is_money();
    let opening = say.iter().find_map(|clause| match clause {
        Clause::Level => level(comparison, measure, &subject),
        Clause::Change if tells_change => change(comparison, measure, &subject),
        Clause::Streak => streak(comparison, measure, &subject),
        _ => None,
    });
    let opened_with_change = tells_change && opening.is_some();
    let mut text = opening.or_else(|| level(comparison, measure, &subject)).unwrap_or(subject);
    let middle: Vec<String> = say
        .iter()
        .filter_map(|clause| match clause {
            Clause::Peers => peers(comparison, measure),
            Clause::State => state(comparison),
            Clause::Expected => expected(comparison, measure),
            Clause::GroupGap => group_gap(comparison, measure, catalog),
            Clause::RiskRatio => risk_ratio(comparison),
            _ => None,
        })
        .collect();
    if !middle.is_empty() {
        let ending = if opened_with_change { "ending " } else { "" };
        text = format!("{text}, {ending}{}", middle.join(" and "));
    }
    if say.contains(&Clause::Trend)
        && !opened_with_change
        && let Some(trend) = trend(comparison, measure)
    {
        let comma = if middle.is_empty() { "" } else { "," };
        let longer = format!("{text}{comma} and {trend}");
        if longer.split([' ', '\u{a0}']).count() <= MOST_WORDS {
            text = longer;
        }
    }
    if say.contains(&Clause::Projection)
        && let Some(projection) = projection(comparison, measure)
    {
        let longer = format!("{text}, and {projection}");
        if longer.split([' ', '\u{a0}']).count() <= MOST_WORDS {
            text = longer;
        }
    }
    format!("{text}.")
}

/// The subject of a sentence: `Teacher turnover`, `The share of Hispanic students in grade 3 proficient in reading`,
/// `Mean class size in grade 6 mathematics`.
#[must_use]
pub fn subject(key: &MeasureKey, measure: &Measure, catalog: &Catalog) -> String {
    let mut text = measure.phrase.clone().unwrap_or_else(|| measure.label.clone());
    let group = catalog.groups.group(&key.group).filter(|_| key.group != ALL);
    let mut subject = catalog.groups.subject(&key.subject).filter(|_| key.subject != ALL);
    if text.contains("{group}") {
        return text.replace("{group}", group.map_or("any group", |g| g.label.as_str()));
    }
    let mut grade = (!key.grade.is_all()).then(|| key.grade.label());
    let whole = key.group == ALL && text.contains(" of {students}") && measure.unit == Unit::Count;
    if whole {
        text = text.replace(" of {students}", "");
    }
    if text.contains("{subject}") {
        text = match subject.take() {
            Some(subject) => text.replace("{subject}", &subject.label),
            None => text.replace(" in {subject}", ""),
        };
    }
    if text.contains("{students}") {
        let students = match (group, grade.take()) {
            (Some(group), Some(grade)) => format!("{} in {grade}", group.students),
            (Some(group), None) => group.students.clone(),
            (None, Some(grade)) if grade.starts_with("grades") => format!("students in {grade}"),
            (None, Some(grade)) => format!("{grade} students"),
            (None, None) => "students".to_owned(),
        };
        return text.replace("{students}", &students);
    }
    let of_what: Vec<String> = grade.into_iter().chain(subject.map(|s| s.label.clone())).collect();
    if !of_what.is_empty() {
        text = format!("{text} in {}", of_what.join(" "));
    }
    group.map_or_else(|| text.clone(), |group| format!("{text} among {}", group.students))
}

/// From so many usual sizes on, a distance from districts with similar students is told.
const FAR: f64 = 1.5;

fn verb(measure: &Measure) -> (&'static str, &'static str) {
    if measure.plural { ("were", "have") } else { ("was", "has") }
}

fn level(comparison: &Comparison, measure: &Measure, subject: &str) -> Option<String> {
    let latest = comparison.latest()?;
    Some(format!("{subject} {} {} in {}", verb(measure).0, measure.unit.format(latest.value?), latest.year))
}

/// From the first value of the run to the last; not where they are shown alike, or where the run as a whole went the
/// other way.
fn change(comparison: &Comparison, measure: &Measure, subject: &str) -> Option<String> {
    let trend = comparison.trend.as_ref()?;
    let contradicts = match direction(trend) {
        Direction::Rising => trend.real.is_none() && trend.change_all < 0.0,
        Direction::Falling => trend.real.is_none() && trend.change_all > 0.0,
        _ => false,
    };
    if contradicts || measure.unit.format(trend.first) == measure.unit.format(trend.last) {
        return None;
    }
    let way = if trend.change_all < 0.0 { "fell" } else { "rose" };
    let percent = if trend.first > 0.0 && measure.unit != Unit::Percent {
        let sign = if trend.change_all < 0.0 { "−" } else { "+" };
        format!(" ({sign}{})", Unit::Percent.format((100.0 * trend.change_all / trend.first).abs()))
    } else {
        String::new()
    };
    let years = format!("between {} and {}", trend.first_year, trend.last_year);
    let pace = match direction(trend) {
        Direction::Rising | Direction::Falling if fits_ends(trend) => {
            format!(", about {}", pace(trend, measure))
        }
        _ => String::new(),
    };
    Some(format!(
        "{subject} {way} from {} to {}{percent} {years}{pace}",
        measure.unit.format(trend.first),
        measure.unit.format(trend.last)
    ))
}

fn streak(comparison: &Comparison, measure: &Measure, subject: &str) -> Option<String> {
    let years = years_below_zero(comparison);
    let latest = comparison.latest()?;
    let what =
        measure.below_zero.clone().unwrap_or_else(|| format!("{subject} {} below zero", verb(measure).0));
    let amount = measure.unit.format(latest.value?.abs());
    (years >= 2).then(|| {
        format!("{what} in each of the {} years to {}, by {amount} in the last", counted(years), latest.year)
    })
}

/// Small numbers in words.
fn counted(n: usize) -> String {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    words.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// Where the latest value stands among the peers, told with the count.
pub(super) fn peers(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let standing = comparison.standing()?;
    let median = measure.unit.format(standing.peer_median?);
    let n = standing.peer_n;
    let (below, above) = (standing.peers_below, standing.peers_above());
    let place = if below == n {
        format!("above all {n} of its peer districts")
    } else if above == n {
        format!("below all {n} of its peer districts")
    } else if standing.is_above_most() {
        format!("above {below} of its {n} peer districts")
    } else if standing.is_below_most() {
        format!("below {above} of its {n} peer districts")
    } else {
        format!("in the middle of its {n} peer districts")
    };
    Some(format!("{place} (peer median {median})"))
}

fn state(comparison: &Comparison) -> Option<String> {
    let standing = comparison.standing()?;
    let percentile = standing.state_percentile?;
    let (side, share) =
        if percentile >= 50.0 { ("higher", percentile) } else { ("lower", 100.0 - percentile) };
    let n = Unit::Count.format(standing.state_n as f64);
    // The district is one of them, and not higher than itself.
    let (over, share) = if share.round() >= 100.0 { ("over ", 99.0) } else { ("", share.round()) };
    Some(format!("{side} than in {over}{} of the state's {n} districts", Unit::Percent.format(share)))
}

/// How far the latest value is from what districts with similar students have; told only where it is far.
pub(super) fn expected(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let expected = comparison.expected.as_ref().filter(|e| e.standardized().abs() >= FAR)?;
    let side = if expected.distance < 0.0 { "below" } else { "above" };
    let distance = measure.unit.format_change(expected.distance);
    Some(format!(
        "{distance} {side} districts with similar students (about {})",
        measure.unit.format(expected.value)
    ))
}

/// Where the series goes if things go on as they did: `if grades move up as they did, would be about 1,760 (1,690–1,830)
/// by 2028-29`.
pub(super) fn projection(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let projection = comparison.projection.as_ref()?;
    let last = projection.years.last()?;
    let shown = |value: f64| measure.unit.format(three_digits(value));
    Some(format!(
        "{}, would be about {} ({}{}{}) by {}",
        assumption(projection),
        shown(last.value),
        shown(last.low),
        if last.low < 0.0 || measure.unit == Unit::Dollars { " to " } else { "–" },
        shown(last.high),
        last.year
    ))
}

/// What a projection takes for granted.
fn assumption(projection: &Projection) -> &'static str {
    match projection.record {
        Record::Errors { .. } => "if grades move up as they did",
        Record::Flows { .. } => "if each year adds what the last three did on average",
    }
}

/// Rounded to what a projection can bear.
fn three_digits(value: f64) -> f64 {
    let unit = 10f64.powf((value.abs().log10().floor() - 2.0).max(0.0));
    if value == 0.0 { 0.0 } else { (value / unit).round() * unit }
}

/// A projection as a headline.
#[must_use]
pub fn projected(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> Option<String> {
    let said = projection(comparison, measure)?;
    let (assumed, rest) = said.split_once(", ")?;
    Some(format!("{} {rest} {assumed}", subject(&comparison.key, measure, catalog)))
}

/// What a projection and its band rest on, in sentences.
#[must_use]
pub fn projection_note(projection: &Projection, measure: &Measure) -> String {
    match projection.record {
        Record::Errors { whose, mean, mean_same, .. } => {
            let tested = match whose {
                Whose::Own => "this district's own past",
                Whose::LikeSize => "the past of the state's districts of like size, its own being short",
            };
            format!(
                "Projection by cohort survival: each grade moves up as in the last three years, entry stays at its mean. \
                 Tested on {tested}, it was off by {} on average, \"as many as now\" by {}. {}",
                Unit::Percent.format(100.0 * mean),
                Unit::Percent.format(100.0 * mean_same),
                band_note(projection)
            )
        }
        Record::Flows { mean } => format!(
            "Not a forecast: the balance with {} {} each year, the mean of the last three. Band: with the least and the most \
             of the three.",
            measure.unit.format(mean.abs()),
            if mean < 0.0 { "taken away" } else { "added" }
        ),
    }
}

/// Whose past projections the bands are made of.
fn band_note(projection: &Projection) -> String {
    let bands: Vec<(Whose, usize)> = projection.years.iter().filter_map(|y| y.band_of).collect();
    let own = bands.iter().take_while(|(whose, _)| *whose == Whose::Own).count();
    let whose = match own {
        0 => "of the state's districts of like size".to_owned(),
        all if all == bands.len() => "of this district".to_owned(),
        1 => "of this district (the first year) and of the state's districts of like size".to_owned(),
        some => {
            format!("of this district (the first {some} years) and of the state's districts of like size")
        }
    };
    let fewest = bands.iter().map(|b| b.1).min().unwrap_or_default();
    format!(
        "Band: where eight in ten of the past projections {whose} would put it ({fewest} or more for each year)."
    )
}

fn group_gap(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> Option<String> {
    let gap = comparison.gap_now()?;
    let side = if gap.gap < 0.0 { "below" } else { "above" };
    let who = catalog.groups.group(&gap.reference_group).map_or("all students", |g| g.students.as_str());
    let reference = measure.unit.format(gap.reference);
    Some(format!("{} {side} {who} ({reference})", measure.unit.format_change(gap.gap)))
}

fn risk_ratio(comparison: &Comparison) -> Option<String> {
    let risk = comparison.gap_now()?.risk?;
    let times = Unit::Ratio.format(risk.ratio);
    Some(format!("{times} times as often as other students, for {} years in a row", risk.years_at_2))
}

/// Which way the series has gone, how fast, since when.
pub(super) fn trend(comparison: &Comparison, measure: &Measure) -> Option<String> {
    let trend = comparison.trend.as_ref()?;
    let has = verb(measure).1;
    let since = trend.first_year;
    match direction(trend) {
        Direction::Rising => Some(format!("{has} risen {} since {since}", pace(trend, measure))),
        Direction::Falling => Some(format!("{has} fallen {} since {since}", pace(trend, measure))),
        Direction::Steady => Some(format!("{has} been steady{} since {since}", real(trend))),
        Direction::NoClearDirection => {
            Some(format!("{has} shown no clear direction{} since {since}", real(trend)))
        }
        Direction::TooFewYears => None,
    }
}

/// How much a year; where that is too little to be seen, how much in all. Money is told in constant dollars where prices
/// are known.
fn pace(trend: &Trend, measure: &Measure) -> String {
    let amount = |size: f64| match measure.unit {
        Unit::Years => Unit::Ratio.format(size.abs()),
        unit => unit.format_change(size),
    };
    let years = f64::from(trend.last_year.end() - trend.first_year.end());
    let (size, over) = match amount(slope(trend)) == amount(0.0) {
        true => (slope(trend) * years, "in all"),
        false => (slope(trend), "a year"),
    };
    format!("{} {over}{}", amount(size), real(trend))
}

/// What is said of money that is told in constant dollars.
fn real(trend: &Trend) -> &'static str {
    if trend.real.is_some() { " after inflation" } else { "" }
}

/// Whether the slope over the run comes to about the change between its ends, so that both can stand in one sentence;
/// money in constant dollars says that it is another thing.
fn fits_ends(trend: &Trend) -> bool {
    let fitted = trend.slope * f64::from(trend.last_year.end() - trend.first_year.end());
    trend.real.is_some() || (0.67..=1.5).contains(&(fitted / trend.change_all))
}
