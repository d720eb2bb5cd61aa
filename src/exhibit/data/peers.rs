//! The peers and the districts around.

use polars::prelude::{DataFrame, IntoColumn, NewChunkedArray, PolarsError};
use polars::prelude::{Float64Chunked, PlSmallStr, StringChunked, UInt32Chunked};

use crate::compare::{Comparisons, Peer, PeerGroup};

/// The peers, and after them the districts around, where the project asks for these.
pub(super) fn peers(comparisons: &Comparisons) -> Result<DataFrame, PolarsError> {
    let groups = [("peers", Some(&comparisons.peers)), ("around", comparisons.around.as_ref())];
    let listed: Vec<(&str, usize, &PeerGroup, &Peer)> = groups
        .into_iter()
        .filter_map(|(set, group)| Some((set, group?)))
        .flat_map(|(set, group)| group.peers.iter().enumerate().map(move |(i, p)| (set, i, group, p)))
        .collect();
    let name = |name: &str| PlSmallStr::from_string(name.replace('-', "_"));
    let words =
        |word: fn(&(&str, usize, &PeerGroup, &Peer)) -> String| listed.iter().map(word).collect::<Vec<_>>();
    let ranks: Vec<u32> = listed.iter().map(|(_, i, ..)| *i as u32 + 1).collect();
    let likeness = |(_, i, group, _): &(&str, usize, &PeerGroup, &Peer)| {
        group.alike.as_ref().and_then(|a| a.peers.get(*i)).map(|l| l.id())
    };
    let likeness: Vec<Option<&str>> = listed.iter().map(likeness).collect();
    let distances: Vec<f64> = listed.iter().map(|(.., p)| p.distance).collect();
    let count = |column: &str, of: fn(&PeerGroup) -> usize| {
        let counts = listed.iter().map(|l| of(l.2) as u32).collect();
        UInt32Chunked::from_vec(name(column), counts).into_column()
    };
    let years: Vec<Option<u32>> = listed.iter().map(|l| l.2.year.map(|y| y.end() as u32)).collect();
    let mut columns = vec![
        StringChunked::from_slice(name("set"), &words(|l| l.0.to_owned())).into_column(),
        UInt32Chunked::from_slice_options(name("school_year"), &years).into_column(),
        UInt32Chunked::from_vec(name("rank"), ranks).into_column(),
        StringChunked::from_slice(name("district_id"), &words(|l| l.3.district.shown_id.clone()))
            .into_column(),
        StringChunked::from_slice(name("district_name"), &words(|l| l.3.district.name.clone())).into_column(),
        Float64Chunked::from_vec(name("distance"), distances).into_column(),
        StringChunked::from_slice_options(name("likeness"), &likeness).into_column(),
    ];
    for (i, variable) in comparisons.peers.variables.iter().enumerate() {
        let values = listed.iter().map(|(.., p)| p.values.get(i).copied()).collect::<Vec<_>>();
        columns.push(Float64Chunked::from_slice_options(name(&variable.name), &values).into_column());
    }
    columns.extend([
        count("candidates", |group| group.candidates),
        count("without_values", |group| group.without_values),
        StringChunked::from_slice(name("method"), &words(|l| l.2.method.clone())).into_column(),
    ]);
    DataFrame::new_infer_height(columns)
}
