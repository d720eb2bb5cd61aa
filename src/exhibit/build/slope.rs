//! First and last year of each part, joined by a line; the first that the last can be compared with.

use super::change::Changes;
use super::parts::{Part, Parts};
use super::{Made, Maker, words};
use crate::exhibit::{Figure, Slope, SlopeRow, Table, TableCell};

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let years = parts.years(maker.spec.years);
    let with_both = |from: i32| {
        parts
            .all
            .iter()
            .filter(|p| p.value(from).is_some() && p.value(parts.latest).is_some())
            .filter(|p| p.is_comparable(from, parts.latest))
            .collect::<Vec<_>>()
    };
    let enough = parts.all.len().div_ceil(2).max(2);
    let from = years.iter().copied().find(|y| *y < parts.latest && with_both(*y).len() >= enough);
    let from = from.ok_or("too few of its parts have values in two years")?;
    let shown: Vec<&Part<'a>> = with_both(from);
    let unit = shown[0].measure.unit;
    let rows: Vec<SlopeRow> = shown
        .iter()
        .filter_map(|p| {
            let (from, to) = (p.value(from)?, p.value(parts.latest)?);
            Some(SlopeRow { label: p.label.clone(), from, to, strong: p.whole })
        })
        .collect();
    let changes = Changes::of(&shown, &[from], parts.latest).ok_or("nothing can be compared")?;
    let headline = changes.said(&maker.spec.title);
    let years = (from, parts.latest);
    let (from, to) = (words::year(from), words::year(parts.latest));
    let table = Table {
        columns: vec![maker.spec.title.clone(), from.clone(), to.clone(), "Change".to_owned()],
        rows: rows
            .iter()
            .map(|r| {
                let number = |n| TableCell::Number(n, unit);
                let sign = if r.to < r.from { "−" } else { "+" };
                let change = TableCell::Text(format!("{sign}{}", unit.format_change(r.to - r.from)));
                vec![TableCell::Text(r.label.clone()), number(r.from), number(r.to), change]
            })
            .collect(),
    };
    let alt = format!("Slope chart of {}, {from} and {to}. {headline}", maker.spec.title);
    Ok(Made {
        rests_on: shown.iter().map(|p| p.comparison).collect(),
        shown: years,
        figure: Figure::Slope(Slope { unit, from, to, rows }),
        headline,
        table,
        notes: Vec::new(),
        alt,
    })
}
