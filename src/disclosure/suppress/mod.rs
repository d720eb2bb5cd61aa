//! Decides which rows of the frame are suppressed: first the sensitive ones, then those that would disclose
//! them.

mod base_estimate;
mod complementary;
mod context;
mod district_years;
mod earlier_pack;
mod explore;
mod follow_on;
mod frame_steps;
mod measure_families;
mod primary;
mod suppression;
#[cfg(test)]
mod tests;

use polars::prelude::PolarsError;
use rayon::prelude::*;

use super::model::RoundingSteps;
use super::released::{KeyedRow, UnevenTotal};
use crate::catalog::{Catalog, Measure};
use crate::domain::Status;
use crate::observation::{Frame, FrameRow, KeyRun};
use crate::pack_tables::PackTables;
use base_estimate::BaseEstimator;
use context::{SuppressionContext, has_value_or_mask};
use district_years::{RelatedRows, district_years};
use primary::{PrimaryDecision, PrimaryPolicy};

/// The decisions about the rows of a frame.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SuppressionDecision {
    /// Whether each row is suppressed.
    pub(super) suppressed: Vec<bool>,
    /// Rows without a value (masked or blank, not public) that state an n or numerator, which is not
    /// published.
    pub(super) without_value: Vec<usize>,
    /// The totals that are slightly smaller than the sums of their parts.
    pub(super) uneven: Vec<UnevenTotal>,
    /// The suppressed values that public values disclose.
    pub(super) disclosed_by_public: Vec<KeyedRow>,
    /// The values suppressed because it is unknown how many people they are based on.
    pub(super) unknown_base: Vec<KeyedRow>,
    /// How many values are suppressed only because an earlier pack and this one together would disclose
    /// others.
    pub(super) for_earlier_pack: u64,
}

/// Decides which rows of the frame are suppressed, from the frame alone. `smallest_group` is the project's own, if it has one.
///
/// # Errors
/// If a column has the wrong type, which never happens.
pub(super) fn decide(
    frame: &Frame,
    catalog: &Catalog,
    smallest_group: Option<u32>,
) -> Result<SuppressionDecision, PolarsError> {
    let context = SuppressionContext::new(frame, catalog, smallest_group)?;
    let suppressed = vec![false; frame.len()];
    let mut decision = SuppressionDecision { suppressed, ..SuppressionDecision::default() };
    // Nearly all data read is public, so only series and districts' years with anything else are processed further.
    let private = private_runs(&context);
    if !private.is_empty() {
        suppress_sensitive(&context, &private, &mut decision);
        suppress_disclosing(&context, &private, &mut decision);
    }
    Ok(decision)
}

/// Suppresses values from which sensitive ones could be worked out.
fn suppress_disclosing(
    context: &SuppressionContext<'_>,
    private: &[&KeyRun],
    decision: &mut SuppressionDecision,
) {
    let years = district_years(context, private);
    let suppressed = &mut decision.suppressed;
    decision.uneven = context.suppress_complementary(&years, suppressed);
    context.suppress_follow_on(private, &years, suppressed);
    decision.disclosed_by_public = disclosed_by_public(context, &years, suppressed);
}

/// Adds what must be suppressed because readers also have `earlier`, the tables of an earlier pack.
///
/// # Errors
/// If a column has the wrong type, which never happens.
pub(super) fn suppress_for_earlier_pack(
    frame: &Frame,
    catalog: &Catalog,
    smallest_group: Option<u32>,
    earlier: &PackTables,
    decision: &mut SuppressionDecision,
) -> Result<(), PolarsError> {
    if earlier.years().is_empty() {
        return Ok(());
    }
    let context = SuppressionContext::new(frame, catalog, smallest_group)?;
    let private = private_runs(&context);
    let years = district_years(&context, &private);
    let suppressed = &mut decision.suppressed;
    decision.for_earlier_pack = context.suppress_for_earlier_pack(earlier, &years, suppressed);
    if decision.for_earlier_pack > 0 {
        context.suppress_follow_on(&private, &years, suppressed);
        decision.disclosed_by_public = disclosed_by_public(&context, &years, suppressed);
    }
    Ok(())
}

fn disclosed_by_public(
    context: &SuppressionContext<'_>,
    years: &[RelatedRows],
    suppressed: &[bool],
) -> Vec<KeyedRow> {
    years.par_iter().flat_map_iter(|year| context.disclosed_by_public(year, suppressed)).collect()
}

/// The series with rows that are not public.
fn private_runs<'a>(context: &SuppressionContext<'a>) -> Vec<&'a KeyRun> {
    let known = context.frame.runs().iter().filter(|run| context.measure(run.key).is_some());
    known.filter(|run| context.rows(run).any(|row| !row.public)).collect()
}

fn suppress_sensitive(
    context: &SuppressionContext<'_>,
    private: &[&KeyRun],
    decision: &mut SuppressionDecision,
) {
    let steps = context.rounding_steps();
    let bases = BaseEstimator::new(context.frame, context.view, context.catalog);
    for run in private {
        let Some(measure) = context.measure(run.key) else { continue };
        let policy = primary_policy(context, measure, &steps);
        for row in context.rows(run).filter(|row| !row.public) {
            if context.is_too_detailed(run.key, &row) {
                decision.suppressed[row.row] = has_value_or_mask(&row);
                decision.without_value.extend(Some(row.row).filter(|_| states_only_people(&row)));
                continue;
            }
            suppress_if_sensitive(KeyedRow { key: run.key, row }, &policy, &bases, decision);
        }
    }
}

fn primary_policy<'a>(
    context: &SuppressionContext<'a>,
    measure: &'a Measure,
    steps: &RoundingSteps<'_>,
) -> PrimaryPolicy<'a> {
    PrimaryPolicy {
        measure,
        smallest_group: context.smallest_group(measure),
        rounding_step: steps.of_measure(&measure.id),
        spec: &context.catalog.disclosure,
    }
}

fn suppress_if_sensitive(
    keyed: KeyedRow,
    policy: &PrimaryPolicy<'_>,
    bases: &BaseEstimator<'_>,
    decision: &mut SuppressionDecision,
) {
    let row = &keyed.row;
    let estimated_base = match row.n {
        Some(_) => None,
        None => bases.estimate(keyed.key, policy.measure, row, policy.smallest_group),
    };
    let primary = policy.decide(row, estimated_base);
    // A publisher's mask may be narrower than the policy allows; once suppressed, it discloses nothing.
    let is_masked = row.status == Status::Masked && policy.measure.smallest_group > 1;
    decision.suppressed[row.row] = primary != PrimaryDecision::Safe || is_masked;
    if primary == PrimaryDecision::UnknownBase {
        decision.unknown_base.push(keyed);
    }
    if states_only_people(row) {
        decision.without_value.push(row.row);
    }
}

/// Whether a row has no value, but an n or a numerator.
fn states_only_people(row: &FrameRow) -> bool {
    row.value.is_none() && (row.n.is_some() || row.numerator.is_some())
}
