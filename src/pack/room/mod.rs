//! The files of the room: the ballots of the pack, and in the project, the consensus, the log, and pairs to confirm.

mod ballot;
mod changed_document;
mod consensus_book;
mod consensus_document;
mod consensus_table;
mod contradictions;
mod decided;
mod decision_order;
mod differing_rows;
mod duplicates;
mod feedback_files;
mod final_files;
mod look;
mod room_files;
mod room_write;
mod written_items;

pub use ballot::FILE as BALLOT;
pub use room_files::{RoomFolder, RoomWritten, WrittenBeside};

pub(super) use ballot::out_file;
pub(super) use look::{RoomCell, RoomLook, RoomTable};
