//! A line item, and what it means.

use serde::Serialize;

use super::own_measure::OwnMeasure;
use super::vocabulary::Vocabulary;
use crate::domain::Unit;
use crate::wording::own_measures as wording;

/// A line item: a text in the column that names the measure of each row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineItem {
    /// The text.
    pub text: String,
    /// What it means.
    pub meaning: LineMeaning,
    /// The reason, in words.
    pub why: String,
}

/// What a line item means.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineMeaning {
    /// The measure with this id.
    Known(String),
    /// A measure of the project.
    Own(Box<OwnMeasure>),
    /// Its rows are not read.
    Unread,
}

impl LineItem {
    pub(super) fn unread(text: &str, why: String) -> Self {
        Self { text: text.to_owned(), meaning: LineMeaning::Unread, why }
    }

    /// Whether it is a line that is read, or whose meaning is open: a heading without numbers is not.
    pub(super) fn asks_something(&self) -> bool {
        !self.text.is_empty() && self.why != wording::LINE_WITHOUT_NUMBERS
    }

    /// Whether a number was found in its rows.
    pub(super) fn has_numbers(&self) -> bool {
        let without = [wording::LINE_WITHOUT_NUMBERS, wording::LINE_OF_TEXTS, wording::LINE_WITHHELD];
        !without.contains(&self.why.as_str())
    }

    /// Tells its measure of the project what the table says of it.
    pub(super) fn settle(&mut self, usual: &str, by_group: bool) {
        if let LineMeaning::Own(own) = &mut self.meaning {
            own.settle(usual, by_group);
        }
    }

    /// The domain of its measure; `None` if it is unread, or its name says none.
    pub(super) fn domain<'a>(&'a self, vocabulary: &'a Vocabulary<'_>) -> Option<&'a str> {
        match &self.meaning {
            LineMeaning::Known(id) => {
                vocabulary.catalog.measures.get(id).map(|measure| measure.domain.as_str())
            }
            LineMeaning::Own(own) => own.domain.as_deref(),
            LineMeaning::Unread => None,
        }
    }

    /// The unit of its measure; `None` if it is unread.
    pub(super) fn unit(&self, vocabulary: &Vocabulary<'_>) -> Option<Unit> {
        match &self.meaning {
            LineMeaning::Known(id) => vocabulary.catalog.measures.get(id).map(|measure| measure.unit),
            LineMeaning::Own(own) => Some(own.unit),
            LineMeaning::Unread => None,
        }
    }

    /// Leaves its rows unread.
    pub(super) fn leave_unread(&mut self, why: &str) {
        self.meaning = LineMeaning::Unread;
        why.clone_into(&mut self.why);
    }

    /// Its measure of the project.
    pub(super) fn own(&self) -> Option<&OwnMeasure> {
        match &self.meaning {
            LineMeaning::Own(own) => Some(own),
            _ => None,
        }
    }
}
