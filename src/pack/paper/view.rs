//! What every template receives.

use minijinja::{Value, context};

use super::document::Document;
use super::heading::heading;
use super::input::Paper;
use super::marks::marks;
use super::{exhibit_view, markup, sheet};
use crate::compare::{PeerGroup, PeerVariable};
use crate::domain::Quadrant;
use crate::exhibit::{AgendaLine, DayPartKind};
use crate::pack::html::fonts;
use crate::wording::paper as wording;

/// The values of one document: those that it alone has, with those that all have.
pub(super) fn document_view(paper: &Paper<'_>, document: Document, style: &str, own: &Value) -> Value {
    let pack = paper.pack;
    context! {
        style => Value::from_safe_string(format!("{}{style}", fonts())),
        footer => context! {
            district => Value::from_safe_string(markup::string(&pack.district.name)),
            document => Value::from_safe_string(markup::string(document.title())),
        },
        sheet => sheet::view(paper.size),
        document => document.title(),
        title => &pack.title,
        district => &pack.district.name,
        year => pack.year.map(|year| year.to_string()),
        version => paper.report.version,
        people => pack.day.people,
        tables => pack.day.tables,
        at_table => pack.day.people.div_ceil(pack.day.tables.max(1)),
        agenda => agenda(paper),
        topics => paper.groups.iter().map(heading).collect::<Value>(),
        peers => peers(paper),
        marks => marks(paper.core()),
        first_code => first_code(paper),
        quadrants => Quadrant::ALL.map(quadrant).to_vec(),
        ..own.clone()
    }
}

/// The code of the first chart of the day, as an example.
fn first_code<'a>(paper: &Paper<'a>) -> Option<&'a str> {
    let shown = paper.groups.iter().flat_map(|group| &group.exhibits).next()?;
    Some(&shown.exhibit.code)
}

fn agenda(paper: &Paper<'_>) -> Value {
    let lines = paper.pack.day.agenda();
    let first = lines.iter().position(|line| line.part.kind == DayPartKind::Domain);
    lines.iter().enumerate().map(|(index, line)| part(paper, line, Some(index) == first)).collect()
}

/// `is_first`: whether it is the first that looks at a domain.
fn part(paper: &Paper<'_>, line: &AgendaLine<'_>, is_first: bool) -> Value {
    let part = line.part;
    let group = paper.groups.iter().find(|group| group.label == part.title);
    context! {
        start => part.start.to_string(),
        minutes => part.minutes,
        title => &line.title,
        kind => kind(part.kind),
        topic => group.map(heading),
        is_first,
    }
}

const fn kind(kind: DayPartKind) -> &'static str {
    match kind {
        DayPartKind::Welcome => "welcome",
        DayPartKind::Peers => "peers",
        DayPartKind::Domain => "domain",
        DayPartKind::Break => "break",
        DayPartKind::Lunch => "lunch",
        DayPartKind::TableSwot => "table-swot",
        DayPartKind::Merge => "merge",
        DayPartKind::Close => "close",
    }
}

fn quadrant(quadrant: Quadrant) -> Value {
    context! { heading => quadrant.heading(), meaning => quadrant.meaning() }
}

fn peers(paper: &Paper<'_>) -> Value {
    let group = &paper.pack.peers;
    context! {
        chosen => group.year.map(|year| wording::peers_chosen(group.peers.len(), group.candidates, &year.to_string())),
        likeness => group.alike.as_ref().map(crate::finding::likeness),
        alike => group.are_alike(),
        variables => group.variables.iter().map(variable).collect::<Value>(),
        rows => (0..group.peers.len()).map(|index| peer(group, index)).collect::<Value>(),
        codes => wording::codes(&paper.of_peers.iter().map(|shown| shown.exhibit.code.as_str()).collect::<Vec<_>>()),
        exhibits => exhibit_view::all_noticing(&paper.of_peers),
    }
}

fn variable(variable: &PeerVariable) -> Value {
    context! { label => &variable.label, value => variable.shown(variable.value) }
}

fn peer(group: &PeerGroup, index: usize) -> Value {
    let peer = &group.peers[index];
    let likeness = group.alike.as_ref().and_then(|alike| alike.peers.get(index));
    let values = group.variables.iter().zip(&peer.values);
    context! {
        name => &peer.district.name,
        likeness => likeness.map(|likeness| likeness.id()),
        values => values.map(|(variable, value)| variable.shown(*value)).collect::<Value>(),
    }
}
