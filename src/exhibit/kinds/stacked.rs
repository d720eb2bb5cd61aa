//! Parts of a whole, one column per year.

use super::change::PartChanges;
use super::context::ExhibitContext;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::{year_label, year_labels};
use super::series::{ExhibitSeries, ExhibitSeriesSet, comparisons_of, values_in};
use crate::exhibit::figure::{Figure, StackPart, Stacked};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, with_values};
use crate::wording::exhibit as words;

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
