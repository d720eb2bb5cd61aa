//! Markers: cell texts that represent a masked, missing or inapplicable value.

use std::collections::BTreeMap;

use regex::{Captures, Regex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::pattern::pattern_of_any_case;
use crate::domain::Status;

/// Cell texts for masked, missing or inapplicable values, compared after trimming and without case.
///
/// A text may be a plain string (`*`, `N/A`) or, with a leading `~`, a regular expression (`~^[<≤]\s*\d+$`).
/// A layout's markers are tried first, then the catalog's.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Markers {
    /// The publisher hides the value.
    #[serde(default)]
    pub masked: Vec<String>,
    /// Nothing was published.
    #[serde(default)]
    pub missing: Vec<String>,
    /// The value does not apply.
    #[serde(default)]
    pub not_applicable: Vec<String>,
    /// Footnote marks after a number; regular expressions, removed before the number is read.
    #[serde(default)]
    pub footnotes: Vec<String>,
    /// Texts after an amount of money, each with what it is multiplied by: `M` in `$30.0M`.
    #[serde(default)]
    pub amounts: BTreeMap<String, f64>,
    /// Cells with several numbers, which `split` of a column tells apart; regular expressions with parentheses around each
    /// number. The one named `n` is a number of people, and the one named `aside` a change or a margin.
    #[serde(default)]
    pub together: Vec<String>,
    /// Names of total rows (`Total`, `State`): texts in the id or name column.
    #[serde(default)]
    pub totals: Vec<String>,
    /// Names of classes of districts (`Rural`, `Charter Schools`): texts in the name column. A row with such a name is left out
    /// unless it has a number of its own as its id. Regular expressions.
    #[serde(default)]
    pub classes: Vec<String>,
    /// In the school column of a table of schools, the names of the rows about the whole district (`District Wide`).
    /// Regular expressions.
    #[serde(default)]
    pub whole_districts: Vec<String>,
    /// Names of states, which may also be names of districts: a row with such a name is a total row if it has
    /// no id, or an id of zeros. Regular expressions.
    #[serde(default)]
    pub states: Vec<String>,
}

/// Markers in a form that is fast to compare with cells.
#[derive(Debug, Clone, Default)]
pub struct CompiledMarkers {
    plain: Vec<(String, Status)>,
    patterns: Vec<(Regex, Status)>,
    footnotes: Vec<Regex>,
    /// By text in lower case.
    amounts: BTreeMap<String, f64>,
    together: Vec<Regex>,
    totals: Vec<Regex>,
    classes: Vec<Regex>,
    whole_districts: Vec<Regex>,
    states: Vec<Regex>,
}

/// The range of a masked number, according to its marker: `<10` is from 0 to under 10. `None` if the marker
/// does not say.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Bounds {
    /// The lowest possible value.
    pub low: Option<f64>,
    /// The highest possible value.
    pub high: Option<f64>,
}

/// The largest fraction of 1 that a rate can be; some rates are a little more than the whole.
pub(crate) const GREATEST_SHARE: f64 = 1.5;

/// What a marker says about the number that it hides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaskedRange {
    low: Option<f64>,
    high: Option<f64>,
    /// Whether it is written with a percent sign.
    pub percent: bool,
    /// Whether it is about the number of people rather than the number itself (`N<10`).
    pub people: bool,
}

impl MaskedRange {
    /// The bounds in the measure's unit, given that plain numbers in the column are multiplied by `times`. A
    /// marker may give percents even among fractions of 1 (`>95`).
    #[must_use]
    pub fn bounds(self, times: f64) -> Bounds {
        Bounds {
            low: self.low.map(|n| self.scaled(n, times)),
            high: self.high.map(|n| self.scaled(n, times)),
        }
    }

    fn scaled(self, n: f64, times: f64) -> f64 {
        let are_shares = (times - 100.0).abs() < 1e-9;
        if self.percent || are_shares && n > GREATEST_SHARE { n } else { n * times }
    }
}

impl Markers {
    /// Whether there are no markers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let statuses = [&self.masked, &self.missing, &self.not_applicable];
        self.amounts.is_empty() && statuses.into_iter().chain(self.other_patterns()).all(Vec::is_empty)
    }

    /// The regular expressions among them, as written: those of values begin with `~`.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &str> {
        let statuses = [&self.masked, &self.missing, &self.not_applicable];
        let values = statuses.into_iter().flatten().filter(|text| text.starts_with('~'));
        values.chain(self.other_patterns().into_iter().flatten()).map(String::as_str)
    }

    /// The regular expressions that are not about values.
    const fn other_patterns(&self) -> [&Vec<String>; 6] {
        [&self.footnotes, &self.together, &self.totals, &self.classes, &self.whole_districts, &self.states]
    }

    /// These markers, followed by `fallback`, in a form that is fast to compare with cells.
    ///
    /// # Errors
    /// The first regular expression that does not compile.
    pub fn compile(&self, fallback: &Self) -> Result<CompiledMarkers, regex::Error> {
        let mut compiled = CompiledMarkers::default();
        for markers in [self, fallback] {
            compiled.add(&markers.masked, Status::Masked)?;
            compiled.add(&markers.missing, Status::Missing)?;
            compiled.add(&markers.not_applicable, Status::NotApplicable)?;
        }
        compiled.footnotes = compile_all(&self.footnotes, &fallback.footnotes)?;
        for amounts in [&fallback.amounts, &self.amounts] {
            compiled.amounts.extend(amounts.iter().map(|(text, times)| (text.to_lowercase(), *times)));
        }
        compiled.together = compile_all(&self.together, &fallback.together)?;
        compiled.totals = compile_all(&self.totals, &fallback.totals)?;
        compiled.classes = compile_all(&self.classes, &fallback.classes)?;
        compiled.whole_districts = compile_all(&self.whole_districts, &fallback.whole_districts)?;
        compiled.states = compile_all(&self.states, &fallback.states)?;
        Ok(compiled)
    }
}

fn compile_all(own: &[String], fallback: &[String]) -> Result<Vec<Regex>, regex::Error> {
    own.iter().chain(fallback).map(|pattern| pattern_of_any_case(pattern)).collect()
}

/// Whether one of `patterns` matches `text` as it is, or without the brackets and dashes around it.
fn matches_any(patterns: &[Regex], text: &str) -> bool {
    let text = text.trim();
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    patterns.iter().any(|pattern| pattern.is_match(text) || bare.len() < text.len() && pattern.is_match(bare))
}

/// Whether an id is a number that codes for several districts do not have: not all zeros or nines.
fn is_own_number(id: &str) -> bool {
    let is_number =
        id.bytes().any(|byte| byte.is_ascii_digit()) && id.bytes().all(|byte| !byte.is_ascii_alphabetic());
    is_number
        && !id.bytes().filter(u8::is_ascii_digit).all(|byte| byte == b'0')
        && !id.bytes().filter(u8::is_ascii_digit).all(|byte| byte == b'9')
}

fn number(parts: &Captures<'_>, name: &str) -> Option<f64> {
    parts.name(name)?.as_str().replace(',', "").parse().ok()
}

/// The number in the first of these captures that matched.
fn first_number(parts: &Captures<'_>, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| number(parts, name))
}

fn has_any(parts: &Captures<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| parts.name(name).is_some())
}

impl CompiledMarkers {
    /// Adds markers for one status: plain text, or regular expressions with a leading `~`.
    fn add(&mut self, texts: &[String], status: Status) -> Result<(), regex::Error> {
        for text in texts {
            match text.strip_prefix('~') {
                Some(pattern) => self.patterns.push((pattern_of_any_case(pattern)?, status)),
                None => self.plain.push((text.trim().to_lowercase(), status)),
            }
        }
        Ok(())
    }

    /// The markers that are numbers, such as −1, with their meaning.
    pub fn numbers(&self) -> impl Iterator<Item = (f64, Status)> + '_ {
        self.plain.iter().filter_map(|(text, status)| Some((text.parse().ok()?, *status)))
    }

    /// By what an amount of money is multiplied that is followed by `text`; `None` if the text is unknown.
    #[must_use]
    pub fn amount(&self, text: &str) -> Option<f64> {
        self.amounts.get(text.trim().trim_end_matches('.').to_lowercase().as_str()).copied()
    }

    /// The patterns of cells with several numbers.
    #[must_use]
    pub fn together(&self) -> &[Regex] {
        &self.together
    }

    /// Whether `text` is the name of a total row. Brackets and dashes around it are ignored.
    #[must_use]
    pub fn is_total(&self, text: &str) -> bool {
        matches_any(&self.totals, text)
    }

    /// Whether a row with the name `text` and the id `id`, which is empty if no other column has one, is about a class of
    /// districts.
    #[must_use]
    pub fn is_class(&self, text: &str, id: &str) -> bool {
        matches_any(&self.classes, text) && !is_own_number(id.trim())
    }

    /// Whether `text`, as the name of a school, means the whole district. Brackets and dashes around it are ignored.
    #[must_use]
    pub fn is_whole_district(&self, text: &str) -> bool {
        matches_any(&self.whole_districts, text)
    }

    /// Whether `text` is the name of a state. Brackets and dashes around it are ignored.
    #[must_use]
    pub fn is_state(&self, text: &str) -> bool {
        matches_any(&self.states, text)
    }

    /// `text` without footnote marks at its end; `None` if it has none.
    #[must_use]
    pub fn without_footnote<'a>(&self, text: &'a str) -> Option<&'a str> {
        let mut bare = text;
        while let Some(mark) = self.footnotes.iter().find_map(|p| p.find(bare)).filter(|m| m.start() > 0) {
            bare = bare[..mark.start()].trim_end();
        }
        (bare.len() < text.len()).then_some(bare)
    }

    /// The status that `text` represents; `None` if it is not a marker.
    #[must_use]
    pub fn status(&self, text: &str) -> Option<Status> {
        let text = text.trim();
        let plain = self.plain.iter().find(|(marker, _)| marker.eq_ignore_ascii_case(text));
        plain.map(|(_, status)| *status).or_else(|| self.pattern(text).map(|(status, _)| status))
    }

    /// What the marker `text` says about the value that it hides, based on the captures `below`, `at_most`,
    /// `above`, `at_least`, `from` and `to`, `people`, `counted` or `fewer`, and `percent` of the pattern
    /// that it matches; `None` if it says nothing.
    #[must_use]
    pub fn masked_range(&self, text: &str) -> Option<MaskedRange> {
        let (_, parts) = self.pattern(text.trim())?;
        let range = MaskedRange {
            low: first_number(&parts, &["above", "at_least", "from"]),
            high: first_number(&parts, &["below", "at_most", "to"]),
            percent: text.contains('%') || has_any(&parts, &["percent", "percent_"]),
            people: has_any(&parts, &["people", "counted", "counted_", "fewer"]),
        };
        (range.high.is_some() || range.low.is_some()).then_some(range)
    }

    /// Whether `text` is a range of numbers. Out of context it may be anything: grades, an id, a date.
    #[must_use]
    pub fn is_range(&self, text: &str) -> bool {
        self.pattern(text.trim()).is_some_and(|(_, parts)| parts.name("from").is_some())
    }

    /// The first pattern that `text` matches. A range does not match unless its end is at least two more than
    /// its start.
    fn pattern<'t>(&self, text: &'t str) -> Option<(Status, Captures<'t>)> {
        self.patterns.iter().find_map(|(pattern, status)| {
            // Much faster than capturing, and most texts match no pattern.
            if !pattern.is_match(text) {
                return None;
            }
            let parts = pattern.captures(text)?;
            is_wide_range(&parts).then_some((*status, parts))
        })
    }
}

/// Whether the captures `from` and `to` are at least two apart; true if they are absent.
fn is_wide_range(parts: &Captures<'_>) -> bool {
    number(parts, "from").zip(number(parts, "to")).is_none_or(|(from, to)| to - from >= 2.0)
}
