//! The plan after the retreat: `catalog/plan.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the menu offers, how targets are checked, and how the plan that people fill in is read back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlanSpec {
    /// The fewest districts that a feasible range is based on.
    #[serde(default)]
    pub fewest: usize,
    /// Half the width of the band of similar starts at first, as a share of the distance between the state's quartiles.
    #[serde(default)]
    pub first_band: f64,
    /// The most that it may become.
    #[serde(default)]
    pub widest_band: f64,
    /// How many years after the baseline a target may be.
    #[serde(default)]
    pub longest: i32,
    /// How many years before the baseline the span of similar districts may end.
    #[serde(default)]
    pub back: i32,
    /// How many years older than the newest value of any district a baseline may be.
    #[serde(default)]
    pub oldest: i32,
    /// Empty rows of the sheet of goals.
    #[serde(default)]
    pub rows: u32,
    /// The share of similar districts that must have gained as much for a gain to be typical.
    #[serde(default)]
    pub typical: f64,
    /// The share for it to be ambitious.
    #[serde(default)]
    pub ambitious: f64,
    /// Which share did what the menu calls exceptional.
    #[serde(default)]
    pub exceptional: f64,
    /// The share of the way that a goal behind its target must have come to be approaching it.
    #[serde(default)]
    pub approaching: f64,
    /// Measures that show early whether a plan works.
    #[serde(default)]
    pub leading: Vec<String>,
    /// The measures of the current reality, the most useful first.
    #[serde(default)]
    pub vision: Vec<String>,
    /// How many of them are shown.
    #[serde(default)]
    pub vision_numbers: usize,
    /// How many items of each quadrant are shown with them.
    #[serde(default)]
    pub vision_items: usize,
    /// What is shown about the district at the orientation.
    #[serde(default)]
    pub fact: Vec<DistrictFact>,
    /// The steps of the work.
    #[serde(default)]
    pub step: Vec<PlanStep>,
    /// Words that are explained at the orientation.
    #[serde(default)]
    pub word: Vec<PlanWord>,
    /// What the columns are called, in lowercase and without punctuation.
    #[serde(default)]
    pub headings: BTreeMap<PlanColumn, Vec<String>>,
    /// The words of the headings of targets.
    #[serde(default)]
    pub target_headings: TargetHeadings,
    /// How deadlines are written.
    #[serde(default)]
    pub deadlines: DeadlineWords,
    /// What people write for a target that is not set.
    #[serde(default)]
    pub targets: TargetWords,
    /// The tables that states require.
    #[serde(default)]
    pub state_table: Vec<StateTable>,
    /// What is to be done before the day.
    #[serde(default)]
    pub before: Vec<TaskBefore>,
}

/// A column of the sheet of goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanColumn {
    /// What the district wants, in its own words.
    Goal,
    /// The indicator of the menu that measures it.
    Indicator,
    /// Who is responsible.
    Owner,
    /// When it is to be reached.
    Deadline,
    /// The month in which it is reported.
    ReportMonth,
    /// Anything else.
    Note,
    /// The target of a school year, which its heading names.
    Target,
}

/// The words of the headings of targets, beside those that name a target.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetHeadings {
    /// Words for a goal, which are those of a target only next to a school year.
    #[serde(default)]
    pub aims: Vec<String>,
    /// Words for a year. A small number after one of them counts years.
    #[serde(default)]
    pub years: Vec<String>,
    /// Words that say nothing about the year.
    #[serde(default)]
    pub fillers: Vec<String>,
    /// Words that say that something else than a value is meant.
    #[serde(default)]
    pub others: Vec<String>,
}

/// How people write deadlines.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeadlineWords {
    /// Words before a deadline that mean no more than "by".
    #[serde(default)]
    pub lead: Vec<String>,
    /// Words before a year that do not change which school year it is.
    #[serde(default)]
    pub fillers: Vec<String>,
    /// Words that stand for others.
    #[serde(default)]
    pub same_as: BTreeMap<String, String>,
    /// The forms of dates, as patterns of [`CalendarDate::parse_as`](crate::domain::CalendarDate::parse_as).
    #[serde(default)]
    pub dates: Vec<String>,
    /// The forms of months with their years.
    #[serde(default)]
    pub months: Vec<String>,
}

/// What people write in the cell of a target.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetWords {
    /// For a target that is not set yet.
    #[serde(default)]
    pub open: Vec<String>,
    /// For a percent sign, after the number.
    #[serde(default)]
    pub percent: Vec<String>,
    /// For a dollar sign, after the number.
    #[serde(default)]
    pub dollars: Vec<String>,
}

/// A fact about a district.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictFact {
    /// What it is called.
    pub label: String,
    /// Ids of the measures that can show it, the best first.
    pub measures: Vec<String>,
}

/// A step of the work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlanStep {
    /// Its name.
    pub name: String,
    /// Whether it is the day of the retreat, whose date the project knows.
    #[serde(default)]
    pub is_the_day: bool,
}

/// A word, explained.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWord {
    /// The word.
    pub term: String,
    /// What it means.
    pub meaning: String,
}

/// A table of targets that a state requires.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateTable {
    /// The state's code.
    pub state: String,
    /// What it is about.
    pub title: String,
    /// For how many years targets are set.
    pub years: i32,
    /// The measures in it.
    pub part: Vec<StateTablePart>,
}

/// Measures of a state's table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateTablePart {
    /// Ids of the measures.
    pub measures: Vec<String>,
    /// Their grades, by their codes; empty for all.
    #[serde(default)]
    pub grades: Vec<String>,
    /// Ids of their subjects; empty for all.
    #[serde(default)]
    pub subjects: Vec<String>,
}

impl StateTable {
    /// Whether a measure of a grade and subject is in it.
    #[must_use]
    pub fn has(&self, measure: &str, grade: &str, subject: &str) -> bool {
        self.part.iter().any(|part| {
            part.measures.iter().any(|known| known == measure)
                && is_in(&part.grades, grade)
                && is_in(&part.subjects, subject)
        })
    }
}

/// Whether something is in a list; an empty list contains everything.
fn is_in(all: &[String], one: &str) -> bool {
    all.is_empty() || all.iter().any(|known| known == one)
}

/// Something to be done before the day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskBefore {
    /// How many days before it.
    pub days: u32,
    /// What.
    pub what: String,
}

impl PlanSpec {
    /// The column with this heading, in lowercase and without punctuation; `None` if it is none, or the target of a year.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<PlanColumn> {
        let named = self.headings.iter().filter(|(column, _)| **column != PlanColumn::Target);
        let mut known = named.filter(|(_, names)| names.iter().any(|name| name == heading));
        known.next().map(|(column, _)| *column)
    }

    /// The place of a heading among the names of its column.
    #[must_use]
    pub fn place_of(&self, column: PlanColumn, heading: &str) -> usize {
        let names = self.headings.get(&column).into_iter().flatten();
        names.take_while(|name| *name != heading).count()
    }

    /// Whether a word of a heading means a target.
    #[must_use]
    pub fn is_target(&self, word: &str) -> bool {
        self.headings.get(&PlanColumn::Target).is_some_and(|names| names.iter().any(|name| name == word))
    }
}
