//! What is proposed, and how it is worded, with hand-made comparisons.

mod confidence;
mod judging;
mod rule_cases;
mod shapes;
mod why_not;
mod wording;

use super::for_tests::comparisons;
use super::series::MeasuredSeries;
use super::statement::Statement;
use super::{Finding, ProjectChoices, propose};
use crate::catalog::{Catalog, Clause};
use crate::compare::Comparison;

fn catalog() -> Catalog {
    Catalog::embedded().unwrap()
}

fn proposed(all: Vec<Comparison>) -> Vec<Finding> {
    propose(&comparisons(all), &catalog(), &ProjectChoices::default()).all
}

fn said(comparison: &Comparison, say: &[Clause]) -> String {
    let catalog = catalog();
    let measure = &catalog.measures[&comparison.key.measure];
    let series = MeasuredSeries { comparison, measure, catalog: &catalog };
    Statement { series, check: None }.sentence(say).replace('\u{a0}', " ")
}
