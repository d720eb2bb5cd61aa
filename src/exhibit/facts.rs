//! What is known of each series of the district in its latest year, for tables of all measures.

use super::age::badge;
use super::model::Exhibit;
use crate::catalog::{Catalog, FigureKind, Measure};
use crate::compare::{Comparison, Comparisons, Direction, Standing};
use crate::domain::{ALL, Better, MeasureKey, SchoolYear, Unit};
use crate::wording::subject::capitalized;

/// One series of the district in its latest year: what it is, its value, and what that is compared with.
#[derive(Debug, Clone)]
pub struct SeriesFacts {
    /// The series.
    pub key: MeasureKey,
    /// Domain id.
    pub domain: String,
    /// The measure's name (`Students proficient`).
    pub measure: String,
    /// Name of the student group; empty for all students.
    pub group: String,
    /// Name of the grade; empty for all grades.
    pub grade: String,
    /// Name of the subject; empty for all subjects.
    pub subject: String,
    /// What is measured, in sentences.
    pub definition: String,
    /// Who defines it.
    pub authority: String,
    /// The unit of all values.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// Whether the values of groups add up to the whole, and so cannot be compared with it.
    pub adds_up: bool,
    /// Code of the first exhibit that shows it; empty if none does.
    pub code: String,
    /// Whether it is in the list of all measures: for all students and grades. Of measures without a value for all grades, and of
    /// the shares of student groups, those that an exhibit shows.
    pub is_at_a_glance: bool,
    /// Its latest value; `None` if every one is hidden.
    pub latest: Option<SeriesLatest>,
    /// The first value that the latest can be compared with, if there is an earlier one.
    pub first: Option<SeriesFirst>,
    /// For money whose prices are known: the change since then in dollars of the latest year.
    pub real_change: Option<f64>,
    /// The trend since then; for money after inflation.
    pub trend: Option<Direction>,
    /// Where the district stands in the latest year.
    pub standing: Option<Standing>,
    /// For a student group: the value of all students in the same year.
    pub of_all_students: Option<f64>,
    /// The badge of old values (`Data of 2015-16`); empty otherwise.
    pub age: String,
}

/// A latest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesLatest {
    /// School year.
    pub year: SchoolYear,
    /// Value.
    pub value: f64,
    /// The people that it is based on; `None` if not published.
    pub n: Option<f64>,
}

/// The first value of a run that can be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesFirst {
    /// School year.
    pub year: SchoolYear,
    /// Value.
    pub value: f64,
}

impl SeriesFacts {
    /// The measure with its subject and grade: `Students proficient, reading, grade 3`.
    #[must_use]
    pub fn name(&self) -> String {
        let parts = [self.measure.as_str(), &self.subject, &self.grade];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The same with the student group: `Share of enrollment, low income`.
    #[must_use]
    pub fn full_name(&self) -> String {
        if self.group.is_empty() { self.name() } else { format!("{}, {}", self.name(), self.group) }
    }

    /// The latest value minus the first one that it can be compared with, as published.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        Some(self.latest?.value - self.first?.value)
    }
}

/// The facts of every series, in the order of the domains, then of the exhibits that show them.
#[must_use]
pub fn series_facts(comparisons: &Comparisons, catalog: &Catalog, exhibits: &[Exhibit]) -> Vec<SeriesFacts> {
    let context = FactsContext { comparisons, catalog, exhibits };
    let mut facts: Vec<SeriesFacts> = comparisons.all.iter().filter_map(|one| context.facts(one)).collect();
    facts.sort_by_cached_key(|facts| (context.domain_place(facts), context.exhibit_place(facts)));
    facts
}

/// What the facts are put together from.
struct FactsContext<'a> {
    comparisons: &'a Comparisons,
    catalog: &'a Catalog,
    exhibits: &'a [Exhibit],
}

impl FactsContext<'_> {
    /// The facts of a series; `None` if the catalog does not have its measure.
    fn facts(&self, comparison: &Comparison) -> Option<SeriesFacts> {
        let key = &comparison.key;
        let measure = self.catalog.measures.get(&key.measure)?;
        let latest = latest_value(comparison);
        let trend = comparison.trend.as_ref();
        Some(SeriesFacts {
            domain: measure.domain.clone(),
            measure: measure.label.clone(),
            group: self.group_name(&key.group),
            grade: if key.grade.is_all() { String::new() } else { key.grade.label() },
            subject: self.subject_name(&key.subject),
            definition: measure.definition.clone(),
            authority: measure.authority.clone(),
            unit: measure.unit,
            better: measure.better,
            adds_up: measure.adds_up(),
            code: self.exhibit_of(key).map(|exhibit| exhibit.code.clone()).unwrap_or_default(),
            is_at_a_glance: latest.is_some() && self.is_at_a_glance(key, measure),
            first: latest.and_then(|latest| first_value(comparison, latest.year)),
            real_change: trend.filter(|trend| trend.real.is_some()).map(|trend| trend.real_change()),
            trend: trend.map(|trend| trend.real.map_or(trend.direction, |real| real.direction)),
            standing: comparison.standing().cloned(),
            of_all_students: latest.and_then(|latest| self.of_all_students(key, measure, latest.year)),
            age: latest.map(|latest| self.age(latest.year)).unwrap_or_default(),
            latest,
            key: key.clone(),
        })
    }

    fn group_name(&self, id: &str) -> String {
        match self.catalog.groups.group(id) {
            _ if id == ALL => String::new(),
            Some(group) => group.label.clone(),
            None => id.to_owned(),
        }
    }

    fn subject_name(&self, id: &str) -> String {
        match self.catalog.groups.subject(id) {
            _ if id == ALL => String::new(),
            Some(subject) => subject.label.clone(),
            None => capitalized(id),
        }
    }

    /// The exhibit that shows a series.
    fn exhibit_of(&self, key: &MeasureKey) -> Option<&Exhibit> {
        self.place_of_exhibit(key).map(|place| &self.exhibits[place])
    }

    /// The place of the first exhibit that shows a series. That of the peers, which are matched by it, comes last.
    fn place_of_exhibit(&self, key: &MeasureKey) -> Option<usize> {
        let places = (0..self.exhibits.len()).filter(|place| self.exhibits[*place].series.contains(key));
        places.min_by_key(|place| (self.is_of_peers(&self.exhibits[*place]), *place))
    }

    fn is_of_peers(&self, exhibit: &Exhibit) -> bool {
        let spec = self.catalog.exhibits.iter().find(|spec| spec.id == exhibit.id);
        spec.is_some_and(|spec| spec.kind == FigureKind::Peers)
    }

    /// Whether a series of all students is for all grades. Of measures without a value for all grades, and of the shares of
    /// student groups, which are 100% for all students, whether an exhibit shows it.
    fn is_at_a_glance(&self, key: &MeasureKey, measure: &Measure) -> bool {
        if is_share_of_all(measure) {
            return key.group != ALL && self.exhibit_of(key).is_some();
        }
        let is_whole = key.grade.is_all() || !self.has_value_of_all_grades(&key.measure);
        key.group == ALL && is_whole && (key.grade.is_all() || self.exhibit_of(key).is_some())
    }

    fn has_value_of_all_grades(&self, measure: &str) -> bool {
        let of_measure = self.comparisons.all.iter().filter(|one| one.key.measure == measure);
        of_measure
            .filter(|one| one.key.group == ALL && one.key.grade.is_all())
            .any(|one| one.latest().is_some())
    }

    /// The value of all students, of a measure whose groups can be compared with it.
    fn of_all_students(&self, key: &MeasureKey, measure: &Measure, year: SchoolYear) -> Option<f64> {
        if key.group == ALL || measure.adds_up() || is_share_of_all(measure) {
            return None;
        }
        let whole = self.comparisons.get(&MeasureKey { group: ALL.to_owned(), ..key.clone() })?;
        whole.reported().find(|(reported, _)| *reported == year).map(|(_, value)| value)
    }

    fn age(&self, year: SchoolYear) -> String {
        badge(&self.catalog.findings, self.comparisons.newest, year)
    }

    fn domain_place(&self, facts: &SeriesFacts) -> usize {
        let mut domains = self.catalog.domains.iter();
        domains.position(|domain| domain.id == facts.domain).unwrap_or(usize::MAX)
    }

    /// The place of the first exhibit that shows it; after all of them if none does.
    fn exhibit_place(&self, facts: &SeriesFacts) -> usize {
        self.place_of_exhibit(&facts.key).unwrap_or(usize::MAX)
    }
}

/// Whether a measure's values are shares of all students.
fn is_share_of_all(measure: &Measure) -> bool {
    measure.derive.as_ref().is_some_and(|derive| derive.denominator_is_whole)
}

fn latest_value(comparison: &Comparison) -> Option<SeriesLatest> {
    let point = comparison.latest()?;
    Some(SeriesLatest { year: point.year, value: point.value?, n: point.n })
}

/// The first value of the comparable run that ends with the latest value; `None` if that is the latest itself.
fn first_value(comparison: &Comparison, latest: SchoolYear) -> Option<SeriesFirst> {
    let (year, value) = comparison.run().next()?;
    (year < latest).then_some(SeriesFirst { year, value })
}
