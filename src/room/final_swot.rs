//! The final SWOT: the consensus with what others say of it, and what the team decides then.

use std::collections::BTreeSet;

use super::consensus::{Consensus, ConsensusRow, Origin, TableAgreement};
use super::feedback_counts::{Feedback, FeedbackCounts};
use super::final_decision::{FinalAddition, FinalDecision, FinalState};
use super::log::{LogAction, LogEntry, LogStep};
use crate::catalog::EVERYBODY;
use crate::domain::Quadrant;
use crate::wording::final_swot as wording;

/// The final SWOT.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FinalSwot {
    /// Title of the retreat.
    pub title: String,
    /// How many people gave feedback.
    pub people: usize,
    /// Whether the team decided anything yet.
    pub is_begun: bool,
    /// The items, by quadrant, in the order of the consensus; those that were added after feedback last.
    pub rows: Vec<FinalRow>,
}

/// An item in one quadrant of the final SWOT.
#[derive(Debug, Clone, PartialEq)]
pub struct FinalRow {
    /// Its number.
    pub item: String,
    /// Where it stands; `None` if nobody said.
    pub quadrant: Option<Quadrant>,
    /// What it says.
    pub statement: String,
    /// Who proposed it.
    pub origin: Origin,
    /// What the team decided.
    pub state: FinalState,
    /// Why, in the team's words.
    pub why: String,
    /// What all who gave feedback say of it.
    pub feedback: FinalFeedback,
    /// The quadrants in the consensus, if it moved.
    pub moved_from: Vec<Quadrant>,
    /// The words in the consensus, if they changed.
    pub reworded_from: String,
    /// The id of the candidate; empty for an item of the team.
    pub evidence_id: String,
    /// What the candidate is based on.
    pub evidence: String,
}

/// What all who gave feedback say of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum FinalFeedback {
    /// Nobody answered.
    None,
    /// So few answered that it is withheld.
    Withheld,
    /// The counts.
    Counts(FeedbackCounts),
}

impl FinalSwot {
    /// The items that are in a quadrant, in order.
    #[must_use]
    pub fn standing_in(&self, quadrant: Quadrant) -> Vec<&FinalRow> {
        let rows = self.rows.iter().filter(|row| row.state != FinalState::Dropped);
        rows.filter(|row| row.quadrant == Some(quadrant)).collect()
    }

    /// The items on which nobody decided yet.
    #[must_use]
    pub fn open(&self) -> usize {
        self.rows.iter().filter(|row| row.state == FinalState::Open).count()
    }
}

/// What the final SWOT is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct FinalParts<'a> {
    pub(super) consensus: &'a Consensus,
    pub(super) feedback: Option<&'a Feedback>,
    pub(super) decisions: &'a [FinalDecision],
    pub(super) additions: &'a [FinalAddition],
}

impl FinalParts<'_> {
    /// The final SWOT; `None` if there is neither feedback nor a decision.
    pub(super) fn swot(&self) -> Option<FinalSwot> {
        let is_begun = !self.decisions.is_empty() || !self.additions.is_empty();
        if self.feedback.is_none() && !is_begun {
            return None;
        }
        let mut rows = Vec::new();
        for row in &self.consensus.rows {
            let decision = self.decisions.iter().find(|decision| decision.edit.item == row.item);
            // What the team wants to keep stays, even if a ballot that came later drops it.
            let is_listed = row.agreement != TableAgreement::None || decision.is_some();
            if is_listed && !is_moved_twin(&rows, row, decision) {
                rows.push(self.row(row, decision));
            }
        }
        rows.extend(self.additions.iter().map(added_row));
        rows.sort_by_key(|row| (row.quadrant.is_none(), row.quadrant, row.origin == Origin::Feedback));
        let people = self.feedback.and_then(|feedback| feedback.people.get(EVERYBODY).copied());
        let (title, people) = (self.consensus.title.clone(), people.unwrap_or_default());
        Some(FinalSwot { title, people, is_begun, rows })
    }

    fn row(&self, row: &ConsensusRow, decision: Option<&FinalDecision>) -> FinalRow {
        let none = FinalDecision::default();
        let decision = decision.unwrap_or(&none);
        let edit = &decision.edit;
        let quadrant = edit.quadrant.or(row.quadrant);
        let before: BTreeSet<Quadrant> = self.quadrants_of(&row.item);
        let is_moved = edit.quadrant.is_some_and(|to| !before.contains(&to) || before.len() > 1);
        let statement = edit.statement.clone().unwrap_or_else(|| row.statement.clone());
        FinalRow {
            item: row.item.clone(),
            quadrant,
            reworded_from: if statement == row.statement { String::new() } else { row.statement.clone() },
            statement,
            origin: row.origin,
            state: decision.state(quadrant),
            why: decision.why.clone(),
            feedback: self.feedback_on(&row.item),
            moved_from: if is_moved { before.into_iter().collect() } else { Vec::new() },
            evidence_id: row.evidence_id.clone(),
            evidence: row.evidence.clone(),
        }
    }

    /// The quadrants in which an item is in the consensus.
    fn quadrants_of(&self, item: &str) -> BTreeSet<Quadrant> {
        let rows = self.consensus.rows.iter().filter(|row| row.item == item);
        rows.filter_map(|row| row.quadrant).collect()
    }

    fn feedback_on(&self, item: &str) -> FinalFeedback {
        let rows = self.feedback.into_iter().flat_map(|feedback| &feedback.rows);
        let all = rows.filter(|row| row.item == item).find(|row| row.group == EVERYBODY);
        match all.map(|row| &row.counts) {
            None => FinalFeedback::None,
            Some(None) => FinalFeedback::Withheld,
            Some(Some(counts)) => FinalFeedback::Counts(counts.clone()),
        }
    }
}

/// Whether a row of an item that the team put into one quadrant is there already, from another of its rows.
fn is_moved_twin(rows: &[FinalRow], row: &ConsensusRow, decision: Option<&FinalDecision>) -> bool {
    let is_moved = decision.is_some_and(|decision| decision.edit.quadrant.is_some());
    is_moved && rows.iter().any(|known| known.item == row.item)
}

fn added_row(added: &FinalAddition) -> FinalRow {
    FinalRow {
        item: added.item.clone(),
        quadrant: added.quadrant,
        statement: added.statement.clone(),
        origin: Origin::Feedback,
        state: if added.is_dropped { FinalState::Dropped } else { FinalState::Kept },
        why: added.why.clone(),
        feedback: FinalFeedback::None,
        moved_from: Vec::new(),
        reworded_from: String::new(),
        evidence_id: String::new(),
        evidence: String::new(),
    }
}

/// What feedback says, and what the team decided then, for the log.
pub(super) fn final_log(swot: &FinalSwot) -> Vec<LogEntry> {
    let mut entries = Vec::new();
    let mut voted = BTreeSet::new();
    for row in &swot.rows {
        if voted.insert(row.item.as_str()) {
            entries.extend(feedback_entry(row));
        }
    }
    entries.extend(swot.rows.iter().flat_map(decision_entries));
    entries
}

fn feedback_entry(row: &FinalRow) -> Option<LogEntry> {
    let (to, note) = match &row.feedback {
        FinalFeedback::None => return None,
        FinalFeedback::Withheld => (wording::WITHHELD.to_owned(), String::new()),
        FinalFeedback::Counts(counts) => {
            (wording::agree_of(counts.agree, counts.people), wording::rest(counts.disagree, counts.comments))
        }
    };
    Some(LogEntry { step: LogStep::Feedback, note, ..entry(row, LogAction::Vote, [String::new(), to]) })
}

/// What was decided on an item, one entry a change.
fn decision_entries(row: &FinalRow) -> Vec<LogEntry> {
    let here = row.quadrant.map(|quadrant| quadrant.id().to_owned()).unwrap_or_default();
    let mut entries = Vec::new();
    if row.origin == Origin::Feedback {
        entries.push(LogEntry {
            note: row.statement.clone(),
            ..entry(row, LogAction::Add, [String::new(), here.clone()])
        });
        // A dropped item says why where it is dropped.
        if !row.why.is_empty() && row.state != FinalState::Dropped {
            entries.push(entry(row, LogAction::Comment, Default::default()));
        }
    }
    if row.state == FinalState::Dropped {
        entries.push(entry(row, LogAction::Drop, [here.clone(), String::new()]));
    } else if row.state == FinalState::Kept && row.origin != Origin::Feedback {
        entries.push(entry(row, LogAction::Keep, [here.clone(), here.clone()]));
    }
    if !row.moved_from.is_empty() {
        let from: Vec<&str> = row.moved_from.iter().map(|quadrant| quadrant.id()).collect();
        entries.push(entry(row, LogAction::Move, [from.join(", "), here]));
    }
    if !row.reworded_from.is_empty() {
        entries.push(entry(row, LogAction::Reword, [row.reworded_from.clone(), row.statement.clone()]));
    }
    entries
}

fn entry(row: &FinalRow, action: LogAction, [from, to]: [String; 2]) -> LogEntry {
    let (item, note) = (row.item.clone(), row.why.clone());
    let (table, place) = (String::new(), String::new());
    LogEntry { step: LogStep::Final, table, item, action, from, to, note, place }
}
