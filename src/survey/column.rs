//! A column of a table and what it means.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cell_profile::CellProfile;
use super::graded_subject::GradedSubject;
use super::line_item::LineItem;
use super::line_numbers::LineColumn;
use super::numeric_fit::NumericFit;
use super::own_measure::OwnMeasure;
use super::parsed_name::ParsedName;
use super::year_mention::YearMention;
use crate::catalog::{Measure, Role, SplitPart, Stat};
use crate::domain::ALL;

/// A column of a table and what it means.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Its column in the sheet, from 0.
    pub column: u32,
    /// Its letters in the spreadsheet.
    pub letters: String,
    /// Its name, the texts of several header rows joined.
    pub name: String,
    /// Which of several columns with this name, from 1; `None` if the name is unique.
    pub occurrence: Option<usize>,
    /// Its name, parsed.
    #[serde(skip)]
    pub(super) parsed: ParsedName,
    /// What its cells contain.
    pub cells: CellProfile,
    /// What it means.
    #[serde(rename = "reading")]
    pub meaning: ColumnMeaning,
    /// The reason, in words.
    pub why: String,
    /// If it names the measure of each row: its texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<LineItem>,
    /// The names of the columns whose numbers are added up to its measure, itself among them; if it is not read, of those that
    /// may have to be. Empty if its numbers are the measure's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<String>,
    /// What the numbers in each cell are; `None` if there is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<ColumnSplit>,
    /// If it names the subject of each row: the texts that name a grade too, and what they mean.
    #[serde(skip)]
    pub(super) graded: BTreeMap<String, GradedSubject>,
}

impl Column {
    /// The measure that it contains.
    pub(super) fn measure(&self) -> Option<&MeasureColumn> {
        match &self.meaning {
            ColumnMeaning::Measure(measure) => Some(measure),
            _ => None,
        }
    }

    /// It as a column with values of lines.
    pub(super) fn line_column(&self) -> LineColumn {
        let parts = self.split.as_ref().map_or(&[][..], |split| &split.parts);
        LineColumn { column: self.column, part: parts.iter().position(|part| *part == SplitPart::Value) }
    }

    /// Whether it says what a row is about.
    pub(super) const fn is_label(&self) -> bool {
        matches!(self.meaning, ColumnMeaning::Role(_) | ColumnMeaning::Attribute(_))
    }

    /// Whether its numbers are added to those of another column.
    pub(super) const fn is_added(&self) -> bool {
        matches!(self.meaning, ColumnMeaning::AddedTo(_))
    }

    pub(super) const fn is_unread(&self) -> bool {
        matches!(self.meaning, ColumnMeaning::Unread(_))
    }

    /// Whether some of its numbers are written with a percent sign, and others are not.
    pub(super) const fn has_percents_and_others(&self) -> bool {
        self.cells.percents > 0 && self.cells.percents < self.cells.numbers.len()
    }

    /// Whether it is numeric and has no meaning yet.
    pub(super) const fn is_open(&self) -> bool {
        self.is_unread() && !self.cells.numbers.is_empty()
    }

    /// What it says about its rows; `None` if it holds values.
    pub(super) const fn role(&self) -> Option<Role> {
        match self.meaning {
            ColumnMeaning::Role(role) => Some(role),
            _ => None,
        }
    }

    /// Marks it as not read; `nearest` is the measure with the most similar name.
    pub(super) fn leave_unread(&mut self, nearest: Option<String>, why: String) {
        self.meaning = ColumnMeaning::Unread(nearest);
        self.why = why;
    }
}

/// What the numbers in each cell of a column are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnSplit {
    /// Each of them, in order, if the column holds rates.
    pub parts: Vec<SplitPart>,
    /// A cell, as an example.
    pub shown: String,
    /// Whether it is unknown what a number is that is not read.
    pub is_open: bool,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnMeaning {
    /// It says what each row is about.
    Role(Role),
    /// It contains an attribute of districts, given by the attribute's id.
    Attribute(String),
    /// It contains a measure.
    Measure(Box<MeasureColumn>),
    /// Its numbers are added to those of the column with this name.
    AddedTo(String),
    /// It is not read. The id is that of the measure with the most similar name; `None` if none is similar.
    Unread(Option<String>),
}

/// The measure that a column contains.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureColumn {
    /// Its id; `None` if another column names it.
    pub measure: Option<String>,
    /// Student group.
    pub group: String,
    /// Grade.
    pub grade: String,
    /// Subject.
    pub subject: String,
    /// End of the school year in the column's name; `None` if the name has no year.
    pub year: Option<i32>,
    /// That year as written in the name.
    #[serde(skip)]
    pub(super) year_mention: Option<YearMention>,
    /// What the number is.
    #[serde(serialize_with = "stat_id")]
    pub stat: Stat,
    /// The factor for the numbers; `None` if they are in the measure's unit.
    pub times: Option<f64>,
    /// The confidence in the match, 0 to 1.
    pub score: f64,
    /// Negative codes among its numbers.
    pub codes: Vec<f64>,
    /// The name of the column that is the rate's denominator and also has a measure of its own.
    #[serde(skip)]
    pub(super) weight: Option<String>,
    /// The measure, if it is one of the project's own; `None` if the catalog has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<Box<OwnMeasure>>,
}

fn stat_id<S: serde::Serializer>(stat: &Stat, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match stat {
        Stat::Value => "value",
        Stat::Numerator => "numerator",
        Stat::Denominator => "denominator",
    })
}

/// What the numbers of a column are about; columns with equal content repeat each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnContent {
    pub(super) measure: Option<String>,
    /// Group, grade and subject.
    pub(super) breakdown: [String; 3],
    /// End of the school year.
    pub(super) year: Option<i32>,
    pub(super) stat: Stat,
}

impl MeasureColumn {
    /// The measure of a column whose name matches with this `score` and whose numbers fit; the number is its
    /// `stat`.
    pub(super) fn new(name: &ParsedName, measure: &Measure, stat: Stat, score: f64, fit: NumericFit) -> Self {
        let [group, grade, subject] = name.breakdown();
        Self {
            measure: Some(measure.id.clone()),
            group,
            grade,
            subject,
            year: name.year_end(),
            year_mention: name.year.clone(),
            stat,
            times: fit.times,
            score,
            codes: fit.codes,
            weight: None,
            own: None,
        }
    }

    /// The column of values in a table whose rows name their measures, groups, grades and subjects.
    pub(super) fn of_row_values(name: &ParsedName, times: Option<f64>) -> Self {
        Self {
            measure: None,
            group: ALL.to_owned(),
            grade: ALL.to_owned(),
            subject: ALL.to_owned(),
            year: name.year_end(),
            year_mention: name.year.clone(),
            stat: Stat::Value,
            times,
            score: 1.0,
            codes: Vec::new(),
            weight: None,
            own: None,
        }
    }

    /// The column of one of the district's own indicators. Its whole name is the indicator's, so it is about everybody.
    pub(super) fn of_own(name: &ParsedName, own: OwnMeasure) -> Self {
        Self {
            measure: Some(own.id.clone()),
            own: Some(Box::new(own.clone())),
            ..Self::of_row_values(name, own.is_share.then_some(100.0))
        }
    }

    /// The column of this rate's numerator or denominator.
    pub(super) fn part(&self, stat: Stat) -> Self {
        Self { stat, times: None, codes: Vec::new(), weight: None, ..self.clone() }
    }

    pub(super) fn breakdown(&self) -> [String; 3] {
        [&self.group, &self.grade, &self.subject].map(String::clone)
    }

    /// Whether it has the values of all students, grades and subjects.
    pub(super) fn is_of_everybody(&self) -> bool {
        self.stat == Stat::Value && self.breakdown().iter().all(|id| id == ALL)
    }

    pub(super) fn content(&self) -> ColumnContent {
        ColumnContent {
            measure: self.measure.clone(),
            breakdown: self.breakdown(),
            year: self.year,
            stat: self.stat,
        }
    }

    /// The school year in the column's name, as written.
    pub(super) fn year_text(&self) -> Option<&str> {
        self.year_mention.as_ref().map(|mention| mention.text.as_str())
    }

    /// Whether the numbers are fractions of 1 that must be converted to percents.
    pub(super) fn is_share(&self) -> bool {
        self.times.is_some_and(|times| (times - 100.0).abs() < 1e-9)
    }

    /// Whether the numbers are percents although most of them are at most 1.
    pub(super) fn is_small_percent(&self) -> bool {
        self.times.is_some_and(|times| (times - 1.0).abs() < 1e-9)
    }

    /// The factor for the numbers, if they are amounts in thousands or millions.
    pub(super) fn times_of_amount(&self) -> Option<f64> {
        self.times.filter(|_| !self.is_share() && !self.is_small_percent())
    }
}
