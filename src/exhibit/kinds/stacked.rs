//! Parts of a whole, one column per year.

use super::change::{LargestChange, PartChanges};
use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::{year_label, year_labels};
use super::series::{ExhibitSeries, ExhibitSeriesSet, SeriesValue, comparisons_of, values_in};
use crate::exhibit::figure::{Figure, StackPart, Stacked};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::exhibit::{self as words, PartLevel};

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let parts = set.parts();
    let mut years = set.years(context.spec.years);
    years.retain(|year| values_in(&parts, *year).len() >= 2);
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
        return Err(words::TOO_FEW_PARTS.to_owned());
    };
    let headline = headline(&parts, &years, last).ok_or(words::NOTHING_COMPARABLE)?;
    Ok(ExhibitDraft {
        figure: Figure::Stacked(figure(&parts, &years)),
        alt: words::stacked_alt(&context.spec.title, &headline),
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
    let mut columns = vec![words::SCHOOL_YEAR.to_owned()];
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
    let part = largest.change.part;
    let value = SeriesValue { series: part, value: part.value(last)? }.text();
    let level = PartLevel { subject: &part.subject, value: &value, year: &year_label(last) };
    Some(words::largest_change(&level, &largest.since(since)))
}

fn largest_part(parts: &[&ExhibitSeries<'_>], last: i32) -> Option<String> {
    let values = values_in(parts, last);
    let largest = *values
        .iter()
        .max_by(|a, b| a.value.total_cmp(&b.value).then_with(|| b.series.label.cmp(&a.series.label)))?;
    let unit = largest.series.measure.unit;
    let as_large = values.iter().filter(|other| unit.format(other.value) == largest.text()).count();
    let level =
        PartLevel { subject: &largest.series.subject, value: &largest.text(), year: &year_label(last) };
    Some(words::largest_part(&level, as_large == 1))
}
