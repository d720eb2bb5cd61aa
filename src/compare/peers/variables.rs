//! The matching variables that a project's settings define: measures, and flags based on districts'
//! attributes.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use statistics::neighbors::Axis;

use super::settings::PeerSettings;
use crate::catalog::{MatchVariable, VariableScale};
use crate::disclosure::Released;
use crate::domain::{ALL, District, Grade, MeasureKey, SchoolYear};
use crate::wording::peer_choice as words;

/// One matching variable. Each value of a category attribute is a variable of its own.
#[derive(Debug)]
pub(super) struct MatchingVariable {
    /// The name, as in the settings, followed by the value if each value of an attribute is a variable
    /// (`region:North`).
    pub(super) name: String,
    /// Heading.
    pub(super) label: String,
    /// Where its values come from.
    pub(super) source: VariableSource,
    /// The scale on which it is matched.
    pub(super) scale: VariableScale,
    /// Its weight in the distance.
    pub(super) axis: Axis,
    /// The substitute for a missing value.
    missing: Option<f64>,
    /// The substitute for a masked or suppressed value.
    masked: Option<f64>,
}

/// Where the values of a variable come from.
#[derive(Debug)]
pub(super) enum VariableSource {
    /// A measure and group.
    Measure(MeasureKey),
    /// A test of an attribute: 1 if passed, 0 if not.
    Flag(Flag),
}

/// A test of a text attribute of the district.
#[derive(Debug)]
pub(super) struct Flag {
    attribute: String,
    test: FlagTest,
}

#[derive(Debug)]
enum FlagTest {
    Matches(Regex),
    MatchesNot(Regex),
    Is(String),
}

/// A matching variable as the catalog or a project specifies it, by its name.
struct SpecifiedVariable<'a> {
    name: &'a str,
    spec: &'a MatchVariable,
    settings: &'a PeerSettings,
}

/// The variables that a specification stands for: one, or one for each value of an attribute.
///
/// # Errors
/// The reason, if it cannot be used for matching.
pub(super) fn specified_variables(
    name: &str,
    spec: &MatchVariable,
    released: &Released,
    settings: &PeerSettings,
) -> Result<Vec<MatchingVariable>, String> {
    let specified = SpecifiedVariable { name, spec, settings };
    match &spec.measure {
        Some(measure) => Ok(vec![specified.of_measure(measure, released)?]),
        None => specified.of_attribute(released),
    }
}

impl SpecifiedVariable<'_> {
    fn of_measure(&self, measure: &str, released: &Released) -> Result<MatchingVariable, String> {
        self.check_logarithm()?;
        let key = MeasureKey {
            measure: measure.to_owned(),
            group: self.spec.group.clone(),
            grade: Grade::all(),
            subject: ALL.to_owned(),
        };
        released.run(&key).ok_or(words::NOT_IN_ANY_SOURCE)?;
        Ok(self.variable(self.name.to_owned(), self.spec.label.clone(), VariableSource::Measure(key)))
    }

    /// Substitute values must have a logarithm if the variable is matched on the log scale.
    fn check_logarithm(&self) -> Result<(), String> {
        if self.spec.scale != VariableScale::Log || !self.settings.log {
            return Ok(());
        }
        let stand_ins = [("missing", &self.settings.missing), ("masked", &self.settings.masked)];
        match stand_ins.iter().find(|(_, values)| values.get(self.name).is_some_and(|v| *v <= 0.0)) {
            Some((word, _)) => Err(words::no_logarithm(word)),
            None => Ok(()),
        }
    }

    fn of_attribute(&self, released: &Released) -> Result<Vec<MatchingVariable>, String> {
        let attribute = self.spec.attribute.as_ref().ok_or(words::NEITHER_MEASURE_NOR_ATTRIBUTE)?;
        let values = self.values_of(attribute, released);
        if values.is_empty() {
            return Err(words::no_attribute(attribute));
        }
        let test = match (&self.spec.matches, &self.spec.matches_not) {
            (Some(text), _) => FlagTest::Matches(compiled(text)?),
            (None, Some(text)) => FlagTest::MatchesNot(compiled(text)?),
            (None, None) => {
                return Ok(values.into_iter().map(|value| self.of_value(attribute, value)).collect());
            }
        };
        let flag = Flag { attribute: attribute.clone(), test };
        Ok(vec![self.variable(self.name.to_owned(), self.spec.label.clone(), VariableSource::Flag(flag))])
    }

    /// The values that districts have of an attribute.
    fn values_of(&self, attribute: &str, released: &Released) -> BTreeSet<String> {
        let districts = released.terms().districts.iter();
        districts.filter_map(|d| d.attribute(attribute, self.settings.year).map(str::to_owned)).collect()
    }

    /// The flag for districts whose attribute has this value.
    fn of_value(&self, attribute: &str, value: String) -> MatchingVariable {
        let name = format!("{}:{value}", self.name);
        let label = words::attribute_value(&self.spec.label, &value);
        let flag = Flag { attribute: attribute.to_owned(), test: FlagTest::Is(value) };
        self.variable(name, label, VariableSource::Flag(flag))
    }

    fn variable(&self, name: String, label: String, source: VariableSource) -> MatchingVariable {
        let is_measure = matches!(source, VariableSource::Measure(_));
        let weight = self.settings.weights.get(self.name).copied().unwrap_or(1.0);
        MatchingVariable {
            scale: if is_measure && self.settings.log { self.spec.scale } else { VariableScale::Linear },
            axis: Axis { is_standardized: is_measure, weight },
            missing: stand_in(&self.settings.missing, &name),
            masked: stand_in(&self.settings.masked, &name),
            name,
            label,
            source,
        }
    }
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    crate::catalog::pattern(pattern).map_err(|e| e.to_string())
}

/// The substitute for a value of a variable; for one value of an attribute, it may also be listed under the
/// attribute's name.
fn stand_in(values: &BTreeMap<String, f64>, name: &str) -> Option<f64> {
    values.get(name).or_else(|| values.get(name.split(':').next()?)).copied()
}

impl MatchingVariable {
    /// The measure and group; `None` for a flag.
    pub(super) const fn key(&self) -> Option<&MeasureKey> {
        match &self.source {
            VariableSource::Measure(key) => Some(key),
            VariableSource::Flag(_) => None,
        }
    }

    /// The flag of a district as of `year`; `None` for a measure, or if the district has no such attribute.
    pub(super) fn flag_of(&self, district: &District, year: Option<SchoolYear>) -> Option<f64> {
        match &self.source {
            VariableSource::Measure(_) => None,
            VariableSource::Flag(flag) => flag.of(district, year),
        }
    }

    /// Whether a value can be matched on the variable's scale.
    pub(super) fn is_usable(&self, value: f64) -> bool {
        value.is_finite() && (self.scale == VariableScale::Linear || value > 0.0)
    }

    /// A value on the scale that the variable is matched on.
    pub(super) fn scaled(&self, value: f64) -> f64 {
        match self.scale {
            VariableScale::Linear => value,
            VariableScale::Log => libm::log(value),
        }
    }

    /// The substitute for a value that a district lacks; `None` if there is none.
    pub(super) const fn stand_in(&self, is_masked: bool) -> Option<f64> {
        if is_masked { self.masked } else { self.missing }
    }
}

impl Flag {
    /// 1 if it is set as of `year`, 0 if not; `None` if the district has no such attribute.
    fn of(&self, district: &District, year: Option<SchoolYear>) -> Option<f64> {
        let value = district.attribute(&self.attribute, year)?;
        Some(f64::from(u8::from(self.test.is_passed(value))))
    }
}

impl FlagTest {
    fn is_passed(&self, value: &str) -> bool {
        match self {
            Self::Matches(pattern) => pattern.is_match(value),
            Self::MatchesNot(pattern) => !pattern.is_match(value),
            Self::Is(wanted) => value == wanted,
        }
    }
}
