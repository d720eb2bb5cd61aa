//! Schools by measure in the latest year, shaded where a school clearly differs from the schools of its type.

use super::shown::{ShownMeasure, all_series, by_type, range_finding, school_column, schools, span, widest};
use crate::catalog::Measure;
use crate::compare::{SchoolComparison, SchoolStanding, school_standing};
use crate::domain::SchoolYear;
use crate::exhibit::figure::{Figure, Heat, HeatCell, HeatRow};
use crate::exhibit::kinds::context::ExhibitContext;
use crate::exhibit::kinds::description::subject_label;
use crate::exhibit::kinds::draft::{ExhibitDraft, above};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::ChartInWords;
use crate::wording::schools as say;

/// The difference, in meaningful changes, from which on a cell has the strongest shade.
const STRONGEST: f64 = 4.0;
/// The most schools for which there is room; of more, those of the most common type are shown.
const MOST_SCHOOLS: usize = 12;
/// The fewest schools that are shown beside each other.
const FEWEST_SCHOOLS: usize = 2;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let shown = ShownMeasure::all(context);
    let years: Vec<SchoolYear> = shown.iter().filter_map(|one| one.latest_year(schools(context))).collect();
    let latest = years.iter().copied().max().ok_or(say::TOO_FEW_SCHOOLS)?;
    let drawn = drawn_schools(context, latest);
    if drawn.len() < FEWEST_SCHOOLS {
        return Err(say::TOO_FEW_SCHOOLS.to_owned());
    }
    let closed = schools(context).iter().filter(|school| !school.is_open(latest)).count();
    let table = HeatTable { context, shown: &shown, years: &years, drawn: &drawn, latest };
    let sub_line = say::heat_line(drawn.len(), latest);
    let mut ranges = Vec::new();
    for (measure, year) in shown.iter().zip(&years) {
        for of_type in by_type(context, |_| true) {
            ranges.extend(range_finding(context, measure, &of_type, *year));
        }
    }
    let omitted = schools(context).len() - closed - drawn.len();
    Ok(ExhibitDraft {
        figure: Figure::Heat(table.figure()),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.table(),
        findings: above(&sub_line, widest(ranges)),
        sub_line,
        table: table.table(),
        series: all_series(context, &shown),
        years: span(latest),
        notes: say::omitted(omitted)
            .into_iter()
            .chain(say::closed(closed, latest))
            .chain([say::shading(context.catalog.schools.alike)])
            .collect(),
    })
}

/// The schools that are shown, of those that have not closed: all by type and name, or if they are too many, those of the most
/// common type.
fn drawn_schools<'a>(context: &ExhibitContext<'a>, latest: SchoolYear) -> Vec<&'a SchoolComparison> {
    let types = by_type(context, |school| school.is_open(latest));
    let all: Vec<&SchoolComparison> = types.iter().flat_map(|of_type| &of_type.schools).copied().collect();
    if all.len() <= MOST_SCHOOLS {
        return all;
    }
    let common = types.into_iter().max_by_key(|of_type| of_type.schools.len());
    common.map(|of_type| of_type.schools.into_iter().take(MOST_SCHOOLS).collect()).unwrap_or(all)
}

struct HeatTable<'s, 'a> {
    context: &'s ExhibitContext<'a>,
    shown: &'s [ShownMeasure<'a>],
    /// The year of each measure.
    years: &'s [SchoolYear],
    drawn: &'s [&'a SchoolComparison],
    /// The latest year of all measures.
    latest: SchoolYear,
}

impl HeatTable<'_, '_> {
    /// A row for each school: names of schools are long, and measures few.
    fn figure(&self) -> Heat {
        let rows: Vec<HeatRow> = self.drawn.iter().map(|school| self.row(school)).collect();
        let is_shaded = rows.iter().flat_map(|row| &row.cells).flatten().any(|cell| cell.shade.is_some());
        let ends = if is_shaded { [say::LESS_FAVORABLE, say::MORE_FAVORABLE] } else { [""; 2] };
        let ends = (ends[0].to_owned(), ends[1].to_owned());
        Heat { columns: self.headings(), of_years: false, rows, ends }
    }

    /// The names of the measures, with their years if these differ; of one measure in several subjects, the subjects.
    fn headings(&self) -> Vec<String> {
        let catalog = self.context.catalog;
        let is_one_measure = self.shown.windows(2).all(|two| two[0].measure.id == two[1].measure.id);
        let mut headings = Vec::new();
        for (one, year) in self.shown.iter().zip(self.years) {
            let subject = subject_label(catalog, &one.key.subject);
            let name = if is_one_measure && self.shown.len() > 1 { &subject } else { &one.label };
            let is_of_another_year = self.years.iter().any(|other| other != year);
            headings.push(if is_of_another_year { say::measure_in(name, *year) } else { name.clone() });
        }
        headings
    }

    fn row(&self, school: &SchoolComparison) -> HeatRow {
        let shown = self.shown.iter().zip(self.years);
        let cells = shown.map(|(one, year)| self.cell(one, school, *year)).collect();
        HeatRow { label: school.school.name.clone(), cells }
    }

    fn cell(
        &self,
        shown: &ShownMeasure<'_>,
        school: &SchoolComparison,
        year: SchoolYear,
    ) -> Option<HeatCell> {
        let value = school.point(&shown.key, year)?.value?;
        let alike = self.context.catalog.schools.alike;
        let standing = school_standing(school, schools(self.context), shown.measure, &shown.key, year, alike);
        let shade = standing.and_then(|standing| shade(shown.measure, standing));
        Some(HeatCell { text: shown.measure.unit.format(value), shade })
    }

    /// All schools, also those that are not drawn.
    fn table(&self) -> Table {
        let mut columns = vec![school_column()];
        columns.extend(self.headings());
        let mut rows = Vec::new();
        for of_type in by_type(self.context, |school| school.is_open(self.latest)) {
            for school in of_type.schools {
                let mut row = vec![ExhibitCell::Text(school.school.name.clone())];
                row.extend(self.shown.iter().zip(self.years).map(|(shown, year)| shown.cell(school, *year)));
                rows.push(row);
            }
        }
        Table { columns, rows }
    }
}

/// From −1 (less favorable than the schools of its type) to 1; 0 if it does not clearly differ, `None` where neither direction
/// is better.
fn shade(measure: &Measure, standing: SchoolStanding) -> Option<f64> {
    let sign = measure.better.sign();
    let size = (standing.value - standing.median) / (STRONGEST * measure.matters_from(standing.median));
    let shade = if standing.is_clear { (sign * size).clamp(-1.0, 1.0) } else { 0.0 };
    (sign != 0.0).then_some(shade)
}
