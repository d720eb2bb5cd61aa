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
    /// Words that may be left over in a name.
    #[serde(default)]
    pub left_over: LeftOver,
    /// What is taken out of a name before it is compared.
    #[serde(default)]
    pub find: FindPatterns,
    /// Texts that mean everybody, in a column of groups, grades or subjects.
    #[serde(default)]
    pub all: Texts,
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
    /// Columns that are of no use here.
    #[serde(default)]
    pub unread: Names,
    /// Measure id → names of its column.
    #[serde(default, rename = "measure")]
    pub measures: BTreeMap<String, MeasureNames>,
}

/// Words of a name that no spelling accounts for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LeftOver {
    /// Left out of names and spellings alike.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Do no harm.
    #[serde(default)]
    pub harmless: Vec<String>,
    /// Say not even whom or what the number is of.
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
    /// With the named part `year`.
    #[serde(default)]
    pub year: Vec<String>,
    /// Say of a text that a year standing alone in it is one in which a school year begins.
    #[serde(default)]
    pub begins: Vec<String>,
    /// Say of a title that the amounts below it are in thousands.
    #[serde(default)]
    pub thousands: Vec<String>,
    /// Say of a title that the amounts below it are in millions.
    #[serde(default)]
    pub millions: Vec<String>,
    /// Say of the text before a date that it is that of the report.
    #[serde(default)]
    pub made: Vec<String>,
    /// With the named part `grade`.
    #[serde(default)]
    pub grade: Vec<String>,
}

/// A list of cell texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// The texts.
    pub texts: Vec<String>,
}

/// A list of column names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The names.
    pub names: Vec<String>,
}

/// Names of columns that belong to the rate beside them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StatNames {
    /// How many people the rate rests on.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// How many of them it counts.
    #[serde(default)]
    pub numerator: Vec<String>,
    /// Words that say the same beside a rate's own name.
    #[serde(default)]
    pub denominator_words: Vec<String>,
    /// Words that say the same beside a rate's own name.
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
        let has = |list: &[String]| {
            lower.split(|c: char| !c.is_alphanumeric()).any(|w| list.iter().any(|l| l == w))
        };
        i8::from(has(&self.revised)) - i8::from(has(&self.preliminary))
    }
}

/// Names of a measure's columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MeasureNames {
    /// Whole names.
    pub spellings: Vec<String>,
    /// Enough beside a student group or a grade, in a table about this measure.
    #[serde(default)]
    pub with_group: Vec<String>,
    /// The column of how many people the rate rests on.
    #[serde(default)]
    pub denominator: Vec<String>,
    /// The column of how many of them it counts.
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
