//! The peer group, for a terminal or a machine.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::Serialize;

use super::{Cli, CliError, Ending, OfDistrict, open};
use crate::catalog::Catalog;
use crate::compare::Comparisons;
use crate::run;

impl Cli {
    pub(super) fn peers(&self, of: &OfDistrict) -> Result<Ending, CliError> {
        let project = open(&of.project)?;
        let data = self.read(&project)?;
        let district = of.district.as_deref().unwrap_or(&project.file.retreat.district);
        let (comparisons, mut problems) = run::compare(&project, &data, district)?;
        problems.extend(data.diagnostics);
        let mut out = io::stdout().lock();
        if of.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&json(&comparisons))?)?;
        } else {
            write!(out, "{}", text(&comparisons, &project.catalog))?;
        }
        self.tell_problems(problems)
    }
}

/// The peer group as JSON.
#[derive(Debug, Serialize)]
struct PeersJson<'a> {
    district_id: &'a str,
    district_name: &'a str,
    school_year: Option<i32>,
    candidates: usize,
    variables: Vec<(&'a str, f64)>,
    within: &'a [(String, String)],
    peers: Vec<PeerJson<'a>>,
}

#[derive(Debug, Serialize)]
struct PeerJson<'a> {
    rank: usize,
    district_id: &'a str,
    district_name: &'a str,
    distance: f64,
    values: &'a [f64],
}

fn json(comparisons: &Comparisons) -> PeersJson<'_> {
    let group = &comparisons.peers;
    PeersJson {
        district_id: &comparisons.district.shown_id,
        district_name: &comparisons.district.name,
        school_year: group.year.map(|y| y.end()),
        candidates: group.candidates,
        variables: group.variables.iter().map(|v| (v.name.as_str(), v.value)).collect(),
        within: &group.within,
        peers: group
            .peers
            .iter()
            .enumerate()
            .map(|(i, p)| PeerJson {
                rank: i + 1,
                district_id: &p.district.shown_id,
                district_name: &p.district.name,
                distance: p.distance,
                values: &p.values,
            })
            .collect(),
    }
}

/// The peer group as a table of text, the district first.
fn text(comparisons: &Comparisons, catalog: &Catalog) -> String {
    let group = &comparisons.peers;
    let Some(year) = group.year else {
        return format!("{} has no peer group.\n", comparisons.district.name);
    };
    let within: String = group.within.iter().map(|(a, v)| format!(", {a} {v}")).collect();
    let mut text = format!(
        "Peers of {} ({}), chosen from {} districts by {}{within}\n\n",
        comparisons.district.name, comparisons.district.shown_id, group.candidates, year
    );
    let shown = |values: &[f64]| -> String {
        let unit = |i: usize| catalog.measures.get(&group.variables[i].key.measure).map(|m| m.unit);
        let one = |(i, v): (usize, &f64)| unit(i).map_or_else(|| v.to_string(), |u| u.format(*v));
        values.iter().enumerate().map(one).map(|v| format!("{v:>14}")).collect()
    };
    let labels: String = group.variables.iter().map(|v| format!("{:>14}", clipped(&v.label, 13))).collect();
    let own: Vec<f64> = group.variables.iter().map(|v| v.value).collect();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "    {:<40}{:>10}{labels}", "District", "Distance");
    let _ = writeln!(text, "    {:<40}{:>10}{}", clipped(&comparisons.district.name, 38), "", shown(&own));
    for (i, peer) in group.peers.iter().enumerate() {
        let name = clipped(&peer.district.name, 38);
        let _ = writeln!(text, "{:>2}. {name:<40}{:>10.2}{}", i + 1, peer.distance, shown(&peer.values));
    }
    text
}

fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
