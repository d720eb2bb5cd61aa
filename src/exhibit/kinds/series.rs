//! The series that an exhibit shows: one for each measure, or for each value of its split.

use super::context::ExhibitContext;
use super::dollars::ConstantDollars;
use super::split::split_series;
use crate::catalog::{FigureKind, FindingsSpec, Measure, Split};
use crate::compare::{Comparison, Point, Standing};
use crate::domain::{Grade, MeasureKey, Status};
use crate::exhibit::table::ExhibitCell;
use crate::finding::{self, CountedPeople, DrawnValue};
use crate::wording::exhibit as words;
use crate::wording::finding::FindingSubject;

/// All series of an exhibit that have at least one value.
pub(super) struct ExhibitSeriesSet<'a> {
    pub(super) all: Vec<ExhibitSeries<'a>>,
    /// The latest year in which any of them has a value, by its end.
    pub(super) latest: i32,
}

impl<'a> ExhibitSeriesSet<'a> {
    /// The series of the specification.
    ///
    /// # Errors
    /// If the district has no values for them.
    pub(super) fn new(context: &ExhibitContext<'a>) -> Result<Self, String> {
        let all = match context.spec.split {
            Split::None => one_series_per_measure(context),
            Split::Group | Split::Grade | Split::Subject => split_series(context),
        };
        let latest =
            all.iter().filter_map(ExhibitSeries::latest_year).max().ok_or_else(|| no_value(context, &all))?;
        Ok(Self { all, latest })
    }

    /// The same series, their amounts in dollars of one year.
    pub(super) fn in_dollars(&self, dollars: Option<&ConstantDollars<'a>>) -> Self {
        let convert =
            |series: &ExhibitSeries<'a>| ExhibitSeries { dollars: dollars.copied(), ..series.clone() };
        Self { all: self.all.iter().map(convert).collect(), latest: self.latest }
    }

    /// The first series: there is always one.
    pub(super) fn first(&self) -> &ExhibitSeries<'a> {
        &self.all[0]
    }

    /// The years shown: at most `most`, up to the latest, starting no earlier than the first value of any
    /// series. Without gaps.
    pub(super) fn years(&self, most: usize) -> Vec<i32> {
        let first = self.all.iter().filter_map(ExhibitSeries::first_year).min();
        let from = first.unwrap_or(self.latest).max(self.latest + 1 - most as i32);
        (from..=self.latest).collect()
    }

    /// Whether its parts are student groups whose outcomes are compared, and not shares of the whole.
    pub(super) fn are_outcomes_of_groups(&self, context: &ExhibitContext<'_>) -> bool {
        let derive = self.first().measure.derive.as_ref();
        let is_compared = context.spec.kind != FigureKind::Stacked && context.spec.split == Split::Group;
        is_compared && !derive.is_some_and(|derive| derive.denominator_is_whole)
    }

    /// The series without the one for all students.
    pub(super) fn parts(&self) -> Vec<&ExhibitSeries<'a>> {
        self.all.iter().filter(|series| !series.is_whole).collect()
    }
}

/// What the district has no value for, or none about enough people.
fn no_value(context: &ExhibitContext<'_>, all: &[ExhibitSeries<'_>]) -> String {
    if !all.is_empty() {
        return words::all_fewer_people_than(context.catalog.findings.fewest_in_charts);
    }
    let by = match context.spec.split {
        Split::None => "",
        Split::Group => words::BY_GROUP,
        Split::Grade => words::BY_GRADE,
        Split::Subject => words::BY_SUBJECT,
    };
    words::no_value_of(&context.spec.measures, by)
}

fn one_series_per_measure<'a>(context: &ExhibitContext<'a>) -> Vec<ExhibitSeries<'a>> {
    context.spec.measures.iter().flat_map(|id| measure_series(context, id)).collect()
}

/// The series of a measure, or in a table of measures those of its subjects, if nothing counts all subjects together.
fn measure_series<'a>(context: &ExhibitContext<'a>, id: &str) -> Vec<ExhibitSeries<'a>> {
    let Some(measure) = context.catalog.measures.get(id) else { return Vec::new() };
    let base = base_key(context, id);
    if let Some(whole) = ExhibitSeries::new(context, measure, &base, measure.label.clone()) {
        return vec![whole];
    }
    let mut found = Vec::new();
    for subject in &context.spec.values {
        let known = context.catalog.groups.subjects.iter().find(|known| known.id == *subject);
        let name = known.map_or(subject.as_str(), |known| known.label.as_str());
        let label = words::part_of(&measure.label, name);
        let key = MeasureKey { subject: subject.clone(), ..base.clone() };
        found.extend(ExhibitSeries::new(context, measure, &key, label));
    }
    found
}

/// The key of a measure's series as the specification asks for it, without a split.
pub(super) fn base_key(context: &ExhibitContext<'_>, measure: &str) -> MeasureKey {
    let spec = context.spec;
    MeasureKey {
        measure: measure.to_owned(),
        group: spec.group.clone(),
        grade: Grade::parse(&spec.grade).unwrap_or_else(Grade::all),
        subject: spec.subject.clone(),
    }
}

/// One series of an exhibit.
#[derive(Clone)]
pub(super) struct ExhibitSeries<'a> {
    pub(super) label: String,
    pub(super) measure: &'a Measure,
    pub(super) comparison: &'a Comparison,
    /// About how many people a value must be.
    pub(super) limits: &'a FindingsSpec,
    /// The people whom its values without n are about; `None` if nothing counts them.
    pub(super) people: Option<CountedPeople<'a>>,
    /// Whether it is the whole (all students), shown with its parts.
    pub(super) is_whole: bool,
    /// If its amounts are shown in dollars of one year: how they are converted.
    pub(super) dollars: Option<ConstantDollars<'a>>,
}

impl<'a> ExhibitSeries<'a> {
    /// The series of a key, as a part of its exhibit; `None` if it has no value.
    pub(super) fn new(
        context: &ExhibitContext<'a>,
        measure: &'a Measure,
        key: &MeasureKey,
        label: String,
    ) -> Option<Self> {
        let comparison = context.comparisons.get(key).filter(|comparison| comparison.latest().is_some())?;
        let limits = &context.catalog.findings;
        let people = finding::counted_people(context.comparisons, key, measure, context.catalog);
        Some(Self { label, measure, comparison, limits, people, is_whole: false, dollars: None })
    }

    /// The last year that is shown.
    pub(super) fn latest_year(&self) -> Option<i32> {
        Some(self.shown_points().last()?.year.end())
    }

    /// The first year that is shown.
    pub(super) fn first_year(&self) -> Option<i32> {
        Some(self.shown_points().next()?.year.end())
    }

    /// The points with a value that is about enough people for a room.
    fn shown_points(&self) -> impl Iterator<Item = &'a Point> {
        let points = self.comparison.points.iter();
        points.filter(|point| self.is_of_at_least(self.limits.fewest_in_charts, point))
    }

    fn point(&self, year: i32) -> Option<&'a Point> {
        self.comparison.points.iter().find(|point| point.year.end() == year)
    }

    /// The value in a year, given by its end; `None` also if it is about too few people for a room.
    pub(super) fn value(&self, year: i32) -> Option<f64> {
        let value = self.shown_points().find(|point| point.year.end() == year)?.value?;
        Some(self.dollars.map_or(value, |dollars| dollars.convert(year, value)))
    }

    /// The value in each of the years.
    pub(super) fn values(&self, years: &[i32]) -> Vec<Option<f64>> {
        years.iter().map(|year| self.value(*year)).collect()
    }

    /// The values in those of the years that have one, with the people whom they are about.
    pub(super) fn drawn(&self, years: &[i32]) -> Vec<DrawnValue> {
        let points = self.shown_points().filter(|point| years.contains(&point.year.end()));
        let drawn = points.filter_map(|point| {
            Some(DrawnValue { year: point.year, value: point.value?, n: self.n_of(point) })
        });
        drawn.collect()
    }

    /// What a finding calls it.
    pub(super) fn finding_subject(&self, context: &ExhibitContext<'_>) -> FindingSubject {
        let is_after_inflation = self.dollars.is_some();
        finding::finding_subject(&self.comparison.key, self.measure, context.catalog, is_after_inflation)
    }

    /// Whether a year has a value, and about enough people for a finding.
    pub(super) fn is_of_many(&self, year: i32) -> bool {
        self.point(year).is_some_and(|point| self.is_of_at_least(self.limits.fewest_in_findings, point))
    }

    fn is_of_at_least(&self, fewest: u32, point: &Point) -> bool {
        point.value.is_some_and(|value| finding::are_at_least(fewest, self.measure, value, self.n_of(point)))
    }

    /// How many people a value is about: as published with it, or else as another measure counts them.
    fn n_of(&self, point: &Point) -> Option<f64> {
        point.n.or_else(|| self.people?.in_year(point.year))
    }

    /// Where the district stands in a year, given by its end.
    pub(super) fn standing(&self, year: i32) -> Option<&'a Standing> {
        self.comparison.standings.iter().find(|standing| standing.year.end() == year)
    }

    /// Whether no break in comparability lies between two years.
    pub(super) fn is_comparable(&self, from: i32, to: i32) -> bool {
        self.comparison.breaks.iter().all(|b| b.year <= from || b.year > to)
    }

    /// The table cell for the value in a year.
    pub(super) fn cell(&self, year: i32) -> ExhibitCell {
        self.cell_of(self.value(year), year)
    }

    /// The table cell for a value of a year that is derived from this series.
    pub(super) fn cell_of(&self, value: Option<f64>, year: i32) -> ExhibitCell {
        ExhibitCell::number_or_absent(value, self.measure.unit, || self.absence(year))
    }

    /// Why there is no value in a year.
    pub(super) fn absence(&self, year: i32) -> String {
        match self.point(year).map(|point| point.status) {
            Some(Status::Reported) => words::fewer_people_than(self.limits.fewest_in_charts),
            Some(Status::Masked) => words::MASKED.to_owned(),
            Some(Status::Withheld) => words::WITHHELD.to_owned(),
            Some(Status::NotApplicable) => words::DOES_NOT_APPLY.to_owned(),
            _ => words::NOT_AVAILABLE.to_owned(),
        }
    }
}

/// The comparisons behind the series, in order.
pub(super) fn comparisons_of<'a>(series: &[&ExhibitSeries<'a>]) -> Vec<&'a Comparison> {
    series.iter().map(|one| one.comparison).collect()
}

/// A series with its value in one year.
#[derive(Clone, Copy)]
pub(super) struct SeriesValue<'s, 'a> {
    pub(super) series: &'s ExhibitSeries<'a>,
    pub(super) value: f64,
}

impl SeriesValue<'_, '_> {
    /// What it is a value of.
    pub(super) fn key(&self) -> MeasureKey {
        self.series.comparison.key.clone()
    }

    /// The value, formatted for display.
    pub(super) fn text(&self) -> String {
        self.series.measure.unit.format(self.value)
    }
}

/// The series that have a value in a year, with that value.
pub(super) fn values_in<'s, 'a>(series: &[&'s ExhibitSeries<'a>], year: i32) -> Vec<SeriesValue<'s, 'a>> {
    series.iter().filter_map(|one| Some(SeriesValue { series: one, value: one.value(year)? })).collect()
}
