//! Markers: cell texts that stand for a value that is not there.

use regex::Captures;
use serde::{Deserialize, Serialize};

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
    /// Marks behind a number that lead to a footnote; regular expressions, taken off before the number is read.
    #[serde(default)]
    pub footnotes: Vec<String>,
    /// Names of rows that add up others (`Total`, `State`): texts of the id or name column.
    #[serde(default)]
    pub totals: Vec<String>,
    /// Names of states, which are those of districts too: a row of this name adds up others where it has no id, or one
    /// of noughts. Regular expressions.
    #[serde(default)]
    pub states: Vec<String>,
}

/// Markers made ready to compare with.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    plain: Vec<(String, Status)>,
    patterns: Vec<(regex::Regex, Status)>,
    footnotes: Vec<regex::Regex>,
    totals: Vec<regex::Regex>,
    states: Vec<regex::Regex>,
}

/// Between which values a masked number lies, as its mark says: `<10` is from 0 to under 10. `None` where the
/// mark does not say.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// The least it can be.
    pub low: Option<f64>,
    /// The most it can be.
    pub high: Option<f64>,
}

/// No share of 1 is greater.
const MOST_OF_SHARES: f64 = 1.5;

/// What a mark says of the number that it hides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Said {
    low: Option<f64>,
    high: Option<f64>,
    /// Whether it is written with a percent sign.
    pub percent: bool,
    /// Whether it speaks of how many people there are, not of the number itself (`N<10`).
    pub people: bool,
}

impl Said {
    /// The bounds in the measure's unit, where plain numbers of the column are multiplied by `times`. Beside shares of 1 a
    /// mark may speak of percents all the same (`>95`).
    #[must_use]
    pub fn bounds(self, times: f64) -> Bounds {
        let of_shares = (times - 100.0).abs() < 1e-9;
        let scaled = |n: f64| if self.percent || of_shares && n > MOST_OF_SHARES { n } else { n * times };
        Bounds { low: self.low.map(scaled), high: self.high.map(scaled) }
    }
}

impl Markers {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let texts = [&self.masked, &self.missing, &self.not_applicable, &self.footnotes];
        texts.into_iter().chain([&self.totals, &self.states]).all(|list| list.is_empty())
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
                    ready.patterns.push((pattern_of(pattern)?, status));
                }
                None => ready.plain.push((text.trim().to_lowercase(), status)),
            }
        }
        let patterns = |own: &[String], other: &[String]| {
            own.iter().chain(other).map(|p| pattern_of(p)).collect::<Result<Vec<_>, _>>()
        };
        ready.footnotes = patterns(&self.footnotes, &also.footnotes)?;
        ready.totals = patterns(&self.totals, &also.totals)?;
        ready.states = patterns(&self.states, &also.states)?;
        Ok(ready)
    }
}

fn pattern_of(pattern: &str) -> Result<regex::Regex, regex::Error> {
    super::pattern::pattern_of_any_case(pattern)
}

fn number(parts: &Captures<'_>, name: &str) -> Option<f64> {
    parts.name(name)?.as_str().replace(',', "").parse().ok()
}

impl Reading {
    /// The markers that are numbers, such as −1, with what they mean.
    pub fn numbers(&self) -> impl Iterator<Item = (f64, Status)> + '_ {
        self.plain.iter().filter_map(|(text, status)| Some((text.parse().ok()?, *status)))
    }

    /// Whether `text` names a row that adds up others.
    #[must_use]
    pub fn is_total(&self, text: &str) -> bool {
        self.totals.iter().any(|pattern| pattern.is_match(text.trim()))
    }

    /// Whether `text` is the name of a state.
    #[must_use]
    pub fn is_state(&self, text: &str) -> bool {
        self.states.iter().any(|pattern| pattern.is_match(text.trim()))
    }

    /// `text` without the footnote marks at its end, or `None` where there are none.
    #[must_use]
    pub fn without_footnote<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut bare = text;
        while let Some(mark) = self.footnotes.iter().find_map(|p| p.find(bare)).filter(|m| m.start() > 0) {
            bare = bare[..mark.start()].trim_end();
        }
        (bare.len() < text.len()).then_some(bare)
    }

    /// What `text` marks, or `None` where it is no marker.
    #[must_use]
    pub fn status(&self, text: &str) -> Option<Status> {
        let text = text.trim();
        let plain = self.plain.iter().find(|(marker, _)| marker.eq_ignore_ascii_case(text));
        plain.map(|(_, status)| *status).or_else(|| self.pattern(text).map(|(status, _)| status))
    }

    /// What the mark `text` says of the value that it hides, by the parts `below`, `at_most`, `above`, `at_least`, `from` and
    /// `to`, `people`, `counted` or `fewer`, and `percent` of the pattern that it matches; `None` where it says nothing.
    #[must_use]
    pub fn said(&self, text: &str) -> Option<Said> {
        let (_, parts) = self.pattern(text.trim())?;
        let first = |names: &[&str]| names.iter().find_map(|name| number(&parts, name));
        let has = |names: &[&str]| names.iter().any(|name| parts.name(name).is_some());
        let said = Said {
            low: first(&["above", "at_least", "from"]),
            high: first(&["below", "at_most", "to"]),
            percent: text.contains('%') || has(&["percent", "percent_"]),
            people: has(&["people", "counted", "counted_", "fewer"]),
        };
        (said.high.is_some() || said.low.is_some()).then_some(said)
    }

    /// Whether `text` is a range of numbers. Alone it may be anything: grades, an id, a date.
    #[must_use]
    pub fn is_range(&self, text: &str) -> bool {
        self.pattern(text.trim()).is_some_and(|(_, parts)| parts.name("from").is_some())
    }

    /// The first pattern that `text` matches. A range from a number to one that is not at least two more is none.
    fn pattern<'t>(&self, text: &'t str) -> Option<(Status, Captures<'t>)> {
        self.patterns.iter().filter(|(pattern, _)| pattern.is_match(text)).find_map(|(pattern, status)| {
            let parts = pattern.captures(text)?;
            let is_wide =
                number(&parts, "from").zip(number(&parts, "to")).is_none_or(|(from, to)| to - from >= 2.0);
            is_wide.then_some((*status, parts))
        })
    }
}
