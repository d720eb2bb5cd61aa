//! A page for each school that is open: its numbers next to those of the district and of the schools of its type, and some of them
//! over the years. Schools are not ranked, and nothing is said about how good a number is.

use std::collections::BTreeSet;

use super::lines::{has_line, panel};
use super::shown::{ShownMeasure, of_types};
use crate::catalog::{Catalog, SchoolPageSpec};
use crate::compare::{Comparison, Comparisons, SchoolComparison, school_standing};
use crate::domain::{ALL, Better, Grade, MeasureKey, SchoolYear};
use crate::exhibit::figure::{Figure, Panel};
use crate::exhibit::kinds::basis;
use crate::exhibit::kinds::description::subject_label;
use crate::exhibit::model::Basis;
use crate::exhibit::publishers::Publishers;
use crate::exhibit::school_page::{SchoolChart, SchoolPage};
use crate::exhibit::table::{ExhibitCell, Table};
use crate::wording::alt::{ChartInWords, joined};
use crate::wording::exhibit as words;
use crate::wording::schools as say;
use crate::wording::subject::capitalized;

/// A page for each school of the district that is open and has recent numbers, by type and name.
#[must_use]
pub fn school_pages(
    comparisons: &Comparisons,
    catalog: &Catalog,
    publishers: &Publishers,
) -> Vec<SchoolPage> {
    let schools = &comparisons.schools;
    let measures = page_measures(comparisons, catalog);
    let Some(latest) = measures.iter().filter_map(|shown| shown.latest_year(schools)).max() else {
        return Vec::new();
    };
    let writer = PageWriter { comparisons, catalog, publishers, measures: &measures };
    let types = of_types(schools, &catalog.schools, |school| school.is_open(latest));
    types.iter().flat_map(|of_type| &of_type.schools).filter_map(|school| writer.page(school)).collect()
}

/// The measures of schools for all students in all grades: those of the catalog's list in its order, then the others.
fn page_measures<'a>(comparisons: &Comparisons, catalog: &'a Catalog) -> Vec<ShownMeasure<'a>> {
    let series = comparisons.schools.iter().flat_map(|school| &school.all);
    // A share of all students is 100% in every school.
    let shares = &catalog.schools.similar.shares;
    let whole = series.filter(|one| {
        let is_of_all = one.key.group == ALL && one.key.grade.is_all() && one.latest().is_some();
        is_of_all && one.key.measure != *shares
    });
    let keys: BTreeSet<&MeasureKey> = whole.map(|one| &one.key).collect();
    let listed = &catalog.schools.page.measures;
    let mut keys: Vec<&MeasureKey> = keys.into_iter().collect();
    keys.sort_by_key(|key| listed.iter().position(|id| *id == key.measure).unwrap_or(listed.len()));
    keys.into_iter().filter_map(|key| shown_measure(key, catalog)).collect()
}

fn shown_measure<'a>(key: &MeasureKey, catalog: &'a Catalog) -> Option<ShownMeasure<'a>> {
    let measure = catalog.measures.get(&key.measure)?;
    let label = if key.subject == ALL {
        measure.label.clone()
    } else {
        words::title_with_measure(&measure.label, &subject_label(catalog, &key.subject))
    };
    Some(ShownMeasure { measure, label, key: key.clone() })
}

/// Writes the pages of a district's schools.
struct PageWriter<'a> {
    comparisons: &'a Comparisons,
    catalog: &'a Catalog,
    publishers: &'a Publishers,
    measures: &'a [ShownMeasure<'a>],
}

/// A number on a page.
struct PageNumber<'a> {
    shown: &'a ShownMeasure<'a>,
    series: &'a Comparison,
    year: SchoolYear,
}

impl<'a> PageWriter<'a> {
    const fn spec(&self) -> &'a SchoolPageSpec {
        &self.catalog.schools.page
    }

    /// The page of a school; `None` if it has no recent number.
    fn page(&self, school: &'a SchoolComparison) -> Option<SchoolPage> {
        let numbers = self.numbers(school);
        let first = numbers.iter().map(|number| number.year).min()?;
        let last = numbers.iter().map(|number| number.year).max()?;
        let series: Vec<&Comparison> = numbers.iter().map(|number| number.series).collect();
        let basis = Basis { window: Some((first, last)), ..Basis::default() };
        let table = self.table(school, &numbers);
        Some(SchoolPage {
            name: school.school.name.clone(),
            description: description(school),
            notes: self.notes(school, &table),
            table,
            chart: self.chart(school, &numbers),
            source: basis::source_line(self.publishers, &series, &basis),
        })
    }

    /// The numbers of a school: as many as there is room for, one for each story and subject.
    fn numbers(&self, school: &'a SchoolComparison) -> Vec<PageNumber<'a>> {
        let mut numbers: Vec<PageNumber<'a>> = Vec::new();
        for shown in self.measures {
            let is_told = numbers.iter().any(|number| self.is_of_one_story(number.shown, shown));
            if numbers.len() < self.spec().numbers && !is_told {
                numbers.extend(self.number(school, shown));
            }
        }
        numbers
    }

    /// Whether two measures, and not two subjects of one, tell one story.
    fn is_of_one_story(&self, one: &ShownMeasure<'_>, other: &ShownMeasure<'_>) -> bool {
        let [first, second] = [one, other].map(|shown| shown.measure.id.as_str());
        let story = self.catalog.findings.story_of(first);
        first != second && story.is_some_and(|story| story.measures.iter().any(|id| id == second))
    }

    /// A school's latest number, or that it is hidden; `None` if it has none, or it is old.
    fn number(&self, school: &'a SchoolComparison, shown: &'a ShownMeasure<'a>) -> Option<PageNumber<'a>> {
        let series = school.get(&shown.key)?;
        let year = series.points.iter().rev().find(|point| point.is_published())?.year;
        let newest = self.comparisons.newest.unwrap_or(year);
        let is_recent = newest.end() - year.end() <= self.spec().oldest;
        is_recent.then_some(PageNumber { shown, series, year })
    }

    fn table(&self, school: &SchoolComparison, numbers: &[PageNumber<'_>]) -> Table {
        let mut columns = say::PAGE_HEADINGS.map(str::to_owned).to_vec();
        let mut rows: Vec<Vec<ExhibitCell>> = numbers.iter().map(|number| self.row(school, number)).collect();
        let others: Vec<Option<ExhibitCell>> =
            numbers.iter().map(|number| self.median_of_others(school, number)).collect();
        if let Some(of_type) = school.of_type.as_ref().filter(|_| others.iter().any(Option::is_some)) {
            columns.push(say::median_of_others(&of_type.label.to_lowercase()));
            for (row, other) in rows.iter_mut().zip(others) {
                row.push(other.unwrap_or_else(|| ExhibitCell::Absent(say::TOO_FEW_OTHERS.to_owned())));
            }
        }
        if let Some(similar) = &school.similar {
            columns.push(say::MEDIAN_OF_SIMILAR.to_owned());
            for (row, PageNumber { shown, year, .. }) in rows.iter_mut().zip(numbers) {
                let median = similar.median(&shown.key, *year);
                row.push(median.map_or_else(
                    || ExhibitCell::Absent(say::TOO_FEW_SIMILAR.to_owned()),
                    |median| ExhibitCell::Number(median, shown.measure.unit),
                ));
            }
        }
        Table { columns, rows }
    }

    /// What is compared, and why values are not there.
    fn notes(&self, school: &SchoolComparison, table: &Table) -> Vec<String> {
        let of_type = school.of_type.as_ref().map(|of_type| of_type.label.to_lowercase());
        let has_others =
            of_type.as_ref().is_some_and(|of_type| table.columns.contains(&say::median_of_others(of_type)));
        let mut notes = vec![if has_others { say::PAGE_NOTE } else { say::NO_OTHERS }.to_owned()];
        if let (Some(similar), Some(of_type)) = (&school.similar, of_type) {
            let spec = &self.catalog.schools.similar;
            let groups: Vec<String> = similar.groups.iter().map(|id| self.students_of(id)).collect();
            notes.push(say::similar(similar.schools, &of_type, spec.size, &groups, spec.share));
        }
        if table.rows.iter().flatten().any(is_withheld) {
            notes.push(say::WITHHELD_ON_PAGE.to_owned());
        }
        notes
    }

    /// What the students of a group are called.
    fn students_of(&self, id: &str) -> String {
        let group = self.catalog.groups.group(id);
        group.map_or_else(|| id.to_owned(), |group| group.students.clone())
    }

    fn row(&self, school: &SchoolComparison, number: &PageNumber<'_>) -> Vec<ExhibitCell> {
        let PageNumber { shown, series, year } = number;
        let district = self.comparisons.get(&shown.key);
        let district = district.and_then(|one| one.points.iter().find(|point| point.year == *year));
        let of_district = match district.and_then(|point| point.value) {
            Some(value) => ExhibitCell::Number(value, shown.measure.unit),
            None => ExhibitCell::Absent(say::absence(district.map(|point| point.status)).to_owned()),
        };
        vec![
            ExhibitCell::Text(say::with_direction(&shown.label, direction(shown))),
            ExhibitCell::Text(year.to_string()),
            shown.cell(school, *year),
            self.earlier(shown, series, *year),
            of_district,
        ]
    }

    /// The first value that can be compared with the one of a year, with its own year.
    fn earlier(&self, shown: &ShownMeasure<'_>, series: &Comparison, year: SchoolYear) -> ExhibitCell {
        let from = year.end() - self.spec().years as i32;
        let mut run = series.run().filter(|(earlier, _)| earlier.end() > from && *earlier < year);
        match run.next() {
            Some((earlier, value)) => {
                let value = shown.measure.unit.format(value);
                ExhibitCell::Text(say::value_in(&value, earlier))
            }
            None => ExhibitCell::Absent(say::NO_EARLIER_YEAR.to_owned()),
        }
    }

    /// The median of the other schools of its type; `None` if too few have a value.
    fn median_of_others(&self, school: &SchoolComparison, number: &PageNumber<'_>) -> Option<ExhibitCell> {
        let PageNumber { shown, year, .. } = number;
        let alike = self.catalog.schools.alike;
        let all = &self.comparisons.schools;
        let standing = school_standing(school, all, shown.measure, &shown.key, *year, alike)?;
        Some(ExhibitCell::Number(standing.median, shown.measure.unit))
    }

    /// The first numbers that have a line; of those, rates first, since the district's line can stand beside them.
    fn chart(&self, school: &SchoolComparison, numbers: &[PageNumber<'_>]) -> Option<SchoolChart> {
        let mut drawn: Vec<&PageNumber<'_>> =
            numbers.iter().filter(|number| has_line(school, number.shown, &self.years(number))).collect();
        drawn.sort_by_key(|number| number.shown.measure.adds_up());
        let panels = drawn.into_iter().take(self.spec().charts);
        let panels: Vec<Panel> = panels.filter_map(|number| self.panel(school, number)).collect();
        let alt = joined(panels.iter().map(|panel| panel.alt.as_str()));
        (!panels.is_empty()).then_some(SchoolChart { figure: Figure::Panels(panels), alt })
    }

    /// The years of a chart: from the school's first value in the window on.
    fn years(&self, number: &PageNumber<'_>) -> Vec<i32> {
        let last = number.year.end();
        let from = last + 1 - self.spec().years as i32;
        let mut known = number.series.reported().map(|(year, _)| year.end());
        let first = known.find(|year| *year >= from).unwrap_or(last);
        (first..=last).collect()
    }

    fn panel(&self, school: &SchoolComparison, number: &PageNumber<'_>) -> Option<Panel> {
        let (shown, years) = (number.shown, self.years(number));
        let panel = panel(self.comparisons, shown, school, &years)?;
        let first = years.first().copied()?;
        let drawn = number.series.reported().filter(|(year, _)| year.end() >= first);
        let values: Vec<String> = drawn.map(|(_, value)| shown.measure.unit.format(value)).collect();
        let values = say::from_to(values.first()?, values.last()?);
        let alt = ChartInWords { title: &shown.label, values: &values }.line();
        Some(Panel { title: shown.label.clone(), alt, ..panel })
    }
}

/// Which direction of a number is better; empty if neither is.
const fn direction(shown: &ShownMeasure<'_>) -> &'static str {
    match shown.measure.better {
        Better::Higher => words::HIGHER_IS_BETTER,
        Better::Lower => words::LOWER_IS_BETTER,
        Better::Neither => "",
    }
}

/// `Elementary school · grades kindergarten–5 · room for 400 students`.
fn description(school: &SchoolComparison) -> String {
    let of_type = school.of_type.as_ref().map_or(say::A_SCHOOL, |of_type| of_type.one.as_str());
    let grades = school.grades.as_ref().and_then(|[lowest, highest]| {
        let span = if lowest == highest {
            lowest.id().to_owned()
        } else {
            format!("{}-{}", lowest.id(), highest.id())
        };
        Grade::parse(&span).map(|grade| grade.label())
    });
    let room = school.capacity.map(say::room_for);
    [Some(capitalized(of_type)), grades, room].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn is_withheld(cell: &ExhibitCell) -> bool {
    matches!(cell, ExhibitCell::Absent(why) if why == words::WITHHELD)
}
