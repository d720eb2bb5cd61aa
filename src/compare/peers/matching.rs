//! What districts are matched by: the matching variables of all years, and the year whose values are used.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use statistics::neighbors::{Divisor, StandardizedSpace};

use super::settings::PeerSettings;
use super::variables::{MatchingVariable, specified_variables};
use super::year_values::{YearValues, read_years};
use crate::catalog::{Deviation, VariableScale};
use crate::diagnostic::{Diagnostic, Warned};
use crate::disclosure::{FrameView, Released};
use crate::domain::SchoolYear;
use crate::wording::peer_choice::{self as words, DistanceMethod};

/// A district counts as reporting in a year if it has a matching variable in that year or in the two before,
/// so that the few districts that report early do not count as all.
const STILL_REPORTING_YEARS: i32 = 3;

/// The matching variables of all districts and years.
#[derive(Debug)]
pub(super) struct Matching {
    /// The variables, in the order of the settings.
    pub(super) variables: Vec<MatchingVariable>,
    years: BTreeMap<i32, YearValues>,
    deviation: Deviation,
}

/// A year that can be used to choose peers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MatchYear {
    /// The year.
    pub(super) year: SchoolYear,
    /// Districts that have every variable without a substitute for a missing one.
    pub(super) complete: usize,
    /// Districts that report at all.
    pub(super) reporting: usize,
    /// Whether enough districts are complete.
    pub(super) is_covered: bool,
}

impl Matching {
    /// Reads the variables that `settings` names; those that no source has are skipped with a warning.
    pub(super) fn read(released: &Released, view: FrameView<'_>, settings: &PeerSettings) -> Warned<Self> {
        let (mut variables, mut diagnostics) = (Vec::new(), Vec::new());
        for name in &settings.matching {
            let spec = settings.variables.get(name).ok_or_else(|| words::NO_SUCH_VARIABLE.to_owned());
            match spec.and_then(|spec| specified_variables(name, spec, released, settings)) {
                Ok(specified) => variables.extend(specified),
                Err(why) => diagnostics.push(Diagnostic::match_left_out(name, &why)),
            }
        }
        let years = read_years(released, view, &variables, settings.year);
        Warned { value: Self { variables, years, deviation: settings.deviation }, diagnostics }
    }

    /// The years that can be used for the districts in `members`, best first: those in which at least
    /// `coverage` percent of the reporting districts have every variable, latest first; then the others, by
    /// how many districts do.
    pub(super) fn ranked_years(&self, members: &[u32], coverage: f64) -> Vec<MatchYear> {
        let years = self.years.keys();
        let mut ranked: Vec<MatchYear> =
            years.filter_map(|year| self.match_year(*year, members, coverage)).collect();
        ranked.sort_by_key(|year| {
            let complete = if year.is_covered { usize::MAX } else { year.complete };
            Reverse((complete, year.year))
        });
        ranked
    }

    /// A year as a candidate; `None` if no district can be matched in it.
    fn match_year(&self, end: i32, members: &[u32], coverage: f64) -> Option<MatchYear> {
        let year = SchoolYear::ending(end).ok()?;
        let values = self.years.get(&end)?;
        let complete = members.iter().filter(|d| values.has_all(**d)).count();
        let reporting = members.iter().filter(|d| self.is_still_reporting(end, **d)).count();
        let is_covered = complete > 1 && 100.0 * complete as f64 >= coverage * reporting as f64;
        let can_be_used = members.iter().any(|d| values.is_complete(*d));
        can_be_used.then_some(MatchYear { year, complete, reporting, is_covered })
    }

    fn is_still_reporting(&self, year: i32, district: u32) -> bool {
        (0..STILL_REPORTING_YEARS)
            .any(|ago| self.years.get(&(year - ago)).is_some_and(|values| values.reports(district)))
    }

    /// The district's values in a year, or `None` unless it has all of them.
    pub(super) fn complete(&self, year: SchoolYear, district: u32) -> Option<Vec<f64>> {
        self.years.get(&year.end())?.of(district)?.iter().copied().collect()
    }

    /// Names of the variables that `district` lacks in every year, noting those that are masked.
    pub(super) fn never_reported(&self, district: u32) -> Vec<String> {
        let variables = self.variables.iter().enumerate();
        let never = variables.filter(|(i, _)| !self.years.values().any(|year| year.is_known(district, *i)));
        never.map(|(i, variable)| self.name_with_remark(variable, i, district)).collect()
    }

    fn name_with_remark(&self, variable: &MatchingVariable, position: usize, district: u32) -> String {
        if self.years.values().any(|year| year.is_masked(district, position)) {
            words::hidden_variable(&variable.name)
        } else {
            variable.name.clone()
        }
    }

    /// The districts of `members` that have every variable in `year`, standardized.
    pub(super) fn space(&self, year: SchoolYear, members: &[u32]) -> StandardizedSpace {
        let (mut districts, mut values) = (Vec::new(), Vec::new());
        for district in members {
            let Some(own) = self.complete(year, *district) else { continue };
            districts.push(*district);
            values.extend(self.scaled(&own));
        }
        let axes = self.variables.iter().map(|v| v.axis).collect();
        let divisor = match self.deviation {
            Deviation::Sample => Divisor::SampleSizeLessOne,
            Deviation::Population => Divisor::SampleSize,
        };
        StandardizedSpace::new(districts, values, axes, divisor)
    }

    /// Values of all variables on their matching scales.
    pub(super) fn scaled(&self, values: &[f64]) -> Vec<f64> {
        values.iter().zip(&self.variables).map(|(value, variable)| variable.scaled(*value)).collect()
    }

    /// A description of the distances among `districts` districts, for the user.
    pub(super) fn method(&self, settings: &PeerSettings, districts: usize) -> String {
        words::distance_method(DistanceMethod {
            divides_by_n: self.deviation == Deviation::Population,
            districts,
            has_logarithms: self.variables.iter().any(|v| v.scale == VariableScale::Log),
            has_flags: self.variables.iter().any(|v| v.key().is_none()),
            is_weighted: !settings.weights.is_empty(),
            has_substitutes: !settings.missing.is_empty() || !settings.masked.is_empty(),
        })
    }
}
