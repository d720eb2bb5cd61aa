//! The room for sentences that users can meet, so that one editor can revise them. So far it holds the texts of problems
//! in the user's data. What the catalog says of measures, groups, and rules is in the catalog.
//!
//! A function takes what a sentence mentions and returns the sentence. Which sentence is said of which district is
//! decided by the stages.

mod problems;

pub use problems::RevisedTexts;
