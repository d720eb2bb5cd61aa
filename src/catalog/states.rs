//! States, and which state a project's districts are in: `catalog/states.toml`, layouts and `[retreat] state`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a project writes as its state if it is in none of the catalog's.
const NO_STATE: &str = "none";
/// The attribute that contains a district's state.
const ATTRIBUTE: &str = "state";

/// A state, the District of Columbia, or a territory.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsState {
    /// USPS code (`NJ`).
    pub code: String,
    /// Its name (`New Jersey`).
    pub name: String,
    /// Other names, compared without case.
    #[serde(default)]
    pub spellings: Vec<String>,
    /// How many districts it has; absent where no source was seen.
    #[serde(default)]
    pub districts: Option<DistrictCount>,
}

/// How many districts a state has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictCount {
    /// Their number.
    pub count: usize,
    /// Who counted them, which of them, and when.
    pub source: String,
}

impl UsState {
    fn is_called(&self, text: &str) -> bool {
        let mut names = [&self.code, &self.name].into_iter().chain(&self.spellings);
        names.any(|name| name.eq_ignore_ascii_case(text.trim()))
    }
}

/// The states, and what a project says about its own.
#[derive(Debug, Clone, Default)]
pub struct States {
    /// All states.
    pub all: Vec<UsState>,
    /// What `[retreat] state` says: a code; absent if it says nothing, or that the project is in no state.
    pub of_project: Option<String>,
    /// Whether the project says that it is in no state of the catalog.
    pub none: bool,
    /// Whether the project says that its files have all districts of the state; `None` if it does not say.
    pub whole: Option<bool>,
    /// The state of each layout that a source names and that is about one state, by the layout's id.
    pub of_layouts: BTreeMap<String, String>,
}

/// What is known about a district's state.
pub(crate) struct StateEvidence<'a> {
    /// The district's attribute, if any file has it.
    pub(crate) attribute: Option<&'a str>,
    /// The ids of the layouts that name the district.
    pub(crate) layouts: &'a [String],
}

impl States {
    /// Whether a project writes that it is in none of the catalog's states.
    pub(crate) fn is_none(text: &str) -> bool {
        text.trim().eq_ignore_ascii_case(NO_STATE)
    }

    /// Notes what the project says about its state.
    pub(crate) fn choose(&mut self, text: &str) {
        self.none = Self::is_none(text);
        self.of_project = self.code(text).map(str::to_owned);
    }

    /// The code of a state, by its code or one of its names; `None` if the text is none of them.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<&str> {
        self.all.iter().find(|state| state.is_called(text)).map(|state| state.code.as_str())
    }

    /// The name of a state, by its code; the code itself if it is unknown.
    #[must_use]
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.all.iter().find(|state| state.code == code).map_or(code, |state| &state.name)
    }

    /// How many districts a state has, by its code; `None` if that is not known.
    #[must_use]
    pub fn district_count(&self, code: &str) -> Option<usize> {
        let state = self.all.iter().find(|state| state.code == code)?;
        Some(state.districts.as_ref()?.count)
    }

    /// The attribute that contains a district's state.
    pub(crate) const fn attribute() -> &'static str {
        ATTRIBUTE
    }

    /// The code of a district's state. What a file says about the district counts first, then what the project says, then the
    /// only state of its layouts; `None` if nothing says it.
    pub(crate) fn of_district(&self, evidence: &StateEvidence<'_>) -> Option<&str> {
        let stated = evidence.attribute.and_then(|text| self.code(text));
        stated.or(self.of_project.as_deref()).or_else(|| self.of_layouts(evidence.layouts))
    }

    /// The only state of some layouts; `None` if they are of several or of none.
    fn of_layouts(&self, layouts: &[String]) -> Option<&str> {
        let mut states = layouts.iter().filter_map(|layout| self.of_layouts.get(layout));
        let first = states.next()?;
        states.all(|state| state == first).then_some(first)
    }
}

/// `catalog/states.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StateFile {
    pub(super) state: Vec<UsState>,
}
