//! Parts of a whole, one column per year.

use super::change::PartChanges;
use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::{year_label, year_labels};
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of, values_in};
use crate::domain::Unit;
use crate::exhibit::figure::{Figure, StackPart, Stacked};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, with_values};
use crate::wording::exhibit as words;

/// Parts below this percent in every year are not drawn by themselves.
const SMALL: f64 = 2.0;
/// Parts add up to 100 within this many points.
const TOLERANCE: f64 = 1.0;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let parts = set.parts();
    let mut years = set.years(context.spec.years);
    years.retain(|year| values_in(&parts, *year).len() >= 2);
    if context.spec.ends && years.len() > 2 {
        years = years.first().into_iter().chain(years.last()).copied().collect();
    }
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
        return Err(words::TOO_FEW_PARTS.to_owned());
    };
    let changes = PartChanges::new(&parts, &years, last);
    let sub_line = changes.as_ref().map(|changes| changes.sub_line()).unwrap_or_default();
    let figure = figure(&parts, &years);
    Ok(ExhibitDraft {
        alt: in_words(&context.spec.title, &figure),
        figure: Figure::Stacked(figure),
        findings: changes.map(|changes| changes.findings(context, set)).unwrap_or_default(),
        sub_line,
        table: table(&parts, &years),
        series: comparisons_of(&parts),
        years: YearSpan { first, last },
        notes: Vec::new(),
    })
}

/// Parts of a percent that are small in every year join the rest, which is drawn so that each column is whole.
fn figure(parts: &[&ExhibitSeries<'_>], years: &[i32]) -> Stacked {
    let unit = parts[0].measure.unit;
    let mut drawn: Vec<StackPart> = parts.iter().map(|part| stack_part(part, years)).collect();
    if unit == Unit::Percent && drawn.iter().filter(|part| !is_small(part)).count() >= 2 {
        let is_hidden = drawn.iter().any(|part| part.values.contains(&None));
        drawn.retain(|part| !is_small(part));
        drawn.extend(rest(&drawn, years.len(), is_hidden));
    }
    Stacked { unit, columns: year_labels(years), parts: drawn }
}

fn is_small(part: &StackPart) -> bool {
    part.values.iter().flatten().all(|value| *value < SMALL)
}

/// What is missing to 100 percent in each year; `None` if that is nothing worth drawing, or if parts overlap.
fn rest(parts: &[StackPart], years: usize, is_hidden: bool) -> Option<StackPart> {
    let mut values = Vec::new();
    for year in 0..years {
        let shown: f64 = parts.iter().filter_map(|part| part.values[year]).sum();
        if shown > 100.0 + TOLERANCE {
            return None;
        }
        values.push(Some((100.0 - shown).max(0.0)));
    }
    let is_visible = values.iter().flatten().any(|value| *value > TOLERANCE);
    let label = if is_hidden { words::OTHER_OR_NOT_SHOWN } else { words::OTHER };
    is_visible.then(|| StackPart { label: label.to_owned(), values })
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

/// The parts of the last column.
fn in_words(title: &str, figure: &Stacked) -> String {
    let mut parts = Vec::new();
    for part in &figure.parts {
        if let Some(value) = part.values.last().copied().flatten() {
            parts.push(words::labeled(&part.label, &figure.unit.format(value)));
        }
    }
    let year = figure.columns.last().map_or("", String::as_str);
    ChartInWords { title, values: &with_values(year, &parts) }.stacked()
}
