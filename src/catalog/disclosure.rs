//! Rates that tell of nearly everybody: `catalog/disclosure.toml`.

use serde::Deserialize;

/// What is withheld of rates that are not public, beside what rests on too few.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosureSpec {
    /// Ends of the range of rates that may be shown, for groups of some size and more; from the largest down.
    pub cap: Vec<Cap>,
    /// Measures that are the parts of one whole.
    #[serde(default)]
    pub whole: Vec<Whole>,
}

/// Percents of the same people that come to 100 (the levels of a test), or each of which counts some of those of the one before
/// (at a level and above).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// Ids of the measures; nested ones from the one that counts most.
    pub parts: Vec<String>,
    /// Whether each counts some of those of the one before.
    #[serde(default)]
    pub nested: bool,
}

/// Between which rates a rate may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cap {
    /// The fewest people it is for.
    pub at_least: u32,
    /// Lowest rate shown, in percent.
    pub low: f64,
    /// Highest rate shown, in percent.
    pub high: f64,
}

impl DisclosureSpec {
    /// Whether a rate, in percent, that rests on `n` people is so near 0 or 100 that it is not shown.
    #[must_use]
    pub fn is_near_an_end(&self, rate: f64, n: f64) -> bool {
        let cap = self.cap.iter().find(|cap| n >= f64::from(cap.at_least));
        cap.is_some_and(|cap| rate < cap.low || rate > cap.high)
    }
}
