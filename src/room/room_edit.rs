//! What a person changed in an item: its quadrant, or its words.

use serde::{Deserialize, Serialize};

use super::shown_item::ShownItem;
use crate::domain::Quadrant;

/// What a person changed in an item, in the consensus or in the final SWOT.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoomEdit {
    /// The number of the item.
    pub item: String,
    /// What the item is, whatever its number; empty if it is not known.
    #[serde(default)]
    pub about: String,
    /// Its quadrant, if it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quadrant: Option<Quadrant>,
    /// Its words, if they were changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// Since which writing of the room's files it is known; 0 if that is not recorded. Later changes have a greater one.
    #[serde(default)]
    pub since: u64,
}

impl RoomEdit {
    /// An item in which nothing is changed yet.
    #[must_use]
    pub fn of(item: &str, about: &str) -> Self {
        Self { item: item.to_owned(), about: about.to_owned(), ..Self::default() }
    }

    /// What of the change a file still shows.
    #[must_use]
    pub fn still_shown(&self, now: &ShownItem) -> Self {
        Self {
            quadrant: self.quadrant.filter(|quadrant| now.quadrants.contains(quadrant)),
            statement: self.statement.clone().filter(|words| now.has_statement(words)),
            ..self.clone()
        }
    }

    /// The quadrant and the words, each as a change of its own: who changes one later does not say the other anew.
    #[must_use]
    pub fn into_parts(self) -> Vec<Self> {
        let quadrant = Self { statement: None, ..self.clone() };
        let statement = Self { quadrant: None, ..self };
        [quadrant, statement].into_iter().filter(|part| !part.is_empty()).collect()
    }

    /// Takes over what is changed later.
    pub fn follow(&mut self, later: &Self) {
        self.quadrant = later.quadrant.or(self.quadrant);
        self.statement = later.statement.clone().or(self.statement.take());
    }

    /// Whether nothing is changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.quadrant.is_none() && self.statement.is_none()
    }

    /// Whether another change is the same, whenever it became known.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        (&self.item, self.quadrant, &self.statement) == (&other.item, other.quadrant, &other.statement)
    }

    /// Whether another change of the same item says something else.
    #[must_use]
    pub fn is_contradicted_by(&self, other: &Self) -> bool {
        are_contrary(self.statement.as_ref(), other.statement.as_ref())
            || are_contrary(self.quadrant.as_ref(), other.quadrant.as_ref())
    }
}

/// Whether two changes of one thing say something else.
fn are_contrary<T: PartialEq>(one: Option<&T>, another: Option<&T>) -> bool {
    one.zip(another).is_some_and(|(one, another)| one != another)
}
