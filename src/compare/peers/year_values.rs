//! The values of all matching variables in one year, with substitutes for those that are missing or masked.

use std::collections::BTreeMap;

use super::variables::MatchingVariable;
use crate::compare::values::ReportedSeries;
use crate::disclosure::{FrameView, Released};
use crate::domain::{SchoolYear, Status};

/// The values of one year, by district and variable, or by district.
#[derive(Debug)]
pub(super) struct YearValues {
    /// How many variables there are.
    width: usize,
    /// As published, including flags and substitutes for missing values; `None` if there is no value, or none
    /// with a logarithm.
    values: Vec<Option<f64>>,
    /// Whether a value is masked by its publisher, or suppressed here.
    is_masked: Vec<bool>,
    /// Whether a district has any measure itself.
    reports: Vec<bool>,
    /// Whether it has every variable without substitutes.
    has_all: Vec<bool>,
}

/// The values of all variables, read series by series, then the flags, then the substitutes for missing
/// values, for the districts that have any measure in that year. Keyed by the year in which the school year
/// ends.
pub(super) fn read_years(
    released: &Released,
    view: FrameView<'_>,
    variables: &[MatchingVariable],
    attributes_of: Option<SchoolYear>,
) -> BTreeMap<i32, YearValues> {
    let (width, count) = (variables.len(), released.terms().districts.len());
    let mut years: BTreeMap<i32, YearValues> = BTreeMap::new();
    for (i, variable) in variables.iter().enumerate() {
        let Some(run) = variable.key().and_then(|key| released.run(key)) else { continue };
        for row in ReportedSeries::new(view, run).all() {
            let year = years.entry(row.year).or_insert_with(|| YearValues::new(count, width));
            let at = row.district as usize * width + i;
            year.values[at] = row.value.filter(|value| variable.is_usable(*value));
            year.is_masked[at] = matches!(row.status, Status::Masked | Status::Withheld);
        }
    }
    for year in years.values_mut() {
        year.complete(released, variables, attributes_of);
    }
    years
}

impl YearValues {
    fn new(districts: usize, width: usize) -> Self {
        let cells = districts * width;
        Self {
            width,
            values: vec![None; cells],
            is_masked: vec![false; cells],
            reports: vec![false; districts],
            has_all: vec![false; districts],
        }
    }

    /// Adds the flags, records which districts report, and fills in substitutes for missing and masked
    /// values.
    fn complete(
        &mut self,
        released: &Released,
        variables: &[MatchingVariable],
        attributes_of: Option<SchoolYear>,
    ) {
        let by_district = self.values.chunks_mut(self.width).zip(self.is_masked.chunks(self.width));
        for (d, (values, masked)) in by_district.enumerate() {
            self.reports[d] = values.iter().any(Option::is_some);
            if !self.reports[d] {
                continue;
            }
            let district = &released.terms().districts[d];
            for (value, variable) in values.iter_mut().zip(variables) {
                *value = value.or_else(|| variable.flag_of(district, attributes_of));
            }
            self.has_all[d] = values.iter().all(Option::is_some);
            for ((value, is_masked), variable) in values.iter_mut().zip(masked).zip(variables) {
                *value = value.or(variable.stand_in(*is_masked));
            }
        }
    }

    /// What a district has, by variable; `None` for a code that no district has.
    pub(super) fn of(&self, district: u32) -> Option<&[Option<f64>]> {
        let start = district as usize * self.width;
        self.values.get(start..start + self.width)
    }

    /// Whether a district has every variable, or a substitute for it.
    pub(super) fn is_complete(&self, district: u32) -> bool {
        self.of(district).is_some_and(|values| values.iter().all(Option::is_some))
    }

    /// Whether a district has a value or substitute for the variable at an index.
    pub(super) fn is_known(&self, district: u32, variable: usize) -> bool {
        self.values[district as usize * self.width + variable].is_some()
    }

    /// Whether a district's value of the variable at an index is masked or suppressed.
    pub(super) fn is_masked(&self, district: u32, variable: usize) -> bool {
        self.is_masked[district as usize * self.width + variable]
    }

    /// Whether a district has every variable without substitutes.
    pub(super) fn has_all(&self, district: u32) -> bool {
        self.has_all[district as usize]
    }

    /// Whether a district has any measure itself.
    pub(super) fn reports(&self, district: u32) -> bool {
        self.reports[district as usize]
    }
}
