//! The room: what people write on ballots and forms, and what the tables agree on.
//!
//! Everything that somebody wrote becomes an [`Answer`] with its file, sheet, and cell. The consensus is counted from the answers,
//! and the log lists them, so nothing that is in a ballot can be missing from both. Files are read in the order of their names,
//! so their order on the disk does not matter.

mod added;
mod answer;
mod answer_words;
mod asked_statement;
mod ballot_head;
mod ballot_key;
mod ballot_row;
mod ballot_sheet;
mod board;
mod consensus;
mod consensus_rows;
mod counting;
mod decisions;
mod decisions_read;
mod dots_beside;
mod draft;
mod feedback;
mod feedback_answers;
mod feedback_counts;
mod feedback_head;
mod final_decision;
mod final_read;
mod final_swot;
mod form;
mod form_lists;
mod form_question;
mod headings;
mod item_statements;
mod item_text;
mod log;
mod merge;
mod named_items;
mod own_items;
mod own_quadrants;
mod participants;
mod quadrant_votes;
mod respondents;
mod room_edit;
mod seating;
mod shown_item;
mod similar;
mod table_checks;
mod table_label;
mod table_position;
mod written_cells;

pub use crate::catalog::{EVERYBODY, RoomSpec};

pub use added::AddedItem;
pub(crate) use added::added_label;
pub use answer::{Answer, Said};
pub use asked_statement::AskedStatement;
pub use ballot_key::{KEY_FORMAT, KEY_SHEET, draft_of};
pub use board::{BoardItem, ItemBoard};
pub use consensus::{Consensus, ConsensusRow, Origin, TableAgreement};
pub use decisions::{Confirmed, ItemPair, MergeDecisions};
pub use decisions_read::{
    ConsensusCells, PairsRead, confirmed_pairs, consensus_cells, room_edits, shown_items,
};
pub use draft::{Draft, DraftItem};
pub use feedback::{FeedbackInput, read_feedback};
pub use feedback_counts::{Feedback, FeedbackComment, FeedbackCounts, FeedbackGroup, FeedbackRow};
pub use final_decision::{FinalAddition, FinalDecision, FinalDecisions, FinalState, numbered_additions};
pub use final_read::{FinalRead, final_decisions};
pub use final_swot::{FinalFeedback, FinalRow, FinalSwot};
pub use log::{LogAction, LogEntry, LogStep};
pub use merge::{MergedBallots, RoomInput, merge};
pub use participants::{Participant, participants};
pub use room_edit::RoomEdit;
pub use seating::{Seat, seats};
pub use shown_item::{ShownItem, is_same_text};
pub use similar::SimilarPair;
pub use table_label::TableLabel;
pub use written_cells::{GoneFromList, gone_from_list, typed_elsewhere, written_cells};
