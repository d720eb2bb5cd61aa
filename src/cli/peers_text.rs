//! The peer group as text: the table, how like they are, how stable the group is, who does better.
//!
//! As wide as the terminal, or 80 columns; a table of many variables goes on below.

use std::fmt::Write as _;
use std::io;

use super::inspect::{clipped, wrapped};
use crate::catalog::Catalog;
use crate::compare::{Alike, PeerGroup, Stays};
use crate::domain::District;
use crate::finding;
use crate::run::PeersOf;

/// Columns of text where the output is no terminal.
const WIDTH: usize = 80;

/// Columns of a name, at least and at most.
const NAME: (usize, usize) = (20, 40);

/// Columns of a place in the group, a distance and a likeness.
const PLACE: usize = 16;

/// Columns of a variable, the blank before it counted.
const VARIABLE: usize = 11;

pub(super) fn text(of: &PeersOf, catalog: &Catalog) -> String {
    let (group, own) = (&of.peers, &of.district);
    let Some(year) = group.year else {
        return format!("{} has no peer group.\n", own.name);
    };
    let width = terminal_size::terminal_size_of(io::stdout())
        .map_or(WIDTH, |(width, _)| usize::from(width.0).max(PLACE + NAME.0 + VARIABLE));
    let mut text = String::new();
    let heading = format!(
        "Peers of {} ({}), chosen from {} districts by {year}{}",
        own.name,
        own.shown_id,
        group.candidates,
        shared(group)
    );
    paragraph(&mut text, &heading, 0, width);
    table(&mut text, own, group, width);
    if let Some(alike) = &group.alike {
        likeness(&mut text, group, alike, width);
    }
    better(&mut text, of, catalog, width);
    if let Some(around) = of.around.as_ref().filter(|around| around.year.is_some()) {
        text.push('\n');
        paragraph(&mut text, &format!("Around it{}, nearest first", shared(around)), 0, width);
        table(&mut text, own, around, width);
    }
    text
}

fn shared(group: &PeerGroup) -> String {
    group.within.iter().map(|(attribute, value)| format!(", {attribute} {value}")).collect()
}

/// The district and each peer with every matching variable. Writing to a String cannot fail.
fn table(text: &mut String, own: &District, group: &PeerGroup, width: usize) {
    let fit = ((width - PLACE - NAME.0) / VARIABLE).clamp(1, group.variables.len().max(1));
    let name = (width - PLACE - fit * VARIABLE).clamp(NAME.0, NAME.1);
    let all: Vec<usize> = (0..group.variables.len()).collect();
    for shown in all.chunks(fit) {
        text.push('\n');
        for line in headings(group, shown) {
            let first = format!("    {:<name$}", line.0);
            let _ = writeln!(text, "{}", format!("{first}{:>6} {:<5}{}", line.1, "", line.2).trim_end());
        }
        let values = |of: &dyn Fn(usize) -> f64| -> String {
            shown.iter().map(|v| format!("{:>VARIABLE$}", group.variables[*v].shown(of(*v)))).collect()
        };
        let ours = values(&|v| group.variables[v].value);
        let _ = writeln!(text, "    {:<name$}{:>6} {:<5}{ours}", clipped(&own.name, name - 1), "", "");
        for (i, peer) in group.peers.iter().enumerate() {
            let likeness = group.alike.as_ref().and_then(|a| a.peers.get(i)).map_or("", |l| l.id());
            let theirs = values(&|v| peer.values[v]);
            let (place, called) = (i + 1, clipped(&peer.district.name, name - 1));
            let _ = writeln!(text, "{place:>2}. {called:<name$}{:>6.2} {likeness:<5}{theirs}", peer.distance);
        }
    }
}

/// The lines of a table's heading: over the names, over the distances, over the variables.
fn headings(group: &PeerGroup, shown: &[usize]) -> Vec<(&'static str, &'static str, String)> {
    let labels: Vec<Vec<String>> =
        shown.iter().map(|v| wrapped(&group.variables[*v].label, VARIABLE - 1)).collect();
    let height = labels.iter().map(Vec::len).max().unwrap_or(1);
    let line = |at: usize| {
        let label = |of: &Vec<String>| {
            let above = height - of.len();
            let text = at.checked_sub(above).map_or("", |i| of[i].as_str());
            format!("{:>VARIABLE$}", clipped(text, VARIABLE - 1))
        };
        let variables = labels.iter().map(label).collect();
        if at + 1 == height { ("District", "Dist.", variables) } else { ("", "", variables) }
    };
    (0..height).map(line).collect()
}

fn likeness(text: &mut String, group: &PeerGroup, alike: &Alike, width: usize) {
    let _ = writeln!(text, "\nHow like it are they?");
    paragraph(text, &finding::likeness(alike), 2, width);
    for (variable, gap) in group.variables.iter().zip(&alike.gaps) {
        let side = if *gap < 0.0 { "below" } else { "above" };
        let unit = if variable.key.is_some() { " standard deviations" } else { "" };
        let said = format!("{}: {:.1}{unit} {side} the peers' median", variable.label, gap.abs());
        paragraph(text, &said, 2, width);
    }
    if let Some(farthest) = group.peers.last() {
        let said = format!("The farthest is {}, at {:.2}.", farthest.district.name, farthest.distance);
        paragraph(text, &said, 2, width);
    }
    let usual = format!(
        "A district of the state usually has its nearest neighbour at {:.2}: close is up to {} times that, fair up to {} times.",
        alike.usual_distance, alike.spec.close, alike.spec.fair
    );
    paragraph(text, &usual, 2, width);
    hangs_on_choice(text, alike, width);
}

/// What stays when the group is chosen otherwise.
fn hangs_on_choice(text: &mut String, alike: &Alike, width: usize) {
    if alike.stability.is_empty() && alike.by_count.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nHow much does the group hang on how it was chosen?");
    let place = |stays: &Stays| match stays.outcomes {
        0 => None,
        all => Some(format!("the same place in {} of {}", stays.same, counted(all))),
    };
    for stays in &alike.stability {
        let stay = format!("{}: {} of {} stay", stays.changed, stays.stay, stays.of);
        paragraph(text, &[stay].into_iter().chain(place(stays)).collect::<Vec<_>>().join(", "), 2, width);
    }
    for (stays, said) in alike.by_count.iter().filter_map(|stays| Some((stays, place(stays)?))) {
        paragraph(text, &format!("{}: {said}", stays.changed), 2, width);
    }
    if alike.by_count.iter().any(|stays| stays.outcomes > 0) {
        let places = "The place is above, below, or not clearly apart from the peers' median.";
        paragraph(text, places, 2, width);
    }
}

fn better(text: &mut String, of: &PeersOf, catalog: &Catalog, width: usize) {
    let better = finding::better_peers(&of.peers, &of.outcomes, catalog);
    if better.is_empty() {
        return;
    }
    let _ = writeln!(text, "\nPeers that do better with similar students");
    for peer in better {
        let name = &of.peers.peers[peer.peer].district.name;
        paragraph(text, &format!("{name}, in {} of {}:", peer.outcomes.len(), counted(peer.of)), 2, width);
        for outcome in peer.outcomes {
            let (theirs, ours) = (outcome.unit.format(outcome.theirs), outcome.unit.format(outcome.ours));
            let said = format!("{}, {}: {theirs}; ours {ours}", outcome.what, outcome.year);
            paragraph(text, &said, 4, width);
        }
    }
}

fn counted(outcomes: usize) -> String {
    if outcomes == 1 { "1 outcome".to_owned() } else { format!("{outcomes} outcomes") }
}

/// A text in lines of at most `width` columns, the first indented by `indent`, the others by two more.
fn paragraph(text: &mut String, said: &str, indent: usize, width: usize) {
    for (i, line) in wrapped(said, width.saturating_sub(indent + 2)).into_iter().enumerate() {
        let blanks = if i == 0 { indent } else { indent + 2 };
        let _ = writeln!(text, "{:blanks$}{line}", "");
    }
}
