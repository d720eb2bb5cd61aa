//! Every sentence that users can meet, so that one editor can revise all of them. What the catalog says of measures,
//! groups and rules stands in the catalog.
//!
//! A function takes what a sentence mentions and returns the sentence; what is said of which district is decided by the
//! stages. `tests/it/wording.rs` looks for sentences elsewhere, and for long ones here.

pub(crate) mod caveat;
pub(crate) mod chart;
pub(crate) mod chart_note;
pub(crate) mod evidence;
pub(crate) mod exhibit;
pub(crate) mod fact;
pub(crate) mod likeness;
pub(crate) mod listing;
pub(crate) mod method;
pub(crate) mod peer_choice;
mod problems;
pub(crate) mod projection;
pub(crate) mod statement;
pub(crate) mod subject;

pub use problems::RevisedTexts;
