//! Synonyms: what people call the columns of their spreadsheets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `catalog/synonyms.toml`. Names are compared word by word: see there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Synonyms {
    /// Word → the word it stands for, both in lower case.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// What it means when a name has words besides those of a spelling.
    #[serde(default)]
    pub left_over: LeftOver,
    /// What is removed from a name before it is compared.
    #[serde(default)]
    pub find: FindPatterns,
    /// Texts that mean everybody, in a column of groups, grades or subjects.
    #[serde(default)]
    pub all: TextList,
    /// Names of columns that count the people behind a rate.
    #[serde(default)]
    pub stats: StatNames,
    /// Names of columns that say what a row is about.
    #[serde(default)]
    pub roles: BTreeMap<Role, Vec<String>>,
    /// Texts in a column of row types.
    #[serde(default)]
    pub row_types: RowTypes,
    /// Words of a file's name that say how final it is.
    #[serde(default)]
    pub editions: Editions,
    /// Attribute id → names of its column.
    #[serde(default)]
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Columns that are never read.
    #[serde(default)]
    pub unread: NameList,
    /// Measure id → names of its column.
    #[serde(default, rename = "measure")]
    pub measures: BTreeMap<String, MeasureNames>,
}

/// Words of a name that are not of the spelling, by what they say of the number.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeftOver {
    /// Ignored in names and spellings alike.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Say nothing that matters.
    #[serde(default)]
    pub harmless: Vec<String>,
    /// Say nothing at all, not even whom or what the number is about.
    #[serde(default)]
    pub silent: Vec<String>,
    /// Make it another number than the one named.
    #[serde(default)]
    pub other: Vec<String>,
    /// Say that the number is in thousands.
    #[serde(default)]
    pub thousands: Vec<String>,
    /// Say that the number is in millions.
    #[serde(default)]
    pub millions: Vec<String>,
    /// Say that the number is a percent or a rate.
    #[serde(default)]
    pub percent: Vec<String>,
    /// Say that the number is a count.
    #[serde(default)]
    pub number: Vec<String>,
    /// Say that the number is an amount of money.
    #[serde(default)]
    pub money: Vec<String>,
    /// Say that the number is one for each of something.
    #[serde(default)]
    pub per: Vec<String>,
}

/// Regular expressions over a name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindPatterns {
    /// With the named capture `year`.
    #[serde(default)]
    pub year: Vec<String>,
    /// Say of a text that a lone year in it is one in which a school year begins.
    #[serde(default)]
    pub begins: Vec<String>,
    /// Say of a title that the amounts below it are in thousands.
    #[serde(default)]
    pub thousands: Vec<String>,
    /// Say of a title that the amounts below it are in millions.
    #[serde(default)]
    pub millions: Vec<String>,
    /// Say of the text before a date that it is the date of the report.
    #[serde(default)]
    pub made: Vec<String>,
    /// With the named capture `grade`.
    #[serde(default)]
    pub grade: Vec<String>,
}

/// A list of cell texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextList {
    /// The texts.
    pub texts: Vec<String>,
}

/// A list of column names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameList {
    /// The names.
    pub names: Vec<String>,
}

/// Names of columns that belong to the rate beside them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StatNames {
    /// The denominator of the rate.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// The numerator of the rate.
    #[serde(default)]
    pub numerator: Vec<String>,
    /// Words that make a denominator of a rate's own name.
    #[serde(default)]
    pub denominator_words: Vec<String>,
    /// Words that make a numerator of a rate's own name.
    #[serde(default)]
    pub numerator_words: Vec<String>,
}

/// Texts that say what a row is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowTypes {
    /// A district.
    #[serde(default)]
    pub district: Vec<String>,
    /// A school.
    #[serde(default)]
    pub school: Vec<String>,
}

/// Words of a file's name, in lower case, that say which of several editions of the same figures it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Editions {
    /// It comes before the others.
    #[serde(default)]
    pub preliminary: Vec<String>,
    /// It comes after the others.
    #[serde(default)]
    pub revised: Vec<String>,
}

impl Editions {
    /// Which edition a file of this name is: negative for a preliminary one, positive for a final or revised one.
    #[must_use]
    pub fn rank(&self, file: &str) -> i8 {
        let lower = file.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        i8::from(has_any(&words, &self.revised)) - i8::from(has_any(&words, &self.preliminary))
    }
}

fn has_any(words: &[&str], list: &[String]) -> bool {
    list.iter().any(|word| words.contains(&word.as_str()))
}

/// Names of a measure's columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeasureNames {
    /// Whole names.
    pub spellings: Vec<String>,
    /// Names that stand for the measure beside a student group or a grade, in a table about it.
    #[serde(default)]
    pub with_group: Vec<String>,
    /// Names of the column of the rate's denominator.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// Names of the column of the rate's numerator.
    #[serde(default)]
    pub numerator: Vec<String>,
}

/// What a column says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The district's id.
    DistrictId,
    /// The district's name.
    DistrictName,
    /// The school's id.
    SchoolId,
    /// The school's name.
    SchoolName,
    /// The school year.
    SchoolYear,
    /// Which measure the values are of.
    Measure,
    /// Which student group.
    Group,
    /// Which grade.
    Grade,
    /// Which subject.
    Subject,
    /// The value, in a table with a column of measures.
    Value,
    /// Whether the row is of a district, a school or something else.
    RowType,
}

impl Role {
    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::DistrictId => "district id",
            Self::DistrictName => "district name",
            Self::SchoolId => "school id",
            Self::SchoolName => "school name",
            Self::SchoolYear => "school year",
            Self::Measure => "measure's name",
            Self::Group => "student group",
            Self::Grade => "grade",
            Self::Subject => "subject",
            Self::Value => "value",
            Self::RowType => "kind of row",
        }
    }

    /// The part of an observation's key that it gives, as layouts call it.
    #[must_use]
    pub const fn part(self) -> Option<&'static str> {
        match self {
            Self::Measure => Some("measure"),
            Self::Group => Some("group"),
            Self::Grade => Some("grade"),
            Self::Subject => Some("subject"),
            _ => None,
        }
    }
}
