//! Every sentence that users can meet, so that one editor can revise all of them. What the catalog says of measures,
//! groups and rules stands in the catalog.
//!
//! A function takes what a sentence mentions and returns the sentence; what is said of which district is decided by the
//! stages. `tests/it/wording.rs` looks for sentences elsewhere, and for long ones here.

pub(crate) mod catalog;
mod problems;
pub(crate) mod project;
pub(crate) mod protection;
pub(crate) mod settings;

pub use problems::RevisedTexts;
pub use settings::Explained;
