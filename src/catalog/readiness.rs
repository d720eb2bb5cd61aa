//! What the readiness check treats as an error in the data: `catalog/readiness.toml`.

use serde::Deserialize;

use super::Measure;
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
    /// When a value outside its measure's range is impossible.
    #[serde(default)]
    pub range: RangeSpec,
    /// When a zero means that a year is not available yet.
    #[serde(default)]
    pub zero: ZeroSpec,
    /// When a year was not counted as others.
    #[serde(rename = "odd-year")]
    pub odd_year: OddYearSpec,
}

/// When a year of a measure was not counted as other years, for any district.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OddYearSpec {
    /// How many districts must have values.
    pub districts: usize,
    /// How many percent of them must have moved the same way into the year and back.
    pub moved: f64,
    /// By how many meaningful changes the median district must have moved.
    pub times: f64,
    /// A year in which at least this percent of districts have the most that there can be is odd.
    pub flat: f64,
    /// Years in which something kept measures from being counted as in others.
    #[serde(default)]
    pub known: Vec<KnownOddYear>,
    /// The reason.
    pub why: String,
}

/// A year in which something kept measures from being counted as in other years.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownOddYear {
    /// The school year, by its end.
    pub year: i32,
    /// The measures.
    pub measures: Vec<String>,
    /// What it was, as a part of a sentence.
    pub why: String,
}

/// When a jump looks like a change of unit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JumpSpec {
    /// Units of the measures to which it applies.
    pub units: Vec<Unit>,
    /// Factors between one unit and another, above 1.
    pub factors: Vec<f64>,
    /// From this factor on, the value is impossible.
    pub impossible: f64,
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
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ShiftSpec {
    /// The median ratio of districts' values to those of the previous year, or its inverse.
    pub ratio: f64,
    /// How many districts must have both values.
    pub districts: usize,
    /// With fewer districts, but at least this many, all of them must shift by the ratio.
    pub few_districts: usize,
    /// Smaller counts of groups and grades are ignored.
    #[serde(default)]
    pub least: f64,
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
    /// A part of people that is this many times its whole is impossible.
    pub impossible: f64,
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

/// When a value outside the plausible range of its measure is impossible.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeSpec {
    /// Beyond this many times the end of the range, a value is impossible.
    pub times: f64,
    /// How far a percent of people may be beyond 0 and 100 because of rounding, in percentage points.
    pub rounding: f64,
    /// The reason.
    pub why: String,
}

impl RangeSpec {
    /// Whether a value cannot be true. A measure without a plausible range has no impossible values.
    #[must_use]
    pub fn is_impossible(&self, measure: &Measure, value: f64) -> bool {
        let Some([low, high]) = measure.plausible.filter(|_| self.times > 0.0) else { return false };
        if measure.unit == Unit::Percent && measure.people.is_some() && low >= 0.0 && high <= 100.0 {
            // No district's attendance is zero.
            let is_zero = low > 0.0 && value == 0.0;
            return is_zero || value < -self.rounding || value > 100.0 + self.rounding;
        }
        let least = if low > 0.0 { low / self.times } else { low * self.times };
        // What may be money may be owed.
        let is_below = value < least && !(low == 0.0 && measure.unit.is_money());
        is_below || value > high * self.times
    }
}

/// When a zero means that a year is not available yet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZeroSpec {
    /// How many other years a series must have.
    pub years: usize,
    /// The maximum ratio of any two of its other values.
    pub steady: f64,
    /// How many districts must have a year of zeros for it to apply to all districts.
    pub districts: usize,
    /// How many measures of a sheet that are zero in no other year must be zero in one year for these to be placeholders.
    pub together: usize,
    /// The reason.
    pub why: String,
    /// How far from zero the other values must be.
    #[serde(default)]
    pub unit: Vec<ZeroUnit>,
}

/// How far from zero values of some units must be.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZeroUnit {
    /// The units.
    pub units: Vec<Unit>,
    /// The least value, in the measure's unit.
    pub least: f64,
}

impl ZeroSpec {
    /// The least value of other years; `None` if a zero of this unit is never a placeholder.
    #[must_use]
    pub fn least(&self, unit: Unit) -> Option<f64> {
        self.unit.iter().find(|entry| entry.units.contains(&unit)).map(|entry| entry.least)
    }

    /// Whether a zero of this unit is unlike the values of all other years, which are steadily far from zero.
    #[must_use]
    pub fn is_unlike(&self, others: &[f64], unit: Unit) -> bool {
        let Some(least) = self.least(unit) else { return false };
        let low = others.iter().fold(f64::INFINITY, |low, value| low.min(value.abs()));
        let high = others.iter().fold(0.0f64, |high, value| high.max(value.abs()));
        others.len() >= self.years && low >= least && high / low <= self.steady
    }
}
