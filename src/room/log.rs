//! The log: every answer, by step and table, from the draft to the consensus.

use super::answer::{Answer, Said};
use super::board::ItemBoard;
use super::counting::Counting;
use super::item_text::ItemText;
use super::room_edit::RoomEdit;
use crate::domain::Quadrant;
use crate::wording::room as wording;

/// One thing that happened to an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogEntry {
    /// In which step.
    pub step: LogStep,
    /// The table; empty for what a person did after the tables.
    pub table: String,
    /// The number of the item; empty for a comment on none.
    pub item: String,
    /// What happened.
    pub action: LogAction,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
    /// What was written.
    pub note: String,
    /// Where it stands: file, sheet, and cell.
    pub place: String,
}

/// A step from the draft to the consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogStep {
    /// At the tables.
    Table,
    /// When the tables were merged.
    Merge,
    /// When others were asked.
    Feedback,
    /// When the team decided after feedback.
    Final,
}

impl LogStep {
    /// The id in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Merge => "merge",
            Self::Feedback => "feedback",
            Self::Final => "final",
        }
    }
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogAction {
    /// It was added.
    Add,
    /// It stays.
    Keep,
    /// It stays in other words.
    Change,
    /// It is dropped.
    Drop,
    /// It moves to another quadrant.
    Move,
    /// It was written in other words.
    Reword,
    /// It became part of another item.
    Merge,
    /// It got dots.
    Vote,
    /// Somebody objects.
    Object,
    /// Somebody commented.
    Comment,
}

impl LogAction {
    /// The id in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Keep => "keep",
            Self::Change => "change",
            Self::Drop => "drop",
            Self::Move => "move",
            Self::Reword => "reword",
            Self::Merge => "merge",
            Self::Vote => "vote",
            Self::Object => "object",
            Self::Comment => "comment",
        }
    }
}

/// The log of all answers and merges, and of what a person changed after them.
pub(super) fn log(
    answers: &[Answer],
    counting: &Counting<'_>,
    board: &ItemBoard,
    edits: &[RoomEdit],
) -> Vec<LogEntry> {
    let mut entries: Vec<LogEntry> = answers.iter().map(|answer| of_answer(answer, counting)).collect();
    for merge in &counting.merges {
        let note = if merge.is_confirmed {
            wording::judged_by_a_person(true, &merge.why)
        } else {
            wording::MERGED_SAME_WORDS.to_owned()
        };
        let (from, to) = (merge.part.clone(), merge.leader.clone());
        entries.push(of_room(&merge.part, LogAction::Merge, [from, to], note));
    }
    // Why two items are not one is said nowhere else.
    for judged in counting.decisions.pairs.iter().filter(|judged| judged.same == Some(false)) {
        if !judged.why.is_empty() {
            let ends = [judged.pair.first.clone(), judged.pair.second.clone()];
            let note = wording::judged_by_a_person(false, &judged.why);
            entries.push(of_room(&judged.pair.first, LogAction::Comment, ends, note));
        }
    }
    for edit in edits {
        let item = item_text(counting, &edit.item);
        let home = item
            .and_then(|item| item.quadrant)
            .or_else(|| board.of_label(&edit.item).map(|item| item.quadrant));
        if let Some(to) = edit.quadrant {
            let ends = [quadrant_id(home), to.id().to_owned()];
            entries.push(of_room(&edit.item, LogAction::Move, ends, wording::EDITED_BY_A_PERSON.to_owned()));
        }
        if let Some(to) = &edit.statement {
            let ends = [item.map(|item| item.statement.clone()).unwrap_or_default(), to.clone()];
            entries.push(of_room(
                &edit.item,
                LogAction::Reword,
                ends,
                wording::EDITED_BY_A_PERSON.to_owned(),
            ));
        }
    }
    entries.sort_by_cached_key(|entry| {
        let place = counting.order.get(&entry.item).copied().unwrap_or(usize::MAX);
        (
            entry.step,
            entry.table.parse::<u32>().unwrap_or(u32::MAX),
            entry.table.clone(),
            place,
            entry.clone(),
        )
    });
    entries
}

fn item_text<'a>(counting: &'a Counting<'_>, label: &str) -> Option<&'a ItemText> {
    counting.order.get(label).and_then(|index| counting.items.get(*index))
}

fn of_room(item: &str, action: LogAction, [from, to]: [String; 2], note: String) -> LogEntry {
    let (item, table, place) = (item.to_owned(), String::new(), String::new());
    LogEntry { step: LogStep::Merge, table, item, action, from, to, note, place }
}

fn of_answer(answer: &Answer, counting: &Counting<'_>) -> LogEntry {
    let item = item_text(counting, &answer.item);
    let home = quadrant_id(item.and_then(|item| item.quadrant));
    let statement = item.map(|item| item.statement.clone()).unwrap_or_default();
    let nothing = String::new;
    let (action, from, to, note) = match &answer.said {
        Said::Add(quadrant, text) => (LogAction::Add, nothing(), quadrant_id(*quadrant), text.clone()),
        Said::Keep => (LogAction::Keep, home.clone(), home, nothing()),
        Said::Change => (LogAction::Change, home.clone(), home, nothing()),
        Said::Drop => (LogAction::Drop, home, nothing(), nothing()),
        Said::Move(to) => (LogAction::Move, home, to.id().to_owned(), nothing()),
        Said::Reword(text) => (LogAction::Reword, statement, text.clone(), nothing()),
        Said::Vote(dots) => (LogAction::Vote, nothing(), dots.to_string(), nothing()),
        Said::Object(text) => (LogAction::Object, nothing(), nothing(), text.clone()),
        Said::Comment(text) => (LogAction::Comment, nothing(), nothing(), text.clone()),
    };
    LogEntry {
        step: LogStep::Table,
        table: answer.table.to_string(),
        item: answer.item.clone(),
        action,
        from,
        to,
        note,
        place: answer.place.to_string(),
    }
}

fn quadrant_id(quadrant: Option<Quadrant>) -> String {
    quadrant.map(|quadrant| quadrant.id().to_owned()).unwrap_or_default()
}
