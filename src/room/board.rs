//! The items on the board: those that the program proposes, by the numbers that stand on people's paper.

use std::collections::BTreeMap;

use super::draft::{Draft, DraftItem};
use crate::domain::{ItemNumber, Quadrant};
use crate::form_export::plain;

/// All proposed items, of the draft that most ballots were made from, and of others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemBoard {
    /// The items, by quadrant and number; those of other drafts last.
    pub items: Vec<BoardItem>,
    /// The build that the numbers are from.
    pub build: String,
    /// The district, as shown.
    pub district: String,
    /// The title of the retreat.
    pub title: String,
}

/// A proposed item on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardItem {
    /// The number by which people call it: that of the draft (`W3`), or for an item of another build, with the build.
    pub label: String,
    /// Where it was proposed.
    pub quadrant: Quadrant,
    /// The candidate's id.
    pub id: String,
    /// What it says.
    pub statement: String,
    /// What it is based on.
    pub evidence: String,
    /// Whether the newest data still proposes it; `None` if no newest draft is known.
    pub is_supported: Option<bool>,
    /// What the newest data says instead, if it says it in other numbers.
    pub says_now: Option<String>,
}

/// How many letters of a build's name tell its items from those of the draft.
const BUILD_LETTERS: usize = 4;

impl ItemBoard {
    /// The board with the numbers of the draft `main`, for ballots that were made from these drafts. `newest` is the draft of the
    /// newest pack.
    #[must_use]
    pub fn new(main: Option<&Draft>, newest: Option<&Draft>, of_ballots: &[&Draft]) -> Self {
        let Some(main) = main else { return Self::default() };
        let mut drafts: BTreeMap<String, &Draft> =
            of_ballots.iter().map(|draft| (draft.build(), *draft)).collect();
        let build = main.build();
        drafts.remove(&build);
        let mut board =
            Self { items: Vec::new(), build, district: main.district.clone(), title: main.title.clone() };
        for item in &main.items {
            board.items.push(board_item(item, item.number.to_string(), newest));
        }
        for (other, draft) in drafts {
            for item in &draft.items {
                if board.of_id(&item.id).is_none() {
                    let label = format!("{}-{}", item.number, &other[..BUILD_LETTERS]);
                    board.items.push(board_item(item, label, newest));
                }
            }
        }
        board
    }

    /// The item with this candidate's id.
    #[must_use]
    pub fn of_id(&self, id: &str) -> Option<&BoardItem> {
        self.items.iter().find(|item| item.id == id)
    }

    /// The item with this number on the board.
    #[must_use]
    pub fn of_label(&self, label: &str) -> Option<&BoardItem> {
        self.items.iter().find(|item| item.label == label)
    }

    /// The item with this number on a ballot that was made from `draft`; without one, from the board's own.
    pub(super) fn of_number(&self, number: ItemNumber, draft: Option<&Draft>) -> Option<&BoardItem> {
        match draft {
            Some(draft) => {
                let item = draft.items.iter().find(|item| item.number == number)?;
                self.of_id(&item.id)
            }
            None => self.of_label(&number.to_string()),
        }
    }

    /// The item with this statement, in any draft.
    pub(super) fn of_statement(&self, statement: &str, draft: Option<&Draft>) -> Option<&BoardItem> {
        let wanted = plain(statement);
        let in_draft =
            draft.and_then(|draft| draft.items.iter().find(|item| plain(&item.statement) == wanted));
        let on_board = self.items.iter().find(|item| plain(&item.statement) == wanted);
        in_draft.and_then(|item| self.of_id(&item.id)).or(on_board)
    }
}

fn board_item(item: &DraftItem, label: String, newest: Option<&Draft>) -> BoardItem {
    let now = newest.and_then(|newest| newest.item(&item.id));
    BoardItem {
        label,
        quadrant: item.number.quadrant,
        id: item.id.clone(),
        statement: item.statement.clone(),
        evidence: item.evidence.clone(),
        is_supported: newest.map(|_| now.is_some()),
        says_now: now.filter(|now| now.statement != item.statement).map(|now| now.statement.clone()),
    }
}

/// The draft that most ballots were made from; of several, the newest, or else the first by its build. `None` if no ballot says it.
pub(super) fn most_common<'a>(newest: Option<&'a Draft>, of_ballots: &[&'a Draft]) -> Option<&'a Draft> {
    let mut counts: BTreeMap<String, (usize, &Draft)> = BTreeMap::new();
    for draft in of_ballots {
        counts.entry(draft.build()).or_insert((0, draft)).0 += 1;
    }
    let most = counts.values().map(|(count, _)| *count).max();
    counts.retain(|_, (count, _)| Some(*count) == most);
    let newest_build = newest.map(Draft::build);
    let is_newest = newest_build.and_then(|build| counts.remove(&build));
    is_newest.or_else(|| counts.into_values().next()).map(|(_, draft)| draft)
}
