//! Parts of a whole, a column a year.

use super::change::Changes;
use super::parts::{Part, Parts};
use super::{Made, Maker, words};
use crate::exhibit::{Figure, StackPart, Stacked, Table, TableCell};

pub(super) fn make<'a>(maker: &Maker<'a>, parts: &Parts<'a>) -> Result<Made<'a>, String> {
    let shown: Vec<&Part<'a>> = parts.all.iter().filter(|p| !p.whole).collect();
    let has_value = |y: &i32| shown.iter().filter(|p| p.value(*y).is_some()).count() >= 2;
    let years: Vec<i32> = parts.years(maker.spec.years).into_iter().filter(has_value).collect();
    let last = *years.last().ok_or("fewer than two of its parts have a value")?;
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
    let headline = headline(&shown, &years, last).ok_or("nothing can be compared")?;
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
        shown: (years[0], last),
        notes: Vec::new(),
        alt,
    })
}

/// The part that changed most; the largest where none changed by what is worth telling.
fn headline(parts: &[&Part<'_>], years: &[i32], last: i32) -> Option<String> {
    let level = |part: &Part<'_>| {
        let value = part.measure.unit.format(part.value(last)?);
        Some(format!("{}: {value} in {}", part.subject, words::year(last)))
    };
    let changes = Changes::of(parts, years, last);
    if let Some((changes, (changed, is_most))) = changes.as_ref().and_then(|c| Some((c, c.largest()?))) {
        let way = if changed.change() < 0.0 { "down" } else { "up" };
        let size = changed.part.measure.unit.format_change(changed.change());
        let most = if is_most { ", the largest change" } else { "" };
        return Some(format!("{}, {way} {size} since {}{most}", level(changed.part)?, changes.since()));
    }
    let known: Vec<(&Part<'_>, f64)> = parts.iter().filter_map(|p| Some((*p, p.value(last)?))).collect();
    let (part, value) =
        *known.iter().max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.label.cmp(&a.0.label)))?;
    let shown = |value: f64| part.measure.unit.format(value);
    let alone = known.iter().filter(|(_, other)| shown(*other) == shown(value)).count() == 1;
    Some(format!("{}{}", level(part)?, if alone { ", the largest part" } else { "" }))
}
