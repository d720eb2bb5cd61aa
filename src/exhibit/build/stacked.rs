//! Parts of a whole, a column a year.

use super::parts::{Part, Parts};
use super::{Made, Maker, words};
use crate::exhibit::{Figure, StackPart, Stacked, Table, TableCell};

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let shown: Vec<&Part<'a>> = parts.all.iter().filter(|p| !p.whole).collect();
    let has_value = |y: &i32| shown.iter().filter(|p| p.value(*y).is_some()).count() >= 2;
    let years: Vec<i32> = parts.years(maker.spec.years).into_iter().filter(has_value).collect();
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
        return Err("fewer than two of its parts have a value".to_owned());
    };
    let unit = shown[0].measure.unit;
    let stack = shown
        .iter()
        .map(|p| StackPart { label: p.label.clone(), values: years.iter().map(|y| p.value(*y)).collect() })
        .collect();
    let mut columns = vec!["School year".to_owned()];
    columns.extend(shown.iter().map(|p| p.label.clone()));
    let row = |y: &i32| -> Vec<TableCell> {
        [TableCell::Text(words::year(*y))]
            .into_iter()
            .chain(shown.iter().map(|p| words::cell(p, *y)))
            .collect()
    };
    let headline = headline(&shown, first, last).ok_or("nothing can be compared")?;
    let alt = format!("Stacked columns of {}. {headline}", maker.spec.title);
    Ok(Made {
        figure: Figure::Stacked(Stacked {
            unit,
            columns: years.iter().map(|y| words::year(*y)).collect(),
            parts: stack,
        }),
        headline,
        table: Table { columns, rows: years.iter().map(row).collect() },
        rests_on: shown.iter().map(|p| p.comparison).collect(),
        notes: Vec::new(),
        alt,
    })
}

/// The part that changed most; the largest where there is but one year, or none that the last can be compared with.
fn headline(parts: &[&Part<'_>], first: i32, last: i32) -> Option<String> {
    let first = if parts.iter().any(|p| p.is_comparable(first, last)) { first } else { last };
    let change = |p: &Part<'_>| {
        let then = p.value(first).filter(|_| p.is_comparable(first, last))?;
        Some((p.value(last)?, p.value(last)? - then))
    };
    let known: Vec<(&Part<'_>, (f64, f64))> = parts.iter().filter_map(|p| Some((*p, change(p)?))).collect();
    let size = |c: &(&Part<'_>, (f64, f64))| if first == last { c.1.0 } else { c.1.1.abs() };
    let (part, (value, change)) =
        *known.iter().max_by(|a, b| size(a).total_cmp(&size(b)).then_with(|| b.0.label.cmp(&a.0.label)))?;
    let unit = part.measure.unit;
    let level = format!("{}: {} in {}", part.subject, unit.format(value), words::year(last));
    let way = if change < 0.0 { "down" } else { "up" };
    let since = words::year(first);
    Some(if first == last {
        format!("{level}, the largest part")
    } else {
        format!("{level}, {way} {} since {since}, the largest change", unit.format_change(change))
    })
}
