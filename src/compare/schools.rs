//! The schools of the district: the trend of each series, and where it stands among the other schools of its type.
//!
//! Schools are compared with schools of the same type (elementary, middle, high) of the district, if at least as many as the
//! catalog says have a value, in the latest year of each series. The difference from the median of the others is clear if it
//! is at least the measure's meaningful change and, for a rate with n, Wilson's interval excludes that median. Without n no
//! difference is called clear. Schools are never ranked.
//!
//! Degenerate: a district with fewer than two schools that have values has none here.

use rayon::prelude::*;
use statistics::quantile::{median, sort_ascending};
use statistics::shape::SeriesShape;
use statistics::wilson::wilson;

use super::breaks::SeriesBreaks;
use super::change::result::Changes;
use super::comparison::{Comparison, Point, TestResult, Tests};
use super::families::adjust;
use super::shape::shape;
use super::similar_schools::{SimilarSchools, StateSchools};
use super::trend::result::Trend;
use super::trend::{MeasureContext, TrendBuffers, trend};
use super::values::{measure_of, reported};
use crate::catalog::{Catalog, Measure, SchoolType};
use crate::disclosure::{FrameRow, FrameView, KeyRun, Released};
use crate::domain::{Grade, MeasureKey, School, SchoolId, SchoolYear, Status, Unit};

/// The fewest schools that are shown beside their district.
const FEWEST_SCHOOLS: usize = 2;
/// The id of the attribute with the grades of a school (`KG-05`).
const GRADE_SPAN: &str = "grade-span";
/// The id of the attribute with the type of a school.
const SCHOOL_TYPE: &str = "school-type";

/// One school of the chosen district.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct SchoolComparison {
    /// The school.
    pub school: School,
    /// Its lowest and highest grade; `None` if nothing says them.
    pub grades: Option<[Grade; 2]>,
    /// Its type; `None` if neither its grades nor its name say it.
    pub of_type: Option<SchoolType>,
    /// How many students it has room for; `None` if the project does not say it.
    pub capacity: Option<f64>,
    /// What similar schools of other districts have; `None` if too few are known.
    pub similar: Option<SimilarSchools>,
    /// One for each series of the school, sorted by key. Only points, breaks, trend and shape are there: a school has no peers
    /// in other districts.
    pub all: Vec<Comparison>,
}

/// Where a school stands among the schools of its type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SchoolStanding {
    /// The school year.
    pub year: SchoolYear,
    /// The school's value.
    pub value: f64,
    /// How many other schools of its type have a value in that year.
    pub others: usize,
    /// Their median.
    pub median: f64,
    /// Whether it clearly differs from them.
    pub is_clear: bool,
}

impl SchoolComparison {
    /// The comparison with this key.
    #[must_use]
    pub fn get(&self, key: &MeasureKey) -> Option<&Comparison> {
        self.all.binary_search_by(|one| one.key.cmp(key)).ok().map(|i| &self.all[i])
    }

    /// Whether it is of the same known type as another school.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let types = self.of_type.as_ref().zip(other.of_type.as_ref());
        types.is_some_and(|(own, other)| own.id == other.id)
    }

    /// Whether it is of the type with this id.
    #[must_use]
    pub fn is_of_type(&self, id: &str) -> bool {
        self.of_type.as_ref().is_some_and(|own| own.id == id)
    }

    /// Whether a text is its id, in any spelling, or its name.
    #[must_use]
    pub fn is_named(&self, text: &str) -> bool {
        SchoolId::new(text).as_ref() == Some(&self.school.id)
            || self.school.name.eq_ignore_ascii_case(text.trim())
    }

    /// Whether it has any value in a year or later, also one that is not shown. A closed school has none.
    #[must_use]
    pub fn is_open(&self, year: SchoolYear) -> bool {
        let mut points = self.all.iter().flat_map(|one| &one.points);
        points.any(|point| point.year >= year && point.is_published())
    }

    /// The value of a series in a year; `None` unless reported.
    #[must_use]
    pub fn point(&self, key: &MeasureKey, year: SchoolYear) -> Option<&Point> {
        self.get(key)?.points.iter().find(|point| point.year == year && point.value.is_some())
    }
}

/// Where a school stands in a year; `None` if it has no value, or if fewer schools than `alike` of its type have one, itself
/// counted.
#[must_use]
pub fn school_standing(
    school: &SchoolComparison,
    schools: &[SchoolComparison],
    measure: &Measure,
    key: &MeasureKey,
    year: SchoolYear,
    alike: usize,
) -> Option<SchoolStanding> {
    let own = school.point(key, year)?;
    let value = own.value?;
    let others = schools.iter().filter(|other| other.school.id != school.school.id && other.is_like(school));
    let mut values: Vec<f64> = others.filter_map(|other| other.point(key, year)?.value).collect();
    sort_ascending(&mut values);
    let middle = median(&values).filter(|_| values.len() + 1 >= alike)?;
    let is_clear = differs_clearly(measure, own, value, middle);
    Some(SchoolStanding { year, value, others: values.len(), median: middle, is_clear })
}

fn differs_clearly(measure: &Measure, own: &Point, value: f64, middle: f64) -> bool {
    let Some(n) = own.n.filter(|n| *n > 0.0 && measure.unit == Unit::Percent) else { return false };
    let Some((low, high)) = wilson(value / 100.0, n) else { return false };
    let is_outside = 100.0 * low > middle || 100.0 * high < middle;
    is_outside && (value - middle).abs() >= measure.matters_from(middle)
}

/// The schools of a district, by its code, that have any value, in the order of their ids; none if they are fewer than two.
pub(super) fn compare_schools(
    released: &Released,
    view: FrameView<'_>,
    catalog: &Catalog,
    district: u32,
) -> Vec<SchoolComparison> {
    let comparer =
        SchoolComparer { released, view, catalog, breaks: SeriesBreaks::new(released, view, catalog) };
    let schools: Vec<(u32, &School)> = released.terms().schools_of(district).collect();
    if schools.len() < FEWEST_SCHOOLS {
        return Vec::new();
    }
    let mut compared: Vec<SchoolComparison> =
        schools.par_iter().map(|(code, school)| comparer.compare(*code, school)).collect();
    compared.retain(|school| school.all.iter().any(|one| one.latest().is_some()));
    if compared.len() < FEWEST_SCHOOLS {
        return Vec::new();
    }
    StateSchools::of(released, view, catalog, district).compare(&mut compared);
    compared
}

/// The type of a school: as published, or else by these grades, or else by its name.
pub(super) fn type_of<'c>(
    catalog: &'c Catalog,
    school: &School,
    grades: Option<&[Grade; 2]>,
) -> Option<&'c SchoolType> {
    let published = school.attribute(SCHOOL_TYPE, None).and_then(|text| catalog.schools.named(text));
    let span = grades.map(|[lowest, highest]| (lowest, highest));
    published.or_else(|| catalog.schools.type_of(span, &school.name))
}

/// The lowest and highest grade of a school as published.
pub(super) fn published_grades(school: &School) -> Option<[Grade; 2]> {
    school.attribute(GRADE_SPAN, None).and_then(Grade::parse).and_then(|span| ends_of(&span))
}

/// Compares schools.
struct SchoolComparer<'a> {
    released: &'a Released,
    view: FrameView<'a>,
    catalog: &'a Catalog,
    breaks: SeriesBreaks<'a>,
}

impl SchoolComparer<'_> {
    fn compare(&self, code: u32, school: &School) -> SchoolComparison {
        let (grades, catalog) = (self.grades(code, school), self.catalog);
        let of_type = type_of(catalog, school, grades.as_ref()).cloned();
        let mut buffers = (TrendBuffers::default(), Vec::new());
        let shown = self.released.runs().iter().filter(|run| self.is_shown(run));
        let mut all: Vec<Comparison> =
            shown.filter_map(|run| self.comparison(run, code, &mut buffers.0, &mut buffers.1)).collect();
        adjust(&mut all);
        SchoolComparison { school: school.clone(), grades, of_type, capacity: None, similar: None, all }
    }

    /// Whether single schools are shown in a series: not in one of a group within a grade, where nearly all is withheld.
    fn is_shown(&self, run: &KeyRun) -> bool {
        !run.schools.is_empty() && !self.released.terms().is_group_within_grade(run.key)
    }

    /// A series of a school; `None` if it has nothing in it, not even a mask.
    fn comparison(
        &self,
        run: &KeyRun,
        code: u32,
        trends: &mut TrendBuffers,
        shapes: &mut Vec<f64>,
    ) -> Option<Comparison> {
        let measure = measure_of(self.released, self.catalog, run)?;
        let rows = self.view.rows(self.view.of_district(run, code));
        let points: Vec<Point> = rows.filter_map(|row| self.point(&row)).collect();
        if points.is_empty() {
            return None;
        }
        let breaks = self.breaks.of(run.key, code);
        let context = MeasureContext { measure, breaks: &breaks, prices: &self.catalog.prices };
        let values = points.iter().filter_map(|point| Some((point.year.end(), point.value?)));
        let values: Vec<(i32, f64)> = values.collect();
        let trend = trend(&values, context, trends).filter(|trend| context.judges(trend));
        let shape =
            trend.as_ref().map_or(SeriesShape::TooFew, |trend| shape(&values, trend, context, shapes));
        let test = trend.as_ref().and_then(Trend::judged_p).map(TestResult::new);
        Some(Comparison {
            key: self.released.terms().key(run.key),
            points,
            trend,
            shape,
            changes: Changes::default(),
            breaks,
            standings: Vec::new(),
            peer_values: Vec::new(),
            around: None,
            expected: None,
            projection: None,
            gap: None,
            schools: None,
            tests: Tests { trend: test, ..Tests::default() },
        })
    }

    fn point(&self, row: &FrameRow) -> Option<Point> {
        Some(Point {
            year: SchoolYear::ending(row.year).ok()?,
            value: reported(row),
            status: row.status,
            n: row.n,
            derived: row.derived,
            sources: self.released.places(row.row),
        })
    }

    /// The lowest and highest grade of a school: as published, or else of the single grades in which it has anyone in its
    /// latest year.
    fn grades(&self, code: u32, school: &School) -> Option<[Grade; 2]> {
        if let Some(published) = school.attribute(GRADE_SPAN, None).and_then(Grade::parse) {
            return ends_of(&published);
        }
        let terms = self.released.terms();
        let mut grades: Vec<&Grade> = Vec::new();
        for run in self.released.runs().iter().filter(|run| !run.schools.is_empty()) {
            let grade = &terms.grades[run.key.grade as usize];
            let mut rows = self.view.rows(self.view.of_district(run, code));
            let has_anyone = rows.any(|row| row.year == school.last_year && is_of_anyone(&row));
            if !grade.is_all() && !grade.id().contains('-') && has_anyone {
                grades.push(grade);
            }
        }
        let lowest = grades.iter().min_by_key(|grade| grade.order())?;
        let highest = grades.iter().max_by_key(|grade| grade.order())?;
        Some([(*lowest).clone(), (*highest).clone()])
    }
}

/// Whether a row shows that there is anyone.
fn is_of_anyone(row: &FrameRow) -> bool {
    row.value.is_some_and(|value| value > 0.0) || matches!(row.status, Status::Masked | Status::Withheld)
}

/// The first and last grade of a grade or a range of grades.
fn ends_of(span: &Grade) -> Option<[Grade; 2]> {
    let (first, last) = span.id().split_once('-').unwrap_or((span.id(), span.id()));
    Some([Grade::parse(first)?, Grade::parse(last)?]).filter(|_| !span.is_all())
}
