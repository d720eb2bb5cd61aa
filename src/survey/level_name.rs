//! Names of levels of achievement.

use super::parsed_name::ParsedName;
use crate::catalog::{LeftOver, LevelWords};

/// What the name of a level says of those who reached it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LevelName {
    /// They are not proficient.
    Below,
    /// They are proficient.
    Reached,
    /// Only its number.
    Numbered(u32),
}

impl LevelName {
    /// Whether those who reached it count as proficient: by its words, else from the number `usual` up.
    pub(super) const fn counts_from(self, usual: u32) -> bool {
        match self {
            Self::Below => false,
            Self::Reached => true,
            Self::Numbered(number) => number >= usual,
        }
    }

    /// The level that a column's name means; `None` if it means anything else.
    pub(super) fn of(name: &ParsedName, levels: &LevelWords, left_over: &LeftOver) -> Option<Self> {
        let mut number = None;
        let (mut is_below, mut is_reached, mut is_numbered) = (false, false, false);
        for word in &name.words {
            is_below |= levels.below.contains(word);
            is_reached |= levels.reached.contains(word);
            is_numbered |= levels.numbered.contains(word);
            let is_known =
                [&levels.below, &levels.reached, &levels.numbered, &levels.neutral, &left_over.harmless]
                    .into_iter()
                    .any(|list| list.contains(word));
            match word.parse::<u32>() {
                Ok(_) if number.is_some() => return None,
                Ok(found) => number = Some(found),
                Err(_) if !is_known => return None,
                Err(_) => {}
            }
        }
        match (is_below, is_reached, number) {
            (true, _, _) => Some(Self::Below),
            (false, true, _) => Some(Self::Reached),
            (false, false, Some(number)) if is_numbered => Some(Self::Numbered(number)),
            _ => None,
        }
    }
}
