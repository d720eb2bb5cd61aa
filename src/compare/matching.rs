//! What districts are matched by: the matching variables, and the year whose values serve.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::likeness::{Axis, Space};
use super::peer_settings::PeerSettings;
use crate::catalog::{Deviation, MatchVariable, VariableScale};
use crate::diagnostic::Diagnostic;
use crate::disclosure::{FrameView, Released};
use crate::domain::{ALL, District, Grade, MeasureKey, SchoolYear, Status};

/// A district counts as reporting in a year when it has a matching variable in that year or in the two before,
/// so that the few that are ahead of the others don't pass for all.
const STILL_REPORTING: i32 = 3;

/// One matching variable, or one value of an attribute.
#[derive(Debug)]
pub(super) struct Variable {
    /// Name, as in the settings; with the value, where each value of an attribute is one (`region:North`).
    pub(super) name: String,
    /// Heading.
    pub(super) label: String,
    /// The measure and group; `None` for a flag.
    pub(super) key: Option<MeasureKey>,
    /// The scale that it is matched on.
    pub(super) scale: VariableScale,
    /// The flag.
    flag: Option<Flag>,
    /// The value that a district without one is given.
    missing: Option<f64>,
    /// The value that a district is given whose own is masked or withheld.
    masked: Option<f64>,
    axis: Axis,
}

/// A test on a text attribute of the district.
#[derive(Debug)]
struct Flag {
    attribute: String,
    sets: Sets,
}

#[derive(Debug)]
enum Sets {
    Matches(Regex),
    MatchesNot(Regex),
    Is(String),
}

impl Flag {
    /// 1 where it is set as of `year`, 0 where not; `None` where the district has no such attribute.
    fn of(&self, district: &District, year: Option<SchoolYear>) -> Option<f64> {
        let value = district.attribute(&self.attribute, year)?;
        let is_set = match &self.sets {
            Sets::Matches(pattern) => pattern.is_match(value),
            Sets::MatchesNot(pattern) => !pattern.is_match(value),
            Sets::Is(wanted) => value == wanted,
        };
        Some(f64::from(u8::from(is_set)))
    }
}

/// The matching variables of all districts and years.
#[derive(Debug)]
pub(super) struct Matching {
    /// The variables, in the order of the settings.
    pub(super) variables: Vec<Variable>,
    years: BTreeMap<i32, YearValues>,
    deviation: Deviation,
}

/// The values of one year, by district and variable, or by district.
#[derive(Debug)]
struct YearValues {
    /// As published, with flags and what stands for missing values; `None` where there is none, or none to take a
    /// logarithm of.
    values: Vec<Option<f64>>,
    /// Whether a value is masked by its publisher, or withheld here.
    is_masked: Vec<bool>,
    /// Whether a district has a measure of its own.
    reports: Vec<bool>,
    /// Whether it has every variable without anything standing in.
    has_all: Vec<bool>,
}

/// A year that may serve to choose peers in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct MatchYear {
    /// The year.
    pub(super) year: SchoolYear,
    /// Districts that have every variable, nothing standing in for a missing one.
    pub(super) complete: usize,
    /// Districts that report at all.
    pub(super) reporting: usize,
    /// Whether so many are complete as there should be.
    pub(super) is_covered: bool,
}

impl Matching {
    /// Reads the variables that `settings` names; those that no source has are left out with a warning.
    pub(super) fn read(
        released: &Released,
        view: &FrameView<'_>,
        settings: &PeerSettings,
    ) -> (Self, Vec<Diagnostic>) {
        let (mut variables, mut problems) = (Vec::new(), Vec::new());
        for name in &settings.matching {
            let found = settings.variables.get(name).ok_or_else(|| "there is no such variable".to_owned());
            match found.and_then(|spec| of_spec(name, spec, released, settings)) {
                Ok(found) => variables.extend(found),
                Err(why) => problems.push(Diagnostic::match_left_out(name, &why)),
            }
        }
        let years = values(released, view, &variables, settings.year);
        (Self { variables, years, deviation: settings.deviation }, problems)
    }

    /// What `district` has in `year`, variable by variable.
    fn of(&self, year: i32, district: u32) -> Option<&[Option<f64>]> {
        let width = self.variables.len();
        self.years.get(&year)?.values.get(district as usize * width..(district as usize + 1) * width)
    }

    /// The district's values in a year, or `None` unless it has all of them.
    pub(super) fn complete(&self, year: SchoolYear, district: u32) -> Option<Vec<f64>> {
        self.of(year.end(), district)?.iter().copied().collect()
    }

    fn can_be_used(&self, year: i32, district: u32) -> bool {
        self.of(year, district).is_some_and(|values| values.iter().all(Option::is_some))
    }

    fn has_all(&self, year: i32, district: u32) -> bool {
        self.years.get(&year).is_some_and(|y| y.has_all[district as usize])
    }

    fn has_any(&self, year: i32, district: u32) -> bool {
        self.years.get(&year).is_some_and(|y| y.reports[district as usize])
    }

    /// Names of the variables that `district` has in no year; of a masked one it is said that it is.
    pub(super) fn never_reported(&self, district: u32) -> Vec<String> {
        let at = |i: usize| district as usize * self.variables.len() + i;
        let known = |i: usize| self.years.values().any(|y| y.values[at(i)].is_some());
        let masked = |i: usize| self.years.values().any(|y| y.is_masked[at(i)]);
        let named = |(i, v): (usize, &Variable)| match masked(i) {
            true => format!("{} (masked or withheld)", v.name),
            false => v.name.clone(),
        };
        self.variables.iter().enumerate().filter(|(i, _)| !known(*i)).map(named).collect()
    }

    /// The years that may serve for the districts `members`, best first: those in which at least `coverage`
    /// percent of the reporting districts have every variable, latest first; then the others, by how many do.
    pub(super) fn ranked_years(&self, members: &[u32], coverage: f64) -> Vec<MatchYear> {
        let mut ranked: Vec<MatchYear> =
            self.years.keys().filter_map(|year| self.match_year(*year, members, coverage)).collect();
        ranked.sort_by_key(|y| {
            let complete = if y.is_covered { usize::MAX } else { y.complete };
            std::cmp::Reverse((complete, y.year))
        });
        ranked
    }

    fn match_year(&self, year: i32, members: &[u32], coverage: f64) -> Option<MatchYear> {
        let still = |district: u32| (0..STILL_REPORTING).any(|ago| self.has_any(year - ago, district));
        let complete = members.iter().filter(|d| self.has_all(year, **d)).count();
        let reporting = members.iter().filter(|d| still(**d)).count();
        let is_covered = complete > 1 && 100.0 * complete as f64 >= coverage * reporting as f64;
        let can_be_used = members.iter().any(|d| self.can_be_used(year, *d));
        let year = SchoolYear::ending(year).ok()?;
        can_be_used.then_some(MatchYear { year, complete, reporting, is_covered })
    }

    /// The districts of `members` that have every variable in `year`, standardised.
    pub(super) fn space(&self, year: SchoolYear, members: &[u32]) -> Space {
        let (mut districts, mut values) = (Vec::new(), Vec::new());
        for district in members {
            let Some(own) = self.complete(year, *district) else { continue };
            districts.push(*district);
            values.extend(self.scaled(&own));
        }
        let axes = self.variables.iter().map(|v| v.axis).collect();
        Space::new(districts, values, axes, self.deviation)
    }

    /// How distances over `districts` districts are made.
    pub(super) fn method(&self, settings: &PeerSettings, districts: usize) -> String {
        let deviation = match self.deviation {
            Deviation::Sample => "sample",
            Deviation::Population => "population",
        };
        let is_log = self.variables.iter().any(|v| v.scale == VariableScale::Log);
        let told = [
            (is_log, "counts by their logarithm"),
            (self.variables.iter().any(|v| v.key.is_none()), "flags as 0 and 1"),
            (!settings.weights.is_empty(), "weighted"),
            (!settings.missing.is_empty() || !settings.masked.is_empty(), "numbers read for missing values"),
        ];
        let told: String = told.iter().filter(|t| t.0).map(|t| format!("; {}", t.1)).collect();
        format!("Euclidean; by the {deviation} standard deviation over {districts} districts{told}")
    }

    /// Values of all variables on the scales that they are matched on.
    pub(super) fn scaled(&self, values: &[f64]) -> Vec<f64> {
        let one = |(v, variable): (&f64, &Variable)| match variable.scale {
            VariableScale::Linear => *v,
            VariableScale::Log => libm::log(*v),
        };
        values.iter().zip(&self.variables).map(one).collect()
    }
}

/// What stands in for a value of a variable; one value of an attribute goes by the attribute's name too.
fn stand_in(values: &BTreeMap<String, f64>, name: &str) -> Option<f64> {
    values.get(name).or_else(|| values.get(name.split(':').next()?)).copied()
}

/// The variables that a specification stands for: one, or one for each value of an attribute.
fn of_spec(
    name: &str,
    spec: &MatchVariable,
    released: &Released,
    settings: &PeerSettings,
) -> Result<Vec<Variable>, String> {
    let stands_in = [("missing", &settings.missing), ("masked", &settings.masked)];
    let no_logarithm = stands_in.iter().find(|(_, values)| values.get(name).is_some_and(|v| *v <= 0.0));
    if let Some((word, _)) = no_logarithm.filter(|_| spec.measure.is_some())
        && spec.scale == VariableScale::Log
        && settings.log
    {
        return Err(format!(
            "it is matched on the log scale, on which its `{word}` of 0 or less has no place"
        ));
    }
    let weight = settings.weights.get(name).copied().unwrap_or(1.0);
    let variable = |name: String, label: String, key: Option<MeasureKey>, flag: Option<Flag>| Variable {
        scale: if key.is_some() && settings.log { spec.scale } else { VariableScale::Linear },
        axis: Axis { is_standardised: key.is_some(), weight },
        missing: stand_in(&settings.missing, &name),
        masked: stand_in(&settings.masked, &name),
        name,
        label,
        key,
        flag,
    };
    if let Some(measure) = &spec.measure {
        let key = MeasureKey {
            measure: measure.clone(),
            group: spec.group.clone(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        };
        released.run(&key).ok_or("no source has it")?;
        return Ok(vec![variable(name.to_owned(), spec.label.clone(), Some(key), None)]);
    }
    let attribute = spec.attribute.clone().ok_or("it names neither a measure nor an attribute")?;
    let of_district = |d: &District| d.attribute(&attribute, settings.year).map(str::to_owned);
    let known: BTreeSet<String> = released.terms().districts.iter().filter_map(of_district).collect();
    if known.is_empty() {
        return Err(format!("no source has the attribute {attribute:?}"));
    }
    let pattern = |text: &String| crate::catalog::pattern(text).map_err(|e| e.to_string());
    let sets = match (&spec.matches, &spec.matches_not) {
        (Some(text), _) => Sets::Matches(pattern(text)?),
        (None, Some(text)) => Sets::MatchesNot(pattern(text)?),
        (None, None) => {
            let one = |value: String| {
                let flag = Flag { attribute: attribute.clone(), sets: Sets::Is(value.clone()) };
                variable(format!("{name}:{value}"), format!("{}: {value}", spec.label), None, Some(flag))
            };
            return Ok(known.into_iter().map(one).collect());
        }
    };
    Ok(vec![variable(name.to_owned(), spec.label.clone(), None, Some(Flag { attribute, sets }))])
}

/// The values of all variables, read series by series; then the flags, and what stands for a missing value, of the
/// districts that have a measure in that year.
fn values(
    released: &Released,
    view: &FrameView<'_>,
    variables: &[Variable],
    attributes_of: Option<SchoolYear>,
) -> BTreeMap<i32, YearValues> {
    let (width, count) = (variables.len(), released.terms().districts.len());
    let mut years: BTreeMap<i32, YearValues> = BTreeMap::new();
    for (i, variable) in variables.iter().enumerate() {
        let Some(run) = variable.key.as_ref().and_then(|key| released.run(key)) else { continue };
        let has_logarithm = |v: f64| variable.scale == VariableScale::Linear || v > 0.0;
        for row in view.rows(run.rows.clone()) {
            let year = years.entry(row.year).or_insert_with(|| YearValues::new(count, width));
            let at = row.district as usize * width + i;
            year.values[at] = row.value.filter(|v| v.is_finite() && has_logarithm(*v));
            year.is_masked[at] = matches!(row.status, Status::Masked | Status::Withheld);
        }
    }
    years.values_mut().for_each(|year| year.complete(released, variables, attributes_of));
    years
}

impl YearValues {
    fn new(districts: usize, width: usize) -> Self {
        let cells = districts * width;
        Self {
            values: vec![None; cells],
            is_masked: vec![false; cells],
            reports: vec![false; districts],
            has_all: vec![false; districts],
        }
    }

    /// Adds the flags, tells who reports, and fills in what stands for missing and masked values.
    fn complete(&mut self, released: &Released, variables: &[Variable], attributes_of: Option<SchoolYear>) {
        let width = variables.len();
        let of_district = self.values.chunks_mut(width).zip(self.is_masked.chunks(width));
        for (d, (own, masked)) in of_district.enumerate() {
            self.reports[d] = own.iter().any(Option::is_some);
            if !self.reports[d] {
                continue;
            }
            let district = &released.terms().districts[d];
            for (value, variable) in own.iter_mut().zip(variables) {
                *value = value
                    .or_else(|| variable.flag.as_ref().and_then(|flag| flag.of(district, attributes_of)));
            }
            self.has_all[d] = own.iter().all(Option::is_some);
            for ((value, masked), variable) in own.iter_mut().zip(masked).zip(variables) {
                *value = value.or(if *masked { variable.masked } else { variable.missing });
            }
        }
    }
}
