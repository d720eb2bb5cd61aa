//! The measures of a proposed project: the indicators that its tables have and the catalog does not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::cluster::TableCluster;
use super::column::Column;
use super::line_item::LineItem;
use super::own_measure::OwnMeasure;
use super::toml_text::{comment_text, toml_string};
use crate::catalog::{Catalog, CatalogError, IndicatorDomain};
use crate::domain::Unit;
use crate::wording::own_measures as wording;

/// The file of a proposed project's own measures.
pub const OWN_MEASURES_FILE: &str = "catalog/measures/our-indicators.toml";

/// The smallest number of people that a measure about students protects.
const STUDENTS: u32 = 10;

/// The indicators of all tables, by id.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnMeasures {
    measures: BTreeMap<String, FoundMeasure>,
    /// The smallest changes that matter.
    change: SmallestChanges,
}

/// An indicator and the first table that has it.
#[derive(Debug, Clone)]
struct FoundMeasure {
    measure: OwnMeasure,
    table: String,
}

/// The smallest changes that matter, by the kind of number.
#[derive(Debug, Clone, Copy, Default)]
struct SmallestChanges {
    points: f64,
    years: f64,
    percent: f64,
}

impl OwnMeasures {
    /// The indicators in tables that cover several years; of several with one name but different units, the first.
    pub(super) fn of_clusters(clusters: &[TableCluster<'_>], catalog: &Catalog) -> Self {
        let limits = &catalog.synonyms.own;
        let change = SmallestChanges {
            points: limits.change_in_points,
            years: limits.change_in_years,
            percent: limits.change_in_percent,
        };
        let mut own = Self { measures: BTreeMap::new(), change };
        for cluster in clusters.iter().filter(|cluster| cluster.spans_years()) {
            for table in &cluster.tables {
                for measure in table.table.columns.iter().flat_map(own_of_column) {
                    own.add(measure, &cluster.description());
                }
            }
        }
        own
    }

    fn add(&mut self, measure: &OwnMeasure, table: &str) {
        let found = || FoundMeasure { measure: measure.clone(), table: table.to_owned() };
        let entry = self.measures.entry(measure.id.clone()).or_insert_with(found);
        entry.measure.by_group |= measure.by_group;
    }

    /// Whether the project has this measure, in this unit.
    pub(super) fn has(&self, measure: &OwnMeasure) -> bool {
        self.measures
            .get(&measure.id)
            .is_some_and(|known| known.measure.unit == measure.unit && known.measure.mean == measure.mean)
    }

    /// The text of the file with those that the catalog does not have yet; `None` if there are none.
    pub(super) fn text(&self, catalog: &Catalog) -> Option<String> {
        let mut text = wording::FILE_HEADING.to_owned();
        let mut new = self
            .measures
            .values()
            .filter(|found| !catalog.measures.contains_key(&found.measure.id))
            .peekable();
        new.peek()?;
        for found in new {
            let domain = found.measure.domain.as_deref().unwrap_or_default();
            self.write(&mut text, found, catalog.synonyms.own.domain(domain));
        }
        Some(text)
    }

    // Writing to a `String` cannot fail.
    fn write(&self, text: &mut String, found: &FoundMeasure, domain: Option<&IndicatorDomain>) {
        let FoundMeasure { measure, table } = found;
        let _ = write!(
            text,
            "\n[[measure]]\nid = {}\nlabel = {}\ndomain = {}\nunit = {}\nbetter = \"neither\"    # {}\n",
            toml_string(&measure.id),
            toml_string(&measure.label),
            toml_string(measure.domain.as_deref().unwrap_or_default()),
            toml_string(unit_id(measure.unit)),
            wording::BETTER
        );
        let _ = writeln!(text, "definition = {}", toml_string(&wording::definition(&measure.label)));
        let _ = writeln!(text, "authority = {}", toml_string(&wording::authority(&comment_text(table))));
        if is_plural(&measure.label) {
            text.push_str("plural = true\n");
        }
        if measure.mean && measure.unit == Unit::Dollars {
            text.push_str("mean = true\n");
        }
        let is_about_students = domain.is_some_and(|domain| domain.population.is_some());
        let protects = measure.unit == Unit::Count || measure.by_group || is_about_students;
        let about = if protects && measure.unit != Unit::Count && measure.unit != Unit::Percent {
            format!("    # {}", wording::NOT_ABOUT_PEOPLE)
        } else {
            String::new()
        };
        let _ = writeln!(text, "smallest-group = {}{about}", if protects { STUDENTS } else { 1 });
        if measure.unit == Unit::Percent {
            if let Some(domain) = domain {
                write_people(text, measure, domain);
            }
            text.push_str("plausible = [0.0, 100.0]\n");
        }
        self.write_change(text, measure.unit);
    }

    fn write_change(&self, text: &mut String, unit: Unit) {
        let _ = match unit {
            Unit::Percent => writeln!(text, "meaningful-change = {:?}", self.change.points),
            Unit::Years => writeln!(text, "meaningful-change = {:?}", self.change.years),
            _ => writeln!(text, "meaningful-change = {:?}\nchange-is-percent = true", self.change.percent),
        };
    }
}

/// The indicators in a column, or in its lines.
fn own_of_column(column: &Column) -> Vec<&OwnMeasure> {
    let mut own: Vec<&OwnMeasure> = column.items.iter().filter_map(LineItem::own).collect();
    own.extend(column.measure().and_then(|measure| measure.own.as_deref()));
    own
}

/// Whom a percent is about, if it is about anybody.
fn write_people(text: &mut String, measure: &OwnMeasure, domain: &IndicatorDomain) {
    let Some(people) = domain.people.as_deref() else { return };
    let Some(population) = domain.population.as_deref() else {
        let people = if measure.of_teachers { "teachers" } else { people };
        let _ = writeln!(text, "people = {}", toml_string(people));
        return;
    };
    let _ = writeln!(
        text,
        "people = {}\npopulation = {{ measure = {}, some = true }}    # {}",
        toml_string(people),
        toml_string(population),
        wording::SOME_OR_ALL
    );
}

/// Whether a label takes a plural verb: its first or its last word is a plural.
fn is_plural(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    let is_plural = |word: &str| {
        let word = word.to_lowercase();
        word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
    };
    first.into_iter().chain(last).any(is_plural)
}

/// The id of a unit in the catalog.
const fn unit_id(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Count => "count",
        Unit::Fte => "fte",
        Unit::Dollars => "dollars",
        Unit::DollarsPerStudent => "dollars-per-student",
        Unit::Ratio => "ratio",
        Unit::Years => "years",
        Unit::Points => "points",
        Unit::Per100 => "per100",
        Unit::DollarsPer100 => "dollars-per100",
    }
}

/// The catalog with the measures of this file, if there is one.
///
/// # Errors
/// If they do not load, which is a bug in this program.
pub(super) fn with_measures(catalog: &Catalog, text: Option<&str>) -> Result<Catalog, CatalogError> {
    match text {
        Some(text) => catalog.with_measures(OWN_MEASURES_FILE, text),
        None => Ok(catalog.clone()),
    }
}
