//! The district among its peers in the latest year.

use super::parts::Parts;
use super::{Made, Maker, words};
use crate::exhibit::{DotRow, Dots, Figure, Table, TableCell};
use crate::finding;

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let with_peers = |p: &&super::parts::Part<'_>| p.comparison.peer_values.len() >= 5;
    let part = parts.all.iter().find(with_peers).ok_or("fewer than 5 peers have a value")?;
    let point = part.comparison.latest().ok_or("there is no value")?;
    let own = point.value.ok_or("there is no value")?;
    let peers = &maker.comparisons.peers.peers;
    let mut rows: Vec<DotRow> = part
        .comparison
        .peer_values
        .iter()
        .filter_map(|(i, value)| {
            Some(DotRow { label: peers.get(*i)?.district.name.clone(), value: *value, chosen: false })
        })
        .collect();
    rows.push(DotRow { label: maker.comparisons.district.name.clone(), value: own, chosen: true });
    rows.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.label.cmp(&b.label)));
    let unit = part.measure.unit;
    let median = part.comparison.standing().and_then(|s| s.peer_median);
    let table = Table {
        columns: vec!["District".to_owned(), format!("{}, {}", part.measure.label, point.year)],
        rows: rows
            .iter()
            .map(|r| vec![TableCell::Text(r.label.clone()), TableCell::Number(r.value, unit)])
            .collect(),
    };
    let headline = finding::headline(part.comparison, part.measure, maker.catalog);
    let alt = format!(
        "Dot plot of {} of the district and its peers, {}. {headline}",
        part.measure.label, point.year
    );
    Ok(Made {
        figure: Figure::Dots(Dots { unit, rows, median: median.map(|m| ("Peer median".to_owned(), m)) }),
        headline,
        table,
        rests_on: vec![part.comparison],
        shown: (point.year.end(), point.year.end()),
        notes: words::peers(maker).into_iter().collect(),
        alt,
    })
}
