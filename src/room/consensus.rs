//! What the tables agree on, in no format.

use super::item_text::ItemText;
use super::similar::SimilarPair;
use super::table_label::TableLabel;
use crate::domain::Quadrant;

/// What the tables agree on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Consensus {
    /// Title of the retreat.
    pub title: String,
    /// The build that the numbers of the items are from.
    pub build: String,
    /// From which percent of the tables most agree.
    pub most: f64,
    /// The tables that handed in a ballot, or whose people answered a form.
    pub tables: Vec<TableLabel>,
    /// The items, by quadrant, agreement, and dots. If the tables do not agree on the quadrant of one, it is in several.
    pub rows: Vec<ConsensusRow>,
    /// Items that may be one, most alike first.
    pub similar: Vec<SimilarPair>,
    /// The number and the words of every item, also of those that are parts of others.
    pub statements: Vec<ItemText>,
}

impl Consensus {
    /// The items that tables keep in a quadrant, in order.
    #[must_use]
    pub fn kept_in(&self, quadrant: Quadrant) -> Vec<&ConsensusRow> {
        let kept = self.rows.iter().filter(|row| row.agreement != TableAgreement::None);
        kept.filter(|row| row.quadrant == Some(quadrant)).collect()
    }
}

/// An item in one quadrant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsensusRow {
    /// Its number.
    pub item: String,
    /// Where it stands; `None` if nobody said.
    pub quadrant: Option<Quadrant>,
    /// What it says.
    pub statement: String,
    /// Who proposed it.
    pub origin: Origin,
    /// The tables that keep it here.
    pub tables: Vec<TableLabel>,
    /// How many these are.
    pub kept: usize,
    /// How many tables moved it here or elsewhere.
    pub moved: usize,
    /// How many tables drop it.
    pub dropped: usize,
    /// Its dots, of all tables.
    pub dots: u32,
    /// The people who could give them, if it is known how many they are.
    pub people: Option<u32>,
    /// How many tables agree.
    pub agreement: TableAgreement,
    /// What speaks against it, with its table.
    pub objections: Vec<String>,
    /// What was written about it, with its table.
    pub comments: Vec<String>,
    /// Other words for it, with their tables.
    pub rewordings: Vec<String>,
    /// The tables that see it in another quadrant.
    pub elsewhere: Vec<String>,
    /// The numbers of the items that are part of it.
    pub merged_from: Vec<String>,
    /// The id of the candidate; empty for an item of the team, which no data supports.
    pub evidence_id: String,
    /// What the candidate is based on.
    pub evidence: String,
    /// Whether the newest data still proposes it; `None` for items of the team, or without a pack.
    pub is_supported: Option<bool>,
    /// What the newest data says instead, if it has other numbers.
    pub says_now: Option<String>,
}

/// Who proposed an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The program, from the data.
    Program,
    /// A table.
    Table,
    /// The team, after feedback.
    Feedback,
}

impl Origin {
    /// The id in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Table => "table",
            Self::Feedback => "feedback",
        }
    }
}

/// How many of the tables keep an item in one quadrant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableAgreement {
    /// All of them.
    All,
    /// Most (see `most` in `catalog/room.toml`).
    Most,
    /// Some, or in several quadrants.
    Split,
    /// One.
    One,
    /// No table keeps it.
    None,
}

impl TableAgreement {
    /// The agreement of `kept` of `tables`.
    pub(super) fn of(kept: usize, tables: usize, most: f64) -> Self {
        match kept {
            0 => Self::None,
            1 => Self::One,
            kept if kept == tables => Self::All,
            kept if kept as f64 * 100.0 >= most * tables as f64 => Self::Most,
            _ => Self::Split,
        }
    }

    /// The id in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Most => "most",
            Self::Split => "split",
            Self::One => "one",
            Self::None => "none",
        }
    }
}
