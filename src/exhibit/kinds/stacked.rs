//! Parts of a whole, one column per year.

use super::change::{LargestChange, PartChanges};
use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::{year_label, year_labels};
use super::series::{ExhibitSeries, ExhibitSeriesSet, SeriesValue, comparisons_of, values_in};
use crate::exhibit::figure::{Figure, StackPart, Stacked};
use crate::exhibit::table::{ExhibitCell, Table};

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let parts = set.parts();
    let mut years = set.years(context.spec.years);
    years.retain(|year| values_in(&parts, *year).len() >= 2);
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
        return Err("fewer than two of its parts have a value".to_owned());
    };
    let headline = headline(&parts, &years, last).ok_or("nothing can be compared")?;
    Ok(ExhibitDraft {
        figure: Figure::Stacked(figure(&parts, &years)),
        alt: format!("Stacked columns of {}. {headline}", context.spec.title),
        headline,
        table: table(&parts, &years),
        series: comparisons_of(&parts),
        years: YearSpan { first, last },
        notes: Vec::new(),
    })
}

fn figure(parts: &[&ExhibitSeries<'_>], years: &[i32]) -> Stacked {
    Stacked {
        unit: parts[0].measure.unit,
        columns: year_labels(years),
        parts: parts.iter().map(|part| stack_part(part, years)).collect(),
    }
}

fn stack_part(part: &ExhibitSeries<'_>, years: &[i32]) -> StackPart {
    StackPart { label: part.label.clone(), values: part.values(years) }
}

fn table(parts: &[&ExhibitSeries<'_>], years: &[i32]) -> Table {
    let mut columns = vec!["School year".to_owned()];
    columns.extend(parts.iter().map(|part| part.label.clone()));
    Table { columns, rows: years.iter().map(|year| table_row(parts, *year)).collect() }
}

fn table_row(parts: &[&ExhibitSeries<'_>], year: i32) -> Vec<ExhibitCell> {
    let mut row = vec![ExhibitCell::Text(year_label(year))];
    row.extend(parts.iter().map(|part| part.cell(year)));
    row
}

/// The part with the largest notable change; the largest part if no change is notable.
fn headline(parts: &[&ExhibitSeries<'_>], years: &[i32], last: i32) -> Option<String> {
    let Some(changes) = PartChanges::new(parts, years, last) else { return largest_part(parts, last) };
    match changes.largest() {
        Some(largest) => largest_change(&largest, &changes.since(), last),
        None => largest_part(parts, last),
    }
}

fn largest_change(largest: &LargestChange<'_, '_>, since: &str, last: i32) -> Option<String> {
    let change = &largest.change;
    let level = level(SeriesValue { series: change.part, value: change.part.value(last)? }, last);
    let direction = if change.difference() < 0.0 { "down" } else { "up" };
    let most = if largest.is_only { ", the largest change" } else { "" };
    Some(format!("{level}, {direction} {} since {since}{most}", change.size_text()))
}

fn largest_part(parts: &[&ExhibitSeries<'_>], last: i32) -> Option<String> {
    let values = values_in(parts, last);
    let largest = *values
        .iter()
        .max_by(|a, b| a.value.total_cmp(&b.value).then_with(|| b.series.label.cmp(&a.series.label)))?;
    let unit = largest.series.measure.unit;
    let as_large = values.iter().filter(|other| unit.format(other.value) == largest.text()).count();
    let most = if as_large == 1 { ", the largest part" } else { "" };
    Some(format!("{}{most}", level(largest, last)))
}

fn level(value: SeriesValue<'_, '_>, year: i32) -> String {
    format!("{}: {} in {}", value.series.subject, value.text(), year_label(year))
}
