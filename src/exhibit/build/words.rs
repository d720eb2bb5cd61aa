//! Notes, sources and the other words that all kinds of exhibit share.

use std::collections::BTreeSet;

use super::Maker;
use super::parts::Part;
use crate::catalog::{Catalog, ExhibitSpec, FigureKind, Split};
use crate::compare::{Comparison, Point, Record};
use crate::domain::{SchoolYear, Status, Unit};
use crate::exhibit::{Basis, TableCell};

/// A school year from its end, as shown.
pub(super) fn year(end: i32) -> String {
    SchoolYear::ending(end).map_or_else(|_| end.to_string(), |y| y.to_string())
}

/// The text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who the peers are.
pub(super) fn peers(maker: &Maker<'_>) -> Option<String> {
    let group = &maker.comparisons.peers;
    let year = group.year?;
    let labels: Vec<String> = group.variables.iter().map(|v| v.label.clone()).collect();
    let n = group.peers.len();
    Some(format!("Peers: the {n} districts most alike in {}, {year}.", listed(&labels)))
}

/// `a, b and c`.
pub(super) fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What the series rest on.
pub(super) fn basis(rests_on: &[&Comparison], (first, last): (i32, i32), spec: &ExhibitSpec) -> Basis {
    // What is hidden after the last value that is known counts too.
    let shown = |p: &&Point| p.year.end() >= first;
    let count = |status: Status| {
        rests_on.iter().flat_map(|c| &c.points).filter(shown).filter(|p| p.status == status).count()
    };
    let people: Vec<f64> = rests_on.iter().filter_map(|c| c.latest()?.n).collect();
    let ends = people.iter().fold((f64::INFINITY, 0.0f64), |(low, high), n| (low.min(*n), high.max(*n)));
    Basis {
        window: SchoolYear::ending(first).ok().zip(SchoolYear::ending(last).ok()),
        people: (!people.is_empty()).then_some(ends),
        peers: peers_with_value(rests_on, spec),
        masked: count(Status::Masked),
        withheld: count(Status::Withheld),
        method: method(spec, rests_on),
    }
}

/// Of the peers whose medians or places are shown, the fewest and the most that have a value in a series' latest year.
fn peers_with_value(rests_on: &[&Comparison], spec: &ExhibitSpec) -> Option<(usize, usize)> {
    let shows_peers = match spec.kind {
        FigureKind::Line => spec.split == Split::None && !spec.projection,
        FigureKind::Dots | FigureKind::Bars | FigureKind::Heat => true,
        FigureKind::Slope | FigureKind::Stacked | FigureKind::Peers => false,
    };
    let counts = rests_on.iter().filter_map(|c| c.standing().filter(|s| s.peer_median.is_some()));
    let counts = counts.map(|s| s.peer_n).filter(|_| shows_peers);
    counts.clone().min().zip(counts.max())
}

/// How what the chart says is made.
fn method(spec: &ExhibitSpec, rests_on: &[&Comparison]) -> &'static str {
    let by_flows =
        |c: &&Comparison| matches!(c.projection.as_ref().map(|p| &p.record), Some(Record::Flows { .. }));
    let in_real_dollars = |c: &&Comparison| c.trend.as_ref().is_some_and(|t| t.real.is_some());
    match (spec.kind, spec.split, spec.projection) {
        (FigureKind::Line, _, true) if rests_on.iter().any(by_flows) => {
            "Projection and band by the flows of the last three years."
        }
        (FigureKind::Line, _, true) => "Projection and band by past errors of the same method.",
        (FigureKind::Line, Split::None, _) if rests_on.iter().any(in_real_dollars) => {
            "Trend in dollars of the last year (CPI-U): median slope (Theil-Sen), tested by Mann-Kendall."
        }
        (FigureKind::Line, Split::None, _) => "Trend: median slope (Theil-Sen), tested by Mann-Kendall.",
        (FigureKind::Dots | FigureKind::Heat, ..) => "Medians; places by mid-ranks.",
        (FigureKind::Bars, ..) => "Values as published, or computed from what was; medians of the peers.",
        (FigureKind::Slope, ..) => {
            "Values as published, or computed from what was; a change is told from the one that matters on, where chance \
             leaves it standing (Newcombe)."
        }
        (FigureKind::Peers, ..) => "Distances in standard deviations.",
        _ => "Values as published, or computed from what was.",
    }
}

/// What the numbers rest on, in words: years, people, what is hidden, how they are made.
pub(super) fn said(basis: &Basis) -> Vec<String> {
    let count = |n: f64| Unit::Count.format(n);
    let window = basis.window.map(|(first, last)| {
        let of =
            if first == last { format!("Values of {last}") } else { format!("Values of {first} to {last}") };
        match basis.people {
            None => format!("{of}."),
            Some((fewest, most)) if fewest == most => {
                format!("{of}; the latest rest on {} people.", count(most))
            }
            Some((fewest, most)) => {
                format!("{of}; the latest rest on {} to {} people each.", count(fewest), count(most))
            }
        }
    });
    let hidden = |n: usize, why: &str| match n {
        0 => None,
        1 => Some(format!("1 value is {why}.")),
        n => Some(format!("{n} values are {why}.")),
    };
    let peers = basis.peers.map(|(fewest, most)| match fewest == most {
        true => format!("{most} peers have a value in the latest year."),
        false => format!("{fewest} to {most} peers have a value in the latest year of each."),
    });
    let masked = hidden(basis.masked, "masked by the publisher");
    let withheld = hidden(basis.withheld, "withheld here (too few students)");
    [window, peers, masked, withheld, Some(basis.method.to_owned())].into_iter().flatten().collect()
}

/// That the n of a rate or a mean is not known.
pub(super) fn unknown_n(rests_on: &[&Comparison], catalog: &Catalog) -> Option<String> {
    let people = |c: &Comparison| {
        let measure = catalog.measures.get(&c.key.measure)?;
        let people = measure.people.as_deref().filter(|_| c.latest().is_some_and(|p| p.n.is_none()));
        Some((measure.unit, people?))
    };
    let (first, (unit, people)) = rests_on.iter().find_map(|c| Some((c, people(c)?)))?;
    let spread = first.spread().filter(|spread| rests_on.len() == 1 && *spread > 0.0);
    let strays =
        spread.map(|s| format!("; its years usually lie {} from their trend", unit.format_change(s)));
    let what = if unit == Unit::Percent { "a rate" } else { "a value" };
    Some(format!("How many {people} {what} rests on was not published{}.", strays.unwrap_or_default()))
}

/// The files behind the series, newest first.
pub(super) fn source(rests_on: &[&Comparison]) -> String {
    let mut seen = BTreeSet::new();
    let places = rests_on.iter().flat_map(|c| c.points.iter().rev()).flat_map(|p| &p.sources);
    let files: Vec<&str> =
        places.map(|p| p.file.rsplit('/').next().unwrap_or(&p.file)).filter(|f| seen.insert(*f)).collect();
    match files[..] {
        [] => String::new(),
        [one] => format!("Source: {one}"),
        [first, second] => format!("Source: {first} and {second}"),
        [first, second, ..] => format!("Source: {first}, {second} and {} more files", files.len() - 2),
    }
}

/// The table cell for a part's value in a year, or why there is none.
pub(super) fn cell(part: &Part<'_>, year: i32) -> TableCell {
    match part.value(year) {
        Some(value) => TableCell::Number(value, part.measure.unit),
        None => TableCell::Absent(absence(part.comparison, year)),
    }
}

/// Why a series has no value in a year.
pub(super) fn absence(comparison: &Comparison, year: i32) -> String {
    let point = comparison.points.iter().find(|p| p.year.end() == year);
    match point.map(|p| p.status) {
        Some(Status::Masked) => "masked by the publisher",
        Some(Status::Withheld) => "withheld (too few students)",
        Some(Status::NotApplicable) => "does not apply",
        _ => "not published",
    }
    .to_owned()
}
