//! The units that a column states for the numbers of each row.

use super::tokens::tokenize;
use super::vocabulary::Vocabulary;
use crate::domain::Unit;

/// What a text in a column of units says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineUnit {
    /// The numbers have this unit.
    Known(Unit),
    /// They are in thousands or millions, which no layout says of single lines.
    Scaled,
}

impl LineUnit {
    /// The unit, if the numbers are in it.
    pub(super) const fn unit(self) -> Option<Unit> {
        match self {
            Self::Known(unit) => Some(unit),
            Self::Scaled => None,
        }
    }
}

impl Vocabulary<'_> {
    /// What a text in a column of units says, as a whole or by one of its words (`% of days`); `None` if nothing is known of it.
    pub(super) fn stated_unit(&self, text: &str) -> Option<LineUnit> {
        let around = &self.catalog.synonyms.around;
        if let Some(unit) = around.unit(text) {
            return Some(LineUnit::Known(unit));
        }
        let (words, left_over) = (tokenize(text), &self.catalog.synonyms.left_over);
        let is_per = words.iter().any(|word| left_over.per.contains(word));
        let mut scales = left_over.thousands.iter().chain(&left_over.millions);
        let known = self.words(text);
        // A rate per 1,000 students is not in thousands.
        if !is_per && scales.any(|scale| known.contains(scale)) {
            return Some(LineUnit::Scaled);
        }
        let mut units = around.units.iter();
        let stated = units.find(|stated| words.iter().any(|word| stated.texts.contains(word)))?;
        Some(LineUnit::Known(stated.unit))
    }
}
