//! The draft that the room works on: the candidates that a build shows, with their numbers.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::ItemNumber;
use crate::finding::{Finding, Findings};

/// The items that a build of the pack puts before the room.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Draft {
    /// The id of the district, as shown.
    pub district: String,
    /// Title of the retreat.
    pub title: String,
    /// The items, by quadrant and rank.
    pub items: Vec<DraftItem>,
}

/// One item of the draft.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DraftItem {
    /// The number by which people call it.
    pub number: ItemNumber,
    /// The id of the candidate, the same in every build.
    pub id: String,
    /// What it says.
    pub statement: String,
    /// What it is based on.
    pub evidence: String,
}

/// How many hexadecimal digits tell builds apart.
const DIGITS: usize = 12;

impl Draft {
    /// The draft of a pack: the candidates that it shows.
    #[must_use]
    pub fn of(title: &str, district: &str, findings: &Findings) -> Self {
        let shown = findings.all.iter().filter(|finding| finding.is_shown);
        Self { district: district.to_owned(), title: title.to_owned(), items: shown.map(item).collect() }
    }

    /// What tells this draft from that of other data: the same items, with the same numbers and words, give the same text.
    #[must_use]
    pub fn build(&self) -> String {
        let mut hash = Sha256::new();
        for item in &self.items {
            for part in [&item.number.to_string(), &item.id, &item.statement] {
                hash.update(part.as_bytes());
                hash.update([0]);
            }
        }
        let hex = format!("{:x}", hash.finalize());
        hex[..DIGITS].to_owned()
    }

    /// The item with this candidate's id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&DraftItem> {
        self.items.iter().find(|item| item.id == id)
    }
}

fn item(finding: &Finding) -> DraftItem {
    DraftItem {
        number: finding.number,
        id: finding.id.clone(),
        statement: finding.statement.clone(),
        evidence: finding.evidence_line.clone(),
    }
}
