//! What is proposed, and how it is worded, with hand-made comparisons.

mod confidence;
mod judging;
mod rule_cases;
mod why_not;
mod wording;

use std::collections::BTreeMap;

use super::for_tests::comparisons;
use super::series::MeasuredSeries;
use super::statement::sentence;
use super::{Finding, propose};
use crate::catalog::{Catalog, Clause};
use crate::compare::Comparison;

fn catalog() -> Catalog {
    Catalog::embedded().unwrap()
}

fn proposed(all: Vec<Comparison>) -> Vec<Finding> {
    propose(&comparisons(all), &catalog(), &BTreeMap::new()).all
}

fn said(comparison: &Comparison, say: &[Clause]) -> String {
    let catalog = catalog();
    let measure = &catalog.measures[&comparison.key.measure];
    let series = MeasuredSeries { comparison, measure, catalog: &catalog };
    sentence(&series, say).replace('\u{a0}', " ")
}
