//! Statements: what, when, compared with what, since when. One sentence, no cause, no blame.

use super::clauses;
use super::projection;
use super::series::MeasuredSeries;
use crate::catalog::{Catalog, Clause, Measure};
use crate::compare::Comparison;
use crate::wording::statement::{self as words, with_comparisons, with_projection, with_trend};

/// The maximum number of words in a statement (`methods.md` 11).
const MOST_WORDS: usize = 45;

/// A chart's headline: level, peers and trend in one sentence, without a period.
#[must_use]
pub fn headline(comparison: &Comparison, measure: &Measure, catalog: &Catalog) -> String {
    let series = MeasuredSeries { comparison, measure, catalog };
    let sentence = sentence(&series, &[Clause::Level, Clause::Peers, Clause::Trend]);
    sentence.trim_end_matches('.').to_owned()
}

/// A sentence made of the given clauses. A clause without data is left out, and so is a trend or a projection
/// that would make the sentence too long.
pub(super) fn sentence(series: &MeasuredSeries<'_>, say: &[Clause]) -> String {
    let opening = opening(series, say);
    let mut text = opening.text;
    let comparisons = comparison_clauses(series, say);
    if !comparisons.is_empty() {
        text = with_comparisons(&text, &comparisons, opening.states_change);
    }
    if say.contains(&Clause::Trend)
        && !opening.states_change
        && let Some(trend) = clauses::trend(series)
    {
        text = if_short(with_trend(&text, &trend, !comparisons.is_empty()), text);
    }
    if say.contains(&Clause::Projection)
        && let Some(projection) = projection::clause(series)
    {
        text = if_short(with_projection(&text, &projection), text);
    }
    words::sentence(&text)
}

/// How a sentence begins.
struct Opening {
    text: String,
    /// Whether it states the change over the years, so that the trend can be left out.
    states_change: bool,
}

/// The first clause that can open a sentence; otherwise the level, or the subject alone. Over the years,
/// published dollars reflect prices as much as the district, so their level is stated instead of their
/// change.
fn opening(series: &MeasuredSeries<'_>, say: &[Clause]) -> Opening {
    let may_state_change = say.contains(&Clause::Change) && !series.measure.unit.is_money();
    let asked = say.iter().find_map(|clause| match clause {
        Clause::Level => clauses::level(series),
        Clause::Change if may_state_change => clauses::change(series),
        Clause::Streak => clauses::streak(series),
        _ => None,
    });
    let states_change = may_state_change && asked.is_some();
    let text = asked.or_else(|| clauses::level(series)).unwrap_or_else(|| series.subject().words);
    Opening { text, states_change }
}

/// What the value is compared with, in the requested order.
fn comparison_clauses(series: &MeasuredSeries<'_>, say: &[Clause]) -> Vec<String> {
    say.iter().filter_map(|clause| comparison_clause(series, *clause)).collect()
}

fn comparison_clause(series: &MeasuredSeries<'_>, clause: Clause) -> Option<String> {
    match clause {
        Clause::Peers => clauses::peers(series),
        Clause::State => clauses::state(series),
        Clause::Expected => clauses::expected(series),
        Clause::GroupGap => clauses::group_gap(series),
        Clause::RiskRatio => clauses::risk_ratio(series),
        _ => None,
    }
}

/// The text with another clause, unless it is too long.
fn if_short(longer: String, text: String) -> String {
    let words = longer.split([' ', '\u{a0}']).count();
    if words <= MOST_WORDS { longer } else { text }
}
