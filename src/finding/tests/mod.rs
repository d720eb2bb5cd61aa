//! What is proposed, and how it is worded, with hand-made comparisons.

mod confidence;
mod doubts;
mod judging;
mod rule_cases;
mod shapes;
mod stories;
mod why_not;
mod wording;

use std::sync::LazyLock;

use super::for_tests::comparisons;
use super::series::MeasuredSeries;
use super::statement::Statement;
use super::{Finding, ProjectChoices, propose};
use crate::catalog::{Catalog, Clause, Rule};
use crate::compare::Comparison;
use crate::domain::AllDistricts;

/// The program's own catalog, which takes long to read.
fn catalog() -> Catalog {
    static EMBEDDED: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().unwrap());
    EMBEDDED.clone()
}

fn proposed(all: Vec<Comparison>) -> Vec<Finding> {
    propose(&comparisons(all), &catalog(), &ProjectChoices::default()).all
}

/// What a rule of the catalog would propose if it were alone.
fn proposed_by(rule: &str, all: Vec<Comparison>) -> Vec<Finding> {
    let mut catalog = catalog();
    catalog.rules.retain(|known| known.id == rule);
    assert_eq!(catalog.rules.len(), 1, "{rule}");
    propose(&comparisons(all), &catalog, &ProjectChoices::default()).all
}

/// A rule of its own: `facts` are its measures, conditions, and what it says.
fn own_rule(facts: &str) -> Rule {
    let text = format!(
        "id = \"own\"\nquadrant = \"weakness\"\nlooks-for = \"\"\nfamily = \"level\"\nquestion = \"\"\n{facts}"
    );
    toml::from_str(&text).unwrap()
}

/// What a rule of its own would propose.
fn proposed_by_own(facts: &str, all: Vec<Comparison>) -> Vec<Finding> {
    let catalog = Catalog { rules: vec![own_rule(facts)], ..catalog() };
    propose(&comparisons(all), &catalog, &ProjectChoices::default()).all
}

fn said(comparison: &Comparison, say: &[Clause]) -> String {
    let catalog = catalog();
    let measure = &catalog.measures[&comparison.key.measure];
    let series = MeasuredSeries {
        comparison,
        measure,
        catalog: &catalog,
        has_alike_peers: true,
        all_districts: AllDistricts::OfState,
        has_short_name: false,
    };
    Statement { series, check: None }.sentence(say).replace('\u{a0}', " ")
}
