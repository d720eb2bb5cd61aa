//! Markers: cell texts that stand for a value that is not there.

use serde::Deserialize;

use crate::domain::Status;

/// Cell texts that mean masked, missing or not applicable, compared trimmed and without case.
///
/// A text may be a plain string (`*`, `N/A`) or, with a leading `~`, a regular expression (`~^[<≤]\s*\d+$`).
/// A layout's markers are asked first, then the catalog's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Markers {
    /// The publisher hides the value.
    #[serde(default)]
    pub masked: Vec<String>,
    /// Nothing was published.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The question does not arise.
    #[serde(default)]
    pub not_applicable: Vec<String>,
}

/// Markers made ready to compare with.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    plain: Vec<(String, Status)>,
    patterns: Vec<(regex::Regex, Status)>,
}

impl Markers {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.masked.is_empty() && self.missing.is_empty() && self.not_applicable.is_empty()
    }

    fn each(&self) -> impl Iterator<Item = (&String, Status)> {
        let masked = self.masked.iter().map(|t| (t, Status::Masked));
        let missing = self.missing.iter().map(|t| (t, Status::Missing));
        let not_applicable = self.not_applicable.iter().map(|t| (t, Status::NotApplicable));
        masked.chain(missing).chain(not_applicable)
    }

    /// These markers, then `also`, made ready.
    ///
    /// # Errors
    /// The regular expression that cannot be read.
    pub fn ready(&self, also: &Self) -> Result<Reading, regex::Error> {
        let mut ready = Reading::default();
        for (text, status) in self.each().chain(also.each()) {
            match text.strip_prefix('~') {
                Some(pattern) => {
                    let pattern = regex::RegexBuilder::new(pattern).case_insensitive(true).build()?;
                    ready.patterns.push((pattern, status));
                }
                None => ready.plain.push((text.trim().to_lowercase(), status)),
            }
        }
        Ok(ready)
    }
}

impl Reading {
    /// The markers that are numbers, such as −1, with what they mean.
    pub fn numbers(&self) -> impl Iterator<Item = (f64, Status)> + '_ {
        self.plain.iter().filter_map(|(text, status)| Some((text.parse().ok()?, *status)))
    }

    /// What `text` marks, or `None` where it is no marker.
    #[must_use]
    pub fn status(&self, text: &str) -> Option<Status> {
        let text = text.trim();
        let plain = self.plain.iter().find(|(marker, _)| marker.eq_ignore_ascii_case(text));
        plain
            .map(|(_, status)| *status)
            .or_else(|| self.patterns.iter().find(|(p, _)| p.is_match(text)).map(|(_, status)| *status))
    }
}
