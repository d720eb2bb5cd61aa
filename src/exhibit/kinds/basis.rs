//! What an exhibit's numbers are based on, as data and in words: years, people, peers, hidden values, methods and files.

use std::collections::BTreeSet;

use super::draft::YearSpan;
use crate::catalog::{Catalog, ExhibitSpec, FigureKind, Split};
use crate::compare::{Comparison, ProjectionRecord};
use crate::domain::{SchoolYear, Status, Unit};
use crate::exhibit::model::Basis;
use crate::exhibit::publishers::Publishers;
use crate::wording::chart_note::{self as words, LatestPeople};

/// The basis of an exhibit that shows these series over these years, without values about fewer people than `fewest`, which no chart
/// shows.
pub(super) fn basis(series: &[&Comparison], years: YearSpan, spec: &ExhibitSpec, fewest: u32) -> Basis {
    Basis {
        window: SchoolYear::ending(years.first).ok().zip(SchoolYear::ending(years.last).ok()),
        people: latest_people(series, fewest),
        peers: peers_with_value(series, spec),
        masked: count_status(series, years.first, Status::Masked),
        withheld: count_status(series, years.first, Status::Withheld),
        method: method(series, spec),
    }
}

/// The smallest and the largest n of the latest values that are shown; `None` where none is known.
fn latest_people(series: &[&Comparison], least: u32) -> Option<(f64, f64)> {
    let people = series.iter().filter_map(|one| one.latest()?.n);
    let people: Vec<f64> = people.filter(|n| *n >= f64::from(least)).collect();
    let fewest = people.iter().copied().fold(f64::INFINITY, f64::min);
    let most = people.iter().copied().fold(0.0, f64::max);
    (!people.is_empty()).then_some((fewest, most))
}

/// The number of values from year `first` on that have a status, including those after the last known value.
fn count_status(series: &[&Comparison], first: i32, status: Status) -> usize {
    let points = series.iter().flat_map(|one| &one.points);
    points.filter(|point| point.year.end() >= first && point.status == status).count()
}

/// If the chart shows peers: the fewest and the most peers that have a value in a series' latest year.
fn peers_with_value(series: &[&Comparison], spec: &ExhibitSpec) -> Option<(usize, usize)> {
    if !shows_peers(spec) {
        return None;
    }
    let standings = series.iter().filter_map(|one| one.standing());
    let counts: Vec<usize> =
        standings.filter(|standing| standing.peer_median.is_some()).map(|standing| standing.peer_n).collect();
    counts.iter().copied().min().zip(counts.iter().copied().max())
}

fn shows_peers(spec: &ExhibitSpec) -> bool {
    match spec.kind {
        FigureKind::Line => spec.split == Split::None && !spec.projection,
        FigureKind::Bars | FigureKind::Pairs | FigureKind::Columns => spec.beside.is_none(),
        FigureKind::Dots | FigureKind::Heat | FigureKind::Panels | FigureKind::Differences => true,
        _ => false,
    }
}

fn has_peers(series: &[&Comparison]) -> bool {
    let mut standings = series.iter().filter_map(|one| one.standing());
    standings.any(|standing| standing.peer_median.is_some())
}

/// How the numbers of the chart are computed.
fn method(series: &[&Comparison], spec: &ExhibitSpec) -> &'static str {
    match (spec.kind, spec.split, spec.projection) {
        _ if spec.kind.is_of_schools() => words::SCHOOL_VALUES,
        (FigureKind::Line, _, true) if series.iter().any(|one| is_projected_by_flows(one)) => {
            words::FLOW_PROJECTION
        }
        (FigureKind::Line, _, true) => words::COHORT_PROJECTION,
        (FigureKind::Line | FigureKind::Panels, Split::None, _)
            if series.iter().any(|one| has_real_trend(one)) =>
        {
            words::REAL_TREND
        }
        (FigureKind::Line | FigureKind::Panels, Split::None, _) => words::TREND,
        _ if spec.beside.is_some() => words::VALUES,
        (FigureKind::Heat | FigureKind::Bars | FigureKind::Pairs | FigureKind::Columns, ..)
            if !has_peers(series) =>
        {
            words::VALUES
        }
        (FigureKind::Dots | FigureKind::Heat, ..) => words::PEER_RANKS,
        (FigureKind::Bars | FigureKind::Pairs | FigureKind::Columns | FigureKind::Differences, ..) => {
            words::VALUES_AND_MEDIANS
        }
        (FigureKind::Slope, ..) => words::VALUES_AND_CHANGES,
        (FigureKind::Peers, ..) => words::PEER_DISTANCES,
        _ => words::VALUES,
    }
}

fn is_projected_by_flows(comparison: &Comparison) -> bool {
    comparison
        .projection
        .as_ref()
        .is_some_and(|projection| matches!(projection.record, ProjectionRecord::Flows { .. }))
}

fn has_real_trend(comparison: &Comparison) -> bool {
    comparison.trend.as_ref().is_some_and(|trend| trend.real.is_some())
}

/// The basis in sentences.
pub(super) fn basis_notes(basis: &Basis) -> Vec<String> {
    let notes = [
        window_note(basis),
        basis.peers.map(|(fewest, most)| words::peers_with_value(fewest, most)),
        words::masked(basis.masked),
        words::withheld(basis.withheld),
        Some(basis.method.to_owned()),
    ];
    notes.into_iter().flatten().collect()
}

/// The years shown, and the number of people that the latest values are based on.
fn window_note(basis: &Basis) -> Option<String> {
    let (first, last) = basis.window?;
    let people = match basis.people {
        None => LatestPeople::Unknown,
        Some((fewest, most)) if fewest == most => LatestPeople::All(most),
        Some((fewest, most)) => LatestPeople::Between { fewest, most },
    };
    Some(words::window(first, last, people))
}

/// The note on a rate or an average whose n is unknown; `None` if no series has one.
pub(super) fn unknown_n_note(series: &[&Comparison], catalog: &Catalog) -> Option<String> {
    series.iter().find_map(|one| series_note(one, series.len() == 1, catalog))
}

/// The note on one series whose latest value has an unknown n. It includes the spread if this `is_only`
/// series shown.
fn series_note(comparison: &Comparison, is_only: bool, catalog: &Catalog) -> Option<String> {
    let measure = catalog.measures.get(&comparison.key.measure)?;
    let people = measure.people.as_deref()?;
    if comparison.latest()?.n.is_some() {
        return None;
    }
    let spread = comparison.spread().filter(|spread| is_only && *spread > 0.0);
    let spread = spread.map(|spread| measure.unit.format_change(spread));
    Some(words::unknown_people(people, measure.unit == Unit::Percent, spread.as_deref()))
}

/// Who published the numbers, of which years, and how many peers are shown; empty if the publisher is unknown.
pub(super) fn source_line(publishers: &Publishers, series: &[&Comparison], basis: &Basis) -> String {
    let points = series.iter().flat_map(|one| &one.points).flat_map(|point| &point.sources);
    let publishers = publishers.of(points.map(|place| place.file.as_str()));
    if publishers.is_empty() {
        return String::new();
    }
    words::source_line(&publishers, basis.window, basis.peers.map(|(_, most)| most))
}

/// The files behind the series, newest first.
pub(super) fn files_note(series: &[&Comparison]) -> String {
    words::files(&source_files(series))
}

/// The names of the files, each once.
fn source_files<'a>(series: &[&'a Comparison]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let places = series.iter().flat_map(|one| one.points.iter().rev()).flat_map(|point| &point.sources);
    let names = places.map(|place| place.file.rsplit('/').next().unwrap_or(&place.file));
    names.filter(|name| seen.insert(*name)).collect()
}
