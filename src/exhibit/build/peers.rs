//! The peers by the matching variables: how like the district they are.

use super::{Made, Maker, words};
use crate::compare::{Alike, PeerGroup};
use crate::domain::Unit;
use crate::exhibit::{Figure, Heat, HeatCell, HeatRow, Table, TableCell};
use crate::finding::{self, BetterOutcome};

/// So many standard deviations from the district a cell has its full shade.
const FULL_SHADE: f64 = 2.0;

pub(super) fn make<'a>(maker: &Maker<'a>) -> Result<Made<'a>, String> {
    let comparisons = maker.comparisons;
    let group = &comparisons.peers;
    let alike = group.alike.as_ref().ok_or("the district has no peers")?;
    let year = group.year.ok_or("the district has no peers")?;
    let headline = finding::likeness(alike);
    let of_measure = |v: &crate::compare::PeerVariable| comparisons.get(v.key.as_ref()?);
    let alt = format!(
        "Table of the peers by what they were chosen by, {year}, shaded by the difference from the district. {headline}"
    );
    Ok(Made {
        figure: Figure::Heat(Heat {
            columns: ["Distance".to_owned()]
                .into_iter()
                .chain(group.variables.iter().map(|v| v.label.clone()))
                .collect(),
            rows: rows(comparisons.district.name.clone(), group, alike),
            ends: ("lower than ours".to_owned(), "higher than ours".to_owned()),
        }),
        headline: headline.trim_end_matches('.').to_owned(),
        table: table(&comparisons.district.name, group, alike),
        rests_on: group.variables.iter().filter_map(of_measure).collect(),
        shown: (year.end(), year.end()),
        notes: notes(maker, alike),
        alt,
    })
}

fn rows(own: String, group: &PeerGroup, alike: &Alike) -> Vec<HeatRow> {
    let cell = |text: String, shade: f64| Some(HeatCell { text, shade: Some(shade.clamp(-1.0, 1.0)) });
    let ours = group.variables.iter().map(|v| cell(v.shown(v.value), 0.0));
    let mut rows = vec![HeatRow { label: own, cells: [None].into_iter().chain(ours).collect() }];
    rows.extend(group.peers.iter().zip(&alike.peers).zip(&alike.places).map(|((peer, likeness), places)| {
        let text = format!("{:.2}, {}", peer.distance, likeness.id());
        let distance = Some(HeatCell { text, shade: None });
        let cells = group.variables.iter().zip(&peer.values).zip(places);
        let cells = cells.map(|((v, value), place)| cell(v.shown(*value), place / FULL_SHADE));
        HeatRow { label: peer.district.name.clone(), cells: [distance].into_iter().chain(cells).collect() }
    }));
    rows
}

fn table(own: &str, group: &PeerGroup, alike: &Alike) -> Table {
    let mut columns = ["District", "Distance", "Likeness"].map(str::to_owned).to_vec();
    columns.extend(group.variables.iter().map(|v| v.label.clone()));
    let values = |values: Vec<f64>| {
        let cells = group.variables.iter().zip(values);
        cells.map(|(v, value)| match v.unit {
            Some(unit) => TableCell::Number(value, unit),
            None => TableCell::Text(v.shown(value)),
        })
    };
    let row = |name: &str, distance: f64, likeness: &str, of_row: Vec<f64>| -> Vec<TableCell> {
        let first = [
            TableCell::Text(name.to_owned()),
            TableCell::Number(distance, Unit::Ratio),
            TableCell::Text(likeness.to_owned()),
        ];
        first.into_iter().chain(values(of_row)).collect()
    };
    let mut rows = vec![row(own, 0.0, "", group.variables.iter().map(|v| v.value).collect())];
    let peers = group.peers.iter().zip(&alike.peers);
    rows.extend(
        peers.map(|(p, likeness)| row(&p.district.name, p.distance, likeness.id(), p.values.clone())),
    );
    Table { columns, rows }
}

/// The school years that outcomes are of, the first and the last.
fn years(outcomes: &[BetterOutcome]) -> String {
    let ends = outcomes.iter().map(|o| o.year).min().zip(outcomes.iter().map(|o| o.year).max());
    match ends {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
        None => String::new(),
    }
}

fn notes(maker: &Maker<'_>, alike: &Alike) -> Vec<String> {
    let group = &maker.comparisons.peers;
    let mut notes: Vec<String> = words::peers(maker).into_iter().collect();
    notes.push(format!(
        "A district of the state usually has its nearest neighbour at a distance of {:.2}; close is up to {} times that, fair up to \
         {} times. Full shade: {FULL_SHADE} standard deviations from ours.",
        alike.usual_distance, alike.spec.close, alike.spec.fair
    ));
    if let Some(least) = alike.least_stable() {
        notes.push(format!(
            "Chosen {}, {} of {} would stay: the most that leaving out one variable changes.",
            least.changed, least.stay, least.of
        ));
    }
    let places: Vec<String> = alike
        .by_count
        .iter()
        .filter(|stays| stays.outcomes > 0)
        .map(|stays| format!("{} in {} of {}", stays.changed, stays.same, stays.outcomes))
        .collect();
    if !places.is_empty() {
        notes.push(format!(
            "Above, below or not clearly apart from the peers' median as now, of the outcomes: {}.",
            words::listed(&places)
        ));
    }
    let better = finding::better_peers(group, &maker.comparisons.outcomes, maker.catalog);
    let named: Vec<String> = better
        .iter()
        .filter(|peer| 2 * peer.outcomes.len() >= peer.of)
        .map(|peer| {
            let name = &group.peers[peer.peer].district.name;
            let outcomes = if peer.of == 1 { "outcome" } else { "outcomes" };
            format!("{name} ({} of {} {outcomes}, {})", peer.outcomes.len(), peer.of, years(&peer.outcomes))
        })
        .collect();
    if !named.is_empty() {
        notes.push(format!("Better with similar students: {}.", words::listed(&named)));
    }
    notes
}
