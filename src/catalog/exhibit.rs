//! Which exhibits a pack has, in which order, and what they show: `charts/exhibits/DOMAIN.toml`.

use serde::Deserialize;

use super::Measure;

/// The specification of one exhibit. If the data has nothing to show in it, it is left out and reported.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExhibitSpec {
    /// Stable kebab-case id, unique over all domains; also its file name.
    pub id: String,
    /// Domain id.
    pub domain: String,
    /// A neutral title (`Enrollment by year`); the finding is a sentence of its own.
    pub title: String,
    /// The kind of chart.
    pub kind: FigureKind,
    /// Measure ids. One for `line`, `dots`, `slope` and split figures; several for `heat`, `stacked`, and
    /// `bars` without a split. If the kind takes only one, the first with data is shown.
    #[serde(default)]
    pub measures: Vec<String>,
    /// What the figure is split by.
    #[serde(default)]
    pub split: Split,
    /// The values of the split, in order; empty means all values in the data.
    #[serde(default)]
    pub values: Vec<String>,
    /// Student group shown if the figure is not split by group.
    #[serde(default = "everybody")]
    pub group: String,
    /// Grade shown if the figure is not split by grade.
    #[serde(default = "everybody")]
    pub grade: String,
    /// Subject shown if the figure is not split by subject.
    #[serde(default = "everybody")]
    pub subject: String,
    /// Whether a `line` includes the projection; without a projection, such an exhibit is left out.
    #[serde(default)]
    pub projection: bool,
    /// The maximum number of years shown, counted from the latest.
    #[serde(default = "ten")]
    pub years: usize,
    /// A question for discussion.
    pub question: String,
    /// What is shown instead if there is nothing to show in it; the first with data.
    #[serde(skip)]
    pub otherwise: Vec<ExhibitSpec>,
}

/// `[[each-own]]`: an exhibit for each measure of a project's own catalog that no other exhibit names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EachOwnSpec {
    /// Its title, with the measure's label in place of `{measure}`.
    pub title: String,
    /// The kind of chart.
    pub kind: FigureKind,
    /// What it is split by if the measure has no value for everybody; the first with data.
    #[serde(default)]
    pub or_split: Vec<Split>,
    /// The maximum number of years shown, counted from the latest.
    #[serde(default = "ten")]
    pub years: usize,
    /// A question for discussion.
    pub question: String,
}

impl EachOwnSpec {
    /// The exhibit of a measure.
    #[must_use]
    pub fn exhibit_of(&self, measure: &Measure) -> ExhibitSpec {
        let whole = ExhibitSpec {
            id: measure.id.clone(),
            domain: measure.domain.clone(),
            title: self.title.replace("{measure}", &measure.label),
            kind: self.kind,
            measures: vec![measure.id.clone()],
            split: Split::None,
            values: Vec::new(),
            group: everybody(),
            grade: everybody(),
            subject: everybody(),
            projection: false,
            years: self.years,
            question: self.question.clone(),
            otherwise: Vec::new(),
        };
        let mut otherwise = Vec::new();
        for split in &self.or_split {
            otherwise.push(ExhibitSpec { split: *split, ..whole.clone() });
        }
        ExhibitSpec { otherwise, ..whole }
    }
}

/// Kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// A line over the years, with a band for the middle half of the peers and their median.
    Line,
    /// The district and each of its peers as dots on one axis, latest year.
    Dots,
    /// First and last year for each value of the split, joined by a line.
    Slope,
    /// Parts of a whole, stacked, by year.
    Stacked,
    /// A bar for each value of the split or measure, with the peers' median marked, latest year.
    Bars,
    /// Measures by years, shaded by rank among the peers.
    Heat,
    /// The peers by the matching variables, shaded by distance from the district; takes no measures.
    Peers,
}

/// What a figure is split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// Not split: one series per measure.
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
#[serde(rename_all = "kebab-case")]
pub(super) struct ExhibitFile {
    #[serde(default)]
    pub(super) exhibit: Vec<ExhibitSpec>,
    #[serde(default)]
    pub(super) each_own: Vec<EachOwnSpec>,
}
