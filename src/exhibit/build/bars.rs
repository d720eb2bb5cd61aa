//! A bar for each part, with the peers' median marked, in the latest year.

use super::parts::{Part, Parts};
use super::{Made, Maker, words};
use crate::exhibit::{BarRow, Bars, Figure, Table, TableCell};

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let year = parts.latest;
    let unit = parts.first().measure.unit;
    let shown: Vec<&Part<'a>> = parts.all.iter().filter(|p| p.measure.unit == unit && !is_total(p)).collect();
    let known: Vec<(&Part<'a>, f64)> = shown.iter().filter_map(|p| Some((*p, p.value(year)?))).collect();
    if known.len() < 2 {
        return Err("fewer than two of its parts have a value in the latest year".to_owned());
    }
    let mark = |p: &Part<'_>| p.comparison.standings.iter().find(|s| s.year.end() == year)?.peer_median;
    let rows: Vec<BarRow> = shown
        .iter()
        .map(|p| {
            let value = p.value(year);
            let absent = value.is_none().then(|| words::absence(p.comparison, year));
            BarRow { label: p.label.clone(), value, absent, mark: mark(p) }
        })
        .collect();
    let marked = rows.iter().any(|r| r.mark.is_some());
    let number = |value: Option<f64>, why: &str| match value {
        Some(value) => TableCell::Number(value, unit),
        None => TableCell::Absent(why.to_owned()),
    };
    let table_row = |r: &BarRow| {
        let why = r.absent.as_deref().unwrap_or("not published");
        vec![TableCell::Text(r.label.clone()), number(r.value, why), number(r.mark, "fewer than 5 peers")]
    };
    let shown_year = words::year(year);
    let headline = headline(maker, &known, &shown_year);
    let alt = format!("Bars of {}, {shown_year}. {headline}", maker.spec.title);
    let notes = words::peers(maker).filter(|_| marked);
    Ok(Made {
        table: Table {
            columns: vec![maker.spec.title.clone(), shown_year.clone(), "Peer median".to_owned()],
            rows: rows.iter().map(table_row).collect(),
        },
        figure: Figure::Bars(Bars { unit, rows, mark: marked.then(|| "Peer median".to_owned()) }),
        headline,
        rests_on: shown.iter().map(|p| p.comparison).collect(),
        shown: (year, year),
        notes: notes.into_iter().collect(),
        alt,
    })
}

/// Whether a part would dwarf the others: the total of counts that add up to it.
fn is_total(part: &Part<'_>) -> bool {
    part.whole && part.measure.change_is_percent
}

/// From the lowest to the highest.
fn headline(maker: &Maker<'_>, known: &[(&Part<'_>, f64)], year: &str) -> String {
    let order = |a: &&(&Part<'_>, f64), b: &&(&Part<'_>, f64)| {
        a.1.total_cmp(&b.1).then_with(|| a.0.label.cmp(&b.0.label))
    };
    let (low, high) = (known.iter().min_by(order), known.iter().max_by(order));
    let shown = |p: Option<&(&Part<'_>, f64)>| {
        p.map_or_else(String::new, |(p, value)| format!("{} ({})", p.measure.unit.format(*value), p.label))
    };
    match (low, high) {
        (Some((part, a)), Some((_, b))) if a == b => {
            format!("{} in {year}: {} each where published", maker.spec.title, part.measure.unit.format(*a))
        }
        _ => format!("{} in {year}: from {} to {}", maker.spec.title, shown(low), shown(high)),
    }
}
