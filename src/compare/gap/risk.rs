//! The risk ratio: how many times as likely as others a group's students are to have an incident.
//!
//! The group's rate divided by that of the others (IDEA, 34 CFR § 300.647), if the group has at least 10
//! students and 10 incidents in the latest year (IDEA practice, since small groups fluctuate). A run of
//! consecutive years with a ratio of 2 or more ends at a year without a ratio, and at a break.
//!
//! Degenerate: if the others have no incidents, there is no ratio.

use super::result::RiskRatio;
use super::year::{GapYear, GroupRates};
use crate::catalog::Measure;
use crate::domain::{SchoolYear, Unit};

/// The minimum number of students, and of incidents, for a risk ratio.
const FEWEST_AT_RISK: f64 = 10.0;

/// A risk ratio of this or more is high.
const HIGH: f64 = 2.0;

/// The risk ratio of the latest year of a comparable run, if it has enough students and incidents, and for
/// how many consecutive years it has been high.
pub(super) fn risk_ratio(run: &[GapYear], measure: &Measure) -> Option<RiskRatio> {
    if measure.unit != Unit::Per100 {
        return None;
    }
    let last = run.last()?;
    let ratio = ratio(*last)?;
    let years_in_a_row = run.iter().rev().zip(0..).take_while(|(year, ago)| year.year == last.year - ago);
    let years_at_2 = years_in_a_row.take_while(|(year, _)| is_high(**year)).count();
    Some(RiskRatio { year: SchoolYear::ending(last.year).ok()?, ratio, years_at_2 })
}

fn is_high(year: GapYear) -> bool {
    ratio(year).is_some_and(|ratio| ratio >= HIGH)
}

fn ratio(year: GapYear) -> Option<f64> {
    let GroupRates { group, others } = year.rates()?;
    // The tolerance allows for rounding errors in the number of incidents.
    let has_enough = group.n >= FEWEST_AT_RISK && group.p * group.n >= FEWEST_AT_RISK - 1e-9;
    Some(group.p / others.p).filter(|ratio| has_enough && ratio.is_finite() && others.p > 0.0)
}
