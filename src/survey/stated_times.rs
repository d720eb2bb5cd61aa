//! "In thousands of dollars" in the text around a table: the factor for its amounts of money, and to which columns it applies.

use super::classify::ColumnClassifier;
use super::tokens::{has_phrase, tokenize};
use crate::domain::Unit;

impl ColumnClassifier<'_> {
    /// The factor for the dollar amounts of the table that the title or a note below it states; `None` for all other units,
    /// including dollars per student.
    pub(super) fn title_times_of(&self, unit: Unit) -> Option<f64> {
        self.stated_times("", unit)
    }

    /// The same for a column or line with this name.
    pub(super) fn stated_times(&self, name: &str, unit: Unit) -> Option<f64> {
        self.times_above(name, unit).or_else(|| self.times_below(name, unit))
    }

    /// The same, as the title or the name of the sheet or file states it.
    pub(super) fn times_above(&self, name: &str, unit: Unit) -> Option<f64> {
        self.context.iter().find_map(|text| self.times_in(text, name, unit))
    }

    /// The same, as a note below the table states it. A note about a chart says nothing about the table.
    pub(super) fn times_below(&self, name: &str, unit: Unit) -> Option<f64> {
        let charts = &self.vocabulary.catalog.synonyms.around.charts;
        let mut notes = self.below.iter().filter(|note| !has_phrase(note, charts));
        notes.find_map(|note| self.times_in(note, name, unit))
    }

    fn times_in(&self, text: &str, name: &str, unit: Unit) -> Option<f64> {
        let is_concerned = unit == Unit::Dollars && !self.is_per_head(name) && !self.is_excepted(text, name);
        self.vocabulary.money_factor(text).filter(|_| is_concerned)
    }

    /// Whether a factor that is stated around the table does not apply to the dollars of a line with this name.
    pub(super) fn is_without_factor(&self, name: &str) -> bool {
        self.stated_times(name, Unit::Dollars).is_none()
    }

    /// Whether a name has a word such as `per pupil`.
    fn is_per_head(&self, name: &str) -> bool {
        let per = &self.vocabulary.catalog.synonyms.left_over.per;
        tokenize(name).iter().any(|token| per.contains(token))
    }

    /// Whether a text excepts what a name is about: "in thousands, except salaries".
    fn is_excepted(&self, text: &str, name: &str) -> bool {
        let synonyms = &self.vocabulary.catalog.synonyms;
        let tokens = tokenize(text);
        let Some(start) = tokens.iter().position(|token| synonyms.around.exceptions.contains(token)) else {
            return false;
        };
        let excepted = self.vocabulary.words(&tokens[start + 1..].join(" "));
        let mut words = self.vocabulary.words(name).into_iter();
        words.any(|word| excepted.contains(&word) && !synonyms.left_over.harmless.contains(&word))
    }
}
