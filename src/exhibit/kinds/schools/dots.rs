//! The schools of each type as dots on one axis in the latest year, with the district's value as a line.

use super::shown::{
    SchoolsOfType, ShownMeasure, all_series, by_type, range_finding, school_column, schools, span, widest,
};
use crate::domain::SchoolYear;
use crate::exhibit::figure::{DotRow, Dots, Figure, Panel};
use crate::exhibit::kinds::context::ExhibitContext;
use crate::exhibit::kinds::draft::{ExhibitDraft, above};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, joined, with_range};
use crate::wording::exhibit as words;
use crate::wording::schools as say;

/// The most small charts for which there is room.
const MOST_PANELS: usize = 4;

pub(super) fn draft<'a>(context: &ExhibitContext<'a>) -> Result<ExhibitDraft<'a>, String> {
    let shown = ShownMeasure::first(context)?;
    let year = shown.latest_year(schools(context)).ok_or(say::TOO_FEW_SCHOOLS)?;
    let mut types = by_type(context, |school| school.point(&shown.key, year).is_some());
    types.truncate(MOST_PANELS);
    let mut panels = Vec::new();
    let mut rows = Vec::new();
    let mut schools_shown = 0;
    for of_type in &types {
        panels.push(panel(context, &shown, of_type, year));
        for school in &of_type.schools {
            let of = ExhibitCell::Text(of_type.label.clone());
            rows.push(vec![of, ExhibitCell::Text(school.school.name.clone()), shown.cell(school, year)]);
        }
        schools_shown += of_type.schools.len();
        rows.extend(district_value(context, &shown, year).map(|value| {
            let names = [of_type.label.as_str(), words::DISTRICT].map(str::to_owned).map(ExhibitCell::Text);
            names.into_iter().chain([ExhibitCell::Number(value, shown.measure.unit)]).collect()
        }));
    }
    share_range(&mut panels);
    let columns = vec![words::SCHOOL_TYPE.to_owned(), school_column(), words::measure_in(&shown.label, year)];
    let sub_line = say::dots_line(schools_shown, year);
    let ranges = types.iter().filter_map(|of_type| range_finding(context, &shown, of_type, year)).collect();
    Ok(ExhibitDraft {
        alt: joined(panels.iter().map(|panel| panel.alt.as_str())),
        figure: Figure::Panels(panels),
        findings: above(&sub_line, widest(ranges)),
        sub_line,
        table: Table { columns, rows },
        series: all_series(context, &[shown]),
        years: span(year),
        notes: vec![say::NOT_RANKED.to_owned()],
    })
}

fn panel(
    context: &ExhibitContext<'_>,
    shown: &ShownMeasure<'_>,
    of_type: &SchoolsOfType<'_>,
    year: SchoolYear,
) -> Panel {
    let mut rows = Vec::new();
    for school in &of_type.schools {
        if let Some(value) = school.point(&shown.key, year).and_then(|point| point.value) {
            rows.push(DotRow { label: school.school.short_name.clone(), value, chosen: true });
        }
    }
    let district = district_value(context, shown, year);
    let values = in_words(&rows, shown, year);
    Panel {
        title: of_type.label.clone(),
        alt: ChartInWords { title: &of_type.label, values: &values }.dots(),
        figure: Figure::Dots(Dots {
            unit: shown.measure.unit,
            rows,
            median: district.map(|value| (words::DISTRICT.to_owned(), value)),
            range: None,
        }),
    }
}

/// Gives all charts one axis: a bar or a dot for 23.3% is as far out among the elementary schools as among the middle schools.
fn share_range(panels: &mut [Panel]) {
    let mut values = Vec::new();
    for panel in panels.iter() {
        let Figure::Dots(dots) = &panel.figure else { continue };
        values.extend(dots.rows.iter().map(|row| row.value));
        values.extend(dots.median.iter().map(|(_, median)| *median));
    }
    let ends = [values.iter().copied().reduce(f64::min), values.iter().copied().reduce(f64::max)];
    let [Some(low), Some(high)] = ends else { return };
    for panel in panels {
        if let Figure::Dots(dots) = &mut panel.figure {
            dots.range = Some([low, high]);
        }
    }
}

/// The district's own value in the year that is shown.
fn district_value(context: &ExhibitContext<'_>, shown: &ShownMeasure<'_>, year: SchoolYear) -> Option<f64> {
    let district = context.comparisons.get(&shown.key)?;
    district.points.iter().find(|point| point.year == year)?.value
}

/// How many schools, and their lowest and highest value.
fn in_words(rows: &[DotRow], shown: &ShownMeasure<'_>, year: SchoolYear) -> String {
    let schools = say::schools_in(rows.len(), year);
    let values = rows.iter().map(|row| row.value);
    let [low, high] = [values.clone().reduce(f64::min), values.reduce(f64::max)];
    match low.zip(high) {
        Some((low, high)) if rows.len() > 1 => {
            with_range(&schools, &shown.measure.unit.format(low), &shown.measure.unit.format(high))
        }
        _ => schools,
    }
}

#[cfg(test)]
mod tests {
    use super::{DotRow, Dots, Figure, Panel, share_range};
    use crate::domain::Unit;

    fn panel(value: f64) -> Panel {
        let rows = vec![DotRow { label: "Elm".to_owned(), value, chosen: true }];
        let median = Some(("District".to_owned(), 25.8));
        let figure = Figure::Dots(Dots { unit: Unit::Percent, rows, median, range: None });
        Panel { title: "Type".to_owned(), figure, alt: String::new() }
    }

    #[test]
    fn all_types_of_schools_have_one_axis() {
        let mut panels = [panel(43.9), panel(23.2)];
        share_range(&mut panels);
        for panel in &panels {
            let Figure::Dots(dots) = &panel.figure else { unreachable!() };
            assert_eq!(dots.range, Some([23.2, 43.9]));
        }
    }
}
