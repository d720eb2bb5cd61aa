//! Statements: what, when, compared with what, since when. No cause, no blame.

use super::listing::in_words;
use super::subject::{SentenceSubject, in_the_middle};
use crate::domain::{AllDistricts, SchoolYear, Unit};

/// The latest value: `Teacher turnover was 24.1% in 2023-24`.
pub(crate) fn level(subject: &SentenceSubject, value: &str, year: SchoolYear) -> String {
    format!("{} {} {value} in {year}", subject.words, subject.was())
}

/// The change between two years.
#[derive(Debug)]
pub(crate) struct ChangeBetween<'a> {
    pub(crate) subject: &'a SentenceSubject,
    pub(crate) unit: Unit,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) from_year: SchoolYear,
    pub(crate) to_year: SchoolYear,
    /// The change in percent of the earlier value.
    pub(crate) percent: Option<f64>,
    /// Whether the earlier value is in dollars of the later year.
    pub(crate) is_after_inflation: bool,
}

/// `Enrollment fell from 2,144 in 2020-21 to 1,897 in 2023-24 (−11.5%)`.
pub(crate) fn change(change: &ChangeBetween<'_>) -> String {
    let ChangeBetween { subject, unit, from, to, from_year, to_year, percent, is_after_inflation } = change;
    let verb = verb_of(to - from);
    let percent = percent.map(percent_in_brackets).unwrap_or_default();
    let inflation = after_inflation(*is_after_inflation);
    let [from, to] = [from, to].map(|value| unit.format(*value));
    format!("{} {verb} from {from} in {from_year} to {to} in {to_year}{inflation}{percent}", subject.words)
}

/// `Enrollment was 2,100 in 2023-24, the same as in 2018-19`.
pub(crate) fn unchanged(change: &ChangeBetween<'_>) -> String {
    let ChangeBetween { subject, unit, to, from_year, to_year, is_after_inflation, .. } = change;
    let inflation = after_inflation(*is_after_inflation);
    format!(
        "{} {} {} in {to_year}, the same{inflation} as in {from_year}",
        subject.words,
        subject.was(),
        unit.format(*to)
    )
}

/// `The fund balance stayed at about $8.00 million from 2016-17 to 2023-24, which is 23.3% less after inflation`.
pub(crate) fn only_prices_rose(change: &ChangeBetween<'_>) -> String {
    let ChangeBetween { subject, unit, from, to, from_year, to_year, .. } = change;
    let percent = Unit::Percent.format(((to - from) / from * 100.0).abs());
    let less = if to < from { "less" } else { "more" };
    format!(
        "{} stayed at about {} from {from_year} to {to_year}, which is {percent} {less} after inflation",
        subject.words,
        unit.format(*to)
    )
}

/// `Enrollment stayed at about 1,800 from 2019-20 to 2024-25`.
pub(crate) fn stayed_about(change: &ChangeBetween<'_>) -> String {
    let ChangeBetween { subject, unit, to, from_year, to_year, .. } = change;
    format!("{} stayed at about {} from {from_year} to {to_year}", subject.words, unit.format(*to))
}

/// A loss, and how much of it is undone.
#[derive(Debug)]
pub(crate) struct RecoveryText<'a> {
    pub(crate) subject: &'a SentenceSubject,
    pub(crate) unit: Unit,
    pub(crate) from: f64,
    pub(crate) from_year: SchoolYear,
    pub(crate) worst: f64,
    pub(crate) worst_year: SchoolYear,
    pub(crate) latest: f64,
    /// The share of the loss that is undone.
    pub(crate) share: f64,
    pub(crate) is_after_inflation: bool,
}

/// `Attendance fell from 95.1% in 2018-19 to 90.7% in 2021-22, now 93.4%; 61% of the drop has been recovered`.
pub(crate) fn recovery(found: &RecoveryText<'_>) -> String {
    let RecoveryText { subject, from_year, worst_year, .. } = found;
    let verb = verb_of(found.worst - found.from);
    let what = if found.worst < found.from { "drop has been recovered" } else { "rise has been reversed" };
    let [from, worst, latest] = [found.from, found.worst, found.latest].map(|value| found.unit.format(value));
    let end = if found.share >= 1.0 {
        format!("all of the {what}")
    } else {
        format!("{:.0}% of the {what}", 100.0 * found.share)
    };
    format!(
        "{} {verb} from {from} in {from_year} to {worst} in {worst_year}{}, now {latest}; {end}",
        subject.words,
        after_inflation(found.is_after_inflation)
    )
}

/// The change of the median of all districts: `while the state median rose by 3.1 percentage points`.
pub(crate) fn state_change(unit: Unit, change: f64, among: AllDistricts) -> String {
    let median = match among {
        AllDistricts::OfState => "the state median",
        AllDistricts::OfData => "the median in this data",
    };
    let size = unit.format_change(change);
    if size == unit.format_change(0.0) {
        return format!("while {median} stayed the same");
    }
    format!("while {median} {} by {size}", verb_of(change))
}

/// The distance from a target, which may be for a year: `2.0 percentage points below the target of 95.0% for 2027-28`.
pub(crate) fn target(difference: DifferenceFrom, year: Option<SchoolYear>) -> String {
    let reference = difference.unit.format(difference.reference);
    let year = year.map(|year| format!(" for {year}")).unwrap_or_default();
    format!("{} the target of {reference}{year}", difference.size_and_side())
}

/// The value of another series in the same year: `while grade 12 enrollment was 231`.
pub(crate) fn beside(other: &SentenceSubject, value: &str) -> String {
    format!("while {} {} {value}", in_the_middle(&other.words), other.was())
}

/// The percent change of another series over the same years: `while staff rose by 4.2%`.
pub(crate) fn beside_change(other: &SentenceSubject, percent: f64) -> String {
    let size = Unit::Percent.format(percent.abs());
    format!("while {} {} by {size}", in_the_middle(&other.words), verb_of(percent))
}

/// The verb for a change.
pub(crate) const fn verb_of(change: f64) -> &'static str {
    if change < 0.0 { "fell" } else { "rose" }
}

fn percent_in_brackets(percent: f64) -> String {
    let sign = if percent < 0.0 { "−" } else { "+" };
    format!(" ({sign}{})", Unit::Percent.format(percent.abs()))
}

/// The time that the pace of a trend is stated for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PacePeriod {
    Year,
    WholeRun,
}

/// The pace of a trend: `1.9 percentage points a year`.
pub(crate) fn pace(unit: Unit, size: f64, period: PacePeriod, is_after_inflation: bool) -> String {
    let period = match period {
        PacePeriod::Year => "a year",
        PacePeriod::WholeRun => "in all",
    };
    format!("{} {period}{}", amount(unit, size), after_inflation(is_after_inflation))
}

/// The size of a change as the pace of a trend shows it.
pub(crate) fn amount(unit: Unit, size: f64) -> String {
    match unit {
        Unit::Years => Unit::Ratio.format(size.abs()),
        unit => unit.format_change(size),
    }
}

const fn after_inflation(is_after_inflation: bool) -> &'static str {
    if is_after_inflation { " after inflation" } else { "" }
}

/// What a reader sees in a series.
#[derive(Debug)]
pub(crate) enum TrendCourse {
    /// With its pace.
    Risen(String),
    /// With its pace.
    Fallen(String),
    /// It left its level.
    Shifted {
        /// Whether upward.
        up: bool,
        /// The level before.
        level: String,
        /// The last year of that level.
        after: SchoolYear,
    },
    /// It fell and rose, or rose and fell.
    Turned {
        /// Whether its extreme is a low.
        low: bool,
        /// The extreme.
        value: String,
        /// Its year.
        year: SchoolYear,
    },
    /// In dollars after inflation, if so.
    Steady(bool),
}

/// What a reader sees: `has risen by 1.9 percentage points a year since 2019-20`.
pub(crate) fn trend(subject: &SentenceSubject, course: &TrendCourse, since: SchoolYear) -> String {
    let has = subject.has();
    match course {
        TrendCourse::Risen(pace) => format!("{has} risen by {pace} since {since}"),
        TrendCourse::Fallen(pace) => format!("{has} fallen by {pace} since {since}"),
        TrendCourse::Shifted { up, level, after } => {
            let verb = if *up { "risen" } else { "fallen" };
            format!("{has} {verb} from about {level} after {after}")
        }
        TrendCourse::Turned { low, value, year } => {
            let extreme = if *low { "low" } else { "high" };
            format!("{has} changed direction since the {extreme} of {value} in {year}")
        }
        TrendCourse::Steady(real) => format!("{has} held steady{} since {since}", after_inflation(*real)),
    }
}

/// A level shift.
#[derive(Debug)]
pub(crate) struct ShiftText<'a> {
    pub(crate) subject: &'a SentenceSubject,
    pub(crate) unit: Unit,
    /// The level before.
    pub(crate) before: f64,
    /// The last year of that level.
    pub(crate) from_year: SchoolYear,
    /// The level after, or the last value.
    pub(crate) to: f64,
    pub(crate) to_year: SchoolYear,
    /// Whether the values are in dollars of the last year.
    pub(crate) is_after_inflation: bool,
}

/// `Attendance fell from about 94.3% through 2019-20 to about 91.1% since`.
pub(crate) fn step(shift: &ShiftText<'_>) -> String {
    let ShiftText { subject, unit, before, from_year, to, is_after_inflation, .. } = shift;
    let verb = verb_of(to - before);
    let [from, to] = [before, to].map(|value| unit.format(*value));
    let inflation = after_inflation(*is_after_inflation);
    format!(
        "{} {verb} from about {from} through {from_year} to about {to} since then{inflation}",
        subject.words
    )
}

/// `The fund balance fell from about 31.0% in 2020-21 to 14.8% in 2023-24`.
pub(crate) fn cliff(shift: &ShiftText<'_>) -> String {
    let ShiftText { subject, unit, before, from_year, to, to_year, is_after_inflation } = shift;
    let verb = verb_of(to - before);
    let [from, to] = [before, to].map(|value| unit.format(*value));
    let inflation = after_inflation(*is_after_inflation);
    format!("{} {verb} from about {from} in {from_year} to {to} in {to_year}{inflation}", subject.words)
}

/// Consecutive years below or above zero, up to a year, with the amount of that year.
pub(crate) fn years_with_sign(what: &str, years: usize, year: SchoolYear, amount: &str) -> String {
    format!("{what} {} years in a row through {year}, by {amount} in the last year", in_words(years))
}

/// Years in a row in which a value went the same way.
#[derive(Debug)]
pub(crate) struct ChangeStreakText<'a> {
    pub(crate) subject: &'a SentenceSubject,
    pub(crate) unit: Unit,
    pub(crate) years: usize,
    pub(crate) from: f64,
    pub(crate) from_year: SchoolYear,
    pub(crate) to: f64,
    pub(crate) to_year: SchoolYear,
    pub(crate) is_after_inflation: bool,
}

/// `Attendance has fallen four years in a row, from 95.1% in 2019-20 to 93.0% in 2023-24`.
pub(crate) fn streak_of_change(streak: &ChangeStreakText<'_>) -> String {
    let ChangeStreakText { subject, years, from_year, to_year, .. } = streak;
    let verb = if streak.to < streak.from { "fallen" } else { "risen" };
    let [from, to] = [streak.from, streak.to].map(|value| streak.unit.format(value));
    format!(
        "{} {} {verb} {} years in a row{}, from {from} in {from_year} to {to} in {to_year}",
        subject.words,
        subject.has(),
        in_words(*years),
        after_inflation(streak.is_after_inflation)
    )
}

/// A subject whose values are below zero.
pub(crate) fn below_zero(subject: &SentenceSubject) -> String {
    format!("{} {} below zero", subject.words, subject.was())
}

/// A difference from a value that it is compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DifferenceFrom {
    pub(crate) unit: Unit,
    pub(crate) difference: f64,
    pub(crate) reference: f64,
}

impl DifferenceFrom {
    fn size_and_side(self) -> String {
        let side = if self.difference < 0.0 { "below" } else { "above" };
        format!("{} {side}", self.unit.format_change(self.difference))
    }
}

/// The difference from the value expected of districts with similar students.
pub(crate) fn expected(difference: DifferenceFrom) -> String {
    let reference = difference.unit.format(difference.reference);
    format!("{} districts with similar students (about {reference})", difference.size_and_side())
}

/// The difference of a group from other students.
pub(crate) fn group_gap(difference: DifferenceFrom, students: &str) -> String {
    let reference = difference.unit.format(difference.reference);
    format!("{} {students} ({reference})", difference.size_and_side())
}

/// A group's risk relative to other students, which has been 2 or more for some years in a row.
pub(crate) fn risk_ratio(ratio: f64, years_at_2: usize) -> String {
    let times = Unit::Ratio.format(ratio);
    format!(
        "{times} times the rate of other students, and at least twice their rate for {years_at_2} years in a row"
    )
}

/// A statement with another clause.
pub(crate) fn with_clause(statement: &str, clause: &str) -> String {
    format!("{statement}, {clause}")
}

/// Of the largest student group, if it is less than half.
pub(crate) const NO_MAJORITY: &str = "the largest share, so no group is a majority";

/// A comparison after a change: it is about where the change ended.
pub(crate) fn ending(comparison: &str) -> String {
    format!("now {comparison}")
}

/// A statement with a trend, after a comparison or right after the level.
pub(crate) fn with_trend(statement: &str, trend: &str, has_comparisons: bool) -> String {
    let joint = if has_comparisons { ", and" } else { " and" };
    format!("{statement}{joint} {trend}")
}

/// A statement with a projection, which may go the other way than the change that it states.
pub(crate) fn with_projection(statement: &str, projection: &str, goes_back: bool) -> String {
    let joint = if goes_back { "but" } else { "and" };
    format!("{statement}, {joint} {projection}")
}

/// A statement as a complete sentence.
pub(crate) fn sentence(statement: &str) -> String {
    format!("{statement}.")
}
