//! What the templates receive of an exhibit.

use std::collections::BTreeSet;

use minijinja::{Value, context};

use super::board::Board;
use super::shown::{Shown, view_box};
use crate::exhibit::{Exhibit, ExhibitCell, Figure, Table};
use crate::pack::xml_text::escaped;
use crate::wording::listing::from_to;
use crate::wording::paper as wording;

/// An exhibit as people see it before they talk about it: without its finding, and without its values in words.
pub(super) fn noticing(shown: &Shown<'_>) -> Value {
    let exhibit = shown.exhibit;
    context! {
        wide => labeled(shown.plots.wide, exhibit),
        narrow => labeled(shown.plots.narrow, exhibit),
        view_box => view_box(shown.plots.narrow),
        ..face(exhibit)
    }
}

/// A drawing with its alternative text. It belongs to the drawing itself: browsers leave out that of an element around it in a PDF.
fn labeled(svg: &str, exhibit: &Exhibit) -> Value {
    described(svg, &wording::alternative(&exhibit.code, &exhibit.alt))
}

/// A drawing with this alternative text.
pub(super) fn described(svg: &str, alt: &str) -> Value {
    let text = escaped(alt);
    Value::from_safe_string(svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{text}\" "), 1))
}

/// What stands around a chart.
fn face(exhibit: &Exhibit) -> Value {
    context! {
        code => &exhibit.code,
        topic => if exhibit.topic.is_empty() { &exhibit.title } else { &exhibit.topic },
        title => &exhibit.title,
        drawn => wording::drawn(&exhibit.title, &exhibit.topic, exhibit.direction),
        breaks => breaks(exhibit),
        direction => exhibit.direction,
        caveat => &exhibit.caveat,
        age => &exhibit.age,
        definition => &exhibit.definition,
        people => wording::people(exhibit.basis.people),
        years => exhibit.basis.window.map(|(first, last)| from_to(first, last)),
        source => &exhibit.source,
        alt => &exhibit.alt,
        notice => &exhibit.notice,
        wonder => &exhibit.wonder,
    }
}

/// What the dotted lines of a chart mean; the legend of small charts says it itself.
pub(super) fn breaks(exhibit: &Exhibit) -> String {
    let Figure::Line(line) = &exhibit.figure else { return String::new() };
    let reasons: BTreeSet<&str> = line.breaks.iter().map(|(_, reason)| reason.as_str()).collect();
    wording::breaks(&reasons.into_iter().collect::<Vec<_>>())
}

/// An exhibit with its finding and its table, for the facilitator.
pub(super) fn revealed(shown: &Shown<'_>) -> Value {
    let exhibit = shown.exhibit;
    context! {
        finding => &exhibit.finding,
        sub_line => &exhibit.sub_line,
        note => &exhibit.note,
        method => exhibit.basis.method,
        table => table(&exhibit.table),
        ..noticing(shown)
    }
}

/// Exhibits without findings.
pub(super) fn all_noticing(shown: &[Shown<'_>]) -> Value {
    shown.iter().map(noticing).collect()
}

/// Charts in columns, and the codes and topics of those for which there was no room.
pub(super) fn board(board: &Board<'_>) -> Value {
    context! {
        columns => board.columns.iter().map(|column| all_noticing(column)).collect::<Value>(),
        left_over => board.left_over.iter().map(|shown| face(shown.exhibit)).collect::<Value>(),
    }
}

/// A table; its columns say whether they hold numbers.
pub(super) fn table(table: &Table) -> Value {
    let columns = table.columns.iter().enumerate();
    context! {
        columns => columns.map(|(index, text)| context! { text, number => has_numbers(table, index) }).collect::<Value>(),
        rows => table.rows.iter().map(|row| row.iter().map(cell).collect::<Value>()).collect::<Value>(),
    }
}

/// Whether any cell of a column is a number.
fn has_numbers(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.get(column), Some(ExhibitCell::Number(..))))
}

fn cell(cell: &ExhibitCell) -> Value {
    context! { text => cell.text(), absent => matches!(cell, ExhibitCell::Absent(_)) }
}
