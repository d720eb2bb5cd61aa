//! The menu of indicators: where each of the district's measures starts, and what similar districts did.

use std::collections::BTreeSet;

use super::noise::noise;
use super::range::{FeasibleRange, RangeFinder, RangeStart, is_offered};
use crate::catalog::{Catalog, Measure};
use crate::compare::{Comparison, Comparisons, Direction, Standing};
use crate::disclosure::Released;
use crate::domain::{ALL, Better, Break, MeasureKey, SchoolYear, Unit};
use crate::finding::{Findings, subject};
use crate::room::{Draft, DraftItem};

/// The menu of a district.
#[derive(Debug, Clone, Default)]
pub struct PlanMenu {
    /// The district's id, as shown.
    pub district: String,
    /// Title of the retreat.
    pub title: String,
    /// The newest year of any district's values; `None` if there are none.
    pub newest: Option<SchoolYear>,
    /// The indicators: all students first, in the order of the domains, then student groups.
    pub rows: Vec<MenuRow>,
    /// The peers, nearest first.
    pub peers: Vec<PeerName>,
    /// The candidates that the build shows.
    pub items: Vec<DraftItem>,
}

/// A peer by its id and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PeerName {
    /// Id, as shown.
    pub id: String,
    /// Name.
    pub name: String,
}

/// One indicator.
#[derive(Debug, Clone)]
pub struct MenuRow {
    /// The series.
    pub key: MeasureKey,
    /// Its name, which no other row has.
    pub indicator: String,
    /// What a sentence calls it.
    pub sentence: String,
    /// Whether that takes a plural verb.
    pub is_plural: bool,
    /// Name of the domain.
    pub goal_area: String,
    /// Name of the measure.
    pub measure: String,
    /// Name of the student group; empty for all students.
    pub group: String,
    /// The grade; empty for all grades.
    pub grade: String,
    /// The subject; empty for all subjects.
    pub subject: String,
    /// What is measured.
    pub definition: String,
    /// The unit of all values.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// The range outside which a value is suspicious.
    pub plausible: Option<[f64; 2]>,
    /// Whether it shows early whether a plan works.
    pub is_leading: bool,
    /// Its latest value.
    pub baseline: MenuValue,
    /// The smallest change that is not chance; `None` if it is not known.
    pub noise: Option<f64>,
    /// Its trend; for money after inflation.
    pub trend: Option<Direction>,
    /// Where the district stands in that year.
    pub standing: Option<Standing>,
    /// What districts with similar students have.
    pub expected: Option<f64>,
    /// What similar districts did, the shortest span first; empty if too few began like ours.
    pub ranges: Vec<FeasibleRange>,
    /// The years from which values cannot be compared with earlier ones.
    pub breaks: Vec<Break>,
    /// All reported values, ascending by year; the last is the baseline.
    pub values: Vec<MenuValue>,
}

/// A value with its year and source.
#[derive(Debug, Clone, PartialEq)]
pub struct MenuValue {
    /// School year.
    pub year: SchoolYear,
    /// Value.
    pub value: f64,
    /// How many people it is based on; `None` if not published.
    pub n: Option<f64>,
    /// The first cell that it comes from; empty if it was computed.
    pub source: String,
}

impl MenuRow {
    /// The range over the longest span.
    #[must_use]
    pub fn longest(&self) -> Option<&FeasibleRange> {
        self.ranges.last()
    }

    /// The range over this many years.
    #[must_use]
    pub fn over(&self, span: i32) -> Option<&FeasibleRange> {
        self.ranges.iter().find(|range| range.span == span)
    }

    /// The last break up to the baseline, if there are values before it.
    #[must_use]
    pub fn after_break(&self) -> Option<&Break> {
        let last = self.baseline.year.end();
        let latest = self.breaks.iter().filter(|found| found.year <= last).max_by_key(|found| found.year)?;
        self.values.iter().any(|value| value.year.end() < latest.year).then_some(latest)
    }

    /// The break between two years, by their ends: after the first, up to and including the second.
    #[must_use]
    pub fn break_between(&self, first: i32, last: i32) -> Option<&Break> {
        self.breaks.iter().find(|found| first < found.year && found.year <= last)
    }

    /// The reported value of a year, by its end.
    #[must_use]
    pub fn value_in(&self, year: i32) -> Option<&MenuValue> {
        self.values.iter().find(|value| value.year.end() == year)
    }
}

/// What a menu is made from.
#[derive(Debug, Clone, Copy)]
pub struct MenuInput<'a> {
    /// Title of the retreat.
    pub title: &'a str,
    /// What may be shown of all districts.
    pub released: &'a Released,
    /// The catalog.
    pub catalog: &'a Catalog,
    /// The district, compared.
    pub comparisons: &'a Comparisons,
    /// Its candidates.
    pub findings: &'a Findings,
}

/// The menu of a district.
#[must_use]
pub fn menu(input: &MenuInput<'_>) -> PlanMenu {
    let MenuInput { title, comparisons, findings, .. } = *input;
    let district = &comparisons.district;
    let draft = Draft::of(title, &district.shown_id, findings);
    let mut rows = rows(input);
    rows.sort_by_cached_key(|row| (row.key.group != ALL, domain_place(input.catalog, &row.key)));
    name_apart(&mut rows);
    let peers = comparisons.peers.peers.iter().map(|peer| &peer.district);
    PlanMenu {
        district: district.shown_id.clone(),
        title: title.to_owned(),
        newest: comparisons.newest,
        rows,
        peers: peers.map(|peer| PeerName { id: peer.shown_id.clone(), name: peer.name.clone() }).collect(),
        items: draft.items,
    }
}

fn rows(input: &MenuInput<'_>) -> Vec<MenuRow> {
    let MenuInput { released, catalog, comparisons, .. } = *input;
    let Some(finder) = RangeFinder::new(released, catalog) else { return Vec::new() };
    let code = released.terms().district(&comparisons.district.id);
    let mut rows = Vec::new();
    for comparison in &comparisons.all {
        let measure = catalog.measures.get(&comparison.key.measure).filter(|measure| is_offered(measure));
        let Some((measure, district)) = measure.zip(code) else { continue };
        let Some(mut row) = row(comparison, measure, input) else { continue };
        if let Some(run) = released.run(&comparison.key) {
            let MenuValue { year, value, .. } = row.baseline;
            row.ranges = finder.ranges(run, RangeStart { district, year: year.end(), value });
        }
        rows.push(row);
    }
    rows
}

/// The row of a series, without ranges; `None` if its newest value is too old.
fn row(comparison: &Comparison, measure: &Measure, input: &MenuInput<'_>) -> Option<MenuRow> {
    let catalog = input.catalog;
    let key = &comparison.key;
    let values = values(comparison);
    let baseline = values.last()?.clone();
    let newest = input.comparisons.newest?.end();
    if newest - baseline.year.end() > catalog.plan.oldest {
        return None;
    }
    let trend = comparison.trend.as_ref();
    let domain = catalog.domains.iter().find(|domain| domain.id == measure.domain);
    Some(MenuRow {
        indicator: String::new(),
        sentence: subject(key, measure, catalog),
        is_plural: measure.plural,
        goal_area: domain.map_or_else(|| measure.domain.clone(), |domain| domain.label.clone()),
        measure: measure.label.clone(),
        group: catalog.groups.group(&key.group).map(|group| group.label.clone()).unwrap_or_default(),
        grade: if key.grade.is_all() { String::new() } else { key.grade.label() },
        subject: catalog.groups.subject(&key.subject).map(|one| one.label.clone()).unwrap_or_default(),
        definition: measure.definition.clone(),
        unit: measure.unit,
        better: measure.better,
        plausible: measure.plausible,
        is_leading: catalog.plan.leading.contains(&measure.id),
        baseline,
        noise: noise(comparison, measure),
        trend: trend.map(|trend| trend.real.map_or(trend.direction, |real| real.direction)),
        standing: comparison.standing().cloned(),
        expected: comparison.expected.as_ref().map(|expected| expected.value),
        ranges: Vec::new(),
        breaks: comparison.breaks.clone(),
        values,
        key: key.clone(),
    })
}

fn values(comparison: &Comparison) -> Vec<MenuValue> {
    let mut values = Vec::new();
    for point in &comparison.points {
        if let Some(value) = point.value {
            let source = point.sources.first().map(ToString::to_string).unwrap_or_default();
            values.push(MenuValue { year: point.year, value, n: point.n, source });
        }
    }
    values
}

/// Names each row; names that several measures share get the measure's id.
fn name_apart(rows: &mut [MenuRow]) {
    let mut known = BTreeSet::new();
    for row in rows {
        let parts = [&row.measure, &row.subject, &row.grade, &row.group];
        let named: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        row.indicator = named.join(", ");
        if !known.insert(row.indicator.to_lowercase()) {
            row.indicator = format!("{} ({})", row.indicator, row.key.slug());
            known.insert(row.indicator.to_lowercase());
        }
    }
}

fn domain_place(catalog: &Catalog, key: &MeasureKey) -> usize {
    let domain = catalog.measures.get(&key.measure).map(|measure| measure.domain.as_str());
    let mut domains = catalog.domains.iter();
    domains.position(|known| Some(known.id.as_str()) == domain).unwrap_or(usize::MAX)
}
