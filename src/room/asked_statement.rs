//! What a feedback form asks about.

/// A statement with which people agree or disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedStatement {
    /// The number by which the form calls it: `W3` for an item of the SWOT, `G1` for a goal.
    pub number: String,
    /// Its words, now or on an earlier form.
    pub words: String,
}
