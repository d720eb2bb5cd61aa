//! The peers by the matching variables: how similar they are to the district.

use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan, above};
use crate::compare::{
    Comparison, GroupLikeness, LikenessGrade, Peer, PeerGroup, PeerVariable, StabilityCheck,
};
use crate::domain::{SchoolYear, Unit};
use crate::exhibit::figure::{Figure, Heat, HeatCell, HeatRow};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::finding::{self, BetterOutcome, BetterPeer};
use crate::wording::alt::ChartInWords;
use crate::wording::exhibit as words;
use crate::wording::finding_parts;
use crate::wording::likeness::{self, DistanceScale, ShareOf};
use crate::wording::listing::from_to;

/// The distance from the district, in standard deviations, at which a cell has its full shade.
const FULL_SHADE: f64 = 2.0;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let group = &context.comparisons.peers;
    let alike = group.alike.as_ref().ok_or(words::NO_PEERS)?;
    let year = group.year.ok_or(words::NO_PEERS)?;
    let sub_line = sub_line(group, year);
    Ok(ExhibitDraft {
        figure: Figure::Heat(figure(context, group, alike)),
        findings: above(&sub_line, [finding(group, alike)]),
        table: table(&context.comparisons.district.name, group, alike),
        series: series_of_variables(context),
        years: YearSpan::single(year.end()),
        notes: notes(context, alike),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.table(),
        sub_line,
    })
}

/// Whether the peers are a fair comparison.
fn finding(group: &PeerGroup, alike: &GroupLikeness) -> String {
    let peers = group.peers.len();
    match alike.grade() {
        LikenessGrade::NoTruePeers => finding_parts::NO_TRUE_PEERS.to_owned(),
        _ if !group.are_alike() => finding_parts::TOO_FEW_DISTRICTS.to_owned(),
        LikenessGrade::Good => finding_parts::good_peers(peers),
        LikenessGrade::Fair => finding_parts::fair_peers(peers),
    }
}

fn sub_line(group: &PeerGroup, year: SchoolYear) -> String {
    let variables: Vec<String> = group.variables.iter().map(|variable| variable.label.clone()).collect();
    finding_parts::matched_by(&variables, year)
}

/// The district's series of the matching variables that are measures.
fn series_of_variables<'a>(context: &ExhibitContext<'a>) -> Vec<&'a Comparison> {
    let keys = context.comparisons.peers.variables.iter().filter_map(|variable| variable.key.as_ref());
    keys.filter_map(|key| context.comparisons.get(key)).collect()
}

fn figure(context: &ExhibitContext<'_>, group: &PeerGroup, alike: &GroupLikeness) -> Heat {
    let mut columns = vec![words::DISTANCE.to_owned()];
    columns.extend(group.variables.iter().map(|variable| variable.label.clone()));
    let mut rows = vec![district_row(&context.district(), group)];
    for ((peer, likeness), differences) in group.peers.iter().zip(&alike.peers).zip(&alike.places) {
        let row = peer_row(group, peer, likeness.id(), differences);
        rows.push(HeatRow { label: context.short_name(&row.label), ..row });
    }
    let ends = (words::LOWER_THAN_OURS.to_owned(), words::HIGHER_THAN_OURS.to_owned());
    Heat { columns, of_years: false, rows, ends }
}

fn district_row(district: &str, group: &PeerGroup) -> HeatRow {
    let mut cells = vec![None];
    cells.extend(group.variables.iter().map(|variable| Some(shaded_cell(variable, variable.value, 0.0))));
    HeatRow { label: district.to_owned(), cells }
}

/// `differences` are the peer's differences from the district, in standard deviations, one for each variable.
fn peer_row(group: &PeerGroup, peer: &Peer, likeness: &str, differences: &[f64]) -> HeatRow {
    let distance = HeatCell { text: words::graded_distance(peer.distance, likeness), shade: None };
    let mut cells = vec![Some(distance)];
    for ((variable, value), difference) in group.variables.iter().zip(&peer.values).zip(differences) {
        cells.push(Some(shaded_cell(variable, *value, difference / FULL_SHADE)));
    }
    HeatRow { label: peer.district.name.clone(), cells }
}

fn shaded_cell(variable: &PeerVariable, value: f64, shade: f64) -> HeatCell {
    HeatCell { text: variable.shown(value), shade: Some(shade.clamp(-1.0, 1.0)) }
}

fn table(district: &str, group: &PeerGroup, alike: &GroupLikeness) -> Table {
    let mut columns = [words::DISTRICT, words::DISTANCE, words::LIKENESS].map(str::to_owned).to_vec();
    columns.extend(group.variables.iter().map(|variable| variable.label.clone()));
    let own_values: Vec<f64> = group.variables.iter().map(|variable| variable.value).collect();
    let own = TableLine { name: district, distance: 0.0, likeness: "", values: &own_values };
    let mut rows = vec![own.cells(&group.variables)];
    for (peer, likeness) in group.peers.iter().zip(&alike.peers) {
        let line = TableLine {
            name: &peer.district.name,
            distance: peer.distance,
            likeness: likeness.id(),
            values: &peer.values,
        };
        rows.push(line.cells(&group.variables));
    }
    Table { columns, rows }
}

/// One district of the table.
struct TableLine<'a> {
    name: &'a str,
    distance: f64,
    likeness: &'a str,
    /// One for each matching variable.
    values: &'a [f64],
}

impl TableLine<'_> {
    fn cells(&self, variables: &[PeerVariable]) -> Vec<ExhibitCell> {
        let mut cells = vec![
            ExhibitCell::Text(self.name.to_owned()),
            ExhibitCell::Number(self.distance, Unit::Ratio),
            ExhibitCell::Text(self.likeness.to_owned()),
        ];
        cells.extend(variables.iter().zip(self.values).map(|(variable, value)| value_cell(variable, *value)));
        cells
    }
}

fn value_cell(variable: &PeerVariable, value: f64) -> ExhibitCell {
    match variable.unit {
        Some(unit) => ExhibitCell::Number(value, unit),
        None => ExhibitCell::Text(variable.shown(value)),
    }
}

fn notes(context: &ExhibitContext<'_>, alike: &GroupLikeness) -> Vec<String> {
    let notes = [
        Some(finding::likeness(alike)),
        context.peers_note(),
        Some(distance_note(alike)),
        stability_note(alike),
        peer_count_note(alike),
        better_peers_note(context),
    ];
    notes.into_iter().flatten().collect()
}

/// What the distances and shades mean.
fn distance_note(alike: &GroupLikeness) -> String {
    likeness::distances(DistanceScale {
        usual: alike.usual_distance,
        close: alike.spec.close,
        fair: alike.spec.fair,
        full_shade: FULL_SHADE,
    })
}

/// The number of peers that would stay if one matching variable were left out.
fn stability_note(alike: &GroupLikeness) -> Option<String> {
    let least = alike.least_stable()?;
    Some(likeness::least_stable(&least.changed, ShareOf { some: least.stay, all: least.of }))
}

/// In how many outcomes the comparison with the peers would stay the same with more peers or fewer.
fn peer_count_note(alike: &GroupLikeness) -> Option<String> {
    let judged = alike.by_count.iter().filter(|stays| stays.outcomes > 0);
    let shares: Vec<String> = judged.map(same_outcomes).collect();
    (!shares.is_empty()).then(|| likeness::with_other_counts(&shares))
}

fn same_outcomes(stays: &StabilityCheck) -> String {
    likeness::same_outcomes(&stays.changed, ShareOf { some: stays.same, all: stays.outcomes })
}

/// The peers with better values in at least half of the outcomes.
fn better_peers_note(context: &ExhibitContext<'_>) -> Option<String> {
    let group = &context.comparisons.peers;
    let better = finding::better_peers(group, &context.comparisons.outcomes, context.catalog);
    let in_most = better.iter().filter(|peer| 2 * peer.outcomes.len() >= peer.of);
    let names: Vec<String> = in_most.map(|peer| better_peer_label(group, peer)).collect();
    (!names.is_empty()).then(|| likeness::better_peers(&names))
}

fn better_peer_label(group: &PeerGroup, better: &BetterPeer) -> String {
    let name = &group.peers[better.peer].district.name;
    let share = ShareOf { some: better.outcomes.len(), all: better.of };
    likeness::better_peer(name, share, &years_label(&better.outcomes))
}

/// The first and the last school year of the outcomes.
fn years_label(outcomes: &[BetterOutcome]) -> String {
    let mut years: Vec<SchoolYear> = outcomes.iter().map(|outcome| outcome.year).collect();
    years.sort_unstable();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) => from_to(*first, *last),
        _ => String::new(),
    }
}
