//! The peers and the surrounding districts.

use polars::prelude::{Column, DataFrame, PolarsError};
use polars::prelude::{Float64Chunked, IntoColumn, NewChunkedArray, PlSmallStr};

use super::columns::DataColumn;
use crate::compare::{Comparisons, Peer, PeerGroup};

/// The peers, followed by the surrounding districts if the project asks for them.
pub(super) fn peers(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let mut rows = peer_rows("peers", &comparisons.peers);
    rows.extend(comparisons.around.iter().flat_map(|around| peer_rows("around", around)));
    let mut columns: Vec<Column> = PeerRow::DISTRICT.iter().map(|column| column.fill(&rows)).collect();
    for (index, variable) in comparisons.peers.variables.iter().enumerate() {
        columns.push(variable_column(&variable.name, index, &rows));
    }
    columns.extend(PeerRow::CHOICE.iter().map(|column| column.fill(&rows)));
    DataFrame::new_infer_height(columns)
}

fn peer_rows<'a>(set: &'static str, group: &'a PeerGroup) -> Vec<PeerRow<'a>> {
    let peers = group.peers.iter().enumerate();
    peers.map(|(index, peer)| PeerRow { set, index, group, peer }).collect()
}

/// The peers' values of one matching variable.
fn variable_column(variable: &str, index: usize, rows: &[PeerRow<'_>]) -> Column {
    let name = PlSmallStr::from_string(variable.replace('-', "_"));
    let values = rows.iter().map(|row| row.peer.values.get(index).copied());
    Float64Chunked::from_iter_options(name, values).into_column()
}

/// One district of a peer group.
struct PeerRow<'a> {
    /// `peers` or `around`.
    set: &'static str,
    /// Position in the group, from 0.
    index: usize,
    group: &'a PeerGroup,
    peer: &'a Peer,
}

impl PeerRow<'_> {
    /// Which district it is, and its distance from the chosen one.
    const DISTRICT: [DataColumn<Self>; 7] = [
        DataColumn::text("set", |row| Some(row.set.to_owned())),
        DataColumn::year("school_year", |row| row.group.year),
        DataColumn::count("rank", |row| Some(row.index + 1)),
        DataColumn::text("district_id", |row| Some(row.peer.district.shown_id.clone())),
        DataColumn::text("district_name", |row| Some(row.peer.district.name.clone())),
        DataColumn::number("distance", |row| Some(row.peer.distance)),
        DataColumn::text("likeness", Self::likeness),
    ];

    /// How its group was chosen.
    const CHOICE: [DataColumn<Self>; 3] = [
        DataColumn::count("candidates", |row| Some(row.group.candidates)),
        DataColumn::count("without_values", |row| Some(row.group.without_values)),
        DataColumn::text("method", |row| Some(row.group.method.clone())),
    ];

    fn likeness(&self) -> Option<String> {
        let likeness = self.group.alike.as_ref()?.peers.get(self.index)?;
        Some(likeness.id().to_owned())
    }
}
