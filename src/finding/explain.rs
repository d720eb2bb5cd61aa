//! Everything that a person may ask about one candidate.

use super::candidate::Finding;
use super::choices::ProjectChoices;
use super::conditions::opposite_text;
use super::rule_check::{DistrictContext, RuleCheck};
use super::series::MeasuredSeries;
use crate::catalog::Catalog;
use crate::compare::Comparisons;
use crate::domain::SchoolYear;
use crate::wording::swot_list::in_dollars_of;

/// A candidate's series, and what would have to change for the candidate to vanish.
#[derive(Debug)]
pub struct CandidateExplanation {
    /// The reported values of the comparable run, ascending, formatted for display; earlier amounts of money also in dollars of the
    /// latest year, because sentences state them so.
    pub series: Vec<(SchoolYear, String)>,
    /// One sentence for each condition of the rule: any of them alone would make the candidate vanish.
    pub vanishes_if: Vec<String>,
}

/// Explains a candidate; `None` if its series or its rule is not there.
#[must_use]
pub fn explain(
    finding: &Finding,
    comparisons: &Comparisons,
    catalog: &Catalog,
    choices: &ProjectChoices,
) -> Option<CandidateExplanation> {
    let comparison = comparisons.get(&finding.key)?;
    let measure = catalog.measures.get(&finding.key.measure)?;
    let rule = catalog.rules.iter().find(|rule| rule.id == finding.rule)?;
    let district = DistrictContext::new(comparisons, choices);
    let series = district.series(comparison, measure, catalog);
    let check = RuleCheck { rule, series, district: &district };
    Some(CandidateExplanation {
        series: comparison.run().map(|(year, value)| (year, displayed(&series, year, value))).collect(),
        vanishes_if: rule.when.iter().map(|condition| opposite_text(&check, condition)).collect(),
    })
}

fn displayed(series: &MeasuredSeries<'_>, year: SchoolYear, value: f64) -> String {
    let shown = series.format(value);
    let latest = series.comparison.latest().map(|latest| latest.year);
    let earlier = latest.filter(|latest| *latest != year && series.measure.unit.is_money());
    let real = earlier
        .and_then(|latest| Some((latest, series.catalog.in_dollars_of(latest.end(), year.end(), value)?)));
    match real {
        Some((latest, real)) => in_dollars_of(&shown, &series.format(real), latest),
        None => shown,
    }
}
