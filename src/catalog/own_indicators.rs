//! Words by which a district's own indicators are recognized, and what they say about unit and domain.

use serde::Deserialize;

/// `[own]` of `catalog/synonyms.toml`. All words are in lower case, in the form that names are compared in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnIndicators {
    /// Words in the names of indicators, besides those of the measures' spellings.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// Names of tests: with them alone, whole numbers may be scores, or the number of those who took the test.
    #[serde(default)]
    pub tests: Vec<String>,
    /// The number is not one to read, or not the one that the other words name.
    #[serde(default)]
    pub never: Vec<String>,
    /// The number is somebody else's, unless it is money.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// The number is a rank among others, unless a pattern of `shares_at_ranks` finds a share of students at such a rank.
    #[serde(default)]
    pub ranks: Vec<String>,
    /// The same in a column's name, but not in a title, where it may say how the rows are sorted.
    #[serde(default)]
    pub orders: Vec<String>,
    /// Next to a rank: it is the average of students' ranks.
    #[serde(default)]
    pub averaged: Vec<String>,
    /// In a name with a rank: it is the share, or the number, of students at that rank.
    #[serde(default)]
    pub shares_at_ranks: Vec<String>,
    /// The name is that of a school or another place.
    #[serde(default)]
    pub places: Vec<String>,
    /// Unless it begins with one of these.
    #[serde(default)]
    pub unless_first: Vec<String>,
    /// No line of a table of amounts is named with these words alone.
    #[serde(default)]
    pub vague: Vec<String>,
    /// In a title next to the name of a known measure: it is about a part of that, or about something else.
    #[serde(default)]
    pub narrow: Vec<String>,
    /// In a title after the name of a known measure: it says nothing about what the measure is of. Any other word does.
    #[serde(default)]
    pub neutral: Vec<String>,
    /// The same where the measure is a number of staff.
    #[serde(default)]
    pub neutral_of_staff: Vec<String>,
    /// The same beside the name of a student group: they say who belongs to it.
    #[serde(default)]
    pub of_groups: Vec<String>,
    /// The number is a percent.
    #[serde(default)]
    pub percent: Vec<String>,
    /// A number with decimals, up to 100, is a percent.
    #[serde(default)]
    pub part: Vec<String>,
    /// The number is an amount of money.
    #[serde(default)]
    pub dollars: Vec<String>,
    /// The number is in full-time equivalents.
    #[serde(default)]
    pub fte: Vec<String>,
    /// The number is in points of a scale.
    #[serde(default)]
    pub points: Vec<String>,
    /// The number is a ratio.
    #[serde(default)]
    pub ratio: Vec<String>,
    /// Those of them with which the name of points begins that are given for a rate (`Points for Graduation Rate`).
    #[serde(default)]
    pub points_first: Vec<String>,
    /// After a word for people: they are counted (`Students with Scores of 3 or more`).
    #[serde(default)]
    pub counted: Vec<String>,
    /// The number is in years of time.
    #[serde(default)]
    pub years: Vec<String>,
    /// The number is an average.
    #[serde(default)]
    pub mean: Vec<String>,
    /// A time of the school year at which a test is given.
    #[serde(default)]
    pub windows: Vec<String>,
    /// Next to such a word: it says nothing more.
    #[serde(default)]
    pub beside_windows: Vec<String>,
    /// In a table of amounts: the number is nevertheless a count.
    #[serde(default)]
    pub heads: Vec<String>,
    /// The smallest change of a percent that matters, in percentage points.
    #[serde(default)]
    pub change_in_points: f64,
    /// The smallest change of a number of years that matters.
    #[serde(default)]
    pub change_in_years: f64,
    /// The smallest change of any other number that matters, in percent of it.
    #[serde(default)]
    pub change_in_percent: f64,
    /// The least median of fractions that are surely not percents of less than 1.
    #[serde(default)]
    pub least_fraction: f64,
    /// The same where neither their decimals nor another column show that they are fractions.
    #[serde(default)]
    pub sure_fraction: f64,
    /// The least median of numbers that are amounts of money because a word says so.
    #[serde(default)]
    pub least_dollars: f64,
    /// Words for results of which no average can be taken.
    #[serde(default)]
    pub medians: Vec<String>,
    /// An amount of one person or thing, so that it may not be in the thousands of the amounts around it.
    #[serde(default)]
    pub of_one: Vec<String>,
    /// Next to such a word: it is nevertheless the amount of all of them.
    #[serde(default)]
    pub of_all: Vec<String>,
    /// The same, in which no amount is ever in thousands.
    #[serde(default)]
    pub of_one_thing: Vec<String>,
    /// The greatest amount of one person or thing, in dollars.
    #[serde(default)]
    pub most_of_one: f64,
    /// The most districts in a table whose unknown columns are read.
    #[serde(default)]
    pub most_districts: usize,
    /// The most unknown columns of a table that are read.
    #[serde(default)]
    pub most_columns: usize,
    /// The domains, in the order in which they are tried; the last one takes what no other does.
    #[serde(default, rename = "domain")]
    pub domains: Vec<IndicatorDomain>,
}

/// A domain, the words of its indicators, and whom these are about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorDomain {
    /// Domain id.
    pub id: String,
    /// Words in the names of its indicators.
    pub words: Vec<String>,
    /// Whom its percents are about; absent if about money.
    #[serde(default)]
    pub people: Option<String>,
    /// The measure that counts them, if a few of them must not be recognized; absent for staff and money.
    #[serde(default)]
    pub population: Option<String>,
}

impl OwnIndicators {
    /// A domain with its words; the last one if none has this id.
    #[must_use]
    pub fn domain(&self, id: &str) -> Option<&IndicatorDomain> {
        self.domains.iter().find(|domain| domain.id == id).or_else(|| self.domains.last())
    }
}
