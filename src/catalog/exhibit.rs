//! Which exhibits a pack has, in which order, and what they show: `charts/exhibits/DOMAIN.toml`.

use serde::Deserialize;

use super::{Measure, SurveyView};

/// The specification of one exhibit. If the data has nothing to show in it, it is left out and reported.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExhibitSpec {
    /// Stable kebab-case id, unique over all domains; also its file name.
    pub id: String,
    /// Domain id.
    pub domain: String,
    /// Short code (`L3`): one of its domain's letters, and a number. Without one, it gets the next free number.
    #[serde(default)]
    pub code: String,
    /// Whether it is shown on the day.
    #[serde(default)]
    pub core: bool,
    /// What it is about, as a neutral question; without one, its title.
    #[serde(default)]
    pub topic: String,
    /// What is drawn, in neutral words (`Enrollment by year`); the finding is a sentence of its own.
    pub title: String,
    /// The kind of chart.
    pub kind: FigureKind,
    /// The small charts of `panels`, in order.
    #[serde(default)]
    pub panel: Vec<PanelSpec>,
    /// What changes the meaning of the numbers; shown on the chart.
    #[serde(default)]
    pub caveat: String,
    /// Measure ids. One for `line`, `dots`, `slope` and split figures; several for `heat`, `stacked`, and
    /// `bars` without a split. If the kind takes only one, the first with data is shown.
    #[serde(default)]
    pub measures: Vec<String>,
    /// What the figure is split by.
    #[serde(default)]
    pub split: Split,
    /// The values of the split, in order; empty means all values in the data. Without a split, the subjects that a `heat` shows for a
    /// measure without a value for all subjects.
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
    /// Several subjects instead: the first with data is shown.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Whether a `line` includes the projection, if there is one.
    #[serde(default)]
    pub projection: bool,
    /// Whether `stacked` shows only the first and the last year.
    #[serde(default)]
    pub ends: bool,
    /// The measure that the parts of `stacked` add up to; the rest is drawn as other. Percents add up to 100 without it.
    #[serde(default)]
    pub whole: Option<String>,
    /// The measure whose values are shown next to those of bars, instead of the peers' median.
    #[serde(default)]
    pub beside: Option<BesideSpec>,
    /// What `survey` shows.
    #[serde(default)]
    pub survey: Option<SurveyView>,
    /// The group of respondents whose items `survey` shows.
    #[serde(default)]
    pub respondents: Option<String>,
    /// The maximum number of years shown, counted from the latest.
    #[serde(default = "ten")]
    pub years: usize,
    /// Where to look first, as a question about what is drawn.
    #[serde(default)]
    pub notice: String,
    /// A question for discussion.
    pub wonder: String,
    /// Words under which people look for it, in addition to those of its domain.
    #[serde(default)]
    pub search: Vec<String>,
    /// The small charts of `panels`, each as an exhibit of its own.
    #[serde(skip)]
    pub panels: Vec<ExhibitSpec>,
    /// Whether it is one of the small charts of another.
    #[serde(skip)]
    pub is_panel: bool,
    /// What is shown instead if there is nothing to show in it; the first with data.
    #[serde(skip)]
    pub otherwise: Vec<ExhibitSpec>,
}

/// `[[exhibit.panel]]`: one of the small charts of an exhibit of kind `panels`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PanelSpec {
    /// What it shows (`English learners`).
    pub title: String,
    /// Measure ids; the first with data is shown.
    pub measures: Vec<String>,
    /// Student group.
    #[serde(default = "everybody")]
    pub group: String,
    /// Grades; the first with data is shown.
    #[serde(default)]
    pub grades: Vec<String>,
    /// Subjects; the first with data is shown.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Whether it includes the projection, if there is one.
    #[serde(default)]
    pub projection: bool,
}

/// `[exhibit.beside]`: another measure shown next to that of the bars, for the same groups and the same year.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BesideSpec {
    /// Its id.
    pub measure: String,
    /// What the bars of the exhibit's own measure are called (`Teachers`).
    pub own: String,
    /// What its bars are called (`Students`).
    pub label: String,
}

impl ExhibitSpec {
    /// The small chart of a panel, with its alternatives.
    fn of_panel(&self, panel: &PanelSpec) -> Self {
        let mut charts = Vec::new();
        for grade in or_everybody(&panel.grades) {
            for subject in or_everybody(&panel.subjects) {
                charts.push(Self {
                    title: panel.title.clone(),
                    kind: if self.years == 1 { FigureKind::Dots } else { FigureKind::Line },
                    measures: panel.measures.clone(),
                    group: panel.group.clone(),
                    grade: grade.clone(),
                    subject: subject.clone(),
                    projection: panel.projection,
                    panel: Vec::new(),
                    panels: Vec::new(),
                    is_panel: true,
                    ..self.clone()
                });
            }
        }
        charts.into_iter().reduce(Self::or).map_or_else(|| self.clone(), Self::or_without_projection)
    }

    /// This exhibit, and if it has nothing to show, `other`.
    fn or(mut self, other: Self) -> Self {
        self.otherwise.push(other);
        self
    }

    /// This exhibit, and if there is no projection, what is known.
    fn or_without_projection(self) -> Self {
        let other = Self { projection: false, otherwise: Vec::new(), ..self.clone() };
        if self.projection { self.or(other) } else { self }
    }

    /// Completes what other keys imply: the topic, the small charts, and what is shown instead if there is nothing to show.
    pub(super) fn complete(&mut self) {
        if self.topic.is_empty() {
            self.topic.clone_from(&self.title);
        }
        self.panels = self.panel.iter().map(|panel| self.of_panel(panel)).collect();
        for id in self.panel.iter().flat_map(|panel| &panel.measures) {
            if !self.measures.contains(id) {
                self.measures.push(id.clone());
            }
        }
        if let [first, others @ ..] = self.subjects.clone().as_slice() {
            self.subject.clone_from(first);
            self.subjects.clear();
            for subject in others {
                let other = Self { subject: subject.clone(), otherwise: Vec::new(), ..self.clone() };
                self.otherwise.push(other);
            }
        }
        *self = self.clone().or_without_projection();
    }
}

/// The values, or the value for everybody if there are none.
fn or_everybody(values: &[String]) -> Vec<String> {
    if values.is_empty() { vec![everybody()] } else { values.to_vec() }
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
    pub wonder: String,
}

impl EachOwnSpec {
    /// The exhibit of a measure.
    #[must_use]
    pub fn exhibit_of(&self, measure: &Measure) -> ExhibitSpec {
        let whole = ExhibitSpec {
            id: measure.id.clone(),
            domain: measure.domain.clone(),
            code: String::new(),
            core: false,
            topic: self.title.replace("{measure}", &measure.label),
            title: self.title.replace("{measure}", &measure.label),
            kind: self.kind,
            panel: Vec::new(),
            panels: Vec::new(),
            is_panel: false,
            caveat: String::new(),
            measures: vec![measure.id.clone()],
            split: Split::None,
            values: Vec::new(),
            group: everybody(),
            grade: everybody(),
            subject: everybody(),
            subjects: Vec::new(),
            projection: false,
            ends: false,
            whole: None,
            beside: None,
            survey: None,
            respondents: None,
            years: self.years,
            notice: String::new(),
            search: Vec::new(),
            wonder: self.wonder.clone(),
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
    /// The same, with the peers' median as a bar of its own.
    Pairs,
    /// The same as bars, upright: for grades.
    Columns,
    /// Measures by years, shaded by rank among the peers.
    Heat,
    /// The peers by the matching variables, shaded by distance from the district; takes no measures.
    Peers,
    /// Grades and subjects by years, as differences from the peers' median; `values` are the subjects.
    Differences,
    /// Small charts side by side, each of one series: lines, or dots if `years` is 1.
    Panels,
    /// Schools by measure, latest year, shaded where a school clearly differs from the schools of its type.
    SchoolHeat,
    /// The schools of each type as dots on one axis, latest year.
    SchoolDots,
    /// The schools of one type over the years, each in a small chart.
    SchoolLines,
    /// The students of each school, next to its capacity.
    SchoolCapacity,
    /// What people say in surveys; takes no measures, and `survey` says what is shown.
    Survey,
}

impl FigureKind {
    /// Whether it shows single schools of the district.
    #[must_use]
    pub const fn is_of_schools(self) -> bool {
        matches!(self, Self::SchoolHeat | Self::SchoolDots | Self::SchoolLines | Self::SchoolCapacity)
    }

    /// Whether `values` are subjects if there is no split.
    #[must_use]
    pub const fn takes_subjects(self) -> bool {
        self.is_of_schools() || matches!(self, Self::Differences | Self::Heat)
    }
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
