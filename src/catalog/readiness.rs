//! What a readiness check takes for an error in the data: `catalog/readiness.toml`.

use serde::Deserialize;

use crate::domain::Unit;

/// Thresholds of the readiness check, each with its reason.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadinessSpec {
    /// Jumps that look like a change of unit.
    #[serde(default)]
    pub jump: Vec<JumpSpec>,
    /// Shifts of all districts at once.
    pub shift: ShiftSpec,
    /// Parts that should add up.
    pub totals: TotalsSpec,
}

/// When a jump looks like a change of unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpSpec {
    /// Units of the measures it is for.
    pub units: Vec<Unit>,
    /// Factors between one unit and another, above 1.
    pub factors: Vec<f64>,
    /// How far the ratio may be from a factor, in percent of it.
    pub tolerance: f64,
    /// The greatest ratio of the values before the jump to each other, and of those after it.
    pub steady: f64,
    /// Where the larger value is below this, in the measure's unit, the jump is not judged.
    pub least: f64,
    /// The reason.
    pub why: String,
}

/// When a shift of all districts looks like a new definition.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftSpec {
    /// The median ratio of districts' values to those of the year before, or its inverse.
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
    /// By how much a sum may differ, in percent of the whole.
    pub tolerance: f64,
    /// By how many people or dollars it may differ in addition.
    pub units: f64,
    /// The reason.
    pub why: String,
    /// Measures that add up to another.
    #[serde(default)]
    pub sum: Vec<SumSpec>,
}

/// Measures that add up to another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumSpec {
    /// Measure id of the whole.
    pub whole: String,
    /// Measure ids of the parts.
    pub parts: Vec<String>,
}
