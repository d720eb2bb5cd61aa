//! Parts of a whole, one column per year.

use super::change::PartChanges;
use super::context::ExhibitContext;
use super::dollars::ConstantDollars;
use super::draft::{ExhibitDraft, YearSpan};
use super::labels::year_labels;
use super::series::{ExhibitSeries, ExhibitSeriesSet, base_key, comparisons_of, values_in};
use crate::domain::{SchoolYear, Unit};
use crate::exhibit::figure::{Figure, StackPart, Stacked};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, with_values};
use crate::wording::exhibit as words;

/// Parts below this percent of the whole in every year are not drawn by themselves.
const SMALL: f64 = 2.0;
/// Parts add up to the whole within this many percent of it.
const TOLERANCE: f64 = 1.0;

pub(super) fn draft<'a>(
    context: &ExhibitContext<'a>,
    set: &ExhibitSeriesSet<'a>,
) -> Result<ExhibitDraft<'a>, String> {
    let years = years_of(context, set);
    let (Some(first), Some(last)) = (years.first().copied(), years.last().copied()) else {
        return Err(words::TOO_FEW_PARTS.to_owned());
    };
    let dollars = ConstantDollars::new(context, set.first().measure.unit, &years);
    let set = &set.in_dollars(dollars.as_ref());
    let whole = whole_of(context, dollars.as_ref());
    let stack = Stack { parts: set.parts(), whole: whole.as_ref(), years: &years };
    let changes = PartChanges::new(&stack.shown(), &years, last);
    let sub_line = changes.as_ref().map(|changes| changes.sub_line()).unwrap_or_default();
    let dollars_of = dollars.map(|dollars| dollars.of);
    let figure = Stacked { dollars_of, ..stack.figure() };
    Ok(ExhibitDraft {
        alt: in_words(&context.spec.title, &figure),
        table: stack.table(&figure),
        figure: Figure::Stacked(figure),
        findings: changes.map(|changes| changes.findings(context, set)).unwrap_or_default(),
        sub_line,
        series: comparisons_of(&stack.shown()),
        years: YearSpan { first, last },
        notes: dollars_of.map(words::all_in_dollars_of).into_iter().collect(),
    })
}

/// The years with at least two parts: all of them, or the ends.
fn years_of(context: &ExhibitContext<'_>, set: &ExhibitSeriesSet<'_>) -> Vec<i32> {
    let parts = set.parts();
    let mut years = set.years(context.spec.years);
    years.retain(|year| values_in(&parts, *year).len() >= 2);
    if context.spec.ends && years.len() > 2 {
        years = years.first().into_iter().chain(years.last()).copied().collect();
    }
    years
}

/// The measure that the parts add up to, if the exhibit names one.
fn whole_of<'a>(
    context: &ExhibitContext<'a>,
    dollars: Option<&ConstantDollars<'a>>,
) -> Option<ExhibitSeries<'a>> {
    let id = context.spec.whole.as_ref()?;
    let measure = context.catalog.measures.get(id)?;
    let whole = ExhibitSeries::new(context, measure, &base_key(context, id), measure.label.clone())?;
    Some(ExhibitSeries { is_whole: true, dollars: dollars.copied(), ..whole })
}

/// What is stacked.
struct Stack<'s, 'a> {
    parts: Vec<&'s ExhibitSeries<'a>>,
    /// What the parts add up to, where it is published. Percents add up to 100 without it.
    whole: Option<&'s ExhibitSeries<'a>>,
    years: &'s [i32],
}

impl<'s, 'a> Stack<'s, 'a> {
    /// The parts and the whole.
    fn shown(&self) -> Vec<&'s ExhibitSeries<'a>> {
        self.parts.iter().chain(&self.whole).copied().collect()
    }

    fn unit(&self) -> Unit {
        self.parts[0].measure.unit
    }

    /// Parts that are small in every year join the rest, which is drawn so that each column is whole.
    fn figure(&self) -> Stacked {
        let all: Vec<StackPart> = self.parts.iter().map(|part| self.stack_part(part)).collect();
        let is_hidden = all.iter().any(|part| part.values.contains(&None));
        let large: Vec<StackPart> = all.iter().filter(|part| !self.is_small(part)).cloned().collect();
        let mut parts = if large.len() >= 2 { large } else { all.clone() };
        match self.rest(&parts) {
            Some(values) => parts.extend(rest_part(values, is_hidden)),
            None => parts = all,
        }
        Stacked { unit: self.unit(), columns: year_labels(self.years), parts, dollars_of: None }
    }

    fn stack_part(&self, part: &ExhibitSeries<'_>) -> StackPart {
        StackPart { label: part.label.clone(), values: part.values(self.years) }
    }

    /// What the parts of a year add up to; `None` where nobody says it.
    fn whole_in(&self, year: i32) -> Option<f64> {
        if self.unit() == Unit::Percent { Some(100.0) } else { self.whole?.value(year) }
    }

    fn is_small(&self, part: &StackPart) -> bool {
        let values = self.years.iter().zip(&part.values);
        let mut known = values.filter_map(|(year, value)| Some(((*value)?, self.whole_in(*year)))).peekable();
        known.peek().is_some()
            && known.all(|(value, whole)| whole.is_some_and(|whole| value < whole * SMALL / 100.0))
    }

    /// What is missing to the whole, in each year that has one: nothing in a year where it is within the tolerance. `None` if the
    /// parts overlap, so that no rest can be told.
    fn rest(&self, parts: &[StackPart]) -> Option<Vec<Option<f64>>> {
        let mut values = Vec::new();
        for (index, year) in self.years.iter().enumerate() {
            let shown: f64 = parts.iter().filter_map(|part| part.values[index]).sum();
            let Some(whole) = self.whole_in(*year) else {
                values.push(None);
                continue;
            };
            if shown > whole * (1.0 + TOLERANCE / 100.0) {
                return None;
            }
            values.push(Some((whole - shown).max(0.0)));
        }
        let is_visible = self.years.iter().zip(&values).any(|(year, value)| self.is_visible(*year, *value));
        Some(if is_visible { values } else { Vec::new() })
    }

    fn is_visible(&self, year: i32, rest: Option<f64>) -> bool {
        rest.zip(self.whole_in(year)).is_some_and(|(rest, whole)| rest > whole * TOLERANCE / 100.0)
    }

    /// All parts, also those that are too small to be drawn, then the rest and the whole.
    fn table(&self, figure: &Stacked) -> Table {
        let rest = figure.parts.iter().find(|part| self.parts.iter().all(|one| one.label != part.label));
        let mut columns = vec![words::SCHOOL_YEAR.to_owned()];
        columns.extend(self.parts.iter().map(|part| part.label.clone()));
        columns.extend(rest.map(|rest| rest.label.clone()));
        columns.extend(self.whole.map(|whole| whole.label.clone()));
        let rows = self.years.iter().enumerate();
        Table { columns, rows: rows.map(|(index, year)| self.table_row(rest, index, *year)).collect() }
    }

    /// The row of the year at `index`.
    fn table_row(&self, rest: Option<&StackPart>, index: usize, year: i32) -> Vec<ExhibitCell> {
        let mut row = vec![ExhibitCell::Text(SchoolYear::text_of(year))];
        row.extend(self.parts.iter().map(|part| part.cell(year)));
        row.extend(rest.map(|rest| self.rest_cell(rest.values[index])));
        row.extend(self.whole.map(|whole| whole.cell(year)));
        row
    }

    fn rest_cell(&self, value: Option<f64>) -> ExhibitCell {
        ExhibitCell::number_or_absent(value, self.unit(), || words::NOT_AVAILABLE.to_owned())
    }
}

/// The part for the rest, if there is any.
fn rest_part(values: Vec<Option<f64>>, is_hidden: bool) -> Option<StackPart> {
    let label = if is_hidden { words::OTHER_OR_NOT_SHOWN } else { words::OTHER };
    (!values.is_empty()).then(|| StackPart { label: label.to_owned(), values })
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
