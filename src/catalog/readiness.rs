//! What the readiness check treats as an error in the data: `catalog/readiness.toml`.

use serde::Deserialize;

use crate::domain::Unit;

/// Thresholds of the readiness check, each with its reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadinessSpec {
    /// Jumps that look like a change of unit.
    #[serde(default)]
    pub jump: Vec<JumpSpec>,
    /// Shifts in all districts at once.
    pub shift: ShiftSpec,
    /// Parts that should add up.
    pub totals: TotalsSpec,
}

/// When a jump looks like a change of unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpSpec {
    /// Units of the measures to which it applies.
    pub units: Vec<Unit>,
    /// Factors between one unit and another, above 1.
    pub factors: Vec<f64>,
    /// The maximum deviation of the ratio from a factor, in percent of the factor.
    pub tolerance: f64,
    /// The maximum ratio of any two values before the jump, and of any two after it.
    pub steady: f64,
    /// A jump is ignored if the larger value is below this, in the measure's unit.
    pub least: f64,
    /// The reason.
    pub why: String,
}

/// When a shift in all districts looks like a new definition.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftSpec {
    /// The median ratio of districts' values to those of the previous year, or its inverse.
    pub ratio: f64,
    /// How many districts must have both values.
    pub districts: usize,
    /// The reason.
    pub why: String,
}

/// When parts do not add up.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsSpec {
    /// The tolerance for a sum, in percent of the whole.
    pub tolerance: f64,
    /// Additional tolerance, in people or dollars.
    pub units: f64,
    /// The reason.
    pub why: String,
    /// Measures that add up to another one.
    #[serde(default)]
    pub sum: Vec<SumSpec>,
}

/// Measures that add up to another one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumSpec {
    /// Measure id of the whole.
    pub whole: String,
    /// Measure ids of the parts.
    pub parts: Vec<String>,
}
