//! What the text around a table, and columns beside its values, say about its cells.

use serde::Deserialize;

use crate::domain::Unit;

/// `[around.filters]`: how a report names the filters that its rows passed. Words are in lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FilterWords {
    /// Words in the name of a column whose text says what the whole report is about: `Query`, `Report Name`.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Words that say in a note below a table that it has only some rows, or that filters follow.
    #[serde(default)]
    pub limits: Vec<String>,
    /// Values of a filter that leaves nothing out.
    #[serde(default)]
    pub none: Vec<String>,
}

/// `[around]` of `catalog/synonyms.toml`. Words are in lower case; names are compared word by word.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AroundWords {
    /// How a report names its filters.
    #[serde(default)]
    pub filters: FilterWords,
    /// Regular expressions for texts that a report has above its table, next to its title: the date, the page, the user. They
    /// are never upper parts of columns' names.
    #[serde(default)]
    pub report_lines: Vec<String>,
    /// Regular expressions for titles and notes according to which a 0 stands for a number that is withheld.
    #[serde(default)]
    pub hidden_zeros: Vec<String>,
    /// Regular expressions for the number of people that the name of a column gives next to a year: `2021-22 (n=812)`.
    #[serde(default)]
    pub sample_sizes: Vec<String>,
    /// Names of columns that say in each row whether its numbers are withheld.
    #[serde(default)]
    pub flags: Vec<String>,
    /// Texts in such a column that mean that they are.
    #[serde(default)]
    pub flagged: Vec<String>,
    /// Texts in such a column that mean that they are not.
    #[serde(default)]
    pub unflagged: Vec<String>,
    /// In a title: the numbers are percents, unless the name of a column says otherwise.
    #[serde(default)]
    pub percents: Vec<String>,
    /// In the text around a table: what follows has another unit ("in thousands, except …").
    #[serde(default)]
    pub exceptions: Vec<String>,
    /// A note below a table with one of these words is not about the table.
    #[serde(default)]
    pub charts: Vec<String>,
    /// Names of columns with the unit of the numbers in each row.
    #[serde(default)]
    pub unit_columns: Vec<String>,
    /// The units that texts in such a column mean.
    #[serde(default, rename = "unit")]
    pub units: Vec<StatedUnit>,
}

/// A unit, and the texts that state it, in lower case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedUnit {
    /// The unit.
    pub unit: Unit,
    /// The texts.
    pub texts: Vec<String>,
}

impl AroundWords {
    /// The unit that a text states; `None` if it is not known to state one.
    #[must_use]
    pub fn unit(&self, text: &str) -> Option<Unit> {
        let lower = text.trim().to_lowercase();
        self.units.iter().find(|stated| stated.texts.contains(&lower)).map(|stated| stated.unit)
    }
}
