//! Which exhibits a pack has, in which order, showing what: `charts/exhibits/DOMAIN.toml`.

use serde::Deserialize;

/// One exhibit's specification. It is left out, and the report says so, where the data has nothing to show in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExhibitSpec {
    /// Stable kebab-case id, unique over all domains; the file's name.
    pub id: String,
    /// Domain id.
    pub domain: String,
    /// What is shown, neutrally (`Enrollment by year`); the headline says the finding.
    pub title: String,
    /// The chart's kind.
    pub kind: FigureKind,
    /// Measure ids. One for `line`, `dots`, `slope` and split figures; several for `heat`, `stacked`, `bars`
    /// without a split. The first that the data has is the one shown where the kind takes one.
    #[serde(default)]
    pub measures: Vec<String>,
    /// What the figure is split by.
    #[serde(default)]
    pub split: Split,
    /// The values of the split, in order; empty for all that the data has.
    #[serde(default)]
    pub values: Vec<String>,
    /// Student group shown where not split by group.
    #[serde(default = "everybody")]
    pub group: String,
    /// Grade shown where not split by grade.
    #[serde(default = "everybody")]
    pub grade: String,
    /// Subject shown where not split by subject.
    #[serde(default = "everybody")]
    pub subject: String,
    /// Whether a `line` includes the projection; such an exhibit is left out where there is none.
    #[serde(default)]
    pub projection: bool,
    /// At most this many of the latest years.
    #[serde(default = "ten")]
    pub years: usize,
    /// A question for discussion.
    pub question: String,
}

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// A line over the years, with the band of the peers' middle half and their median.
    Line,
    /// The district and each of its peers as dots on one axis, latest year.
    Dots,
    /// First and last year of each split value joined by a line.
    Slope,
    /// Parts of a whole, stacked, by year.
    Stacked,
    /// A bar for each split value or measure, with the peers' median marked, latest year.
    Bars,
    /// Measures by years, shaded by the place among the peers.
    Heat,
    /// The peers by the matching variables, shaded by how far each is from the district; names no measures.
    Peers,
}

/// What a figure is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// Not split: one series a measure.
    #[default]
    None,
    /// By student group.
    Group,
    /// By grade.
    Grade,
    /// By subject.
    Subject,
}

fn everybody() -> String {
    crate::domain::ALL.to_owned()
}

const fn ten() -> usize {
    10
}

/// A file of exhibits.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExhibitFile {
    pub(super) exhibit: Vec<ExhibitSpec>,
}
