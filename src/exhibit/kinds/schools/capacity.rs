//! The students of each school, and how many it has room for where the project says it.

use super::shown::{ShownMeasure, all_series, by_type, school_column, schools, span};
use crate::compare::SchoolComparison;
use crate::domain::SchoolYear;
use crate::exhibit::figure::{BarLayout, BarRow, Bars, Figure};
use crate::exhibit::kinds::context::ExhibitContext;
use crate::exhibit::kinds::draft::{ExhibitDraft, above};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::ChartInWords;
use crate::wording::exhibit as words;
use crate::wording::schools as say;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let shown = ShownMeasure::first(context)?;
    let year = shown.latest_year(schools(context)).ok_or(say::TOO_FEW_SCHOOLS)?;
    let types = by_type(context, |school| school.get(&shown.key).is_some() && school.is_open(year));
    let known: Vec<&SchoolComparison> = types.into_iter().flat_map(|one| one.schools).collect();
    let closed = schools(context).iter().filter(|school| !school.is_open(year)).count();
    let has_capacity = known.iter().any(|school| school.capacity.is_some());
    let sub_line = say::schools_in(known.len(), year);
    let full = known.iter().filter(|school| is_above_capacity(school, &shown, year)).count();
    Ok(ExhibitDraft {
        figure: Figure::Bars(Bars {
            unit: shown.measure.unit,
            rows: known.iter().map(|school| bar(school, &shown, year)).collect(),
            own: shown.measure.label.clone(),
            mark: has_capacity.then(|| words::CAPACITY.to_owned()),
            layout: BarLayout::Rows,
        }),
        alt: ChartInWords { title: &context.spec.title, values: &sub_line }.bars(),
        findings: above(&sub_line, say::above_capacity(full, known.len()).filter(|_| has_capacity)),
        sub_line,
        table: table(&known, &shown, year),
        series: all_series(context, &[shown]),
        years: span(year),
        notes: [if has_capacity { say::CAPACITY_SOURCE } else { say::NOT_RANKED }.to_owned()]
            .into_iter()
            .chain(say::closed(closed, year))
            .collect(),
    })
}

fn is_above_capacity(school: &SchoolComparison, shown: &ShownMeasure<'_>, year: SchoolYear) -> bool {
    let students = school.point(&shown.key, year).and_then(|point| point.value);
    students.zip(school.capacity).is_some_and(|(students, room)| students > room)
}

fn bar(school: &SchoolComparison, shown: &ShownMeasure<'_>, year: SchoolYear) -> BarRow {
    let cell = shown.cell(school, year);
    let value = school.point(&shown.key, year).and_then(|point| point.value);
    BarRow {
        label: school.school.short_name.clone(),
        value,
        absent: Some(cell.text()).filter(|_| value.is_none()),
        mark: school.capacity,
        is_of_few: false,
    }
}

fn table(known: &[&SchoolComparison], shown: &ShownMeasure<'_>, year: SchoolYear) -> Table {
    let mut rows = Vec::new();
    for school in known {
        let capacity = school.capacity.map(|capacity| ExhibitCell::Number(capacity, shown.measure.unit));
        rows.push(vec![
            ExhibitCell::Text(school.school.name.clone()),
            shown.cell(school, year),
            capacity.unwrap_or_else(|| ExhibitCell::Absent(words::NOT_AVAILABLE.to_owned())),
        ]);
    }
    let measure = words::measure_in(&shown.measure.label, year);
    Table { columns: vec![school_column(), measure, words::CAPACITY.to_owned()], rows }
}
