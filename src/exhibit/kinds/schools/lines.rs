//! The schools of one type over the years, each in a small chart of its own with the district's line.

use super::shown::{SchoolsOfType, ShownMeasure, all_series, by_type, school_column, schools};
use crate::compare::{Comparison, Comparisons, SchoolComparison};
use crate::domain::SchoolYear;
use crate::exhibit::figure::{Figure, Line, LineRole, LineSeries, Panel};
use crate::exhibit::kinds::context::ExhibitContext;
use crate::exhibit::kinds::draft::{ExhibitDraft, YearSpan, above};
use crate::exhibit::kinds::labels::year_labels;
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, joined};
use crate::wording::exhibit as words;
use crate::wording::schools as say;

/// The most small charts for which there is room.
const MOST_PANELS: usize = 5;
/// The fewest years that make a line.
const FEWEST_YEARS: usize = 2;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let shown = ShownMeasure::first(context)?;
    let latest = shown.latest_year(schools(context)).ok_or(say::TOO_FEW_SCHOOLS)?.end();
    let mut years: Vec<i32> = (latest + 1 - context.spec.years as i32..=latest).collect();
    let first = years.iter().copied().find(|year| any_value(context, &shown, *year)).unwrap_or(latest);
    years.retain(|year| *year >= first);
    let types = by_type(context, |school| has_line(school, &shown, &years));
    let of_type = types.into_iter().max_by_key(|of_type| of_type.schools.len()).ok_or(words::ONE_YEAR)?;
    let panels: Vec<Panel> = of_type
        .schools
        .iter()
        .take(MOST_PANELS)
        .filter_map(|school| panel(context.comparisons, &shown, school, &years))
        .collect();
    let [Ok(from), Ok(to)] = [first, latest].map(SchoolYear::ending) else {
        return Err(words::NO_VALUE.to_owned());
    };
    let changes = SchoolChanges::of(&shown, &of_type, &years);
    let omitted = schools(context).len() - panels.len();
    let name = shown.in_a_sentence(context.catalog);
    let sub_line = say::lines_line(&of_type.label, from, to);
    Ok(ExhibitDraft {
        alt: joined(panels.iter().map(|panel| panel.alt.as_str())),
        table: table(&shown, &of_type, &years),
        figure: Figure::Panels(panels),
        findings: above(&sub_line, changes.and_then(|changes| changes.finding(&name, &of_type, from))),
        sub_line,
        series: all_series(context, &[shown]),
        years: YearSpan { first, last: latest },
        notes: say::omitted(omitted).into_iter().collect(),
    })
}

/// At how many schools of a type a value rose and fell, by more than matters, over the years shown.
struct SchoolChanges {
    rose: usize,
    fell: usize,
}

impl SchoolChanges {
    /// `None` if a school has no value in the first or the last year, or a break between them.
    fn of(shown: &ShownMeasure<'_>, of_type: &SchoolsOfType<'_>, years: &[i32]) -> Option<Self> {
        let mut changes = Self { rose: 0, fell: 0 };
        let (first, last) = (*years.first()?, *years.last()?);
        for school in &of_type.schools {
            let series = school.get(&shown.key)?;
            let (before, after) = (value(series, first)?, value(series, last)?);
            if series.breaks.iter().any(|found| found.year > first) {
                return None;
            }
            let matters = shown.measure.matters_from(before.abs());
            changes.rose += usize::from(after - before >= matters);
            changes.fell += usize::from(before - after >= matters);
        }
        Some(changes)
    }

    /// `None` for so few schools that it would be about one of them, or if none changed.
    fn finding(&self, name: &str, of_type: &SchoolsOfType<'_>, since: SchoolYear) -> Option<String> {
        let (verb, changed) =
            if self.rose >= self.fell { (say::ROSE, self.rose) } else { (say::FELL, self.fell) };
        let schools = of_type.schools.len();
        let is_said = changed > 0 && schools >= say::FEWEST_NAMELESS;
        is_said.then(|| say::changed_at(name, verb, [changed, schools], &of_type.label.to_lowercase(), since))
    }
}

fn value(comparison: &Comparison, year: i32) -> Option<f64> {
    comparison.points.iter().find(|point| point.year.end() == year)?.value
}

/// Whether any school has a value in a year.
fn any_value(context: &ExhibitContext<'_>, shown: &ShownMeasure<'_>, year: i32) -> bool {
    shown.series(schools(context)).any(|one| value(one, year).is_some())
}

/// Whether a school has values in several years.
pub(super) fn has_line(school: &SchoolComparison, shown: &ShownMeasure<'_>, years: &[i32]) -> bool {
    let Some(series) = school.get(&shown.key) else { return false };
    years.iter().filter(|year| value(series, **year).is_some()).count() >= FEWEST_YEARS
}

fn line(label: &str, role: LineRole, comparison: &Comparison, years: &[i32]) -> LineSeries {
    let values = years.iter().map(|year| value(comparison, *year)).collect();
    LineSeries { label: label.to_owned(), role, values }
}

/// A school's line with the district's; its title is the name of the school.
pub(super) fn panel(
    comparisons: &Comparisons,
    shown: &ShownMeasure<'_>,
    school: &SchoolComparison,
    years: &[i32],
) -> Option<Panel> {
    let own = school.get(&shown.key)?;
    let mut series = vec![line(say::THE_SCHOOL, LineRole::District, own, years)];
    if let Some(district) = comparisons.get(&shown.key).filter(|_| !shown.measure.adds_up()) {
        series.push(line(words::DISTRICT, LineRole::State, district, years));
    }
    let first = years.first().copied().unwrap_or_default();
    let breaks = own.breaks.iter().filter(|found| found.year > first);
    let reported: Vec<String> = own.reported().map(|(_, value)| shown.measure.unit.format(value)).collect();
    let values = say::from_to(reported.first()?, reported.last()?);
    Some(Panel {
        title: school.school.short_name.clone(),
        alt: ChartInWords { title: &school.school.short_name, values: &values }.line(),
        figure: Figure::Line(Line {
            unit: shown.measure.unit,
            years: years.to_vec(),
            series,
            band: None,
            least_span: shown.measure.meaningful_change,
            breaks: breaks.map(|found| (found.year, found.why.clone())).collect(),
        }),
    })
}

fn table(shown: &ShownMeasure<'_>, of_type: &SchoolsOfType<'_>, years: &[i32]) -> Table {
    let mut columns = vec![school_column()];
    columns.extend(year_labels(years));
    let mut rows = Vec::new();
    for school in &of_type.schools {
        let mut row = vec![ExhibitCell::Text(school.school.name.clone())];
        for year in years.iter().filter_map(|year| SchoolYear::ending(*year).ok()) {
            row.push(shown.cell(school, year));
        }
        rows.push(row);
    }
    Table { columns, rows }
}
