//! What `retreat.toml` says.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::catalog::{DayChoice, LayoutBreak, PeersChoice, SurveyChoice, Target};
use crate::domain::PaperSize;

/// `retreat.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    /// The retreat.
    pub retreat: Retreat,
    /// The spreadsheets; a later one's values take the place of an earlier one's.
    #[serde(default, rename = "source")]
    pub sources: Vec<SourceSpec>,
    /// Surveys of the district: raw answers, one row an answer.
    #[serde(default, rename = "survey")]
    pub surveys: Vec<SurveyChoice>,
    /// Districts that merged, split or changed their id.
    #[serde(default)]
    pub districts: DistrictsChoice,
    /// The schools of the district.
    #[serde(default)]
    pub schools: SchoolsChoice,
    /// Years from which a measure is not compared with earlier years, beside those of the catalog and the layouts.
    #[serde(default, rename = "break")]
    pub breaks: Vec<LayoutBreak>,
    /// How peers are chosen.
    #[serde(default)]
    pub peers: PeersChoice,
    /// Privacy.
    #[serde(default)]
    pub privacy: Privacy,
    /// Thresholds by `RULE.NAME`.
    #[serde(default)]
    pub thresholds: BTreeMap<String, f64>,
    /// Targets by measure.
    #[serde(default)]
    pub targets: BTreeMap<String, Target>,
    /// What is different about the day.
    #[serde(default)]
    pub day: DayChoice,
    /// The feedback on the consensus.
    #[serde(default)]
    pub feedback: FeedbackChoice,
    /// The feedback on the draft plan.
    #[serde(default, rename = "plan-feedback")]
    pub plan_feedback: PlanFeedbackChoice,
    /// What the pack contains.
    #[serde(default)]
    pub pack: PackChoice,
    /// How the deck looks.
    #[serde(default)]
    pub deck: DeckChoice,
    /// The project's own templates for page and paper.
    #[serde(default)]
    pub templates: TemplatesChoice,
}

/// `[feedback]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackChoice {
    /// How many people of each group are asked (`catalog/room.toml`, `[respondents]`); `all` for all together.
    #[serde(default)]
    pub invited: BTreeMap<String, u32>,
    /// What answers mean that the program does not know, such as numbers: `agree`, `disagree`, or `not sure`.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// Which group answers mean that the program does not know, such as numbers.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
    /// By when they should answer, as the slides say it (`March 14`).
    pub until: Option<String>,
    /// Where the form is, as the slides say it.
    pub link: Option<String>,
}

/// `[plan-feedback]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFeedbackChoice {
    /// How many people of each group are asked; `all` for all together.
    #[serde(default)]
    pub invited: BTreeMap<String, u32>,
    /// What answers mean that the program does not know, such as numbers: `agree`, `disagree`, or `not sure`.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
    /// Which group answers mean that the program does not know, such as numbers.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
}

/// The sources alone, where the rest of the project file is at fault.
#[derive(Debug, Deserialize)]
pub(super) struct SourceList {
    #[serde(default, rename = "source")]
    pub(super) sources: Vec<SourceSpec>,
}

/// `[retreat]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retreat {
    /// Title of the day.
    pub title: String,
    /// Id of the district, in any spelling.
    pub district: String,
    /// The state of the district, by its code (`NJ`) or name: its new tests and definitions break series. `none` if it is in no
    /// state of the catalog. Absent, it is the state that the files or their layouts say.
    #[serde(default)]
    pub state: Option<String>,
    /// Whether the files have all districts of the state. Absent, they do if they have nearly as many as the catalog counts.
    #[serde(default, rename = "whole-state")]
    pub whole_state: Option<bool>,
    /// The school year, by the year in which it ends, since which changes are shown beside those since the first year (2019:
    /// the last before the pandemic).
    #[serde(default, rename = "base-year")]
    pub base_year: Option<i32>,
}

/// `[[source]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {
    /// Path relative to the project; `*`, `?`, `[…]` are wildcards, `${NAME}` an environment variable.
    pub path: String,
    /// Id of a layout of the catalog, or path of a layout file of the project.
    pub layout: String,
    /// The school year of the files, by the year in which it ends, where neither they nor their names say it (or say
    /// it wrongly); it takes the place of the layout's `[year]`.
    pub year: Option<i32>,
}

/// `[districts]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictsChoice {
    /// Path of a table of districts that merged, split or changed their id, relative to the project: columns
    /// `from_id`, `to_id`, `school_year`, `note`.
    pub crosswalk: Option<String>,
}

/// `[schools]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolsChoice {
    /// Path of a table of schools that merged, split or changed their id, relative to the project: columns `from_id`,
    /// `to_id`, `school_year`, `note`.
    pub crosswalk: Option<String>,
    /// The students that each school has room for, by its id or name.
    #[serde(default)]
    pub capacity: BTreeMap<String, f64>,
    /// Whether they are also compared with similar schools of other districts. That takes time and memory for all schools of the state.
    #[serde(default)]
    pub state: bool,
}

/// `[privacy]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Privacy {
    /// Values based on fewer people are withheld, unless already public; at least 3.
    pub smallest_group: Option<u32>,
}

/// `[pack]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackChoice {
    /// Formats of the pack; where absent, all but PDF.
    pub formats: Option<Vec<String>>,
    /// The paper of the documents to print (`letter` or `a4`); letter where absent.
    pub paper: Option<String>,
}

impl PackChoice {
    /// The paper of the documents to print.
    #[must_use]
    pub fn paper_size(&self) -> PaperSize {
        self.paper.as_deref().and_then(PaperSize::named).unwrap_or_default()
    }
}

/// `[deck]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckChoice {
    /// A PowerPoint file, relative to the project, whose theme, masters, layouts and slide size the deck takes.
    pub template: Option<String>,
}

/// `[templates]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplatesChoice {
    /// The folder of the project's own templates, relative to the project. Those in it take the place of the program's
    /// templates with the same names.
    pub folder: Option<String>,
}
